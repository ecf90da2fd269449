"""What can be wrong between the keys of a sweep, as far as its policy is not needed to tell."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import prod
from typing import Any, Final

from scenarios.study.ways import MOST, Way, ways
from transfers.arithmetic.decimals import parse_decimal
from transfers.documents.faults import nearest
from transfers.documents.yaml_source import Source
from transfers.documents.yaml_tree import Path, shown
from transfers.errors import Fault

MOST_DIMENSIONS: Final = 21_201
"""Dimensions for which Sobol's numbers are tabled."""

LARGEST_SEED: Final = 2**63 - 1


def sweep_faults(source: Source) -> Iterator[Fault]:
    """Yield what is wrong with a sweep."""
    sweep = source.data.get("sweep")
    if not isinstance(sweep, dict):
        return
    faults: list[Fault] = []
    found = ways(source, faults)
    yield from faults
    yield from _variants(source, sweep)
    yield from _designs(source, sweep)
    yield from _sizes(source, sweep)
    yield from _quantiles(source, sweep)
    if not faults:
        yield from _of_ways(source, sweep, found)


def _variants(source: Source, sweep: dict[str, Any]) -> Iterator[Fault]:
    """Find variants that are not there."""
    entries = source.data.get("variants")
    known = ["baseline", *(entries if isinstance(entries, dict) else ())]
    for key in ("variant", "compare_with"):
        text = sweep.get(key)
        if not isinstance(text, str) or text in known:
            continue
        near = nearest(text, known)
        words = {"text": shown(text, 40), "known": tuple(known)}
        code = "study.unknown_variant"
        if near is not None:
            words, code = {**words, "near": near}, "study.unknown_variant_near"
        yield Fault(code, source.value_place(("sweep", key)), words)


def _designs(source: Source, sweep: dict[str, Any]) -> Iterator[Fault]:
    """Find none, or two, of what scenarios may come from."""
    place = source.place(("sweep",))
    if not sweep.get("vary") and not sweep.get("rows"):
        yield Fault("sweep.nothing_varies", place)
    for key in ("vary", "sample", "indices", "table"):
        if sweep.get("rows") and sweep.get(key):
            yield Fault("sweep.rows_alone", source.place(("sweep", key)), {"key": key})
    if sweep.get("indices") and not sweep.get("sample") and not sweep.get("rows"):
        yield Fault("sweep.indices_need_sample", source.place(("sweep", "indices")))


def _sizes(source: Source, sweep: dict[str, Any]) -> Iterator[Fault]:
    """Find numbers of scenarios, and seeds, that are none."""
    for section, key, most in (
        ("sample", "size", MOST),
        ("sample", "seed", LARGEST_SEED),
        ("indices", "size", MOST),
    ):
        part = sweep.get(section)
        number = _number(part, key)
        if number is None or not isinstance(part, dict):
            continue
        at: Path = ("sweep", section, key)
        words: dict[str, object] = {"text": shown(part[key], 40), "most": f"{most:,}"}
        if number.denominator != 1 or not (key == "size") <= number <= most:
            yield Fault(f"sweep.{key}", source.value_place(at), words)
        elif key == "size" and (section == "indices" or part.get("method") == "sobol"):
            yield from _power_of_two(source, at, int(number))
    confidence = _number(sweep.get("indices"), "confidence")
    if confidence is not None and not 0 < confidence < 1:
        at = ("sweep", "indices", "confidence")
        words = {"text": shown(sweep["indices"]["confidence"], 40)}
        yield Fault("sweep.confidence", source.value_place(at), words)


def _power_of_two(source: Source, at: Path, size: int) -> Iterator[Fault]:
    if size & (size - 1) or size < 2:
        below = max(1 << (size.bit_length() - 1), 2)
        words = {"text": str(size), "below": str(below), "above": str(max(below * 2, 4))}
        yield Fault("sweep.power_of_two", source.value_place(at), words)


def _quantiles(source: Source, sweep: dict[str, Any]) -> Iterator[Fault]:
    listed = sweep.get("quantiles")
    entries = listed if isinstance(listed, list) else [listed]
    seen: set[Fraction] = set()
    for n, text in enumerate(entries):
        number = parse_decimal(text) if isinstance(text, str) else None
        if number is None:
            continue
        at: Path = ("sweep", "quantiles", n) if isinstance(listed, list) else ("sweep", "quantiles")
        if not 0 <= number <= 1 or number in seen:
            code = "sweep.value_twice" if number in seen else "sweep.quantile"
            yield Fault(code, source.value_place(at), {"text": shown(text, 40)})
        seen.add(number)


def _number(part: Any, key: str) -> Fraction | None:
    text = part.get(key) if isinstance(part, dict) else None
    return parse_decimal(text) if isinstance(text, str) else None


def _of_ways(source: Source, sweep: dict[str, Any], found: tuple[Way, ...]) -> Iterator[Fault]:
    """Find ways that do not go together."""
    sampled = bool(sweep.get("sample"))
    if not sampled:
        for way in found:
            if way.drawn:
                words = {"path": shown(way.path), "range": way.range_text}
                yield Fault("sweep.range_needs_sample", source.place(way.at), words)
        count = prod(len(way.values) for way in found)
        if count > MOST:
            sizes = " x ".join(str(len(way.values)) for way in found)
            words = {"count": f"{count:,}", "most": f"{MOST:,}", "sizes": sizes}
            yield Fault("sweep.grid_too_large", source.place(("sweep", "vary")), words)
    if sweep.get("table") and (sampled or len(found) > 2):
        yield Fault("sweep.no_table", source.place(("sweep", "table")))
    yield from _rescaled(source, sweep, found)


def _rescaled(source: Source, sweep: dict[str, Any], found: tuple[Way, ...]) -> Iterator[Fault]:
    """Find groups of which nothing is varied."""
    listed = sweep.get("rescale")
    groups = [listed] if isinstance(listed, str) else listed
    if not isinstance(groups, list) or sweep.get("rows"):
        return
    for group in groups:
        inside = any(way.path.startswith(f"{group}.") for way in found)
        if isinstance(group, str) and not inside:
            words = {"group": shown(group)}
            yield Fault("sweep.rescale_unused", source.place(("sweep", "rescale")), words)
