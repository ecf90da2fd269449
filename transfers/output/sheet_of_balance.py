"""The sheet of the balance: where the money came from, where it is, and the accounts of reserves.

Sums, the difference and closing balances are live formulas.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from transfers.allocation import Allocation
from transfers.arithmetic.decimals import fixed_decimal
from transfers.output.accounts import (
    account_headers,
    account_parts,
    amount_places,
    has_balance,
    line_title,
)
from transfers.output.book import FIRST, MOST_DIGITS, UNIT, Book, fitting, short
from transfers.output.columns import mantissa_of
from transfers.output.sheet_of_amounts import STAR
from transfers.output.views import unit_line

_WIDTH: Final = 16
_COLUMNS: Final = "ABCDEFG"


def write_balance(book: Book, allocation: Allocation) -> None:
    """Add the sheet, where there are reserves or anything is left of a budget."""
    if has_balance(allocation):
        _Sheet(book, allocation).write()


class _Sheet:
    """Writes the sheet."""

    def __init__(self, book: Book, allocation: Allocation) -> None:
        self.book, self.allocation = book, allocation
        self.lines, self.money = allocation.balance.lines, allocation.policy.money
        amounts = [line.amount for line in self.lines]
        self.places = max(self.money.places, amount_places(amounts, self.money))
        totals = [allocation.balance.total("in"), *amounts]
        largest = max(abs(mantissa_of(self.money.in_units(x), self.places)) for x in totals)
        # A spreadsheet keeps 15 digits; what has more is an exact text, and so are its sums.
        self.long = largest >= 10**MOST_DIGITS
        decimals = f".{'0' * self.places}" if self.places else ""
        self.pattern = f"#,##0{decimals}"
        titles = [line_title(line, book.language) for line in self.lines]
        headers = [book.label(f"output.balance_{name}") for name in ("item", "in", "out")]
        widths = [fitting([headers[0], *titles]), _WIDTH, _WIDTH]
        title = book.label("output.balance_title")
        self.sheet = book.sheet("output.sheet_balance", title, headers, widths, frozen=1)
        self.parts = account_parts(allocation)
        self.sheet.set_column(len(widths), len(self.parts), _WIDTH)
        self.titles = titles

    def write(self) -> None:
        """Write the lines, both sums and the difference, then the accounts."""
        book = self.book
        unit = unit_line(self.allocation, book.language)
        self.sheet.write_string(UNIT, 2, short(unit), book.format(align="right"))
        plain = book.cell(text_wrap=True)
        for row, (line, title) in enumerate(zip(self.lines, self.titles, strict=True), start=FIRST):
            self.sheet.write_string(row, 0, short(title), plain)
            for column, side in ((1, "in"), (2, "out")):
                if line.side == side:
                    self._figure(row, column, line.amount)
                else:
                    self.sheet.write_blank(row, column, None, plain)
        last = FIRST + len(self.lines)
        self._sums(last)
        if self.allocation.accounts:
            self._accounts(last + 4)

    def _sums(self, row: int) -> None:
        bold = self.book.cell(bold=True)
        self.sheet.write_string(row, 0, self.book.label("command.total_row"), bold)
        for column in (1, 2):
            name = _COLUMNS[column]
            formula = f"=SUM({name}{FIRST + 1}:{name}{row})"
            side = self.allocation.balance.total("in" if column == 1 else "out")
            self._figure(row, column, side, formula, bold=True)
        self.sheet.write_string(row + 1, 0, self.book.label("output.balance_difference"), bold)
        self.sheet.write_blank(row + 1, 1, None, bold)
        formula = f"=ROUND(B{row + 1}-C{row + 1},{self.places})"
        self._figure(row + 1, 2, self.allocation.balance.difference, formula, bold=True)

    def _accounts(self, row: int) -> None:
        """Write a line per reserve; its closing balance is computed from the others."""
        head = self.book.cell(bold=True, align="center", text_wrap=True, bg_color="#F2F2F2")
        for column, header in enumerate(account_headers(self.allocation, self.book.language)):
            self.sheet.write_string(row, column, header, head)
        plain = self.book.cell(text_wrap=True)
        for at, account in enumerate(self.allocation.accounts, start=row + 1):
            self.sheet.write_string(at, 0, short(account.title), plain)
            for column, part in enumerate(self.parts, start=1):
                formula = self._closing(at + 1) if part == "closing" else None
                self._figure(at, column, Fraction(getattr(account, part)), formula)

    def _closing(self, row: int) -> str:
        """Return the formula of a closing balance: what came in less what was drawn."""
        signs = zip(self.parts[:-1], _COLUMNS[1:], strict=False)
        return "=" + "".join(
            f"{'-' if part == 'drawn' else '+' if column != 'B' else ''}{column}{row}"
            for part, column in signs
        )

    def _figure(
        self, row: int, column: int, quanta: Fraction, formula: str | None = None, **style: Any
    ) -> None:
        amount = self.money.in_units(quanta)
        if self.long:
            text = fixed_decimal(amount, self.places, ",") + STAR
            cell = self.book.cell(align="right", num_format="@", **style)
            self.sheet.write_string(row, column, short(text), cell)
        elif formula is None:
            cell = self.book.cell(num_format=self.pattern, **style)
            self.sheet.write_number(row, column, float(amount), cell)
        else:
            cell = self.book.cell(num_format=self.pattern, **style)
            self.sheet.write_formula(row, column, formula, cell, float(amount))
