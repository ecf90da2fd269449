"""The files of a replay: tables as the policy asks for them, and what the policy itself reads."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path as FilePath

from checks.runs import Paid
from checks.table import Cell, Table
from transfers import Policy
from transfers.arithmetic.decimals import format_decimal, parse_decimal
from transfers.districts.specs import input_specs
from transfers.written import kept_text, read_back

KEY, NAME = "", "name:"
"""What the columns of keys and of names are, where others are the name of an input."""

_WORDS = {True: "yes", False: "no"}


def number_text(figure: Fraction) -> str:
    """Write a figure exactly: as a decimal, or as a fraction where no decimal is it."""
    places, rest = 0, figure.denominator
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest, count = rest // prime, count + 1
        places = max(places, count)
    return format_decimal(figure) if rest == 1 and places <= 30 else str(figure)


def number_of(text: str) -> Fraction | None:
    """Return a figure that :func:`number_text` wrote; None for any other text."""
    above, slash, below = text.partition("/")
    if slash and above.lstrip("-").isdecimal() and below.isdecimal() and int(below):
        return Fraction(int(above), int(below))
    return parse_decimal(text)


def columns_of(policy: Policy) -> dict[str, str]:
    """Return the columns of a table as a policy asks for them: heading -> what it is.

    A column is an input, ``input.item`` of one over a list, :data:`KEY` or :data:`NAME`.
    """
    entry = policy.document.model.districts
    found = {entry.key[0]: KEY}
    if entry.name and entry.name[0] not in found:
        found[entry.name[0]] = NAME
    known = {(spec.name, spec.item): spec.columns for spec in input_specs(policy)}
    for name, rule in policy.inputs.items():
        for item in policy.lists[rule.over].keys if rule.over else (None,):
            what = name if item is None else f"{name}.{item}"
            heading = known.get((name, item), (what,))[0]
            found[heading if heading not in found else what] = what
    return found


def table_csv(table: Table, columns: Mapping[str, str], policy: Policy) -> bytes:
    """Return a table under headings, as spreadsheets read it."""
    cells = [_texts(table, what, policy) for what in columns.values()]
    return csv_bytes(list(columns), zip(*cells, strict=True))


def csv_bytes(headings: Sequence[str], rows: Iterator[tuple[str, ...]]) -> bytes:
    """Return rows in UTF-8 with a byte order mark, without which Excel garbles Chinese."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([kept_text(heading) for heading in headings])
    writer.writerows(rows)
    return buffer.getvalue().encode("utf-8-sig")


def _texts(table: Table, what: str, policy: Policy) -> list[str]:
    if what == KEY:
        return [kept_text(key) for key in table.keys]
    if what == NAME:
        return [kept_text(table.name(row)) for row in range(len(table))]
    name, item = _input(what, policy)
    return [_text(table.cell(name, row, item)) for row in range(len(table))]


def _input(what: str, policy: Policy) -> tuple[str, int]:
    """Return the input that a column is of, and the place of its item."""
    name, _, key = what.partition(".")
    over = policy.inputs[name].over
    return name, policy.lists[over].keys.index(key) if over else 0


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return _WORDS[cell]
    return number_text(cell) if isinstance(cell, Fraction) else kept_text(cell)


def table_of(content: str, columns: Mapping[str, str], policy: Policy) -> Table | None:
    """Return the table that a csv file of a replay holds.

    Columns that the policy does not have any more are left out; inputs without a column are not
    there. None where the file is no such table.
    """
    rows = [row for row in csv.reader(io.StringIO(content.removeprefix("\ufeff"))) if row]
    if len(rows) < 2 or any(len(row) != len(rows[0]) for row in rows):
        return None
    by_what = {
        columns[read_back(heading)]: [row[at] for row in rows[1:]]
        for at, heading in enumerate(rows[0])
        if read_back(heading) in columns
    }
    keys = tuple(map(read_back, by_what.pop(KEY, [])))
    names = tuple(map(read_back, by_what.pop(NAME, [])))
    if not keys or len(set(keys)) != len(keys):
        return None
    found: dict[str, tuple[Cell, ...]] = {}
    for name, rule in policy.inputs.items():
        items = policy.lists[rule.over].keys if rule.over else ("",)
        wanted = [f"{name}.{item}" if item else name for item in items]
        if all(what in by_what for what in wanted):
            texts = [text for what in wanted for text in by_what[what]]
            found[name] = tuple(_cell(text, rule.kind) for text in texts)
    return Table(keys, found, names)


def _cell(text: str, kind: str) -> Cell:
    if not text:
        return None
    if kind == "number":
        return number_of(text)
    return text == _WORDS[True] if kind == "boolean" else read_back(text)


def expected_csv(policy: Policy, before: Paid, after: Paid | None) -> bytes:
    """Return what districts get before and after, in the unit of the document."""
    runs = [("before", before)] + ([] if after is None else [("after", after)])
    runs = [(name, paid) for name, paid in runs if paid.done]
    keys = list(dict.fromkeys(key for _, paid in runs for key in paid.case.table.keys))
    headings, columns = ["key"], [[kept_text(key) for key in keys]]
    for name, paid in runs:
        amounts = {grant.name: paid.amounts(grant.name) for grant in policy.grants}
        for grant, quanta in {**amounts, "total": paid.total}.items():
            by_key = dict(zip(paid.case.table.keys, quanta, strict=True))
            headings.append(f"{name}.{grant}")
            columns.append([_money(policy, by_key.get(key)) for key in keys])
    return csv_bytes(headings, zip(*columns, strict=True))


def _money(policy: Policy, quanta: int | None) -> str:
    return "" if quanta is None else number_text(quanta * policy.money.quantum)


def copied_files(policy: Policy) -> dict[str, FilePath] | None:
    """Return the files beside its table that a policy reads: how it names them -> where they are.

    None where it cannot be copied with them: it reads another level's policy, files by district
    and item, joined tables, or what lies outside of its folder.
    """
    model = policy.document.model
    if model.upstream is not None or model.districts.join:
        return None
    if any(
        rule.over and model.inputs[name].columns is None for name, rule in policy.inputs.items()
    ):
        return None
    entries = (*model.parameters.values(), *model.lists.values())
    names = [file for entry in entries if (file := getattr(entry, "file", None)) is not None]
    found = {}
    for name in dict.fromkeys(names):
        if os.path.isabs(name) or ".." in FilePath(name.replace("\\", "/")).parts:
            return None
        found[name] = FilePath(policy.document.beside(name))
    return found
