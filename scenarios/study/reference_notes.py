"""What there is to know about the keys of a study document, beside their meanings.

Not imported when a study is read or run.
"""

from __future__ import annotations

from typing import Final

from transfers.documents.reference_examples import Both

NOTES: Final[dict[str, tuple[Both, ...]]] = {
    "StudyDocument": (
        (
            "只有 `study` 和 `policy` 必填。`variants` 供 `compare` 用；`sweep`、`seek`、"
            "`optimise`、`cliffs` 各供同名的命令用，`years` 供 `outlook` 用，用不到的不写。",
            "Only `study` and `policy` are required. `variants` is what `compare` shows; "
            "`sweep`, `seek`, `optimise`, `cliffs` are read by the commands of these names, "
            "`years` by `outlook`; they may be left out.",
        ),
        (
            "文件路径都相对于研究文件。`districts`、`join` 与 `transfers run` 的 `--districts`、"
            "`--join` 相同。",
            "Files are named relative to the study document. `districts` and `join` are what "
            "`--districts` and `--join` are to `transfers run`.",
        ),
    ),
    "Described": (
        (
            "写在研究文件、方案、改动、指标、约束的任何一项里。表中方案按 `title` 说明。",
            "In the study itself and in any variant, change, measure or constraint. Tables "
            "explain a variant by its `title`.",
        ),
    ),
    "Change": (
        (
            "次序：先换文件（`policy`、`districts`、`join`），再 `remove`、`add`、`set`，"
            "最后改数据。换了 `policy` 的，基准中对原政策的改动不再起作用。",
            "Order: other files first (`policy`, `districts`, `join`), then `remove`, `add`, "
            "`set`, then figures. With another `policy` the changes that the baseline made to "
            "the first one are gone.",
        ),
        (
            "`set` 改已有的，或补上这一处可以有的键（如 `grants.general.cap`）；`add` 加没有的，"
            "整项写全；`remove` 删已有的。写反了会提示改用哪一个。新加的资金排在最后，"
            "最后得到预算。",
            "`set` changes what is there, or adds a key that may stand in its place "
            "(`grants.general.cap`); `add` brings an entry that is not there, spelt out; `remove` "
            "takes one away. The wrong one of the three is told. A new grant comes last, and so "
            "is the last to get money of the budget.",
        ),
        (
            "`data` 的写法：按地区（代码或名称）`{西县: 一类}`；清单的数 `{dibao.西县: 120}`；"
            "全部 `+3%`、`-2%`、`*1.03`；公式 `population * 1.03`；只改一部分地区 "
            "`{formula: population * 1.03, where: 'tier == \"二类\"'}`；几种并用写成列表。"
            "公式只能用数据和参数，不能用推算列。",
            "`data` is written by district (key or name) `{西县: 一类}`; for figures over a list "
            "`{dibao.西县: 120}`; for all `+3%`, `-2%`, `*1.03`; by formula `population * 1.03`; "
            "for some `{formula: population * 1.03, where: 'tier == \"二类\"'}`; or a list of "
            "these. Formulas use inputs and parameters, not quantities.",
        ),
        (
            "`rescale` 写一组数的路径，如 `grants.general.share.factors`：`set` 没有改到的那些数"
            "乘同一个比例，合计不变，精确计算。改了一个权重而不写 `rescale`，"
            "权重合计不是 100%，会报错。",
            "`rescale` names a group of numbers, such as `grants.general.share.factors`: those "
            "that `set` leaves alone are multiplied by one ratio, exactly, so that the sum "
            "stays. A single weight set without it is a fault: weights no longer add up to 100%.",
        ),
    ),
    "Variant": (
        (
            "`extends` 的方案先全部改好，再改本方案的。改动都是在基准之上做的。",
            "The variant it `extends` is made first, then its own changes. All is made on top of "
            "the baseline.",
        ),
        (
            "`changes` 中各项按所写次序改，各有名称；`compare --by-change` 按这些名称分解增减。"
            "没有 `changes` 的，`set` 的每条路径、`data` 的每一列各算一项；"
            "有 `add`、`remove`、`policy` 的合为一项。",
            "The entries of `changes` are made in order; `compare --by-change` tells what each "
            "does. Without them every path of `set` and every input of `data` is a change of its "
            "own; those with `add`, `remove` or `policy` are one.",
        ),
    ),
    "Measure": (
        (
            "公式须得出一个数（用 `sum`、`cv` 等合并各地区），可以用 `baseline.` 开头的名称。"
            "指标之间、约束之中不能引用指标的编号，请写公式；`sweep.table`、`indices.of`、"
            "`optimise` 里写编号即可。",
            "The formula yields one figure (fold districts with `sum`, `cv` and the like) and may "
            "use names that begin with `baseline.`. Measures and constraints do not know measures "
            "by their ids: write the formula. `sweep.table`, `indices.of` and `optimise` take ids.",
        ),
    ),
    "Constraint": (
        (
            "与政策的 [`rules`](../policy/zh.md#对结果的要求) 一样写、一样核对，不改变金额；"
            "基准和每个方案都核对，并与政策自己的 `rules` 一起列出。",
            "Written and checked as [`rules`](../policy/en.md#rules-about-the-outcome) of a "
            "policy are, and never changing an amount: for the baseline and every variant, listed "
            "with the policy's own rules.",
        ),
    ),
    "Sweep": (
        (
            "`vary` 每条路径一种写法：`[15%, 20%]` 取这几个值；`{from: 20%, to: 60%, step: 10%}` "
            "每隔一步取一个；`{from: 20%, to: 60%}` 在范围内抽样（要写 `sample`）。"
            "整列数据 `inputs.列名`：`{each: 2%}` 各地各自在 ±2% 内，`{together: 2%}` 各地同比例，"
            "也可写 `{together: [-2%, 0%, 2%]}`。一个地区的数写作 `inputs.tier.西县: [一类, "
            "二类]`。",
            "Each path of `vary` has one of: `[15%, 20%]`, these values; `{from: 20%, to: 60%, "
            "step: 10%}`, every step; `{from: 20%, to: 60%}`, drawn from the range (needs "
            "`sample`). A whole input, `inputs.NAME`: `{each: 2%}` draws within ±2% for every "
            "district, `{together: 2%}` for all alike, or `{together: [-2%, 0%, 2%]}`. One "
            "district's figure is `inputs.tier.西县: [一类, 二类]`.",
        ),
        (
            "没有 `sample` 时各路径的值两两组合成网格；写了 `sample` 时，列表和网格里的值等可能。"
            "`rows` 是表格文件，每行一个情景，表头是路径，不能与 `vary` 同用。最多 100 万个情景。",
            "Without `sample` the values of all paths are combined to a grid; with it, values of "
            "lists and grids are equally likely. `rows` is a table with a scenario in each row and "
            "paths for headings; it goes alone. At most a million scenarios.",
        ),
        (
            "不写 `compare_with` 时，与没有变动的同一方案比增减；要看“方案比现行办法”，"
            "写 `variant: 方案` 和 `compare_with: baseline`：每个情景中，现行办法用同样的"
            "数据再算一遍。",
            "Without `compare_with`, who loses is told against the same variant unmoved; for a "
            "reform against the present rule, write `variant:` and `compare_with: baseline`: in "
            "every scenario the present rule is run on the same data.",
        ),
        (
            "某个情景资金不足或无法计算，不影响其他情景：列出个数、第一个是哪个、为什么。",
            "A scenario that is short of money, or cannot be computed, stops no other: their "
            "number, the first of them and the reason are told.",
        ),
    ),
    "Indices": (
        (
            "对 k 条路径、`size` 个基础样本，另算 `size × (k + 2)` 个情景。全部可执行才有指数。",
            "With k paths and a base sample of `size`, another `size x (k + 2)` scenarios are run. "
            "There are indices only where all of them pay.",
        ),
    ),
    "Seek": (
        (
            "范围内从最小值起每隔 `step` 试一个值，两端都在内。超过 2001 个值时先隔着看，"
            "再在变化处看细，"
            "结果里写明每隔多少看了一个。",
            "Values are tried from the lowest on, `step` by `step`, both ends included. Of more "
            "than 2001 only some are looked at first, then all where it turns; the answer says how "
            "closely it looked.",
        ),
        (
            "`rescale` 必须写明：变动一个权重时写组的路径，其他数写 `none`。"
            "没有答案时给出最接近的值和差多少，程序以 1 结束。",
            "`rescale` must be said: the group's path where a weight is varied, else `none`. "
            "Without an answer the nearest miss is told, and the command ends with 1.",
        ),
    ),
    "Statement": (
        (
            "写法与约束的 `that` 相同，可以用 `baseline.`。不适用、缺数据的不算成立。",
            "Written as `that` of a constraint, `baseline.` included. What does not apply, or is "
            "unknown for want of a figure, does not hold.",
        ),
    ),
    "Optimise": (
        (
            "`minimise`、`maximise` 写一个；最多变动四个数。格点不超过 `budget`（不写为 2000）"
            "时全部试算，"
            "答案就是最好的；超过时按固定次序寻找，结果写明没有试完。",
            "One of `minimise` and `maximise`; up to four numbers. Where the grid is within "
            "`budget` (2000 if left out) all of it is tried and the answer is the best there is; "
            "beyond, the search "
            "goes in a fixed order and says that it has not seen all.",
        ),
        (
            "可行指：能付、硬性约束和政策的硬性规则都满足、`subject_to` 都成立。"
            "`pareto` 的两个指标都是越小越好；要大的，公式前加负号。",
            "Feasible is what pays, keeps hard constraints and the policy's hard rules, and meets "
            "`subject_to`. Both measures of `pareto` are best when small; turn the sign of "
            "one that should be large.",
        ),
    ),
    "Cliffs": (
        (
            "不写研究文件也可以：`transfers cliffs policy.yaml`。含义见[办法第 38 条]"
            "(../method/zh/cliffs.md)。",
            "A study is not needed: `transfers cliffs policy.yaml` does as well. What is said is "
            "defined in [sentence 38 of the method](../method/en/cliffs.md).",
        ),
    ),
    "Years": (
        (
            "供 `transfers outlook` 用，含义见[办法第 44 至 46 条](../method/zh/years.md)；"
            "`claim` 的补助当年没有付足的，表中有“应得未付”一行。"
            "`from` 不写时为政策文件的 `year`；`until` 和 `count` 写一个，都不写为五年。"
            "政策文件有 `year` 的，每年随之改变，公式、文件名中的 `{year}`、`rows` 都用当年的。",
            "Read by `transfers outlook`; what it means: [sentences 44 to 46 of the method]"
            "(../method/en/years.md). What claims come to beyond what is paid has a "
            "line of its own. Without `from` it is the policy's `year`; of `until` and "
            "`count` write one, without either it is five years. The `year` of the policy, where "
            "it has one, is that of each year in turn: formulas, `{year}` in names of files and "
            "columns, and `rows` use it.",
        ),
        (
            "政策文件有 `upstream` 的，上级逐年一并推算：年度相同，"
            "按上级自己的 `year`、`next` 和储备；研究的 `next`、`set`、`changes`、`members` "
            "不带到上级，写明的 `upstream.total` 以写明的为准。",
            "Where the policy has an `upstream`, the level above goes along: the same years, by "
            "its own `year`, `next` and reserves. `next`, `set`, `changes` and `members` of the "
            "study do not reach it; a figure such as `upstream.total` that the study sets counts "
            "instead.",
        ),
    ),
    "YearsOfVariant": (
        (
            "方案自己的 `years` 写在研究的 `years` 之外；同一年、同一路径、同一名称以方案的为准。",
            "`years` of a variant come besides those of the study; of the same year, path or name "
            "the variant's count.",
        ),
        (
            "`next` 用当年的数（数据、推算列、各项资金、附加列、`year`）算出下一年的，写在 `next` "
            "里的就不再从表里读；没有写的，每年从表里读。`+3%`、`*1.01` 是公式的简写。"
            "角色为 prior 的列，`next` 没有写的，下一年为当年补助合计。储备的期初为上年末余额。",
            "`next` makes next year's figures of this year's (inputs, quantities, grants, outputs, "
            "`year`); what it names is no longer read from the table, all else is, every year. "
            "`+3%`, `*1.01` are formulas in short. An input with the role prior of which `next` "
            "says nothing becomes what was paid in all. A reserve opens with what it closed with.",
        ),
        (
            "`set` 的值从写明的那一年起有效；`next` 写了的，以后各年由它推算。`changes` 与方案的"
            "改动写法相同，从那一年起一直有效。当年改动的数，不由上年推算。"
            "改了单位的，结转的数和 `set` 的数自动换算，其余的数须在当年按新单位写出。",
            "A value of `set` holds from its year on; where `next` names it, the following years "
            "go on from there. `changes` are written as those of variants and stay. What is "
            "changed in a year is not carried into it from the year before. Where a unit changes, "
            "what is carried or set is converted, and all else has to be written in the new unit "
            "in that year.",
        ),
    ),
    "Members": (
        (
            "地区写代码，或只有一地用的名称。那一年的表里已经是新地区的，不再合并，"
            "只合并由上年推算来的数。",
            "Districts go by key, or by a name that only one has. Where the table of that year has "
            "the new districts already, only what the year before left is merged.",
        ),
        (
            "一个地区分成几个的，这里不能写：各有多少没有依据；用各年自己的表，"
            "`districts` 的文件名写 `{year}`，新地区没有由上年推算来的数，用表里的。",
            "A district cannot be split here: what each part has does not follow from the whole. "
            "Use a table per year (`{year}` in the file of `districts`); what nobody had the year "
            "before is read from it.",
        ),
    ),
    "Merged": (
        (
            "金额、人数、面积、长度和计数相加；比率、人均数、没有单位的数、分数、年限、文字须各地"
            "相同，不同的写在 `with`（值）或 `by`（按哪一列加权平均）里。"
            "有一地缺数的，合并后缺数。",
            "Money, persons, area, length and counts are added; ratios, figures per head, numbers "
            "without a unit, marks, time and texts must be alike, or stand in `with` (what it is) "
            "or `by` (which input weighs their mean). A figure that one of them lacks is missing.",
        ),
    ),
}
