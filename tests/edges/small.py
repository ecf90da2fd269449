"""Small policies and their tables, written where a test wants them."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import transfers
from scenarios.edges.survey import Asked, Cliff, Survey, Watched, survey
from scenarios.settings import Setting
from transfers import Allocation

HEAD = """
policy: p
money: {currency: CNY, unit: 万元, quantum: 1}
districts: {file: t.csv, key: code}
"""

REVENUE = """
inputs:
  revenue: {title: 收入, unit: 亿元, min: 0, role: own_revenue}
parameters:
  steps: [{below: 10, value: {unit: 万元, value: 500}}]
"""


def setting_of(folder: Path, text: str, rows: Sequence[Mapping[str, object]]) -> Setting:
    """Return a policy and its table, both read from files."""
    write_table(folder / "t.csv", rows)
    file = folder / "p.yaml"
    file.write_text(HEAD + text, encoding="utf-8")
    policy = transfers.load_policy(file)
    return Setting(policy, transfers.load_districts(None, policy))


def write_table(file: Path, rows: Sequence[Mapping[str, object]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def surveyed(
    folder: Path, text: str, rows: Sequence[Mapping[str, object]], **asked: object
) -> Survey:
    return survey(setting_of(folder, text, rows), Asked(**asked))  # type: ignore[arg-type]


def figure(found: Survey, key: str, name: str) -> Watched:
    """Return what was found of one figure."""
    return next(w for w in found.watched if (w.lever.key, w.lever.column) == (key, name))


def cliffs_of(found: Survey, key: str, name: str) -> list[Cliff]:
    return list(figure(found, key, name).cliffs)


def run_with(
    folder: Path, rows: Sequence[Mapping[str, object]], key: str, name: str, value: object
) -> Allocation:
    """Run the policy of a folder, as anybody would, on a table with one figure changed."""
    from transfers.arithmetic.decimals import format_decimal

    text = format_decimal(value) if isinstance(value, Fraction) else str(value)
    changed = [{**row, name: text} if row["code"] == key else dict(row) for row in rows]
    write_table(folder / "changed.csv", changed)
    policy = transfers.load_policy(folder / "p.yaml")
    return transfers.allocate(policy, transfers.load_districts(folder / "changed.csv", policy))
