"""The table a policy asks for: its files found, its columns typed, checked and joined."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from transfers.arithmetic.decimals import parse_decimal
from transfers.districts.columns import InputSpec
from transfers.districts.raw import RawTable, read_table
from transfers.districts.table import Districts, JoinSpec, TableSpec, build_districts
from transfers.errors import Fault, TableError

if TYPE_CHECKING:
    from fractions import Fraction

    from transfers.documents.models import Input
    from transfers.policy.policy import Policy


def load_districts(
    table: str | Path | None, policy: Policy, *, joins: Sequence[str | Path] | None = None
) -> Districts:
    """Read the districts of a policy.

    Parameters
    ----------
    table : path, optional
        A csv file; None for the one the document names, beside the document.
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
    file = document.beside(entry.file) if table is None else str(table)
    files = [document.beside(join.file) for join in entry.join]
    for position, replacement in enumerate(joins or ()):
        if position >= len(files):
            place = document.place("districts")
            raise TableError([Fault("table.too_many_joins", place, {"count": len(files)})])
        files[position] = str(replacement)
    raw, *joined = _read_all([file, *files])
    spec = TableSpec(
        file,
        entry.key,
        entry.name,
        tuple(
            JoinSpec(path, join.key, document.place("districts", "join"))
            for path, join in zip(files, entry.join, strict=True)
        ),
        identical_rows=entry.identical_rows == "keep_one",
        place=document.place("districts"),
    )
    return build_districts(raw, joined, spec, input_specs(policy))


def _read_all(files: list[str]) -> list[RawTable]:
    """Read every file, and report the faults of all."""
    tables: list[RawTable] = []
    faults: list[Fault] = []
    for file in files:
        try:
            tables.append(read_table(file))
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
                entry.min,
                entry.max,
                entry.one_of,
                _default(entry, rule.kind),
                entry.nil,
                policy.document.place("inputs", name),
                None if rule.unit.kinds else 1 / rule.unit.scale,
            )
        )
    return tuple(specs)


def _default(
    entry: Input, kind: Literal["number", "text", "boolean"]
) -> Fraction | str | bool | None:
    """Return what a blank cell means, in the kind of the column."""
    if entry.default is None or kind == "text":
        return entry.default
    if kind == "boolean":
        return entry.default.lower() in ("true", "yes", "1", "是")
    return parse_decimal(entry.default)
