"""A parameter that is defined by its outcome (method, section 19)."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor

from transfers.policy.rules import SolveRule
from transfers.reference.formulas import fault


def solved(rule: SolveRule, gap: Callable[[Fraction], Fraction | None]) -> Fraction:
    """Return the value with the given digits at which the two sides are nearest to each other.

    Parameters
    ----------
    gap : callable
        Runs the document with a value of the parameter: left side less right side.
    """
    unit = Fraction(1, 10**rule.digits)

    def side(steps: int) -> Fraction:
        found = gap(steps * unit)
        if found is None:
            raise fault("figure_missing", rule.left.text, [])
        return found

    low, high = ceil(rule.low / unit), floor(rule.high / unit)
    first = _sign(side(low))
    if first == 0:
        return low * unit
    if _sign(side(high)) == first:
        raise fault("figure_missing", rule.left.text, [])
    while high - low > 1:
        middle = (low + high) // 2
        if _sign(side(middle)) == first:
            low = middle
        else:
            high = middle
    return min((low, high), key=lambda steps: (abs(side(steps)), steps)) * unit


def _sign(gap: Fraction) -> int:
    return (gap > 0) - (gap < 0)
