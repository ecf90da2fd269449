"""Parameters: numbers, texts, tables by category, steps and points; from the document or a file."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from transfers.arithmetic.decimals import parse_decimal
from transfers.documents import models
from transfers.documents.fields import Lines
from transfers.documents.rules_percent import percent_beside, percent_fault
from transfers.documents.yaml_tree import shown
from transfers.errors import Fault, Place, TableError
from transfers.formula.nodes import Number, Type
from transfers.formula.scope import Steps, Symbol, Table
from transfers.policy.brackets import LinesOfFile, by_category, common_unit, symbol_of_lines
from transfers.policy.reading import kept_rows
from transfers.policy.rules import Path
from transfers.units import BARE, PURE, Unit

if TYPE_CHECKING:
    from transfers.policy.compile import Compiler

Bound = Literal["up_to", "below", "at"]
_LONGEST = 40
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
    if isinstance(value, dict) and any(isinstance(lines, tuple) for lines in value.values()):
        tables = {
            (*path, category): lines
            for category, lines in value.items()
            if isinstance(lines, tuple)
        }
        ratios = _are_ratios(compiler, tables)
        stages = {
            str(at[-1]): _steps(compiler, lines, at, unit, ratios=ratios)
            for at, lines in tables.items()
        }
        return by_category(name, place, stages)
    if isinstance(value, dict):
        return Symbol(name, place=place, table=_table(compiler, value, path, unit))
    ratios = _are_ratios(compiler, {path: value})
    return Symbol(name, place=place, steps=_steps(compiler, value, path, unit, ratios=ratios))


def _table(
    compiler: Compiler,
    value: dict[str, Fraction | dict[str, Fraction] | Lines],
    path: Path,
    unit: Unit,
) -> Table:
    entries: dict[tuple[str, ...], Number] = {}
    depth = 1
    for category, entry in value.items():
        if isinstance(entry, dict):
            depth = 2
            for inner, number in entry.items():
                where = (*path, category, inner)
                entries[category, inner] = compiler.number_at(number, where, unit)
        elif isinstance(entry, Fraction):
            entries[category,] = compiler.number_at(entry, (*path, category), unit)
    return Table(entries, depth, common_unit(list(entries.values()), unit))


def _are_ratios(compiler: Compiler, tables: dict[Path, Lines]) -> bool:
    """Tell whether an edge has a per cent sign: then an edge of 0 is 0% as well."""
    edges = (
        compiler.document.text_at(compiler.literal((*path, position, step.bound)))
        for path, lines in tables.items()
        for position, step in enumerate(lines)
        if step.edge is not None
    )
    return any(isinstance(text, str) and text.endswith("%") for text in edges)


def _steps(compiler: Compiler, value: Lines, path: Path, unit: Unit, *, ratios: bool) -> Steps:
    edges: list[Number] = []
    values: list[Number] = []
    bounds: list[Bound] = []
    for position, step in enumerate(value):
        if step.edge is not None:
            bounds.append(step.bound)  # type: ignore[arg-type]
            of_edge = PURE if ratios and step.edge == 0 else BARE
            edges.append(compiler.number_at(step.edge, (*path, position, step.bound), of_edge))
        values.append(compiler.number_at(step.value, (*path, position, "value"), unit))
    return Steps(tuple(bounds), tuple(edges), tuple(values), common_unit(values, unit))


def _from_file(compiler: Compiler, name: str, entry: models.Parameter, unit: Unit) -> Symbol | None:
    """Read a table or steps from a csv: one column of categories or edges, one of values."""
    from transfers.districts import Source
    from transfers.districts.header import Wanted
    from transfers.districts.raw import read_table

    chosen = [b for b in _BOUNDS if getattr(entry, b) is not None]
    if not chosen or ("parameters", name) in compiler.reading.faulty:
        return None  # the border has told so; here only other faults are looked for
    bound = chosen[-1]  # with `key` before it, brackets by category
    place = compiler.document.place("parameters", name)
    file = compiler.document.beside(entry.file or "")
    inner = [] if entry.inner_key is None else [entry.inner_key]
    wanted = [*(getattr(entry, b) for b in chosen), *inner, str(entry.value)]
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
    rows = Rows(FilePath(file).name, raw.line_of_row, keys, str(entry.value))
    values = _numbers(compiler, rows, cells)
    for row, cell in enumerate(cells):
        if percent_beside(cell, unit):
            where = Place(FilePath(file).name, raw.line_of_row[row])
            compiler.faults.append(percent_fault(where, cell, entry.unit or ""))
    for category in keys if bound == "key" else keys[:-1]:
        for row, cell in enumerate(category):
            if not cell:
                where = Place(FilePath(file).name, raw.line_of_row[row])
                compiler.faults.append(Fault("formula.file_blank_key", where))
    if bound == "key":
        return _table_from_file(compiler, name, place, (keys, values), unit)
    lines = LinesOfFile(FilePath(file).name, raw.line_of_row, keys[:-1], keys[-1], values, bound)
    return symbol_of_lines(compiler, name, place, lines, unit)


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


class Rows(Struct, frozen=True):
    """Rows of a file: where each stands, its categories, and the column that is read."""

    file: str
    lines: Sequence[int]
    keys: Sequence[Sequence[str]]
    column: str

    def fault(self, row: int, cell: str) -> Fault:
        """Say that a cell is no number; of a blank one, in which column and of which categories."""
        where = Place(self.file, self.lines[row])
        if cell.strip():
            return Fault("formula.file_number", where, {"cell": cell[:_LONGEST]})
        called = [shown(key[row], _LONGEST) for key in self.keys if key[row]]
        words = {"column": self.column, "keys": tuple(called) or "—"}
        return Fault("formula.file_blank", where, words)


def _numbers(compiler: Compiler, rows: Rows, cells: Sequence[str]) -> list[Fraction | None]:
    """Return the numbers of a column; a cell that is none is a fault, told once."""
    numbers: list[Fraction | None] = []
    for row, cell in enumerate(cells):
        number = parse_decimal(cell)
        if number is None:
            fault = rows.fault(row, cell)
            if fault not in compiler.faults:  # several parameters may read one column
                compiler.faults.append(fault)
        numbers.append(number)
    return numbers
