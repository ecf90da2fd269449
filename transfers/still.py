"""What no scenario moves: read once for all blocks of a plan.

A block asks before it reads a part of a formula. Where no number that the part rests on is moved
by any of its scenarios, the answer comes from a block of one scenario that moves nothing, which
remembers what it has read. The figures are the same bits either way.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from transfers.formula.nodes import Lookup, Name, Node, Number, walk
from transfers.policy.rules import BudgetRule, Formula, OutputRule, Path, QuantityRule

if TYPE_CHECKING:
    from transfers.arithmetic.figure import Figure
    from transfers.block import Block
    from transfers.formula.values import Value

Rests = frozenset[Path] | None


class Still(Struct, eq=False):
    """What stays as it is from block to block.

    Parameters
    ----------
    block : Block
        One scenario that moves nothing.

    Attributes
    ----------
    usable : bool
        False once something was found missing or wrong: each block then reads, and tells, itself.
    kept : dict
        What was made of such figures alone, under names that say what it is.
    """

    block: Block
    usable: bool = True
    _rests: dict[int, Rests] = field(default_factory=dict)
    _formulas: dict[str, Formula] | None = None
    _figures: dict[int, Figure] = field(default_factory=dict)
    kept: dict[tuple[object, ...], Any] = field(default_factory=dict)

    def rests_on(self, node: Node) -> Rests:
        """Return the paths of numbers and inputs that a part rests on; None: on an outcome."""
        known = self._rests.get(id(node), ())
        if not isinstance(known, tuple):
            return known
        paths = [self._own(part) for part in walk(node)]
        own = [some for some in paths if some is not None]
        answer = frozenset().union(*own) if len(own) == len(paths) else None
        self._rests[id(node)] = answer
        return answer

    def _own(self, part: Node) -> Collection[Path] | None:
        policy = self.block.policy
        match part:
            case Number():
                return () if part.path is None else (part.path,)
            case Lookup():
                return [n.path for n in policy.tables[part.table].entries.values() if n.path]
            case Name() if part.name in self.block.districts.columns:
                return (("inputs", part.name),)
            case Name() if part.name == "key":
                return ()
            case Name() if part.name in self.formulas:
                return self.rests_on(self.formulas[part.name].node)
            case Name() if part.name.partition(".")[0] in policy.lists:
                of, _, column = part.name.partition(".")
                numbers = getattr(policy.lists[of].columns.get(column), "numbers", None) or ()
                return [n.path for n in numbers if n is not None and n.path]
            case Name():
                return None  # an outcome, an account, a total
        return ()

    @property
    def formulas(self) -> dict[str, Formula]:
        """The formulas of quantities, by their names."""
        if self._formulas is None:
            self._formulas = {}
            for rule in self.block.policy.statements:
                if isinstance(rule, BudgetRule):
                    self._formulas["budget"] = rule.amount
                elif isinstance(rule, QuantityRule | OutputRule):
                    self._formulas[rule.name] = rule.formula
        return self._formulas

    def has(self, node: Node, moved: Collection[Path]) -> bool:
        """Tell whether a part stays as it is where some numbers are moved."""
        rests = self.rests_on(node) if self.usable else None
        return rests is not None and rests.isdisjoint(moved)

    def value(self, node: Node) -> Value | None:
        """Return what a part that stays as it is yields; None if something is missing there."""
        self._define(node)
        reader = self.block.reader
        value = reader.value(node)
        if reader.gaps or self.block.invalid:
            self.usable = False
        return value if self.usable else None

    def figure(self, formula: Formula) -> Figure | None:
        """Return the figures of a formula that stays as it is; None if something is missing."""
        if id(formula) not in self._figures:
            self._define(formula.node)
            figure = self.block.figure(formula)
            if self.block.invalid:
                self.usable = False
            self._figures[id(formula)] = figure
        return self._figures[id(formula)] if self.usable else None

    def _define(self, node: Node) -> None:
        """Read the quantities a part rests on, those it rests on first."""
        for part in walk(node):
            name = part.name if isinstance(part, Name) else ""
            if name in self.formulas and name not in self.block.definitions:
                self._define(self.formulas[name].node)
                self.block.define(name, self.formulas[name])
