"""A small policy with a table, and a folder for its tests."""

from __future__ import annotations

from pathlib import Path

import pytest

POLICY = """\
policy: small
money: {currency: CNY, unit: 万元, quantum: 1}
districts: {file: small.csv, key: code, name: name}
inputs:
  population: {title: 人口, unit: 人, min: 0}
  need: {min: 0, default: 0}
  tier: {one_of: [A, B], default: A}
parameters:
  rate: {A: 2, B: 1}
  floor_amount: 0
quantities:
  need_per_head: need / population
  average: sum(population) / count(population > 0)
budget: {amount: 5}
grants:
  equalisation:
    title: 均衡性补助
    pool: remainder
    share: {formula: population, coefficient: "rate[tier]"}
    floor: floor_amount
rules:
  enough: {that: equalisation >= 1, title: 每地至少 1 万元}
"""
TABLE = "code,name,population,need,tier\n01,东县,3,1,A\n02,西县,2,,B\n"


@pytest.fixture
def policy_text() -> str:
    """Return the policy as its document has it."""
    return POLICY


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of the policy."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "policy.yaml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "small.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path
