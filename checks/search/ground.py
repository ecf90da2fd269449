"""What the stages of the search stand on: the policy, its tables, and the means to run cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Final

from msgspec import Struct

from checks.domains import Domain
from checks.runs import Case, Paid
from checks.subject import Subject
from checks.table import Cell, Table
from transfers.formula.nodes import Name, walk
from transfers.policy.rules import Path
from transfers.policy.uses import every_use

SMALL: Final = 4
"""Districts of the tables that are made."""

_PLAIN: Final = (1, 0, 2, 3)
_MORE: Final = (5, 10, 100)
_MOST: Final = 9
"""Figures of an input that are tried in tiny tables."""


class Slot(Struct, frozen=True):
    """A cell of a row that is varied: an input; of one over a list an item, or those after it."""

    name: str
    first: int = 0
    last: int = 0


class Ground(Struct, frozen=True, eq=False, dict=True):
    """Where the search for tables of one policy stands.

    Parameters
    ----------
    seed : int
        Of what is drawn.
    """

    subject: Subject
    seed: int = 0

    def run(self, cases: Sequence[Case]) -> list[Paid]:
        """Run cases."""
        return self.subject.runs.run(cases)

    # -- inputs ------------------------------------------------------------------------------------

    @cached_property
    def names(self) -> frozenset[str]:
        """The names that rules and promises of the document's own read."""
        policy = self.subject.policy
        formulas = [use.formula for use in every_use(policy)]
        for rule in policy.promises:
            formulas += [rule.formula, rule.applies]
        return frozenset(
            node.name.partition(".")[0]
            for formula in formulas
            if formula is not None
            for node in walk(formula.node)
            if isinstance(node, Name)
        )

    @cached_property
    def read(self) -> tuple[str, ...]:
        """The inputs that some rule reads, or that stand for something."""
        rules = self.subject.policy.inputs.values()
        return tuple(r.name for r in rules if r.name in self.names or r.role is not None)

    @cached_property
    def keys_matter(self) -> bool:
        """Whether rules read what districts are called: then made ones are called like real."""
        return "key" in self.names and self.real is not None

    @cached_property
    def sums(self) -> dict[str, tuple[str, ...]]:
        """The inputs that add up others, and what they add up."""
        return self.subject.sums

    @cached_property
    def ranked(self) -> tuple[str, ...]:
        """The inputs that districts are ranked by, but sums of others."""
        return tuple(name for name in self.subject.ranked if name not in self.sums)

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """What is varied in a row, in the order of the document."""
        found = []
        for name in self.read:
            if name in self.sums:
                continue
            items = self.items(name)
            found.append(Slot(name))
            if items > 1:
                found.append(Slot(name, 1, items - 1))
        return tuple(found)

    def items(self, name: str) -> int:
        """Return how many cells a district has in a column."""
        policy = self.subject.policy
        over = policy.inputs[name].over
        return len(policy.lists[over]) if over else 1

    def domain(self, name: str) -> Domain:
        """Return what an input may be."""
        return self.subject.domains[name]

    @cached_property
    def plain(self) -> dict[str, Cell]:
        """The plainest cell of each input."""
        return {name: self.figures(name)[0] for name in self.subject.policy.inputs}

    def figures(self, name: str, scale: Fraction = Fraction(1)) -> tuple[Cell, ...]:
        """Return cells of an input that are worth trying, the plainest first.

        Parameters
        ----------
        scale : Fraction
            What small numbers are taken times.
        """
        domain = self.domain(name)
        if domain.kind != "number":
            return tuple(domain.usual)[:_MOST] or ((False,) if domain.kind == "boolean" else ("a",))
        small = domain.within(scale * number for number in _PLAIN)
        near = [edge + move for edge in domain.edges[:2] for move in (0, -domain.step, domain.step)]
        more = [*near, *(scale * number for number in _MORE)]
        found = domain.within([*small, *more])
        if len(small) < 3:
            found = domain.within([*found, *self._across(domain)])
        return tuple(found[:_MOST]) or (domain.least or domain.most or Fraction(0),)

    def _across(self, domain: Domain) -> list[Fraction]:
        """Return figures across a range that holds few small whole numbers."""
        least = domain.least if domain.least is not None else (domain.most or Fraction(0)) - 10
        most = domain.most if domain.most is not None else least + 10
        parts = (Fraction(0), Fraction(1), Fraction(1, 2), Fraction(1, 4), Fraction(3, 4))
        return [domain.on_step(least + (most - least) * part) for part in parts]

    def scale(self, name: str) -> Fraction:
        """Return the power of ten that figures of an input have in the real table; 1 if none."""
        domain = self.domain(name)
        if self.real is None or domain.kind != "number":
            return Fraction(1)
        cells = [abs(c) for c in self.real.columns[name] if isinstance(c, Fraction) and c]
        if not cells:
            return Fraction(1)
        middle, power = sorted(cells)[len(cells) // 2], Fraction(1)
        while power * 10 <= middle:
            power *= 10
        while power > middle and power > domain.step:
            power /= 10
        return power

    # -- tables ------------------------------------------------------------------------------------

    @property
    def real(self) -> Table | None:
        """The table the policy was made for."""
        return self.subject.real

    def table(self, rows: Sequence[Sequence[Cell]], keys: Sequence[str] = ()) -> Table:
        """Return a table of rows that have a cell for each slot; all else is plain."""
        count = len(rows)
        columns: dict[str, list[Cell]] = {
            name: [self.plain[name]] * (count * self.items(name))
            for name in self.subject.policy.inputs
        }
        for at, slot in enumerate(self.slots):
            for item in range(slot.first, slot.last + 1):
                columns[slot.name][item * count : (item + 1) * count] = [row[at] for row in rows]
        cells = {name: tuple(cells) for name, cells in columns.items()}
        called = tuple(keys) or keys_of(count)
        names: tuple[str, ...] = ()
        if self.keys_matter and self.real is not None and len(self.real) >= count:
            some = self.real.only([n * len(self.real) // count for n in range(count)])
            called, names = some.keys, some.names
        return self.summed(Table(called, cells, names))

    def row(self, table: Table, row: int) -> tuple[Cell, ...]:
        """Return the cells of a row of a table, one for each slot."""
        return tuple(table.cell(slot.name, row, slot.first) for slot in self.slots)

    def summed(self, table: Table) -> Table:
        """Return a table in which sums of other inputs are what those add up to."""
        for name, parts in self.sums.items():
            columns = [table.columns[part] for part in parts]
            cells = tuple(
                sum(row, Fraction(0)) if all(isinstance(c, Fraction) for c in row) else None
                for row in zip(*columns, strict=True)
            )
            table = table.with_columns({name: cells})
        return table

    def sampled(self, count: int, turn: int = 0) -> Table | None:
        """Return some districts of the real table, others each turn; None without a table."""
        if self.real is None or not len(self.real):
            return None
        size = len(self.real)
        count = min(count, size)
        rows = sorted({(turn + n * size // count) % size for n in range(count)})
        found = self.real.only(rows)
        return found if self.keys_matter else found.renamed(keys_of(len(rows)))

    # -- money -------------------------------------------------------------------------------------

    @cached_property
    def levers(self) -> Mapping[Path, Fraction]:
        """The numbers that say how much money there is."""
        return self.subject.levers

    def of_quanta(self, count: int) -> dict[Path, Fraction]:
        """Return levers that give some quanta each."""
        return {path: self.subject.quantum_of(path) * count for path in self.levers}

    def with_money(self, case: Case, factor: Fraction) -> Case:
        """Return a case with its levers times a factor, in whole quanta, at least one."""
        moved = {}
        for path, value in self.levers.items():
            quantum = self.subject.quantum_of(path)
            whole = case.numbers.get(path, value) * factor / quantum
            moved[path] = quantum * max(1, round(whole))
        return case.with_numbers(moved)


def keys_of(count: int) -> tuple[str, ...]:
    """Return the keys of tables that are made: few, so that cases share batches."""
    return tuple(f"d{number + 1}" for number in range(count))
