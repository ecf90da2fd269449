"""A plugin of pytest: policies are collected, with the tests beside them.

Nothing is collected unless it is asked for, since most projects have YAML files of other kinds:

- a policy or a test document that is named on the command line;
- with ``--transfers``, every policy below the folders that pytest looks into, with its tests;
- the policies that ``transfers_policies`` names in the configuration (globs, relative to the
  root), wherever pytest meets them, with their tests.

Of a policy there is one item, ``promises``, which searches for a table that breaks one; of a test
document one item for each test. Nothing of the engine is imported before a policy is found.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from checks.policy_tests import PolicyTest, TestDocument, TestResult
    from checks.report import Report

_NAMED: Final = pytest.StashKey[frozenset[Path]]()
"""The policies that the configuration names."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the plugin."""
    group = parser.getgroup("transfers", "transfers: policies and the tests beside them")
    group.addoption(
        "--transfers",
        action="store_true",
        help="collect every policy document that is met, and the tests beside it",
    )
    group.addoption(
        "--transfers-seconds",
        type=_seconds,
        default=30.0,
        metavar="N",
        help="time for the search of a table that breaks a promise, for each policy (30)",
    )
    group.addoption(
        "--transfers-seed", type=int, default=0, metavar="N", help="seed of that search (0)"
    )
    group.addoption(
        "--transfers-made-only",
        action="store_true",
        help="search made tables only: no policy needs the table it names",
    )
    parser.addini(
        "transfers_policies",
        "policy documents to be collected with their tests: globs, relative to the root",
        type="args",
        default=[],
    )


def _seconds(text: str) -> float:
    """Read a time: a positive number of seconds."""
    seconds = float(text)
    if not 0 < seconds < 1e9:
        raise ValueError(text)
    return seconds


def pytest_configure(config: pytest.Config) -> None:
    """Find the policies that the configuration names; refuse a name that stands for none."""
    found: set[Path] = set()
    for pattern in config.getini("transfers_policies"):
        from checks.kinds import kind_of

        policies = {path for path in config.rootpath.glob(pattern) if kind_of(path) == "policy"}
        if not policies:
            raise pytest.UsageError(
                f"transfers_policies: no policy document at {pattern!r} below {config.rootpath}"
            )
        found |= {path.resolve() for path in policies}
    config.stash[_NAMED] = frozenset(found)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.File | None:
    """Collect a policy, or a document with tests of one, where that is asked for."""
    if file_path.suffix not in (".yaml", ".yml"):
        return None
    named = parent.config.stash[_NAMED]
    all_of_them = parent.config.getoption("transfers") or parent.session.isinitpath(file_path)
    if not (all_of_them or named):
        return None
    from checks.kinds import kind_of

    kind = kind_of(file_path)
    if kind == "policy" and (all_of_them or file_path.resolve() in named):
        return PolicyFile.from_parent(parent, path=file_path)
    if kind == "tests" and _is_asked_for(file_path, parent):
        return TestsFile.from_parent(parent, path=file_path)
    return None


def _is_asked_for(file: Path, parent: pytest.Collector) -> bool:
    """Tell whether a document that looks like tests belongs to a policy that is collected."""
    from checks.kinds import documents_in, kind_of, outermost_keys

    if parent.session.isinitpath(file):
        return True
    above = [path for path in documents_in(file.parent.parent) if kind_of(path) == "policy"]
    if parent.config.getoption("transfers"):
        # Other programs have files with `tests:` too: these name no policy and stand below none.
        return bool(above) or "policy" in outermost_keys(file)
    named = parent.config.stash[_NAMED]
    return any(policy.resolve() in named for policy in above) or _about(file) in named


def _about(file: Path) -> Path | None:
    """Return the policy that a test document names; None where it is about none that is there."""
    from checks.policy_tests.find import policy_of
    from transfers import FaultsError
    from transfers.documents.yaml_source import read_text, scan

    try:
        return Path(policy_of(scan(read_text(str(file)), str(file))[0])).resolve()
    except FaultsError:
        return None


def _seen(node: pytest.Collector | pytest.Item) -> Path:
    """Return the path of a document as messages name it: from where pytest was called."""
    if Path.cwd() != node.config.invocation_params.dir:
        return node.path  # a test has gone elsewhere
    try:
        return Path(os.path.relpath(node.path))
    except ValueError:  # on another drive
        return node.path


class _Document(pytest.File):
    """A document whose faults are told as its author reads them."""

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Say what is wrong with the document."""
        return _told(excinfo) or super().repr_failure(excinfo)


class PolicyFile(_Document):
    """A policy document: its promises."""

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        """Yield the item that checks promises; then tests, where nobody else comes upon them."""
        from checks.policy_tests import find_tests

        tests = find_tests(_seen(self))  # also where others collect them: it tells of odd files
        yield PromisesItem.from_parent(self, name="promises")
        if self.session.isinitpath(self.path):
            for file in tests:
                if not self.session.isinitpath(file.absolute()):
                    yield TestsFile.from_parent(self, path=file.absolute())


class TestsFile(_Document):
    """A document with tests of a policy."""

    __test__ = False  # no class of tests

    def collect(self) -> Iterator[pytest.Item]:
        """Yield an item for each test."""
        from checks.policy_tests import load_tests

        document = load_tests(_seen(self))
        for test in document.tests:
            yield ExampleItem.from_parent(self, name=test.id, document=document, test=test)


class _Item(pytest.Item):
    """An item that tells why it fails in the words of the engine."""

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Say what is not as it has to be."""
        return _told(excinfo) or super().repr_failure(excinfo)


class ExampleItem(_Item):
    """One test of a policy."""

    def __init__(self, *, document: TestDocument, test: PolicyTest, **rest: Any) -> None:
        super().__init__(**rest)
        self.document, self.test = document, test

    def runtest(self) -> None:
        """Run the policy on what is given, and hold what comes of it against what is expected."""
        from checks.policy_tests.run import run_test

        result = run_test(self.document, self.test)
        if not result.passed:
            raise NotAsExpected(result)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where the test stands, and its title."""
        line = self.document.place(self.test.id).line or 1
        return self.path, line - 1, f"{self.test.id}: {self.test.title}"


class PromisesItem(_Item):
    """The promises of a policy."""

    def runtest(self) -> None:
        """Search for a table that breaks a promise."""
        from checks.checking import check_policy

        report = check_policy(
            str(_seen(self)),
            False if self.config.getoption("transfers_made_only") else None,
            seconds=self.config.getoption("transfers_seconds"),
            seed=self.config.getoption("transfers_seed"),
        )
        if report.failed or not report.exercised:
            raise NotKept(report)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return the document."""
        return self.path, 0, "promises"


class NotAsExpected(AssertionError):
    """A policy gives something else than a test expects."""

    def __init__(self, result: TestResult) -> None:
        super().__init__(result.title)
        self.result = result

    def text(self, language: str) -> str:
        """Return what was expected, what came, and where."""
        return "\n".join(self.result.lines(language))


class NotKept(AssertionError):
    """A policy does not keep what it promises, or nothing could be checked."""

    def __init__(self, report: Report) -> None:
        super().__init__(report.file)
        self.report = report

    def text(self, language: str) -> str:
        """Return the promises that are not kept, then what `transfers check` shows."""
        from checks.answer import Checked
        from checks.reports.text import checked_view
        from transfers import messages

        failing = ", ".join(verdict.promise for verdict in self.report.verdicts if verdict.fails)
        view = checked_view(Checked(self.report.file, self.report), language)
        no_tests = messages.text("check_report.tests_none", language)  # they are items here
        view = view.replace(f"\n\n{no_tests}\n", "\n")
        return f"{failing}\n\n{view}" if failing else view


def _told(excinfo: pytest.ExceptionInfo[BaseException]) -> str:
    """Return what an error says to its reader; "" where it is one of the program."""
    from transfers import FaultsError
    from transfers.messages import preferred_language

    language = preferred_language()
    match excinfo.value:
        case NotAsExpected() | NotKept() as error:
            return error.text(language)
        case FaultsError() as error:
            return "\n".join(error.lines(language))
    return ""
