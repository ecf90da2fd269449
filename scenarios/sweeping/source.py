"""The scenarios of a sweep: what each of them moves in the policy and in its table."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from scenarios.settings import Moves, Setting
from scenarios.study.ways import Value, Way
from scenarios.sweeping.designs import Design, Row, copied
from transfers.arithmetic.decimals import MAX_PLACES, Decimals
from transfers.districts.columns import NumberColumn, TextColumn
from transfers.documents.yaml_tree import Path
from transfers.errors import Fault, Place
from transfers.policy.moves import Mover

Ints = NDArray[np.int64]

_LARGEST = 2**63 - 1


ZERO: Final = Fraction(0)


class Bound(Struct, frozen=True, eq=False):
    """What one way moves.

    Parameters
    ----------
    way : Way
    number : Path or None
        A number of the document.
    input : str
        An input all of whose figures move; "" for none.
    figure : bool
        Whether the path is that of a district's figure.
    least, most : Fraction or None
        The range the input declares: what would leave it is put on its edge.
    """

    way: Way
    number: Path | None = None
    input: str = ""
    figure: bool = False
    least: Fraction | None = None
    most: Fraction | None = None


class Group(Struct, frozen=True, eq=False):
    """Numbers that keep their sum: some move, the others are scaled.

    Parameters
    ----------
    path : str
    had : mapping of path to Fraction
        What its numbers have before.
    """

    path: str
    had: Mapping[Path, Fraction]

    def rescaled(self, moved: Mapping[Path, Fraction]) -> dict[Path, Fraction] | None:
        """Return what the others must be; None where there are none. Method, section 34.

        Parameters
        ----------
        moved : mapping of path to Fraction
            The numbers that one scenario moves, and no others.
        """
        left = sum((had - moved[path] for path, had in self.had.items() if path in moved), ZERO)
        if not left:
            return {}
        others = {path: had for path, had in self.had.items() if path not in moved}
        rest = sum(others.values(), ZERO)
        return {p: had + had * left / rest for p, had in others.items()} if rest else None


class SweepSource(Struct, frozen=True, eq=False):
    """The scenarios of a sweep.

    Parameters
    ----------
    setting : Setting
        What is varied.
    bound : tuple of Bound
    groups : tuple of Group
    design : Design
    digits : int
        Decimals of what multiplies figures of districts.
    paired : SweepSource or None
        The same data in the setting that is compared; none where it is held as it is.
    lines : sequence of int
        Line of each scenario in a file of rows; none elsewhere.
    """

    setting: Setting
    bound: tuple[Bound, ...]
    groups: tuple[Group, ...]
    design: Design
    digits: int = 4
    paired: SweepSource | None = None
    lines: Sequence[int] = ()

    def with_design(self, design: Design) -> SweepSource:
        """Return other scenarios of the same ways, also where it is paired."""
        paired = self.paired and replace(self.paired, design=copied(design))
        return replace(self, design=design, paired=paired)

    @property
    def paths(self) -> tuple[str, ...]:
        """What is varied, as data files name it."""
        return tuple(bound.way.path for bound in self.bound)

    def __len__(self) -> int:
        return len(self.design)

    def moves(self, start: int, stop: int) -> list[Moves]:
        """Return all that scenarios move, the setting's own moves too."""
        mover = None
        if any(bound.figure for bound in self.bound):
            mover = Mover(self.setting.policy, self.setting.districts)
        return [self._moves(row, mover) for row in self.design.rows(start, stop)]

    def values(self, start: int, stop: int) -> list[tuple[Value, ...]]:
        """Return the value of each path; of figures that move by themselves their range."""
        return [
            tuple(
                bound.way.range_text if isinstance(value, np.ndarray) else value
                for bound, value in zip(self.bound, row, strict=True)
            )
            for row in self.design.rows(start, stop)
        ]

    def unmoved_values(self) -> tuple[Value, ...]:
        """Return the value of each path where nothing is moved."""
        return tuple(self._unmoved(bound) for bound in self.bound)

    def _unmoved(self, bound: Bound) -> Value:
        if bound.number is not None:
            number = self.setting.policy.numbers[bound.number].value
            return self.setting.moves.get(bound.number, number)
        if bound.input:
            return Fraction(0)
        _, name, district = bound.way.path.split(".", 2)
        mover = Mover(self.setting.policy, self.setting.districts)
        found = mover.finder.find(name, district, Place())
        assert not isinstance(found, Fault)
        column = self.setting.districts.columns[name]
        place = np.array([found.place])
        if isinstance(column, NumberColumn):
            return column.fractions(place)[0] or ""
        return str(column.texts()[found.place] or "") if isinstance(column, TextColumn) else ""

    def digest(self) -> str:
        """Return a hash of all that decides what the scenarios are."""
        groups = [(g.path, sorted(map(str, g.had.items()))) for g in self.groups]
        bound = [(b.way.path, b.number, b.input, b.figure, b.least, b.most) for b in self.bound]
        told = repr((self.design.content(), groups, self.digits, bound))
        return hashlib.sha256(told.encode()).hexdigest()

    def _moves(self, row: Row, mover: Mover | None) -> Moves:
        moves: dict[Path, Any] = dict(self.setting.moves)
        numbers: dict[Path, Fraction] = {}
        figures: dict[str | Path, Any] = {}
        for bound, value in zip(self.bound, row, strict=True):
            if isinstance(value, str) and not value:
                continue
            if bound.number is not None:
                assert isinstance(value, Fraction)
                numbers[bound.number] = value
            elif bound.input:
                moves["inputs", bound.input] = self._column(bound, value)
            elif bound.figure:
                figures[bound.way.path] = value
        moves |= numbers
        for group in self.groups:
            moves |= group.rescaled(numbers) or {}
        if mover is not None and figures:
            moves |= mover.moves(figures)
        return moves

    def _column(self, bound: Bound, value: Value | Ints) -> NumberColumn:
        """Return the figures of an input, each times 1 + the value."""
        moved: Mapping[Any, Any] = self.setting.moves
        column = moved.get(("inputs", bound.input), self.setting.districts.columns[bound.input])
        assert isinstance(column, NumberColumn) and not isinstance(value, str)
        if isinstance(value, Fraction):
            return within(column.scaled(1 + value), bound.least, bound.most)
        return within(multiplied(column, value, self.digits), bound.least, bound.most)


def multiplied(column: NumberColumn, by: Ints, digits: int) -> NumberColumn:
    """Return figures, each times 1 + a number of its own, exactly."""
    scale = 10**digits
    figures = column.decimals
    if figures is not None and figures.places + digits <= MAX_PLACES:
        factors = by + scale
        largest = _size(figures.mantissas) * _size(factors)
        if largest <= _LARGEST:
            made = Decimals(figures.mantissas * factors, figures.places + digits)
            return NumberColumn(made, column.missing)
    exact = [
        (figure or Fraction(0)) * Fraction(scale + change, scale)
        for figure, change in zip(column.fractions(), by.tolist(), strict=True)
    ]
    return NumberColumn.of_fractions(exact, column.missing)


def _size(mantissas: Ints) -> int:
    return max(int(mantissas.max(initial=0)), -int(mantissas.min(initial=0)))


def within(column: NumberColumn, least: Fraction | None, most: Fraction | None) -> NumberColumn:
    """Return figures put on the edge of a range where they would leave it."""
    low = () if least is None else column.beyond(least, "below")
    high = () if most is None else column.beyond(most, "above")
    if not len(low) and not len(high):
        return column
    figures = [figure or Fraction(0) for figure in column.fractions()]
    for places, edge in ((low, least), (high, most)):
        for place in places:
            assert edge is not None
            figures[int(place)] = edge
    return NumberColumn.of_fractions(figures, column.missing)
