"""Rows of a table that stand for no district: totals, headings of groups, notes below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from msgspec import Struct

from transfers.districts.columns import MISSING_MARKS
from transfers.districts.header import plain_name
from transfers.districts.raw import RawTable

_TOTALS: Final = frozenset(
    {"total", "totals", "subtotal", "subtotals", "grandtotal", "grandtotals", "sum"}
)
_CHINESE_TOTALS: Final = (
    "合计",
    "总计",
    "共计",
    "小计",
    "合计数",
    "总计数",
    "小计数",
    "汇总",
    "累计",
)
_WHOLES: Final = re.compile("计|总数|总和|总额|全[国省市县区盟旗镇乡]")
_OTHER_TOTALS: Final = ("总数", "总和", "总额", "汇总", *(f"全{of}" for of in "国省市县区盟旗镇乡"))
_AVERAGE_WORDS: Final = ("均", "中位数", "最大值", "最小值", "average", "mean", "median")
_AVERAGES: Final = re.compile(
    ".*(平均|平均值|平均数|均值|人均|中位数|最大值|最小值)|average|mean|median"
)
_HEADING: Final = re.compile(r"[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]")
PART: Final = "其中"
_BEGINS_LIKE_A_HEADING: Final = re.compile(r"^[(（一二三四五六七八九十其]", re.MULTILINE)
_NOTE: Final = re.compile(
    r"[*＊※]|(附?注|备注|说明|(资料|数据)?来源|填表|制表|填报|编制|报送|经办|打印|"
    r"审核|复核|负责人|联系人?|电话|日期|单位|局长|主管|notes?|sources?)"
    r"[^:：]{0,6}\d*\s*[:：.、]",
    re.IGNORECASE,
)
_DATE: Final = re.compile("[0-9]{4}[-/.年]")
_LAST_ROWS: Final = 30
"""Notes stand below a table; what looks like one farther up is a fault of a row."""

Kind = Literal["total", "heading", "part", "average", "note", "header"]


class Aside(Struct, frozen=True):
    """A row that stands for no district.

    A total and a heading of a group may state sums; a part (其中：), an average, a note, and the
    header once more do not.
    """

    row: int
    kind: Kind
    label: str

    @property
    def states_sums(self) -> bool:
        """Whether its figures should be those of the districts it stands by."""
        return self.kind in ("total", "heading")


def find_asides(raw: RawTable, key: int, name: int | None) -> list[Aside]:
    """Return the rows that stand for no district.

    A row whose key or name says that it is a total (合计, 全市小计, Total) or an average; a row
    without a key that heads a group (一、, 其中：); a row at the bottom with a remark in one cell
    only; the header where it is printed again.

    Parameters
    ----------
    raw : RawTable
    key, name : int
        Columns, from 0; `name` None where the table has none.
    """
    keys = raw.columns[key]
    labelled = [keys] if name is None or name == key else [keys, raw.columns[name]]
    totals: dict[int, str] = {}
    averages: dict[int, str] = {}
    for texts in reversed(labelled):
        of_totals, of_averages = _labelled_rows(texts)
        totals |= of_totals
        averages |= of_averages
    found = [Aside(row, "total", label) for row, label in totals.items()]
    found += [Aside(row, "average", text) for row, text in averages.items() if row not in totals]
    headers = {row for row in headers_again(raw, key) if is_header(raw, row)}
    found += [Aside(row, "header", keys[row]) for row in headers]
    known = {aside.row for aside in found}
    for row in _suspects(keys):
        if row in known:
            continue
        cells = raw.row(row)
        label = next((text for text in cells if text and text not in MISSING_MARKS), "")
        if is_total(label) or is_average(label):
            found.append(Aside(row, "total" if is_total(label) else "average", label))
        elif _HEADING.match(label):
            found.append(Aside(row, "heading", label))
        elif label.startswith(PART):
            found.append(Aside(row, "part", label))
        elif row >= len(raw) - _LAST_ROWS and _is_note(cells, label):
            found.append(Aside(row, "note", label))
    return sorted(found, key=lambda aside: aside.row)


def headers_again(raw: RawTable, key: int) -> list[int]:
    """Return the rows that have the heading of the keys for a key."""
    parts, keys = raw.head.names[key].parts, raw.columns[key]
    if not parts or parts[-1] not in keys:
        return []
    return [row for row, text in enumerate(keys) if text == parts[-1]]


def is_header(raw: RawTable, row: int) -> bool:
    """Tell whether every cell of a row is the heading of its column."""
    cells = zip(raw.row(row), raw.head.names, strict=True)
    return all(plain_name(text) == (name.plain or ("",))[-1] for text, name in cells)


def is_total(text: str) -> bool:
    """Tell whether a label is that of a total.

    >>> is_total("合 计"), is_total("全市合计（7个）"), is_total("Sub-total"), is_total("会计区")
    (True, True, True, False)
    """
    plain = _plain_label(text)
    if plain in _TOTALS or plain.endswith(_CHINESE_TOTALS):
        return True
    return _WHOLES.fullmatch(plain) is not None


def is_average(text: str) -> bool:
    """Tell whether a label is that of an average.

    >>> is_average("全市平均"), is_average("平均值"), is_average("南平")
    (True, True, False)
    """
    return _AVERAGES.fullmatch(_plain_label(text)) is not None


def _plain_label(text: str) -> str:
    return re.sub(r"[\s:：-]|[(（][^)）]*[)）]", "", text).casefold()


def _labelled_rows(texts: Sequence[str]) -> tuple[dict[int, str], dict[int, str]]:
    """Return the rows whose text says that they are totals, and those that are averages."""
    everything = "\n".join(texts)
    # To fold the case of a million names takes longer than to find out that it is of no use.
    latin = any(letter in everything for letter in "aAmMtTsS")
    folded = everything.casefold() if latin else ""
    some = "计" in everything or "total" in folded or "sum" in folded
    if not some and ("总" in everything or "全" in everything):
        closed = everything.replace(" ", "").replace("\u3000", "")
        some = any(word in closed for word in _OTHER_TOTALS)
    average = any(word in (folded if word.isascii() else everything) for word in _AVERAGE_WORDS)
    return (
        {row: text for row, text in enumerate(texts) if is_total(text)} if some else {},
        {row: text for row, text in enumerate(texts) if is_average(text)} if average else {},
    )


def _suspects(keys: Sequence[str]) -> list[int]:
    """Return the rows without a key, those whose key begins like a heading, and the last rows."""
    rows = set(range(max(0, len(keys) - _LAST_ROWS), len(keys)))
    if not MISSING_MARKS.isdisjoint(keys):
        rows.update(row for row, text in enumerate(keys) if text in MISSING_MARKS)
    everything = "\n".join(keys)
    plain = everything.isascii() and "(" not in everything
    if not plain and _BEGINS_LIKE_A_HEADING.search(everything):
        rows.update(row for row, text in enumerate(keys) if _BEGINS_LIKE_A_HEADING.match(text))
    return sorted(rows)


def _is_note(cells: Sequence[str], label: str) -> bool:
    """Tell whether a row is a remark: it begins like one, and has no figures beside it."""
    texts = [text for text in cells if text]
    figures = (text for text in texts[1:] if text[:1].isdecimal() and not _DATE.match(text))
    return _NOTE.match(label) is not None and next(figures, None) is None
