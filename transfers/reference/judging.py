"""Rules about the outcome, one district at a time (method, section 28)."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from transfers.errors import TableError
from transfers.formula.nodes import Compare, Logic, Node
from transfers.policy.rules import CheckRule
from transfers.reference.formulas import Column, Reader


@dataclass(slots=True)
class Judged:
    """What a rule came to.

    Attributes
    ----------
    verdicts : list of str, one per district; one for a rule about the whole
        holds, broken, not_applicable or unknown.
    sides : dict of comparison to list of (left, right), one per district
        Of the comparisons that the statement is, or joins by ``and``; empty where unknown.
    """

    verdicts: list[str]
    sides: list[list[tuple[Fraction | None, Fraction | None]]] = field(default_factory=list)


def judged(reader: Reader, rule: CheckRule) -> Judged:
    """Hold the outcome against a rule; a figure missing under an aggregate makes it unknown."""
    everyone = range(len(reader.names) if rule.per_district else 1)
    applies: Column = [True for _ in everyone]
    if rule.applies is not None:
        try:
            applies = reader.column(rule.applies.node)
        except TableError:
            return Judged(["unknown" for _ in everyone])
    holds: Column = [None for _ in everyone]
    sides: list[list[tuple[Fraction | None, Fraction | None]]] = []
    if any(applies[i] is True for i in everyone):
        try:
            holds = reader.column(rule.that.node)
            sides = [_sides(reader, part, everyone) for part in _comparisons(rule.that.node)]
        except TableError:
            pass
    return Judged([_verdict(applies[i], holds[i]) for i in everyone], sides)


def _verdict(applies: object, holds: object) -> str:
    if applies is False:
        return "not_applicable"
    if applies is None or holds is None:
        return "unknown"
    return "holds" if holds else "broken"


def _comparisons(node: Node) -> list[Compare]:
    if isinstance(node, Logic) and node.operator == "and":
        return _comparisons(node.left) + _comparisons(node.right)
    numbers = isinstance(node, Compare) and node.left.type.kind == "number" == node.right.type.kind
    return [node] if isinstance(node, Compare) and numbers else []


def _sides(
    reader: Reader, node: Compare, everyone: range
) -> list[tuple[Fraction | None, Fraction | None]]:
    return [(reader.figure(node.left, i), reader.figure(node.right, i)) for i in everyone]
