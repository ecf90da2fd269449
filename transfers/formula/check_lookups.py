"""Check what stands before square brackets: entries of tables, and items of a list.

Method: sections 18 (tables), 25 (items).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from transfers.arithmetic.decimals import format_decimal
from transfers.formula.nodes import (
    UNKNOWN,
    Call,
    Lookup,
    Name,
    Node,
    Pick,
    Text,
    Type,
    joint,
    written_value,
)
from transfers.formula.scope import KEY_BEFORE, Symbol, Table, listed
from transfers.messages import Phrase

if TYPE_CHECKING:
    from transfers.formula.check import Checker


def check_lookup(checker: Checker, node: Lookup) -> Node:
    """Return a checked entry of a table, or the figure of an item."""
    symbol = checker.symbol(node.table, node)
    if symbol is not None and symbol.stages:
        checker.fault("formula.stages_without_function", node, name=node.table)
        return checker.unknown(node)
    if symbol is not None and symbol.type.over:
        return _item(checker, node, symbol)
    return entry(checker, node, symbol)


def entry(checker: Checker, node: Lookup, symbol: Symbol | None) -> Node:
    """Check what is looked up in a table, and remember it."""
    return checker.remember(node, _entry(checker, node, symbol))


def _entry(checker: Checker, node: Lookup, symbol: Symbol | None) -> Node:
    found = [checker.settled(checker.check(index)) for index in node.indices]
    if symbol is None or symbol.faulty:
        return checker.unknown(node)
    table = symbol.table
    if table is None:
        _no_table(checker, node, symbol, found)
        return checker.unknown(node)
    if len(found) != table.depth:
        checker.fault("formula.table_depth", node, name=node.table, depth=table.depth)
        return checker.unknown(node)
    for level, (index, source) in enumerate(zip(found, node.indices, strict=True)):
        _check_index(checker, node.table, table, level, index, source)
    indices = tuple(checker.aligned(found, node))
    kind = joint("number", *indices, unit=table.unit)
    return checker.done(Lookup(node.table, indices), node, kind)


def _no_table(checker: Checker, node: Lookup, symbol: Symbol, found: list[Node]) -> None:
    """Tell what the brackets may have been meant for."""
    hint: Phrase | str = ""
    if symbol.type.per_district and symbol.type.kind == "number" and symbol.name != "key":
        key = found[0].value if isinstance(found[0], Text) else "…"
        hint = Phrase("formula.one_district", {"name": node.table, "key": key})
    checker.fault("formula.not_a_table", node, name=node.table, hint=hint)


def _check_index(
    checker: Checker, name: str, table: Table, level: int, index: Node, source: Node
) -> None:
    """Find categories that an index may have and the table has not."""
    known = table.categories(level)
    if index.type.kind == "boolean":
        checker.fault("formula.boolean_index", source, name=name)
    absent = [category for category in _possible(checker, index) if category not in known]
    if absent:
        checker.fault(
            "formula.no_entry",
            source,
            name=name,
            absent=", ".join(absent),
            known=", ".join(known),
        )


def _possible(checker: Checker, index: Node) -> tuple[str, ...]:
    """Return the texts that an index may have, where the document says which."""
    if isinstance(index, Text):
        return (index.value,)
    symbol = checker.scope.find(index.name) if isinstance(index, Name) else None
    return (symbol.allowed or ()) if symbol is not None else ()


def _item(checker: Checker, node: Lookup, symbol: Symbol) -> Node:
    """Return the figure of one item: ``due["y2026"]``; each district may name its own."""
    operand = checker.done(Name(node.table), node, symbol.type)
    index = checker.settled(checker.check(node.indices[0]))
    if len(node.indices) > 1:
        checker.fault("formula.table_depth", node, name=node.table, depth=1)
        return checker.unknown(node)
    if index.type.kind in ("boolean", "nothing") and index.type != UNKNOWN:
        checker.fault("formula.boolean_index", node.indices[0], name=node.table)
        return checker.unknown(node)
    keys = checker.scope.lists[symbol.type.over].keys
    written = written_value(index)
    possible = _possible(checker, index)
    possible = possible if written is None else (format_decimal(written),)
    absent = [key for key in possible if key not in keys]
    if absent:
        _no_item(checker, node, symbol, absent, keys)
    return _picked(checker, node, operand, index)


def _no_item(
    checker: Checker, node: Lookup, symbol: Symbol, absent: list[str], keys: tuple[str, ...]
) -> None:
    from difflib import get_close_matches

    near = get_close_matches(absent[0], keys, n=1, cutoff=0.6) if len(absent) == 1 else []
    words: dict[str, object] = {"list": symbol.type.over, "absent": ", ".join(absent)}
    if near:
        checker.fault("formula.misspelt_item", node.indices[0], **words, near=near[0])
    else:
        checker.fault("formula.no_item", node.indices[0], **words, known=listed(keys))


def _picked(checker: Checker, node: Node, operand: Node, index: Node) -> Node:
    kind = operand.type
    if index.type.over and kind.per_district:
        index = checker.spread(index, index.type.over)
    per_district = kind.per_district or index.type.per_district
    picked = Pick(operand=operand, index=index)
    return checker.done(picked, node, Type(kind.kind, per_district, kind.unit, index.type.over))


def previous(checker: Checker, node: Call, over: str) -> Node:
    """Return the figure of the item before; the first has none."""
    operand = checker.number(node.arguments[0])
    items = operand.type.over
    if operand.type == UNKNOWN:
        return operand
    if not items:
        checker.fault("formula.previous_without_items", node)
        return checker.unknown(node)
    if over and over != items:
        checker.fault("formula.two_lists", node, first=over, second=items)
        return checker.unknown(node)
    before = checker.done(Name(f"{items}.{KEY_BEFORE}"), node, Type("text", over=items))
    return _picked(checker, node, operand, before)
