"""What is due by claims and is not paid: told by year and grant, as much as each claim lost."""

from __future__ import annotations

import json

import pytest

from scenarios.outlook.json_file import json_bytes
from scenarios.outlook.pages.markdown import markdown_bytes
from scenarios.outlook.pages.report import report_of
from scenarios.outlook.pages.table import Row, Table, cell_text
from scenarios.outlook.pages.tables import Tables
from scenarios.outlook.pages.terminal import outlook_view
from tests.outlook.conftest import Look

SHORT = {"budget.amount": "800", "reserves.fund.opening": "0"}
"""Too little for the claims of 2028 and later: 280, 320, 320; before them 180 each year."""


def labelled(table: Table, label: str) -> Row | None:
    return next((row for row in table.rows if cell_text(row.cells[0]).strip() == label), None)


def test_years_and_grants_lose_what_claims_come_to_beyond_what_is_paid(look: Look) -> None:
    found = look(changes=SHORT)
    for year in found.baseline.years:
        due = year.allocation.column("need")
        assert all(claim.denominator == 1 for claim in due)
        paid = year.allocation.amounts["services_cost"]
        assert year.unpaid == {"services_cost": sum(due) - paid.sum()}
    assert any(year.unpaid["services_cost"] > 0 for year in found.baseline.years)
    assert any(year.unpaid["services_cost"] == 0 for year in found.baseline.years)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_have_a_line_of_it_where_there_is_any(look: Look, language: str) -> None:
    label = {"zh": "应得未付", "en": "Due, not paid"}[language]
    for changes, there in ((SHORT, True), ({}, False)):
        report = report_of(look(changes=changes))
        assert (label in outlook_view(report, language)) is there
        assert (label in markdown_bytes(report, language).decode()) is there
        tables = Tables(report, language)
        row = labelled(tables.years(tables.outlook.baseline, brief=False), label)
        assert (row is not None) is there
        if row is not None:
            told = [cell_text(cell) for cell in row.cells[2:7]]
            years = tables.outlook.baseline.years
            assert told == [str(sum(year.unpaid.values())) for year in years]
            assert row.marked == {2 + at for at, text in enumerate(told) if text != "0"}
    years = json.loads(json_bytes(report_of(look(changes=SHORT)), "en"))["variants"][0]["years"]
    assert [year["unpaid"]["services_cost"] for year in years] == [int(text) for text in told]


def test_claims_against_a_pool_lose_what_it_lacks(look: Look) -> None:
    found = look(changes={"grants.services_cost": "{pool: 100, claim: need, if_short: scale}"})
    first = found.baseline.years[0]
    assert first.unpaid == {"services_cost": 180 - 100}


def test_what_is_paid_in_is_no_debt(look: Look) -> None:
    for purse in ("pool", "budget"):
        grant = f"{{claim: need - 60, contributions: {purse}, if_short: scale}}"
        found = look(changes={**SHORT, "grants.services_cost": grant})
        for year in found.baseline.years:
            amounts = year.allocation.amounts["services_cost"].tolist()
            claims = [need - 60 for need in year.allocation.column("need")]
            lost = sum(claims) - sum(amounts)
            assert year.unpaid["services_cost"] == lost >= 0
