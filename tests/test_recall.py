"""What runs beside each other read alike is read once; nothing shows of it in what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

import transfers
from tests.reference.random_documents import random_document, random_moves
from transfers.arithmetic.bounded import Bounded
from transfers.block import Block
from transfers.districts import Districts
from transfers.errors import FaultsError
from transfers.formula.values import Labels, Value
from transfers.plan import Plan
from transfers.policy import Policy
from transfers.policy.moves import number_moves
from transfers.recall import Recall

POLICY = """
policy: p
districts: {file: d.csv, key: code}
lists:
  services: {columns: {price: {unit: 元}}, items: {care: {price: 3}, road: {price: 5}}}
inputs: {a: , b: , people: {over: services, columns: "{item}"}, tier: {one_of: [x, y]}}
parameters: {rate: 2, half: 50%, weight: {x: 1, y: 3}}
quantities:
  doubled: a * rate
  mean_b: mean(b)
  cost: sum(services.price * people, over=services)
  weighted: b * weight[tier]
budget: 100
grants:
  g: {pool: 90, share: cost + mean_b, floor: doubled / 10}
  h: {pool: remainder, share: g + 1}
outputs: {grown: "2 * g", left: "b - mean_b"}
"""
TABLE = "code,a,b,tier,care,road\nA,1,4,x,1,2\nB,2,6,y,2,2\nC,3,8,x,5,0\n"
THIRDS = """
policy: p
districts: {file: d.csv, key: code}
inputs: {a: }
parameters: {tiny: 0}
quantities:
  third: a / 3 + tiny
  above: if(third * 3 > a, 1, 0)
  whole: round(third * 3 + 0.5)
budget: 100
grants:
  g: {pool: 90, share: above + whole + a}
"""

NAMED_LISTS = """
policy: p
districts: {file: d.csv, key: code}
lists: LISTS
quantities: {n: "count(3 > 2, over=one)"}
grants: {g: {pool: 9, share: n}}
"""


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    (tmp_path / "p.yaml").write_text(POLICY, encoding="utf-8")
    (tmp_path / "d.csv").write_text(TABLE, encoding="utf-8")
    return transfers.load_policy(tmp_path / "p.yaml")


def run(
    policy: Policy, table: Districts, recall: Recall | None, moves: Mapping[str, Fraction] = {}
) -> Block:
    return Plan(policy, table, recall).run([number_moves(policy, moves)])[0]


def ran(
    policy: Policy, table: Districts, recall: Recall | None, moves: Mapping[str, Fraction]
) -> tuple[Block | None, list[str]]:
    """Run, or return what is wrong."""
    try:
        return run(policy, table, recall, moves), []
    except FaultsError as error:
        return None, [fault.code for fault in error.faults]


def same(left: Value, right: Value) -> bool:
    """Tell whether two values are the same bits, and know as much of themselves."""
    if isinstance(left, Labels) and isinstance(right, Labels):
        return left.categories == right.categories and bool((left.codes == right.codes).all())
    if not np.array_equal(np.asarray(left.value), np.asarray(right.value), equal_nan=True):  # type: ignore[union-attr]
        return False
    if not isinstance(left, Bounded) or not isinstance(right, Bounded):
        return type(left) is type(right)
    return np.array_equal(left.error, right.error) and (left.decimals is None) == (
        right.decimals is None
    )


def read_alike(one: Block, other: Block) -> set[str]:
    return {name for name in one.definitions if one.values[name] is other.values.get(name)}


def test_a_run_of_another_policy_takes_what_its_change_leaves_alone(policy: Policy) -> None:
    table, recall = transfers.load_districts(None, policy), Recall()
    first = run(policy, table, recall)
    other = run(policy.changed(set={"grants.g.pool": "80"}), table, recall)
    assert read_alike(first, other) >= {"doubled", "mean_b", "cost"}
    assert other.values["grown"] is not first.values["grown"]


@pytest.mark.parametrize(
    ("path", "moved"),
    [
        ("parameters.rate", {"doubled"}),
        ("parameters.half", set[str]()),
        ("lists.services.items.care.price", {"cost"}),
    ],
)
def test_what_rests_on_a_moved_number_is_read_anew(
    policy: Policy, path: str, moved: set[str]
) -> None:
    table, recall = transfers.load_districts(None, policy), Recall()
    first = run(policy, table, recall)
    other = run(policy, table, recall, {path: Fraction(7)})
    assert {"doubled", "mean_b", "cost"} - read_alike(first, other) == moved
    alone = run(policy, table, None, {path: Fraction(7)})
    assert all(same(other.values[name], alone.values[name]) for name in alone.values)


def test_what_rests_on_other_figures_is_read_anew_and_no_more(policy: Policy) -> None:
    table, recall = transfers.load_districts(None, policy), Recall()
    first = run(policy, table, recall)
    changed = transfers.change_figures(policy, table, {"a": {"B": "9"}})
    other = run(policy, changed, recall)
    assert {"doubled", "mean_b", "cost"} & read_alike(first, other) == {"mean_b", "cost"}


def test_what_no_float_shows_decides_in_each_run(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "p.yaml").write_text(THIRDS, encoding="utf-8")
    policy = transfers.load_policy(tmp_path / "p.yaml")
    table, recall, tiny = transfers.load_districts(None, policy), Recall(), f"0.{'0' * 27}1"
    above = []
    for figure in (tiny, f"-{tiny}", "0", tiny):
        other = policy.changed(set={"parameters.tiny": figure})
        beside, alone = run(other, table, recall), run(other, table, None)
        assert beside.outcomes["g"].amounts.tolist() == alone.outcomes["g"].amounts.tolist()  # type: ignore[union-attr]
        assert same(beside.values["whole"], alone.values["whole"])
        above.append(np.asarray(beside.values["above"].value).any().item())  # type: ignore[union-attr]
    assert above == [True, False, False, True]


def test_lists_that_change_their_names_are_other_lists(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("code\nA\n", encoding="utf-8")
    recall, counted = Recall(), []
    for first, second in (("one", "two"), ("two", "one")):
        lists = f"{{{first}: {{items: {{x: , y: }}}}, {second}: {{items: {{z: }}}}}}"
        text = NAMED_LISTS.replace("LISTS", lists)
        (tmp_path / "p.yaml").write_text(text, encoding="utf-8")
        policy = transfers.load_policy(tmp_path / "p.yaml")
        block = run(policy, transfers.load_districts(None, policy), recall)
        counted.append(block.values["n"].value.tolist())  # type: ignore[union-attr]
    assert counted == [[[2.0]], [[1.0]]]


@pytest.mark.parametrize(
    "text",
    [TABLE.replace("\nA,", "\nZ,"), TABLE + "D,1,4,x,1,2\n", TABLE.replace("C,3,8,x,5,0\n", "")],
)
def test_other_districts_have_figures_of_their_own(
    policy: Policy, tmp_path: Path, text: str
) -> None:
    table, recall = transfers.load_districts(None, policy), Recall()
    run(policy, table, recall)
    (tmp_path / "d.csv").write_text(text, encoding="utf-8")
    other = transfers.load_districts(None, policy)
    beside, alone = run(policy, other, recall), run(policy, other, None)
    assert all(same(beside.values[name], alone.values[name]) for name in alone.values)
    assert np.array_equal(beside.totals[""], alone.totals[""])


def test_every_run_tells_what_is_missing_in_it(policy: Policy, tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text(TABLE.replace("A,1,4", "A,1,"), encoding="utf-8")
    table, recall = transfers.load_districts(None, policy), Recall()
    faults = [[f.code for f in run(policy, table, recall).invalid[0]] for _ in range(2)]
    assert faults[0] == faults[1] != []


def test_nothing_is_known_any_more_when_it_is_forgotten(policy: Policy) -> None:
    table, recall = transfers.load_districts(None, policy), Recall()
    first = run(policy, table, recall)
    recall.forget()
    names = {"doubled", "mean_b", "cost"}
    assert names.isdisjoint(read_alike(first, run(policy, table, recall)))


@pytest.mark.parametrize("seed", range(40))
def test_random_documents_come_to_the_same_bits_in_any_company(seed: int, tmp_path: Path) -> None:
    document = random_document(seed)
    policy = transfers.load_policy(document.write(tmp_path))
    table, recall = transfers.load_districts(None, policy), Recall()
    paths = [".".join(map(str, number)) for number in policy.numbers]
    for moves in ({}, *random_moves(seed, paths, 3), {}):
        alone, refused = ran(policy, table, None, moves)
        beside, told = ran(policy, table, recall, moves)
        assert told == refused
        if alone is None or beside is None:
            continue
        assert alone.invalid.keys() == beside.invalid.keys()
        for name, out in alone.outcomes.items():
            assert np.array_equal(out.amounts, beside.outcomes[name].amounts), name  # type: ignore[arg-type]
        for name in alone.definitions:
            assert same(alone.values[name], beside.values[name]), name
