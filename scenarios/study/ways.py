"""How the paths of a sweep vary: what a study document writes behind them, read exactly."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import Any, Final, Literal

from msgspec import Struct

from transfers.arithmetic.decimals import format_decimal, parse_decimal
from transfers.documents.fields import number_fault
from transfers.documents.yaml_source import Source
from transfers.documents.yaml_tree import Path, shown
from transfers.errors import Fault

Value = Fraction | str
Whole = Literal["", "each", "together"]

MOST: Final = 1_000_000
"""Scenarios of one sweep."""

_WHOLE: Final = ("each", "together")
_KEYS: Final = ({"from", "to"}, {"from", "to", "step"})


class Way(Struct, frozen=True):
    """How one path varies.

    Parameters
    ----------
    path : str
    at : Path
        Where the study document says so.
    values : tuple of Fraction or str
        The values of a list or a grid; empty where they are drawn from a range.
    low, high : Fraction
        Ends of the range.
    whole : "", "each" or "together"
        Whether a whole input is multiplied by 1 + the value: every district's figure by a value
        of its own, or all by the same.
    percent : bool
        Whether people wrote per cent.
    """

    path: str
    at: Path
    values: tuple[Value, ...] = ()
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(0)
    whole: Whole = ""
    percent: bool = False

    @property
    def drawn(self) -> bool:
        """Whether values are drawn from a range."""
        return not self.values

    def text(self, value: Value) -> str:
        """Write a value as the document would."""
        return value_text(value, percent=self.percent)

    @property
    def range_text(self) -> str:
        """Write the range: ``±2%``, ``15% ~ 30%``."""
        if self.whole and self.low == -self.high:
            return f"±{self.text(self.high)}"
        return f"{self.text(self.low)} ~ {self.text(self.high)}"


def value_text(value: Value, *, percent: bool) -> str:
    """Write a value as a document would.

    >>> value_text(Fraction(3, 20), percent=True), value_text(Fraction(3, 20), percent=False)
    ('15%', '0.15')
    """
    if isinstance(value, str):
        return value
    return f"{format_decimal(value * 100)}%" if percent else format_decimal(value)


def ways(source: Source, faults: list[Fault]) -> tuple[Way, ...]:
    """Return how each path of a sweep varies; what is wrong is put into `faults`."""
    found = []
    section = source.data.get("sweep")
    entries = section.get("vary") if isinstance(section, dict) else None
    for path, entry in (entries if isinstance(entries, dict) else {}).items():
        reader = _Reader(source, path, ("sweep", "vary", path), faults)
        way = reader.way(entry)
        if way is not None:
            found.append(way)
    return tuple(found)


class _Reader(Struct):
    """Reads what stands behind one path."""

    source: Source
    path: str
    at: Path
    faults: list[Fault]

    def way(self, entry: Any) -> Way | None:
        """Return how the path varies; None where that cannot be told."""
        if isinstance(entry, dict) and len(entry) == 1 and next(iter(entry)) in _WHOLE:
            word, inside = next(iter(entry.items()))
            return self._whole(word, inside)
        if isinstance(entry, list):
            return self._list(entry, self.at, "")
        if isinstance(entry, dict) and set(entry) in _KEYS:
            return self._range(entry, self.at, "")
        return self._fault("sweep.way", self.at)

    def _whole(self, word: Whole, inside: Any) -> Way | None:
        """Return how a whole input varies."""
        at = (*self.at, word)
        parts = self.path.split(".")
        if parts[0] != "inputs" or len(parts) != 2:
            return self._fault("sweep.not_an_input", at, path=shown(self.path), word=word)
        if isinstance(inside, dict) and set(inside) in _KEYS:
            way = self._range(inside, at, word)
        elif isinstance(inside, list):
            way = self._list(inside, at, word)
        elif isinstance(inside, str):
            way = self._around(inside, at, word)
        else:
            return self._fault("sweep.way_of_input", at, word=word)
        if way is None:
            return None
        if word == "each" and not way.drawn:
            return self._fault("sweep.each_listed", at)
        least = way.low if way.drawn else min(v for v in way.values if not isinstance(v, str))
        if least <= -1:
            return self._fault("sweep.below_nothing", at, text=way.text(least))
        return way

    def _around(self, text: str, at: Path, word: Whole) -> Way | None:
        """Return a range around what is there: ±2 %."""
        size = self._number(text.removeprefix("±"), at)
        if size is None:
            return None
        if size <= 0:
            return self._fault("sweep.around_nothing", at, text=shown(text, 40))
        if self._percent({text: size}, at, word) is None:
            return None
        return Way(self.path, self.at, (), -size, size, word, text.endswith("%"))

    def _list(self, entries: list[Any], at: Path, word: Whole) -> Way | None:
        """Return a list of values."""
        texts = [entry for entry in entries if isinstance(entry, str)]
        if not texts or len(texts) < len(entries):
            return self._fault("sweep.way", at)
        if _may_be_words(self.path) and not word and any(parse_decimal(t) is None for t in texts):
            values: list[Value] = list(texts)
        else:
            read = [self._number(text, (*at, n)) for n, text in enumerate(texts)]
            values = [value for value in read if value is not None]
            if len(values) < len(read):
                return None
        if len(set(values)) < len(values):
            twice = next(text for n, text in enumerate(texts) if values[n] in values[:n])
            return self._fault("sweep.value_twice", at, text=shown(twice, 40))
        percent = self._percent(dict(zip(texts, values, strict=True)), at, word)
        if percent is None:
            return None
        return Way(self.path, self.at, tuple(values), whole=word, percent=percent)

    def _range(self, entry: dict[str, Any], at: Path, word: Whole) -> Way | None:
        """Return a range to draw from, or the values of a grid, both ends among them."""
        read = {key: self._number(text, (*at, key)) for key, text in entry.items()}
        known = {key: value for key, value in read.items() if value is not None}
        if len(known) < len(read):
            return None
        low, high = known["from"], known["to"]
        percent = self._percent({text: known[key] for key, text in entry.items()}, at, word)
        if percent is None:
            return None
        if low >= high:
            words = {"low": shown(entry["from"], 40), "high": shown(entry["to"], 40)}
            return self._fault("sweep.range_empty", at, **words)
        if "step" not in known:
            return Way(self.path, self.at, (), low, high, word, percent)
        step = known["step"]
        if step <= 0:
            return self._fault("sweep.step", (*at, "step"), text=shown(entry["step"], 40))
        steps = (high - low) / step
        if steps.denominator != 1:
            last = low + floor(steps) * step
            texts = {
                "high": shown(entry["to"], 40),
                "step": shown(entry["step"], 40),
                "last": value_text(last, percent=percent),
                "next": value_text(last + step, percent=percent),
            }
            return self._fault("sweep.step_misses_end", (*at, "step"), **texts)
        if steps >= MOST:
            words = {"count": f"{int(steps) + 1:,}", "most": f"{MOST:,}"}
            return self._fault("sweep.too_many", at, **words)
        values = tuple(low + n * step for n in range(int(steps) + 1))
        return Way(self.path, self.at, values, whole=word, percent=percent)

    def _percent(self, read: dict[str, Value], at: Path, word: Whole) -> bool | None:
        """Tell whether values are percentages; None where some are and others are not.

        How a whole input changes is a percentage: beside its figures a plain 2 could be either.
        """
        plain = [text for text, value in read.items() if value and not text.endswith("%")]
        percent = any(text.endswith("%") for text in read)
        if plain and (percent or word):
            code = "sweep.percent_expected" if word else "sweep.percent_mixed"
            value, words = read[plain[0]], {}
            if word and isinstance(value, Fraction):
                meant = value / 100 if abs(value) >= 1 else value  # 2 is 2%, and 0.02 is too
                words = {"meant": shown(value_text(meant, percent=True), 40)}
            self._fault(code, at, text=shown(plain[0], 40), **words)
            return None
        return percent

    def _number(self, text: Any, at: Path) -> Fraction | None:
        value = parse_decimal(text) if isinstance(text, str) else None
        if value is None:
            code = number_fault(text) if isinstance(text, str) else "document.number_expected"
            self._fault(code, at, text=shown(text, 40))
        return value

    def _fault(self, code: str, at: Path, **words: object) -> Way | None:
        """Tell of a fault; there is no way then."""
        place = self.source.value_place(at) if at != self.at else self.source.place(at)
        self.faults.append(Fault(code, place, words))
        return None


def _may_be_words(path: str) -> bool:
    """Tell whether what varies may be texts: a district's figure may be a category."""
    return path.startswith("inputs.") and path.count(".") >= 2
