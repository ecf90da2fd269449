"""Reads a table once more as if it came from a file: with other units, with more columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from msgspec.structs import replace

from checks.table import MADE, Cell, Table
from transfers import Policy, TableError
from transfers.arithmetic.decimals import decimal_places, format_decimal
from transfers.districts import RawTable, TableSpec, build_districts
from transfers.districts.header import Header, Name, plain_name
from transfers.districts.specs import input_specs
from transfers.policy.rules import InputRule
from transfers.unit_words import CJK_MULTIPLES, split_multiple
from transfers.units import Unit, parse_unit

_MULTIPLES: Final = ("", *CJK_MULTIPLES, "thousand ", "million ")
_MOST_PLACES: Final = 15


def readable(policy: Policy, table: Table) -> tuple[str, ...]:
    """Return the inputs that a file of one row for each district can have, all its cells written.

    Columns over a list are not among them, nor figures that no decimal writes.
    """
    return tuple(
        name
        for name, rule in policy.inputs.items()
        if not rule.over and all(_text(cell) is not None for cell in table.columns[name])
    )


def read_again(
    policy: Policy,
    table: Table,
    units: Mapping[str, Unit],
    more: Mapping[str, Sequence[str]] | None = None,
) -> Table | None:
    """Return a table as it is read from a file with other units, and more columns.

    Parameters
    ----------
    units : mapping of str to Unit
        The units that the file has some inputs in.
    more : mapping of str to sequence of str, optional
        Heading -> cells of columns that no input asks for.

    Returns
    -------
    Table or None
        None where one file cannot have all that the policy asks for, or is refused.
    """
    asked = readable(policy, table)
    specs = [replace(spec, sum_of=()) for spec in input_specs(policy) if spec.name in asked]
    key = policy.document.model.districts.key
    headings, columns = [_name(key[0])], [list(table.keys)]
    for heading, cells in (more or {}).items():
        headings.append(_name(heading))
        columns.append(list(cells))
    for spec in specs:
        unit, factor = units.get(spec.name), Fraction(1)
        if unit is not None:
            factor = policy.inputs[spec.name].unit.scale / unit.scale
        headings.append(_name(spec.columns[0], "" if unit is None else unit.label))
        columns.append([_text(cell, factor) or "" for cell in table.columns[spec.name]])
    head = Header(tuple(headings), 1, 2, has_key=True)
    lines = range(2, len(table) + 2)
    raw = RawTable(MADE, head, tuple(columns), lines, "utf-8", "")
    wanted = TableSpec(MADE, key, currency=policy.money.currency)
    try:
        read = Table.of(build_districts(raw, [], wanted, specs))
    except TableError:
        return None
    if read.keys != table.keys:
        return None
    return table.with_columns(read.columns)


def other_unit(policy: Policy, rule: InputRule, cells: Sequence[Cell]) -> Unit | None:
    """Return another unit of the same kind in which all figures of a column can be written."""
    for unit in _units(policy, rule):
        factor = rule.unit.scale / unit.scale
        if all(_text(cell, factor) is not None for cell in cells):
            return unit
    return None


def _units(policy: Policy, rule: InputRule) -> Iterator[Unit]:
    """Yield units of an input's kind with another multiple: 万人 -> 人, 千人, 亿人."""
    currency = policy.money.currency
    _, word = split_multiple(rule.unit.label, currency)
    for multiple in _MULTIPLES:
        unit = parse_unit(f"{multiple}{word}", currency)
        if word and unit.kinds and unit.kinds == rule.unit.kinds and unit.scale != rule.unit.scale:
            yield unit


def _name(text: str, unit: str = "") -> Name:
    plain = (plain_name(text),)
    return Name((text,), plain, plain, unit)


def _text(cell: Cell, factor: Fraction = Fraction(1)) -> str | None:
    """Write a cell as a file has it; None where no decimal of usual length writes it."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if not isinstance(cell, Fraction):
        return "" if cell is None else cell
    places = decimal_places(cell * factor)
    if places is None or places > _MOST_PLACES:
        return None
    return format_decimal(cell * factor)
