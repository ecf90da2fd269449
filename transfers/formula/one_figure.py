"""Functions of one figure, in bounded floats: roundings, roots, logarithms, exponentials.

Method: section 18 (decisions).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from transfers.arithmetic import bounded
from transfers.arithmetic.bounded import Bounded, Floats
from transfers.arithmetic.decimals import Decimals
from transfers.formula.nodes import Call, rounding_multiple

if TYPE_CHECKING:
    from transfers.formula.approximate import ApproximateReader


def of_one(reader: ApproximateReader, node: Call) -> Bounded:
    """Return a root, an exponential, a logarithm, or a figure rounded."""
    figures = reader.numbers(node.arguments[0])
    if node.function == "sqrt":
        unsure = (np.abs(figures.value) <= figures.error) & (figures.error > 0)
        return reader.settled(node, bounded.square_root(figures), unsure)
    if node.function == "exp":
        return bounded.exponential(figures)
    if node.function == "log":
        unsure = (np.abs(figures.value) <= figures.error) & (figures.error > 0)
        return reader.settled(node, bounded.logarithm(figures), unsure)
    return _rounded(reader, node, figures)


def _rounded(reader: ApproximateReader, node: Call, figures: Bounded) -> Bounded:
    """Round to a multiple; what lies within the bound of a cut is decided exactly."""
    multiple = rounding_multiple(node)
    steps = bounded.multiply(figures, bounded.constant(1 / multiple))
    with np.errstate(all="ignore"):
        down = np.floor(steps.value)
        rest = steps.value - down
        cut = {"round": 0.5, "round_up": 0.0, "round_down": 0.0}[node.function]
        # The cut of floor and ceiling lies at every whole number, from both sides.
        near = np.abs(rest - cut) if cut else np.minimum(rest, 1 - rest)
        undecided = ~steps.missing & (near <= steps.error) & (steps.error > 0)
        if node.function == "round":
            away = (rest > cut) | ((rest == cut) & (figures.value > 0))
            whole = down + away
        else:
            whole = down if node.function == "round_down" else np.ceil(steps.value)
    result = _multiples(whole, multiple)
    return reader.settled(node, result, undecided)


def _multiples(whole: Floats, multiple: Fraction) -> Bounded:
    """Return whole multiples as figures, exact decimals where they fit."""
    with np.errstate(all="ignore"):
        small = np.abs(whole) <= 2.0**53
    missing = np.isnan(whole)
    size = Decimals.from_fractions([multiple])
    if size is not None and bool((small | missing).all()):
        count = Decimals(np.where(missing, 0, whole).astype(np.int64))
        exact = count.multiply(size)
        if exact is not None:
            return bounded.from_decimals(exact, missing)
    return bounded.multiply(Bounded(whole, np.zeros((1, 1))), bounded.constant(multiple))
