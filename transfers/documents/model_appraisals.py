"""Appraisals: a tree of indicators with weights, and what districts reach of it.

What an entry comes to is worked out in :mod:`transfers.policy.appraisals`.
"""

from __future__ import annotations

from fractions import Fraction

from transfers.documents.described import Described
from transfers.documents.keys import (
    REQUIRED,
    Part,
    formula_text,
    number,
    numbers,
    part,
    text,
    whole_number,
)

SECTION = "appraisals"


class Advanced(Part):
    """Who is advanced (先进): by a degree, by rank, or as given."""

    at_least: Fraction | None = number(
        "实现度达到多少即为先进，如 95%", "From this degree on, such as 95%"
    )
    top: int | None = whole_number("前几名为先进", "The first so many by rank")
    given: str | None = formula_text("由数据给出（公式，是否）", "As a formula says: yes or no")


class Appraisal(Described):
    """How far districts reach the targets of a list of indicators."""

    indicators: str = text("（二级）指标的清单", "The list of indicators", REQUIRED)
    parent: str | None = text(
        "指标清单中写明所属一级指标的列；只有一级的不写",
        "The list's column that names the first-level indicator; left out where there is one level",
    )
    first: str | None = text("一级指标的清单", "The list of first-level indicators")
    first_weight: str | None = text(
        "一级指标清单中的权重列，合计 100%", "That list's column of weights; they make 100 %"
    )
    weight: str = text(
        "指标清单中的权重列，同一一级指标内合计 100%",
        "The list's column of weights; within a first-level indicator they make 100 %",
        REQUIRED,
    )
    observed: str = formula_text(
        "各地区各指标的观测值（公式）",
        "What was observed of each indicator in each district (formula)",
        REQUIRED,
    )
    last: str | None = formula_text(
        "上年的观测值（公式），用来与上年比较", "The same a year before, to compare with (formula)"
    )
    direction: str | None = text(
        "指标清单中写明方向的列：正向、逆向；不写则都是正向",
        "The list's column of directions, positive or negative; all positive if left out",
    )
    method: str = text(
        "计分办法：target 目标值、efficacy 功效系数、range 极差、zscore z得分、attainment 达标率；"
        "或指标清单中写明办法的列",
        "How a score is made: target, efficacy, range, zscore or attainment; or the list's column"
        " that says so for each indicator",
        "target",
    )
    target: str | None = formula_text(
        "目标值：清单的列或公式", "The target: a column of the list, or a formula"
    )
    satisfactory: str | None = formula_text(
        "功效系数法的满意值：清单的列或公式", "Of efficacy: the satisfactory value"
    )
    unacceptable: str | None = formula_text(
        "功效系数法的不允许值：清单的列或公式", "Of efficacy: the unacceptable value"
    )
    cap: str = formula_text(
        "得分上限（目标值法、功效系数法），不封顶写 none",
        "The most a score can be (target, efficacy); none for no cap",
        "100%",
    )
    missing: str = text(
        "没有观测值时：refuse 报错、left_out 不计（同级其他指标的权重按比例放大）、zero 计零分、"
        "mean 取其他地区得分的平均；或指标清单中写明办法的列",
        "Without an observation: refuse (a fault), left_out (the weights of the others grow),"
        " zero, or mean (of the other districts' scores); or the list's column that says which",
        "refuse",
    )
    agency: str | None = text(
        "指标清单中写明责任部门的列；写了几家的指标，得分单列为一行，不计入其中任何一家",
        "The list's column of the agency responsible; an indicator of several is scored in a row of"
        " its own and counts for none of them",
    )
    agencies: str | None = text(
        "单位名册：其代码或名称以外的责任部门会被指出；一格几个单位用 、；, 隔开",
        "The list of agencies known, by their keys or names; others are pointed out. Several in a"
        " cell are parted by 、 ； , ;",
    )
    whole: str | None = formula_text(
        "全域的观测值：清单的列或公式；不写则取各地区得分的平均",
        "What was observed of the whole (the county): a column or a formula; left out, the mean of"
        " the districts' scores",
    )
    weights: str | None = formula_text(
        "各地区得分平均时的权数（公式），如人口",
        "What that mean is weighted by, such as population",
    )
    for_districts: str | None = formula_text(
        "哪些指标考核地区（公式）；其他的只用于全域和部门",
        "Which indicators count for districts (formula); the others for the whole and agencies",
    )
    urban: str | None = formula_text("城镇的观测值（公式）", "What was observed in towns (formula)")
    rural: str | None = formula_text(
        "农村的观测值（公式），与城镇比较", "What was observed in the country, to compare (formula)"
    )
    grades: dict[str, Fraction] | None = numbers(
        "等次：名称和从多少起，由高到低",
        "Grades: the word, and the degree it begins at; from the highest down",
    )
    advanced: Advanced | None = part(Advanced, "谁为先进", "Who is advanced")
