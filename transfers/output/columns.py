"""The columns of a data file: ``key,name,<grants>,<outputs>,total``, in units of money.

Every format writes these, so a figure is the same in all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from msgspec import Struct

from transfers import progress
from transfers.allocation import Allocation
from transfers.money import Money
from transfers.policy.rules import DivisionRule

MOST_PLACES = 6
"""Decimals of an output whose document names none."""


class DataColumn(Struct, frozen=True):
    """One column, in the order of the table.

    Parameters
    ----------
    name : str
    kind : "text", "boolean" or "number"
    cells : list, one per district
        A number as the whole number of its last decimal: 108025 for 1080.25; None where missing.
    places : int
        Decimals of the numbers.
    idle_zeros : bool
        Whether a text of a number has them: not where nobody said how many decimals there are.
    """

    name: str
    kind: Literal["text", "boolean", "number"]
    cells: list[str | bool | int | None]
    places: int = 0
    idle_zeros: bool = True

    def exact(self) -> list[str | bool | Fraction | None]:
        """Return the cells as figures; None where one is missing."""
        unit = Fraction(1, 10**self.places)
        if self.kind == "number":
            return [None if cell is None else int(cell) * unit for cell in self.cells]
        cells: list[str | bool | Fraction | None] = [*self.cells]  # type: ignore[list-item]
        return cells

    def texts(self) -> list[str]:
        """Write the cells for a program; "" where one is missing."""
        if self.kind == "number":
            return [
                "" if cell is None else decimal_of(int(cell), self.places, self.idle_zeros)
                for cell in self.cells
            ]
        return [
            "" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)
            for cell in self.cells
        ]


def decimal_of(mantissa: int, places: int, idle_zeros: bool = True) -> str:
    """Write a whole number of last decimals as a decimal.

    >>> decimal_of(-108050, 2), decimal_of(108050, 2, idle_zeros=False), decimal_of(7, 0)
    ('-1080.50', '1080.5', '7')
    """
    if not places:
        return str(mantissa)
    whole, fraction = divmod(abs(mantissa), 10**places)
    text = f"{'-' if mantissa < 0 else ''}{whole}.{fraction:0{places}d}"
    return text if idle_zeros else text.rstrip("0").rstrip(".")


def mantissa_of(figure: Fraction, places: int) -> int:
    """Return a figure as a whole number of its last decimal, rounded half away from zero.

    >>> mantissa_of(Fraction(1, 8), 2), mantissa_of(Fraction(-1, 8), 2), mantissa_of(Fraction(7), 0)
    (13, -13, 7)
    """
    scale: int = 10**places
    mantissa, rest = divmod(abs(figure.numerator) * scale, figure.denominator)
    if 2 * rest >= figure.denominator:
        mantissa += 1
    return -mantissa if figure < 0 else mantissa


def data_columns(allocation: Allocation) -> list[DataColumn]:
    """Return the columns of a data file."""
    count = len(allocation.amounts) + len(allocation.policy.outputs) + 1
    with progress.stage("prepare", count) as stage:
        return [
            DataColumn("key", "text", list(allocation.keys)),
            DataColumn("name", "text", list(allocation.districts.names)),
            *stage.each(_figures(allocation)),
        ]


def _figures(allocation: Allocation) -> Iterator[DataColumn]:
    money = allocation.policy.money
    for name, amounts in allocation.amounts.items():
        yield _money(name, amounts.tolist(), money)
    for rule in allocation.policy.outputs:
        if isinstance(rule, DivisionRule):
            amounts = allocation.amounts_of(rule.name)
            yield _money(rule.name, amounts.tolist(), money)
            continue
        kind = rule.formula.node.type.kind
        yield _output(rule.name, allocation.outputs[rule.name], kind, rule.digits)
    yield _money("total", allocation.total.tolist(), money)


def _money(name: str, quanta: list[int], money: Money) -> DataColumn:
    each = mantissa_of(money.quantum, money.places)
    return DataColumn(name, "number", [q * each for q in quanta], money.places)


def _output(
    name: str, cells: list[Fraction | str | bool | None], kind: str, digits: int | None
) -> DataColumn:
    if kind == "boolean":
        return DataColumn(name, "boolean", [c if isinstance(c, bool) else None for c in cells])
    if kind == "text":
        return DataColumn(name, "text", [c if isinstance(c, str) else None for c in cells])
    places = MOST_PLACES if digits is None else digits
    numbers = [mantissa_of(c, places) if isinstance(c, Fraction) else None for c in cells]
    return DataColumn(name, "number", list(numbers), places, digits is not None)
