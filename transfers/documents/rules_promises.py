"""What holds between promises, what is waived of them, and what inputs become in the next year.

Like :mod:`transfers.documents.rules` these read the plain tree, and leave shapes they cannot read
to the check of the shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from transfers.arithmetic.decimals import parse_decimal
from transfers.documents.fields import is_name, plain_form
from transfers.documents.model_promises import Promise
from transfers.documents.promises import OPTIONS, PROMISES, keys_taken, title_of
from transfers.documents.yaml_source import Source
from transfers.documents.yaml_tree import Path, shown
from transfers.errors import Fault
from transfers.messages import family

PROMISED: Final = tuple(name for name, kind in PROMISES.items() if kind == "policy")
"""The promises that a document may want to list: those of arithmetic are always held."""

_STATEMENT: Final = ("that", "applies")
_WIDE_COMMAS: Final = frozenset("、，；")
_MOST_COMPARED: Final = 5_000


def promise_faults(source: Source, document: dict[str, Any]) -> Iterator[Fault]:
    """Yield what is wrong between promises, waivers and the inputs of the next year."""
    promises = document.get("promises")
    entries = promises if isinstance(promises, dict) else {}
    for name, entry in entries.items():
        yield from _promise(source, name, entry)
    own = [name for name in entries if name not in PROMISES]
    yield from _waivers(source, ("waive",), document.get("waive"), own)
    grants = document.get("grants")
    for name, grant in (grants if isinstance(grants, dict) else {}).items():
        waived = grant.get("waive") if isinstance(grant, dict) else None
        yield from _waivers(source, ("grants", name, "waive"), waived, own, of_grant=True)
    yield from _next(source, document)


def _fault(source: Source, code: str, path: Path, **values: object) -> Fault:
    return Fault(code, source.place(path), values)


# -- promises --------------------------------------------------------------------------------------


def _promise(source: Source, name: str, entry: Any) -> Iterator[Fault]:
    """Find names that are not built in, and statements whose name is; keys of the other sort."""
    path: Path = ("promises", name)
    if entry is not None and not isinstance(entry, (str, dict)):
        return  # told by the check of the shape
    keys = {"that"} if isinstance(entry, str) else _written(source, path, entry or {})
    if name in PROMISES:
        if "that" in keys:
            yield _statement_of_built_in(source, path, name, entry)
        elif "applies" in keys:
            yield _fault(source, "document.promise_key_of_own", (*path, "applies"), key="applies")
        else:
            yield from _options(source, path, name, {} if isinstance(entry, str) else entry or {})
    elif not keys <= Promise.keys.keys():
        return  # a misspelt key, told by the check of the shape: what is lacking may be that
    elif keys.isdisjoint(_STATEMENT) and not _WIDE_COMMAS.isdisjoint(name):
        yield _fault(source, "document.wide_comma", path, text=shown(name, 40))
    elif keys.isdisjoint(_STATEMENT):
        yield _unknown(source, path, name, "promise_unknown", PROMISES, PROMISED)
    else:
        yield from _titles(source, path, name, entry)
        if not is_name(name) or plain_form(name) != name:
            yield _fault(source, "document.promise_name", path, name=shown(name, 40))
        if "that" not in keys:
            yield _fault(source, "document.missing_key", path, key="that")
        for key in sorted(keys & {"tolerance", *OPTIONS}):
            yield _fault(source, "document.promise_key_of_built_in", (*path, key), key=key)


def _statement_of_built_in(source: Source, path: Path, name: str, entry: Any) -> Fault:
    """Say that a built-in promise takes no statement; of a mere number which key it goes with."""
    key = next((key for key, of in OPTIONS.items() if of == name), "tolerance")
    figure = parse_decimal(entry.strip().removesuffix("%")) if isinstance(entry, str) else None
    if figure is None or (key == "tolerance" and not entry.strip().isdecimal()):
        return _fault(source, "document.promise_built_in", path, name=name)
    words = {"name": name, "key": key, "text": shown(entry.strip(), 40)}
    return _fault(source, "document.promise_number", path, **words)


def _titles(source: Source, path: Path, name: str, entry: Any) -> Iterator[Fault]:
    """Find statements of the document's own that are called what a built-in promise is."""
    title = entry.get("title") if isinstance(entry, dict) else None
    called = {(): name, ("title",): title}
    for more, text in called.items():
        built_in = title_of(text) if isinstance(text, str) else None
        if built_in is not None:
            words = {"text": shown(text, 40), "name": built_in}
            yield _fault(source, "document.promise_titled_as_built_in", (*path, *more), **words)


def _options(source: Source, path: Path, name: str, entry: dict[str, Any]) -> Iterator[Fault]:
    """Find keys of another promise, and parts of last year's amounts below zero."""
    for key in sorted(entry.keys() & OPTIONS.keys()):
        if OPTIONS[key] != name:
            known = ", ".join(keys_taken(name, Promise.keys))
            words = {"key": key, "name": OPTIONS[key], "promise": name, "known": known}
            yield _fault(source, "document.promise_key_of_another", (*path, key), **words)
        elif str(entry[key]).strip().startswith("-"):
            text = shown(str(entry[key]), 40)
            yield _fault(source, "document.promise_part_negative", (*path, key), text=text)


def _written(source: Source, path: Path, entry: dict[str, Any]) -> set[str]:
    """Return the keys with something behind them, or with nothing, which is a fault of its own."""
    empty = {k for k in entry if (mark := source.marks.get((*path, k))) and mark.style == "empty"}
    return {key for key, value in entry.items() if value is not None} | empty


def _unknown(
    source: Source,
    path: Path,
    name: str,
    what: str,
    names: Iterable[str],
    told: Iterable[str] = (),
) -> Fault:
    """Say that a name means nothing here; where one is near, which."""
    from transfers.documents.faults import nearest  # only when something is wrong

    names = tuple(names)[:_MOST_COMPARED]
    near = nearest(name, names) or (_called(name) if PROMISES.keys() <= {*names} else None)
    if near is not None:
        return _fault(source, f"document.{what}_near", path, name=shown(name, 40), near=near)
    known = shown(", ".join(told or names) or "—", 390)
    return _fault(source, f"document.{what}", path, name=shown(name, 40), known=known)


def _called(title: str) -> str | None:
    """Return the promise whose title, in one of the languages, is nearest to a name."""
    from transfers.documents.faults import nearest  # only when something is wrong

    texts = family("promises")
    titles = {text.lower(): name for name in PROMISES for text in texts[f"promises.{name}"]}
    near = nearest(title.lower(), titles)
    return None if near is None else titles[near]


# -- what is waived --------------------------------------------------------------------------------


def _waivers(
    source: Source, path: Path, waived: Any, own: list[str], *, of_grant: bool = False
) -> Iterator[Fault]:
    """Find waivers of what nobody promises, and such without a reason.

    Statements of the document, `own`, are waived for all of it or not at all.
    """
    known = () if of_grant else tuple(own)
    for name, entry in (waived if isinstance(waived, dict) else {}).items():
        at = (*path, name)
        if of_grant and name in own:
            yield _fault(source, "document.waive_own", at, name=shown(name, 40))
        elif name not in PROMISES and name not in known:
            names = (*known, *PROMISES)
            yield _unknown(source, at, name, "waive_unknown", names, (*known, *PROMISED))
        reason = entry.get("reason") if isinstance(entry, dict) else entry
        if isinstance(reason, str) and reason and not reason.strip():
            place = source.value_place((*at, "reason"))
            yield Fault("document.empty_text", place, {"key": "reason"})


# -- the next year ---------------------------------------------------------------------------------


def _next(source: Source, document: dict[str, Any]) -> Iterator[Fault]:
    """Find names that are no inputs, parameters or columns of lists."""
    following, known = document.get("next"), _with_figures(document)
    for name in following if isinstance(following, dict) else {}:
        path: Path = ("next", name)
        if name not in known:
            yield _unknown(source, path, name, "next_unknown", known)
            continue
        entry = known[name] if isinstance(known[name], dict) else {}
        kind = entry.get("type")
        words = kind in ("text", "yes_no") or (kind is None and entry.get("one_of") is not None)
        if "." in name and words:
            yield _fault(source, "document.next_not_a_number", path, name=shown(name, 40))


def _with_figures(document: dict[str, Any]) -> dict[str, Any]:
    """Return what may have other figures in the following year, by its name."""

    def section(name: str, of: dict[str, Any] = document) -> dict[str, Any]:
        entries = of.get(name)
        return entries if isinstance(entries, dict) else {}

    columns = {
        f"{name}.{column}": entry
        for name, items in section("lists").items()
        if isinstance(items, dict)
        for column, entry in section("columns", items).items()
    }
    return {**columns, **section("parameters"), **section("inputs")}
