"""Texts of the family "measures": how unequal districts are before and after a transfer."""

TEXTS: dict[str, tuple[str, str]] = {
    "measures.title": (
        "均等化程度：人均财力（{revenue} ÷ {population}，{unit}）",
        "Inequality of resources per head ({revenue} / {population}, {unit})",
    ),
    "measures.sheet": ("均等化程度", "Inequality"),
    "measures.measure": ("指标", "Measure"),
    "measures.before": ("分配前", "Before"),
    "measures.after": ("分配后", "After"),
    "measures.change": ("变化", "Change"),
    "measures.cv_weighted": (
        "变异系数（人口加权）",
        "Coefficient of variation (weighted by population)",
    ),
    "measures.cv": ("变异系数（总体）", "Coefficient of variation (all districts)"),
    "measures.cv_sample": ("变异系数（样本）", "Coefficient of variation (sample)"),
    "measures.gini": ("基尼系数（人口加权）", "Gini coefficient (weighted by population)"),
    "measures.theil": ("泰尔指数（人口加权）", "Theil index (weighted by population)"),
    "measures.theil_between": ("　其中：组间（{by}）", "  of which between groups ({by})"),
    "measures.theil_within": ("　其中：组内（{by}）", "  of which within groups ({by})"),
    "measures.max_min": ("最高与最低之比", "Highest over lowest"),
    "measures.definitions": (
        "口径：人口加权，以{population}为权数；总体，各地区一个，除以地区个数；样本，除以地区个数减 1。共 {districts} 个地区。",
        "Definitions: weighted, every district counts by {population}; all districts, each counts once, divided by their number; sample, divided by their number less 1. {districts} districts.",
    ),
    "measures.left_out": (
        "未计入（缺收入或人口）：{names}。",
        "Left out, for want of revenue or people: {names}.",
    ),
    "measures.no_roles": (
        "没有均等化程度：inputs 中需各有一列写明 role: own_revenue 和 role: population。",
        "No measures: one input must have role: own_revenue, and one role: population.",
    ),
    "measures.no_groups": (
        "没有文字列“{name}”，不能用来分组；可用：{known}。",
        "There is no column of texts {name!r} to group by; there are: {known}.",
    ),
}
