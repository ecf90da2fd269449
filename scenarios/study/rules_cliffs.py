"""Rules for the figures of `cliffs`, which options of the command keep too."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Final

from transfers.arithmetic.decimals import parse_decimal
from transfers.documents.yaml_source import Source
from transfers.documents.yaml_tree import shown
from transfers.errors import Fault

PARTS: Final = {"within": (Fraction(10), "20%"), "step": (Fraction(1), "0.1%")}
"""The most that a part may be, and an example."""


def cliffs_faults(source: Source) -> Iterator[Fault]:
    """Find moves of nothing, moves beyond what is asked about, and jumps of no quantum."""
    entry: Any = source.data.get("cliffs")
    if not isinstance(entry, dict):
        return
    for key, (most, example) in PARTS.items():
        text = entry.get(key)
        part = parse_decimal(text) if isinstance(text, str) else None
        if part is not None and not 0 < part <= most:
            words: dict[str, object] = {
                "option": key,
                "text": shown(text, 40),
                "most": f"{most * 100}%",
                "example": example,
            }
            yield Fault("cliffs.not_a_part", source.value_place(("cliffs", key)), words)
    least = entry.get("least")
    if isinstance(least, str) and parse_decimal(least) == 0:
        yield Fault("cliffs.not_a_count", source.value_place(("cliffs", "least")), {"text": least})
