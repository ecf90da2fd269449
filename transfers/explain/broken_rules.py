"""The rules about the outcome that a district breaks, each a line of its story."""

from __future__ import annotations

from collections.abc import Iterator
from os.path import basename
from typing import TYPE_CHECKING

from transfers.errors import Place
from transfers.explain.line import Line
from transfers.judging.margins import SIGNS

if TYPE_CHECKING:
    from transfers.allocation import Allocation


def broken_rules(allocation: Allocation, district: int) -> Iterator[tuple[str, Line]]:
    """Yield every rule that names the district as breaking it, and its line."""
    key = allocation.keys[district]
    for result in allocation.rules:
        breach = next((breach for breach in result.broken if breach.key == key), None)
        if breach is None:
            continue
        words: dict[str, object] = {"title": result.title}
        margin, code = breach.margin, "explain.rule_broken"
        if margin is not None:
            words |= {"left": margin.side(margin.left), "right": margin.side(margin.right)}
            words |= {"operator": SIGNS[margin.operator], "off": margin.off()}
            code = "explain.rule_broken_by"
        figure = None if margin is None else margin.margin
        unit = "" if margin is None else margin.unit
        place = result.place
        where = str(Place(None if place.file is None else basename(place.file), place.line))
        yield result.id, Line(code, figure, unit, result.that, result.source, where, words)
