"""Weights: factors normalised over all eligible districts, weighted, times a coefficient.

Method: sections 9 and 10.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from msgspec import Struct

from transfers.arithmetic.bounded import Mask
from transfers.arithmetic.figure import ZERO, Figure, Indices, sum_of
from transfers.arithmetic.rationals import Rationals
from transfers.arithmetic.sums import total_over
from transfers.axes import Groups


class Weights(Struct, frozen=True, eq=False):
    """The weights of a share, and what they are made of.

    Parameters
    ----------
    figure : Figure, (S, N)
        Weight of each district; 0 where not eligible.
    factor_shares : tuple of Figure, (S, N)
        Of each factor: the district's share, before weighting.
    coefficient : Figure or None
    negative : list of (int, (S, N) bool)
        Factors, by number, with districts where they are negative; -1 is the weight itself.
    all_zero : list of (int, (S, 1) bool)
        Factors that are zero for everybody eligible.
    """

    figure: Figure
    factor_shares: tuple[Figure, ...] = ()
    coefficient: Figure | None = None
    negative: tuple[tuple[int, Mask], ...] = ()
    all_zero: tuple[tuple[int, Mask], ...] = ()


def _single(figure: Figure) -> Figure:
    """Let a figure of one group (S, 1) be asked for any district."""

    def exact(scenario: int, members: Indices) -> Rationals:
        first = figure.exact(scenario, np.zeros(1, dtype=np.intp)).fraction(0)
        return Rationals.repeated(first, len(members))

    return Figure(figure.bounded, exact)


def formula_weights(weight: Figure, coefficient: Figure | None, eligible: Mask) -> Weights:
    """Return the weights of a share that one formula gives."""
    figure = _spread(weight, eligible)
    return _with_coefficient(figure, coefficient, eligible, (), [], [])


class FactorShare(Struct, frozen=True, eq=False):
    """A factor as a share of all eligible districts together.

    Parameters
    ----------
    share : Figure, (S, N)
    negative : (S, N) bool
        Where the factor is below 0.
    nobody : (S, 1) bool
        Whether it is 0 for everybody eligible.
    """

    share: Figure
    negative: Mask
    nobody: Mask


def factor_share(factor: Figure, eligible: Mask) -> FactorShare:
    """Return a factor as a share, so that its unit does not matter."""
    inside = _spread(factor, eligible).settled()
    below = inside.below_zero()
    # With nothing negative the sum is zero only where every figure is.
    nobody = ~np.asarray((inside.value > 0).any(axis=-1, keepdims=True))
    whole = _single(total_over(inside, Groups.one(eligible.shape[1])))
    safe = whole.where(~nobody & ~below.any(axis=-1, keepdims=True), Figure.constant(Fraction(1)))
    return FactorShare(inside.over(safe), below, nobody)


def factor_weights(
    shares: list[FactorShare],
    weighted: list[Figure],
    coefficient: Figure | None,
    eligible: Mask,
) -> Weights:
    """Return the weights that weighted factors give.

    They are added in an order that the document gives, whatever the scenarios move.

    Parameters
    ----------
    weighted : list of Figure, (S, N)
        The shares, each times its weight.
    """
    figures = tuple(factor.share for factor in shares)
    negative = [(k, factor.negative) for k, factor in enumerate(shares) if factor.negative.any()]
    all_zero = [(k, factor.nobody) for k, factor in enumerate(shares) if factor.nobody.any()]
    return _with_coefficient(sum_of(weighted), coefficient, eligible, figures, negative, all_zero)


def _spread(figure: Figure, eligible: Mask) -> Figure:
    """Return figures of all districts, exactly 0 where not eligible."""
    shape = np.broadcast_shapes(figure.bounded.shape, eligible.shape)
    return figure.where(eligible, ZERO).spread_to(shape)


def _with_coefficient(
    figure: Figure,
    coefficient: Figure | None,
    eligible: Mask,
    shares: tuple[Figure, ...],
    negative: list[tuple[int, Mask]],
    all_zero: list[tuple[int, Mask]],
) -> Weights:
    if coefficient is not None:
        coefficient = _spread(coefficient, eligible)
        figure = figure.times(coefficient)
    figure = figure.settled()
    below = figure.below_zero()
    if below.any():
        negative.append((-1, below))
    return Weights(figure, shares, coefficient, tuple(negative), tuple(all_zero))
