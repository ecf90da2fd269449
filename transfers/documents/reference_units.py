"""The part of the page about units: every word that is known, made of the tables of words.

Not imported when the engine runs.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from transfers.documents.reference_examples import Both
from transfers.messages import LANGUAGES
from transfers.unit_words import (
    AREA,
    CJK_MULTIPLES,
    COUNT,
    CURRENCIES,
    LENGTH,
    MULTIPLES,
    PERSON,
    RATIO,
    WORDS,
)

TITLE: Final[Both] = ("单位", "Units")
_SAYS: Final[tuple[Both, ...]] = (
    (
        "- 单位写在 `unit:` 后面：`万元`、`million EUR`、`人`、`km2`；“每”用斜线：`元/人`、"
        "`EUR/person`、`万元/km2`、`元/人·月`（斜线后面的都在分母）。\n"
        "- **金额**是数量级加币种，前后都可以：`million EUR`、`EUR million`、`Mio. EUR`、`€m`、"
        "`kEUR`、`1000 EUR`、`R$ milhões`、`£m`、`百万円`。几种货币共用的符号（`$`、`kr`、`¥`）"
        "按 `money.currency` 理解。`money.unit` 也可以只写数量级：`万`、`crore`。\n"
        "- **表里没有的词自成一类**：`户` 与 `户` 相加，与 `人` 不能相加。英文单复数是同一个词："
        "`pupil` 与 `pupils`。\n"
        "- **单写数量级**（`thousand`、`万`、`crore`）只是一个数，不是钱；是钱的，写明币种。\n"
        "- **不写单位的数**，单位随与它相加、相比的另一边：`last + 100` 加的是 100 个 `last` 的"
        '单位。`%` 是比率：`unit: "%"` 的列里 5 就是 0.05；旁边的数要写百分号，`growth >= 5%`。\n'
        "- **公式算出来的**，不论各部分原来是什么单位，金额按 `money.unit`，其余按 1 个基本单位"
        "计（亿元除以万人，得 元/人），显示的也是这个单位，旁边不写单位的数也随它。另有需要的，"
        "写明：`{formula: revenue / population, unit: 万元/人}`。详见"
        "[方法第 24 条](../method/zh/names-and-formulas.md)。",
        "- A unit stands behind `unit:`: `million EUR`, `person`, `km2`, `万元`; “per” is a slash: "
        "`EUR/person`, `元/人`, `NOK/km2`, `EUR/person·month` (all behind the slash is below the "
        "line).\n"
        "- **Money** is a multiple and a currency, in either order: `million EUR`, `EUR million`, "
        "`Mio. EUR`, `€m`, `kEUR`, `1000 EUR`, `R$ milhões`, `£m`. A sign of several currencies "
        "(`$`, `kr`, `¥`) is taken for that of `money.currency`. `money.unit` may also be a mere "
        "multiple: `million`, `crore`.\n"
        "- **A word that is not known is a kind of its own**: `household` adds to `household`, not "
        "to `person`. Singular and plural are one word: `pupil`, `pupils`.\n"
        "- **A multiple alone** (`thousand`, `crore`, `万`) is a plain number, not money: write "
        "`thousand EUR`.\n"
        "- **A number without unit** takes the unit of what it is added to or compared with: "
        "`last + 100` adds 100 of whatever unit `last` has. `%` is a ratio: 5 in a column with "
        '`unit: "%"` is 0.05, and a number beside it needs its sign, `growth >= 5%`.\n'
        "- **What a formula makes** of figures with units is money in `money.unit`, and else "
        "counted in units of 1, whatever its parts are declared in: million EUR over thousand "
        "persons gives EUR/person. That unit is shown, and a bare number beside it takes it. For "
        "another one, declare it: `{formula: revenue / population, unit: thousand EUR/person}`. "
        "More in [sentence 24](../method/en/names-and-formulas.md).",
    ),
)
_KINDS: Final[dict[str, Both]] = {
    PERSON: ("人数", "persons"),
    AREA: ("面积", "area"),
    LENGTH: ("长度", "length"),
    COUNT: ("个数", "a count"),
    RATIO: ("比率", "ratio"),
}
_BASE: Final = {PERSON: "person", AREA: "km2", LENGTH: "km", COUNT: "count"}
_HEADS: Final[tuple[Both, ...]] = (
    (
        "| 是什么 | 一个等于 | 写法 |\n|---|---|---|",
        "| counts | one is | words |\n|---|---|---|",
    ),
    ("| 数量级 | 写法 |\n|---|---|", "| multiple | words |\n|---|---|"),
    ("| 币种 | 也可写作 |\n|---|---|", "| currency | also written |\n|---|---|"),
)
_MORE: Final[dict[str, Both]] = {
    "multiples": (
        "大小写不拘，后面可以有点（`Mio.`）。`mil` 在 BRL、MXN、COP 等是千，在 CZK、RON 等是百万。"
        "紧挨货币的还有 `k`、`T`、`M` 在前（`kEUR`、`TEUR`、`M€`），`k`、`m`、`bn` 在后（`£m`）；"
        "克朗另有 `tkr`、`mkr`。",
        "Capitals do not matter, and a full stop may follow (`Mio.`). `mil` is a thousand in BRL, "
        "MXN, COP and the like, a million in CZK, RON and the like. Close to a currency there are "
        "`k`, `T`, `M` before it (`kEUR`, `TEUR`, `M€`) and `k`, `m`, `bn` behind it (`£m`), and "
        "`tkr`, `mkr` for crowns.",
    ),
    "currencies": (
        "表里没有的币种，写三个字母的代码（`million XAF`）或自己的叫法。",
        "Of a currency that is not listed, write the code of three letters (`million XAF`) or its "
        "own name.",
    ),
}


def section(language: str) -> list[str]:
    """Return the paragraphs and tables about units, below a heading."""
    said = LANGUAGES.index(language)
    kinds = [
        f"| {_KINDS[kind][said]} | {_one(scale, kind)} | {_words(words)} |"
        for kind, scale, words in WORDS
    ]
    multiples = [
        f"| {scale:,} | {_words((*_cjk(scale), *words))} |" for scale, words in _multiples()
    ]
    currencies = [f"| {code} | {_words(signs)} |" for code, signs in CURRENCIES.items()]
    tables = [
        "\n".join([head[said], *rows])
        for head, rows in zip(_HEADS, (kinds, multiples, currencies), strict=True)
    ]
    return [
        f"## {TITLE[said]}",
        *(text[said] for text in _SAYS),
        *(tables[0], tables[1], _MORE["multiples"][said], tables[2], _MORE["currencies"][said]),
    ]


def _multiples() -> list[tuple[int, tuple[str, ...]]]:
    scales = sorted({*MULTIPLES, *CJK_MULTIPLES.values()})
    return [(scale, MULTIPLES.get(scale, ())) for scale in scales]


def _cjk(scale: int) -> tuple[str, ...]:
    return tuple(sign for sign, multiple in CJK_MULTIPLES.items() if multiple == scale)


def _one(scale: Fraction, kind: str) -> str:
    return f"{scale} {_BASE[kind]}" if kind else str(scale)


def _words(words: tuple[str, ...]) -> str:
    return " ".join(f"`{word}`" for word in words)
