"""Data tables as Excel users know them: one path down, or one down and one across.

A table of one path has a column for each figure. A table of two has one figure in its cells, and
the figure of the unmoved case in its corner, where Excel has the formula.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from scenarios.study.ways import Value, Way
from scenarios.sweeping.figures import Figure, Number


class OneWay(Struct, frozen=True, eq=False):
    """Figures over the values of one path.

    Parameters
    ----------
    way : Way
    figures : tuple of Figure
        Its columns.
    rows : list of (value, cells)
    base : int or None
        The row of the unmoved case.
    """

    way: Way
    figures: tuple[Figure, ...]
    rows: list[tuple[Value, tuple[Number | None, ...]]]
    base: int | None


class TwoWay(Struct, frozen=True, eq=False):
    """One figure over the values of two paths.

    Parameters
    ----------
    down, across : Way
    figure : Figure
    cells : list of list
        A row for each value down, a cell for each across.
    corner : Number or None
        The figure of the unmoved case.
    base : tuple of int or None
        Row and column of the unmoved case.
    """

    down: Way
    across: Way
    figure: Figure
    cells: list[list[Number | None]]
    corner: Number | None
    base: tuple[int | None, int | None]


def one_way(
    way: Way,
    figures: Sequence[Figure],
    columns: Sequence[Sequence[Number | None]],
    unmoved: tuple[Value, Sequence[Number | None]],
) -> OneWay:
    """Return a table of one path; the unmoved case is a row of it, its own if need be.

    Parameters
    ----------
    columns : sequence
        The figures of all scenarios, one after the other.
    unmoved : value of the path and its figures
    """
    rows = [(value, tuple(column[n] for column in columns)) for n, value in enumerate(way.values)]
    value, cells = unmoved
    if value in way.values:
        return OneWay(way, tuple(figures), rows, way.values.index(value))
    return OneWay(way, tuple(figures), [(value, tuple(cells)), *rows], 0)


def two_way(
    down: Way,
    across: Way,
    figure: Figure,
    column: Sequence[Number | None],
    unmoved: tuple[Value, Value, Number | None],
) -> TwoWay:
    """Return a table of two paths.

    Parameters
    ----------
    column : sequence
        The figure of all scenarios; the path across goes through its values first.
    unmoved : values of the paths, and the figure there
    """
    wide = len(across.values)
    cells = [list(column[n * wide : (n + 1) * wide]) for n in range(len(down.values))]
    base = tuple(
        way.values.index(value) if value in way.values else None
        for way, value in zip((down, across), unmoved[:2], strict=True)
    )
    return TwoWay(down, across, figure, cells, unmoved[2], (base[0], base[1]))
