"""Sentences 9 and 10: factors, coefficients and the weights of factors."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.method.tiny import AllocateText, exact, fault_codes, loaded, paid, written
from transfers import DocumentError, TableError, allocate_scenarios

FACTORS = """
inputs: {heads: {}, area: {}}
grants: {aid: {pool: 1000, share: {factors: {heads: 60%, area: 40%}}}}
"""
TABLE = "key,heads,area\n a,1,3\n b,3,1\n"


# -- sentence 9 --------------------------------------------------------------------------------


def test_a_factor_is_a_share_of_all_eligible_districts(allocate_text: AllocateText) -> None:
    """Sentence 9: a: 0.6 x 1/4 + 0.4 x 3/4 = 0.45; b: 0.6 x 3/4 + 0.4 x 1/4 = 0.55."""
    assert paid(allocate_text(FACTORS, TABLE)) == [450, 550]


def test_the_unit_of_a_factor_does_not_matter(allocate_text: AllocateText) -> None:
    """Sentence 9: heads counted in tens: the same shares, the same amounts."""
    assert paid(allocate_text(FACTORS, "key,heads,area\n a,10,3\n b,30,1\n")) == [450, 550]


def test_factors_are_normalised_over_everybody_and_not_inside_groups(
    allocate_text: AllocateText,
) -> None:
    """Sentence 9: city X has a and b, Y has c and d; each city has a pool of its own.

    Over everybody heads add up to 10 and area to 20, so of X
    a = 0.5 x 1/10 + 0.5 x 3/20 = 0.125 and b = 0.5 x 3/10 + 0.5 x 1/20 = 0.175:
    60 are divided 5 : 7, which is 25 and 35. Normalised inside X it would have been 30 and 30.
    """
    allocation = allocate_text(
        """
inputs: {city: {type: text}, heads: {}, area: {}}
parameters: {part: {X: 60%, Y: 40%}}
grants:
  aid:
    pool: 100
    within: {by: city, share: 'part[city]'}
    share: {factors: {heads: 0.5, area: 0.5}}
""",
        "key,city,heads,area\n a,X,1,3\n b,X,3,1\n c,Y,3,8\n d,Y,3,8\n",
    )
    assert paid(allocation) == [25, 35, 20, 20]


def test_a_coefficient_multiplies_the_composite_share(allocate_text: AllocateText) -> None:
    """Sentence 9: composite shares 0.45 and 0.55, coefficients 2 and 1: 0.90 and 0.55 of 1.45.

    1000 x 0.90 / 1.45 = 620.69 and 379.31; normalising the coefficients first would differ.
    """
    allocation = allocate_text(
        """
inputs: {heads: {}, area: {}, hard: {}}
grants:
  aid: {pool: 1000, share: {factors: {heads: 60%, area: 40%}, coefficient: hard}}
""",
        "key,heads,area,hard\n a,1,3,2\n b,3,1,1\n",
    )
    assert exact(allocation, "aid.entitlement") == [Fraction(90000, 145), Fraction(55000, 145)]
    assert paid(allocation) == [621, 379]


def test_who_is_not_eligible_has_no_part_in_a_factor(allocate_text: AllocateText) -> None:
    """Sentence 9: without c the shares of a and b are those of the two alone."""
    policy = FACTORS.replace("{pool", '{eligible: key != "c", pool')
    assert paid(allocate_text(policy, TABLE + " c,96,96\n")) == [450, 550, 0]


# -- sentence 10 -------------------------------------------------------------------------------


def test_weights_add_up_to_one_as_decimals(allocate_text: AllocateText) -> None:
    """Sentence 10: 0.1 + 0.2 + 0.7 is 1, though not in binary floating point."""
    allocation = allocate_text(
        """
inputs: {x: {}, y: {}, z: {}}
grants: {aid: {pool: 100, share: {factors: {x: 0.1, y: 0.2, z: 0.7}}}}
""",
        "key,x,y,z\n a,1,0,0\n b,0,1,0\n c,0,0,1\n",
    )
    assert paid(allocation) == [10, 20, 70]


def test_weights_that_miss_one_are_refused_with_the_gap(allocate_text: AllocateText) -> None:
    """Sentence 10: three times 33.3 % is 99.9 %: 0.1 % is missing, and nobody is to guess whose."""
    with pytest.raises(DocumentError) as raised:
        allocate_text(
            """
inputs: {x: {}, y: {}, z: {}}
grants: {aid: {pool: 100, share: {factors: {x: 33.3%, y: 33.3%, z: 33.3%}}}}
""",
            "key,x,y,z\n a,1,1,1\n",
        )
    (fault,) = raised.value.faults
    assert fault.code == "document.weights_sum"
    assert (fault.values["total"], fault.values["gap"]) == ("99.9%", "0.1%")


def test_a_change_that_moves_one_weight_alone_is_refused(allocate_text: AllocateText) -> None:
    """Sentence 10: heads 60 % -> 70 % without area 40 % -> 30 %; both together are welcome."""
    path = "grants.aid.share.factors."
    with pytest.raises(DocumentError) as raised:
        allocate_text(FACTORS, TABLE, {path + "heads": "70%"})
    assert fault_codes(raised.value) == ["document.weights_sum"]
    both = allocate_text(FACTORS, TABLE, {path + "heads": "70%", path + "area": "30%"})
    assert paid(both) == [400, 600]  # 0.7/4 + 0.3 x 3/4 = 0.4


def test_a_scenario_that_moves_one_weight_alone_is_refused(tmp_path: Path) -> None:
    """Sentence 10: the same among scenarios that share one plan."""
    policy, districts = loaded(written(tmp_path, FACTORS, TABLE))
    path = "grants.aid.share.factors."
    with pytest.raises(TableError) as raised:
        allocate_scenarios(policy, districts, [{}, {path + "heads": "0.7"}])
    assert fault_codes(raised.value) == ["document.weights_sum"]
    moves = {path + "heads": "0.7", path + "area": "0.3"}
    baseline, moved = allocate_scenarios(policy, districts, [{}, moves])
    assert (paid(baseline), paid(moved)) == ([450, 550], [400, 600])


def test_a_factor_that_is_zero_for_everybody_is_an_error_naming_it(
    allocate_text: AllocateText,
) -> None:
    """Sentence 10: nobody has area: 40 % of the pool would have nowhere to go."""
    with pytest.raises(TableError) as raised:
        allocate_text(FACTORS, "key,heads,area\n a,1,0\n b,3,0\n")
    (fault,) = raised.value.faults
    assert (fault.code, fault.values["formula"]) == ("allocation.factor_all_zero", "area")


def test_a_factor_that_is_negative_somewhere_is_an_error_naming_it_and_the_district(
    allocate_text: AllocateText,
) -> None:
    """Sentence 10: b has an area of -1; a share of a negative sum means nothing."""
    with pytest.raises(TableError) as raised:
        allocate_text(FACTORS, "key,heads,area\n a,1,3\n b,3,-1\n")
    (fault,) = raised.value.faults
    assert fault.code == "allocation.weight_negative"
    assert (fault.values["formula"], fault.values["districts"]) == ("area", ("b",))


def test_a_negative_weight_of_a_factor_is_refused(allocate_text: AllocateText) -> None:
    """Sentence 10: 120 % and -20 % add up to 1 and are refused all the same."""
    with pytest.raises(DocumentError) as raised:
        allocate_text(FACTORS.replace("60%", "120%").replace("40%", "-20%"), TABLE)
    assert fault_codes(raised.value) == ["document.weight_negative"]
