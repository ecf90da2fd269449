"""From a point of the grid to the numbers that a scenario moves; groups keep their sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from scenarios.seeking.grid import Axis, Grid, Point
from scenarios.settings import Moves, Setting
from scenarios.study.load import Study
from scenarios.study.rules_seek import value_text
from transfers import DocumentError, Fault, FaultsError, Place
from transfers.arithmetic.decimals import parse_decimal
from transfers.districts.columns import NumberColumn
from transfers.documents.faults import nearest
from transfers.documents.yaml_tree import Path, shown
from transfers.messages import Phrase
from transfers.policy.moves import Mover, sign_fault
from transfers.units import describe

INPUTS: Final = "inputs"
NONE: Final = "none"
"""What `rescale` says where no group keeps its sum."""


class Group(Struct, frozen=True):
    """Numbers that keep their sum when some of them are moved.

    Parameters
    ----------
    before : mapping of path to Fraction
        All of them, as they were.
    moved : frozenset of paths
        Those that a point gives.
    """

    name: str
    before: Mapping[Path, Fraction]
    moved: frozenset[Path]
    place: Place
    percent: bool

    @property
    def others(self) -> dict[Path, Fraction]:
        """Those that are scaled."""
        return {path: value for path, value in self.before.items() if path not in self.moved}

    def kept(self, moves: Moves) -> dict[Path, Fraction] | Fault:
        """Return the other numbers, scaled so that the sum stays; why not where that cannot be."""
        total = sum(self.before.values(), Fraction(0))
        taken = sum((moves[path] for path in self.moved), Fraction(0))
        others = self.others
        size = sum(others.values(), Fraction(0))
        left = total - taken
        if size == 0 or left / size < 0:
            words = {
                "group": self.name,
                "taken": value_text(taken, percent=self.percent),
                "total": value_text(total, percent=self.percent),
            }
            return Fault("seek.beyond_sum", self.place, words)
        return {path: value * left / size for path, value in others.items()}


class Moving(Struct, frozen=True, dict=True):
    """How the points of a grid move the numbers of a setting, and figures of its districts."""

    setting: Setting
    grid: Grid
    groups: tuple[Group, ...] = ()

    @cached_property
    def mover(self) -> Mover:
        """What puts figures of districts into columns."""
        return Mover(self.setting.policy, self.setting.districts)

    def moves(self, point: Point) -> Mapping[Path, Any] | Fault:
        """Return all that a scenario moves, the setting's own included; or why it cannot."""
        figures: dict[str | Path, Any] = {}
        moves: dict[Path, Any] = dict(self.setting.moves)
        for axis, value in zip(self.grid.axes, self.grid.values(point), strict=True):
            if axis.path[0] == INPUTS:
                figures[axis.name] = value
            else:
                moves[axis.path] = value
        for group in self.groups:
            kept = group.kept(moves)
            if isinstance(kept, Fault):
                return kept
            moves |= kept
        if figures:
            moves |= self.mover.moves(figures)
        return moves

    def now(self, axis: int) -> Fraction | None:
        """Return what a number is where nothing is moved by a point; None where it is missing."""
        path = self.grid.axes[axis].path
        if path in self.setting.policy.numbers:
            return self.setting.moves.get(path, self.setting.policy.numbers[path].value)
        return _figure(self.setting, path)


def _figure(setting: Setting, path: Path) -> Fraction | None:
    """Return the figure of a district, by its key or its name."""
    _, name, district = path
    table = setting.districts
    places = [n for n, key in enumerate(table.keys) if key == district]
    places = places or [n for n, known in enumerate(table.names) if known == district]
    column = table.columns[str(name)]
    if not places or not isinstance(column, NumberColumn):
        return None
    return column.fractions(places[:1])[0]


class Span(Struct, frozen=True):
    """The values that a question lets one number take.

    Parameters
    ----------
    name : str
        Path of the number in the policy.
    at, within : Path
        Where the study names it, and where it has its range.
    step : Fraction
    """

    name: str
    at: Path
    within: Path
    step: Fraction


def moving(
    study: Study, setting: Setting, spans: Sequence[Span], rescale: Sequence[str], at: Path
) -> Moving:
    """Find the numbers that a question moves.

    Parameters
    ----------
    rescale : sequence of str
        Groups that keep their sums.
    at : Path
        Of `rescale` in the study.

    Raises
    ------
    DocumentError
        With every fault, at its place in the study.
    """
    faults: list[Fault] = []
    axes: list[Axis] = []
    for span in spans:
        found = _axis(study, setting, span)
        if isinstance(found, Axis):
            axes.append(found)
        else:
            faults += found
    faults += _twice(study, setting, axes, spans) if not faults else []
    groups: list[Group] = []
    named = [n for n in rescale if n != NONE]
    for number, name in enumerate(named if not faults else ()):
        path = (*at, number) if len(named) > 1 else at
        group = _group(setting, name, study.source.value_place(path), axes)
        if isinstance(group, Group):
            groups.append(group)
        else:
            faults.append(group)
    faults = faults or _alone(study, axes, groups, at)
    if faults:
        raise DocumentError(faults)
    return Moving(setting, Grid(tuple(axes)), tuple(groups))


def _axis(study: Study, setting: Setting, span: Span) -> Axis | list[Fault]:
    """Return the values of one number, or what is wrong with them."""
    texts = _texts(study, span.within)
    low, high = (parse_decimal(text) or Fraction(0) for text in texts)
    count = int((high - low) / span.step) + 1
    percent = all(text.endswith("%") for text in texts)
    if span.name.startswith(f"{INPUTS}."):
        return _figure_axis(study, setting, span, Axis(span.name, (), low, span.step, count))
    faults: list[Fault] = []
    path: Path = ()
    for number, text in enumerate(texts):
        end = study.source.value_place((*span.within, number))
        try:
            moves = setting.policy.moves({span.name: text}, {span.name: end})
            ((path, moved),) = moves.items()
        except DocumentError as error:
            if any(fault.code.startswith("number.unknown") for fault in error.faults):
                return _at(error, study.source.value_place(span.at))
            faults += _at(error, end)
        else:
            fault = sign_fault(setting.policy, path, moved, text, end)
            faults += [] if fault is None else [fault]
    if faults:
        return faults
    named = next(each for each in setting.policy.named_numbers.values() if each.path == path)
    if named.decides_reading:
        words = {"path": span.name}
        return [Fault("seek.decides_reading", study.source.value_place(span.at), words)]
    percent = percent or named.percent
    unit = "" if percent else named.unit
    return Axis(span.name, path, low, span.step, count, percent, named.title, unit)


def _figure_axis(study: Study, setting: Setting, span: Span, axis: Axis) -> Axis | list[Fault]:
    """Return the values of a district's figure, or what is wrong with them."""
    place = study.source.value_place(span.at)
    mover = Mover(setting.policy, setting.districts)
    path = tuple(span.name.split(".", 2))
    try:
        for value in (axis.first, axis.last):
            mover.moves({span.name: value})
    except FaultsError as error:
        return _at(error, place)
    _, name, district = path
    rule, table = setting.policy.inputs[name], setting.districts
    named = next(
        (n for k, n in zip(table.keys, table.names, strict=True) if k == district), district
    )
    title = Phrase("seek.figure_of", {"title": rule.title, "district": named})
    unit = describe(rule.unit, setting.policy.money_unit)
    return replace(axis, path=path, title=title, unit=unit)


def _at(error: FaultsError, place: Place) -> list[Fault]:
    """Return the faults of an error, at the place in the study that they are about."""
    return [replace(fault, place=place) for fault in error.faults]


def _texts(study: Study, path: Path) -> list[str]:
    node = study.source.data
    for part in path:
        node = node[part]
    return list(node)


def _group(setting: Setting, name: str, place: Place, axes: Sequence[Axis]) -> Group | Fault:
    """Return a group that keeps its sum, or what is wrong with it."""
    numbers = setting.policy.numbers
    inside = {
        path: setting.moves.get(path, number.value)
        for path, number in numbers.items()
        if ".".join(map(str, path[:-1])) in (name, f"{name}.value")
    }
    words: dict[str, object] = {"group": shown(name)}
    if not inside:
        near = nearest(name, _groups(numbers))
        if near is None:
            return Fault("seek.no_group", place, words)
        return Fault("seek.no_group_near", place, {**words, "near": near})
    moved = frozenset(axis.path for axis in axes if axis.path in inside)
    if not moved:
        return Fault("seek.group_not_varied", place, words)
    if len(moved) == len(inside):
        return Fault("seek.group_all_varied", place, words)
    percent = all(numbers[path].percent for path in inside)
    return Group(name, inside, moved, place, percent)


def _twice(
    study: Study, setting: Setting, axes: Sequence[Axis], spans: Sequence[Span]
) -> list[Fault]:
    """Find numbers that are varied twice, under two names."""
    known: dict[object, str] = {}
    faults = []
    for axis, span in zip(axes, spans, strict=True):
        what: object = axis.path
        if axis.path[0] == INPUTS and axis.path not in setting.policy.numbers:
            finder = Mover(setting.policy, setting.districts).finder
            what = finder.find(str(axis.path[1]), str(axis.path[2]), Place())
        if what in known:
            words: dict[str, object] = {"path": axis.name, "other": known[what]}
            faults.append(Fault("seek.varied_twice", study.source.value_place(span.at), words))
        known[what] = axis.name
    return faults


def _groups(numbers: Iterable[Path]) -> list[str]:
    """Return the paths of mappings of at least two numbers."""
    around = Counter(".".join(map(str, path[:-1])) for path in numbers if len(path) > 2)
    return [name for name, count in around.items() if count > 1]


def _alone(study: Study, axes: Sequence[Axis], groups: Sequence[Group], at: Path) -> list[Fault]:
    """Find weights that are moved alone: they would no longer add up to 1."""
    kept = {path for group in groups for path in group.before}
    faults = []
    for axis in axes:
        if axis.path[-2:-1] != ("factors",):
            continue
        words = {"path": axis.name, "group": ".".join(map(str, axis.path[:-1]))}
        if axis.path not in kept:
            faults.append(Fault("seek.weight_alone", study.source.value_place(at), words))
        elif axis.first < 0:
            faults.append(Fault("document.weight_negative", study.source.value_place(at), words))
    return faults
