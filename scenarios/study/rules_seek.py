"""Rules between the keys of `seek` and `optimise`, before any policy is read."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Final

from transfers.arithmetic.decimals import format_decimal, parse_decimal
from transfers.documents.faults import nearest
from transfers.documents.yaml_source import Source
from transfers.documents.yaml_tree import Path, shown
from transfers.errors import Fault

MOST_VARIED: Final = 4
"""Numbers that are varied together."""

MOST_STEPS: Final = 10**9
"""Of one range."""


def seek_faults(source: Source) -> Iterator[Fault]:
    """Find what cannot be sought."""
    seek, optimise = source.data.get("seek"), source.data.get("optimise")
    for section in ("seek", "optimise"):
        yield from _variant(source, section)
    if isinstance(seek, dict):
        yield from _range(source, ("seek",), seek)
    if isinstance(optimise, dict):
        yield from _optimise(source, optimise)


def _variant(source: Source, section: str) -> Iterator[Fault]:
    """Find a question about a variant that there is none of."""
    entry, variants = source.data.get(section), source.data.get("variants")
    name = entry.get("variant") if isinstance(entry, dict) else None
    known = ("baseline", *(variants if isinstance(variants, dict) else ()))
    if not isinstance(name, str) or name in known:
        return
    place = source.value_place((section, "variant"))
    near = nearest(name, known)
    words: dict[str, object] = {"text": shown(name, 40), "known": known}
    if near is None:
        yield Fault("study.unknown_variant", place, words)
    else:
        yield Fault("study.unknown_variant_near", place, {**words, "near": near})


def _optimise(source: Source, entry: dict[str, Any]) -> Iterator[Fault]:
    here: Path = ("optimise",)
    asked = [key for key in ("minimise", "maximise") if entry.get(key) is not None]
    if len(asked) != 1:
        yield Fault("seek.minimise_or_maximise", source.place((*here, *asked[1:])))
    varied = entry.get("vary")
    if isinstance(varied, dict):
        if len(varied) > MOST_VARIED:
            words = {"count": len(varied), "most": MOST_VARIED}
            yield Fault("seek.too_many_varied", source.place((*here, "vary")), words)
        for name, below in varied.items():
            if isinstance(below, dict):
                yield from _range(source, (*here, "vary", name), below)
    pareto = entry.get("pareto")
    if isinstance(pareto, dict) and len(pareto) != 2:
        words = {"count": len(pareto)}
        yield Fault("seek.pareto_of_two", source.place((*here, "pareto")), words)


def _range(source: Source, path: Path, entry: dict[str, Any]) -> Iterator[Fault]:
    """Find a range that no grid of steps fills; numbers that cannot be read are told elsewhere."""
    within, step = entry.get("within"), _number(entry.get("step"))
    ends = _ends(within)
    if step is not None and step <= 0:
        words: dict[str, object] = {"step": shown(entry["step"], 40)}
        yield Fault("seek.step_not_positive", source.value_place((*path, "step")), words)
        return
    if step is None or ends is None:
        return
    low, high = ends
    place = source.place((*path, "within"))
    written = tuple(shown(end, 40) for end in within or ())
    if low >= high:
        yield Fault("seek.range_reversed", place, {"low": written[0], "high": written[1]})
        return
    count = (high - low) / step
    if count > MOST_STEPS:
        yield Fault("seek.too_many_steps", place, {"most": MOST_STEPS})
    elif count.denominator != 1:
        percent = all(text.endswith("%") for text in written)
        last = low + (count.numerator // count.denominator) * step
        words = {
            "low": written[0],
            "high": written[1],
            "step": shown(entry["step"], 40),
            "last": value_text(last, percent=percent),
        }
        yield Fault("seek.step_does_not_fit", source.value_place((*path, "step")), words)


def _ends(within: object) -> tuple[Fraction, Fraction] | None:
    """Return both ends of a range; None where they cannot be read."""
    if not isinstance(within, list) or len(within) != 2:
        return None
    low, high = map(_number, within)
    return None if low is None or high is None else (low, high)


def _number(value: object) -> Fraction | None:
    return parse_decimal(value) if isinstance(value, str) else None


def value_text(value: Fraction, *, percent: bool) -> str:
    """Write a value of a grid as the document would.

    >>> value_text(Fraction(171, 500), percent=True), value_text(Fraction(2500), percent=False)
    ('34.2%', '2500')
    """
    return f"{format_decimal(value * 100)}%" if percent else format_decimal(value)
