"""Sentence 30: outputs that divide, instalments, and money to be returned."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import transfers
from tests.method.tiny import AllocateText, exact, fault_codes, found, paid, written
from transfers import Allocation

JIANGMEN = Path("examples/jiangmen/policy.yaml")
INSTALMENTS = """outputs:
  advance: {title: 提前下达, pool: SHARE * sum(last_year), share: last_year}
  instalment: {title: 此次下达, formula: total - advance, negative: clawback}
"""
TABLE = "key,need,last\na,1,10\nb,2,0\nc,3,30\n"
INPUTS = "inputs: {need: {}, last: {unit: 万元}}\n"
GRANT = "grants: {aid: {pool: 100, share: need}}\n"


def jiangmen(folder: Path, share: str) -> Allocation:
    """Run the Jiangmen example with a share of last year paid in advance."""
    table = str((JIANGMEN.parent / "districts.csv").resolve())
    text = JIANGMEN.read_text("utf-8").replace("file: districts.csv", f"file: {table}")
    path = folder / "policy.yaml"
    path.write_text(text + INSTALMENTS.replace("SHARE", share), "utf-8")
    policy = transfers.load_policy(path)
    return transfers.allocate(policy, transfers.load_districts(None, policy))


def test_an_advance_closes_and_the_instalment_is_what_is_left(tmp_path: Path) -> None:
    """Sentence 30: 90 % of last year are 3,240 in advance, and 760 are left of 4,000."""
    allocation = jiangmen(tmp_path, "90%")
    assert allocation.outputs["advance"] == [234, 108, 423, 972, 630, 297, 576]
    assert allocation.outputs["instalment"] == [91, 42, 129, 108, 125, 105, 160]
    assert allocation.total.sum() == 4000
    assert list(allocation.amounts) == ["equalisation"]
    assert "clawback" not in found(allocation)


def test_who_got_too_much_in_advance_is_named_with_what_goes_back(tmp_path: Path) -> None:
    """Sentence 30: with 110 % in advance 台山 returns 108, 开平 15."""
    finding = found(jiangmen(tmp_path, "110%"))["clawback"]
    assert (finding.severity, finding.grant, finding.value) == ("warning", "instalment", "123")
    assert finding.where.path == "outputs.instalment.negative"
    assert finding.message("zh").endswith("应扣回合计 123 万元：台山市 108、开平市 15。")


def test_thirds_close_though_rounded_formulas_would_not(allocate_text: AllocateText) -> None:
    """Sentence 30: 10 over three alike is 4, 3, 3, as a grant would be."""
    outputs = "outputs: {part: {pool: 10, share: 1}, rest: aid - part}\n"
    allocation = allocate_text(INPUTS + GRANT + outputs, TABLE)
    assert allocation.outputs["part"] == [4, 3, 3]
    assert sum(exact(allocation, "rest")) == 90


def test_an_output_takes_nothing_from_the_budget(allocate_text: AllocateText) -> None:
    """Sentence 30: the budget is spent, and the output still divides 60; a grant would get 0."""
    outputs = "outputs: {part: {pool: 60, share: need}}\n"
    allocation = allocate_text(INPUTS + "budget: 100\n" + GRANT + outputs, TABLE)
    assert allocation.outputs["part"] == [10, 20, 30]
    assert allocation.budget_left == 0
    assert allocation.findings == ()


def test_a_claim_without_a_pool_meets_no_limit_in_an_output(allocate_text: AllocateText) -> None:
    """Sentence 30: claims of 10.5, 0 and 31.5 beside a budget of 100 that is spent."""
    outputs = "outputs: {due: {claim: 1.05 * last}}\n"
    allocation = allocate_text(INPUTS + "budget: 100\n" + GRANT + outputs, TABLE)
    assert allocation.outputs["due"] == [11, 0, 32]


def test_bounds_groups_and_rounding_are_those_of_a_grant(allocate_text: AllocateText) -> None:
    """Sentence 30: the same division as a grant and as an output gives the same amounts."""
    division = "{pool: 77, share: need, floor: last / 2, cap: 40, rounding: webster}"
    text = f"{INPUTS}grants: {{aid: {division}}}\noutputs: {{same: {division}}}\n"
    allocation = allocate_text(text, TABLE)
    assert allocation.outputs["same"] == paid(allocation)


def test_a_shortage_of_an_output_rejects_the_scenario(allocate_text: AllocateText) -> None:
    """Sentence 30: floors of 40 and a pool of 10: nobody is paid until somebody decides."""
    outputs = "outputs: {part: {pool: 10, share: need, floor: last, if_short: SHORT}}\n"
    text = INPUTS + GRANT + outputs
    assert allocate_text(text.replace("SHORT", "reject"), TABLE).status == "rejected"
    scaled = allocate_text(text.replace("SHORT", "scale"), TABLE)
    assert scaled.outputs["part"] == [3, 0, 7]  # 2.5 and 7.5; the tie goes to a
    assert sum(exact(scaled, "part")) == 10


def test_later_outputs_read_what_a_division_came_to(allocate_text: AllocateText) -> None:
    """Sentence 30: 10 over three: entitlements of 3 1/3, a rate of 3 1/3, nobody at a floor."""
    outputs = "outputs:\n  part: {pool: 10, share: 1}\n  due: part.entitlement\n  r: part.rate\n"
    allocation = allocate_text(INPUTS + GRANT + outputs + "  held: part.at_floor\n", TABLE)
    assert allocation.outputs["due"] == [Fraction(10, 3)] * 3
    assert allocation.outputs["r"] == [Fraction(10, 3)] * 3
    assert allocation.outputs["held"] == [False] * 3


def test_instalments_and_settlement_add_up_to_the_entitlement(allocate_text: AllocateText) -> None:
    """Sentence 30: 222.90 = 149.06 + 73.84, in quanta of 0.01 (亿元); then a settlement."""
    text = """money: {unit: 亿元, quantum: 0.01}
inputs: {need: {unit: 亿元}, due: {unit: 亿元}}
grants: {aid: {pool: 222.90, share: need}}
outputs:
  advance: {pool: 149.06, share: need}
  instalment: {formula: total - advance, negative: clawback}
  settlement: {formula: due - advance - instalment, negative: clawback}
"""
    allocation = allocate_text(text, "key,need,due\na,3.55,3.60\nb,219.35,219.10\n")
    names = ("advance", "instalment", "settlement")
    assert [sum(exact(allocation, n)) for n in names] == [
        *(Fraction("149.06"), Fraction("73.84"), Fraction("-0.2")),
    ]
    together = [sum(parts) for parts in zip(*(exact(allocation, n) for n in names), strict=True)]
    assert together == exact(allocation, "due")
    assert found(allocation)["clawback"].values["districts"] == ("b 0.25",)


def test_a_clawback_in_another_unit_is_told_in_that_unit(allocate_text: AllocateText) -> None:
    """Sentence 30: 10 - 100 * 1/6 is -6.6667 万元, said as -66,666.6667 元."""
    outputs = "outputs: {o: {formula: last - aid.entitlement, unit: 元, negative: clawback}}\n"
    finding = found(allocate_text(INPUTS + GRANT + outputs, TABLE))["clawback"]
    assert finding.values["unit"] == "元"
    assert finding.values["count"] == 3
    assert finding.values["districts"][0] == "a 66,666.6667"  # type: ignore[index]


def test_a_difference_of_zero_is_nothing_to_return(allocate_text: AllocateText) -> None:
    """Sentence 30: 0.1 + 0.2 - 0.3 is 0 exactly, whatever floats say."""
    outputs = "outputs: {o: {formula: 0.1 * need + 0.2 * need - 0.3 * need, negative: clawback}}\n"
    assert found(allocate_text(INPUTS + GRANT + outputs, TABLE)) == {}


def test_a_claim_that_divides_may_be_negative_too(allocate_text: AllocateText) -> None:
    """Sentence 30: claims of 5, -5, 15 less 5: b returns 10."""
    outputs = "outputs: {o: {claim: last - 10, negative: clawback}}\n"
    allocation = allocate_text(INPUTS + GRANT + outputs, TABLE)
    assert allocation.outputs["o"] == [0, -10, 20]
    assert found(allocation)["clawback"].values["districts"] == ("b 10",)


def test_a_long_list_of_clawbacks_is_cut(allocate_text: AllocateText) -> None:
    """Sentence 30: of twelve districts ten are named; the sum counts all."""
    rows = "".join(f"d{n:02d},1,120\n" for n in range(12))
    outputs = "outputs: {o: {formula: aid - last, negative: clawback}}\n"
    allocation = allocate_text(
        INPUTS + "grants: {aid: {pool: 12, share: need}}\n" + outputs, "key,need,last\n" + rows
    )
    finding = found(allocation)["clawback"]
    assert (finding.values["count"], finding.value) == (12, "1,428")
    assert finding.values["districts"][10:] == ("…",)  # type: ignore[index]


def test_every_scenario_of_a_batch_has_its_own_clawbacks(tmp_path: Path) -> None:
    """Sentence 30: a parameter that moves the advance moves who returns what."""
    policy = transfers.load_policy(
        written(
            tmp_path,
            "parameters: {p: 10%}\n"
            + INPUTS
            + GRANT
            + "outputs:\n  adv: {pool: p * 200, share: last}\n"
            + "  rest: {formula: aid - adv, negative: clawback}\n",
            TABLE,
        )
    )
    table = transfers.load_districts(None, policy)
    moves = [{"parameters.p": "0.1"}, {"parameters.p": "0.4"}, {"parameters.p": "1"}]
    batch = transfers.allocate_scenarios(policy, table, moves)
    counts = [found(a)["clawback"].values["count"] if found(a) else 0 for a in batch]
    assert counts == [0, 2, 2]
    for moved, together in zip(moves, batch, strict=True):
        (alone,) = transfers.allocate_scenarios(policy, table, [moved])
        assert alone.outputs == together.outputs
        assert alone.findings == together.findings


@settings(max_examples=25)
@given(
    st.lists(st.integers(0, 50), min_size=1, max_size=8).filter(any),
    st.integers(0, 300),
    st.sampled_from(["largest_remainder", "webster"]),
)
def test_advance_and_instalment_add_up_for_each_and_in_all(
    tmp_path_factory: pytest.TempPathFactory, needs: list[int], advance: int, rule: str
) -> None:
    """Sentence 30: whatever the needs, 200 are the advance and the rest, to the last unit."""
    rows = "".join(f"d{n},{need},1\n" for n, need in enumerate(needs))
    text = (
        INPUTS
        + "grants: {aid: {pool: 200, share: need}}\noutputs:\n"
        + f"  adv: {{pool: {advance}, share: need, rounding: {rule}}}\n  rest: total - adv\n"
    )
    path = written(tmp_path_factory.mktemp("outputs"), text, "key,need,last\n" + rows)
    policy = transfers.load_policy(path)
    allocation = transfers.allocate(policy, transfers.load_districts(None, policy))
    parts = list(zip(exact(allocation, "adv"), exact(allocation, "rest"), strict=True))
    assert sum(first for first, _ in parts) == advance
    assert [a + b for a, b in parts] == allocation.total.tolist()


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ("{pool: 1, share: need, kind: special}", "document.grant_key_in_output"),
        ("{pool: 1, share: need, unspent: none}", "document.grant_key_in_output"),
        ("{pool: 1, share: need, replaces: aid}", "document.grant_key_in_output"),
        ("{pool: 1, share: need, formula: need}", "document.formula_and_division"),
        ("{formula: need, rounding: webster}", "document.formula_and_division"),
        ("{pool: 1, share: need, digits: 2}", "document.formula_key_in_division"),
        ("{pool: 1, share: need, unit: 元}", "document.formula_key_in_division"),
        ("{pool: 1, share: need, negative: clawback}", "document.never_negative"),
        ("{title: 空}", "document.output_empty"),
        ("{negative: clawback}", "document.output_empty"),
        ("{pool: 1}", "document.method_missing"),
        ("{share: need}", "document.pool_missing"),
        ("{pool: remainder, share: need}", "formula.remainder_of_output"),
        ("{pool: sum(heads), share: need}", "formula.not_money"),
        ("{formula: need > 1, negative: clawback}", "formula.number_wanted"),
        ("{formula: heads, negative: clawback}", "formula.clawback_not_money"),
        ("{formula: last, unit: 人, negative: clawback}", "formula.clawback_not_money"),
    ],
)
def test_what_makes_no_sense_in_an_output_is_refused(
    allocate_text: AllocateText, entry: str, code: str
) -> None:
    """Sentence 30: an output is a formula or a division, and no grant."""
    inputs = "inputs: {need: {}, last: {unit: 万元}, heads: {unit: 人}}\nbudget: 100\n"
    with pytest.raises(transfers.DocumentError) as caught:
        allocate_text(f"{inputs}{GRANT}outputs: {{o: {entry}}}\n", "key,need,last,heads\na,1,1,1\n")
    assert fault_codes(caught.value) == [code]
    assert caught.value.faults[0].place.path.startswith("outputs.o")


def test_outputs_above_the_grants_may_not_use_the_total(allocate_text: AllocateText) -> None:
    """Sentence 30: they are computed where they stand."""
    outputs = "outputs: {part: {pool: 10, share: 1}, double: 2 * need}\n"
    allocation = allocate_text(INPUTS + outputs + GRANT, TABLE)
    assert allocation.outputs["part"] == [4, 3, 3]
    assert allocation.outputs["double"] == [2, 4, 6]
    assert allocation.total.sum() == 100
    with pytest.raises(transfers.DocumentError):
        allocate_text(INPUTS + outputs.replace("2 * need", "total") + GRANT, TABLE)
