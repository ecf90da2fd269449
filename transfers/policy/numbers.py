"""The numbers of a policy, each by its path, with what people call it: what can be moved.

Method: section 34.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from transfers.arithmetic.decimals import parse_decimal
from transfers.documents.faults import nearest
from transfers.documents.overrides import check_percent
from transfers.documents.yaml_tree import shown
from transfers.errors import DocumentError, Fault, Place
from transfers.formula.nodes import Number
from transfers.messages import Phrase
from transfers.policy.moves import Number as Figure
from transfers.policy.moves import number_moves
from transfers.policy.rules import Path
from transfers.units import Unit, describe, with_unit
from transfers.written import figure_text

if TYPE_CHECKING:
    from transfers.policy.changing import Value
    from transfers.policy.policy import Policy

_MAIN = ("value", "amount", "opening", "formula")
_SUMS = (
    *("amount", "pool", "floor", "cap", "fixed", "claim", "collect"),
    *("opening", "inflow", "limit"),
)
_ENDS = ("up_to", "below", "at")


class NamedNumber(Struct, frozen=True):
    """A number of a document that scenarios can move.

    Parameters
    ----------
    path : Path
        As moves have it.
    written : str
        As ``--set`` has it: parts joined by dots.
    title : str or Phrase
        What people call it: of a parameter its title, of a weight whose it is and in which grant.
    value : Fraction
        As the document has it.
    unit : str or Phrase
    percent : bool
        Whether the document writes it with a percent sign.
    decides_reading : bool
        Whether it says which files, columns or rows are read: then no scenario can move it, and
        only a changed policy has it otherwise.
    """

    path: Path
    written: str
    title: str | Phrase
    value: Fraction
    unit: str | Phrase = ""
    percent: bool = False
    decides_reading: bool = False

    def figure(self, value: Fraction | None = None) -> str | Phrase:
        """Write a value of it for people, as the document has it if none is given."""
        value = self.value if value is None else value
        if self.percent:
            return figure_text(value * 100) + "%"
        if self.unit == "%":
            return figure_text(value) + "%"
        return with_unit(figure_text(value), self.unit)


def named_numbers(policy: Policy) -> dict[str, NamedNumber]:
    """Return the numbers of a policy by their paths as ``--set`` has them, in reading order."""
    reading = _decides_reading(policy)
    found = {}
    for path, number in policy.numbers.items():
        written = _written(path)
        unit = "" if number.percent else _unit(policy, path, number)
        title = _title(policy, path)
        value, percent = number.value, number.percent
        found[written] = NamedNumber(path, written, title, value, unit, percent, path in reading)
    return found


def unit_of(policy: Policy, path: Path, number: Number) -> Unit:
    """Return the unit of a number of a policy; of a bare sum of money that of the document."""
    unit = number.type.unit
    money = unit.bare and path[-1] in _SUMS and path[0] in ("budget", "grants", "reserves")
    return policy.money_unit if money else unit


def _unit(policy: Policy, path: Path, number: Number) -> str | Phrase:
    return describe(unit_of(policy, path, number), policy.money_unit)


def _written(path: Path) -> str:
    """Return a path as people write it: a described entry stands for its main key."""
    if path[0] != "lists" and path[2:3] and path[2] in _MAIN:
        path = (*path[:2], *path[3:])
    return ".".join(map(str, path))


def _decides_reading(policy: Policy) -> set[Path]:
    """Return the numbers that decide which files, columns or rows are read."""
    reading = policy.reading
    used = {name for filter_ in reading.filters.values() for name in filter_.names}
    paths = reading.constants.paths
    return {*reading.fixed, *(path for name, path in paths.items() if name in used)}


# -- what people call them -----------------------------------------------------------------------


def _title(policy: Policy, path: Path) -> str | Phrase:
    model: Any = policy.document.model
    section, *below = path
    if not below or section == "budget":
        return Phrase("number.budget") if section == "budget" else str(section)
    name = str(below[0])
    if section == "lists":
        return _title_in_list(policy, path)
    entries = getattr(model, str(section), None)
    entry = entries.get(name) if isinstance(entries, dict) else None
    title = (getattr(entry, "title", None) or name) if entry is not None else name
    rest = [step for step in below[1:] if step not in _MAIN]
    if section == "parameters":
        return _title_of_parameter(title, rest, str(path[-1]))
    if rest[:2] == ["share", "factors"]:
        factor = str(rest[-1])
        whose = next(
            (
                known.title
                for part in (model.inputs, model.quantities)
                for known in [part.get(factor)]
                if known is not None and known.title
            ),
            factor,
        )
        return Phrase("number.weight", {"factor": whose, "grant": title})
    if not rest:
        return title
    return Phrase("number.key", {"title": title, "key": ".".join(map(str, rest))})


def _title_of_parameter(title: str, rest: list[str | int], last: str) -> str | Phrase:
    """Return the title of a parameter, with the category or the step that is meant."""
    categories = [step for step in rest if isinstance(step, str) and step not in _ENDS]
    named = title + "".join(f"[{category}]" for category in categories)
    step = next((step for step in rest if isinstance(step, int)), None)
    if step is None:
        return named
    code = "number.edge" if last in _ENDS else "number.step"
    return Phrase(code, {"title": named, "number": step + 1})


def _title_in_list(policy: Policy, path: Path) -> str | Phrase:
    items = policy.lists[str(path[1])]
    item, column = str(path[-2]), str(path[-1])
    called = items.names[items.keys.index(item)] if item in items.keys else item
    titled = items.columns[column].title if column in items.columns else column
    return Phrase("number.key", {"title": called, "key": titled or column})


# -- what moves them -----------------------------------------------------------------------------


def moves_of(
    policy: Policy, asked: Mapping[str, Value], places: Mapping[str, Place]
) -> dict[Path, Fraction]:
    """Return moves of numbers of a document.

    Raises
    ------
    DocumentError
        With a fault for each path that is no number, and each value that does not fit there.
    """
    known = policy.addresses if asked else {}
    moves: dict[Path, Fraction] = {}
    faults: list[Fault] = []
    for path, value in asked.items():
        place = places.get(path)
        try:
            if path not in known:
                raise DocumentError([_no_number(path, known)])
            if isinstance(value, str):
                check_percent(policy.document.source, known[path], value, path)
            moves |= number_moves(policy, {path: _number(value)}, known)
        except DocumentError as error:
            faults += (
                fault if place is None else _at(fault, place, path) for fault in error.faults
            )
    if faults:
        raise DocumentError(faults)
    return moves


def _no_number(path: str, known: Mapping[str, Path]) -> Fault:
    near = nearest(path, known)
    words: dict[str, object] = {"path": shown(path), "near": near}
    return Fault("number.unknown" + ("_near" if near else ""), Place(path=shown(path)), words)


def _at(fault: Fault, place: Place, path: str) -> Fault:
    return replace(fault, place=Place(place.file, place.line, place.column, path))


def parted(policy: Policy, asked: Mapping[str, Value]) -> tuple[dict[str, Value], dict[str, Value]]:
    """Part what is set into numbers that scenarios can move, and all that makes another policy."""
    known = policy.addresses
    reading = _decides_reading(policy)
    numbers: dict[str, Value] = {}
    others: dict[str, Value] = {}
    for path, value in asked.items():
        at = known.get(path)
        fits = at is not None and at not in reading and at[0] != "upstream"
        (numbers if fits and _is_number(value) else others)[path] = value
    return numbers, others


def _is_number(value: Value) -> bool:
    if isinstance(value, str):
        return parse_decimal(value.strip()) is not None
    return isinstance(value, Fraction | Decimal | int | float) and not isinstance(value, bool)


def _number(value: Value) -> Figure:
    """Return a value as moves take it; what is no number is told by them."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Decimal):
        return Fraction(value)
    return value if isinstance(value, Fraction | int | float) else shown(value)
