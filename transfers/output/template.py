"""What a workbook asks for, so that a policy can be run with it: columns, districts, figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from transfers import messages
from transfers.arithmetic.decimals import format_decimal
from transfers.districts.load import load_districts
from transfers.districts.specs import input_specs

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


class Template(Struct, frozen=True):
    """A workbook to be filled in.

    Parameters
    ----------
    columns : tuple of Asked
        Keys, names where the policy has them, inputs in its order.
    rows : tuple of tuple of cells
        The districts that are known; None where a figure is to be filled in.
    """

    title: str
    columns: tuple[Asked, ...]
    rows: tuple[tuple[Cell, ...], ...]


def template(
    policy: Policy, language: str, *, districts: str | None = None, filled: bool = False
) -> Template:
    """Return what a workbook for a policy asks for.

    Parameters
    ----------
    policy : Policy
    language : str
    districts : str, optional
        A table whose districts are listed; None for the policy's own, if it is there.
    filled : bool
        The figures of that table are put in as well.

    Raises
    ------
    TableError
        With the faults of the table; without `filled`, of its keys and names only.
    """
    columns = _columns(policy, language)
    entry = policy.document.model.districts
    rows: tuple[tuple[Cell, ...], ...] = ()
    if filled or districts is not None or Path(policy.document.beside(entry.file)).exists():
        read = policy if filled else replace(policy, inputs={})
        rows = _rows(load_districts(districts, read), columns, language)
    title = messages.text("template.title", language, title=policy.title)
    return Template(title, columns, rows)


# -- columns -------------------------------------------------------------------------------------


def _heading(names: Sequence[str], language: str) -> str:
    """Return the first name that is in the reader's language; else the first."""
    in_english = language == "en"
    return next((name for name in names if name.isascii() == in_english), names[0])


def _columns(policy: Policy, language: str) -> tuple[Asked, ...]:
    entry = policy.document.model.districts
    key = _heading(entry.key, language)

    def say(code: str) -> str:
        return messages.text(f"template.{code}", language)

    columns = [Asked(key, "", say("key"), "", say("key_fill_in"), "key")]
    name = _heading(entry.name, language) if entry.name else key
    if name != key:
        columns.append(Asked(name, "", say("district_name"), "", say("text"), "name"))
    taken = {column.header for column in columns}
    headers = _headers(policy, taken)
    for input_name, written in policy.document.model.inputs.items():
        header = headers[input_name]
        if header not in taken:  # two inputs may read one column
            taken.add(header)
            columns.append(_asked(policy, input_name, written, header, language))
    return tuple(columns)


def _headers(policy: Policy, taken: set[str]) -> dict[str, str]:
    """Return the heading of each input's column: its title where that can be no other's.

    With joined files a title could stand beside the column of another file that is found first, so
    there it is the first name a run looks for: a figure that differs is then told.
    """
    names = {spec.name: spec.columns for spec in input_specs(policy)}
    joined = bool(policy.document.model.districts.join)
    wanted = [*taken, *(name for columns in names.values() for name in set(columns))]
    headers = {}
    for input_name, columns in names.items():
        title = columns[-1]
        headers[input_name] = columns[0] if joined or wanted.count(title) > 1 else title
    # A name that stands before the heading may itself be the heading of another column.
    while True:
        there = {*taken, *headers.values()}
        found = {name: next(c for c in columns if c in there) for name, columns in names.items()}
        if found == headers:
            return headers
        headers = found


def _asked(policy: Policy, name: str, entry: Input, header: str, language: str) -> Asked:
    kind = policy.inputs[name].kind

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
        name,
        entry.title or name,
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


# -- rows ----------------------------------------------------------------------------------------


def _rows(
    districts: Districts, columns: Sequence[Asked], language: str
) -> tuple[tuple[Cell, ...], ...]:
    """Return the cells of the districts; None for a figure that is missing or was not read."""
    blank: list[Cell] = [None] * len(districts)
    cells: Mapping[str, list[Cell]] = {
        name: _cells(districts, name, language) for name in districts.columns
    }
    known: dict[str, Sequence[Cell]] = {"key": districts.keys, "name": districts.names}
    lists = [known.get(column.kind) or cells.get(column.name, blank) for column in columns]
    return tuple(zip(*lists, strict=True))


def _cells(districts: Districts, name: str, language: str) -> list[Cell]:
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
