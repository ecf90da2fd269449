"""The thresholds of a policy: every place where one of its rules decides between figures."""

from __future__ import annotations

from msgspec import Struct

from transfers.formula.nodes import Node, Number, walk
from transfers.formula.thresholds import Crossing, Kind, Moved, crossing_of, deciding_parts
from transfers.policy.policy import Policy
from transfers.policy.rules import Formula, Path
from transfers.policy.uses import every_use


class Threshold(Struct, frozen=True, eq=False):
    """A part of a rule that decides.

    Parameters
    ----------
    rule : str
        The name of the quantity, stage, grant, ...
    path : tuple of str
        Where its formula stands in the document.
    kind : "comparison", "rounding" or "rank"
    node : Node
        The part.
    text : str
        As the document writes it; of brackets, the formula that reads them.
    edge : Number, optional
        Of a comparison with a number of the document: that number.
    """

    rule: str
    path: Path
    kind: Kind
    node: Node
    text: str
    edge: Number | None = None

    def crossing(self, moves: Moved | None = None) -> Crossing | None:
        """Return where it turns, if it holds one name against one number.

        Parameters
        ----------
        moves : mapping, optional
            Numbers of the document that a scenario moves.
        """
        return crossing_of(self.node, moves)


def thresholds(policy: Policy) -> tuple[Threshold, ...]:
    """Return the thresholds of all rules that have a part in the amounts, in reading order.

    Outputs and rules about the outcome change no amount, and have none.
    """
    return tuple(
        _threshold(use.name, use.formula, kind, node)
        for use in every_use(policy)
        if use.formula is not None and not use.after_money
        for kind, node in deciding_parts(use.formula.node)
    )


def _threshold(name: str, formula: Formula, kind: Kind, node: Node) -> Threshold:
    text = formula.text[node.start : node.end] or formula.text
    sides = tuple(node.children()) if kind == "comparison" else ()
    numbers = [part for side in sides for part in walk(side) if isinstance(part, Number)]
    edge = numbers[0] if len(numbers) == 1 else None
    return Threshold(name, formula.path, kind, node, text, edge)
