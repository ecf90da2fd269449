"""An outlook as a Markdown page: the tables of the workbook, in the language asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scenarios.outlook.found import VariantOutlook
from scenarios.outlook.pages.accounts import balance
from scenarios.outlook.pages.growth import growth_table
from scenarios.outlook.pages.report import Report
from scenarios.outlook.pages.rules import rules_table
from scenarios.outlook.pages.side_by_side import by_year, side_by_side
from scenarios.outlook.pages.table import Row, Table, cell_text
from scenarios.outlook.pages.tables import Tables
from transfers.output.markdown_file import escaped, table_lines


def markdown_bytes(report: Report, language: str) -> bytes:
    """Return the page of an outlook: variants side by side, then the years of each."""
    return ("\n".join(_Page(report, language).lines()) + "\n").encode()


class _Page:
    def __init__(self, report: Report, language: str) -> None:
        self.outlook, self.tables = report.outlook, Tables(report, language)

    def lines(self) -> Iterator[str]:
        tables, variants = self.tables, self.outlook.variants
        yield f"# {escaped(self.outlook.study.title)}"
        titled = [each for each in variants if tables.title(each) != tables.name(each)]
        for text in (
            *tables.heading(),
            *(tables.title(each) for each in titled),
            *tables.remarks(),
        ):
            yield from ("", escaped(text))
        yield from self.table(side_by_side(tables), 2)
        if len(variants) > 1:
            for shown in by_year(tables):
                yield from self.table(shown, 2)
        for each in variants:
            yield from self._variant(each)
        found = balance(tables)
        if found is not None:
            yield from self.table(found, 2)
        for text in tables.inequality():
            yield from ("", escaped(text))

    def _variant(self, each: VariantOutlook) -> Iterator[str]:
        """Yield what begins when, the years, growth, districts, rules by year."""
        tables = self.tables
        yield from ("", f"## {escaped(tables.title(each))}")
        yield from self._listed(tables.say("begins_title"), tables.begins(each))
        yield from self._listed(tables.say("why_title"), tables.why(each))
        yield from self.table(tables.years(each, brief=False), 3)
        for shown in (
            growth_table(tables, each),
            tables.districts(each),
            rules_table(tables, [each], named=False),
        ):
            if shown is not None:
                yield from self.table(shown, 3)
        broken = [*tables.broken(each, "hard"), *tables.broken(each, "warn")]
        yield from self._listed(tables.say("broken_title"), broken)

    def _listed(self, title: str, texts: Sequence[str]) -> Iterator[str]:
        """Yield a list below a heading; nothing without any."""
        if texts:
            yield from ("", f"### {escaped(title)}", "")
            yield from (f"- {escaped(text)}" for text in texts)

    def table(self, shown: Table, level: int) -> Iterator[str]:
        """Yield a table below its title and unit."""
        yield from ("", f"{'#' * level} {escaped(shown.title)}")
        if shown.unit:
            yield from ("", escaped(self.tables.unit()))
        rows = [_texts(row) for row in shown.rows]
        total = rows.pop() if shown.has_total else None
        yield ""
        yield from table_lines(
            shown.headers,
            rows,
            right=[not shown.is_text(at) for at in range(len(shown.headers))],
            total=total,
        )
        for note in shown.notes:
            yield from ("", escaped(note))


def _texts(row: Row) -> list[str]:
    """Return the cells of a row; figures stand for themselves, headings are bold."""
    found = [
        escaped(cell.strip()) if isinstance(cell, str) else cell_text(cell) for cell in row.cells
    ]
    if row.look == "heading":
        found[0] = f"**{found[0]}**"
    return found
