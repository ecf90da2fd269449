"""The story of a claim: which item of a list adds how much, and a bound that changes nothing."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import transfers

LISTS = "lists: {items: {items: {bus: {rate: 20}, care: {rate: 5}}, columns: {rate: }}}\n"
INPUTS = "inputs: {done: {over: items, columns: 'done_{item}'}}\n"
CLAIM = "claim: 'sum(items.rate * done, over=items)'"
LEVEL = "pool: 70, level: {own: place, per: 1}"


def story(folder: Path, grant: str, key: str) -> transfers.Explanation:
    (folder / "d.csv").write_text("key,done_bus,done_care\na,3,1\nb,0,-2\nc,1,0\n", "utf-8")
    text = f"policy: p\ndistricts: {{file: d.csv, key: key}}\n{LISTS}{INPUTS}"
    text += "quantities: {place: 'sum(done, over=items) * 10'}\n"
    (folder / "p.yaml").write_text(f"{text}grants: {{aid: {{{grant}}}}}\n", "utf-8")
    policy = transfers.load_policy(folder / "p.yaml")
    return transfers.allocate(policy, transfers.load_districts(None, policy)).explain(key)


def items(explanation: transfers.Explanation) -> list[tuple[object, object]]:
    start = [line.code for line in explanation.lines].index("explain.part_claim")
    lines = [line for line in explanation.lines[start:] if line.code == "explain.item"]
    return [(line.values["item"], line.figure) for line in lines]


@pytest.mark.parametrize(
    ("key", "wanted"), [("a", [("bus", 60), ("care", 5)]), ("b", [("care", -10)])]
)
def test_a_claim_tells_what_every_item_adds(
    tmp_path: Path, key: str, wanted: list[tuple[str, int]]
) -> None:
    told = items(story(tmp_path, CLAIM, key))
    assert told == [(item, Fraction(figure)) for item, figure in wanted]


def test_the_items_of_a_cap_are_told_where_it_binds(tmp_path: Path) -> None:
    grant = "claim: 100, cap: 'sum(items.rate * done, over=items)'"
    codes = [line.code for line in story(tmp_path, grant, "a").lines]
    cap = codes.index("explain.part_cap")
    assert codes[cap + 1 : cap + 3] == ["explain.item", "explain.item"]


@pytest.mark.parametrize(
    ("grant", "said"),
    [
        (f"{CLAIM}, cap: 64", "a: calculated 65 万元, above the cap of 64 万元"),
        (f"{CLAIM}, cap: 65", "a: claims 65 万元, gets 65 万元."),
        (f"{CLAIM}, floor: 65", "a: claims 65 万元, gets 65 万元."),
        (f"{CLAIM}, floor: 66", "a: calculated 65 万元, below the floor of 66 万元"),
    ],
)
def test_a_bound_that_equals_the_claim_is_not_said_to_have_decided(
    tmp_path: Path, grant: str, said: str
) -> None:
    assert story(tmp_path, grant, "a").said("en")[0].startswith(said)


@pytest.mark.parametrize(
    ("bound", "key", "said"),
    [
        ("", "a", "a: claims 65 万元; the money is short, compressed to 31 万元."),
        (
            ", cap: 44",
            "a",
            "a: claims 65 万元, capped at 44 万元; the money is short, compressed to",
        ),
        (", floor: 0", "b", "b: calculated -10 万元, below the floor of 0 万元"),
        (
            ", eligible: 'key != \"c\"', floor: 'if(key == \"b\", 4, none)'",
            "b",
            "b: calculated -10",
        ),
        (", fixed: 'if(key == \"b\", 0, none)'", "b", "b: fixed"),
    ],
)
def test_only_who_gets_less_than_its_claim_is_said_to_be_compressed(
    tmp_path: Path, bound: str, key: str, said: str
) -> None:
    """Claims 65, -10 and 20, and 40 to pay them: 65 x 40/85 is 30.6."""
    grant = f"{CLAIM}, pool: 40, if_short: scale{bound}"
    assert story(tmp_path, grant, key).said("en")[0].startswith(said)


@pytest.mark.parametrize(
    ("cap", "said"),
    [
        ("20", "c: below the common level of 30 万元, raised by 20 万元."),
        ("19", "c: the common level would"),
    ],
)
def test_a_cap_that_equals_what_one_level_asks_for_has_not_decided(
    tmp_path: Path, cap: str, said: str
) -> None:
    """Own is 40, -20, 10: with 50 + 20 the level is 30, and c is raised by 20."""
    grant = f"{LEVEL}, cap: 'if(key == \"c\", {cap}, none)'"
    assert story(tmp_path, grant, "c").said("en")[0].startswith(said)
