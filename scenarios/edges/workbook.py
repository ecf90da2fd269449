"""A workbook of a survey: jumps, the greatest first; what other classes are worth; slopes."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from scenarios.edges.findings import findings
from scenarios.edges.reach import Reaches
from scenarios.edges.survey import Cliff, Survey, Watched
from scenarios.edges.terminal import moved_text, number_text
from scenarios.edges.wording import Words, jump_part, variant_name
from transfers import messages
from transfers.output.book import FIRST, UNIT, Book, check_size, fitting, set_height, short

Cell = str | float | int | None
Columns = Sequence[tuple[str, str]]
"""Header and format of each column."""

_TEXT, _MONEY, _CHANGE = "text", "money", "change"
_FIGURE, _PERCENT, _SLOPE, _RATE = "figure", "percent", "slope", "rate"

_MEASURED = 2000
"""Rows that widths are taken from."""


def survey_bytes(survey: Survey, language: str) -> bytes:
    """Return a survey as a workbook."""
    book, words = Book(language), Words(survey, language)
    found = survey.worst
    edges = [cliff for cliff in found if cliff.side != "other"]
    _sheet(book, survey, "sheet_cliffs", _jump_columns(words), _jumps(edges, words), words)
    others = [cliff for cliff in found if cliff.side == "other"]
    if others:
        _sheet(book, survey, "sheet_texts", _class_columns(words), _classes(others, words), words)
    numbers = [watched for watched in survey.watched if watched.lever.reach]
    _sheet(book, survey, "sheet_slopes", _slope_columns(words), _slopes(numbers, words), words)
    return book.content()


def _sheet(
    book: Book, survey: Survey, code: str, columns: Columns, rows: list[list[Cell]], words: Words
) -> None:
    """Write a sheet with its title, unit, and notes below."""
    policy = survey.setting.policy
    name = words.label(code)
    title = " · ".join(filter(None, (policy.title, survey.title, name)))
    below = [words.label("note_cliffs")]
    if code == "sheet_cliffs":
        if not rows:
            within = words.percent(survey.asked.within)
            below = [words.label("no_cliffs", within=within), *below]
        below += [finding.message(book.language) for finding in findings(survey, book.language)]
    write_sheet(book, f"cliffs.{code}", title, policy.money.unit, columns, rows, below)


def write_sheet(
    book: Book,
    code: str,
    title: str,
    unit: str,
    columns: Columns,
    rows: list[list[Cell]],
    below: Sequence[str],
) -> None:
    """Add a sheet: title, unit, header, rows, notes."""
    kept = [n for n, (_, kind) in enumerate(columns) if kind != _RATE or any(r[n] for r in rows)]
    columns, rows = [columns[n] for n in kept], [[row[n] for n in kept] for row in rows]
    headers = [header for header, _ in columns]
    beside = [_places([row[n] for row in rows]) for n in range(len(columns))]
    texts = [[_shown(cell) for cell in row] for row in rows]
    widths = [
        fitting([header, *(row[n] for row in texts[:_MEASURED])], 8, 50)
        for n, header in enumerate(headers)
    ]
    check_size(len(rows), len(columns), len(below))
    sheet = book.sheet(code, title, headers, widths, frozen=1)
    last = len(columns) - 1
    right = book.format(align="right", valign="vcenter")
    sheet.write_string(UNIT, last, book.label("command.unit", unit=unit), right)
    formats = [_format(book, kind, beside[n]) for n, (_, kind) in enumerate(columns)]
    for number, row in enumerate(rows, FIRST):
        set_height(sheet, number, texts[number - FIRST], widths)
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, column, short(cell), formats[column])
            elif cell is None:
                sheet.write_blank(number, column, None, formats[column])
            else:
                sheet.write_number(number, column, cell, formats[column])
    for number, note in enumerate(below, FIRST + len(rows)):
        sheet.write_string(number, 0, short(note), book.format(valign="vcenter"))


def _shown(cell: Cell) -> str:
    return "" if cell is None else cell if isinstance(cell, str) else f"{cell:,.4g}"


def _places(cells: Sequence[Cell]) -> int:
    """Return the decimals that show the greatest of some slopes to four digits at least."""
    size = max((abs(cell) for cell in cells if isinstance(cell, float)), default=0.0)
    places = 4
    while 0 < size < 0.1 and places < 9:
        size, places = size * 10, places + 1
    return places


def _format(book: Book, kind: str, places: int) -> Any:
    """Return the format of a column."""
    digits = "0" * places
    patterns = {
        _MONEY: "#,##0.######",
        _CHANGE: "+#,##0.######;-#,##0.######;0",
        _FIGURE: "#,##0.##########",
        _PERCENT: "+0.00%;-0.00%;0.00%",
        _RATE: "0.00##%",
        _SLOPE: f"#,##0.{digits};-#,##0.{digits};0",
    }
    if kind == _TEXT:
        return book.cell(text_wrap=True)
    return book.cell(num_format=patterns[kind], align="right")


def _money(words: Words, quanta: int | None) -> float | None:
    return None if quanta is None else float(words.money.in_units(quanta))


def _after(words: Words, cliff: Cliff) -> list[Cell]:
    part = jump_part(cliff)
    after = _money(words, cliff.after.amount) if cliff.after.done else words.label("unpaid")
    return [
        _money(words, cliff.before.amount),
        after,
        _money(words, cliff.jump),
        None if part is None else float(part),
        _money(words, cliff.jump_of_others),
    ]


_AFTER = (
    ("before", _MONEY),
    ("after", _MONEY),
    ("jump", _CHANGE),
    ("jump_pct", _PERCENT),
    ("others", _CHANGE),
)


def _columns(words: Words, *named: tuple[str, str]) -> Columns:
    return [(words.label(name), kind) for name, kind in named]


def _jump_columns(words: Words) -> Columns:
    first = (("district", _TEXT), ("figure", _TEXT), ("value", _FIGURE), ("unit", _TEXT))
    return _columns(words, *first, ("turns", _TEXT), ("rule", _TEXT), *_AFTER)


def _jumps(found: Sequence[Cliff], words: Words) -> list[list[Cell]]:
    return [
        [
            words.district(cliff.lever),
            words.title(cliff.lever),
            float(cliff.lever.number),
            words.unit(cliff.lever),
            words.edge(cliff),
            words.rule(cliff),
            *_after(words, cliff),
        ]
        for cliff in found
    ]


def _class_columns(words: Words) -> Columns:
    first = (("district", _TEXT), ("figure", _TEXT), ("value", _TEXT), ("to", _TEXT))
    return _columns(words, *first, *_AFTER)


def _classes(found: Sequence[Cliff], words: Words) -> list[list[Cell]]:
    return [
        [
            words.district(cliff.lever),
            words.title(cliff.lever),
            words.value(cliff.lever.value),
            words.edge(cliff),
            *_after(words, cliff),
        ]
        for cliff in found
    ]


def _slope_columns(words: Words) -> Columns:
    return _columns(
        words,
        *(("district", _TEXT), ("figure", _TEXT), ("value", _FIGURE), ("unit", _TEXT)),
        *(("amount", _MONEY), ("slope_down", _SLOPE), ("slope_up", _SLOPE)),
        *(("others_up", _SLOPE), ("clawback_rate", _RATE), ("held", _TEXT)),
    )


def _slopes(numbers: Sequence[Watched], words: Words) -> list[list[Cell]]:
    return [
        [
            words.district(watched.lever),
            words.title(watched.lever),
            float(watched.lever.number),
            words.unit(watched.lever),
            _money(words, watched.now.amount),
            None if watched.down is None else watched.down.own,
            None if watched.up is None else watched.up.own,
            None if watched.up is None else watched.up.others,
            watched.clawback,
            words.held(watched),
        ]
        for watched in numbers
    ]


def reaches_bytes(found: Reaches, language: str) -> bytes:
    """Return what each number does as a workbook: the greatest change first."""
    book, policy = Book(language), found.setting.policy
    names = ("number", "value", "moved", "changed", "district", "most", "reason")
    kinds = (_TEXT, _TEXT, _TEXT, _FIGURE, _TEXT, _CHANGE, _TEXT)
    headers = [messages.text(f"cliffs.{name}", language) for name in names]
    places = dict(zip(found.setting.districts.keys, found.setting.districts.names, strict=True))
    rows: list[list[Cell]] = [
        [
            reach.name,
            number_text(found, reach, reach.value),
            moved_text(found, reach, language),
            reach.changed,
            places.get(reach.district, ""),
            float(policy.money.in_units(reach.most)),
            "" if reach.reason is None else reach.reason.text(language),
        ]
        for reach in sorted(found.numbers, key=lambda reach: -abs(reach.most))
    ]
    by = f"{float(found.by * Fraction(100)):g}%"
    name = messages.text("cliffs.numbers_title", language, by=by)
    title = " · ".join(filter(None, (policy.title, variant_name(found.title, language), name)))
    columns = list(zip(headers, kinds, strict=True))
    write_sheet(book, "cliffs.sheet_numbers", title, policy.money.unit, columns, rows, [])
    return book.content()
