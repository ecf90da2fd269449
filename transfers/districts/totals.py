"""Totals that tables state, held against their parts: rows 合计 and 小计, columns that add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

import numpy as np
from msgspec import Struct

from transfers.arithmetic.decimals import Indices, format_decimal
from transfers.districts.asides import Aside, is_total
from transfers.districts.columns import InputSpec, NumberColumn, read_column
from transfers.districts.faults import shown
from transfers.districts.matching import MatchedTable, ReadColumn
from transfers.districts.remarks import adds_up
from transfers.findings import Finding

_MOST_LISTED: Final = 5
_MOST_DISTRICTS: Final = 10
_TOTAL_HEADINGS: Final = frozenset({"计", "总额", "总数", "总量"})


def check_sums(
    tables: Sequence[MatchedTable],
    read: Sequence[ReadColumn],
    keys: Sequence[str],
    names: Sequence[str],
) -> Iterator[Finding]:
    """Yield what rows of totals and columns of sums say otherwise than their parts."""
    for table in tables:
        columns = [c for c in read if c.table is table and c.numbers is not None]
        if table.asides:
            yield from _check_rows(table, columns)
        yield from _check_headings(table, columns, keys, names)
    by_name = {column.asked.name: column for column in read}
    for column in read:
        parts = [by_name[name] for name in column.asked.sum_of if name in by_name]
        if parts:
            yield from _check_parts(column, parts, keys, names)


# -- rows of totals ------------------------------------------------------------------------------


class _Claim(Struct, frozen=True):
    """What a row of totals says of one column: the figure stated, in the declared unit."""

    column: ReadColumn
    figures: NumberColumn
    stated: Fraction


def _check_rows(table: MatchedTable, columns: Sequence[ReadColumn]) -> Iterator[Finding]:
    """Check every row of totals against the districts it covers."""
    differing = 0
    compared: set[str] = set()
    unchecked: list[Aside] = []
    for aside in table.asides:
        if not aside.states_sums:
            continue
        claims = _claims(aside, columns)
        groups = list(_groups(table, aside))
        if not claims or not groups:
            unchecked += [aside] if aside.kind == "total" else []
            continue
        group = max(groups, key=lambda members: _agreeing(claims, members))
        for claim in claims:
            total = claim.figures.total(group)
            if total == claim.stated:
                compared.add(claim.column.title)
            elif not _is_average(claim, group):
                differing += 1
                yield _difference(aside, claim, total, len(group))
    yield _left_out(table, sorted(compared), differing)
    if unchecked and columns:
        yield _unchecked(table, unchecked)


def _unchecked(table: MatchedTable, asides: Sequence[Aside]) -> Finding:
    """Say which totals state nothing that could be held against the districts."""
    words: dict[str, object] = {"labels": tuple(_labels(table, asides))}
    place = table.raw.place_at(int(table.raw.line_of_row[asides[0].row]))
    return Finding("table.totals_unchecked", "note", "noted", where=place, values=words)


def _labels(table: MatchedTable, asides: Sequence[Aside]) -> list[str]:
    labels = [
        f"{shown(aside.label)} ({table.raw.line_of_row[aside.row]})"
        for aside in asides[:_MOST_LISTED]
    ]
    return [*labels, "…"] if len(asides) > _MOST_LISTED else labels


def _claims(aside: Aside, columns: Sequence[ReadColumn]) -> list[_Claim]:
    claims = []
    for column in columns:
        text = column.table.raw.columns[column.index][aside.row]
        asked = InputSpec("", (), percent=column.asked.percent, factor=column.asked.factor)
        stated, wrong, _ = read_column([text], asked)
        figures = column.numbers
        if not isinstance(stated, NumberColumn) or figures is None or wrong or stated.missing[0]:
            continue
        if adds_up(column.asked.unit):
            claims.append(_Claim(column, figures, stated.total()))
    return claims


def _groups(table: MatchedTable, aside: Aside) -> Iterator[Indices]:
    """Yield the districts a row of totals may cover, the likeliest first.

    All of them; those between it and the total before; those between it and the next; those
    above; those below. A subtotal covers its neighbours rather than all.
    """
    rows = np.asarray(table.rows, dtype=np.int64)
    others = [other.row for other in table.asides if other.states_sums]
    before = max((row for row in others if row < aside.row), default=-1)
    after = min((row for row in others if row > aside.row), default=len(table.raw))
    there = rows >= 0
    everything = there
    above = there & (rows > before) & (rows < aside.row)
    below = there & (rows > aside.row) & (rows < after)
    wholes = [everything, there & (rows < aside.row), there & (rows > aside.row)]
    small = "小计" in aside.label or "sub" in aside.label.casefold() or aside.kind == "heading"
    first_below = aside.kind == "heading"
    near = [below, above] if first_below else [above, below]
    for mask in [*near, *wholes] if small else [*wholes, *near]:
        if mask.any():
            yield np.flatnonzero(mask)


def _agreeing(claims: Sequence[_Claim], members: Indices) -> int:
    return sum(claim.figures.total(members) == claim.stated for claim in claims)


def _is_average(claim: _Claim, members: Indices) -> bool:
    """Tell whether a figure without a unit is an average rather than a sum."""
    if claim.column.asked.unit.label:
        return False
    figures = [f for f in claim.figures.fractions(members) if f is not None]
    return bool(figures) and min(figures) <= claim.stated <= max(figures) and len(figures) > 1


def _difference(aside: Aside, claim: _Claim, total: Fraction, count: int) -> Finding:
    factor = claim.column.asked.factor
    stated, found = claim.stated / factor, total / factor
    words: dict[str, object] = {
        "label": shown(aside.label),
        "column": claim.column.title,
        "stated": format_decimal(stated),
        "count": count,
        "sum": format_decimal(found),
        "difference": format_decimal(stated - found),
    }
    return Finding(
        "table.total_differs",
        "warning",
        "broken",
        value=format_decimal(stated),
        limit=format_decimal(found),
        margin=format_decimal(stated - found),
        where=claim.column.place(aside.row),
        values=words,
    )


def _left_out(table: MatchedTable, compared: Sequence[str], differing: int) -> Finding:
    """Say which rows are no districts, and what of them was checked."""
    raw = table.raw
    code = "table.asides_checked" if compared and not differing else "table.asides"
    words: dict[str, object] = {
        "count": len(table.asides),
        "labels": tuple(_labels(table, table.asides)),
        "columns": tuple(compared),
    }
    place = raw.place_at(int(raw.line_of_row[table.asides[0].row]))
    return Finding(code, "note", "noted", where=place, values=words)


# -- columns of sums -----------------------------------------------------------------------------


def _check_headings(
    table: MatchedTable,
    columns: Sequence[ReadColumn],
    keys: Sequence[str],
    names: Sequence[str],
) -> Iterator[Finding]:
    """Check headings such as 财力/合计 against the columns beside them."""
    head = table.raw.head
    used = {column.index for column in columns}
    groups: dict[tuple[str, ...], list[int]] = {}
    for index, name in enumerate(head.names):
        if len(name.bare) > 1:
            groups.setdefault(name.bare[:-1], []).append(index)
    for members in groups.values():
        totals = [i for i in members if _heads_a_sum(head.names[i].bare[-1])]
        parts = [i for i in members if i not in totals]
        if len(totals) != 1 or len(parts) < 2 or not used & set(members):
            continue
        units = {head.names[i].unit for i in members}
        figures = [_plain_column(table, i) for i in (totals[0], *parts)]
        if len(units) == 1 and all(column is not None for column in figures):
            whole, *others = [column for column in figures if column is not None]
            yield from _check_parts(whole, others, keys, names)


def _heads_a_sum(text: str) -> bool:
    return is_total(text) or text in _TOTAL_HEADINGS


def _plain_column(table: MatchedTable, index: int) -> ReadColumn | None:
    """Return any column as numbers; None where it holds something else."""
    asked = InputSpec("", ())
    figures, wrong, _ = read_column(table.texts(index), asked)
    return None if wrong else ReadColumn(asked, table, index, figures, {})


def _check_parts(
    whole: ReadColumn, parts: Sequence[ReadColumn], keys: Sequence[str], names: Sequence[str]
) -> Iterator[Finding]:
    """Name the districts whose figure is not the sum of its parts."""
    stated = whole.numbers
    columns = []
    for part in parts:
        figures = part.numbers
        if figures is not None:
            columns.append(figures.scaled(part.asked.unit.scale / whole.asked.unit.scale))
    if stated is None or len(columns) < len(parts):
        return
    rows = whole.table.rows
    told = 0
    figures_of_parts = [column.fractions() for column in columns]
    for district, figure in enumerate(stated.fractions()):
        known = [p for column in figures_of_parts if (p := column[district]) is not None]
        total = sum(known, Fraction(0))
        if figure is None or not known or total == figure:
            continue
        told += 1
        if told > _MOST_DISTRICTS:
            continue
        factor = whole.asked.factor
        words: dict[str, object] = {
            "district": " ".join(dict.fromkeys((shown(keys[district]), shown(names[district])))),
            "column": whole.title,
            "stated": format_decimal(figure / factor),
            "parts": tuple(part.title for part in parts),
            "sum": format_decimal(total / factor),
            "difference": format_decimal((figure - total) / factor),
        }
        yield Finding(
            "table.parts_differ",
            "warning",
            "broken",
            district=keys[district],
            value=str(words["stated"]),
            limit=str(words["sum"]),
            margin=str(words["difference"]),
            where=whole.place(rows[district]),
            values=words,
        )
    if told > _MOST_DISTRICTS:
        more: dict[str, object] = {"column": whole.title, "count": told - _MOST_DISTRICTS}
        place = whole.table.raw.place_at(whole.table.raw.header_line, whole.index + 1)
        yield Finding("table.more_parts_differ", "warning", "broken", where=place, values=more)
