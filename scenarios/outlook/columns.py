"""The columns of data files: amounts by variant, year and district; accounts of every year."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from scenarios.outlook.found import BUDGET, Outlook, VariantOutlook, YearAnswer
from transfers.money import Money
from transfers.output.columns import DataColumn, mantissa_of

Row = tuple[VariantOutlook, YearAnswer]


def data_columns(outlook: Outlook) -> list[DataColumn]:
    """Return ``variant,year,key,name,<grants>,total``: years that pay, in units of money.

    The grants of all years and variants; blank where there is none of that name.
    """
    rows = _paying(outlook)
    counts = [len(answer.allocation.keys) for _, answer in rows]
    repeated = list(zip(rows, counts, strict=True))
    places = _places(outlook)
    grants = []
    for name in outlook.grants:
        cells: list[str | bool | int | None] = []
        for (_, answer), count in repeated:
            amounts = answer.allocation.amounts.get(name)
            money = answer.allocation.policy.money
            cells += [None] * count if amounts is None else _money(amounts.tolist(), money, places)
        grants.append(DataColumn(name, "number", cells, places))
    totals: list[str | bool | int | None] = []
    for _, answer in rows:
        allocation = answer.allocation
        totals += _money(allocation.total.tolist(), allocation.policy.money, places)
    return [
        DataColumn(
            "variant", "text", [each.id for (each, _), count in repeated for _ in range(count)]
        ),
        DataColumn("year", "number", [a.year for (_, a), count in repeated for _ in range(count)]),
        DataColumn("key", "text", [key for _, a in rows for key in a.allocation.keys]),
        DataColumn(
            "name", "text", [name for _, a in rows for name in a.allocation.districts.names]
        ),
        *grants,
        DataColumn("total", "number", totals, places),
    ]


class AccountYear(Struct, frozen=True):
    """One account in one year, in quanta: opening + inflow - draw = closing."""

    name: str
    opening: Fraction
    inflow: int
    closing: int

    @property
    def draw(self) -> Fraction:
        """What went out."""
        return self.opening + self.inflow - self.closing


def accounts_of_year(answer: YearAnswer) -> list[AccountYear]:
    """Return the accounts of a year that pays: of the budget, then of each reserve.

    Into a reserve comes its inflow, what districts pay in and what is put back; what goes out of
    the budget is paid, or put into a reserve.
    """
    found = []
    budget = answer.payable_budget
    if budget is not None:
        found.append(AccountYear(BUDGET, budget, 0, answer.budget_left or 0))
    for account in answer.accounts:
        came = account.inflow + account.contributed + account.returned
        found.append(AccountYear(account.name, Fraction(account.opening), came, account.closing))
    return found


def account_columns(outlook: Outlook) -> list[DataColumn]:
    """Return ``variant,year,account,opening,inflow,draw,closing``, in units of money."""
    rows = [
        (each, answer, account)
        for each, answer in _paying(outlook)
        for account in accounts_of_year(answer)
    ]
    places = _places(outlook)
    figures = []
    for part in ("opening", "inflow", "draw", "closing"):
        cells: list[str | bool | int | None] = [
            mantissa_of(answer.allocation.policy.money.in_units(getattr(account, part)), places)
            for _, answer, account in rows
        ]
        figures.append(DataColumn(part, "number", cells, places))
    return [
        DataColumn("variant", "text", [each.id for each, _, _ in rows]),
        DataColumn("year", "number", [answer.year for _, answer, _ in rows]),
        DataColumn("account", "text", [account.name for _, _, account in rows]),
        *figures,
    ]


def _paying(outlook: Outlook) -> list[Row]:
    return [(each, answer) for each in outlook.variants for answer in each.paying]


def _places(outlook: Outlook) -> int:
    monies = (answer.allocation.policy.money for _, answer in _paying(outlook))
    return max((money.places for money in monies), default=0)


def _money(quanta: list[int], money: Money, places: int) -> list[int]:
    each = mantissa_of(money.quantum, places)
    return [amount * each for amount in quanta]
