"""Engines that each make one mistake: what a policy cannot break, a checker must find in these."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from msgspec.structs import replace

from checks.promises import PROMISES
from checks.runs import Case, Paid, Runs
from checks.subject import Subject
from checks.table import Table
from checks.trial import Asked, Judged, judge
from transfers import Policy
from transfers.arithmetic.bounded import Bounded
from transfers.arithmetic.rationals import Rationals


class Spoilt(Paid, frozen=True, eq=False, dict=True):
    """What came of a case, with other amounts of one grant."""

    grant: str = ""
    wrong: tuple[int, ...] = ()

    @property
    def total(self) -> tuple[int, ...]:  # type: ignore[override]
        assert self.batch is not None
        right = self.batch.amounts[self.grant][self.place].tolist()
        whole = self.batch.total[self.place].tolist()
        return tuple(t - r + w for t, r, w in zip(whole, right, self.wrong, strict=True))

    def amounts(self, grant: str) -> tuple[int, ...]:
        return self.wrong if grant == self.grant else super().amounts(grant)


Fault = Callable[[Paid, int], Paid]
"""Spoils what came of a case; the number counts the runs that were made."""


class FaultyRuns(Runs, eq=False):
    """Runs cases, and spoils what comes of them."""

    fault: Fault | None = None
    calls: int = 0

    def run(self, cases: Sequence[Case]) -> list[Paid]:
        assert self.fault is not None
        self.calls += 1
        return [
            self.fault(paid, self.calls) if paid.status != "invalid" else paid
            for paid in super().run(cases)
        ]


def judged_with(fault: Fault, name: str, policy: Policy, table: Table) -> Judged:
    """Hold a promise against an engine that makes a mistake."""
    subject = Subject(policy, table)
    runs = FaultyRuns(policy)
    runs.fault = fault
    subject.__dict__["runs"] = runs
    promise = PROMISES[name]
    asked = Asked(subject, Case(table), promise.tolerance)
    return judge(subject, [promise.trial(asked)])[0]


def moved(paid: Paid, *moves: int, grant: str = "aid") -> Paid:
    """Return what came of a case, with so much more for each of the first districts."""
    if not paid.done:
        return paid
    amounts = list(paid.amounts(grant))
    for row, move in enumerate(moves[: len(amounts)]):
        amounts[row] += move
    return Spoilt(
        *(paid.case, paid.status, paid.batch, paid.place, paid.why, grant, tuple(amounts))
    )


# -- the mistakes ----------------------------------------------------------------------------------


def loses_a_quantum(paid: Paid, _call: int) -> Paid:
    """Tell one less than what nobody got."""
    if paid.done:
        outcomes = paid.allocation.block.outcomes
        unspent = outcomes["aid"].unspent
        assert unspent is not None
        outcomes["aid"] = replace(outcomes["aid"], unspent=unspent - 1)
    return paid


def pays_one_too_much(paid: Paid, _call: int) -> Paid:
    return moved(paid, 1)


def takes_from_the_first(paid: Paid, _call: int) -> Paid:
    """Let the first pay in what the second gets."""
    first = paid.amounts("aid")[0] if paid.done else 0
    return moved(paid, -first - 1, first + 1)


def clips_once(paid: Paid, _call: int) -> Paid:
    """Clip to the cap, then scale everybody up: the first ends above its cap."""
    return moved(paid, 31 - paid.amounts("aid")[0]) if paid.done else paid


def shifts_two(paid: Paid, _call: int) -> Paid:
    return moved(paid, -2, 2)


def finds_nothing(paid: Paid, _call: int) -> Paid:
    """Scale floors, and say nothing."""
    paid.allocation.__dict__["findings"] = ()
    return paid


def tells_half(paid: Paid, _call: int) -> Paid:
    """Tell half of what is short."""
    allocation = paid.allocation
    told = []
    for finding in allocation.findings:
        if finding.margin is not None:
            half = Fraction(str(finding.margin).replace(",", "")) / 2
            finding = replace(finding, margin=str(half))
        told.append(finding)
    allocation.__dict__["findings"] = tuple(told)
    return paid


def first_row_first(paid: Paid, _call: int) -> Paid:
    """Give the odd quantum to the first row, whoever that is."""
    return moved(paid, 1, -1)


def first_key_more(paid: Paid, _call: int) -> Paid:
    """Give two quanta more to the first code."""
    if not paid.done:
        return paid
    row = paid.case.table.keys.index(min(paid.case.table.keys))
    return moved(paid, *([0] * row), 2)


def reads_raw(paid: Paid, _call: int) -> Paid:
    """Take the figures of a column as they stand, in whatever unit they are."""
    figure = paid.case.table.number("roads", 0)
    return moved(paid, int(figure or 0) % 7)


def pays_whom_it_likes(paid: Paid, _call: int) -> Paid:
    """Give one quantum to the last district, eligible or not."""
    count = len(paid.case.table)
    return moved(paid, -1, *([0] * (count - 2)), 1)


def reads_remarks(paid: Paid, _call: int) -> Paid:
    """Be led astray by a column that no rule names."""
    figure = paid.case.table.number("remark", 0)
    return moved(paid, int(figure if figure is not None else 9) % 5)


def explains_in_floats(paid: Paid, _call: int) -> Paid:
    """Add up the parts of an amount in floats, and so misses it by a hair."""
    if not paid.done:
        return paid
    allocation = paid.allocation
    right = allocation.portions

    def portions(grant: str) -> Any:
        found = right(grant)
        floats = {
            name: Rationals.from_fractions([Fraction(float(x)) for x in column.fractions()])
            for name, column in found.parts.items()
        }
        return replace(found, parts=floats)

    allocation.__dict__["portions"] = portions
    return paid


def counts_its_runs(paid: Paid, call: int) -> Paid:
    """Give other amounts with every run, as a dice would."""
    return moved(paid, call % 2)


def figures_of_another_day(paid: Paid, call: int) -> Paid:
    """Pay the same every time, but have other last digits behind the amounts."""
    if paid.done:
        outcomes = paid.allocation.block.outcomes
        right = outcomes["aid"].entitlement
        value = right.value * (1 + call / 2**50)
        wrong = replace(right, bounded=Bounded(value, right.bounded.error))
        outcomes["aid"] = replace(outcomes["aid"], entitlement=wrong)
    return paid


def minds_company(paid: Paid, _call: int) -> Paid:
    """Give one quantum more where there are other scenarios in the batch."""
    return moved(paid, int(paid.batch is not None and len(paid.batch) > 1))


def minds_moves(paid: Paid, _call: int) -> Paid:
    """Give one quantum more where a scenario moves a number, be it to what it was."""
    return moved(paid, int(bool(paid.case.numbers)))


def keeps_the_old_base(paid: Paid, _call: int) -> Paid:
    """Read last year's amounts of the year before, in the second year."""
    if paid.done:
        old = [Fraction(0)] * len(paid.case.table)
        column = paid.allocation.column
        paid.allocation.__dict__["column"] = lambda name: (
            old if name == "last_year" else column(name)
        )
    return paid
