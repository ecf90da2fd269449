"""Differences and where they come from."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import scenarios
from scenarios import Comparison
from scenarios.comparison.changes import by_change, by_split_in_order
from scenarios.comparison.report import told
from scenarios.comparison.stages import by_stage

POLICY = Path(__file__).resolve().parents[2] / "examples" / "jiangmen" / "policy.yaml"
STUDY = f"""study: worked
policy: {POLICY}
variants:
  area: &area
    set: {{grants.equalisation.share.factors.area: 25%}}
    rescale: grants.equalisation.share.factors
  cap: {{set: {{parameters.growth_cap: 15%}}}}
  both: {{extends: area, set: {{parameters.growth_cap: 15%}}}}
  less: {{set: {{budget.amount: 3600}}}}
  heshan: {{data: {{tier: {{440784: A}}}}, set: {{parameters.growth_cap: 15%}}}}
""".replace(" &area", "")
TAISHAN, JIANGHAI = "440781", "440704"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    file = tmp_path_factory.mktemp("study") / "study.yaml"
    file.write_text(STUDY, "utf-8")
    return scenarios.compare(scenarios.run(scenarios.load_study(file)))


def test_the_worked_example_by_what_was_changed(found: Comparison) -> None:
    """Sentence 35: a change gets the average of what it adds, over all orders."""
    place = found.keys.index(TAISHAN)
    amounts = [found[name].amount[place] for name in ("area", "cap", "both")]
    assert (found["area"].baseline[place], *amounts) == (1080, 1080, 1103, 1113)
    weight, cap = by_change(found, found["both"]).parts
    assert (weight.column.fraction(place), cap.column.fraction(place)) == (5, 28)


def test_the_worked_example_by_stage(found: Comparison) -> None:
    """Sentence 35: parts of the amount less those of the baseline's, rounded so as to add up."""
    shown = told("by_stage", by_stage(found, found["area"]), found)
    place = found.keys.index(TAISHAN)
    kinds = [part.kind for part in shown.breakdown.parts]
    figures = [str(float(shown.figure(column[place]))) for column in shown.columns]
    assert dict(zip(kinds, figures, strict=True)) == {
        "factors": "33.56",
        "coefficient": "-0.48",
        "bounds": "-33.08",
        "rounding": "0.0",
    }


def test_the_worked_example_of_the_pool(found: Comparison) -> None:
    """Sentence 35: what the pool does is its change at the average share."""
    breakdown = by_stage(found, found["less"])
    place = found.keys.index(JIANGHAI)
    parts = {part.id: part.column.fraction(place) for part in breakdown.parts}
    assert round(parts["equalisation.pool"], 2) == Fraction("-17.85")
    assert sum(parts.values()) == -30


def test_old_rule_on_new_data_comes_first(found: Comparison) -> None:
    """Sentence 35: data is told under the old rule, policy on the new data."""
    data, policy = by_split_in_order(found, found["heshan"]).parts
    heshan = found.keys.index("440784")
    # A higher tier brings 鹤山 to its old cap, 412.5; the new cap is 379.5.
    assert (data.column.fraction(heshan), policy.column.fraction(heshan)) == (10, -33)
