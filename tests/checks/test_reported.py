"""What is reported and gates nothing: progressivity, and consistency under sub-tables."""

from __future__ import annotations

from fractions import Fraction

from checks.promises.reported import Consistency, consistency, progressivity
from checks.subject import Subject
from tests.checks.test_policy_promises import policy, table


def test_a_transfer_to_the_poorer_is_progressive() -> None:
    """10 and 30 become 20 and 30: the first alone gets anything."""
    subject = Subject(policy("half_the_gap"))
    given = table(need=(30, 30), revenue=(10, 30), population=(1, 1))
    found = progressivity(subject, given)
    assert found is not None
    assert (found.gini_before, found.gini_after) == (Fraction(1, 4), Fraction(1, 10))
    assert found.kakwani == Fraction(1, 4) + Fraction(1, 2)  # all of it goes to the poorest
    assert found.reynolds_smolensky == Fraction(3, 20)
    assert found.reranking == 0


def test_overtaking_is_what_is_lost_of_equalising() -> None:
    """10 and 30 become 910 and 330: the poorer is ahead afterwards."""
    found = progressivity(
        Subject(policy("rank_bonus")),
        table(need=(1, 1), revenue=(10, 30), population=(1, 1), score=(9, 8)),
    )
    assert found is not None
    assert found.gini_before - found.gini_after == found.reynolds_smolensky - found.reranking
    assert found.reranking == 2 * found.gini_after


def test_a_share_in_proportion_to_revenue_changes_nothing() -> None:
    subject = Subject(policy("half_the_gap").changed(set={"grants.aid.claim": "50% * revenue"}))
    given = table(need=(0, 0, 0), revenue=(10, 40, 30), population=(1, 2, 3))
    found = progressivity(subject, given)
    assert found is not None
    assert found.gini_before == found.gini_after
    assert found.kakwani == found.reynolds_smolensky == found.reranking == 0


def test_progressivity_means_nothing_without_revenue_or_people() -> None:
    assert progressivity(Subject(policy("plain_share")), table(need=(1, 2))) is None
    none = table(need=(1, 2), revenue=(0, 0), population=(1, 1))
    assert progressivity(Subject(policy("half_the_gap")), none) is None


def test_a_plain_share_is_consistent_and_one_by_rank_of_all_is_not() -> None:
    assert consistency(Subject(policy("plain_share")), table(need=(1, 2, 3, 4))) == (
        Consistency(10, 10)
    )
    found = consistency(Subject(policy("min_max_factor")), table(need=(0, 1, 2)))
    assert found is not None
    assert found.consistent < found.tried
    assert (found.most, found.district) == (333, "d2")


def test_claims_by_themselves_are_consistent() -> None:
    gap = Subject(policy("gap_on_actual_revenue"))
    found = consistency(gap, table(need=(10, 20, 30), revenue=(5, 5, 5)))
    assert found == Consistency(6, 6)
