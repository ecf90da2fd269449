"""Texts of the family "number": what people call the numbers of a policy."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "number.budget": ("预算", "budget"),
    "number.weight": ("{grant}：“{factor}”的权重", "{grant}: weight of {factor}"),
    "number.edge": ("{title}：第 {number} 档的界限", "{title}: edge of step {number}"),
    "number.step": ("{title}：第 {number} 档的值", "{title}: value of step {number}"),
    "number.key": ("{title}：{key}", "{title}: {key}"),
    "number.unknown": (
        "政策文件中没有可调的数“{path}”",
        "the document has no number `{path}` that could be moved",
    ),
    "number.unknown_near": (
        "政策文件中没有可调的数“{path}”；是否应为“{near}”？",
        "the document has no number `{path}` that could be moved; did you mean `{near}`?",
    ),
}
