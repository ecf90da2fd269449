"""What figures an input may have: its range, the step of its figures, and those worth trying."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Final

from msgspec import Struct

from checks.table import Cell, Table
from transfers import Policy
from transfers.policy.thresholds import thresholds
from transfers.units import BARE

_USUAL: Final = (0, 1, 2, 3, 5, 10)
_MOST_PLACES: Final = 9
_SPREAD: Final = 4
"""Figures of the table that stand for all of them: the least, the greatest, and between."""


class Domain(Struct, frozen=True, eq=False):
    """What one input may be.

    Parameters
    ----------
    name, kind : str
    least, most : Fraction, optional
        What its input allows.
    step : Fraction
        Of numbers: the smallest move, one in the last place that figures are written with.
    usual : tuple of Cell
        A few figures that tables have, the plainest first; of texts and truths all.
    edges : tuple of Fraction
        Where a rule holds it against a number of the document; the figures on both sides of it
        where it can not be written (a third).
    """

    name: str
    kind: str
    least: Fraction | None = None
    most: Fraction | None = None
    step: Fraction = Fraction(1)
    usual: tuple[Cell, ...] = ()
    edges: tuple[Fraction, ...] = ()

    def allows(self, figure: Fraction) -> bool:
        """Tell whether the input may have a figure."""
        above = self.least is None or figure >= self.least
        return above and (self.most is None or figure <= self.most)

    def within(self, figures: Iterable[Fraction]) -> list[Fraction]:
        """Return those of some figures that the input may have, each once."""
        return [figure for figure in dict.fromkeys(figures) if self.allows(figure)]

    def raised(self, figure: Fraction) -> list[Fraction]:
        """Return greater figures: by a step, to past the next edge, by a tenth, to the double."""
        next_edge = min((edge for edge in self.edges if edge >= figure), default=None)
        tried = [figure + self.step]
        if next_edge is not None:
            tried += [next_edge, next_edge + self.step]
        tried += [self.on_step(figure * Fraction(11, 10)), figure * 2]
        return [x for x in self.within(tried) if x > figure]

    def lowered(self, figure: Fraction) -> list[Fraction]:
        """Return lesser figures: by a step, to below the next edge, by a tenth, to the half."""
        next_edge = max((edge for edge in self.edges if edge <= figure), default=None)
        tried = [figure - self.step]
        if next_edge is not None:
            tried += [next_edge, next_edge - self.step]
        tried += [self.on_step(figure * Fraction(9, 10)), self.on_step(figure / 2)]
        return [x for x in self.within(tried) if x < figure]

    def on_step(self, figure: Fraction) -> Fraction:
        """Return a figure as tables write it: on the grid of steps."""
        return round(figure / self.step) * self.step


def domains(policy: Policy, real: Table | None) -> dict[str, Domain]:
    """Return what each input of a policy may be.

    Parameters
    ----------
    real : Table, optional
        The table the policy was made for.
    """
    crossed: dict[str, list[Fraction]] = {}
    texts = _compared_texts(policy)
    for threshold in thresholds(policy):
        crossing = threshold.crossing()
        if crossing is not None:
            crossed.setdefault(crossing.name, []).append(crossing.value)
    return {
        name: _domain(policy, name, real, crossed.get(name, ()), texts) for name in policy.inputs
    }


def _compared_texts(policy: Policy) -> tuple[str, ...]:
    """Return the texts that the policy knows: categories of its tables."""
    tables = policy.tables.values()
    found = [text for table in tables for key in table.entries for text in key]
    return tuple(dict.fromkeys(found))


def _domain(
    policy: Policy,
    name: str,
    real: Table | None,
    crossed: Sequence[Fraction],
    texts: Sequence[str],
) -> Domain:
    rule, entry = policy.inputs[name], policy.document.model.inputs[name]
    cells = () if real is None else tuple(c for c in real.columns[name] if c is not None)
    if rule.kind == "boolean":
        return Domain(name, rule.kind, usual=(False, True))
    if rule.kind == "text":
        known = tuple(dict.fromkeys(cells)) or tuple(texts)
        return Domain(name, rule.kind, usual=entry.one_of or known)
    least, most = entry.min, entry.max
    figures = sorted({cell for cell in cells if isinstance(cell, Fraction)})
    written = [figure for figure in (*figures, *crossed) if _places(figure) < _MOST_PLACES]
    places = max(map(_places, written), default=0)
    narrow = least is not None and most is not None and most - least <= 2
    if not figures and (narrow or (rule.unit is not BARE and rule.unit.percentage)):
        places = max(places, 2)
    step = Fraction(1, 10**places)
    ends_of_steps = (side(edge / step) * step for edge in crossed for side in (floor, ceil))
    made = Domain(name, rule.kind, least, most, step, edges=tuple(sorted(set(ends_of_steps))))
    spread = [
        figures[i * (len(figures) - 1) // (_SPREAD - 1)] for i in range(_SPREAD if figures else 0)
    ]
    near = [edge + move for edge in made.edges for move in (-step, Fraction(0), step)]
    plain = [Fraction(figure) for figure in _USUAL]
    ends = [end for end in (least, most) if end is not None]
    usual = tuple(made.within([*plain, *near, *ends, *spread]))
    return Domain(name, rule.kind, least, most, step, usual, made.edges)


def _places(figure: Fraction) -> int:
    places = 0
    while places < _MOST_PLACES and (figure * 10**places).denominator != 1:
        places += 1
    return places
