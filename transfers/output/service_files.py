"""Files of lists of services: exact figures for programs, pages and workbooks for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from transfers.output.answer_pages import Pages, Section
from transfers.output.columns import DataColumn
from transfers.output.csv_file import csv_of
from transfers.output.files import formats_in
from transfers.output.json_text import json_of
from transfers.output.origin import plain_origin, remarks_of
from transfers.output.parquet_file import parquet_of
from transfers.output.service_answer import ServiceAnswer
from transfers.output.service_tables import Tables
from transfers.output.service_view import ALL, head, to_mend
from transfers.output.table_files import columns_of, written_cell
from transfers.services.completeness import texts_of

FORMATS: Final = formats_in("transfers.output.service_files")
_TEXTS: Final = ("area", "object", "standard", "lead", "cooperating", "basis", "bought")


class Written(Struct, frozen=True, eq=False):
    """What a file is made of: lists of services, and the one table that is asked for, if one is."""

    answers: Sequence[ServiceAnswer]
    by: str | None = None


# -- for programs --------------------------------------------------------------------------------


def csv_bytes(written: Written, language: str) -> bytes:
    """Return a row for each item and district of every list; items alone where there is no cost."""
    return csv_of(data_columns(written))


def parquet_bytes(written: Written, language: str) -> bytes:
    """Return the same columns as parquet."""
    first = written.answers[0]
    return parquet_of(data_columns(written), remarks_of(first.policy, first.allocation))


def data_columns(written: Written) -> list[DataColumn]:
    """Return the columns of a data file: exact figures; of ``--by`` those of that table."""
    if written.by is not None:
        rows = [row for answer in written.answers for row in _rows_of_table(answer, written.by)]
        return columns_of(rows, "list")
    return columns_of([row for answer in written.answers for row in _rows(answer)], "list")


def _rows_of_table(answer: ServiceAnswer, by: str) -> list[dict[str, Any]]:
    """Return the rows of one table: their figures and names are the same in every language."""
    table = Tables(answer, "en").table(by)
    return [] if table is None else [{"list": answer.rule.name, **row} for row in table.data()]


def _rows(answer: ServiceAnswer) -> list[dict[str, Any]]:
    """Return a row for each item and district."""
    rule, items, costs = answer.rule, answer.completeness.items, answer.costs
    texts = {key: texts_of(rule, items, key) for key in _TEXTS if key in rule.columns}
    if "bought" in texts:
        said = {"true": True, "false": False}
        texts["bought"] = tuple(said.get(text or "") for text in texts["bought"])  # type: ignore[misc]
    rows = []
    for item, (key, name) in enumerate(zip(items.keys, items.names, strict=True)):
        row: dict[str, Any] = {"list": rule.name, "item": key, "item_name": name}
        row |= {key: cells[item] for key, cells in texts.items()}
        if costs is None:
            rows.append(row)
            continue
        for at, (district, called) in enumerate(zip(costs.keys, costs.names, strict=True)):
            figures = {"price": costs.price, "recipients": costs.recipients, "cost": costs.cost}
            figures |= {f"cost_{level}": grid for level, grid in costs.levels.items()}
            figures |= {"unborne": costs.unborne} if costs.is_borne_in_part else {}
            if rule.compared:
                figures |= {"cost_last": costs.last}
                figures |= {f"growth_{part}": grid for part, grid in costs.growth.items()}
            cells = {name: grid[item][at] for name, grid in figures.items()}
            rows.append({**row, "key": district, "name": called, **cells})
    return rows


def json_bytes(written: Written, language: str) -> bytes:
    """Return what is complete, what is not, and every table with exact rows of items."""
    policy, allocation = written.answers[0].policy, written.answers[0].allocation
    lists = [_plain_answer(answer, written.by, language) for answer in written.answers]
    money = {"currency": policy.money.currency, "unit": policy.money.unit}
    head = {"policy": policy.id, "title": policy.title, "money": money}
    return json_of({**head, **plain_origin(policy, allocation, language), "lists": lists})


def _plain_answer(answer: ServiceAnswer, by: str | None, language: str) -> dict[str, Any]:
    found, tables = answer.completeness, Tables(answer, language)
    names = found.items.names
    rows = _rows(answer) if by is None else _rows_of_table(answer, by)
    return {
        "list": answer.rule.name,
        "title": answer.rule.title,
        "complete": answer.is_complete,
        "items": found.count,
        "items_expected": found.expected,
        "items_whole": found.whole,
        "areas": [{"area": area, "items": count} for area, count in found.areas.items()],
        "lacking": [
            {"item": names[lacking.item], "parts": list(lacking.parts)} for lacking in found.lacking
        ],
        "agencies_unknown": [
            {"agency": s.agency, "item": names[s.item], "role": s.role, "near": s.near}
            for s in found.strangers
        ],
        "agencies_without_items": list(found.idle),
        "to_mend": list(to_mend(tables)),
        "several_leads": tables.several_leads(),
        "rows": [{name: written_cell(cell) for name, cell in row.items()} for row in rows],
    }


# -- for people ----------------------------------------------------------------------------------


def markdown_bytes(written: Written, language: str) -> bytes:
    """Return a page: head, what is to be mended, every table."""
    return _pages(written, language).page(language)


def workbook_bytes(written: Written, language: str) -> bytes:
    """Return a workbook: a sheet for each table, what is to be mended, what it rests on."""
    pages = _pages(written, language)
    book = pages.book(language)
    pages.write_listed(book, book.label("services.mend_title", title=pages.policy.title))
    return pages.workbook(book)


def _pages(written: Written, language: str) -> Pages:
    sections = []
    for answer in written.answers:
        tables = Tables(answer, language)
        title, *said = head(tables)
        views = ALL if written.by is None else (written.by,)
        shown = [table for view in views if (table := tables.table(view)) is not None]
        section = Section(answer.rule.name, title, said, shown, tables.say)
        mend = tuple(to_mend(tables))
        sections.append(replace(section, heading=tables.say("to_mend"), listed=mend))
    first = written.answers[0]
    return Pages(first.policy, first.allocation, sections)
