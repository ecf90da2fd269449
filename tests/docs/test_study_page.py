"""The page about the study document: its examples are true, and it leaves out no key."""

from __future__ import annotations

import json
from copy import deepcopy
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

import scenarios
from scenarios.study.model import StudyDocument
from scenarios.study.reference_examples import EXAMPLES, Example
from scenarios.study.reference_keys import CHOICES, SAMPLES
from scenarios.study.reference_notes import NOTES
from scenarios.study.reference_page import PARTS, STUDY, pages
from transfers.documents.keys import Key, Part
from transfers.documents.reference_form import owner

STUDIES = Path(__file__).resolve().parents[2] / "examples" / "studies"


@pytest.mark.parametrize(
    "example", [e for e in EXAMPLES if e.amounts], ids=lambda example: example.title[1]
)
def test_an_example_pays_what_was_worked_out_by_hand(example: Example) -> None:
    run = scenarios.run(scenarios.load_study(STUDIES / example.file))
    found = {answer.id: tuple(answer.allocation.total.tolist()) for answer in run.variants}
    assert found == example.amounts


def test_the_answer_that_was_worked_out_by_hand_is_found() -> None:
    sought = scenarios.seek(scenarios.load_study(STUDIES / "seek.yaml"))
    assert sought.value == Fraction(11, 25)
    assert scenarios.seek(scenarios.load_study(STUDIES / "seek_none.yaml")).value is None


def page(language: str) -> str:
    files = {file.name: file.read_text(encoding="utf-8") for file in STUDIES.glob("*.*")}
    return pages(files)[f"{language}.md"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_shows_every_key_with_an_example_of_its_own(language: str) -> None:
    text = page(language)
    names = {owner(part, key) for part in PARTS for key in STUDY.keys_of(part)}
    assert sorted(SAMPLES) == sorted(names)
    assert set(NOTES) <= {part.__name__ for part in PARTS}
    for name, sample in SAMPLES.items():
        assert f"| `{name.partition('.')[2]}` |" in text and f"`{sample}`" in text


def reached(part: type[Part], found: set[type[Part]]) -> set[type[Part]]:
    found.add(part)
    for key in part.keys.values():
        below: Key | None = key
        while below is not None:
            if below.part is not None and below.part not in found:
                reached(below.part, found)
            below = below.of
    return found


def test_the_page_covers_every_part_of_the_document() -> None:
    from transfers.documents.described import Described

    assert set(PARTS) == reached(StudyDocument, {Described})


def test_every_key_is_described_in_both_languages_and_every_word_of_a_choice() -> None:
    words = {}
    for part in PARTS:
        for name, key in part.keys.items():
            assert key.chinese and key.english, (part, name)
            if key.choices:
                words[owner(part, name)] = key.choices
    assert {name: tuple(explained) for name, explained in CHOICES.items()} == words


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_sample_of_a_key_stands_in_a_study_that_is_accepted(name: str, tmp_path: Path) -> None:
    file = tmp_path / "study.yaml"
    file.write_text(study_with(name), encoding="utf-8")
    scenarios.load_study(file)


AT: dict[str, tuple[str, ...]] = {
    "StudyDocument": (),
    "Described": (),
    "Change": ("variants", "x"),
    "Variant": ("variants", "x"),
    "Measure": ("measures", "x"),
    "Rule": ("constraints", "x"),
    "Sweep": ("sweep",),
    "Sample": ("sweep", "sample"),
    "Indices": ("sweep", "indices"),
    "Seek": ("seek",),
    "Varied": ("seek", "vary"),
    "Statement": ("seek", "so_that"),
    "Optimise": ("optimise",),
    "Range": ("optimise", "vary", "parameters.relief_rate"),
    "Target": ("optimise", "pareto", "gap"),
    "Cliffs": ("cliffs",),
    "Years": ("years",),
    "YearsOfVariant": ("years",),
    "Members": ("years", "members", "2029"),
    "Merged": ("years", "members", "2029", "merge", "c3"),
}
"""Part -> where it stands."""

RANGE = {"within": ["0", "1"], "step": "0.01"}
AROUND: dict[str, dict[str, Any]] = {
    "variants": {
        **{"area_50": {"set": {"a": "1"}}, "cap_15": {"set": {"b": "1"}}},
        "x": {"set": {"grants.general.share.factors.area": "50%"}},
    },
    "measures": {"x": {"formula": "sum(total)"}},
    "constraints": {"x": {"that": "total > 1"}},
    "sweep": {
        "vary": {"grants.general.share.factors.area": {"from": "20%", "to": "30%"}},
        "sample": {"size": "8"},
    },
    "seek": {
        **RANGE,
        "vary": {"path": "x"},
        "rescale": "none",
        "so_that": {"that": "a > 1"},
    },
    "optimise": {
        "minimise": "a",
        "vary": {"parameters.relief_rate": RANGE},
        "rescale": "none",
        "pareto": {"cost": {"formula": "cost"}, "gap": {"formula": "gap"}},
    },
    "cliffs": {},
    "years": {"members": {"2029": {"merge": {"c3": {"of": ["c1", "c2"]}}}}},
}
INSTEAD = {
    "Sweep.rows": ("vary", "sample"),
    "Sweep.table": ("sample",),
    "Optimise.maximise": ("minimise",),
}
"""Key -> what cannot stand beside it."""


def study_with(name: str) -> str:
    """Return a small study in which the sample of a key stands where it belongs."""
    part, _, key = name.partition(".")
    at = AT[part]
    tree: dict[str, Any] = {"study": "s", "policy": "p.yaml", "variants": AROUND["variants"]}
    tree |= {section: AROUND[section] for section in at[:1]}
    tree = deepcopy(tree)
    inside = tree
    for step in at:
        inside = inside.setdefault(step, {})
    for other in INSTEAD.get(name, ()):
        del inside[other]
    if name == "Variant.years":
        tree["years"] = {"until": "2030"}
    if part == "Indices":
        inside["of"] = "total"
    if name == "Sweep.table":
        inside["vary"] = {"grants.general.pool": ["900", "1000"]}
    inside |= yaml.load(SAMPLES[name], Loader=yaml.BaseLoader)
    assert key in inside
    return json.dumps(tree, ensure_ascii=False)
