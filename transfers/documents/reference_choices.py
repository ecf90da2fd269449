"""What each word means that a key of the policy document may have for its value.

For the JSON Schema, from which editors list the words and explain them; a test finds one that is
left out. Not imported when the engine runs.
"""

from __future__ import annotations

from typing import Final

from transfers.documents.reference_examples import Both
from transfers.documents.reference_services import CHOICES_OF_SERVICES

CHOICES: Final[dict[str, dict[str, Both]]] = {
    **CHOICES_OF_SERVICES,
    "DistrictTable.identical_rows": {
        "keep_one": (
            "各列完全相同的行只留一行；不写时重复的地区代码是错误",
            "Of rows equal in every column one is kept; left out, a repeated key is a fault",
        ),
    },
    "Figures.type": {
        "number": ("数值", "A number"),
        "text": ("文字，用来分组、查表", "A text, to group by and to look up in tables"),
        "yes_no": (
            "是否：是/否、true/false、1/0、√/×",
            "Yes or no: 是/否, true/false, yes/no, 1/0, √/×",
        ),
    },
    "Figures.nil": {
        "missing": ("横线表示缺失，用到时报错", "A dash is a missing figure: a fault where used"),
        "zero": ("横线表示零；空白仍是缺失", "A dash is zero; a blank stays missing"),
    },
    "Input.role": {
        "need": ("支出需求", "What a district needs to spend"),
        "own_revenue": ("自有财力", "Revenue of its own"),
        "score": ("考核得分", "The score of an assessment"),
        "prior": (
            "上年数；结果表与它对比，只能有一列",
            "Last year's amount; results are compared with it; one input only",
        ),
        "population": ("人口", "Population"),
    },
    "Division.if_short": {
        "reject": (
            "不予分配：谁都不拨，报告缺口",
            "Nobody is paid; the shortage is stated",
        ),
        "scale": (
            "同比例压减下限或应得额，并提示",
            "Floors or claims shrink in proportion; a finding says so",
        ),
    },
    "Grant.kind": {
        "general": ("一般性转移支付", "A general transfer"),
        "special": ("专项转移支付", "A special transfer"),
    },
    "Grant.contributions": {
        "none": (
            "付款方留存：钱不给别的地区，收支平衡表中单列",
            "The payer keeps it: no money for others, and a line of the balance",
        ),
        "pool": (
            "并入本项资金，付给本项中的其他地区；没有 pool 的，只向预算要净额",
            "It pays the others in this grant; without a pool the budget is asked for the net only",
        ),
        "budget": (
            "并入预算余额，后面的资金可用",
            "It goes into what is left of the budget, for later grants",
        ),
    },
    "Budget.remainder": {
        "none": (
            "余额留在预算里",
            "It stays in the budget",
        ),
    },
    "Grant.unspent": {
        "none": (
            "余款单列，仍在预算里，下一项资金的 remainder 可用",
            "A line of its own; it stays in the budget, for the remainder of a later grant",
        ),
    },
    "Output.negative": {
        "clawback": (
            "为负的地区应退回这么多：列出地区和金额，表中标明“扣回”",
            "Districts below zero return so much: they are listed with their sums, and marked",
        ),
    },
    "Rule.level": {
        "hard": (
            "硬性要求：不符合时 `transfers run` 以 1 结束，金额照样给出",
            "A must: where it does not hold `transfers run` ends with 1; the amounts stand",
        ),
        "warn": ("提示：不符合时给出注意事项", "A wish: a warning where it does not hold"),
    },
    "Rounding.rule": {
        "largest_remainder": (
            "最大余数法：先舍去尾数，余下的单位给尾数最大的地区（不写时用它）",
            "Round down, then the units left go to the largest remainders (the default)",
        ),
        "webster": (
            "除数法：资金增加时，没有地区会减少",
            "A divisor rule: when the pool grows, nobody loses a unit",
        ),
        "half_up": (
            "各地四舍五入；合计可能不等于资金规模",
            "Everybody rounded half up; the sum may differ from the pool",
        ),
        "to_most": (
            "各地四舍五入，差额归一个地区；用 to_most 写明按哪一列",
            "Everybody rounded half up, one district takes the difference: name the column "
            "in to_most",
        ),
    },
}
"""``<Part>.<key>`` -> word -> what it means, in Chinese and in English."""
