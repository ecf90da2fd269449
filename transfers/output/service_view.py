"""What `services` shows on a terminal: the head, what is to be mended, and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from transfers import messages
from transfers.arithmetic.decimals import fixed_decimal
from transfers.messages import Phrase
from transfers.output.origin import changed_above
from transfers.output.service_tables import Money, Tables
from transfers.output.tables import NOTHING, Table, grid
from transfers.output.terminal import wrapped
from transfers.services.costs import UNBORNE
from transfers.services.notices import flaw_of_shares, flaws

if TYPE_CHECKING:
    from transfers.output.service_answer import ServiceAnswer

MOST_TOLD: Final = 20
SHOWN: Final = ("area", "district", "growth")
"""Tables that stand on a terminal where none is asked for."""

ALL: Final = (
    *("area", "district", "level", "agency"),
    *("growth", "growth_district", "growth_item", "item"),
)
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
        for text in tables.several_leads() if by != "agency" else ():
            lines += wrapped(text, columns)
        found = map(tables.table, (by,) if by is not None else SHOWN)
        shown = [table for table in found if table is not None]
        for table in shown:
            lines += ["", *_grid(table, columns)]
        for note in dict.fromkeys(table.note for table in shown if table.note):
            lines += wrapped(note, columns)
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def head(tables: Tables) -> list[str]:
    """Return title, how many items are complete, areas, costs in all and by level."""
    answer, found = tables.answer, tables.answer.completeness
    said = [completeness_line(tables)]
    if found.areas:
        said.append(tables.say("count_of_areas", count=len(found.areas)))
    lines, money = [tables.rule.title], tables.money
    if money is None:
        return [*lines, _joined(tables, said)]
    cost = money.whole()
    if cost is None:
        lacking = [
            n for n, c in zip(tables.items.names, money.of_items[""], strict=True) if c is None
        ]
        items = (*lacking[:5], *["…"] * (len(lacking) > 5))
        return [*lines, _joined(tables, said), tables.say("cost_missing", items=items)]
    unit = answer.policy.money.unit
    said.append(tables.say("total_cost", cost=_text(money, cost), unit=unit))
    levels = [(level, money.whole(level)) for level in money.levels]
    if levels:
        told = [
            Phrase("services.cost_of_level", {"level": level, "cost": _text(money, borne)})
            for level, borne in levels
        ]
        said.append(tables.say("levels", levels=tuple(told)))
    lines.append(_joined(tables, said))
    unborne = money.whole(UNBORNE) if UNBORNE in money.borne else None
    if unborne is not None:
        borne = cost - unborne
        words = {"borne": _text(money, borne), "cost": _text(money, cost), "unit": unit}
        code = "levels_less" if unborne > 0 else "levels_more" if unborne < 0 else "levels_apart"
        lines.append(tables.say(code, **words, gap=_text(money, abs(unborne))))
    return lines


def completeness_line(tables: Tables) -> str:
    """Say whether a list is complete: one answer, that of how the command ends."""
    found = tables.answer.completeness
    words = {"whole": found.whole, "expected": found.expected}
    if tables.answer.is_complete:
        return tables.say("count_of_items", **words)
    return tables.say("count_not_complete", **words, count=len(list(to_mend(tables))))


def not_complete(answers: Sequence[ServiceAnswer], language: str) -> list[str]:
    """Return a line for each list that is not complete."""
    every = [Tables(answer, language) for answer in answers if not answer.is_complete]
    return [t.say("not_complete", title=t.rule.title, said=completeness_line(t)) for t in every]


def _text(money: Money, figure: Fraction | None) -> str:
    return NOTHING if figure is None else fixed_decimal(figure, money.places, ",")


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
    for flaw in flaws(answer.completeness):
        yield messages.said(flaw, tables.language)
    for flaw in of_shares:
        yield tables.say("shares_should", flaw=flaw)


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


def _grid(shown: Table, columns: int) -> list[str]:
    """Return a table below its title; long texts of items stand in files only."""
    kept = [c for c in shown.columns if shown.code != "item" or c.name not in _NARROW]
    return grid(replace(shown, columns=kept), columns)
