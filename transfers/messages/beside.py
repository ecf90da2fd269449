"""Texts of the family "beside": figures of another run in outputs, rules and measures."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "beside.baseline": ("基准方案", "the baseline"),
    "beside.of": ("{run}的{title}", "{title} in {run}"),
    "beside.total": ("合计", "total"),
    "beside.total_general": ("一般性合计", "total of general grants"),
    "beside.total_special": ("专项合计", "total of special grants"),
    "beside.budget": ("预算", "budget"),
    "beside.no_figures": (
        "没有{figure}：{why}",
        "there is no {figure}: {why}",
    ),
    "beside.no_district": (
        "没有{figure}：{run}中没有这个地区",
        "there is no {figure}: the district is not in the table of {run}",
    ),
    "beside.no_figure": (
        "没有{figure}：{run}中也缺这个数",
        "there is no {figure}: it is missing in {run} as well",
    ),
    "beside.rejected": (
        "该方案资金不足，未予分配（{why}）",
        "its money is short and nobody is paid ({why})",
    ),
    "beside.invalid": (
        "该方案无法计算",
        "it cannot be computed",
    ),
    "beside.name": (
        "“{name}”不能用来称呼另一方案：它已是政策中的名称或公式用语，或不是一个名称",
        "`{name}` cannot name another run: it is a name of the policy, a word of formulas, or no"
        " name at all",
    ),
}
