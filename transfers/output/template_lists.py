"""The sheets of a template for tables with a row for each district and item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from transfers import messages
from transfers.districts.specs import long_specs
from transfers.output.template_form import Asked, Cell, Form, asked, heading, input_cells

if TYPE_CHECKING:
    from transfers.districts import Districts
    from transfers.districts.pairs import LongSpec
    from transfers.policy.policy import Policy

MOST_ROWS: Final = 1_000_000
"""That a sheet takes, headings aside."""

_LONGEST_NAME: Final = 31
_NOT_IN_NAMES: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))


def item_forms(
    policy: Policy, districts: Districts | None, language: str
) -> tuple[list[Form], tuple[str, ...]]:
    """Return a sheet for each table with a row for each district and item.

    Returns
    -------
    forms : list of Form
    settings : tuple of str
        What has to be set so that a run finds the figures in the filled workbook.
    """
    taken = {messages.text(f"template.sheet_{name}", language) for name in ("figures", "notes")}
    forms: list[Form] = []
    settings: list[str] = []
    longs = long_specs(policy)
    forms += [_form(policy, long, districts, language, taken) for long in longs]
    for form, long in zip(forms, longs, strict=True):
        # Two sheets with the same headings are told apart by their names only.
        twins = [other for other in forms if _headers(other) == _headers(form)]
        for spec in long.inputs:
            entry, path = policy.document.model.inputs[spec.name], f"inputs.{spec.name}"
            settings += [f"{path}.file=null"] if entry.file is not None else []
            settings += [f"{path}.header=null"] if entry.header is not None else []
            settings += [f"{path}.rows=null"] if entry.rows is not None else []
            if entry.sheet != form.sheet and (entry.sheet is not None or len(twins) > 1):
                settings.append(f"{path}.sheet={form.sheet}")
    return forms, tuple(settings)


def _headers(form: Form) -> list[str]:
    return [column.header for column in form.columns]


def _form(
    policy: Policy, long: LongSpec, districts: Districts | None, language: str, taken: set[str]
) -> Form:
    def say(code: str, **words: object) -> str:
        return messages.text(f"template.{code}", language, **words)

    title = policy.lists[long.list_name].title or long.list_name
    entry = policy.document.model.inputs[long.inputs[0].name]
    named = entry.sheet if entry.sheet and not entry.sheet.isdigit() else title
    key, item = heading(long.district, language), heading(long.item, language)
    heads = (
        Asked(key, "", say("key"), "", say("text"), "key"),
        Asked(say("district_name"), "", say("district_name"), "", say("text"), "name"),
        Asked(item, "", say("item_key"), "", say("item_fill_in", list=title), "key"),
        Asked(say("item_name"), "", say("item_name"), "", say("text"), "name"),
    )
    columns = [head for head in heads if head.kind == "key" or head.header not in (key, item)]
    places = [heads.index(column) for column in columns]
    headers = {column.header for column in columns}
    for spec in long.inputs:
        header = spec.columns[-1] if spec.columns[-1] not in headers else spec.columns[0]
        if header not in headers:
            headers.add(header)
            columns.append(asked(policy, spec.name, header, language))
    return Form(
        _sheet_name(named, taken),
        say("items_title", title=policy.title, list=title),
        say("how_to_fill_items"),
        tuple(columns),
        () if districts is None else _rows(long, districts, (columns, places), language),
    )


def _sheet_name(text: str, taken: set[str]) -> str:
    """Return a name that a sheet may have, unlike those that are taken; which it joins."""
    plain = text.translate(_NOT_IN_NAMES)[:_LONGEST_NAME].strip() or "items"
    name, number = plain, 1
    while name.casefold() in {other.casefold() for other in taken}:
        number += 1
        name = f"{plain[: _LONGEST_NAME - 1 - len(str(number))]} {number}"
    taken.add(name)
    return name


def _rows(
    long: LongSpec,
    districts: Districts,
    asked_for: tuple[list[Asked], list[int]],
    language: str,
) -> tuple[tuple[Cell, ...], ...]:
    """Return a row for each district and item; none where a sheet could not hold them."""
    count = len(districts)
    if count * len(long.items) > MOST_ROWS:
        return ()
    known: list[tuple[str, ...]] = []
    for district in range(count):
        called = districts.keys[district], districts.names[district]
        known += [(*called, *item) for item in zip(long.items, long.item_names, strict=True)]
    blank: list[Cell] = [None] * len(known)
    columns, places = asked_for
    lists: list[list[Cell]] = [[row[at] for row in known] for at in places]
    for column in columns[len(places) :]:
        if column.name in districts.columns:
            cells = input_cells(districts, column.name, language)
            by_district = [cells[at::count] for at in range(count)]
            lists.append([cell for part in by_district for cell in part])
        else:
            lists.append(blank)
    return tuple(zip(*lists, strict=True))
