"""Figures that are written for people, as a spreadsheet has them: a number and its format."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from msgspec import Struct

_WRITTEN: Final = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(%?)(?: ?([^\d\s].*))?")
_MOST_DIGITS: Final = 15


class Shown(Struct, frozen=True):
    """A figure as people read it.

    Parameters
    ----------
    text : str
    figure : Fraction
    unit : str
        What stands behind it; a per cent sign is no unit.
    sign : bool
        Whether a figure above 0 has a plus.
    """

    text: str
    figure: Fraction
    unit: str = ""
    sign: bool = False
    places: int = 0
    percent: bool = False

    @property
    def plain(self) -> str:
        """The format of a spreadsheet, without the unit."""
        return self.pattern(self.places)

    @property
    def with_unit(self) -> str:
        """The format of a spreadsheet, with the unit."""
        return self.pattern(self.places, self.unit)

    def pattern(self, places: int, unit: str = "") -> str:
        """Return the format of a spreadsheet with so many decimals."""
        decimals = f".{'0' * places}" if places else ""
        quoted = unit.replace('"', "")
        behind = f'" {quoted}"' if quoted else ""
        one = f"#,##0{decimals}{'%' if self.percent else ''}{behind}"
        return f"+{one};-{one};{one}" if self.sign else one


def shown_figure(text: str) -> Shown | None:
    """Return the figure a text is; None where it is something else, or too long.

    >>> shown_figure("-1,043.5 km²").figure, shown_figure("30%").figure, shown_figure("a")
    (Fraction(-2087, 2), Fraction(3, 10), None)
    """
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    sign, whole, decimals, percent, unit = (part or "" for part in found.groups())
    digits = whole.replace(",", "") + decimals
    if len(digits.lstrip("0")) > _MOST_DIGITS:
        return None
    figure = Fraction(int(f"{sign}{digits}"), 10 ** len(decimals) * (100 if percent else 1))
    return Shown(text, figure, unit, sign == "+", len(decimals), bool(percent))


def alike(texts: Sequence[str], nothing: str = "—") -> list[Shown | None] | None:
    """Return the figures of a column of texts; None unless all are figures of one unit.

    Nothing is no figure.
    """
    found = [None if text == nothing else shown_figure(text) for text in texts]
    known = [figure for figure in found if figure is not None]
    whole = len(known) + list(texts).count(nothing) == len(found)
    if not known or not whole or len({(f.unit, f.percent) for f in known}) > 1:
        return None
    return found
