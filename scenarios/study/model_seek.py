"""What a study document may say about values that are sought."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar, Literal

from transfers.documents.described import Described
from transfers.documents.keys import (
    REQUIRED,
    choice,
    entries,
    formula_text,
    number,
    pair,
    part,
    some_entries,
    text,
    texts,
    whole_number,
)

GOALS = ("smallest", "largest", "all")


class Statement(Described):
    """A statement about one scenario, and what people call it."""

    short: ClassVar[str] = "that"
    that: str = formula_text(
        "应成立的判断（公式）；逐地区的，各地区（或 district 写明的地区）都应成立",
        "The statement that should hold (formula); in every district, or those that are named",
        REQUIRED,
    )
    applies: str | None = formula_text(
        "什么情况下适用（公式）；不适用的不算成立", "When it applies; what does not, does not hold"
    )


class Varied(Described):
    """A number that is varied, and what people call it."""

    short: ClassVar[str] = "path"
    path: str = text("数的路径，与 --set 相同", "Its path, as --set has it", REQUIRED, least=1)


class Seek(Described):
    """A value for which a statement holds."""

    variant: str | None = text("在哪个方案上；不写则为基准", "On which variant; else the baseline")
    vary: Varied = part(
        Varied, "变动哪个数（路径）", "The number that is varied (its path)", REQUIRED
    )
    within: tuple[Fraction, Fraction] = pair(
        "所查范围 [最小, 最大]", "The range that is looked at: [lowest, highest]"
    )
    step: Fraction = number(
        "步长：答案是范围内从最小值起每隔一个步长的数",
        "The answers lie on this grid, from the lowest value up",
        REQUIRED,
    )
    rescale: str = text(
        "哪一组数同比例调整、合计不变（组的路径）；没有则写 none",
        "The group of numbers (its path) that keeps its sum; none where there is none",
        REQUIRED,
        least=1,
    )
    goal: Literal["smallest", "largest", "all"] = choice(
        "求最小值、最大值还是全部", "Which values are asked for", GOALS, "smallest"
    )
    district: tuple[str, ...] | None = texts(
        "判断只看这些地区（代码或名称）", "The districts it is about (key or name)", alone=True
    )
    so_that: Statement = part(Statement, "应成立的判断", "The statement that should hold", REQUIRED)


class Range(Described):
    """The values that one number may take."""

    within: tuple[Fraction, Fraction] = pair("范围 [最小, 最大]", "From the lowest to the highest")
    step: Fraction = number("步长", "The step between two values", REQUIRED)


class Target(Described):
    """A figure of an outcome that is held against another."""

    short: ClassVar[str] = "formula"
    formula: str = formula_text(
        "指标编号，或得出一个数的公式", "A measure, or a formula that yields one figure", REQUIRED
    )


class Optimise(Described):
    """The best values under the constraints."""

    variant: str | None = text("在哪个方案上；不写则为基准", "On which variant; else the baseline")
    minimise: str | None = formula_text(
        "使它最小：指标编号或公式", "A measure (or a formula) to be as small as can be"
    )
    maximise: str | None = formula_text(
        "使它最大：指标编号或公式", "A measure (or a formula) to be as large as can be"
    )
    vary: dict[str, Range] = some_entries(
        Range, "变动哪些数：路径 → 范围和步长", "The numbers that are varied: path → range, step"
    )
    rescale: tuple[str, ...] = texts(
        "哪些组的数同比例调整、合计不变（组的路径）；没有则写 none",
        "Groups of numbers (paths) that keep their sums; none where there are none",
        REQUIRED,
        alone=True,
    )
    subject_to: dict[str, Statement] = entries(
        Statement,
        "除硬性约束和硬性规则外还须符合的判断",
        "What must hold beside hard constraints and rules",
    )
    pareto: dict[str, Target] = entries(
        Target,
        "两个都越小越好的指标：名称 → 指标编号或公式",
        "Two measures, both best when small: name → measure or formula",
    )
    budget: int = whole_number("最多试算多少组", "The most combinations to be computed")
