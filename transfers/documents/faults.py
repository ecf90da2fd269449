"""Turn what pydantic found into faults a person can act on, each at its place in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError

from transfers.documents.rules import rule_faults
from transfers.documents.yaml_source import Source
from transfers.documents.yaml_tree import MAX_FAULTS, Path, shown
from transfers.errors import Fault, Place

_SHAPES = {
    "string_type": "document.text_expected",
    "model_type": "document.mapping_expected",
    "dict_type": "document.mapping_expected",
    "tuple_type": "document.list_expected",
    "string_too_short": "document.empty_text",
}
_LONGEST_GUESSED = 64


def in_reading_order(faults: Iterable[Fault]) -> list[Fault]:
    """Sort faults by line and column; those without a line come last. At most so many."""
    ordered = sorted(faults, key=_order)
    if len(ordered) > MAX_FAULTS:
        ordered[MAX_FAULTS:] = [Fault("document.more_faults", Place(ordered[0].place.file))]
    return ordered


def _order(fault: Fault) -> tuple[bool, int, int]:
    place = fault.place
    return place.line is None, place.line or 0, place.column or 0


def document_faults(
    source: Source, error: ValidationError | None, model: type[BaseModel], found: list[Fault]
) -> list[Fault]:
    """Return all faults of a document in reading order.

    Parameters
    ----------
    source : Source
    error : ValidationError, optional
        What pydantic says about the shape.
    model : type
        The model of the whole document.
    found : list of Fault
        What the tree already showed; nothing is said twice about one place.
    """
    faults = [*found, *islice(rule_faults(source), MAX_FAULTS + 1)]
    said = {fault.place.path for fault in faults if fault.code in _SETTLED}
    if error is not None:
        shape = model_faults(source, error, model)
        unsaid = (fault for fault in shape if fault.place.path not in said)
        faults += islice(unsaid, MAX_FAULTS + 1)
    return in_reading_order(faults)


_SETTLED = frozenset(
    f"document.{what}"
    for what in (
        *("alias", "escaped_control", "formula_split"),
        *("empty_value", "number_split", "grant_key_in_stage", "to_most_column"),
    )
)
"""After these, what the models say about the same place adds nothing."""


def model_faults(source: Source, error: ValidationError, model: type[BaseModel]) -> Iterator[Fault]:
    """Yield a fault, or several, for every error of pydantic."""
    for entry in error.errors(include_url=False):
        path: Path = tuple(entry["loc"])
        context = entry.get("ctx", {})
        match entry["type"]:
            case "missing" if isinstance(path[-1], int):
                yield _fault(source, "document.list_length", path[:-1], length=2)
            case "missing":
                yield _fault(source, "document.missing_key", path[:-1], key=path[-1])
            case "extra_forbidden":
                yield _unknown_key(source, path, model)
            case "literal_error":
                yield _not_one_of(source, path, entry["input"], model)
            case "too_short" | "too_long":
                yield _length(source, path, entry["input"], context)
            case "document.several":
                for wrong in context["wrong"]:
                    yield _several(source, (*path, *wrong.path), wrong.code, wrong.values)
            case kind if kind.startswith("document."):
                yield Fault(kind, source.value_place(path), context)
            case kind:
                code = _SHAPES.get(kind, "document.not_understood")
                yield _fault(source, code, path, key=shown(path[-1] if path else "", 60))


def _fault(source: Source, code: str, path: Path, **values: object) -> Fault:
    return Fault(code, source.place(path), values)


def _several(source: Source, path: Path, code: str, values: dict[str, object]) -> Fault:
    if code == "document.unknown_key":
        return Fault(code, source.place(path), values)
    return Fault(code, source.value_place(path), values)


def _unknown_key(source: Source, path: Path, model: type[BaseModel]) -> Fault:
    owner = model_at(model, path[:-1])
    allowed = list(owner.model_fields) if owner else []
    key = str(path[-1])
    near = nearest(key, allowed)
    if near is not None:
        return _fault(source, "document.unknown_key_near", path, key=shown(key, 60), near=near)
    values = {"key": shown(key, 60), "allowed": ", ".join(allowed)}
    return _fault(source, "document.unknown_key", path, **values)


def _not_one_of(source: Source, path: Path, given: object, model: type[BaseModel]) -> Fault:
    allowed = list(_choices(_annotation(model, path)))
    code, values = "document.not_one_of", {"text": shown(given, 40), "allowed": ", ".join(allowed)}
    near = nearest(given, allowed) if isinstance(given, str) else None
    if near is not None:
        code, values = "document.not_one_of_near", {**values, "near": near}
    return Fault(code, source.value_place(path), values)


def _length(source: Source, path: Path, given: object, context: dict[str, Any]) -> Fault:
    if isinstance(given, (list, tuple)) and given:
        return _fault(source, "document.list_length", path, length=context.get("max_length", 2))
    return _fault(source, "document.empty_list", path, key=shown(path[-1], 60))


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Return the word that `word` was most likely meant to be."""
    if len(word) > _LONGEST_GUESSED:
        return None
    from difflib import get_close_matches  # only when something is wrong

    return next(iter(get_close_matches(word, list(words), 1, 0.7)), None)


def _annotation(model: type[BaseModel], path: Path) -> Any:
    """Return the type a path of the document is checked against."""
    annotation: Any = model
    for part in path:
        container = _container(annotation)
        if container is not None:
            annotation = [held for held in get_args(container) if held is not Ellipsis][-1]
            continue
        owner = _model_in(annotation)
        field = owner.model_fields.get(str(part)) if owner else None
        annotation = field.annotation if field else None
    return annotation


def model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """Return the model a mapping at `path` is read as; None where names or texts stand."""
    annotation = _annotation(model, path)
    return None if _container(annotation) is not None else _model_in(annotation)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model inside an annotation such as ``Share | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)


def _container(annotation: Any) -> Any:
    """Return the mapping or list type inside an annotation; None where there is none."""
    if get_origin(annotation) in (dict, tuple):
        return annotation
    return next((found for part in get_args(annotation) if (found := _container(part))), None)


def _choices(annotation: Any) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from (str(choice) for choice in get_args(annotation))
    else:
        for part in get_args(annotation):
            yield from _choices(part)
