"""What the exact reader asks of the scenario it reads."""

from __future__ import annotations

from fractions import Fraction
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from transfers.formula.exact_numbers import ExactNumbers, Members
from transfers.formula.nodes import Lookup, Node, Number

Marks = NDArray[np.int8]


class ExactFigures(Protocol):
    """What an exact reader may ask for, in the scenario it reads."""

    @property
    def district_count(self) -> int:
        """Number of districts, N."""

    def item_count(self, name: str) -> int:
        """Return the number of items of a list, K; 0 without a list."""

    def item_places(self, name: str) -> dict[str, int]:
        """Return the place of each item in a list, by its key."""

    def definition(self, name: str) -> Node | None:
        """Return the formula of a quantity; None for what is not defined by one formula."""

    def is_decided(self, name: str) -> bool:
        """Tell whether a quantity is at hand exactly: a text, a statement, or decimals."""

    def decided(self, name: str, members: Members) -> ExactNumbers | None:
        """Return the figures of a quantity that are decimals; None where they are not."""

    def order_of(self, name: str) -> int:
        """Return the place of a quantity in reading order."""

    def numbers(self, name: str, members: Members) -> ExactNumbers:
        """Return exact figures of an input, a stage or a grant."""

    def marks(self, name: str, members: Members) -> Marks:
        """Return an input or field that is true (1), false (0) or missing (-1)."""

    def texts(self, name: str, members: Members) -> list[str | None]:
        """Return a text input."""

    def number(self, number: Number) -> Fraction:
        """Return a number of the document, as this scenario has it."""

    def entries(self, lookup: Lookup) -> dict[tuple[str, ...], Fraction]:
        """Return a table of the document, as this scenario has it."""
