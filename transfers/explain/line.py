"""One numbered line of an explanation."""

from __future__ import annotations

import re
from fractions import Fraction
from os.path import basename

from msgspec import Struct, field
from msgspec.structs import replace

from transfers import messages
from transfers.errors import Place
from transfers.messages import Phrase
from transfers.units import PURE, Unit, canonical, parse_unit, with_unit
from transfers.written import figure_text, plain_text

PERCENT = parse_unit("%", "")
_YEAR = re.compile(r"(?i)(?<![^\W\d_])years?(?![^\W\d_])|年$|年[度份]")


class Line(Struct, frozen=True):
    """One numbered line of an explanation.

    Parameters
    ----------
    code : str
        What sort of line, a code of the family "explain".
    figure : Fraction, str, bool or None
        Exact; what the line says, where it says one figure.
    unit : str or Phrase
    rule : str
        The formula or key that gives the figure.
    source : str
        The legal source, where the document names one.
    where : str
        File, line and column of the figure or the rule.
    values : dict
        Further words of the line.
    heading : str
        The code of a heading above the line, "" for none; its words are among the values.
    """

    code: str
    figure: Fraction | str | bool | None = None
    unit: str | messages.Phrase = ""
    rule: str = ""
    source: str = ""
    where: str = ""
    values: dict[str, object] = field(default_factory=dict)
    heading: str = ""

    def text(self, language: str) -> str:
        """Say the line in `language`, without its number."""
        figure, unit = self.figure, self.unit
        if isinstance(figure, Fraction):
            names = str(self.values.get("title", "")), str(self.values.get("name", "")), self.rule
            figure = year_text(figure, unit, *names) or figure_text(figure)
        if unit == "%" and isinstance(figure, str):
            figure, unit = f"{figure}%", ""
        words = {
            "figure": plain_text(figure, language),
            "unit": unit,
            "rule": self.rule,
            **self.values,
        }
        line = " ".join(messages.text(self.code, language, **words).split())
        notes = "; ".join(note for note in (self.source, self.where) if note)
        return f"{line}  [{notes}]" if notes else line


def figure_in_words(
    figure: Fraction, unit: str | Phrase, *names: str, lead: str = ""
) -> str | Phrase:
    """Write a figure with its unit; a per cent sign stands close to it, a year has no commas."""
    said = lead + (year_text(figure, unit, *names) or figure_text(figure))
    return f"{said}%" if unit == "%" else with_unit(said, unit)


def year_text(figure: Fraction, unit: str | Phrase, *names: str) -> str:
    """Return a year as it is written, 2025; "" where a figure is none by its size and name."""
    if unit not in ("", "年") or figure.denominator != 1 or not 1000 <= figure < 10_000:
        return ""
    return str(figure) if any(_YEAR.search(name) for name in names) else ""


def where_of(place: Place) -> str:
    """Return the place of a cell, its file without the folder."""
    return str(replace(place, file=None if place.file is None else basename(place.file)))


def plainly(figure: Fraction, unit: Unit, money: Unit) -> tuple[Fraction, Unit]:
    """Return a figure whose unit a formula made up in a unit that people use.

    Hundredths are per cent; of kinds as formulas show them (:func:`transfers.units.canonical`).
    """
    if unit.label:
        return figure, unit
    if not unit.kinds:
        return (figure, PERCENT) if unit.scale == PERCENT.scale else (figure * unit.scale, PURE)
    seen = canonical(unit, money)
    return figure * unit.scale / seen.scale, seen
