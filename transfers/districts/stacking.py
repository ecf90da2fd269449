"""Columns of the items of a list, one above the other: all districts of the first item, then on."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from transfers.arithmetic.decimals import Decimals
from transfers.arithmetic.rationals import Rationals
from transfers.districts.columns import BooleanColumn, Column, NumberColumn, TextColumn
from transfers.districts.matching import ReadColumn

Cell = tuple[int, int]
"""Number of a source and of its column, from 1."""


def stacked_inputs(
    read: Sequence[ReadColumn],
) -> tuple[dict[str, Column], dict[str, Cell], dict[str, tuple[Cell, ...]]]:
    """Return the columns of inputs, where each was found, and those of items one by one."""
    columns: dict[str, Column] = {}
    cells: dict[str, Cell] = {}
    of_items: dict[str, list[ReadColumn]] = {}
    for column in read:
        if column.asked.item is None:
            columns[column.asked.name] = column.figures
            cells[column.asked.name] = _cell(column)
        else:
            of_items.setdefault(column.asked.name, []).append(column)
    for name, parts in of_items.items():
        columns[name] = stacked([part.figures for part in parts])
    return columns, cells, {name: tuple(map(_cell, parts)) for name, parts in of_items.items()}


def _cell(column: ReadColumn) -> Cell:
    return column.table.number, column.index + 1


def stacked(columns: Sequence[Column]) -> Column:
    """Return columns of one kind, one above the other, as one column."""
    first = columns[0]
    if isinstance(first, NumberColumn):
        return _numbers([column for column in columns if isinstance(column, NumberColumn)])
    if isinstance(first, TextColumn):
        return _texts([column for column in columns if isinstance(column, TextColumn)])
    truths = [column for column in columns if isinstance(column, BooleanColumn)]
    values = np.concatenate([column.values for column in truths])
    return BooleanColumn(values, np.concatenate([column.missing for column in truths]))


def _numbers(columns: Sequence[NumberColumn]) -> NumberColumn:
    missing = np.concatenate([column.missing for column in columns])
    found = [column.decimals for column in columns if column.decimals is not None]
    places = max((decimals.places for decimals in found), default=0)
    raised = [column.rescale(places) for column in found]
    mantissas = [column.mantissas for column in raised if column is not None]
    if len(mantissas) == len(columns):
        return NumberColumn(Decimals(np.concatenate(mantissas), places), missing)
    exact = [figure or Fraction(0) for column in columns for figure in column.fractions()]
    return NumberColumn(None, missing, Rationals.sharing(exact))


def _texts(columns: Sequence[TextColumn]) -> TextColumn:
    code_of: dict[str, int] = {}
    codes = []
    for column in columns:
        merged = [code_of.setdefault(text, len(code_of)) for text in column.categories]
        codes.append(np.array([*merged, -1], dtype=np.int32)[column.codes])
    return TextColumn(np.concatenate(codes), tuple(code_of))
