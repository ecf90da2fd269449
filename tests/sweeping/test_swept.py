"""What comes of a sweep: the amounts of each scenario, who loses how often, tables."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import scenarios.sweeping.swept
from scenarios.running.runner import workplace
from scenarios.running.store import Runs
from scenarios.sweeping.swept import Swept, sweep
from scenarios.sweeping.tables import OneWay, TwoWay
from tests.running.taken import Kept
from tests.sweeping.conftest import Studied
from transfers import DocumentError, allocate, load_districts, load_policy

SAMPLED = (
    "vary:\n  inputs.population: {each: 2%}\n  parameters.growth_cap: {from: 10%, to: 30%}\n"
    "sample: {size: 256, seed: 5}\n"
)


def spread_rows(swept: Swept) -> list[tuple[Any, ...]]:
    spread = swept.spread
    columns = (spread.quantiles, spread.mean, spread.least, spread.most, spread.losing)
    return list(zip(*columns, spread.winning, strict=True))


def test_every_scenario_pays_what_it_pays_alone(studied: Studied, jiangmen: Path) -> None:
    study = studied("vary:\n  parameters.growth_cap: [0%, 15%, 25%]\n  budget.amount: [3900, 4000]")
    kept = Kept()
    swept = sweep(study, takers=[kept])
    policy = load_policy(jiangmen / "policy.yaml")
    districts = load_districts(None, policy)
    total = np.concatenate([chunk.total for chunk in kept.chunks])
    for scenario, (cap, money) in enumerate(swept.source.values(0, 6)):
        values = {"parameters.growth_cap": cap, "budget.amount": money}
        alone = allocate(policy, districts, values)  # type: ignore[arg-type]
        assert total[scenario].tolist() == alone.total.tolist()
    assert np.array_equal(swept.spread.most, total.max(axis=0))


def test_one_infeasible_of_a_thousand_is_told_and_the_others_stand(studied: Studied) -> None:
    swept = sweep(studied("vary: {budget.amount: {from: 3599, to: 4598, step: 1}}"))
    assert dict(swept.outcomes.counts()) == {"done": 999, "rejected": 1, "invalid": 0}
    (reason,) = swept.outcomes.reasons.values()
    assert (reason.scenario, reason.count, reason.status) == (0, 1, "rejected")
    assert "3,599" in reason.note.text("en")
    assert swept.spread.count == 999
    assert swept.spread.least[0] == 260
    assert not swept.keeps_hard_rules


def test_who_loses_is_counted_against_the_unmoved_variant_or_another(studied: Studied) -> None:
    vary = "vary: {parameters.growth_cap: [15%, 20%, 30%, 35%]}"
    variants = "variants:\n  tight: {set: {parameters.growth_cap: 15%}}\n"
    against_baseline = sweep(studied(vary, variants))
    against_tight = sweep(studied(vary + "\ncompare_with: tight", variants))
    tight = sweep(studied(vary + "\nvariant: tight", variants))
    base = [325, 150, 552, 1080, 755, 402, 736]
    assert against_baseline.compared.total.tolist() == base  # type: ignore[union-attr]
    assert against_baseline.compared is against_baseline.unmoved
    assert against_baseline.spread.losing[0] == 2
    assert against_tight.compared.total.tolist() != base  # type: ignore[union-attr]
    assert against_tight.spread.losing[0] == 0
    assert tight.spread.losing == against_tight.spread.losing
    assert tight.unmoved.id == "tight"


def test_a_store_workers_and_memory_give_the_same(
    studied: Studied, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = studied(SAMPLED)
    here = spread_rows(sweep(study))
    assert spread_rows(sweep(study, runs=Runs(str(tmp_path / "kept"), keep=True))) == here
    assert spread_rows(sweep(study, runs=Runs(str(tmp_path / "kept")))) == here
    monkeypatch.setattr(scenarios.sweeping.swept, "KEPT", 0)
    assert spread_rows(sweep(study)) == here
    place = workplace(2)
    assert place is not None
    try:
        assert spread_rows(sweep(study, place=place)) == here
    finally:
        place.close()


def test_the_same_seed_gives_the_same_and_another_seed_another(studied: Studied) -> None:
    first, same = (sweep(studied(SAMPLED)) for _ in range(2))
    assert spread_rows(first) == spread_rows(same)
    other = sweep(studied(SAMPLED.replace("seed: 5", "seed: 6")))
    assert spread_rows(first) != spread_rows(other)


def test_what_is_set_on_the_command_line_comes_before_everything(studied: Studied) -> None:
    study = studied("vary: {parameters.growth_cap: [15%, 25%]}")
    swept = sweep(study, {"budget.amount": "3900"})
    assert swept.whole.most == [3900]


# -- tables -------------------------------------------------------------------------------------


def test_a_table_of_one_path_has_a_row_for_each_value_and_one_for_the_unmoved_case(
    studied: Studied,
) -> None:
    swept = sweep(
        studied("vary: {parameters.growth_cap: [15%, 20%]}\ntable: [total, losers, 恩平市]")
    )
    (table,) = swept.tables
    assert isinstance(table, OneWay)
    assert [figure.name for figure in table.figures] == ["total", "losers", "恩平市"]
    assert table.rows == [
        (Fraction(1, 4), (4000, 0, 736)),
        (Fraction(15, 100), (4000, 4, 736)),
        (Fraction(1, 5), (4000, 3, 745)),
    ]
    assert table.base == 0
    among = sweep(studied("vary: {parameters.growth_cap: [15%, 25%]}")).tables[0]
    assert isinstance(among, OneWay)
    assert among.base == 1
    assert len(among.rows) == 2
    assert [f.name for f in among.figures][:4] == ["total", "losers", "winners", "440703"]


def test_a_table_of_two_paths_has_one_figure_and_its_unmoved_case_in_the_corner(
    studied: Studied,
) -> None:
    swept = sweep(
        studied(
            "vary:\n  budget.amount: [3500, 4000]\n  parameters.growth_cap: [15%, 25%, 35%]\n"
            "table: [440785, winners]"
        )
    )
    first, second = swept.tables
    assert isinstance(first, TwoWay)
    assert isinstance(second, TwoWay)
    assert first.cells == [[None, None, None], [736, 736, 732]]
    assert (first.corner, first.base) == (736, (1, 1))
    assert second.cells[1] == [2, 0, 2]


def test_measures_and_constraints_of_the_study_are_known_of_every_scenario(
    studied: Studied,
) -> None:
    before = (
        "measures:\n  poorest: {formula: lowest(total), unit: 万元}\n"
        "constraints:\n  near: {that: total >= baseline.total - 20, level: hard}\n"
    )
    swept = sweep(studied("vary: {parameters.growth_cap: [15%, 20%]}\ntable: [poorest]", before))
    (table,) = swept.tables
    assert isinstance(table, OneWay)
    assert [cells for _, cells in table.rows] == [(150,), (138,), (144,)]
    rule = swept.outcomes.rules["near"]
    assert (rule.counts["broken"], rule.counts["holds"]) == (1, 1)
    assert (rule.worst, rule.scenario) == (-6, 0)
    assert not swept.keeps_hard_rules


def test_a_study_without_a_sweep_is_told_so(jiangmen: Path) -> None:
    from scenarios import load_study

    with pytest.raises(DocumentError) as raised:
        sweep(load_study(jiangmen / "study.yaml"))
    assert [fault.code for fault in raised.value.faults] == ["sweep.no_sweep"]


def test_a_uniform_error_of_all_revenues_changes_nothing(studied: Studied) -> None:
    """Shares know no common factor: what all figures have in common cancels."""
    swept = sweep(studied("vary: {inputs.revenue: {together: {from: -20%, to: 20%, step: 5%}}}"))
    assert swept.spread.least == swept.spread.most == [325, 150, 552, 1080, 755, 402, 736]


def test_figures_of_the_file_of_rows_end_up_in_the_amounts(
    studied: Studied, jiangmen: Path
) -> None:
    rows = "inputs.area.440703\n324\n0\n"
    (jiangmen / "rows.csv").write_text(rows, encoding="utf-8")
    kept = Kept()
    sweep(studied("rows: rows.csv"), takers=[kept])
    total = np.concatenate([chunk.total for chunk in kept.chunks]).tolist()
    text = (jiangmen / "districts.csv").read_text(encoding="utf-8-sig")
    table = list(csv.reader(text.splitlines()))
    table[1][3] = "0"
    changed = jiangmen / "changed.csv"
    changed.write_text("\n".join(",".join(row) for row in table), encoding="utf-8")
    policy = load_policy(jiangmen / "policy.yaml")
    assert total[0] == [325, 150, 552, 1080, 755, 402, 736]
    assert total[1] == allocate(policy, load_districts(changed, policy)).total.tolist()
