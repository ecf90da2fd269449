"""What an answer was computed from, and what was changed for it: told alike by every answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from transfers import messages
from transfers.errors import FaultsError
from transfers.messages import Phrase
from transfers.output.columns import MOST_PLACES, decimal_of, mantissa_of
from transfers.output.json_text import Written, plain_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from transfers.allocation import Allocation
    from transfers.districts import Districts
    from transfers.policy.policy import Policy


def change_lines(policy: Policy, allocation: Allocation | None, language: str) -> list[str]:
    """Return what was changed, a line each; without an allocation, in the document."""
    if allocation is None:
        return _changed_document(policy, language)
    if not allocation.is_changed:
        return []
    from transfers.explain.changes import changes_of

    return _said(changes_of(allocation), language)


def changed_above(policy: Policy, allocation: Allocation | None, language: str) -> list[str]:
    """Return what was changed as a block above tables; nothing where nothing was."""
    lines = change_lines(policy, allocation, language)
    return ["\n".join(lines)] if lines else []


def _changed_document(policy: Policy, language: str) -> list[str]:
    if not policy.changes:
        return []
    from transfers.explain.changes import document_changes

    return _said(document_changes(policy), language)


def _changed_figures(allocation: Allocation, language: str) -> list[str]:
    if not allocation.is_changed:
        return []
    from transfers.explain.changes import figure_changes

    return _said(figure_changes(allocation), language)


def told_before(
    policy: Policy, texts: Mapping[str, str], table: Callable[[], Districts]
) -> tuple[tuple[Phrase, ...], tuple[Phrase, ...]]:
    """Say what some changes change in a document, and among the figures of its table.

    Parameters
    ----------
    table : callable
        Returns the table as its files have it; asked where figures are changed only.
    """
    from transfers.documents.changes import split_figures, told_changes

    source = policy.document.source
    figures = split_figures(source, texts)[1]
    told = _told_figures(policy, figures, table) if figures else []
    return tuple(told_changes(source, texts)), tuple(told)


def _told_figures(
    policy: Policy, figures: Mapping[str, str], table: Callable[[], Districts]
) -> list[Phrase]:
    """Say which figures are changed; of a table that has them otherwise, without the old ones."""
    from transfers.districts.changed import told_change

    try:
        made = policy.with_set_figures(replace(table(), changes=()), figures)
    except (FaultsError, OSError):
        words = ({"path": path, "value": text} for path, text in figures.items())
        return [Phrase("output.changed", each) for each in words]
    told = (told_change(made, change) for change in made.changes)
    return [phrase for phrase in told if phrase is not None]


def _said(phrases: Iterable[Phrase], language: str) -> list[str]:
    return [messages.text(phrase.code, language, **phrase.values) for phrase in phrases]


def plain_origin(policy: Policy, allocation: Allocation | None, language: str) -> dict[str, Any]:
    """Return the files that were read, what was changed, and what came from the level above."""
    found: dict[str, Any] = {}
    if allocation is not None:
        found["table_sha256"] = allocation.districts.sha256
    found["files"] = plain_files(files_of(policy, allocation))
    in_document = _changed_document(policy, language)
    if in_document:
        found["document_changed"] = in_document
    figures = [] if allocation is None else _changed_figures(allocation, language)
    if figures:
        found["figures_changed"] = figures
    return {**found, **_above(policy)}


def files_of(policy: Policy, allocation: Allocation | None) -> tuple[tuple[str, str], ...]:
    """Return the tables that were read, each with its SHA-256; without districts those of lists."""
    if allocation is not None:
        return allocation.districts.files
    return tuple(dict.fromkeys((source.file, source.sha256) for source in policy.sources))


def _above(policy: Policy) -> dict[str, Any]:
    """Return what came from the level above, and of which files; nothing where there is none."""
    above = policy.above
    if above is None:
        return {}
    figures = {
        name: decimal_of(mantissa_of(given.value, MOST_PLACES), MOST_PLACES, idle_zeros=False)
        for name, given in above.figures.items()
    }
    names = ("title", "file", "sha256", "table", "table_sha256", "key", "name")
    told = {name: getattr(above, name) for name in names}
    told["files"] = plain_files(above.read)
    return {"upstream": {**told, "figures": {n: Written(t) for n, t in figures.items()}}}


def remarks_of(policy: Policy, allocation: Allocation | None) -> dict[str, str]:
    """Return what figures are, and what was changed for them: the metadata of a file."""
    found = {
        "policy": policy.id,
        "title": policy.title,
        "currency": policy.money.currency,
        "unit": policy.money.unit,
    }
    if allocation is not None:
        found["table_sha256"] = allocation.districts.sha256
    changed = {
        "document_changed": _changed_document(policy, "en"),
        "figures_changed": [] if allocation is None else _changed_figures(allocation, "en"),
    }
    return found | {name: "\n".join(said) for name, said in changed.items() if said}
