"""Formulas of changes: checked over inputs and parameters, and read exactly, for one table."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from transfers.arithmetic.decimals import Decimals, Indices
from transfers.block import Block
from transfers.districts import BooleanColumn, Column, Districts, NumberColumn, TextColumn
from transfers.districts.faults import Faults
from transfers.errors import Fault, Place
from transfers.formula.check import Checker
from transfers.formula.depth import check_depth
from transfers.formula.grammar import FormulaFault, parse
from transfers.formula.nodes import Name, Node, Spread, Type, walk
from transfers.formula.scope import Scope, listed
from transfers.formula.values import Labels, Truth, Value
from transfers.messages import Phrase
from transfers.policy.above import SECTION as UPSTREAM
from transfers.policy.constants import YEAR
from transfers.policy.policy import Policy
from transfers.policy.rules import Formula, InputRule


class Asked(Struct, frozen=True, eq=False):
    """A formula asked for: of which input, and where."""

    rule: InputRule
    text: str
    place: Place

    @property
    def domain(self) -> Type:
        """What the input has a figure for each of."""
        return Type(per_district=True, over=self.rule.over)


class FormulasOfTable:
    """Reads formulas over the inputs of one table, before anything is computed from them."""

    def __init__(self, policy: Policy, districts: Districts, faults: Faults) -> None:
        self.policy, self.districts, self.faults = policy, districts, faults
        self.block = Block(policy, districts, [{}])
        self.scope = _given(policy)
        self.kept: list[Node] = []  # what is read is remembered by its id

    def where(self, asked: Asked) -> Indices:
        """Return the figures of the input for which a statement holds.

        Raises
        ------
        FormulaFault
            It cannot be read, or is no statement.
        """
        node = self._checked(asked, "boolean")
        truth = self._read(node, asked)
        if truth is None:
            return np.zeros(0, dtype=np.intp)
        assert isinstance(truth, Truth)
        row = np.broadcast_to(truth.value[0], (self._count(asked),))
        self._missing(node, asked, np.flatnonzero(np.isnan(row)), "figures.where_unknown")
        return np.flatnonzero(row == 1)

    def cells(self, asked: Asked, places: Indices) -> Column | None:
        """Return what a formula comes to at some places, exactly; None where that is told.

        A figure that was there is not left missing.

        Raises
        ------
        FormulaFault
            It cannot be read, or does not fit the input.
        """
        node = self._checked(asked, asked.rule.kind)
        value = self._read(node, asked)
        if value is None:
            return None
        cells = self._taken(node, value, places, self._count(asked))
        was = self.districts.columns[asked.rule.name].missing[places]
        self._missing(node, asked, places[cells.missing & ~was], "figures.no_figure")
        return cells

    def _count(self, asked: Asked) -> int:
        return len(self.districts.columns[asked.rule.name])

    # -- checking ------------------------------------------------------------------------------

    def _checked(self, asked: Asked, kind: str) -> Node:
        """Return a formula that has a figure for each one of the input, in its unit."""
        parsed = parse(asked.text)
        for part in walk(parsed):
            computed = isinstance(part, Name) and part.name not in self.scope.symbols
            if isinstance(part, Name) and computed and self.policy.scope.find(part.name):
                known = listed(self.scope.symbols)
                raise FormulaFault("figures.computed", part.start, name=part.name, known=known)
        checker = Checker(self.scope, self.policy.money_unit)
        node = checker.check(parsed, result=True)
        if not checker.faults and node.type.kind != kind:
            family = "figures" if kind == "text" else "formula"
            raise FormulaFault(f"{family}.{kind}_wanted", 0)
        if kind == "number":
            node = checker.as_declared(checker.settled(node), asked.rule.unit, node)
        check_depth(node)
        for fault in checker.faults:
            raise fault
        solved = None if self.policy.solve is None else self.policy.solve.parameter
        if solved is not None and any(getattr(part, "path", None) == solved for part in walk(node)):
            raise FormulaFault("figures.solved", 0, name=".".join(map(str, solved)))
        node = self._widened(asked.rule, node)
        self.kept.append(node)
        return node

    def _widened(self, rule: InputRule, node: Node) -> Node:
        """Return a formula with a figure for each item and district, where the input has one."""
        if node.type.over not in ("", rule.over):
            raise FormulaFault("figures.over_other_list", 0, list=node.type.over)
        if not rule.over or (node.type.over and node.type.per_district):
            return node
        whole = Type(node.type.kind, True, node.type.unit, rule.over)
        return Spread(node, start=node.start, end=node.end, type=whole)

    # -- reading -------------------------------------------------------------------------------

    def _read(self, node: Node, asked: Asked) -> Value | None:
        """Read a formula; None where something is missing under its aggregates, which is told."""
        reader = self.block.reader
        value = reader.value(node)
        gaps, reader.gaps = reader.gaps, []
        for gap in gaps:
            members = np.flatnonzero(gap.where[0])
            formula = Formula(asked.text, node, ())
            words = self.block.words_of(formula, gap.node, members, domain=gap.node.domain)
            self.faults.tell(Fault(gap.code, asked.place, _inside(words)))
        return None if gaps else value

    def _taken(self, node: Node, value: Value, places: Indices, count: int) -> Column:
        """Return the figures of a formula at some places."""
        if isinstance(value, Labels):
            codes = np.broadcast_to(value.codes[0], (count,))[places]
            return TextColumn(codes.astype(np.int32), value.categories)
        row = np.broadcast_to(value.value[0], (count,))[places]
        if isinstance(value, Truth):
            return BooleanColumn(row == 1, np.isnan(row))
        if value.decimals is not None:
            mantissas = np.broadcast_to(value.decimals.mantissas[0], (count,))[places]
            return NumberColumn(Decimals(mantissas, value.decimals.places), np.isnan(row))
        exact = self.block.exact(0).numbers(node, places)
        return NumberColumn.of_fractions(exact.figures.fractions(), exact.missing)

    def _missing(self, node: Node, asked: Asked, members: Indices, code: str) -> None:
        """Report districts for which a formula has no figure, and why the first has none."""
        if len(members):
            formula = Formula(asked.text, node, ())
            words = self.block.words_of(formula, None, members, domain=asked.domain)
            words = {**_inside(words), "name": asked.rule.name}
            self.faults.tell(Fault(code, asked.place, words))


def _inside(words: dict[str, object]) -> dict[str, object]:
    """Return words whose cause does not say where in the document the formula stands."""
    cause = words["cause"]
    inner = cause.values["cause"] if isinstance(cause, Phrase) else None
    if isinstance(inner, Phrase) and "why" in inner.values:
        return {**words, "cause": Phrase("allocation.cause", {"cause": inner.values["why"]})}
    return words


def _given(policy: Policy) -> Scope:
    """Return the names that stand before anything is computed: inputs, parameters, lists."""
    parameters, lists = policy.document.model.parameters, policy.lists
    heads = {*policy.inputs, *parameters, *lists, "key", YEAR, UPSTREAM}
    symbols = {
        name: symbol
        for name, symbol in policy.scope.symbols.items()
        if name.partition(".")[0] in heads
    }
    return Scope(symbols, lists=policy.scope.lists)
