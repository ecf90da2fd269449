"""Rows of a table that are read, and those left out before anything else is looked at.

Which they are a statement of the policy decides (:mod:`transfers.policy.row_filters`); here its
columns are found by their names in formulas, and the rows taken.
"""

from __future__ import annotations

import re
from itertools import compress
from typing import Final

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from transfers.arithmetic.decimals import Ints
from transfers.districts.asides import find_asides
from transfers.districts.columns import Column, InputSpec, TextColumn, Truths, read_column
from transfers.districts.covered import covered_cells
from transfers.districts.csv_column import CsvColumn
from transfers.districts.faults import MOST_TOLD, Faults, shown
from transfers.districts.raw import RawTable
from transfers.errors import Fault
from transfers.findings import Finding
from transfers.messages import Phrase
from transfers.written import read_back

WORDS: Final = frozenset({"and", "or", "not", "none", "true", "false"})
"""Words of formulas that no name can be."""

_OTHER: Final = re.compile(r"[\W]+")
_MOST_VALUES: Final = 8
_SOUGHT_IN: Final = 10_000


class RowsRead(Struct, frozen=True, eq=False):
    """A table without the rows that were left out, and what there is to say of them.

    Parameters
    ----------
    constants : tuple of str
        Names of the policy that decided which rows these are.
    """

    raw: RawTable
    findings: tuple[Finding, ...] = ()
    constants: tuple[str, ...] = ()


def as_name(heading: str) -> str:
    """Return the name by which formulas can call a heading.

    Each run of signs and spaces becomes one ``_``, none at the ends; in front of a digit, and
    behind a word of formulas, there is one as well.

    >>> as_name("Fiscal Year (ended)"), as_name("人口（万人）"), as_name("2018"), as_name("not")
    ('Fiscal_Year_ended', '人口_万人', '_2018', 'not_')
    """
    name = _OTHER.sub("_", heading).strip("_") if not heading.isidentifier() else heading
    if name[:1].isdecimal():
        return f"_{name}"
    return f"{name}_" if name.casefold() in WORDS else name


def columns_called(raw: RawTable, name: str) -> list[int]:
    """Return the columns, from 0, that a name in a formula stands for."""
    found = raw.head.columns_named(name)
    if found:
        return found
    called = [
        {
            "/".join(parts[first:])
            for parts in (head.plain, head.bare)
            for first in range(len(parts))
        }
        for head in raw.head.names
    ]
    return [at for at, names in enumerate(called) if name in {as_name(each) for each in names}]


def names_of_columns(raw: RawTable) -> list[str]:
    """Return what formulas can call the columns, each by its innermost heading."""
    bare = (head.bare[-1] if head.bare else "" for head in raw.head.names)
    return list(dict.fromkeys(as_name(name) for name in bare if name))


def read_cells(raw: RawTable, index: int, kind: str) -> tuple[Column, Truths]:
    """Return a column as numbers, texts or truths, and where a cell is none of these."""
    cells = raw.columns[index]
    if isinstance(cells, CsvColumn) and kind != "number":
        texts = cells.texts()
        cells = list(map(read_back, texts)) if b"'" in cells.data else texts
    column, wrong, _ = read_column(cells, InputSpec("", (), kind))  # type: ignore[arg-type]
    odd = np.zeros(len(raw), dtype=np.bool_)
    for fault in wrong:
        odd[list(fault.rows)] = True
    unread = [line for (line, at), code in raw.unread.items() if _is_odd(at, index, code, kind)]
    odd |= np.isin(_lines(raw), unread)
    if raw.merged:
        odd[list(covered_cells(raw, index))] = True
    return _without(column, odd), odd


def _without(column: Column, odd: Truths) -> Column:
    """Return a column whose odd cells are missing."""
    if not odd.any():
        return column
    if isinstance(column, TextColumn):
        return TextColumn(np.where(odd, np.int32(-1), column.codes), column.categories)
    return replace(column, missing=column.missing | odd)


def _is_odd(at: int, index: int, code: str, kind: str) -> bool:
    """Tell whether a cell without a value is one; a column of numbers tells some itself."""
    return at == index + 1 and not (kind == "number" and code == "table.no_result")


def report_cells(raw: RawTable, index: int, rows: Truths, kind: str, faults: Faults) -> None:
    """Report the cells of some rows that cannot be read, but for totals, notes and the like."""
    there = np.flatnonzero(rows)
    if not len(there):
        return
    asides = {aside.row for aside in find_asides(raw, index, 0)}
    covered = covered_cells(raw, index) if raw.merged else {}
    wrong_rows = [row for row in there.tolist() if row not in asides]
    for row in wrong_rows[:MOST_TOLD]:
        words: dict[str, object] = {
            "district": Phrase("table.nameless", {"line": int(raw.line_of_row[row])}),
            "column": shown(raw.header[index]),
            "value": shown(raw.columns[index][row]),
            "cell": covered[row].cell if row in covered else "",
        }
        code = raw.unread.get((int(raw.line_of_row[row]), index + 1))
        if row in covered:
            code = "table.merged"
        elif code is None:
            text = raw.columns[index][row]
            _, wrong, _ = read_column([text], InputSpec("", (), kind))  # type: ignore[arg-type]
            code = f"table.{wrong[0].code}"
        fault = Fault(code, raw.place(row, index), words)
        faults.add_many([fault], count=1)
    if len(wrong_rows) > MOST_TOLD:
        faults.add_many((), count=len(wrong_rows) - MOST_TOLD)


def rows_taken(raw: RawTable, keep: Truths) -> RawTable:
    """Return a table with some of its rows."""
    rows = np.flatnonzero(keep)
    chosen = keep.tolist()
    columns = tuple(
        column.at(rows) if isinstance(column, CsvColumn) else list(compress(column, chosen))
        for column in raw.columns
    )
    lines = _lines(raw)
    return replace(raw, columns=columns, line_of_row=lines[rows].tolist(), left_out=lines[~keep])


def values_there(raw: RawTable, index: int) -> tuple[str, ...]:
    """Return the first few different texts of a column."""
    texts: list[str] = list(raw.columns[index][:_SOUGHT_IN])
    found = [shown(text) for text in dict.fromkeys(texts) if text]
    return (*found[:_MOST_VALUES], *["…"] * (len(found) > _MOST_VALUES))


def _lines(raw: RawTable) -> Ints:
    return np.asarray(raw.line_of_row, dtype=np.int64)
