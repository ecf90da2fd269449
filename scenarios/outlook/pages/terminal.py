"""An outlook on the terminal: variants side by side, then the years of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scenarios.outlook.found import VariantOutlook
from scenarios.outlook.pages.growth import growth_table
from scenarios.outlook.pages.report import Report
from scenarios.outlook.pages.side_by_side import side_by_side
from scenarios.outlook.pages.table import Row, Table, cell_text
from scenarios.outlook.pages.tables import Tables
from transfers.output.terminal import below_unit, table, that_fit, width, wrapped


def outlook_view(report: Report, language: str, columns: int = 80) -> str:
    """Return all that `outlook` shows."""
    return "\n".join(_View(report, language, columns).lines())


class _View:
    """Lays out the tables of one outlook."""

    def __init__(self, report: Report, language: str, columns: int) -> None:
        self.tables, self.columns = Tables(report, language), columns
        self.outlook = report.outlook

    def lines(self) -> Iterator[str]:
        tables, variants = self.tables, self.outlook.variants
        yield from self.said([self.outlook.study.title, *tables.heading()])
        if len(variants) > 1:
            yield from ("", *self.laid(side_by_side(tables)))
            titled = [each for each in variants if tables.title(each) != tables.name(each)]
            yield from self.said([tables.title(each) for each in titled])
        yield from self.said(tables.remarks())
        for each in variants:
            yield from self._variant(each)
        notes = tables.inequality()
        if notes:
            yield from ("", *self.said(notes))

    def said(self, texts: Iterator[str] | Sequence[str], indent: str = "") -> Iterator[str]:
        """Yield texts, broken into lines."""
        for text in texts:
            for line in wrapped(text, self.columns - len(indent)):
                yield indent + line

    def _variant(self, each: VariantOutlook) -> Iterator[str]:
        """Yield what begins when, the years, growth, rules that are not kept, districts."""
        tables = self.tables
        title = tables.title(each)
        yield from ("", *self.said([title]), "=" * min(width(title), self.columns))
        begins, why = tables.begins(each), tables.why(each)
        yield from self._listed(tables.say("begins_title"), begins)
        yield from self._listed(tables.say("why_title"), why)
        yield from [""] if begins or why else []
        yield from self.laid(tables.years(each, brief=True))
        growth = growth_table(tables, each)
        if growth is not None:
            yield from ("", *self.laid(growth))
        broken = [*tables.broken(each, "hard"), *tables.broken_in_short(each, "warn")]
        if broken:
            yield ""
            yield from self._listed(tables.say("broken_title"), broken)
        elif tables.has_rules(each):
            yield from ("", *self.said([tables.say("all_kept")]))
        districts = tables.districts(each)
        if districts is not None:
            yield from ("", *self.laid(districts))

    def _listed(self, title: str, texts: Sequence[str]) -> Iterator[str]:
        """Yield lines below a heading; nothing without any."""
        if texts:
            yield from self.said([title])
            yield from self.said(texts, "  ")

    # -- tables ------------------------------------------------------------------------------

    def laid(self, shown: Table) -> Iterator[str]:
        """Yield a table below its title; what does not fit beside each other goes below."""
        kept = [
            at
            for at, header in enumerate(shown.headers)
            if (at == 0 or at >= shown.labels) and _says_something(shown, at, header)
        ]
        yield from self.said([shown.title])
        widths = [self._wide(shown, at) for at in kept]
        # A label is broken into lines where the table would not fit, not below a third of a line.
        room = max(self.columns - sum(widths[1:]) - 2 * (len(widths) - 1), self.columns // 3)
        widths[0] = min(widths[0], room)
        for n, some in enumerate(that_fit(widths, self.columns)):
            if n:
                yield ""
            grid = self._grid(shown, [kept[at] for at in some], widths[0])
            unit = self.tables.unit() if shown.unit and not n else ""
            yield from "\n".join(below_unit(grid, unit)).splitlines()
        yield from self.said(shown.notes)

    def _wide(self, shown: Table, at: int) -> int:
        cells = max((width(cell_text(row.cells[at])) for row in shown.rows), default=0)
        return max(cells, min(width(shown.headers[at]), 10))

    def _grid(self, shown: Table, kept: list[int], room: int) -> str:
        rows = [line for row in shown.rows for line in _broken(row, kept, room)]
        total = rows.pop() if shown.has_total else None
        return table(
            [shown.headers[at] for at in kept],
            rows,
            right=[not shown.is_text(at) for at in kept],
            total=total,
            columns=self.columns,
        )


def _says_something(shown: Table, at: int, header: str) -> bool:
    """Tell whether a column has a heading or a cell."""
    return bool(header) or any(cell_text(row.cells[at]) for row in shown.rows)


def _broken(row: Row, kept: list[int], room: int) -> Iterator[list[str]]:
    """Yield a row of texts, and further ones before it for the beginning of a long label."""
    label, *cells = (cell_text(row.cells[at]) for at in kept)
    indent = label[: len(label) - len(label.lstrip())]
    *lines, last = wrapped(label.lstrip(), max(room - width(indent), 1)) or [""]
    for line in lines:
        yield [indent + line, *[""] * len(cells)]
    yield [indent + last, *cells]
