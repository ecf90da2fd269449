"""Points that are tried: what the rules and some figures come to at each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from zlib import crc32

from msgspec import Struct, field
from msgspec.structs import replace

from scenarios.running.chunk import Asked, Chunk, Figures, Note
from scenarios.running.job import Workplace
from scenarios.running.runner import run_many
from scenarios.running.source import Listed
from scenarios.seeking.grid import Point
from scenarios.seeking.moving import Moving
from scenarios.settings import Setting
from transfers import Fault
from transfers.batch import RULE_STATUSES, Batch


class Trial(Struct, frozen=True):
    """What came of one point.

    Parameters
    ----------
    status : "done", "rejected" or "invalid"
    rules : mapping of str to str
        What each rule came to, where the scenario is done.
    figures : mapping of str to Fraction or None
    notes : tuple of Note
        Why it is not done.
    """

    point: Point
    status: str
    rules: Mapping[str, str] = {}
    figures: Mapping[str, Fraction | None] = {}
    notes: tuple[Note, ...] = ()


class MarginOf(Struct, frozen=True):
    """Reads how far a rule holds or is missed, and a mark of the unit that is told in.

    Parameters
    ----------
    rule : str
    """

    rule: str

    def __call__(self, batch: Batch) -> Figures:
        """Return the margin of each scenario, and the mark of its unit."""
        margins: list[Fraction | None] = []
        units: list[Fraction | None] = []
        for row in range(len(batch)):
            compared = batch.allocation(row).worst_margin(self.rule) if batch.done[row] else None
            margins.append(None if compared is None else compared.margin)
            mark = (
                None if compared is None else crc32(f"{compared.unit}{compared.percent}".encode())
            )
            units.append(None if mark is None else Fraction(mark))
        return {"margin": margins, "unit": units}


class _Gather(Struct):
    """Gathers trials from the blocks that were run."""

    points: Sequence[Point]
    found: dict[Point, Trial] = field(default_factory=dict)

    def take(self, chunk: Chunk) -> None:
        for row in range(len(chunk)):
            number = chunk.start + row
            point = self.points[number]
            rules = {
                name: RULE_STATUSES[int(ruled.codes[row])]
                for name, ruled in chunk.rules.items()
                if ruled.codes[row] >= 0
            }
            figures = {name: column[row] for name, column in chunk.measures.items()}
            notes = chunk.notes.get(number, ())
            self.found[point] = Trial(point, chunk.status(row), rules, figures, notes)


def tried(
    moving: Moving,
    points: Sequence[Point],
    figures: Callable[[Batch], Figures],
    place: Workplace | None = None,
) -> list[Trial]:
    """Run points of a grid; those where a group cannot keep its sum are invalid."""
    moved = {point: moving.moves(point) for point in points}
    able = {point: moves for point, moves in moved.items() if not isinstance(moves, Fault)}
    gather = _Gather(list(able))
    if able:
        source = Listed(list(able.values()), tuple(axis.path for axis in moving.grid.axes))
        asked = Asked(grants=(), total=False, figures=figures)
        run_many(moving.setting, source, [gather], asked=asked, place=place)
    return [
        Trial(point, "invalid", notes=(_note(moves),))
        if isinstance(moves, Fault)
        else gather.found[point]
        for point, moves in moved.items()
    ]


def _note(fault: Fault) -> Note:
    return Note(fault.code, fault.values, str(fault.place))


def setting_at(moving: Moving, point: Point) -> Setting:
    """Return the setting at a point where groups can keep their sums."""
    moves = moving.moves(point)
    assert not isinstance(moves, Fault)
    return replace(moving.setting, moves=moves)
