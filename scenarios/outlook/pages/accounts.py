"""Accounts of reserves and the balance of every year, a row for each: as books are kept."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final, Literal

from scenarios.outlook.found import VariantOutlook, YearAnswer
from scenarios.outlook.pages.table import MOST_PLACES, Cell, Row, Table, money_cell, sum_formula
from scenarios.outlook.pages.tables import Tables
from transfers import messages

Side = Literal["in", "out"]

PARTS: Final = ("opening", "inflow", "contributed", "drawn", "returned", "closing")
"""Of an account, in the order in which they are shown."""


def accounts(tables: Tables) -> Table | None:
    """Return a row for each variant, reserve and year: opening, what came and went, closing.

    None without reserves.
    """
    rows = []
    for each, year in _paying(tables):
        for account in year.accounts:
            quanta = (tables.report.quanta(year, getattr(account, part)) for part in PARTS)
            figures = [money_cell(amount, tables.money) for amount in quanta]
            label = (tables.name(each), account.title, str(year.year))
            rows.append(Row((*label, *figures), live=True))
    if not rows:
        return None
    say = tables.say
    headers = [say("variant"), say("account"), say("year_column")]
    headers += [say(f"account_{part}") for part in PARTS]
    live = {8: "=D{r}+E{r}+F{r}-G{r}+H{r}"}
    return Table(say("accounts_title"), tuple(headers), tuple(rows), labels=3, live=live)


def balance(tables: Tables) -> Table | None:
    """Return a row for each variant and year: where money came from, where it went or stays.

    None where no year pays.
    """
    sums = [(each, year, _sums(year)) for each, year in _paying(tables)]
    if not sums:
        return None
    columns: dict[tuple[Side, str], None] = {}
    for side in ("in", "out"):
        for _, _, found in sums:
            columns |= dict.fromkeys(at for at in found if at[0] == side)
    rows = []
    for each, year, found in sums:
        cells: list[Cell] = [tables.name(each), str(year.year)]
        for at in columns:
            amount = tables.report.quanta(year, found.get(at, Fraction(0)))
            cells.append(money_cell(amount, tables.money))
        difference = tables.report.quanta(year, year.allocation.balance.difference)
        rows.append(Row((*cells, money_cell(difference, tables.money)), live=True))
    headers = [tables.say("variant"), tables.say("year_column")]
    for side, code in columns:
        what = messages.text(f"output.balance_of_{code}", tables.language)
        headers.append(tables.say("comes_in" if side == "in" else "goes_out", what=what))
    headers.append(tables.say("difference"))
    come, last = sum(side == "in" for side, _ in columns), len(columns) + 1
    sides = [sum_formula(*ends)[1:] for ends in ((2, come + 1), (come + 2, last))]
    live = {last + 1: f"=ROUND({sides[0]}-{sides[1]},{MOST_PLACES})"}
    return Table(tables.say("balance_title"), tuple(headers), tuple(rows), labels=2, live=live)


def _paying(tables: Tables) -> Iterator[tuple[VariantOutlook, YearAnswer]]:
    for each in tables.outlook.variants:
        for year in each.paying:
            if tables.report.counted(year):
                yield each, year


def _sums(year: YearAnswer) -> dict[tuple[Side, str], Fraction]:
    """Return what there is of each kind on each side of the balance, where it is anything."""
    found: dict[tuple[Side, str], Fraction] = {}
    for line in year.allocation.balance.lines:
        at = line.side, line.code
        found[at] = found.get(at, Fraction(0)) + line.amount
    return {at: amount for at, amount in found.items() if amount}
