"""One numbered line of an explanation."""

from __future__ import annotations

from fractions import Fraction
from os.path import basename

from msgspec import Struct, field
from msgspec.structs import replace

from transfers import messages
from transfers.errors import Place
from transfers.written import decimal_text, plain_text


class Line(Struct, frozen=True):
    """One numbered line of an explanation.

    Parameters
    ----------
    code : str
        What sort of line, a code of the family "explain".
    figure : Fraction, str, bool or None
        Exact; what the line says, where it says one figure.
    unit : str
    rule : str
        The formula or key that gives the figure.
    source : str
        The legal source, where the document names one.
    where : str
        File, line and column of the figure or the rule.
    values : dict
        Further words of the line.
    """

    code: str
    figure: Fraction | str | bool | None = None
    unit: str = ""
    rule: str = ""
    source: str = ""
    where: str = ""
    values: dict[str, object] = field(default_factory=dict)

    def text(self, language: str) -> str:
        """Say the line in `language`, without its number."""
        figure = decimal_text(self.figure) if isinstance(self.figure, Fraction) else self.figure
        words = {
            "figure": plain_text(figure, language),
            "unit": self.unit,
            "rule": self.rule,
            **self.values,
        }
        line = " ".join(messages.text(self.code, language, **words).split())
        notes = "; ".join(note for note in (self.source, self.where) if note)
        return f"{line}  [{notes}]" if notes else line


def where_of(place: Place) -> str:
    """Return the place of a cell, its file without the folder."""
    return str(replace(place, file=None if place.file is None else basename(place.file)))
