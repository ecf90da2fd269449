"""The JSON Schema takes every study the program takes, and refuses what a schema can refuse."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from jsonschema import Draft7Validator

from scenarios import load_study
from scenarios.study.json_schema import schema_text, study_schema
from scenarios.study.reference_keys import SAMPLES
from scenarios.study.reference_page import PARTS
from tests.docs.test_study_page import study_with
from tests.documents.test_json_schema import VIEWS, as_an_editor_sees_it, as_the_program_sees_it
from transfers.errors import DocumentError

ROOT = Path(__file__).resolve().parents[2]
STUDIES = sorted(
    file
    for file in ROOT.glob("examples/**/*.yaml")
    if file.read_text(encoding="utf-8").startswith("study:")
)


@cache
def validator() -> Draft7Validator:
    return Draft7Validator(study_schema())


def complaints(tree: Any) -> list[str]:
    return [f"{error.json_path}: {error.message[:200]}" for error in validator().iter_errors(tree)]


def taken(text: str, folder: Path) -> bool:
    """Tell whether the program takes a study, as far as it looks before reading its policy."""
    file = folder / "study.yaml"
    file.write_text(text, encoding="utf-8")
    try:
        load_study(file)
    except DocumentError:
        return False
    return True


@pytest.mark.parametrize("language", [None, "zh", "en"])
def test_it_is_a_json_schema_of_draft_7(language: str | None) -> None:
    schema = study_schema(language)
    Draft7Validator.check_schema(schema)
    assert json.loads(schema_text(language)) == schema


def test_every_study_of_the_repository_is_valid_in_both_views() -> None:
    assert len(STUDIES) > 25
    for file in STUDIES:
        text = file.read_text(encoding="utf-8")
        assert [complaints(view(text)) for view in VIEWS] == [[], []], file


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_sample_of_a_key_is_valid_in_both_views(name: str) -> None:
    text = study_with(name)
    assert [complaints(view(text)) for view in VIEWS] == [[], []], text


@pytest.mark.parametrize(
    "body",
    [
        "variant: {a: {set: {budget: 1}}}",
        "variants: {a: {sets: {budget: 1}}}",
        "variants: {a b: {set: {budget: 1}}}",
        "constraints: {a: {that: x > 1, level: must}}",
        "measures: {a: {formula: x, digits: -1}}",
        "sweep: {vary: {x: {from: 1, until: 2}}}",
        "sweep: {vary: {inputs.x: {every: 2%}}}",
        "sweep: {rows: rows.csv, table: [total]}",
        "sweep: {vary: {x: [1]}, indices: {of: total}}",
        "sweep: {table: [total]}",
        "seek: {vary: x, within: [0, 1], step: 1, so_that: a > 1}",
        "seek: {vary: x, within: [0], step: 1, rescale: none, so_that: a > 1}",
        "seek: {vary: x, within: [0, 1], step: 1, rescale: none, so_that: a > 1, goal: least}",
        "optimise: {vary: {x: {within: [0, 1], step: 1}}, rescale: none}",
        "optimise: {minimise: a, maximise: b, vary: {x: {within: [0, 1], step: 1}}, rescale: none}",
        "optimise: {minimise: a, vary: {}, rescale: none}",
        "cliffs: {least: a}",
    ],
)
def test_a_fault_of_a_study_is_refused_by_both(body: str, tmp_path: Path) -> None:
    text = f"study: s\npolicy: p.yaml\n{body}\n"
    assert complaints(as_an_editor_sees_it(text))
    assert not taken(text, tmp_path)


def test_an_unknown_key_is_refused_in_every_mapping_that_has_keys_of_its_own() -> None:
    schema = study_schema()
    closed = {name for name, part in schema["definitions"].items() if "properties" in part}
    assert closed == {part.__name__ for part in PARTS} - {"StudyDocument", "Described"}
    assert schema["additionalProperties"] is False
    assert all(schema["definitions"][name]["additionalProperties"] is False for name in closed)


def spoilt(tree: Any, rng: Random) -> Any:
    """Return a study with one thing changed somewhere."""
    tree = deepcopy(tree)
    mappings, nodes = [], [tree]
    while nodes:
        node = nodes.pop()
        if isinstance(node, dict) and node:
            mappings.append(node)
        nodes += node.values() if isinstance(node, dict) else node if isinstance(node, list) else []
    node = rng.choice(mappings)
    key = rng.choice(list(node))
    match rng.randrange(5):
        case 0:
            del node[key]
        case 1:
            node[rng.choice(["titel", "set", "within", "rescale", "vary"])] = "1"
        case 2:
            node[key] = rng.choice(["x", "-1", "25%", "1,000", "none"])
        case 3:
            node[key] = [node[key]]
        case 4:
            node[key] = {"value": node[key]}
    return tree


@pytest.mark.parametrize("seed", range(8))
def test_what_the_schema_refuses_the_program_refuses(seed: int, tmp_path: Path) -> None:
    rng = Random(seed)
    refused = 0
    for _ in range(40):
        source = rng.choice(STUDIES).read_text(encoding="utf-8")
        text = json.dumps(spoilt(as_the_program_sees_it(source), rng), ensure_ascii=False)
        found = complaints(as_an_editor_sees_it(text))
        refused += bool(found)
        assert not found or not taken(text, tmp_path), (found, text)
    assert refused > 5


@pytest.mark.parametrize("language", [None, "zh", "en"])
def test_every_key_is_explained_in_the_languages_asked_for(language: str | None) -> None:
    schema = study_schema(language)
    parts = {**schema["definitions"], "StudyDocument": schema}
    explained = 0
    for part in PARTS:
        for name, key in part.keys.items() if part.__name__ in parts else ():
            explained += 1
            said = parts[part.__name__]["properties"][name]["description"]
            assert (key.chinese in said) is (language != "en"), (part, name)
            assert (key.english in said) is (language != "zh"), (part, name)
    assert explained > 70


def test_no_link_of_the_reference_page_is_left_in_it() -> None:
    assert "](" not in schema_text()
