"""Run the tests that pass through a mutant until one of them notices it."""

from __future__ import annotations

import gc
import hashlib
import io
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import hypothesis
import patching
import pytest
from mutants import ROOT, TARGETS, Mutant, read

STATE = ROOT / "build" / "mutation"
"""What each test passes through, and what became of each mutant: not kept in the repository."""

TESTS = ("kernel", "steps", "formula", "arithmetic", "method", "reference")
PATIENCE = 10.0
"""Seconds of computing that one test may take longer than ever before."""
MEMORY = 6 * 2**30


class Passed(dict[str, Any]):
    """Where each test passes through: seconds, and the lines of each module."""


def pytest_arguments(tests: list[str] | None = None) -> list[str]:
    """Return what pytest is called with."""
    chosen = tests or [
        *(str(ROOT / "tests" / name) for name in TESTS if (ROOT / "tests" / name).is_dir()),
        *(str(path) for path in TARGETS),
    ]
    return [
        *("-q", "-p", "no:faulthandler", "-W", "ignore::pytest.PytestAssertRewriteWarning"),
        *(f"--rootdir={ROOT}", *chosen),
    ]


def settle_hypothesis() -> None:
    """Have the same examples each time, and none made smaller: a failure is all that counts."""
    hypothesis.settings.register_profile(
        "mutation",
        derandomize=True,
        database=None,
        deadline=None,
        phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    hypothesis.settings.load_profile("mutation")


class Work:
    """A plugin of pytest that runs mutants instead of the tests, once these are collected."""

    def __init__(self, budget: float) -> None:
        self.budget = budget
        self.items: dict[str, Any] = {}
        self.session: Any = None
        self.failed = False
        self.passed: dict[str, dict[str, Any]] = {}
        self.kills: Counter[str] = Counter()
        self.loaded: dict[patching.Place, list[Any]] = {}

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Note a test that fails."""
        self.failed = self.failed or report.failed

    def begin(self, session: Any) -> None:
        """Take the tests, find out what they pass through, and stand ready."""
        self.session = session
        self.items = {item.nodeid: item for item in session.items}
        self.passed = self._passed()
        self.loaded = patching.functions_of({str(path) for path in TARGETS})
        gc.collect()
        gc.freeze()

    # -- what each test passes through ---------------------------------------------------------

    def _passed(self) -> dict[str, dict[str, Any]]:
        """Return for each test its seconds and lines; those of tests that changed are run."""
        code = {path.relative_to(ROOT).as_posix(): _digest(path) for path in TARGETS}
        file = STATE / "passed.json"
        known = json.loads(file.read_text()) if file.exists() else {}
        marks = {name: _digest(item.path) for name, item in self.items.items()}

        def stands(name: str) -> bool:
            seen = known.get(name, {})
            through = seen.get("through", {})
            return seen.get("mark") == marks[name] and all(code[m] == through[m] for m in through)

        wanted = [name for name in self.items if not stands(name)]
        if wanted:
            print(f"{len(wanted)} tests are run to see what they pass through", flush=True)
            STATE.mkdir(parents=True, exist_ok=True)
            for name, found in self._traced(wanted).items():
                through = {module: code[module] for module in found["lines"]}
                known[name] = {**found, "mark": marks[name], "through": through}
            file.write_text(json.dumps(known))
        return {name: known[name] for name in self.items if name in known}

    def _traced(self, names: list[str]) -> dict[str, dict[str, Any]]:
        """Run tests in two copies of this process: one takes the time, one the lines."""
        found: dict[str, dict[str, Any]] = {}
        with tempfile.TemporaryDirectory() as folder:
            for trace in (False, True):
                out = Path(folder, str(trace))
                if (child := os.fork()) == 0:
                    _quiet(self.session)
                    out.write_text(json.dumps(self._observe(names, trace=trace)))
                    os._exit(0)
                os.waitpid(child, 0)
                for name, seen in json.loads(out.read_text()).items():
                    found.setdefault(name, {}).update(seen)
        return {name: seen for name, seen in found.items() if "seconds" in seen and "lines" in seen}

    def _observe(self, names: list[str], *, trace: bool) -> dict[str, dict[str, Any]]:
        seen: dict[str, dict[str, Any]] = {}
        modules = {str(path): path.relative_to(ROOT).as_posix() for path in TARGETS}
        for name in names:
            lines: dict[str, set[int]] = {}

            def within(frame: FrameType, event: str, _: Any, lines: Any = lines) -> Any:
                lines[frame.f_code.co_filename].add(frame.f_lineno)
                return within

            def called(frame: FrameType, event: str, _: Any, lines: Any = lines) -> Any:
                if frame.f_code.co_filename not in modules:
                    return None
                lines.setdefault(frame.f_code.co_filename, set()).add(frame.f_lineno)
                return within

            self.failed = False
            began = time.process_time()
            if trace:
                sys.settrace(called)
            self._run([name])
            sys.settrace(None)
            if self.failed:
                seen[name] = {}
            elif trace:
                seen[name] = {"lines": {modules[f]: sorted(at) for f, at in lines.items()}}
            else:
                seen[name] = {"seconds": round(time.process_time() - began, 4)}
        return seen

    def _run(self, names: list[str]) -> str | None:
        """Run tests until one fails; return that one."""
        items = [self.items[name] for name in names]
        for item, following in zip(items, [*items[1:], None], strict=True):
            self.failed = False
            item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
            if self.failed:
                return str(item.nodeid)
        return None

    # -- mutants -------------------------------------------------------------------------------

    def judge(self, mutant: Mutant) -> dict[str, Any]:
        """Tell what becomes of a mutant: killed, survived, timeout, or without a test."""
        began = time.perf_counter()
        path, source = ROOT / mutant.module, mutant.source
        changed = patching.patches(path, read(mutant.module), source)
        known = changed is not None and all(patching._place(o) in self.loaded for o, _ in changed)
        tests = self._tests(mutant, everywhere=not known)
        if not tests:
            status, killer = "untested", ""
        elif known and changed is not None:
            status, killer = self._in_a_copy(changed, tests)
        else:
            status, killer = self._in_a_new_process(path, source, tests)
        if killer:
            self.kills[killer] += 1
        seconds = round(time.perf_counter() - began, 2)
        return {"status": status, "killer": killer, "tests": len(tests), "seconds": seconds}

    def _tests(self, mutant: Mutant, *, everywhere: bool) -> list[str]:
        """Return the tests that pass through a mutant, those that tell most a second first."""
        lines = set(_statement(mutant.module, mutant.line))
        through = [
            name
            for name, seen in self.passed.items()
            if (at := seen["lines"].get(mutant.module)) and (everywhere or lines & set(at))
        ]

        if everywhere:  # a table of a module may be read without any of its functions
            dotted = mutant.module.removesuffix(".py").replace("/", ".")
            naming = {path for path in self._paths() if dotted in path.read_text("utf-8")}
            reading = (n for n, item in self.items.items() if item.path in naming)
            through += [name for name in reading if name in self.passed and name not in through]

        def cost(name: str) -> tuple[float, str]:
            seconds = self.passed[name]["seconds"] + 0.005
            return seconds / (1 + 4 * self.kills[name]), name

        chosen, spent = [], 0.0
        for name in sorted(through, key=cost):
            spent += self.passed[name]["seconds"]
            if chosen and spent > self.budget:
                continue
            chosen.append(name)
        # A new process is slow to begin, and slower with each file of tests.
        return chosen[: int(16 * self.budget)] if everywhere else chosen

    def _paths(self) -> set[Path]:
        return {item.path for item in self.items.values() if item.path.suffix == ".py"}

    def _in_a_copy(self, changed: Any, tests: list[str]) -> tuple[str, str]:
        reader, writer = os.pipe()
        if (child := os.fork()) == 0:
            os.close(reader)
            _quiet(self.session)
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            answer = "crash"
            try:
                if not patching.put(changed, self.loaded):
                    raise RuntimeError("a function was not found")
                answer = self._until_killed(tests)
            finally:
                os.write(writer, answer.encode())
                os._exit(0)
        os.close(writer)
        with os.fdopen(reader, "rb") as pipe:
            answer = pipe.read().decode()
        _, state = os.waitpid(child, 0)
        if os.WIFSIGNALED(state):
            slow = os.WTERMSIG(state) in (signal.SIGPROF, signal.SIGALRM)
            return ("timeout" if slow else "killed"), ""
        return ("killed", answer) if answer else ("survived", "")

    def _until_killed(self, tests: list[str]) -> str:
        """Run tests one by one, each with the time it may take; return the one that fails."""
        items = [self.items[name] for name in tests]
        for item, following in zip(items, [*items[1:], None], strict=True):
            self.failed = False
            limit = PATIENCE + 10 * self.passed[item.nodeid]["seconds"]
            signal.setitimer(signal.ITIMER_PROF, limit)
            signal.alarm(int(4 * limit))
            item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
            if self.failed:
                return str(item.nodeid)
        return ""

    def _in_a_new_process(self, path: Path, source: str, tests: list[str]) -> tuple[str, str]:
        with tempfile.TemporaryDirectory() as folder:
            changed = Path(folder, "changed.py")
            changed.write_text(source, encoding="utf-8")
            command = [sys.executable, __file__, str(path), str(changed)]
            limit = 60 + 10 * self.budget
            try:
                ended = subprocess.run(
                    command, input="\n".join(tests), text=True, timeout=limit, cwd=ROOT,
                    capture_output=True, check=False,
                )  # fmt: skip
            except subprocess.TimeoutExpired:
                return "timeout", ""
        return ("survived", "") if ended.returncode == 0 else ("killed", "")


def in_a_new_process(path: Path, source: str, tests: list[str]) -> int:
    """Run tests on a changed module that is imported here for the first time."""
    patching.import_changed(path, source)
    settle_hypothesis()
    return int(pytest.main(["-x", *pytest_arguments([str(ROOT / name) for name in tests])]))


def _statement(module: str, line: int) -> Iterator[int]:
    """Yield the lines of the innermost statement at a line, without those it only leads to."""
    import ast

    found: tuple[int, int] = (line, line)
    best = 10**9
    for node in ast.walk(ast.parse(read(module))):
        if isinstance(node, ast.stmt | ast.match_case):
            first = getattr(node, "lineno", None) or node.pattern.lineno  # type: ignore[union-attr]
            body = getattr(node, "body", None)
            last = body[0].lineno - 1 if isinstance(body, list) and body else node.end_lineno  # type: ignore[union-attr]
            last = max(last, first)
            if first <= line <= last and last - first < best:
                found, best = (first, last), last - first
    yield from range(found[0], found[1] + 1)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def _quiet(session: Any) -> None:
    """Have a copy of this process say nothing."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None:
        reporter._tw._file = io.StringIO()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


if __name__ == "__main__":
    names = sys.stdin.read().split("\n")
    sys.path.insert(0, str(ROOT))
    sys.exit(in_a_new_process(Path(sys.argv[1]), Path(sys.argv[2]).read_text("utf-8"), names))
