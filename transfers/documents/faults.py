"""Say what is wrong with the shape of a document, each fault at its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from transfers.documents.keys import Part, key_at, part_at
from transfers.documents.promises import keys_taken
from transfers.documents.yaml_source import Source
from transfers.documents.yaml_tree import MAX_FAULTS, Path, shown
from transfers.errors import Fault, Place

if TYPE_CHECKING:
    from pydantic_core import ValidationError

_SHAPES = {
    "string_type": "document.text_expected",
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
    source: Source,
    error: ValidationError | None,
    whole: type[Part],
    found: list[Fault],
    between: Iterable[Fault],
) -> list[Fault]:
    """Return all faults of a document in reading order.

    Parameters
    ----------
    source : Source
    error : ValidationError, optional
        What is wrong with the shape.
    whole : type of Part
        What the whole document is read as.
    found : list of Fault
        What the tree already showed; nothing is said twice about one place.
    between : iterable of Fault
        What is wrong between the keys of the document.
    """
    faults = [*found, *islice(between, MAX_FAULTS + 1)]
    said = {fault.place.path for fault in faults if fault.code in _SETTLED}
    if error is not None:
        shape = shape_faults(source, error, whole)
        unsaid = (fault for fault in shape if fault.place.path not in said)
        faults += islice(unsaid, MAX_FAULTS + 1)
    return in_reading_order(faults)


_SETTLED = frozenset(
    f"document.{what}"
    for what in (
        *("alias", "escaped_control", "formula_split", "grant_key_in_stage", "grant_key_in_output"),
        *("empty_value", "empty_change", "number_split", "to_most_column", "text_split"),
    )
)
"""After these, what the shape says about the same place adds nothing."""


def shape_faults(source: Source, error: ValidationError, whole: type[Part]) -> Iterator[Fault]:
    """Yield a fault, or several, for every error of the shape."""
    for entry in error.errors(include_url=False):
        path: Path = tuple(entry["loc"])
        context = entry.get("ctx", {})
        match entry["type"]:
            case "missing" if isinstance(path[-1], int):
                yield _fault(source, "document.list_length", path[:-1], length=2)
            case "missing":
                yield _fault(source, "document.missing_key", path[:-1], key=path[-1])
            case "extra_forbidden":
                yield _unknown_key(source, path, whole)
            case "literal_error":
                yield _not_one_of(source, path, entry["input"], whole)
            case "too_short" if entry["input"]:
                pass  # its items are wrong, and told
            case "too_short":
                yield _fault(source, "document.empty_list", path, key=shown(path[-1], 60))
            case "too_long":
                yield _fault(source, "document.list_length", path, length=2)
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
        near = nearest(str(path[-1]), str(values["allowed"]).split(", "))
        if near is not None:
            values = {"key": values["key"], "near": near}
            code = "document.unknown_key_near"
        return Fault(code, source.place(path), values)
    return Fault(code, source.value_place(path), values)


def _unknown_key(source: Source, path: Path, whole: type[Part]) -> Fault:
    owner = part_at(whole, path[:-1])
    allowed = list(owner.keys) if owner else []
    key = str(path[-1])
    if path[0] == "promises" and len(path) > 2:
        allowed = keys_taken(str(path[1]), allowed)
    near = nearest(key, allowed)
    if near is not None:
        return _fault(source, "document.unknown_key_near", path, key=shown(key, 60), near=near)
    values = {"key": shown(key, 60), "allowed": ", ".join(allowed)}
    return _fault(source, "document.unknown_key", path, **values)


def _not_one_of(source: Source, path: Path, given: object, whole: type[Part]) -> Fault:
    expected = key_at(whole, path)
    allowed = list(expected.choices) if expected else []
    code, values = "document.not_one_of", {"text": shown(given, 40), "allowed": ", ".join(allowed)}
    near = nearest(given, allowed) if isinstance(given, str) else None
    if near is not None:
        code, values = "document.not_one_of_near", {**values, "near": near}
    return Fault(code, source.value_place(path), values)


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Return the word that `word` was most likely meant to be."""
    if len(word) > _LONGEST_GUESSED:
        return None
    from difflib import get_close_matches  # only when something is wrong

    return next(iter(get_close_matches(word, list(words), 1, 0.7)), None)
