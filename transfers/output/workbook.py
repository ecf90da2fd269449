"""An xlsx workbook, for people: amounts, findings, the balance, and what they were computed from.

Everything is written with its kind: a text stays a text, whatever it begins with.
"""

from __future__ import annotations

from transfers.allocation import Allocation
from transfers.output.book import Book
from transfers.output.sheet_of_amounts import write_amounts
from transfers.output.sheet_of_balance import write_balance
from transfers.output.sheets_of_notes import write_about, write_findings
from transfers.output.view_of_measures import write_measures
from transfers.output.view_of_rules import write_rules


def workbook_bytes(allocation: Allocation, language: str) -> bytes:
    """Return the workbook of an allocation.

    Raises
    ------
    OutputError
        There are more districts or columns than a sheet holds.
    """
    book = Book(language)
    write_amounts(book, allocation)
    write_findings(book, allocation)
    write_balance(book, allocation)
    write_rules(book, allocation)
    write_measures(book, allocation)
    write_about(book, allocation.policy, allocation)
    return book.content()
