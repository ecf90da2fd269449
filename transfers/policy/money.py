"""The unit of money of a document, and units that may be meant for it.

Method: section 24 (units).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from transfers.errors import Fault
from transfers.unit_words import money_words, split_multiple
from transfers.units import BARE, Unit, money_unit

if TYPE_CHECKING:
    from transfers.documents.models import Money
    from transfers.policy.compile import Compiler


def unit_of_money(compiler: Compiler) -> Unit:
    """Return the unit of money; where it is not understood, one that fits whatever stands below.

    What would follow from the fault is not told: the first is enough.
    """
    money = compiler.document.model.money
    _refuse_multiples(compiler)
    unit = money_unit(money.unit, money.currency)
    if unit is None:
        words = {"text": money.unit, "currency": money.currency}
        place = compiler.document.value_place(("money", "unit"))
        fault = Fault("formula.money_unit", place, {**words, "words": money_words(money.currency)})
        compiler.faults.append(fault)
    return unit or BARE


def _refuse_multiples(compiler: Compiler) -> None:
    """Refuse ``unit: crore`` where money is in ``crore`` too: it may be money, or a count."""
    money = compiler.document.model.money
    for section in ("inputs", "parameters", "quantities", "outputs"):
        for name, entry in getattr(compiler.document.model, section).items():
            if entry.unit and unclear(entry.unit, money):
                words = {"text": entry.unit, "currency": money.currency}
                place = compiler.document.value_place((section, name, "unit"))
                compiler.faults.append(Fault("formula.multiple_of_what", place, words))


def unclear(text: str, money: Money) -> bool:
    """Whether a unit is the mere multiple that money is in."""
    scale, rest = split_multiple(text, money.currency)
    return not rest and scale != 1 and split_multiple(money.unit, money.currency) == (scale, "")
