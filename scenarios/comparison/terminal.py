"""A comparison on the terminal: one glance per variant, then districts by variants."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from scenarios.comparison.compared import Compared
from scenarios.comparison.dispersion import dispersion
from scenarios.comparison.report import Report, told
from scenarios.comparison.tables import Table, Tables
from scenarios.comparison.texts import (
    LEFT,
    cell_texts,
    heading,
    remarks,
    rule_cell,
    rules_by_answer,
    unit_line,
)
from transfers import messages
from transfers.output.terminal import below_unit, padded, table, width, wrapped

WIDEST_HEADER: Final = 12
"""Of a part of a change, in columns; longer names stand in a legend."""


def comparison_view(report: Report, language: str, columns: int = 80) -> str:
    """Return all that `compare` shows."""
    return "\n".join(_View(report, language, columns).lines())


class _View:
    """Lays out the tables of one comparison."""

    def __init__(self, report: Report, language: str, columns: int) -> None:
        self.report, self.comparison = report, report.comparison
        self.language, self.columns = language, columns
        self.tables = Tables(report.comparison, language)

    def lines(self) -> Iterator[str]:
        comparison = self.comparison
        yield comparison.run.study.title
        for text in heading(comparison, self.language):
            yield from wrapped(text, self.columns)
        yield ""
        yield from self.laid(self.tables.glance())
        yield from self._titles()
        for text in remarks(comparison, self.language):
            yield from wrapped(text, self.columns)
        yield from self._districts()
        yield from self._rules()
        measures = self.tables.measures()
        if measures is not None:
            yield from ("", *self.titled(measures))
        if comparison.by is not None and self.tables.paying:
            yield from ("", *self.titled(self.tables.groups(comparison.by)))
        yield from self._dispersion()
        for section in self.report.breakdowns:
            yield from self._section(section)

    # -- laying out ----------------------------------------------------------------------------

    def grid(self, shown: Table) -> str:
        """Lay out a table."""
        texts = [cell_texts(column, self.comparison, self.language) for column in shown.columns]
        rows = list(zip(*(column[:-1] for column in texts), strict=True))
        return table(
            [column.header for column in shown.columns],
            rows,
            right=[column.kind not in LEFT for column in shown.columns],
            total=[column[-1] for column in texts] if shown.total else None,
            columns=self.columns,
        )

    def laid(self, shown: Table) -> list[str]:
        """Return a table with the unit above its right end."""
        grid = self.grid(shown)
        per_head = shown.per_head
        unit = unit_line(self.comparison, self.language, per_head=per_head) if shown.unit else ""
        return below_unit(grid, unit)

    def titled(self, shown: Table) -> list[str]:
        """Return a table below its title."""
        return [*wrapped(shown.title, self.columns), *self.laid(shown)]

    def fitting(
        self, variants: Sequence[Compared], make: Callable[[list[Compared]], Table]
    ) -> Iterator[Table]:
        """Yield tables of as many variants each as fit beside each other."""
        some: list[Compared] = []
        for compared in variants:
            grid = self.grid(make([*some, compared]))
            if some and max(map(width, grid.splitlines())) > self.columns:
                yield make(some)
                some = []
            some.append(compared)
        if some:
            yield make(some)

    # -- the parts of the view -----------------------------------------------------------------

    def _titles(self) -> Iterator[str]:
        """Yield what the ids mean."""
        for compared in self.comparison.variants:
            if compared.title != compared.id:
                yield from wrapped(f"{compared.id}: {compared.title}", self.columns)

    def _districts(self) -> Iterator[str]:
        """Yield the table of districts: one variant in full, several side by side."""
        paying = self.tables.paying
        if len(paying) == 1:
            yield from ("", *self.laid(self.tables.one(paying[0], brief=True)))
            return
        for shown in self.fitting(paying, lambda some: self.tables.side_by_side(some, brief=True)):
            yield from ("", *self.laid(shown))

    def _rules(self) -> Iterator[str]:
        """Yield what rules and constraints came to under every answer."""
        found = rules_by_answer(self.comparison)
        if not found:
            return
        yield from ("", self.tables.say("rules_title"))
        names = self.tables.headings()
        room = max(map(width, names))
        for first, *others in found:
            result = next(each for each in (first, *others) if each is not None)
            level = messages.text(f"rules.{result.level}", self.language)
            yield from wrapped(f"{result.title} ({level})", self.columns)
            for name, each in zip(names, (first, *others), strict=True):
                named = padded(name, room, right=False)
                yield f"  {named}  {rule_cell(each, self.language)}"

    def _dispersion(self) -> Iterator[str]:
        """Yield measures of inequality; nothing without revenue and people."""
        found = dispersion(self.comparison)
        if found is None:
            return
        yield ""
        yield from wrapped(found.heading(self.language), self.columns)
        for shown in self.fitting(found.variants, lambda some: self.tables.dispersion(found, some)):
            yield self.grid(shown)

    def _section(self, section: str) -> Iterator[str]:
        """Yield the changes of every variant taken apart; why not, where they cannot be."""
        yield from ("", self.tables.say(f"{section}_title"))
        yield from wrapped(self.tables.say(f"{section}_note"), self.columns)
        for breakdown in self.report.breakdowns[section]:
            compared = breakdown.compared
            title = self.tables.say("of_one", id=compared.id, title=compared.title)
            yield from ("", *wrapped(title, self.columns))
            for phrase in (*breakdown.lacking, *breakdown.notes):
                yield from wrapped(messages.said(phrase, self.language), self.columns)
            shown = told(section, breakdown, self.comparison)
            if shown.in_words is not None:
                said = messages.said(shown.in_words, self.language)
                yield from wrapped(said, self.columns) if said else ()
                continue
            headers, legend = shown.headers(self.language, WIDEST_HEADER)
            for text in legend:
                yield from wrapped(text, self.columns)
            yield from self.laid(self.tables.parts(shown, headers, brief=True))
