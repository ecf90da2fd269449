"""Where changes come from: exact parts that add up to every district's change."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from math import factorial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import scenarios
from scenarios import Comparison
from scenarios.comparison.both_ways import rounded_both_ways
from scenarios.comparison.breakdown import Breakdown
from scenarios.comparison.changes import by_change, by_split, by_split_in_order
from scenarios.comparison.stages import by_stage, product_rule
from tests.comparison.conftest import EXAMPLE, Compared
from transfers.arithmetic.rationals import Rationals

THREE = {
    "parameters.growth_cap": "15%",
    "parameters.tier_coefficient.A": "1.2",
    "budget.amount": "4100",
}


def parts(breakdown: Breakdown) -> dict[str, list[Fraction]]:
    assert not breakdown.lacking
    return {part.id: part.column.fractions() for part in breakdown.parts}


def adds_up(breakdown: Breakdown) -> bool:
    columns = parts(breakdown).values()
    sums = [sum(row, Fraction(0)) for row in zip(*columns, strict=True)] if columns else []
    return sums == breakdown.changes if sums else not any(breakdown.changes)


def study(folder: Path, variants: str) -> Comparison:
    file = folder / "study.yaml"
    policy = EXAMPLE / "policy.yaml"
    file.write_text(f"study: s\npolicy: {policy}\nvariants:\n{variants}", "utf-8")
    return scenarios.compare(scenarios.run(scenarios.load_study(file)))


def variant(changes: dict[str, str]) -> str:
    return "  v:\n    set: {" + ", ".join(f"{k}: {v}" for k, v in changes.items()) + "}\n"


def test_shapley_values_are_averages_over_all_orders(compared: Compared) -> None:
    """The definition, order by order, against the weights of subsets."""
    found = compared(variant(THREE))
    names = list(THREE)

    def amounts(taken: tuple[str, ...]) -> list[int]:
        chosen = {name: THREE[name] for name in names if name in taken}
        one = compared(variant(chosen) if chosen else "  v: {}\n")["v"]
        return [amount for amount in one.amount if amount is not None]

    values = dict.fromkeys(names, [0] * 7)
    for order in permutations(names):
        for place, name in enumerate(order):
            before, after = amounts(order[:place]), amounts(order[: place + 1])
            gains = [b - a for a, b in zip(before, after, strict=True)]
            values[name] = [v + g for v, g in zip(values[name], gains, strict=True)]
    expected = {n: [Fraction(v, factorial(3)) for v in column] for n, column in values.items()}
    assert parts(by_change(found, found["v"])) == expected


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    cap=st.integers(5, 40),
    coefficient=st.integers(5, 20),
    budget=st.integers(3600, 4300),
    order=st.permutations(range(3)),
)
def test_parts_add_up_and_the_order_of_the_document_does_not_matter(
    cap: int, coefficient: int, budget: int, order: list[int], tmp_path: Path
) -> None:
    items = [
        ("parameters.growth_cap", f"{cap}%"),
        ("parameters.tier_coefficient.A", f"{coefficient / 10}"),
        ("budget.amount", str(budget)),
    ]
    found = study(tmp_path, variant(dict(items)))
    if found["v"].total_change is None:
        return
    breakdown = by_change(found, found["v"])
    assert adds_up(breakdown)
    assert adds_up(by_stage(found, found["v"]))
    other = study(tmp_path, variant(dict(items[n] for n in order)))
    assert parts(by_change(other, other["v"])) == parts(breakdown)
    shown = breakdown.shown(found.money, 2)
    changes = [change * 100 for change in breakdown.changes]
    assert [sum(row) for row in zip(*shown, strict=True)] == changes


def test_a_variant_that_changes_nothing_has_no_parts(compared: Compared) -> None:
    found = compared("  same: {}\n")
    assert by_change(found, found["same"]).parts == ()
    assert by_stage(found, found["same"]).parts == ()


def test_changes_of_structure_and_of_data_take_part(compared: Compared) -> None:
    found = compared(
        head="baseline: {set: {grants.equalisation.pool: 3900}}",
        variants="  v:\n"
        "    data: {tier: {440784: A}, population: +3%}\n"
        "    changes:\n"
        "      bonus: {title: 追加奖励, add: {grants.bonus: {pool: 60, share: towns}}}\n"
        "      money: {set: {grants.equalisation.pool: 3940}}\n",
    )
    breakdown = by_change(found, found["v"])
    assert list(parts(breakdown)) == ["inputs.tier", "inputs.population", "bonus", "money"]
    assert adds_up(breakdown)
    stages = by_stage(found, found["v"])
    assert adds_up(stages)
    assert sum(parts(stages)["bonus.grant"]) == 60


def test_weights_set_without_rescale_are_one_change(compared: Compared) -> None:
    found = compared(
        "  v:\n    set: {grants.equalisation.share.factors.area: 25%,"
        " grants.equalisation.share.factors.population: 35%, parameters.growth_cap: 20%}\n"
    )
    names = list(parts(by_change(found, found["v"])))
    assert names == ["grants.equalisation.share.factors", "parameters.growth_cap"]


def test_a_subset_that_pays_nobody_is_told(compared: Compared) -> None:
    # Less money alone cannot meet the floors; lower floors can.
    found = compared(
        "  v: {set: {budget.amount: 3400, grants.equalisation.floor: 0.9 * last_year}}\n"
    )
    breakdown = by_change(found, found["v"])
    assert breakdown.parts == ()
    assert [phrase.code for phrase in breakdown.lacking] == ["compare.subset_rejected"]
    assert breakdown.lacking[0].values["changes"]


def test_more_changes_than_are_taken_apart_are_to_be_grouped(compared: Compared) -> None:
    inputs = "".join(
        f"      c{n}: {{set: {{parameters.growth_cap: {15 + n}%}}}}\n" for n in range(11)
    )
    found = compared(f"  v:\n    changes:\n{inputs}")
    (told,) = by_change(found, found["v"]).lacking
    assert told.code == "compare.too_many_changes"
    assert told.values == {"id": "v", "count": 11, "most": 10}


def test_data_and_policy_are_told_apart_both_ways(compared: Compared) -> None:
    found = compared(
        "  v:\n    data: {population: {440784: 60}}\n    set: {parameters.growth_cap: 15%}\n"
    )
    alone = compared("  v: {data: {population: {440784: 60}}}\n")
    shapley = by_split(found, found["v"])
    in_order = by_split_in_order(found, found["v"])
    assert adds_up(shapley)
    assert adds_up(in_order)
    assert parts(in_order)["data"] == alone["v"].change
    assert any(parts(in_order)["policy"])
    rest = compared("  v: {set: {parameters.growth_cap: 15%}}\n")["v"]
    both = [
        Fraction(d + (c - p), 2)
        for d, c, p in zip(alone["v"].change, found["v"].change, rest.change, strict=True)
        if d is not None and c is not None and p is not None
    ]
    assert parts(shapley)["data"] == both


def test_a_step_that_changes_data_and_policy_is_split(compared: Compared) -> None:
    found = compared(
        "  v:\n    changes:\n      both:\n"
        "        data: {population: {440784: 60}}\n"
        "        set: {parameters.growth_cap: 15%}\n"
    )
    split = parts(by_split(found, found["v"]))
    assert any(split["data"])
    assert any(split["policy"])


def test_the_pool_moves_what_the_shares_would_give(compared: Compared) -> None:
    """A tenth more money, no bounds: everything comes from the pool, but for rounding."""
    head = "baseline: {set: {grants.equalisation.floor: none, grants.equalisation.cap: none}}"
    found = compared("  v: {set: {budget.amount: 4400}}\n", head)
    stages = parts(by_stage(found, found["v"]))
    assert set(stages) == {"equalisation.pool", "equalisation.rounding"}
    assert sum(stages["equalisation.pool"]) == 400
    assert all(abs(part) < 1 for part in stages["equalisation.rounding"])


def test_factors_and_pool_share_what_they_do_together() -> None:
    pools = (Rationals.from_fractions([100]), Rationals.from_fractions([200]))
    amounts = (Rationals.from_fractions([10]), Rationals.from_fractions([40]))
    by_pool, by_share = product_rule(pools, amounts)
    # 100 x 10 % -> 200 x 20 %: the pool adds 100 x 15 %, the share 10 % x 150.
    assert (by_pool.fractions(), by_share.fractions()) == ([15], [15])


def test_a_pool_of_nothing_leaves_all_to_the_pool() -> None:
    pools = (Rationals.from_fractions([0]), Rationals.from_fractions([200]))
    amounts = (Rationals.from_fractions([0]), Rationals.from_fractions([40]))
    by_pool, by_share = product_rule(pools, amounts)
    assert (by_pool.fractions(), by_share.fractions()) == ([40], [0])


ROWS = st.integers(1, 6).flatmap(
    lambda parts: st.lists(
        st.lists(st.integers(-20, 20), min_size=parts - 1, max_size=parts - 1),
        min_size=1,
        max_size=8,
    )
)


@given(rows=ROWS, denominator=st.sampled_from([1, 2, 3, 7, 10]))
def test_rounded_tables_add_up_both_ways(rows: list[list[int]], denominator: int) -> None:
    exact = [[Fraction(figure, denominator) for figure in row] for row in rows]
    exact = [[*row, 3 - sum(row)] for row in exact]
    columns = [list(column) for column in zip(*exact, strict=True)]
    rounded = rounded_both_ways([Rationals.from_fractions(column) for column in columns])
    for row, shown in zip(exact, zip(*rounded, strict=True), strict=True):
        assert sum(row) == sum(shown)
        assert all(abs(a - b) < 1 for a, b in zip(row, shown, strict=True))
    for column, shown_column in zip(columns, rounded, strict=True):
        assert abs(sum(column) - sum(shown_column)) < 1


@pytest.mark.parametrize("section", ["by_change", "by_stage"])
def test_the_example_adds_up(section: str) -> None:
    found = scenarios.compare(scenarios.run(scenarios.load_study(EXAMPLE / "study.yaml")))
    take = {"by_change": by_change, "by_stage": by_stage}[section]
    for compared in found.variants:
        assert adds_up(take(found, compared))


def test_entries_of_changes_are_called_by_their_names(compared: Compared, folder: Path) -> None:
    (folder / "later.csv").write_bytes((folder / "districts.csv").read_bytes())
    named = "  v:\n    changes:\n      数据: {districts: later.csv}\n"
    named += "      办法: {set: {parameters.growth_cap: 15%}}\n"
    comparison = compared(named)
    found = by_change(comparison, comparison["v"])
    assert [part.title for part in found.parts] == ["数据", "办法"]
