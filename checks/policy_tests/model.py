"""What a test document may say."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, ClassVar, Final, Literal

from transfers.documents.described import Described
from transfers.documents.keys import (
    REQUIRED,
    Key,
    Part,
    changes,
    choice,
    entries,
    formula_text,
    part,
    some_entries,
    text,
    texts,
)

RULE_STATUSES: Final = ("holds", "broken", "not_applicable", "unknown")

Cell = str | dict[str, Any] | None
"""A figure as a cell of a table would hold it; of an input over a list, item → figure."""


def _mapping(of: Key, chinese: str, english: str) -> Any:
    """Return a key with a mapping that is not empty where it is written."""
    return Key("mapping", chinese, english, None, of=of, least=1)


class Given(Part):
    """What a test takes for given: districts, and numbers of the policy that are otherwise."""

    districts: dict[str, dict[str, Cell]] | None = _mapping(
        Key("mapping", of=Key("cell")),
        "各地区的数据：地区 → 数据列（inputs 中的名称）→ 数；没写的为缺",
        "Rows of districts: district → input → figure; what is left out is missing",
    )
    file: str | None = text("或：数据表文件", "Or a file with the table of districts", least=1)
    join: tuple[str, ...] | None = texts(
        "代替的并入表，按政策文件中的顺序",
        "Files in place of those the policy joins, in its order",
        alone=True,
    )
    set: dict[str, Any] = changes(
        "改为别的值：路径 → 值；路径与 --set 相同",
        "What is set: path → value, paths as --set has them",
    )


class Statement(Described):
    """A statement that has to hold."""

    short: ClassVar[str] = "that"
    that: str = formula_text(
        "应成立的判断（公式）；逐地区的，逐地区核对",
        "The statement that has to hold (formula); district by district where it has districts",
        REQUIRED,
    )
    applies: str | None = formula_text(
        "什么情况下适用（公式）；不写则总是适用", "When it applies (formula); always if left out"
    )


class Expect(Part):
    """What has to come out."""

    status: Literal["done", "rejected", "invalid"] = choice(
        "测算的结果", "What comes of the run", ("done", "rejected", "invalid"), "done"
    )
    amounts: dict[str, dict[str, Fraction]] | None = _mapping(
        Key("mapping", of=Key("number"), least=1),
        "金额：资金或 total → 地区 → 金额，以政策的金额单位计",
        "Amounts: grant or total → district → amount, in the policy's unit of money",
    )
    figures: dict[str, dict[str, str]] | None = _mapping(
        Key("mapping", of=Key("text", least=1), least=1),
        "其他数：推算列、输出列 → 地区 → 数，核对到所写的小数位",
        "Other figures: quantity or output → district → figure, to the decimals written",
    )
    statements: dict[str, Statement] = entries(
        Statement, "应成立的判断", "Statements that have to hold"
    )
    rules: dict[str, str] | None = _mapping(
        Key("choice", choices=RULE_STATUSES),
        "政策自己的 rules 各应怎样",
        "What the policy's own rules have to come to",
    )
    findings: tuple[str, ...] | None = texts(
        "应提示的事项（代码）", "Findings that have to be told (codes)", alone=True
    )


class Example(Described):
    """A worked example: what is given, and what has to come out."""

    given: Given = part(Given, "已知条件", "What is given", {})
    expect: Expect = part(Expect, "应得的结果", "What has to come out", REQUIRED)


class WholeDocument(Described):
    """A test document."""

    policy: str | None = text(
        "政策文件；上一级文件夹只有一份政策时可不写",
        "The policy document; may be left out where the folder above has just one",
        least=1,
    )
    given: Given = part(
        Given,
        "各例共同的已知条件，例中写了的以例为准",
        "What is given in every test, unless the test says otherwise",
        {},
    )
    tests: dict[str, Example] = some_entries(Example, "算例", "The tests")
