"""The plugin of pytest: what it collects, and what it tells; what it leaves alone."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

ROOT = Path(__file__).resolve().parents[2]
PASSES = "tests: {right: {title: 两地, expect: {amounts: {total: {东县: 4, 西县: 1}}}}}\n"
FAILS = "tests: {wrong: {title: 少算 1, expect: {amounts: {total: {东县: 3}}}}}\n"
FOREIGN = "services:\n  web: {image: x}\ntests:\n  - unit\n"


@pytest.fixture
def project(
    pytester: pytest.Pytester, policy_text: str, monkeypatch: pytest.MonkeyPatch
) -> pytest.Pytester:
    """Return a project with a policy, its tests, a module of tests and a file of another kind."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # the plugin may be installed
    monkeypatch.setenv("PYTEST_PLUGINS", "checks.pytest_plugin,tests.unhurried")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("TRANSFERS_LANG", "en")
    folder = pytester.mkdir("policies")
    (folder / "tests").mkdir()
    (folder / "policy.yaml").write_text(policy_text, encoding="utf-8")
    table = "code,name,population,need,tier\n01,东县,3,1,A\n02,西县,2,,B\n"
    (folder / "small.csv").write_text(table, encoding="utf-8")
    (folder / "tests/right.yaml").write_text(PASSES, encoding="utf-8")
    (folder / "tests/wrong.yml").write_text(FAILS, encoding="utf-8")
    ci = pytester.mkdir("ci")
    (ci / "pipeline.yaml").write_text(FOREIGN, encoding="utf-8")
    pytester.makepyfile(test_own="def test_one(): pass")
    return pytester


def collected(project: pytest.Pytester, *arguments: str) -> list[str]:
    """Return the ids of what is collected."""
    done = project.runpytest_subprocess("--collect-only", "-q", *arguments)
    return [line for line in done.outlines if "::" in line]


OF_POLICY = "policies/policy.yaml::promises"
RIGHT, WRONG = "policies/tests/right.yaml::right", "policies/tests/wrong.yml::wrong"
OWN = "test_own.py::test_one"


def test_nothing_is_collected_unless_it_is_asked_for(project: pytest.Pytester) -> None:
    assert collected(project) == [OWN]
    assert collected(project, "policies") == []


def test_with_the_option_policies_and_their_tests_are_collected(project: pytest.Pytester) -> None:
    assert collected(project, "--transfers") == [OF_POLICY, RIGHT, WRONG, OWN]
    assert collected(project, "--transfers", "policies/tests") == [RIGHT, WRONG]


def test_a_policy_that_is_named_comes_with_its_tests(project: pytest.Pytester) -> None:
    assert collected(project, "policies/policy.yaml") == [OF_POLICY, RIGHT, WRONG]
    twice = collected(project, "policies/policy.yaml", "policies/tests/right.yaml")
    assert sorted(twice) == sorted([OF_POLICY, RIGHT, WRONG])


def test_a_test_can_be_named_as_any_other(project: pytest.Pytester) -> None:
    assert collected(project, RIGHT) == [RIGHT]


def test_policies_that_the_configuration_names_are_collected_with_their_tests(
    project: pytest.Pytester, policy_text: str
) -> None:
    project.makepyprojecttoml(
        '[tool.pytest.ini_options]\ntransfers_policies = ["policies/*.yaml"]\n'
    )
    other = project.mkdir("drafts")
    (other / "policy.yaml").write_text(policy_text, encoding="utf-8")
    assert collected(project) == [OF_POLICY, RIGHT, WRONG, OWN]
    assert collected(project, "policies/tests") == [RIGHT, WRONG]


def test_tests_elsewhere_belong_to_the_policy_they_name(project: pytest.Pytester) -> None:
    project.makeini("[pytest]\ntransfers_policies = policies/policy.yaml\n")
    away = project.mkdir("examples")
    (away / "a.yaml").write_text(f"policy: ../policies/policy.yaml\n{PASSES}", encoding="utf-8")
    assert "examples/a.yaml::right" in collected(project)


def test_a_configuration_that_names_no_policy_is_refused(project: pytest.Pytester) -> None:
    project.makeini("[pytest]\ntransfers_policies = polcies/*.yaml\n")
    done = project.runpytest_subprocess()
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines(["*transfers_policies: no policy document at 'polcies/?.yaml'*"])


def test_a_test_that_fails_says_what_was_expected_what_came_and_where(
    project: pytest.Pytester,
) -> None:
    done = project.runpytest_subprocess("policies/tests/right.yaml", "policies/tests/wrong.yml")
    done.assert_outcomes(passed=1, failed=1)
    done.stdout.fnmatch_lines(
        [
            "*wrong: 少算 1*",
            "policies/tests/wrong.yml:1:* tests.wrong.expect.amounts.total.东县: "
            "total of 东县: expected 3, got 4 万元. "
            "(东县: 均衡性补助 calculated 3.75 万元, gets 4 万元.)",
        ]
    )
    assert "Traceback" not in done.stdout.str()
    assert "pytest_plugin.py" not in done.stdout.str()


def test_messages_are_in_the_language_of_the_reader(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRANSFERS_LANG", "zh")
    done = project.runpytest_subprocess(WRONG)
    done.stdout.fnmatch_lines(["*total 东县：应得 3，算得 4 万元。*"])


def test_a_faulty_document_is_an_error_of_collection_with_all_its_faults(
    project: pytest.Pytester,
) -> None:
    file = project.path / "policies/tests/right.yaml"
    file.write_text("tests: {a: {expect: {amounts: {totl: {东县: 1, 东: 1}}}}}\n", "utf-8")
    done = project.runpytest_subprocess(str(file))
    done.assert_outcomes(errors=1)
    done.stdout.fnmatch_lines(
        ["*did you mean 'total'?", "*no district '东' in what is given; did you mean '东县'?"]
    )
    assert "Traceback" not in done.stdout.str()


def test_a_file_that_would_never_be_run_is_an_error_of_its_policy(
    project: pytest.Pytester,
) -> None:
    (project.path / "policies/tests/odd.yaml").write_text("test: {}\n", encoding="utf-8")
    done = project.runpytest_subprocess("--transfers", "policies")
    done.assert_outcomes(errors=1)
    done.stdout.fnmatch_lines(["*odd.yaml:1:1: The folder `tests` is for test documents*"])


def test_a_file_with_tests_of_somebody_else_is_left_alone(project: pytest.Pytester) -> None:
    (project.path / "ci/more.yaml").write_text("tests:\n  a: {run: make}\n", encoding="utf-8")
    assert collected(project, "--transfers", "ci") == []


def test_promises_are_checked(project: pytest.Pytester) -> None:
    done = project.runpytest_subprocess("--transfers-seconds=1", OF_POLICY)
    done.assert_outcomes(passed=1)


def test_a_policy_without_its_table_is_checked_on_made_ones_only_if_asked(
    project: pytest.Pytester,
) -> None:
    tables = list(project.path.glob("policies/*.csv"))
    for table in tables:
        table.unlink()
    done = project.runpytest_subprocess("--transfers-seconds=1", OF_POLICY)
    done.assert_outcomes(failed=1)
    done = project.runpytest_subprocess("--transfers-seconds=1", "--transfers-made-only", OF_POLICY)
    done.assert_outcomes(passed=1)


def test_a_promise_that_is_broken_is_shown_with_the_smallest_table(
    project: pytest.Pytester, policy_text: str
) -> None:
    listed = policy_text + "promises: {own_need_monotonicity: {}}\n"
    listed = listed.replace("formula: population", 'formula: "1 / population"')
    (project.path / "policies/policy.yaml").write_text(listed, encoding="utf-8")
    done = project.runpytest_subprocess("--transfers-seconds=5", OF_POLICY)
    done.assert_outcomes(failed=1)
    done.stdout.fnmatch_lines(["own_need_monotonicity", "FAILED *::promises - own_need_*"])
    assert "Traceback" not in done.stdout.str()
    assert "Tests: none" not in done.stdout.str()


# -- projects without policies -----------------------------------------------------------------


def test_the_plugin_loads_nothing_of_the_engine_before_a_policy_is_found(
    project: pytest.Pytester,
) -> None:
    program = (
        "import sys, pytest\n"
        "class Seen:\n"
        "    def pytest_sessionfinish(self):\n"
        "        print('loaded', sorted({m.split('.')[0] for m in sys.modules}\n"
        "            & {'transfers', 'scenarios', 'numpy', 'yaml', 'pydantic_core', 'msgspec'}))\n"
        "sys.exit(pytest.main(['-q', '--transfers', 'ci', 'test_own.py'], plugins=[Seen()]))\n"
    )
    done = project.run(sys.executable, "-c", program)
    done.stdout.fnmatch_lines(["*loaded [[]]", "*1 passed*"])


def test_our_own_files_are_not_collected_by_our_own_run() -> None:
    command = [sys.executable, "-m", "pytest", "-p", "checks.pytest_plugin", "--collect-only", "-q"]
    done = subprocess.run(
        [*command, "tests/hostile/policies", "tests/policy_tests/test_finding.py"],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    found = [line.partition("::")[0] for line in done.stdout.splitlines() if "::" in line]
    assert set(found) == {"tests/policy_tests/test_finding.py"}


def test_an_installation_registers_the_plugin() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["entry-points"]["pytest11"] == {"transfers": "checks.pytest_plugin"}


@pytest.mark.parametrize("seconds", ["nan", "-1", "0", "inf"])
def test_a_time_that_is_none_is_refused(project: pytest.Pytester, seconds: str) -> None:
    done = project.runpytest_subprocess("--transfers", f"--transfers-seconds={seconds}")
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines([f"*--transfers-seconds*{seconds}*"])
