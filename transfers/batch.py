"""A batch: many scenarios of one policy on one table, each with its own answer.

A scenario whose money is short is *rejected*, one that cannot be computed is *invalid*; neither
stops the others. A scenario's amounts are the same bits alone and in any company.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from transfers import progress
from transfers.allocation import Allocation
from transfers.block import Block
from transfers.districts import Districts
from transfers.errors import Fault, FaultsError, TableError
from transfers.findings import Finding
from transfers.invariants import check_block
from transfers.plan import Plan
from transfers.plan import scenarios_of_block as scenarios_of_block
from transfers.policy.moves import Asked, Mover, Moves, Number, figure_text
from transfers.policy.policy import Policy
from transfers.policy.reading import check_moves, check_read

if TYPE_CHECKING:
    from transfers.recall import Recall

Ints = NDArray[np.int64]
Status = Literal["done", "rejected", "invalid"]

STATUSES: Final[tuple[Status, ...]] = ("done", "rejected", "invalid")

RuleStatus = Literal["broken", "unknown", "holds", "not_applicable"]

RULE_STATUSES: Final[tuple[RuleStatus, ...]] = ("broken", "unknown", "holds", "not_applicable")
"""Of a rule per district the first that a district has counts for all."""


class Row(Struct, frozen=True, eq=False):
    """Where one scenario of a batch is: a row of a block, or why there is none."""

    block: Block | None
    scenario: int = 0
    faults: tuple[Fault, ...] = ()


class Batch(Struct, frozen=True, eq=False, dict=True):
    """What S scenarios give every district.

    Attributes
    ----------
    rows : tuple of Row, length S
    """

    policy: Policy
    districts: Districts
    rows: tuple[Row, ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        return f"<Batch {len(self)} scenarios of {len(self.keys)} districts>"

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the districts, in the order of the table."""
        return self.districts.keys

    @cached_property
    def codes(self) -> NDArray[np.int8]:
        """What came of each scenario, as its place in `STATUSES`: (S,) int8."""
        return np.array([_code(row) for row in self.rows], dtype=np.int8)

    @property
    def done(self) -> NDArray[np.bool_]:
        """Which scenarios pay: (S,) bool."""
        return np.asarray(self.codes == 0)

    def status(self, scenario: int) -> Status:
        """Return what came of a scenario."""
        return STATUSES[int(self.codes[scenario])]

    @cached_property
    def amounts(self) -> dict[str, Ints]:
        """Amounts per grant: (S, N) int64, quanta; of scenarios that are not done they are 0."""
        return {rule.name: self._amounts(rule.name) for rule in self.policy.grants}

    def _amounts(self, grant: str) -> Ints:
        found = np.zeros((len(self), len(self.keys)), dtype=np.int64)
        for block, rows, places in self.blocks():
            amounts = block.outcomes[grant].amounts
            assert amounts is not None
            found[places] = amounts[rows if len(amounts) > 1 else 0]
        return found

    @cached_property
    def total(self) -> Ints:
        """All grants together, without those another replaces: (S, N) int64, quanta."""
        found = np.zeros((len(self), len(self.keys)), dtype=np.int64)
        for block, rows, places in self.blocks():
            found[places] = block.totals[""][rows]
        return found

    @cached_property
    def rules(self) -> dict[str, NDArray[np.int8]]:
        """What every rule about the outcome came to, as its place in `RULE_STATUSES`: (S,) int8.

        Of a scenario that is not done it is -1.
        """
        names = [rule.name for rule in self.policy.rules]
        found = {name: np.full(len(self), -1, dtype=np.int8) for name in names}
        for block, rows, places in self.blocks() if names else ():
            for name in names:
                codes = block.judgements[name].worst
                found[name][places] = codes[rows if len(codes) > 1 else 0]
        return found

    def blocks(self) -> Iterator[tuple[Block, list[int], list[int]]]:
        """Yield each block with the rows of its scenarios that pay, and their places here."""
        found: dict[int, tuple[Block, list[int], list[int]]] = {}
        for place in np.flatnonzero(self.done).tolist():
            row = self.rows[place]
            assert row.block is not None
            _, rows, places = found.setdefault(id(row.block), (row.block, [], []))
            rows.append(row.scenario)
            places.append(place)
        yield from found.values()

    def close(self) -> None:
        """Let go of every figure behind the answers, for who has taken what is needed of them.

        A block's figures know the block, and it knows them: without this their memory comes back
        only when Python next looks for circles.
        """
        for block in {id(row.block): row.block for row in self.rows if row.block}.values():
            block.close()

    def allocation(self, scenario: int) -> Allocation:
        """Return a scenario that is done or rejected.

        Raises
        ------
        TypeError
            The scenario is invalid: it has no allocation, only faults.
        """
        row = self.rows[scenario]
        if row.block is None or self.codes[scenario] == STATUSES.index("invalid"):
            raise TypeError(f"scenario {scenario} is invalid")
        return Allocation(row.block, row.scenario)

    def faults(self, scenario: int) -> tuple[Fault, ...]:
        """Return why a scenario cannot be computed; nothing where it can."""
        return self.rows[scenario].faults

    def why_rejected(self, scenario: int) -> tuple[Finding, ...]:
        """Return the findings that reject a scenario; nothing where it is not."""
        row = self.rows[scenario]
        found = () if row.block is None else row.block.rejected.get(row.scenario, ())
        return tuple(found)


def _code(row: Row) -> int:
    if row.faults or row.block is None:
        return STATUSES.index("invalid")
    return STATUSES.index("rejected" if row.scenario in row.block.rejected else "done")


class Batches(Struct, eq=False):
    """Runs batches of one policy on one table; what no scenario moves is read once for all."""

    policy: Policy
    districts: Districts
    recall: Recall | None = None
    _plan: Plan | None = None

    def run(self, moves: Sequence[Moves]) -> Batch:
        """Run scenarios.

        Parameters
        ----------
        moves : sequence of mapping, length S
            Path of a number, or of a column of figures, -> what is there.

        Raises
        ------
        DocumentError
            The districts were read otherwise than the policy wants.
        """
        if self._plan is None:
            districts = self.policy.with_set_figures(self.districts)
            check_read(self.policy, districts)
            self._plan = Plan(self.policy, districts, self.recall)
        return Batch(self.policy, self._plan.districts, tuple(_rows(self._plan, list(moves))))


def run_batch(policy: Policy, districts: Districts, moves: Sequence[Moves]) -> Batch:
    """Run scenarios that move numbers of one policy on one table: see :meth:`Batches.run`."""
    return Batches(policy, districts).run(moves)


def _rows(plan: Plan, moves: list[Moves]) -> list[Row]:
    """Run scenarios together; where one of them stops all, run them one by one."""
    if not moves:
        return []
    try:
        check_moves(plan.policy, plan.districts, moves)
        blocks = plan.run(moves)
    except FaultsError as error:
        if len(moves) == 1:
            return [Row(None, 0, error.faults)]
        return [row for move in moves for row in _rows(plan, [move])]
    with progress.stage("verify", len(moves)) as stage:
        for block in blocks:
            check_block(block)
            stage.advance(block.size)
    return [
        Row(block, scenario, tuple(block.invalid.get(scenario, ())))
        for block in blocks
        for scenario in range(block.size)
    ]


def allocate(
    policy: Policy, districts: Districts, overrides: Mapping[str, Number] | None = None
) -> Allocation:
    """Run a policy on a table.

    Parameters
    ----------
    policy : Policy
    districts : Districts
    overrides : mapping, optional
        Path in the document -> value to put there, as ``--set`` does.

    Raises
    ------
    DocumentError
        A path or value of `overrides` does not fit.
    TableError
        A figure that is needed is missing, or a rule cannot be computed on this table.
    """
    if overrides:
        texts = {path: figure_text(value) for path, value in overrides.items()}
        policy = policy.with_overrides(texts)
    return allocate_scenarios(policy, districts, [{}])[0]


def allocate_scenarios(
    policy: Policy, districts: Districts, scenarios: Sequence[Asked]
) -> list[Allocation]:
    """Run many scenarios that move numbers of one document, all at once.

    A scenario's amounts are the same alone and in any company.

    Parameters
    ----------
    scenarios : sequence of mapping
        Path of a number in the document, or of a figure of a district, -> its value:
        ``budget.amount``, ``inputs.population.440784``. Whole columns of figures are moved by
        ``inputs.population`` -> a `NumberColumn`.

    Raises
    ------
    DocumentError
        A path that is not a number of the document.
    TableError
        A scenario cannot be computed on this table, or moves figures that are not there or not
        allowed.
    """
    districts = policy.with_set_figures(districts)
    mover = Mover(policy, districts)
    moves = [mover.moves(asked) for asked in scenarios]
    check_moves(policy, districts, moves)
    batch = run_batch(policy, districts, moves)
    for scenario in range(len(batch)):
        if batch.faults(scenario):
            raise TableError(batch.faults(scenario))
    return [batch.allocation(scenario) for scenario in range(len(batch))]
