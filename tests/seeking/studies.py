"""Small studies, written into a folder and read."""

from __future__ import annotations

from pathlib import Path

from scenarios.study.load import Study, load_study

TABLE = "k,x,last\na,1,30\nb,3,30\nc,6,30\n"

POLICY = """policy: p
money: {currency: CNY, unit: 万元, quantum: 1}
districts: {file: d.csv, key: k}
inputs: {x: {unit: 万元}, last: {unit: 万元}}
parameters: {p: 2, q: 0, pool: {value: 100, unit: 万元}}
"""


def study_in(folder: Path, policy: str, study: str, table: str = TABLE) -> Study:
    """Write a table, a policy below the usual head, and a study of it."""
    (folder / "d.csv").write_text(table, encoding="utf-8")
    (folder / "p.yaml").write_text(f"{POLICY}{policy}", encoding="utf-8")
    (folder / "s.yaml").write_text(f"study: s\npolicy: p.yaml\n{study}", encoding="utf-8")
    return load_study(folder / "s.yaml")
