"""What holds between the keys of an appraisal: lists that exist, keys that go together, grades.

These rules read the plain tree, as those of :mod:`transfers.documents.rules` do. What is wrong in
the lists themselves - weights, parents - is found where they are read
(:mod:`transfers.policy.appraisals`).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

from transfers.documents.exact_number import parse_number
from transfers.documents.model_appraisals import SECTION
from transfers.documents.rules_lists import list_named
from transfers.documents.yaml_source import Source
from transfers.documents.yaml_tree import Path, shown
from transfers.errors import Fault

TOGETHER: Final = (
    ("parent", "first", "first_weight"),
    ("satisfactory", "unacceptable"),
    ("urban", "rural"),
)
"""Keys of which each needs the others."""

NEEDS: Final = (("agencies", "agency"),)
"""Keys that another goes with, which may stand alone."""

WAYS: Final = ("at_least", "top", "given")
"""The ways to say who is advanced; one of them."""


def appraisal_faults(source: Source) -> Iterator[Fault]:
    """Yield what is wrong between the keys of appraisals."""
    section = source.data.get(SECTION)
    for name, entry in section.items() if isinstance(section, dict) else ():
        if isinstance(entry, dict):
            path = (SECTION, name)
            for key in ("indicators", "first", "agencies"):
                yield from list_named(source, (*path, key), entry.get(key))
            yield from _together(source, path, entry)
            yield from _grades(source, (*path, "grades"), entry.get("grades"))
            yield from _advanced(source, (*path, "advanced"), entry.get("advanced"))


def _together(source: Source, path: Path, entry: dict[str, Any]) -> Iterator[Fault]:
    for keys in TOGETHER:
        there = [key for key in keys if entry.get(key) is not None]
        if there and len(there) < len(keys):
            absent = tuple(key for key in keys if key not in there)
            words = {"there": tuple(there), "absent": absent}
            yield Fault("appraisals.keys_together", source.place((*path, there[0])), words)
    for key, other in NEEDS:
        if entry.get(key) is not None and entry.get(other) is None:
            words = {"there": (key,), "absent": (other,)}
            yield Fault("appraisals.keys_together", source.place((*path, key)), words)


def _grades(source: Source, path: Path, grades: Any) -> Iterator[Fault]:
    """Check that grades fall, and that the last one leaves no degree without a grade."""
    if not isinstance(grades, dict):
        return
    edges = {word: parse_number(edge) for word, edge in grades.items() if isinstance(edge, str)}
    known = {word: edge for word, edge in edges.items() if edge is not None}
    if not known or len(known) < len(grades):
        return  # told by the check of the shape
    for (above, upper), (word, edge) in pairwise(known.items()):
        if edge >= upper:
            words = {"word": shown(word, 40), "above": shown(above, 40)}
            words |= {"edge": grades[word], "upper": grades[above]}
            yield Fault("appraisals.grades_fall", source.place((*path, word)), words)
    last = list(known)[-1]
    if known[last] > 0:
        words = {"word": shown(last, 40), "edge": grades[last]}
        yield Fault("appraisals.grades_end", source.place((*path, last)), words)


def _advanced(source: Source, path: Path, advanced: Any) -> Iterator[Fault]:
    if isinstance(advanced, dict):
        ways = tuple(way for way in WAYS if advanced.get(way) is not None)
        if len(ways) != 1:
            code = "appraisals.advanced_several" if ways else "appraisals.advanced_none"
            yield Fault(code, source.place(path), {"ways": ways})
        if advanced.get("top") == "0":
            yield Fault("appraisals.advanced_top", source.place((*path, "top")))
