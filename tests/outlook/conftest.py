"""A small policy with a fund, a base that is last year's result, and a list; and studies of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import scenarios
from scenarios import Outlook

POLICY = """\
policy: small
year: 2026
money: {unit: 万元, quantum: 1}
districts: {file: t.csv, key: code, name: name}
lists:
  services:
    columns: {standard: {unit: 元/人, min: 0}, from_year: {min: 0}, until_year: {min: 0}}
    items:
      care: {standard: 3000, from_year: 2026, until_year: 2099}
      culture: {standard: 2000, from_year: 2028, until_year: 2029}
inputs:
  population: {unit: 万人, min: 0, role: population}
  revenue: {unit: 万元, min: 0, role: own_revenue}
  tier: {one_of: [A, B]}
  degree: {}
  last_year: {unit: 万元, min: 0, default: 0}
  people: {over: services, columns: "{item}", unit: 人, min: 0}
parameters:
  new_money: {unit: 万元, value: 200, min: 0}
  growth: {value: {A: 10%, B: 5%}}
quantities:
  until: services.until_year
  cost:
    formula: services.standard * people
  need:
    formula: sum(cost, over=services, where=services.from_year <= year and year <= until)
reserves:
  fund: {opening: 50, inflow: 10% * new_money}
budget: {amount: 1000, remainder: fund}
grants:
  base: {pool: 600, share: population, floor: 50% * last_year, if_short: [fund, scale]}
  services_cost: {claim: need, if_short: [fund, scale]}
outputs:
  per_head: {formula: total / population, unit: 元/人, digits: 1}
next: {last_year: base}
"""

TABLE = """\
code,name,population,revenue,tier,degree,last_year,care,culture
c1,东县,10,1000,A,0.8,200,300,100
c2,西县,20,1500,B,0.6,250,200,100
c3,南县,30,900,B,0.9,100,100,400
"""

YEARS = "years: {from: 2026, until: 2030}\n"

Look = Callable[..., Outlook]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "p.yaml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def look(folder: Path) -> Look:
    """Return the outlook of a study of the small policy."""

    def of(text: str = YEARS, **asked: object) -> Outlook:
        file = folder / "s.yaml"
        file.write_text(f"study: s\npolicy: p.yaml\n{text}", encoding="utf-8")
        return scenarios.look_ahead(scenarios.load_study(file), **asked)  # type: ignore[arg-type]

    return of
