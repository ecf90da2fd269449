"""Growth of money and measures, one below the other, so that they are compared at once."""

from __future__ import annotations

from scenarios.outlook.found import VariantOutlook
from scenarios.outlook.pages.grown import Grown, average_cell, step_cell
from scenarios.outlook.pages.table import NOTHING, Table
from scenarios.outlook.pages.tables import Tables


def growth_table(tables: Tables, each: VariantOutlook) -> Table | None:
    """Return the growth of money and measures, one below the other; None of one year."""
    if len(each.paying) < 2:
        return None
    grown = [
        Grown(tables.say("budget"), tuple(tables.budgets(each))),
        Grown(tables.say("paid"), tuple(tables.paid(each))),
        *(tables.grown(each, name) for name in tables.outlook.study.model.measures),
    ]
    rows = []
    missing = False
    for one in grown:
        if all(figure is None for figure in one.figures):
            continue
        steps = one.steps
        cells = ["", *(step_cell(step, one) for step in steps[1:])]
        missing = missing or any(cell == NOTHING for cell in cells)
        rows.append(tables.row(one.label, "", cells, "", average_cell(one)))
    headers = (
        tables.say("item"),
        tables.say("unit_column"),
        *map(tables.year, tables.outlook.years),
    )
    return Table(
        tables.say("growth_title"),
        (*headers, "", tables.say("average_column")),
        tuple(rows),
        labels=2,
        unit=False,
        notes=(tables.say("growth_note"),) if missing else (),
    )
