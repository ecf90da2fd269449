"""Check the shape of a document against its keys, with pydantic's core, and read it into parts.

pydantic's models would say the same, and take as long to import and to build as all the rest of
a small run; what checks is the same core. Import this module where a document is read.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Final, TypeVar

from pydantic_core import CoreSchema, SchemaValidator
from pydantic_core import core_schema as core

from transfers.documents import fields
from transfers.documents.keys import REQUIRED, Key, Part
from transfers.documents.models import PolicyDocument

_Whole = TypeVar("_Whole", bound=Part)

_READERS: Final[dict[str, Callable[[Any], object]]] = {
    "number": fields.read_number,
    "whole": fields.read_whole,
    "digits": fields.read_digits,
    "date": fields.read_date,
    "columns": fields.read_columns,
}


def read_policy(data: object) -> PolicyDocument:
    """Read the plain tree of a policy document into parts, as :func:`read_as` does."""
    return read_as(PolicyDocument, data)


def read_as(whole: type[_Whole], data: object) -> _Whole:
    """Read the plain tree of a document into parts.

    Raises
    ------
    pydantic_core.ValidationError
        With everything that is wrong with its shape.
    """
    # mypy takes a class for its instances, which have no hash
    read: _Whole = _validator(whole).validate_python(data)  # type: ignore[arg-type]
    return read


@cache
def _validator(whole: type[Part]) -> SchemaValidator:
    return SchemaValidator(_part(whole))


def _part(part: type[Part]) -> CoreSchema:
    """Return what a mapping must look like to become a part."""
    keys = {
        name: core.typed_dict_field(_with_default(key), required=key.default is REQUIRED)
        for name, key in part.keys.items()
    }
    mapping = core.typed_dict_schema(keys, extra_behavior="forbid")
    made = core.no_info_after_validator_function(part, mapping)
    return core.no_info_before_validator_function(part.spelt_out, made)


def _with_default(key: Key) -> CoreSchema:
    """Return what may stand behind a key, and what is read where the key is absent."""
    schema = _behind(key)
    if key.default is REQUIRED:
        return schema
    if key.default is None:
        return core.with_default_schema(core.nullable_schema(schema), default=None)
    return core.with_default_schema(schema, default=key.default, validate_default=True)


def _behind(key: Key) -> CoreSchema:
    if key.kind in _READERS:
        return core.no_info_plain_validator_function(_READERS[key.kind])
    if key.kind == "value":
        return core.with_info_plain_validator_function(fields.read_value)
    if key.kind in ("tree", "cell"):
        return core.any_schema()
    if key.kind == "choice" and not key.names_of:
        return core.literal_schema([*key.choices])
    if key.part is not None:
        return _part(key.part)
    if key.of is not None:
        return _container(key, _behind(key.of))
    return core.str_schema(strict=True, min_length=key.least)


def _container(key: Key, item: CoreSchema) -> CoreSchema:
    """Return what a list, a mapping or a pair of items must look like."""
    if key.kind == "pair":
        return core.tuple_schema([item, item])
    if key.kind == "items":
        return _before(fields.as_items, core.dict_schema(core.str_schema(), item, min_length=1))
    if key.kind == "mapping":
        mapping = core.dict_schema(core.str_schema(), item, min_length=key.least)
        if key.listed:
            return _before(fields.as_named, mapping)
        return _before(fields.as_mapping, mapping) if key.alone else mapping
    listed = core.tuple_schema([item], variadic_item_index=0, min_length=key.least)
    return _before(fields.as_list, listed) if key.alone else listed


def _before(read: Callable[[Any], object], schema: CoreSchema) -> CoreSchema:
    return core.no_info_before_validator_function(read, schema)
