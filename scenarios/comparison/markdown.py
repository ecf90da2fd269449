"""A comparison as a Markdown page."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.comparison.dispersion import dispersion
from scenarios.comparison.report import Report, told
from scenarios.comparison.rules import rules_table
from scenarios.comparison.tables import Column, Table, Tables
from scenarios.comparison.texts import (
    LEFT,
    cell_texts,
    heading,
    remarks,
    unit_line,
)
from transfers import messages
from transfers.messages import Phrase
from transfers.output.markdown_file import escaped, table_lines


def markdown_bytes(report: Report, language: str) -> bytes:
    """Return the page: one glance, districts by variants, where changes come from."""
    return ("\n".join(_Page(report, language).lines()) + "\n").encode()


class _Page:
    def __init__(self, report: Report, language: str) -> None:
        self.report, self.comparison, self.language = report, report.comparison, language
        self.tables = Tables(report.comparison, language)

    def lines(self) -> Iterator[str]:
        comparison = self.comparison
        yield f"# {escaped(comparison.run.study.title)}"
        for text in heading(comparison, self.language):
            yield from ("", escaped(text))
        yield from self.table(self.tables.glance())
        for compared in comparison.variants:
            if compared.title != compared.id:
                yield from ("", escaped(f"{compared.id}: {compared.title}"))
        for text in remarks(comparison, self.language):
            yield from ("", escaped(text))
        if self.tables.paying:
            yield from self.table(self.tables.side_by_side(self.tables.paying, brief=True))
        for compared in self.tables.paying:
            yield from self.table(self.tables.one(compared, brief=False))
        rules = rules_table(self.tables)
        for shown in (rules, self.tables.measures()):
            if shown is not None:
                yield from self.table(shown)
        if comparison.by is not None and self.tables.paying:
            yield from self.table(self.tables.groups(comparison.by))
        found = dispersion(comparison)
        if found is not None:
            yield from self.table(self.tables.dispersion(found, found.variants))
        for section in self.report.breakdowns:
            yield from self._section(section)

    def table(self, shown: Table, level: int = 2) -> Iterator[str]:
        """Yield a table below its title and unit."""
        yield from ("", f"{'#' * level} {escaped(shown.title)}")
        if shown.unit:
            unit = unit_line(self.comparison, self.language, per_head=shown.per_head)
            yield from ("", escaped(unit))
        texts = [cell_texts(column, self.comparison, self.language) for column in shown.columns]
        *rows, total = zip(*texts, strict=True)
        yield ""
        yield from table_lines(
            [column.header for column in shown.columns],
            [[_cell(c, text) for c, text in zip(shown.columns, row, strict=True)] for row in rows],
            right=[column.kind not in LEFT for column in shown.columns],
            total=total if shown.total else None,
        )

    def _section(self, section: str) -> Iterator[str]:
        yield from ("", f"## {escaped(self.tables.say(f'{section}_title'))}")
        yield from ("", escaped(self.tables.say(f"{section}_note")))
        for breakdown in self.report.breakdowns[section]:
            compared = breakdown.compared
            shown = told(section, breakdown, self.comparison)
            said: list[Phrase | str] = [*breakdown.lacking, *breakdown.notes]
            if shown.in_words is None:
                titles = [messages.said(each, self.language) for each in shown.titles]
                yield from self.table(self.tables.parts(shown, titles, brief=True), 3)
            else:
                title = self.tables.say("of_one", id=compared.id, title=compared.title)
                yield from ("", f"### {escaped(title)}")
                said += [shown.in_words] if shown.in_words else []
            for phrase in said:
                yield from ("", escaped(messages.said(phrase, self.language)))


def _cell(column: Column, text: str) -> str:
    return escaped(text) if column.kind in ("text", "said") else text
