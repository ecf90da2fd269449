"""Sentence 1: names, reading order and the grammar of formulas."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.method.tiny import AllocateText, exact, fault_codes
from transfers import DocumentError

TABLE = "key,need\n a,1\n b,3\n"


def test_a_formula_uses_names_above_it_in_any_section(allocate_text: AllocateText) -> None:
    """Sentence 1: an input, a parameter, an earlier quantity, a grant: whatever stands above."""
    # scaled = 2 * need = 2, 6; pool = 8 shared 2 : 6; left = need + aid = 3, 9
    allocation = allocate_text(
        """
inputs: {need: {}}
parameters: {scale: 2}
quantities: {scaled: scale * need}
grants:
  aid: {pool: 8, share: scaled}
outputs: {together: need + aid}
""",
        TABLE,
    )
    assert exact(allocation, "together") == [3, 9]


def test_quantities_may_stand_below_the_grants_they_use(allocate_text: AllocateText) -> None:
    """Sentence 1: the order of sections is free; reading order is computing order."""
    allocation = allocate_text(
        """
inputs: {need: {}}
grants:
  aid: {pool: 8, share: need}
quantities: {half: aid / 2}
""",
        TABLE,
    )
    assert exact(allocation, "half") == [1, 3]  # 8 shared 1 : 3 is 2, 6


def test_a_name_further_down_is_refused_with_its_line(allocate_text: AllocateText) -> None:
    """Sentence 1: `early` uses `late` of line 6; the fault says so and nothing is computed."""
    with pytest.raises(DocumentError) as raised:
        allocate_text(
            """inputs: {need: {}}
quantities:
  early: 2 * late
  late: need
grants:
  aid: {pool: 8, share: need}
""",
            TABLE,
        )
    (fault,) = raised.value.faults
    assert fault.code == "formula.name_below"
    assert (fault.place.line, fault.values["line"]) == (5, 6)


def test_a_grant_does_not_see_the_outcome_of_a_later_grant(allocate_text: AllocateText) -> None:
    """Sentence 1: among grants, too, only what stands above counts."""
    with pytest.raises(DocumentError) as raised:
        allocate_text(
            """
inputs: {need: {}}
grants:
  first: {pool: sum(second), share: need}
  second: {pool: 8, share: need}
""",
            TABLE,
        )
    assert fault_codes(raised.value) == ["formula.name_below"]


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("1 < need < 3", "formula.chained_comparison"),
        ("need ^ 2 ^ 3", "formula.chained_power"),
        ("need ** 2", "formula.double_star"),
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(
    allocate_text: AllocateText, formula: str, code: str
) -> None:
    """Sentence 1: a chain of comparisons or powers is refused rather than guessed."""
    with pytest.raises(DocumentError) as raised:
        allocate_text(
            f"inputs: {{need: {{}}}}\nquantities: {{q: '{formula}'}}\n"
            "grants: {aid: {pool: 8, share: need}}\n",
            TABLE,
        )
    assert fault_codes(raised.value) == [code]


def test_a_power_binds_closer_than_a_minus(allocate_text: AllocateText) -> None:
    """Sentence 1: -2 ^ 2 is -4; 2 ^ -1 is one half."""
    allocation = allocate_text(
        """
inputs: {need: {}}
quantities: {minus: -2 ^ 2, half: 2 ^ -1}
grants: {aid: {pool: 8, share: need}}
""",
        TABLE,
    )
    assert exact(allocation, "minus") == [-4, -4]
    assert exact(allocation, "half") == [Fraction(1, 2)] * 2
