"""What `appraise` shows on a terminal: the head, and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from transfers import messages
from transfers.arithmetic.decimals import fixed_decimal
from transfers.output.appraisal_tables import VIEWS, Tables, shortfalls
from transfers.output.origin import changed_above
from transfers.output.tables import NOTHING, Table, grid
from transfers.output.terminal import wrapped
from transfers.services.agencies import flaw_of_stranger, strangers_of

if TYPE_CHECKING:
    from transfers.output.appraisal_answer import AppraisalAnswer

SHOWN: Final = ("district", "agency", "shortfall")
"""Tables that stand on a terminal where none is asked for."""

MOST_TOLD: Final = 20


def tables_of(tables: Tables, by: str | None, shown: Sequence[str] = VIEWS) -> list[Table]:
    """Return the tables that are asked for; of one district its indicators."""
    answer = tables.answer
    if answer.district is not None and by is None:
        found = [tables.of_district(answer.district), tables.table("shortfall")]
    elif by is not None:
        found = [tables.table(by)]
    else:
        left = {"weight"} if answer.weighs_as_written else set()
        found = [tables.table(view) for view in shown if view not in left]
    return [table for table in found if table is not None]


def appraisals_view(
    answers: Sequence[AppraisalAnswer], by: str | None, language: str, columns: int
) -> str:
    """Return what staff read of appraisals."""
    first = answers[0]
    blocks = [*changed_above(first.policy, first.allocation, language)]
    for answer in answers:
        tables = Tables(answer, language)
        lines = [line for text in head(tables) for line in wrapped(text, columns)]
        for table in tables_of(tables, by, SHOWN):
            count = len(table.columns[0].cells)
            if not count:
                continue
            lines += ["", *grid(_cut(table, by), columns)]
            if table.note:
                gap = {"zh": "", "en": " "}[language]
                see = [tables.say("see_weights")] if table.code == "district" else []
                lines += wrapped(gap.join((table.note, *see)), columns)
            if by is None and table.code == "shortfall" and count > MOST_TOLD:
                lines.append(tables.say("and_more", count=count - MOST_TOLD))
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _cut(table: Table, by: str | None) -> Table:
    """Return a table of shortfalls that is not too long, unless it was asked for."""
    if by is not None or table.code != "shortfall":
        return table
    cut = [replace(column, cells=column.cells[:MOST_TOLD]) for column in table.columns]
    return replace(table, columns=cut)


def head(tables: Tables) -> list[str]:
    """Return title, how much is appraised, the degree of the whole, who is advanced."""
    answer, say = tables.answer, tables.say
    tree = answer.rule.tree
    words = {"districts": len(answer.table), "indicators": len(tree.items)}
    if tree.first is None:
        said = [say("counts", **words)]
    else:
        said = [say("counts_of_two", **words, first=len(tree.first))]
    whole = answer.whole("degree")
    if isinstance(whole, Fraction):
        said.append(say("whole_degree", degree=degree_text(whole, answer.is_relative)))
    gap = answer.whole("gap")
    if isinstance(gap, Fraction):
        sides = {side: degree_text(answer.whole(side), False) for side in ("urban", "rural")}
        said.append(say("whole_gap", **sides, gap=fixed_decimal(gap * 100, 2)))
    if answer.has("short"):
        said.append(say("count_of_shortfalls", count=len(shortfalls(answer))))
    unobserved = [c for c in answer.column("unobserved") if isinstance(c, Fraction)]
    if any(unobserved):
        said.append(say("count_of_unobserved", count=int(sum(unobserved))))
    lines = [answer.rule.title, {"zh": "，", "en": ", "}[tables.language].join(said)]
    if answer.has("advanced"):
        flags = answer.column("advanced")
        names = [n for n, flag in zip(answer.table.names, flags, strict=True) if flag is True]
        lines.append(say("are_advanced", names=tuple(names)) if names else say("none_advanced"))
    return lines


def unknown(answer: AppraisalAnswer, language: str) -> Iterator[str]:
    """Yield the agencies that the list of agencies has not, in words."""
    for stranger in strangers_of(answer.policy, answer.rule):
        yield messages.said(flaw_of_stranger(stranger, answer.rule.tree.items), language)


def degree_text(figure: object, relative: bool) -> str:
    """Write a degree: in per cent, unless it is made of z-scores."""
    if not isinstance(figure, Fraction):
        return NOTHING
    return fixed_decimal(figure, 4) if relative else fixed_decimal(figure * 100, 2) + "%"
