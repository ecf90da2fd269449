"""Pages and workbooks of answers that are made of tables: lists of services, appraisals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from transfers.output.book import Book
from transfers.output.markdown_file import change_list, escaped
from transfers.output.origin import change_lines
from transfers.output.sheets_of_notes import write_about, write_texts
from transfers.output.table_files import page_table, write_table

if TYPE_CHECKING:
    from transfers.allocation import Allocation
    from transfers.output.tables import Table
    from transfers.policy.policy import Policy


class Section(Struct, frozen=True, eq=False):
    """One answer of a page: its title, what is said in lines, what is listed, its tables.

    Parameters
    ----------
    name : str
        As the document has it.
    heading, listed : str and list of str
        What stands above a list of lines, and the lines.
    sheet : callable
        The code of a text, such as ``sheet_district`` -> what a sheet is called.
    """

    name: str
    title: str
    said: Sequence[str]
    tables: Sequence[Table]
    sheet: Callable[[str], str]
    heading: str = ""
    listed: Sequence[str] = ()


class Pages(Struct, frozen=True, eq=False):
    """Answers as people read them in files, with what was changed and what they rest on."""

    policy: Policy
    allocation: Allocation | None
    sections: Sequence[Section]

    def page(self, language: str) -> bytes:
        """Return a page: of each answer its head, what is listed, every table."""
        changes = change_list(change_lines(self.policy, self.allocation, language))
        lines: list[str] = []
        for number, section in enumerate(self.sections):
            lines += [f"# {escaped(section.title)}", "", *([] if number else changes)]
            for text in section.said:
                lines += [escaped(text), ""]
            if section.listed:
                lines += [escaped(section.heading), ""]
                lines += [*(f"- {escaped(text)}" for text in section.listed), ""]
            for table in section.tables:
                lines += page_table(table)
        return ("\n".join(lines).rstrip("\n") + "\n").encode()

    def book(self, language: str) -> Book:
        """Return a workbook in the making: a sheet for each table of each answer."""
        book = Book(language)
        for section in self.sections:
            prefix = f"{section.name} " if len(self.sections) > 1 else ""
            for table in section.tables:
                write_table(book, table, prefix + section.sheet(f"sheet_{table.code}"))
        return book

    def write_listed(self, book: Book, title: str) -> None:
        """Add the sheet of what is listed, or says that nothing is."""
        rows: list[tuple[str, ...]] = [
            (section.title, text) for section in self.sections for text in section.listed
        ]
        rows = rows or [("", book.label("services.nothing_to_mend"))]
        headers = [book.label("appraise.head_name"), book.label("output.content")]
        write_texts(book, "services.sheet_to_mend", title, headers, rows, frozen=0)

    def workbook(self, book: Book) -> bytes:
        """Return a workbook, closed by the sheet of what it was computed from."""
        write_about(book, self.policy, self.allocation)
        return book.content()
