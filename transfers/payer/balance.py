"""The balance of a run: where the money came from and where it is, to the last part of a quantum.

What comes in (the budget, or the grants' own money; what districts pay into a purse; opening
balances and inflows of reserves) is what goes out or stays (amounts, penalties and levies kept,
money nobody took, closing balances, and what rounding down to whole quanta leaves).

Method: section 27.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from transfers.policy.rules import BudgetRule, DivisionRule

if TYPE_CHECKING:
    from transfers.block import Block

Side = Literal["in", "out"]


PARTS: Final = ("opening", "inflow", "contributed", "drawn", "returned", "closing")
"""Of an account, in the order in which they are shown."""


class Account(Struct, frozen=True):
    """What came of one reserve, in quanta.

    closing = opening + inflow + contributed - drawn + returned.
    """

    name: str
    title: str
    opening: int
    inflow: int
    contributed: int
    drawn: int
    returned: int
    closing: int


class BalanceLine(Struct, frozen=True):
    """One line of the balance.

    Parameters
    ----------
    code : str
        In: ``budget``, ``pool``, ``contributions``, ``opening``, ``inflow``, ``excess``. Out:
        ``amounts`` (net of penalties), ``paid`` (where penalties went to a purse), ``penalties``,
        ``kept`` (of a levy), ``unspent``, ``left``, ``closing``, ``residue``.
    name, title : str
        Of the grant or reserve; "" for the budget.
    amount : Fraction, quanta
    side : "in" or "out"
    """

    code: str
    name: str
    title: str
    amount: Fraction
    side: Side


class Balance(Struct, frozen=True):
    """The lines of a run; both sides add up to the same."""

    lines: tuple[BalanceLine, ...] = ()

    def of(self, side: Side) -> tuple[BalanceLine, ...]:
        """Return the lines of one side."""
        return tuple(line for line in self.lines if line.side == side)

    def total(self, side: Side) -> Fraction:
        """Return the sum of one side, in quanta."""
        return sum((line.amount for line in self.of(side)), Fraction(0))

    @property
    def difference(self) -> Fraction:
        """What comes in less what goes out or stays: 0, or there is a mistake in the engine."""
        return self.total("in") - self.total("out")


def accounts_of(block: Block, scenario: int) -> tuple[Account, ...]:
    """Return the accounts of all reserves, in the order of the document."""
    return tuple(
        Account(name, ledger.rule.title, *(_one(ledger.part(part), scenario) for part in PARTS))
        for name, ledger in block.accounts.items()
    )


def balance_of(block: Block, scenario: int) -> Balance:
    """Return the balance of one scenario; lines of 0 are left out, but for the chief ones."""
    lines = _Balancing(block, scenario).lines()
    return Balance(tuple(line for line in lines if line.amount or line.code in _CHIEF))


_CHIEF = ("budget", "pool", "contributions", "opening", "amounts", "paid", "closing")


def money_lost(block: Block) -> NDArray[np.int64]:
    """Return what comes in less what goes out or stays, for all scenarios at once, in quanta.

    (S, 1), all 0 unless there is a mistake in the engine. Rejected scenarios mean nothing here.
    """
    lost = np.zeros((block.size, 1), dtype=np.int64)
    if block.budget is not None and block.left is not None:
        lost = lost + block.budget.amount.whole - block.left
    for ledger in block.accounts.values():
        lost = lost + ledger.opening.whole + ledger.inflow.whole - ledger.closing
    budgeted = _budgeted(block)
    replaced = {rule.replaces for rule in block.policy.grants}
    for rule in block.policy.grants:
        outcome = block.outcomes[rule.name]
        amounts, own, unspent = outcome.amounts, outcome.own, outcome.unspent
        assert amounts is not None and own is not None and unspent is not None
        if rule.name in replaced:
            continue
        lost = lost - np.maximum(amounts, 0).sum(axis=-1, keepdims=True)
        if rule.contributions is not None:
            lost = lost + outcome.paid_in
        if rule.name not in budgeted:
            returned = rule.unspent is not None
            lost = lost + own - (np.minimum(unspent, 0) if returned else unspent)
    return lost


def undivided(block: Block, scenario: int) -> dict[str, int]:
    """Return what of each grant's money nobody had in the end, in quanta.

    What stayed in the budget a later grant may have had; what went into a reserve is there.
    """
    left = _one(block.left, scenario) if block.left is not None else 0
    budgeted = _budgeted(block)
    rest: dict[str, int] = {}
    for rule in block.policy.grants:
        unspent = _unspent(block, rule, scenario)
        rest[rule.name] = min(unspent, 0) if rule.unspent is not None else unspent
    for name in reversed(rest):
        if name in budgeted and rest[name] > 0:
            rest[name] = min(rest[name], max(left, 0))
            left -= rest[name]
    return rest


def _budgeted(block: Block) -> set[str]:
    """Return the grants that are paid from the budget: those below it."""
    statements = block.policy.statements
    at = next((i for i, s in enumerate(statements) if isinstance(s, BudgetRule)), len(statements))
    return {s.name for s in statements[at:] if isinstance(s, DivisionRule) and s.paid}


def _one(array: NDArray[np.int64], scenario: int) -> int:
    return int(array[min(scenario, len(array) - 1), 0])


def _unspent(block: Block, rule: DivisionRule, scenario: int) -> int:
    unspent = block.outcomes[rule.name].unspent
    assert unspent is not None
    return _one(unspent, scenario)


class _Balancing:
    """Gathers the lines of one scenario.

    A grant that a later one replaces is left out: with a budget its money went back there;
    without one nobody has to pay it.
    """

    def __init__(self, block: Block, scenario: int) -> None:
        self.block, self.scenario = block, scenario
        self.budgeted = _budgeted(block)
        replaced = {rule.replaces for rule in block.policy.grants}
        self.grants = [rule for rule in block.policy.grants if rule.name not in replaced]

    def lines(self) -> Iterator[BalanceLine]:
        yield from self._money()
        yield from self._excess()
        yield from self._amounts()
        yield from self._untaken()
        yield from self._kept()
        yield from self._residues()

    def _money(self) -> Iterator[BalanceLine]:
        """Yield where money comes from."""
        block = self.block
        if block.budget is not None:
            yield BalanceLine("budget", "", "", block.budget.amount.of(self.scenario), "in")
        for rule in self.grants:
            own = block.outcomes[rule.name].own
            elsewhere = rule.collects or rule.draw is not None or rule.name in self.budgeted
            if own is not None and not elsewhere:
                amount = Fraction(_one(own, self.scenario))
                yield BalanceLine("pool", rule.name, rule.title, amount, "in")
        for rule in self.grants:
            if rule.collects or rule.contributions is not None:
                amount = Fraction(_one(block.outcomes[rule.name].paid_in, self.scenario))
                yield BalanceLine("contributions", rule.name, rule.title, amount, "in")
        for code in ("opening", "inflow"):
            for name, ledger in block.accounts.items():
                exactly = getattr(ledger, code).of(self.scenario)
                yield BalanceLine(code, name, ledger.rule.title, exactly, "in")

    def _excess(self) -> Iterator[BalanceLine]:
        """Yield what rounding half up paid beyond all money."""
        for rule in self.grants:
            beyond = -_unspent(self.block, rule, self.scenario)
            if rule.name not in self.budgeted and beyond > 0:
                yield BalanceLine("excess", rule.name, rule.title, Fraction(beyond), "in")
        if self.block.left is not None and (left := _one(self.block.left, self.scenario)) < 0:
            yield BalanceLine("excess", "", "", Fraction(-left), "in")

    def _amounts(self) -> Iterator[BalanceLine]:
        """Yield what districts get, and what of penalties and levies stays with the payer.

        A penalty that stays lowers what its district gets; what is paid into a purse came in.
        """
        kept = []
        for rule in self.grants:
            outcome = self.block.outcomes[rule.name]
            assert outcome.amounts is not None
            row = outcome.amounts[min(self.scenario, len(outcome.amounts) - 1)].tolist()
            stays = Fraction(_one(outcome.paid_in, self.scenario))
            paid = sum(amount for amount in row if amount > 0)
            if rule.contributions is not None and not rule.collects:
                yield BalanceLine("paid", rule.name, rule.title, Fraction(paid), "out")
            elif not rule.collects:
                yield BalanceLine("amounts", rule.name, rule.title, paid - stays, "out")
            if rule.contributions is None:
                code = "kept" if rule.collects else "penalties"
                kept.append(BalanceLine(code, rule.name, rule.title, stays, "out"))
        yield from kept

    def _untaken(self) -> Iterator[BalanceLine]:
        """Yield what nobody took, and what else is left of the budget."""
        rest = undivided(self.block, self.scenario)
        titles = {rule.name: rule.title for rule in self.block.policy.grants}
        named = [rule.name for rule in self.grants if rule.name not in self.budgeted]
        named += [name for name in rest if name in self.budgeted]
        told = 0
        for name in named:
            if rest[name] > 0:
                yield BalanceLine("unspent", name, titles[name], Fraction(rest[name]), "out")
                told += rest[name] if name in self.budgeted else 0
        if self.block.left is not None:
            left = max(_one(self.block.left, self.scenario), 0)
            yield BalanceLine("left", "", "", Fraction(left - told), "out")

    def _kept(self) -> Iterator[BalanceLine]:
        for account in accounts_of(self.block, self.scenario):
            amount = Fraction(account.closing)
            yield BalanceLine("closing", account.name, account.title, amount, "out")

    def _residues(self) -> Iterator[BalanceLine]:
        """Yield what rounding down to whole quanta leaves of the formulas."""
        budget = self.block.budget
        if budget is not None:
            rest = budget.amount.of(self.scenario) - _one(budget.amount.whole, self.scenario)
            yield BalanceLine("residue", "", "", rest, "out")
        for name, ledger in self.block.accounts.items():
            rest = sum(
                (
                    each.of(self.scenario) - _one(each.whole, self.scenario)
                    for each in (ledger.opening, ledger.inflow)
                ),
                Fraction(0),
            )
            yield BalanceLine("residue", name, ledger.rule.title, rest, "out")
