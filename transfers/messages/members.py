"""Texts about districts that merge, are renamed or leave."""

from __future__ import annotations

TEXTS = {
    "members.unknown_district": (
        "表中没有地区“{district}”；有：{known}",
        "the table has no district `{district}`; it has: {known}",
    ),
    "members.unknown_district_near": (
        "表中没有地区“{district}”；是否应为“{near}”？",
        "the table has no district `{district}`; did you mean `{near}`?",
    ),
    "members.name_of_several": (
        "叫“{district}”的地区不止一个（{keys}）；请写代码",
        "several districts are called `{district}` ({keys}): write the key",
    ),
    "members.twice": (
        "“{district}”在这一年变动两次；一个地区只能合并、改代码或退出一次。"
        "一个地区分成几个的，请用各年自己的表（districts 的文件名写 {{year}}）",
        "`{district}` changes twice in this year: a district merges, is renamed or leaves once. "
        "Where one becomes several, a table per year says what each has (`{{year}}` in its file name)",
    ),
    "members.key_taken": (
        "代码“{key}”是另一个地区（{name}）的；请用别的代码，或把它写进 of",
        "the key `{key}` is that of another district ({name}): take another one, or put it into `of`",
    ),
    "members.key_missing": (
        "新代码“{key}”是空的；请写上代码",
        "the new key `{key}` is none: write one",
    ),
    "members.key_total": (
        "新代码“{key}”是合计或平均的写法，表中这样的行不是地区；请用别的代码",
        "the new key `{key}` is that of a total or an average, whose rows are no districts: take "
        "another one",
    ),
    "members.key_spaces": (
        "新代码“{key}”首尾有空格；请删去",
        "the new key `{key}` begins or ends with a space: delete it",
    ),
    "members.key_rounded": (
        "新代码“{key}”是科学计数，像是表格软件改过的；请写原来的代码",
        "the new key `{key}` is what a spreadsheet makes of a long number: write the key itself",
    ),
    "members.key_date": (
        "新代码“{key}”是日期，像是表格软件改过的；请写原来的代码",
        "the new key `{key}` is a date, which a spreadsheet may have made of it: write the key itself",
    ),
    "members.key_lookalike": (
        "新代码“{key}”与“{twin}”看上去相同（只差空格、全角半角或形近字母）；请用看得出区别的代码",
        "the new key `{key}` looks like `{twin}` (spaces, width or lookalike letters differ): take one "
        "that differs visibly",
    ),
    "members.one": (
        "“{key}”只由一个地区合并而成；只改代码请用 rename",
        "`{key}` is made of one district only: to give it another key use `rename`",
    ),
    "members.nobody_left": (
        "所有地区都退出了；至少要留一个",
        "all districts leave: one must stay",
    ),
    "members.differ": (
        "{districts} 合并为“{key}”，但“{title}”（{input}）不同，又不能相加：{figures}；"
        "请在 with 中写明合并后的值（with: {{{input}: …}}），或在 by 中写明按哪一列加权平均（by: {{{input}: 列名}}）",
        "{districts} become `{key}`, but they differ in {title} ({input}), which cannot be added up: "
        "{figures}; say what it is then (with: {{{input}: ...}}), or which input weighs its mean "
        "(by: {{{input}: an input}})",
    ),
    "members.differ_by_item": (
        "{districts} 合并为“{key}”，但“{title}”（{input}）在“{item}”上不同，又不能相加：{figures}；"
        "请在 with 中写明合并后的值（with: {{{input}: {{{item}: …}}}}），或在 by 中写明按哪一列加权平均（by: {{{input}: 列名}}）",
        "{districts} become `{key}`, but they differ in {title} ({input}) at {item}, which cannot be "
        "added up: {figures}; say what it is then (with: {{{input}: {{{item}: ...}}}}), or which "
        "input weighs its mean (by: {{{input}: an input}})",
    ),
    "members.differ_without_mean": (
        "{districts} 合并为“{key}”，但“{title}”（{input}）不同：{figures}；"
        "请在 with 中写明合并后的值（with: {{{input}: …}}）",
        "{districts} become `{key}`, but they differ in {title} ({input}): {figures}; say what it is "
        "then (with: {{{input}: ...}})",
    ),
    "members.differ_by_item_without_mean": (
        "{districts} 合并为“{key}”，但“{title}”（{input}）在“{item}”上不同：{figures}；"
        "请在 with 中写明合并后的值（with: {{{input}: {{{item}: …}}}}）",
        "{districts} become `{key}`, but they differ in {title} ({input}) at {item}: {figures}; say "
        "what it is then (with: {{{input}: {{{item}: ...}}}})",
    ),
    "members.unknown_input": (
        "政策文件没有输入列“{input}”；有：{known}",
        "the policy has no input `{input}`; it has: {known}",
    ),
    "members.unknown_item": (
        "清单“{list}”没有“{item}”这一项",
        "the list {list} has no item `{item}`",
    ),
    "members.with_and_by": (
        "“{input}”既写在 with 又写在 by；只留一处",
        "`{input}` stands in `with` and in `by`: keep one of them",
    ),
    "members.no_mean": (
        "“{input}”不是数值列，不能加权平均；请写在 with 中",
        "`{input}` is no column of numbers and has no mean: say what it is in `with`",
    ),
    "members.no_weight": (
        "“{weight}”不能作“{input}”的权数：须是数值列，与它同一清单或每个地区一个数",
        "`{weight}` cannot weigh `{input}`: it must be a column of numbers, of the same list or with "
        "one figure per district",
    ),
    "members.weights_nothing": (
        "{districts} 的权数“{weight}”合计不大于 0，“{input}”没有加权平均；请写在 with 中",
        "the weights `{weight}` of {districts} do not add up to more than 0, so `{input}` has no "
        "mean: say what it is in `with`",
    ),
    "members.not_a_figure": (
        "“{input}”合并后的值“{value}”不合该列的要求：{why}",
        "`{value}` is no figure of `{input}`: {why}",
    ),
    "members.merged": (
        "由 {districts} 合并",
        "made of {districts}",
    ),
}
