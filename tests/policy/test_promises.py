"""A policy knows what it promises, what it waives and what next year begins with; no run does."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

import transfers
from transfers import Allocation, DocumentError, Policy, messages
from transfers.documents.promises import PROMISES
from transfers.policy.thresholds import thresholds

RULES = """\
policy: p
money: {unit: 万元}
districts: {file: d.csv, key: code}
inputs:
  need: {unit: 万人}
  last_year: {unit: 万元, role: prior, default: 0}
  revenue: {unit: 亿元}
  mark:
parameters: {least: 2}
grants:
  aid: {pool: 100, share: need}
  more: {claim: last_year / 2, waive: {currency: {reason: 定额, until: 2027-12-31}}}
outputs: {in_yuan: {formula: total, unit: 元}}
"""
PROMISED = """\
promises:
  budget_monotonicity: {tolerance: 2}
  currency:
  enough: {that: aid >= least * mark, applies: mark > 5, title: 够用, source: 第三条}
  all_paid: sum(aid) == 100
waive:
  enough: 试点办法第九条
  entry: {reason: 会议纪要, until: 2026-12-31}
next:
  last_year: total
  revenue: 1.05 * revenue + in_yuan
  mark: if(mark > 5, mark, 0)
"""
TABLE = "code,need,last_year,revenue,mark\n1,10,4,0.02,10\n2,30,8,0.01,4\n3,10,,0.03,\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "d.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path


def policy(folder: Path, text: str = PROMISED) -> Policy:
    (folder / "p.yaml").write_text(RULES + text, encoding="utf-8")
    return transfers.load_policy(folder / "p.yaml")


def run(policy: Policy) -> Allocation:
    return transfers.allocate(policy, transfers.load_districts(None, policy))


def faults(folder: Path, text: str) -> list[tuple[str, str]]:
    with pytest.raises(DocumentError) as caught:
        policy(folder, text)
    return [(fault.code, str(fault.place).partition(":")[2]) for fault in caught.value.faults]


def test_promises_are_known_in_the_order_in_which_they_are_listed(folder: Path) -> None:
    built_in, bare, own, short = policy(folder).promises
    assert [rule.name for rule in (built_in, bare, own, short)] == [
        *("budget_monotonicity", "currency", "enough", "all_paid"),
    ]
    assert [rule.builtin for rule in (built_in, bare, own, short)] == [True, True, False, False]
    assert (built_in.tolerance, bare.tolerance, own.tolerance) == (Fraction(2), None, None)
    assert built_in.formula is built_in.statement is None
    assert own.formula is not None and own.applies is not None
    assert (own.formula.text, own.applies.text) == ("aid >= least * mark", "mark > 5")
    assert (own.title, own.source, short.title) == ("够用", "第三条", "all_paid")
    assert messages.said(built_in.title, "zh") == messages.text(
        "promises.budget_monotonicity", "zh"
    )
    assert built_in.path == ("promises", "budget_monotonicity")


def test_a_list_of_names_promises_each_of_them(folder: Path) -> None:
    listed = policy(folder, f"promises: [{', '.join(PROMISES)}]\n").promises
    assert [rule.name for rule in listed] == list(PROMISES)
    assert all(rule.builtin for rule in listed)


def test_waivers_are_those_of_the_document_and_then_of_its_grants(folder: Path) -> None:
    found = policy(folder).waivers
    assert [(each.promise, each.reason, each.until, each.grant) for each in found] == [
        ("enough", "试点办法第九条", None, ""),
        ("entry", "会议纪要", date(2026, 12, 31), ""),
        ("currency", "定额", date(2027, 12, 31), "more"),
    ]
    assert found[2].path == ("grants", "more", "waive", "currency")


def test_a_waiver_counts_to_its_last_day_and_without_one_for_ever(folder: Path) -> None:
    for_ever, ending, _ = policy(folder).waivers
    assert for_ever.counts_on(date(2999, 1, 1))
    days = [date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 1)]
    assert [ending.counts_on(day) for day in days] == [True, True, False]


def test_nothing_of_it_changes_a_run(folder: Path) -> None:
    bare, promised = run(policy(folder, "")), run(policy(folder))
    assert promised.table() == bare.table()
    assert promised.findings == bare.findings
    assert list(promised.block.values) == list(bare.block.values)
    ours, theirs = promised.policy, bare.policy
    assert ours.numbers.keys() == theirs.numbers.keys()
    assert len(thresholds(ours)) == len(thresholds(theirs))
    assert not promised.rules


def test_a_statement_of_its_own_is_held_against_an_allocation_as_a_rule_is(folder: Path) -> None:
    of_promise = run(policy(folder)).promised("enough")
    rules = "rules: {enough: {that: aid >= least * mark, applies: mark > 5, level: hard}}\n"
    of_rule = run(policy(folder, rules)).rule("enough")
    assert of_promise is not None and of_rule is not None
    assert of_promise.status == of_rule.status == "unknown"  # the third has no mark
    assert of_promise.counts == of_rule.counts
    whole = run(policy(folder)).promised("all_paid")
    assert whole is not None and whole.status == "holds"
    assert whole.place.path == "promises.all_paid"
    with pytest.raises(KeyError):
        run(policy(folder)).promised("currency")


def test_a_statement_may_have_the_name_of_what_it_is_about(folder: Path) -> None:
    result = run(policy(folder, "promises: {aid: aid >= 20, key_of_all: total > 0}\n"))
    found = result.promised("aid")
    assert found is not None and found.status == "holds"


# -- the next year ---------------------------------------------------------------------------------


def test_what_inputs_become_is_exact_and_in_their_own_units(folder: Path) -> None:
    allocation = run(policy(folder))
    totals = [Fraction(int(amount)) for amount in allocation.total]
    assert totals == [22, 64, 20]
    assert allocation.next_year("last_year") == totals
    assert allocation.next_year("revenue") == [
        Fraction(105, 100) * revenue + total / 10_000
        for revenue, total in zip(allocation.column("revenue"), totals, strict=True)
    ]
    assert allocation.next_year("mark") == [10, 0, None], "a figure is missing, and stays so"
    with pytest.raises(KeyError):
        allocation.next_year("need")


def test_the_base_of_the_year_after_is_what_this_year_paid(folder: Path) -> None:
    """Two years by hand: half of last year is paid on top of the same 100."""
    rules = policy(folder)
    districts = transfers.load_districts(None, rules)
    first = transfers.allocate(rules, districts)
    base = dict(zip(first.keys, first.next_year("last_year"), strict=True))
    written = {key: str(figure) for key, figure in base.items()}
    second = transfers.allocate(
        rules, transfers.change_figures(rules, districts, {"last_year": written})
    )
    assert second.column("last_year") == first.column("total") == [22, 64, 20]
    assert second.amounts["more"].tolist() == [11, 32, 10]


def test_money_for_an_input_without_unit_counts_in_the_unit_of_the_document(folder: Path) -> None:
    allocation = run(policy(folder, "next: {mark: in_yuan}\n"))
    assert allocation.column("in_yuan") == [220_000, 640_000, 200_000]
    assert allocation.next_year("mark") == [22, 64, 20]


def test_a_figure_that_is_the_same_for_all_is_everybodys(folder: Path) -> None:
    allocation = run(policy(folder, "next: {mark: 5, need: highest(need)}\n"))
    assert allocation.next_year("mark") == [5, 5, 5]
    assert allocation.next_year("need") == [30, 30, 30]


def test_where_a_total_lacks_a_figure_nobody_has_one_next_year(folder: Path) -> None:
    allocation = run(policy(folder, "next: {mark: need / sum(mark)}\n"))
    assert allocation.next_year("mark") == [None, None, None]


def test_who_is_paid_nothing_for_want_of_money_has_no_next_year(folder: Path) -> None:
    text = RULES.replace("grants:", "budget: 50\ngrants:") + "next: {last_year: total}\n"
    (folder / "p.yaml").write_text(text, encoding="utf-8")
    rejected = run(transfers.load_policy(folder / "p.yaml"))
    assert rejected.status == "rejected"
    assert rejected.next_year("last_year") == [None, None, None]


# -- faults and changes ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("promises: {enough: aid}", "formula.boolean_wanted", "14:20 promises.enough"),
        ("promises: {a: {that: aid > nedd}}", "formula.misspelt_name", "14:28 promises.a.that"),
        ("promises: {a: {that: aid > 0, applies: need > aid}}", "formula.different_kinds", "14:40"),
        ("promises: {a: a > 1}", "formula.name_itself", "14:15 promises.a"),
        ("next: {last_year: need}", "formula.not_declared_unit", "14:19 next.last_year"),
        ("next: {last_year: need > 1}", "formula.number_wanted", "14:19 next.last_year"),
        ("next: {mark: more + }", "formula.incomplete", "14:20 next.mark"),
        ("next: {mark: none}", "formula.none_misplaced", "14:14 next.mark"),
    ],
)
def test_formulas_are_checked_when_the_document_is_read(
    folder: Path, text: str, code: str, place: str
) -> None:
    ((found, at),) = faults(folder, text + "\n")
    assert (found, at[: len(place)]) == (code, place)


def test_a_formula_uses_only_what_stands_above_it(folder: Path) -> None:
    text = RULES.replace("grants:", "next: {last_year: aid}\npromises: {a: aid > 0}\ngrants:")
    (folder / "p.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        transfers.load_policy(folder / "p.yaml")
    assert {fault.code for fault in caught.value.faults} == {"formula.name_below"}
    assert len(caught.value.faults) == 2


def test_faults_of_keys_and_of_formulas_are_told_together(folder: Path) -> None:
    text = "promises: {currensy: , a: nedd > 1}\nwaive: {b: x}\nnext: {lost: 1, mark: morre}\n"
    assert [code for code, _ in faults(folder, text)] == [
        *("document.promise_unknown_near", "formula.misspelt_name"),
        "document.waive_unknown",
        *("document.next_unknown", "formula.misspelt_name"),
    ]


def test_promises_waivers_and_the_next_year_are_set_added_and_removed(folder: Path) -> None:
    changed = policy(folder).changed(
        set={
            "promises.budget_monotonicity.tolerance": "0",
            "promises.enough": "aid >= mark",
            "waive.enough": "新理由",
            "waive.enough.until": "2030-06-30",
            "next.last_year": "aid",
        },
        add={
            "promises.entry": {},
            "promises.new_one": "sum(total) > 0",
            "grants.aid.waive.entry": {"reason": "r"},
            "next.need": "need",
        },
        remove=["promises.all_paid", "waive.entry", "next.mark"],
    )
    assert [(rule.name, rule.tolerance) for rule in changed.promises] == [
        *(("budget_monotonicity", 0), ("currency", None), ("enough", None)),
        *(("entry", None), ("new_one", None)),
    ]
    enough = changed.promises[2]
    assert enough.formula is not None and enough.formula.text == "aid >= mark"
    assert (enough.title, enough.applies is not None) == ("够用", True)
    assert [(each.promise, each.reason, each.until, each.grant) for each in changed.waivers] == [
        ("enough", "新理由", date(2030, 6, 30), ""),
        ("entry", "r", None, "aid"),
        ("currency", "定额", date(2027, 12, 31), "more"),
    ]
    assert [rule.name for rule in changed.next] == ["last_year", "revenue", "need"]


def test_a_list_of_names_is_changed_by_names(folder: Path) -> None:
    listed = policy(folder, "promises: [currency, entry]\n")
    changed = listed.changed(
        add={"promises.continuity": {}},
        set={"promises.entry.tolerance": 1},
        remove="promises.currency",
    )
    assert [(rule.name, rule.tolerance) for rule in changed.promises] == [
        ("entry", 1),
        ("continuity", None),
    ]
    whole = listed.changed(set={"promises": "[replication, entry]"})
    assert [rule.name for rule in whole.promises] == ["replication", "entry"]
    assert not listed.changed(remove="promises").promises


def test_a_change_that_takes_away_what_is_waived_is_told_so(folder: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        policy(folder).changed(remove="promises.enough")
    assert [fault.code for fault in caught.value.faults] == ["document.waive_unknown"]
