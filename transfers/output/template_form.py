"""The sheets of a template, what their columns ask for, and the figures that are known."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from transfers import messages
from transfers.arithmetic.decimals import format_decimal

if TYPE_CHECKING:
    from transfers.districts import Districts
    from transfers.documents.models import Input
    from transfers.policy.policy import Policy

Cell = str | Fraction | None


class Asked(Struct, frozen=True):
    """A column of the workbook.

    Parameters
    ----------
    header : str
        By which a run finds the column.
    name : str
        Of the input; empty for keys and names.
    means, unit, fill_in, blank, dash, source, note : str
        What the workbook says of it, in the reader's language; empty where there is nothing.
    kind : {"key", "name", "number", "text", "boolean"}
    least, most : Fraction, optional
    allowed : tuple of str
        The texts a cell may hold; empty for any.
    takes_dash : bool
        A dash has a meaning of its own.
    """

    header: str
    name: str
    means: str
    unit: str
    fill_in: str
    kind: Literal["key", "name", "number", "text", "boolean"]
    blank: str = ""
    dash: str = ""
    source: str = ""
    note: str = ""
    least: Fraction | None = None
    most: Fraction | None = None
    allowed: tuple[str, ...] = ()
    takes_dash: bool = False


class Form(Struct, frozen=True):
    """A sheet to be filled in.

    Parameters
    ----------
    sheet : str
        Its name.
    title, how_to : str
        What stands above the headings.
    columns : tuple of Asked
        Keys, names where the policy has them, inputs in its order.
    rows : tuple of tuple of cells
        The districts that are known; None where a figure is to be filled in.
    """

    sheet: str
    title: str
    how_to: str
    columns: tuple[Asked, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Template(Struct, frozen=True):
    """A workbook to be filled in.

    Parameters
    ----------
    forms : tuple of Form
        That of the districts, then one for each table with a row for each district and item.
    settings : tuple of str
        What a run of the filled workbook has to set, ``path=value``.
    """

    forms: tuple[Form, ...]
    settings: tuple[str, ...] = ()


def heading(names: Sequence[str], language: str) -> str:
    """Return the first name that is in the reader's language; else the first."""
    in_english = language == "en"
    return next((name for name in names if name.isascii() == in_english), names[0])


def asked(policy: Policy, name: str, header: str, language: str, item: str | None = None) -> Asked:
    """Return the column of an input, or of one item of an input over a list."""
    kind = policy.inputs[name].kind
    entry = policy.document.model.inputs[name]
    means, path = entry.title or name, name
    if item is not None:
        items = policy.lists[policy.inputs[name].over]
        called = items.names[items.keys.index(item)]
        means, path = f"{means} · {called}", name_of_item(name, item)

    def say(code: str, **words: object) -> str:
        return messages.text(f"template.{code}", language, **words)

    allowed: tuple[str, ...] = tuple(entry.one_of or ())
    fill_in = say("text")
    if kind == "boolean":
        allowed = (say("yes"), say("no"))
        fill_in = say("yes_no")
    elif kind == "number":
        fill_in = _range(entry, language)
        if entry.unit is not None and not policy.inputs[name].unit.kinds and "%" in entry.unit:
            fill_in = say("percent", number=fill_in)
    elif allowed:
        fill_in = say("one_of", allowed=allowed)
    missing = say("missing") if entry.default is None else entry.default
    return Asked(
        header,
        path,
        means,
        entry.unit or "",
        fill_in,
        kind,
        blank=missing,
        dash=missing if kind != "number" or entry.nil is None else say(entry.nil),
        source=entry.source or "",
        note=entry.note or "",
        least=entry.min,
        most=entry.max,
        allowed=allowed,
        takes_dash=entry.nil is not None,
    )


def _range(entry: Input, language: str) -> str:
    bounds = {"least": entry.min, "most": entry.max}
    there = {name: format_decimal(bound) for name, bound in bounds.items() if bound is not None}
    code = {0: "number", 1: f"number_{next(iter(there), '')}", 2: "number_between"}[len(there)]
    return messages.text(f"template.{code}", language, **there)


def name_of_item(name: str, item: str) -> str:
    """Return what the figures of an input for one item are called."""
    return f"{name}.{item}"


def input_cells(districts: Districts, name: str, language: str) -> list[Cell]:
    """Return the figures of an input; None where they are missing."""
    from transfers.districts.columns import NumberColumn, TextColumn

    column = districts.columns[name]
    if isinstance(column, NumberColumn):
        return list(column.fractions())
    if isinstance(column, TextColumn):
        return list(column.texts())
    words = {flag: messages.text(f"template.{word}", language) for flag, word in _FLAGS}
    pairs = zip(column.values.tolist(), column.missing.tolist(), strict=True)
    return [None if gone else words[value] for value, gone in pairs]


_FLAGS = ((True, "yes"), (False, "no"))
