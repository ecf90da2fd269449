"""What is known before any table is read: numbers and texts of `parameters`, and the year.

They stand in the document itself, so `rows` and names with braces may use them wherever these
stand: which file and which rows are read cannot wait for a table.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from transfers.documents.rules import NAMED
from transfers.formula import library
from transfers.formula.check import Checker
from transfers.formula.grammar import FormulaFault, parse
from transfers.formula.nodes import Call, Lookup, Name, Node, Nothing, Number, Type, walk
from transfers.formula.scope import Scope, Symbol, listed
from transfers.policy.rules import Path
from transfers.units import BARE

if TYPE_CHECKING:
    from transfers.policy.compile import Compiler

YEAR: Final = "year"


class Constants(Struct, frozen=True, eq=False):
    """The names that `rows` and braces can use.

    Parameters
    ----------
    symbols : dict of name to Symbol
        Numbers as written, without their units.
    paths : dict of name to path
        Where each stands in the document.
    others : frozenset of str
        Names of the document that stand for something else.
    """

    symbols: dict[str, Symbol] = field(default_factory=dict)
    paths: dict[str, Path] = field(default_factory=dict)
    others: frozenset[str] = frozenset()

    def value(self, name: str) -> Fraction | str:
        """Return what a name stands for."""
        symbol = self.symbols[name]
        return (symbol.text or "") if symbol.number is None else symbol.number.value

    def path(self, name: str) -> str:
        """Return the path of a name, as ``--set`` has it."""
        path = self.paths[name]
        return ".".join(map(str, path[:-1] if path[-1] == "value" else path))


def constants(compiler: Compiler) -> Constants:
    """Return the constants of a document."""
    model = compiler.document.model
    symbols: dict[str, Symbol] = {}
    paths: dict[str, Path] = {}
    for name, entry in model.parameters.items():
        if entry.file is None and isinstance(entry.value, Fraction):
            symbols[name] = Symbol(name, number=Number(entry.value))
        elif entry.file is None and isinstance(entry.value, str):
            symbols[name] = Symbol(name, Type("text"), text=entry.value)
        if name in symbols:
            paths[name] = compiler.literal(("parameters", name, "value"))
    named = {*compiler.faulty, *(name for part in NAMED for name in getattr(model, part))}
    if model.year is not None and YEAR not in named:
        symbols[YEAR] = Symbol(YEAR, number=Number(Fraction(model.year)))
        paths[YEAR] = (YEAR,)
    return Constants(symbols, paths, frozenset(named) - set(symbols))


def define_year(compiler: Compiler) -> None:
    """Make the year of the document usable in all its formulas.

    What the document itself calls `year` (an input, a parameter) comes before.
    """
    known = compiler.reading.constants
    if known.paths.get(YEAR) == (YEAR,):
        number = compiler.number_at(Fraction(known.value(YEAR)), (YEAR,))
        place = compiler.document.place(YEAR)
        compiler.scope.define(Symbol(YEAR, number.type, place, number=number))


def shape_faults(parsed: Node, known: Constants) -> Iterator[FormulaFault]:
    """Yield what no formula can hold that is read before the tables are."""
    for part in walk(parsed):
        if isinstance(part, Nothing):
            yield FormulaFault("formula.none_misplaced", part.start)
        elif isinstance(part, Lookup):
            words = {"name": part.table, "known": listed(known.symbols)}
            yield FormulaFault("reading.constant_wanted", part.start, **words)
        elif isinstance(part, Call):
            of = library.FUNCTIONS.get(part.function)
            if of is not None and of.family == "over_districts":
                yield FormulaFault("reading.aggregate", part.start, function=part.function)


def constant(text: str, known: Constants) -> tuple[Fraction | str | None, set[str]]:
    """Return the value of a formula of constants, and the names it uses.

    Raises
    ------
    FormulaFault
        It cannot be read, uses what is no constant, or has no value.
    """
    from transfers.formula.exact import FIRST  # most documents have no braces
    from transfers.policy.row_figures import RowFigures

    parsed = parse(text)
    for fault in (*shape_faults(parsed, known), *_unknown_names(parsed, known)):
        raise fault
    checker = Checker(Scope(known.symbols), BARE)
    node = checker.check(parsed, result=True)
    for fault in checker.faults:
        raise fault
    used = {part.name for part in walk(parsed) if isinstance(part, Name)}
    reader = RowFigures({}, 1).exact(0)
    if node.type.kind == "text":
        return reader.texts(node, FIRST)[0], used
    if node.type.kind != "number":
        raise FormulaFault("reading.statement_in_braces", 0)
    return reader.number(node), used


def _unknown_names(parsed: Node, known: Constants) -> Iterator[FormulaFault]:
    for part in walk(parsed):
        if isinstance(part, Name) and part.name not in known.symbols:
            words = {"name": part.name, "known": listed(known.symbols)}
            if part.name in known.others:
                yield FormulaFault("reading.constant_wanted", part.start, **words)
                continue
            near = Scope(known.symbols).suggestion(part.name)
            code = "reading.unknown_constant" + ("" if near is None else "_near")
            yield FormulaFault(code, part.start, **words, near=near)
