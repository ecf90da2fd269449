"""A counter-example for people: its table before and after, side by side, and what breaks."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from msgspec import Struct

from checks.report import CounterExample, Verdict
from checks.reports.words import Words
from checks.runs import Paid
from checks.table import Cell, Table
from transfers.messages import said
from transfers.output.terminal import below_unit, table, width, wrapped
from transfers.units import describe
from transfers.written import figure_text, plain_text, shown

_MOST_COLUMNS: Final = 8
"""Of inputs: more are shown only where they differ between districts or were changed."""

_MARK: Final = "<"
_TO: Final = " > "


class Pair(Struct, frozen=True):
    """A district before and after: its place in either table, None where it is not in it."""

    before: int | None
    after: int | None


def break_lines(verdict: Verdict, words: Words, columns: int = 80) -> list[str]:
    """Return all there is to say of a promise that is broken, below its title."""
    example = verdict.example
    assert example is not None
    lines = [line for text in sentences(verdict, words) for line in wrapped(text, columns - 2)]
    lines += [*grid(verdict, words, columns - 2).splitlines(), *_origin(example, words)]
    return [f"  {line}".rstrip() for line in lines]


def sentences(verdict: Verdict, words: Words) -> list[str]:
    """Return what is promised, what is changed, and which amount breaks what by how much."""
    example = verdict.example
    assert example is not None
    broken = example.broken
    found = [words.say("promised", says=words.said(verdict.says)), *words.on_real(verdict)]
    if verdict.on_real is not None:
        found.append(words.say("smallest"))
    found += _numbers(example, words)
    if broken.changed is not None:
        found.append(words.say("changed", changed=words.said(broken.changed)))
    excess = words.excess(verdict, example)
    if excess:
        found.append(excess)
    if broken.how is not None:
        found.append(words.say("how", how=words.said(broken.how)))
    found += [status for paid in _both(example) if (status := words.status(paid))]
    if example.place.file:
        found.append(words.say("responsible", place=str(example.place)))
        found += [f"    {line}"] if (line := words.line(example.place)) else []
    return found


def _both(example: CounterExample) -> list[Paid]:
    broken = example.broken
    return [paid for paid in (broken.before, broken.after) if paid is not None]


def _numbers(example: CounterExample, words: Words) -> list[str]:
    """Say which numbers of the document are not the document's."""
    found = []
    document = words.policy.document
    for path, value in example.broken.before.case.numbers.items():
        written = document.text_at(path)
        values: dict[str, object] = {
            "path": ".".join(map(str, path)),
            "value": figure_text(value),
        }
        if isinstance(written, str) and written:
            found.append(words.say("number_instead", **values, written=shown(written, 40)))
        else:
            found.append(words.say("number", **values))
    return found


def _origin(example: CounterExample, words: Words) -> list[str]:
    last = len(example.broken.before.case.table)
    stage = words.say(f"stage_{example.stage}")
    if example.first_size > last:
        origin = words.say("found_at", stage=stage, first=example.first_size, last=last)
    else:
        origin = words.say("found_small", stage=stage, last=last)
    again = [words.say("again", folder=shown(example.replay, 200))] if example.replay else []
    return [origin, *again]


# -- the table before and after --------------------------------------------------------------------


def grid(verdict: Verdict, words: Words, columns: int = 80) -> str:
    """Return the table before and after as text: districts down, or across where too wide."""
    example = verdict.example
    assert example is not None
    headers, rows, total, right = _cells(verdict, example, words)
    unit = words.say("unit", unit=words.unit)
    laid = table(headers, rows, right=right, total=total, columns=columns)
    if max(width(line) for line in laid.splitlines()) > columns:
        across = [list(row) for row in zip(headers, *rows, total, strict=True)]
        sides = [False, *(True for _ in across[0][1:])]
        laid = table(across[0], across[1:], right=sides, columns=columns)
    left_out = len(_names(example)) - len(_shown_columns(example))
    more = [words.say("other_cells", count=left_out)] if left_out else []
    return "\n".join([*below_unit(laid, unit), *more])


def _cells(
    verdict: Verdict, example: CounterExample, words: Words
) -> tuple[list[str], list[list[str]], list[str], list[bool]]:
    """Return headers, rows, the row of totals, and which columns are aligned to the right."""
    broken = example.broken
    before, after = broken.before, broken.after
    others = after.case.table if after else before.case.table
    pairs = _pairs(before.case.table, others, renamed=verdict.promise == "relabelling")
    inputs = _shown_columns(example)
    headers = [words.say("district"), *(_header(name, item, words) for name, item in inputs)]
    money = [_amounts(verdict, paid) for paid in _both(example)]
    headers += (
        [words.say(code) for code in ("before", "after", "change")]
        if after
        else [words.say("amount")]
    )
    rows = [
        [
            _district(example, pair, words),
            *(_pair_cell(example, pair, name, item, words) for name, item in inputs),
            *_sums(pair, money, words),
        ]
        for pair in pairs
    ]
    total = [words.say("total"), *("" for _ in inputs), *_total(money, words)]
    right = [
        False,
        *(_is_number(words, name) for name, _ in inputs),
        *(True for _ in _total(money, words)),
    ]
    return headers, rows, total, right


def _pairs(before: Table, after: Table, *, renamed: bool) -> list[Pair]:
    """Return districts of both tables side by side: by key; by place where keys are others."""
    if (renamed or not set(before.keys) & set(after.keys)) and len(before) == len(after):
        return [Pair(row, row) for row in range(len(before))]
    places = {key: row for row, key in enumerate(after.keys)}
    old = [Pair(row, places.get(key)) for row, key in enumerate(before.keys)]
    known = set(before.keys)
    return [*old, *(Pair(None, row) for key, row in places.items() if key not in known)]


def _names(example: CounterExample) -> list[tuple[str, int]]:
    """Return every column of the table with each of its items."""
    found = example.broken.before.case.table
    return [(name, item) for name in found.columns for item in range(found.items(name))]


def _shown_columns(example: CounterExample) -> list[tuple[str, int]]:
    """Return the columns that are shown: all, or of many those that say something."""
    names = _names(example)
    if len(names) <= _MOST_COLUMNS:
        return names
    tables = [paid.case.table for paid in _both(example)]
    differing = [
        (name, item)
        for name, item in names
        if len({t.cell(name, row, item) for t in tables for row in range(len(t))}) > 1
    ]
    return differing or names[:_MOST_COLUMNS]


def _header(name: str, item: int, words: Words) -> str:
    rule = words.policy.inputs.get(name)
    if rule is None:
        return name
    title = shown(rule.title, 40)
    if rule.over in words.policy.lists:
        title += "·" + shown(words.policy.lists[rule.over].names[item], 20)
    unit = said(describe(rule.unit, words.policy.money_unit), words.language)
    return words.say("with_unit", title=title, unit=unit) if unit else title


def _is_number(words: Words, name: str) -> bool:
    rule = words.policy.inputs.get(name)
    return rule is not None and rule.kind == "number"


def _district(example: CounterExample, pair: Pair, words: Words) -> str:
    broken = example.broken
    before = broken.before.case.table
    mark = f" {_MARK}" if pair.before is not None and pair.before == broken.row else ""
    if broken.after is None:
        return shown(before.name(pair.before or 0), 40) + mark
    after = broken.after.case.table
    if pair.before is None:
        return shown(after.name(pair.after or 0), 40) + words.say("only_after")
    name = shown(before.name(pair.before), 40)
    if pair.after is None:
        return name + words.say("only_before") + mark
    other = shown(after.name(pair.after), 40)
    return (name if other == name else f"{name}{_TO}{other}") + mark


def _pair_cell(example: CounterExample, pair: Pair, name: str, item: int, words: Words) -> str:
    """Return a cell before and, where it is another, after."""
    broken = example.broken
    before = broken.before.case.table
    after = broken.after.case.table if broken.after else before
    old = None if pair.before is None else before.cell(name, pair.before, item)
    new = None if pair.after is None else after.cell(name, pair.after, item)
    if pair.before is None:
        return _text(new, words)
    if pair.after is None or old == new:
        return _text(old, words)
    return f"{_text(old, words)}{_TO}{_text(new, words)}"


def _text(cell: Cell, words: Words) -> str:
    if isinstance(cell, Fraction):
        return figure_text(cell, 9)
    return shown(plain_text(cell, words.language), 40)


# -- amounts ---------------------------------------------------------------------------------------


def _amounts(verdict: Verdict, paid: Paid) -> Sequence[int] | None:
    """Return the amounts that the promise is about; None where nobody is paid."""
    if not paid.done or verdict.example is None:
        return None
    grant = verdict.example.broken.grant
    if grant:
        return paid.amounts(grant)
    waived = verdict.waived
    if waived is None or not waived.grant or waived.expired:
        return paid.total
    left_out = paid.amounts(waived.grant)
    return [sum_ - less for sum_, less in zip(paid.total, left_out, strict=True)]


def _sums(pair: Pair, money: Sequence[Sequence[int] | None], words: Words) -> list[str]:
    rows = (pair.before, pair.after)
    known = [
        None if sums is None or row is None else sums[row]
        for row, sums in zip(rows, money, strict=False)
    ]
    return _with_change(known, words)


def _total(money: Sequence[Sequence[int] | None], words: Words) -> list[str]:
    return _with_change([None if sums is None else sum(sums) for sums in money], words)


def _with_change(known: Sequence[int | None], words: Words) -> list[str]:
    texts = ["—" if sum_ is None else words.amount(sum_) for sum_ in known]
    if len(known) == 1:
        return texts
    old, new = known
    return [*texts, "" if old is None or new is None else words.change(new - old)]
