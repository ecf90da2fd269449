"""Figures that grew until nothing can be computed with them: which, and how far."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final

from scenarios.answers import Answer
from scenarios.outlook.plans import YearPlan
from scenarios.outlook.units import named
from transfers import Fault, Place, TableError
from transfers.arithmetic.decimals import fixed_decimal
from transfers.districts.columns import NumberColumn
from transfers.figures.carrying import Carried
from transfers.messages import Phrase

_TOO_LARGE: Final = frozenset({"allocation.too_much", "allocation.too_long"})
_FAR: Final = 1000
_PLAIN: Final = 10**9
_MOST_NAMED: Final = 5


def outgrown(
    plan: YearPlan, answer: Answer, first: Carried | None, before: Carried | None
) -> tuple[Fault, ...]:
    """Return which figures grew too large for a year that cannot be computed, and what to do.

    Parameters
    ----------
    first, before : Carried or None
        What the first year left, and the year before this one.
    """
    if first is None or before is None or not _TOO_LARGE & {f.code for f in answer.faults}:
        return ()
    start, now = dict(_largest(first)), dict(_largest(before))
    factors = {n: now[n] / start[n] for n in now if start.get(n)}
    grown = sorted((n for n in factors if factors[n] >= _FAR), key=lambda n: -factors[n])
    figures = tuple(
        Phrase(
            "outlook.grown_figure",
            {"name": n, "first": _shown(start[n]), "now": _shown(now[n])},
        )
        for n in grown[:_MOST_NAMED]
    )
    words = {"year": plan.year, "figures": figures}
    return (Fault("outlook.outgrown", values=words),) if figures else ()


def too_long(plan: YearPlan, error: TableError) -> tuple[Fault, ...]:
    """Say that a figure of the following year has too many digits to be computed exactly."""
    return tuple(
        Fault("outlook.next_too_long", fault.place, {"name": _name(fault.place), "year": plan.year})
        if fault.code == "allocation.too_long"
        else fault
        for fault in error.faults
    )


def _name(place: Place) -> str:
    return place.path.partition("next.")[2] or place.path


def _largest(carried: Carried) -> Iterator[tuple[str, Fraction]]:
    """Yield the largest figure of everything that `next` says something of."""
    for name in carried.inputs:
        column = carried.districts.columns[name]
        if isinstance(column, NumberColumn):
            figures = (abs(figure) for figure in column.fractions() if figure is not None)
            yield name, max(figures, default=Fraction(0))
    numbers: dict[str, Fraction] = {}
    for path, number in carried.numbers.items():
        name = named(path) or str(path[1])
        numbers[name] = max(numbers.get(name, Fraction(0)), abs(number))
    yield from numbers.items()


def _shown(figure: Fraction) -> str:
    """Write a figure with a few digits: it is told how large it is, not what it is."""
    if 1 <= figure < _PLAIN:
        return fixed_decimal(figure, 0, ",")
    return f"{Decimal(figure.numerator) / Decimal(figure.denominator):.3g}"
