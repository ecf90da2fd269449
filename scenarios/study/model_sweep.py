"""What a study document may say about many scenarios at once."""

from __future__ import annotations

from typing import Any

from transfers.documents.described import Described
from transfers.documents.keys import (
    REQUIRED,
    Key,
    changes,
    choice,
    decimals,
    number,
    part,
    pattern,
    text,
    texts,
)

METHODS = ("latin_hypercube", "sobol")


def _some_numbers(chinese: str, english: str, default: list[str]) -> Any:
    """Return a key with one number or several."""
    return Key("list", chinese, english, default, of=Key("number"), least=1, alone=True)


class Sample(Described):
    """Scenarios drawn from ranges."""

    method: str = choice("抽样方法", "How values are drawn", METHODS, "latin_hypercube")
    size: Any = number("情景数；sobol 须为 2 的幂", "How many; for sobol a power of two", REQUIRED)
    seed: Any = number("随机种子：种子相同，情景相同", "The same seed draws the same", "20260101")
    digits: int = decimals(
        "抽出的值取几位小数（25% 即 0.25）", "Decimals of drawn values; 25% is 0.25", "4"
    )


class Indices(Described):
    """How much of what varies each path accounts for."""

    of: tuple[str, ...] = texts(
        "解释哪些结果：指标、地区（代码或名称）、losers、winners、total",
        "Of what: measures, districts by key or name, losers, winners, total",
        REQUIRED,
        alone=True,
    )
    size: Any = number("基础样本数，2 的幂", "Size of the base sample, a power of two", "256")
    confidence: Any = number("置信水平", "Confidence level of the intervals", "95%")


class Sweep(Described):
    """Many scenarios of one variant."""

    variant: str | None = text("在哪个方案上；不写为基准", "The variant that is varied")
    vary: dict[str, Any] = changes(
        "变动什么：路径 → 值的列表、{from, to, step}、{from, to}（抽样）；"
        "整列数据：{each: 2%} 各地各自浮动，{together: 2%} 同比例浮动",
        "What is varied: path → a list of values, {from, to, step}, {from, to} to draw from; "
        "a whole input: {each: 2%} every district by itself, {together: 2%} all alike",
    )
    rescale: tuple[str, ...] | None = texts(
        "改动其中一个数时，同组其余的数按比例调整、合计不变（组的路径）",
        "Groups (paths) whose other numbers are scaled so that their sum stays",
        alone=True,
    )
    rows: str | None = pattern(
        "参数表文件：每行一个情景，表头为路径",
        "A file of scenarios: a row for each, paths as its header",
    )
    sample: Sample | None = part(Sample, "从范围中抽样", "Draws from the ranges")
    compare_with: str | None = text(
        "与谁比增减：baseline 或某方案；不写为该方案未变动时",
        "Who loses against what: baseline or a variant; the unmoved variant if left out",
    )
    quantiles: tuple[Any, ...] = _some_numbers("分位数", "Quantiles to show", ["5%", "50%", "95%"])
    table: tuple[str, ...] | None = texts(
        "一、二维表中的结果：losers、winners、total、指标、地区",
        "What tables of one or two paths show: losers, winners, total, measures, districts",
        alone=True,
    )
    indices: Indices | None = part(Indices, "Sobol 敏感度指数", "Sobol indices")
