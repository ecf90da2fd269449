"""What a formula yields for a block of scenarios: figures, truths or labels.

Every value is two-dimensional, (S, N): scenarios first, districts last. What is the same for
all scenarios or all districts has a length of 1 there.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded, Floats, Mask
from transfers.arithmetic.decimals import format_decimal
from transfers.formula.nodes import Call

Codes = NDArray[np.intp]


class Truth(Struct, frozen=True, eq=False):
    """Statements: 1 where true, 0 where false, NaN where missing.

    Parameters
    ----------
    value : (S, N) float64
    """

    value: Floats


class Labels(Struct, frozen=True, eq=False):
    """Texts, as codes of a list of categories; -1 is missing.

    Parameters
    ----------
    codes : (S, N) intp
    categories : tuple of str
    """

    codes: Codes
    categories: tuple[str, ...]

    @classmethod
    def constant(cls, text: str) -> Labels:
        """Return one text as a (1, 1) value."""
        return cls(np.zeros((1, 1), dtype=np.intp), (text,))

    def recoded(self, categories: tuple[str, ...]) -> Codes:
        """Return the codes in another list of categories; -1 for what it does not have."""
        place = {category: code for code, category in enumerate(categories)}
        table = np.array([*(place.get(c, -1) for c in self.categories), -1], dtype=np.intp)
        return np.asarray(table[self.codes])

    def texts(self, row: int) -> list[str | None]:
        """Return the texts of one scenario."""
        codes = self.codes[min(row, len(self.codes) - 1)]
        return [None if code < 0 else self.categories[code] for code in codes.tolist()]


Value = Bounded | Truth | Labels


class Gap(Struct, frozen=True, eq=False):
    """A missing figure that reached an aggregate.

    Parameters
    ----------
    node : Call
        The aggregate.
    where : (S, N) bool
        In which scenarios and places of the aggregate's domain the figure is missing.
    code : str
        What the matter is.
    """

    node: Call
    where: Mask
    code: str = "allocation.missing_in_aggregate"


def merged_categories(left: Labels, right: Labels) -> tuple[str, ...]:
    """Return the categories of both, each once."""
    return tuple(dict.fromkeys(left.categories + right.categories))


def category_text(number: Fraction) -> str:
    """Write a figure that serves as a category: 1 rather than 1.0."""
    return format_decimal(number)


def merged(gaps: Iterable[Gap]) -> list[Gap]:
    """Return one gap for each aggregate and matter, in the order in which they were found.

    A part that stands in a formula many times, as parts of expansions do, reports its gaps each
    time: left apart they would double with every function inside another.
    """
    found: dict[tuple[int, str], Gap] = {}
    for gap in gaps:
        key = (id(gap.node), gap.code)
        known = found.get(key)
        where = gap.where if known is None else known.where | gap.where
        found[key] = gap if known is None else Gap(gap.node, where, gap.code)
    return list(found.values())
