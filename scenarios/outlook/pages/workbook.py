"""An outlook as a workbook: one glance, a sheet per variant, accounts, rules, notes."""

from __future__ import annotations

from scenarios.outlook.found import VariantOutlook
from scenarios.outlook.pages.about import about_headers, about_lines
from scenarios.outlook.pages.accounts import accounts, balance
from scenarios.outlook.pages.growth import growth_table
from scenarios.outlook.pages.report import Report
from scenarios.outlook.pages.rules import rules_table
from scenarios.outlook.pages.sheets import Block, stacked
from scenarios.outlook.pages.side_by_side import by_year, side_by_side
from scenarios.outlook.pages.table import Heading
from scenarios.outlook.pages.tables import Tables
from scenarios.study.load import BASELINE
from transfers.output.book import Book
from transfers.output.sheets_of_notes import write_texts


def workbook_bytes(report: Report, language: str) -> bytes:
    """Return the workbook of an outlook.

    Raises
    ------
    OutputError
        There are more districts or columns than a sheet holds.
    """
    book, tables = Book(language), Tables(report, language)
    say, variants = tables.say, report.outlook.variants
    title = report.outlook.study.title

    def marked(text: str) -> str:
        """Say of a sheet, which may be printed by itself, that these are other figures."""
        return say("set_before", title=text) if tables.outlook.set_before.lines(language) else text

    blocks: list[Block] = [*_titles(tables), *tables.remarks(), side_by_side(tables)]
    if len(variants) > 1:
        blocks += by_year(tables)
    stacked(book, tables, say("sheet_overview"), title, [*tables.heading(), *blocks])
    for each in variants:
        name = marked(say("years_of", study=title, variant=tables.title(each)))
        stacked(book, tables, _sheet_name(tables, each), name, _of_variant(tables, each))
    found = [table for table in (accounts(tables), balance(tables)) if table is not None]
    missing = [] if len(found) > 1 else [say("no_accounts")]
    stacked(
        book, tables, say("sheet_accounts"), marked(say("accounts_and_balance")), [*found, *missing]
    )
    rules = rules_table(tables, variants, named=True)
    blocks = [rules if rules is not None else say("no_rules")]
    stacked(book, tables, say("sheet_rules"), marked(say("rules_title")), blocks)
    lines = list(about_lines(tables, book))
    about = book.free_name(say("sheet_about"))
    headers = about_headers(tables)
    write_texts(book, "", say("about_title"), headers, lines, frozen=0, name=about, most=38)
    return book.content()


def _sheet_name(tables: Tables, each: VariantOutlook) -> str:
    """Return what the sheet of a variant is called: people look for its title."""
    if each.id == BASELINE:
        return tables.title(each)
    return tables.report.title_of(each) or each.id


def _of_variant(tables: Tables, each: VariantOutlook) -> list[Block]:
    """Return what stands on the sheet of a variant: its years first, districts last."""
    say = tables.say
    broken = [*tables.broken(each, "hard"), *tables.broken(each, "warn")]
    kept = [say("all_kept")] if tables.has_rules(each) else []
    return [
        tables.years(each, brief=False),
        *_listed(say("why_title"), tables.why(each)),
        *_listed(say("begins_title"), tables.begins(each)),
        *(_listed(say("broken_title"), broken) if broken else kept),
        growth_table(tables, each),
        tables.districts(each),
    ]


def _titles(tables: Tables) -> list[str]:
    """Say what the names of variants mean."""
    variants = tables.outlook.variants
    return [tables.title(each) for each in variants if tables.title(each) != tables.name(each)]


def _listed(title: str, texts: list[str]) -> list[str]:
    """Return lines below a heading; nothing without any."""
    return [Heading(title), *(f"　{text}" for text in texts)] if texts else []
