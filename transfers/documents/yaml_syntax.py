"""Say in one sentence what is wrong with the syntax of a YAML document, and what to do."""

from __future__ import annotations

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
    if code in ("document.colon_missing", "document.quote_unclosed", "document.flow_unclosed"):
        at = start or here
    if code in ("document.colon_missing", "document.second_colon"):
        wide = _wide_colon(lines, at[0])
        if wide is not None:
            code, at = "document.wide_colon", wide
    if code in ("document.start_character", "document.flow_bracket"):
        values = {"character": shown(sign)}
    return Fault(code, Place(file, at[0] + 1, at[1] + 1), values)


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
    if "flow" in context:
        return "document.flow_bracket" if sign in ("[", "{") else "document.flow_unclosed"
    if "block mapping" in context or "block collection" in context:
        quoted = before.rstrip().endswith(('"', "'"))
        return "document.after_quote" if quoted else "document.indentation"
    return "document.syntax"


def _wide_colon(lines: list[str], line: int) -> tuple[int, int] | None:
    """Return the full-width colon that stands where YAML needs ``: ``, here or just above."""
    for number in (line, line - 1):
        if 0 <= number < len(lines):
            row = lines[number]
            column = row.find("：")
            if column >= 0 and ": " not in row[:column]:
                return number, column
    return None
