"""Figures that sections of a document define besides its own quantities: computed where needed.

A list of services defines two dozen names. Those that no rule reads are set aside: no run
computes them, no explanation shows them; who asks for one by its name gets it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct, field

from transfers.formula.library import names_in
from transfers.formula.nodes import possible_texts
from transfers.formula.scope import Symbol
from transfers.messages import Phrase
from transfers.policy.rules import Formula, QuantityRule, formulas_of

if TYPE_CHECKING:
    from transfers.policy.compile import Compiler


class Deriver(Struct, eq=False):
    """Defines the figures of one entry of a section: ``costs.total`` of the entry ``costs``.

    Parameters
    ----------
    entry : str
        What stands before the point.
    rules : dict of str to QuantityRule
        The figures defined so far, by what stands behind it.
    """

    compiler: Compiler
    entry: str
    source: str | None = None
    rules: dict[str, QuantityRule] = field(default_factory=dict)

    def name(self, figure: str) -> str:
        """Return the whole name of a figure."""
        return f"{self.entry}.{figure}"

    def define(self, figure: str, formula: Formula, title: Phrase) -> None:
        """Make a figure a quantity that formulas from here on can use."""
        compiler, name = self.compiler, self.name(figure)
        self.rules[figure] = rule = QuantityRule(name, formula, title, self.source)
        compiler.statements.append(rule)
        compiler.derived.add(name)
        place = compiler.document.value_place(formula.path)
        allowed = possible_texts(formula.node)
        compiler.define(Symbol(name, formula.node.type, place, allowed=allowed))


def set_aside(compiler: Compiler) -> dict[str, QuantityRule]:
    """Take the derived figures that nothing reads out of the rules, and return them."""
    derived = {
        rule.name: rule
        for rule in compiler.statements
        if isinstance(rule, QuantityRule) and rule.name in compiler.derived
    }
    read: set[str] = set()
    waiting = list(_formulas(compiler, derived)) if derived else []
    while waiting:
        for name in names_in(waiting.pop().node):
            if name in derived and name not in read:
                read.add(name)
                waiting.append(derived[name].formula)
    aside = {name: rule for name, rule in derived.items() if name not in read}
    gone = set(map(id, aside.values()))
    compiler.statements = [rule for rule in compiler.statements if id(rule) not in gone]
    return aside


def _formulas(compiler: Compiler, derived: dict[str, QuantityRule]) -> Iterator[Formula]:
    """Yield every formula of the document that is none of a derived figure."""
    found: list[Formula | None] = [rule.formula for rule in compiler.measures]
    found += [rule.formula for rule in compiler.following]
    if compiler.solve is not None:
        found += [compiler.solve.left, compiler.solve.right]
    stated = [rule.statement for rule in compiler.promises if rule.statement is not None]
    for statement in (*compiler.statements, *stated):
        if not (isinstance(statement, QuantityRule) and statement.name in derived):
            found += formulas_of(statement)
    yield from (formula for formula in found if formula is not None)
