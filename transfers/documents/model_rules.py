"""Rules about the outcome: statements that an allocation is held against."""

from __future__ import annotations

from typing import ClassVar, Literal

from transfers.documents.described import Described
from transfers.documents.keys import REQUIRED, choice, formula_text


class Rule(Described):
    """A statement about the outcome: it holds, is broken, or does not apply."""

    short: ClassVar[str] = "that"
    that: str = formula_text(
        "应成立的判断（公式）；逐地区的，逐地区核对",
        "The statement that should hold (formula); district by district where it has districts",
        REQUIRED,
    )
    applies: str | None = formula_text(
        "什么情况下适用（公式）；不写则总是适用", "When it applies (formula); always if left out"
    )
    level: Literal["hard", "warn"] = choice(
        "要求：hard 硬性、warn 提示", "hard or warn", ("hard", "warn"), "warn"
    )
