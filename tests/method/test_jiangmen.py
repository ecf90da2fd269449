"""Case: the factor pool of Jiangmen (cases/jiangmen_2026), every figure of its README.

Its line on dispersion (coefficients of variation, Theil, Gini) belongs to the measures.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest

import transfers
from tests.method.tiny import exact, found, paid
from transfers import Allocation

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "jiangmen"
CASE = ROOT / "cases" / "jiangmen_2026"
PROMISE = (
    "  within_growth_cap: {title: 增幅不超过上限,"
    " that: equalisation <= (1 + growth_cap) * last_year}\n"
)
BOUNDS = """    floor: last_year
    cap: (1 + growth_cap) * last_year
    if_short: reject
"""
GRANT = "equalisation"


@pytest.fixture(scope="module")
def expected() -> dict[str, list[Fraction]]:
    """Return the columns of figures of expected.csv, in its order."""
    with (CASE / "expected.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        name: [Fraction(row[name]) for row in rows] for name in rows[0] if name.endswith("_wan")
    }


def run(overrides: Mapping[str, str] | None = None) -> Allocation:
    """Run the example, with values put at paths as ``--set`` does."""
    policy = transfers.load_policy(EXAMPLE / "policy.yaml")
    return transfers.allocate(policy, transfers.load_districts(None, policy), overrides)


def run_variant(folder: Path, replacing: Mapping[str, str], adding: str = "") -> Allocation:
    """Run a document that differs from the example in some lines."""
    text = (EXAMPLE / "policy.yaml").read_text(encoding="utf-8")
    for old, new in replacing.items():
        assert old in text
        text = text.replace(old, new)
    (folder / "policy.yaml").write_text(text + adding, encoding="utf-8")
    (folder / "districts.csv").write_bytes((CASE / "districts.csv").read_bytes())
    policy = transfers.load_policy(folder / "policy.yaml")
    return transfers.allocate(policy, transfers.load_districts(None, policy))


def rounded(figures: list[Fraction], places: int) -> list[Fraction]:
    """Round figures above zero half away from zero."""
    scale = 10**places
    return [Fraction((figure * scale + Fraction(1, 2)).__floor__(), scale) for figure in figures]


@pytest.fixture
def raw(tmp_path: Path) -> list[Fraction]:
    """Return the raw amounts: pool x normalised share, which is the same grant without bounds."""
    return exact(run_variant(tmp_path, {BOUNDS: ""}), f"{GRANT}.entitlement")


def test_the_example_and_the_case_have_one_table() -> None:
    """Sentence 8: the case is the example; neither may drift from the other."""
    assert (EXAMPLE / "districts.csv").read_text("utf-8") == (CASE / "districts.csv").read_text(
        "utf-8"
    )


def test_the_amounts_are_those_published(expected: dict[str, list[Fraction]]) -> None:
    """Sentence 2: 325, 150, 552, 1080, 755, 402, 736 add up to 4,000, without a finding."""
    allocation = run()
    assert paid(allocation, GRANT) == expected["amount_wan"]
    assert allocation.total.sum() == 4000
    assert allocation.findings == ()


def test_the_raw_amounts_are_pool_times_normalised_share(
    raw: list[Fraction], expected: dict[str, list[Fraction]]
) -> None:
    """Sentence 9: factors over all seven, then the tier coefficient, then normalised."""
    assert rounded(raw, 4) == expected["raw_wan"]
    assert sum(raw) == 4000


def test_the_bounds_are_last_year_and_a_quarter_more(
    tmp_path: Path, expected: dict[str, list[Fraction]]
) -> None:
    """Sentence 5: 1.25 x 260 is a cap of 325 exactly, which Pengjiang meets."""
    outputs = "outputs: {least: last_year, most: (1 + growth_cap) * last_year}\n"
    allocation = run_variant(tmp_path, {}, outputs)
    assert exact(allocation, "least") == expected["floor_wan"]
    assert exact(allocation, "most") == expected["cap_wan"]


def test_the_fitted_amounts_are_clipped_by_one_factor(
    raw: list[Fraction], expected: dict[str, list[Fraction]]
) -> None:
    """Sentence 2: amount = clip(0.994104 x raw, floor, cap), with the exact factor, for all."""
    allocation = run()
    fitted = exact(allocation, f"{GRANT}.entitlement")
    assert rounded(fitted, 4) == expected["fitted_wan"]
    assert sum(fitted) == 4000
    factor = fitted[2] / raw[2]  # Xinhui meets no bound
    bounds = zip(raw, expected["floor_wan"], expected["cap_wan"], strict=True)
    assert fitted == [max(low, min(high, factor * figure)) for figure, low, high in bounds]


def test_two_districts_are_at_the_cap_and_one_at_the_floor(tmp_path: Path) -> None:
    """Sentence 5: Pengjiang and Jianghai at 125 %, Taishan at last year's amount."""
    outputs = f"outputs: {{low: {GRANT}.at_floor, high: {GRANT}.at_cap}}\n"
    allocation = run_variant(tmp_path, {}, outputs)
    assert allocation.outputs["high"] == [True, True, *[False] * 5]
    assert allocation.outputs["low"] == [*[False] * 3, True, *[False] * 3]


def test_the_rate_and_the_printed_adjustment(tmp_path: Path) -> None:
    """Sentence 8: money per unit of weight is 3,733.45; over pool / sum of weights, 0.994104.

    The weight is written out once more, as formulas.
    """
    composite = """  people: 40% * share(population) + 20% * share(area)
  composite: people + 10% * share(towns) + 30% * share(inverse_capacity)
  weight: composite * tier_coefficient[tier]

budget:"""
    outputs = f"""outputs:
  rate: {GRANT}.rate
  adjustment: {GRANT}.rate / (4000 / sum(weight))
"""
    allocation = run_variant(tmp_path, {"budget:": composite}, outputs)
    assert rounded(exact(allocation, "rate"), 2) == [Fraction("3733.45")] * 7
    assert rounded(exact(allocation, "adjustment"), 6) == [Fraction("0.994104")] * 7
    assert paid(allocation, GRANT) == paid(run(), GRANT)


def test_naive_rounding_of_the_raw_amounts_loses_a_unit_and_says_so(tmp_path: Path) -> None:
    """Sentence 22: 331 + 178 + 555 + 1,031 + 759 + 404 + 741 = 3,999: the residue is a line."""
    allocation = run_variant(tmp_path, {BOUNDS: "    rounding: half_up\n"})
    assert paid(allocation, GRANT) == [331, 178, 555, 1031, 759, 404, 741]
    assert allocation.total.sum() == 3999
    assert found(allocation)["half_up_residue"].value == "1"


def test_clipping_once_and_scaling_everybody_would_break_a_floor(
    raw: list[Fraction], expected: dict[str, list[Fraction]]
) -> None:
    """Sentence 23: clip once, then scale to 4,000: Taishan has 1,076.1; the engine pays 1,080."""
    bounds = zip(raw, expected["floor_wan"], expected["cap_wan"], strict=True)
    clipped = [max(low, min(high, figure)) for figure, low, high in bounds]
    scaled = [figure * 4000 / sum(clipped) for figure in clipped]
    assert rounded(scaled, 1)[3] == Fraction("1076.1")
    assert scaled[3] < expected["floor_wan"][3] == paid(run(), GRANT)[3]


def test_a_pool_of_3400_is_short_by_200_and_nobody_is_paid() -> None:
    """Sentence 14: floors add up to 3,600; the finding has the shortfall and who binds it."""
    allocation = run({"budget": "3400"})
    assert allocation.status == "rejected"
    assert allocation.amounts == {}
    finding = found(allocation)["floors_exceed_pool_rejected"]
    assert (finding.value, finding.limit, finding.margin) == ("3,600", "3,400", "200")
    assert "台山市、开平市、恩平市、新会区、鹤山市、蓬江区、江海区" in finding.message("zh")


def test_scaled_floors_of_a_pool_of_3400() -> None:
    """Sentence 14: 3,400/3,600 of each floor, rounded by largest remainder: adds up to 3,400."""
    allocation = run({"budget": "3400", f"grants.{GRANT}.if_short": "scale"})
    assert paid(allocation, GRANT) == [246, 113, 444, 1020, 661, 312, 604]
    assert allocation.total.sum() == 3400
    assert found(allocation)["floors_exceed_pool_scaled"].margin == "200"


def test_pools_by_tier_instead_of_coefficients(tmp_path: Path) -> None:
    """Sentence 15: A 60 %, B 25 %, C 15 % of 4,000; of A's 2,400: 978, 720, 702."""
    allocation = run_variant(
        tmp_path,
        {
            BOUNDS: "    within: {by: tier, share: 'tier_share[tier]'}\n",
            "      coefficient: tier_coefficient[tier]\n": "",
            "  growth_cap: 25%\n": "  tier_share: {A: 60%, B: 25%, C: 15%}\n",
            PROMISE: "",
        },
    )
    amounts = dict(zip(allocation.districts.names, paid(allocation, GRANT), strict=True))
    assert (amounts["台山市"], amounts["开平市"], amounts["恩平市"]) == (978, 720, 702)
    assert amounts["新会区"] + amounts["鹤山市"] == 1000
    assert amounts["蓬江区"] + amounts["江海区"] == 600


def test_advance_and_instalment_are_outputs(tmp_path: Path) -> None:
    """Sentence 7: 90 % of last year is paid in advance; the grant's name means what is paid."""
    allocation = run_variant(
        tmp_path,
        {},
        f"outputs:\n  advance: 90% * last_year\n  instalment: {GRANT} - advance\n",
    )
    advance, instalment = exact(allocation, "advance"), exact(allocation, "instalment")
    assert advance == [234, 108, 423, 972, 630, 297, 576]
    assert instalment == [91, 42, 129, 108, 125, 105, 160]
    assert (sum(advance), sum(instalment)) == (3240, 760)
    assert list(allocation.table())[-4:] == [GRANT, "advance", "instalment", "total"]
