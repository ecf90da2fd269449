"""What is told of a policy on its own table and gates nothing: how it equalises, its sub-tables."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from checks.promises.reported import Consistency, Progressivity
from checks.report import Report
from checks.reports.words import Words
from transfers.messages import printable
from transfers.written import figure_text

_PLACES = 4
"""Decimals in which indices are told."""


def only_told(report: Report, words: Words) -> list[str]:
    """Return a sentence for each thing that is known; nothing without a table of its own."""
    lines = []
    if report.progressivity is not None:
        found = {name: _index(value) for name, value in _figures(report.progressivity).items()}
        code = "progressivity" if report.progressivity.kakwani is not None else "nothing_given"
        lines.append(words.say(code, **found))
    if report.consistency is not None and report.consistency.tried:
        lines.append(_consistent(report.consistency, words))
    return lines


def only_told_data(report: Report) -> dict[str, Any]:
    """Return the same as plain data: indices as decimals, amounts in quanta."""
    equalises, parts = report.progressivity, report.consistency
    return {
        "progressivity": None
        if equalises is None
        else {
            name: None if value is None else float(_index(value))
            for name, value in _figures(equalises).items()
        },
        "consistency": None
        if parts is None
        else {
            "tried": parts.tried,
            "consistent": parts.consistent,
            "most": parts.most,
            "district": parts.district or None,
        },
    }


def _consistent(found: Consistency, words: Words) -> str:
    counts = {"tried": found.tried, "consistent": found.consistent}
    if not found.district:
        return words.say("parts_consistent", **counts)
    named = {"district": printable(found.district), "most": words.money(found.most)}
    return words.say("parts_differ", **counts, **named)


def _figures(found: Progressivity) -> dict[str, Fraction | None]:
    return {
        "gini_before": found.gini_before,
        "gini_after": found.gini_after,
        "kakwani": found.kakwani,
        "reynolds_smolensky": found.reynolds_smolensky,
        "reranking": found.reranking,
    }


def _index(value: Fraction | None) -> str:
    return "" if value is None else figure_text(round(value, _PLACES))
