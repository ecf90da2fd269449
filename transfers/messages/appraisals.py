"""What can be wrong with an appraisal, and what the figures are called that it defines."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "appraisals.keys_together": (
        "写了 {there}，也要写 {absent}；请补上，或把 {there} 删去",
        "with {there} there must be {absent} as well: add it, or remove {there}",
    ),
    "appraisals.strangers": (
        "{title}：{count} 处责任部门不在单位名册中：{found}。请改正指标清单或名册；写法不同的部门分别计分",
        "{title}: {count} agencies are not among those known: {found}. Mend the list of indicators"
        " or that of agencies; agencies written in two ways have two scores",
    ),
    "appraisals.of_several": (
        "{title}：{count} 项指标的责任部门写了几家：{found}。得分单列为一行，不计入其中任何一家；"
        "要计入某一家，请只写这一家",
        "{title}: {count} indicators have several agencies: {found}. What they score stands in a row"
        " of its own and counts for none of these agencies; to count it for one, name that one only",
    ),
    "appraisals.of": ("“{item}”（{agencies}）", "“{item}” ({agencies})"),
    "appraisals.grades_fall": (
        "等次“{word}”从 {edge} 起，不低于它前面的“{above}”（{upper}）；等次由高到低写，各不相同",
        "the grade `{word}` begins at {edge}, which is not below `{above}` before it ({upper});"
        " write grades from the highest down, all different",
    ),
    "appraisals.grades_end": (
        "最低的等次“{word}”从 {edge} 起，低于它的没有等次；请加一个从 0 起的等次，如 不合格: 0",
        "the lowest grade `{word}` begins at {edge}, and what lies below has no grade; add one"
        " that begins at 0, such as `fail: 0`",
    ),
    "appraisals.advanced_none": (
        "这里要写明怎样为先进：at_least 达到多少、top 前几名，或 given 由数据给出，选一种",
        "say who is advanced in one of three ways: at_least (a degree), top (so many by rank) or"
        " given (a formula)",
    ),
    "appraisals.advanced_several": (
        "先进的办法写了不止一种：{ways}；请只留一种",
        "there is more than one way here to be advanced: {ways}; keep one",
    ),
    "appraisals.advanced_top": (
        "前 0 名为先进，就没有先进；请写 1 或更大的数",
        "top: 0 leaves nobody advanced; write 1 or more",
    ),
    "appraisals.column_unknown": (
        "清单 {list} 没有“{text}”这一列；可用的列：{known}",
        "the list {list} has no column `{text}`; those that fit are: {known}",
    ),
    "appraisals.column_near": (
        "清单 {list} 没有“{text}”这一列；是否指“{near}”？可用的列：{known}",
        "the list {list} has no column `{text}`; did you mean `{near}`? Those that fit: {known}",
    ),
    "appraisals.column_number": (
        "清单 {list} 的“{column}”不是数值列，这里要的是数；可用的列：{known}",
        "the column `{column}` of {list} holds no numbers, which are needed here; those that fit:"
        " {known}",
    ),
    "appraisals.column_text": (
        "清单 {list} 的“{column}”不是文字列；请在该列写 {{type: text}}。现有的文字列：{known}",
        "the column `{column}` of {list} holds no texts; declare it as {{type: text}}. Columns of"
        " texts there are: {known}",
    ),
    "appraisals.word_unknown": (
        "{key} 写的“{text}”既不是 {words} 之一，也不是清单 {list} 的列；文字列有：{known}",
        "`{text}` of {key} is neither one of {words} nor a column of {list}; its columns of texts:"
        " {known}",
    ),
    "appraisals.word_near": (
        "{key} 写的“{text}”认不得；是否指“{near}”？可写 {words}，或清单 {list} 的文字列：{known}",
        "`{text}` of {key} is not known; did you mean `{near}`? Write one of {words}, or a column"
        " of texts of {list}: {known}",
    ),
    "appraisals.cell_unknown": (
        "“{item}”的 {column} 写的是“{text}”，认不得；可写：{words}",
        "the {column} of `{item}` is `{text}`, which is not known; write one of: {words}",
    ),
    "appraisals.cell_empty": (
        "“{item}”的 {column} 是空的（横线也算空）；请写明：{words}",
        "the {column} of `{item}` is blank (a dash counts as blank); write one of: {words}",
    ),
    "appraisals.no_parent": (
        "“{item}”没有写明属于哪个一级指标；请填清单 {first} 中的代码",
        "`{item}` does not say which first-level indicator it belongs to; write a key of {first}",
    ),
    "appraisals.parent_unknown": (
        "“{item}”属于“{text}”，一级指标清单 {first} 中没有它；有：{known}",
        "`{item}` belongs to `{text}`, which the list {first} does not have; it has: {known}",
    ),
    "appraisals.parent_near": (
        "“{item}”属于“{text}”，一级指标清单 {first} 中没有它；是否指“{near}”？有：{known}",
        "`{item}` belongs to `{text}`, which the list {first} does not have; did you mean"
        " `{near}`? It has: {known}",
    ),
    "appraisals.childless": (
        "{count} 个一级指标下面没有指标：{items}；请在 {list} 中补上，或从 {first} 中删去",
        "{count} first-level indicator(s) have no indicator below them: {items}; add some to"
        " {list}, or take them out of {first}",
    ),
    "appraisals.no_weight": (
        "“{item}”没有权重（{column}）；不计分的写 0",
        "`{item}` has no weight ({column}); write 0 for one that does not count",
    ),
    "appraisals.weight_negative": (
        "“{item}”的权重（{column}）是负数；权重从 0 起",
        "the weight of `{item}` ({column}) is negative; weights are 0 or more",
    ),
    "appraisals.weights_sum": (
        "权重 {column} 合计 {total}，应为 100%，差 {gap}；请改正权重",
        "the weights {column} add up to {total} and should make 100%, {gap} away; correct them",
    ),
    "appraisals.weights_sum_of": (
        "一级指标“{parent}”下的权重 {column} 合计 {total}，应为 100%，差 {gap}；请改正权重",
        "the weights {column} within `{parent}` add up to {total} and should make 100%, {gap}"
        " away; correct them",
    ),
    "appraisals.weights_points": (
        '权重 {column} 合计 100，没有单位；是百分数的，请在该列写 {{unit: "%"}}',
        "the weights {column} add up to 100 and have no unit; if they are per cent, declare the"
        ' column as {{unit: "%"}}',
    ),
    "appraisals.weights_points_of": (
        "一级指标“{parent}”下的权重 {column} 合计 100，没有单位；是百分数的，"
        '请在该列写 {{unit: "%"}}',
        "the weights {column} within `{parent}` add up to 100 and have no unit; if they are per"
        ' cent, declare the column as {{unit: "%"}}',
    ),
    "appraisals.shape_all": (
        "{key} 应当每个地区、清单 {list} 每一项各有一个数，这里不是；"
        "一般是一个 over: {list} 的数据列",
        "{key} needs a figure for each item of {list} in each district, and has not; usually it is"
        " an input with `over: {list}`",
    ),
    "appraisals.shape_none": (
        "{key} 应当清单 {list} 每一项一个数、各地区相同，这里各地区不同，或是别的清单的",
        "{key} needs one figure for each item of {list}, the same for all districts; this differs"
        " between districts, or belongs to another list",
    ),
    "appraisals.shape_any": (
        "{key} 是别的清单的数；这里要的是清单 {list} 各项的数，或各项相同的数",
        "{key} has figures of another list; here they must be those of {list}, or one for all",
    ),
    "appraisals.shape_districts": (
        "{key} 应当每个地区一个数，如人口；这里不是",
        "{key} needs one figure for each district, such as its population, and has not",
    ),
    "appraisals.figures_wanted": (
        "计分办法 {methods} 要用 {absent}，这里没有写；请写上（清单的列或公式）",
        "the methods {methods} need {absent}, which is not here; add it, as a column of the list or"
        " a formula",
    ),
    "appraisals.whole_by_district": (
        "全域的观测值要与一个目标比较，{keys} 却各地区不同；请删去 whole（取各地区得分的平均），"
        "或把 {keys} 改成各地区相同的",
        "what is observed of the whole is held against one target, but {keys} differ between"
        " districts; remove whole (the mean of the districts counts then), or let {keys} be the"
        " same everywhere",
    ),
    "appraisals.figures_differ": (
        "观测值、目标、上限的单位合不到一起（{formula}）：{why}",
        "observations, targets and cap do not go together ({formula}): {why}",
    ),
    "appraisals.refused": (
        "{count} 个地区有指标没有观测值：{districts}。{cause}missing 写 refuse 或不写时，"
        "缺一个就不评价。请补上数据，或把 missing 写成 left_out（不计，其余权重放大）、zero（计零分）"
        "或 mean（取其他地区的平均）。",
        "{count} districts lack an observation: {districts}.{cause} With `missing: refuse`, which"
        " is what counts if nothing is written, that is not appraised. Fill it in, or write"
        " left_out (the other weights grow), zero or mean (of the other districts) for `missing`.",
    ),
    "appraisals.refused_last": (
        "{count} 个地区有指标没有上年的观测值（last）：{districts}。{cause}missing 写 refuse 或不写时，"
        "缺一个就不评价。请补上数据，或把 missing 写成 left_out（不计，其余权重放大）、zero（计零分）"
        "或 mean（取其他地区的平均）。",
        "{count} districts lack an observation of the year before (`last`): {districts}.{cause}"
        " With `missing: refuse`, which is what counts if nothing is written, that is not"
        " appraised. Fill it in, or write left_out (the other weights grow), zero or mean (of the"
        " other districts) for `missing`.",
    ),
    "appraisals.of_observed": ("{title}·观测值", "{title}: observed"),
    "appraisals.of_last_observed": ("{title}·上年观测值", "{title}: observed a year before"),
    "appraisals.of_target": ("{title}·目标值", "{title}: target"),
    "appraisals.of_satisfactory": ("{title}·满意值", "{title}: satisfactory value"),
    "appraisals.of_unacceptable": ("{title}·不允许值", "{title}: unacceptable value"),
    "appraisals.of_cap": ("{title}·得分上限", "{title}: cap of scores"),
    "appraisals.of_counts": ("{title}·考核地区", "{title}: counts for districts"),
    "appraisals.of_whole_observed": ("{title}·全域观测值", "{title}: observed of the whole"),
    "appraisals.of_weights": ("{title}·平均的权数", "{title}: weights of districts"),
    "appraisals.of_urban_observed": ("{title}·城镇观测值", "{title}: observed in towns"),
    "appraisals.of_rural_observed": ("{title}·农村观测值", "{title}: observed in the country"),
    "appraisals.of_own": ("{title}·自身得分", "{title}: own score"),
    "appraisals.of_score": ("{title}·指标得分", "{title}: score"),
    "appraisals.of_lowest": ("{title}·各地最低", "{title}: lowest of all"),
    "appraisals.of_highest": ("{title}·各地最高", "{title}: highest of all"),
    "appraisals.of_counted": ("{title}·计入", "{title}: counted"),
    "appraisals.of_first": ("{title}·一级指标得分", "{title}: first-level score"),
    "appraisals.of_share": ("{title}·占总权重", "{title}: weight in the whole"),
    "appraisals.of_degree": ("{title}", "{title}"),
    "appraisals.of_rank": ("{title}·位次", "{title}: rank"),
    "appraisals.of_last_own": ("{title}·上年自身得分", "{title}: own score a year before"),
    "appraisals.of_last_score": ("{title}·上年指标得分", "{title}: score a year before"),
    "appraisals.of_last_lowest": (
        "{title}·上年各地最低",
        "{title}: lowest of all a year before",
    ),
    "appraisals.of_last_highest": (
        "{title}·上年各地最高",
        "{title}: highest of all a year before",
    ),
    "appraisals.of_last_counted": ("{title}·上年计入", "{title}: counted a year before"),
    "appraisals.of_last_first": (
        "{title}·上年一级指标得分",
        "{title}: first-level score a year before",
    ),
    "appraisals.of_degree_last": ("{title}·上年", "{title}: a year before"),
    "appraisals.of_rank_last": ("{title}·上年位次", "{title}: rank a year before"),
    "appraisals.of_change": ("{title}·比上年", "{title}: change on the year"),
    "appraisals.of_goal": ("{title}·应达到", "{title}: to be reached"),
    "appraisals.of_short": ("{title}·短板", "{title}: falls short"),
    "appraisals.of_shortfalls": ("{title}·短板个数", "{title}: shortfalls"),
    "appraisals.of_unobserved": ("{title}·没有观测值的指标", "{title}: not observed"),
    "appraisals.of_grade": ("{title}·等次", "{title}: grade"),
    "appraisals.of_advanced": ("{title}·先进", "{title}: advanced"),
    "appraisals.of_whole_direct": (
        "{title}·全域按自身观测值的得分",
        "{title}: score of the whole by its own observation",
    ),
    "appraisals.of_whole_own": ("{title}·全域自身得分", "{title}: own score of the whole"),
    "appraisals.of_whole_score": ("{title}·全域指标得分", "{title}: score of the whole"),
    "appraisals.of_whole_first": (
        "{title}·全域一级指标得分",
        "{title}: first-level score of the whole",
    ),
    "appraisals.of_whole_degree": ("{title}·全域", "{title}: the whole"),
    "appraisals.of_agency": ("{title}·责任部门得分", "{title}: score of the agency"),
    "appraisals.of_urban_score": ("{title}·城镇指标得分", "{title}: score of towns"),
    "appraisals.of_rural_score": ("{title}·农村指标得分", "{title}: score of the country"),
    "appraisals.of_urban": ("{title}·城镇", "{title}: towns"),
    "appraisals.of_rural": ("{title}·农村", "{title}: country"),
    "appraisals.of_gap": ("{title}·城乡差距", "{title}: gap of town and country"),
    "appraisals.of_whole_urban": ("{title}·全域城镇", "{title}: towns of the whole"),
    "appraisals.of_whole_rural": ("{title}·全域农村", "{title}: country of the whole"),
    "appraisals.of_whole_gap": ("{title}·全域城乡差距", "{title}: gap of the whole"),
}
