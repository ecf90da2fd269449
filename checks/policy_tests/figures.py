"""Figures as a test writes them, held against exact ones: to the decimals that are written."""

from __future__ import annotations

from fractions import Fraction
from unicodedata import normalize

from transfers.arithmetic.decimals import fixed_decimal, parse_decimal
from transfers.districts.columns import DASHES, InputSpec, read_column
from transfers.formula.nodes import Type
from transfers.messages import Phrase
from transfers.units import Unit, describe, with_unit
from transfers.written import PLACES, figure_text

Figure = Fraction | str | bool | None


def wanted_instead(text: str, kind: Type, money: Unit) -> Phrase | None:
    """Return what to write instead of a figure that is of another kind; None where it will do."""
    text = normalize("NFC", text.strip())
    if text in DASHES or kind.kind == "text":
        return None
    if kind.kind == "boolean":
        wrong = read_column([text], InputSpec("", (), "boolean"))[1]
        return Phrase("policy_tests.a_truth") if wrong else None
    if text.endswith("%") and kind.unit.kinds:
        return Phrase("policy_tests.a_plain_number", {"unit": describe(kind.unit, money)})
    return Phrase("policy_tests.a_number") if parse_decimal(text) is None else None


def differs(text: str, got: Figure, unit: Unit) -> bool:
    """Tell whether a figure is other than what is written.

    A number is rounded to the decimals that are written, half away from zero; a dash stands for a
    missing figure.

    >>> from transfers.units import parse_unit
    >>> pure, percent = parse_unit("", ""), parse_unit("%", "")
    >>> [differs(text, Fraction(2, 3), pure) for text in ("0.67", "0.66", "66.7%", "1", "—")]
    [False, True, False, False, True]
    >>> differs("66.7%", Fraction(200, 3), percent), differs("66.7", Fraction(200, 3), percent)
    (False, False)
    """
    text = normalize("NFC", text.strip())
    if got is None or text in DASHES:
        return got is not None or text not in DASHES
    if isinstance(got, bool):
        column, wrong, _ = read_column([text], InputSpec("", (), "boolean"))
        return bool(wrong) or bool(column.values[0]) is not got  # type: ignore[union-attr]
    if isinstance(got, str):
        return text != normalize("NFC", got)
    expected = parse_decimal(text)
    if expected is None:
        return True
    if text.endswith("%"):
        got, expected = got * unit.scale * 100, expected * 100
    places = decimals_written(text)
    return parse_decimal(fixed_decimal(got, places)) != expected


def decimals_written(text: str) -> int:
    """Return how many decimals a number is written with.

    >>> decimals_written("0.670"), decimals_written("12%"), decimals_written("1.5e-3")
    (3, 0, 4)
    """
    number, _, power = text.lower().rstrip("%").partition("e")
    return max(0, len(number.partition(".")[2]) - int(power or 0))


def plain_figure(got: Figure, text: str, unit: str | Phrase) -> str | Phrase:
    """Write what came as a message shows it, with two decimals more than were expected."""
    if got is None:
        return "—"
    if isinstance(got, bool):
        return Phrase(f"policy_tests.{'yes' if got else 'no'}")
    if isinstance(got, str):
        return got
    places = decimals_written(text) + 2 if parse_decimal(text) is not None else PLACES
    said = figure_text(got, places)
    return f"{said}%" if unit == "%" else with_unit(said, unit)
