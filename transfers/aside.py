"""A figure that a section defines and no rule reads: computed when somebody asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from transfers.errors import TableError
from transfers.formula.library import names_in

if TYPE_CHECKING:
    from transfers.block import Block
    from transfers.formula.values import Value
    from transfers.policy.rules import QuantityRule


def read_aside(block: Block, rule: QuantityRule) -> Value:
    """Return the figure, what it rests on before it.

    Raises
    ------
    TableError
        A figure is missing under an aggregate: told to who asks, for the run does without.
    """
    for name in names_in(rule.formula.node):
        block.named(name)
    of_run, block.invalid = block.invalid, {}
    try:
        value = block.value(rule.formula)
        found = next(iter(block.invalid.values()), None)
    finally:
        block.invalid = of_run
    if found:
        raise TableError(found)
    block.definitions[rule.name] = rule.formula.node
    block.order[rule.name] = len(block.order)
    return value
