"""A group of numbers keeps its sum, exactly, when some of them move."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import transfers
from transfers import DocumentError, Place, Policy
from transfers.policy.policy import policy_from_text

FACTORS = "grants.g.share.factors"
DOCUMENT = """\
policy: p
districts: {file: d.csv, key: code}
inputs: {a: , b: , c: , d: }
parameters:
  shares: {title: 份额, value: {x: 0.5, y: 0.3, z: 0.2}}
  zeros: {x: 4, y: 0, z: 0}
  rate: 5
grants:
  g: {pool: 1000 * shares[k], share: {factors: {a: 40%, b: 35%, c: 25%}}}
"""
DOCUMENT = DOCUMENT.replace("1000 * shares[k]", "1000")
TABLE = "code,a,b,c,d\nA1,100,10,20,3\nB2,300,50,40,4\nC3,200,90,70,9\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "p.yaml").write_text(DOCUMENT, encoding="utf-8")
    (tmp_path / "d.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def policy(folder: Path) -> Policy:
    return transfers.load_policy(folder / "p.yaml")


def weights(policy: Policy) -> dict[str, Fraction]:
    return {str(p[-1]): n.value for p, n in policy.numbers.items() if "factors" in p}


def test_an_added_factor_takes_its_weight_from_the_others_in_proportion(policy: Policy) -> None:
    changed = policy.changed(add={f"{FACTORS}.d": "10%"}, rescale=FACTORS)
    assert changed.document.source.data["grants"]["g"]["share"]["factors"] == {
        "a": "36%",
        "b": "31.5%",
        "c": "22.5%",
        "d": "10%",
    }


def test_weights_that_no_decimal_writes_are_exact(folder: Path, policy: Policy) -> None:
    """40 + 25 over what b leaves: 0.8 * 40/65, 0.8 * 25/65."""
    changed = policy.changed(set={f"{FACTORS}.b": "20%"}, rescale=FACTORS)
    assert weights(changed) == {"a": Fraction(32, 65), "b": Fraction(1, 5), "c": Fraction(4, 13)}
    districts = transfers.load_districts(folder / "d.csv", changed)
    allocation = transfers.allocate(changed, districts)
    shares = {
        key: [Fraction(n, sum(column)) for n in column]
        for key, column in {"a": [100, 300, 200], "b": [10, 50, 90], "c": [20, 40, 70]}.items()
    }
    exact = [1000 * sum(weights(changed)[k] * shares[k][i] for k in shares) for i in range(3)]
    assert sum(exact) == 1000
    assert all(abs(a - e) < 1 for a, e in zip(allocation.total.tolist(), exact, strict=True))
    entitled = allocation.column("g.entitlement")
    assert entitled == exact
    lines = allocation.explain("A1").text("en").splitlines()
    assert f"Changed for this run: {FACTORS}.a = ≈49.230769% (was 40%)" in lines
    assert any("weight 49.2308%" in line for line in lines)


def test_moves_of_a_batch_are_the_same_as_the_changed_document(
    folder: Path, policy: Policy
) -> None:
    moves = policy.rescaled({"b": "20%"}, FACTORS)
    changed = policy.changed(set={f"{FACTORS}.b": "20%"}, rescale=FACTORS)
    assert {str(path[-1]): figure for path, figure in moves.items()} == weights(changed)
    districts = transfers.load_districts(folder / "d.csv", policy)
    batch = transfers.run_batch(policy, districts, [{}, moves])
    assert not batch.faults(1)
    alone = transfers.allocate(changed, districts)
    assert batch.allocation(1).total.tolist() == alone.total.tolist()


def test_a_removed_factor_leaves_its_weight_to_the_others(policy: Policy) -> None:
    changed = policy.changed(remove=[f"{FACTORS}.b"], rescale=FACTORS)
    assert weights(changed) == {"a": Fraction(40, 65), "c": Fraction(25, 65)}


def test_a_later_change_keeps_the_exact_weights(policy: Policy) -> None:
    changed = policy.changed(remove=[f"{FACTORS}.b"], rescale=FACTORS)
    again = changed.changed(set={"parameters.rate": "6"})
    assert weights(again) == weights(changed)
    third = again.changed(add={f"{FACTORS}.d": "35%"}, rescale=FACTORS)
    assert weights(third) == {"a": Fraction(2, 5), "c": Fraction(1, 4), "d": Fraction(7, 20)}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(1, 60), min_size=2, max_size=6),
    st.dictionaries(st.integers(0, 5), st.integers(0, 40), min_size=1, max_size=3),
)
def test_the_sum_stays_and_so_do_the_proportions(parts: list[int], moved: dict[int, int]) -> None:
    moved = {n: x for n, x in moved.items() if n < len(parts)}
    assume(0 < len(moved) < len(parts) and sum(moved.values()) <= sum(parts))
    table = ", ".join(f"k{n}: {x}" for n, x in enumerate(parts))
    text = DOCUMENT.replace("x: 4, y: 0, z: 0", table)
    policy = policy_from_text(text, "p.yaml", {})
    moves = policy.rescaled({f"k{n}": x for n, x in moved.items()}, "parameters.zeros")
    assert sum(moves.values()) == sum(parts)
    rest = {n: moves["parameters", "zeros", f"k{n}"] for n in range(len(parts)) if n not in moved}
    first = min(rest)
    assert all(figure * parts[first] == rest[first] * parts[n] for n, figure in rest.items())
    changed = policy.changed(
        set={f"parameters.zeros.k{n}": x for n, x in moved.items()}, rescale="parameters.zeros"
    )
    assert {p: n.value for p, n in changed.numbers.items() if p[1] == "zeros"} == moves


def test_a_table_that_is_described_goes_by_its_name(policy: Policy) -> None:
    moves = policy.rescaled({"x": "0.6"}, "parameters.shares")
    assert moves["parameters", "shares", "value", "y"] == Fraction(6, 25)
    whole = policy.rescaled({"parameters.shares.value.x": "0.6"}, "parameters.shares.value")
    assert whole == moves


@pytest.mark.parametrize(
    ("group", "moved", "english", "chinese"),
    [
        ("parameters.rate", {"x": 1}, "is no group of numbers", "不是一组数"),
        ("parameters.none", {"x": 1}, "is no group of numbers", "不是一组数"),
        (FACTORS, {"e": "1"}, "`e` is not in", "“e”不在"),
        (FACTORS, {"a": "1%", "b": "1%", "c": "1%"}, "none is left", "没有可按比例调整的"),
        (FACTORS, {"a": "101%"}, "add up to 101%, more than the 100%", "合计 101%，超过原来"),
        ("parameters.zeros", {"x": "3"}, "(y, z) add up to 0", "其余各数（y、z）之和为 0"),
    ],
)
def test_what_cannot_keep_its_sum_is_refused(
    policy: Policy, group: str, moved: dict[str, str], english: str, chinese: str
) -> None:
    with pytest.raises(DocumentError) as caught:
        policy.rescaled(moved, group, place=Place("study.yaml", 4, 2, group))
    (fault,) = caught.value.faults
    assert english in fault.text("en") and chinese in fault.text("zh")
    assert str(fault.place) == f"study.yaml:4:2 {group}"


def test_a_sum_that_cannot_be_kept_is_told_once_beside_other_faults(policy: Policy) -> None:
    with pytest.raises(DocumentError) as caught:
        policy.changed(
            add={f"{FACTORS}.d": "140%", "outputs.x": "totl"},
            rescale=FACTORS,
            places={FACTORS: Place("study.yaml", 9, 3)},
        )
    lines = caught.value.lines("en")
    assert [line.partition(": ")[0] for line in lines] == [
        f"study.yaml:9:3 {FACTORS}",
        "add outputs.x",
    ]
