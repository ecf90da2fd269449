"""How each promise is tested, and what in a policy usually breaks it: (Chinese, English)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

Pair = tuple[str, str]

EXPLAINED: Final[Mapping[str, tuple[Pair, Pair]]] = MappingProxyType(
    {
        "balance": (
            ("精确加总各项资金的收与付", "money in and money out are added up exactly"),
            (
                "各地自行四舍五入（`half_up`）；所有地区都到上限",
                "rounding district by district (`half_up`); all districts at their caps",
            ),
        ),
        "non_negativity": (
            ("看最小的拨付数", "the least amount is looked at"),
            ("缺口没有写 `max(0, …)`", "a gap without `max(0, ...)`"),
        ),
        "bounds": (
            ("取整后与上下限比较", "amounts after rounding are compared with floor and cap"),
            ("先设限、再按比例调整", "bounds first, scaling after"),
        ),
        "feasibility_honesty": (
            (
                "把下限抬高、资金减少，看缺口是否如实报告",
                "floors are raised and money is taken away: is the shortage told?",
            ),
            ("暗中压减下限", "floors that shrink in silence"),
        ),
        "row_order": (
            ("各行倒序、轮换后重算", "rows are reversed and rotated"),
            ("按行的先后处理尾差", "ties decided by the order of rows"),
        ),
        "relabelling": (
            ("改换地区代码后重算", "districts get other codes"),
            ("公式用到代码", "formulas that read the code"),
        ),
        "unit_of_a_factor": (
            ("一列换个单位后重算", "a column is read in another unit"),
            ("不同单位的列直接相加；写死的门槛", "columns of other units added; fixed thresholds"),
        ),
        "earmarks": (
            ("逐项资金核对收、付、余", "every grant: what comes in, is paid, is left"),
            ("取整前先抵扣", "netting before rounding"),
        ),
        "quota": (
            ("与取整前的应得数比较", "amounts are compared with what is due before rounding"),
            (
                "除数法取整（`webster`）：文件自行选定的，不算违反",
                "divisor rules (`webster`): not where the document chose one",
            ),
        ),
        "irrelevance": (
            ("改动规则没有用到的列", "columns that no rule uses are changed"),
            ("并表时误用了别的列", "columns that come in by a join"),
        ),
        "decomposition": (
            ("把说明中的各部分精确加总", "the parts of every explanation are added up exactly"),
            ("用浮点数作说明", "explanations in floats"),
        ),
        "determinism": (
            ("换一种分批、换一个哈希种子重算", "other blocks, another hash seed"),
            ("次序不定的集合、矩阵运算", "unordered sets, matrix products"),
        ),
        "batch_single": (
            ("单独算与成批算比较", "alone and in a batch"),
            ("矩阵运算随批量变化", "matrix products, whose bits follow the batch"),
        ),
        "scenario_null": (
            ("与自身、与另一方案互比", "a run beside itself, and two beside each other"),
            ("先取整、后求差", "rounding before subtracting"),
        ),
        "year_chaining": (
            ("连算两年（`next`）", "two years in a row (`next`)"),
            ("用了更早的基数", "a base of an earlier year"),
        ),
        "equal_treatment": (
            ("复制一个地区", "a district is cloned"),
            ("名次奖励中的并列", "rank bonuses with ties"),
        ),
        "order_preservation": (
            ("复制一个地区并提高需求", "a district is cloned with more need"),
            ("名次奖励；按上年数设限", "rank bonuses; bounds on last year"),
        ),
        "own_need_monotonicity": (
            ("提高一地的需求", "one need is raised"),
            ("按百分位或名次分档；需求越大折扣越多", "tiers by percentile or rank; falling rates"),
        ),
        "others_need": (
            ("提高一地的需求，看其他各地", "one need is raised, the others are watched"),
            ("按最小、最大或平均值标准化", "factors normalised by least, greatest or mean"),
        ),
        "budget_monotonicity": (
            (
                "资金增加一个最小支付额、1%、一倍",
                "a quantum more, 1% more, twice the money",
            ),
            (
                "最大余数法（差一个最小支付额）；`webster` 守住",
                "largest remainder, by one quantum; `webster` keeps it",
            ),
        ),
        "entry": (
            ("逐个去掉地区", "each district in turn is taken out"),
            ("按最小、最大或平均值标准化；名次奖励", "min-max or mean normalisation; rank bonuses"),
        ),
        "currency": (
            ("所有金额同乘 10", "all money times ten"),
            ("公式中写死的金额门槛", "thresholds written into formulas"),
        ),
        "replication": (
            ("每个地区各添一个相同的，资金加倍", "every district twice, twice the money"),
            ("只给前几名", "money for the first few"),
        ),
        "continuity": (
            ("在规则的每个临界处上下移动一步", "a step either way at every edge of the rules"),
            ("分档定额", "tiers that step"),
        ),
        "merge_split": (
            ("合并两地，拆分一地", "two districts become one, one becomes two"),
            ("每地定额、分档、上下限", "lump sums, tiers, bounds"),
        ),
        "hold_harmless": (
            ("与上年数比较", "amounts are compared with last year's"),
            ("没有下限；没有上年数的新地区", "no floor; new districts without a last year"),
        ),
        "growth_cap": (
            ("与上年数的倍数比较", "amounts are compared with a multiple of last year's"),
            ("封顶之后再加奖励", "bonuses on top of the cap"),
        ),
        "effort_neutrality": (
            ("改动一地的自有收入", "one district's own revenue is moved"),
            ("按实际收入而不是标准收入计算缺口", "a gap on actual, not standard revenue"),
        ),
        "no_full_clawback": (
            ("提高一地的自有收入", "one district's own revenue is raised"),
            ("按收入分档；缺口全额补足还多", "tiers by revenue; gaps filled by more than 100%"),
        ),
        "performance": (
            ("提高一地的得分", "one score is raised"),
            ("得分越低补助越多", "money for low scores"),
        ),
        "no_reward_for_decline": (
            ("降低得分；先降后升，连算两年", "a score is lowered; a bad year, then a good one"),
            ("按进步幅度奖励", "bonuses for improvement"),
        ),
        "no_re_ranking": (
            ("分配前后各排一次人均财力", "resources per head are ranked before and after"),
            ("资金多于缺口；名次奖励", "more money than gaps; rank bonuses"),
        ),
        "equalising": (
            ("分配前后的加权基尼系数", "the weighted Gini coefficient before and after"),
            ("按上年数保底；资金多于缺口", "floors at last year; more money than gaps"),
        ),
    }
)

COSTS: Final[Mapping[str, Pair]] = MappingProxyType(
    {
        "one run": ("一次", "one run"),
        "a few runs": ("几次", "a few"),
        "a run for each district": ("每地一次", "one for each district"),
        "a run for each figure": ("每数几次", "a few for each figure"),
    }
)
"""How many runs one table takes."""

INTRODUCTION: Final[Pair] = (
    """# 内置的承诺

[English](en.md)

政策可以作出的、有名称的承诺，由 `transfers check` 检验（[检验一个政策仓库](../zh/ci.md)）。运算承诺总要遵守；政策承诺写入文件的 `promises` 才有约束，否则只作报告；有意违反的，写入 `waive` 并说明理由（[写法](../policy/zh.md#内置的承诺)）。

- **容许**：以最小支付额计，取整所致的不算违反；表中的数是每项资金的，政策有几项资金就容许几倍（每项资金 1 个，共 3 项，容许 3 个）；`promises: {entry: {tolerance: 3}}` 另定，`--tolerance 0` 从严。
- **需要**：政策的输入列要有这些含义（`role`），否则检验不到。
- **次数**：检验一张表要测算几次。
- **句**：[分配办法](../method/README.md)中的句子。

没有一种取整办法既使每地与应得数相差不到一个最小支付额（`quota`），又在资金增加时不减任何一地（`budget_monotonicity`）：`rounding` 选的是哪一种，就守住哪一个。""",
    """# Built-in promises

[中文](zh.md)

What a policy may promise by name, as `transfers check` tests it ([checking a repository of policies](../ci.md)). Promises of arithmetic are always held to; promises of policy gate where the document lists them under `promises`, and are told otherwise; what is broken on purpose is waived with its reason ([how to write it](../policy/en.md#built-in-promises)).

- **Tolerated**: in quanta; what rounding does breaks nothing. The table has the figure for one grant: a policy with several grants tolerates it once for each (1 for each of 3 grants: 3). `promises: {entry: {tolerance: 3}}` says otherwise, `--tolerance 0` is strict.
- **Needs**: inputs of the policy must have these roles, or there is nothing to test.
- **Runs**: how many one table takes.
- **Section**: of [the method](../method/README.md).

No rounding rule keeps every amount within one quantum of what is due (`quota`) and takes from nobody when the pool grows (`budget_monotonicity`): the one that `rounding` chooses keeps the one or the other.""",
)

HEADINGS: Final[Mapping[str, Pair]] = MappingProxyType(
    {
        "arithmetic": ("## 运算承诺", "## Promises of arithmetic"),
        "policy": ("## 政策承诺", "## Promises of policy"),
    }
)

HEADERS: Final[tuple[Pair, ...]] = (
    ("代号", "name"),
    ("承诺", "says"),
    ("怎样检验", "tested by"),
    ("常因什么不成立", "often broken by"),
    ("容许", "tolerated"),
    ("需要", "needs"),
    ("次数", "runs"),
    ("句", "section"),
)
