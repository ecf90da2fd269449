"""Names of files, sheets and columns with parameters in them: ``pop_{year - 1}``.

They are put in once, when a document is compiled; behind that every name is plain, except that
``{item}`` and ``{name}`` in the columns of a list wait for its items.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from transfers.arithmetic.decimals import format_decimal
from transfers.braces import OpenBraceError, kept, pieces
from transfers.documents.fields import ITEM_IN_PATTERN
from transfers.documents.keys import Key, Part
from transfers.errors import TooLongError
from transfers.formula.grammar import FormulaFault
from transfers.policy.constants import constant
from transfers.policy.rules import Path

if TYPE_CHECKING:
    from transfers.policy.compile import Compiler

SECTIONS: Final = ("districts", "lists", "inputs", "parameters")
"""Where the document names files and columns."""

_OF_ITEMS: Final = frozenset(part.strip("{}") for part in ITEM_IN_PATTERN)


def fill_in(compiler: Compiler) -> None:
    """Put parameters into the names of files, sheets and columns."""
    model = compiler.document.model
    filled: dict[str, Any] = {}
    for section in SECTIONS:
        old = getattr(model, section)
        new = _filled(compiler, old, (section,))
        if new is not old:
            filled[section] = new
    if filled:
        model = type(model)({**vars(model), **filled})
        compiler.document = replace(compiler.document, model=model)


def _filled(compiler: Compiler, value: Any, path: Path) -> Any:
    """Return a part, or several, with names filled in; the same where there is nothing to do."""
    if isinstance(value, dict):
        parts = {key: _filled(compiler, part, (*path, key)) for key, part in value.items()}
        return parts if any(parts[key] is not value[key] for key in value) else value
    if isinstance(value, tuple):
        listed = tuple(_filled(compiler, part, (*path, n)) for n, part in enumerate(value))
        return listed if any(a is not b for a, b in zip(listed, value, strict=True)) else value
    if not isinstance(value, Part):
        return value
    changed: dict[str, Any] = {}
    for name, key in value.keys.items():
        old = getattr(value, name)
        if key.pattern and not (key.kind == "value" and getattr(value, "file", None) is None):
            new = _names(compiler, key, old, (*path, name))
        else:
            new = _filled(compiler, old, (*path, name))
        if new is not old:
            changed[name] = new
    return type(value)({**vars(value), **changed}) if changed else value


def _names(compiler: Compiler, key: Key, value: Any, path: Path) -> Any:
    """Return a name, or several, with parameters put in."""
    if isinstance(value, str):
        if "{" not in value:
            return value
        return _name(compiler, value, path, of_items=key.kind == "columns")
    if isinstance(value, tuple):
        return _each(value, lambda n, name: _names(compiler, key, name, (*path, n)))
    if isinstance(value, dict):
        plain = Key("list")
        items = {
            item: _names(compiler, plain, names, (*path, item)) for item, names in value.items()
        }
        return items if any(items[item] is not value[item] for item in value) else value
    return value


def _each(values: tuple[Any, ...], fill: Callable[[int, Any], Any]) -> tuple[Any, ...]:
    filled = tuple(fill(n, value) for n, value in enumerate(values))
    return filled if any(a is not b for a, b in zip(filled, values, strict=True)) else values


def _name(compiler: Compiler, text: str, path: Path, *, of_items: bool) -> str:
    """Return a name with parameters put in; as it was where something is wrong, which is told."""
    try:
        filled = "".join(_pieces(compiler, text, path, of_items=of_items))
    except OpenBraceError as error:
        wrong = FormulaFault("reading.open_brace", error.offset)
    except FormulaFault as fault:
        wrong = fault
    else:
        if path[0] in ("districts", "inputs"):
            compiler.reading.names[".".join(map(str, compiler.literal(path)))] = filled
        return filled
    compiler.formula_fault(wrong, path)
    compiler.reading.faulty.add(path[:2])
    return text


def _pieces(compiler: Compiler, text: str, path: Path, *, of_items: bool) -> Iterator[str]:
    for piece in pieces(text):
        if not piece.in_braces:
            yield kept(piece.text) if of_items else piece.text
        elif of_items and piece.text.strip() in _OF_ITEMS:
            yield "{" + piece.text.strip() + "}"
        else:
            try:
                value = _value(compiler, piece.text)
            except FormulaFault as fault:
                raise FormulaFault(
                    fault.code, piece.offset + fault.offset, **fault.values
                ) from None
            yield kept(value) if of_items else value


def _value(compiler: Compiler, formula: str) -> str:
    """Return the value of what stands between braces: a text, or a whole number."""
    try:
        value, used = constant(formula, compiler.reading.constants)
    except (TooLongError, RecursionError):
        raise FormulaFault("reading.no_value", 0, formula=formula) from None
    for name in used:
        compiler.reading.fixed[compiler.reading.constants.paths[name]] = formula
    if value is None or value == "":
        raise FormulaFault("reading.no_value", 0, formula=formula)
    if isinstance(value, str):
        return value
    if value.denominator != 1:
        words = {"formula": formula, "value": format_decimal(value)}
        raise FormulaFault("reading.not_whole", 0, **words)
    return str(value.numerator)
