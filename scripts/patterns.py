"""Short tables of what a pattern of the cookbook gives, written into its pages.

Below ``<!-- table NAME: ROW ROW ... -->`` stands a table of ``examples/patterns/NAME.yaml``: a
column for each district, a line for each ROW, which is the name of an input, a quantity, a grant or
an output. ``ROW%`` is shown in per cent. What divides money has its total in the last column.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from pathlib import Path

import transfers
from transfers import Allocation

PATTERNS = Path(__file__).resolve().parent.parent / "examples" / "patterns"
ONE = re.compile(r"(<!-- table (\w+): ([^>]+) -->\n)(?:\|[^\n]*\n)*")
TOTAL = {"zh": "合计", "en": "total"}
TRUTH = {"zh": ("否", "是"), "en": ("no", "yes")}
SMALL = Fraction(1, 10)
LARGE = 100


def with_tables(text: str, language: str) -> str:
    """Return a page with its tables as the examples give them now."""
    return ONE.sub(lambda match: match[1] + table(match[2], match[3].split(), language), text)


@cache
def allocated(name: str) -> Allocation:
    """Run a pattern on its own table."""
    policy = transfers.load_policy(PATTERNS / f"{name}.yaml")
    return transfers.allocate(policy, transfers.load_districts(None, policy))


def table(name: str, rows: list[str], language: str) -> str:
    """Return the table of a pattern: districts are columns."""
    allocation = allocated(name)
    heads = allocation.keys if language == "en" else allocation.districts.names
    lines = [_line(allocation, row, language) for row in rows]
    has_total = any(line[-1] for line in lines)
    width = len(heads) + 1 + has_total
    told = ["", *heads, *([TOTAL[language]] if has_total else [])]
    every = [told, ["---", *["---:"] * (width - 1)], *(line[:width] for line in lines)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in every)


def _line(allocation: Allocation, row: str, language: str) -> list[str]:
    name, percent = row.removesuffix("%"), row.endswith("%")
    figures = allocation.column(name)
    divides = {rule.name: rule for rule in allocation.divisions}
    total = ""
    if name in divides or name == "total":
        total = shown(sum(f for f in figures if isinstance(f, Fraction)), percent)
    if name.endswith("year"):  # 2025, not 2,025
        figures = [figure if figure is None else str(figure) for figure in figures]
    cells = [_cell(figure, percent, language) for figure in figures]
    return [f"`{name}`", *cells, total]


def _cell(figure: Fraction | str | bool | None, percent: bool, language: str) -> str:
    if figure is None:
        return "—"
    if isinstance(figure, bool):
        return TRUTH[language][figure]
    return figure if isinstance(figure, str) else shown(figure, percent)


def shown(figure: Fraction | int, percent: bool) -> str:
    """Return a figure with as many digits as a reader needs."""
    if percent:
        return f"{_trimmed(Fraction(figure) * 100, 1)}%"
    digits = 4 if abs(figure) < SMALL else 2 if abs(figure) < LARGE else 1
    return _trimmed(Fraction(figure), digits)


def _trimmed(figure: Fraction, digits: int) -> str:
    """Round half away from zero; no zeros behind the last digit that counts."""
    whole = int(abs(figure) * 10**digits + Fraction(1, 2))
    units, parts = divmod(whole, 10**digits)
    sign = "-" if figure < 0 and whole else ""
    return f"{sign}{units:,}.{parts:0{max(digits, 1)}d}".rstrip("0").rstrip(".")
