"""A Markdown file: the table of the terminal, as GitHub shows tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from transfers.allocation import Allocation
from transfers.output.accounts import account_headers, account_rows, balance_line, budget_lines
from transfers.output.origin import change_lines
from transfers.output.view_of_rules import COLUMNS, rule_rows, said
from transfers.output.views import unit_line, unspent_lines, view_columns, view_texts

ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
MEANT = re.compile(r"[\\`*_\[\]|~!$@#&<>]|:(?=\S)|(?i:(?<=www)\.)|^\s*[=+\-]|^\s*\d+[.)]")
"""What Markdown, or the pages that show it, would take for a sign of their own."""


def markdown_bytes(allocation: Allocation, language: str) -> bytes:
    """Return title, unit of money, table with its total, unspent money, accounts."""
    money = allocation.policy.money
    columns = view_columns(allocation, language)
    texts = [
        [escaped(text) if isinstance(cell, str) else text for cell, text in cells]
        for cells in (
            zip((*column.cells, column.total), texts, strict=True)
            for column, texts in zip(columns, view_texts(columns, money, language), strict=True)
        )
    ]
    *rows, total = zip(*texts, strict=True)
    lines = [
        f"# {escaped(allocation.policy.title)}",
        "",
        *change_list(change_lines(allocation.policy, allocation, language)),
        escaped(unit_line(allocation, language)),
        "",
        *table_lines(
            [column.header for column in columns],
            rows,
            right=[column.right for column in columns],
            total=total,
        ),
    ]
    for line in (*unspent_lines(allocation, language), *budget_lines(allocation, language)):
        lines += ["", escaped(line)]
    if allocation.accounts:
        headers, *accounts = account_headers(allocation, language), *account_rows(allocation)
        rows = [(escaped(title), *figures) for title, *figures in accounts]
        lines += ["", *table_lines(headers, rows, right=[False, *(True for _ in headers[1:])])]
    if any(line.code == "contributions" for line in allocation.balance.lines):
        lines += ["", escaped(balance_line(allocation, language))]
    if allocation.rules:
        lines += ["", *_rules(allocation, language)]
    return ("\n".join(lines) + "\n").encode()


def change_list(changes: Sequence[str]) -> list[str]:
    """Return the lines that tell what was changed, as a list; nothing where nothing was."""
    return [*(f"- {escaped(change)}" for change in changes), *([""] if changes else [])]


def _rules(allocation: Allocation, language: str) -> list[str]:
    """Return what the rules about the outcome came to, as a table."""
    rows = [[escaped(cell) for cell in row] for row in rule_rows(allocation, language)]
    headers = [said(name, language) for name in COLUMNS]
    return table_lines(headers, rows, right=[False, False, False, True])


def table_lines(
    headers: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    right: Sequence[bool],
    total: Sequence[str] | None = None,
) -> list[str]:
    """Return the lines of a table; cells are escaped already.

    Parameters
    ----------
    right : sequence of bool
        Which columns are aligned to the right.
    total : sequence of str, optional
        A last row, in bold.
    """
    signs = ["---:" if is_right else "---" for is_right in right]
    last = [] if total is None else [[f"**{text}**" if text else "" for text in total]]
    return [_row(cells) for cells in ([escaped(header) for header in headers], signs, *rows, *last)]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def escaped(text: str) -> str:
    r"""Return a text that Markdown shows as it is, on one line.

    >>> print(escaped("a|b *c* <d>"))
    a\|b \*c\* &lt;d&gt;
    """
    on_one_line = " ".join(text.split())
    return MEANT.sub(_escape, on_one_line)


def _escape(match: re.Match[str]) -> str:
    sign = match[0]
    return ENTITIES.get(sign) or f"{sign[:-1]}\\{sign[-1]}"
