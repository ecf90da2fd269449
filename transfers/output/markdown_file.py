"""A Markdown file: the table of the terminal, as GitHub shows tables."""

from __future__ import annotations

import re

from transfers.allocation import Allocation
from transfers.output.accounts import account_headers, account_rows, balance_line, budget_lines
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
        escaped(unit_line(allocation, language)),
        "",
        _row([escaped(column.header) for column in columns]),
        _row(["---:" if column.right else "---" for column in columns]),
        *map(_row, rows),
        _row([f"**{text}**" if text else "" for text in total]),
    ]
    for line in (*unspent_lines(allocation, language), *budget_lines(allocation, language)):
        lines += ["", escaped(line)]
    if allocation.accounts:
        headers, *accounts = account_headers(allocation, language), *account_rows(allocation)
        lines += ["", _row(headers), _row(["---", *("---:" for _ in headers[1:])])]
        lines += [_row([escaped(title), *figures]) for title, *figures in accounts]
    if any(line.code == "contributions" for line in allocation.balance.lines):
        lines += ["", escaped(balance_line(allocation, language))]
    if allocation.rules:
        lines += ["", *_rules(allocation, language)]
    return ("\n".join(lines) + "\n").encode()


def _rules(allocation: Allocation, language: str) -> list[str]:
    """Return what the rules about the outcome came to, as a table."""
    rows = [[escaped(cell) for cell in row] for row in rule_rows(allocation, language)]
    headers = [escaped(said(name, language)) for name in COLUMNS]
    return [_row(headers), _row(["---", "---", "---", "---:"]), *map(_row, rows)]


def _row(cells: list[str] | tuple[str, ...]) -> str:
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
