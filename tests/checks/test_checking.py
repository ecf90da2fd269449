"""Checks of whole policies: what is found, what it counts for, and that it is found again."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from checks.answer import Answer, Checked
from checks.checking import check_policy
from checks.report import Report, Verdict
from checks.reports.formats import encoded
from checks.reports.text import checked_view
from tests.checks.made_policies import PLANTED, made, promising
from tests.checks.test_shrinking import THREE
from tests.good_time import within
from tests.test_progress import Log
from transfers import TableError, messages, progress

OWN = """
promises:
  not_below_floor: {that: aid >= floor_amount, title: 不低于托底数}
"""

BREAKS = {
    "step_tier_on_revenue": "no_full_clawback",
    "bounds_by_hand": "not_below_floor",
    "rank_bonus": "no_re_ranking",
    "gap_on_actual_revenue": "effort_neutrality",
    "min_max_factor": "entry",
    "half_up": "balance",
    "nominal_threshold": "currency",
    "over_funded_gap": "equalising",
}


def of(report: Report, promise: str) -> Verdict:
    return next(verdict for verdict in report.verdicts if verdict.promise == promise)


@pytest.mark.parametrize(("name", "promise"), BREAKS.items())
def test_a_planted_policy_has_a_counter_example_of_three_districts_at_most(
    name: str, promise: str, tmp_path: Path
) -> None:
    listed = OWN if promise == "not_below_floor" else f"promises: [{promise}]\n"
    with within(30):
        report = check_policy(promising(tmp_path, name, listed), seconds=10, only=[promise])
    verdict = of(report, promise)
    assert (verdict.status, verdict.gates, report.failed) == ("broken", True, True)
    assert verdict.example is not None
    assert len(verdict.example.case.table) <= 3
    assert verdict.example.place.line is not None


def test_all_promises_together_leave_room_for_the_one_that_is_broken(tmp_path: Path) -> None:
    report = check_policy(promising(tmp_path, "rank_bonus", "promises: [no_re_ranking]\n"))
    example = of(report, "no_re_ranking").example
    assert example is not None
    assert len(example.case.table) <= 3
    assert sum(verdict.status == "broken" for verdict in report.verdicts) > 1


ELEVEN = (
    *("equal_treatment", "order_preservation", "own_need_monotonicity", "others_need"),
    *("budget_monotonicity", "no_full_clawback", "performance", "continuity", "merge_split"),
    *("entry", "currency"),
)


def test_a_cliff_between_ranks_is_found_whatever_else_is_listed(tmp_path: Path) -> None:
    file = promising(tmp_path, "rank_award", f"promises: [{', '.join(ELEVEN)}]\n")
    report = check_policy(file, seconds=6)
    verdict = of(report, "continuity")
    assert (verdict.status, verdict.gates) == ("broken", True)
    assert verdict.example is not None
    assert len(verdict.example.case.table) <= 3


def test_the_real_table_is_told_first_where_it_breaks_the_promise_itself(tmp_path: Path) -> None:
    file = promising(tmp_path, "step_tier_on_revenue", "promises: [continuity, balance]\n")
    report = check_policy(file, seconds=1, only=["no_full_clawback", "balance"])
    assert all(verdict.on_real is None for verdict in report.verdicts if not verdict.fails)
    file = promising(tmp_path, "step_tier_on_revenue", "promises: [no_full_clawback]\n")
    report = check_policy(file, seconds=3, only=["no_full_clawback"])
    found = of(report, "no_full_clawback").on_real
    assert found is not None
    worst = [broken.excess for broken in found.worst]
    assert worst == sorted(worst, reverse=True) and 0 < len(worst) <= 5
    assert found.count >= len(worst)
    text = checked_view(Checked(report.file, report), "zh", 200)
    real, smallest = text.index("在实际的地区表上就已不成立"), text.index("找到的最小的表")
    row = found.worst[0].row
    assert row is not None
    name = found.worst[0].before.case.table.name(row)
    assert name.endswith("县") and name in text[real:smallest] and "变为" in text[real:smallest]
    data = json.loads(encoded(Answer((Checked(report.file, report),)), "json", "zh"))
    (told,) = data["policies"][0]["promises"]
    assert told["on_real"]["districts"] == found.count
    assert told["on_real"]["worst"][0]["name"] == name


# -- how strict ------------------------------------------------------------------------------------


def test_alabama_is_found_where_nothing_is_tolerated(tmp_path: Path) -> None:
    file = promising(tmp_path, "two_factors", "promises: [budget_monotonicity]\n")
    strict = check_policy(file, seconds=10, tolerance=0, only=["budget_monotonicity"])
    verdict = of(strict, "budget_monotonicity")
    assert (verdict.status, verdict.tolerance) == ("broken", "0")
    assert verdict.example is not None
    assert len(verdict.example.case.table) <= 3
    assert verdict.example.broken.excess == 1
    usual = check_policy(file, seconds=5, only=["budget_monotonicity"])
    assert of(usual, "budget_monotonicity").status == "held"


def test_a_divisor_rule_keeps_it_though_nothing_is_tolerated() -> None:
    file = PLANTED / "two_factors_webster.yaml"
    report = check_policy(file, seconds=10, tolerance=0, only=["budget_monotonicity"])
    verdict = of(report, "budget_monotonicity")
    assert verdict.status == "held"
    assert verdict.count > 1000


def test_a_document_says_how_much_it_tolerates(tmp_path: Path) -> None:
    listed = "promises: {balance: {tolerance: 3}}\n"
    report = check_policy(promising(tmp_path, "half_up", listed), seconds=2, only=["balance"])
    assert (of(report, "balance").status, of(report, "balance").tolerance) == ("held", "3")


def test_a_tolerance_that_is_counted_by_grant_says_so(tmp_path: Path) -> None:
    text = """
policy: three
money: {currency: CNY, unit: 万元, quantum: 1}
districts: {file: table.csv, key: code}
inputs: {need: {role: need, min: 0}, last: {role: prior, min: 0}}
grants:
  a: {pool: 10, share: need}
  b: {pool: 10, share: need}
  c: {pool: 10, share: need}
promises: [hold_harmless]
"""
    policy = made(tmp_path, text, "code,need,last\nx,1,20\ny,1,0\n")
    report = check_policy(policy, seconds=1, only=["hold_harmless"])
    assert (of(report, "hold_harmless").tolerance, of(report, "hold_harmless").by_grant) == ("3", 3)
    told = {
        language: checked_view(Checked(report.file, report), language, 200)
        for language in ("zh", "en")
    }
    assert "容许 3 个最小支付额：每项资金 1 个，共 3 项" in told["zh"]
    assert "tolerated: 3 quanta, 1 for each of 3 grants" in told["en"]
    fixed = made(tmp_path, text.replace("[hold_harmless]", "{hold_harmless: {tolerance: 2}}"))
    report = check_policy(fixed, seconds=1, only=["hold_harmless"])
    assert "容许 2 个最小支付额）" in checked_view(Checked(report.file, report), "zh", 200)


# -- what counts -----------------------------------------------------------------------------------


def test_what_is_not_listed_is_reported_and_does_not_fail_the_check(tmp_path: Path) -> None:
    report = check_policy(promising(tmp_path, "lump_sum", ""), seconds=2)
    verdict = of(report, "merge_split")
    assert (verdict.status, verdict.gates) == ("broken", False)
    assert not report.failed


def test_a_promise_that_nothing_is_about_is_not_exercised_and_never_passes(
    tmp_path: Path,
) -> None:
    file = promising(tmp_path, "half_the_gap", "promises: [performance]\n")
    report = check_policy(file, seconds=2, only=["performance"])
    verdict = of(report, "performance")
    assert (verdict.status, verdict.count, verdict.fails) == ("not_exercised", 0, True)
    assert verdict.why is not None
    assert "score" in messages.said(verdict.why, "en")
    assert report.failed


def test_where_nobody_can_be_paid_nothing_is_exercised(tmp_path: Path) -> None:
    text = """
policy: never
districts: {file: table.csv, key: code}
inputs: {need: {role: need, min: 0}}
grants: {aid: {pool: sum(need), share: need, floor: sum(need) + 1}}
promises: [own_need_monotonicity]
"""
    report = check_policy(made(tmp_path, text), False, seconds=2, only=["own_need_monotonicity"])
    verdict = of(report, "own_need_monotonicity")
    assert (verdict.status, verdict.fails) == ("not_exercised", True)
    assert not report.exercised


def test_an_own_statement_is_tried_and_says_what_does_not_hold(tmp_path: Path) -> None:
    file = promising(tmp_path, "bounds_by_hand", OWN)
    verdict = of(check_policy(file, seconds=5, only=["not_below_floor"]), "not_below_floor")
    assert (verdict.kind, verdict.title) == ("own", "不低于托底数")
    assert verdict.example is not None
    how = verdict.example.broken.how
    assert how is not None
    assert "≥ 150" in messages.said(how, "en")
    assert verdict.example.broken.row is not None


def test_an_own_statement_that_always_holds_is_held(tmp_path: Path) -> None:
    file = promising(tmp_path, "bounds_by_hand", "promises: {shared: sum(aid) <= money}\n")
    verdict = of(check_policy(file, seconds=2, only=["shared"]), "shared")
    assert verdict.status == "held"
    assert verdict.count > 100


def test_a_policy_without_its_table_is_refused_unless_made_ones_are_enough(tmp_path: Path) -> None:
    file = promising(tmp_path, "half_up", "")
    (tmp_path / "districts.csv").unlink()
    with pytest.raises(TableError):
        check_policy(file, seconds=1, only=["balance"])
    report = check_policy(file, districts=False, seconds=1, only=["balance"])
    assert (report.tableless, of(report, "balance").status) == (True, "broken")


# -- waivers ---------------------------------------------------------------------------------------

WAIVED = """
promises: [merge_split]
waive: {merge_split: {reason: 县委会议纪要〔2026〕3 号, until: 2027-12-31}}
"""


def test_a_waived_promise_is_still_searched_and_does_not_fail(tmp_path: Path) -> None:
    file = promising(tmp_path, "lump_sum", WAIVED)
    day = datetime.date(2027, 12, 31)
    report = check_policy(file, seconds=2, only=["merge_split"], today=day)
    verdict = of(report, "merge_split")
    assert (verdict.status, report.failed) == ("waived", False)
    assert verdict.waived is not None
    assert (verdict.waived.needed, verdict.waived.expired) == (True, False)
    assert verdict.waived.reason == "县委会议纪要〔2026〕3 号"
    assert verdict.example is not None


def test_a_waiver_that_has_expired_does_not_count(tmp_path: Path) -> None:
    file = promising(tmp_path, "lump_sum", WAIVED)
    day = datetime.date(2028, 1, 1)
    report = check_policy(file, seconds=2, only=["merge_split"], today=day)
    verdict = of(report, "merge_split")
    assert (verdict.status, report.failed) == ("broken", True)
    assert verdict.waived is not None
    assert verdict.waived.expired


def test_a_waiver_that_nothing_needs_is_told(tmp_path: Path) -> None:
    more = WAIVED.replace("merge_split", "own_need_monotonicity")
    file = promising(tmp_path, "half_the_gap", more)
    report = check_policy(file, seconds=2, only=["own_need_monotonicity"])
    verdict = of(report, "own_need_monotonicity")
    assert verdict.status == "waived"
    assert verdict.waived is not None
    assert not verdict.waived.needed
    assert verdict.count > 0


def test_a_waiver_of_one_grant_leaves_the_promise_for_the_others(tmp_path: Path) -> None:
    text = """
policy: two
districts: {file: table.csv, key: code}
inputs:
  need: {role: need, min: 0, unit: 万元}
  revenue: {role: own_revenue, min: 0, unit: 万元}
grants:
  gap:
    claim: max(0, need - revenue)
    waive: {effort_neutrality: 过渡期按实际收入}
  aid: {pool: 100, share: need}
promises: [effort_neutrality]
"""
    report = check_policy(made(tmp_path, text), False, seconds=3, only=["effort_neutrality"])
    verdict = of(report, "effort_neutrality")
    assert (verdict.status, report.failed) == ("held", False)
    assert verdict.waived is not None
    assert (verdict.waived.grant, verdict.waived.needed) == ("gap", True)
    other = text.replace("share: need}", "share: need + revenue}")
    broken = check_policy(made(tmp_path, other), False, seconds=3, only=["effort_neutrality"])
    assert of(broken, "effort_neutrality").status == "broken"


# -- how far it is ---------------------------------------------------------------------------------


def test_whoever_waits_is_told_of_the_check_and_not_of_each_run_in_it(tmp_path: Path) -> None:
    log, made_here = Log(), promising(tmp_path, "half_up", "promises: [entry]\n")
    with progress.told_to(log):
        check_policy(made_here, seconds=1, only=["entry"])
    begun = log.told.index(("began", "promises", 0))
    within = log.told[begun:]
    assert {name for _, name, _ in within} == {"promises"}
    assert within[-1][0] == "ended" and within[-1][2] > 0
    assert messages.text("progress.promises", "zh") == "正在检验承诺"


@pytest.mark.parametrize(
    ("promised", "said"),
    [
        ("growth_cap: {at_most: 120%}", "at_most: 20%"),
        ("growth_cap: {at_most: 25%}", ""),
        ("hold_harmless: {at_least: 105%}", "at_least: 100%"),
        ("hold_harmless: {at_least: 95%}", ""),
    ],
)
def test_a_part_above_all_of_last_year_is_doubted(tmp_path: Path, promised: str, said: str) -> None:
    text = THREE.partition("promises:")[0] + f"promises: {{{promised}}}\n"
    report = check_policy(made(tmp_path, text), False, seconds=0.1, only=["balance"])
    doubts = [each for each in report.findings if each.code.startswith("checks.doubtful")]
    assert len(doubts) == bool(said)
    for each in doubts:
        assert said in each.message("zh") and said in each.message("en")
        assert each.severity == "warning" and each.where.line
