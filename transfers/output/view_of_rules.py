"""What the rules about the outcome came to, as people and programs read it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from transfers import messages
from transfers.allocation import Allocation
from transfers.judging import Breach, Margin, RuleResult
from transfers.messages import Phrase
from transfers.output.book import FIRST, Book, fitting, set_height, short
from transfers.output.terminal import table, width, wrapped
from transfers.written import exact_text

MOST_LISTED = 1000
"""Districts that a sheet lists below a rule that they break."""

NARROWEST = 16
"""Characters that a title has on the terminal at least."""

COLUMNS = ("rule", "level", "result", "margin")
_SHEET = ("rule", "level", "result", "left", "right", "margin", "statement", "source", "cause")


def said(code: str, language: str, **words: object) -> str:
    """Return a text of the family."""
    return messages.text(f"rules.{code}", language, **words)


def rules_lines(allocation: Allocation, language: str, columns: int) -> list[str]:
    """Return the small table of rules below the amounts; nothing without rules."""
    if not allocation.rules:
        return []
    headers = [said(name, language) for name in COLUMNS]
    rows = rule_rows(allocation, language)
    others = sum(
        max(map(width, column)) + 2 for column in list(zip(headers, *rows, strict=True))[1:]
    )
    room = max(columns - others, NARROWEST)
    laid = [line for row in rows for line in _broken(row, room)]
    right = [False, False, False, True]
    return ["", *table(headers, laid, right=right, columns=columns).splitlines()]


def _broken(row: list[str], room: int) -> Iterator[list[str]]:
    """Yield a row of the table, and further ones for the rest of a long title."""
    first, *rest = wrapped(row[0], room)
    yield [first, *row[1:]]
    for line in rest:
        yield [line, "", "", ""]


def rule_rows(allocation: Allocation, language: str) -> list[list[str]]:
    """Return title, level, result and margin of each rule."""
    return [
        [
            result.title,
            said(result.level, language),
            result_text(result, language),
            margin_text(result, language),
        ]
        for result in allocation.rules
    ]


def result_text(result: RuleResult, language: str) -> str:
    """Say whether a rule holds, and in how many districts not."""
    words = said(f"status_{result.status}", language)
    count = result.counts.get(result.status, 0)
    if result.status in ("broken", "unknown") and count:
        return said("in_districts", language, result=words, count=count)
    return words


def margin_text(result: RuleResult, language: str) -> str:
    """Write the margin, and the district where it is."""
    margin = result.compared
    if margin is None or margin.margin is None:
        return "—"
    text = said("shown", language, distance=margin.distance("+"))
    return said("at", language, distance=text, name=result.district) if result.district else text


def rules_data(allocation: Allocation, language: str) -> list[dict[str, Any]]:
    """Return the rules as plain data; figures are exact, as text."""
    return [
        {
            "id": result.id,
            "title": result.title,
            "source": result.source or None,
            "note": result.note or None,
            "level": result.level,
            "that": result.that,
            "applies": result.applies or None,
            "status": result.status,
            **_sides(result.compared, language),
            "district": result.district or None,
            "broken": [
                {"key": breach.key, "name": breach.name, **_sides(breach.margin, language)}
                for breach in result.broken
            ],
            "counts": dict(result.counts) or None,
            "cause": _phrase(result.cause, language) or None,
            "where": str(result.place) or None,
        }
        for result in allocation.rules
    ]


def _sides(margin: Margin | None, language: str) -> dict[str, str | None]:
    figures = (None, None, None) if margin is None else (margin.left, margin.right, margin.margin)
    return {
        "operator": None if margin is None else margin.operator,
        **{
            name: None if figure is None else exact_text(figure)
            for name, figure in zip(("left", "right", "margin"), figures, strict=True)
        },
        "unit": None if margin is None else messages.said(margin.unit, language) or None,
    }


def _phrase(phrase: Phrase | None, language: str) -> str:
    return "" if phrase is None else messages.text(phrase.code, language, **phrase.values)


def write_rules(book: Book, allocation: Allocation) -> None:
    """Add the sheet of rules, each with the districts that break it; none without rules."""
    if not allocation.rules:
        return
    rows = [row for result in allocation.rules for row in _rows(result, book.language)]
    headers = [said(name, book.language) for name in _SHEET]
    texts = list(zip(headers, *rows, strict=True))
    widths = [fitting(list(column), most=30) for column in texts]
    title = said("sheet_title", book.language)
    sheet = book.sheet("rules.sheet", title, headers, widths, frozen=1)
    plain = book.cell(text_wrap=True)
    for number, row in enumerate(rows, start=FIRST):
        for column, text in enumerate(row):
            sheet.write_string(number, column, short(text), plain)
        set_height(sheet, number, list(row), widths)


def _rows(result: RuleResult, language: str) -> Iterator[tuple[str, ...]]:
    """Yield the row of a rule, then one for each district that breaks it, the worst first."""
    yield (
        result.title,
        said(result.level, language),
        result_text(result, language),
        *_cells(result.compared, language),
        _statement(result, language),
        result.source,
        _phrase(result.cause, language) or result.note,
    )
    for breach in result.broken[:MOST_LISTED]:
        yield _district(breach, language)
    more = len(result.broken) - MOST_LISTED
    if more > 0:
        yield (said("more_districts", language, count=more), *[""] * (len(_SHEET) - 1))


def _statement(result: RuleResult, language: str) -> str:
    if not result.applies:
        return result.that
    return said("where_it_applies", language, that=result.that, applies=result.applies)


def _district(breach: Breach, language: str) -> tuple[str, ...]:
    status = said("status_broken", language)
    sides = _cells(breach.margin, language)
    return (said("of_district", language, name=breach.name), "", status, *sides, "", "", "")


def _cells(margin: Margin | None, language: str) -> tuple[str, str, str]:
    if margin is None:
        return "—", "—", "—"
    left, right = (messages.said(margin.side(x), language) for x in (margin.left, margin.right))
    return (left, right, said("shown", language, distance=margin.distance("+")))
