"""What inputs become in the following year, for promises about years; no run computes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from transfers.policy.rules import Formula, Path

if TYPE_CHECKING:
    from transfers.policy.compile import Compiler


class NextRule(Struct, frozen=True, eq=False):
    """An input, and the formula of its figures in the following year, in the input's unit."""

    name: str
    formula: Formula
    path: Path


def next_rules(compiler: Compiler) -> None:
    """Check the formulas of the section `next`: each fits its input."""
    for name, text in compiler.document.model.next.items():
        compiler.scope.current = ""
        path: Path = ("next", name)
        formula = compiler.of_kind(compiler.formula(text, path), "number")
        compiler.numbers.pop(path, None)  # what is no rule of a run is nothing that a run can move
        formula = _in_unit_of_input(compiler, name, formula)
        if formula is not None:
            compiler.following.append(NextRule(name, formula, path))


def _in_unit_of_input(compiler: Compiler, name: str, formula: Formula | None) -> Formula | None:
    """Return a formula in the unit of an input; money in that of the document where it has none."""
    entry = compiler.document.model.inputs.get(name)
    if entry is None or formula is None:
        return None
    _, unit = compiler.kind_of(entry)
    if not unit.bare:
        return compiler.as_declared(formula, unit)
    is_money = formula.node.type.unit.same_kind(compiler.money)
    return compiler.converted(formula, compiler.money) if is_money else formula
