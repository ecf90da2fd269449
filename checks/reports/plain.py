"""Plain data for programs: exact figures, places, faults."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from checks.answer import Answer
from transfers.errors import Fault, Place
from transfers.messages import printable
from transfers.output.json_text import Written


def number(figure: Fraction) -> Written | str:
    """Return an exact figure: a decimal as a number, any other fraction as a text."""
    rest = figure.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return str(figure)
    places = 0
    while (figure * 10**places).denominator != 1:
        places += 1
    whole = str(abs(int(figure * 10**places))).rjust(places + 1, "0")
    text = f"{whole[:-places]}.{whole[-places:]}" if places else whole
    return Written(f"-{text}" if figure < 0 else text)


def place_data(place: Place, answer: Answer) -> dict[str, Any] | None:
    """Return where something stands; None where that is not known."""
    if not place.file:
        return None
    found: dict[str, Any] = {"file": answer.relative(place.file)}
    if place.sheet:
        found["sheet"] = place.sheet
    return found | {"line": place.line, "column": place.column, "path": place.path or None}


def fault_data(fault: Fault, answer: Answer, language: str) -> dict[str, Any]:
    """Return what is wrong with an input."""
    return {
        "code": fault.code,
        "place": place_data(fault.place, answer),
        "message": fault_message(fault, language),
    }


def fault_message(fault: Fault, language: str) -> str:
    """Say a fault without its place."""
    text = Fault(fault.code, Place(), fault.values, fault.note).text(language)
    return printable(text)


def printable_lines(text: str) -> str:
    """Return a text of several lines whose other control characters are named."""
    return "\n".join(printable(line) for line in text.split("\n"))
