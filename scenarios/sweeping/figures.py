"""Figures of a scenario that tables and indices are asked for, by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final, Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from scenarios.running.chunk import Chunk
from scenarios.sweeping.against import limits_of
from transfers import Districts, messages
from transfers.documents.faults import nearest
from transfers.documents.yaml_tree import shown
from transfers.errors import Fault, Place

Ints = NDArray[np.int64]
Number = Fraction | int
Kind = Literal["losers", "winners", "total", "district", "measure"]

COUNTS: Final = ("losers", "winners", "total")


class Figure(Struct, frozen=True):
    """One figure of each scenario.

    Parameters
    ----------
    name : str
        As it was asked for.
    kind : str
        How many districts lose or win, what all get, what one gets, or a measure.
    title : str
        Of a district or a measure; "" for the others.
    place : int
        Of the district.
    unit : str
        Of a measure.
    digits : int or None
        Decimals of a measure.
    """

    name: str
    kind: Kind
    title: str = ""
    place: int = 0
    unit: str = ""
    digits: int | None = None

    @property
    def is_money(self) -> bool:
        """Whether it counts quanta."""
        return self.kind in ("total", "district")

    def label(self, language: str) -> str:
        """Say what it is."""
        return self.title or messages.text(f"sweep.figure_{self.kind}", language)

    def of(self, chunk: Chunk, compared: Ints | None) -> list[Number | None]:
        """Return the figure of each scenario of a block; None where there is none."""
        if self.kind == "measure":
            return list(chunk.measures[self.name])
        done = chunk.done.tolist()
        if self.kind == "total":
            found = chunk.total.sum(axis=1)
        elif self.kind == "district":
            found = chunk.total[:, self.place]
        else:
            against = limits_of(chunk, compared)
            if against is None:
                return [None] * len(chunk)
            sign = 1 if self.kind == "losers" else -1
            found = (sign * chunk.total < sign * against.total).sum(axis=1)
            done = against.known.tolist()
        figures = zip(found.tolist(), done, strict=True)
        return [figure if is_done else None for figure, is_done in figures]


def figures_named(
    names: Sequence[str],
    districts: Districts,
    measures: Mapping[str, tuple[str, str, int | None]],
    place: Place,
    faults: list[Fault],
) -> tuple[Figure, ...]:
    """Return the figures of some names; those of nothing are told.

    Parameters
    ----------
    measures : mapping of id to (title, unit, digits)
    """
    by_name: dict[str, int | None] = {}
    for number, name in enumerate(districts.names):
        by_name[name] = None if name in by_name else number
    by_name.update((key, number) for number, key in enumerate(districts.keys))
    found = []
    for name in names:
        district = by_name.get(name)
        if name in measures:
            title, unit, digits = measures[name]
            found.append(Figure(name, "measure", title or name, unit=unit, digits=digits))
        elif name in COUNTS:
            kind: Kind = "total" if name == "total" else "losers"
            found.append(Figure(name, "winners" if name == "winners" else kind))
        elif district is not None:
            found.append(Figure(name, "district", districts.names[district], district))
        else:
            known = (*measures, *COUNTS)
            near = nearest(name, [*known, *list(by_name)[:5000]])
            words: dict[str, object] = {"text": shown(name), "known": known}
            code = "sweep.unknown_figure"
            if near is not None:
                words, code = {**words, "near": near}, "sweep.unknown_figure_near"
            faults.append(Fault(code, place, words))
    return tuple(found)


class Figures:
    """Takes some figures of every scenario."""

    def __init__(self, figures: Sequence[Figure], compared: Ints | None) -> None:
        self.figures = tuple(figures)
        self.compared = compared
        self.columns: list[list[Number | None]] = [[] for _ in self.figures]

    def take(self, chunk: Chunk) -> None:
        """Take a block of scenarios."""
        for figure, column in zip(self.figures, self.columns, strict=True):
            column.extend(figure.of(chunk, self.compared))
