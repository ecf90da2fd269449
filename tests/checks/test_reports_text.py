"""What people are shown: promises, the smallest table before and after, tests, how it ends."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import pytest
from msgspec.structs import replace

from checks.answer import Checked
from checks.promises.reported import Consistency, Progressivity
from checks.report import CounterExample, Report, Searched, Waived
from checks.reports.example import grid
from checks.reports.formats import encoded
from checks.reports.text import answer_view, checked_view
from checks.reports.words import Words
from checks.runs import Case, Runs
from checks.table import Table
from checks.trial import Broken
from tests.checks import made_reports as made
from transfers.messages import Phrase
from transfers.output.terminal import width


def view(report: Report, language: str = "zh", columns: int = 80) -> str:
    return checked_view(Checked(report.file, report), language, columns)


def test_a_sound_policy_is_told_in_few_lines() -> None:
    lines = view(made.sound()).splitlines()
    assert len(lines) < 20
    assert lines[:2] == [
        "政策检验：两因素补助（虚构）",
        "policies/two.yaml  （限时 30 秒，种子 0）",
    ]
    assert lines[-1] == "结论：通过"
    (arithmetic,) = [line for line in lines if "运算承诺" in line]
    assert arithmetic.split() == ["运算承诺", "2", "项", "成立", "200"]
    assert "未检验到 1 项（多半是政策没有相应的规定或数据列）：不突破上下限" in lines


def test_a_break_is_told_with_table_amounts_and_the_line_responsible() -> None:
    text = view(made.unsound(replay=".transfers/counterexamples/x"))
    break_, _, _ = text[text.index("资金增加无人减少（") :].partition("\n\n")
    assert break_.splitlines() == [
        "资金增加无人减少（budget_monotonicity）：不成立",
        "  承诺：资金规模增加，任何地区的拨付数不得下降。",
        "  变动：grants.aid.pool 由 8 变为 9",
        "  差额：甲的拨付数为 1 万元，应不少于 2 万元，少 1 万元（容许 0 个最小支付额）",
        "  条款：policies/two.yaml:11:5 grants.aid.pool",
        "      pool: 8",
        "                                      单位：万元",
        "  地区  人口（万人）  需求  变动前  变动后  增减",
        "  ----------------------------------------------",
        "  甲 <             1     0       2       1    -1",
        "  乙               1     1       3       4    +1",
        "  丙               1     1       3       4    +1",
        "  ----------------------------------------------",
        "  合计                           8       9    +1",
        "  来历：小型表，由 4 个地区缩减为 3 个",
        "  重看：transfers check --replay .transfers/counterexamples/x",
    ]


def test_what_its_own_table_says_is_told_and_fails_nothing() -> None:
    half, tenth = Fraction(1, 2), Fraction(1, 10)
    told = {
        "progressivity": Progressivity(half, half - tenth, Fraction(1, 3), tenth, Fraction(0)),
        "consistency": Consistency(45, 30, 12, "台山市"),
    }
    text = "".join(view(made.report(made.verdict("balance"), **told)).split())
    assert "人均财力基尼系数由0.5变为0.4；缩小差距0.1（Reynolds-Smolensky指数）" in text
    assert "倾斜0.3333（Kakwani指数" in text
    assert "45次中30次结果不变；相差最大的是台山市，12万元" in text
    assert text.endswith("结论：通过")


def test_the_end_counts_what_fails() -> None:
    assert view(made.unsound()).splitlines()[-1] == (
        "结论：不通过（1 项承诺不成立、1 项承诺未检验到、1 项测试不通过）"
    )
    assert view(made.unsound(), "en").splitlines()[-1] == (
        "Result: failed (promises broken: 1, promises not exercised: 1, tests failed: 1)"
    )


def test_a_listed_promise_that_was_not_exercised_says_why() -> None:
    text = view(made.unsound(), "en").replace("\n", " ")
    assert "listed under promises, but no table exercised it (money is short" in text
    assert "that does not count as held" in text


def test_what_is_not_promised_is_told_in_a_line_and_passes() -> None:
    report = made.report(made.verdict("balance"), made.broken(gates=False))
    text = view(report)
    told = text[text.index("政策未承诺") :].replace("\n", "").replace(" ", "")
    assert (
        "资金增加无人减少（budget_monotonicity）：不成立（未承诺）。grants.aid.pool由8变为9；"
        in told
    )
    assert "少1万元" in told
    assert text.endswith("结论：通过") and "变动后" not in text


def test_waivers_are_told_with_reason_end_and_whether_they_are_needed() -> None:
    waivers = {
        "entry": Waived("甲", "2027-12-31"),
        "currency": Waived("乙", needed=False),
        "replication": Waived("丙", grant="aid"),
    }
    verdicts = [made.verdict(name, "waived", waived=each) for name, each in waivers.items()]
    expired = Waived("丁", "2020-01-01", expired=True)
    verdicts.append(made.broken(waived=expired))
    text = view(made.report(*verdicts))
    assert "少一地而他地不减（entry）：甲（至 2027-12-31）" in text
    assert "乙（没有找到违反此承诺的表，可以考虑取消）" in text
    assert "地区加倍资金加倍结果不变（replication），仅 补助：丙" in text
    assert "丁（已于 2020-01-01 到期，不再有效）" in text
    assert "（1 项承诺不成立）" in text.splitlines()[-1]


def test_nothing_checked_does_not_pass() -> None:
    assert view(made.report(made.verdict("balance", "not_exercised"))).endswith(
        "什么也没有检验到，不能算通过"
    )


def test_time_that_ran_out_is_told() -> None:
    searched = (Searched("tiny", 10, 100, cut=True),)
    assert "要多试，加大 --seconds" in view(replace(made.sound(), searched=searched))
    assert "要多试，加大 --seconds" not in view(made.sound())


def test_several_policies_are_counted() -> None:
    answer = made.answer(made.sound(), made.unsound(), faults={"b.yaml": [made.fault()]})
    text = answer_view(answer, "zh")
    assert text.endswith("共 3 份政策：1 份通过，1 份不通过，0 份未检验到，1 份文件有误")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", [80, 120])
def test_lines_fit_the_terminal(language: str, columns: int) -> None:
    text = view(made.unsound(), language, columns)
    assert [line for line in text.splitlines() if width(line) > columns] == []


def test_english_has_no_chinese_but_names_and_units() -> None:
    text = view(made.unsound(), "en")
    for said in ("两因素补助（虚构）", "县委会议纪要〔2026〕3 号", "三地相同", "万元", "万人"):
        text = text.replace(said, "")
    assert set(re.findall("[\u4e00-\u9fff]+", text)) == {"人口", "需求", "甲", "乙", "丙"}


# -- the table -------------------------------------------------------------------------------------


def example(before: Case, after: Case | None, **given: Any) -> list[str]:
    """Return the table of two cases as lines."""
    read = made.policy()
    runs = Runs(read)
    paid = runs.run([before] if after is None else [before, after])
    broken = Broken(paid[0], paid[1] if after else None, **given)
    verdict = made.verdict("entry", "broken", example=CounterExample(before, broken, "real", 9))
    return grid(verdict, Words(read, "zh")).splitlines()


def test_a_figure_that_is_changed_is_shown_before_and_after() -> None:
    table = made.three()
    lines = example(Case(table), Case(table.with_cell("need", 1, Fraction(5, 2))), row=1)
    (changed,) = [line for line in lines if line.startswith("乙")]
    assert changed.split() == ["乙", "<", "1", "1", ">", "2.5", "3", "4", "+1"]


def test_a_district_that_leaves_or_comes_is_marked() -> None:
    table = made.three()
    gone = example(Case(table), Case(table.without(2)))
    (line,) = [line for line in gone if line.startswith("丙")]
    assert line.split() == ["丙（变动后无）", "1", "1", "3", "—"]
    come = example(Case(table.without(2)), Case(table))
    (line,) = [line for line in come if line.startswith("丙")]
    assert line.split() == ["丙（变动后新增）", "1", "1", "—", "3"]
    assert come[-1].split() == ["合计", "8", "8", "0"]


def test_districts_with_other_keys_stand_side_by_side() -> None:
    table = made.three()
    lines = example(Case(table), Case(table.renamed(("x", "y", "z"))))
    assert [line.split()[:3] for line in lines if ">" in line] == [
        ["甲", ">", "x"],
        ["乙", ">", "y"],
        ["丙", ">", "z"],
    ]


def test_districts_that_swapped_their_keys_stand_side_by_side() -> None:
    table = made.three()
    swapped = table.renamed(("c", "b", "a"))
    paid = Runs(made.policy()).run([Case(table), Case(swapped)])
    broken = Broken(paid[0], paid[1], 0)
    verdict = made.verdict("relabelling", "broken")
    verdict = replace(verdict, example=CounterExample(Case(table), broken, "real", 9))
    lines = grid(verdict, Words(made.policy(), "zh")).splitlines()
    (line,) = [line for line in lines if line.startswith("甲")]
    assert line.split() == ["甲", ">", "c", "<", "1", "0", "2", "1", "-1"]


def test_rows_in_another_order_stand_beside_themselves() -> None:
    table = made.three()
    lines = example(Case(table), Case(table.only([2, 0, 1])))
    assert [line.split()[0] for line in lines[3:6]] == ["甲", "乙", "丙"]
    assert all(line.split()[-1] == "0" for line in lines[3:6])


def test_a_case_alone_has_one_column_of_amounts() -> None:
    lines = example(Case(made.three()), None)
    assert lines[1].split() == ["地区", "人口（万人）", "需求", "金额"]
    assert lines[-1].split() == ["合计", "8"]


def test_nobody_paid_is_a_dash_and_a_reason() -> None:
    verdict = made.broken()
    assert verdict.example is not None and verdict.example.broken.after is not None
    after = replace(verdict.example.broken.after, status="at_odds", why="balance: aid")
    broken = replace(verdict.example.broken, after=after)
    report = made.report(replace(verdict, example=replace(verdict.example, broken=broken)))
    text = view(report, "en")
    assert "the engine contradicts itself: balance: aid" in text
    assert "—" in next(line for line in text.splitlines() if line.strip().startswith("甲"))


def test_numbers_that_are_not_the_documents_are_told_first() -> None:
    verdict = made.broken()
    assert verdict.example is not None
    before = verdict.example.broken.before
    case = before.case.with_numbers({("grants", "aid", "pool"): Fraction(5)})
    broken = replace(verdict.example.broken, before=replace(before, case=case))
    report = made.report(replace(verdict, example=replace(verdict.example, broken=broken)))
    assert "另设：grants.aid.pool = 5（政策文件为 8）" in view(report)


MANY = (
    """\
policy: many
title: 许多列（虚构）
money: {currency: CNY, unit: 元, quantum: 0.01}
districts: {file: t.csv, key: code}
inputs:
"""
    + "".join(f"  a{n}: {{title: 第 {n} 列的标题, min: 0}}\n" for n in range(12))
    + """\
grants:
  aid: {pool: 8, share: a0 + a1}
"""
)


def many(varying: int) -> list[str]:
    read = made.policy(MANY)
    columns = {f"a{n}": (Fraction(1), Fraction(2 if n < varying else 1)) for n in range(12)}
    case = Case(Table(("a", "b"), columns))
    after = case.with_numbers({("grants", "aid", "pool"): Fraction(9)})
    paid = Runs(read).run([case, after])
    broken = Broken(paid[0], paid[1])
    verdict = made.verdict("entry", "broken", example=CounterExample(case, broken, "real", 2))
    return grid(verdict, Words(read, "zh")).splitlines()


def test_of_many_columns_those_are_shown_that_differ() -> None:
    lines = many(2)
    assert "第 1 列的标题" in lines[1] and "第 2 列" not in lines[1]
    assert lines[-1] == "另有 10 列各地相同且未变动，未列出。"


def test_a_table_that_is_too_wide_is_turned_round() -> None:
    lines = many(12)
    assert lines[1].split() == ["地区", "a", "b", "合计"]
    assert lines[3].startswith("第 0 列的标题")
    assert lines[-1].split() == ["增减", "+0.33", "+0.67", "+1.00"]
    assert all(width(line) <= 80 for line in lines)


def test_amounts_are_in_the_unit_of_the_document_not_in_quanta() -> None:
    read = made.policy(made.TWO_FACTORS.replace("quantum: 1}", "quantum: 0.5}"))
    verdict = made.verdict("entry", "broken")
    paid = Runs(read).run([Case(made.three())])[0]
    broken = Broken(paid, None, 0, "aid", Fraction(3), Fraction(5), Fraction(1))
    verdict = replace(verdict, example=CounterExample(paid.case, broken, "real", 3))
    words = Words(read, "zh")
    assert verdict.example is not None
    assert words.excess(verdict, verdict.example) == (
        "差额：甲的补助为 1.5 万元，应不少于 2.5 万元，少 1.0 万元（容许 0 个最小支付额）"
    )


def test_what_a_promise_adds_is_told() -> None:
    verdict = made.broken()
    assert verdict.example is not None
    broken = replace(verdict.example.broken, how=Phrase("check_report.total"))
    report = made.report(replace(verdict, example=replace(verdict.example, broken=broken)))
    assert "说明：合计" in view(report)


# -- how much was tried ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("zh", "共试 301 张表（实际的表 1、小型表 300、随机生成 0），测算 2,412 次。"),
        ("en", "Tried 301 tables (own table: 1, tiny: 300, random: 0) in 2,412 runs."),
    ],
)
def test_it_says_how_many_tables_there_were_of_each_stage(language: str, line: str) -> None:
    stages = (Searched("real", 1, 12), Searched("tiny", 300, 2400), Searched("random", 0, 0))
    text = answer_view(made.answer(made.report(made.verdict("balance"), searched=stages)), language)
    assert line in text
    assert "--seconds" not in text


def test_what_was_tried_too_little_asks_for_more_time() -> None:
    listed = made.verdict("entry", gates=True, count=99)
    few = answer_view(made.answer(made.report(made.verdict("balance"), listed)), "zh")
    assert "有 1 项试得太少，成立也说明不了多少；请加大 --seconds：少一地而他地不减" in few
    stages = (Searched("real", 1, 12), Searched("tiny", 0, 0), Searched("random", 0, 0))
    none_made = made.report(made.verdict("balance"), searched=stages)
    assert "give more --seconds" in answer_view(made.answer(none_made), "en")


@pytest.mark.parametrize("status", ["held", "broken"])
def test_a_waiver_that_has_expired_is_told_though_the_promise_is_not_listed(status: str) -> None:
    waived = Waived("丁", "2020-01-01", expired=True)
    unlisted = made.verdict("budget_monotonicity", waived=waived)
    if status == "broken":
        unlisted = made.broken(gates=False, waived=waived)
    found = made.answer(made.report(made.verdict("balance"), unlisted))
    remark = "政策没有作此承诺，豁免与否都不影响结论"
    for name in ("text", "sarif", "junit", "github"):
        text = encoded(found, name, "zh").decode().replace("\n", "").replace(" ", "")
        assert "已于2020-01-01到期" in text and remark in text, name
    assert '"expired": true' in encoded(found, "json", "zh").decode()


def test_a_waiver_of_what_is_promised_goes_without_a_remark() -> None:
    listed = made.verdict("entry", "waived", gates=True, waived=Waived("甲"))
    assert "豁免与否" not in view(made.report(made.verdict("balance"), listed))
