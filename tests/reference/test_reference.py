"""The engine and the reference agree, document by document."""

from __future__ import annotations

import ast
from fractions import Fraction
from pathlib import Path

import pytest

import transfers
from tests.reference.comparing import compare
from tests.reference.random_documents import RandomDocument, random_document
from transfers import reference
from transfers.arithmetic.roots import square_root
from transfers.reference.fitting import Member, fit, whole_amounts

ZERO = Fraction(0)

HEAD = """policy: small
money: {currency: CNY, unit: 万元, quantum: QUANTUM}
districts: {file: districts.csv, key: code}
inputs:
  x:
  y:
  region: {type: text}
  last: {unit: 元}
"""
ROWS = (("a", "1", "2", "A", "0"), ("b", "2", "2", "A", "90000"), ("c", "3", "0", "B", "20000"))

# -- the reference by itself, redone by hand ---------------------------------------------------


def member(weight: int, cap: int, key: int, *, floor: int = 0) -> Member:
    return Member(Fraction(weight), ZERO, Fraction(floor), Fraction(cap), key)


def test_a_cap_that_binds_leaves_the_others_a_higher_rate() -> None:
    fitted = fit([member(1, 10, 0), member(2, 4, 1), member(1, 10, 2)], Fraction(10))
    assert fitted.entitlements == [3, 4, 3]
    assert fitted.rate == 3


def test_of_an_interval_of_rates_the_lowest_counts() -> None:
    assert fit([member(1, 5, 0), member(1, 5, 1, floor=5)], Fraction(10)).rate == 5
    assert fit([member(1, 5, 0, floor=2)], Fraction(2)).rate == 0


def test_floors_above_the_money_are_short() -> None:
    assert fit([member(1, 9, 0, floor=3)], Fraction(2)).status == "short"


def test_the_largest_remainders_get_the_units_that_are_left_and_ties_go_by_key() -> None:
    fitted = fit([member(1, 9, 1), member(1, 9, 0), member(1, 9, 2)], Fraction(5))
    assert whole_amounts(fitted, "largest_remainder") == [2, 2, 1]
    fitted = fit([member(1, 9, 1), member(1, 9, 0), member(1, 9, 2)], Fraction(4))
    assert whole_amounts(fitted, "largest_remainder") == [1, 2, 1]


def test_webster_hands_out_units_at_their_critical_rates() -> None:
    # Sainte-Lague: 53, 24 and 23 votes, 7 seats: quotients 53, 24, 23, 17.7, 10.6, 8, 7.7
    fitted = fit([member(53, 7, 0), member(24, 7, 1), member(23, 7, 2)], Fraction(7))
    assert whole_amounts(fitted, "webster") == [3, 2, 2]


def test_the_example_of_the_readme_is_what_the_reference_gives() -> None:
    policy = transfers.load_policy("examples/jiangmen/policy.yaml")
    result = reference.allocate(policy, transfers.load_districts(None, policy))
    assert result.total == [325, 150, 552, 1080, 755, 402, 736]


LIBRARY = {
    # formula: figures of the districts a, b, c, whose x is 1, 2, 3 and whose y is 2, 2, 0
    "sum(x, by=region)": "3 3 3",
    "mean(x, weights=y)": "1.5 1.5 1.5",
    "share(x, where=y > 0)": "1/3 2/3 0",
    "count(y == 2)": "2 2 2",
    "rank(y)": "1 1 3",
    "rank(x, where=y > 0)": "2 1 -",
    "std(x, by=region)": "0.5 0.5 0",
    "cv(y)": "1/2^0.5",
    "zscore(y)": "zscore",
    "minmax(x)": "0 0.5 1",
    "quantile(x, 0.25)": "1.5 1.5 1.5",
    "highest(y, by=region)": "2 2 0",
    "step(x, ladder)": "10 10 30",
    "step(y, ladder)": "10 10 10",
    "step(x - 0.5, ladder)": "10 10 20",
    "marginal(x, ladder)": "10 20 40",
    "interpolate(x, line)": "5 5 10",
    "interpolate(x - 5, line)": "5 5 5",
    "interpolate(x + 0.5, line)": "5 7.5 10",
    "round(x / 2)": "1 1 2",
    "round(-x / 2)": "-1 -1 -2",
    "round_down(-x / 2)": "-1 -1 -2",
    "round_up(x * 0.75, to=0.5)": "1 1.5 2.5",
    "-x ^ 2": "-1 -4 -9",
    "if(y == 0, 1 / y, 7)": "7 7 -",
    "if(missing(1 / y), 0, 1 / y)": "0.5 0.5 0",
    "clip(x, 1.5, 2.5)": "1.5 2 2.5",
    "abs(x - 2)": "1 0 1",
}
TABLES = """parameters:
  ladder:
    - {up_to: 2, value: 10}
    - {below: 3, value: 20}
    - {value: 30}
  line:
    - {at: 2, value: 5}
    - {at: 3, value: 10}
"""


@pytest.mark.parametrize("formula", list(LIBRARY))
def test_the_library_yields_what_is_worked_out_by_hand(formula: str, tmp_path: Path) -> None:
    text = HEAD.replace("QUANTUM", "1") + TABLES + "grants:\n  g: {pool: 1, share: x}\n"
    text += f"outputs:\n  o: '{formula}'\n"
    document = RandomDocument(text, ("code", "x", "y", "region", "last"), ROWS)
    policy = transfers.load_policy(document.write(tmp_path))
    districts = transfers.load_districts(None, policy)
    half = square_root(Fraction(1, 2))
    by_name = {"1/2^0.5": [half] * 3, "zscore": [half, half, -2 * half]}
    wanted = by_name.get(LIBRARY[formula]) or [
        None if word == "-" else Fraction(word) for word in LIBRARY[formula].split()
    ]
    assert half is not None
    for found in (
        reference.allocate(policy, districts).outputs["o"],
        transfers.allocate(policy, districts).outputs["o"],
    ):
        for figure, expected in zip(found, wanted, strict=True):
            if figure is None or expected is None:
                assert figure is expected
            else:
                assert abs(figure - expected) < Fraction(1, 10**48)  # type: ignore[operator]


def test_the_reference_shares_no_code_with_steps_kernel_and_readers() -> None:
    shared = {
        "transfers.arithmetic",  # roots only
        "transfers.districts",
        "transfers.districts.columns",
        "transfers.errors",
        "transfers.formula.nodes",
        "transfers.formula.scope",
        "transfers.policy.policy",
        "transfers.policy.rules",
    }
    for file in Path("transfers/reference").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("transfers."):
                own = node.module is not None and node.module.startswith("transfers.reference")
                assert own or node.module in shared, f"{file}: {node.module}"
                if node.module == "transfers.arithmetic":
                    assert [name.name for name in node.names] == ["roots"]


# -- the engine against the reference ----------------------------------------------------------


@pytest.mark.parametrize("first", range(0, 120, 10))
def test_amounts_entitlements_and_outputs_are_those_of_exact_arithmetic(
    first: int, tmp_path: Path
) -> None:
    for seed in range(first, first + 10):
        compared = compare(random_document(seed), tmp_path, seed, scenarios=2)
        assert not compared.disagreements, f"document {seed}"


@pytest.mark.parametrize("seed", range(1_000_000, 1_000_005))
def test_twenty_scenarios_get_the_same_alone_and_together(seed: int, tmp_path: Path) -> None:
    compared = compare(random_document(seed), tmp_path, seed, scenarios=20)
    assert not compared.disagreements


# -- documents on which the two once disagreed -------------------------------------------------

ONCE_DIFFERENT = {
    "a claim below its cap is not at its cap": "  g: {claim: x, cap: 100}\n",
    "claims that fit but for rounding close at their sum": (
        "  g: {pool: 3, claim: '1.5', eligible: region = \"A\"}\n"
    ),
    "the rate of claims is a ratio": "  g: {pool: 3, claim: x, if_short: scale}\n",
    "a rate of a level by groups is the level": (
        "  g: {pool: 30, level: {own: y, per: x, by: region}}\n"
    ),
    "floors that fit are no shortage of groups": (
        "  g: {pool: 3, level: {own: '0', per: '1', by: region}, floor: 1.5 - y * 0.375}\n"
    ),
    "a group without members takes nothing": (
        "  g: {pool: 100, within: {by: x > 9, share: '1'}, share: x}\n"
    ),
    "constant floors are floors of every district": (
        "  g: {pool: 7, within: {by: x > 1, share: '1'}, share: '1', floor: '5', if_short: scale}\n"
    ),
    "none stays none in another unit": (
        "  g: {pool: 30, share: x, cap: 'if(last == 0, none, last)'}\n"
    ),
    "scaled floors may be rounded up": (
        "  g: {pool: 1, share: x, floor: '0.7', if_short: scale}\n"
    ),
    "penalties stand beside the pool": "  g: {pool: 10, claim: 2 - x}\n",
}


@pytest.mark.parametrize("quantum", ["1", "0.01"])
@pytest.mark.parametrize("claim", list(ONCE_DIFFERENT))
def test_documents_that_once_differed_agree(claim: str, quantum: str, tmp_path: Path) -> None:
    grants = "grants:\n" + ONCE_DIFFERENT[claim] + "outputs:\n  o: g.rate\n  p: g.at_cap\n"
    policy = HEAD.replace("QUANTUM", quantum) + grants
    document = RandomDocument(policy, ("code", "x", "y", "region", "last"), ROWS)
    compared = compare(document, tmp_path, seed=1, scenarios=3)
    assert "done" in compared.outcomes
    assert not compared.disagreements
