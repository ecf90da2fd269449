"""Seek: the values for which a statement holds (method, section 37)."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import transfers
from scenarios import Sought, seek
from scenarios.seeking.told import SeekTold
from tests.seeking.studies import study_in
from transfers import DocumentError

THRICE = "grants: {g: {claim: 50 + (p - 1) * (p - 3) * (p - 5)}}\n"
"""Every district gets 50 and a cubic: at least 50 from 1 to 3, and from 5 on."""


def question(**keys: str) -> str:
    asked = {"vary": "parameters.p", "within": "[0, 6]", "step": "0.5", "rescale": "none"}
    return "seek:\n" + "".join(f"  {k}: {v}\n" for k, v in (asked | keys).items())


def held(sought: Sought) -> list[tuple[Fraction, Fraction]]:
    axis = sought.axis
    return [(axis.value(each.first), axis.value(each.last)) for each in sought.stretches]


def said(sought: Sought, language: str = "en") -> str:
    return "\n".join(SeekTold(sought).page(language).lines)


# -- answers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("goal", "value"), [("smallest", 1), ("largest", 6), ("all", 1)])
def test_a_statement_that_flips_three_times_has_two_stretches(
    tmp_path: Path, goal: str, value: int
) -> None:
    study = study_in(tmp_path, THRICE, question(so_that="g >= 50", goal=goal))
    sought = seek(study)
    assert held(sought) == [(1, 3), (5, 6)]
    assert sought.value == value
    assert "1 to 3, 5 to 6" in said(sought)


def test_one_step_less_fails_and_the_answer_holds_in_runs_of_their_own(tmp_path: Path) -> None:
    policy = "grants: {g: {pool: pool, share: x + p}}\n"
    study = study_in(
        tmp_path, policy, question(within="[0, 50]", step="0.01", so_that="g >= 21", district="a")
    )
    sought = seek(study)
    assert sought.value is not None and sought.stride > 1
    read = transfers.load_policy(tmp_path / "p.yaml")
    table = transfers.load_districts(None, read)

    def amount(value: Fraction) -> int:
        allocation = transfers.allocate(read, table, {"parameters.p": value})
        return int(allocation.amounts["g"][0])

    assert amount(sought.value) >= 21 > amount(sought.value - sought.asked.step)


def test_amounts_at_the_answer_are_those_of_a_run_with_the_value_set(tmp_path: Path) -> None:
    study = study_in(tmp_path, THRICE, question(so_that="g >= 60"))
    sought = seek(study)
    assert sought.at is not None and sought.value is not None
    read = transfers.load_policy(tmp_path / "p.yaml", {"parameters.p": str(sought.value)})
    alone = transfers.allocate(read, transfers.load_districts(None, read))
    assert sought.at.allocation.total.tolist() == alone.total.tolist()


def test_where_no_value_does_the_nearest_miss_is_told_with_its_unit(tmp_path: Path) -> None:
    study = study_in(tmp_path, THRICE, question(so_that="sum(g) >= 250", within="[0, 4]"))
    sought = seek(study)
    assert sought.value is None
    # 50 + (2 - 1)(2 - 3)(2 - 5) = 53 each is the most up to 4, as it is at 1.5 and 2 rounded
    assert sought.nearest_number is not None
    assert sought.axis.value(sought.nearest_number) in (Fraction(3, 2), 2)
    assert sought.miss(sought.nearest_number) == 250 - 3 * 53
    text = said(sought)
    assert 'No value of p from 0 to 4 makes "sum(g) >= 250" hold.' in text
    assert "159 万元 ≥ 250 万元 does not hold, off by 91 万元." in text


def test_a_value_on_the_edge_of_the_range_is_told_as_that(tmp_path: Path) -> None:
    study = study_in(tmp_path, THRICE, question(so_that="g >= 50", within="[1, 4]"))
    assert "1 is the low end of the range" in said(seek(study))
    study = study_in(tmp_path, THRICE, question(so_that="g >= 50", within="[5, 6]"))
    assert "all along the range (5 to 6)" in said(seek(study))


def test_larger_is_not_better_where_it_ends(tmp_path: Path) -> None:
    study = study_in(tmp_path, THRICE, question(so_that="g >= 50", within="[0, 4]"))
    assert "from 1 to 3 and no longer at 3.5" in said(seek(study))


def test_rejected_scenarios_are_counted_and_do_not_hold(tmp_path: Path) -> None:
    policy = "grants: {g: {pool: pool, share: x, floor: p}}\n"
    study = study_in(
        tmp_path,
        policy,
        question(within="[30, 40]", step="1", so_that="g >= last", goal="largest"),
    )
    sought = seek(study)
    assert sought.value == 33  # three floors of 33 fit into 100, of 34 they do not
    verdicts = [sought.verdict(number) for number in sought.trials]
    assert verdicts.count("rejected") == 7
    assert "For 7 values money is short" in said(sought)


def test_invalid_scenarios_are_counted_and_do_not_hold(tmp_path: Path) -> None:
    policy = "grants: {g: {claim: 10 / (p - 2) * x}}\n"
    study = study_in(tmp_path, policy, question(so_that="g >= 1"))
    sought = seek(study)
    assert [n for n in sought.trials if sought.verdict(n) == "invalid"] == [4]
    assert "1 values cannot be computed" in said(sought)


def test_what_does_not_apply_does_not_hold(tmp_path: Path) -> None:
    so_that = "{that: g >= 50, applies: p > 5}"
    sought = seek(study_in(tmp_path, THRICE, question(so_that=so_that)))
    assert held(sought) == [(Fraction(11, 2), 6)]
    assert sought.verdict(2) == "not_applicable"


def test_a_statement_about_every_district_holds_where_it_holds_in_each(tmp_path: Path) -> None:
    policy = "grants: {g: {pool: pool, share: x + p}}\n"
    sought = seek(study_in(tmp_path, policy, question(within="[0, 30]", so_that="g >= 25")))
    brute = [n for n in range(61) if _shares(Fraction(n, 2))[0] >= 25]
    assert [n for n in sought.trials if sought.signs[n].holds] == brute


def _shares(p: Fraction) -> list[int]:
    weights = [1 + p, 3 + p, 6 + p]
    exact = [100 * w / sum(weights) for w in weights]
    amounts = [int(e) for e in exact]
    rests = sorted(range(3), key=lambda n: (amounts[n] - exact[n], n))
    for n in rests[: 100 - sum(amounts)]:
        amounts[n] += 1
    return amounts


def test_districts_may_be_named_by_key_or_name(tmp_path: Path) -> None:
    table = "k,name,x,last\n1,甲,1,30\n2,乙,3,30\n3,丙,6,30\n"
    policy = "grants: {g: {pool: pool, share: x + p}}\n"
    found = []
    for named in ("1", "甲", "[1]"):
        study = study_in(
            tmp_path, policy, question(within="[0, 30]", so_that="g >= 25", district=named), table
        )
        policy_text = (tmp_path / "p.yaml").read_text("utf-8")
        named_policy = policy_text.replace("key: k}", "key: k, name: name}")
        (tmp_path / "p.yaml").write_text(named_policy, encoding="utf-8")
        found.append(seek(study).value)
    assert found == [found[0]] * 3 and found[0] is not None


# -- weights --------------------------------------------------------------------------------------

WEIGHTS = "grants: {g: {pool: pool, share: {factors: {x: 40%, last: 35%, y: 25%}}}}\n"
WITH_Y = "k,x,last,y\na,1,30,5\nb,3,30,1\nc,6,30,2\n"


def weights_study(folder: Path, **keys: str) -> Sought:
    asked = question(
        **{
            "vary": "grants.g.share.factors.y",
            "within": "[0%, 120%]",
            "step": "1%",
            "rescale": "grants.g.share.factors",
            "so_that": "g >= 40",
            "district": "a",
            **keys,
        }
    )
    study = study_in(folder, WEIGHTS, asked, WITH_Y)
    text = (folder / "p.yaml").read_text("utf-8")
    added = text.replace("last: {unit: 万元}}", "last: {unit: 万元}, y: {unit: 个}}")
    (folder / "p.yaml").write_text(added, encoding="utf-8")
    return seek(study)


def test_the_other_weights_are_scaled_exactly_as_a_variant_would(tmp_path: Path) -> None:
    sought = weights_study(tmp_path)
    read = transfers.load_policy(tmp_path / "p.yaml")
    table = transfers.load_districts(None, read)
    group = "grants.g.share.factors"
    for number in range(0, 101, 7):
        changed = read.changed(set={f"{group}.y": f"{number}%"}, rescale=group)
        alone = transfers.allocate(changed, table)
        assert sought.run(number).allocation.total.tolist() == alone.total.tolist()
        assert sought.signs[number].holds == (alone.amounts["g"][0] >= 40)


def test_beyond_the_sum_of_the_weights_nothing_can_be_computed(tmp_path: Path) -> None:
    sought = weights_study(tmp_path)
    assert [n for n in sought.trials if sought.verdict(n) == "invalid"] == list(range(101, 121))
    assert "20 values cannot be computed" in said(sought)


def test_values_are_written_as_the_document_writes_them(tmp_path: Path) -> None:
    sought = weights_study(tmp_path)
    assert sought.value is not None
    assert f"g: weight of y must be at least {int(sought.value * 100)}% (the" in said(sought)
    assert "It is 25% now." in said(sought)


# -- against brute force --------------------------------------------------------------------------


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    roots=st.tuples(*[st.integers(0, 12)] * 3),
    bar=st.integers(-40, 40),
    goal=st.sampled_from(("smallest", "largest", "all")),
    single=st.booleans(),
)
def test_a_seek_is_what_single_runs_over_the_grid_say(
    tmp_path: Path, roots: tuple[int, int, int], bar: int, goal: str, single: bool
) -> None:
    cubic = " * ".join(f"(p - {root})" for root in roots)
    policy = f"grants: {{g: {{claim: 'max(0, 60 * x + {cubic})'}}}}\n"
    that = f"'sum(g) >= {600 + bar}'" if single else f"'g >= 60 * x + {bar}'"
    study = study_in(
        tmp_path, policy, question(within="[0, 12]", step="0.75", so_that=that, goal=goal)
    )
    sought = seek(study)
    read = transfers.load_policy(tmp_path / "p.yaml")
    table = transfers.load_districts(None, read)

    def holds(value: Fraction) -> bool:
        amounts = transfers.allocate(read, table, {"parameters.p": value}).amounts["g"].tolist()
        if single:
            return sum(amounts) >= 600 + bar
        return all(g >= 60 * x + bar for g, x in zip(amounts, (1, 3, 6), strict=True))

    grid = [Fraction(3, 4) * number for number in range(17)]
    able = [value for value in grid if holds(value)]
    assert [grid[n] for n in sought.trials if sought.signs[n].holds] == able
    wanted = max if goal == "largest" else min
    assert sought.value == (wanted(able) if able else None)


# -- what is wrong with a question ----------------------------------------------------------------

PERCENT = "document.percent_beside_unit"


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ({"step": "0"}, "seek.step_not_positive"),
        ({"step": "0.7"}, "seek.step_does_not_fit"),
        ({"within": "[6, 0]"}, "seek.range_reversed"),
        ({"step": "0.000000001"}, "seek.too_many_steps"),
        ({"vary": "parameters.pp"}, "number.unknown_near"),
        ({"vary": "nowhere.at.all"}, "number.unknown"),
        ({"variant": "v"}, "study.unknown_variant"),
        ({"district": "z"}, "seek.no_district"),
        ({"rescale": "parameters.q"}, "seek.no_group"),
        ({"so_that": "gg >= 1"}, "formula.misspelt_name"),
        ({"so_that": "g"}, "formula.boolean_wanted"),
        ({"vary": "parameters.pool", "within": "[0%, 6%]", "step": "1%"}, PERCENT),
    ],
)
def test_every_mistake_is_told_at_its_place(
    tmp_path: Path, keys: dict[str, str], code: str
) -> None:
    def ask() -> Sought:
        return seek(study_in(tmp_path, THRICE, question(**({"so_that": "g >= 50"} | keys))))

    faults = faults_of(ask)
    assert [fault.code for fault in faults] and faults[0].code == code
    assert all(str(fault.place.file).endswith("s.yaml") for fault in faults)
    assert all(fault.place.line for fault in faults)


@pytest.mark.parametrize("missing", ["step", "rescale", "vary", "within", "so_that"])
def test_every_seek_states_its_step_and_what_is_rescaled(tmp_path: Path, missing: str) -> None:
    asked = question(so_that="g >= 50")
    text = "".join(line for line in asked.splitlines(True) if f" {missing}:" not in line)
    faults = faults_of(lambda: study_in(tmp_path, THRICE, text))
    assert [(fault.code, fault.values["key"]) for fault in faults] == [
        ("document.missing_key", missing)
    ]


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ({"rescale": "none"}, "seek.weight_alone"),
        ({"rescale": "grants.g.share.factor"}, "seek.no_group_near"),
        ({"rescale": "parameters"}, "seek.group_not_varied"),
    ],
)
def test_a_weight_is_never_moved_alone(tmp_path: Path, keys: dict[str, str], code: str) -> None:
    assert faults_of(lambda: weights_study(tmp_path, **keys))[0].code == code


def test_a_study_without_the_question_says_what_it_would_need(tmp_path: Path) -> None:
    assert faults_of(lambda: seek(study_in(tmp_path, THRICE, "")))[0].code == "seek.not_asked"


def faults_of(ask: Callable[[], object]) -> tuple[transfers.Fault, ...]:
    with pytest.raises(DocumentError) as caught:
        ask()
    return caught.value.faults


# -- figures of districts, the baseline, other places to run ---------------------------------------


def test_the_figure_of_a_district_may_be_sought(tmp_path: Path) -> None:
    policy = "grants: {g: {pool: pool, share: x}}\n"
    asked = question(vary="inputs.x.b", within="[0, 20]", step="0.5", so_that="g >= 50")
    sought = seek(study_in(tmp_path, policy, asked + "  district: b\n"))
    # x of b over x of all, 1 + 6 of them elsewhere: half of 100 from 7 on
    assert sought.value == 7
    assert "x of b must be at least 7 万元" in said(sought)
    assert "It is 3 万元 now." in said(sought)


def test_a_statement_may_read_what_the_baseline_pays(tmp_path: Path) -> None:
    study = study_in(tmp_path, THRICE, question(so_that="sum(g) >= sum(baseline.g) - 10"))
    sought = seek(study)  # at p = 2 each of three gets 53, so 50 is just enough
    assert held(sought) == [(1, 3), (5, 6)]


def test_a_variant_is_varied_as_it_stands(tmp_path: Path) -> None:
    variants = "variants: {v: {title: 变体, set: {parameters.q: 100}}}\n"
    policy = "grants: {g: {claim: 50 + p + q}}\n"
    asked = question(so_that="g >= 153", variant="v", step="1")
    sought = seek(study_in(tmp_path, policy, asked + variants))
    assert sought.value == 3
    assert sought.baseline.allocation.total.tolist() == [52] * 3


def test_set_changes_the_policy_before_everything(tmp_path: Path) -> None:
    policy = "grants: {g: {claim: 50 + p + q}}\n"
    study = study_in(tmp_path, policy, question(so_that="g >= 53", step="1"))
    assert seek(study).value == 3
    assert seek(study, {"parameters.q": "2"}).value == 1


def test_constraints_that_are_hard_and_broken_at_the_answer_are_named(tmp_path: Path) -> None:
    rest = "constraints: {little: {title: 总额不超 150, that: total <= 50, level: hard}}\n"
    sought = seek(study_in(tmp_path, THRICE, question(so_that="g >= 51") + rest))
    assert "Mind: at 1.5 hard rules are broken: 总额不超 150." in said(sought)


def test_processes_give_the_same_answer(tmp_path: Path) -> None:
    from scenarios.running.runner import workplace

    study = study_in(tmp_path, THRICE, question(so_that="g >= 50"))
    here, place = seek(study), workplace(2)
    assert place is not None
    try:
        there = seek(study, place=place)
    finally:
        place.close()
    assert there.trials == here.trials


def test_numbers_that_decide_what_is_read_are_refused(tmp_path: Path) -> None:
    policy = "grants: {g: {pool: pool, share: x}}\n"
    asked = question(vary="parameters.q", within="[0, 1]", step="1", so_that="g >= 50")
    study = study_in(tmp_path, policy, asked)
    text = (tmp_path / "p.yaml").read_text("utf-8")
    (tmp_path / "p.yaml").write_text(
        text.replace("key: k}", "key: k, rows: x > q}"), encoding="utf-8"
    )
    assert [fault.code for fault in faults_of(lambda: seek(study))] == ["seek.decides_reading"]
