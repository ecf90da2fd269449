"""Numbers of a document that a scenario moves: by path, in the unit and range of the document."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np

from transfers.arithmetic.decimals import format_decimal, parse_decimal
from transfers.documents.fields import MOST_WHOLE, written
from transfers.documents.rules_percent import percent_beside, percent_fault
from transfers.errors import DocumentError, Fault, Place
from transfers.policy.constants import YEAR
from transfers.policy.policy import Policy
from transfers.policy.rules import Path
from transfers.units import describe

Number = Fraction | int | float | str


def number_moves(policy: Policy, scenario: Mapping[str, Number]) -> dict[Path, Fraction]:
    """Return the numbers of a document that a scenario moves, by path."""
    known = {".".join(map(str, path)): path for path in policy.numbers}
    for full in policy.numbers:
        # As --set has it, a described entry stands for its main key.
        if full[-1] in ("value", "amount", "opening"):
            known.setdefault(".".join(map(str, full[:-1])), full)
    moves: dict[Path, Fraction] = {}
    for path, value in scenario.items():
        number = parse_decimal(number_text(value))
        if path in known and known[path][0] == "lists":
            from transfers.policy.lists import moved_number  # only where lists are moved

            moves[known[path]] = moved_number(policy, known[path], number_text(value))
            continue
        if path not in known or number is None:
            place = Place(path=path)
            raise DocumentError([Fault("formula.not_a_number_of_document", place)])
        _check_percent_sign(policy, known[path], number_text(value))
        moves[known[path]] = number
        check_range(policy, known[path], number)
    return moves


def _check_percent_sign(policy: Policy, path: Path, text: str) -> None:
    """Refuse a percent sign beside the unit of a figure."""
    unit = policy.numbers[path].type.unit
    if percent_beside(text, unit):
        place = policy.document.value_place(path)
        raise DocumentError([percent_fault(place, text, describe(unit, policy.money_unit))])


def check_range(policy: Policy, path: Path, number: Fraction) -> None:
    """Refuse a number outside the range its parameter declares, and a year that is none.

    Raises
    ------
    DocumentError
        Naming the parameter and its bound.
    """
    if path == (YEAR,) and (number.denominator != 1 or not 0 <= number <= MOST_WHOLE):
        words = {"text": written(number)}
        raise DocumentError([Fault("document.not_whole", Place(path=YEAR), words)])
    if path[0] != "parameters":
        return
    entry = policy.document.model.parameters[str(path[1])]
    place = policy.document.value_place(path)
    for code, bound, outside in (
        ("below_min", entry.min, entry.min is not None and number < entry.min),
        ("above_max", entry.max, entry.max is not None and number > entry.max),
    ):
        if outside and bound is not None:
            words = {code.split("_")[1]: written(bound)}
            raise DocumentError([Fault(f"document.{code}", place, words)])


def number_text(value: Number) -> str:
    """Write a value as a document would."""
    if isinstance(value, Fraction):
        return format_decimal(value)
    if isinstance(value, float):
        return np.format_float_positional(value, trim="-")
    return str(value)
