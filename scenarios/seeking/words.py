"""What pages about sought values say alike: names of numbers, districts beside the baseline."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from scenarios.answers import Answer, Run
from scenarios.comparison.comparing import compare
from scenarios.running.chunk import Note
from scenarios.seeking.pages import Column, Table
from scenarios.settings import Settings
from transfers import messages


def said(code: str, language: str, /, **words: object) -> str:
    """Return a text of the family."""
    return messages.text(f"seek.{code}", language, **words)


def sentence_end(text: str) -> str:
    """Return a statement without the full stop that the sentence around it has already."""
    return text.rstrip("\u3002. ")


def why(notes: Sequence[Note], language: str) -> str:
    """Say why a scenario is not done."""
    return " ".join(note.text(language) for note in notes)


def why_not_done(answer: Answer, language: str) -> str:
    """Say why an answer pays nobody."""
    if answer.status == "invalid":
        return " ".join(fault.text(language) for fault in answer.faults)
    return " ".join(finding.message(language) for finding in answer.batch.why_rejected(answer.row))


def hard_broken(answer: Answer) -> tuple[str, ...]:
    """Return the titles of hard rules that an answer does not keep."""
    if not answer.done:
        return ()
    return tuple(r.title for r in answer.allocation.rules if r.level == "hard" and not r.kept)


def districts_beside(
    settings: Settings, baseline: Answer, at: Answer, header: str, title: str, language: str
) -> tuple[Table, str]:
    """Return the table of districts at an answer beside the baseline, and who gains and loses.

    Parameters
    ----------
    header : str
        Of the column of amounts.
    title : str
    """
    comparison = compare(Run(settings.study, settings, baseline, (at,)))
    (compared,) = comparison.variants
    money = comparison.money

    def figures(quanta: Sequence[int | None]) -> list[Fraction | None]:
        return [None if q is None else money.in_units(q) for q in quanta]

    def whole(quanta: int | None) -> Fraction | None:
        return None if quanta is None else money.in_units(quanta)

    places = money.places
    before, after, change = compared.baseline, compared.amount, compared.change
    totals = (compared.before.total, compared.after.total, compared.total_change)
    columns = [
        Column(said("name", language), list(compared.names), total=said("total", language)),
        Column(
            said("baseline", language), figures(before), "figure", places, total=whole(totals[0])
        ),
        Column(header, figures(after), "figure", places, total=whole(totals[1])),
        Column(said("change", language), figures(change), "change", places, total=whole(totals[2])),
        Column(
            said("change_pct", language),
            list(compared.change_ratio),
            "percent",
            total=compared.total_ratio,
        ),
    ]
    table = Table(
        "seek.sheet_districts",
        title,
        columns,
        said("unit", language, unit=money.unit),
        has_total=True,
    )
    words = {name: getattr(compared, name) for name in ("winners", "losers", "unchanged")}
    return table, said("counts", language, **words) if baseline.done else ""
