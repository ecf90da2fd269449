"""The JSON Schema takes every policy the program takes, and refuses the faults a schema can see."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from tests.docs.test_policy_examples import document_with
from tests.documents.test_document_faults import SHAPE, TOP
from tests.documents.test_policy_models import EXAMPLE, SMALL, all_keys
from tests.reference.random_documents import random_document
from transfers.documents.fields import RESERVED, is_name, plain_form
from transfers.documents.json_schema import policy_schema, schema_text
from transfers.documents.load import check_document
from transfers.documents.reference_choices import CHOICES
from transfers.documents.reference_examples import EXAMPLES
from transfers.documents.reference_keys import SAMPLES
from transfers.documents.schema_rules import POLICY_ID, name_pattern
from transfers.documents.yaml_source import scan
from transfers.errors import DocumentError
from transfers.policy import load_policy

ROOT = Path(__file__).resolve().parents[2]

NOT_SAID = {
    "below_min": "one number compared with another",
    "above_max": "one number compared with another",
    "min_above_max": "one number compared with another",
    "quantum_not_multiple": "one number compared with another",
    "quantum_too_large": "one number compared with another",
    "within_empty": "one number compared with another",
    "steps_not_ascending": "one number compared with another",
    "number_too_long": "an editor has rounded the number before it looks",
    "weights_sum": "a sum",
    "step_edge": "that only the last of many may lack an edge",
    "wide_comma": "whether a text stands in quotes",
    "name_taken": "names of several sections compared",
    "sum_of": "a name that stands elsewhere",
    "promise_titled_as_built_in": "a text compared with titles in both languages",
    "replaces_unknown": "a name that stands elsewhere",
    "unknown_reserve": "a name that stands elsewhere",
    "reserve_twice": "a name that stands elsewhere",
    "reserve_after_scale": "a name that stands elsewhere",
    "reserve_in_stage": "a name that stands elsewhere",
    "replaces_reserve": "a name that stands elsewhere",
    "replaces_draw": "several sections compared",
    "replaces_contributions": "a name that stands elsewhere",
    "reserve_in_levy": "a name that stands elsewhere",
    "contributions_without_budget": "several sections compared",
    "stands_below": "the order of sections",
    "solve_parameter": "a name that stands elsewhere",
    "over_unknown": "a name that stands elsewhere",
    "over_below": "the order of sections",
    "service_without_year": "several sections compared",
    "service_rest_twice": "values compared",
    "service_required_column": "a word held against other keys",
    "service_required_key": "a word held against other keys",
    "sum_of_over": "a name that stands elsewhere",
    "list_column_unknown": "a name that stands elsewhere",
    "waive_unknown": "a name that stands elsewhere",
    "waive_unknown_near": "a name that stands elsewhere",
    "next_unknown": "a name that stands elsewhere",
    "next_unknown_near": "a name that stands elsewhere",
    "next_not_a_number": "several sections compared",
}
"""Faults of a document that a JSON Schema cannot say; the program tells them."""


# -- the two ways to look at a document ------------------------------------------------------------

_CORE = (
    (r"|~|null|Null|NULL", lambda text: None),
    (r"true|True|TRUE|false|False|FALSE", lambda text: text.lower() == "true"),
    (r"[-+]?[0-9]+", int),
    (r"0o[0-7]+", lambda text: int(text[2:], 8)),
    (r"0x[0-9a-fA-F]+", lambda text: int(text, 16)),
    (r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", float),
    (r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", lambda text: float(text.replace(".", ""))),
)


def as_an_editor_sees_it(text: str) -> Any:
    """Return a document with the types of YAML 1.2 (core schema)."""
    return typed(yaml.compose(text, Loader=yaml.BaseLoader))


def typed(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: typed(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [typed(item) for item in node.value]
    for pattern, read in _CORE if node.style is None else ():
        if re.fullmatch(pattern, node.value):
            return read(node.value)
    return node.value


def as_the_program_sees_it(text: str) -> Any:
    """Return a document with every scalar a text."""
    return scan(text, "p.yaml")[0].data


VIEWS = (as_an_editor_sees_it, as_the_program_sees_it)


@cache
def validator() -> Draft7Validator:
    return Draft7Validator(policy_schema())


def complaints(tree: Any) -> list[str]:
    """Return what the schema says against a document."""
    return [f"{error.json_path}: {error.message[:200]}" for error in validator().iter_errors(tree)]


def taken(text: str) -> bool:
    """Tell whether the program takes the shape of a document."""
    try:
        check_document(*scan(text, "p.yaml"))
    except DocumentError:
        return False
    return True


# -- what is right ---------------------------------------------------------------------------------


@pytest.mark.parametrize("language", [None, "zh", "en"])
def test_it_is_a_json_schema_of_draft_7(language: str | None) -> None:
    schema = policy_schema(language)
    Draft7Validator.check_schema(schema)
    assert json.loads(schema_text(language)) == schema


def texts_in_tests() -> Iterator[str]:
    """Yield every text of a test that is a policy, by itself or below a head."""
    for file in sorted((ROOT / "tests").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and ":" in node.value:
                for text in (node.value, TOP + node.value, SMALL + node.value):
                    if taken(text):
                        yield text


def policies() -> dict[str, str]:
    """Return every policy of the repository, its worked examples and its tests."""
    found = {}
    for file in (*ROOT.glob("examples/**/*.yaml"), *ROOT.glob("transfers/**/skeletons/**/*.yaml")):
        text = file.read_text(encoding="utf-8")
        if re.search(r"(?m)^policy:", text) and re.search(r"(?m)^grants:", text):
            found[str(file.relative_to(ROOT))] = text
    found |= {example.title[1]: example.policy for example in EXAMPLES}
    for name in SAMPLES:
        part, _, key = name.partition(".")
        found[name] = document_with(part, key, SAMPLES[name])
    found |= {f"test {number}": text for number, text in enumerate(texts_in_tests())}
    return found


def test_every_policy_of_the_repository_is_valid_in_both_views() -> None:
    found = policies()
    assert len(found) > 150
    empty_behind_a_key = re.compile(r"null|~")
    for name, text in found.items():
        if not empty_behind_a_key.search(text):
            assert [complaints(view(text)) for view in VIEWS] == [[], []], (name, text)


@pytest.mark.parametrize("seed", range(0, 400, 10))
def test_random_policies_are_valid_in_both_views(seed: int) -> None:
    for number in range(seed, seed + 10):
        text = random_document(number).policy
        assert [complaints(view(text)) for view in VIEWS] == [[], []], number


def test_nothing_behind_a_key_is_refused_though_the_program_takes_the_word_null() -> None:
    """An editor sees no difference, and nothing behind a key is a slip the program refuses."""
    for written, is_taken in (("null", True), ("", False)):
        text = SMALL.replace("{claim: x}", f"\n    claim: x\n    cap: {written}")
        assert taken(text) is is_taken
        assert complaints(as_an_editor_sees_it(text))


# -- what is wrong ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "body"), [row[:2] for row in SHAPE], ids=[r[0] for r in SHAPE])
def test_a_fault_of_a_document_is_refused_unless_a_schema_cannot_say_it(
    code: str, body: str
) -> None:
    assert bool(complaints(as_an_editor_sees_it(TOP + body))) is (code not in NOT_SAID)


def test_a_formula_of_no_letters_is_refused(tmp_path: Path) -> None:
    text = SMALL.replace("claim: x", "claim: ''")
    assert complaints(as_an_editor_sees_it(text))
    (tmp_path / "p.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError):
        load_policy(tmp_path / "p.yaml")


def test_the_list_of_what_a_schema_cannot_say_names_faults_there_are() -> None:
    assert set(NOT_SAID) <= {row[0] for row in SHAPE}


def spoilt(tree: Any, rng: Random) -> Any:
    """Return a document with one thing changed somewhere."""
    tree = deepcopy(tree)
    mappings, paths = [], [tree]
    while paths:
        node = paths.pop()
        if isinstance(node, dict) and node:
            mappings.append(node)
        paths += node.values() if isinstance(node, dict) else node if isinstance(node, list) else []
    node = rng.choice(mappings)
    key = rng.choice(list(node))
    match rng.randrange(6):
        case 0:
            del node[key]
        case 1:
            node[rng.choice(["colour", "titel", "max", "value", "pool", "share"])] = "1"
        case 2:
            node[key] = rng.choice(["x", "-1", "1.5", "25%", "1,000", "none", "to_most"])
        case 3:
            node[key] = [node[key]]
        case 4:
            node[key] = {"value": node[key]}
        case 5:
            node[rng.choice(["2x", "总额", "sum", "a-b", "by"])] = node.pop(key)
    return tree


@pytest.mark.parametrize("seed", range(20))
def test_what_the_schema_refuses_the_program_refuses(seed: int) -> None:
    """The other way round not always: sums and names elsewhere are beyond a schema."""
    rng = Random(seed)
    sources = [EXAMPLE, *(example.policy for example in EXAMPLES), random_document(seed).policy]
    refused = 0
    for _ in range(50):
        tree = spoilt(as_the_program_sees_it(rng.choice(sources)), rng)
        text = json.dumps(tree, ensure_ascii=False)
        found = complaints(as_an_editor_sees_it(text))
        refused += bool(found)
        assert not found or not taken(text), (found, text)
    assert refused > 10


def test_an_unknown_key_is_refused_in_every_mapping_that_has_keys_of_its_own() -> None:
    definitions = policy_schema()["definitions"]
    closed = {name for name, schema in definitions.items() if "properties" in schema}
    assert all(definitions[name]["additionalProperties"] is False for name in closed)
    assert closed == {part.__name__ for part, _, _ in all_keys()} - {
        *("Part", "Described", "Figures", "Division", "PolicyDocument")
    }


# -- what it says ----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", [None, "zh", "en"])
def test_every_key_is_explained_in_the_languages_asked_for(language: str | None) -> None:
    schema = policy_schema(language)
    parts = {**schema["definitions"], "PolicyDocument": schema}
    explained = 0
    for part, name, key in all_keys():
        if part.__name__ in parts:
            explained += 1
            said = parts[part.__name__]["properties"][name]["description"]
            assert (key.chinese in said) is (language != "en"), (part, name)
            assert (key.english in said) is (language != "zh"), (part, name)
            if language is None:
                assert said.index(key.chinese) < said.index(key.english)
    assert explained > 90


def test_every_word_of_a_choice_is_explained() -> None:
    words = {}
    for part, name, key in all_keys():
        choices = key.choices or (key.of.choices if key.of else ())
        if choices and name in vars(part):
            words[f"{part.__name__}.{name}"] = choices
    assert {name: tuple(explained) for name, explained in CHOICES.items()} == words


def test_no_link_of_the_reference_page_is_left_in_it() -> None:
    assert "](" not in schema_text()


# -- names -----------------------------------------------------------------------------------------


def test_a_name_the_program_takes_is_a_name_for_the_schema() -> None:
    name, policy_id = re.compile(name_pattern(RESERVED)), re.compile(POLICY_ID)
    for point in (*range(1, 0xD800), *range(0xE000, 0x20000)):
        letter = chr(point)
        for word in (letter, f"x{letter}"):
            if is_name(word) and plain_form(word) == word and word.lower() not in RESERVED:
                assert name.search(word), hex(point)
            if letter.isalnum() or (letter in "_-." and word[0] == "x"):
                assert policy_id.search(word), hex(point)


@pytest.mark.parametrize(
    "word", ["", "2x", "a-b", "a.b", "a b", "x(y)", "人口，", "ａ", "Sum", "TOTAL", "by", "x" * 101]
)
def test_what_is_no_name_is_none_for_the_schema(word: str) -> None:
    assert not re.search(name_pattern(RESERVED), word)


@pytest.mark.parametrize("word", ["sums", "人口", "_x", "total_2", "población"])
def test_what_only_begins_like_a_word_of_formulas_is_a_name(word: str) -> None:
    assert re.search(name_pattern(RESERVED), word)
