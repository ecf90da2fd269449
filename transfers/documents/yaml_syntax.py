"""Say in one sentence what is wrong with the syntax of a YAML document, and what to do."""

from __future__ import annotations

import re

from transfers.documents.yaml_tree import shown
from transfers.errors import Fault, Place


def syntax_fault(error: Exception, text: str, file: str) -> Fault:
    """Translate an error of the YAML parser.

    The parser speaks of tokens and blocks; the author of a policy needs to know which line, and
    whether a quote, a bracket, a colon or the indentation is missing.
    """
    problem = str(getattr(error, "problem", "") or "")
    context = str(getattr(error, "context", "") or "")
    here = _position(getattr(error, "problem_mark", None))
    start = _position(getattr(error, "context_mark", None)) or here
    if here is None:
        return Fault("document.syntax", Place(file))
    lines = text.splitlines()
    line, column = here
    row = lines[line] if line < len(lines) else ""
    sign = row[column] if column < len(row) else ""
    code, at, values = _diagnosis(problem, context, row[:column], sign), here, {}
    if code in _WHERE_IT_BEGINS:
        at = start or here
    if code in ("document.colon_missing", "document.second_colon"):
        code, at = _written_wide(lines, at[0]) or (code, at)
    wide = _COLON_OF_BRACES.search(row[: column + 1]) if code in _OF_BRACES else None
    if wide is not None:
        code, at = "document.wide_colon", (line, wide.end(1))
    if code == "document.second_colon":
        code, at = _colon_missing_above(lines, at[0], row[:column]) or (code, at)
    if code == "document.start_character" and start is not None and "scanning an a" in context:
        at, sign = start, lines[start[0]][start[1] : start[1] + 1]
    if code in ("document.start_character", "document.flow_bracket"):
        values = {"character": shown(sign)}
    return Fault(code, Place(file, at[0] + 1, at[1] + 1), values)


_WHERE_IT_BEGINS = frozenset(
    f"document.{what}" for what in ("colon_missing", "quote_unclosed", "flow_unclosed")
)
_OF_BRACES = frozenset(
    f"document.{what}" for what in ("flow_bracket", "indentation", "second_colon")
)
_COLON_OF_BRACES = re.compile(r"^([^\"'#：]*)：\s*[{\[]")
_WIDE = (("：", "wide_colon"), ("｛", "wide_bracket"), ("［", "wide_bracket"))


def _position(mark: object) -> tuple[int, int] | None:
    if mark is None:
        return None
    return int(getattr(mark, "line", 0)), int(getattr(mark, "column", 0))


def _diagnosis(problem: str, context: str, before: str, sign: str) -> str:
    """Return the code of what is wrong, from the parser's words and the text around the place."""
    if "cannot start any token" in problem:
        return "document.tab" if sign == "\t" else "document.start_character"
    if "mapping values are not allowed" in problem:
        return "document.second_colon"
    if "could not find expected ':'" in problem:
        return "document.colon_missing"
    if "quoted scalar" in context:
        return "document.escape" if "escape" in problem else "document.quote_unclosed"
    if "scanning an alias" in context or "scanning an anchor" in context:
        return "document.start_character"
    if "flow" in context:
        return "document.flow_bracket" if sign in ("[", "{") else "document.flow_unclosed"
    if "block mapping" in context or "block collection" in context:
        if sign == ":" and not before.strip():
            return "document.empty_key"
        quoted = before.rstrip().endswith(('"', "'"))
        return "document.after_quote" if quoted else "document.indentation"
    return "document.syntax"


def _written_wide(lines: list[str], line: int) -> tuple[str, tuple[int, int]] | None:
    """Return the full-width sign or space that stands where YAML needs a plain one."""
    for number in (line, line - 1):
        row = lines[number] if 0 <= number < len(lines) else ""
        indent = len(row) - len(row.lstrip())
        if row[:indent].strip(" \t"):
            return "document.wide_space", (number, len(row) - len(row.lstrip(" \t")))
        for sign, code in _WIDE:
            column = row.find(sign)
            if column >= 0 and (": " not in row[:column] or code != "wide_colon"):
                return f"document.{code}", (number, column)
    return None


def _colon_missing_above(
    lines: list[str], line: int, before: str
) -> tuple[str, tuple[int, int]] | None:
    """Return the line above that is no ``key: value``, so that this one is read as its rest."""
    above = next((n for n in range(line - 1, -1, -1) if lines[n].strip()), -1)
    row = lines[above] if above >= 0 else ""
    plain = row.strip()
    if ": " in before or not plain or plain.startswith(("#", "-")):
        return None
    if ": " in plain or plain.endswith(":"):
        return None
    return "document.colon_missing", (above, len(row) - len(row.lstrip()))
