"""The figures of districts that can be moved, one at a time: levers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction

from msgspec import Struct

from transfers import Allocation, Policy

MOST_TEXTS = 12
"""Different texts of an input that lists no allowed ones, up to which each is tried."""

FINE = 6
"""An edge is located to this many significant digits, or to a hundredth of what is written."""

Value = Fraction | str | bool


class Lever(Struct, frozen=True):
    """One figure of one district.

    Parameters
    ----------
    input, item : str
        The item of an input over a list; else "".
    district : int
        Its place in the table.
    key : str
    value : Fraction, str or bool
        As the table has it.
    least, most : Fraction, optional
        What its input allows.
    choices : tuple of str or bool
        Of a text, or of yes and no: the other values it may have.
    places : int
        Decimals in which a number is moved.
    reach : Fraction
        Of a number: how far it is moved at most, either way.
    """

    input: str
    item: str
    district: int
    key: str
    value: Value
    least: Fraction | None = None
    most: Fraction | None = None
    choices: tuple[str | bool, ...] = ()
    places: int = 0
    reach: Fraction = Fraction(0)

    @property
    def path(self) -> tuple[str, ...]:
        """Its path among the moves of a scenario."""
        return ("inputs", self.input, *((self.item,) if self.item else ()), self.key)

    @property
    def column(self) -> str:
        """What it is called beside other inputs: ``pupils.e19`` of an item."""
        return f"{self.input}.{self.item}" if self.item else self.input

    @property
    def grain(self) -> Fraction:
        """The smallest move."""
        return Fraction(1, 10**self.places)

    @property
    def number(self) -> Fraction:
        """Its value, of a number."""
        assert isinstance(self.value, Fraction)
        return self.value

    def allows(self, value: Fraction) -> bool:
        """Tell whether its input allows a value."""
        above = self.least is None or value >= self.least
        return above and (self.most is None or value <= self.most)


def levers(
    allocation: Allocation,
    *,
    within: Fraction,
    inputs: Collection[str] | None = None,
    districts: Collection[str] | None = None,
) -> tuple[Lever, ...]:
    """Return the figures that are moved, in the order of inputs, then of the table.

    Parameters
    ----------
    within : Fraction
        How far numbers are moved: a part of what they are; of a figure of 0 a part of the
        greatest of its column.
    inputs, districts : collection of str, optional
        Which inputs, and which districts by their keys; all where left out.
    """
    found: list[Lever] = []
    for rule in allocation.policy.inputs.values():
        if inputs is None or rule.name in inputs:
            for item, column in _columns(allocation, rule.name):
                made = _of_column(allocation, rule.name, item, column, within)
                found += (x for x in made if districts is None or x.key in districts)
    return tuple(found)


def _columns(allocation: Allocation, name: str) -> Iterator[tuple[str, Sequence[object]]]:
    if allocation.policy.inputs[name].over:
        yield from allocation.items(name).items()
    else:
        yield "", allocation.column(name)


def _of_column(
    allocation: Allocation, name: str, item: str, column: Sequence[object], within: Fraction
) -> Iterator[Lever]:
    there = [value for value in column if value is not None]
    entry = allocation.policy.document.model.inputs[name]
    choices = _choices(allocation.policy, name, there)
    sizes = [abs(value) for value in there if isinstance(value, Fraction)]
    for district, value in enumerate(column):
        key = allocation.keys[district]
        if isinstance(value, (str, bool)):
            others = tuple(choice for choice in choices if choice != value)
            if others:
                yield Lever(name, item, district, key, value, choices=others)
        elif isinstance(value, Fraction) and any(sizes):
            size = abs(value) or max(sizes)
            places = max(_decimals(value) + 2, _decimals_of_size(size))
            reach = size * within
            yield Lever(
                *(name, item, district, key, value, entry.min, entry.max),
                places=places,
                reach=reach,
            )


def _choices(policy: Policy, name: str, there: Sequence[object]) -> tuple[str | bool, ...]:
    """Return the values a text or a truth may have; none where there are too many to try."""
    kind = policy.inputs[name].kind
    if kind == "boolean":
        return (True, False)
    if kind == "number":
        return ()
    allowed = policy.document.model.inputs[name].one_of
    if allowed is not None:
        return allowed
    texts = dict.fromkeys(value for value in there if isinstance(value, str))
    return tuple(texts) if len(texts) <= MOST_TEXTS else ()


def _decimals(value: Fraction) -> int:
    """Return how many decimals a value is written with; 12 for one that ends nowhere."""
    for places in range(12):
        if (value * 10**places).denominator == 1:
            return places
    return 12


def _decimals_of_size(size: Fraction) -> int:
    """Return the decimals that give a figure of this size `FINE` significant digits."""
    places = 0
    while size * 10**places < 10 ** (FINE - 1) and places < 15:
        places += 1
    return places
