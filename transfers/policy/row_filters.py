"""Which rows of a file are read: ``rows: year == 2018 and type == "county"``.

The statement is parsed when the document is compiled; its names are looked up when the file is
read, for only then its columns are known. A column comes before a constant of the same name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final
from unicodedata import normalize

import numpy as np
from msgspec import Struct

from transfers.arithmetic.decimals import format_decimal
from transfers.districts.columns import Column
from transfers.districts.faults import Faults, shown
from transfers.districts.raw import RawTable
from transfers.districts.rows import (
    RowsRead,
    columns_called,
    names_of_columns,
    read_cells,
    report_cells,
    rows_taken,
    values_there,
)
from transfers.documents import Document
from transfers.errors import Fault, TableError, TooLongError
from transfers.findings import Finding
from transfers.formula.approximate import ApproximateReader
from transfers.formula.check import Checker
from transfers.formula.depth import check_depth
from transfers.formula.grammar import FormulaFault, parse
from transfers.formula.nodes import Compare, Name, Node, Number, Type, walk
from transfers.formula.scope import Scope, Symbol, listed
from transfers.formula.values import Truth
from transfers.policy.constants import Constants, shape_faults
from transfers.policy.row_figures import RowFigures
from transfers.policy.row_kinds import with_kinds
from transfers.policy.rules import Path
from transfers.units import BARE

if TYPE_CHECKING:
    from transfers.policy.compile import Compiler

_BEGINS_FIGURE: Final = "0123456789.+-"
_MOST_LISTED = 30


class RowFilter(Struct, frozen=True, eq=False):
    """The statement that decides which rows of a file are read.

    Parameters
    ----------
    text : str
    path : tuple
        Where it stands in the document.
    parsed : Node
    constants : Constants
    document : Document
        To point at its letters.
    """

    text: str
    path: Path
    parsed: Node
    constants: Constants
    document: Document

    @property
    def columns(self) -> tuple[tuple[str, ...], ...]:
        """What its columns may be called, to find the header by."""
        names = dict.fromkeys(part.name for part in self._names())
        return tuple((name,) for name in names if name not in self.constants.symbols)

    def read(self, raw: RawTable) -> RowsRead:
        """Return a table with the rows for which the statement holds.

        Raises
        ------
        TableError
            The statement does not fit the columns, a cell it needs cannot be read, or no row is
            left.
        """
        columns = self._columns(raw)
        kinds = {name: symbol.type.kind for name, symbol in self.constants.symbols.items()}
        typed, read = with_kinds(self.parsed, columns, kinds)
        node = self._checked(typed, read)
        cells = {
            label: read_cells(raw, columns[name], kind) for label, (name, kind) in read.items()
        }
        truth = self._judged(node, {label: column for label, (column, _) in cells.items()}, raw)
        unknown = np.isnan(truth)
        faults = Faults()
        for label, (name, kind) in read.items():
            report_cells(raw, columns[name], unknown & cells[label][1], kind, faults)
        faults.raise_any()
        if signs := list(self._percent_on_one_side(raw, columns)):
            raise TableError(signs)
        keep = truth == 1
        if not keep.any():
            raise TableError([self._none_left(raw, columns)])
        used = tuple(self._constants_used(columns))
        if keep.all():
            return RowsRead(raw, (), used)
        words: dict[str, object] = {
            "rows": shown_formula(self.text),
            "count": int((~keep).sum()),
            "all": len(raw),
            "kept": int(keep.sum()),
            "unknown": int(unknown.sum()),
        }
        code = "reading.rows_left_out" + ("_unknown" if unknown.any() else "")
        where = raw.place_at(raw.header_line)
        note = Finding(code, "note", "noted", where=where, values=words)
        return RowsRead(rows_taken(raw, keep), (note,), used)

    def _percent_on_one_side(self, raw: RawTable, columns: dict[str, int]) -> Iterator[Fault]:
        """Report a per cent sign in the statement, or in cells, but not in both."""
        for part in walk(self.parsed):
            sides = (part.left, part.right) if isinstance(part, Compare) else ()
            names = [s for s in sides if isinstance(s, Name) and s.name in columns]
            for number in (s for s in sides if isinstance(s, Number) and s.value and names):
                name = names[0].name
                cells = set(raw.columns[columns[name]])
                figures = [cell for cell in cells if cell and cell[0] in _BEGINS_FIGURE]
                signed = sum(normalize("NFKC", cell[-1]) == "%" for cell in figures)
                if figures and signed != number.percent * len(figures):
                    fault = FormulaFault("reading.percent_on_one_side", number.start)
                    yield self._fault(fault, {"name": name, "file": raw.file})

    # -- names ---------------------------------------------------------------------------------

    @property
    def names(self) -> set[str]:
        """The names of columns and constants that the statement uses."""
        return {part.name for part in self._names()}

    def _names(self) -> list[Name]:
        return [part for part in walk(self.parsed) if isinstance(part, Name)]

    def _constants_used(self, columns: dict[str, int]) -> list[str]:
        return list(dict.fromkeys(n.name for n in self._names() if n.name not in columns))

    def _columns(self, raw: RawTable) -> dict[str, int]:
        """Return the column of each name that is one, from 0; report names that are nothing."""
        found: dict[str, int] = {}
        faults: list[Fault] = []
        for part in self._names():
            there = columns_called(raw, part.name)
            if len(there) > 1:
                named = tuple(shown(raw.header[at]) for at in there)
                words = {"name": part.name, "columns": named, "file": raw.file}
                faults.append(
                    self._fault(FormulaFault("reading.column_ambiguous", part.start), words)
                )
            elif there:
                found[part.name] = there[0]
            elif part.name not in self.constants.symbols:
                faults.append(self._unknown(raw, part))
        if not faults:
            faults += self._without_column(raw, found)
        if faults:
            raise TableError(list({(f.code, f.place): f for f in faults}.values()))
        return found

    def _unknown(self, raw: RawTable, part: Name) -> Fault:
        """Report a name that is neither a column nor a constant."""
        there = names_of_columns(raw)
        near = Scope(dict.fromkeys([*there, *self.constants.symbols])).suggestion(part.name)  # type: ignore[arg-type]
        by_case = {name.casefold(): name for name in there}
        near = by_case.get(part.name.casefold(), near)
        words = {
            "name": part.name,
            "file": raw.file,
            "columns": (*there[:_MOST_LISTED], *["…"] * (len(there) > _MOST_LISTED)),
            "constants": listed(self.constants.symbols),
            "near": near,
            "path": ".".join(map(str, self.path)),
        }
        code = "reading.no_column" + ("" if near is None else "_near")
        return self._fault(FormulaFault(code, part.start), words)

    def _without_column(self, raw: RawTable, columns: dict[str, int]) -> Iterator[Fault]:
        """Report comparisons in which no column of the file stands: they leave out all or none."""
        there = names_of_columns(raw)
        listed_ = (*there[:_MOST_LISTED], *["…"] * (len(there) > _MOST_LISTED))
        words = {"columns": listed_, "file": raw.file, "path": ".".join(map(str, self.path))}
        parts = [part for part in walk(self.parsed) if isinstance(part, Compare)]
        named = [part for part in parts if any(isinstance(p, Name) for p in walk(part))]
        judged: list[Node] = [*named] or ([] if columns else [self.parsed])
        for part in judged:
            if not any(isinstance(p, Name) and p.name in columns for p in walk(part)):
                yield self._fault(FormulaFault("reading.no_column_compared", part.start), words)
            elif self._same_column(part):
                name = next(p.name for p in walk(part) if isinstance(p, Name))
                fault = FormulaFault("reading.column_with_itself", part.start)
                yield self._fault(fault, {**words, "name": name})

    @staticmethod
    def _same_column(part: Node) -> bool:
        """Tell whether a column is compared with itself: the parameter meant has its name."""
        sides = (part.left, part.right) if isinstance(part, Compare) else ()
        names = {side.name if isinstance(side, Name) else None for side in sides}
        return len(names) == 1 and None not in names

    # -- figures -------------------------------------------------------------------------------

    def _checked(self, typed: Node, read: dict[str, tuple[str, str]]) -> Node:
        """Return the checked statement; report what does not go together."""
        symbols = dict(self.constants.symbols)
        for label, (_, kind) in read.items():
            symbols[label] = Symbol(label, Type(kind, per_district=True))  # type: ignore[arg-type]
        checker = Checker(Scope(symbols), BARE)
        try:
            node = checker.check(typed, result=True)
            check_depth(node)
        except FormulaFault as fault:
            raise TableError([self._fault(fault, fault.values)]) from None
        faults = list(checker.faults)
        if not faults and node.type.kind != "boolean":
            faults.append(FormulaFault("reading.statement_wanted", 0))
        if faults:
            raise TableError([self._fault(fault, fault.values) for fault in faults])
        return node

    def _judged(self, node: Node, columns: dict[str, Column], raw: RawTable) -> Any:
        """Return for each row 1 where the statement holds, 0 where not, NaN where unknown."""
        figures = RowFigures(columns, len(raw))
        try:
            value = ApproximateReader(figures).value(node)
        except TooLongError:
            raise TableError([self._fault(FormulaFault("reading.too_long", 0), {})]) from None
        assert isinstance(value, Truth)
        return np.broadcast_to(value.value[0], (len(raw),))

    def _none_left(self, raw: RawTable, columns: dict[str, int]) -> Fault:
        there = tuple(f"{name}: {', '.join(values_there(raw, at))}" for name, at in columns.items())
        values = [
            f"{name} = {value if isinstance(value, str) else format_decimal(value)}"
            for name in self._constants_used(columns)
            for value in [self.constants.value(name)]
        ]
        words = {
            "rows": shown_formula(self.text) + (f" ({', '.join(values)})" if values else ""),
            "file": raw.file,
            "count": len(raw),
            "there": "; ".join(there),
        }
        return self._fault(FormulaFault("reading.no_row_left", 0), words)

    def _fault(self, fault: FormulaFault, words: Any) -> Fault:
        place = self.document.value_place(self.path, fault.offset)
        return Fault(fault.code, place, words)


def shown_formula(text: str) -> str:
    """Return a statement as messages quote it: on one line, and not endless."""
    line = " ".join(text.split())
    return line if len(line) <= 120 else line[:119] + "…"


def row_filters(compiler: Compiler) -> None:
    """Parse every `rows` of the document."""
    model = compiler.document.model
    files: dict[Path, str | None] = {("districts",): model.districts.rows}
    for number, join in enumerate(model.districts.join):
        files["districts", "join", number] = join.rows
    for section in ("lists", "inputs", "parameters"):
        for name, entry in getattr(model, section).items():
            files[section, name] = entry.rows
    for path, text in files.items():
        if text is not None:
            _parse(compiler, path, text)


def _parse(compiler: Compiler, path: Path, text: str) -> None:
    """Parse the statement of one file; report what cannot be read."""
    at = compiler.literal((*path, "rows"))
    known = compiler.reading.constants
    wrong: list[FormulaFault] = []
    try:
        parsed = parse(text)
        wrong += shape_faults(parsed, known)
    except FormulaFault as unread:
        wrong.append(unread)
    for fault in wrong:
        compiler.formula_fault(fault, at)
        compiler.reading.faulty.add(path)
    if not wrong:
        found = RowFilter(text, at, parsed, known, compiler.document)
        compiler.reading.filters[path] = found
