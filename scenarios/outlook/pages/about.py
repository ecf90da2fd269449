"""What the figures of an outlook are, what is carried on how, and what all was computed from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from scenarios.outlook.found import VariantOutlook, YearAnswer
from scenarios.outlook.pages.tables import Tables
from scenarios.running.manifest import sha256_of
from transfers import Policy, messages
from transfers.output.book import Book
from transfers.output.sheets_of_notes import about as sources

Line = tuple[str, str, str, str]
"""Variant, year, item, content."""


def about_headers(tables: Tables) -> list[str]:
    """Return what stands above the lines."""
    codes = ("variant", "year_column", "about_item", "about_content")
    return [tables.say(code) for code in codes]


def about_lines(tables: Tables, book: Book) -> Iterator[Line]:
    """Yield what there is to know: definitions, what is carried on, sources and their digests."""
    say = tables.say
    study = tables.outlook.study
    yield "", "", say("about_study"), study.id
    yield "", "", say("about_study_file"), PurePath(study.file).name
    yield "", "", say("about_study_sha256"), sha256_of(study.file)
    for name in ("year", "reserves", "rest", "hard"):
        yield "", "", say(f"about_{name}"), say(f"about_{name}_content")
    yield "", "", say("about_growth"), say("growth_note")
    for text in tables.inequality():
        yield "", "", say("about_inequality"), text
    for name, entry in study.model.measures.items():
        title = tables.title_of_measure(name, unit=True)
        yield "", "", say("about_measure", title=title), entry.formula
    told: set[tuple[str, str]] = set()
    for each in tables.outlook.variants:
        lines = [*_carried(tables, each), *_sources(each, book)]
        for year, item, content in lines:
            # Of later years and of variants only what is not said already.
            if (item, content) not in told:
                yield tables.name(each), year, item, content
        told |= {(item, content) for _, item, content in lines}


def _carried(tables: Tables, each: VariantOutlook) -> Iterator[tuple[str, str, str]]:
    """Yield what begins when, and what the following year begins with."""
    for text in tables.begins(each):
        yield "", tables.say("begins_title"), text
    told: set[tuple[str, str]] = set()
    for n, year in enumerate(each.years):
        if year.answer is None:
            continue
        policy = year.answer.setting.policy
        for rule in policy.next:
            item = tables.say("about_next", title=_titled(tables, policy, rule.name))
            if (item, rule.formula.text) not in told:
                yield str(year.year) if n else "", item, rule.formula.text
                told.add((item, rule.formula.text))


def _titled(tables: Tables, policy: Policy, name: str) -> str:
    """Return what people call something that is carried on."""
    head, _, column = name.partition(".")
    model = policy.document.model
    if name in policy.inputs:
        title = policy.inputs[name].title
    elif column and head in policy.lists:
        title = policy.lists[head].columns[column].title
    else:
        title = model.parameters[name].title or name
    return title if title == name else tables.say("with_unit", title=title, unit=name)


def _sources(each: VariantOutlook, book: Book) -> Iterator[tuple[str, str, str]]:
    """Yield what each year was computed from, what is new in it only."""
    told: set[tuple[str, str]] = set()
    for year in each.years:
        if year.status not in ("done", "rejected"):
            continue
        first = not told
        for item, content in _of_year(year, book, first=first):
            if (item, content) not in told:
                yield "" if first else str(year.year), item, content
                told.add((item, content))


def _of_year(year: YearAnswer, book: Book, *, first: bool) -> Iterator[tuple[str, str]]:
    of_year = messages.text("output.about_year", book.language)
    for item, content in sources(book, year.allocation.policy, year.allocation, carried=False):
        # What is carried on is told by itself; the year stands beside each line.
        if not content.startswith("next.") and (first or item != of_year):
            yield item, content
    assert year.answer is not None
    file = year.answer.setting.policy.document.source.file
    yield book.label("outlook_pages.about_policy_sha256"), sha256_of(file)
