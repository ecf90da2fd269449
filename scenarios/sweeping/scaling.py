"""Weights that move alone: what a study forgets to rescale is told before anything is run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from msgspec import Struct

from scenarios.study.load import Study
from scenarios.study.ways import Value
from scenarios.sweeping.designs import Drawn
from scenarios.sweeping.source import ZERO, SweepSource
from transfers.documents.yaml_tree import Path
from transfers.errors import DocumentError, Fault, Place

_PIECE: Final = 1000


class Unscaled(Struct, frozen=True, eq=False):
    """Weights that add up to 1, some of which move without the others.

    Parameters
    ----------
    group : str
        Their path.
    had : dict of path to Fraction
    columns : tuple of (int, path)
        Which ways move which of them.
    place : Place
        Where the study document varies the first.
    """

    group: str
    had: dict[Path, Fraction]
    columns: tuple[tuple[int, Path], ...]
    place: Place

    def breaks(self, row: Sequence[Value]) -> bool:
        """Tell whether the weights of a scenario do not add up."""
        now = dict(self.had)
        now |= {path: Fraction(row[n]) for n, path in self.columns if row[n] != ""}
        return sum(now.values(), ZERO) != 1

    @property
    def fault(self) -> Fault:
        """Say what to add."""
        return Fault("sweep.rescale_missing", self.place, {"group": self.group})


def unscaled(study: Study, source: SweepSource) -> Iterator[Unscaled]:
    """Yield the weights that a study moves without rescaling the others."""
    numbers, moves = source.setting.policy.numbers, source.setting.moves
    scaled = {group.path for group in source.groups}
    found: dict[Path, list[tuple[int, Path]]] = {}
    for n, bound in enumerate(source.bound):
        path = bound.number
        if path is not None and len(path) > 2 and path[-2] == "factors":
            found.setdefault(path[:-1], []).append((n, path))
    asked = study.model.sweep
    in_rows = asked is not None and asked.rows is not None
    for group, columns in found.items():
        name = ".".join(map(str, group))
        had = {p: moves.get(p, numbers[p].value) for p in numbers if p[:-1] == group}
        if name not in scaled and sum(had.values(), ZERO) == 1:
            way = source.bound[columns[0][0]].way
            place = study.place("sweep", "rows") if in_rows else study.place(*way.at)
            yield Unscaled(name, had, tuple(columns), place)


def check_scaled(study: Study, source: SweepSource) -> None:
    """Refuse a sweep in which no scenario can be computed, for weights that do not add up.

    Of draws a thousand are looked at, of scenarios that somebody wrote all.

    Raises
    ------
    DocumentError
        With the line that is missing in the study document.
    """
    groups = list(unscaled(study, source))
    if not groups:
        return
    count = min(len(source), _PIECE) if isinstance(source.design, Drawn) else len(source)
    for start in range(0, count, _PIECE):
        for row in source.values(start, min(start + _PIECE, count)):
            if not any(group.breaks(row) for group in groups):
                return
    raise DocumentError([group.fault for group in groups])
