"""What a sweep is compared with runs on the same data; figures by hand.

Money 1,000 by population and area. 60 : 40 now, 50 : 50 in the variant. Population 60 and 40, area
20 and 80: now a gets 600 x 60% + 400 x 20% = 440, in the variant 500 x 60% + 500 x 20% = 400.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

import scenarios.sweeping.swept
from scenarios import load_study
from scenarios.running.packing import packed, unpacked
from scenarios.running.runner import workplace
from scenarios.running.store import Runs
from scenarios.study.load import Study
from scenarios.sweeping.swept import Swept, prepared, sweep
from scenarios.sweeping.terminal import sweep_view
from tests.running.taken import Kept
from transfers import DocumentError

POLICY = """policy: two
title: Two
districts: {file: t.csv, key: key}
inputs: {heads: {}, area: {}}
grants:
  aid:
    pool: 1000
    share: {factors: {heads: 60%, area: 40%}}
"""
VARIANT = """variants:
  half: {set: {grants.aid.share.factors.area: 50%}, rescale: grants.aid.share.factors}
"""
WEIGHT = "grants.aid.share.factors"


def study_of(folder: Path, section: str, rows: str = "") -> Study:
    """Return a study of two districts with a section `sweep:`."""
    (folder / "p.yaml").write_text(POLICY, encoding="utf-8")
    (folder / "t.csv").write_text("key,heads,area\na,60,20\nb,40,80\n", encoding="utf-8")
    (folder / "rows.csv").write_text(rows, encoding="utf-8")
    text = f"study: s\npolicy: p.yaml\n{VARIANT}sweep: {section}\n"
    (folder / "s.yaml").write_text(text, encoding="utf-8")
    return load_study(folder / "s.yaml")


AGAINST = "variant: half, compare_with: baseline"
EACH = f"{{{AGAINST}, vary: {{inputs.heads: {{each: 10%}}}}, sample: {{size: 64, seed: 3}}}}"


def told(swept: Swept) -> tuple[object, ...]:
    spread, whole = swept.spread, swept.whole
    return spread.losing, spread.winning, spread.compared, whole.losing, spread.quantiles


def test_a_rule_that_costs_a_district_something_in_every_draw_costs_it_for_certain(
    tmp_path: Path,
) -> None:
    """With heads 66 : 36 at the most a's share of heads is 64.7%, of area 20%: it always loses."""
    swept = sweep(study_of(tmp_path, EACH))
    assert [swept.spread.share_losing(row) for row in (0, 1)] == [1, 0]
    assert [swept.spread.share_winning(row) for row in (0, 1)] == [0, 1]
    assert swept.whole.share_losing(0) == 0
    # Against amounts that stay, errors and the rule were mixed: some draws leave a above 440.
    assert swept.paired
    assert "run on the same data" in " ".join(sweep_view(swept, "en").split())


def test_the_compared_amounts_are_those_of_the_same_figures(tmp_path: Path) -> None:
    """Heads of a 90: 600 x 90/130 + 80 = 495 now; 500 x 90/130 + 100 = 446 in the variant."""
    rows = "inputs.heads.a,inputs.area,grants.aid.pool\n90,,\n,+100%,\n,,2000\n"
    kept = Kept()
    study = study_of(tmp_path, f"{{{AGAINST}, rows: rows.csv}}", rows)
    swept = sweep(study, takers=[kept])
    (beside,) = [np.concatenate([c.beside.total for c in kept.chunks])]  # type: ignore[union-attr]
    total = np.concatenate([chunk.total for chunk in kept.chunks])
    assert beside.tolist() == [[495, 505], [440, 560], [440, 560]]
    assert total.tolist() == [[446, 554], [400, 600], [800, 1200]]
    assert swept.spread.losing == [2, 0]
    assert swept.spread.winning == [1, 3]


def test_without_a_compared_variant_or_without_data_it_is_held_where_it_is(tmp_path: Path) -> None:
    alone = EACH.replace("compare_with: baseline, ", "")
    swept = sweep(study_of(tmp_path, alone))
    assert not swept.paired
    assert 0 < swept.spread.share_losing(0) < 1  # type: ignore[operator]
    assert "unmoved" in sweep_view(swept, "en")
    parameters = f"{{{AGAINST}, vary: {{grants.aid.pool: [1000, 2000]}}}}"
    assert not sweep(study_of(tmp_path, parameters)).paired


def test_however_it_is_cut_stored_and_handed_out_it_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = study_of(tmp_path, EACH)
    here = told(sweep(study))
    assert told(sweep(study, runs=Runs(str(tmp_path / "kept"), keep=True))) == here
    assert told(sweep(study, runs=Runs(str(tmp_path / "kept")))) == here
    monkeypatch.setattr(scenarios.running.runner, "block_size", lambda *_: 7)
    assert told(sweep(study)) == here
    monkeypatch.setattr(scenarios.sweeping.swept, "KEPT", 0)
    assert told(sweep(study)) == here
    place = workplace(2)
    assert place is not None
    try:
        assert told(sweep(study, place=place)) == here
    finally:
        place.close()


def test_what_is_paid_beside_travels_with_a_block(tmp_path: Path) -> None:
    kept = Kept()
    sweep(study_of(tmp_path, EACH), takers=[kept])
    for chunk in kept.chunks:
        back = unpacked(packed(chunk)).beside
        assert back is not None
        assert chunk.beside is not None
        assert np.array_equal(back.total, chunk.beside.total)
        assert np.array_equal(back.codes, chunk.beside.codes)


def test_sobol_indices_of_losers_are_of_pairs_too(tmp_path: Path) -> None:
    """One of the two loses whatever the figures are: nothing is left to explain."""
    asked = EACH[:-1] + ", indices: {of: losers, size: 32}}"
    found = sweep(study_of(tmp_path, asked)).indices
    assert found is not None
    assert [index.first for index in found.rows[0]] == [0]


def test_hand_picked_values_have_ends_and_no_probabilities(tmp_path: Path) -> None:
    section = f"{{{AGAINST}, vary: {{inputs.heads.a: [60, 90]}}}}"
    text = sweep_view(sweep(study_of(tmp_path, section)), "en")
    assert "Least" in text
    assert "P(losing)" not in text
    assert "Median" not in text
    assert text.index("districts losing") < text.index("Least")


# -- weights ------------------------------------------------------------------------------------


def test_a_blank_weight_of_a_row_is_one_that_does_not_move(tmp_path: Path) -> None:
    rows = f"{WEIGHT}.heads,{WEIGHT}.area,grants.aid.pool\n50%,,\n,30%,\n,,900\n20%,80%,\n"
    study = study_of(tmp_path, f"{{rows: rows.csv, rescale: {WEIGHT}}}", rows)
    moves = prepared(study).source.moves(0, 4)
    area = [m.get(("grants", "aid", "share", "factors", "area")) for m in moves]
    assert area == [Fraction(1, 2), Fraction(3, 10), None, Fraction(4, 5)]


def test_a_row_whose_weights_cannot_be_scaled_is_named(tmp_path: Path) -> None:
    rows = f"{WEIGHT}.heads,{WEIGHT}.area\n50%,\n50%,60%\n"
    study = study_of(tmp_path, f"{{rows: rows.csv, rescale: {WEIGHT}}}", rows)
    with pytest.raises(DocumentError) as caught:
        prepared(study)
    (fault,) = caught.value.faults
    assert fault.code == "sweep.row_not_scaled"
    assert (Path(fault.place.file).name, fault.place.line) == ("rows.csv", 3)


def test_weights_that_never_add_up_are_told_before_anything_runs(tmp_path: Path) -> None:
    rows = f"{WEIGHT}.heads,{WEIGHT}.area\n50%,60%\n20%,\n"
    with pytest.raises(DocumentError) as caught:
        prepared(study_of(tmp_path, "{rows: rows.csv}", rows))
    (fault,) = caught.value.faults
    assert fault.code == "sweep.rescale_missing"
    assert Path(fault.place.file).name == "s.yaml"
    assert f"rescale: {WEIGHT}" in fault.text("en")


def test_some_weights_that_do_not_add_up_are_told_once(tmp_path: Path) -> None:
    rows = f"{WEIGHT}.heads,{WEIGHT}.area\n50%,50%\n20%,\n30%,\n"
    text = sweep_view(sweep(study_of(tmp_path, "{rows: rows.csv}", rows)), "en")
    assert "rows.csv row 3" in " ".join(text.split())
    assert text.count("add to sweep the line") == 1


@pytest.mark.parametrize(("text", "meant"), [("2", "2%"), ("0.02", "2%")])
def test_a_size_without_its_percent_sign_is_told_how_to_write_it(
    tmp_path: Path, text: str, meant: str
) -> None:
    with pytest.raises(DocumentError) as caught:
        study_of(tmp_path, f"{{vary: {{inputs.heads: {{each: {text}}}}}, sample: {{size: 4}}}}")
    (fault,) = caught.value.faults
    assert fault.text("en").endswith(f"write {meant}")
    assert fault.text("zh").endswith(f"请写 {meant}")
