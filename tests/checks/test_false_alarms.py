"""What is no break of a promise, though it looked like one."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from checks.checking import check_policy
from checks.promises import PROMISES, check_promise
from checks.promises.machine import floats, written
from checks.runs import Case, Runs
from checks.subject import Subject
from checks.table import Table
from checks.trial import Asked, Judged, judge
from transfers import Policy, load_policy


def policy(folder: Path, rules: str) -> Policy:
    """Write a policy about `need`, `population` and `last`, and read it."""
    file = folder / "policy.yaml"
    file.write_text(
        "policy: made\n"
        "districts: {file: districts.csv, key: code}\n"
        "inputs:\n"
        "  need: {min: 0, unit: 万元, role: need}\n"
        "  population: {min: 0, unit: 人, role: population}\n"
        "  last: {min: 0, unit: 万元, role: prior}\n" + rules,
        encoding="utf-8",
    )
    return load_policy(file)


def table(**columns: tuple[int, ...]) -> Table:
    (size,) = {len(column) for column in columns.values()}
    keys = tuple(f"d{n + 1}" for n in range(size))
    ones = dict.fromkeys(("need", "population", "last"), (1,) * size)
    exact = {name: tuple(map(Fraction, column)) for name, column in (ones | columns).items()}
    return Table(keys, dict(exact))


def judged(name: str, made: Policy, case: Case) -> Judged:
    subject = Subject(made, case.table)
    asked = Asked(subject, case, PROMISES[name].tolerated(subject))
    return judge(subject, [PROMISES[name].trial(asked)])[0]


def test_a_shortage_below_the_last_decimal_of_a_finding_is_told(tmp_path: Path) -> None:
    """A floor of 0.00000018, and no quantum of 0.0001 to pay it: a finding tells 0.0000."""
    made = policy(
        tmp_path,
        "money: {unit: 万元, quantum: 0.0001}\nbudget: {amount: 10}\n"
        "grants:\n  aid: {pool: remainder, share: need, floor: 30% * budget}\n",
    )
    case = Case(table(need=(1,)), {("budget", "amount"): Fraction(6, 10**7)})
    (paid,) = Runs(made).run([case])
    assert paid.status == "rejected" and paid.allocation.findings[0].margin == "0.0000"
    assert judged("feasibility_honesty", made, case).broken is None


@pytest.mark.parametrize("rule", ["largest_remainder", "webster"])
def test_rounding_breaks_no_scale_of_money_however_far_its_rule_goes(
    tmp_path: Path, rule: str
) -> None:
    """Twenty are due 0.91; a divisor rule pays 1 to each, and 80 where 81.8 are due."""
    made = policy(
        tmp_path,
        f"budget: 100\ngrants:\n  aid: {{pool: remainder, share: need, rounding: {rule}}}\n",
    )
    small = tuple([1] * 20)
    found = check_promise("currency", made, table(need=(*small, 90)))
    assert (found.count > 0, found.broken) == (True, None)


def test_a_threshold_that_money_outgrows_breaks_the_scale_of_money(tmp_path: Path) -> None:
    made = policy(
        tmp_path,
        "budget: 100\ngrants:\n  aid: {pool: remainder, share: 'if(need > 5, 2, 1)'}\n",
    )
    assert check_promise("currency", made, table(need=(1, 9))).broken is not None


def test_floats_may_depend_on_company_and_nothing_that_is_said_does() -> None:
    """A number that no decimal writes takes the decimals of its whole batch away."""
    folder = Path(__file__).resolve().parents[2] / "cases" / "australia_western_2024"
    made = load_policy(folder / "policy.yaml")
    flat = tuple(Fraction(n) for n in (1, 1, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0))
    ones = (Fraction(1), Fraction(1))
    two = Table(("d1", "d2"), {"population": ones, "requirement": flat, "last_year": ones})
    other = two.with_columns({"requirement": tuple(Fraction(n != 1) for n in range(12))})
    budget = ("budget", "amount")
    case = Case(two, {budget: Fraction(12, 10**4)})
    (alone,) = Runs(made).run([case])
    beside, _ = Runs(made).run([case, Case(other, {budget: Fraction(1, 30000)})])
    assert written(alone) == written(beside)
    assert floats(alone) != floats(beside)  # else this shows nothing
    for name in ("determinism", "batch_single"):
        assert judged(name, made, case).broken is None


def test_what_the_check_does_not_fail_by_is_made_small_after_all_was_tried(tmp_path: Path) -> None:
    """Last year is not kept and equal parts widen gaps: both are told, on few districts."""
    (tmp_path / "districts.csv").write_text(
        "code,need,population,last,revenue\nA,1,1,1,1\nB,2,3,1,5\n"
    )
    made = policy(
        tmp_path,
        "  revenue: {min: 0, unit: 万元, role: own_revenue}\n"
        "budget: 10\ngrants:\n  aid: {pool: remainder, share: population}\n"
        "promises: [equal_treatment]\n",
    )
    report = check_policy(made, seconds=5)
    found = {verdict.promise: verdict for verdict in report.verdicts}
    assert found["equal_treatment"].count > 20
    examples = [verdict.example for verdict in found.values() if verdict.example is not None]
    assert examples and not report.failed
    assert all(len(example.case.table) <= 3 for example in examples)


_RESTING = "grants:\n  a: {pool: 100, share: need}\n  b: {claim: 10 * a}\n"


@pytest.mark.parametrize("name", ["relabelling", "equal_treatment"])
@pytest.mark.parametrize(
    "rules",
    [
        _RESTING,
        "budget: 1500\n" + _RESTING + "  c: {pool: remainder, share: need}\n",
        _RESTING + "  c: {pool: 'sum(if(a >= 34, b, 0))', share: need}\n",
        _RESTING + "rules:\n  enough: {that: 'sum(if(a >= 34, b, 0)) >= 300'}\n",
    ],
)
def test_what_a_grant_makes_of_a_tie_of_another_is_no_matter_of_the_code(
    tmp_path: Path, name: str, rules: str
) -> None:
    """Of 100 three alike are due 33.33: one has 34, and 340 of the other grant."""
    found = check_promise(name, policy(tmp_path, rules), table(need=(1, 1, 1)))
    assert (found.count > 0, found.broken) == (True, None)


@pytest.mark.parametrize("name", ["relabelling", "equal_treatment"])
@pytest.mark.parametrize(
    ("grant", "rules"),
    [
        ("b", "  a: {pool: 99, share: need}\n  b: {claim: \"a + if(key == 'd1', 50, 1)\"}\n"),
        ("a b", "  a: {pool: 99, share: \"if(key == 'd1', 5, 1)\"}\n  b: {claim: 10 * a}\n"),
        ("c", _RESTING[8:] + "  c: {claim: \"if(key == 'd1', 9, 1)\"}\n"),
    ],
)
def test_what_goes_by_the_code_breaks_beside_grants_that_read_others(
    tmp_path: Path, name: str, grant: str, rules: str
) -> None:
    """Of 99 three alike get 33 each: no tie, and what reads those amounts is held as well."""
    size = 3 if name == "relabelling" else 2
    made = policy(tmp_path, "grants:\n" + rules)
    found = check_promise(name, made, table(need=(1,) * size))
    assert found.broken is not None
    assert name == "equal_treatment" or found.broken.grant in grant.split()


_TWO_GRANTS = (
    "grants:\n  a: {pool: 100, share: need}\n  b: {pool: 60, share: population}\n"
    "promises: {hold_harmless: {}, growth_cap: {at_most: 0%}}\n"
)


@pytest.mark.parametrize(
    ("following", "last", "excess"),
    [
        ("", 80, 0),
        ("next: {last: total}\n", 80, 0),
        ("next: {last: a + b}\n", 80, 0),
        ("next: {last: a}\n", 50, 0),
        ("next: {last: a}\n", 80, 30),
        ("next: {last: b}\n", 80, 50),
        ("", 50, 30),
    ],
)
def test_last_years_amounts_are_compared_with_the_grants_that_next_makes_them_of(
    tmp_path: Path, following: str, last: int, excess: int
) -> None:
    """Two get 50 and 30 each."""
    made = policy(tmp_path, _TWO_GRANTS + following)
    districts = table(last=(last, last))
    found = [check_promise(name, made, districts) for name in ("hold_harmless", "growth_cap")]
    assert all(each.count for each in found)
    excesses = {each.broken.excess for each in found if each.broken is not None}
    assert excesses == ({Fraction(excess)} if excess else set())


@pytest.mark.parametrize(
    ("following", "broken"),
    [
        ("", None),
        ("next: {last: a, other: b}\n", Fraction(10)),
        ("next: {last: a}\n", None),
        ("next: {other: b}\n", Fraction(10)),
    ],
)
def test_each_input_of_last_year_is_held_against_its_own_grant(
    tmp_path: Path, following: str, broken: Fraction | None
) -> None:
    other = "  other: {min: 0, unit: 万元, role: prior}\n"
    made = policy(tmp_path, other + _TWO_GRANTS + following)
    districts = table(last=(50, 50), other=(40, 40))
    found = check_promise("hold_harmless", made, districts)
    assert (found.count > 0) == bool(following)
    assert (found.broken and (found.broken.excess, found.broken.grant)) == (
        broken and (broken, "b")
    )
