"""What every function over districts or brackets does, with examples that are run by a test."""

from __future__ import annotations

from transfers.formula.reference_functions import Both, Entry, Example, columns_of, example

NOBODY: Both = (
    "没有地区满足 where= 时，结果缺失。",
    "Where no district meets where=, the result is missing.",
)
_WEIGHTS: Both = (
    "weights= 给出权数；权数合计为零时，结果缺失。",
    "weights= counts districts by a column; where the weights add up to zero, the result is "
    "missing.",
)

_YEARS = {"years": "{items: {y24: {w: 1}, y25: {w: 2}, y26: {w: 3}}, columns: {w: {}}}"}

OVER_DISTRICTS: dict[str, Entry] = {
    "previous": Entry(
        "previous(x, over=…)",
        (
            "清单中前一个项目的数：上一年、上一档。",
            "The figure of the item before: of last year, of the grade below.",
        ),
        (
            (
                "x 须按项目有数；第一个项目没有前一个，结果缺失。",
                "x has a figure for each item; the first item has none before it: missing.",
            ),
            ("over= 写不写都一样。", "over= may be written or left out."),
        ),
        (
            Example(
                "sum(due - previous(due), over=years, where=not missing(previous(due)))",
                columns_of(due_y24="1 5", due_y25="2 5", due_y26="9 4"),
                ["8", "-1"],
                lists=_YEARS,
                over={"due": "years"},
            ),
        ),
    ),
    "sum": Entry(
        "sum(x, by=…, where=…, over=…)",
        ("各地区合计。", "Adds up all districts."),
        (("没有地区满足 where= 时，合计为 0。", "Where no district meets where=, it is 0."),),
        (
            example("sum(population)", "60 60 60", population="10 20 30"),
            example(
                "sum(population, by=city)", "40 20 40", city="East West East", population="10 20 30"
            ),
            example(
                "sum(population, where=revenue < 100)",
                "30 30 30",
                population="10 20 30",
                revenue="90 80 100",
            ),
            example("sum(population, where=population > 99)", "0 0 0", population="10 20 30"),
        ),
    ),
    "mean": Entry(
        "mean(x, weights=…, by=…, where=…, over=…)",
        (
            "平均数：每个地区算一个；人均水平应以人口为权数。",
            "The mean, each district counting once; a level per head wants population as weights.",
        ),
        (_WEIGHTS, NOBODY),
        (
            example("mean(per_head)", "20 20 20", per_head="10 20 30"),
            example(
                "mean(per_head, weights=population)",
                "16 16 16",
                per_head="10 20 30",
                population="6 2 2",
            ),
            example("mean(per_head, where=per_head > 99)", "missing missing", per_head="10 20"),
        ),
    ),
    "share": Entry(
        "share(x, by=…, where=…, over=…)",
        (
            "占合计的比重，各地区相加为 1。",
            "The part of the sum: all districts add up to 1.",
        ),
        (
            ("where= 之外的地区比重为 0。", "Districts outside where= have a share of 0."),
            ("合计为零时，结果缺失。", "Where the sum is zero, the result is missing."),
        ),
        (
            example("share(population)", "0.1 0.3 0.6", population="10 30 60"),
            example(
                "share(population, where=poor)",
                "0.25 0.75 0",
                population="10 30 60",
                poor="是 是 否",
            ),
            example("share(area, by=city)", "0.2 1 0.8", city="East West East", area="1 7 4"),
        ),
    ),
    "count": Entry(
        "count()　count(condition, by=…, where=…, over=…)",
        (
            "地区个数，或条件成立的地区个数。",
            "The number of districts, or of those where it holds.",
        ),
        (("条件不能缺失。", "The condition must not be missing."),),
        (
            example("count()", "3 3 3", score="90 60 59"),
            example("count(score >= 60)", "2 2 2", score="90 60 59"),
        ),
    ),
    "rank": Entry(
        "rank(x, by=…, where=…, over=…)",
        (
            "名次，最高为 1；要最低为 1，写 rank(-x)。按名次给奖的政策，"
            "一个地区的进步会改变别人的所得。",
            "The place in order, 1 for the highest; write rank(-x) for the lowest first. Where a "
            "bonus goes by rank, the progress of one district changes what others get.",
        ),
        (
            (
                "并列取较好的名次，其后跳过：1、2、2、4。",
                "Ties share the better rank and the next are skipped: 1, 2, 2, 4.",
            ),
            ("where= 之外的地区，名次缺失。", "Outside where= a rank is missing."),
        ),
        (
            example("rank(score)", "2 1 2 4", score="80 90 80 70"),
            example("rank(-cost)", "3 1 2", cost="9 5 7"),
            example("rank(score, where=score >= 60)", "1 missing 2", score="80 50 60"),
        ),
    ),
    "lowest": Entry(
        "lowest(x, by=…, where=…, over=…)",
        ("各地区中最小的数。", "The smallest figure over districts."),
        (NOBODY,),
        (
            example("lowest(per_head)", "10 10 10", per_head="30 10 20"),
            example("lowest(per_head, where=per_head > 10)", "20 20 20", per_head="30 10 20"),
        ),
    ),
    "highest": Entry(
        "highest(x, by=…, where=…, over=…)",
        ("各地区中最大的数。", "The largest figure over districts."),
        (NOBODY,),
        (
            example(
                "highest(per_head, by=city)", "30 10 30", city="East West East", per_head="30 10 20"
            ),
        ),
    ),
    "quantile": Entry(
        "quantile(x, p, by=…, where=…, over=…)",
        (
            "分位数：p 为 50% 是中位数。与 Excel 的 PERCENTILE.INC 相同，"
            "在相邻两数之间按比例取值。",
            "The quantile: the median where p is 50%. As Excel's PERCENTILE.INC, on the line "
            "between the two figures beside it.",
        ),
        (
            ("p 不在 0 与 1 之间时，结果缺失。", "Where p is not between 0 and 1: missing."),
            NOBODY,
        ),
        (
            example("quantile(per_head, 50%)", "25 25 25 25", per_head="10 20 30 90"),
            example("quantile(per_head, 0.1)", "13 13 13 13", per_head="10 20 30 90"),
            example("quantile(per_head, 1)", "90 90 90 90", per_head="10 20 30 90"),
        ),
    ),
    "std": Entry(
        "std(x, weights=…, by=…, where=…, over=…)",
        (
            "标准差，按总体计算（除以地区个数，不减 1）。",
            "The standard deviation of the population: divided by the number of districts.",
        ),
        (_WEIGHTS, NOBODY),
        (
            example("std(per_head)", "1 1 1 1", per_head="1 1 3 3"),
            example(
                "std(per_head, weights=population)", "4 4 4", per_head="0 0 10", population="1 3 1"
            ),
        ),
    ),
    "cv": Entry(
        "cv(x, weights=…, by=…, where=…, over=…)",
        (
            "变异系数：标准差除以平均数，衡量地区间差距。",
            "The coefficient of variation: deviation over mean, a measure of disparity.",
        ),
        (("平均数为零时，结果缺失。", "Where the mean is zero, the result is missing."),),
        (example("cv(per_head)", "0.5 0.5 0.5 0.5", per_head="1 1 3 3"),),
    ),
    "zscore": Entry(
        "zscore(x, weights=…, by=…, where=…, over=…)",
        (
            "标准分：与平均数相差几个标准差。增减一个地区，其他地区的标准分也变。",
            "How many deviations a district is from the mean. A district more or less changes "
            "everybody's.",
        ),
        (
            (
                "各地区相同（标准差为零）时，都是 0。",
                "Where all are equal (no deviation), all are 0.",
            ),
        ),
        (
            example("zscore(score)", "-1 -1 1 1", score="1 1 3 3"),
            example("zscore(score)", "0 0 0", score="0.1 0.1 0.1"),
        ),
    ),
    "minmax": Entry(
        "minmax(x, by=…, where=…, over=…)",
        (
            "极差标准化：最低为 0，最高为 1。最低、最高地区一变，其他地区都变。",
            "Scales from 0 (lowest) to 1 (highest). Where the lowest or highest moves, everybody "
            "moves.",
        ),
        (("各地区相同时，都是 0。", "Where all are equal, all are 0."),),
        (
            example("minmax(score)", "0 0.25 0.5 1", score="10 20 30 50"),
            example("minmax(score)", "0 0 0", score="7 7 7"),
        ),
    ),
}

_TABLE: Both = (
    "第二个参数是 parameters 中的分档表，边界由低到高。",
    "The second argument is a table among the parameters, its edges rising.",
)

BRACKETS: dict[str, Entry] = {
    "step": Entry(
        "step(x, table)",
        (
            "按 x 所在的档取值。过了边界，数值跳一级：边界两侧的地区，所得可能相差很大。",
            "Takes the value of the bracket x lies in. At an edge it jumps: two districts beside "
            "an edge may get very different sums.",
        ),
        (
            _TABLE,
            (
                "up_to 的边界属于本档（含），below 的边界属于下一档（不含）。",
                "An edge with up_to belongs to its bracket, one with below to the next.",
            ),
            (
                "最后一档不写边界，表示再往上都是；写了边界，超出的地区缺失。",
                "A last line without an edge takes all that lies beyond; with an edge, what lies "
                "beyond is missing.",
            ),
        ),
        (
            example(
                "step(density, coefficient)",
                "1.5 1.5 1.2 1.2 1",
                "coefficient: [{up_to: 100, value: 1.5}, {up_to: 500, value: 1.2}, {value: 1}]",
                density="99 100 100.01 500 600",
            ),
            example(
                "step(score, bonus)",
                "0 50 50 100",
                "bonus: [{below: 60, value: 0}, {below: 80, value: 50}, {value: 100}]",
                score="59.9 60 79 80",
            ),
            example(
                "step(score, bonus)", "10 missing", "bonus: [{up_to: 60, value: 10}]", score="60 61"
            ),
        ),
    ),
    "marginal": Entry(
        "marginal(x, table)",
        (
            "分段累进：每一段按该段的比例计算，再相加，如个人所得税。没有跳跃。",
            "Each part of x counts at the rate of its bracket, then they are added, as an income "
            "tax does. Nothing jumps.",
        ),
        (
            _TABLE,
            ("从 0 起算，负数得 0。", "Counted from 0; a negative figure yields 0."),
            (
                "最后一档写了边界时，超出的部分不再计算。",
                "Where the last line has an edge, nothing is added beyond it.",
            ),
        ),
        (
            example(
                "marginal(gap, rates)",
                "0 50 80 120",
                "rates: [{up_to: 100, value: 50%}, {up_to: 300, value: 30%}, {value: 10%}]",
                gap="-20 100 200 400",
            ),
            example(
                "marginal(gap, rates)",
                "20 50 50",
                "rates: [{up_to: 100, value: 50%}]",
                gap="40 100 250",
            ),
        ),
    ),
    "interpolate": Entry(
        "interpolate(x, table)",
        (
            "在相邻两点之间按直线取值，没有跳跃。",
            "Follows straight lines between points. Nothing jumps.",
        ),
        (
            (
                "第二个参数是 parameters 中的插值点（at），由低到高。",
                "The second argument is a table of points (at) among the parameters, rising.",
            ),
            (
                "第一点之前、最后一点之后，取端点的值。",
                "Before the first point and after the last, the end counts.",
            ),
        ),
        (
            example(
                "interpolate(score, bonus)",
                "0 0 2 10 10",
                "bonus: [{at: 50, value: 0}, {at: 100, value: 10}]",
                score="40 50 60 100 120",
            ),
        ),
    ),
}
