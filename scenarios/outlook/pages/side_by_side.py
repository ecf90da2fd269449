"""Variants side by side: the last year, the sum of all years, and each year of a few figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from scenarios.outlook.found import VariantOutlook, YearAnswer
from scenarios.outlook.pages.grown import Figures
from scenarios.outlook.pages.table import (
    NOTHING,
    Cell,
    Row,
    Table,
    change_cell,
    count_cell,
    inequality_cell,
    money_cell,
    percent_cell,
    sum_formula,
)
from scenarios.outlook.pages.tables import SPREAD, Tables


def side_by_side(tables: Tables) -> Table:
    """Return the variants side by side, a column for each."""
    outlook, say = tables.outlook, tables.say
    headers = [tables.name(each) for each in outlook.variants]
    rows = [Row((label, *cells)) for label, cells in _rows(tables)]
    return Table(say("side_title"), (say("item"), *headers), tuple(rows))


def _rows(tables: Tables) -> Iterator[tuple[str, list[Cell]]]:
    """Yield the label of each row, and a cell for each variant."""
    yield from _money(tables)
    yield from _inequality(tables)
    yield from _rules(tables)
    yield from _measures(tables)


def _last(each: VariantOutlook) -> YearAnswer | None:
    """Return the last of all years, where it pays."""
    return each.years[-1] if each.years[-1].done else None


def _whole(figures: Figures) -> Fraction | None:
    """Return the sum over all years; None where a year has no figure."""
    known = [figure for figure in figures if figure is not None]
    return sum(known, Fraction(0)) if len(known) == len(figures) else None


def _money(tables: Tables) -> Iterator[tuple[str, list[Cell]]]:
    """Yield what is paid, what that is beside the baseline, and what is left where."""
    outlook, report, money = tables.outlook, tables.report, tables.money
    variants, say = outlook.variants, tables.say
    span = {"first": outlook.years[0], "last": outlook.years[-1]}
    last = {"year": outlook.years[-1]}
    budgets = [tables.budgets(each)[-1] for each in variants]
    if any(budget is not None for budget in budgets):
        yield say("budget_in", **last), [money_cell(budget, money) for budget in budgets]
    paid = [tables.paid(each) for each in variants]
    yield say("paid_in", **last), [money_cell(figures[-1], money) for figures in paid]
    sums = [_whole(figures) for figures in paid]
    yield say("paid_in_all", **span), [money_cell(whole, money) for whole in sums]
    if len(variants) > 1:
        yield from _against(tables, sums)
    for name, title in report.reserves.items():
        closings = [tables.part(each, name, "closing")[-1] for each in variants]
        label = say("closing_in", title=title, **last)
        yield label, [money_cell(closing, money) for closing in closings]
    left = [[report.quanta(year, year.budget_left) for year in each.years] for each in variants]
    if any(any(figure for figure in figures) for figures in left):
        label = say("left_in_all", **span)
        yield label, [money_cell(_whole(figures), money) for figures in left]


def _against(tables: Tables, sums: Figures) -> Iterator[tuple[str, list[Cell]]]:
    """Yield by how much the sums exceed the baseline's."""
    base = sums[0]
    changes: list[Cell] = [""]
    ratios: list[Cell] = [""]
    for whole in sums[1:]:
        more = whole - base if whole is not None and base is not None else None
        changes.append(change_cell(None if more is None else int(more), tables.money))
        ratios.append(percent_cell(more / base if more is not None and base else None, 2))
    yield tables.say("against_baseline"), changes
    yield tables.say("against_baseline_pct"), ratios


def _inequality(tables: Tables) -> Iterator[tuple[str, list[Cell]]]:
    """Yield how unequal resources per head are after the last year."""
    for code in SPREAD:
        last = [_last(each) for each in tables.outlook.variants]
        figures = [None if year is None else tables.spread(year, code, "after") for year in last]
        if any(figure is not None for figure in figures):
            words = {"title": tables.say(code), "year": tables.outlook.years[-1]}
            yield tables.say("after_in", **words), [inequality_cell(figure) for figure in figures]


def _rules(tables: Tables) -> Iterator[tuple[str, list[Cell]]]:
    """Yield in how many years all hard rules are kept."""
    variants = tables.outlook.variants
    if any(tables.has_rules(each) for each in variants):
        count = len(tables.outlook.years)
        kept = [sum(year.keeps_hard_rules for year in each.years) for each in variants]
        yield (
            tables.say("years_kept"),
            [tables.say("of_years", kept=years, count=count) for years in kept],
        )


def _measures(tables: Tables) -> Iterator[tuple[str, list[Cell]]]:
    """Yield each measure in the last year, and its growth in a year on average."""
    variants, last = tables.outlook.variants, tables.outlook.years[-1]
    for name in tables.outlook.study.model.measures:
        title = tables.title_of_measure(name, unit=True)
        label = tables.say("measure_in", title=title, year=last)
        yield label, [tables.measure(each.years[-1], name) for each in variants]
        if len(tables.outlook.years) > 1:
            code = "measure_change" if tables.is_ratio(name) else "measure_growth"
            yield (
                tables.say(code),
                [
                    NOTHING if each.ended is not None else tables.average_of(each, name)
                    for each in variants
                ],
            )


def by_year(tables: Tables) -> Iterator[Table]:
    """Yield what is paid, what is in each reserve and how many hard rules fail, year by year.

    A row per variant.
    """
    say, report = tables.say, tables.report
    yield _matrix(tables, say("paid_by_year"), tables.paid, added=True)
    for name, title in report.reserves.items():

        def closing(each: VariantOutlook, name: str = name) -> Figures:
            return tables.part(each, name, "closing")

        yield _matrix(tables, say("closing_by_year", title=title), closing)
    if any(tables.has_rules(each) for each in tables.outlook.variants):
        rows = [
            Row(
                (
                    tables.title(each),
                    *(count_cell(tables.not_kept(year, "hard")) for year in each.years),
                )
            )
            for each in tables.outlook.variants
        ]
        headers = (say("variant"), *map(tables.year, tables.outlook.years))
        yield Table(say("hard_by_year"), headers, tuple(rows), unit=False)


def _matrix(
    tables: Tables, title: str, of: Callable[[VariantOutlook], Figures], *, added: bool = False
) -> Table:
    """Return amounts of all variants, a column per year; with their sums if these add up."""
    money, years = tables.money, tables.outlook.years
    rows = []
    for each in tables.outlook.variants:
        figures = of(each)
        cells = [money_cell(figure, money) for figure in figures]
        if added:
            cells.append(money_cell(_whole(figures), money))
        rows.append(Row((tables.title(each), *cells), live=added))
    headers = [tables.say("variant"), *map(tables.year, years)]
    headers += [tables.say("sum")] * added
    live = {len(years) + 1: sum_formula(1, len(years))} if added else {}
    return Table(title, tuple(headers), tuple(rows), live=live)
