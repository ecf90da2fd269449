"""Units above a table: ``单位：万元、人``, ``金额单位：元 人口单位：人``, ``（万元）``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final
from unicodedata import normalize

from transfers.districts.sheet import Record

_LABEL: Final = re.compile(r"单位\s*:?|\bunits?\b\s*:?", re.IGNORECASE)
_BORDERS: Final = re.compile(r"[、,;。:\s()\[\]【】]+")
_AT_THE_END: Final = re.compile(r"[(\[【]([^()\[\]【】]+)[)\]】]\s*$")
_CURRENCY: Final = re.compile(r"^(人民币|RMB|CNY)|(人民币|RMB|CNY)$", re.IGNORECASE)


def stated_units(
    records: Sequence[Record], is_unit: Callable[[str], bool]
) -> Iterator[tuple[str, int, int]]:
    """Yield the units stated above a table, with line and column, in reading order.

    What follows each word 单位; and what stands in brackets at the end of a title, as far as all
    of it is units.
    """
    for record in records:
        for column, text in enumerate(record.cells, start=1):
            for unit in units_of(text, is_unit):
                yield unit, record.line, column


def units_of(text: str, is_unit: Callable[[str], bool]) -> list[str]:
    """Return the units that a text above a table states.

    Examples
    --------
    >>> units_of("金额单位：人民币万元  人口单位：人", {"万元", "人"}.__contains__)
    ['万元', '人']
    >>> units_of("测算表（万元）", {"万元"}.__contains__)
    ['万元']
    >>> units_of("填报单位：财政局", {"万元"}.__contains__)
    []
    """
    plain = normalize("NFKC", text)
    labels = list(_LABEL.finditer(plain))
    if not labels:
        match = _AT_THE_END.search(plain)
        words = [_without_currency(word) for word in _BORDERS.split(match[1])] if match else []
        return words if all(map(is_unit, words)) else []
    ends = [label.start() for label in labels[1:]] + [len(plain)]
    return [
        unit
        for label, end in zip(labels, ends, strict=True)
        for unit in map(_without_currency, _BORDERS.split(plain[label.end() : end]))
        if unit and is_unit(unit)
    ]


def _without_currency(word: str) -> str:
    return _CURRENCY.sub("", word) or word
