"""A comparison as a workbook: one glance, variants side by side and one by one, and why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import Final

from scenarios.answers import Answer
from scenarios.comparison.comparing import Comparison
from scenarios.comparison.dispersion import dispersion
from scenarios.comparison.groups import group_columns
from scenarios.comparison.report import Report, told
from scenarios.comparison.rules import rules_sheet
from scenarios.comparison.sheets import Sheets
from scenarios.comparison.tables import Table, Tables
from scenarios.comparison.texts import heading, remarks, where
from scenarios.running.manifest import sha256_of
from transfers import messages
from transfers.output.book import Book
from transfers.output.sheets_of_notes import about, write_texts

WIDEST_HEADER: Final = 20
"""Of a part of a change, in characters; longer names stand in a legend."""


def workbook_bytes(report: Report, language: str) -> bytes:
    """Return the workbook of a comparison.

    Raises
    ------
    OutputError
        There are more districts or columns than a sheet holds.
    """
    book = Book(language)
    comparison = report.comparison
    tables = Tables(comparison, language)
    sheets = Sheets(book, comparison)
    _write_overview(sheets, tables)
    if tables.paying:
        sheets.table(tables.side_by_side(tables.paying, brief=False), "compare.sheet_side_by_side")
    for compared in tables.paying:
        name = book.label("compare.sheet_variant", id=compared.id)
        sheets.table(tables.one(compared, brief=False), "", name=name)
    for by in group_columns(comparison) if tables.paying else ():
        shown = tables.groups(by)
        sheets.table(shown, "", name=shown.title)
    for section in report.breakdowns:
        _write_section(sheets, tables, report, section)
    found = dispersion(comparison)
    if found is not None:
        shown = tables.dispersion(found, found.variants)
        sheets.table(shown, "measures.sheet", notes=found.notes(language))
    rules = rules_sheet(tables)
    if rules is not None:
        sheets.table(rules, "rules.sheet")
    _write_findings(book, comparison)
    _write_about(book, comparison)
    return book.content()


def _write_overview(sheets: Sheets, tables: Tables) -> None:
    """Add the first sheet: a row per answer, and what there is to know of them."""
    comparison, language = tables.comparison, tables.language
    notes = [*heading(comparison, language), *remarks(comparison, language)]
    glance = tables.glance(titles=True)
    sheets.table(
        Table(comparison.run.study.title, glance.columns), "compare.sheet_overview", notes=notes
    )
    measures = tables.measures()
    if measures is not None:
        sheets.table(measures, "compare.measures_title")


def _write_section(sheets: Sheets, tables: Tables, report: Report, section: str) -> None:
    """Add a sheet with the changes of every variant taken apart."""
    blocks: list[Table | str] = []
    for breakdown in report.breakdowns[section]:
        compared = breakdown.compared
        shown = told(section, breakdown, tables.comparison)
        title = tables.say("of_one", id=compared.id, title=compared.title)
        said = [messages.said(p, tables.language) for p in (*breakdown.lacking, *breakdown.notes)]
        if shown.in_words is None:
            headers, legend = shown.headers(tables.language, WIDEST_HEADER)
            blocks.append(tables.parts(shown, headers, brief=False))
            blocks += [*legend, *said]
        else:
            words = messages.said(shown.in_words, tables.language) if shown.in_words else ""
            blocks.append(" ".join((title, *said, words)).strip())
    title, note = tables.say(f"{section}_title"), tables.say(f"{section}_note")
    sheets.stacked(title, f"compare.sheet_{section}", [note], blocks)


def _write_findings(book: Book, comparison: Comparison) -> None:
    """Add the sheet of what there is to say about every answer."""
    rows = list(_findings(book, comparison)) or [("", "", "", book.label("output.no_findings"))]
    headers = [book.label("compare.variant")]
    headers += [book.label(f"output.{name}") for name in ("severity", "where", "message")]
    title = book.label("output.findings_title")
    write_texts(book, "output.sheet_findings", title, headers, rows, frozen=1)


def _findings(book: Book, comparison: Comparison) -> Iterator[tuple[str, ...]]:
    names = Tables(comparison, book.language).headings()
    for named, answer in zip(names, comparison.answers, strict=True):
        for fault in answer.faults:
            label = messages.text("command.severity_error", book.language)
            text = messages.text(fault.code, book.language, **fault.values)
            yield named, label, where(fault.place, comparison), text
        for finding in answer.findings:
            place, text = where(finding.where, comparison), finding.message(book.language)
            yield named, finding.label(book.language), place, text


def _write_about(book: Book, comparison: Comparison) -> None:
    """Add the sheet that says what every answer was computed from."""
    study = comparison.run.study
    rows: list[tuple[str, ...]] = [
        ("", book.label("compare.study"), study.id),
        ("", book.label("compare.study_file"), PurePath(study.file).name),
        ("", book.label("compare.study_sha256"), sha256_of(study.file)),
    ]
    told: set[tuple[str, ...]] = set()
    names = Tables(comparison, book.language).headings()
    for named, answer in zip(names, comparison.answers, strict=True):
        if answer.status != "invalid":
            # Of a variant only what differs from the baseline.
            own = [row for row in _sources(book, answer) if row not in told]
            rows += [(named, *row) for row in own]
            told |= set(own) if answer is comparison.run.baseline else set()
    headers = [book.label("compare.variant")]
    headers += [book.label(f"output.{name}") for name in ("item", "content")]
    title = book.label("compare.about_title")
    write_texts(book, "output.sheet_about", title, headers, rows, frozen=1)


def _sources(book: Book, answer: Answer) -> Iterator[tuple[str, ...]]:
    yield from about(book, answer.allocation.policy, answer.allocation)
    file = answer.setting.policy.document.source.file
    yield book.label("compare.policy_sha256"), sha256_of(file)
