"""Districts that are there once more: tables with copies, which keep the names of the others."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from checks.table import Cell, Table


def fresh_keys(table: Table, count: int) -> tuple[str, ...]:
    """Return keys that a table does not have, the same ones for every table with the same keys."""
    known = set(table.keys)
    found: list[str] = []
    number = len(table)
    while len(found) < count:
        number += 1
        if f"d{number}" not in known:
            found.append(f"d{number}")
    return tuple(found)


def joined(table: Table, other: Table) -> Table:
    """Return the districts of two tables, which keep what they are called."""
    names = (*(table.names or table.keys), *(other.names or other.keys))
    return replace(table.beside(other), names=names)


def with_clone(
    table: Table, row: int, cells: Mapping[tuple[str, int], Cell] | None = None
) -> Table:
    """Return a table with a district once more, in the last place.

    Parameters
    ----------
    cells : mapping of (input, item) to Cell, optional
        What is other in the copy.
    """
    key = fresh_keys(table, 1)
    copy = replace(table.only([row]), keys=key, names=(f"{table.name(row)}*",))
    if cells:
        copy = copy.with_cells({(name, 0, item): cell for (name, item), cell in cells.items()})
    return joined(table, copy)


def twice(table: Table) -> Table:
    """Return a table with every district once more, in the same order after all of them."""
    names = tuple(f"{table.name(row)}*" for row in range(len(table)))
    return joined(table, replace(table, keys=fresh_keys(table, len(table)), names=names))
