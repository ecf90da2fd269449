"""One division of money, from its rule to its outcome.

The order is that of the method (section 3): eligible, weights, coefficient, pool, fixed, fit,
what to do when short, rounding, unspent; then what reserves gave is known.
"""

from __future__ import annotations

from transfers.block import Block
from transfers.dividing.claiming import Claiming
from transfers.dividing.reserves import settled
from transfers.dividing.sharing import Sharing
from transfers.outcome import Outcome
from transfers.policy.rules import DivisionRule


def divide(block: Block, rule: DivisionRule) -> Outcome:
    """Divide the money of a grant or stage in every scenario of a block."""
    divider = Claiming if rule.method == "claim" else Sharing
    return settled(divider(block, rule).outcome())
