"""What there is to know about the keys of each part, beside their meanings: both languages."""

from __future__ import annotations

from typing import Final

from transfers.documents.reference_appraisals import NOTES_OF_APPRAISALS
from transfers.documents.reference_examples import Both
from transfers.documents.reference_keys_payer import NOTES_OF_THE_PAYER
from transfers.documents.reference_lists import NOTES_OF_LISTS
from transfers.documents.reference_promises import NOTES_OF_PROMISES
from transfers.documents.reference_services import NOTES_OF_SERVICES

NOTES: Final[dict[str, tuple[Both, ...]]] = {
    "Described": (
        (
            "写在文件、lists、inputs、parameters、quantities、reserves、budget、grants、outputs、"
            "rules、promises 的任何一项里；可以空着。`source` 在说明里跟在数字后面。",
            "In the document itself and in any entry of lists, inputs, parameters, quantities, "
            "reserves, budget, grants, outputs, rules, promises; they may be empty. Explanations "
            "show `source` behind the figure.",
        ),
    ),
    "Money": (
        (
            "文件中没有写单位的金额，都以 `unit` 计；`unit: 元` 时 `quantum: 100` 即精确到百元。",
            "Amounts without a unit of their own are in `unit`; with `unit: 元`, `quantum: 100` "
            "pays in hundreds.",
        ),
    ),
    "DistrictTable": (
        (
            "表头自动寻找：从前 60 行里取含有地区代码列、且所需列最多的一至四行。找不准时用 "
            "`header` 写明首行和末行（单位行、栏次行不算在内）；工作簿有几张表都符合时，用 `sheet` "
            "写明表名或序号。",
            "The header is found: of the first 60 rows those one to four that have the column of "
            "keys and most of the columns asked for. Where that goes wrong, `header` names the "
            "first and the last (a row of units or of numbers is not part of it); where several "
            "sheets of a workbook fit, `sheet` names one, by name or number.",
        ),
    ),
    "Join": (
        (
            "并入的文件按 `key` 对应，行的次序不论（没有代码的，两个表都以名称为 `key`）；"
            "主表没有的代码是错误，并入的文件没有的地区，"
            "其列为缺失。几个文件写成列表：`join: [{file: a.csv, key: code}, {file: b.csv, key: "
            "code}]`。",
            "Rows are matched by `key`, in any order (without codes, both tables may go by names); "
            "a key that the main table lacks is a fault, a "
            "district that the joined file lacks is missing there. Several files are a list: "
            "`join: [{file: a.csv, key: code}, {file: b.csv, key: code}]`.",
        ),
    ),
    **NOTES_OF_LISTS,
    "Input": (
        (
            "每个地区、清单的每一项各有一个数的，写 `over: 清单`，数可以写在两种地方。"
            "一、逐行列出的文件（每行一个地区、一个项目、一个数，行的次序不论）：`{file: "
            "recipients.csv, district: code, item: item, value: recipients, over: services}`；"
            "不写 `file` 的，在地区表所在的工作簿里找（可用 `sheet` 写明表名）；"
            "几列数在同一文件里的，分几个输入来写，文件只读一次；没有的一对算缺失，"
            "`default: 0` 使它为零；同一对写了两行、代码不认识都是错误。"
            "二、地区表里一项一列：`{columns: {primary: 小学学生数, junior: 初中学生数}, over: "
            'grades}`，或列名有规律的 `{columns: "enrolled_{item}", over: categories}`，'
            "`{item}` 处是项目代码，`{name}` 处是项目名称；每一项都要有列。",
            "Where every district has a figure for each item of a list there is `over: list`, and "
            "the figures stand in one of two ways. In a file of rows (a district, an item, a "
            "figure; in any order): `{file: recipients.csv, district: code, item: item, value: "
            "recipients, over: services}`; without `file`, on a sheet of the workbook of the "
            "districts (`sheet` names it); several columns of one file are several inputs, and it "
            "is read once; a pair that is not there is missing, `default: 0` makes it zero; a pair "
            "twice, or a key that is not known, is a fault. Or in the table of districts, a column "
            "for each item: `{columns: {primary: pupils_primary, junior: pupils_junior}, over: "
            'grades}`, or by a pattern: `{columns: "enrolled_{item}", over: categories}` with '
            "the item's key for `{item}`, its name for `{name}`; every item needs its column.",
        ),
        (
            "不写 `column` 时，按名称找列，再按 `title` 找。什么都不用写的，冒号后面空着："
            "`towns:`。",
            "Without `column` the column is looked for by the input's name, then by its `title`. "
            "Where nothing needs saying, nothing follows the colon: `towns:`.",
        ),
        (
            "某一地的数也可改：`--set inputs.population.440784=53.5`，或写地名；分项的先写项目。",
            "The figure of one district moves too: `--set inputs.population.440784=53.5`, or by "
            "its name; over a list the item comes first.",
        ),
        (
            "不写 `type` 时，有 `one_of` 的是文字，其余是数。",
            "Without `type` an input with `one_of` is text, any other a number.",
        ),
        (
            "`default` 代替空白和横线；`nil: zero` 只说横线是零，空白仍是缺失。两者都写时，"
            "横线是零，空白取 `default`。",
            "`default` stands for blanks and dashes. `nil: zero` says that a dash is zero; a "
            "blank stays missing. With both, a dash is zero and a blank is `default`.",
        ),
        (
            "`sum_of` 只作核对：某地的数与各分项之和不符时给出提示，计算仍用原数。",
            "`sum_of` is a check only: where a district's figure is not the sum of its parts, that "
            "is said; the figure is used as it stands.",
        ),
        (
            "`role: prior` 使结果与上年数对比，只能有一列；"
            "`own_revenue` 和 `population` 各有一列时，`--measures` "
            "和工作簿给出人均财力分配前后的均等化程度；其余各词只说明含义。",
            "`role: prior` makes results compare with last year, for one input; with one input of "
            "`own_revenue` and one of `population`, `--measures` and workbooks show how unequal "
            "resources per head are before and after. The other words only say what a column "
            "stands for.",
        ),
    ),
    "Parameter": (
        (
            "只有数、文字或表的，直接写：`growth_cap: 25%`、`coefficient: {A: 1.3, B: 0.6}`。"
            "要写名称、单位、范围的，数放在 `value` 里：`{value: 650, unit: 元/人, min: 0}`、"
            "`{unit: 万元, value: {A: 4000, B: 1000}}`。",
            "A mere number, text or table is written as it is: `growth_cap: 25%`, `coefficient: "
            "{A: 1.3, B: 0.6}`. With a title, a unit or a range the value goes behind `value`: "
            "`{value: 650, unit: 元/人, min: 0}`, `{unit: 万元, value: {A: 4000, B: 1000}}`.",
        ),
        (
            "`value` 可以是：数 `650`、`25%`；文字 `A`；分类表 `{A: 1.3, B: 0.6}`，可有两层 `{A: "
            "{城: 1, 乡: 2}, B: {城: 3, 乡: 4}}`，用 `表[列]`、`表[列][列]` 取值；分档 `[{up_to: "
            "10, value: 50}, {up_to: 20, value: 30}, {value: 10}]`，`up_to` 含边界，`below` 不含，"
            "最后一档可不写边界；插值点 `[{at: 0, value: 0}, {at: 100, value: 1}]`。"
            "分档和插值点用[分档的函数](../formulas/zh/brackets.md)取值。各类各有一个分档或"
            "插值表：`{A: [{at: 10%, value: 0}, {at: 90%, value: 1}], B: [{at: 0, value: 1}]}`，"
            "用 `interpolate(x, 表[列])`、`step(x, 表[列])`、`marginal(x, 表[列])` 取值。",
            "`value` is a number `650`, `25%`; a text `A`; a table by category `{A: 1.3, B: "
            "0.6}`, also of two levels `{A: {city: 1, rural: 2}, B: {city: 3, rural: 4}}`, read "
            "with `table[column]`, `table[column][column]`; brackets `[{up_to: 10, value: 50}, "
            "{up_to: 20, value: 30}, {value: 10}]`, where `up_to` includes its edge, `below` does "
            "not, and the last needs none; or points `[{at: 0, value: 0}, {at: 100, value: 1}]`. "
            "Brackets and points are read by [functions of brackets](../formulas/en/brackets.md). "
            "Each category may have brackets or points of its own: `{A: [{at: 10%, value: 0}, "
            "{at: 90%, value: 1}], B: [{at: 0, value: 1}]}`, read with `interpolate(x, "
            "table[column])`, `step(x, table[column])`, `marginal(x, table[column])`.",
        ),
        (
            "表也可取自文件：`{file: standards.csv, key: tier, value: amount}`，`key` 是类别列，"
            "`value` 是数值列；分档和插值点把 `key` 换成 `up_to`、`below` 或 `at`，各行从低到高；"
            "各类各有一个表的，`key` 和它们之一都写：`{file: stages.csv, key: service, at: units, "
            "value: factor}`。两级的表再加 `inner_key`：`{file: rates.csv, key: state, inner_key: "
            "type, value: rate}` 读作 `rate[state][type]`。",
            "A table may come from a file: `{file: standards.csv, key: tier, value: amount}`, "
            "`key` being the column of categories, `value` that of figures; for brackets and "
            "points write `up_to`, `below` or `at` in place of `key`, rows from low to high; where "
            "each category has a table of its own, `key` beside one of them: `{file: stages.csv, "
            "key: service, at: units, value: factor}`. A table of two levels has `inner_key` as "
            "well: `{file: rates.csv, key: state, inner_key: type, value: rate}` is read as "
            "`rate[state][type]`.",
        ),
        (
            "单位决定结果是不是金额：每人多少钱写 `元/人`，每个百分点多少钱写 `万元/百分点`，"
            "总额写 `万元`。`8%` 是比例，不必写单位；写了单位的数不带百分号，"
            '如 `{value: 8, unit: "%"}`。',
            "The unit decides whether a result is money: `元/人` for so much a head, "
            "`万元/百分点` for so much per percentage point, `万元` for a sum. `8%` is a ratio "
            "and needs no unit; beside a unit no percent sign stands, as in "
            '`{value: 8, unit: "%"}`.',
        ),
        (
            "假设测算用路径改数：`--set parameters.growth_cap=15%`。",
            "A what-if moves a value by its path: `--set parameters.growth_cap=15%`.",
        ),
    ),
    "Quantity": (
        (
            "只有公式的，直接写：`gap: max(0, need - revenue)`。不写公式而写下面“分配”一节的键，"
            "就是中间分配：算出每个地区的数，不拨付、不取整、不动预算，"
            "见[两步分配](#两步分配先保人均最低额再控增幅)。",
            "A mere formula is written as it is: `gap: max(0, need - revenue)`. With the keys of "
            "a division (below) in place of a formula it is a stage: it computes a figure per "
            "district, is not paid, not rounded, and draws on no budget; see [two "
            "stages](#two-stages-a-minimum-per-head-then-a-growth-band).",
        ),
    ),
    "Division": (
        (
            "`if_short` 里的储备，对 `claim` 补的是全部应得额的缺口，对 `share`、`level` "
            "只补下限的缺口。只想用储备保下限的，写成 `share` 加 `floor`。",
            "A reserve in `if_short` makes up what claims lack, all of them, where the grant has "
            "`claim`; with `share` or `level` only what the floors lack. To have it pay for a "
            "guarantee alone, write `share` with a `floor`.",
        ),
        (
            "grants 的每一项、quantities 里的中间分配、outputs 里的分配都这样写。"
            "`share`、`claim`、`level` 三者必写其一，只写其一：\n"
            "  - `share` 分一笔钱（要写 `pool`），各地按权重得；\n"
            "  - `claim` 逐地算出应得额；写了 `pool` 或 `budget` 才有限额，应得额为负即扣减；\n"
            "  - `level` 用一笔钱（要写 `pool`）把人均（或按别的口径平均）最低的地区补到同一水平。",
            "Every grant, every stage under quantities and every output that divides is written "
            "like this. Exactly one of "
            "`share`, `claim`, `level` stands in it:\n"
            "  - `share` divides a sum (`pool` is needed) by weights;\n"
            "  - `claim` computes each district's due; only a `pool` or a `budget` limits it, and "
            "a negative claim is a penalty;\n"
            "  - `level` uses a sum (`pool` is needed) to raise the poorest per head, or per "
            "anything else, to one level.",
        ),
        (
            "`floor`、`cap`、`fixed` 对部分地区不适用时，写 `none`：`cap: if(new, none, 110% * "
            "last_year)`。缺失不是 `none`，会报错。",
            "Where `floor`, `cap` or `fixed` does not apply to some, write `none`: `cap: if(new, "
            "none, 110% * last_year)`. Missing is not `none` and is a fault.",
        ),
        (
            "`if_short` 依次写动用哪些储备（[reserves](#储备资金) 中的名称），最后写 scale 或 "
            "reject；只写一个词时，方括号可省。中间分配不拨付，不能动用储备。各键的确切含义见[分配办法](../method/README.md)。",
            "`if_short` names [reserves](#reserves) to draw on, in order, and last scale or "
            "reject; the brackets may be left out around one word. A stage is not paid and draws "
            "on no reserve. What each key does exactly: [the method](../method/README.md).",
        ),
    ),
    "Within": (
        (
            "`share` 是各组的相对份额，不必合计为 1；同组的地区须得到同一个数。不写 `share` 时，"
            "`pool` 是各组自己的资金：`pool: tier_pool[tier]`。",
            "`share` gives relative parts of the groups, which need not add up to 1; all members "
            "of a group must have the same figure. Without `share` the `pool` is each group's "
            "own: `pool: tier_pool[tier]`.",
        ),
    ),
    "Share": (
        (
            "写 `formula` 或 `factors`，不同时写。只有公式的直接写：`share: population`。因素是 "
            "inputs 或 quantities 的名称，各自归一后加权相加，再乘系数；权重合计须恰为 1。",
            "Either `formula` or `factors`. A mere formula is written as it is: `share: "
            "population`. Factors are names of inputs or quantities; each is normalised, then "
            "they are weighted and added, then multiplied by the coefficient. Weights add up to 1 "
            "exactly.",
        ),
    ),
    "Level": (
        (
            "`own` 是自有财力（金额），`per` 是人口等：各地 `own / per` 从低到高补齐。`by: city` "
            "以市为单位补齐，市内按 `per` 分。",
            "`own` is what a district has (money), `per` its heads or the like; the lowest `own / "
            "per` are raised first. `by: city` raises cities, and inside a city money follows "
            "`per`.",
        ),
    ),
    "Grant": (
        (
            "`kind` 只作分类，不影响金额；`total.general`、`total.special` 是两类各自的合计。"
            "`unspent` 不写就是 `none`："
            "各地都到上限而剩下的钱单列为余款，仍在预算里，下一项资金的 `remainder` 可用；"
            "写储备的名称，余款就转入该储备，后面的资金可以再动用。",
            "`kind` only classifies; `total.general` and `total.special` are what the grants of "
            "each kind come to. `unspent`, left out, is `none`: "
            "money left when all are at their caps is a line of its own and stays in the budget, "
            "where the `remainder` of a later grant may have it; with the name of a reserve it "
            "goes there, and a later grant may draw it.",
        ),
        (
            "资金按书写次序取用预算；排在后面的，钱不够时先受影响。`replaces` "
            "使上文一项资金退出合计，但公式仍可用它：`floor: old`。",
            "Grants draw on the budget in the order of the document; when money is short the last "
            "one shrinks first. `replaces` takes an earlier grant out of the total; formulas may "
            "still use it: `floor: old`.",
        ),
        (
            "地区之间的横向转移：claim 为负就是上解，`contributions` 写明这笔钱给谁。"
            "收支相抵的一项：`{claim: due, contributions: pool, rounding: largest_remainder}`，"
            "合计恰为零，预算不出钱。",
            "Money between districts: a negative claim is paid in, and `contributions` says who "
            "has it. One line that adds up to zero, to the last unit, and costs no budget: "
            "`{claim: due, contributions: pool, rounding: largest_remainder}`.",
        ),
        (
            "先收后拨：`collect` 代替 `pool`，总额按 `share` 分摊，`cap`、`floor` 是每个地区应缴的"
            "上下限，存入储备；后面的资金写 `draw`，由这笔储备支付。"
            "`levy: {collect: 500, share: excess, cap: 14% * revenue, contributions: fund}`，"
            "`aid: {draw: fund, pool: remainder, share: need}`。收不足的部分单列。",
            "First in, then out: `collect` in place of `pool` divides a sum by `share`, with `cap` "
            "and `floor` of what each district pays, and fills a reserve; with `draw` a later "
            "grant is paid out of that. `levy: {collect: 500, share: excess, cap: 14% * revenue, "
            "contributions: fund}`, `aid: {draw: fund, pool: remainder, share: need}`. What falls "
            "on nobody is a line of its own.",
        ),
    ),
    "Rounding": (
        (
            "不写就是最大余数法。只有一个词的直接写：`rounding: webster`。`to_most` 要写明哪一列："
            "`rounding: {to_most: population}`，各地四舍五入，差额归人口最多的地区。`rounding: "
            "{rule: half_up, quantum: 10}` 四舍五入到十，合计可能不等于资金规模。"
            "没有 `pool` 的 claim 逐个四舍五入；写明 `rounding: largest_remainder`，合计等于"
            "各应得额之和的四舍五入数。",
            "Left out, it is largest remainder. A mere word is written as it is: `rounding: "
            "webster`. `to_most` names a column: `rounding: {to_most: population}` rounds "
            "everybody half up, and the most populous district takes the difference. `rounding: "
            "{rule: half_up, quantum: 10}` rounds to tens, and the sum may differ from the pool. "
            "Claims without a `pool` are rounded one by one; with `rounding: largest_remainder` in "
            "so many words they add up to their rounded sum.",
        ),
    ),
    **NOTES_OF_THE_PAYER,
    **NOTES_OF_PROMISES,
    **NOTES_OF_SERVICES,
    **NOTES_OF_APPRAISALS,
    "Upstream": (
        (
            "读本文件时，上级的政策按上级的数据表测算一次，`key` 那个地区所得的数，下文可用："
            "`upstream.total` 是合计，`upstream.名称` 是上级的一项资金或附加列（须是数），"
            "金额已换算成本文件的金额单位。例：`budget: {amount: upstream.total + own_money}`。"
            "上级文件也可以有自己的 upstream：省、市、县用的是同一个程序。",
            "When this document is read, the policy above is run once on its own table. What the "
            "district with `key` gets can be used below: `upstream.total` in all, `upstream.NAME` "
            "for a grant or an output that is a number; money is converted to this document's unit "
            "of money. As in `budget: {amount: upstream.total + own_money}`. That "
            "document may have an `upstream` itself: province, city and county are run alike.",
        ),
        (
            "`--upstream 文件` 换一份上级政策；`--set upstream.total=5000` 用给定的数"
            "（本文件的金额单位），不用上级测算的数。",
            "`--upstream FILE` takes another policy above; `--set upstream.total=5000` puts a "
            "figure, in this document's unit of money, in place of the one from above.",
        ),
    ),
    "Output": (
        (
            "只有公式的直接写：`per_head: total / population`。附加列可用各项资金的名称和合计 "
            "`total`；写了 `unit` 就换算成该单位。",
            "A mere formula is written as it is: `per_head: total / population`. Outputs may use "
            "every grant and `total`; with a `unit` they are converted to it.",
        ),
        (
            "附加列也可以是一次分配：写 `pool` 和 `share`、`claim`、`level` 之一（见“分配”一节），"
            "结果是整数倍的最小支付额，合计等于 `pool`，但不动用预算、不计入 `total`，如提前下达："
            "`advance: {pool: 90% * sum(last_year), share: last_year}`。此次下达即 "
            "`{formula: total - advance, negative: clawback}`，为负的地区单独列出、标明“扣回”。",
            "An output may also divide: a `pool` with one of `share`, `claim`, `level` (see *A "
            "division*). It comes in whole quanta that add up to the pool, takes nothing from the "
            "budget and is not in `total`; money paid in advance, say: `advance: {pool: 90% * "
            "sum(last_year), share: last_year}`. What is left to pay is then `{formula: total - "
            "advance, negative: clawback}`; districts below zero are listed and marked.",
        ),
    ),
    "Rule": (
        (
            "只有判断的直接写：`not_less: equalisation >= last_year`，要求为 warn。判断逐地区的"
            "（用到数据列或资金的名称而不汇总），逐地区核对，列出不符合的地区和差额。",
            "A mere statement is written as it is: `not_less: equalisation >= last_year`, level "
            "warn. A statement with districts in it (a column or a grant that is not added up) is "
            "held against each of them; those that break it are listed, and by how much.",
        ),
        (
            "结果有四种：符合、不符合、不适用（`applies` 不成立）、无法判断（缺数据，写明缺什么）；"
            "无法判断不算符合。要求不改变任何金额，通常写在文件最后，可用各项资金、附加列、合计 "
            "`total`、`total.general`、`total.special`。",
            "A rule holds, is broken, does not apply (`applies` is false), or is unknown: a figure "
            "is missing, and it is said which; unknown never counts as holding. No rule changes an "
            "amount. Rules normally stand last and may use grants, outputs, `total`, "
            "`total.general`, `total.special`.",
        ),
        (
            "新增财力 50% 以上投入民生：`{that: livelihood / new_resources >= 50%, applies: "
            "new_resources > 0, level: hard}`。",
            "Half of new resources for livelihood: `{that: livelihood / new_resources >= 50%, "
            "applies: new_resources > 0, level: hard}`.",
        ),
    ),
    "Solve": (
        (
            "在区间里找使等式两边最接近的数（`digits` 位小数），填入该参数，重算全部资金。",
            "Finds the number of the interval, with `digits` decimals, at which the two sides are "
            "nearest to each other, puts it in the parameter and computes all grants again.",
        ),
    ),
}
