"""No false alarms: random documents of all kinds keep the promises of arithmetic.

What may break one of them is known from the document alone: a rule that names keys, rounding that
does not close, a claim below zero that nothing announces.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.promises.arithmetic import ARITHMETIC
from checks.runs import Case
from checks.subject import Subject
from checks.table import Table
from checks.trial import Asked, judge
from tests.reference.random_documents import random_document
from transfers import load_districts, load_policy

MAY_BREAK = {
    "balance": lambda text: "half_up" in text,
    "relabelling": lambda text: "key" in text.partition("quantities:")[2],
    "non_negativity": lambda text: "claim:" in text,
    "unit_of_a_factor": lambda text: "share:" in text,
}
"""What stands in a document that may break a promise on purpose."""


@pytest.mark.parametrize("seed", range(20, 32))
def test_random_documents_keep_the_promises_of_arithmetic(seed: int, tmp_path: Path) -> None:
    document = random_document(seed)
    policy = load_policy(document.write(tmp_path))
    table = Table.of(load_districts(None, policy))
    subject = Subject(policy, table)
    trials = [
        promise.trial(
            Asked(
                *(subject, Case(table), promise.tolerance),
                frozenset(promise.given_up(subject)),
            )
        )
        for promise in ARITHMETIC
    ]
    for promise, judged in zip(ARITHMETIC, judge(subject, trials), strict=True):
        may = MAY_BREAK.get(promise.id, lambda _: False)(document.policy)
        assert judged.broken is None or may, promise.id
