"""Find the character of a document that a character of a scalar's text was written as."""

from __future__ import annotations

from functools import lru_cache

from transfers.documents.yaml_tree import Mark

_ESCAPED = {"x": 2, "u": 4, "U": 8}


def position(text: str, mark: Mark, offset: int) -> tuple[int, int]:
    """Return line and column, from 1, of the character at `offset` of a scalar.

    Exact for plain and quoted scalars, folded over lines or not, and for literal blocks; for
    folded blocks the line is right and the column nearly always.

    Parameters
    ----------
    text : str
        The whole document.
    mark : Mark
        Where the scalar begins and how it is written.
    offset : int
        Index into the scalar's text, at most its length.
    """
    lines = _lines_of(text)
    first = (mark.line or 1) - 1
    if mark.style in ("literal", "folded"):
        line, column = _in_block(lines, first, offset, folded=mark.style == "folded")
    else:
        quote = 1 if mark.style in ("single", "double") else 0
        line, column = _in_flow(lines, first, (mark.column or 1) - 1 + quote, offset, mark.style)
    line = max(1, min(line, len(lines)))
    return line, min(column, len(lines[line - 1]) + 1 if lines else 1)


@lru_cache(maxsize=8)
def _lines_of(text: str) -> list[str]:
    """Return the lines of a document, which nobody changes: many places are asked of few."""
    return text.splitlines()


def _in_flow(lines: list[str], line: int, column: int, offset: int, style: str) -> tuple[int, int]:
    """Walk a plain or quoted scalar: escapes, and line breaks folded into one space."""
    done = 0
    while line < len(lines):
        row = lines[line]
        if style == "double" and row[column:].rstrip() == "\\" and line + 1 < len(lines):
            line += 1  # a backslash takes the line break away
            column = _indent(lines[line])
            continue
        if done >= offset:
            break
        if column >= len(row.rstrip(" \t")) and line + 1 < len(lines):
            breaks = 1
            while line + breaks < len(lines) - 1 and not lines[line + breaks].strip():
                breaks += 1
            done += max(1, breaks - 1)
            line += breaks
            column = _indent(lines[line])
            continue
        column += _width(row[column : column + 2], style)
        done += 1
    return min(line, len(lines) - 1) + 1, column + 1


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip(" \t"))


def _width(written: str, style: str) -> int:
    """Return how many characters write the next one of a scalar."""
    if style == "double" and written[:1] == "\\":
        return 2 + _ESCAPED.get(written[1:], 0)
    return 2 if style == "single" and written == "''" else 1


def _in_block(lines: list[str], header: int, offset: int, *, folded: bool) -> tuple[int, int]:
    """Walk a block scalar line by line below its header."""
    content = [row for row in lines[header + 1 :] if row.strip()]
    if not content:
        return header + 1, 1
    indent = _indent(content[0])
    line, done = header + 1, 0
    while line < len(lines) - 1:
        if folded and not lines[line].strip() and lines[line - 1].strip() and line > header + 1:
            line += 1  # the first empty line is the break that folding keeps
            continue
        length = max(0, len(lines[line]) - indent)
        if offset <= done + length:
            break
        done += length + 1
        line += 1
    return line + 1, indent + max(0, offset - done) + 1
