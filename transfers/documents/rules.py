"""What holds between the keys of a policy document: names, methods of division, sums.

These rules read the plain tree, not the parts, so that a fault in one corner of the document
does not hide those in another. Shapes they cannot read are left to the check of the shape.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Final

from msgspec.structs import replace

from transfers.documents.empties import empty_values
from transfers.documents.exact_number import parse_number
from transfers.documents.fields import EDGES, RESERVED, is_name, plain_form, written
from transfers.documents.rules_appraisals import appraisal_faults
from transfers.documents.rules_contributions import contribution_faults
from transfers.documents.rules_lists import list_faults
from transfers.documents.rules_payer import payer_faults
from transfers.documents.rules_percent import percent_faults
from transfers.documents.rules_promises import promise_faults
from transfers.documents.rules_services import service_faults
from transfers.documents.yaml_source import Source
from transfers.documents.yaml_tree import Path, dotted, shown
from transfers.errors import Fault, Place
from transfers.messages import Phrase

NAMED: Final = (
    *("lists", "inputs", "parameters", "service_lists", "appraisals", "quantities"),
    *("reserves", "grants", "outputs", "rules"),
)
"""The sections whose entries have names of their own, all in one space of names."""

OF_PROMISES: Final = ("promises", "waive", "next")
"""The sections whose entries are no names of formulas."""

_MAY_BE_EMPTY: Final[tuple[Path, ...]] = (("inputs",), ("promises",))
_OF_LISTS: Final[tuple[Path, ...]] = (("columns",), ("items",))
"""Whose entries may say nothing: a name is enough."""

METHODS: Final = ("share", "claim", "level")
DIVISION: Final = ("eligible", "pool", "within", *METHODS, "floor", "cap", "fixed", "if_short")
GRANT_ONLY: Final = (
    *("kind", "unspent", "rounding", "replaces"),
    *("draw", "collect", "contributions", "waive"),
)
FORMULA_ONLY: Final = ("unit", "digits")
"""Keys of an output that say how a formula is shown; a division is shown in whole quanta."""
MOST_HEADER_ROWS: Final = 10
_ROUNDED_TO: Final = "to_most"
MOST_QUANTA: Final = 10**12
"""So many of money's quanta one quantum of a grant may have: far above any sum that is paid."""


def rule_faults(source: Source) -> Iterator[Fault]:
    """Yield what is wrong between the keys of a policy document."""
    document = source.data
    if not isinstance(document, dict):
        return
    yield from empty_values(source, _may_be_empty)
    yield from _policy_id(source, document.get("policy"))
    yield from _names(source, document)
    yield from _money(source, _section(document, "money"))
    yield from _header_rows(source, document)
    yield from list_faults(source, _input)
    for name, entry in _entries(document, "inputs"):
        yield from _input(source, ("inputs", name), entry)
        yield from _sum_of(source, name, entry, _section(document, "inputs"))
    for name, entry in _entries(document, "parameters"):
        yield from _parameter(source, ("parameters", name), entry)
        yield from percent_faults(source, ("parameters", name), entry)
    yield from service_faults(source, document)
    for name, entry in _entries(document, "quantities"):
        yield from _quantity(source, ("quantities", name), entry)
    earlier: list[str] = []
    for name, entry in _entries(document, "grants"):
        yield from _method(source, ("grants", name), entry)
        yield from _rounding(source, ("grants", name), entry.get("rounding"))
        has_budget = document.get("budget") is not None
        yield from contribution_faults(source, ("grants", name), entry, has_budget)
        replaced = entry.get("replaces")
        yield from _replaces(source, ("grants", name), replaced, earlier)
        # What is replaced once is gone: its money cannot be given back a second time.
        earlier = [*(other for other in earlier if other != replaced), name]
    for name, entry in _entries(document, "outputs"):
        yield from _output(source, ("outputs", name), entry)
    yield from _solve(source, document)
    yield from payer_faults(source, document)
    yield from promise_faults(source, document)
    yield from appraisal_faults(source)


def _section(document: dict[str, Any], name: str) -> dict[str, Any]:
    section = document.get(name)
    return section if isinstance(section, dict) else {}


def _entries(document: dict[str, Any], name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for key, entry in _section(document, name).items():
        if isinstance(entry, dict):
            yield key, entry


def _number(value: Any) -> Fraction | None:
    return parse_number(value) if isinstance(value, str) else None


def _written(source: Source, path: Path, key: str) -> bool:
    """Tell whether a key stands there with a value, or empty, which is a fault of its own."""
    mark = source.marks.get((*path, key))
    node = source.data
    for part in path:
        node = node[part]
    return node.get(key) is not None or (mark is not None and mark.style == "empty")


def _fault(source: Source, code: str, path: Path, **values: object) -> Fault:
    return Fault(code, source.place(path), values)


def _may_be_empty(path: Path) -> bool:
    """Tell whether nothing behind a key is an answer."""
    section = len(path) == 1 and path[0] in (*NAMED, *OF_PROMISES)
    return section or path[:-1] in _MAY_BE_EMPTY or (path[0] == "lists" and path[2:-1] in _OF_LISTS)


def _header_rows(source: Source, document: dict[str, Any]) -> Iterator[Fault]:
    """Find headers that are neither one row nor a short range."""
    table = _section(document, "districts")
    joins = table.get("join")
    tables: list[tuple[Path, Any]] = [(("districts",), table)]
    if isinstance(joins, dict):
        tables.append((("districts", "join"), joins))
    elif isinstance(joins, list):
        tables += [(("districts", "join", n), join) for n, join in enumerate(joins)]
    for section in ("lists", "inputs"):
        tables += [((section, name), entry) for name, entry in _entries(document, section)]
    for path, entry in tables:
        rows = entry.get("header") if isinstance(entry, dict) else None
        numbers = [_number(row) for row in (rows if isinstance(rows, list) else [rows])]
        known = [number for number in numbers if number is not None]
        if 0 < len(known) == len(numbers) and not (
            len(known) <= 2 and 1 <= known[0] <= known[-1] < known[0] + MOST_HEADER_ROWS
        ):
            yield Fault("document.header_rows", source.value_place((*path, "header")))


def _sum_of(
    source: Source, name: str, entry: dict[str, Any], inputs: dict[str, Any]
) -> Iterator[Fault]:
    """Find parts of an input that are no other inputs."""
    parts = entry.get("sum_of")
    for number, part in enumerate([parts] if isinstance(parts, str) else parts or ()):
        if isinstance(part, str) and (part not in inputs or part == name):
            at = ("inputs", name, "sum_of", number)
            place = source.value_place(at if isinstance(parts, list) else at[:-1])
            yield Fault("document.sum_of", place, {"name": shown(part, 40)})


def _policy_id(source: Source, text: Any) -> Iterator[Fault]:
    if isinstance(text, str):
        first = text[:1].isalnum() or text[:1] == "_"
        if not first or len(text) > 100 or not all(c.isalnum() or c in "-_." for c in text):
            yield Fault(
                "document.policy_id", source.value_place(("policy",)), {"text": shown(text, 40)}
            )


def _names(source: Source, document: dict[str, Any]) -> Iterator[Fault]:
    """Names must be usable in formulas, and stand for one thing only."""
    taken: dict[str, Path] = {}
    for section in (section for section in document if section in NAMED):
        for name in _section(document, section):
            path = (section, name)
            if name.isdigit() and source.marks[path].style == "empty":
                continue  # the rest of a number, and told as such
            if plain_form(name) != name and is_name(plain_form(name)):
                plain = shown(plain_form(name), 40)
                yield _fault(source, "document.name_twin", path, name=shown(name, 40), plain=plain)
            elif not is_name(name):
                yield _fault(source, "document.name", path, name=shown(name, 40))
            elif name.lower() in RESERVED or (name == "name" and section in ("grants", "outputs")):
                yield _fault(source, "document.name_reserved", path, name=name)
            elif name in taken:
                place = source.place(taken[name])
                other = str(Place(None, place.line, place.column, dotted(taken[name])))
                yield _fault(source, "document.name_taken", path, name=shown(name, 40), other=other)
            taken.setdefault(name, path)


def _money(source: Source, money: dict[str, Any]) -> Iterator[Fault]:
    quantum = _number(money.get("quantum"))
    if quantum is not None and quantum <= 0:
        yield _fault(source, "document.quantum_not_positive", ("money", "quantum"))


def _range(source: Source, path: Path, entry: dict[str, Any]) -> Iterator[Fault]:
    least, most = _number(entry.get("min")), _number(entry.get("max"))
    if least is not None and most is not None and least > most:
        values = {"min": written(least), "max": written(most)}
        yield _fault(source, "document.min_above_max", (*path, "min"), **values)


def _one_item(source: Source, path: Path, items: Any) -> Iterator[Fault]:
    """Find a list that commas of another script have made a single item."""
    if not isinstance(items, list) or len(items) != 1 or not isinstance(items[0], str):
        return
    mark = source.marks.get((*path, 0))
    if mark is not None and mark.style == "plain" and any(c in items[0] for c in "、，；"):
        place = source.value_place((*path, 0))
        yield Fault("document.wide_comma", place, {"text": shown(items[0], 40)})


def _input(source: Source, path: Path, entry: dict[str, Any]) -> Iterator[Fault]:
    yield from _range(source, path, entry)
    kind = entry.get("type")
    if kind in ("text", "yes_no"):
        for key in ("min", "max"):
            if entry.get(key) is not None:
                yield _fault(source, "document.range_without_number", (*path, key), type=kind)
    if kind in ("number", "yes_no") and entry.get("one_of") is not None:
        yield _fault(source, "document.one_of_without_text", (*path, "one_of"), type=kind)
    yield from _one_item(source, (*path, "one_of"), entry.get("one_of"))
    default = entry.get("default")
    is_number = kind == "number" or (kind is None and entry.get("one_of") is None)
    if is_number and isinstance(default, str) and _number(default) is None:
        yield _fault(source, "document.not_a_number", (*path, "default"), text=shown(default, 40))


def _parameter(source: Source, path: Path, entry: dict[str, Any]) -> Iterator[Fault]:
    """Check that a table from a file has one column that says which row counts."""
    edges = [key for key in ("key", *EDGES) if key in entry]
    inner = "inner_key" in entry
    if "file" in entry:
        yield from _range(source, path, entry)
        if len([key for key in edges if key != "key"]) > 1 or not edges:
            yield _fault(source, "document.file_edge", path)
        elif inner and edges != ["key"]:
            yield _fault(source, "document.inner_without_key", (*path, "inner_key"))
    elif "value" in entry:
        yield from _range(source, path, entry)
        for key in (*edges, *(key for key in ("inner_key", "rows") if key in entry)):
            yield _fault(source, "document.edge_without_file", (*path, key))


def _quantity(source: Source, path: Path, entry: dict[str, Any]) -> Iterator[Fault]:
    """Check that a quantity is a formula or a stage, not both."""
    division = [key for key in DIVISION if entry.get(key) is not None]
    for key in GRANT_ONLY:
        if key in entry:
            yield _fault(source, "document.grant_key_in_stage", (*path, key), key=key)
    if entry.get("formula") is not None:
        if division:
            values = {"keys": ", ".join(division)}
            yield _fault(source, "document.formula_and_stage", path, **values)
    elif division:
        yield from _method(source, path, entry)
    elif not _written(source, path, "formula"):
        yield _fault(source, "document.quantity_empty", path)


def _output(source: Source, path: Path, entry: dict[str, Any]) -> Iterator[Fault]:
    """Check that an output is a formula or a division, and has the keys of the one it is."""
    division = [key for key in (*DIVISION, "rounding") if entry.get(key) is not None]
    for key in GRANT_ONLY:
        if key in entry and key != "rounding":
            yield _fault(source, "document.grant_key_in_output", (*path, key), key=key)
    if entry.get("formula") is not None:
        if division:
            values = {"keys": ", ".join(division)}
            yield _fault(source, "document.formula_and_division", path, **values)
    elif division:
        yield from _method(source, path, entry)
        yield from _rounding(source, path, entry.get("rounding"))
        for key in FORMULA_ONLY:
            if entry.get(key) is not None:
                yield _fault(source, "document.formula_key_in_division", (*path, key), key=key)
        if entry.get("negative") is not None and entry.get("claim") is None:
            yield _fault(source, "document.never_negative", (*path, "negative"))
    elif not _written(source, path, "formula"):
        yield _fault(source, "document.output_empty", path)


def _method(source: Source, path: Path, entry: dict[str, Any]) -> Iterator[Fault]:
    """Exactly one of share, claim and level says how a division is made."""
    methods = [key for key in METHODS if _written(source, path, key)]
    if not methods:
        levy = path[0] == "grants" and entry.get("collect") is not None
        yield _fault(source, f"document.{'levy_without_share' if levy else 'method_missing'}", path)
    elif len(methods) > 1:
        yield _fault(source, "document.method_several", path, keys=", ".join(methods))
    elif entry.get("collect") is not None and path[0] == "grants":
        pass  # what is collected is the money; what does not go with it is told there
    elif not _written(source, path, "pool"):
        if methods != ["claim"]:
            yield _fault(source, "document.pool_missing", path, method=methods[0])
        elif entry.get("within") is not None:
            yield _fault(source, "document.within_without_pool", (*path, "within"))
    if_short = entry.get("if_short")
    if isinstance(if_short, list) and "reject" in if_short[:-1]:
        yield _fault(source, "document.reject_not_last", (*path, "if_short"))
    share = entry.get("share")
    if isinstance(share, dict):
        yield from _factors(source, (*path, "share"), share)


def _factors(source: Source, path: Path, share: dict[str, Any]) -> Iterator[Fault]:
    """Check that no weight is negative and that they add up to 1 as decimals."""
    if share.get("factors") is None and share.get("formula") is None:
        yield _fault(source, "document.factors_missing", path)
    if share.get("factors") is not None and share.get("formula") is not None:
        yield _fault(source, "document.factors_and_formula", path)
    factors = share.get("factors")
    if not isinstance(factors, dict) or not factors:
        return
    weights = {name: _number(weight) for name, weight in factors.items()}
    known = [weight for weight in weights.values() if weight is not None]
    for name, weight in weights.items():
        if weight is not None and weight < 0:
            yield _fault(source, "document.weight_negative", (*path, "factors", name))
    total = sum(known, Fraction(0))
    if len(known) == len(weights) and total != 1:
        percent = all(str(weight).endswith("%") for weight in factors.values())
        figures = {"total": total, "one": Fraction(1), "gap": abs(1 - total)}
        values = {key: written(figure, percent=percent) for key, figure in figures.items()}
        fault = _fault(source, "document.weights_sum", (*path, "factors"), **values)
        plain = total == 100 and not any(str(weight).endswith("%") for weight in factors.values())
        example = {"example": f"{next(iter(factors.values()))}%"}
        yield replace(fault, note=Phrase("document.weights_percent", example)) if plain else fault


def _rounding(source: Source, path: Path, rounding: Any) -> Iterator[Fault]:
    path = (*path, "rounding")
    if rounding == _ROUNDED_TO:
        yield _fault(source, "document.to_most_column", path)
    if not isinstance(rounding, dict):
        return
    rule, column = rounding.get("rule"), rounding.get(_ROUNDED_TO)
    if rule == _ROUNDED_TO and column is None:
        yield _fault(source, "document.to_most_column", path)
    elif column is not None and rule not in (None, _ROUNDED_TO):
        yield _fault(source, "document.rule_and_to_most", path, rule=shown(rule, 40))
    quantum = _number(rounding.get("quantum"))
    if quantum is None:
        return
    unit = _number(_section(source.data, "money").get("quantum", "1"))
    if quantum <= 0 or (unit and unit > 0 and (quantum / unit).denominator != 1):
        values = {"quantum": written(unit or Fraction(1))}
        yield _fault(source, "document.quantum_not_multiple", (*path, "quantum"), **values)
    elif unit and quantum / unit > MOST_QUANTA:
        yield _fault(source, "document.quantum_too_large", (*path, "quantum"))


def _replaces(source: Source, path: Path, name: Any, earlier: list[str]) -> Iterator[Fault]:
    if isinstance(name, str) and name not in earlier:
        values = {"name": shown(name, 40), "earlier": ", ".join(earlier) or "—"}
        yield _fault(source, "document.replaces_unknown", (*path, "replaces"), **values)


def _solve(source: Source, document: dict[str, Any]) -> Iterator[Fault]:
    solve = _section(document, "solve")
    name, within = solve.get("parameter"), solve.get("within")
    parameters = _section(document, "parameters")
    if isinstance(name, str):
        value = parameters.get(name)
        value = value.get("value") if isinstance(value, dict) else value
        if name not in parameters or _number(value) is None:
            numbers = [key for key, entry in parameters.items() if _is_number(entry)]
            values = {"name": shown(name, 40), "known": shown(", ".join(numbers) or "—", 200)}
            yield _fault(source, "document.solve_parameter", ("solve", "parameter"), **values)
    if isinstance(within, list) and len(within) == 2:
        low, high = _number(within[0]), _number(within[1])
        if low is not None and high is not None and low >= high:
            yield _fault(source, "document.within_empty", ("solve", "within"))


def _is_number(entry: Any) -> bool:
    value = entry.get("value") if isinstance(entry, dict) else entry
    return _number(value) is not None
