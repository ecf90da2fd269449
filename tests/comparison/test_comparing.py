"""Variants beside the baseline: amounts, changes, ranks, who gains and who loses."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import scenarios
from scenarios.comparison.columns import data_columns
from scenarios.comparison.compared import ranks
from scenarios.comparison.groups import groups
from tests.comparison.conftest import EXAMPLE, Compared
from transfers import DocumentError, TableError

CAP = "  cap: {set: {parameters.growth_cap: 15%}}\n"


def test_changes_are_amounts_less_those_of_the_baseline(compared: Compared) -> None:
    cap = compared(CAP)["cap"]
    assert cap.baseline == [325, 150, 552, 1080, 755, 402, 736]
    assert cap.amount == [299, 138, 540, 1103, 805, 379, 736]
    assert cap.change == [-26, -12, -12, 23, 50, -23, 0]
    assert (cap.winners, cap.losers, cap.unchanged, cap.total_change) == (2, 4, 1, 0)
    assert cap.change_ratio[0] == Fraction(-26, 325)


def test_per_head_is_in_whole_currency_units(compared: Compared) -> None:
    # 299 万元 among 85.3 万人.
    assert compared(CAP)["cap"].per_head[0] == Fraction(2990, 853)


def test_a_variant_that_changes_nothing_differs_nowhere(compared: Compared) -> None:
    same = compared("  same: {}\n")["same"]
    assert set(same.change) == set(same.rank_change) == {0}
    assert (same.winners, same.losers, same.unchanged) == (0, 0, 7)


def test_swapping_baseline_and_variant_turns_every_sign(compared: Compared) -> None:
    one = compared("  b: {set: {parameters.growth_cap: 15%}}\n")["b"]
    head = "baseline: {set: {parameters.growth_cap: 15%}}"
    other = compared("  a: {set: {parameters.growth_cap: 25%}}\n", head)["a"]
    assert other.change == [-change for change in one.change if change is not None]
    assert other.rank_change == [-move for move in one.rank_change if move is not None]


def test_a_variant_that_pays_nobody_stops_no_other(compared: Compared) -> None:
    found = compared("  cut: {set: {budget.amount: 3400}}\n" + CAP)
    cut = found["cut"]
    assert cut.answer.status == "rejected"
    assert cut.amount == [None] * 7 == cut.change == cut.rank
    assert cut.total_change is None
    assert found["cap"].total_change == 0
    assert not found.keeps_hard_rules


def test_a_variant_that_cannot_be_computed_is_told_with_its_faults(
    compared: Compared, folder: Path
) -> None:
    table = (folder / "districts.csv").read_text("utf-8").replace("53.1,", ",")
    (folder / "gap.csv").write_text(table, "utf-8")
    found = compared("  gap: {districts: gap.csv}\n" + CAP)
    assert found["gap"].answer.status == "invalid"
    assert found["gap"].answer.faults
    assert found["cap"].winners == 2


def test_districts_of_one_table_only_are_absent_not_zero(compared: Compared, folder: Path) -> None:
    rows = (folder / "districts.csv").read_text("utf-8").splitlines()
    merged = [row for row in rows if not row.startswith("440704")]
    merged.append("440799,新设区,36.5,109,3,4.13,C,120")
    (folder / "merged.csv").write_text("\n".join(merged) + "\n", "utf-8")
    found = compared("  merged: {districts: merged.csv}\n")["merged"]
    assert (found.only_before, found.only_after) == (("440704",), ("440799",))
    assert found.keys[-1] == "440799"
    gone = found.keys.index("440704")
    assert (found.baseline[gone], found.amount[gone], found.change[gone]) == (150, None, None)
    assert (found.baseline[-1], found.amount[-1], found.change[-1]) == (None, 150, None)
    assert found.winners + found.losers + found.unchanged == 6
    assert found.total_change == 0


def test_amounts_of_another_quantum_are_compared_exactly(compared: Compared, folder: Path) -> None:
    text = (folder / "policy.yaml").read_text("utf-8")
    (folder / "fine.yaml").write_text(text.replace("quantum: 1}", "quantum: 0.01}"), "utf-8")
    found = compared("  fine: {policy: fine.yaml}\n")
    fine = found["fine"]
    assert found.money.quantum == Fraction(1, 100)
    assert fine.baseline[2] == 55200
    assert fine.amount[2] == 55195
    assert fine.total_change == 0


def test_another_currency_is_told_and_not_compared(compared: Compared, folder: Path) -> None:
    (folder / "dollars.yaml").write_text(
        "policy: dollars\nmoney: {currency: USD, unit: million USD, quantum: 1}\n"
        "districts: {file: districts.csv, key: code, name: name}\n"
        "inputs: {towns: {}}\n"
        "grants: {one: {pool: 4000, share: towns}}\n",
        "utf-8",
    )
    dollars = compared("  dollars: {policy: dollars.yaml}\n")["dollars"]
    assert dollars.other_currency == "USD"
    assert dollars.change == [None] * 7


def test_without_inhabitants_ranks_go_by_the_amount(compared: Compared, folder: Path) -> None:
    text = (folder / "policy.yaml").read_text("utf-8").replace(", role: population", "")
    (folder / "policy.yaml").write_text(text, "utf-8")
    found = compared(CAP)
    assert found.ranked_by == "amount"
    assert found["cap"].baseline_rank == [6, 7, 4, 1, 2, 5, 3]
    assert found["cap"].per_head == [None] * 7


def test_a_grant_that_a_policy_lacks_pays_nothing(compared: Compared) -> None:
    extra = "  more: {add: {grants.extra: {pool: 100, share: population}}}\n"
    head = "baseline: {set: {grants.equalisation.pool: 3900}}"
    found = compared(extra, head, grant="extra")["more"]
    assert found.baseline == [0] * 7
    assert found.after.total == 100
    assert found.change_ratio == [None] * 7


def test_a_grant_that_no_answer_has_is_refused(compared: Compared) -> None:
    with pytest.raises(DocumentError, match="equalisation"):
        compared(CAP, grant="equalization")


def test_groups_are_those_of_the_baseline(compared: Compared) -> None:
    found = compared("  up: {data: {tier: {440784: A}}}\n", by="tier")
    tiers = {group.name: group for group in groups(found, found["up"], "tier")}
    assert list(tiers) == ["C", "B", "A"]
    assert tiers["B"].districts == 2
    assert sum(group.change or 0 for group in tiers.values()) == 0
    assert sum(group.winners for group in tiers.values()) == found["up"].winners


def test_a_column_that_is_no_text_groups_nothing(compared: Compared) -> None:
    with pytest.raises(TableError, match="tier"):
        compared(CAP, by="revenue")


def test_data_files_have_the_literal_columns(compared: Compared) -> None:
    columns = data_columns(compared(CAP + "  cut: {set: {budget.amount: 3400}}\n"))
    assert [column.name for column in columns] == [
        *("key", "name", "variant", "baseline", "amount", "change", "change_pct"),
        *("per_head", "rank", "rank_change"),
    ]
    rows = list(zip(*(column.texts() for column in columns), strict=True))
    assert len(rows) == 14
    assert rows[0] == (
        *("440703", "蓬江区", "cap", "325", "299", "-26", "-8"),
        *("3.505275", "7", "0"),
    )
    assert rows[7][2:] == ("cut", "325", "", "", "", "", "", "")


def test_the_study_of_the_example_is_compared() -> None:
    found = scenarios.compare(scenarios.run(scenarios.load_study(EXAMPLE / "study.yaml")))
    assert found["area"].total_change == 0


@given(st.lists(st.none() | st.integers(-5, 5)))
def test_a_rank_is_one_more_than_those_above(figures: list[int | None]) -> None:
    known = [figure for figure in figures if figure is not None]
    for figure, rank in zip(figures, ranks(figures), strict=True):
        if figure is None:
            assert rank is None
        else:
            assert rank == 1 + sum(other > figure for other in known)


def test_weights_that_no_longer_add_up_are_told_where_the_study_set_them(
    compared: Compared,
) -> None:
    group = "grants.equalisation.share.factors"
    weights = "\n".join(f"      {group}.{n}: 10%" for n in ("population", "area"))
    every = ("population", "area", "towns", "inverse_capacity")
    all_set = "\n".join(f"      {group}.{n}: 10%" for n in every)
    with pytest.raises(DocumentError) as raised:
        compared(f"  some:\n    set:\n{weights}\n  all:\n    set:\n{all_set}\n")
    some, each = raised.value.faults
    assert (some.place.line, some.place.path) == (7, f"{group}.population")
    assert some.text("en").endswith(
        f"(add the line `rescale: {group}` to this variant, and the other weights are scaled;"
        " or set them too)"
    )
    assert f"在该方案中加一行 rescale: {group}，" in some.text("zh")
    assert each.place.line == 11 and "rescale" not in each.text("en")


@pytest.mark.parametrize(
    ("variant", "zh", "en"),
    [
        ("a: {set: {budget.amount: 8,360}}", "“360”像是被逗号断开的数", "comma"),
        ("a： {set: {budget.amount: 8}}", "全角冒号", "full-width colon"),
        ("a: {set： {budget.amount: 8}}", "全角冒号", "full-width colon"),
        ("a: {set: {budget.amount: -5%}}", "请写 4000 * 95%", "write 4000 * 95%"),
        ("a: {set: {budget.amount: 压减5%}}", "请写 4000 * 95%", "write 4000 * 95%"),
        (
            "a: {set: {tier.恩平市: A}}",
            "写在 data 下，如 data: {tier: {恩平市: …}}",
            "write it under `data`",
        ),
    ],
)
def test_slips_of_a_study_are_told_with_what_to_write(
    compared: Compared, variant: str, zh: str, en: str
) -> None:
    with pytest.raises(DocumentError) as raised:
        compared(f"  {variant}\n")
    assert zh in "\n".join(raised.value.lines("zh"))
    assert en in "\n".join(raised.value.lines("en"))


def test_weights_in_plain_numbers_are_told_to_be_percentages(
    folder: Path, compared: Compared
) -> None:
    file = folder / "policy.yaml"
    text = file.read_text("utf-8")
    for weight in ("40%", "20%", "10%", "30%"):
        text = text.replace(f": {weight}", f": {weight[:-1]}")
    file.write_text(text, "utf-8")
    with pytest.raises(DocumentError) as raised:
        compared("  a: {}\n")
    assert any("（权重请写成百分比，如 40%）" in line for line in raised.value.lines("zh"))
    assert any("(write weights as percentages, such as 40%)" in x for x in raised.value.lines("en"))


def test_a_figure_that_one_variant_sets_does_not_reach_another_on_the_same_table(
    compared: Compared, folder: Path
) -> None:
    (folder / "other.csv").write_bytes((folder / "districts.csv").read_bytes())
    found = compared(
        "  a: {set: {inputs.population.440784: 1}, districts: other.csv}\n"
        "  b: {districts: other.csv}\n"
    )
    answers = (found.run[name] for name in ("baseline", "a", "b"))
    first, a, b = (answer.allocation.column("population") for answer in answers)
    assert b == first
    assert a != first
