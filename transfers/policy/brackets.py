"""Brackets and points of parameters: read from a file, and by category."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from transfers.arithmetic.decimals import parse_decimal
from transfers.errors import Fault, Place
from transfers.formula.nodes import Number, Type
from transfers.formula.scope import Steps, Symbol, Table
from transfers.units import BARE, PURE, Unit

if TYPE_CHECKING:
    from transfers.policy.compile import Compiler

Bound = Literal["up_to", "below", "at"]
Line = tuple[Fraction | None, Fraction]
"""An edge and its value; the last line of brackets may have no edge."""


class LinesOfFile(Struct, frozen=True):
    """The rows of a file of brackets or points.

    Parameters
    ----------
    categories : list of columns
        The column of categories; none where the file has one table only.
    edges : sequence of str
    bound : str
        What an edge is: `up_to`, `below` or `at`.
    """

    file: str
    line_of_row: Sequence[int]
    categories: list[Sequence[str]]
    edges: Sequence[str]
    values: list[Fraction | None]
    bound: str


def by_category(name: str, place: Place, stages: dict[str, Steps]) -> Symbol:
    """Return what the name of brackets by category stands for."""
    places: dict[tuple[str, ...], Number] = {
        (category,): Number(Fraction(n)) for n, category in enumerate(stages)
    }
    return Symbol(name, place=place, table=Table(places), stages=stages)


def common_unit(numbers: list[Number], unit: Unit) -> Unit:
    """Return the unit of a table: the declared one; plain ratios where all are percentages."""
    if unit is BARE and numbers and all(number.percent for number in numbers):
        return PURE
    return unit


def symbol_of_lines(
    compiler: Compiler, name: str, place: Place, lines: LinesOfFile, unit: Unit
) -> Symbol | None:
    """Return brackets or points of a file, by category where it has a column of them."""
    before = len(compiler.faults)
    stages = {
        category: _steps(_in_order(compiler, lines, rows), lines.bound, unit)
        for category, rows in _rows_by_category(lines).items()
    }
    if not stages or any(not steps.edges for steps in stages.values()):
        if len(compiler.faults) == before:
            compiler.fault("formula.file_edges", ("parameters", name))
        return None
    if lines.categories:
        return by_category(name, place, stages)
    return Symbol(name, place=place, steps=stages[""])


def _rows_by_category(lines: LinesOfFile) -> dict[str, list[int]]:
    """Return the rows of each category, as they stand in the file."""
    rows: dict[str, list[int]] = {}
    for row in range(len(lines.values)):
        category = lines.categories[0][row] if lines.categories else ""
        rows.setdefault(category, []).append(row)
    return rows


def _in_order(compiler: Compiler, lines: LinesOfFile, rows: list[int]) -> list[Line]:
    """Return the lines of one table; those that do not rise are told, as in the document."""
    found: list[Line] = []
    for row in rows:
        cell, value = lines.edges[row], lines.values[row]
        edge = parse_decimal(cell)
        where = Place(lines.file, lines.line_of_row[row])
        if edge is None and (lines.bound == "at" or cell or row != rows[-1]):
            compiler.faults.append(Fault("formula.file_number", where, {"cell": cell[:40]}))
            continue
        last = found[-1][0] if found else None
        if edge is not None and last is not None and edge <= last:
            words = {"edge": cell, "before": lines.edges[rows[rows.index(row) - 1]]}
            code = "formula.file_order_by_key" if lines.categories else "formula.file_order"
            compiler.faults.append(Fault(code, where, words))
        if value is not None:
            found.append((edge, value))
    return found


def _steps(lines: list[Line], bound: str, unit: Unit) -> Steps:
    kind = Type("number", False, unit)
    edges = [
        Number(edge, type=Type("number", False, BARE)) for edge, _ in lines if edge is not None
    ]
    values = [Number(value, type=kind) for _, value in lines]
    bounds: tuple[Bound, ...] = (bound,) * len(edges)  # type: ignore[assignment]
    return Steps(bounds, tuple(edges), tuple(values), unit)
