"""A json file of an outlook: amounts, accounts, and of every year what came of it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from scenarios.outlook.columns import account_columns, data_columns
from scenarios.outlook.files import remarks
from scenarios.outlook.found import VariantOutlook, YearAnswer
from scenarios.outlook.pages.report import Report
from scenarios.outlook.pages.tables import Tables
from scenarios.outlook.pages.words import Words
from scenarios.running.manifest import sha256_of
from scenarios.settings import seen_from
from transfers import messages
from transfers.errors import Place
from transfers.money import Money
from transfers.output.columns import MOST_PLACES, decimal_of, mantissa_of
from transfers.output.json_text import Written, json_of, plain_files, plain_rows
from transfers.output.view_of_measures import measures_data
from transfers.output.view_of_rules import rules_data
from transfers.written import exact_text

PARTS, POINTS = "parts", "percentage_points"
"""What growth of a measure is: a part of the year before (0.05 is 5%), or a change in points."""


def json_bytes(report: Report, language: str) -> bytes:
    """Return the outlook as JSON; amounts are numbers, exact to their last digit."""
    outlook, words = report.outlook, Tables(report, language)
    document: dict[str, Any] = {
        **remarks(outlook),
        **outlook.set_before.data(language),
        "study_sha256": sha256_of(outlook.study.file),
        "years": list(outlook.years),
        "variants": [_variant(each, words) for each in outlook.variants],
        "rows": plain_rows(data_columns(outlook)),
        "accounts": plain_rows(account_columns(outlook)),
    }
    return json_of(document)


def _variant(each: VariantOutlook, words: Tables) -> dict[str, Any]:
    grown = {name: words.grown(each, name) for name in words.outlook.study.model.measures}
    return {
        "id": each.id,
        "title": each.title,
        "begins": [{"year": year, "what": what} for year, what in words.beginnings(each)],
        "years": [
            {
                **_year(answer, words),
                "growth": {name: _decimal(one.steps[n]) for name, one in grown.items()},
            }
            for n, answer in enumerate(each.years)
        ],
        "average_growth": {name: _decimal(one.average) for name, one in grown.items()},
        "growth_in": {name: POINTS if one.ratio else PARTS for name, one in grown.items()},
    }


def _year(answer: YearAnswer, words: Words) -> dict[str, Any]:
    """Return what came of a year."""
    language = words.language
    found: dict[str, Any] = {
        "year": answer.year,
        "status": answer.status,
        "why": [messages.said(phrase, language) for phrase in answer.why],
        **_read(answer),
    }
    if not answer.done:
        return found
    allocation = answer.allocation
    money = allocation.policy.money
    return {
        **found,
        "from_above": _amount(answer.from_above, money),
        "budget": _amount(answer.budget, money),
        "paid": _amount(answer.paid, money),
        "left": _amount(answer.budget_left, money),
        "grants": {
            name: _amount(int(amounts.sum()), money) for name, amounts in allocation.amounts.items()
        },
        "unpaid": {name: _amount(amount, money) for name, amount in answer.unpaid.items()},
        "measures": {
            name: None if figure is None else exact_text(figure)
            for name, figure in answer.measures.items()
        },
        "inequality": measures_data(allocation, language),
        "rules": [
            {**told, **_where(result.place, words)}
            for told, result in zip(rules_data(allocation, language), answer.rules, strict=True)
        ],
        "findings": [
            {**finding.to_dict(language), **_where(finding.where, words)}
            for finding in answer.findings
        ],
    }


def _where(place: Place, words: Words) -> dict[str, str]:
    """Say where something stands: files as seen from the study's folder, wherever that is."""
    told = str(seen_from(words.outlook.study, place))
    return {"where": told} if told else {}


def _read(answer: YearAnswer) -> dict[str, Any]:
    """Return what a year was computed from; nothing of one that was not run."""
    if answer.answer is None:
        return {}
    policy, districts = answer.answer.setting.policy, answer.answer.setting.districts
    return {
        "policy": policy.id,
        "policy_sha256": sha256_of(policy.document.source.file),
        "table_sha256": districts.sha256,
        "files": plain_files(districts.files),
    }


def _amount(quanta: Fraction | int | None, money: Money) -> Written:
    """Write money in its unit; no budget is null."""
    if quanta is None:
        return Written("")
    places = max(money.places, MOST_PLACES)
    return Written(
        decimal_of(mantissa_of(money.in_units(quanta), places), places, idle_zeros=False)
    )


def _decimal(figure: Fraction | None) -> Written:
    if figure is None:
        return Written("")
    return Written(decimal_of(mantissa_of(figure, MOST_PLACES), MOST_PLACES, idle_zeros=False))
