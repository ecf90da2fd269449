"""What a study document may say."""

from __future__ import annotations

from typing import Any, ClassVar

from scenarios.study.model_cliffs import Cliffs
from scenarios.study.model_seek import Optimise, Seek
from scenarios.study.model_sweep import Sweep
from transfers.documents.described import Described
from transfers.documents.keys import (
    REQUIRED,
    changes,
    decimals,
    entries,
    formula_text,
    part,
    text,
    texts,
)
from transfers.documents.model_rules import Rule


class Change(Described):
    """Something that is changed: numbers and rules of the policy, its table, or both."""

    policy: str | None = text("改用另一份政策文件", "Another policy document")
    districts: str | None = text("改用另一张地区表", "Another table of districts")
    join: tuple[str, ...] | None = texts(
        "改用的并入表，按政策文件中的顺序",
        "Files in place of those the policy joins, in its order",
        alone=True,
    )
    set: dict[str, Any] = changes(
        "改为别的值：路径 → 值；路径与 --set 相同",
        "What is set: path → value, paths as --set has them",
    )
    add: dict[str, Any] = changes(
        "新增的条目：路径 → 内容（因素、档次、推算列、规则……）",
        "What is added: path → entry (a factor, a tier, a quantity, a rule ...)",
    )
    remove: tuple[str, ...] | None = texts(
        "删去的条目（路径）", "What is removed: paths", alone=True
    )
    data: dict[str, Any] = changes(
        "改动的数据：输入列 → 各地区的值，或公式、+3%",
        "Changed data: input → figures by district, or a formula, or +3%",
    )
    rescale: tuple[str, ...] | None = texts(
        "改动其中一个数时，同组其余的数按比例调整、合计不变（组的路径）",
        "Groups (paths) whose other numbers are scaled so that their sum stays",
        alone=True,
    )


class Variant(Change):
    """Named changes to the policy or its data."""

    extends: str | None = text("在哪个方案的基础上改动", "The variant it builds on")
    changes: dict[str, Change] = entries(
        Change, "分开命名的几项改动，用于分解影响", "Changes with names of their own"
    )


class Measure(Described):
    """One figure of an outcome, by a formula."""

    short: ClassVar[str] = "formula"
    formula: str = formula_text(
        "公式，得出一个数", "The formula, which yields one figure", REQUIRED
    )
    unit: str | None = text("单位", "Its unit")
    digits: int | None = decimals("显示的小数位数", "Decimals to show")


class Constraint(Rule):
    """A statement that every variant is held against; `baseline.` names the baseline's figures."""


class StudyDocument(Described):
    """A study document."""

    study: str = text("研究编号：字母、汉字、数字、- _ .", "The study's id", REQUIRED, least=1)
    policy: str = text("政策文件", "The policy document", REQUIRED, least=1)
    districts: str | None = text("地区表（代替政策文件写明的）", "The table of districts")
    join: tuple[str, ...] | None = texts(
        "代替的并入表", "Files in place of those the policy joins", alone=True
    )
    baseline: Variant = part(
        Variant, "基准：不写则为政策文件原样", "What variants are compared with", {}
    )
    variants: dict[str, Variant] = entries(Variant, "各方案", "The variants")
    measures: dict[str, Measure] = entries(
        Measure, "每个方案都算出的指标", "Figures computed of every variant"
    )
    constraints: dict[str, Constraint] = entries(
        Constraint, "每个方案都要核对的约束", "What every variant is held against"
    )
    sweep: Sweep | None = part(Sweep, "成批测算", "Many scenarios at once")
    seek: Seek | None = part(Seek, "反求", "A value for which a statement holds")
    optimise: Optimise | None = part(Optimise, "寻优", "The best values under the constraints")
    cliffs: Cliffs | None = part(Cliffs, "临界点", "Where small changes make jumps")
