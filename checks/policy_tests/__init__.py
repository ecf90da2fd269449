"""Tests of a policy: worked examples beside it, each with what has to come out.

A test document says what is given (rows of districts, numbers of the document) and what is expected
(amounts, figures, statements that hold, what is told). It stands in the folder ``tests`` beside the
policy.

>>> from checks.policy_tests import find_tests, load_tests, run_tests
>>> for file in find_tests("examples/jiangmen/policy.yaml"):
...     for result in run_tests(load_tests(file)):
...         print(result.id, result.status)
three_alike passed
rich_and_poor passed
held_at_last_year passed
capped passed
short passed
negative_population passed
"""

from __future__ import annotations

from checks.kinds import kind_of
from checks.policy_tests.find import find_tests
from checks.policy_tests.load import load_all_tests, load_tests
from checks.policy_tests.prepared import PolicyTest, TestDocument
from checks.policy_tests.results import TestResult
from checks.policy_tests.run import run_tests

__all__ = [
    "PolicyTest",
    "TestDocument",
    "TestResult",
    "find_tests",
    "kind_of",
    "load_all_tests",
    "load_tests",
    "run_tests",
]
