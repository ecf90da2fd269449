"""Small allocations with awkward names and figures."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

import transfers
from transfers import Allocation
from transfers.written import kept_text

ROOT = Path(__file__).resolve().parents[2]

HOSTILE = [
    '=HYPERLINK("http://x","y")',
    "+1",
    "-2",
    "@SUM(A1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "\u200b=1",
    "'=1",
    "''@x",
    "'s-Gravenhage",
    "a|b",
    "<b>甲</b> & *乙*",
    "{=1+1}",
    "http://x.cn",
    "1e5",
    "007",
    "_x0041_",
]

POLICY = """policy: tiny
title: 转移支付
source: 第一条
year: 2026
money: {{currency: CNY, unit: 万元, quantum: {quantum}}}
districts: {{file: d.csv, key: code, name: name}}
inputs:
  people: {{unit: 万人}}
  before: {{title: 上年, unit: 万元, role: prior, nil: missing}}
  kind: {{type: text}}
grants:
  base: {{title: 基本补助, pool: {pool}, share: people}}
  extra: {{title: 追加补助, pool: {pool} / 2, share: people}}
outputs:
  per_head: {{title: 人均, formula: total / people, unit: 元/人, digits: 2}}
  third: {{title: 三分之一, formula: people / 3}}
  gone: {{title: 增量, formula: total - before}}
  large: people > 2
  category: kind
"""

Allocated = Callable[..., Allocation]


@pytest.fixture
def allocated(tmp_path: Path) -> Allocated:
    """Return what makes an allocation of districts with the given names."""

    def make(
        names: list[str],
        *,
        keys: list[str] | None = None,
        quantum: str = "0.01",
        pool: str = "100",
        priors: list[str] | None = None,
        policy: str = POLICY,
    ) -> Allocation:
        codes = keys or [f"{number:04d}" for number in range(1, len(names) + 1)]
        with (tmp_path / "d.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["code", "name", "people", "before", "kind"])
            for number, (code, name) in enumerate(zip(codes, names, strict=True), start=1):
                prior = priors[number - 1] if priors else str(10 * number)
                writer.writerow([kept_text(code), kept_text(name), number, prior, kept_text(name)])
        document = tmp_path / "p.yaml"
        document.write_text(policy.format(quantum=quantum, pool=pool), "utf-8")
        read = transfers.load_policy(document)
        return transfers.allocate(read, transfers.load_districts(None, read))

    return make


@pytest.fixture
def jiangmen() -> Allocation:
    """Return the allocation of the example."""
    policy = transfers.load_policy(ROOT / "examples" / "jiangmen" / "policy.yaml")
    return transfers.allocate(policy, transfers.load_districts(None, policy))
