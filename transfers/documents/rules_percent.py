"""Percent signs beside a declared unit: `5%` with `unit: "%"` would be a hundredth of 5%.

A figure is in the unit that is declared beside it, so a percent sign would divide it by 100 once
more; beside money or heads it means nothing. Only a unit that is a mere ratio goes with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from transfers.arithmetic.decimals import parse_decimal
from transfers.documents.yaml_source import Source
from transfers.documents.yaml_tree import Path, shown
from transfers.errors import Fault, Place
from transfers.messages import Phrase
from transfers.units import Unit, parse_unit

FIGURES = ("value", "min", "max")
EDGES = ("up_to", "below", "at")


def percent_faults(source: Source, path: Path, entry: dict[str, Any]) -> Iterator[Fault]:
    """Yield the figures of a parameter that have a percent sign beside another unit."""
    named = entry.get("unit")
    if not isinstance(named, str):
        return
    unit = parse_unit(named, "CNY")  # any currency: only ratios are told from the rest
    for key in FIGURES:
        if key == "value" and "file" in entry:
            continue  # the name of a column
        for at, text in _texts(entry.get(key), (*path, key)):
            if percent_beside(text, unit):
                yield percent_fault(source.value_place(at), text, named)


def percent_beside(text: str, unit: Unit) -> bool:
    """Whether a text is a number with a percent sign, which does not go with its unit."""
    return not unit.takes_percent_sign and text.endswith("%") and parse_decimal(text) is not None


def percent_fault(place: Place, text: str, unit: str | Phrase) -> Fault:
    """Return what is told of such a figure."""
    words = {"text": shown(text, 40), "plain": shown(text, 40).rstrip("%"), "unit": unit}
    return Fault("document.percent_beside_unit", place, words)


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    """Yield the texts of a number, a table or steps; edges have no unit."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if not (path[-1] != "value" and key in EDGES):
                yield from _texts(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, (*path, number))
