"""Why one district gets what it gets: lines, parts and sentences, as text or as data."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from msgspec import Struct

from transfers import messages
from transfers.explain.line import Line
from transfers.explain.parts import Portion
from transfers.messages import Phrase
from transfers.written import exact_text


class Explanation(Struct, frozen=True):
    """Why one district gets what it gets.

    Attributes
    ----------
    lines : tuple of Line
    portions : tuple of Portion
        Per stage and grant: the exact parts, which add up to the amount.
    sentences : tuple of (code, words)
        One per grant, then one for the total where there are several.
    changes : tuple of Phrase
        What ``--set`` changed in the document.
    told : tuple of Line
        The lines for people, where sections define much that only programs read; none: all.
    """

    key: str
    name: str
    title: str
    unit: str
    lines: tuple[Line, ...]
    portions: tuple[Portion, ...]
    sentences: tuple[tuple[str, dict[str, object]], ...]
    changes: tuple[Phrase, ...] = ()
    told: tuple[Line, ...] = ()

    def text(self, language: str = "zh", *, whole: bool = False) -> str:
        """Return the story as text, as people read it; with `whole` every line of it."""
        lines = self.lines if whole else self.told or self.lines
        width = len(str(len(lines)))
        body = [messages.text("explain.head", language, **self._names())]
        body += [messages.text(change.code, language, **change.values) for change in self.changes]
        for number, line in enumerate(lines, start=1):
            if line.heading:
                heading = messages.text(line.heading, language, **line.values)
                body += ["", heading]
            indent = "   " if line.code.startswith("explain.item") else ""
            body.append(f"{number:>{width}}. {indent}{line.text(language)}")
        return "\n".join([*body, "", *self.said(language)])

    def said(self, language: str = "zh") -> list[str]:
        """Return the sentences a leader reads."""
        said = [
            messages.text(code, language, name=self.name, unit=self.unit, **words)
            for code, words in self.sentences
        ]
        # An empty word of a message leaves two spaces.
        return [sentence.replace("  ", " ") for sentence in said]

    def _names(self) -> dict[str, object]:
        return {"key": self.key, "name": self.name, "title": self.title}

    def to_dict(self, language: str = "zh") -> dict[str, Any]:
        """Return the explanation as plain data; figures are exact, as text."""
        return {
            "key": self.key,
            "name": self.name,
            "policy": self.title,
            "unit": self.unit,
            "lines": [
                {
                    "number": number,
                    "code": line.code,
                    "text": line.text(language),
                    "figure": _plain(line.figure),
                    "unit": messages.said(line.unit, language),
                    "rule": line.rule,
                    "source": line.source,
                    "where": line.where,
                }
                for number, line in enumerate(self.lines, start=1)
            ],
            "parts": {
                portion.outcome.name: [
                    {
                        "part": part.code,
                        "name": part.name,
                        "amount": exact_text(part.amount * portion.outcome.unit),
                    }
                    for part in portion.parts
                ]
                for portion in self.portions
            },
            "sentences": self.said(language),
        }


def _plain(figure: Fraction | str | bool | None) -> str | bool | None:
    return exact_text(figure) if isinstance(figure, Fraction) else figure
