"""One variant beside the baseline, district by district. Method: section 35."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from typing import Literal

from msgspec import Struct

from scenarios.answers import Answer

Quanta = Sequence[int | None]
Ratios = Sequence[Fraction | None]
RankedBy = Literal["per_head", "amount"]


class Side(Struct, frozen=True, eq=False, dict=True):
    """What one answer pays every district of its table.

    Parameters
    ----------
    keys, names : tuple of str
        In the order of its table.
    amounts : tuple of int or None, quanta
        None of everybody where the answer does not pay, or pays in another currency.
    """

    answer: Answer
    keys: tuple[str, ...]
    names: tuple[str, ...]
    amounts: tuple[int | None, ...]

    @cached_property
    def heads(self) -> tuple[Fraction | None, ...]:
        """Inhabitants of each district; None where they are not known, or there are none.

        Nobody's are known unless one input has the role `population`.
        """
        rules = self.answer.setting.policy.inputs.values()
        found = [rule for rule in rules if rule.role == "population" and rule.kind == "number"]
        if len(found) != 1 or found[0].over or not self.answer.done:
            return (None,) * len(self.keys)
        (people,) = found
        figures = self.answer.allocation.column(people.name)
        return tuple(
            figure * people.unit.scale if isinstance(figure, Fraction) and figure > 0 else None
            for figure in figures
        )

    @property
    def knows_heads(self) -> bool:
        """Whether anybody's inhabitants are known."""
        return any(heads is not None for heads in self.heads)

    @cached_property
    def places(self) -> dict[str, int]:
        """Key -> place in the table."""
        return {key: place for place, key in enumerate(self.keys)}

    def amount(self, key: str) -> int | None:
        """Return what a district gets; None where it is not in the table."""
        place = self.places.get(key)
        return None if place is None else self.amounts[place]

    def per_head(self, key: str, unit: Fraction) -> Fraction | None:
        """Return what a district gets per inhabitant.

        Parameters
        ----------
        unit : Fraction, currency
            Of one quantum.
        """
        place = self.places.get(key)
        amount, heads = (None, None) if place is None else (self.amounts[place], self.heads[place])
        return None if amount is None or heads is None else amount * unit / heads

    @property
    def total(self) -> int | None:
        """All districts together; None where it does not pay."""
        if any(amount is None for amount in self.amounts):
            return None
        return sum(amount for amount in self.amounts if amount is not None)

    def total_per_head(self, unit: Fraction) -> Fraction | None:
        """Return what all get per inhabitant; None where either is not known of every district."""
        heads = [known for known in self.heads if known is not None]
        if self.total is None or not heads or len(heads) < len(self.heads):
            return None
        return self.total * unit / sum(heads, Fraction(0))


class Compared(Struct, frozen=True, eq=False, dict=True):
    """One variant beside the baseline, over the districts that either of them has.

    The baseline's districts stand first, in the order of its table; then those that only the
    variant has, in the order of its own.

    Parameters
    ----------
    unit : Fraction, currency
        Of one quantum.
    ranked_by : "per_head" or "amount"
        What ranks are of: rank 1 is highest, ties share the better rank.
    other_currency : str
        The variant's currency where that is not the baseline's: nothing is compared then.
    """

    before: Side
    after: Side
    unit: Fraction
    ranked_by: RankedBy
    other_currency: str = ""

    @property
    def answer(self) -> Answer:
        """What came of the variant."""
        return self.after.answer

    @property
    def id(self) -> str:
        """The variant's id."""
        return self.after.answer.id

    @property
    def title(self) -> str:
        """The variant's title, or its id."""
        return self.after.answer.title

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Keys of all districts that either has."""
        return (*self.before.keys, *self.only_after)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Their names, as the variant has them."""
        named = dict(zip(self.before.keys, self.before.names, strict=True))
        named |= dict(zip(self.after.keys, self.after.names, strict=True))
        return tuple(named[key] for key in self.keys)

    @cached_property
    def only_before(self) -> tuple[str, ...]:
        """Keys of districts that the variant's table lacks."""
        return tuple(key for key in self.before.keys if key not in self.after.places)

    @cached_property
    def only_after(self) -> tuple[str, ...]:
        """Keys of districts that the baseline's table lacks."""
        return tuple(key for key in self.after.keys if key not in self.before.places)

    # -- columns, one figure per district of `keys` -------------------------------------------

    @cached_property
    def baseline(self) -> Quanta:
        """What the baseline pays, quanta; None where there is no such district."""
        return [self.before.amount(key) for key in self.keys]

    @cached_property
    def amount(self) -> Quanta:
        """What the variant pays, quanta."""
        return [self.after.amount(key) for key in self.keys]

    @cached_property
    def change(self) -> Quanta:
        """Variant less baseline, quanta; None where one of them is missing."""
        pairs = zip(self.baseline, self.amount, strict=True)
        return [None if b is None or a is None else a - b for b, a in pairs]

    @cached_property
    def change_ratio(self) -> Ratios:
        """Change over baseline; None where that is not above 0."""
        return [ratio(c, b) for c, b in zip(self.change, self.baseline, strict=True)]

    @cached_property
    def per_head(self) -> Ratios:
        """What the variant pays per inhabitant, in whole currency units."""
        return [self.after.per_head(key, self.unit) for key in self.keys]

    @cached_property
    def baseline_per_head(self) -> Ratios:
        """What the baseline pays per inhabitant, in whole currency units."""
        return [self.before.per_head(key, self.unit) for key in self.keys]

    @cached_property
    def rank(self) -> Quanta:
        """Rank in the variant."""
        return ranks(self.per_head if self.ranked_by == "per_head" else self.amount)

    @cached_property
    def baseline_rank(self) -> Quanta:
        """Rank in the baseline."""
        return ranks(self.baseline_per_head if self.ranked_by == "per_head" else self.baseline)

    @cached_property
    def rank_change(self) -> Quanta:
        """Rank in the variant less rank in the baseline: below 0 where it has moved up."""
        pairs = zip(self.baseline_rank, self.rank, strict=True)
        return [None if b is None or a is None else a - b for b, a in pairs]

    # -- all districts ------------------------------------------------------------------------

    @property
    def winners(self) -> int:
        """How many districts get more."""
        return sum(1 for change in self.change if change is not None and change > 0)

    @property
    def losers(self) -> int:
        """How many districts get less."""
        return sum(1 for change in self.change if change is not None and change < 0)

    @property
    def unchanged(self) -> int:
        """How many districts get the same."""
        return sum(1 for change in self.change if change == 0)

    @property
    def total_change(self) -> int | None:
        """What all districts get together, less what they get in the baseline, quanta."""
        before, after = self.before.total, self.after.total
        return None if before is None or after is None else after - before

    @property
    def total_ratio(self) -> Fraction | None:
        """Change of the total over the baseline's total."""
        return ratio(self.total_change, self.before.total)


def ratio(change: int | None, baseline: int | None) -> Fraction | None:
    """Return a change over what it is a change of; None where that is not above 0."""
    if change is None or baseline is None or baseline <= 0:
        return None
    return Fraction(change, baseline)


def ranks(figures: Sequence[Fraction | int | None]) -> Quanta:
    """Rank figures: 1 is highest, ties share the better rank; None where there is none.

    >>> ranks([5, 9, None, 5, 1])
    [2, 1, None, 2, 4]
    """
    known = sorted((figure for figure in figures if figure is not None), reverse=True)
    first: dict[Fraction | int, int] = {}
    for place, figure in enumerate(known, start=1):
        first.setdefault(figure, place)
    return [None if figure is None else first[figure] for figure in figures]
