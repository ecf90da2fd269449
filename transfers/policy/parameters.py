"""Parameters: numbers, texts, tables by category, steps and points; from the document or a file."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Literal

from transfers.arithmetic.decimals import parse_decimal
from transfers.documents import models
from transfers.documents.fields import Step
from transfers.documents.rules_percent import percent_beside, percent_fault
from transfers.errors import Fault, Place, TableError
from transfers.formula.nodes import Number, Type
from transfers.formula.scope import Steps, Symbol, Table
from transfers.policy.reading import kept_rows
from transfers.policy.rules import Path
from transfers.units import BARE, PURE, Unit

if TYPE_CHECKING:
    from transfers.policy.compile import Compiler

Bound = Literal["up_to", "below", "at"]
_BOUNDS = ("key", "up_to", "below", "at")


def parameter_symbol(compiler: Compiler, name: str, entry: models.Parameter) -> Symbol | None:
    """Return what the name of a parameter stands for; None where its file is faulty."""
    place = compiler.document.place("parameters", name)
    unit = compiler.unit(entry.unit)
    if entry.file is not None:
        return _from_file(compiler, name, entry, unit)
    path: Path = ("parameters", name, "value")
    value = entry.value
    if isinstance(value, Fraction):
        number = compiler.number_at(value, path, unit)
        return Symbol(name, number.type, place, number=number)
    if isinstance(value, str):
        return Symbol(name, Type("text"), place, text=value)
    if isinstance(value, dict):
        return Symbol(name, place=place, table=_table(compiler, value, path, unit))
    return Symbol(name, place=place, steps=_steps(compiler, value, path, unit))


def _table(
    compiler: Compiler, value: dict[str, Fraction | dict[str, Fraction]], path: Path, unit: Unit
) -> Table:
    entries: dict[tuple[str, ...], Number] = {}
    depth = 1
    for category, entry in value.items():
        if isinstance(entry, dict):
            depth = 2
            for inner, number in entry.items():
                where = (*path, category, inner)
                entries[category, inner] = compiler.number_at(number, where, unit)
        else:
            entries[category,] = compiler.number_at(entry, (*path, category), unit)
    return Table(entries, depth, _common_unit(list(entries.values()), unit))


def _common_unit(numbers: list[Number], unit: Unit) -> Unit:
    """Return the unit of a table: the declared one; plain ratios where all are percentages."""
    if unit is BARE and numbers and all(number.percent for number in numbers):
        return PURE
    return unit


def _steps(compiler: Compiler, value: tuple[Step, ...], path: Path, unit: Unit) -> Steps:
    edges: list[Number] = []
    values: list[Number] = []
    bounds: list[Bound] = []
    for position, step in enumerate(value):
        if step.edge is not None:
            bounds.append(step.bound)  # type: ignore[arg-type]
            edges.append(compiler.number_at(step.edge, (*path, position, step.bound)))
        values.append(compiler.number_at(step.value, (*path, position, "value"), unit))
    return Steps(tuple(bounds), tuple(edges), tuple(values), _common_unit(values, unit))


def _from_file(compiler: Compiler, name: str, entry: models.Parameter, unit: Unit) -> Symbol | None:
    """Read a table or steps from a csv: one column of categories or edges, one of values."""
    from transfers.districts import Source
    from transfers.districts.header import Wanted
    from transfers.districts.raw import read_table

    bound = next((b for b in _BOUNDS if getattr(entry, b) is not None), None)
    if bound is None or ("parameters", name) in compiler.reading.faulty:
        return None  # the border has told so; here only other faults are looked for
    place = compiler.document.place("parameters", name)
    file = compiler.document.beside(entry.file or "")
    inner = [] if entry.inner_key is None else [entry.inner_key]
    wanted = [getattr(entry, bound), *inner, str(entry.value)]
    try:
        raw = read_table(file, Wanted((wanted[0],), tuple((column,) for column in wanted[1:])))
        raw = kept_rows(compiler, ("parameters", name), raw)
    except TableError as error:
        compiler.faults.extend(error.faults)
        return None
    found = [raw.head.columns_named(column) for column in wanted]
    absent = [column for column, there in zip(wanted, found, strict=True) if len(there) != 1]
    if absent:
        known = ", ".join(filter(None, raw.header))
        path = ("parameters", name)
        compiler.fault("formula.file_column", path, columns=", ".join(absent), known=known)
        return None
    compiler.sources.append(Source.of(raw))
    *keys, cells = (raw.columns[there[0]] for there in found)
    values = _numbers(compiler, raw.file, raw.line_of_row, cells)
    for row, cell in enumerate(cells):
        if percent_beside(cell, unit):
            where = Place(FilePath(file).name, raw.line_of_row[row])
            compiler.faults.append(percent_fault(where, cell, entry.unit or ""))
    if bound == "key":
        return _table_from_file(compiler, name, place, (keys, values), unit)
    edges = _numbers(compiler, raw.file, raw.line_of_row, keys[0], last_may_be_open=bound != "at")
    return _steps_from_file(compiler, name, place, bound, (edges, values), unit)


def _table_from_file(
    compiler: Compiler,
    name: str,
    place: Place,
    columns: tuple[Sequence[Sequence[str]], list[Fraction | None]],
    unit: Unit,
) -> Symbol | None:
    """Make a table by one column of categories, or by two: of an outer and an inner one."""
    entries: dict[tuple[str, ...], Number] = {}
    keys, values = columns
    for key, value in zip(zip(*keys, strict=True), values, strict=True):
        if key in entries:
            compiler.fault("formula.file_duplicate", ("parameters", name), key=" / ".join(key))
        if value is not None:
            entries[key] = Number(value, type=Type("number", False, unit))
    return Symbol(name, place=place, table=Table(entries, len(keys), unit))


def _steps_from_file(
    compiler: Compiler,
    name: str,
    place: Place,
    bound: str,
    columns: tuple[list[Fraction | None], list[Fraction | None]],
    unit: Unit,
) -> Symbol | None:
    """Sort the rows by edge; a last row without an edge is what lies beyond."""
    rows = [(e, v) for e, v in zip(*columns, strict=True) if v is not None]
    beyond = [value for edge, value in rows if edge is None]
    steps = sorted((edge, value) for edge, value in rows if edge is not None)
    edges = tuple(Number(edge, type=Type("number", False, BARE)) for edge, _ in steps)
    if len({edge for edge, _ in steps}) < len(steps) or len(beyond) > 1 or not steps:
        compiler.fault("formula.file_edges", ("parameters", name))
        return None
    kind = Type("number", False, unit)
    values = tuple(Number(value, type=kind) for value in [*(v for _, v in steps), *beyond])
    bounds: tuple[Bound, ...] = (bound,) * len(edges)  # type: ignore[assignment]
    return Symbol(name, place=place, steps=Steps(bounds, edges, values, unit))


def _numbers(
    compiler: Compiler,
    file: str,
    lines: Sequence[int],
    cells: Sequence[str],
    *,
    last_may_be_open: bool = False,
) -> list[Fraction | None]:
    """Return the numbers of a column; a cell that is none is a fault."""
    numbers: list[Fraction | None] = []
    for row, cell in enumerate(cells):
        number = parse_decimal(cell)
        if number is None and not (last_may_be_open and cell == "" and row == len(cells) - 1):
            where = Place(FilePath(file).name, lines[row])
            compiler.faults.append(Fault("formula.file_number", where, {"cell": cell[:40]}))
        numbers.append(number)
    return numbers
