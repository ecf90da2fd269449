"""What rules and constraints came to in every year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from scenarios.comparison.texts import rule_cell
from scenarios.outlook.found import VariantOutlook, YearAnswer
from scenarios.outlook.pages.table import Cell, Row, Table, count_cell
from scenarios.outlook.pages.tables import Tables
from transfers import RuleResult, messages


def rules_table(tables: Tables, variants: Sequence[VariantOutlook], *, named: bool) -> Table | None:
    """Return what each rule came to in every year; None without any.

    Parameters
    ----------
    named : bool
        Whether the variant has a column.
    """
    rows = [row for each in variants for row in _rules_of(tables, each, named=named)]
    if not rows:
        return None
    say, years = tables.say, tables.outlook.years
    labels = [say("variant")] * named + [say("rule"), say("level")]
    headers = (*labels, *map(tables.year, years), say("years_not_kept"))
    return Table(
        say("rules_title"),
        headers,
        tuple(rows),
        labels=len(labels),
        words=tuple(range(len(labels), len(labels) + len(years))),
        unit=False,
    )


def _rules_of(tables: Tables, each: VariantOutlook, *, named: bool) -> Iterator[Row]:
    """Yield a row for each rule of a variant, also where only some years have it."""
    results: dict[str, dict[int, RuleResult]] = {}
    for year in each.paying:
        for result in year.rules:
            results.setdefault(result.id, {})[year.year] = result
    for by_year in results.values():
        result = next(iter(by_year.values()))
        cells: list[Cell] = [
            rule_cell(by_year.get(year.year), tables.language) if year.done else tables.status(year)
            for year in each.years
        ]
        level = messages.text(f"rules.{result.level}", tables.language)
        labels = [tables.name(each)] * named + [result.title, level]
        lost = sum(not result.kept for result in by_year.values())
        broken = {at for at, year in enumerate(each.years) if _breaks(by_year, year)}
        marked = frozenset(len(labels) + at for at in broken)
        yield Row((*labels, *cells, count_cell(lost)), marked=marked)


def _breaks(results: Mapping[int, RuleResult], year: YearAnswer) -> bool:
    """Tell whether a year has no result, or does not keep a rule."""
    result = results.get(year.year)
    return not year.done or (result is not None and not result.kept)
