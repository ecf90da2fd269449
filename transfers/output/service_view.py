"""What `services` shows on a terminal: the head, what is to be mended, and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from transfers import messages
from transfers.messages import Phrase
from transfers.output.origin import changed_above
from transfers.output.service_tables import Shown, Tables
from transfers.output.tables import Column, Table, grid
from transfers.output.terminal import wrapped
from transfers.services.costs import total
from transfers.services.notices import flaw_of_shares, flaws

if TYPE_CHECKING:
    from transfers.output.service_answer import ServiceAnswer

MOST_TOLD: Final = 20
SHOWN: Final = ("area", "district", "growth")
"""Tables that stand on a terminal where none is asked for."""

ALL: Final = ("area", "district", "level", "agency", "growth", "item")
_NARROW: Final = ("object", "standard", "cooperating", "basis")


def services_view(
    answers: Sequence[ServiceAnswer], by: str | None, language: str, columns: int
) -> str:
    """Return what staff read of lists of services."""
    first = answers[0]
    blocks = [*changed_above(first.policy, first.allocation, language)]
    for answer in answers:
        tables = Tables(answer, language)
        lines = head(tables)
        lines += _mend(tables, columns)
        for view in (by,) if by is not None else SHOWN:
            shown = table_of(tables, view)
            if shown is not None:
                lines += ["", *_grid(tables, shown, columns)]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def table_of(tables: Tables, view: str) -> Table | None:
    """Return a table by its name."""
    return tables.growth() if view == "growth" else tables.table(view)


def head(tables: Tables) -> list[str]:
    """Return title, how many items are complete, areas, costs in all and by level."""
    answer, found = tables.answer, tables.answer.completeness
    said = [tables.say("count_of_items", whole=found.whole, expected=found.expected)]
    if found.areas:
        said.append(tables.say("count_of_areas", count=len(found.areas)))
    shown = tables.shown
    lines = [tables.rule.title]
    if shown is None:
        return [*lines, _joined(tables, said)]
    districts = tables.by_district()
    assert districts is not None
    cost = next(column for column in districts.columns if column.kind == "money")
    unit = answer.policy.money.unit
    if cost.total is None:
        lacking = [
            n for n, c in zip(tables.items.names, shown.costs.by_item(), strict=True) if c is None
        ]
        items = (*lacking[:5], *["…"] * (len(lacking) > 5))
        return [*lines, _joined(tables, said), tables.say("cost_missing", items=items)]
    said.append(tables.say("total_cost", cost=cost.text(cost.total), unit=unit))
    if shown.costs.rule.levels:
        levels = [
            Phrase("services.cost_of_level", {"level": part, "cost": cost.text(shown.unit(cell))})
            for part, cell in shown.of_part.items()
            if part
        ]
        said.append(tables.say("levels", levels=tuple(levels)))
    lines.append(_joined(tables, said))
    return [*lines, *_differing(tables, shown, cost)]


def _differing(tables: Tables, shown: Shown, cost: Column) -> Iterator[str]:
    """Say that what levels bear is not what is spent, where shares are no whole."""
    levels = [shown.unit(shown.of_part[level]) for level in shown.parts if level]
    spent, borne = shown.unit(shown.whole), total(levels)
    if levels and "" in shown.parts and spent is not None and borne is not None:
        words = {"borne": cost.text(borne), "cost": cost.text(spent)}
        words |= {"gap": cost.text(abs(borne - spent)), "unit": tables.answer.policy.money.unit}
        yield tables.say("levels_differ", **words)


def _joined(tables: Tables, said: list[str]) -> str:
    """Say several things in one line."""
    line = said[0]
    for more in said[1:]:
        line = tables.say("and", line=line, more=more)
    return line


def to_mend(tables: Tables) -> Iterator[str]:
    """Yield everything about a list that asks for a correction, in words."""
    answer, items = tables.answer, tables.items.names
    districts = () if answer.table is None else answer.table.names
    of_shares = (flaw_of_shares(each, items, districts) for each in answer.unsound)
    for flaw in (*flaws(answer.completeness), *of_shares):
        yield messages.said(flaw, tables.language)


def _mend(tables: Tables, columns: int) -> Iterator[str]:
    told = list(to_mend(tables))
    if told:
        yield tables.say("to_mend")
        for text in told[:MOST_TOLD]:
            first, *rest = wrapped(text, columns - 4)
            yield from (f"  - {first}", *(f"    {line}" for line in rest))
        if told[MOST_TOLD:]:
            yield "  " + tables.say("and_more", count=len(told) - MOST_TOLD)
    idle = tables.answer.completeness.idle
    if idle:
        agencies = (*idle[:MOST_TOLD], *["…"] * (len(idle) > MOST_TOLD))
        yield from wrapped(tables.say("idle", agencies=agencies), columns)


def _grid(tables: Tables, shown: Table, columns: int) -> list[str]:
    """Return a table below its title; long texts of items stand in files only."""
    narrow = {tables.say(f"head_{key}") for key in _NARROW}
    kept = [c for c in shown.columns if shown.code != "item" or c.header not in narrow]
    return grid(replace(shown, columns=kept), columns)
