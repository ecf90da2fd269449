"""A figure over the years whose growth is told: by what part, or by how many points."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct

from scenarios.outlook.growth import average_growth, growths
from scenarios.outlook.pages.table import Cell, figure_cell, percent_cell
from transfers.arithmetic.decimals import fixed_decimal
from transfers.output.views import signed

Figures = Sequence[Fraction | None]


class Grown(Struct, frozen=True, eq=False):
    """A figure over the years whose growth is told.

    Parameters
    ----------
    ratio : bool
        Whether it is a percentage itself, so that what is told is by how many points it changes.
    """

    label: str
    figures: tuple[Fraction | None, ...]
    ratio: bool = False

    @property
    def steps(self) -> Figures:
        """Growth over the year before, or the change in points; None of the first."""
        if not self.ratio:
            return growths(self.figures)
        pairs = zip((None, *self.figures), self.figures, strict=False)
        return [None if a is None or b is None else b - a for a, b in pairs]

    @property
    def average(self) -> Fraction | None:
        """Growth, or the change in points, in a year on average."""
        if not self.ratio:
            return average_growth(self.figures)
        there = [(n, figure) for n, figure in enumerate(self.figures) if figure is not None]
        if len(there) < 2:
            return None
        (first, start), (last, end) = there[0], there[-1]
        return (end - start) / (last - first)


def average_cell(grown: Grown) -> Cell:
    """Return growth, or the change in points, in a year on average."""
    return step_cell(grown.average, grown)


def step_cell(figure: Fraction | None, grown: Grown) -> Cell:
    """Return growth in per cent, or a change in points."""
    if figure is None or not grown.ratio:
        return percent_cell(figure)
    return figure_cell(figure, signed(figure, fixed_decimal(figure, 2, ",")), sign=True)
