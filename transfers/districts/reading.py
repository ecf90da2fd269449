"""Reading the column of an input from a matched table, in the unit the table states for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from transfers.districts.columns import CellFault, InputSpec, read_column
from transfers.districts.covered import covered_cells
from transfers.districts.faults import Faults, shown
from transfers.districts.matching import MatchedTable, ReadColumn
from transfers.errors import Fault, Place
from transfers.messages import Phrase
from transfers.units import Unit, parse_unit


def read_input(
    asked: InputSpec,
    found: tuple[MatchedTable, int],
    currency: str,
    districts: tuple[Sequence[str], Sequence[str]],
    faults: Faults,
) -> ReadColumn:
    """Read the column of an input, in the unit the table states for it."""
    table, index = found
    stated, place = stated_unit(asked, table, index, currency, faults)
    if stated is not None and not stated.same_kind(asked.unit):
        words = {
            "column": shown(table.raw.header[index]),
            "stated": stated.label,
            "declared": asked.unit.label,
        }
        faults.add("table.unit_kind", place, table=table.number, **words)
    elif stated is not None:
        percent = None if stated.kinds else 1 / stated.scale
        factor = stated.scale / asked.unit.scale
        asked = replace(asked, factor=factor, percent=percent)
    if asked.kind != "number":
        table.spell_out(index)
    report_unread(table, index, faults, districts, is_number=asked.kind == "number")
    figures, wrong, respelt = read_column(table.texts(index), asked)
    for fault in wrong:
        told = _cell_faults(fault, asked, found, *districts)
        faults.add_many(told, count=len(fault.rows), table=table.number)
    where = place if stated else None
    return ReadColumn(asked, table, index, figures, respelt, where, stated, currency)


def stated_unit(
    asked: InputSpec, table: MatchedTable, index: int, currency: str, faults: Faults
) -> tuple[Unit | None, Place]:
    """Return the unit in which a table says a column is, and where it says so.

    In the row of units or in brackets behind a heading; else above the table, where the unit is
    of the declared kind; several such that differ are reported. None where the table says nothing
    or nothing is declared.
    """
    raw = table.raw
    name = raw.head.names[index]
    place = raw.place_at(raw.header_line, index + 1)
    if asked.kind != "number" or not asked.unit.label:
        return None, place
    if name.unit:
        unit = parse_unit(name.unit, currency)
        if not unit.kinds and unit.scale > 1:  # 万 alone is so many of what is declared
            unit = Unit(asked.unit.kinds, unit.scale, label=name.unit)
        return unit, place
    found = [
        (unit, raw.place_at(line, column))
        for text, line, column in raw.head.stated
        if (unit := parse_unit(text, currency)).kinds and unit.same_kind(asked.unit)
    ]
    if len({unit.scale for unit, _ in found}) > 1:
        stated = tuple(dict.fromkeys(unit.label for unit, _ in found))
        values = {"column": shown(raw.header[index]), "stated": stated, "example": stated[0]}
        faults.add("table.units_differ", found[-1][1], table=table.number, **values)
    return found[0] if found else (None, place)


def report_unread(
    table: MatchedTable,
    index: int,
    faults: Faults,
    districts: tuple[Sequence[str], Sequence[str]],
    *,
    is_number: bool = False,
) -> None:
    """Report cells that have nothing to read for a district of their own.

    A column of numbers tells itself of formulas without a result.
    """
    raw = table.raw
    covered = covered_cells(raw, index) if raw.merged else {}
    if not raw.unread and not covered:
        return
    for district, row in enumerate(table.rows):
        code = raw.unread.get((int(raw.line_of_row[row]), index + 1)) if row >= 0 else None
        if row in covered and index != table.key:
            code = "table.merged"
        if code is None or (is_number and code == "table.no_result"):
            continue
        key, name = (shown(texts[district]) for texts in districts)
        values = {
            "district": called(key, name, raw.line_of_row[row]),
            "column": shown(raw.header[index]),
            "value": shown(raw.columns[index][row]),
            "cell": covered[row].cell if row in covered else "",
        }
        faults.add(code, raw.place(row, index), table=table.number, **values)


def _cell_faults(
    fault: CellFault,
    asked: InputSpec,
    found: tuple[MatchedTable, int],
    keys: Sequence[str],
    names: Sequence[str],
) -> Iterator[Fault]:
    """Put a column's faults into words and places, district by district."""
    table, column = found
    for district in fault.rows:
        row = table.rows[district]
        key, name = shown(keys[district]), shown(names[district])
        values = {
            **fault.values,
            "district": called(key, name, table.raw.line_of_row[row] if row >= 0 else 0),
            "column": table.raw.header[column],
            "value": shown(table.raw.columns[column][row] if row >= 0 else ""),
        }
        place = table.raw.place(row, column) if row >= 0 else asked.place
        yield Fault(f"table.{fault.code}", place, values)


def called(key: str, name: str, line: int) -> str | Phrase:
    """Return what a district goes by: key and name, or the row it stands in."""
    called = " ".join(dict.fromkeys(filter(None, (key, name))))
    return called or Phrase("table.nameless", {"line": int(line)})
