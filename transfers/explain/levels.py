"""What a story says of one level: the level itself, what a district has, what it is short of."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from transfers.explain.line import figure_in_words, plainly
from transfers.explain.parts import Portion
from transfers.messages import Phrase
from transfers.policy.rules import Formula
from transfers.units import Unit, describe

if TYPE_CHECKING:
    from transfers.allocation import Allocation


class CommonLevel(Struct, frozen=True):
    """The level up to which money raises a district: level x per - own is what it gets.

    Parameters
    ----------
    level, per, own : str or Phrase
        Figures with their units.
    below_zero : bool
        Whether what it has of its own is negative, as where a law writes a claim that way.
    """

    level: str | Phrase
    per: str | Phrase
    own: str | Phrase
    per_rule: str
    below_zero: bool

    def words(self) -> dict[str, object]:
        """Return the words of the line."""
        return {n: getattr(self, n) for n in ("level", "per", "own", "per_rule")}


def common_level(allocation: Allocation, portion: Portion) -> CommonLevel | None:
    """Return the level of a division, as it is for a district; None where there is none.

    Where groups are raised (`by`), no level of a district's own says what it gets.
    """
    rule = portion.outcome.rule.level
    if rule is None or rule.by is not None or portion.rate is None:
        return None
    money = allocation.policy.money_unit
    member = np.array([portion.district], dtype=np.intp)

    def exact(formula: Formula) -> Fraction:
        figure = allocation.block.figure(formula)
        return figure.exact(allocation.scenario, member).fraction(0)

    def said(figure: Fraction, unit: Unit) -> str | Phrase:
        figure, unit = plainly(figure, unit, money)
        return figure_in_words(figure, describe(unit, money))

    group = int(portion.outcome.groups.of[portion.district])
    level = portion.outcome.exact_rate(allocation.scenario, group)
    per, own = rule.per, exact(rule.own)
    return CommonLevel(
        said(level, money.times(per.node.type.unit.inverse())),
        said(exact(per), per.node.type.unit),
        said(own, money),
        per.text,
        own < 0,
    )
