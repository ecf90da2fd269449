"""What a workbook asks for, so that a policy can be run with it: columns, districts, figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from transfers import messages
from transfers.districts.load import load_districts
from transfers.districts.specs import input_specs
from transfers.errors import TableError
from transfers.output.template_form import (
    Asked,
    Cell,
    Form,
    Template,
    asked,
    heading,
    input_cells,
    name_of_item,
)
from transfers.output.template_lists import item_forms

if TYPE_CHECKING:
    from transfers.districts import Districts
    from transfers.policy.policy import Policy

Column = tuple[str, str | None]
"""An input, and the item of which it is the column."""


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
    known: Districts | None = None
    if filled or districts is not None or Path(policy.document.beside(entry.file)).exists():
        known = load_districts(districts, policy) if filled else _listed(districts, policy)
    form = Form(
        messages.text("template.sheet_figures", language),
        messages.text("template.title", language, title=policy.title),
        messages.text("template.how_to_fill", language),
        columns,
        () if known is None else _rows(known, columns, policy, language),
    )
    # Only districts that are read have a row here, so none is left out of it.
    settings = ("districts.rows=null",) if entry.rows is not None else ()
    if not policy.lists:
        return Template((form,), settings)
    forms, of_items = item_forms(policy, known, language)
    return Template((form, *forms), (*settings, *of_items))


def _listed(file: str | None, policy: Policy) -> Districts:
    """Return the districts of a table, whatever its figures are.

    Where its rows alone do not say what is a district, as with a row of units below the header,
    the columns of figures tell, as in a run.
    """
    try:
        return load_districts(file, replace(policy, inputs={}))
    except TableError as error:
        try:
            whole = load_districts(file, policy)
        except TableError:
            raise error from None
    return replace(whole, columns={}, cells={}, item_cells={}, as_read={})


# -- columns -------------------------------------------------------------------------------------


def _columns(policy: Policy, language: str) -> tuple[Asked, ...]:
    entry = policy.document.model.districts
    key = heading(entry.key, language)

    def say(code: str) -> str:
        return messages.text(f"template.{code}", language)

    columns = [Asked(key, "", say("key"), "", say("key_fill_in"), "key")]
    name = heading(entry.name, language) if entry.name else key
    if name != key:
        columns.append(Asked(name, "", say("district_name"), "", say("text"), "name"))
    taken = {column.header for column in columns}
    headers = _headers(policy, taken)
    for (input_name, item), header in headers.items():
        if header not in taken:  # two inputs may read one column
            taken.add(header)
            columns.append(asked(policy, input_name, header, language, item))
    return tuple(columns)


def _headers(policy: Policy, taken: set[str]) -> dict[Column, str]:
    """Return the heading of each input's column: its title where that can be no other's.

    With joined files a title could stand beside the column of another file that is found first, so
    there it is the first name a run looks for: a figure that differs is then told.
    """
    specs = input_specs(policy)
    names = {(spec.name, spec.item): spec.columns for spec in specs}
    joined = bool(policy.document.model.districts.join)
    wanted = [*taken, *(name for columns in names.values() for name in set(columns))]
    headers = {}
    for column, columns in names.items():
        title = columns[-1] if column[1] is None else columns[0]
        headers[column] = columns[0] if joined or wanted.count(title) > 1 else title
    # A name that stands before the heading may itself be the heading of another column.
    while True:
        there = {*taken, *headers.values()}
        found = {name: next(c for c in columns if c in there) for name, columns in names.items()}
        if found == headers:
            return headers
        headers = found


# -- rows ----------------------------------------------------------------------------------------


def _rows(
    districts: Districts, columns: Sequence[Asked], policy: Policy, language: str
) -> tuple[tuple[Cell, ...], ...]:
    """Return the cells of the districts; None for a figure that is missing or was not read."""
    blank: list[Cell] = [None] * len(districts)
    cells: dict[str, list[Cell]] = {
        name: input_cells(districts, name, language) for name in districts.columns
    }
    for name, rule in policy.inputs.items():
        whole = cells.get(name, [])
        for at, item in enumerate(policy.lists[rule.over].keys if rule.over and whole else ()):
            part = whole[at * len(districts) : (at + 1) * len(districts)]
            cells[name_of_item(name, item)] = part
    known: dict[str, Sequence[Cell]] = {"key": districts.keys, "name": districts.names}
    lists = [known.get(column.kind) or cells.get(column.name, blank) for column in columns]
    return tuple(zip(*lists, strict=True))
