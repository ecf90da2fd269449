"""Where numbers of a document are used."""

from __future__ import annotations

from pathlib import Path

import transfers
from transfers import load_policy
from transfers.policy.uses import (
    grants_resting_on,
    group_of_weight,
    leads_to_money,
    table_of,
    uses,
)

ROOT = Path(__file__).resolve().parents[2]


def test_a_number_is_found_alone_in_tables_and_in_columns_of_lists() -> None:
    policy = transfers.load_policy(ROOT / "examples/jiangmen_reform/policy.yaml")
    standard = ("lists", "services", "dibao", "standard")
    assert [use.name for use in uses(policy, standard)][:1] == ["cost"]
    award = ("parameters", "award", "value", "达标")
    assert table_of(policy, award) == ("award", ("达标",))
    assert [use.key for use in uses(policy, award)] == ["formula"]
    assert [len(use.lookups) for use in uses(policy, award)] == [1]


def test_a_weight_belongs_to_its_group() -> None:
    policy = transfers.load_policy(ROOT / "examples/jiangmen/policy.yaml")
    group = ("grants", "equalisation", "share", "factors")
    assert group_of_weight(policy, (*group, "area")) == group
    assert group_of_weight(policy, ("parameters", "growth_cap")) is None
    (use,) = uses(policy, (*group, "area"))
    assert (use.name, use.role, use.key) == ("equalisation", "grant", "weight")


def test_what_leads_to_no_money_leads_to_columns_and_rules() -> None:
    policy = transfers.load_policy(ROOT / "examples/rules/policy.yaml")
    paid, ends = leads_to_money(policy, uses(policy, ("parameters", "growth_cap")))
    assert not paid
    assert [(use.name, use.role) for use in ends] == [("growth", "rule")]


def test_grants_rest_on_inputs_themselves_or_by_way_of_quantities(tmp_path: Path) -> None:
    text = """policy: p
title: p
districts: {file: d.csv, key: k}
inputs: {a: {unit: 人}, b: {unit: 万元}, c: {unit: 分}}
quantities: {half: a / 2}
budget: {amount: 100}
grants:
  g: {pool: 40, share: half}
  h: {pool: 10, share: {factors: {half: 50%, b: 50%}}}
  i: {pool: remainder, share: c}
"""
    file = tmp_path / "p.yaml"
    file.write_text(text, "utf-8")
    policy = load_policy(str(file))
    found = {name: set(grants_resting_on(policy, name)) for name in "abc"}
    assert found == {"a": {"g", "h"}, "b": {"h"}, "c": {"i"}}
