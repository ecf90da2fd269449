"""The pages docs/promises: every promise that has a name, written from what tests it."""

from __future__ import annotations

from checks.promises import PROMISES
from checks.reference_promises import COSTS, EXPLAINED, HEADERS, HEADINGS, INTRODUCTION, Pair
from checks.trial import Promise
from transfers.documents.promises import PROMISES as NAMED
from transfers.messages import LANGUAGES, said
from transfers.written import figure_text


def pages() -> dict[str, str]:
    """Return the pages by file name."""
    return {f"{language}.md": _page(language) for language in LANGUAGES}


def _page(language: str) -> str:
    parts = [_one(INTRODUCTION, language)]
    for kind, heading in HEADINGS.items():
        names = [name for name, its in NAMED.items() if its == kind]
        parts += [_one(heading, language), _table(names, language)]
    return "\n\n".join(parts) + "\n"


def _one(pair: Pair, language: str) -> str:
    return pair[LANGUAGES.index(language)]


def _table(names: list[str], language: str) -> str:
    headers = [_one(pair, language) for pair in HEADERS]
    rows = [_row(PROMISES[name], language) for name in names]
    lines = [headers, ["---"] * len(headers), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _row(promise: Promise, language: str) -> list[str]:
    tested, broken = EXPLAINED[promise.id]
    roles = ["/".join(f"`{role}`" for role in alternatives) for alternatives in promise.roles]
    return [
        f"`{promise.id}`",
        f"**{said(promise.title, language)}**: {said(promise.says, language)}",
        _one(tested, language),
        _one(broken, language),
        figure_text(promise.tolerance),
        ", ".join(roles),
        _one(COSTS[promise.cost], language),
        promise.method,
    ]
