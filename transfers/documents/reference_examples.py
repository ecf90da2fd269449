"""Complete small policies for the page about the policy document.

Each has its table and the amounts that come out, worked by hand; a test runs every one. Not
imported when the engine runs.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from msgspec import Struct

Both: TypeAlias = tuple[str, str]
"""A text in Chinese and in English."""


class Example(Struct, frozen=True):
    """A policy, its table and what comes out.

    Parameters
    ----------
    title, says : Both
        What the rule is, and how it is written.
    policy, table : str
        The policy document, and the file ``districts.csv`` beside it.
    columns : dict of str to tuple of str
        Grants, then outputs: what each district gets, in the order of the table.
    by_hand : Both
        How the figures come about.
    """

    title: Both
    says: Both
    policy: str
    table: str
    columns: dict[str, tuple[str, ...]]
    by_hand: Both


_RANK: Final = Example(
    ("名次奖励", "A bonus by rank"),
    (
        "考核前两名各得 2950 万元，其余各得 1500 万元；1500 万元已提前下达，附加列给出本次应拨数。"
        "名次高低对应多少钱，写成分档表，用 `step` 取值。",
        "The first two get 2,950 each, all others 1,500; 1,500 has been paid in advance, and an "
        "output tells what is still due. What each place is worth stands in a bracket table, read "
        "by `step`.",
    ),
    """\
policy: rank-bonus
districts: {file: districts.csv, key: code, name: name}

inputs:
  score: {title: 考核得分, min: 0, max: 100}

parameters:
  reward: [{up_to: 2, value: 2950}, {value: 1500}]
  advance: {value: 1500, unit: 万元}

quantities:
  place: rank(score)

grants:
  award:
    title: 考核奖励
    claim: step(place, reward)

outputs:
  still_due: {title: 本次下达, formula: award - advance, unit: 万元, digits: 0}
""",
    """\
code,name,score
0101,甲县,88
0102,乙县,95
0103,丙县,70.5
0104,丁县,81
""",
    {
        "award": ("2950", "2950", "1500", "1500"),
        "still_due": ("1450", "1450", "0", "0"),
    },
    (
        "乙县第 1，甲县第 2。得分相同的名次相同：两县并列第 2，都得 2950。",
        "乙县 is first, 甲县 second. Equal scores share the better place: two in place 2 would "
        "both get 2,950.",
    ),
)

_POINTS: Final = Example(
    ("按百分点奖励：门槛、封顶、扣减", "A bonus per percentage point: threshold, cap, penalty"),
    (
        "增长率超过门槛（一类 8%，二类 12%）的，每超 1 个百分点奖 500 万元，最多 10000 万元；"
        "负增长的，每降 1 个百分点扣 200 万元；其间不奖不扣。列的单位写 `%`，门槛写百分号，"
        "奖励标准的单位写 `万元/百分点`。",
        "Growth above the threshold (8% for the first class, 12% for the second) earns 500 per "
        "percentage point, 10,000 at most; negative growth costs 200 per point; between the two "
        "nothing happens. The column is in `%`, thresholds are written with the sign, the "
        "standard is in `万元/百分点`, ten thousand yuan per percentage point.",
    ),
    """\
policy: growth-bonus
districts: {file: districts.csv, key: code, name: name}

inputs:
  growth: {title: 增长率, unit: "%"}
  class: {title: 类别, one_of: [一类, 二类]}

parameters:
  threshold: {一类: 8%, 二类: 12%}
  bonus: {value: 500, unit: 万元/百分点}
  penalty: {value: 200, unit: 万元/百分点}
  most: {value: 10000, unit: 万元}

grants:
  award:
    title: 协调发展奖励
    claim: if(growth < 0, penalty * growth, bonus * max(0, growth - threshold[class]))
    cap: most
""",
    """\
code,name,growth,class
0101,甲县,14,二类
0102,乙县,35,二类
0103,丙县,-1.5,二类
0104,丁县,10,二类
0105,戊县,10,一类
""",
    {"award": ("1000", "10000", "-300", "0", "1000")},
    (
        "甲县 (14 - 12) × 500；乙县 (35 - 12) × 500 = 11500，封顶 10000；丙县 -1.5 × 200；"
        "丁县未过门槛；戊县 (10 - 8) × 500。应得额为负即扣减，单独列出，不挤占别人的资金。",
        "甲县 (14 - 12) × 500; 乙县 (35 - 12) × 500 = 11,500, capped at 10,000; 丙县 -1.5 × 200; "
        "丁县 below its threshold; 戊县 (10 - 8) × 500. A negative claim is a penalty, told by "
        "itself; it is no money for others.",
    ),
)

_FIXED: Final = Example(
    ("分类定额补助", "A fixed grant by tier"),
    (
        "一类县 4000 万元，二类县 1000 万元，不在名单的没有。定额按类别写成一张表，用方括号取值。"
        "不在名单的，类别一栏留空或画“—”，即为缺失，由 `eligible` 排除。",
        "4,000 for the first tier, 1,000 for the second, nothing for those not on the list. "
        "Amounts by category are a table, read with square brackets. Who is not on the list has a "
        "blank or a dash, which is missing, and is left out by `eligible`.",
    ),
    """\
policy: old-areas
districts: {file: districts.csv, key: code, name: name}

inputs:
  tier: {title: 类别, one_of: [一类, 二类]}

parameters:
  amount: {unit: 万元, value: {一类: 4000, 二类: 1000}}

grants:
  old_areas:
    title: 革命老区补助
    eligible: not missing(tier)
    claim: amount[tier]
""",
    """\
code,name,tier
0101,甲县,一类
0102,乙县,二类
0103,丙县,二类
0104,丁县,—
""",
    {"old_areas": ("4000", "1000", "1000", "0")},
    (
        "没有写 pool 和 budget，应得多少就拨多少，合计 6000。",
        "Without pool and budget each claim is paid as it is: 6,000 in all.",
    ),
)

_COSTS: Final = Example(
    ("按档分担经费", "Sharing a cost by tier"),
    (
        "省级负担额 = 标准（650 元/人）× 学生数 × 分担比例（80%、60%、40%）。元/人 × 万人 即万元，"
        "不必自己换算。预算不够时同比例压减：`if_short: [scale]`；不写就是 reject，不予分配。",
        "The province pays standard (650 元/人) × pupils × its share (80%, 60%, 40%). 元/人 × "
        "万人 is 万元, without a factor of yours. Where the budget does not suffice, claims "
        "shrink in proportion: `if_short: [scale]`; left out, it is reject, and nobody is paid.",
    ),
    """\
policy: school-costs
districts: {file: districts.csv, key: code, name: name}

inputs:
  pupils: {title: 学生数, unit: 万人, min: 0}
  tier: {title: 分担档次, one_of: [一档, 二档, 三档]}

parameters:
  standard: {title: 公用经费标准, value: 650, unit: 元/人}
  province: {title: 省级分担比例, value: {一档: 80%, 二档: 60%, 三档: 40%}}

budget: 4095

grants:
  schools:
    title: 义务教育公用经费
    claim: standard * pupils * province[tier]
    if_short: [scale]
""",
    """\
code,name,pupils,tier
0101,甲县,4,一档
0102,乙县,3,二档
0103,丙县,5,三档
""",
    {"schools": ("1872", "1053", "1170")},
    (
        "应得 650 × 4 × 80% = 2080、1170、1300，合计 4550；预算 4095，为其 90%，各按 90% 拨付，"
        "并有提示。",
        "Claims are 650 × 4 × 80% = 2,080, then 1,170 and 1,300: 4,550 in all; the budget of "
        "4,095 is 90% of that, so everybody gets 90%, and a finding says so.",
    ),
)

_STAGES: Final = Example(
    (
        "两步分配：先保人均最低额，再控增幅",
        "Two stages: a minimum per head, then a growth band",
    ),
    (
        "第一步按需求初步分配，每人不少于 50 元；第二步各地不低于上年的 90%、不高于上年的 110%，"
        "但第一步靠最低额托底的地区不受此限。第一步是中间分配，写在 quantities 里，"
        "写法与资金相同，只是不拨付；`first.at_floor` 表示谁落在下限，`none` 表示没有上限。"
        "`budget` 写在 quantities 上面，第一步才能用它。",
        "The first step divides by need, with 50 元 a head at least; the second keeps everybody "
        "between 90% and 110% of last year, but for those whom the first step held at the "
        "minimum. The first step is a stage: it stands under quantities, is written like a grant, "
        "and is not paid. `first.at_floor` tells who is held by the floor, `none` means no cap. "
        "`budget` stands above quantities, so that the stage can use it.",
    ),
    """\
policy: two-stages
districts: {file: districts.csv, key: code, name: name}

inputs:
  population: {title: 常住人口, unit: 万人, min: 0}
  need: {title: 支出需求, unit: 万元, min: 0}
  last_year: {title: 上年补助, unit: 万元, min: 0, role: prior}

parameters:
  per_head: {title: 人均最低额, value: 50, unit: 元/人}

budget: 1000

quantities:
  first:
    title: 初步分配
    pool: budget
    share: need
    floor: per_head * population

grants:
  equalisation:
    title: 均衡性补助
    pool: remainder
    share: first
    floor: if(first.at_floor, first, 90% * last_year)
    cap: if(first.at_floor, none, 110% * last_year)
""",
    """\
code,name,population,need,last_year
0101,甲县,2,500,400
0102,乙县,2,400,400
0103,丙县,4,100,120
""",
    {"equalisation": ("440", "360", "200")},
    (
        "第一步：丙县按需求得 100，不足 50 元/人 × 4 万人 = 200，取 200；其余 800 按 5:4 分，甲县 "
        "444.44、乙县 355.56。第二步：甲县封顶 440，乙县保底 360，丙县不受增幅限制，得 200，"
        "合计正好 1000。",
        "Step one: by need 丙县 would get 100, less than 50 元/人 × 4 万人 = 200, so 200; the "
        "other 800 go 5:4, 444.44 to 甲县 and 355.56 to 乙县. Step two: 甲县 is capped at 440, "
        "乙县 kept at 360, 丙县 is exempt and gets 200: 1,000 in all.",
    ),
)

_GROUPS: Final = Example(
    ("分档切块，档内分配", "Pools by tier, divided inside each tier"),
    (
        "资金先按档切块（A 档 70%，B 档 30%），再在档内分配：`within`。`share` 下的 factors "
        "对全部享受地区归一，不在档内归一；要在档内归一，写成公式，用 `share(列, by=tier)`。"
        "花括号里的公式有方括号，所以加引号。",
        "The money is cut by tier first (70% for A, 30% for B), then divided inside each: "
        "`within`. The factors of `share` are normalised over all eligible districts, not inside "
        "a tier; to normalise inside tiers write a formula with `share(column, by=tier)`. The "
        "formula in { } holds square brackets, hence the quotes.",
    ),
    """\
policy: pools-by-tier
districts: {file: districts.csv, key: code, name: name}

inputs:
  population: {title: 常住人口, unit: 万人, min: 0}
  area: {title: 面积, unit: km2, min: 0}
  tier: {title: 档次, one_of: [A, B]}

parameters:
  tier_share: {A: 70%, B: 30%}

grants:
  roads:
    title: 农村公路补助
    pool: 1000
    within: {by: tier, share: "tier_share[tier]"}
    share: 60% * share(population, by=tier) + 40% * share(area, by=tier)
""",
    """\
code,name,population,area,tier
0101,甲县,10,300,A
0102,乙县,30,100,A
0103,丙县,20,300,B
0104,丁县,20,100,B
""",
    {"roads": ("315", "385", "180", "120")},
    (
        "A 档 700：甲县 60% × 1/4 + 40% × 3/4 = 45%，得 315，乙县 55%，得 385。B 档 300：丙县 60% "
        "× 1/2 + 40% × 3/4 = 60%，得 180，丁县 40%，得 120。",
        "A has 700: 甲县 60% × 1/4 + 40% × 3/4 = 45%, 315; 乙县 55%, 385. B has 300: 丙县 60% × "
        "1/2 + 40% × 3/4 = 60%, 180; 丁县 40%, 120.",
    ),
)

EXAMPLES: Final = (_RANK, _POINTS, _FIXED, _COSTS, _STAGES, _GROUPS)
