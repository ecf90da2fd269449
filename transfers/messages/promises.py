"""Texts of the family "promises": what a policy may promise, by the names of the promises.

``promises.<name>`` is a title, ``promises.<name>_says`` what it means, in a sentence.
"""

from __future__ import annotations

_ARITHMETIC: dict[str, tuple[str, str]] = {
    "promises.balance": ("收支平衡", "Balance"),
    "promises.balance_says": (
        "各地拨付数加上单列的余款，恰好等于资金规模；余款不小于零。",
        "What districts get and the remainder that is named are exactly the pool; the remainder is not below zero.",
    ),
    "promises.non_negativity": ("拨付数不为负", "Nobody below zero"),
    "promises.non_negativity_says": (
        "没有规定扣减、上解或扣回的，任何地区的拨付数不小于零。",
        "Unless a penalty, a contribution or a clawback is declared, no district gets less than zero.",
    ),
    "promises.bounds": ("不突破上下限", "Within floor and cap"),
    "promises.bounds_says": (
        "取整后的拨付数仍不低于下限、不高于上限。",
        "Amounts as paid, after rounding, are not below their floor and not above their cap.",
    ),
    "promises.feasibility_honesty": ("资金缺口如实提示", "Shortages are told"),
    "promises.feasibility_honesty_says": (
        "下限合计超出资金规模，或上限合计低于资金规模的，报告差额，不暗中压减。",
        "Where floors need more than the pool, or caps take less, the difference is stated, and nothing shrinks in silence.",
    ),
    "promises.row_order": ("与地区排列顺序无关", "Order of rows"),
    "promises.row_order_says": (
        "地区表中各行换个次序，各地拨付数不变。",
        "Rows of the table in another order change nobody's amount.",
    ),
    "promises.relabelling": ("与地区代码无关", "Other codes"),
    "promises.relabelling_says": (
        "地区换了代码，拨付数不变；尾差按代码归属的，至多差一个最小支付额。",
        "New codes for the districts change no amount, or by one quantum where the code decides who gets the last one.",
    ),
    "promises.unit_of_a_factor": ("计量单位无关", "Unit of a factor"),
    "promises.unit_of_a_factor_says": (
        "同一列数换个计量单位（如人改为千人），各地拨付数不变。",
        "A column in another unit (thousands of persons, not persons) changes nobody's amount.",
    ),
    "promises.earmarks": ("专款专用", "Earmarks"),
    "promises.earmarks_says": (
        "每项资金收多少、付多少，而且只付给符合享受条件的地区。",
        "What a grant takes in it pays out, and to eligible districts only.",
    ),
    "promises.quota": ("取整不过一个最小支付额", "Rounding within a quantum"),
    "promises.quota_says": (
        "每地拨付数与取整前的应得数相差不到一个最小支付额。",
        "Every amount is less than one quantum away from what is due before rounding.",
    ),
    "promises.irrelevance": ("无关数据不影响", "Irrelevant figures"),
    "promises.irrelevance_says": (
        "规则没有用到的列无论怎样变动，各地拨付数不变。",
        "A column that no rule uses may change, and nobody's amount does.",
    ),
    "promises.decomposition": ("分解相符", "Parts add up"),
    "promises.decomposition_says": (
        "说明一地拨付数时列出的各个部分，相加恰好等于拨付数。",
        "The parts by which an amount is explained add up to it exactly.",
    ),
    "promises.determinism": ("结果可重现", "Reproducible"),
    "promises.determinism_says": (
        "同一政策、同一数据，无论何时何处测算，结果一字不差。",
        "The same policy and data give the same result to the byte, whenever and wherever it is computed.",
    ),
    "promises.batch_single": ("单算合算一致", "Alone and in company"),
    "promises.batch_single_says": (
        "一个情景单独测算，与同其他情景一起测算，拨付数相同。",
        "A scenario has the same amounts alone and in the company of others.",
    ),
    "promises.scenario_null": ("方案未改则结果不变", "No change, no difference"),
    "promises.scenario_null_says": (
        "方案与基准相同的，差额全为零；甲减乙的差额与乙减甲的互为相反数。",
        "A variant that equals the baseline differs by nothing, and A less B is B less A with the other sign.",
    ),
    "promises.year_chaining": ("年度衔接", "Years in a chain"),
    "promises.year_chaining_says": (
        "下一年度测算所用的基数，就是本年度测算的结果。",
        "The base of the following year is the result of this one.",
    ),
}

_POLICY: dict[str, tuple[str, str]] = {
    "promises.equal_treatment": ("同等情况同等对待", "Equal treatment"),
    "promises.equal_treatment_says": (
        "各项数据相同的地区，拨付数至多差一个最小支付额。",
        "Districts with the same data get the same, up to one quantum.",
    ),
    "promises.order_preservation": ("需求大的不少得", "Order of need"),
    "promises.order_preservation_says": (
        "两地只有需求不同的，需求较大的一方拨付数不少于另一方。",
        "Of two districts that differ in need only, the one with more need does not get less.",
    ),
    "promises.own_need_monotonicity": ("需求上升不减拨", "More need, not less money"),
    "promises.own_need_monotonicity_says": (
        "某地需求上升，其拨付数不得下降。",
        "Where a district's need rises, its amount does not fall.",
    ),
    "promises.others_need": ("他地需求上升不增拨", "Others' need brings no money"),
    "promises.others_need_says": (
        "某地需求上升，其他地区的拨付数不得因此上升。",
        "Where a district's need rises, no other district's amount rises with it.",
    ),
    "promises.budget_monotonicity": ("资金增加无人减少", "More money, nobody loses"),
    "promises.budget_monotonicity_says": (
        "资金规模增加，任何地区的拨付数不得下降。",
        "Where the pool grows, nobody's amount falls.",
    ),
    "promises.entry": ("少一地而他地不减", "One fewer, nobody loses"),
    "promises.entry_says": (
        "一个地区退出而资金规模不变，其余地区的拨付数不得下降。",
        "Where a district leaves and the pool stays, nobody else's amount falls.",
    ),
    "promises.currency": ("币值无关", "Scale of money"),
    "promises.currency_says": (
        "所有金额（包括定额和门槛）同乘一个倍数，各地拨付数也乘这个倍数。",
        "All sums of money times a number, thresholds included, give amounts times that number.",
    ),
    "promises.replication": ("地区加倍资金加倍结果不变", "Everything twice"),
    "promises.replication_says": (
        "每个地区各添一个相同的地区，资金规模也加倍，各地拨付数不变。",
        "Every district twice and twice the pool give everyone the same as before.",
    ),
    "promises.continuity": ("没有断崖", "No cliffs"),
    "promises.continuity_says": (
        "数据稍有变动，拨付数也只稍有变动，不在某一数值处突然增减。",
        "A small change of a figure moves amounts by little; nowhere do they jump.",
    ),
    "promises.merge_split": ("合并拆分不得利", "Merging and splitting gain nothing"),
    "promises.merge_split_says": (
        "地区合并或拆分，其拨付数合计不得因此增加。",
        "Districts that merge or split do not get more together than before.",
    ),
    "promises.hold_harmless": ("不低于上年", "Not below last year"),
    "promises.hold_harmless_says": (
        "取整并计入奖励之后，各地拨付数仍不低于上年数的规定比例。",
        "After rounding and bonuses nobody gets less than the guaranteed part of last year's amount.",
    ),
    "promises.growth_cap": ("增幅控制", "Growth is capped"),
    "promises.growth_cap_says": (
        "取整并计入奖励之后，各地拨付数仍不超过上年数的规定倍数。",
        "After rounding and bonuses nobody gets more than the allowed multiple of last year's amount.",
    ),
    "promises.effort_neutrality": ("不罚征收努力", "Tax effort is not punished"),
    "promises.effort_neutrality_says": (
        "某地实际收入多收或少收，其拨付数不变。",
        "Where a district collects more or less than expected, its amount stays the same.",
    ),
    "promises.no_full_clawback": ("增收不吃亏", "Own revenue pays"),
    "promises.no_full_clawback_says": (
        "某地自有收入增加，其自有收入与拨付数之和不得下降。",
        "Where a district's own revenue rises, revenue and amount together do not fall.",
    ),
    "promises.performance": ("得分上升不减拨", "A better score, not less money"),
    "promises.performance_says": (
        "某地考核得分上升，其拨付数不得下降。",
        "Where a district's score rises, its amount does not fall.",
    ),
    "promises.no_reward_for_decline": ("退步不得利", "No reward for decline"),
    "promises.no_reward_for_decline_says": (
        "某地考核得分下降，其拨付数不得上升；先降后升的，两年合计也不得多于不曾下降的。",
        "Where a district's score falls its amount does not rise, and a bad year before a good one pays no more over both years.",
    ),
    "promises.no_re_ranking": ("贫富位次不颠倒", "No overtaking"),
    "promises.no_re_ranking_says": (
        "需求相同的两地，分配前人均财力较低的，分配后不得反超。",
        "Of two districts with equal need the poorer per head before is not the richer after.",
    ),
    "promises.equalising": ("缩小差距", "Equalising"),
    "promises.equalising_says": (
        "分配后各地人均财力的差距不大于分配前。",
        "Resources per head are not more unequal after the transfer than before.",
    ),
}

TEXTS: dict[str, tuple[str, str]] = {**_ARITHMETIC, **_POLICY}
