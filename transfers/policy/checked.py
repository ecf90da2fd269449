"""Formulas that were checked before: of a policy that is changed most stay as they are.

What a formula comes to depends on its text, on what its names stand for, and on the unit of money.
Where all of these are alike the checked tree is the same, whichever document it stands in.
"""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from transfers.formula.nodes import Lookup, Name, Node, Number, Type, walk
from transfers.formula.scope import Scope, Symbol

Asked: TypeAlias = tuple[object, ...]
"""Text, how it is to be read, unit of money."""

_MOST = 500
_LAST = 4
"""Of one text: names may stand for other things in turn."""


class _Checked(Struct, frozen=True, eq=False):
    """A checked formula, with what its names stood for: figures and texts, and lists."""

    node: Node
    symbols: tuple[Symbol, ...]
    lists: tuple[str, ...]

    def fits(self, scope: Scope) -> bool:
        """Tell whether its names stand for the same again."""
        known = all(name in scope.lists for name in self.lists)
        return known and all(_alike(each, scope.symbols.get(each.name)) for each in self.symbols)


_KNOWN: dict[Asked, list[_Checked]] = {}


def checked_before(asked: Asked, scope: Scope) -> Node | None:
    """Return what a formula came to where all its names stood for the same."""
    return next((each.node for each in _KNOWN.get(asked, ()) if each.fits(scope)), None)


def keep_checked(asked: Asked, scope: Scope, parsed: Node, node: Node) -> None:
    """Remember a formula without faults whose names are figures and texts, nothing with parts."""
    symbols: list[Symbol] = []
    lists: list[str] = []
    for part in walk(parsed):
        if isinstance(part, Lookup):
            return
        if isinstance(part, Name):
            symbol = scope.symbols.get(part.name)
            if symbol is None and part.name in scope.lists:
                lists.append(part.name)
            elif symbol is None or not _plain(symbol):
                return
            else:
                symbols.append(symbol)
    if isinstance(parsed, Number):  # moved by its path, which is another elsewhere
        return
    if len(_KNOWN) >= _MOST:
        _KNOWN.clear()
    known = _KNOWN.setdefault(asked, [])
    known.append(_Checked(node, tuple(symbols), tuple(lists)))
    del known[:-_LAST]


_IN_TYPE: dict[tuple[int, Type], tuple[Node, Node]] = {}


def in_type(node: Node, converted: Node, kind: Type) -> Node:
    """Return a copy of a checked tree that has another type; of a tree the same copy each time.

    The tree itself is remembered, and other formulas may have it too.

    Parameters
    ----------
    converted : Node
        What the tree is made into beforehand; it follows from the tree and the type.
    """
    known = _IN_TYPE.get((id(node), kind))
    if known is None:  # the node is kept beside its copy, so that its id is not used again
        if len(_IN_TYPE) >= _MOST:
            _IN_TYPE.clear()
        known = _IN_TYPE[id(node), kind] = (node, replace(converted, type=kind))
    return known[1]


def _plain(symbol: Symbol) -> bool:
    parts = (symbol.table, symbol.steps, symbol.stages)
    return not symbol.faulty and all(part is None for part in parts)


def _alike(kept: Symbol, now: Symbol | None) -> bool:
    """Tell whether two names stand for the same; numbers of a document count by what they say."""
    if now is None or kept == now:
        return now is not None
    mine, others = kept.number, now.number
    if mine is None or others is None or replace(kept, number=others) != now:
        return False
    same = (mine.value, mine.path, mine.percent) == (others.value, others.path, others.percent)
    return same and mine.type == others.type
