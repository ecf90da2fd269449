"""What `transfers cliffs` shows: the worst jumps, other classes, clawback, slopes."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from scenarios.edges.reach import Reach, Reaches
from scenarios.edges.survey import Cliff, Survey, Watched
from scenarios.edges.wording import Words, variant_name
from transfers import messages
from transfers.output.terminal import padded, table, width, wrapped
from transfers.written import decimal_text

MOST_JUMPS, MOST_ROWS = 20, 60

Grid = tuple[list[str], list[list[str]], list[bool]]
"""Headers, rows, and which columns are aligned to the right."""


def survey_view(survey: Survey, language: str, columns: int = 80) -> str:
    """Return a survey as text."""
    words = Words(survey, language)
    policy = survey.setting.policy
    head = [policy.title, words.label("subtitle"), *_variant(survey, words)]
    parts = [
        _jumps(survey, words, columns),
        _classes(survey, words, columns),
        _clawback(survey, words, columns),
        _slopes(survey, words, columns),
    ]
    unit = messages.text("command.unit", language, unit=policy.money.unit)
    body = "\n\n".join(part for part in parts if part)
    wide = max((width(line) for line in body.splitlines()), default=0)
    return "\n".join([*head, padded(unit, max(wide, width(unit)), right=True), body])


def _variant(survey: Survey, words: Words) -> list[str]:
    return (
        [words.label("on_variant", title=variant_name(survey.title, words.language))]
        if survey.title
        else []
    )


def _jumps(survey: Survey, words: Words, columns: int) -> str:
    within = words.percent(survey.asked.within)
    found = [cliff for cliff in survey.worst if cliff.side != "other"]
    if not found:
        numbers = any(watched.lever.reach for watched in survey.watched)
        return words.label("no_cliffs", within=within) if numbers else ""
    grid = jump_grid(found[:MOST_JUMPS], words)
    return _titled(words, "cliffs_title", grid, len(found) - MOST_JUMPS, columns, within=within)


def jump_grid(found: Sequence[Cliff], words: Words) -> Grid:
    """Return jumps at edges as a table."""
    headers = ("district", "figure", "value", "unit", "turns", "rule")
    money = ("before", "after", "jump", "jump_pct", "others")
    rows = [
        [
            words.district(cliff.lever),
            words.title(cliff.lever),
            words.value(cliff.lever.value),
            words.unit(cliff.lever),
            words.edge(cliff),
            words.rule(cliff),
            *_moneys(cliff, words),
        ]
        for cliff in found
    ]
    right = [False, False, True, False, False, False, *(True for _ in money)]
    return [words.label(name) for name in (*headers, *money)], rows, right


def _moneys(cliff: Cliff, words: Words) -> list[str]:
    after = words.amount(cliff.after.amount) if cliff.after.done else words.label("unpaid")
    return [
        words.amount(cliff.before.amount),
        after,
        words.change(cliff.jump),
        words.change_percent(cliff),
        words.change(cliff.jump_of_others),
    ]


def _classes(survey: Survey, words: Words, columns: int) -> str:
    found = [cliff for watched in survey.watched for cliff in watched.cliffs]
    found = [cliff for cliff in found if cliff.side == "other"]
    if not found:
        return ""
    grid = class_grid(found[:MOST_ROWS], words)
    return _titled(words, "texts_title", grid, len(found) - MOST_ROWS, columns)


def class_grid(found: Sequence[Cliff], words: Words) -> Grid:
    """Return what other texts are worth as a table."""
    money = ("before", "after", "jump", "jump_pct", "others")
    headers = [words.label(name) for name in ("district", "figure", "value", "to", *money)]
    rows = [
        [
            words.district(cliff.lever),
            words.title(cliff.lever),
            words.value(cliff.lever.value),
            words.edge(cliff),
            *_moneys(cliff, words),
        ]
        for cliff in found
    ]
    return headers, rows, [False] * 4 + [True] * len(money)


def _clawback(survey: Survey, words: Words, columns: int) -> str:
    found = [watched for watched in survey.watched if watched.clawback is not None]
    if not found:
        return ""
    names = ("district", "figure", "value", "unit", "clawback_rate", "held")
    rows = [
        [
            words.district(watched.lever),
            words.title(watched.lever),
            words.value(watched.lever.value),
            words.unit(watched.lever),
            words.percent(watched.clawback or 0.0, 4),
            words.held(watched),
        ]
        for watched in found[:MOST_ROWS]
    ]
    right = [False, False, True, False, True, False]
    grid = [words.label(name) for name in names], rows, right
    yuan = survey.setting.policy.money.currency == "CNY"
    code = "clawback_title" if yuan else "clawback_title_other"
    more = len(found) - MOST_ROWS
    return _titled(words, code, grid, more, columns, unit=survey.setting.policy.money.unit)


def _slopes(survey: Survey, words: Words, columns: int) -> str:
    """Return slopes as a grid: districts down, inputs across."""
    numbers = [watched for watched in survey.watched if watched.lever.reach]
    if not numbers:
        return ""
    across = list(dict.fromkeys(watched.lever.column for watched in numbers))
    rows: dict[int, dict[str, Watched]] = {}
    for watched in numbers:
        rows.setdefault(watched.lever.district, {})[watched.lever.column] = watched
    first = {watched.lever.column: watched.lever for watched in reversed(numbers)}
    headers = [f"{words.title(first[c])} {words.unit(first[c])}".rstrip() for c in across]
    body = [
        [words.names[district], *(_slope(each.get(c), words) for c in across)]
        for district, each in sorted(rows.items())
    ]
    grid = [words.label("district"), *headers], body[:MOST_ROWS], [False] + [True] * len(across)
    unit = survey.setting.policy.money.unit
    return _titled(words, "slopes_title", grid, len(body) - MOST_ROWS, columns, unit=unit)


def _slope(watched: Watched | None, words: Words) -> str:
    if watched is None:
        return ""
    held = words.held(watched)
    return held or words.slope(watched.up or watched.down)


def _titled(words: Words, code: str, grid: Grid, more: int, columns: int, **values: object) -> str:
    headers, rows, right = grid
    lines = [words.label(code, **values), table(headers, rows, right=right, columns=columns)]
    return "\n".join([*lines, *([words.label("more", count=more)] if more > 0 else [])])


# -- numbers of the document -------------------------------------------------------------------


def reaches_view(found: Reaches, language: str, columns: int = 80) -> str:
    """Return what each number does as text: those that change amounts, then why others do not."""
    policy = found.setting.policy
    head = [policy.title, *([variant_name(found.title, language)] if found.title else [])]
    by = decimal_text(found.by * 100) + "%"
    title = messages.text("cliffs.numbers_title", language, by=by)
    moved = [reach for reach in found.numbers if reach.reason is None]
    headers, rows, right = reach_grid(found, moved, language)
    parts = ["\n".join([*head, title])]
    if moved:
        unit = messages.text("command.unit", language, unit=policy.money.unit)
        grid = table(headers, rows, right=right, columns=columns)
        parts.append(f"{unit}\n{grid}")
    still = [reach for reach in found.numbers if reach.reason is not None]
    if still:
        parts.append(_still(still, language, columns))
    return "\n\n".join(parts)


def reach_grid(found: Reaches, moved: Sequence[Reach], language: str) -> Grid:
    """Return what numbers change as a table."""
    names = ("number", "value", "moved", "changed", "district", "most")
    headers = [messages.text(f"cliffs.{name}", language) for name in names]
    places = dict(zip(found.setting.districts.keys, found.setting.districts.names, strict=True))
    rows = [
        [
            reach.name,
            number_text(found, reach, reach.value),
            moved_text(found, reach, language),
            str(reach.changed),
            places.get(reach.district, "—"),
            _signed(found, reach.most),
        ]
        for reach in moved
    ]
    return headers, rows, [False, True, True, True, False, True]


def number_text(found: Reaches, reach: Reach, value: Fraction) -> str:
    """Write a number as the document does: a percentage where it has one."""
    number = found.setting.policy.numbers[reach.path]
    scale, sign = (100, "%") if number.percent else (1, "")
    return decimal_text(value * scale, 6) + sign


def moved_text(found: Reaches, reach: Reach, language: str) -> str:
    """Write what a number was moved to, and where nobody is paid with it."""
    texts = []
    for value in reach.values:
        text = number_text(found, reach, value)
        unpaid = value in reach.unpaid
        texts.append(messages.text("cliffs.not_paid", language, value=text) if unpaid else text)
    return " / ".join(texts)


def _signed(found: Reaches, quanta: int) -> str:
    text = found.setting.policy.money.format_for_people(quanta)
    return f"+{text}" if quanta > 0 else text


def _still(still: Sequence[Reach], language: str, columns: int) -> str:
    """List the numbers that change nothing, those of one reason together."""
    by_reason: dict[str, list[str]] = {}
    for reach in still:
        assert reach.reason is not None
        by_reason.setdefault(reach.reason.text(language), []).append(reach.name)
    lines = [messages.text("cliffs.unmoved", language, count=len(still))]
    for reason, names in by_reason.items():
        lines += wrapped(messages.text("cliffs.because", language, reason=reason), columns)
        lines += (f"    {name}" for name in names)
    return "\n".join(lines)
