"""Claims that are rounded together: they add up to their own rounded sum.

Without a pool there is nothing to close to but the sum of the claims itself. Claims may be below
zero: what some pay and others get adds up to nothing also when it is rounded.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded
from transfers.arithmetic.figure import ZERO, Figure, Indices
from transfers.arithmetic.sums import total_over
from transfers.axes import Groups
from transfers.kernel.apportionment import Apportionment
from transfers.kernel.figures import DivisionFigures
from transfers.kernel.fit import fit
from transfers.kernel.largest_remainder import largest_remainder
from transfers.kernel.whole import parts, round_half_away

Ints = NDArray[np.int64]
_MORE_THAN_ALL = Figure.constant(Fraction(2**62))


def close(claim: Figure, lower: Ints, upper: Ints, multiple: int, key_order: Indices) -> Ints:
    """Round claims by largest remainder to their sum, which is rounded half away from zero.

    Section 12.

    Parameters
    ----------
    claim : Figure, (S, N), quanta
        Below zero where a district pays in.
    lower, upper : (S, N) int64, multiples
        Between these the rounded claims stay: the two around each claim, or less.
    multiple : int
        The grant's quantum, in quanta of money.
    key_order : (N,) intp
        The rank of each district's key: of equals, the smaller rank comes first.

    Returns
    -------
    (S, N) int64, multiples
    """
    groups = Groups.one(claim.value.shape[-1])
    figures = DivisionFigures(ZERO, None, claim, claim, _MORE_THAN_ALL, groups)
    fitted = fit(figures.division())  # everybody is fixed at the claim
    sums = total_over(claim, groups)
    error = np.broadcast_to(sums.bounded.error, sums.value.shape)
    target = round_half_away(Bounded(sums.value, error), sums.exact, multiple)
    least, most = (bound.sum(axis=-1, keepdims=True) for bound in (lower, upper))
    task = Apportionment(
        fit=fitted,
        entitled=parts(fitted.entitlement, fitted.exact_entitlements),
        lower=lower,
        upper=upper,
        target=np.maximum(np.minimum(target, most), least),
        multiple=multiple,
        key_order=key_order,
    )
    return largest_remainder(task)
