"""The table a policy asks for: its files found, its columns typed, checked and joined."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from transfers.arithmetic.decimals import parse_decimal
from transfers.districts.columns import InputSpec
from transfers.districts.header import Wanted
from transfers.districts.matching import JoinSpec, TableSpec
from transfers.districts.raw import RawTable, choose_table, read_table
from transfers.districts.table import Districts, build_districts
from transfers.errors import Fault, TableError

if TYPE_CHECKING:
    from fractions import Fraction

    from transfers.documents.models import DistrictTable, Join
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
    wanted = _wanted(policy, entry, specs)
    asked = [(source, wanted)]
    asked += [(f, _wanted(policy, j, specs)) for f, j in zip(files, entry.join, strict=True)]
    raw, *joined = _read_all(asked)
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
    return build_districts(raw, joined, spec, specs)


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


def _read_all(asked: Sequence[tuple[object, Wanted]]) -> list[RawTable]:
    """Read every table, and report the faults of all."""
    tables: list[RawTable] = []
    faults: list[Fault] = []
    for table, wanted in asked:
        try:
            tables.append(_read(table, wanted))
        except TableError as error:
            faults.extend(error.faults)
    if faults:
        raise TableError(faults)
    return tables


def input_specs(policy: Policy) -> tuple[InputSpec, ...]:
    """Return what a policy asks of each column."""
    specs = []
    for name, rule in policy.inputs.items():
        entry = policy.document.model.inputs[name]
        columns = tuple(dict.fromkeys([*(entry.column or (name,)), *filter(None, [entry.title])]))
        specs.append(
            InputSpec(
                name,
                columns,
                rule.kind,
                _in_unit(policy, name, "min", entry.min),
                _in_unit(policy, name, "max", entry.max),
                entry.one_of,
                _default(policy, name),
                entry.nil,
                policy.document.place("inputs", name),
                None if rule.unit.kinds else 1 / rule.unit.scale,
                unit=rule.unit,
                sum_of=entry.sum_of or (),
            )
        )
    return tuple(specs)


def _in_unit(policy: Policy, name: str, key: str, value: Fraction | None) -> Fraction | None:
    """Return a number of an input in its unit: 100% of a column in % is 100."""
    written = policy.document.text_at(("inputs", name, key))
    unit = policy.inputs[name].unit
    if value is None or unit.kinds or not str(written).endswith("%"):
        return value
    return value / unit.scale


def _default(policy: Policy, name: str) -> Fraction | str | bool | None:
    """Return what a blank cell means, in the kind of the column."""
    default, kind = policy.document.model.inputs[name].default, policy.inputs[name].kind
    if default is None or kind == "text":
        return default
    if kind == "boolean":
        return default.lower() in ("true", "yes", "1", "是")
    return _in_unit(policy, name, "default", parse_decimal(default))
