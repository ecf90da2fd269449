"""Hostile tables as rows, to be written in every format that can hold them."""

from __future__ import annotations

Row = list[object]

HEADER: Row = ["code", "name", "population", "last_year"]
DISTRICTS: list[Row] = [
    ["0101", "甲县", 30, 200],
    ["0102", "乙县", 20.5, 300],
    ["NO", "丙区", 50, 400],
]
FIRST, SECOND, THIRD = DISTRICTS
TOTAL: Row = ["合计", "", 100.5, 900]
FORMULAS = ["=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")', "@SUM(1)", "+1", "-1", "＝1+1"]


def population(*figures: object) -> list[Row]:
    """Return a table with these figures, a district each."""
    rows = [[f"{n:02}", f"地区{n}", figure, 5] for n, figure in enumerate(figures, start=1)]
    return [HEADER, *rows]


def codes(*keys: object) -> list[Row]:
    """Return a table with these codes, a district each."""
    return [HEADER, *([key, f"地区{n}", 10, 5] for n, key in enumerate(keys, start=1))]


def table(*rows: Row) -> list[Row]:
    """Return a table with the usual header."""
    return [HEADER, *rows]


REFUSED = ["NaN", "Inf", "1e99999999", "9" * 61, "12万", "(5)", "1,23", "12%", "30①", "1/2", "三十"]
READ = ["１２３４", "1,234.5", "30　", "¥100", "１，２００", "1 234", "30\u200b", "+7", "1e2"]
PRINTED: list[Row] = [
    ["附件 2"],
    ["2026 年均衡性补助测算表"],
    ["", "", "", "金额单位：万元"],
    ["code", "name", "人口", "", "补助"],
    ["", "", "常住", "户籍", "上年补助"],
    ["单位", "", "人", "人", "元"],
    ["栏次", "", 1, 2, 3],
    ["合 计", "", 1005000, 900000, 9000000],
    ["一、县", "", 505000, 450000, 5000000],
    ["0101", "甲县", 300000, 250000, 2000000],
    ["其中：", "城区", 100000, 90000, 1000000],
    ["0102", "乙县", 205000, 200000, 3000000],
    ["二、区", "", 500000, 450000, 4000000],
    ["NO", "丙区", 500000, 450000, 4000000],
    ["注：人口为年末数。"],
    ["填表人：张三", "", "审核人：李四", "2026-01-05"],
]

RATES: Row = ["code", "name", "population", "rate", "ratio", "tier", "poor"]


def rates(*rows: Row) -> list[Row]:
    """Return a table for the policy of rates: growth, ratio, tier, yes or no."""
    return [RATES, *([f"{n:02}", f"地区{n}", 10, *row] for n, row in enumerate(rows, start=1))]


EVERYWHERE: dict[str, list[Row]] = {
    "numbers-refused": population(*REFUSED),
    "numbers-read": population(*READ),
    "missing": population(30, "-", "—", "#N/A", "", "……", "N/A"),
    "below-min": population(30, -0.5, "-１"),
    "codes-kept": codes("0101", "101", "NA", "NO", "1:30", "TRUE", "1e5", "10-1", "null"),
    "code-missing": codes("01", "", "—"),
    "code-twice": codes("01", "02", "01"),
    "codes-alike": codes("Ａ1", "A1", "А1", "caf\u00e9", "cafe\u0301", "0 1", "01"),
    "codes-rounded": codes("4.40703E+11", "4.40704199001011E+17", "440705"),
    "codes-dates": codes("2025-10-01", "10月1日", "1-Oct", "10-1"),
    "total": table(*DISTRICTS, TOTAL),
    "total-off": table([*TOTAL[:3], 901], *DISTRICTS),
    "subtotals": table(
        ["", "总计", 100.5, 900],
        ["", "县小计", 50.6, 500],
        FIRST,
        SECOND,
        ["", "区小计", 50, 400],
        THIRD,
    ),
    "total-without-word": table(["0100", "某市", 100.5, 900], *DISTRICTS),
    "average": table(*DISTRICTS, ["", "全市平均", 33.5, 300]),
    "part": table(FIRST, ["0101A", "其中：城关镇", 10, 50], SECOND, ["", "其中：镇", 1, 2], THIRD),
    "header-again": table(FIRST, HEADER, SECOND, HEADER, THIRD),
    "second-table": table(*DISTRICTS, ["code", "name", "last_year", "population"], FIRST),
    "earlier-table": [HEADER[:3], FIRST[:3], SECOND[:3], HEADER, *DISTRICTS],
    "side-by-side": [
        [*HEADER, "", *HEADER],
        [*FIRST, "", *SECOND],
        [*THIRD, "", *["", "", "", ""]],
    ],
    "printed": PRINTED,
    "numbered": [HEADER, [1, 2, 3, 4], *DISTRICTS],
    "numbered-keys": [
        ["code", "人口", "last_year", "name"],
        ["甲", 1, 2, "3"],
        ["乙", 2, 3, "4"],
    ],
    "units-above": [["单位：元、人"], HEADER, ["0101", "甲县", 300000, 2000000]],
    "units-twice": [["单位：元、万元"], HEADER, FIRST],
    "unit-of-another-kind": [["code", "name", "population(亩)", "last_year"], FIRST],
    "unit-unknown": [HEADER, ["单位", "", "万人次", "万元"], FIRST],
    "header-twice": [["code", "name", "population", "last_year", "population"], [*FIRST, 31]],
    "header-misspelt": [["code", "name", "populaton", "last_year"], *DISTRICTS],
    "rates-alike": rates([14, 1, "A", "是"], ["14%", "100%", "B", "否"], ["１４％", 1, "A", "√"]),
    "rates-mixed": rates(["14%", 1, "A", "是"], [0.15, 1, "B", "否"], ["12%", 1, "A", "是"]),
    "rates-as-ratios": rates([0.14, 1, "A", "是"], [0.15, 1, "B", "否"], [-0.2, 1, "A", "是"]),
    "rates-out-of-range": rates([14, 2.5, "A", "是"], [14, -1, "A", "是"], [14, "250%", "A", "是"]),
    "words-wrong": rates([14, 1, "C", "对"], [14, 1, "a", "2"], [14, 1, "Ａ", "是的"]),
    "words-missing": rates([14, 1, "", "—"], [14, 1, "—", "是"], [14, 1, "NA", "否"]),
    "header-only": [HEADER],
    "nothing": [],
    "formulas-as-names": table(
        *([f"{n:02}", name, 10, 5] for n, name in enumerate(FORMULAS, start=1))
    ),
}
"""Written as csv, xlsx and ods. Figures in quotes are texts in a workbook as well."""

SCORES: dict[str, list[Row]] = {
    "scores-unknown": [["id", "score"], ["0101", 80], ["0102", 90], ["NO", 70], ["0199", 60]],
    "scores-of-others": [["id", "score"], *([f"99{n:02}", 50] for n in range(15))],
    "scores-without-zeros": [["id", "score"], [101, 80], [102, 90], ["NO", 70]],
    "scores-wide": [["id", "score"], ["０１０１", 80], ["0102.0", 90], ["NO", 70]],
    "scores-twice": [["id", "score"], ["0101", 80], ["0102", 90], ["NO", 70], ["NO", 75]],
    "scores-short": [["id", "score"], ["0101", 80], ["NO", 70]],
    "scores-total": [["id", "score"], ["NO", 70], ["0102", 90], ["0101", 80], ["平均", 80]],
    "scores-and-people": [
        ["id", "score", "population"],
        ["0101", 80, 30],
        ["0102", 90, 21],
        ["NO", 70, 50],
    ],
    "scores-too-high": [["id", "score"], ["0101", 180], ["0102", 90], ["NO", "七十"]],
}
"""Tables to be joined, written as csv and xlsx."""

TYPED = {
    name: EVERYWHERE[name]
    for name in (
        "numbers-refused",
        "numbers-read",
        "missing",
        "codes-kept",
        "codes-alike",
        "code-missing",
        "codes-rounded",
        "total-off",
        "formulas-as-names",
    )
}
"""Written as parquet too, whose header cannot be anywhere else than where it is."""
