"""What rules and constraints came to under every answer, as tables."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.comparison.tables import Column, Table, Tables
from scenarios.comparison.texts import NOTHING, rule_cell, rules_by_answer
from scenarios.figures_in_text import Shown, shown_figure
from transfers import RuleResult, messages
from transfers.output.view_of_rules import result_text


def rules_table(tables: Tables) -> Table | None:
    """Return what rules and constraints came to, a column per answer; None without any."""
    found = rules_by_answer(tables.comparison)
    if not found:
        return None
    columns = _of_rules(tables, found)
    for place, name in enumerate(tables.headings()):
        cells = [rule_cell(row[place], tables.language) for row in found]
        columns.append(Column(name, "said", cells))
    return Table(tables.say("rules_title"), columns, unit=False)


def rules_sheet(tables: Tables) -> Table | None:
    """Return the same with result, margin and place of the margin each in a column."""
    found = rules_by_answer(tables.comparison)
    if not found:
        return None
    columns, headings = _of_rules(tables, found), []
    for place, name in enumerate(tables.headings()):
        first = len(columns)
        columns += _apart(tables, [row[place] for row in found])
        headings.append((first, len(columns) - 1, name))
    return Table(tables.say("rules_title"), columns, tuple(headings), unit=False)


def _of_rules(tables: Tables, found: Sequence[Sequence[RuleResult | None]]) -> list[Column]:
    first = [next(each for each in row if each is not None) for row in found]
    levels = [messages.text(f"rules.{result.level}", tables.language) for result in first]
    return [
        tables.column("rule", "text", [result.title for result in first]),
        tables.column("level", "text", levels),
    ]


def _apart(tables: Tables, results: Sequence[RuleResult | None]) -> list[Column]:
    """Return the columns of one answer; that of places only where a margin has one."""
    language = tables.language
    said = [NOTHING if each is None else result_text(each, language) for each in results]
    columns = [
        Column(messages.text("rules.result", language), "said", said),
        Column(
            messages.text("rules.margin", language), "said", [_margin(e, language) for e in results]
        ),
    ]
    places = [(each.district if each is not None else "") or NOTHING for each in results]
    if any(place != NOTHING for place in places):
        columns.append(tables.column("where", "said", places))
    return columns


def _margin(result: RuleResult | None, language: str) -> Shown | str:
    """Return how far a rule holds or is broken, as a number where it is one."""
    margin = None if result is None else result.compared
    if margin is None or margin.margin is None:
        return NOTHING
    text = messages.said(margin.distance("+"), language)
    return shown_figure(text) or text
