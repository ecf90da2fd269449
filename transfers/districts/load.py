"""The table a policy asks for: its files found, its columns typed, checked and joined."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from transfers.districts.columns import InputSpec
from transfers.districts.header import Wanted
from transfers.districts.matching import JoinSpec, TableSpec
from transfers.districts.pairs import LongSpec
from transfers.districts.raw import RawTable, choose_table, read_table
from transfers.districts.rows import RowsRead
from transfers.districts.specs import input_specs, long_specs
from transfers.districts.table import Districts, build_districts
from transfers.errors import Fault, TableError

if TYPE_CHECKING:
    from transfers.documents.model_districts import DistrictTable, Join
    from transfers.policy.policy import Policy


def load_districts(
    table: object, policy: Policy, *, joins: Sequence[str | Path] | None = None
) -> Districts:
    """Read the districts of a policy.

    Parameters
    ----------
    table : path or frame, optional
        A csv, xlsx, xls, et, ods or parquet file; a pandas or polars frame, or a pyarrow table;
        None for the file the document names, beside the document.
    policy : Policy
    joins : sequence of path, optional
        Files in place of those the document joins, in its order.

    Raises
    ------
    TableError
        With every fault of the tables.
    """
    document = policy.document
    entry = document.model.districts
    place = document.place("districts")
    specs = input_specs(policy)
    files = [document.beside(join.file) for join in entry.join]
    for position, replacement in enumerate(joins or ()):
        if position >= len(files):
            raise TableError([Fault("table.too_many_joins", place, {"count": len(files)})])
        files[position] = str(replacement)
    source = document.beside(entry.file) if table is None else table
    asked = [_Asked(source, _wanted(policy, entry, specs), ("districts",))]
    for n, (file, join) in enumerate(zip(files, entry.join, strict=True)):
        asked.append(_Asked(file, _wanted(policy, join, specs), ("districts", "join", n)))
    longs = long_specs(policy)
    for long in longs:
        path = ("inputs", long.inputs[0].name)
        asked.append(_Asked(long.file or source, _wanted_of_long(policy, long), path))
    tables = _read_all(asked, policy)
    raw, *others = [table.raw for table in tables]
    joined, by_rows = others[: len(files)], others[len(files) :]
    spec = TableSpec(
        raw.file,
        entry.key,
        entry.name or (),
        tuple(
            JoinSpec(path, join.key, document.place("districts", "join"))
            for path, join in zip(files, entry.join, strict=True)
        ),
        identical_rows=entry.identical_rows == "keep_one",
        place=place,
        currency=policy.money.currency,
    )
    read = build_districts(raw, joined, spec, specs, list(zip(by_rows, longs, strict=True)))
    read = replace(
        read,
        sources=(*read.sources, *policy.sources),
        findings=(
            *policy.findings,
            *(f for table in tables for f in table.findings),
            *read.findings,
        ),
        settings=policy.reading.settings(policy, [n for table in tables for n in table.constants]),
    )
    return policy.with_set_figures(read)


class _Asked(Struct, frozen=True):
    """A table to be read, what is looked for in it, and the part of the document that names it."""

    table: object
    wanted: Wanted
    path: tuple[str | int, ...]


def _read(table: object, wanted: Wanted) -> RawTable:
    """Read the first table: a file, or a frame."""
    if isinstance(table, (str, Path)):
        return read_table(table, wanted)
    from transfers.districts.frames import frame_sheet  # only for those who hold a frame

    sheet = frame_sheet(table)
    if sheet is None:
        raise TypeError(f"neither a path nor a frame: {type(table).__name__}")
    return choose_table(sheet.file, [sheet], wanted)


def _wanted(policy: Policy, entry: DistrictTable | Join, specs: Sequence[InputSpec]) -> Wanted:
    """Return what is looked for in one of the tables."""
    names = policy.document.model.districts.name
    return Wanted(
        entry.key,
        (*([names] if names else []), *(spec.columns for spec in specs)),
        frozenset(spec.unit.label for spec in specs if spec.unit.label),
        policy.money.currency,
        entry.sheet,
        (entry.header[0], entry.header[-1]) if entry.header else None,
    )


def _wanted_of_long(policy: Policy, long: LongSpec) -> Wanted:
    """Return what is looked for in a file by district and item."""
    entry = policy.document.model.inputs[long.inputs[0].name]
    return Wanted(
        long.district,
        (long.item, *(spec.columns for spec in long.inputs)),
        frozenset(spec.unit.label for spec in long.inputs if spec.unit.label),
        policy.money.currency,
        entry.sheet,
        (entry.header[0], entry.header[-1]) if entry.header else None,
    )


def _read_all(asked: Sequence[_Asked], policy: Policy) -> list[RowsRead]:
    """Read the rows that are wanted of every table, and report the faults of all."""
    tables: list[RowsRead] = []
    faults: list[Fault] = []
    for each in asked:
        try:
            sought = policy.reading.columns(each.path)
            raw = _read(each.table, replace(each.wanted, columns=(*each.wanted.columns, *sought)))
            of_rows = policy.reading.filters.get(each.path)
            tables.append(RowsRead(raw) if of_rows is None else of_rows.read(raw))
        except TableError as error:
            faults.extend(error.faults)
    if faults:
        raise TableError(faults)
    return tables
