"""A small table of districts that can be made, changed and taken apart: cells are exact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from transfers.districts import Districts, Source
from transfers.districts.changed import cells_of
from transfers.districts.columns import BooleanColumn, Column, NumberColumn, TextColumn

if TYPE_CHECKING:
    from transfers import Policy

Cell = Fraction | str | bool | None
"""A number, a text, yes or no; None where it is missing."""

MADE = "table"
"""What stands for a file where a table was made, not read."""


class Table(Struct, frozen=True, eq=False):
    """A table of N districts.

    Parameters
    ----------
    keys : tuple of str, length N
    columns : mapping of str to tuple of Cell
        By name of the input, N cells each. Of an input over a list of K items K*N: the cell of
        item k and district i is at k*N + i.
    names : tuple of str, length N, optional
        What districts are called; their keys where left out.
    """

    keys: tuple[str, ...]
    columns: Mapping[str, tuple[Cell, ...]]
    names: tuple[str, ...] = ()

    @classmethod
    def of(cls, districts: Districts) -> Table:
        """Return the table that districts were read from, in the declared units."""
        columns = {
            name: tuple(cells_of(column, np.arange(len(column))))
            for name, column in districts.columns.items()
        }
        return cls(districts.keys, columns, districts.names)

    def __len__(self) -> int:
        return len(self.keys)

    def __repr__(self) -> str:
        return f"<Table of {len(self)} districts>"

    def name(self, row: int) -> str:
        """Return what a district is called."""
        return self.names[row] if self.names else self.keys[row]

    def items(self, name: str) -> int:
        """Return how many cells a district has in a column: 1 without a list."""
        return len(self.columns[name]) // len(self) if self.keys else 1

    def cell(self, name: str, row: int, item: int = 0) -> Cell:
        """Return one cell."""
        return self.columns[name][item * len(self) + row]

    def number(self, name: str, row: int, item: int = 0) -> Fraction | None:
        """Return one cell of a column of numbers; None where it is missing."""
        cell = self.cell(name, row, item)
        return cell if isinstance(cell, Fraction) else None

    def row(self, row: int) -> tuple[Cell, ...]:
        """Return all cells of a district, column after column."""
        count = len(self)
        return tuple(cell for column in self.columns.values() for cell in column[row::count])

    # -- the same table otherwise ------------------------------------------------------------------

    def with_cell(self, name: str, row: int, cell: Cell, item: int = 0) -> Table:
        """Return the table with another cell."""
        return self.with_cells({(name, row, item): cell})

    def with_cells(self, cells: Mapping[tuple[str, int, int], Cell]) -> Table:
        """Return the table with other cells, by column, district and item."""
        changed = {name: list(self.columns[name]) for name, _, _ in cells}
        for (name, row, item), cell in cells.items():
            changed[name][item * len(self) + row] = cell
        return self.with_columns({name: tuple(column) for name, column in changed.items()})

    def with_columns(self, columns: Mapping[str, tuple[Cell, ...]]) -> Table:
        """Return the table with other columns."""
        return replace(self, columns={**self.columns, **columns})

    def scaled(self, names: Sequence[str], factor: Fraction) -> Table:
        """Return the table with all numbers of some columns times a factor."""
        return self.with_columns(
            {
                name: tuple(
                    cell * factor if isinstance(cell, Fraction) else cell
                    for cell in self.columns[name]
                )
                for name in names
            }
        )

    def only(self, rows: Sequence[int]) -> Table:
        """Return some districts, in the order asked for."""
        count = len(self)
        columns = {
            name: tuple(
                column[start + row] for start in range(0, len(column), count) for row in rows
            )
            for name, column in self.columns.items()
        }
        names = tuple(self.names[row] for row in rows) if self.names else ()
        return Table(tuple(self.keys[row] for row in rows), columns, names)

    def without(self, row: int) -> Table:
        """Return the table without one district."""
        return self.only([each for each in range(len(self)) if each != row])

    def renamed(self, keys: Sequence[str]) -> Table:
        """Return the table with other keys, and no names."""
        return Table(tuple(keys), self.columns)

    def beside(self, other: Table) -> Table:
        """Return the districts of both tables, these first; all keys must differ."""
        mine, theirs = len(self), len(other)
        columns = {}
        for name, column in self.columns.items():
            more = other.columns[name]
            columns[name] = tuple(
                cell
                for item in range(self.items(name))
                for cell in (
                    *column[item * mine : (item + 1) * mine],
                    *more[item * theirs : (item + 1) * theirs],
                )
            )
        return Table((*self.keys, *other.keys), columns)

    # -- as the engine reads it --------------------------------------------------------------------

    def column(self, name: str, policy: Policy) -> Column:
        """Return a column as the engine has it."""
        return made_column(policy.inputs[name].kind, self.columns[name])

    def districts(self, policy: Policy) -> Districts:
        """Return the districts as a policy reads them: the cells are in its declared units."""
        order = sorted(range(len(self)), key=self.keys.__getitem__)
        ranks = np.empty(len(self), dtype=np.intp)
        ranks[order] = np.arange(len(self))
        lines = np.arange(2, len(self) + 2, dtype=np.int64)
        source = Source(MADE, "", "utf-8", lines)
        columns = {name: self.column(name, policy) for name in self.columns}
        cells = {"": (0, 1)}
        cells.update((name, (0, number)) for number, name in enumerate(columns, 2))
        item_cells = {
            name: (cells[name],) * self.items(name) for name in columns if self.items(name) > 1
        }
        names = self.names or self.keys
        return Districts(self.keys, names, ranks, columns, (source,), cells, item_cells=item_cells)


def made_column(kind: str, cells: Sequence[Cell]) -> Column:
    """Return a column of cells: numbers, texts or truths."""
    missing = np.array([cell is None for cell in cells], dtype=bool)
    if kind == "number":
        figures = [cell if isinstance(cell, Fraction) else Fraction(0) for cell in cells]
        return NumberColumn.of_fractions(figures, missing)
    if kind == "text":
        categories = tuple(dict.fromkeys(str(cell) for cell in cells if cell is not None))
        place = {category: code for code, category in enumerate(categories)}
        codes = [-1 if cell is None else place[str(cell)] for cell in cells]
        return TextColumn(np.array(codes, dtype=np.int32), categories)
    return BooleanColumn(np.array([cell is True for cell in cells], dtype=bool), missing)
