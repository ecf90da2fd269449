"""A formula that was checked before is taken as it was only where all its names mean the same."""

from __future__ import annotations

from pathlib import Path

import pytest

import transfers
from transfers import DocumentError
from transfers.policy import checked

DOCUMENT = """\
policy: p
districts: {file: d.csv, key: code}
inputs:
  people: {unit: 人}
  land: {unit: 亩}
  class: {one_of: [A, B]}
parameters:
  coefficient: {A: 1.5, B: 1}
  rate: {value: 5, unit: 元/人}
quantities:
  need: people * coefficient[class]
  grown: people * rate
  named: "if(class == 'A', land, 2 * land)"
budget: {amount: 1000}
grants:
  aid: {pool: 1000, share: need + named / 10 + grown * 0}
"""
TABLE = "code,people,land,class\nA1,100,10,A\nB2,300,50,B\nC3,200,90,A\n"

CHANGES = {
    "inputs.people.unit": ("people: {unit: 人}", "people: {unit: 万人}"),
    "parameters.coefficient.A": ("A: 1.5", "A: 2"),
    "parameters.rate.value": ("value: 5", "value: 7"),
    "quantities.named": ("if(class == 'A', land, 2 * land)", "3 * land"),
    "grants.aid.share": ("need + named / 10 + grown * 0", "grown"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    text = DOCUMENT.replace("share: need + named / 10 + grown * 0", "share: need")
    (tmp_path / "p.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "d.csv").write_text(TABLE, encoding="utf-8")
    checked._KNOWN.clear()
    return tmp_path


def amounts(policy: transfers.Policy, folder: Path) -> list[int]:
    districts = transfers.load_districts(folder / "d.csv", policy)
    return [int(x) for x in transfers.allocate(policy, districts).total]


@pytest.mark.parametrize("path", [path for path in CHANGES if path != "grants.aid.share"])
def test_a_change_gives_what_the_document_written_by_hand_gives(folder: Path, path: str) -> None:
    policy = transfers.load_policy(folder / "p.yaml")
    before = amounts(policy, folder)
    old, new = CHANGES[path]
    value = new.rpartition(": ")[2].strip("{}") if ": " in new else new
    found = amounts(policy.changed(set={path: value}), folder)
    text = (folder / "p.yaml").read_text("utf-8")
    (folder / "p.yaml").write_text(text.replace(old, new), encoding="utf-8")
    checked._KNOWN.clear()
    assert found == amounts(transfers.load_policy(folder / "p.yaml"), folder)
    assert (found != before) == (path == "parameters.coefficient.A")
    assert amounts(policy, folder) == before


def test_what_a_known_formula_lacks_is_told(folder: Path) -> None:
    policy = transfers.load_policy(folder / "p.yaml")
    with pytest.raises(DocumentError) as wrong:
        policy.changed(remove=["inputs.land"])
    assert [fault.values["name"] for fault in wrong.value.faults] == ["land", "land"]


def test_a_text_that_a_column_cannot_have_is_told_though_the_formula_is_known(
    folder: Path,
) -> None:
    policy = transfers.load_policy(folder / "p.yaml")
    with pytest.raises(DocumentError) as wrong:
        policy.changed(
            set={"inputs.class.one_of": "[B, C]", "parameters.coefficient": "{B: 1, C: 2}"}
        )
    assert "formula.no_category" in [fault.code for fault in wrong.value.faults]


def test_unlike_units_are_told_though_the_formula_is_known(folder: Path) -> None:
    text = DOCUMENT.replace("need + named / 10 + grown * 0", "people + people")
    (folder / "p.yaml").write_text(text + "outputs:\n  both: people + people\n", encoding="utf-8")
    policy = transfers.load_policy(folder / "p.yaml")
    again = policy.changed(set={"inputs.people.unit": "户"})
    assert again.inputs["people"].unit.label == "户"
    assert amounts(again, folder) == amounts(policy, folder)


def test_a_formula_with_a_table_and_one_that_is_a_number_are_never_taken(folder: Path) -> None:
    transfers.load_policy(folder / "p.yaml")
    kept = {asked[0] for asked in checked._KNOWN}
    assert {"if(class == 'A', land, 2 * land)", "people * rate"} <= kept
    assert not {"people * coefficient[class]", "1000"} & kept


LISTED = """\
policy: p
districts: {file: d.csv, key: code}
lists:
  services: {file: s.csv, key: item, columns: {price: {unit: 元/人}, kind: {one_of: [a, b]}}}
inputs:
  people: {unit: 人}
parameters:
  part: 50%
quantities:
  cost: sum(services.price * people, over=services, where=services.kind == "a") * part
grants:
  aid: {claim: cost}
"""


def test_what_is_asked_of_a_list_that_was_changed_is_asked_anew(folder: Path) -> None:
    (folder / "p.yaml").write_text(LISTED, encoding="utf-8")
    (folder / "s.csv").write_text("item,price,kind\nx,10000,a\ny,20000,b\n", encoding="utf-8")
    policy = transfers.load_policy(folder / "p.yaml")
    assert amounts(policy, folder) == [50, 150, 100]
    assert amounts(policy.changed(set={"parameters.part": "100%"}), folder) == [100, 300, 200]
    assert amounts(policy.changed(set={"lists.services.x.price": "20000"}), folder) == [
        *(100, 300, 200)
    ]
    assert amounts(policy.changed(set={"lists.services.y.kind": "a"}), folder) == [150, 450, 300]
    for changes in (
        {"lists.services.columns.price.unit": "万元/人", "lists.services.x.price": "1"},
        {"lists.services.columns.price.unit": "元/百人", "lists.services.x.price": "1000000"},
    ):
        assert amounts(policy.changed(set=changes), folder) == [50, 150, 100]
    with pytest.raises(DocumentError):
        policy.changed(set={"lists.services.columns.kind.one_of": "[b, c]"})
    assert amounts(policy, folder) == [50, 150, 100]


def test_a_policy_that_is_changed_keeps_the_lists_it_has_read(folder: Path) -> None:
    (folder / "p.yaml").write_text(LISTED, encoding="utf-8")
    (folder / "s.csv").write_text("item,price,kind\nx,10000,a\n", encoding="utf-8")
    policy = transfers.load_policy(folder / "p.yaml")
    (folder / "s.csv").write_text("item,price,kind\nx,30000,a\n", encoding="utf-8")
    changed = policy.changed(set={"parameters.part": "100%"})
    assert amounts(changed, folder) == [100, 300, 200]
    assert changed.sources == policy.sources
    assert amounts(transfers.load_policy(folder / "p.yaml"), folder) == [150, 450, 300]
