"""Many scenarios of a small policy that may be short of money and may not add up."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

import transfers
from scenarios.running.source import Listed
from scenarios.settings import Setting

POLICY = """\
policy: small
money: {currency: CNY, unit: 万元, quantum: 1}
districts: {file: table.csv, key: key, name: name}
inputs:
  need: {title: 需求}
  people: {title: 人口}
  last: {unit: 万元}
parameters: {bonus: 50}
budget: {amount: 5000}
grants:
  main:
    pool: 4000
    share:
      factors: {need: 60%, people: 40%}
    floor: last
    if_short: reject
  extra:
    claim: bonus
rules:
  within: {that: sum(extra) <= 600, level: warn}
  nobody_loses: {that: main >= 4.5 * last, level: hard}
"""


def table(count: int) -> str:
    rows = [f"{n:04d},D{n},{n % 7 + 1},{n * n % 11 + 2},{30 + n % 5}" for n in range(count)]
    return "\n".join(["key,name,need,people,last", *rows]) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "policy.yaml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "table.csv").write_text(table(9), encoding="utf-8")
    return tmp_path


@pytest.fixture
def setting(folder: Path) -> Setting:
    policy = transfers.load_policy(folder / "policy.yaml")
    return Setting(policy, transfers.load_districts(None, policy))


POOL = ("grants", "main", "pool")
NEED = ("grants", "main", "share", "factors", "need")
PEOPLE = ("grants", "main", "share", "factors", "people")
BONUS = ("parameters", "bonus")


@pytest.fixture
def listed() -> Callable[[int], Listed]:
    """Return that many scenarios: the 8th is short of money, the weights of the 12th are wrong."""

    def of(count: int) -> Listed:
        moves = []
        for n in range(count):
            need = Fraction(n % 97 + 1, 100)
            moves.append({NEED: need, PEOPLE: 1 - need, BONUS: Fraction(n % 90)})
            if n == 7:
                moves[-1][POOL] = Fraction(100)
            if n == 11:
                moves[-1][PEOPLE] = Fraction(1, 2)
        return Listed(moves, (NEED, BONUS))

    return of
