"""Cells that are blank because they are merged with others: what they stand for is not known."""

from __future__ import annotations

import numpy as np

from transfers.arithmetic.decimals import Ints
from transfers.districts.columns import MISSING_MARKS
from transfers.districts.raw import RawTable
from transfers.districts.sheet import Merged
from transfers.errors import Place


def covered_cells(raw: RawTable, index: int) -> dict[int, Place]:
    """Return the rows whose cell is blank because it is merged with another that is not.

    Parameters
    ----------
    raw : RawTable
    index : int
        The column, from 0.

    Returns
    -------
    dict of int to Place
        By row, ascending: the cell that holds the text of all.
    """
    lines = np.asarray(raw.line_of_row, dtype=np.int64)
    first: dict[int, Place] = {}
    for cell in raw.merged:
        if not cell.left <= index + 1 <= cell.right or not _text_of(raw, cell, lines):
            continue
        start = int(np.searchsorted(lines, cell.top))
        end = int(np.searchsorted(lines, cell.bottom, "right"))
        place = raw.place_at(cell.top, cell.left)
        for row in range(start, end):
            if row in first:
                break  # ranges that overlap are not gone through again and again
            first[row] = place
    cells = raw.columns[index]
    return {row: first[row] for row in sorted(first) if not cells[row]}


def _text_of(raw: RawTable, cell: Merged, lines: Ints) -> str:
    """Return the text of a merged cell that begins in the body; nothing where it is missing."""
    row = int(np.searchsorted(lines, cell.top))
    if row == len(lines) or lines[row] != cell.top or cell.left > len(raw.columns):
        return ""
    text = raw.columns[cell.left - 1][row]
    return "" if text in MISSING_MARKS else text
