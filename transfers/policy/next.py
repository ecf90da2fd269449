"""What of a year the next one begins with: inputs, parameters, columns of lists.

No run computes it: promises about years read it, and outlooks over several years.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from transfers.formula.check import Checker
from transfers.formula.grammar import FormulaFault
from transfers.policy.rules import Formula, Path

if TYPE_CHECKING:
    from transfers.policy.compile import Compiler
    from transfers.units import Unit

Of = Literal["districts", "items", "parameter", "list"]


class NextRule(Struct, frozen=True, eq=False):
    """What has other figures in the following year, and the formula of these, in its unit.

    Parameters
    ----------
    name : str
        An input, a parameter, or a column of a list: ``services.standard``.
    formula : Formula
    path : Path
    of : "districts", "items", "parameter" or "list"
        An input with a figure for each district; one over a list, for each item and district; a
        parameter with one figure; a column of a list.
    over : str
        The list.
    numbers : tuple of Path or None
        Of a parameter and of a column of a list: where the document has the figures, so that a
        scenario can move them; None where there is none.
    """

    name: str
    formula: Formula
    path: Path
    of: Of = "districts"
    over: str = ""
    numbers: tuple[Path | None, ...] = ()

    @property
    def of_each_district(self) -> bool:
        """Whether it is an input with one number for each district."""
        return self.of == "districts" and self.formula.node.type.kind == "number"


def next_rules(compiler: Compiler) -> None:
    """Check the formulas of the section `next`: each fits what it is for."""
    for name, text in compiler.document.model.next.items():
        compiler.scope.current = ""
        path: Path = ("next", name)
        rule = _of_input if name in compiler.document.model.inputs else _of_number
        found = rule(compiler, name, text, path)
        if found is not None:
            compiler.following.append(found)


def _of_input(compiler: Compiler, name: str, text: str, path: Path) -> NextRule | None:
    """Return what an input becomes: a figure for each district, over a list also for each item."""
    given = compiler.inputs.get(name)
    if given is None:  # told already
        return None
    formula = _formula(compiler, text, path, given.over)
    if formula is not None and given.kind == "text" and formula.node.type.kind != "text":
        compiler.formula_fault(FormulaFault("figures.text_wanted", 0), formula.path)
        return None
    formula = compiler.of_kind(formula, given.kind)
    if given.kind == "number":
        formula = _in_unit(compiler, given.unit, formula)
    if formula is None:
        return None
    if not given.over:
        return NextRule(name, formula, path)
    node = formula.node
    if node.type.over or node.type.per_district:
        node = Checker(compiler.scope, compiler.money).spread(node, given.over)
    return NextRule(name, replace(formula, node=node), path, "items", given.over)


def _of_number(compiler: Compiler, name: str, text: str, path: Path) -> NextRule | None:
    """Return what a parameter or a column of a list becomes: one figure, or one for each item."""
    over, _, column = name.partition(".")
    if not column:
        if name not in compiler.document.model.parameters:  # told already
            return None
        symbol = compiler.scope.find(name)
        if symbol is None or symbol.faulty or symbol.number is None or symbol.number.path is None:
            if symbol is None or not symbol.faulty:
                compiler.fault("formula.next_of_many", path, name=name)
            return None
        formula = _in_unit(compiler, symbol.type.unit, _formula(compiler, text, path, ""))
        formula = compiler.single(compiler.of_kind(formula, "number"), "formula.single_next")
        numbers = (symbol.number.path,)
        return None if formula is None else NextRule(name, formula, path, "parameter", "", numbers)
    items = compiler.scope.lists.get(over)
    if items is None or column not in items.columns:  # told already
        return None
    given = items.columns[column]
    if given.kind != "number":
        compiler.fault("document.next_not_a_number", path, name=name)
        return None
    formula = _formula(compiler, text, path, over)
    formula = compiler.single(compiler.of_kind(formula, "number"), "formula.single_next_of_item")
    formula = _in_unit(compiler, given.unit, formula)
    paths = tuple(None if number is None else number.path for number in given.numbers)
    return None if formula is None else NextRule(name, formula, path, "list", over, paths)


def _formula(compiler: Compiler, text: str, path: Path, over: str) -> Formula | None:
    """Return a formula that may have a figure for each item of one list; None where it is faulty.

    Its numbers are no numbers of a run, which a run could move.
    """
    formula = compiler.formula(text, path, items_allowed=bool(over))
    compiler.numbers.pop(path, None)
    if formula is not None and formula.node.type.over not in ("", over):
        words = {"list": formula.node.type.over}
        compiler.formula_fault(FormulaFault("figures.over_other_list", 0, **words), formula.path)
        return None
    return formula


def _in_unit(compiler: Compiler, unit: Unit, formula: Formula | None) -> Formula | None:
    """Return a formula in a unit; money in that of the document where there is none."""
    if formula is None:
        return None
    if not unit.bare:
        return compiler.as_declared(formula, unit)
    is_money = formula.node.type.unit.same_kind(compiler.money)
    return compiler.converted(formula, compiler.money) if is_money else formula
