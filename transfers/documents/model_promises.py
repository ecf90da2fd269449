"""What a policy promises about its amounts, what of that is waived, and what next year begins with.

The promises that have names stand in :mod:`transfers.documents.promises`.
"""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import ClassVar

from transfers.documents.described import Described
from transfers.documents.keys import Part, date, formula_text, number, text, whole_number


class Promise(Described):
    """A promise: one that has a name here, or a statement of the document's own."""

    short: ClassVar[str] = "that"
    tolerance: int | None = whole_number(
        "内置承诺可以差几个最小支付额", "Of a built-in one: by how many quanta it may be missed"
    )
    at_least: Fraction | None = number(
        "hold_harmless：至少为上年数的多少，如 95%；不写为 100%",
        "Of hold_harmless: the part of last year's amount that is guaranteed, such as 95%; 100% if"
        " left out",
    )
    at_most: Fraction | None = number(
        "growth_cap：比上年增长不超过多少，如 25%",
        "Of growth_cap: by how much amounts may grow over last year's, such as 25%",
    )
    that: str | None = formula_text(
        "自己的承诺：应成立的判断（公式）；逐地区的，逐地区核对",
        "Of one of its own: the statement that should hold (formula); district by district where"
        " it has districts",
    )
    applies: str | None = formula_text(
        "自己的承诺什么情况下适用（公式）；不写则总是适用",
        "Of one of its own: when it applies (formula); always if left out",
    )

    @classmethod
    def spelt_out(cls, data: object) -> object:
        """Return a mere name as a promise of which nothing more is said."""
        return {} if data is None else super().spelt_out(data)


class Waiver(Part):
    """A promise that is not held against the policy, and why."""

    short: ClassVar[str] = "reason"
    reason: str = text("豁免的理由：文件、会议、条款", "Why: the decision or clause", ..., least=1)
    until: datetime.date | None = date(
        "到哪一天为止（含），如 2027-12-31；不写则一直有效",
        "The last day on which it counts, such as 2027-12-31; without end if left out",
    )
