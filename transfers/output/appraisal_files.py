"""Files of appraisals: exact figures for programs, pages and workbooks for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from transfers import messages
from transfers.output.answer_pages import Pages, Section
from transfers.output.appraisal_answer import AppraisalAnswer
from transfers.output.appraisal_tables import RATIOS, Tables, shortfalls
from transfers.output.appraisal_view import head, tables_of, unknown
from transfers.output.columns import DataColumn
from transfers.output.csv_file import csv_of
from transfers.output.files import formats_in
from transfers.output.json_text import json_of
from transfers.output.origin import plain_origin, remarks_of
from transfers.output.parquet_file import parquet_of
from transfers.output.table_files import columns_of, written_cell
from transfers.services.agencies import strangers_of

FORMATS: Final = formats_in("transfers.output.appraisal_files")
_OF_DISTRICTS: Final = (
    *("degree", "rank", "grade", "advanced", "shortfalls", "unobserved"),
    *("degree_last", "change", "rank_last", "urban", "rural", "gap"),
)
_OF_BOTH: Final = ("observed", "goal", "score", "first", "short")
_RATIOS_OF_BOTH: Final = frozenset({"score", "first"})

Row = dict[str, Any]


class Written(Struct, frozen=True, eq=False):
    """What a file is made of: appraisals, and the one table that is asked for, if one is."""

    answers: Sequence[AppraisalAnswer]
    by: str | None = None


# -- for programs --------------------------------------------------------------------------------


def _rows(answer: AppraisalAnswer, by: str | None) -> list[Row]:
    """Return the rows of a data file; districts where nothing is asked for."""
    if by is None:
        by = "district" if answer.district is None else "indicator"
    made = {
        "district": _districts,
        "agency": _agencies,
        "indicator": _indicators,
        "first": _indicators,
        "shortfall": _shortfalls,
        "weight": _indicators,
    }[by](answer)
    if answer.district is not None:
        key = answer.table.keys[answer.district]
        made = [row for row in made if row.get("key", key) == key]
    return [{"appraisal": answer.rule.name, **row} for row in made]


def _districts(answer: AppraisalAnswer) -> list[Row]:
    parts = [part for part in _OF_DISTRICTS if answer.has(part)]
    columns = {part: answer.column(part, ratio=part in RATIOS) for part in parts}
    pairs = zip(answer.table.keys, answer.table.names, strict=True)
    return [
        {"key": key, "name": name, **{part: cells[at] for part, cells in columns.items()}}
        for at, (key, name) in enumerate(pairs)
    ]


def _agencies(answer: AppraisalAnswer) -> list[Row]:
    if not answer.has("agency"):
        return []
    scores = answer.each("agency", ratio=True)
    rows: dict[str, Row] = {}
    for item, agency in enumerate(answer.texts(answer.rule.tree.agency)):
        if agency is None:
            continue
        row = rows.setdefault(agency, {"agency": agency, "indicators": 0, "weight": 0})
        row["indicators"] += 1
        row["weight"] += answer.shares[item]
        row["score"] = scores[item]
    return list(rows.values())


def _indicators(answer: AppraisalAnswer) -> list[Row]:
    """Return a row for each indicator and district."""
    tree = answer.rule.tree
    parts = [part for part in _OF_BOTH if answer.has(part)]
    grids = {part: answer.items(part, ratio=part in _RATIOS_OF_BOTH) for part in parts}
    whole, shares = answer.each("whole.score", ratio=True), answer.shares
    agencies, parents = answer.texts(tree.agency), answer.texts(tree.parent)
    effective = answer.effective()
    rows = []
    for item, (key, name) in enumerate(zip(tree.items.keys, tree.items.names, strict=True)):
        of_item: Row = {"indicator": key, "indicator_name": name, "parent": parents[item]}
        of_item |= {"agency": agencies[item], "weight": shares[item], "whole_score": whole[item]}
        pairs = zip(answer.table.keys, answer.table.names, strict=True)
        for at, (district, called) in enumerate(pairs):
            cells = {part: grid[item][at] for part, grid in grids.items()}
            cells["effective_weight"] = effective[item][at]
            rows.append({**of_item, "key": district, "name": called, **cells})
    return rows


def _shortfalls(answer: AppraisalAnswer) -> list[Row]:
    items, table = answer.rule.tree.items, answer.table
    return [
        {
            "key": table.keys[fall.district],
            "name": table.names[fall.district],
            "indicator": items.keys[fall.item],
            "indicator_name": items.names[fall.item],
            "observed": fall.observed,
            "goal": fall.goal,
            "distance": fall.distance,
        }
        for fall in shortfalls(answer)
    ]


def _columns(written: Written) -> list[DataColumn]:
    rows = [row for answer in written.answers for row in _rows(answer, written.by)]
    return columns_of(rows, "appraisal")


def csv_bytes(written: Written, language: str) -> bytes:
    """Return rows of districts, or of what is asked for."""
    return csv_of(_columns(written))


def parquet_bytes(written: Written, language: str) -> bytes:
    """Return the same columns as parquet."""
    first = written.answers[0]
    return parquet_of(_columns(written), remarks_of(first.policy, first.allocation))


def json_bytes(written: Written, language: str) -> bytes:
    """Return everything there is, or the rows that are asked for."""
    policy, allocation = written.answers[0].policy, written.answers[0].allocation
    views = (written.by,) if written.by else ("district", "agency", "indicator", "shortfall")
    told = [
        {
            "appraisal": answer.rule.name,
            "title": answer.rule.title,
            "whole": {
                part: written_cell(answer.whole(part))
                for part in ("degree", "urban", "rural", "gap")
            },
            "agencies_unknown": _unknown(answer),
            **{view: _plain(_rows(answer, view)) for view in views},
        }
        for answer in written.answers
    ]
    head = {"policy": policy.id, "title": policy.title}
    return json_of({**head, **plain_origin(policy, allocation, language), "appraisals": told})


def _unknown(answer: AppraisalAnswer) -> list[Row]:
    names = answer.rule.tree.items.names
    return [
        {"agency": s.agency, "indicator": names[s.item], "near": s.near}
        for s in strangers_of(answer.policy, answer.rule)
    ]


def _plain(rows: list[Row]) -> list[Row]:
    return [{name: written_cell(cell) for name, cell in row.items()} for row in rows]


# -- for people ----------------------------------------------------------------------------------


def markdown_bytes(written: Written, language: str) -> bytes:
    """Return a page: head, agencies nobody knows, every table."""
    return _pages(written, language).page(language)


def workbook_bytes(written: Written, language: str) -> bytes:
    """Return a workbook: a sheet for each table of each appraisal, and what it rests on."""
    pages = _pages(written, language)
    book = pages.book(language)
    if any(section.listed for section in pages.sections):
        pages.write_listed(book, book.label("services.mend_title", title=pages.policy.title))
    return pages.workbook(book)


def _pages(written: Written, language: str) -> Pages:
    sections = []
    for answer in written.answers:
        tables = Tables(answer, language)
        title, *said = head(tables)
        shown = tables_of(tables, written.by)
        section = Section(answer.rule.name, title, said, shown, tables.say)
        heading = messages.text("services.to_mend", language)
        sections.append(replace(section, heading=heading, listed=[*unknown(answer, language)]))
    first = written.answers[0]
    return Pages(first.policy, first.allocation, sections)
