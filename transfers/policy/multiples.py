"""Units that are mere multiples: ``crore`` is money where money is in it, and else a plain number.

Method: section 24 (units).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from transfers.errors import Fault
from transfers.unit_words import split_multiple

if TYPE_CHECKING:
    from transfers.policy.compile import Compiler


def refuse_multiples(compiler: Compiler) -> None:
    """Refuse ``unit: crore`` where money is in ``crore`` too: it may be money, or a count."""
    money = compiler.document.model.money
    scale = _scale(money.unit, money.currency)
    if scale is None:
        return
    for section in ("inputs", "parameters", "quantities", "outputs"):
        for name, entry in getattr(compiler.document.model, section).items():
            if entry.unit and _scale(entry.unit, money.currency) == scale:
                words = {"text": entry.unit, "currency": money.currency}
                place = compiler.document.value_place((section, name, "unit"))
                compiler.faults.append(Fault("formula.multiple_of_what", place, words))


def _scale(text: str, currency: str) -> Fraction | None:
    """Return what a mere multiple multiplies by; None for any other unit."""
    scale, rest = split_multiple(text, currency)
    return None if rest or not text.strip() else scale
