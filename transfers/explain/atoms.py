"""The figures that a formula is made of, as it was written: names, look-ups, calls.

A checked formula holds what functions expand to. Every part of an expansion has the span of the
call it came from, so that the outermost part with such a span is the value of the whole call.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from transfers.formula.library import FUNCTIONS, Family
from transfers.formula.nodes import Call, Lookup, Name, Node, Pick, walk

_CALL = re.compile(r"([a-z_]+)\s*\(")


class Written(Struct, frozen=True, eq=False):
    """A call as it was written, and the part of the checked formula that is its value."""

    function: str
    text: str
    node: Node


def written_call(node: Node, text: str, families: tuple[Family, ...]) -> Written | None:
    """Return the call of a function of some families that a part of a formula is."""
    span = text[node.start : node.end]
    found = _CALL.match(span)
    if found is None or found[1] not in FUNCTIONS or FUNCTIONS[found[1]].family not in families:
        return None
    return Written(found[1], span, node) if _closes_at_its_end(span) else None


def aggregates_in(node: Node, text: str) -> list[Written]:
    """Return the calls of functions over many in a formula, each once, in reading order."""
    found: dict[tuple[int, int], Written] = {}
    for part in walk(node):
        if (part.start, part.end) not in found:
            call = written_call(part, text, ("over_districts",))
            if call is not None:
                found[part.start, part.end] = call
    return [found[span] for span in sorted(found)]


def atoms_of(node: Node, text: str, over: str, holds: Callable[[Node], bool]) -> Iterator[Node]:
    """Yield the parts of a formula that have a figure of their own for each item of a list.

    Of a choice only the branch that `holds` says is taken.
    """
    if node.type.over != over:
        return
    if isinstance(node, Name):
        if not node.name.endswith(".key"):
            yield node
        return
    taken = isinstance(node, Pick)
    if taken or written_call(node, text, ("over_districts", "brackets")) is not None:
        yield node
        return
    if isinstance(node, Lookup):
        for index in node.indices:
            yield from atoms_of(index, text, over, holds)
        yield node
        return
    parts = list(node.children())
    if isinstance(node, Call) and node.function == "if":
        parts = [parts[0], parts[1] if holds(parts[0]) else parts[2]]
    for part in parts:
        yield from atoms_of(part, text, over, holds)


def _closes_at_its_end(span: str) -> bool:
    """Tell whether the first bracket of a call is closed by the last sign of its text."""
    depth, quoted = 0, False
    for place, sign in enumerate(span):
        if sign == '"':
            quoted = not quoted
        elif not quoted:
            depth += (sign == "(") - (sign == ")")
            if sign == ")" and depth == 0:
                return place == len(span) - 1
    return False
