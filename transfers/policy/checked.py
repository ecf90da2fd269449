"""Formulas that were checked before: of a policy that is changed most stay as they are.

What a formula comes to depends on its text, on what its names stand for, and on the unit of money.
Where all of these are alike the checked tree is the same, whichever document it stands in.
"""

from __future__ import annotations

from typing import TypeAlias

from transfers.formula.nodes import Lookup, Name, Node, Number, walk
from transfers.formula.scope import Scope, Symbol

Asked: TypeAlias = tuple[object, ...]
"""Text, how it is to be read, unit of money."""

_MOST = 500
_LAST = 4
"""Of one text: names may stand for other things in turn."""

_KNOWN: dict[Asked, list[tuple[tuple[Symbol, ...], Node]]] = {}


def checked_before(asked: Asked, scope: Scope) -> Node | None:
    """Return what a formula came to where all its names stood for the same."""
    for symbols, node in _KNOWN.get(asked, ()):
        if all(scope.symbols.get(symbol.name) == symbol for symbol in symbols):
            return node
    return None


def keep_checked(asked: Asked, scope: Scope, parsed: Node, node: Node) -> None:
    """Remember a formula without faults whose names are figures and texts, nothing with parts."""
    symbols: list[Symbol] = []
    for part in walk(parsed):
        if isinstance(part, Lookup):
            return
        if isinstance(part, Name):
            symbol = scope.symbols.get(part.name)
            if symbol is None or not _plain(symbol):
                return
            symbols.append(symbol)
    if isinstance(parsed, Number):  # moved by its path, which is another elsewhere
        return
    if len(_KNOWN) >= _MOST:
        _KNOWN.clear()
    known = _KNOWN.setdefault(asked, [])
    known.append((tuple(symbols), node))
    del known[:-_LAST]


def _plain(symbol: Symbol) -> bool:
    parts = (symbol.table, symbol.steps, symbol.stages, symbol.number)
    return not symbol.faulty and not symbol.type.over and all(part is None for part in parts)
