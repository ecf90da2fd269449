"""The page about the test document leaves out no key; its samples and its schema are true."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from checks.policy_tests.model import WholeDocument
from checks.policy_tests.reference_keys import CHOICES, NOTES, SAMPLES
from checks.policy_tests.reference_page import EXAMPLE, PARTS, TESTS, pages, schema_text
from checks.policy_tests.rules import between_keys
from transfers import DocumentError
from transfers.documents.described import Described
from transfers.documents.keys import Key, Part
from transfers.documents.parts import read_parts
from transfers.documents.reference_form import owner

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / EXAMPLE).read_text(encoding="utf-8")


def read(text: str, folder: Path) -> None:
    file = folder / "x.yaml"
    file.write_text(text, encoding="utf-8")
    read_parts(str(file), WholeDocument, between_keys, lambda data: "")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_shows_every_key_with_an_example_of_its_own(language: str) -> None:
    text = pages(TEXT)[f"{language}.md"]
    names = {owner(part, key) for part in PARTS for key in TESTS.keys_of(part)}
    assert sorted(SAMPLES) == sorted(names)
    assert set(NOTES) <= {part.__name__ for part in PARTS}
    for name, sample in SAMPLES.items():
        assert f"| `{name.partition('.')[2]}` |" in text and f"`{sample}`" in text


def test_the_page_covers_every_part_of_the_document() -> None:
    assert set(PARTS) == reached(WholeDocument, {Described})


def reached(part: type[Part], found: set[type[Part]]) -> set[type[Part]]:
    found.add(part)
    for key in part.keys.values():
        below: Key | None = key
        while below is not None:
            if below.part is not None and below.part not in found:
                reached(below.part, found)
            below = below.of
    return found


def test_every_key_is_described_in_both_languages_and_every_word_of_a_choice() -> None:
    words = {}
    for part in PARTS:
        for name, key in part.keys.items():
            assert key.chinese and key.english, (part, name)
            choices = key.choices or (key.of.choices if key.of is not None else ())
            if choices:
                words[owner(part, name)] = choices
    assert {name: tuple(explained) for name, explained in CHOICES.items()} == words


AT: dict[str, tuple[str, ...]] = {
    "WholeDocument": (),
    "Described": (),
    "Example": ("tests", "x"),
    "Given": ("tests", "x", "given"),
    "Expect": ("tests", "x", "expect"),
    "Statement": ("tests", "x", "expect", "statements", "s"),
}
"""Part -> where it stands."""


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_sample_of_a_key_stands_in_a_document_that_is_accepted(name: str, tmp_path: Path) -> None:
    part, _, key = name.partition(".")
    tree: dict[str, Any] = {"tests": {"x": {"expect": {"rules": {"red_line": "holds"}}}}}
    inside = tree
    for step in AT[part]:
        inside = inside.setdefault(step, {})
    if part == "Statement":
        inside["that"] = "sum(equalisation) == 2000"
    if name == "Expect.status":
        inside.clear()
    inside |= yaml.load(SAMPLES[name], Loader=yaml.BaseLoader)
    assert key in inside
    text = json.dumps(tree, ensure_ascii=False)
    read(text, tmp_path)
    assert not list(CHECKER.iter_errors(tree))


# -- the schema ----------------------------------------------------------------------------------

CHECKER = jsonschema.Draft7Validator(json.loads(schema_text()))
DOCUMENT: dict[str, Any] = yaml.safe_load(TEXT)


def test_the_schema_is_one_and_takes_the_example_as_an_editor_reads_it() -> None:
    jsonschema.Draft7Validator.check_schema(json.loads(schema_text()))
    assert not list(CHECKER.iter_errors(DOCUMENT))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("tests",), {}),
        (("tests", "a b"), {"expect": {"status": "done"}}),
        (("tests", "short", "expect"), {}),
        (("tests", "short", "expect", "status"), "paid"),
        (("tests", "short", "given", "districs"), {"甲": {}}),
        (("tests", "capped", "given", "file"), "a.csv"),
        (("tests", "capped", "expect", "amounts", "equalisation", "甲"), "many"),
        (("tests", "capped", "expect", "amounts", "equalisation"), {}),
        (("tests", "capped", "expect", "rules"), {"red_line": "kept"}),
        (("tests", "capped", "given", "districts"), ["甲"]),
    ],
    ids=lambda value: ".".join(value) if isinstance(value, tuple) else "",
)
def test_what_the_schema_refuses_the_program_refuses(
    path: tuple[str, ...], value: object, tmp_path: Path
) -> None:
    tree = deepcopy(DOCUMENT)
    inside = tree
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = value
    assert list(CHECKER.iter_errors(tree))
    with pytest.raises(DocumentError):
        read(json.dumps(tree, ensure_ascii=False), tmp_path)
