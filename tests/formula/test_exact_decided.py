"""The exact reader takes decimals as they stand: what they are made of would come to the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import transfers
from tests.reference.random_documents import random_document
from transfers.errors import FaultsError
from transfers.formula.exact import ExactReader
from transfers.plan import Plan
from transfers.scenario import ExactScenario


class _FromDefinitions(ExactScenario):
    """A scenario in which nothing is at hand."""

    def is_decided(self, name: str) -> bool:
        return self.block.definitions[name].type.kind != "number"

    def decided(self, name: str, members: object) -> None:
        return None


@pytest.mark.parametrize("seed", range(60))
def test_quantities_are_the_same_from_decimals_and_from_their_formulas(
    seed: int, tmp_path: Path
) -> None:
    policy = transfers.load_policy(random_document(seed).write(tmp_path))
    table = transfers.load_districts(None, policy)
    try:
        block = Plan(policy, table).run([{}])[0]
    except FaultsError:
        return
    if block.invalid:  # a scenario that cannot be computed has no figures
        return
    quick = ExactReader(ExactScenario(block, 0))
    slow = ExactReader(_FromDefinitions(block, 0))
    for name, node in block.definitions.items():
        if node.type.kind != "number":
            continue
        count = 1 if node.type.single else block.values[name].shape[-1]  # type: ignore[union-attr]
        places = np.arange(count, dtype=np.intp)
        mine, theirs = quick.numbers(node, places), slow.numbers(node, places)
        assert mine.missing.tolist() == theirs.missing.tolist(), name
        pairs = zip(mine.figures.fractions(), theirs.figures.fractions(), strict=True)
        gone = mine.missing.tolist()
        assert all(no or a == b for no, (a, b) in zip(gone, pairs, strict=True)), name
