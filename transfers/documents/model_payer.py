"""The payer's side of a policy document: the budget, and the money that is kept in reserve."""

from __future__ import annotations

from typing import ClassVar

from transfers.documents.described import Described
from transfers.documents.keys import REQUIRED, choice, formula_text, text

RESERVES = "reserves"
"""The section whose names `draw`, `remainder`, `if_short` and `unspent` may use."""


class Reserve(Described):
    """Money the payer keeps: what is short may be drawn from it, what is left may go into it."""

    short: ClassVar[str] = "opening"
    opening: str | None = formula_text("期初余额（公式）", "What is in it at first (formula)")
    inflow: str | None = formula_text(
        "本年流入（公式），可与期初余额一起动用",
        "What comes in (formula); it can be drawn like the opening balance",
    )
    limit: str | None = formula_text(
        "本次最多动用多少（公式）", "The most that may be drawn from it in one run (formula)"
    )


class Budget(Described):
    """What may be spent on all grants."""

    short: ClassVar[str] = "amount"
    amount: str = formula_text(
        "预算总额（公式）", "The ceiling over all grants (formula)", REQUIRED
    )
    draw: str | None = text(
        "预算不够时动用的储备（reserves 中的名称）",
        "The reserve that is drawn when a grant asks for more than is left",
        least=1,
    )
    remainder: str = choice(
        "各项资金之后预算余额的去向：none 留在预算，或储备的名称",
        "Where what is left after all grants goes: none, or the name of a reserve",
        ("none",),
        "none",
        names_of=RESERVES,
    )
