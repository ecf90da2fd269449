"""The kinds of value a policy document holds, and the words its names must keep clear of."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NoReturn, TypeAlias

from msgspec import Struct

from transfers.arithmetic.decimals import format_decimal, parse_decimal, written_as_number
from transfers.braces import OpenBraceError, pieces
from transfers.documents.exact_number import parse_number
from transfers.documents.yaml_tree import Path, shown

if TYPE_CHECKING:
    from pydantic_core.core_schema import ValidationInfo

RESERVED: Final = frozenset(
    "and or not if none true false total budget key remainder upstream "  # noqa: SIM905  (read as prose)
    "min max abs clip round round_up round_down sqrt exp log missing "
    "sum mean share count rank lowest highest quantile std cv zscore minmax "
    "std_sample cv_sample gini theil previous "
    "step marginal interpolate by where weights digits to over".split()
)
"""Words that mean something in formulas; no input, parameter or grant may be called so."""

ITEM_IN_PATTERN: Final = ("{item}", "{name}")
"""What the key, or the name, of an item is put in for."""

EDGES: Final = ("up_to", "below", "at")
MOST_WHOLE: Final = 9999
MOST_DECIMALS: Final = 20
AS_PEOPLE_WRITE: Final = frozenset("0123456789０１２３４５６７８９.,，．。、%％ \u3000'_eE+-－−¥￥")
NUMBER_UNITS: Final = "十百千万亿元人块"
_DATE: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NO_NUMBERS: Final = frozenset({"nan", "inf", "infinity"})
_DASHES: Final = frozenset("-–—－") | {"--", "——"}


class Step(Struct, frozen=True):
    """A line of a bracket table: up to `edge` (or below it, or at it) the value is `value`.

    `bound` is ``up_to``, ``below``, ``at``, or empty for the last line, which has no edge.
    """

    bound: str
    edge: Fraction | None
    value: Fraction


Lines: TypeAlias = tuple[Step, ...]
ParameterValue: TypeAlias = (
    Fraction | str | dict[str, Fraction | dict[str, Fraction] | Lines] | Lines
)


class Wrong(Struct, frozen=True, eq=False):
    """One of several faults inside one value: where below it, the code and its words."""

    path: Path
    code: str
    values: dict[str, object]


def is_name(text: str) -> bool:
    """Tell whether formulas can use `text` as a name: letters of any script, digits, ``_``."""
    if not text or not (text[0].isalpha() or text[0] == "_"):
        return False
    return len(text) <= 100 and all(c.isalnum() or c == "_" for c in text)


def plain_form(text: str) -> str:
    """Return `text` with full-width letters and other twins written the ordinary way."""
    if text.isascii():
        return text
    import unicodedata

    return unicodedata.normalize("NFKC", text)


def number_fault(text: str) -> str:
    """Return the code of what keeps `text` from being a number."""
    if _is_number_with_unit(text):
        return "document.number_with_unit"
    return "document.number_too_long" if written_as_number(text) else "document.not_a_number"


def _is_number_with_unit(text: str) -> bool:
    """Tell whether `text` is a number with a unit behind it, such as 25万元 or 650 元."""
    number = text.rstrip(NUMBER_UNITS)
    return number != text and len(text) < 100 and parse_decimal(number.rstrip()) is not None


def read_number(value: object) -> Fraction:
    """Read an exact number."""
    if not isinstance(value, str):
        _refuse("document.number_expected")
    number = parse_number(value)
    if number is None:
        _refuse(number_fault(value), text=shown(value, 40))
    return number


def read_whole(value: object) -> int:
    """Read a whole number up to 9999."""
    number = parse_decimal(value) if isinstance(value, str) else read_number(value)
    if number is None or number.denominator != 1 or not 0 <= number <= MOST_WHOLE:
        _refuse("document.not_whole", text=shown(value, 40))
    return int(number)


def read_digits(value: object) -> int:
    """Read a number of decimals."""
    number = read_whole(value)
    if number > MOST_DECIMALS:
        _refuse("document.too_many_digits", text=shown(value, 40))
    return number


def read_date(value: object) -> datetime.date:
    """Read a day, written as 2027-12-31."""
    text = value if isinstance(value, str) else ""
    if _DATE.fullmatch(text):
        with suppress(ValueError):
            return datetime.date.fromisoformat(text)
    _refuse("document.not_a_date", text=shown(value, 40))


def read_columns(value: object) -> str | dict[str, tuple[str, ...]]:
    """Read the columns of items: a pattern with ``{item}`` or ``{name}``, or names by item."""
    if isinstance(value, str):
        if not _has_item(value):
            _refuse("document.pattern_without_item", text=shown(value, 40))
        return value
    wrong: list[Wrong] = []
    columns: dict[str, tuple[str, ...]] = {}
    for item, names in value.items() if isinstance(value, dict) else ():
        listed = [names] if isinstance(names, str) else names
        texts = [name for name in listed or () if isinstance(name, str) and name]
        if not isinstance(listed, list) or not texts or len(texts) < len(listed):
            wrong.append(Wrong((item,), "document.item_column", {"item": shown(item, 40)}))
        columns[item] = tuple(texts)
    if wrong:
        _refuse("document.several", wrong=wrong)
    if not columns:
        _refuse("document.columns_expected")
    return columns


def _has_item(pattern: str) -> bool:
    """Tell whether a pattern has a place for the item; braces that do not close are told later."""
    try:
        texts = {"{" + piece.text.strip() + "}" for piece in pieces(pattern) if piece.in_braces}
    except OpenBraceError:
        return any(part in pattern for part in ITEM_IN_PATTERN)
    return any(part in texts for part in ITEM_IN_PATTERN)


def _refuse(code: str, **values: object) -> NoReturn:
    from pydantic_core import PydanticCustomError  # only when something is wrong

    raise PydanticCustomError(code, "", values)


def as_list(value: object) -> object:
    """Read one text or one mapping as a list of one."""
    return [value] if isinstance(value, (str, dict)) else value


def as_mapping(value: object) -> object:
    """Read an empty section as a section without entries."""
    return {} if value is None else value


def as_named(value: object) -> object:
    """Read an empty section, and refuse a list of names: a sound one was spelt out before."""
    if not isinstance(value, list):
        return as_mapping(value)
    wrong: list[Wrong] = []
    seen: set[object] = set()
    for n, name in enumerate(value):
        if not isinstance(name, str) or not name:
            wrong.append(Wrong((n,), "document.promise_expected", {}))
        elif name in seen:
            wrong.append(Wrong((n,), "document.promise_twice", {"name": shown(name, 40)}))
        else:
            seen.add(name)
    if wrong:
        _refuse("document.several", wrong=wrong)
    return {name: {} for name in value}


def as_items(value: object) -> object:
    """Read a list of keys as items of which nothing is said."""
    if not isinstance(value, list):
        return value
    wrong: list[Wrong] = []
    seen: set[object] = set()
    for n, key in enumerate(value):
        if not isinstance(key, str) or not key:
            wrong.append(Wrong((n,), "document.item_key_expected", {}))
        elif key in seen:
            wrong.append(Wrong((n,), "document.item_twice", {"item": shown(key, 40)}))
        else:
            seen.add(key)
    if wrong:
        _refuse("document.several", wrong=wrong)
    return {key: {} for key in value}


def read_value(value: object, info: ValidationInfo) -> object:
    """Read the value of a parameter: a number, a text, a table, steps or points.

    All that is wrong inside is reported at once, each fault at its own place.
    """
    if info.data.get("file") is not None:
        if isinstance(value, str) and value:
            return value
        _refuse("document.column_expected")
    wrong: list[Wrong] = []
    found: object = None
    if isinstance(value, str):
        found = _number_or_text(value, wrong)
    elif isinstance(value, dict):
        found = _table(value, (), wrong, depth=1)
    elif isinstance(value, list):
        found = _steps(value, wrong)
    else:
        wrong.append(Wrong((), "document.value_expected", {}))
    if not wrong:
        _check_range(found, info.data.get("min"), info.data.get("max"), wrong)
    if wrong:
        _refuse("document.several", wrong=wrong)
    return found


def _number_or_text(text: str, wrong: list[Wrong]) -> Fraction | str:
    number = parse_decimal(text)
    if number is not None:
        return number
    if text in _DASHES:
        wrong.append(Wrong((), "document.value_expected", {}))
    elif (
        written_as_number(text)
        or text.lower().lstrip("+-.") in _NO_NUMBERS
        or (
            any(c.isdigit() for c in text[:50])
            and AS_PEOPLE_WRITE.issuperset(text)
            and "-" not in text[1:]
        )
        or _is_number_with_unit(text)
    ):
        wrong.append(Wrong((), number_fault(text), {"text": shown(text, 40)}))
    return text


def _entry(value: object, path: Path, wrong: list[Wrong]) -> Fraction:
    """Read one number of a table or of a step."""
    number = parse_number(value) if isinstance(value, str) else None
    if number is not None:
        return number
    if isinstance(value, str):
        wrong.append(Wrong(path, number_fault(value), {"text": shown(value, 40)}))
    else:
        wrong.append(Wrong(path, "document.number_expected", {}))
    return Fraction(0)


def _table(
    entries: dict[str, object], path: Path, wrong: list[Wrong], depth: int
) -> dict[str, object]:
    if not entries:
        wrong.append(Wrong(path, "document.empty_table", {}))
    nested = [key for key, value in entries.items() if isinstance(value, (dict, list))]
    if nested and len(nested) < len(entries):
        wrong.append(Wrong((*path, nested[0]), "document.mixed_table", {"key": shown(nested[0])}))
        return {}
    if nested and depth > 1:
        wrong.append(Wrong((*path, nested[0]), "document.table_too_deep", {}))
        return {}
    if any(isinstance(value, list) for value in entries.values()):
        return _lines_by_category(entries, path, wrong)
    table: dict[str, object] = {}
    for key, value in entries.items():
        if isinstance(value, dict):
            table[key] = _table(value, (*path, key), wrong, depth + 1)
        else:
            table[key] = _entry(value, (*path, key), wrong)
    return table


def _lines_by_category(
    entries: dict[str, object], path: Path, wrong: list[Wrong]
) -> dict[str, object]:
    """Read brackets or points of each category, all of one sort."""
    table: dict[str, object] = {}
    sorts: dict[str, bool] = {}
    for key, value in entries.items():
        if not isinstance(value, list):
            wrong.append(Wrong((*path, key), "document.mixed_table", {"key": shown(key)}))
            continue
        inside: list[Wrong] = []
        steps = table[key] = _steps(value, inside)
        wrong += [Wrong((*path, key, *w.path), w.code, w.values) for w in inside]
        if steps and not inside:
            sorts[key] = steps[0].bound == "at"
    odd = next((key for key, points in sorts.items() if points != next(iter(sorts.values()))), None)
    if odd is not None:
        wrong.append(Wrong((*path, odd), "document.points_and_steps", {}))
    return table


def _steps(items: list[object], wrong: list[Wrong]) -> Lines:
    """Read brackets (``up_to``, ``below``) or points (``at``), edges ascending."""
    if not items:
        wrong.append(Wrong((), "document.empty_table", {}))
    steps = [_step(item, n, n == len(items) - 1, wrong) for n, item in enumerate(items)]
    if wrong:
        return ()
    points = [step for step in steps if step.bound == "at"]
    if points and len(points) < len(steps):
        odd = next(n for n, step in enumerate(steps) if step.bound != "at")
        wrong.append(Wrong((odd,), "document.points_and_steps", {}))
    for n in range(1, len(steps)):
        if _reach(steps[n]) <= _reach(steps[n - 1]):
            wrong.append(Wrong((n,), "document.steps_not_ascending", {}))
    return tuple(steps)


def _reach(step: Step) -> tuple[bool, Fraction, bool]:
    """Return what orders the lines of a bracket table: how far each of them reaches."""
    return step.edge is None, step.edge or Fraction(0), step.bound == "up_to"


def _step(item: object, n: int, last: bool, wrong: list[Wrong]) -> Step:
    if not isinstance(item, dict):
        wrong.append(Wrong((n,), "document.step_expected", {}))
        return Step("", None, Fraction(0))
    strangers = [key for key in item if key not in (*EDGES, "value")]
    for key in strangers:
        allowed = ", ".join((*EDGES, "value"))
        wrong.append(Wrong((n, key), "document.unknown_key", _unknown(key, allowed)))
    if strangers:
        return Step("", None, Fraction(0))  # a misspelt key is no second fault
    edges = [key for key in EDGES if item.get(key) is not None]
    if item.get("value") is None:
        wrong.append(Wrong((n,), "document.missing_key", {"key": "value"}))
    if len(edges) > 1 or (not edges and not last):
        wrong.append(Wrong((n,), "document.step_edge", {}))
    edge = _entry(item[edges[0]], (n, edges[0]), wrong) if edges else None
    value = item.get("value")
    number = Fraction(0) if value is None else _entry(value, (n, "value"), wrong)
    return Step(edges[0] if edges else "", edge, number)


def _unknown(key: str, allowed: str) -> dict[str, object]:
    return {"key": shown(key, 60), "allowed": allowed}


def _numbers(value: object, path: Path = ()) -> Iterator[tuple[Path, Fraction]]:
    if isinstance(value, Fraction):
        yield path, value
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from _numbers(entry, (*path, key))
    elif isinstance(value, tuple):
        for n, step in enumerate(value):
            yield (*path, n, "value"), step.value


def _check_range(
    value: object, least: Fraction | None, most: Fraction | None, wrong: list[Wrong]
) -> None:
    for path, number in _numbers(value):
        if least is not None and number < least:
            wrong.append(Wrong(path, "document.below_min", {"min": written(least)}))
        if most is not None and number > most:
            wrong.append(Wrong(path, "document.above_max", {"max": written(most)}))


def written(number: Fraction, *, percent: bool = False) -> str:
    """Write a fraction that came from decimals as a decimal, exactly.

    Examples
    --------
    >>> written(Fraction(21, 20)), written(Fraction(21, 20), percent=True)
    ('1.05', '105%')
    """
    if percent:
        return written(number * 100) + "%"
    return shown(format_decimal(number), 40)
