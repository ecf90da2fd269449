"""What the functions that measure disparity do, with examples that are run by a test."""

from __future__ import annotations

from transfers.formula.reference_aggregates import NOBODY
from transfers.formula.reference_functions import Both, Entry, example

_NO_NEGATIVE: tuple[Both, ...] = (
    (
        "有负数时（数或权数），结果缺失：占比没有意义；平均数为零时也缺失。",
        "With a negative figure or weight the result is missing, for shares mean nothing then; "
        "with a mean of zero too.",
    ),
)

INEQUALITY: dict[str, Entry] = {
    "std_sample": Entry(
        "std_sample(x, by=…, where=…, over=…)",
        (
            "标准差，按样本计算（除以地区个数减 1）；地区就是全部时，用 std。",
            "The standard deviation of a sample: divided by the number of districts less 1. Where "
            "the districts are all there are, use std.",
        ),
        (
            (
                "不足两个地区时，结果缺失。",
                "Of fewer than two districts the result is missing.",
            ),
        ),
        (
            example("std_sample(per_head)", "2 2 2", per_head="1 3 5"),
            example("std_sample(per_head)", "missing", per_head="4"),
        ),
    ),
    "cv_sample": Entry(
        "cv_sample(x, by=…, where=…, over=…)",
        (
            "变异系数，标准差按样本计算。同样的数，cv、cv_sample、cv(…, weights=…) 是三个不同的"
            "结果，公布时须写明用哪一个。",
            "The coefficient of variation with the deviation of a sample. Of the same figures cv, "
            "cv_sample and cv(…, weights=…) are three different results: say which one is "
            "published.",
        ),
        (("平均数为零时，结果缺失。", "Where the mean is zero, the result is missing."),),
        (
            example("cv_sample(per_head)", "0.5 0.5 0.5", per_head="1 2 3"),
            example(
                "round(cv_sample(books / pupils), 3)",
                "0.546 0.546 0.546 0.546 0.546",
                books="279 137 935 160 402",
                pupils="45 37 89 76 55",
            ),
            example(
                "round(cv(books / pupils, weights=pupils), 3)",
                "0.515 0.515 0.515 0.515 0.515",
                books="279 137 935 160 402",
                pupils="45 37 89 76 55",
            ),
        ),
    ),
    "gini": Entry(
        "gini(x, weights=…, by=…, where=…, over=…)",
        (
            "基尼系数：所有两两差距的平均，除以平均数的两倍；0 表示完全相等。"
            "人均数应以人口为权数。",
            "The Gini coefficient: the mean difference of all pairs over twice the mean; 0 where "
            "all are equal. Figures per head want population as weights.",
        ),
        (*_NO_NEGATIVE, NOBODY),
        (
            example("gini(per_head)", "0.25 0.25", per_head="1 3"),
            example("gini(per_head)", "0 0 0", per_head="5 5 5"),
            example(
                "gini(per_head, weights=population)", "0.15 0.15", per_head="1 3", population="9 1"
            ),
            example("gini(per_head)", "missing missing", per_head="1 -1"),
        ),
    ),
    "theil": Entry(
        "theil(x, weights=…, by=…, where=…, over=…)",
        (
            "泰尔指数：各地的数除以平均数得 r，再求 r × log(r) 的平均；0 表示完全相等。"
            "可以分解：组间差距 theil(mean(x, by=tier, weights=w), weights=w)，"
            "组内差距是总差距减组间差距。",
            "The Theil index: with r the figure over the mean, the mean of r log(r); 0 where all "
            "are equal. It can be taken apart: between groups theil(mean(x, by=tier, weights=w), "
            "weights=w), and the rest is within groups.",
        ),
        (
            *_NO_NEGATIVE,
            ("为零的数贡献 0。", "A figure of 0 contributes 0."),
            NOBODY,
        ),
        (
            example("theil(per_head)", "0 0 0", per_head="5 5 5"),
            example("theil(per_head) - log(2)", "0 0", per_head="0 4"),
            example(
                "round(theil(per_head, weights=people), 4)",
                "0.1506 0.1506 0.1506 0.1506",
                per_head="1 2 3 6",
                people="1 3 2 2",
            ),
            example(
                "round(theil(mean(per_head, by=tier, weights=people), weights=people), 4)",
                "0.1002 0.1002 0.1002 0.1002",
                per_head="1 2 3 6",
                people="1 3 2 2",
                tier="A A B B",
            ),
        ),
    ),
}
