"""Tests of a policy: what passes, what fails, and what is said of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from checks.policy_tests import TestResult, load_tests, run_tests


def of(expect: str, given: str = "") -> str:
    """Return a test in flow style."""
    return "{given: {" + given + "}, expect: {" + expect + "}}"


def results(folder: Path, *tests: str, head: str = "") -> tuple[TestResult, ...]:
    """Return what came of tests, each written in flow style."""
    file = folder / "tests" / "examples.yaml"
    lines = [f"  t{number}: {test}" for number, test in enumerate(tests, 1)]
    file.write_text("\n".join([*([head] if head else []), "tests:", *lines, ""]), encoding="utf-8")
    return run_tests(load_tests(file))


def result(folder: Path, test: str, head: str = "") -> TestResult:
    return results(folder, test, head=head)[0]


def codes(found: TestResult) -> list[str]:
    return [message.code for message in found.messages]


ROWS = "districts: {甲: {population: 1}, 乙: {population: 4}}"


# -- amounts -------------------------------------------------------------------------------------


def test_amounts_as_expected_pass(folder: Path) -> None:
    test = of("amounts: {equalisation: {甲: 1, 乙: 4}, total: {乙: 4}}", ROWS)
    found = result(folder, test)
    assert (found.status, found.messages, found.id, found.title) == ("passed", (), "t1", "t1")


def test_another_amount_fails_at_its_place_with_both_sums_and_the_reason(folder: Path) -> None:
    found = result(folder, of("amounts: {equalisation: {甲: 2, 乙: 4}}", ROWS))
    assert found.status == "failed"
    (line,) = found.lines("zh")
    place, _, text = line.partition(" ")
    written = (folder / "tests/examples.yaml").read_text("utf-8").splitlines()[1]
    assert place == f"{folder / 'tests/examples.yaml'}:2:{written.index('甲: 2') + 1}"
    assert (
        "equalisation 甲：应得 2，算得 1 万元。（甲：均衡性补助测算 1 万元，核定 1 万元。）" in text
    )
    (line,) = found.lines("en")
    said = "equalisation of 甲: expected 2, got 1 万元. (甲: 均衡性补助 calculated 1 万元, gets"
    assert said in line


def test_amounts_of_the_policys_own_table_go_by_key_or_name(folder: Path) -> None:
    found = result(folder, '{expect: {amounts: {total: {"01": 4, 西县: 1}}}}')
    assert found.passed, found.lines("en")


def test_amounts_count_in_units_of_money_and_are_compared_exactly(
    folder: Path, policy_text: str
) -> None:
    policy = folder / "policy.yaml"
    policy.write_text(policy_text.replace("quantum: 1", "quantum: 0.01"), encoding="utf-8")
    rows = "districts: {甲: {population: 1}, 乙: {population: 2}}"
    right = of("amounts: {total: {甲: 1.67, 乙: 3.33}}", rows)
    wrong = of("amounts: {total: {甲: 1.66}}", rows)
    assert [each.status for each in results(folder, right, wrong)] == ["passed", "failed"]


# -- what is given -------------------------------------------------------------------------------


def test_numbers_of_the_policy_are_set_as_on_the_command_line(folder: Path) -> None:
    given = ROWS + ", set: {budget.amount: 10, parameters.floor_amount: 3}"
    found = result(folder, of("amounts: {total: {甲: 3, 乙: 7}}", given))
    assert found.passed, found.lines("en")


def test_a_figure_of_a_district_can_be_set(folder: Path) -> None:
    test = "{given: {set: {inputs.population.西县: 12, inputs.tier.西县: A}}, "
    found = result(folder, test + "expect: {amounts: {total: {东县: 1, 西县: 4}}}}")
    assert found.passed, found.lines("en")


def test_what_all_tests_are_given_holds_unless_a_test_says_otherwise(folder: Path) -> None:
    head = "given: {" + ROWS + ", set: {budget.amount: 10}}"
    found = results(
        folder,
        "{expect: {amounts: {total: {甲: 2, 乙: 8}}}}",
        "{given: {set: {budget.amount: 5}}, expect: {amounts: {total: {甲: 1, 乙: 4}}}}",
        "{given: {districts: {丙: {population: 1}}}, expect: {amounts: {total: {丙: 10}}}}",
        head=head,
    )
    assert [each.lines("en") for each in found] == [[], [], []]


def test_a_file_is_read_as_the_policy_reads_its_table(folder: Path) -> None:
    (folder / "tests" / "two.csv").write_text(
        "code,name,人口（万人）,need,tier\nx,x,1,,B\ny,y,4,,B\n", encoding="utf-8"
    )
    test = "{given: {file: two.csv}, expect: {amounts: {total: {x: 1, y: 4}}, "
    found = result(folder, test + "figures: {population: {x: 10000}}}}")
    assert found.passed, found.lines("en")


def test_a_figure_that_is_left_out_is_the_default_and_so_is_a_dash(folder: Path) -> None:
    rows = "districts: {甲: {population: 1, need: —, tier: -}, 乙: {population: 1, tier: B}}"
    figures = "{need: {甲: 0, 乙: 0}, tier: {甲: A, 乙: B}}"
    found = result(folder, of("figures: " + figures, rows))
    assert found.passed, found.lines("en")


def test_a_figure_that_is_needed_and_missing_is_an_error_that_says_where(folder: Path) -> None:
    rows = "districts: {甲: {population: 1}, 乙: {need: 1}}"
    found = result(folder, of("amounts: {total: {甲: 5}}", rows))
    assert found.status == "error"
    assert codes(found)[0] == "policy_tests.other_status"
    told = "\n".join(found.lines("zh"))
    assert "无法测算" in told and "乙" in told and "examples.yaml:2:" in told


def test_a_fault_of_the_policys_own_table_is_an_error_not_a_failure(folder: Path) -> None:
    (folder / "small.csv").write_text(
        "code,name,population,need,tier\n01,东县,many,1,A\n", encoding="utf-8"
    )
    found = result(folder, "{expect: {amounts: {total: {东县: 5}}}}")
    assert (found.status, codes(found)[1:]) == ("error", ["table.not_a_number"])
    assert found.messages[1].place.file == str(folder / "small.csv")


# -- figures -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "status"),
    [
        *(("0.3333", "passed"), ("0.33", "passed"), ("0.330", "failed"), ("0.34", "failed")),
        *(("33.3%", "passed"), ("33.4%", "failed"), ("0", "passed"), ("—", "failed")),
    ],
)
def test_a_figure_is_held_against_to_the_decimals_written(
    folder: Path, policy_text: str, written: str, status: str
) -> None:
    policy = policy_text.replace("unit: 人, ", "")
    (folder / "policy.yaml").write_text(policy, encoding="utf-8")
    test = of('figures: {need_per_head: {"01": ' + written + "}}")
    found = result(folder, test)
    assert found.status == status
    if status == "failed":
        assert "0.33" in found.lines("en")[0] or "33.3" in found.lines("en")[0]


def test_figures_may_be_texts_truths_rates_and_what_is_one_for_all(folder: Path) -> None:
    figures = (
        "{tier: {东县: A}, equalisation.at_floor: {东县: no}, equalisation.rate: {东县: 0.63}, "
        "equalisation.entitlement: {东县: 3.75}, average: {西县: 2.5}}"
    )
    found = result(folder, of("figures: " + figures))
    assert found.passed, found.lines("en")


@pytest.mark.parametrize(
    "figures",
    [
        *("{tier: {东县: B}}", "{equalisation.at_floor: {东县: yes}}"),
        *("{equalisation.rate: {东县: 0.62}}", "{average: {西县: 2.4}}"),
    ],
)
def test_other_figures_fail(folder: Path, figures: str) -> None:
    found = result(folder, of("figures: " + figures))
    assert codes(found) == ["policy_tests.figure"]


# -- statements, rules, findings -----------------------------------------------------------------


def test_statements_that_hold_pass(folder: Path) -> None:
    statements = '{a: "equalisation >= 1", b: {that: sum(equalisation) == 5, title: 分完}}'
    assert result(folder, of("statements: " + statements)).passed


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("equalisation >= 2", "rules.broken_in_districts"),
        ("sum(equalisation) == 6", "rules.broken_by"),
        ("sum(need / (population - 3)) > 0", "rules.unknown"),
    ],
)
def test_a_statement_that_does_not_hold_or_cannot_be_told_fails(
    folder: Path, statement: str, code: str
) -> None:
    found = result(folder, of('statements: {a: "' + statement + '"}'))
    (message,) = found.messages
    assert (found.status, message.values["message"].code) == ("failed", code)  # type: ignore[attr-defined]
    assert message.place.path == "tests.t1.expect.statements.a"


def test_a_statement_that_applies_to_nothing_shows_nothing_and_fails(folder: Path) -> None:
    statement = "{that: equalisation >= 100, applies: population > 1000}"
    found = result(folder, of("statements: {a: " + statement + "}"))
    assert found.messages[0].values["message"].code == "rules.not_applicable"  # type: ignore[attr-defined]


def test_rules_of_the_policy_come_to_what_is_expected(folder: Path) -> None:
    given, broken = "set: {inputs.population.西县: 0}", "rules: {enough: broken}"
    found = results(folder, of("rules: {enough: holds}"), of(broken, given), of(broken))
    assert [each.status for each in found] == ["passed", "passed", "failed"]
    assert "rule enough: expected broken, got holds." in found[2].lines("en")[0]


def test_findings_have_to_be_told_and_those_of_the_tests_own_statements_do_not_count(
    folder: Path,
) -> None:
    told = of("findings: [rules.broken_in_districts]", "set: {inputs.population.西县: 0}")
    untold = of("findings: rules.broken_in_districts, statements: {a: equalisation > 1}")
    found = results(folder, told, untold)
    assert [each.status for each in found] == ["passed", "failed"]
    assert codes(found[1]) == ["policy_tests.statement", "policy_tests.not_told"]


# -- what comes of a run -------------------------------------------------------------------------


def test_a_run_that_pays_nobody_is_expected_as_rejected(folder: Path) -> None:
    given = "set: {parameters.floor_amount: 3}"
    code = "allocation.floors_exceed_pool_rejected"
    expected = of(f"status: rejected, findings: {code}", given)
    unexpected = of("amounts: {total: {东县: 3}}", given)
    other = of("status: rejected")
    found = results(folder, expected, unexpected, other)
    assert [each.status for each in found] == ["passed", "failed", "failed"]
    assert codes(found[1]) == ["policy_tests.other_status", code]
    assert codes(found[2]) == ["policy_tests.other_status"]


def test_figures_that_are_refused_are_expected_as_invalid_by_their_code(folder: Path) -> None:
    rows = "districts: {甲: {population: -1}}"
    found = result(folder, of("status: invalid, findings: table.below_minimum", rows))
    assert found.passed, found.lines("en")


def test_a_run_that_cannot_be_computed_is_expected_as_invalid_by_its_code(folder: Path) -> None:
    rows = "districts: {甲: {need: 1}}"
    test = "status: invalid, findings: "
    (found,) = results(folder, of(test + "allocation.weight_negative", rows))
    assert found.status == "failed"
    assert codes(found)[:2] == ["policy_tests.not_told", "policy_tests.also_wrong"]
    (found,) = results(folder, of(test + f"[{', '.join(codes(found)[2:])}]", rows))
    assert found.passed, found.lines("en")


# -- lists, levels -------------------------------------------------------------------------------


def test_inputs_over_a_list_are_given_by_item_key_or_name(folder: Path, policy_text: str) -> None:
    policy = policy_text.replace(
        "inputs:\n",
        "lists:\n  grades: {file: grades.csv, key: k, name: n}\n"
        "inputs:\n  pupils: {columns: 'n_{item}', over: grades, default: 0}\n",
    ).replace("population, coeff", '"sum(pupils, over=grades)", coeff')
    (folder / "policy.yaml").write_text(policy, encoding="utf-8")
    (folder / "grades.csv").write_text("k,n\ne1,一年级\ne2,二年级\n", encoding="utf-8")
    pupils = "{e1: 1, 二年级: 3}", "{e2: 1}"
    cells = [f"{{population: 1, pupils: {each}}}" for each in pupils]
    rows = f"districts: {{甲: {cells[0]}, 乙: {cells[1]}}}"
    found = result(folder, of("amounts: {total: {甲: 4, 乙: 1}}", rows))
    assert found.passed, found.lines("en")
