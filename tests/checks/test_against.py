"""A policy beside an older one: who changes by how much, which promises newly break."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from checks.against import Against, against
from checks.answer import Answer, Checked
from checks.calling import Call, answer
from checks.report import Verdict, Waived
from checks.reports.formats import encoded
from checks.reports.text import checked_view
from tests.checks import made_reports as made
from transfers import DocumentError, load_policy

TABLE = "code,name,population,need,revenue\na,甲,1,0,9\nb,乙,1,1,5\nc,丙,1,1,1\n"


def write(file: Path, text: str = made.TWO_FACTORS, table: str | None = TABLE) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text.replace("key: code}", "key: code, name: name}"), encoding="utf-8")
    if table is not None:
        (file.parent / "t.csv").write_text(table, encoding="utf-8")
    return file


def beside(old: Path, new: Path, *before: Verdict, after: tuple[Verdict, ...] = ()) -> Against:
    """Return what differs, with verdicts made by hand."""
    reports = [
        made.report(*verdicts, read=load_policy(file))
        for file, verdicts in ((old, before), (new, after))
    ]
    return against(*reports)


def text_of(found: Against, new: Path, language: str = "zh") -> str:
    report = made.report(made.verdict("balance"), read=load_policy(new))
    return checked_view(Checked(str(new), report, (), found), language)


def test_it_tells_who_gains_who_loses_and_by_how_much(tmp_path: Path) -> None:
    old = write(tmp_path / "old" / "p.yaml")
    new = write(tmp_path / "p.yaml", made.TWO_FACTORS.replace("pool: 8", "pool: 9"))
    found = beside(old, new)
    assert [(row.name, row.old, row.new) for row in found.amounts.rows] == [
        ("甲", 2, 1),
        ("乙", 3, 4),
        ("丙", 3, 4),
    ]
    assert [found.amounts.count(sign) for sign in (1, -1, 0)] == [2, 1, 0]
    text = text_of(found, new)
    assert "2 个地区增加，1 个减少，0 个不变；合计由 8 变为 9（+1）" in text
    (line,) = [line for line in text.splitlines() if line.startswith("甲")]
    assert line.split() == ["甲", "2", "1", "-1", "-50.00%"]


def test_sums_are_in_the_unit_of_the_new_policy(tmp_path: Path) -> None:
    old = write(
        tmp_path / "old" / "p.yaml",
        made.TWO_FACTORS.replace("unit: 万元, quantum: 1", "unit: 元, quantum: 1000").replace(
            "pool: 8", "pool: 80000"
        ),
    )
    new = write(tmp_path / "p.yaml")
    found = beside(old, new)
    assert [row.old for row in found.amounts.rows] == [
        Fraction(14, 10),
        Fraction(33, 10),
        Fraction(33, 10),
    ]
    assert found.amounts.totals == (8, 8)


def test_nothing_changed_is_said_in_a_line(tmp_path: Path) -> None:
    old, new = write(tmp_path / "old" / "p.yaml"), write(tmp_path / "p.yaml")
    assert "各地拨付数都不变" in text_of(beside(old, new), new)


@pytest.mark.parametrize(
    ("old_text", "said"),
    [
        (made.TWO_FACTORS.replace("CNY, unit: 万元", "EUR, unit: EUR"), "货币不同（EUR、CNY）"),
        (
            made.TWO_FACTORS.replace("need: {title: 需求", "want: {title: 想要").replace(
                "need: 50%", "want: 50%"
            ),
            "旧政策不能用新政策的地区表测算",
        ),
    ],
)
def test_amounts_that_cannot_be_compared_are_told_with_the_reason(
    tmp_path: Path, old_text: str, said: str
) -> None:
    old = write(tmp_path / "old" / "p.yaml", old_text)
    new = write(tmp_path / "p.yaml")
    assert said in text_of(beside(old, new), new)


def test_a_rejected_run_is_told_with_its_shortage(tmp_path: Path) -> None:
    short = made.TWO_FACTORS + "    floor: 5\n"
    old, new = write(tmp_path / "old" / "p.yaml"), write(tmp_path / "p.yaml", short)
    text = text_of(beside(old, new), new)
    assert "新政策不能用自己的地区表测算" in text and "15 万元" in text


def test_promises_that_newly_break_or_are_kept_are_told(tmp_path: Path) -> None:
    old, new = write(tmp_path / "old" / "p.yaml"), write(tmp_path / "p.yaml")
    read = load_policy(new)
    breaks = made.broken(read)
    holds = made.verdict("budget_monotonicity", gates=True)
    found = beside(old, new, holds, after=(breaks,))
    assert [v.promise for v in found.newly_broken] == ["budget_monotonicity"]
    text = text_of(found, new)
    assert "新近打破：资金增加无人减少（budget_monotonicity），旧政策未见打破" in text
    kept = beside(old, new, breaks, after=(holds,))
    assert [v.promise for v in kept.newly_kept] == ["budget_monotonicity"]
    told = beside(old, new, holds, after=(made.broken(read, gates=False),))
    assert "（未作承诺，只作报告）" in text_of(told, new).replace("\n", "")
    assert beside(old, new, breaks, after=(breaks,)).newly_broken == ()


def test_promises_and_waivers_that_were_removed_or_added_are_told(tmp_path: Path) -> None:
    old, new = write(tmp_path / "old" / "p.yaml"), write(tmp_path / "p.yaml")
    waived = made.verdict("entry", "waived", waived=Waived("纪要", "2027-12-31"))
    listed = made.verdict("currency", gates=True)
    plain = (made.verdict("entry"), made.verdict("currency"))
    gone = text_of(beside(old, new, waived, listed, after=plain), new)
    assert "不再承诺：币值无关（currency）" in gone
    assert "不再豁免：少一地而他地不减（entry）" in gone
    added = text_of(beside(old, new, *plain, after=(waived, listed)), new)
    assert "新作承诺：币值无关（currency）" in added
    assert "新增豁免：少一地而他地不减（entry）：纪要" in added


def test_every_output_tells_of_it(tmp_path: Path) -> None:
    old = write(tmp_path / "old" / "p.yaml")
    new = write(tmp_path / "p.yaml", made.TWO_FACTORS.replace("pool: 8", "pool: 9"))
    read = load_policy(new)
    holds, breaks = made.verdict("budget_monotonicity"), made.broken(made.policy(), gates=False)
    found = beside(old, new, holds, after=(breaks,))
    report = made.report(made.verdict("balance"), read=read)
    told = Answer((Checked(str(new), report, (), found),))
    for name in ("text", "junit", "sarif", "github"):
        text = encoded(told, name, "en").decode()
        assert "Newly broken: More money, nobody loses (budget_monotonicity)" in text, name
        assert "-50.00%" in text, name
    data = json.loads(encoded(told, "json", "en"))["policies"][0]["against"]
    assert data["newly_broken"] == ["budget_monotonicity"]
    assert (data["amounts"]["gain"], data["amounts"]["lose"]) == (2, 1)
    assert data["amounts"]["districts"][0] == {
        "key": "a",
        "name": "甲",
        "old": 2,
        "new": 1,
        "change": -1,
        "change_pct": -50.0,
    }


# -- as a call does it -----------------------------------------------------------------------------

QUICK = {"seconds": 0.2, "only": ("balance", "budget_monotonicity")}


def test_a_folder_is_compared_file_by_file(tmp_path: Path) -> None:
    write(tmp_path / "old" / "a" / "p.yaml")
    write(tmp_path / "new" / "a" / "p.yaml", made.TWO_FACTORS.replace("pool: 8", "pool: 9"))
    write(tmp_path / "new" / "b" / "q.yaml")
    call = Call(against=str(tmp_path / "old"), **QUICK)  # type: ignore[arg-type]
    first, second = answer([str(tmp_path / "new")], call).checked
    assert first.against is not None and first.against.amounts.count(1) == 2
    assert second.against is not None and second.against.file == ""
    assert "视为新订" in checked_view(second, "zh")


def test_a_file_is_compared_with_one_policy_only(tmp_path: Path) -> None:
    old = write(tmp_path / "old.yaml")
    write(tmp_path / "new" / "a.yaml")
    write(tmp_path / "new" / "b.yaml")
    with pytest.raises(DocumentError) as told:
        answer([str(tmp_path / "new")], Call(against=str(old)))
    assert told.value.faults[0].code == "check_command.one_policy"


def test_a_faulty_older_policy_is_told_with_its_line(tmp_path: Path) -> None:
    new = write(tmp_path / "p.yaml")
    old = write(tmp_path / "old.yaml", made.TWO_FACTORS.replace("pool: 8", "pool: 8 +"), None)
    (found,) = answer([str(new)], Call(against=str(old), **QUICK)).checked  # type: ignore[arg-type]
    assert found.outcome == "wrong" and found.faults[0].place.file == str(old)


def test_a_policy_checked_against_itself_differs_in_nothing(tmp_path: Path) -> None:
    new = write(tmp_path / "p.yaml")
    (found,) = answer([str(new)], Call(against=str(new), **QUICK)).checked  # type: ignore[arg-type]
    assert found.against is not None
    assert found.against.amounts.changed == []
    assert (found.against.newly_broken, found.against.newly_kept) == ((), ())


def test_an_older_policy_whose_table_is_gone_is_checked_on_made_tables(tmp_path: Path) -> None:
    old, new = write(tmp_path / "old" / "p.yaml"), write(tmp_path / "p.yaml")
    (tmp_path / "old" / "t.csv").unlink()
    (found,) = answer([str(new)], Call(against=str(old), **QUICK)).checked  # type: ignore[arg-type]
    assert found.faults == () and found.against is not None
    assert found.against.amounts.why is None


def test_without_a_table_amounts_are_not_compared(tmp_path: Path) -> None:
    old, new = write(tmp_path / "old" / "p.yaml"), write(tmp_path / "p.yaml", table=None)
    call = Call(against=str(old), districts=False, **QUICK)  # type: ignore[arg-type]
    (found,) = answer([str(new)], call).checked
    assert "未比较拨付数" in checked_view(found, "zh")


LUMP = made.TWO_FACTORS.replace("grants:\n", "grants:\n  base: {claim: 20}\n")


@pytest.mark.parametrize(
    "listed", ["promises: [merge_split]\n", "promises: {merge_split: {}, few: aid <= 3}\n"]
)
def test_what_the_old_rules_break_too_is_newly_listed_and_not_newly_broken(
    tmp_path: Path, listed: str
) -> None:
    old = write(tmp_path / "old" / "p.yaml", LUMP)
    new = write(tmp_path / "p.yaml", LUMP + listed)
    call = Call(against=str(old), seconds=1, only=("merge_split", "few"))
    if "few" not in listed:
        call = Call(against=str(old), seconds=1, only=("merge_split",))
    (found,) = answer([str(new)], call).checked
    assert found.report is not None and found.report.failed
    assert found.against is not None
    assert found.against.newly_broken == ()
    assert "merge_split" in [verdict.promise for verdict in found.against.promised]


def test_what_only_the_new_rules_break_is_newly_broken_though_newly_listed(tmp_path: Path) -> None:
    listed = "promises: {merge_split: {}, few: base <= 10}\n"
    old = write(tmp_path / "old" / "p.yaml")
    new = write(tmp_path / "p.yaml", LUMP + listed)
    call = Call(against=str(old), seconds=1, only=("merge_split", "few"))
    (found,) = answer([str(new)], call).checked
    assert found.against is not None
    newly = {verdict.promise for verdict in found.against.newly_broken}
    assert newly == {"merge_split", "few"}


def test_a_new_waiver_that_has_expired_is_told_so(tmp_path: Path) -> None:
    old, new = write(tmp_path / "old" / "p.yaml"), write(tmp_path / "p.yaml")
    waived = made.verdict("entry", waived=Waived("纪要", "2020-01-01", expired=True))
    text = text_of(beside(old, new, made.verdict("entry"), after=(waived,)), new)
    assert "新增豁免：少一地而他地不减（entry）：纪要（已于 2020-01-01 到期，不再有效）" in text
