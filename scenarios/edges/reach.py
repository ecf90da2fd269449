"""Move each number of a document by a tenth: what it changes, or why it changes nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

import numpy as np
from msgspec import Struct

from scenarios.edges.probe import run_alone
from scenarios.edges.reasons import Reason, reason_of
from scenarios.settings import Moves, Setting
from transfers import Allocation, Batch, DocumentError, Fault, Policy, progress
from transfers.batch import scenarios_of_block
from transfers.documents.yaml_tree import Path
from transfers.policy.uses import group_of_weight

BY: Final = Fraction(1, 10)


class Reach(Struct, frozen=True, eq=False):
    """What moving one number does.

    Parameters
    ----------
    path : tuple of str
    value : Fraction
        As the document has it.
    values : tuple of Fraction
        What it was moved to: less, more; only what its range allows.
    changed : int
        How many districts get another amount of some grant, one way or the other.
    most : int, quanta
        The greatest change of a district's total, with its sign.
    district : str
        The key of that district; "" where no total changes.
    others : tuple of str
        Numbers that moved with it: the other weights of its group.
    unpaid : tuple of Fraction
        Those of `values` with which nobody is paid: money is short.
    reason : Reason or None
        Why no amount changes.
    """

    path: Path
    value: Fraction
    values: tuple[Fraction, ...]
    changed: int = 0
    most: int = 0
    district: str = ""
    others: tuple[str, ...] = ()
    unpaid: tuple[Fraction, ...] = ()
    reason: Reason | None = None

    @property
    def name(self) -> str:
        """The path as people write it."""
        return ".".join(map(str, self.path))


class Reaches(Struct, frozen=True, eq=False):
    """What moving each number does, in the order of the document."""

    setting: Setting
    allocation: Allocation
    by: Fraction
    numbers: tuple[Reach, ...]
    title: str = ""

    @property
    def done(self) -> bool:
        """Whether anybody is paid as the document is; nothing is moved where not."""
        return self.allocation.status == "done"


class _Try(Struct, frozen=True, eq=False):
    """A number that is moved both ways, or why it cannot be."""

    path: Path
    value: Fraction
    moves: tuple[Moves, ...]
    fault: Fault | None = None

    @property
    def values(self) -> tuple[Fraction, ...]:
        return tuple(moves[self.path] for moves in self.moves)


def reaches_of(
    setting: Setting, *, by: Fraction = BY, only: Collection[str] | None = None
) -> Reaches:
    """Move each number of the document, one at a time, and tell what changes.

    A factor's weight takes or gives its difference from the others of its group, so that they
    still add up to 1. A number of 0 has no tenth: it is moved by a
    tenth of the greatest that stands beside it, or of 1. A year is moved by one.

    Parameters
    ----------
    by : Fraction
        The part of a number by which it is moved, either way.
    only : collection of str, optional
        Paths; all numbers where left out.

    Raises
    ------
    TableError
        The setting itself cannot be computed.
    """
    allocation = run_alone(setting)
    if allocation.status != "done":
        return Reaches(setting, allocation, by, ())
    batch = setting.batches.run([setting.moves])
    paths = [p for p in setting.policy.numbers if only is None or ".".join(map(str, p)) in only]
    tries = [_try(setting, path, by) for path in paths]
    found: list[Reach] = []
    size = max(1, scenarios_of_block(len(setting.districts)) // 2)
    with progress.stage("reach", len(tries)) as stage:
        for start in range(0, len(tries), size):
            part = tries[start : start + size]
            found += _of_part(setting, batch, part)
            stage.advance(len(part))
    return Reaches(setting, allocation, by, tuple(found))


def _of_part(setting: Setting, base: Batch, tries: Sequence[_Try]) -> list[Reach]:
    moved = [moves for each in tries for moves in each.moves]
    batch = setting.batches.run(moved)
    found: list[Reach] = []
    start = 0
    for each in tries:
        rows = list(range(start, start + len(each.moves)))
        start += len(each.moves)
        found.append(_reach(setting, base, batch, each, rows))
    return found


def _reach(setting: Setting, base: Batch, batch: Batch, each: _Try, rows: list[int]) -> Reach:
    others = tuple(
        ".".join(map(str, path))
        for path in (each.moves[0] if each.moves else ())
        if path != each.path and path not in setting.moves
    )
    pairs = zip(rows, each.values, strict=True)
    unpaid = tuple(value for row, value in pairs if batch.status(row) == "rejected")
    plain = Reach(each.path, each.value, each.values, others=others, unpaid=unpaid)
    done = [row for row in rows if batch.codes[row] == 0]
    changed = np.zeros(len(batch.keys), dtype=bool)
    for amounts, before in zip(batch.amounts.values(), base.amounts.values(), strict=True):
        changed |= (amounts[done] != before).any(axis=0)
    if not changed.any():
        reason = reason_of(setting, batch, each.path, rows, each.moves, each.fault)
        return _replace(plain, reason=reason)
    change = (batch.total[done] - base.total).reshape(len(done), -1)
    row, district = np.unravel_index(int(np.abs(change).argmax()), change.shape)
    most = int(change[row, district])
    key = batch.keys[int(district)] if most else ""
    return _replace(plain, changed=int(changed.sum()), most=most, district=key)


def _replace(reach: Reach, **values: Any) -> Reach:
    from msgspec.structs import replace

    return replace(reach, **values)


def _try(setting: Setting, path: Path, by: Fraction) -> _Try:
    number = setting.policy.numbers[path]
    value = number.among(setting.moves)
    step = Fraction(1) if path == ("year",) else (abs(value) or _size_beside(setting, path)) * by
    moves: list[Moves] = []
    fault: Fault | None = None
    for moved in (value - step, value + step):
        wanted = _allowed(setting.policy, path, moved)
        if wanted == value:
            continue
        try:
            moves.append({**setting.moves, **_with_group(setting.policy, path, wanted)})
        except DocumentError as error:
            fault = error.faults[0]
    return _Try(path, value, tuple(moves), fault)


def _size_beside(setting: Setting, path: Path) -> Fraction:
    """Return the size of the greatest number that stands beside one of 0; 1 where none does."""
    beside = [
        abs(number.among(setting.moves))
        for other, number in setting.policy.numbers.items()
        if len(other) == len(path)
        and (other[:-1] == path[:-1] or (other[:-2], other[-1]) == (path[:-2], path[-1]))
    ]
    return max(beside, default=Fraction(0)) or Fraction(1)


def _allowed(policy: Policy, path: Path, value: Fraction) -> Fraction:
    """Return a value, brought inside what its parameter allows."""
    if path[0] != "parameters":
        return value
    entry = policy.document.model.parameters[str(path[1])]
    value = value if entry.min is None else max(value, entry.min)
    return value if entry.max is None else min(value, entry.max)


def _with_group(policy: Policy, path: Path, value: Fraction) -> Mapping[Path, Fraction]:
    """Return the moves of a number: of a factor's weight with the others of its group."""
    group = group_of_weight(policy, path)
    if group is None:
        return {path: value}
    return policy.rescaled({".".join(map(str, path)): value}, ".".join(map(str, group)))
