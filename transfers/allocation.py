"""An allocation: what every district gets, with findings, residues and the trail behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from fractions import Fraction
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from transfers.block import Block
from transfers.districts import Districts
from transfers.findings import Finding
from transfers.invariants import check_balance
from transfers.notices import clawback_findings, outcome_findings
from transfers.outcome import Outcome
from transfers.payer.balance import Account, Balance, accounts_of, balance_of, undivided
from transfers.payer.notices import settlement_findings
from transfers.policy.policy import Policy
from transfers.policy.rules import DivisionRule
from transfers.readout import next_count, read_column, read_items, read_next
from transfers.solve import solved_finding

if TYPE_CHECKING:
    from transfers.explain import Explanation
    from transfers.explain.portions import Portions
    from transfers.judging import Judged, Margin, RuleResult, RuleStatus
    from transfers.measures import Inequality
    from transfers.messages import Phrase
    from transfers.policy.beside import Beside

Ints = NDArray[np.int64]


class Allocation(Struct, frozen=True, eq=False, dict=True):
    """What one scenario gives every district.

    Attributes
    ----------
    status : "done" or "rejected"
        Rejected: a shortage without a rule to meet it; nobody is paid, `amounts` is empty.
    """

    block: Block
    scenario: int = 0

    def __repr__(self) -> str:
        return f"<Allocation {self.policy.id}: {self.status}, {len(self.keys)} districts>"

    @property
    def policy(self) -> Policy:
        """The policy that was run."""
        return self.block.policy

    @property
    def districts(self) -> Districts:
        """The table it was run on."""
        return self.block.districts

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the districts, in the order of the table."""
        return self.districts.keys

    @property
    def is_changed(self) -> bool:
        """Whether values of the document or figures of districts are not the files'."""
        moved = self.block.moves[self.scenario]
        inputs = any(path[0] == "inputs" for path in moved)
        return bool(self.policy.changes or self.districts.changes or inputs)

    @property
    def status(self) -> Literal["done", "rejected"]:
        """Whether money could be divided as the policy says."""
        return "rejected" if self.scenario in self.block.rejected else "done"

    @cached_property
    def amounts(self) -> dict[str, Ints]:
        """Amounts per grant: (N,) int64, quanta; empty when rejected."""
        if self.status == "rejected":
            return {}
        return {rule.name: self.amounts_of(rule.name) for rule in self.policy.grants}

    def amounts_of(self, name: str) -> Ints:
        """Return the amounts of a grant, or of an output that divides: (N,) int64, quanta."""
        amounts = self.outcome(name).amounts
        assert amounts is not None
        return np.asarray(amounts[self._row(amounts)])

    def _row(self, array: NDArray[Any]) -> int:
        return min(self.scenario, len(array) - 1)

    @cached_property
    def total(self) -> Ints:
        """All grants together, without those another replaces: (N,) int64, quanta."""
        if self.status == "rejected":
            return np.zeros(0, dtype=np.int64)
        return np.asarray(self.block.totals[""][self.scenario])

    @cached_property
    def unspent(self) -> dict[str, int]:
        """Money of each grant that no district took, in quanta."""
        if self.status == "rejected":
            return {}
        return {rule.name: self._unspent(rule.name) for rule in self.policy.grants}

    @cached_property
    def undivided(self) -> dict[str, int]:
        """What is left of `unspent` at the end, in quanta: a later grant may have had it."""
        return {} if self.status == "rejected" else undivided(self.block, self.scenario)

    @cached_property
    def uncollected(self) -> dict[str, int]:
        """Of each levy what was to be collected and falls on nobody, in quanta."""
        if self.status == "rejected":
            return {}
        levies = (rule.name for rule in self.policy.grants if rule.collects)
        rests = {name: self.outcome(name).uncollected for name in levies}
        return {name: int(rest[self._row(rest), 0]) for name, rest in rests.items()}

    @cached_property
    def accounts(self) -> tuple[Account, ...]:
        """What came of each reserve, in quanta; none when rejected."""
        return () if self.status == "rejected" else accounts_of(self.block, self.scenario)

    @cached_property
    def balance(self) -> Balance:
        """Where the money came from and where it is, in quanta; empty when rejected."""
        if self.status == "rejected":
            return Balance()
        balance = balance_of(self.block, self.scenario)
        check_balance(balance)
        return balance

    def _unspent(self, name: str) -> int:
        unspent = self.outcome(name).unspent
        assert unspent is not None
        return int(unspent[self._row(unspent), 0])

    @property
    def budget_left(self) -> int | None:
        """What is left of the budget after all grants, in quanta; None without a budget."""
        left = self.block.left
        return None if left is None else int(left[self._row(left), 0])

    def outcome(self, name: str) -> Outcome:
        """Return the trail of a division: every figure its steps produced."""
        return self.block.outcomes[name]

    @property
    def divisions(self) -> tuple[DivisionRule, ...]:
        """The stages, grants and outputs that divide, in reading order."""
        rules = self.policy.statements
        return tuple(rule for rule in rules if isinstance(rule, DivisionRule))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What there is to say about this allocation; when rejected, why."""
        return self._found(notes=True)

    @cached_property
    def warnings(self) -> tuple[Finding, ...]:
        """What of it asks for somebody's eyes; notes for the record are not worked out for it."""
        known: tuple[Finding, ...] | None = self.__dict__.get("findings")
        found = self._found(notes=False) if known is None else known
        return tuple(each for each in found if each.severity != "note")

    def _found(self, *, notes: bool) -> tuple[Finding, ...]:
        above = self.policy.above
        about_tables = (*(above.findings if above else ()), *self.districts.findings)
        if self.status == "rejected":
            return (*about_tables, *self.block.rejected[self.scenario])
        found: list[Finding] = [*about_tables, *solved_finding(self.block, self.scenario)]
        for rule in self.divisions:
            outcome = self.outcome(rule.name)
            found += outcome_findings(self.block, outcome, self.scenario, notes=notes)
        found += settlement_findings(self.block, self.scenario)
        found += clawback_findings(self.block, self.scenario)
        if self.policy.service_lists:
            from transfers.services.notices import service_findings

            found += service_findings(self.block, self.scenario)
        if any(rule.agencies for rule in self.policy.appraisals):
            from transfers.services.notices import appraisal_findings

            found += appraisal_findings(self.block)
        return (*found, *self._judged.findings()) if self.policy.rules else tuple(found)

    @cached_property
    def rules(self) -> tuple[RuleResult, ...]:
        """What the rules about the outcome came to, in their order; none when rejected."""
        if self.status == "rejected" or not self.policy.rules:
            return ()
        return self._judged.all()

    @cached_property
    def rule_statuses(self) -> tuple[RuleStatus, ...]:
        """Whether each rule is kept, without looking by how much; none when rejected."""
        if self.status == "rejected" or not self.policy.rules:
            return ()
        return self._judged.statuses

    @cached_property
    def _judged(self) -> Judged:
        from transfers.judging import Judged

        return Judged(self.block, self.scenario)

    def rule(self, name: str) -> RuleResult | None:
        """Return what one rule came to, without looking at the others; None when rejected."""
        return None if self.status == "rejected" else self._judged.one(name)

    def promised(self, name: str) -> RuleResult | None:
        """Return what a statement of the document's own promises comes to; None when rejected.

        Raises
        ------
        KeyError
            The document promises no such statement.
        """
        stated = {rule.name: rule.statement for rule in self.policy.promises}[name]
        if stated is None:
            raise KeyError(name)
        if self.status == "rejected":
            return None
        from transfers.judging import judge, told

        return told(self.block, self.scenario, judge(self.block, stated))

    def next_year(self, name: str) -> list[Fraction | str | bool | None]:
        """Return what something becomes in the following year, by the section `next`, exactly.

        Of an input the figure of every district, in its unit (over a list item after item, the
        districts of each); of a column of a list, such as ``services.standard``, that of every
        item; of a parameter one. None where one is missing, and for all when rejected.

        Raises
        ------
        KeyError
            The section says nothing of it.
        """
        rule = {rule.name: rule for rule in self.policy.next}[name]
        if self.status == "rejected":
            return [None] * next_count(self.block, rule)
        return read_next(self.block, self.scenario, rule)

    def worst_margin(self, rule: str) -> Margin | None:
        """Return the comparison that decides a rule, as its result has it; None when rejected."""
        if self.status == "rejected":
            return None
        from transfers.judging import worst_margin

        return worst_margin(self.block, self.scenario, rule)

    @property
    def keeps_hard_rules(self) -> bool:
        """Whether every hard rule holds or does not apply: unknown is not kept."""
        return all(rule.kept for rule in self.rule_statuses if rule.level == "hard")

    @cached_property
    def outputs(self) -> dict[str, list[Fraction | str | bool | None]]:
        """Columns after the grants: exact figures, texts or truths; None where missing.

        Of an output that divides, its amounts in units of money.
        """
        if self.status == "rejected":
            return {}
        return {rule.name: self.column(rule.name) for rule in self.policy.outputs}

    def column(self, name: str) -> list[Fraction | str | bool | None]:
        """Return any named column exactly: an input, a quantity, a grant, an output."""
        everyone = np.arange(len(self.keys), dtype=np.intp)
        return read_column(self.block, self.scenario, name, everyone)

    def items(self, name: str) -> dict[str, list[Fraction | str | bool | None]]:
        """Return a column that has a figure for each item of a list: item -> all districts."""
        return read_items(self.block, self.scenario, name)

    def cell(self, name: str, district: int) -> Fraction | str | bool | None:
        """Return one district's figure of any named column, exactly."""
        return read_column(self.block, self.scenario, name, np.array([district], dtype=np.intp))[0]

    @cached_property
    def prior_input(self) -> str | None:
        """The input with the role `prior`: last year's amount, to be compared with the total."""
        found = [name for name, rule in self.policy.inputs.items() if rule.role == "prior"]
        return found[0] if len(found) == 1 else None

    def prior(self, district: int) -> Fraction | None:
        """Return last year's amount of a district in quanta; None where there is none."""
        name = self.prior_input
        return None if name is None else self._prior_quanta(name, self.cell(name, district))

    def priors(self) -> list[Fraction | None]:
        """Return last year's amounts of all districts in quanta."""
        name = self.prior_input
        if name is None:
            return [None] * len(self.keys)
        return [self._prior_quanta(name, figure) for figure in self.column(name)]

    def _prior_quanta(self, name: str, figure: object) -> Fraction | None:
        if not isinstance(figure, Fraction):
            return None
        unit, money = self.policy.inputs[name].unit, self.policy.money_unit
        scale = Fraction(1) if unit.bare else unit.scale / money.scale
        return self.policy.money.to_quanta(figure * scale)

    def inequality(self, by: str | None = None) -> Inequality | None:
        """Return how unequal resources per head are before and after the transfer.

        None unless one input has the role `own_revenue` and one `population`; `by` names a column
        of texts between whose groups Theil's index is taken apart.
        """
        from transfers.measures import inequality

        return inequality(self, by)

    @cached_property
    def measures(self) -> dict[str, Fraction | None]:
        """The figures that a study asks for, exactly; None where one is missing, or rejected."""
        return {rule.name: self.measure(rule.name) for rule in self.policy.measures}

    def measure(self, name: str) -> Fraction | None:
        """Return one figure that a study asks for, exactly; None where it has none."""
        from transfers.measuring import exact_measure  # only studies have measures

        return exact_measure(self.block, self.scenario, name)

    def written_measure(self, name: str, places: int) -> str | None:
        """Write one figure that a study asks for with so many decimals; None where it has none."""
        from transfers.measuring import written_measure  # only studies have measures

        return written_measure(self.block, self.scenario, name, places)

    def beside(self, name: str, title: str | Phrase | None = None) -> Beside:
        """Return what formulas of other runs can use of this one, as ``name.total``.

        Parameters
        ----------
        name : str
            As formulas write it, such as ``baseline``.
        title : str or Phrase, optional
            What people call this run.
        """
        from transfers.beside import beside  # only studies hold runs against each other

        return beside(self, name, title)

    def explain(self, key: str) -> Explanation:
        """Tell why one district gets what it gets.

        Raises
        ------
        KeyError
            No district has this key (names are accepted where only one has it).
        """
        from transfers.explain import explain

        return explain(self, key)

    def portions(self, grant: str) -> Portions:
        """Return what the amounts of a grant are made of, exactly, for all districts at once.

        Precondition: the allocation is not rejected.
        """
        from transfers.explain.portions import portions_of

        return portions_of(self.block, self.outcome(grant), self.scenario)

    def table(self) -> dict[str, list[Any]]:
        """Return the columns of a data file: key, name, grants, outputs, total, in money units."""
        money = self.policy.money
        table: dict[str, list[Any]] = {"key": list(self.keys), "name": list(self.districts.names)}
        if self.status == "rejected":
            return table
        for name, amounts in self.amounts.items():
            table[name] = [money.in_units(q) for q in amounts.tolist()]
        table.update(self.outputs)
        table["total"] = [money.in_units(q) for q in self.total.tolist()]
        return table

    def to_frame(self) -> Any:
        """Return the table as a pandas frame, or polars where pandas is not installed.

        Amounts are floats in units of money; :attr:`amounts` has them exactly.

        Raises
        ------
        ImportError
            Neither is installed.
        """
        return frame_of(self.table())


def frame_of(table: Mapping[str, Sequence[Any]]) -> Any:
    """Return columns as a pandas frame, or polars where pandas is not installed; in floats.

    Raises
    ------
    ImportError
        Neither is installed.
    """
    columns = {
        name: [float(x) if isinstance(x, Fraction) else x for x in column]
        for name, column in table.items()
    }
    for library in ("pandas", "polars"):
        with suppress(ImportError):
            return import_module(library).DataFrame(columns)
    raise ImportError("to_frame() needs pandas or polars: pip install pandas")
