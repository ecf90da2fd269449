"""Several years in a row, districts that merge, growth: the figures of the method."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import scenarios
import transfers
from scenarios import Outlook
from scenarios.outlook.growth import average_growth, growths
from transfers import TableError
from transfers.arithmetic.decimals import fixed_decimal
from transfers.figures.membership import Members, Merge, with_members

POLICY = """\
policy: p
year: 2026
money: {unit: 万元, quantum: 1}
districts: {file: t.csv, key: code}
inputs:
  people: {unit: 万人, min: 0}
  base: {unit: 万元, min: 0}
  degree: {}
  schools: {unit: 所, default: 0}
  left: {unit: 年, default: 9999}
parameters:
  rate: {value: 1}
reserves: {fund: {opening: 50, inflow: 20}}
budget: {amount: 1000, remainder: fund}
grants: {aid: {pool: 780, share: people, floor: base, if_short: reject}}
next: {base: aid}
"""
TABLE = "code,people,base,degree,schools,left\na,10,200,80%,2,2030\nb,20,250,60%,3,2030\n"


def looked(folder: Path, years: str, policy: str = POLICY, table: str = TABLE) -> Outlook:
    (folder / "p.yaml").write_text(policy, encoding="utf-8")
    (folder / "t.csv").write_text(table, encoding="utf-8")
    (folder / "s.yaml").write_text(f"study: s\npolicy: p.yaml\n{years}", encoding="utf-8")
    return scenarios.look_ahead(scenarios.load_study(folder / "s.yaml"))


def test_a_fund_opens_with_what_it_closed_with_and_a_base_is_what_was_paid(tmp_path: Path) -> None:
    """Sentence 44: 50 + 20 + 220 = 290, and so on; the base of a year is the aid before it."""
    years = looked(tmp_path, "years: {count: 3}\n").baseline.years
    funds = [year.accounts[0] for year in years]
    assert [(fund.opening, fund.returned, fund.closing) for fund in funds] == [
        *((50, 220, 290), (290, 220, 530), (530, 220, 770)),
    ]
    assert [year.allocation.column("base") for year in years] == [
        [200, 250],
        [260, 520],
        [260, 520],
    ]


def test_what_claims_come_to_beyond_what_is_paid_is_due(tmp_path: Path) -> None:
    """Sentence 44: claims of 450 in all; of 400, less the 50 of the fund, 30 more are not paid."""
    policy = POLICY.replace(
        "{aid: {pool: 780, share: people, floor: base, if_short: reject}}",
        "{aid: {claim: base, if_short: [fund, scale]}}",
    )
    policy = policy.replace("amount: 1000", "amount: 350").replace("next: {base: aid}\n", "")
    years = looked(tmp_path, "years: {count: 3}\n", policy).baseline.years
    assert [year.paid for year in years] == [350 + 50 + 20, 350 + 20, 350 + 20]
    assert [year.unpaid for year in years] == [{"aid": 450 - 420}, {"aid": 80}, {"aid": 80}]


def test_what_is_carried_is_an_exact_fraction(tmp_path: Path) -> None:
    """Sentence 44: thirds of a rate stay thirds, in the unit of what they are for."""
    study = "years: {count: 3, next: {rate: rate / 3, people: people / 3}}\n"
    year = looked(tmp_path, study).baseline[2028].allocation
    assert year.block.moves[0]["parameters", "rate", "value"] == Fraction(1, 9)
    assert year.column("people") == [Fraction(10, 9), Fraction(20, 9)]


def test_a_taper_is_a_formula_of_the_year(tmp_path: Path) -> None:
    """Sentence 44: 75, 50 and 25 per cent of a base of 400 after it leaves, then nothing."""
    claim = "claim: 'base * max(0, 1 - (year - 2026) / 4)', if_short: [scale]"
    share = "pool: 780, share: people, floor: base, if_short: reject"
    policy = POLICY.replace(share, claim).replace("next: {base: aid}\n", "")
    table = TABLE.splitlines()[0] + "\na,1,400,1,1,2027\n"
    years = looked(tmp_path, "years: {from: 2027, count: 4}\n", policy, table)
    assert [year.paid for year in years.baseline.years] == [300, 200, 100, 0]


def test_a_year_without_an_answer_ends_its_variant_only(tmp_path: Path) -> None:
    """Sentence 44: the floors exceed the money in 2027; the other variant goes on."""
    study = (
        "years: {count: 3, set: {grants.aid.pool: {2027: 700}}}\n"
        "variants: {enough: {years: {set: {grants.aid.pool: {2027: 800}}}}}\n"
    )
    found = looked(tmp_path, study)
    assert [year.status for year in found.baseline.years] == ["done", "rejected", "not_run"]
    assert [year.paid for year in found["enough"].years] == [780, 800, 800]


def test_amounts_and_counts_add_up_and_a_ratio_is_a_weighted_mean(tmp_path: Path) -> None:
    """Sentence 45: 30 万人, 450, five schools, and (10 x 0.8 + 20 x 0.6) / 30."""
    looked(tmp_path, "years: {count: 1}\n")
    policy = transfers.load_policy(tmp_path / "p.yaml")
    table = transfers.load_districts(None, policy)
    made = with_members(policy, table, Members({"c": Merge(("a", "b"), by={"degree": "people"})}))
    figures = {name: column.fractions() for name, column in made.columns.items()}
    assert figures == {
        "people": [30],
        "base": [450],
        "degree": [Fraction(2, 3)],
        "schools": [5],
        "left": [2030],
    }
    with pytest.raises(TableError) as caught:
        with_members(policy, table, Members({"c": Merge(("a", "b"))}))
    assert [fault.code for fault in caught.value.faults] == ["members.differ"]


def test_a_merged_district_begins_with_the_bases_of_both(tmp_path: Path) -> None:
    """Sentence 45: 260 and 520 were paid, so 780 is what the new district begins with."""
    study = "years: {count: 2, members: {2027: {merge: {c: {of: [a, b], with: {degree: 1}}}}}}\n"
    year = looked(tmp_path, study).baseline[2027].allocation
    assert (year.keys, year.column("base"), year.column("degree")) == (("c",), [780], [1])


def test_growth_is_exact_and_its_average_a_root() -> None:
    """Sentence 46: 36.22 to 73.01 in three years is 26.3% a year; from nothing there is none."""
    spent = [Fraction("36.22"), None, None, Fraction("73.01")]
    average = average_growth(spent)
    assert average is not None and fixed_decimal(average * 100, 1) == "26.3"
    assert growths([Fraction(2), Fraction(3), Fraction(0), Fraction(1)]) == (
        *(None, Fraction(1, 2), -1, None),
    )


def test_the_baseline_beside_a_year_is_that_of_the_same_year(tmp_path: Path) -> None:
    """Sentence 46: 20 more in every year, though amounts grow; unknown where it has ended."""
    study = (
        "years: {count: 3, set: {grants.aid.pool: {2027: 800, 2028: 820}}}\n"
        "variants:\n  more:\n    set: {grants.aid.pool: 800}\n"
        "    years: {set: {grants.aid.pool: {2027: 820, 2028: 840}}}\n"
        "measures: {above: sum(total) - sum(baseline.total)}\n"
    )
    found = looked(tmp_path, study)
    assert found["more"].measure("above") == (20, 20, 20)
    found = looked(tmp_path, study.replace("{2027: 800,", "{2027: 1,"))
    assert found["more"].measure("above") == (20, None, None)


def test_what_was_set_keeps_its_worth_where_a_unit_changes_and_other_text_is_refused(
    tmp_path: Path,
) -> None:
    """Sentence 44: an inflow of 200 元 per head, set in 2027, is 0.02 万元 from 2028 on."""
    policy = POLICY.replace("rate: {value: 1}", "rate: {value: 100, unit: 元/人}")
    policy = policy.replace("inflow: 20", "inflow: rate * sum(people) / 1000")
    change = "changes: {2028: {set: {parameters.rate.unit: 万元/人}}}"
    said = "years:\n  count: 3\n  set: {parameters.rate: {2027: 200}}\n"
    years = looked(tmp_path, said + f"  {change}\n", policy).baseline.years
    assert [year.accounts[0].inflow for year in years] == [3, 6, 6]
    assert years[2].allocation.block.moves[0]["parameters", "rate", "value"] == Fraction(2, 100)
    with pytest.raises(transfers.DocumentError) as caught:
        looked(tmp_path, f"years:\n  count: 3\n  {change}\n", policy)
    assert [fault.code for fault in caught.value.faults] == ["outlook.unit_of_number"]
