"""What a study document may say about several years in a row."""

from __future__ import annotations

from typing import Any

from scenarios.study.model_change import Change
from transfers.documents.described import Described
from transfers.documents.keys import (
    REQUIRED,
    Key,
    Part,
    changes,
    entries,
    formulas,
    text,
    texts,
    whole_number,
)


def _names(chinese: str, english: str) -> Any:
    """Return a key with a mapping of names to names, which may be empty."""
    return Key("mapping", chinese, english, {}, of=Key("text"), alone=True)


class Merged(Described):
    """Districts that become one."""

    name: str | None = text("合并后的名称；不写为合并前的", "Its name; what it was, if left out")
    of: tuple[str, ...] = texts(
        "由哪些地区合并（代码或名称）", "The districts it is made of: keys or names", REQUIRED
    )
    vars()["with"] = changes(
        "合并后须另定的数：输入列 → 值（合并前各地相同的不必写）",
        "Figures that must be said: input → its figure, where the districts differ in it",
    )
    by: dict[str, str] = _names(
        "按哪一列加权平均：输入列 → 作权数的输入列",
        "Inputs that are averaged: input → the input that weighs them",
    )

    @property
    def said(self) -> dict[str, Any]:
        """What is said of figures that the districts do not share: input -> text, or by item."""
        said: dict[str, Any] = vars(self)["with"]
        return said


class Members(Described):
    """Who is a district from a year on."""

    merge: dict[str, Merged] = entries(
        Merged, "合并：合并后的代码 → 由哪些地区", "Districts that become one: its key → of which"
    )
    rename: dict[str, str] = _names(
        "改代码：原代码 → 新代码", "Other keys: the old one → the new one"
    )
    leave: tuple[str, ...] | None = texts(
        "不再参加的地区（代码或名称）", "Districts that leave: keys or names", alone=True
    )


class YearsOfVariant(Part):
    """What happens in the course of the years."""

    next: dict[str, str] = formulas(
        "下一年度的数由本年度的什么得出：输入列、参数、清单列 → 公式，或 +3%、*1.01；"
        "补充或代替政策文件的 next",
        "What the following year begins with: input, parameter or column of a list → a formula, "
        "or +3%, *1.01; besides the policy's own `next`, or in its place",
    )
    set: dict[str, dict[str, Any]] = Key(
        "mapping",
        "自某年起改为别的值：路径 → {年度: 值}",
        "Values that hold from a year on: path → {year: value}",
        {},
        of=Key("mapping", of=Key("tree"), least=1),
        alone=True,
    )  # type: ignore[assignment]
    changes: dict[str, Change] = entries(
        Change,
        "自某年起的改动（分批实施）：年度 → 改动",
        "Changes that begin in a year: year → change",
    )
    members: dict[str, Members] = entries(
        Members, "自某年起地区的变动：年度 → 变动", "Districts that change: year → how"
    )


class Years(YearsOfVariant):
    """Several years in a row; each begins with what the one before ends with."""

    vars()["from"] = whole_number(
        "从哪一年起；不写为政策文件的年度", "The first year; the policy's `year` if left out"
    )
    until: int | None = whole_number("到哪一年止", "The last year")
    count: int | None = whole_number("共几年；不写到哪一年的，为 5 年", "How many; 5 if left out")

    @property
    def first(self) -> int | None:
        """The first year, where the study says it."""
        first: int | None = vars(self)["from"]
        return first
