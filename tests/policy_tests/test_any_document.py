"""Whatever a test document says, it is run or refused in words; nothing comes to grief."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.policy_tests import load_tests, run_tests
from transfers import Fault, FaultsError

ROOT = Path(__file__).resolve().parents[2]
JIANGMEN = ROOT / "examples/jiangmen"
TREE: dict[str, Any] = yaml.load(
    (JIANGMEN / "tests/worked_examples.yaml").read_text("utf-8"), Loader=yaml.BaseLoader
)

ODD: tuple[Any, ...] = (
    *(None, "", "—", "0", "-1", "1e30", "25%", "nan", "x", "甲", "total", "equalisation"),
    *("done", "invalid", "rejected", "table.below_minimum", "sum(total) > 0", "population +"),
    *([], ["x"], [[]], {}, {"x": "1"}, {"甲": "1"}, {"甲": {"population": "1"}}, {"": None}),
)


def paths(tree: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of everything in a tree."""
    if at:
        yield at
    below = tree.items() if isinstance(tree, dict) else ()
    for step, part in below:
        yield from paths(part, (*at, step))


PLACES = tuple(paths(TREE))


@settings(max_examples=150, deadline=None)
@given(changes=st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(ODD)), max_size=3))
def test_a_document_with_odd_things_in_it_is_run_or_refused(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[tuple[Any, ...], Any]]
) -> None:
    tree = deepcopy(TREE)
    tree["policy"] = str(JIANGMEN / "policy.yaml")
    for path, odd in changes:
        inside = tree
        for step in path[:-1]:
            inside = inside.get(step, {}) if isinstance(inside, dict) else {}
        if isinstance(inside, dict):
            inside[path[-1]] = deepcopy(odd)  # a later change may go into it
    file = tmp_path_factory.mktemp("odd") / "x.yaml"
    file.write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")
    refused: tuple[Fault, ...] = ()
    try:
        results = run_tests(load_tests(file))
    except FaultsError as error:
        refused, results = error.faults, ()
    assert bool(refused) != bool(results)
    told = [*refused, *(message for result in results for message in result.messages)]
    assert all(fault.text(language) for fault in told for language in ("zh", "en"))
    assert all(result.passed == (not result.messages) for result in results)
