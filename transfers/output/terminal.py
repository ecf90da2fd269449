"""Tables and help for a terminal: columns align with wide characters, nothing is coloured.

Written here rather than with a table library because a run on seven districts must not take
longer than its imports (docs/decisions/0006).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final
from unicodedata import combining, east_asian_width


@lru_cache(maxsize=4096)
def width(text: str) -> int:
    """Return the columns a text takes: two for a wide character, none for a combining one.

    >>> width("某某市"), width("abc")
    (6, 3)
    """
    if text.isascii():
        return len(text)
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def padded(text: str, columns: int, *, right: bool) -> str:
    """Return a text padded to a number of columns."""
    space = " " * (columns - width(text))
    return space + text if right else text + space


def wrapped(text: str, columns: int) -> list[str]:
    """Break a text into lines of at most `columns`, at spaces where it has them."""
    lines: list[str] = []
    line = ""
    for word in _words(text):
        if line and width(line) + width(word) > columns:
            lines.append(line.rstrip())
            line = word.lstrip()
        else:
            line += word
    return [*lines, line.rstrip()]


_CLOSING: Final = "，。；：、！？）》」』”’,.;:!?)"
_OPENING: Final = "（《「『“‘"


def _words(text: str) -> list[str]:
    """Split where a line may break: after a space, and around wide characters.

    Not behind a bracket that opens, and not in a unit such as 元/人.
    """
    words: list[str] = []
    for character in text:
        wide = east_asian_width(character) in "WF"
        kept = character in _CLOSING or (words and _holds(words[-1], character))
        if words and not kept and (wide or words[-1][-1:].isspace() or _ends_wide(words[-1])):
            words.append(character)
        elif words:
            words[-1] += character
        else:
            words.append(character)
    return words


def _holds(word: str, character: str) -> bool:
    """Tell whether what comes next belongs to a word: behind a bracket that opens, in 元/人."""
    if word[-1] in _OPENING:
        return True
    return "/" in (character, word[-1]) and word.rstrip("/")[-1:].isalnum()


def _ends_wide(word: str) -> bool:
    return east_asian_width(word[-1]) in "WF"


def table(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    right: Sequence[bool],
    total: Sequence[str] | None = None,
    columns: int = 80,
) -> str:
    """Lay out a table of texts.

    Parameters
    ----------
    right : sequence of bool
        Which columns are aligned to the right.
    total : sequence of str, optional
        A last row, below a rule.
    columns : int
        Of the terminal; headers break into lines where the table would be wider.
    """
    body = [*rows, *([total] if total else [])]
    widths = [max((width(row[i]) for row in body), default=0) for i in range(len(headers))]
    room = columns - sum(widths) - 2 * (len(headers) - 1)
    wide = [max(w, width(h)) for w, h in zip(widths, headers, strict=True)]
    if sum(wide) - sum(widths) > room:
        wide = [max(w, min(width(h), 8)) for w, h in zip(widths, headers, strict=True)]
    broken = [wrapped(h, w) for h, w in zip(headers, wide, strict=True)]
    wide = [max(w, *(width(line) for line in lines)) for w, lines in zip(wide, broken, strict=True)]
    height = max(len(lines) for lines in broken)
    head = [
        [lines[row - height + len(lines)] if row >= height - len(lines) else "" for lines in broken]
        for row in range(height)
    ]
    rule = "-" * (sum(wide) + 2 * (len(wide) - 1))

    def line(cells: Sequence[str]) -> str:
        laid = (padded(c, w, right=r) for c, w, r in zip(cells, wide, right, strict=True))
        return "  ".join(laid).rstrip()

    lines = [*(line(cells) for cells in head), rule, *(line(row) for row in rows)]
    if total:
        lines += [rule, line(total)]
    return "\n".join(lines)


def that_fit(widths: Sequence[int], columns: int) -> list[list[int]]:
    """Cut the columns of a table into tables that fit, the first column in front of each.

    >>> that_fit([6, 10, 10, 10], 30)
    [[0, 1, 2], [0, 3]]
    """
    found = [[0]]
    used = widths[0]
    for at, wide in enumerate(widths[1:], start=1):
        if used + wide + 2 > columns and len(found[-1]) > 1:
            found.append([0])
            used = widths[0]
        found[-1].append(at)
        used += wide + 2
    return found


def below_unit(grid: str, unit: str) -> list[str]:
    """Return a table with its unit above its right end, if it has one."""
    wide = max(width(line) for line in grid.splitlines())
    return [padded(unit, wide, right=True), grid] if unit else [grid]


def definitions(entries: Sequence[tuple[str, str]], *, columns: int = 80, indent: int = 2) -> str:
    """Lay out terms with what they mean: the terms in one column, the texts wrapped beside it."""
    column = min(max((width(term) for term, _ in entries), default=0), 30)
    lines: list[str] = []
    for term, meaning in entries:
        texts = wrapped(meaning, columns - column - indent - 2) or [""]
        if width(term) > column:
            lines.append(" " * indent + term)
            term = ""
        for text in texts:
            lines.append((" " * indent + padded(term, column, right=False) + "  " + text).rstrip())
            term = ""
    return "\n".join(lines)
