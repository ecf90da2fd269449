"""What the page about the policy document says of appraisals.

Taken in by :mod:`transfers.documents.reference_keys`. Not imported when the engine runs.
"""

from __future__ import annotations

from typing import Final

from transfers.documents.reference_examples import Both

SAMPLES_OF_APPRAISALS: Final[dict[str, str]] = {
    "PolicyDocument.appraisals": "appraisals: {realisation: {indicators: marks, weight: points,"
    " observed: reached, target: aim}}",
    "Appraisal.indicators": "indicators: marks",
    "Appraisal.parent": "parent: parent",
    "Appraisal.first": "first: fields",
    "Appraisal.first_weight": "first_weight: points",
    "Appraisal.weight": "weight: points",
    "Appraisal.observed": "observed: reached",
    "Appraisal.last": "last: reached_last",
    "Appraisal.direction": "direction: direction",
    "Appraisal.method": "method: method",
    "Appraisal.target": "target: aim",
    "Appraisal.satisfactory": "satisfactory: high",
    "Appraisal.unacceptable": "unacceptable: low",
    "Appraisal.cap": "cap: 120%",
    "Appraisal.missing": "missing: left_out",
    "Appraisal.agency": "agency: agency",
    "Appraisal.agencies": "agencies: agencies",
    "Appraisal.whole": "whole: county",
    "Appraisal.weights": "weights: population",
    "Appraisal.for_districts": "for_districts: marks.scope == '镇'",
    "Appraisal.urban": "urban: reached_urban",
    "Appraisal.rural": "rural: reached_rural",
    "Appraisal.grades": "grades: {优: 90%, 良: 80%, 合格: 60%, 不合格: 0%}",
    "Appraisal.advanced": "advanced: {at_least: 95%}",
    "Advanced.at_least": "at_least: 95%",
    "Advanced.top": "top: 3",
    "Advanced.given": "given: population > 1",
}

NOTES_OF_APPRAISALS: Final[dict[str, tuple[Both, ...]]] = {
    "Appraisal": (
        (
            "指标写在清单里，每项一行：权重、方向、目标、办法、责任部门都是清单的列；"
            "同一一级指标内的权重合计 100%，一级指标的权重合计 100%，差一点也是错误。"
            "一级指标下只有一个指标是常见的；只有一级的，不写 parent、first、first_weight。",
            "Indicators stand in a list, one a row: weight, direction, target, method and agency "
            "are its columns. Weights within a first-level indicator make 100 %, and so do those "
            "of the first level, exactly. One indicator below a first-level one is common; with "
            "one level only leave out parent, first and first_weight.",
        ),
        (
            "得分：target 正向 min(上限, 观测值 ÷ 目标)，逆向 min(上限, 目标 ÷ 观测值)，观测值为 "
            "0 的得上限；efficacy（观测值 − 不允许值）÷（满意值 − 不允许值）× 40% + 60%，"
            "不低于 0、不高于上限；range（观测值 − 最低）÷（最高 − 最低），逆向反过来，"
            "各地区都相同的得 1；zscore（观测值 − 平均）÷ 标准差，只用来排位；"
            "attainment 达到目标得 1，否则 0。range 和 zscore 与其他地区比较，不封顶。",
            "Scores: target is min(cap, observed / target), and min(cap, target / observed) where "
            "less is better, an observation of 0 then having the cap; efficacy is (observed - "
            "unacceptable) / (satisfactory - unacceptable) x 40 % + 60 %, between 0 and the cap; "
            "range is (observed - lowest) / (highest - lowest), turned round where less is "
            "better, and 1 where all are equal; zscore is (observed - mean) / deviation, for "
            "ranking only; attainment is 1 where the target is reached, else 0. range and zscore "
            "are relative to the other districts and have no cap.",
        ),
        (
            "它定义的名称（以 realisation 为例），每个地区：`realisation.degree` 实现度、`.rank` "
            "位次、`.grade` 等次、`.advanced` 先进、`.shortfalls` 短板个数、`.unobserved` "
            "没有观测值的指标数、`.degree_last` 上年、`.rank_last`、`.change` 比上年、`.urban` "
            "`.rural` `.gap`；每个指标和地区：`.score` 得分、`.first` 所属一级指标的得分、`.goal` "
            "应达到、`.short` 是否短板；每个指标：`.share` 占总权重、`.agency` 责任部门的得分、"
            "`.whole.score`；全域：`.whole.degree`。没有写相应的键，就没有那个名称。",
            "The names it defines, with `realisation` for an example; of each district: "
            "`realisation.degree`, `.rank`, `.grade`, `.advanced`, `.shortfalls`, `.unobserved`, "
            "`.degree_last` `.rank_last` and `.change` (a year before), `.urban` `.rural` and "
            "`.gap`; of each indicator and district: `.score`, `.first` (the score of its "
            "first-level indicator), `.goal`, `.short`; of each indicator: `.share` (its weight in "
            "the whole), `.agency` (the score of the agency responsible), `.whole.score`; of the "
            "whole: `.whole.degree`. A name is there where its keys are.",
        ),
        (
            "观测值是负数的，目标值法的得分也是负数；目标为 0 的正向指标、没有目标值的指标，"
            "得分缺失并报错。实现度相同的位次相同，所以 `top: 3` 可能多于三个。"
            "指标的列可以只写列名（`target: aim`），也可以写 `marks.aim` 或公式。",
            "An observation below zero has a score below zero under target; a target of 0 that "
            "should be exceeded, and no target, leave a score missing, which is a fault. Equal "
            "degrees share a rank, so `top: 3` may be more than three. A column of the list goes "
            "by its name (`target: aim`), by `marks.aim`, or as part of a formula.",
        ),
    ),
    "Advanced": (
        (
            "三种写法选一种。先进只是结果，不改变得分；用来奖补的，在公式里写 "
            "`realisation.advanced`。",
            "One of the three. To be advanced is an outcome and changes no score; a grant that "
            "rewards it says `realisation.advanced` in a formula.",
        ),
    ),
}
