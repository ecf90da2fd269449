"""A scenario's amounts do not depend on its company."""

from __future__ import annotations

import random
from pathlib import Path

import transfers
from tests.method.tiny import loaded, written
from transfers.output.csv_file import csv_bytes

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "jiangmen" / "policy.yaml"


def test_a_scenario_alone_and_among_a_thousand_gives_the_same_bytes() -> None:
    policy = transfers.load_policy(EXAMPLE)
    districts = transfers.load_districts(None, policy)
    numbers = random.Random(20260101)
    scenarios = []
    for _ in range(1000):
        area = numbers.randint(0, 60)
        scenarios.append(
            {
                "budget.amount": numbers.randint(3500, 4600),
                "parameters.growth_cap": numbers.randint(5, 60) / 100,
                "parameters.tier_coefficient.A": numbers.randint(100, 160) / 100,
                "grants.equalisation.share.factors.area": area / 100,
                "grants.equalisation.share.factors.population": (60 - area) / 100,
            }
        )
    together = transfers.allocate_scenarios(policy, districts, scenarios)
    assert {allocation.status for allocation in together} == {"done", "rejected"}
    for number in numbers.sample(range(1000), 60):
        (alone,) = transfers.allocate_scenarios(policy, districts, [scenarios[number]])
        assert alone.status == together[number].status
        assert alone.total.tobytes() == together[number].total.tobytes()
        if alone.status == "done":
            assert csv_bytes(alone, "zh") == csv_bytes(together[number], "zh")
        assert alone.findings == together[number].findings


def test_a_scenario_whose_claims_are_met_is_told_nothing_for_the_company_of_one_that_is_short(
    tmp_path: Path,
) -> None:
    text = (
        "inputs: {c: }\nparameters: {m: 1}\n"
        "budget: 100\ngrants: {g: {claim: c * m, floor: 0.4, if_short: scale}}\n"
    )
    policy, districts = loaded(written(tmp_path, text, "key,c\nA,0.2\nB,0.2\n"))
    met, short = transfers.allocate_scenarios(policy, districts, [{}, {"parameters.m": 900}])
    assert (met.total.tolist(), met.findings) == ([1, 1], ())
    assert short.findings
