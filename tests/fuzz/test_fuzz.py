"""Whatever is put into the two parsers: an answer, or faults that a person can find and read.

``scripts/fuzz.py`` does the same for as many cases as one has time for.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz import words
from tests.fuzz.documents import Documents
from tests.fuzz.formulas import NESTED, Formulas
from tests.fuzz.verdicts import (
    FILES,
    verdict_of_bytes,
    verdict_of_document,
    verdict_of_formula,
)
from tests.good_time import within

SECONDS = 10.0  # some milliseconds are needed
MEGABYTES = 200
CHANCE = st.randoms(use_true_random=False)
fuzzed = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture(autouse=True)
def in_good_time() -> Iterator[None]:
    """Hold all the cases of a test together to a minute."""
    with within(6 * SECONDS):
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder where the fuzzed documents are said to stand, with the files they name."""
    path = tmp_path_factory.mktemp("fuzz")
    for name, content in FILES.items():
        (path / name).write_text(content, encoding="utf-8")
    return path


# -- documents -----------------------------------------------------------------------------------


@fuzzed
@given(content=st.binary(max_size=300))
def test_any_bytes_are_a_policy_or_refused_in_words(content: bytes, folder: Path) -> None:
    assert verdict_of_bytes(content, folder)


@fuzzed
@given(text=st.text(st.characters(codec=None), max_size=200), rng=CHANCE)
def test_any_text_inside_a_document_is_read_or_refused_in_words(
    text: str, rng: Random, folder: Path
) -> None:
    whole = words.EVERYTHING
    at = rng.randint(0, len(whole))
    assert verdict_of_document(whole[:at] + text + whole[at:], {}, folder)


@fuzzed
@given(rng=CHANCE)
def test_a_damaged_document_is_run_or_refused_in_words(rng: Random, folder: Path) -> None:
    documents = Documents(rng)
    text = documents.any()
    assert verdict_of_document(text, documents.changes(text), folder, explained=True)


@fuzzed
@given(path=st.text(max_size=60), value=st.text(max_size=60))
def test_any_path_and_value_of_a_change_are_taken_or_refused_in_words(
    path: str, value: str, folder: Path
) -> None:
    for at in (path, "budget.amount", "parameters.rate", f"grants.{path}"):
        assert verdict_of_document(words.EVERYTHING, {at: value}, folder)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "{? ", "a:\n ", "!", "&a ", "("])
@pytest.mark.parametrize("levels", [21, 5_000, 200_000])
def test_nesting_is_refused_at_once_and_takes_no_memory(
    opening: str, levels: int, folder: Path
) -> None:
    text = "policy: p\nnote: " + opening * levels
    tracemalloc.start()
    try:
        with within(SECONDS):
            assert "." in verdict_of_document(text, {}, folder)[0]
        assert tracemalloc.get_traced_memory()[1] < MEGABYTES * 1e6
    finally:
        tracemalloc.stop()


# -- formulas ------------------------------------------------------------------------------------


@fuzzed
@given(text=st.text(st.characters(codec=None), max_size=120))
def test_any_text_is_a_formula_or_refused_in_words(text: str, folder: Path) -> None:
    assert verdict_of_formula(text, folder, run=True)


@fuzzed
@given(rng=CHANCE)
def test_a_damaged_formula_is_computed_or_refused_in_words(rng: Random, folder: Path) -> None:
    assert verdict_of_formula(Formulas(rng).any(), folder, run=True)


@pytest.mark.parametrize("nested", NESTED, ids=lambda pair: pair[0].strip())
@pytest.mark.parametrize("levels", [12, 40, 70, 140, 1_000, 9_000])
def test_a_deep_formula_is_computed_or_refused_at_once(
    nested: tuple[str, str], levels: int, folder: Path
) -> None:
    text = nested[0] * levels + "x" + nested[1] * levels
    with within(SECONDS):
        assert verdict_of_formula(text, folder, run=True)


@pytest.mark.parametrize("formula", ["9^9^9", "9 ^ 1e9", "9 ^ 9999", "1e99 ^ 64", "exp(1e9)"])
@pytest.mark.parametrize(
    "around", ["{}", "({}) ^ 64", "round({}, to=1e-99)", "exp({})", "1 / ({})"]
)
def test_a_huge_figure_is_computed_or_refused_at_once(
    formula: str, around: str, folder: Path
) -> None:
    with within(SECONDS):
        assert verdict_of_formula(around.format(formula), folder, run=True)
