"""Figures of districts that a run, a scenario or a study changes."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # -- which figure --------------------------------------------------------------------------
    "figures.unknown_input": (
        "没有“{name}”这个数据列；inputs 中有：{known}。",
        "There is no input {name!r}; `inputs` has: {known}.",
    ),
    "figures.unknown_input_near": (
        "没有“{name}”这个数据列，是否是“{near}”？",
        "There is no input {name!r}; did you mean {near!r}?",
    ),
    "figures.no_district": (
        "“{name}”每个地区各有一个数，请写明地区：inputs.{name}.代码。",
        "{name!r} has a figure for each district: name the district, inputs.{name}.KEY.",
    ),
    "figures.unknown_district": (
        "表中没有地区“{district}”；请写代码或只有一地用的名称：{known}（共 {count} 个）。",
        "The table has no district {district!r}; write its key, or a name that only one has: "
        "{known} ({count} in all).",
    ),
    "figures.unknown_district_near": (
        "表中没有地区“{district}”，是否是“{near}”？",
        "The table has no district {district!r}; did you mean {near!r}?",
    ),
    "figures.name_of_several": (
        "有几个地区都叫“{district}”，请写代码：{keys}。",
        "Several districts are called {district!r}; write the key: {keys}.",
    ),
    "figures.unknown_item": (
        "“{name}”按清单“{list}”分项，先写项目再写地区；没有项目“{item}”，只有：{known}。",
        "{name!r} has a figure for each item of {list!r}: write the item, then the district; there "
        "is no item {item!r} among {known}.",
    ),
    "figures.unknown_item_near": (
        "“{name}”按清单“{list}”分项，先写项目再写地区；没有项目“{item}”，是否是“{near}”？",
        "{name!r} has a figure for each item of {list!r}: write the item, then the district; there "
        "is no item {item!r}, did you mean {near!r}?",
    ),
    "figures.set_twice": (
        "{district}的“{name}”改了两次，请只写一次。",
        "{name!r} of {district} is changed twice; change it once.",
    ),
    # -- what it becomes -----------------------------------------------------------------------
    "figures.change_not_figure": (
        "“{value}”是怎样变动，不是一个数；请写{district}“{column}”变动后的数。",
        "“{value}” says how a figure changes, not what it is; write what “{column}” of {district} "
        "comes to.",
    ),
    # -- changes of many -----------------------------------------------------------------------
    "figures.changed": (
        "数已改动，不是表中的：{title}（{count} 个地区）。",
        "Figures were changed and are not those of the table: {title} (districts: {count}).",
    ),
    "figures.computed": (
        "“{name}”由政策算出，改数据时还没有；只能用数据和参数：{known}。",
        "{name!r} is computed by the policy; a change of figures can only use inputs and "
        "parameters: {known}.",
    ),
    "figures.text_wanted": (
        "这一列是文字；这里需要得出文字的公式，文字写在引号里。",
        "This input is a text; a formula that yields texts is needed, a text in quotes.",
    ),
    "figures.solved": (
        "“{name}”由 solve 求得，改数据时还没有；请写出数值。",
        "{name!r} is solved for by the policy and has no value yet; write a number.",
    ),
    "figures.over_other_list": (
        "公式对清单“{list}”的每一项各有一个数，这一列不是；请用 sum(…, over={list}) 等合并。",
        "The formula has a figure for each item of {list!r}, which this input has not; fold them, "
        "with sum(…, over={list}) or the like.",
    ),
    "figures.where_unknown": (
        "{districts}（共 {count} 个地区）无法判断“{formula}”{cause}；请把空白补上，或在公式中用 missing(…)。",
        "Whether {formula!r} holds is unknown for {districts} ({count} in all){cause}; fill in "
        "what is blank, or use missing(…).",
    ),
    "figures.no_figure": (
        "“{formula}”算不出“{name}”：{districts}（共 {count} 个地区）{cause}；请改公式，或用 where 排除。",
        "{formula!r} gives no {name!r} for {districts} ({count} in all){cause}; mend the formula, "
        "or leave them out by `where`.",
    ),
    "figures.too_long": (
        "“{formula}”算出的数太长，无法精确计算；请简化公式。",
        "The exact figures of {formula!r} grow too long to compute with; simplify the formula.",
    ),
    # -- ratios --------------------------------------------------------------------------------
    "figures.sum_or_figure": (
        "“{text}”有两种意思；加减一个数写作公式，如“{name} + 3”；按比例变动写“+3%”或“*1.03”。",
        "{text!r} may be meant in two ways; a sum is added by a formula, such as {name} + 3; a "
        "ratio is +3% or *1.03.",
    ),
    "figures.points_or_ratio": (
        "“{name}”本身是百分比，“{text}”可指百分点，也可指比例；比例写“*1.03”，百分点写公式。",
        "{name!r} is a percentage, so {text!r} may mean percentage points or a ratio; write *1.03 "
        "for the ratio, or a formula for the points.",
    ),
    "figures.ratio_of_no_number": (
        "“{name}”不是数，不能按“{text}”变动；请写各地区的值，或公式。",
        "{name!r} is no number and has no {text!r}; write what districts have, or a formula.",
    ),
    "figures.ratio_unread": (
        "读不懂“{text}”；请写“+3%”“-2%”或“*1.03”。",
        "{text!r} cannot be read; write +3%, -2% or *1.03.",
    ),
    "figures.ratio_below_nothing": (
        "“{text}”使“{name}”小于零；减少不能超过 100%。",
        "{text!r} takes more from {name!r} than there is; the most is -100%.",
    ),
}
