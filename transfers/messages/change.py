"""What can be wrong with changes of a policy: entries added, taken away, and scaled."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "change.there": (
        "“{path}”已经有了：{value}。要改它，请写在 set 下",
        "`{path}` is there already: {value}. To change it, write it under `set`",
    ),
    "change.key": (
        "此处不能有“{key}”；可以写：{allowed}",
        "there is no key `{key}` here; the keys are: {allowed}",
    ),
    "change.key_near": (
        "此处不能有“{key}”；是否应为“{near}”？",
        "there is no key `{key}` here; did you mean `{near}`?",
    ),
    "change.nowhere": (
        "“{around}”下不能增加条目",
        "nothing can be added below `{around}`",
    ),
    "change.item": (
        "清单只能在末尾增加，请写 {next}；要整个改写，请写在 set 下",
        "a list grows at its end: write `{next}`; to write the whole list anew, put it under `set`",
    ),
    "change.nothing": (
        "政策文件中没有“{path}”，无从删去",
        "the document has no `{path}`, so there is nothing to remove",
    ),
    "change.nothing_near": (
        "政策文件中没有“{path}”，无从删去；是否应为“{near}”？",
        "the document has no `{path}`, so there is nothing to remove; did you mean `{near}`?",
    ),
    "change.hint_add": (
        "（要新增，请写在 add 下）",
        " (to add it, write it under `add`)",
    ),
    "change.came_with": (
        "（由改动引起：{paths}）",
        " (this came with the changes: {paths})",
    ),
    "change.by_part": (
        "（此处写改后的数或公式；要在原数上变动 {part}，请写 {new}）",
        " (write the new number or a formula here; to move it by {part}, write {new})",
    ),
    "change.rescale": (
        "（在该方案中加一行 rescale: {group}，其余权重即按比例调整；或把其他权重也写明）",
        " (add the line `rescale: {group}` to this variant, and the other weights are scaled; or set"
        " them too)",
    ),
    "change.no_group": (
        "“{group}”不是一组数，无从按比例调整；请写一张表或 factors 的路径，如 {near}",
        "`{group}` is no group of numbers that could be scaled; name a table or factors, such as"
        " `{near}`",
    ),
    "change.not_in_group": (
        "“{name}”不在“{group}”之中；其中有：{known}",
        "`{name}` is not in `{group}`, which has: {known}",
    ),
    "change.all_moved": (
        "“{group}”中的数都改了，没有可按比例调整的；请留出至少一个，或不写 rescale",
        "all numbers of `{group}` are changed, so none is left to be scaled; leave one out, or leave"
        " out `rescale`",
    ),
    "change.rest_zero": (
        "“{group}”中其余各数（{rest}）之和为 0，无论怎样按比例调整，合计都回不到 {total}",
        "the other numbers of `{group}` ({rest}) add up to 0, and no scaling of them brings the sum"
        " back to {total}",
    ),
    "change.beyond_sum": (
        "“{group}”中改动的数合计 {moved}，超过原来的合计 {total}，其余各数将成负数；请调低",
        "the changed numbers of `{group}` add up to {moved}, more than the {total} that all had, which"
        " would make the others negative; lower them",
    ),
    "change.measure_taken": (
        "指标不能叫“{name}”：政策中已有这个名称；请换一个",
        "a measure cannot be called `{name}`, which the policy uses; choose another name",
    ),
    "change.measure_name": (
        "“{name}”不能作指标的名称：应以字母、汉字或下划线开头，只含字母、汉字、数字、下划线",
        "`{name}` cannot be the name of a measure: a letter or underscore, then letters, digits and"
        " underscores",
    ),
    "change.measure_keys": (
        "指标“{name}”：请写一个公式；或写 formula，另可写 title、unit",
        "write the measure `{name}` as a formula, or with `formula` and, if need be, `title` and"
        " `unit`",
    ),
    "change.measure_one_figure": (
        "指标应是一个数，这里每个地区各有一个；请汇总，如 sum(…)、highest(…)、mean(…)",
        "a measure is one figure, and this has one for each district; fold them, as in sum(...),"
        " highest(...) or mean(...)",
    ),
}
