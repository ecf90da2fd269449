"""Runs many small cases of one policy: those of the same districts share a batch of the engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Final, Literal

from msgspec import Struct, field

from checks.table import Cell, Table, made_column
from transfers import Allocation, Policy
from transfers.batch import Batch, Batches
from transfers.districts.columns import Column
from transfers.invariants import BrokenPromise
from transfers.policy.moves import Moves
from transfers.policy.rules import Path

Status = Literal["done", "rejected", "invalid", "at_odds"]

_MOST: Final = 1024
"""Cases of one batch: more would only take memory."""


class Case(Struct, frozen=True, eq=False):
    """A table, and numbers of the document that are not what the document says.

    Parameters
    ----------
    numbers : mapping of path to Fraction
    """

    table: Table
    numbers: Mapping[Path, Fraction] = {}

    def with_table(self, table: Table) -> Case:
        """Return the case with another table."""
        return Case(table, self.numbers)

    def with_numbers(self, numbers: Mapping[Path, Fraction]) -> Case:
        """Return the case with more numbers of the document moved."""
        return Case(self.table, {**self.numbers, **numbers})


class Paid(Struct, frozen=True, eq=False, dict=True):
    """What came of a case.

    Attributes
    ----------
    status : "done", "rejected", "invalid" or "at_odds"
        At odds: the engine found by itself that amounts break a promise of arithmetic.
    why : str
        Which, of what is at odds.
    """

    case: Case
    status: Status
    batch: Batch | None = None
    place: int = 0
    why: str = ""

    @property
    def done(self) -> bool:
        """Whether districts are paid."""
        return self.status == "done"

    @cached_property
    def total(self) -> tuple[int, ...]:
        """What each district gets of all grants, without those another replaces: quanta."""
        assert self.batch is not None
        return tuple(self.batch.total[self.place].tolist())

    def amounts(self, grant: str) -> tuple[int, ...]:
        """Return what each district gets of a grant: quanta."""
        assert self.batch is not None
        return tuple(self.batch.amounts[grant][self.place].tolist())

    @cached_property
    def allocation(self) -> Allocation:
        """All that is known of a case that is done or rejected."""
        assert self.batch is not None
        return self.batch.allocation(self.place)


class Runs(Struct, eq=False):
    """Runs cases of one policy.

    Attributes
    ----------
    count : int
        Cases that were run so far.
    """

    policy: Policy
    count: int = 0
    _columns: dict[tuple[str, tuple[Cell, ...]], Column] = field(default_factory=dict)

    def run(self, cases: Sequence[Case]) -> list[Paid]:
        """Run cases; what comes of one does not depend on the others."""
        found: dict[int, Paid] = {}
        alike: dict[tuple[str, ...], list[Case]] = {}
        for case in {id(case): case for case in cases}.values():
            alike.setdefault(case.table.keys, []).append(case)
        for group in alike.values():
            for start in range(0, len(group), _MOST):
                found.update((id(paid.case), paid) for paid in self._run(group[start:][:_MOST]))
        self.count += len(found)
        self._columns.clear()
        return [found[id(case)] for case in cases]

    def _run(self, cases: Sequence[Case]) -> Iterable[Paid]:
        """Run cases of the same districts; where the engine finds one at odds, one by one."""
        base = cases[0].table
        try:
            batch = Batches(self.policy, base.districts(self.policy)).run(
                [self._moves(base, case) for case in cases]
            )
        except BrokenPromise as promise:
            if len(cases) == 1:
                return [Paid(cases[0], "at_odds", why=str(promise))]
            half = len(cases) // 2
            return [*self._run(cases[:half]), *self._run(cases[half:])]
        return [Paid(case, batch.status(place), batch, place) for place, case in enumerate(cases)]

    def _moves(self, base: Table, case: Case) -> Moves:
        moves: dict[Path, Fraction | Column] = dict(case.numbers)
        for name, cells in case.table.columns.items():
            if cells is not base.columns[name] and cells != base.columns[name]:
                moves["inputs", name] = self._column(name, cells)
        return moves

    def _column(self, name: str, cells: tuple[Cell, ...]) -> Column:
        known = self._columns.get((name, cells))
        if known is None:
            known = made_column(self.policy.inputs[name].kind, cells)
            self._columns[name, cells] = known
        return known
