"""The accounts of reserves and the balance of a run, as people read them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from transfers import messages
from transfers.allocation import Allocation
from transfers.arithmetic.decimals import decimal_places, fixed_decimal
from transfers.money import Money
from transfers.output.terminal import table
from transfers.payer.balance import PARTS, BalanceLine

MOST_PLACES: Final = 15
"""Decimals of an amount that has no end, such as a third."""


def has_balance(allocation: Allocation) -> bool:
    """Whether there is more to balance than a budget that was used up."""
    return balances(allocation) or bool(allocation.budget_left)


def balances(allocation: Allocation) -> bool:
    """Whether money comes from elsewhere than the payer's budget: from reserves, from districts."""
    codes = {line.code for line in allocation.balance.lines}
    return bool(codes & {"opening", "contributions"})


def account_parts(allocation: Allocation) -> tuple[str, ...]:
    """Return the columns of the accounts; contributions only where a reserve takes them."""
    into = {rule.contributions for rule in allocation.policy.grants}
    taken = any(account.name in into for account in allocation.accounts)
    return tuple(part for part in PARTS if taken or part != "contributed")


def account_headers(allocation: Allocation, language: str) -> list[str]:
    """Return the headings of the table of accounts."""
    names = ("name", *account_parts(allocation))
    return [messages.text(f"output.account_{name}", language) for name in names]


def account_rows(allocation: Allocation) -> list[list[str]]:
    """Return the accounts as texts, in the unit of money."""
    money, parts = allocation.policy.money, account_parts(allocation)
    return [
        [account.title, *(money.format_for_people(getattr(account, part)) for part in parts)]
        for account in allocation.accounts
    ]


def account_lines(allocation: Allocation, language: str, columns: int) -> list[str]:
    """Return the lines below the table of a terminal: accounts, and what is left of the budget."""
    lines: list[str] = []
    if allocation.accounts:
        headers = account_headers(allocation, language)
        right = [False, *(True for _ in headers[1:])]
        rows = account_rows(allocation)
        lines += ["", table(headers, rows, right=right, columns=columns)]
    if balances(allocation):
        lines.append(balance_line(allocation, language))
    return [*lines, *budget_lines(allocation, language)]


def balance_line(allocation: Allocation, language: str) -> str:
    """Return the balance of a run in one line: what comes in, what goes out or stays."""
    money = allocation.policy.money
    sides = []
    for side in ("in", "out"):
        sums: dict[str, Fraction] = {}
        for line in allocation.balance.of(side):
            sums[line.code] = sums.get(line.code, Fraction(0)) + line.amount
        parts = [
            f"{messages.text(f'output.balance_of_{code}', language)} {_amount(money, amount)}"
            for code, amount in sums.items()
            if amount
        ]
        sides.append(" + ".join(parts) or "0")
    return messages.text("output.balance_line", language, come=sides[0], go=sides[1])


def _amount(money: Money, amount: Fraction) -> str:
    whole = amount.denominator == 1
    return money.format_for_people(amount, money.places if whole else money.places + 4)


def budget_lines(allocation: Allocation, language: str) -> list[str]:
    """Say what is left of the budget beyond the money of grants that nobody took."""
    money = allocation.policy.money
    left = [line.amount for line in allocation.balance.lines if line.code == "left"]
    return [
        messages.text(
            "output.budget_left", language, amount=money.format_for_people(amount), unit=money.unit
        )
        for amount in left
    ]


def line_title(line: BalanceLine, language: str) -> str:
    """Return what people call a line of the balance."""
    code = f"output.balance_{line.code}"
    if line.code in ("excess", "residue") and not line.name:
        code += "_of_budget"
    return messages.text(code, language, title=line.title)


def amount_places(amounts: list[Fraction], money: Money) -> int:
    """Return the decimals that amounts need in the unit of money.

    Parameters
    ----------
    amounts : list of Fraction, quanta
    """
    places = [decimal_places(money.in_units(amount)) for amount in amounts]
    known = (MOST_PLACES if each is None else min(each, MOST_PLACES) for each in places)
    return max(known, default=money.places)


def plain_accounts(allocation: Allocation) -> list[dict[str, Any]]:
    """Return the accounts for a data file: the figures as texts of numbers."""
    money = allocation.policy.money
    return [
        {
            "name": account.name,
            "title": account.title,
            **{part: money.format_quanta(getattr(account, part)) for part in PARTS},
        }
        for account in allocation.accounts
    ]


def plain_balance(allocation: Allocation) -> dict[str, list[dict[str, Any]]]:
    """Return both sides of the balance for a data file."""
    money = allocation.policy.money
    return {
        side: [
            {
                "code": line.code,
                "name": line.name or None,
                "amount": fixed_decimal(
                    money.in_units(line.amount),
                    max(money.places, amount_places([line.amount], money)),
                ),
            }
            for line in allocation.balance.lines
            if line.side == side
        ]
        for side in ("in", "out")
    }
