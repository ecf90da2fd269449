"""The keys of a table: always text, none missing, none twice, none that merely looks different."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice
from operator import lt
from typing import Final
from unicodedata import category, is_normalized, normalize

from transfers.districts.asides import Aside, is_average, is_total
from transfers.districts.columns import MISSING_MARKS
from transfers.districts.covered import covered_cells
from transfers.districts.faults import Faults, shown
from transfers.districts.raw import RawTable
from transfers.errors import Place

_DATE: Final = re.compile(
    r"[0-9]{4}([-/])[0-9]{1,2}\1[0-9]{1,2}(T[0-9:]+)?|[0-9]{1,2}月[0-9]{1,2}日"
    r"|[0-9]{1,2}-(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
)
"""What spreadsheet programs make of keys such as 10-1."""
_ROUNDED: Final = re.compile(r"[0-9]+(\.[0-9]+)?[eE]\+[0-9]+")
_LOOKALIKES: Final = str.maketrans(
    "АВЕКМНОРСТХУаеорсухіΑΒΕΗΙΚΜΝΟΡΤΥΧΖ", "ABEKMHOPCTXYaeopcyxiABEHIKMNOPTYXZ"
)


def district_rows(
    raw: RawTable,
    key: int,
    asides: Sequence[Aside],
    *,
    keep_one: bool,
    table: int,
    faults: Faults,
) -> Sequence[int]:
    """Return the rows of `raw` that stand for districts, and report keys that cannot be.

    Parameters
    ----------
    raw : RawTable
    key : int
        The column of keys, from 0.
    asides : sequence of Aside
        Rows that stand for no district.
    keep_one : bool
        Of rows equal in every cell keep the first.
    table : int
        The table's number among those joined.
    faults : Faults
        Receives what is found: a missing key, the same or nearly the same key twice, a key that a
        spreadsheet has turned into a rounded number.

    Returns
    -------
    sequence of int
        Rows with a faulty key included, so that their other cells are checked as well; repeated
        rows left out.
    """
    if not asides and _clearly_differ(raw.columns[key]):
        return range(len(raw))
    covered: dict[int, Place] | None = None
    first: dict[str, int] = {}
    rows: list[int] = []
    left_out = {aside.row for aside in asides}
    for row, text in enumerate(raw.columns[key]):
        if row in left_out:
            continue
        rows.append(row)
        if text in MISSING_MARKS:
            covered = covered if covered is not None else covered_cells(raw, key)
            code = "table.key_merged" if row in covered else "table.key_missing"
            cell = covered[row].cell if row in covered else ""
            place, column = raw.place(row, key), raw.header[key]
            faults.add(code, place, table=table, column=column, cell=cell)
            continue
        before = first.setdefault(text, row)
        if before == row:
            continue
        if keep_one and raw.row(before) == raw.row(row):
            rows.pop()
            continue
        values = {"key": shown(text), "line": raw.line_of_row[before]}
        faults.add("table.key_twice", raw.place(row, key), table=table, **values)
    _report_lookalikes(raw, key, first, table, faults)
    return rows


def no_key(text: str) -> str:
    """Return why a text can be no key of a district; "" where it can.

    Examples
    --------
    >>> no_key(""), no_key("合计"), no_key(" q "), no_key("4.4E+11"), no_key("2026-10-1")
    ('missing', 'total', 'spaces', 'rounded', 'date')
    >>> no_key("440784")
    ''
    """
    if text.strip() in MISSING_MARKS:
        return "missing"
    if is_total(text) or is_average(text):
        return "total"
    if text != text.strip():
        return "spaces"
    if _ROUNDED.fullmatch(text):
        return "rounded"
    return "date" if _DATE.fullmatch(text) else ""


def likeness(key: str) -> str:
    """Return what a reader sees of a key: no spaces, one width, one form, Latin lookalikes.

    Examples
    --------
    >>> likeness("А 01") == likeness("A０1")  # a Cyrillic letter and a full-width figure
    True
    """
    if not key.isascii():
        key = normalize("NFKC", key).translate(_LOOKALIKES)
        key = "".join(letter for letter in key if category(letter) != "Cf")
    return "".join(key.split())


def _clearly_differ(keys: Sequence[str]) -> bool:
    """Tell whether nothing is wrong with keys, as far as that is quickly found out."""
    ascending = all(map(lt, keys, islice(keys, 1, None)))
    if not ascending and len(set(keys)) < len(keys):
        return False
    everything = "".join(keys)
    return (
        MISSING_MARKS.isdisjoint(keys)
        and not _has_exponent(everything)
        and not _has_date(everything)
        and _are_their_likeness(everything)
    )


def _has_exponent(keys: str) -> bool:
    return "+" in keys and ("E+" in keys or "e+" in keys)


def _has_date(keys: str) -> bool:
    return ("-" in keys or "/" in keys or "日" in keys) and _DATE.search(keys) is not None


def _report_lookalikes(
    raw: RawTable, key: int, first: Mapping[str, int], table: int, faults: Faults
) -> None:
    """Report keys that a reader would say are the same, and keys gone to 4.4E+11 or a date."""
    everything = "".join(first)
    if _has_exponent(everything):
        for text, row in first.items():
            if _ROUNDED.fullmatch(text):
                faults.add("table.key_rounded", raw.place(row, key), table=table, key=text)
    if _has_date(everything):
        for text, row in first.items():
            if _DATE.fullmatch(text):
                faults.add("table.key_date", raw.place(row, key), table=table, key=text)
    if _are_their_likeness(everything):
        return
    seen: dict[str, str] = {}
    for text, row in first.items():
        twin = seen.setdefault(likeness(text), text)
        if twin is not text:
            line = raw.line_of_row[first[twin]]
            values = {"key": shown(text), "twin": shown(twin), "line": line}
            faults.add("table.key_lookalike", raw.place(row, key), table=table, **values)


def _are_their_likeness(keys: str) -> bool:
    """Tell of keys, one after another, whether each is all that a reader sees of it."""
    if keys.isascii():
        return len(keys.split()) <= 1
    return is_normalized("NFKC", keys) and all(likeness(letter) == letter for letter in set(keys))


def meant_keys(keys: Sequence[str]) -> dict[str, str]:
    """Return the keys by what is left of them when a spreadsheet or a typist has had its way.

    Examples
    --------
    >>> meant_keys(["0101", "0102"])[bare("101")]
    '0101'
    """
    return {bare(key): key for key in keys}


def bare(key: str) -> str:
    """Return what a reader sees of a key, without zeros in front and without decimals of zero.

    >>> bare("0101"), bare("440703.0")
    ('101', '440703')
    """
    return likeness(key).lstrip("0").removesuffix(".0")
