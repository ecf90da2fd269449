"""Finding the header of a sheet: below titles, over one row or several, with units or without.

A table that people print has a title, a line ``单位：万元``, a header of merged cells, a row of
units, perhaps a row that numbers the columns. What is wanted decides where the header is: the
rows in which most of the columns that a policy reads are found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, zip_longest
from typing import Final
from unicodedata import normalize

from msgspec import Struct

from transfers.districts.sheet import Merged, Record
from transfers.districts.stated import stated_units
from transfers.units import known_unit

MOST_ROWS: Final = 60
"""Rows in which a header is looked for."""

MOST_CELLS: Final = 60_000
"""Of a very wide sheet fewer rows are looked at."""

DEEPEST: Final = 4
"""Rows a header may take."""

_UNIT_LABELS: Final = frozenset({"单位", "计量单位", "unit", "units"})
_ROW_LABELS: Final = frozenset({"栏次", "行次"})
_NUMBERING_LABELS: Final = frozenset({"", "栏次", "行次"})
_NUMBERING_KEYS: Final = {"甲": "乙", "1": "2"}
"""What numbers the column of keys, unless the next row goes on counting: then they are keys."""
_LAST_BRACKET: Final = re.compile(r"(.*\S)\s*[(\[]([^()\[\]]+)[)\]]")
_NUMBERING: Final = re.compile(r"[甲乙丙丁戊]|\(?([0-9]{1,2})\)?(=.*)?|([A-Z])(=.*)?")


class Wanted(Struct, frozen=True):
    """What is looked for in a sheet.

    Parameters
    ----------
    key : tuple of str
        What the column of keys may be called.
    columns : tuple of tuple of str
        What each further column may be called.
    units : frozenset of str
        Units that the policy declares, as it spells them.
    currency : str
    sheet : str, optional
        Name of the sheet, where the policy names one.
    rows : (int, int), optional
        First and last line of the header, where the policy names them.
    """

    key: tuple[str, ...] = ()
    columns: tuple[tuple[str, ...], ...] = ()
    units: frozenset[str] = frozenset()
    currency: str = "CNY"
    sheet: str | None = None
    rows: tuple[int, int] | None = None

    def is_unit(self, text: str) -> bool:
        """Tell whether a text is a unit: one that is known, or one the policy declares."""
        if text in self.units:
            return True
        return not text.isdecimal() and known_unit(text, self.currency) is not None


class Name(Struct, frozen=True):
    """What a column is called: its parts from the outermost heading inwards, and its unit.

    Parameters
    ----------
    parts, plain : tuple of str
        As written, and as names are compared (see :func:`plain_name`); empty without a name.
    bare : tuple of str
        The plain parts without units in brackets.
    unit : str
        As the header or the row of units states it; empty where neither does.
    """

    parts: tuple[str, ...]
    plain: tuple[str, ...]
    bare: tuple[str, ...]
    unit: str = ""

    def __str__(self) -> str:
        return "/".join(self.parts)


class Index:
    """The columns of a header by what they answer to, for tables with thousands of them.

    Best to its whole name, then to the innermost headings of it, then to these without units in
    brackets.
    """

    def __init__(self, names: Sequence[Name]) -> None:
        self._whole: dict[str, list[int]] = {}
        self._inner: dict[tuple[str, ...], list[int]] = {}
        self._bare: dict[tuple[str, ...], list[int]] = {}
        for at, name in enumerate(names):
            if name.parts:
                self._whole.setdefault("/".join(name.plain), []).append(at)
            for parts, found in ((name.plain, self._inner), (name.bare, self._bare)):
                for first in range(len(parts)):
                    found.setdefault(parts[first:], []).append(at)

    def columns_named(self, name: str) -> list[int]:
        """Return the columns, from 0, that answer best to a name."""
        text = plain_name(name)
        parts = tuple(text.split("/"))
        return self._whole.get(text) or self._inner.get(parts) or self._bare.get(parts) or []


class Header(Struct, frozen=True):
    """Where the header is and what it says.

    Parameters
    ----------
    names : (columns,) tuple of Name
    line, body : int
        The header's last line; the line from which on there are districts.
    stated : tuple of (str, int, int)
        Units stated above the table, with line and column.
    found : int
        How many of the wanted columns it has.
    has_key : bool
    earlier : int
        A line above that has the column of keys as well, as another table would; 0 where none has.
    """

    names: tuple[Name, ...]
    line: int
    body: int
    stated: tuple[tuple[str, int, int], ...] = ()
    found: int = 0
    has_key: bool = False
    earlier: int = 0
    _index: list[Index] = []

    def columns_named(self, name: str) -> list[int]:
        """Return the columns, from 0, that answer best to a name."""
        if not self._index:
            self._index.append(Index(self.names))
        return self._index[0].columns_named(name)


def plain_name(text: str) -> str:
    r"""Return a name as it is compared: composed, one width, spaces only between Latin words.

    >>> plain_name("常 住\n人口（万人）"), plain_name(" Resident   population ")
    ('常住人口(万人)', 'Resident population')
    """
    if text.isascii():
        return " ".join(text.split())
    words = " ".join(normalize("NFKC", text).split())
    return re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", words)


def find_header(top: Sequence[Record], merged: Sequence[Merged], wanted: Wanted) -> Header:
    """Find the header among the first rows of a sheet.

    The rows, one to four, that have the column of keys and most of the wanted columns; of equal
    ones the fewest rows, then the topmost. Without any, the first row.
    """
    width = max(len(record.cells) for record in top)
    if wanted.rows is None:
        top = top[: max(5, MOST_CELLS // width)]
    lines = [record.line for record in top]
    rows = dict(_without_merged(top, merged))

    def names_in(first: int, last: int) -> list[Name]:
        band = lines[first : last + 1]
        spread = not any(cell.top <= band[-1] and cell.bottom >= band[0] for cell in merged)
        return _names([rows[line] for line in band], wanted, spread=spread)

    best, score = (0, 0), (-1, 0, 0, 0)
    for first, last in _bands(lines, wanted.rows):
        names = names_in(first, last)
        has_key, found = _found(names, wanted)
        this = (int(has_key), found, first - last, -first)
        if this > score:
            best, score = (first, last), this
        if found == len(wanted.columns) and has_key == bool(wanted.key) and first == last:
            break
    first, last = best
    if wanted.rows is None:
        last = _last_merged(lines, first, last, merged)
        first = _first_merged(lines, first, merged)
    names = names_in(first, last)
    body, units = _below(top[last + 1 :], names, wanted)
    named = tuple(
        Name(n.parts, n.plain, n.bare, u or n.unit) for n, u in zip(names, units, strict=True)
    )
    stated = tuple(stated_units(top[:first], wanted.is_unit))
    earlier = [lines[n] for n in range(first) if _found(names_in(n, n), wanted)[0]]
    return Header(
        named,
        lines[last],
        body or top[-1].next_line,
        stated,
        score[1],
        score[0] > 0,
        max(earlier, default=0),
    )


def _bands(lines: Sequence[int], rows: tuple[int, int] | None) -> Iterator[tuple[int, int]]:
    """Yield the first and last row of every header there may be."""
    if rows is not None:
        chosen = [index for index, line in enumerate(lines) if rows[0] <= line <= rows[1]]
        if chosen:
            yield chosen[0], chosen[-1]
            return
    for first in range(len(lines)):
        for last in range(first, min(first + DEEPEST, len(lines))):
            yield first, last


def _first_merged(lines: Sequence[int], first: int, merged: Sequence[Merged]) -> int:
    """Return the first row of a header, with the rows its merged cells come down from."""
    tops = [cell.top for cell in merged if cell.top < lines[first] <= cell.bottom]
    found = [
        index for index, line in enumerate(lines[:first]) if line >= min(tops, default=line + 1)
    ]
    return max(found[0], first - DEEPEST + 1) if found else first


def _last_merged(lines: Sequence[int], first: int, last: int, merged: Sequence[Merged]) -> int:
    """Return the last row of a header, with those its merged cells go down to."""
    bottoms = [cell.bottom for cell in merged if lines[first] <= cell.top <= lines[last]]
    bottom = max(bottoms, default=0)
    deepest = min(first + DEEPEST, len(lines))
    return max((index for index in range(last, deepest) if lines[index] <= bottom), default=last)


def _without_merged(
    top: Sequence[Record], merged: Sequence[Merged]
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with the text of a merged cell in every cell it covers."""
    rows = {record.line: list(record.cells) for record in top}
    width = max(map(len, rows.values()))
    for cell in merged:
        text = _at(rows.get(cell.top, []), cell.left - 1)
        right = min(cell.right, width)  # whatever a file says, there is nothing farther out
        for line, row in rows.items() if text else ():
            if cell.top <= line <= cell.bottom:
                row += [""] * (right - len(row))
                row[cell.left - 1 : right] = [text] * (right - cell.left + 1)
    yield from rows.items()


def _at(row: Sequence[str], index: int) -> str:
    return row[index] if index < len(row) else ""


def _names(band: Sequence[list[str]], wanted: Wanted, *, spread: bool) -> list[Name]:
    """Return the names of the columns, when the header is these rows.

    `spread`: no cell is merged, so a heading over several columns is written in the first of them
    and blank in the others.
    """
    width = max(map(len, band))
    above = [[""] * width for _ in band[1:]]
    for outer, row, inner in zip(above, band, band[1:], strict=False):
        text = ""
        for index in range(width):
            text = _at(row, index) or (text if spread and _at(inner, index) else "")
            outer[index] = text
    rows = [*above, band[-1]]
    return [_name([_at(row, index) for row in rows], wanted) for index in range(width)]


def _name(texts: Iterable[str], wanted: Wanted) -> Name:
    parts: list[str] = []
    plain: list[str] = []
    for text in texts:
        if text and plain_name(text) != (plain[-1] if plain else None):
            parts.append(" ".join(normalize("NFC", text).split()))
            plain.append(plain_name(text))
    bare, unit = [], ""
    for text in plain:
        match = _LAST_BRACKET.fullmatch(text)
        if match is not None and wanted.is_unit(match[2]):
            text, unit = match[1], match[2]
        bare.append(text)
    return Name(tuple(parts), tuple(plain), tuple(bare), unit)


def _found(names: Sequence[Name], wanted: Wanted) -> tuple[bool, int]:
    """Return whether the column of keys is there, and how many of the others."""
    columns_named = Index(names).columns_named
    has_key = any(columns_named(name) for name in wanted.key)
    there = [any(columns_named(name) for name in column) for column in wanted.columns]
    return has_key, sum(there)


def _below(
    records: Sequence[Record], names: Sequence[Name], wanted: Wanted
) -> tuple[int | None, Sequence[str]]:
    """Return the line on which districts begin, and the units of a row of units before it."""
    columns_named = Index(names).columns_named
    keys = [index for name in wanted.key for index in columns_named(name)]
    key = keys[0] if keys else 0
    units: Sequence[str] = [""] * len(names)
    for record, following in zip_longest(records, records[1:]):
        cells = [_at(record.cells, index) for index in range(len(names))]
        label, at = _label(cells, key)
        others = [plain_name(text) for index, text in enumerate(cells) if text and index != at]
        unit_like = [wanted.is_unit(text) for text in others]
        if label in _UNIT_LABELS or (not label and unit_like and all(unit_like)):
            units = ["" if index == at else plain_name(text) for index, text in enumerate(cells)]
            units = ["" if text.casefold() in _UNIT_LABELS else text for text in units]
        elif not _numbers_columns(label, others, _at(following.cells, key) if following else ""):
            return record.line, units
    return None, units


def _label(cells: Sequence[str], key: int) -> tuple[str, int]:
    """Return the word that says what a row is, and its column: that of keys, or the first filled.

    A column of numbers (序号) may stand before the keys, and 栏次 in it.
    """
    filled = next((index for index, text in enumerate(cells) if text), key)
    for at in (key, filled):
        label = plain_name(cells[at]).casefold().rstrip(":")
        if at == key and label:
            return label, key
    return (label, filled) if label in _UNIT_LABELS | _ROW_LABELS else ("", key)


def _numbers_columns(label: str, others: Sequence[str], next_key: str) -> bool:
    """Tell whether a row numbers the columns; the next row's key tells 甲 and 乙 that are keys."""
    if label in _NUMBERING_LABELS:
        return _counts(others, 1 if label else 3)
    if label not in _NUMBERING_KEYS or next_key in ("", _NUMBERING_KEYS[label]):
        return False
    return _counts([label, *others] if label == "1" else others, 4 if label == "1" else 1)


def _counts(texts: Sequence[str], least: int) -> bool:
    """Tell whether at least so many texts number the columns: 甲 乙 1 2 3, or A B C=A+B."""
    matches = [_NUMBERING.fullmatch(text) for text in texts]
    numbers = [int(match[1]) for match in matches if match and match[1]]
    following = all(after - before == 1 for before, after in pairwise([0, *numbers]))
    return len(texts) >= least and all(matches) and following
