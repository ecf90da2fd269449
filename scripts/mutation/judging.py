"""Run the chosen mutants in the place of the tests that pytest has collected."""

from __future__ import annotations

import argparse
from typing import Any

import excluded
import pytest
from mutants import ROOT, TARGETS, Mutant, mutants_of
from results import Results, draw, note_sample
from running import Work, pytest_arguments, settle_hypothesis


class Judging(Work):
    """Runs the chosen mutants once the tests are collected."""

    def __init__(self, options: argparse.Namespace) -> None:
        super().__init__(options.budget)
        self.options = options
        self.results = Results.read()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: Any) -> bool:
        """Run mutants in the place of the tests."""
        self.begin(session)
        for path in TARGETS:
            if not any(part in str(path) for part in self.options.modules or [""]):
                continue
            chosen = self.chosen(path.relative_to(ROOT).as_posix())
            print(f"{path.relative_to(ROOT)}: {len(chosen)} mutants", flush=True)
            for mutant in chosen:
                self.results.add(mutant, self.judge(mutant))
        return True

    def chosen(self, path: str) -> list[Mutant]:
        """Return the mutants of one module that are to be run now."""
        mutants = mutants_of(ROOT / path)
        self.results.counted(mutants)
        mutants = [m for m in mutants if excluded.by_form(m.before, m.after) is None]
        if self.options.again:
            survived = (m for m in mutants if self.results.status(m) in ("survived", "untested"))
            return [m for m in survived if m.key[:4] not in excluded.listed()]
        if not mutants:
            return []
        sampled = draw(mutants, self.options.sample, self.options.seed)
        note_sample(path, len(sampled), self.options.seed)
        return [m for m in sampled if self.results.status(m) is None]


def run(options: argparse.Namespace) -> int:
    """Run mutants."""
    settle_hypothesis()
    return int(pytest.main(pytest_arguments(), plugins=[Judging(options)]))
