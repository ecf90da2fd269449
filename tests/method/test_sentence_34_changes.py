"""Sentence 34: a changed policy is the document written so; questions change no amount."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import transfers
from tests.method.tiny import loaded, paid, written
from transfers import DocumentError, Place, messages
from transfers.measuring import why_unmeasured

HEADS = "key,heads\n a,1\n b,3\n c,2\n"
AID = "inputs: {heads: {}}\ngrants: {aid: {pool: 130, share: heads}}\n"


def test_what_is_removed_goes_first_then_what_is_added_comes_in_then_values_are_set(
    tmp_path: Path,
) -> None:
    """Sentence 34: a cap is taken away and written anew, and its new figure is set."""
    text = "inputs: {heads: {}}\ngrants: {aid: {pool: 130, share: heads, cap: 40}}\n"
    policy, districts = loaded(written(tmp_path, text, HEADS))
    assert paid(transfers.allocate(policy, districts)) == [40, 40, 40]
    changed = policy.changed(
        set={"grants.aid.cap": "60"}, add={"grants.aid.cap": "50"}, remove=["grants.aid.cap"]
    )
    assert paid(transfers.allocate(changed, districts)) == [23, 60, 47]
    assert changed.document.model.grants["aid"].cap == "60"


def test_new_sections_and_entries_stand_where_reading_order_wants_them(tmp_path: Path) -> None:
    """Sentence 34: quantities before grants, rules after outputs, a quantity above its use."""
    policy, districts = loaded(written(tmp_path, AID, HEADS))
    changed = policy.changed(
        add={
            "rules.r": "aid > 0",
            "outputs.each": "aid / heads",
            "quantities.need": "twice + 1",
            "quantities.twice": "heads * 2",
            "grants.more": "{pool: 7, share: need}",
        }
    )
    order = ["quantities", "grants", "outputs", "rules"]
    sections = list(changed.document.source.data)
    assert [name for name in sections if name in order] == order
    assert list(changed.document.source.data["quantities"]) == ["twice", "need"]
    assert list(changed.document.source.data["grants"]) == ["aid", "more"]
    assert paid(transfers.allocate(changed, districts), "more") == [2, 3, 2]


def test_weights_that_are_scaled_keep_their_sum_exactly(tmp_path: Path) -> None:
    """Sentence 34: 40, 35, 25 with 20 in the middle: 32/65, 1/5, 4/13."""
    text = """
inputs: {x: {}, y: {}, z: {}}
grants: {aid: {pool: 100, share: {factors: {x: 40%, y: 35%, z: 25%}}}}
"""
    policy, districts = loaded(written(tmp_path, text, "key,x,y,z\n a,1,1,3\n b,2,1,4\n"))
    group = "grants.aid.share.factors"
    changed = policy.changed(set={f"{group}.y": "20%"}, rescale=group)
    weights = [number.value for path, number in changed.numbers.items() if "factors" in path]
    assert weights == [Fraction(32, 65), Fraction(1, 5), Fraction(4, 13)]
    entitled = transfers.allocate(changed, districts).column("aid.entitlement")
    assert entitled[0] == 100 * (Fraction(32, 65) / 3 + Fraction(1, 10) + Fraction(4, 13) * 3 / 7)
    with pytest.raises(DocumentError) as caught:
        policy.changed(set={f"{group}.y": "120%"}, rescale=group)
    assert [fault.code for fault in caught.value.faults] == ["change.beyond_sum"]


def test_faults_stand_where_a_change_was_asked_for_or_where_it_makes_them(tmp_path: Path) -> None:
    """Sentence 34: one fault in the study, one in the policy that names the changes."""
    path = written(tmp_path, "parameters: {rate: 3}\n" + AID.replace("130", "rate * 40"), HEADS)
    policy, _ = loaded(path)
    with pytest.raises(DocumentError) as caught:
        policy.changed(
            add={"outputs.o": "ad"},
            remove=["parameters.rate"],
            places={"outputs.o": Place("study.yaml", 4, 9)},
        )
    ours, theirs = sorted(caught.value.faults, key=lambda fault: fault.place.file == str(path))
    assert str(ours.place) == "study.yaml:4:9 outputs.o" and ours.note is None
    assert theirs.place.path == "grants.aid.pool"
    assert theirs.text("en").endswith("(this came with the changes: parameters.rate, outputs.o)")


def test_another_run_is_read_by_the_keys_of_districts(tmp_path: Path) -> None:
    """Sentence 34: 22, 65, 43 there and 20, 60, 40 here; 20 is below 92% of 22."""
    policy, districts = loaded(written(tmp_path, AID, HEADS))
    base = transfers.allocate(policy, districts)
    asked = policy.changed(set={"grants.aid.pool": 120}).with_statements(
        rules={"kept": "aid >= 92% * baseline.aid"},
        measures={"lost": "sum(baseline.aid - aid)"},
        beside=base.beside("baseline"),
    )
    here = transfers.allocate(asked, districts)
    assert paid(base) == [22, 65, 43] and paid(here) == [20, 60, 40]
    assert here.measure("lost") == 10
    assert [breach.key for breach in here.rules[0].broken] == ["a"]


def test_what_another_run_has_not_is_missing_and_said(tmp_path: Path) -> None:
    """Sentence 34: a district it does not have, and all of them where it pays nobody."""
    policy, districts = loaded(written(tmp_path, AID, HEADS))
    (tmp_path / "two.csv").write_text("key,heads\na,1\nb,3\n", encoding="utf-8")
    two = transfers.allocate(policy, transfers.load_districts(tmp_path / "two.csv", policy))
    nobody = transfers.allocate(policy.changed(add={"grants.aid.floor": "100"}), districts)
    assert nobody.status == "rejected"
    for base, counts, why in (
        (two, (2, 1), "the district is not in the table of the baseline"),
        (nobody, (0, 3), "its money is short"),
    ):
        asked = policy.with_statements(
            rules={"r": "aid >= 0 * baseline.aid"},
            measures={"m": "sum(baseline.aid)"},
            beside=base.beside("baseline"),
        )
        allocation = transfers.allocate(asked, districts)
        result = allocation.rules[0].counts
        assert (result["holds"], result["unknown"]) == counts
        told = why_unmeasured(allocation.block, 0, "m")
        assert why in messages.text(told.code, "en", **told.values)
        assert allocation.measure("m") is None and paid(allocation) == [22, 65, 43]


def test_a_measure_is_one_number_and_no_column(tmp_path: Path) -> None:
    """Sentence 34: it stands beside the outputs, and no formula can read it."""
    policy, districts = loaded(written(tmp_path, AID, HEADS))
    asked = policy.with_statements(measures={"most": "highest(aid / heads)"})
    allocation = transfers.allocate(asked, districts)
    assert allocation.measure("most") == 22 and "most" not in allocation.outputs
    with pytest.raises(DocumentError, match="most"):
        asked.changed(add={"outputs.x": "most + 1"})
    with pytest.raises(DocumentError) as caught:
        policy.with_statements(measures={"each": "aid / heads"})
    assert [fault.code for fault in caught.value.faults] == ["change.measure_one_figure"]
