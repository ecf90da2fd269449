"""What a policy asks of each column of its tables."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec.structs import replace

from transfers.arithmetic.decimals import parse_decimal
from transfers.braces import pieces
from transfers.districts.columns import InputSpec
from transfers.districts.pairs import LongSpec
from transfers.units import Unit

if TYPE_CHECKING:
    from transfers.documents import Document
    from transfers.documents.model_lists import Figures
    from transfers.formula.scope import ItemList
    from transfers.policy.policy import Policy

Path = tuple[str, ...]


def column_spec(document: Document, path: Path, entry: Figures, kind: str, unit: Unit) -> InputSpec:
    """Return what is asked of a column that the document describes at `path`."""
    name = path[-1]
    columns = tuple(dict.fromkeys([*(entry.column or (name,)), *filter(None, [entry.title])]))

    def in_unit(key: str, value: Fraction | None) -> Fraction | None:
        """Return a number in the column's unit: 100% of a column in % is 100."""
        written = document.text_at((*path, key))
        if value is None or unit.kinds or not str(written).endswith("%"):
            return value
        return value / unit.scale

    default: Fraction | str | bool | None = entry.default
    if entry.default is not None and kind == "boolean":
        default = entry.default.lower() in ("true", "yes", "1", "是")
    elif entry.default is not None and kind == "number":
        default = in_unit("default", parse_decimal(entry.default))
    return InputSpec(
        name,
        columns,
        kind,  # type: ignore[arg-type]
        in_unit("min", entry.min),
        in_unit("max", entry.max),
        entry.one_of,
        default,
        entry.nil,
        document.place(*path),
        None if unit.kinds else 1 / unit.scale,
        unit=unit,
    )


def input_specs(policy: Policy) -> tuple[InputSpec, ...]:
    """Return what a policy asks of each column of its table of districts."""
    return tuple(_table_specs(policy))


def _table_specs(policy: Policy) -> Iterator[InputSpec]:
    for name, rule in policy.inputs.items():
        entry = policy.document.model.inputs[name]
        spec = column_spec(policy.document, ("inputs", name), entry, rule.kind, rule.unit)
        if not rule.over:
            yield replace(spec, sum_of=entry.sum_of or ())
        elif entry.columns is not None:
            items = policy.lists[rule.over]
            for item, columns in columns_of_items(entry.columns, items).items():
                yield replace(spec, columns=columns, item=item)


def columns_of_items(
    columns: str | dict[str, tuple[str, ...]], items: ItemList
) -> dict[str, tuple[str, ...]]:
    """Return what the column of each item may be called, in the order of the list."""
    if not isinstance(columns, str):
        return {key: columns[key] for key in items.keys if key in columns}
    parts = list(pieces(columns))

    def column(words: dict[str, str]) -> str:
        texts = (words.get(p.text.strip(), p.text) if p.in_braces else p.text for p in parts)
        return "".join(texts)

    return {
        key: (column({"item": key, "name": name}),)
        for key, name in zip(items.keys, items.names, strict=True)
    }


def long_specs(policy: Policy) -> tuple[LongSpec, ...]:
    """Return what a policy asks of files by district and item; inputs of one file together."""
    found: dict[tuple[object, ...], list[InputSpec]] = {}
    for name, rule in policy.inputs.items():
        entry = policy.document.model.inputs[name]
        if rule.over and entry.columns is None:
            spec = column_spec(policy.document, ("inputs", name), entry, rule.kind, rule.unit)
            columns = (*(entry.value or (name,)), *filter(None, [entry.title]))
            spec = replace(spec, columns=tuple(dict.fromkeys(columns)))
            read = (
                entry.file,
                entry.sheet,
                entry.header,
                entry.district,
                entry.item,
                entry.rows,
                rule.over,
            )
            found.setdefault(read, []).append(spec)
    return tuple(_long_spec(policy, tuple(specs)) for specs in found.values())


def _long_spec(policy: Policy, inputs: tuple[InputSpec, ...]) -> LongSpec:
    name = inputs[0].name
    entry, items = policy.document.model.inputs[name], policy.lists[policy.inputs[name].over]
    return LongSpec(
        None if entry.file is None else policy.document.beside(entry.file),
        items.name,
        entry.district or (),
        entry.item or (),
        items.keys,
        items.names,
        inputs,
        policy.document.place("inputs", name),
    )
