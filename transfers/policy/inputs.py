"""The section `inputs`: the columns that rules read, for each district or each item of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transfers.formula.nodes import Type
from transfers.formula.scope import Symbol
from transfers.policy.lists import check_columns
from transfers.policy.rules import InputRule

if TYPE_CHECKING:
    from transfers.policy.compile import Compiler


def input_rules(compiler: Compiler) -> None:
    """Read the section: each column is known from here on."""
    inputs = compiler.document.model.inputs
    for name, entry in inputs.items():
        over = entry.over or ""
        place = compiler.document.place("inputs", name)
        if over and over not in compiler.scope.lists:  # told already
            compiler.define(Symbol(name, place=place, faulty=True))
            continue
        kind, unit = compiler.kind_of(entry)
        of_kind = Type(kind, per_district=True, unit=unit, over=over)
        compiler.define(Symbol(name, of_kind, place, allowed=entry.one_of))
        compiler.inputs[name] = InputRule(
            name, entry.title or name, unit, kind, entry.role, entry.source, entry.note, over
        )
        if over:
            check_columns(compiler, name, entry)
    for name, entry in inputs.items():
        _check_sum(compiler, name, entry.sum_of or ())


def _check_sum(compiler: Compiler, name: str, parts: tuple[str, ...]) -> None:
    """Check that an input and its parts are numbers of one kind."""
    whole = compiler.inputs.get(name)
    if whole is None:
        return
    for part in (compiler.inputs[part] for part in parts if part in compiler.inputs):
        numbers = whole.kind == part.kind == "number"
        if not numbers or not part.unit.same_kind(whole.unit):
            units = {"unit": whole.unit.label or "—", "part_unit": part.unit.label or "—"}
            path = ("inputs", name, "sum_of")
            compiler.fault("formula.sum_of_kind", path, name=name, part=part.name, **units)
