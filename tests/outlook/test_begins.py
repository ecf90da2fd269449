"""What begins in which year: items by their validity, grants by a change or by a formula."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios.outlook.found import Outlook
from scenarios.outlook.pages.report import report_of
from scenarios.outlook.pages.tables import Tables
from scenarios.outlook.pages.terminal import outlook_view
from tests.outlook.conftest import POLICY, YEARS, Look
from transfers import DocumentError, TableError

SERVICES = """\
service_lists:
  costs:
    title: 服务清单
    list: services
    from: services.from_year
    until: services.until_year
    recipients: people
    price: services.standard
"""


def tables(found: Outlook, language: str = "zh") -> Tables:
    return Tables(report_of(found), language)


def test_items_that_begin_and_end_by_their_validity_are_told(folder: Path, look: Look) -> None:
    text = POLICY.replace("quantities:\n", SERVICES + "quantities:\n", 1)
    (folder / "p.yaml").write_text(text, encoding="utf-8")
    found = look()
    assert tables(found).beginnings(found.baseline) == [
        (2028, "服务清单新增 1 项：culture"),
        (2030, "服务清单到期 1 项：culture"),
    ]
    assert tables(found, "en").begins(found.baseline)[0] == (
        "2028: 服务清单: 1 more in force: culture"
    )


def test_items_that_all_begin_with_one_year_are_told_as_well(folder: Path, look: Look) -> None:
    services = SERVICES.replace("from: services.from_year", 'from: "2028"')
    services = services.replace("    until: services.until_year\n", "")
    text = POLICY.replace("quantities:\n", services + "quantities:\n", 1)
    (folder / "p.yaml").write_text(text, encoding="utf-8")
    found = look()
    ((year, what),) = tables(found, "en").beginnings(found.baseline)
    assert year == 2028 and what.startswith("服务清单: 2 more in force: ")


def test_an_item_that_a_change_brings_begins_with_its_year(folder: Path, look: Look) -> None:
    text = POLICY.replace("quantities:\n", SERVICES + "quantities:\n", 1)
    (folder / "p.yaml").write_text(text, encoding="utf-8")
    found = look(
        "years:\n  from: 2026\n  until: 2028\n  changes:\n"
        "    2027: {title: 提前, set: {lists.services.items.culture.from_year: 2027}}\n"
    )
    ((year, what),) = tables(found).beginnings(found.baseline)
    assert year == 2027 and "提前" in what and "服务清单新增 1 项：culture" in what


def test_a_grant_that_starts_in_a_year_reads_well_added_or_by_its_formula(
    folder: Path, look: Look
) -> None:
    wave = "pool: 60, share: population, title: 第二波"
    added = look(
        "years:\n  from: 2026\n  until: 2029\n"
        f"  changes: {{2028: {{title: 扩围, add: {{grants.second: {{{wave}}}}}}}}}\n"
    )
    view = outlook_view(report_of(added), "zh", 100)
    assert "2028：扩围（新增“第二波”）" in view
    wave = "claim: 'if(year >= 2028, 2, 0)', title: 第二波, eligible: year >= 2028"
    text = POLICY.replace(
        "outputs:\n", f"  second: {{{wave}, if_short: [fund, scale]}}\noutputs:\n"
    )
    (folder / "p.yaml").write_text(text, encoding="utf-8")
    found = look("years: {from: 2026, until: 2029}\n")
    by_formula = report_of(found, "第二波")
    paid = [by_formula.paid(year, "second") for year in found.baseline.years]
    assert paid == [0, 0, 6, 6]
    assert tables(found).beginnings(found.baseline) == [(2028, "“第二波”开始发放")]


def test_a_grant_that_is_not_there_is_refused_before_any_year_is_run(
    folder: Path, look: Look
) -> None:
    (folder / "t.csv").write_text("nonsense\n", encoding="utf-8")
    with pytest.raises(DocumentError) as error:
        look(grant="bases")
    assert [fault.code for fault in error.value.faults] == ["compare.unknown_grant_near"]
    with pytest.raises(TableError):
        look(grant="base")


def test_a_formula_that_changes_is_told_by_the_title_of_what_it_is_in(
    look: Look, folder: Path
) -> None:
    policy = (folder / "p.yaml").read_text("utf-8")
    titled = policy.replace("services_cost: {claim", "services_cost: {title: 清单补助, claim")
    (folder / "p.yaml").write_text(titled, "utf-8")
    tables = Tables(
        report_of(look(YEARS + "variants: {a: {set: {grants.services_cost.claim: need / 2}}}\n")),
        "zh",
    )
    told = tables.begins(tables.outlook["a"])
    assert told[0] == "从第一年起：清单补助（grants.services_cost.claim）改为 need / 2"
