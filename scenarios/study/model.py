"""What a study document may say."""

from __future__ import annotations

from typing import ClassVar

from scenarios.study.model_change import Change
from scenarios.study.model_cliffs import Cliffs
from scenarios.study.model_seek import Optimise, Seek
from scenarios.study.model_sweep import Sweep
from scenarios.study.model_years import Years, YearsOfVariant
from transfers.documents.described import Described
from transfers.documents.keys import (
    REQUIRED,
    decimals,
    entries,
    formula_text,
    part,
    text,
    texts,
)
from transfers.documents.model_rules import Rule


class Variant(Change):
    """Named changes to the policy or its data."""

    extends: str | None = text("在哪个方案的基础上改动", "The variant it builds on")
    changes: dict[str, Change] = entries(
        Change, "分开命名的几项改动，用于分解影响", "Changes with names of their own"
    )
    years: YearsOfVariant | None = part(
        YearsOfVariant, "逐年推算中这一方案另有的", "What its years have besides those of the study"
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
    years: Years | None = part(Years, "逐年推算", "Several years in a row")
    cliffs: Cliffs | None = part(Cliffs, "临界点", "Where small changes make jumps")
