"""A json file of a comparison: rows, variants, rules, measures, decompositions, origin."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from scenarios.answers import Answer
from scenarios.comparison.breakdown import Breakdown
from scenarios.comparison.columns import breakdown_columns, data_columns
from scenarios.comparison.compared import Compared
from scenarios.comparison.comparing import Comparison
from scenarios.comparison.groups import group_columns, groups
from scenarios.comparison.report import Report
from scenarios.comparison.texts import changed_before, where
from transfers import messages
from transfers.output.columns import MOST_PLACES, decimal_of, mantissa_of
from transfers.output.json_text import Written, json_of, plain_files, plain_rows
from transfers.output.view_of_measures import measures_data
from transfers.output.view_of_rules import rules_data
from transfers.written import exact_text


def json_bytes(report: Report, language: str) -> bytes:
    """Return the comparison as JSON; amounts are numbers, exact to their last digit."""
    comparison = report.comparison
    money = comparison.money
    document: dict[str, Any] = {
        "study": comparison.run.study.id,
        "title": comparison.run.study.title,
        **changed_before(comparison).data(language),
        "grant": comparison.grant,
        "money": {"currency": money.currency, "unit": money.unit},
        "change_pct": "per cent",
        "ranked_by": comparison.ranked_by,
        "baseline": _answer(comparison, comparison.run.baseline, language),
        "variants": [_variant(comparison, each, language) for each in comparison.variants],
        "rows": plain_rows(data_columns(comparison)),
    }
    for section, breakdowns in report.breakdowns.items():
        document[section] = {
            "rows": plain_rows(breakdown_columns(comparison, breakdowns)),
            "lacking": {b.compared.id: _said(b, language) for b in breakdowns if b.lacking},
        }
    return json_of(document)


def _said(breakdown: Breakdown, language: str) -> list[str]:
    return [messages.said(phrase, language) for phrase in breakdown.lacking]


def _answer(comparison: Comparison, answer: Answer, language: str) -> dict[str, Any]:
    """Return what came of an answer, and what it was computed from."""
    policy, districts = answer.setting.policy, answer.setting.districts
    found: dict[str, Any] = {
        "id": answer.id,
        "title": answer.title,
        "status": answer.status,
        "changes": [step.id for step in answer.setting.steps],
        "policy": policy.id,
        "table_sha256": districts.sha256,
        "files": plain_files(districts.files),
        "faults": [
            {
                "code": fault.code,
                "where": where(fault.place, comparison),
                "message": messages.text(fault.code, language, **fault.values),
            }
            for fault in answer.faults
        ],
        "findings": [
            {**finding.to_dict(language), "where": where(finding.where, comparison)}
            for finding in answer.findings
        ],
    }
    if answer.done:
        found["rules"] = [
            {**told, "where": where(result.place, comparison)}
            for told, result in zip(
                rules_data(answer.allocation, language), answer.rules, strict=True
            )
        ]
        found["inequality"] = measures_data(answer.allocation, language)
        found["measures"] = {
            name: None if figure is None else exact_text(figure)
            for name, figure in answer.measures.items()
        }
    return found


def _variant(comparison: Comparison, compared: Compared, language: str) -> dict[str, Any]:
    names = comparison.names_by_key
    return {
        **_answer(comparison, compared.answer, language),
        "baseline": _amount(comparison, compared.before.total),
        "amount": _amount(comparison, compared.after.total),
        "change": _amount(comparison, compared.total_change),
        "change_pct": _percent(compared.total_ratio),
        "winners": compared.winners,
        "losers": compared.losers,
        "unchanged": compared.unchanged,
        "only_baseline": {key: names[key] for key in compared.only_before},
        "only_variant": {key: names[key] for key in compared.only_after},
        "groups": {
            by: [
                {
                    "group": group.name,
                    "districts": group.districts,
                    "baseline": _amount(comparison, group.baseline),
                    "amount": _amount(comparison, group.amount),
                    "change": _amount(comparison, group.change),
                    "change_pct": _percent(group.change_ratio),
                    "per_head": _decimal(group.per_head),
                    "winners": group.winners,
                    "losers": group.losers,
                    "unchanged": group.unchanged,
                }
                for group in groups(comparison, compared, by)
            ]
            for by in group_columns(comparison)
        },
    }


def _amount(comparison: Comparison, quanta: int | None) -> Written:
    return Written("" if quanta is None else comparison.money.format_quanta(quanta))


def _percent(ratio: Fraction | None) -> Written:
    return _decimal(None if ratio is None else ratio * 100)


def _decimal(figure: Fraction | None) -> Written:
    if figure is None:
        return Written("")
    return Written(decimal_of(mantissa_of(figure, MOST_PLACES), MOST_PLACES, idle_zeros=False))
