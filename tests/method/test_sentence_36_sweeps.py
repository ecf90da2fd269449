"""Sentence 36: many scenarios of one variant, and what they say about each district."""

from __future__ import annotations

import shutil
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from scenarios import load_study
from scenarios.sweeping.swept import Swept, sweep

ROOT = Path(__file__).parents[2]
PENGJIANG = 0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "examples" / "jiangmen", tmp_path / "jiangmen"))


def swept(folder: Path, section: str) -> Swept:
    file = folder / "sweep.yaml"
    file.write_text(f"study: s\npolicy: policy.yaml\nsweep: {section}\n", encoding="utf-8")
    return sweep(load_study(file))


def test_the_quantile_of_the_worked_number_is_on_the_line_between_two(folder: Path) -> None:
    """Sentence 36: the quantile p of S scenarios is at place p (S - 1), exactly (36a, 36g)."""
    found = swept(folder, "{vary: {budget.amount: {from: 3500, to: 4500, step: 100}}}")
    assert found.source.values(0, 11) == [(3500 + 100 * n,) for n in range(11)]
    assert found.spread.quantiles[PENGJIANG][0] == Fraction(27305, 100)
    assert found.spread.quantiles[PENGJIANG][0] == 260 + Fraction(45, 100) * (289 - 260)


def test_scenarios_that_do_not_pay_are_counted_and_left_out(folder: Path) -> None:
    """Sentence 36: quantiles and probabilities are of the scenarios that pay (36i)."""
    found = swept(folder, "{vary: {budget.amount: {from: 3500, to: 4500, step: 100}}}")
    assert dict(found.outcomes.counts()) == {"done": 10, "rejected": 1, "invalid": 0}
    (reason,) = found.outcomes.reasons.values()
    assert "100" in reason.note.text("en")
    assert found.spread.least[PENGJIANG] == 260


def test_equal_is_neither_losing_nor_gaining(folder: Path) -> None:
    """Sentence 36: the probability of losing is the share of scenarios with less (36h)."""
    found = swept(folder, "{vary: {budget.amount: {from: 3500, to: 4500, step: 100}}}")
    assert found.spread.share_losing(PENGJIANG) == Fraction(4, 10)
    assert found.spread.share_winning(PENGJIANG) == 0


def test_the_quantiles_of_the_sum_are_not_the_sums_of_quantiles(folder: Path) -> None:
    """Sentence 36: the row of the total has the quantiles of the sum (36g)."""
    found = swept(folder, "{vary: {parameters.growth_cap: [15%, 20%, 25%, 35%]}}")
    assert found.whole.quantiles == [(4000, 4000, 4000)]
    lows = sum(low for low, _, _ in found.spread.quantiles)
    assert lows < 4000


def test_what_all_figures_have_in_common_moves_nothing(folder: Path) -> None:
    """Sentence 36: `together` multiplies all figures of an input alike (36c)."""
    found = swept(folder, "{vary: {inputs.revenue: {together: [-20%, 20%]}}}")
    assert found.spread.least == found.spread.most == [325, 150, 552, 1080, 755, 402, 736]


def test_errors_of_each_district_stay_in_their_range_and_have_their_digits(folder: Path) -> None:
    """Sentence 36: what is drawn is rounded to decimals inside its range (36c, 36d)."""
    found = swept(folder, "{vary: {inputs.population: {each: 2%}}, sample: {size: 200, digits: 3}}")
    changes = np.array([row[0] for row in found.source.design.rows(0, 200)])
    assert set(np.unique(changes)) == set(range(-20, 21))


def test_every_stratum_of_a_range_is_met_once(folder: Path) -> None:
    """Sentence 36: in a Latin hypercube each of `size` strata is met once (36e)."""
    found = swept(
        folder,
        "{vary: {parameters.growth_cap: {from: 10%, to: 30%}}, sample: {size: 20, digits: 9}}",
    )
    values = [Fraction(value) for (value,) in found.source.values(0, 20)]
    assert sorted((value - Fraction(1, 10)) * 100 // 1 for value in values) == list(range(20))


def test_the_numbers_of_a_group_keep_their_sum_in_every_scenario(folder: Path) -> None:
    """Sentence 36: with `rescale` the other numbers of a group are scaled exactly (36f)."""
    group = "grants.equalisation.share.factors"
    found = swept(folder, f"{{vary: {{{group}.area: [15%, 25%]}}, rescale: {group}}}")
    numbers = found.setting.policy.numbers
    path = ("grants", "equalisation", "share", "factors")
    for moves in found.source.moves(0, 2):
        weights = {p: n.value for p, n in numbers.items() if p[:-1] == path}
        assert sum({**weights, **moves}.values()) == 1  # type: ignore[arg-type]
    assert found.done == 2


def test_a_blank_cell_of_a_file_leaves_what_is_there(folder: Path) -> None:
    """Sentence 36: every row of a file is a scenario (36b)."""
    (folder / "rows.csv").write_text("budget.amount,parameters.growth_cap\n3900,\n,15%\n")
    found = swept(folder, "{rows: rows.csv}")
    assert found.whole.least == [3900]
    assert found.whole.most == [4000]


def test_indices_say_what_a_figure_hangs_on(folder: Path) -> None:
    """Sentence 36: the total hangs on the budget alone (36j)."""
    found = swept(
        folder,
        "{vary: {budget.amount: {from: 3700, to: 4300}, inputs.population: {each: 2%}}, "
        "sample: {size: 4}, indices: {of: total, size: 64}}",
    ).indices
    assert found is not None
    assert found.scenarios == 64 * (2 + 2)
    budget, people = found.rows[0]
    assert budget.first == pytest.approx(1, abs=0.05)
    assert (people.first, people.total) == (0, 0)
