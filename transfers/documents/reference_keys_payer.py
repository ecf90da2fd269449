"""What the page about the policy document says of reserves and the budget.

Taken in by :mod:`transfers.documents.reference_keys`. Not imported when the engine runs.
"""

from __future__ import annotations

from typing import Final

from transfers.documents.reference_examples import Both

SAMPLES_OF_THE_PAYER: Final[dict[str, str]] = {
    "Reserve.opening": "opening: 300",
    "Reserve.inflow": "inflow: 5% * sum(revenue)",
    "Reserve.limit": "limit: 200",
    "Grant.draw": "draw: coordination_fund",
    "Grant.collect": "collect: 500",
    "Grant.contributions": "contributions: coordination_fund",
    "Budget.amount": "amount: 4000",
    "Budget.draw": "draw: coordination_fund",
    "Budget.remainder": "remainder: coordination_fund",
}

NOTES_OF_THE_PAYER: Final[dict[str, tuple[Both, ...]]] = {
    "Reserve": (
        (
            "付款方手里的储备，如统筹发展资金、预备费。只有期初余额的直接写：`fund: 300`。储备要写"
            "在用到它的 budget、grants 前面。本次可动用期初余额加流入，写了 `limit` 的以此为限；"
            "不足一个最小支付额的零头不动用，单列。",
            "Money the payer keeps, such as a development or contingency fund. A mere balance is "
            "written as it is: `fund: 300`. Reserves stand above the budget and the grants that "
            "use them. What is in it at first and what comes in can be drawn, with a `limit` only "
            "so much; less than a quantum is not drawn and stays a line of its own.",
        ),
        (
            "公式里可用 `fund.opening`、`fund.inflow`；各项资金之后（outputs 等）还可用 "
            "`fund.contributed` 上解、`fund.drawn` 动用、`fund.returned` 转入、"
            "`fund.closing` 期末。"
            "单写 `fund` 不是一个数。",
            "Formulas may use `fund.opening` and `fund.inflow`; below the grants, as in outputs, "
            "also `fund.contributed` (what districts paid in), `fund.drawn`, `fund.returned` (what "
            "came back) and `fund.closing`. `fund` alone is no figure.",
        ),
    ),
    "Budget": (
        (
            "只有总额的直接写：`budget: 4000`。不写 `budget`，各项资金要多少有多少。写了 `draw`，"
            "某项资金要的比预算余额多时，差额从该储备动用（`pool: remainder` 只要余额，不动用）；"
            "写了 `remainder`，最后的余额转入该储备。",
            "A mere sum is written as it is: `budget: 4000`. Without `budget` every grant gets "
            "what it asks for. With `draw` a grant that asks for more than is left draws the "
            "difference from that reserve (`pool: remainder` asks for what is left and draws "
            "nothing); with `remainder` what is left in the end goes into that reserve.",
        ),
    ),
}
