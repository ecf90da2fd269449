"""Keep the sum of a group of numbers when some of them move: the others are scaled.

Method: section 34.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from transfers.documents.change import Asked, Change, Changes
from transfers.documents.changes import apply_changes
from transfers.documents.exact_number import number_written, parse_number
from transfers.documents.fields import written
from transfers.documents.overrides import main_key, node_at, resolved
from transfers.documents.yaml_source import Source, scanned
from transfers.documents.yaml_tree import Path, dotted, shown
from transfers.errors import DocumentError, Fault, Place
from transfers.formula.nodes import Number
from transfers.policy.above import split_changes
from transfers.policy.moves import Number as Value
from transfers.policy.moves import check_range, number_moves

if TYPE_CHECKING:
    from transfers.policy.policy import Policy


def rescaled(
    group: str,
    before: Mapping[str, Fraction],
    after: Mapping[str, Fraction],
    moved: Collection[str],
    place: Place,
    *,
    percent: bool = False,
) -> dict[str, Fraction]:
    """Return the numbers of a group that were not moved, scaled so that the sum stays.

    Parameters
    ----------
    group : str
        Its path, for messages.
    before : mapping of str to Fraction
        What it had.
    after : mapping of str to Fraction
        What it has: those moved with their new figures, the others with their old ones.
    moved : collection of str
    place : Place
        Where this was asked for.
    percent : bool
        Whether people read them as percentages.

    Raises
    ------
    DocumentError
        All were moved; the others add up to 0, or would become negative.
    """
    rest = {name: figure for name, figure in after.items() if name not in moved}
    total, taken = sum(before.values(), Fraction(0)), sum(map(after.__getitem__, moved))
    words: dict[str, object] = {"group": group, "total": written(total, percent=percent)}
    left = total - taken
    size = sum(rest.values(), Fraction(0))
    if not rest:
        raise DocumentError([Fault("change.all_moved", place, {"group": group})])
    if left == size:
        return rest
    if size == 0:
        words |= {"rest": tuple(shown(name) for name in list(rest)[:10])}
        raise DocumentError([Fault("change.rest_zero", place, words)])
    if left / size < 0:
        words |= {"moved": written(Fraction(taken), percent=percent)}
        raise DocumentError([Fault("change.beyond_sum", place, words)])
    return {name: figure * left / size for name, figure in rest.items()}


def rescaling(
    before: Source, after: Source, groups: Collection[str], asked: Changes, where: Asked
) -> Changes:
    """Return the changes that bring the sums of groups back to what they were.

    Parameters
    ----------
    before, after : Source
        The document without and with the changes.
    groups : collection of str
        Paths of mappings of numbers.
    asked : Changes
        What was changed.
    where : Asked
        Where it was asked that a group keeps its sum.

    Raises
    ------
    DocumentError
        With a fault for every group whose sum cannot be kept.
    """
    made: list[Change] = []
    faults: list[Fault] = []
    for group in groups:
        first = next((c.place for c in asked if c.path.startswith(group)), Place("rescale"))
        place = where.places.get(f"rescale.{group}") or where.places.get(group, first)
        told = Place(place.file, place.line, place.column, shown(group))
        try:
            had, (path, has) = _group(before, group, told)[1], _group(after, group, told)
            moved = _moved(after, path, asked)
            entries = node_at(after.data, path)
            percent = all(str(entry).endswith("%") for entry in entries.values())
            figures = rescaled(group, had, has, moved, told, percent=percent)
        except DocumentError as error:
            faults += error.faults
            continue
        for name, figure in figures.items():
            if figure != has[name]:
                text = number_written(figure, percent=str(entries[name]).endswith("%"))
                made.append(Change("set", f"{group}.{name}", text, place))
    if faults:
        raise DocumentError(faults)
    return tuple(made)


def rescaled_moves(
    policy: Policy, moved: Mapping[str, Value], group: str, place: Place
) -> dict[Path, Fraction]:
    """Return moves of some numbers of a group and of the others, which keep its sum.

    Parameters
    ----------
    moved : mapping
        Name in the group, or whole path -> new figure.

    Raises
    ------
    DocumentError
        No such group or number, or a sum that cannot be kept.
    """
    had = _numbers_of(policy, group)
    if not had:
        near = _example(policy.document.source)
        words: dict[str, object] = {"group": shown(group), "near": near}
        raise DocumentError([Fault("change.no_group", place, words)])
    moves: dict[Path, Fraction] = {}
    faults: list[Fault] = []
    for name, value in moved.items():
        inside = name.removeprefix(f"{group}.")
        if inside not in had:
            words = {"name": shown(name), "group": shown(group), "known": tuple(had)}
            faults.append(Fault("change.not_in_group", place, words))
            continue
        try:
            moves |= number_moves(policy, {".".join(map(str, had[inside][0])): value})
        except DocumentError as error:
            faults += error.faults
    if faults:
        raise DocumentError(faults)
    before = {name: number.value for name, (_, number) in had.items()}
    after = {name: moves.get(path, before[name]) for name, (path, _) in had.items()}
    names = {name for name, (path, _) in had.items() if path in moves}
    percent = all(number.percent for _, number in had.values())
    kept = rescaled(group, before, after, names, place, percent=percent)
    for name, figure in kept.items():
        check_range(policy, had[name][0], figure)
    return moves | {had[name][0]: figure for name, figure in kept.items()}


def _numbers_of(policy: Policy, group: str) -> dict[str, tuple[Path, Number]]:
    """Return the numbers directly below a path, by their names."""
    found: dict[str, tuple[Path, Number]] = {}
    for path, number in policy.numbers.items():
        around = ".".join(map(str, path[:-1]))
        if around == group or (path[-2:-1] == ("value",) and around == f"{group}.value"):
            found[str(path[-1])] = (path, number)
    return found


def with_changes(source: Source, changes: Changes, asked: Asked) -> Source:
    """Return a document as it is written, with changes put in.

    Raises
    ------
    DocumentError
        A change that cannot be made.
    """
    as_written, _ = scanned(source.text, source.file)
    own, _ = split_changes(as_written.data, source.file, changes)
    put_in, _, wrong = apply_changes(as_written, own, asked)
    if wrong:
        raise DocumentError(wrong)
    return put_in


def _group(source: Source, group: str, place: Place) -> tuple[Path, dict[str, Fraction]]:
    """Return the path and the numbers of a mapping of numbers."""
    try:
        path = resolved(source, group)
    except DocumentError as error:
        raise DocumentError([Fault(f.code, place, f.values) for f in error.faults]) from None
    path = main_key(path, node_at(source.data, path), source)
    node: Any = node_at(source.data, path)
    entries = node if isinstance(node, dict) else {}
    figures = {k: parse_number(v) if isinstance(v, str) else None for k, v in entries.items()}
    known = {name: figure for name, figure in figures.items() if figure is not None}
    if not known or len(known) < len(figures):
        words = {"group": shown(group), "near": _example(source)}
        raise DocumentError([Fault("change.no_group", place, words)])
    return path, known


def _example(source: Source) -> str:
    """Return the path of a group of numbers that a document has."""
    for path in source.marks:
        if path[-1:] == ("factors",) and isinstance(node_at(source.data, path), dict):
            return dotted(path)
    return "grants.….share.factors"


def _moved(source: Source, group: Path, asked: Changes) -> set[str]:
    """Return which numbers of a group were set or added."""
    found: set[str] = set()
    for change in asked:
        if change.kind == "remove":
            continue
        path = resolved(source, change.path)
        path = main_key(path, node_at(source.data, path), source)
        if path[: len(group)] == group:
            everything = node_at(source.data, group)
            found |= {str(path[len(group)])} if len(path) > len(group) else set(everything)
    return found
