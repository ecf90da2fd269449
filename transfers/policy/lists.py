"""Lists: their items and columns, from a file or from the document, and the names they give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from transfers import messages
from transfers.documents.faults import nearest
from transfers.documents.overrides import SET
from transfers.documents.yaml_tree import shown
from transfers.errors import DocumentError, Fault, Place, TableError
from transfers.findings import Finding
from transfers.formula.nodes import Number, Type
from transfers.formula.scope import ItemColumn, ItemList, Symbol
from transfers.policy.list_cells import cell_meant
from transfers.policy.reading import kept_rows
from transfers.policy.rules import Path
from transfers.units import BARE, PURE

_Cell = TypeVar("_Cell")

if TYPE_CHECKING:
    from transfers.districts import Column, Districts, InputSpec
    from transfers.documents import models
    from transfers.documents.model_lists import ItemTable, ListColumn
    from transfers.policy.compile import Compiler
    from transfers.policy.policy import Policy

MOST_ITEMS: Final = 10_000
_MOST_NAMED: Final = 20
_MOST_COMPARED: Final = 5_000
"""Names among which the one is looked for that was meant."""


class ListRead(Struct, frozen=True, eq=False):
    """A list as its file has it, and what was asked of the file."""

    asked: tuple[object, ...]
    table: Districts
    columns: Mapping[str, ItemColumn]


_OF_DISTRICTS: Final = ("table.perhaps_total", "table.part_with_key", "table.far_apart")
"""Findings that make no sense of a list."""


def read_lists(compiler: Compiler) -> None:
    """Read the section `lists`: each list is known from here on, with its columns."""
    for name, entry in compiler.document.model.lists.items():
        compiler.scope.current = name
        compiler.scope.later.pop(name, None)
        found = len(compiler.faults)
        items = _from_file(compiler, name, entry) if entry.file else _inline(compiler, name, entry)
        if items is None or len(compiler.faults) > found:
            compiler.scope.define(Symbol(name, faulty=True))
        else:
            _define(compiler, items)


def _define(compiler: Compiler, items: ItemList) -> None:
    """Make a list and its columns usable."""
    scope, name = compiler.scope, items.name
    scope.lists[name] = items
    place = compiler.document.place("lists", name)
    scope.define(Symbol(f"{name}.key", Type("text", over=name), place, allowed=items.keys))
    for column in items.columns.values():
        kind = Type(column.kind, unit=column.unit, over=name)
        where = compiler.document.place("lists", name, "columns", column.name)
        scope.define(Symbol(f"{name}.{column.name}", kind, where, allowed=column.allowed))


def check_columns(compiler: Compiler, name: str, entry: models.Input) -> None:
    """Check that the columns written for an input over a list are those of its items."""
    if not isinstance(entry.columns, dict):
        return
    items = compiler.scope.lists[entry.over or ""]
    known = set(items.keys)
    for number, item in enumerate(item for item in entry.columns if item not in known):
        near = nearest(item, items.keys[:_MOST_COMPARED]) if number < _MOST_NAMED else None
        code = "list.unknown_item" + ("_near" if near else "")
        words: dict[str, object] = {"list": items.name, "item": shown(item, 40), "near": near}
        compiler.fault(code, ("inputs", name, "columns", item), **words)
    absent = [shown(item, 40) for item in items.keys if item not in entry.columns]
    if absent:
        listed = (*absent[:_MOST_NAMED], *["…"] * (len(absent) > _MOST_NAMED))
        words = {"list": items.name, "count": len(absent), "items": listed}
        compiler.fault("list.items_without_column", ("inputs", name, "columns"), **words)


def moved_number(policy: Policy, path: Path, text: str) -> Fraction:
    """Return what a number of a list is moved to, in the unit of its column.

    Raises
    ------
    DocumentError
        It is none, or out of the range that the document declares.
    """
    from transfers.districts import NumberColumn
    from transfers.districts.specs import column_spec

    name, item, column = str(path[1]), str(path[-2]), str(path[-1])
    entry = policy.document.model.lists[name].columns[column]
    unit = policy.lists[name].columns[column].unit
    at = ("lists", name, "columns", column)
    spec = column_spec(policy.document, at, entry, "number", unit)
    figures, faults = read_change(text, spec, Place(path=".".join(map(str, path))), item)
    figure = figures.fractions()[0] if isinstance(figures, NumberColumn) else None
    if faults or figure is None:
        place = Place(path=".".join(map(str, path)))
        missing = Fault("formula.not_a_number_of_document", place)
        raise DocumentError(faults or [missing])
    return figure


# -- from the document ---------------------------------------------------------------------------


def _inline(compiler: Compiler, name: str, entry: ItemTable) -> ItemList | None:
    """Return a list that is written in the document; None where it has no items."""
    from transfers.districts.columns import read_column

    cells = entry.items
    if not cells or _too_many(compiler, name, len(cells)):
        return None
    base: Path = ("lists", name, "items")
    _check_keys(compiler, base, tuple(cells))
    columns: dict[str, ItemColumn] = {}
    for spec, column in _specs(compiler, name, entry):
        texts = [item.get(spec.name) or "" for item in cells.values()]
        paths = [(*base, item, spec.name) for item in cells]
        places = tuple(map(compiler.document.value_place, paths))
        figures, wrong, _ = read_column(texts, spec)
        for fault in wrong:
            for row in fault.rows:
                words = {"district": list(cells)[row], "column": column.title or spec.name}
                words |= {"value": shown(texts[row], 40)}
                told = Fault(f"table.{fault.code}", places[row], {**fault.values, **words})
                compiler.faults.append(told)
        percent = [text.endswith("%") for text in texts]
        columns[spec.name] = _column(compiler, spec, column, figures, paths, places, percent)
    names = tuple(_name_of(item, cells[item], entry.name or ()) for item in cells)
    return ItemList(name, tuple(cells), names, columns, entry.title or name)


def _check_keys(compiler: Compiler, base: Path, keys: Sequence[str]) -> None:
    """Refuse keys that are none and keys that look alike, as those of a file are."""
    from transfers.districts.columns import MISSING_MARKS
    from transfers.districts.keys import likeness

    seen: dict[str, str] = {}
    for key in keys:
        place = compiler.document.place(*_path_of(compiler, base, keys, key))
        if not key.strip() or key in MISSING_MARKS:
            compiler.faults.append(Fault("list.key_missing", place, {"column": base[-1]}))
            continue
        twin = seen.setdefault(likeness(key), key)
        if twin is not key:
            line = compiler.document.place(*_path_of(compiler, base, keys, twin)).line
            words = {"key": shown(key), "twin": shown(twin), "line": line}
            compiler.faults.append(Fault("list.key_lookalike", place, words))


def _path_of(compiler: Compiler, base: Path, keys: Sequence[str], key: str) -> Path:
    """Return the path of an item, by its place where only keys are listed."""
    listed = isinstance(compiler.document.text_at(compiler.literal(base)), list)
    return (*base, keys.index(key) if listed else key)


def _name_of(key: str, cells: Mapping[str, str | None], columns: Sequence[str]) -> str:
    return next((text for column in columns if (text := cells.get(column))), key)


# -- from a file ---------------------------------------------------------------------------------


def _from_file(compiler: Compiler, name: str, entry: ItemTable) -> ItemList | None:
    """Return a list from a file; None where the file is faulty."""
    from transfers.districts import TableSpec, Wanted, build_districts, read_table

    if ("lists", name) in compiler.reading.faulty:
        return None
    specs = list(_specs(compiler, name, entry))
    asked = [spec for spec, _ in specs]
    document, currency = compiler.document, compiler.document.model.money.currency
    file, place = document.beside(entry.file or ""), document.place("lists", name)
    key, names = entry.key or (), entry.name or ()
    wanted = Wanted(
        key,
        (
            *([names] if names else []),
            *(spec.columns for spec in asked),
            *compiler.reading.columns(("lists", name)),
        ),
        frozenset(spec.unit.label for spec in asked if spec.unit.label),
        currency,
        entry.sheet,
        (entry.header[0], entry.header[-1]) if entry.header else None,
    )
    spec = TableSpec(file, key, names, place=place, currency=currency)
    titles = tuple(column.title for _, column in specs)
    read = _read_before(compiler, name, (wanted, spec, tuple(asked), titles))
    if read is None:
        try:
            raw = kept_rows(compiler, ("lists", name), read_table(file, wanted))
            table = build_districts(raw, [], spec, asked)
        except TableError as error:
            compiler.faults += [replace(fault, code=_code(fault.code)) for fault in error.faults]
            return None
        if _too_many(compiler, name, len(table)):
            return None
        columns = {
            spec_of.name: _column_of_file(compiler, name, spec_of, column, table)
            for spec_of, column in specs
        }
        read = ListRead((wanted, spec, tuple(asked), titles), table, columns)
    compiler.lists_read[name] = read
    compiler.sources += read.table.sources
    compiler.findings += _of_list(read.table.findings)
    keys, called, columns = read.table.keys, read.table.names, dict(read.columns)
    _put_changes(compiler, name, (keys, called), specs, columns)
    return ItemList(name, keys, called, columns, entry.title or name)


def _read_before(compiler: Compiler, name: str, asked: tuple[object, ...]) -> ListRead | None:
    """Return what the policy that is changed has read, where just the same is asked for."""
    before = compiler.read_before.get(name)
    if before is None or before.asked != asked or ("lists", name) in compiler.reading.filters:
        return None
    for column in before.columns.values():
        for number in column.numbers:
            if number is not None and number.path is not None:
                compiler.numbers[number.path] = number
    return before


def _column_of_file(
    compiler: Compiler, name: str, spec: InputSpec, column: ListColumn, table: Districts
) -> ItemColumn:
    paths = [("lists", name, item, spec.name) for item in table.keys]
    places = tuple(table.place(spec.name, row) for row in range(len(table)))
    return _column(compiler, spec, column, table.columns[spec.name], paths, places)


def _code(code: str) -> str:
    """Return the code of a text that speaks of items in place of districts, where there is one."""
    of_list = code.replace("table.", "list.", 1)
    return of_list if of_list in messages.family("list") else code


def _of_list(findings: Sequence[Finding]) -> Iterator[Finding]:
    for finding in findings:
        if not finding.code.startswith(_OF_DISTRICTS):
            yield replace(finding, code=_code(finding.code))


def _put_changes(
    compiler: Compiler,
    name: str,
    items: tuple[Sequence[str], Sequence[str]],
    specs: Sequence[tuple[InputSpec, ListColumn]],
    columns: dict[str, ItemColumn],
) -> None:
    """Put in the figures that ``--set`` gives to items of a list from a file.

    An item goes by its key or by its name, a column by its name or by its title.
    """
    keys, names = items
    for path, text in compiler.document.item_changes.get(name, {}).items():
        item, _, column = path.rpartition(".")
        item, column = cell_meant(items, columns, item, column)
        place = Place(SET, None, None, shown(f"lists.{name}.{path}"))
        if item not in keys or column not in columns:
            near = _nearest_path(item, column, (*keys, *names), columns)
            known = [
                key if key == called else f"{key} {called}"
                for key, called in zip(keys, names, strict=True)
            ]
            listed = (*known[:_MOST_NAMED], *["…"] * (len(known) > _MOST_NAMED))
            words = {"list": name, "path": shown(path), "near": near, "columns": tuple(columns)}
            words["items"] = listed
            code = "list.unknown_path" + ("_near" if near else "")
            compiler.faults.append(Fault(code, place, words))
            continue
        spec, written = next(pair for pair in specs if pair[0].name == column)
        figures, faults = read_change(text, spec, place, item)
        compiler.faults += faults
        at = ("lists", name, item, column)
        new = _column(compiler, spec, written, figures, [at], (place,))
        columns[column] = _with_cell(columns[column], keys.index(item), new)


def _nearest_path(
    item: str, column: str, items: Sequence[str], columns: Mapping[str, ItemColumn]
) -> str:
    """Return the path that may be meant; nothing where no item, or no column, is like it."""
    near = item if item in items else nearest(item, islice(items, _MOST_COMPARED))
    close = column if column in columns else nearest(column, columns)
    return f"{near}.{close}" if near and close else ""


def read_change(text: str, spec: InputSpec, place: Place, item: str) -> tuple[Column, list[Fault]]:
    """Read a text as a column of one cell, in the declared unit."""
    from transfers.districts.columns import read_column

    text = text.strip()
    figures, wrong, _ = read_column(["" if text in ("null", "~") else text], spec)
    words = {"district": item, "column": spec.name, "value": shown(text, 40)}
    faults = [Fault(f"table.{fault.code}", place, {**fault.values, **words}) for fault in wrong]
    return figures, faults


def _with_cell(column: ItemColumn, row: int, new: ItemColumn) -> ItemColumn:
    """Return a column with the only cell of another in one of its rows."""

    def put(old: tuple[_Cell, ...], cell: tuple[_Cell, ...]) -> tuple[_Cell, ...]:
        return (*old[:row], *cell, *old[row + 1 :])

    return replace(
        column,
        numbers=put(column.numbers, new.numbers),
        texts=put(column.texts, new.texts),
        places=put(column.places, new.places),
    )


# -- either --------------------------------------------------------------------------------------


def _too_many(compiler: Compiler, name: str, count: int) -> bool:
    if count > MOST_ITEMS:
        words = {"count": count, "most": MOST_ITEMS}
        compiler.fault("list.too_many", ("lists", name), **words)
    return count > MOST_ITEMS


def _specs(
    compiler: Compiler, name: str, entry: ItemTable
) -> Iterator[tuple[InputSpec, ListColumn]]:
    from transfers.districts.specs import column_spec

    for column, written in entry.columns.items():
        kind, unit = compiler.kind_of(written)
        path = ("lists", name, "columns", column)
        yield column_spec(compiler.document, path, written, kind, unit), written


def _column(
    compiler: Compiler,
    spec: InputSpec,
    entry: ListColumn,
    figures: Column,
    paths: Sequence[Path],
    places: tuple[Place, ...],
    percent: Sequence[bool] = (),
) -> ItemColumn:
    """Return a column of a list; its numbers can be moved by their paths."""
    from transfers.districts import NumberColumn, TextColumn

    title = entry.title or spec.name
    if isinstance(figures, NumberColumn):
        unit = PURE if spec.unit is BARE and percent and all(percent) else spec.unit
        kind = Type("number", unit=unit)
        numbers: list[Number | None] = []
        for figure, path in zip(figures.fractions(), paths, strict=True):
            number = None if figure is None else Number(figure, path, type=kind)
            numbers.append(number)
            if number is None:
                compiler.numbers.pop(path, None)
            else:
                compiler.numbers[path] = number
        return ItemColumn(spec.name, "number", unit, tuple(numbers), title=title, places=places)
    if isinstance(figures, TextColumn):
        texts = tuple(figures.texts())
        allowed = spec.allowed
        return ItemColumn(
            spec.name, "text", texts=texts, allowed=allowed, title=title, places=places
        )
    words = zip(figures.values.tolist(), figures.missing.tolist(), strict=True)
    flags = tuple(None if gone else str(value).lower() for value, gone in words)
    return ItemColumn(spec.name, "boolean", texts=flags, title=title, places=places)
