"""Sentences 39 to 41: what a promise is, which tables are tried, and what promises compare."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from checks.checking import check_policy
from checks.promises import PROMISES, check_promise
from checks.promises.own import own_promise
from checks.report import Report, Verdict
from checks.runs import Case
from checks.subject import Subject
from checks.table import Table
from transfers import Policy, load_policy
from transfers.documents.promises import PROMISES as NAMED

PAGES = Path(__file__).parents[2] / "docs" / "method"
HEAD = "policy: p\ndistricts: {file: districts.csv, key: key}\n"
FACTORS = (
    "inputs: {population: {role: population, min: 0}, need: {role: need, min: 0}}\n"
    "grants: {aid: {pool: 8, share: {factors: {population: 0.5, need: 0.5}}"
)
LUMP = (
    "inputs: {need: {role: need, unit: 万元, min: 0}}\n"
    "parameters: {each: {value: 100, unit: 万元}}\ngrants: {aid: {claim: each + 10% * need}}\n"
)
TIERS = (
    "inputs: {revenue: {role: own_revenue, unit: 万元, min: 0}}\n"
    "parameters:\n  poor_until: {value: 5000, unit: 万元}\n  poor: {value: 1000, unit: 万元}\n"
    "  other: {value: 400, unit: 万元}\n"
    "grants:\n  aid:\n    claim: if(revenue <= poor_until, poor, other)\n"
)


PolicyOf = Callable[[str], Policy]
"""Makes a policy of what follows the districts."""


@pytest.fixture(name="policy_of")
def _policy_of(tmp_path: Path) -> PolicyOf:
    def made(text: str) -> Policy:
        file = tmp_path / "policy.yaml"
        file.write_text(HEAD + text, encoding="utf-8")
        return load_policy(file)

    return made


def table(**columns: tuple[int | Fraction, ...]) -> Table:
    """Return a table of districts d1, d2, ..."""
    count = len(next(iter(columns.values())))
    cells = {name: tuple(map(Fraction, column)) for name, column in columns.items()}
    return Table(tuple(f"d{n + 1}" for n in range(count)), cells)


def verdict(report: Report, name: str) -> Verdict:
    return next(each for each in report.verdicts if each.promise == name)


def checked(policy: Policy, given: Table, name: str, **asked: object) -> Verdict:
    """Check one promise for a moment."""
    found = check_policy(policy, given, seconds=0.5, only=[name], **asked)  # type: ignore[arg-type]
    return verdict(found, name)


THREE = table(population=(1, 1, 1), need=(0, 1, 1))

# -- 39 --------------------------------------------------------------------------------------------


def test_largest_remainder_takes_one_from_the_first_when_8_become_9(policy_of: PolicyOf) -> None:
    """Sentence 39: 2, 3, 3 become 1, 4, 4: within a quantum, and broken by 1 without tolerance."""
    largest = policy_of(FACTORS + "}}")
    assert check_promise("budget_monotonicity", largest, THREE).broken is None
    broken = check_promise("budget_monotonicity", largest, THREE, 0).broken
    assert broken is not None and broken.after is not None and broken.excess == 1
    assert (broken.before.total, broken.after.total) == ((2, 3, 3), (1, 4, 4))


def test_webster_takes_nothing_when_8_become_9(policy_of: PolicyOf) -> None:
    """Sentence 39: 1, 4, 3 become 1, 4, 4, and the promise is held over all four additions."""
    webster = policy_of(FACTORS + ", rounding: webster}}")
    found = check_promise("budget_monotonicity", webster, THREE, 0)
    assert (found.count, found.broken) == (4, None)
    runs = Subject(webster).runs
    nine = Case(THREE, {("grants", "aid", "pool"): Fraction(9)})
    assert [paid.total for paid in runs.run([Case(THREE), nine])] == [(1, 4, 3), (1, 4, 4)]


def test_tolerance_of_the_call_goes_before_that_of_the_document(policy_of: PolicyOf) -> None:
    """Sentence 39: a listed tolerance of 0 breaks what 1, exactly the excess, tolerates."""
    strict = FACTORS + "}}\npromises: {budget_monotonicity: {tolerance: 0}}\n"
    policy = policy_of(strict)
    assert checked(policy, THREE, "budget_monotonicity").fails
    assert checked(policy, THREE, "budget_monotonicity", tolerance=1).status == "held"


def test_a_policy_promise_gates_where_it_is_listed(policy_of: PolicyOf) -> None:
    """Sentence 39: the same break fails the check where it is promised, and is told otherwise."""
    given = table(revenue=(5000,))
    told = checked(policy_of(TIERS), given, "no_full_clawback")
    assert (told.status, told.gates, told.fails) == ("broken", False, False)
    listed = checked(policy_of(TIERS + "promises: [no_full_clawback]\n"), given, "no_full_clawback")
    assert (listed.status, listed.gates, listed.fails) == ("broken", True, True)


@pytest.mark.parametrize("name", ["performance", "bounds"])
def test_what_is_listed_and_not_exercised_fails(policy_of: PolicyOf, name: str) -> None:
    """Sentence 39: nothing to compare is no promise kept; unlisted, arithmetic fails nothing."""
    given = table(revenue=(5000,))
    listed = checked(policy_of(TIERS + f"promises: [{name}]\n"), given, name)
    assert (listed.status, listed.count, listed.fails) == ("not_exercised", 0, True)
    assert listed.why is not None
    assert not checked(policy_of(TIERS), given, name).fails


@pytest.mark.parametrize(("day", "status"), [(31, "waived"), (30, "waived"), (32, "broken")])
def test_a_waiver_counts_to_its_last_day(policy_of: PolicyOf, day: int, status: str) -> None:
    """Sentence 39: on the day `until` it counts, on the next the promise is held again."""
    waive = (
        "promises: [no_full_clawback]\nwaive: {no_full_clawback: {reason: r, until: 2027-12-31}}\n"
    )
    today = datetime.date(2027, 12, 1) + datetime.timedelta(days=day - 1)
    found = checked(
        policy_of(TIERS + waive), table(revenue=(5000,)), "no_full_clawback", today=today
    )
    assert found.status == status and found.fails == (status == "broken")
    assert found.waived is not None and found.waived.needed
    assert found.waived.expired == (status == "broken")


def test_a_grants_waiver_takes_its_amounts_out(policy_of: PolicyOf) -> None:
    """Sentence 39: without the grant that jumps, what the district has does not fall."""
    other = "  rest: {claim: 20% * revenue}\n"
    waive = "    waive: {no_full_clawback: minutes}\n"
    given = table(revenue=(5000,))
    assert checked(policy_of(TIERS + other), given, "no_full_clawback").status == "broken"
    assert checked(policy_of(TIERS + waive + other), given, "no_full_clawback").status == "held"


def test_a_statement_is_held_against_every_district_exactly(policy_of: PolicyOf) -> None:
    """Sentence 39: 400 is less than 1,000; where `applies` says no, nothing is compared."""
    stated = "promises: {enough: {that: aid >= poor, applies: revenue < 9000}}\n"
    policy = policy_of(TIERS + stated)
    (rule,) = policy.promises
    trial = own_promise(rule)
    assert trial.tolerance == 0
    found = checked(policy, table(revenue=(5001, 9000)), "enough")
    assert found.fails and found.example is not None and found.example.broken.excess == 600


def test_the_second_year_begins_with_what_was_paid(policy_of: PolicyOf) -> None:
    """Sentence 39: `next` makes 400 the base; a part of it is not the amount that was paid."""
    text = TIERS.replace("inputs: {", "inputs: {last: {role: prior, unit: 万元}, ")
    given = table(revenue=(6000,), last=(7,))
    kept = policy_of(text + "next: {last: aid}\n")
    assert check_promise("year_chaining", kept, given).broken is None
    broken = check_promise(
        "year_chaining", policy_of(text + "next: {last: 0.5 * aid}\n"), given
    ).broken
    assert broken is not None and (broken.figure, broken.limit) == (200, 400)
    stale = check_promise("year_chaining", policy_of(text + "next: {last: last}\n"), given).broken
    assert stale is not None and stale.figure == 7
    assert check_promise("year_chaining", policy_of(text), given).count == 0


# -- 40 --------------------------------------------------------------------------------------------


def test_a_tier_found_on_six_districts_is_shown_on_one_with_its_line(policy_of: PolicyOf) -> None:
    """Sentence 40: at 5,000 it has 6,000, at 5,001 5,401: 599 less, by the line of the claim."""
    six = table(revenue=(3200, 4800, 2100, 7300, 5600, 1500))
    example = checked(policy_of(TIERS), six, "no_full_clawback").example
    assert example is not None
    assert (example.stage, example.first_size, len(example.case.table)) == ("real", 6, 1)
    assert example.case.table.columns["revenue"] == (5000,)
    assert (example.broken.excess, example.place.line) == (599, 10)


def test_the_same_seed_tries_the_same_tables(policy_of: PolicyOf) -> None:
    """Sentence 40: counts, runs and tables of every stage are the same when it is done again."""
    policy = policy_of(FACTORS + "}}")
    one, other = (check_policy(policy, THREE, seconds=1, only=["entry"]) for _ in range(2))
    assert [each.stage for each in one.searched] == [
        "saved",
        "real",
        "thresholds",
        "tiny",
        "random",
    ]
    assert one.searched == other.searched
    assert verdict(one, "entry").count == verdict(other, "entry").count > 100


# -- 41 --------------------------------------------------------------------------------------------


def test_half_up_pays_6_of_5(policy_of: PolicyOf) -> None:
    """Sentence 41: three alike are due 1.67 each and get 2: the sum is broken by 1."""
    text = (
        "inputs: {need: {role: need}}\ngrants: {aid: {pool: 5, share: need, rounding: half_up}}\n"
    )
    broken = check_promise("balance", policy_of(text), table(need=(1, 1, 1))).broken
    assert broken is not None
    assert (broken.before.total, broken.figure, broken.limit) == ((2, 2, 2), 6, 5)


def test_two_halves_get_202_where_one_gets_102(policy_of: PolicyOf) -> None:
    """Sentence 41: 100 and a tenth of 20 is 102, twice 100 and a tenth of 10 is 202."""
    broken = check_promise("merge_split", policy_of(LUMP), table(need=(20,))).broken
    assert broken is not None and broken.after is not None
    assert (broken.before.total, broken.after.total, broken.excess) == ((102,), (101, 101), 100)


def test_districts_merge_and_split_within_the_ranges_of_their_inputs(policy_of: PolicyOf) -> None:
    """Sentence 41: with needs from 15 to 35 nobody has 10, or 40 together."""
    ranged = policy_of(LUMP.replace("min: 0", "min: 15, max: 35"))
    assert check_promise("merge_split", ranged, table(need=(20, 20))).count == 0
    assert check_promise("merge_split", ranged, table(need=(30, 30))).count == 2


def test_a_step_of_600_is_a_jump_and_a_slope_is_none(policy_of: PolicyOf) -> None:
    """Sentence 41: 1,000 at 5,000 and 400 a step further; a thousand for each unit only climbs."""
    broken = check_promise("continuity", policy_of(TIERS), table(revenue=(5000,))).broken
    assert broken is not None and broken.excess == 600
    steep = policy_of("inputs: {need: {role: need}}\ngrants: {aid: {claim: 1000 * need}}\n")
    found = check_promise("continuity", steep, table(need=(3, 4)))
    assert found.count == 4 and found.broken is None


def test_a_figure_that_may_not_move_is_left_alone(policy_of: PolicyOf) -> None:
    """Sentence 41: within a range of nothing no figure can be moved, and nothing is compared."""
    fixed = policy_of("inputs: {need: {min: 3, max: 3}}\ngrants: {aid: {claim: 10 * need}}\n")
    assert check_promise("continuity", fixed, table(need=(3,))).count == 0


def test_quota_counts_in_quanta_where_sums_are_in_tens(policy_of: PolicyOf) -> None:
    """Sentence 41: 970 are due of 1,000, Webster pays all of it: beyond by 30, not by 3 tens."""
    text = (
        "inputs: {need: {role: need}}\ngrants: {aid: {pool: 1000, share: need, "
        "rounding: {rule: webster, quantum: 10}}}\n"
    )
    given = table(need=(970, *(1,) * 30))
    broken = check_promise("quota", policy_of(text), given).broken
    assert broken is not None and (broken.figure, broken.limit, broken.excess) == (1000, 970, 30)


def test_new_keys_in_the_same_order_change_not_even_a_tie(policy_of: PolicyOf) -> None:
    """Sentence 41: exchanged keys may move the odd quantum; a bonus of 1 for one key is a break."""
    text = "inputs: {need: {role: need}}\ngrants: {aid: {pool: 100, share: need}}\n"
    assert check_promise("relabelling", policy_of(text), table(need=(1, 1, 1))).broken is None
    named = (
        "inputs: {need: {role: need}}\ngrants: {aid: {claim: 'need + if(key == \"d1\", 1, 0)'}}\n"
    )
    broken = check_promise("relabelling", policy_of(named), table(need=(1, 1, 1))).broken
    assert broken is not None and broken.changed is not None
    assert (broken.changed.code, broken.excess) == ("checks.keys_new", 1)


# -- the page and the code -------------------------------------------------------------------------


def rows(language: str) -> dict[str, list[str]]:
    """Return the cells of the tables of sentence 41 behind each promise."""
    text = (PAGES / language / "promises.md").read_text("utf-8")
    found = re.findall(r"^\| `(\w+)` \|(.*)\|$", text, re.M)
    return {name: [cell.strip() for cell in cells.split("|")] for name, cells in found}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_defines_every_promise_with_its_tolerance(language: str) -> None:
    """Sentence 41: all promises stand in the tables, in order, with the tolerance of the code."""
    found = rows(language)
    assert list(found) == list(NAMED)
    for name, cells in found.items():
        assert Fraction(cells[1]) == PROMISES[name].tolerance, name
        for role in (role for roles in PROMISES[name].roles for role in roles):
            assert f"`{role}`" in cells[2], (name, role)


def test_promises_name_sections_of_the_method_that_exist() -> None:
    """Sentence 41: every promise names sections that a page has; those of policy name this one."""
    pages = "\n".join(path.read_text("utf-8") for path in (PAGES / "en").glob("*.md"))
    known = set(re.findall(r"^### (\d+)\. ", pages, re.M))
    for name, promise in PROMISES.items():
        sections = promise.method.split(", ")
        assert sections and set(sections) <= known, name
        assert promise.kind == "arithmetic" or "41" in sections, name
