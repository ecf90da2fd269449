"""The tables of one variant: its years side by side, its districts by years."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import Final, Literal
from unicodedata import normalize

from msgspec.structs import replace

from scenarios.comparison.comparing import TOTAL
from scenarios.comparison.texts import measure_text
from scenarios.outlook.found import VariantOutlook, YearAnswer
from scenarios.outlook.growth import average_growth
from scenarios.outlook.pages.grown import Figures, Grown, average_cell
from scenarios.outlook.pages.table import (
    NOTHING,
    Cell,
    Row,
    Table,
    change_cell,
    count_cell,
    figure_cell,
    inequality_cell,
    money_cell,
    percent_cell,
    sum_formula,
)
from scenarios.outlook.pages.words import Words
from transfers.output.book import column_name

SPREAD: Final = ("cv_weighted", "gini")
"""Measures of inequality that are told."""

FLOWS: Final = ("inflow", "contributed", "drawn", "returned")
"""Parts of an account that years add up."""


class Tables(Words):
    """Makes the tables of one outlook in one language."""

    # -- the years of one variant ------------------------------------------------------------

    def years(self, each: VariantOutlook, *, brief: bool) -> Table:
        """Return what came of the years of a variant, a column for each.

        Parameters
        ----------
        brief : bool
            Without each grant, growth and a second measure of inequality, as a terminal has room
            for.
        """
        rows = [
            *self._states(each),
            *self._money_rows(each, brief=brief),
            *self._reserves(each),
            *self._rule_counts(each),
            *self._inequality(each, SPREAD[:1] if brief else SPREAD),
            *self._measures(each, brief=brief),
        ]
        count = len(self.outlook.years)
        headers = (self.say("item"), self.say("unit_column"), *map(self.year, self.outlook.years))
        headers = (*headers, self.say("sum"), self.say("average"))
        if brief:
            headers = headers[:-1]
            rows = [replace(row, cells=row.cells[:-1]) for row in rows]
        return Table(
            self.say("years_title"),
            headers,
            tuple(rows),
            labels=2,
            notes=self._partial(each),
            live={count + 2: sum_formula(2, count + 1)},
        )

    def _partial(self, each: VariantOutlook) -> tuple[str, ...]:
        """Say that sums lack the years without a result, where there are any."""
        return () if each.ended is None else (self.say("sums_partial"),)

    def row(
        self,
        label: str,
        unit: str,
        cells: Sequence[Cell],
        total: Cell = "",
        average: Cell = "",
        *,
        live: bool = False,
    ) -> Row:
        """Return a row of a table of years."""
        return Row((label, unit, *cells, total, average), live=live)

    def _heading(self, label: str) -> Row:
        return Row((label, "", *[""] * len(self.outlook.years), "", ""), "heading")

    def _states(self, each: VariantOutlook) -> Iterator[Row]:
        """Yield what came of each year, where there is one without a result."""
        if each.ended is not None:
            row = self.row(self.say("status"), "", [self.status(year) for year in each.years])
            ended = (2 + at for at, year in enumerate(each.years) if not year.done)
            yield replace(row, marked=frozenset(ended))

    def _amounts(self, label: str, quanta: Figures, *, grows: bool = False) -> Row:
        """Return a row of amounts that years add up."""
        known = [figure for figure in quanta if figure is not None]
        total = money_cell(sum(known, Fraction(0)), self.money) if known else NOTHING
        average = percent_cell(average_growth(quanta)) if grows else ""
        cells = [money_cell(figure, self.money) for figure in quanta]
        return self.row(label, self.money.unit, cells, total, average, live=True)

    def _money_rows(self, each: VariantOutlook, *, brief: bool) -> Iterator[Row]:
        """Yield what comes from above, the budget, what is paid, and what is left."""
        report, years = self.report, each.years
        above = [report.quanta(year, year.from_above) for year in years]
        if any(amount is not None for amount in above):
            yield self._amounts(self.say("from_above"), above, grows=True)
        budgets = self.budgets(each)
        if any(budget is not None for budget in budgets):
            yield self._amounts(self.say("budget"), budgets, grows=True)
        yield self._amounts(self.say("paid"), self.paid(each), grows=True)
        if not brief and len(report.grants) > 1:
            for name, title in report.grants.items():
                amounts = [report.paid(year, name) for year in years]
                if any(amount is not None for amount in amounts):
                    yield self._amounts(self.say("of_which", title=title), amounts, grows=True)
        yield from self._unpaid(each, brief=brief)
        left = [report.quanta(year, year.budget_left) for year in years]
        if any(amount is not None for amount in left):
            yield self._amounts(self.say("left"), left)

    def _unpaid(self, each: VariantOutlook, *, brief: bool) -> Iterator[Row]:
        """Yield what is due by claims and is not paid, where there is any in some year."""
        report, years = self.report, each.years
        amounts = {
            name: [report.unpaid(year, name) for year in years] for name in (TOTAL, *report.grants)
        }
        short = {name: found for name, found in amounts.items() if any(found)}
        for name, found in short.items():
            if name == TOTAL:
                row = self._amounts(self.say("unpaid"), found)
                marked = frozenset(2 + at for at, amount in enumerate(found) if amount)
                yield replace(row, marked=marked)
            elif not brief and len(report.grants) > 1:
                title = self.say("of_which", title=report.grants[name])
                yield self._amounts(title, found)

    def budgets(self, each: VariantOutlook) -> list[Fraction | None]:
        """Return the budget of every year, in quanta."""
        return [self.report.budget(year) for year in each.years]

    def paid(self, each: VariantOutlook) -> list[Fraction | None]:
        """Return what is paid in every year, in quanta."""
        return [self.report.paid(year) for year in each.years]

    def part(self, each: VariantOutlook, reserve: str, part: str) -> list[Fraction | None]:
        """Return one part of an account, year by year, in quanta."""
        found = [(year, self.report.account(year, reserve)) for year in each.years]
        return [
            None if account is None else self.report.quanta(year, getattr(account, part))
            for year, account in found
        ]

    def _reserves(self, each: VariantOutlook) -> Iterator[Row]:
        """Yield opening, what came and went, and closing of each reserve."""
        for name, title in self.report.reserves.items():
            if all(figure is None for figure in self.part(each, name, "closing")):
                continue
            yield self._heading(title)
            for part in ("opening", *FLOWS, "closing"):
                figures = self.part(each, name, part)
                if part == "contributed" and not any(figures):
                    continue
                if part in FLOWS:
                    yield self._amounts(self.say(part), figures)
                else:
                    cells = [money_cell(figure, self.money) for figure in figures]
                    yield self.row(self.say(part), self.money.unit, cells)

    def _rule_counts(self, each: VariantOutlook) -> Iterator[Row]:
        """Yield how many rules are not kept, those of each level that there are."""
        if not self.has_rules(each):
            return
        yield self._heading(self.say("rules"))
        for level in ("hard", "warn"):
            if any(rule.level == level for year in each.paying for rule in year.rule_statuses):
                counts = [self.not_kept(year, level) for year in each.years]
                label = self.say(f"{level}_broken")
                row = self.row(label, self.say("rules_unit"), [count_cell(n) for n in counts])
                yield replace(row, marked=frozenset(2 + at for at, n in enumerate(counts) if n))

    def not_kept(self, year: YearAnswer, level: str) -> int | None:
        """Return how many rules of a level a year does not keep."""
        if not year.done:
            return None
        return sum(rule.level == level and not rule.kept for rule in year.rule_statuses)

    def _inequality(self, each: VariantOutlook, codes: Sequence[str]) -> Iterator[Row]:
        """Yield how unequal resources per head are, before and after."""
        if not any(year.inequality for year in each.paying):
            return
        yield self._heading(self.say("inequality"))
        for code in codes:
            for when in ("before", "after"):
                cells = [inequality_cell(self.spread(year, code, when)) for year in each.years]
                yield self.row(self.say(when, title=self.say(code)), "", cells)

    def spread(self, year: YearAnswer, code: str, when: Literal["before", "after"]) -> float | None:
        """Return a measure of inequality in a year."""
        if year.inequality is None:
            return None
        figure: float | None = getattr(year.inequality[code], when)
        return figure

    # -- measures and growth -----------------------------------------------------------------

    def measure(self, year: YearAnswer, name: str) -> Cell:
        """Return a measure of a year, as the study has it written."""
        if year.answer is None:
            return NOTHING
        entry = self.outlook.study.model.measures[name]
        text = measure_text(year.answer, name, entry.digits)
        return figure_cell(year.measures.get(name), None if text == NOTHING else text)

    def title_of_measure(self, name: str, *, unit: bool) -> str:
        """Return what a measure is called, with its unit if asked for."""
        entry = self.outlook.study.model.measures[name]
        title = entry.title or name
        if unit and entry.unit:
            return self.say("with_unit", title=title, unit=entry.unit)
        return title

    def is_ratio(self, name: str) -> bool:
        """Tell whether a measure is a percentage."""
        return normalize("NFKC", self.outlook.study.model.measures[name].unit or "").strip() == "%"

    def _measures(self, each: VariantOutlook, *, brief: bool) -> Iterator[Row]:
        """Yield the measures of the study, with their growth in a year on average."""
        measures = self.outlook.study.model.measures
        if not measures:
            return
        yield self._heading(self.say("measures"))
        for name, entry in measures.items():
            title = self.title_of_measure(name, unit=brief)
            cells = [self.measure(year, name) for year in each.years]
            average = "" if self.is_ratio(name) else self.average_of(each, name)
            label = self.say("indented", title=title)
            yield self.row(label, entry.unit or "", cells, "", average)

    def grown(self, each: VariantOutlook, name: str) -> Grown:
        """Return a measure over the years, with what it is called beside others that grow."""
        title, ratio = self.title_of_measure(name, unit=False), self.is_ratio(name)
        if ratio:
            title = self.say("with_unit", title=title, unit=self.say("points"))
        return Grown(title, each.measure(name), ratio)

    def average_of(self, each: VariantOutlook, name: str) -> Cell:
        """Return the growth of a measure, or its change in points, in a year on average."""
        return average_cell(self.grown(each, name))

    # -- districts by years ------------------------------------------------------------------

    def districts(self, each: VariantOutlook) -> Table | None:
        """Return what each district gets, a column per year; None where no year pays."""
        found = self.report.districts(each)
        if not found.years:
            return None
        first, last = found.years[0], found.years[-1]

        there = set(found.years)

        def cells(of: Callable[[int], int | None], *, alike: bool = True) -> list[Cell]:
            amounts = [of(year) for year in self.outlook.years]
            known = [amount for amount in amounts if amount is not None]
            begin, end = (of(first), of(last)) if alike else (None, None)
            change = None if begin is None or end is None else end - begin
            ratio = None if change is None or not begin or begin < 0 else Fraction(change, begin)
            paid = [
                NOTHING if year not in there else "" if a is None else money_cell(a, self.money)
                for year, a in zip(self.outlook.years, amounts, strict=True)
            ]
            changes = [change_cell(change, self.money), percent_cell(ratio)]
            return [*paid, money_cell(sum(known), self.money), *changes]

        rows = [
            Row(
                (self.called(row), row.key, *cells(row.amounts.get, alike=not row.merged)),
                live=True,
            )
            for row in found.rows
        ]
        total = cells(lambda year: found.total(year) if year in there else None)
        rows.append(Row((self.say("total"), "", *total), "total", live=True))
        count = len(self.outlook.years)
        change = self.say("change", first=first, last=last)
        begin, end = (column_name(2 + self.outlook.years.index(year)) for year in (first, last))
        notes = [self.say("blank")] if found.changes else []
        if any(row.merged for row in found.rows):
            notes.append(self.say("merged", first=first))
        notes += self._partial(each)
        live = {
            count + 2: sum_formula(2, count + 1),
            count + 3: f"={end}{{r}}-{begin}{{r}}",
            count + 4: f"={end}{{r}}/{begin}{{r}}-1",
        }
        headers = (self.say("district"), self.say("key"), *map(self.year, self.outlook.years))
        return Table(
            self.say("districts_title", grant=self.grant()),
            (*headers, self.say("sum"), change, self.say("change_pct")),
            tuple(rows),
            labels=2,
            notes=tuple(notes),
            live=live,
            totals=tuple(range(2, count + 3)),
        )
