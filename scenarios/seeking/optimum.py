"""Optimise: the values by which a measure is best under the constraints (method, section 37)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from scenarios.answers import Answer, answers
from scenarios.running.chunk import Figures
from scenarios.running.job import Workplace
from scenarios.seeking.asking import AnswerOf, asking
from scenarios.seeking.front import front
from scenarios.seeking.grid import Grid, Point
from scenarios.seeking.moving import Moving, Span, moving
from scenarios.seeking.search import Searched, around, search
from scenarios.seeking.statements import Figure, Wanted, free_name, rule_of, with_figures
from scenarios.seeking.trials import Trial, setting_at, tried
from scenarios.settings import Changes
from scenarios.study.load import Study
from scenarios.study.model_seek import Optimise
from transfers import DocumentError, Fault, Place, Policy
from transfers.batch import RULE_STATUSES, Batch

BUDGET: Final = 2000
"""Points that are computed at most, where the study does not say."""

OBJECTIVE: Final = "objective"
BROKEN: Final = RULE_STATUSES.index("broken")
KEPT: Final = ("holds", "not_applicable")


class Measured(Struct, frozen=True):
    """Reads figures of scenarios, and how far the hard rules that are broken are missed.

    Parameters
    ----------
    names : tuple of str
        Of measures, each once.
    rules : tuple of str
        Whose misses are read; none where nothing is searched.
    """

    names: tuple[str, ...]
    rules: tuple[str, ...] = ()

    def __call__(self, batch: Batch) -> Figures:
        """Return a figure for each scenario, None where it is missing."""
        found: dict[str, list[Fraction | None]] = {name: [] for name in self.names}
        found |= {_miss(name): [] for name in self.rules}
        for row in range(len(batch)):
            allocation = batch.allocation(row) if batch.done[row] else None
            for name in self.names:
                found[name].append(None if allocation is None else allocation.measure(name))
            for name in self.rules:
                compared = None
                if allocation is not None and batch.rules[name][row] == BROKEN:
                    compared = allocation.worst_margin(name)
                found[_miss(name)].append(None if compared is None else compared.margin)
        return found


def _miss(rule: str) -> str:
    return f"miss of {rule}"


class Optimum(AnswerOf, frozen=True):
    """The answer of an optimisation.

    Parameters
    ----------
    asked : Optimise
        The section of the study.
    moving : Moving
        The numbers that are moved.
    figures : tuple of Figure
        The measure that is made best, then the two of the front where they are asked for.
    hard : tuple of str
        The rules that must be kept, by what they are called in the policy that was run.
    trials : mapping of Point to Trial
        Every point that was computed.
    searched : Searched
        Whether that is the whole grid.
    """

    asked: Optimise
    moving: Moving
    figures: tuple[Figure, ...]
    hard: tuple[str, ...]
    trials: Mapping[Point, Trial]
    searched: Searched

    @property
    def grid(self) -> Grid:
        """The points."""
        return self.moving.grid

    @property
    def smallest(self) -> bool:
        """Whether the measure is to be small, and not large."""
        return self.asked.minimise is not None

    def broken(self, trial: Trial) -> tuple[str, ...]:
        """Return the hard rules that a point does not keep: unknown is not kept."""
        return broken_of(trial, self.hard)

    def value(self, point: Point) -> Fraction | None:
        """Return the measure at a point."""
        return self.trials[point].figures.get(self.figures[0].name)

    def feasible(self, point: Point) -> bool:
        """Whether a point pays and keeps all that is hard."""
        trial = self.trials[point]
        return trial.status == "done" and not self.broken(trial)

    @cached_property
    def best(self) -> Point | None:
        """The best feasible point; of several the one with the smallest values, in their order."""
        able = [p for p in sorted(self.trials) if self.feasible(p) and self.value(p) is not None]
        if not able:
            return None
        sign = 1 if self.smallest else -1
        return min(able, key=lambda p: (sign * (self.value(p) or Fraction(0)), p))

    @property
    def values(self) -> dict[str, Fraction]:
        """The values of the best point by their paths; none where no point is feasible."""
        if self.best is None:
            return {}
        paths = [axis.name for axis in self.grid.axes]
        return dict(zip(paths, self.grid.values(self.best), strict=True))

    @property
    def equally_good(self) -> int:
        """How many feasible points have the best value, this one among them."""
        best = self.best
        if best is None:
            return 0
        return sum(self.feasible(p) and self.value(p) == self.value(best) for p in self.trials)

    @cached_property
    def front(self) -> list[Point]:
        """The feasible points that no other betters in both measures, by the first, rising."""
        if len(self.figures) < 3:
            return []
        return front(pairs_of(self.trials, self.hard, self.figures))

    @cached_property
    def at(self) -> Answer | None:
        """What comes of the best point: run alone, with the amounts of any single run."""
        if self.best is None:
            return None
        text = ", ".join(self.grid.texts(self.best))
        return answers([("best", text, setting_at(self.moving, self.best))])[0]

    @cached_property
    def in_the_way(self) -> dict[str, int]:
        """Hard rules that keep a point one step away from being better -> how many points."""
        found: dict[str, int] = {}
        if self.best is None:
            return found
        value = self.value(self.best)
        for point in around(self.grid, self.best, [1] * len(self.grid.axes)):
            there = self.value(point) if point in self.trials else None
            if there is None or value is None:
                continue
            better = there < value if self.smallest else there > value
            for rule in self.broken(self.trials[point]) if better else ():
                found[rule] = found.get(rule, 0) + 1
        return found


def broken_of(trial: Trial, hard: Sequence[str]) -> tuple[str, ...]:
    """Return the hard rules that a point does not keep."""
    return tuple(rule for rule in hard if trial.rules.get(rule) not in KEPT)


def pairs_of(
    trials: Mapping[Point, Trial], hard: Sequence[str], figures: Sequence[Figure]
) -> dict[Point, tuple[Fraction, ...]]:
    """Return the two measures of the front at every feasible point that has both."""
    found: dict[Point, tuple[Fraction, ...]] = {}
    for point, trial in sorted(trials.items()):
        pair = [trial.figures.get(figure.name) for figure in figures[1:]]
        known = tuple(figure for figure in pair if figure is not None)
        if trial.status == "done" and len(known) == 2 and not broken_of(trial, hard):
            found[point] = known
    return found


def optimise(
    study: Study, changes: Changes | None = None, *, place: Workplace | None = None
) -> Optimum:
    """Find the values by which the measure of a study is best (method, section 37).

    All hard rules and constraints are kept.

    Parameters
    ----------
    study : Study
    changes : mapping of path to text or number, optional
        What is set in the policy before everything else, as ``--set`` does.
    place : Workplace, optional
        Where scenarios are run; in this process where it is left out.

    Raises
    ------
    DocumentError, TableError
        With what is wrong with the question, the policy or its table.

    Examples
    --------
    >>> from scenarios import load_study
    >>> optimum = optimise(load_study("examples/studies/optimise.yaml"))
    >>> {path: float(value) for path, value in optimum.values.items()}
    {'grants.general.share.factors.area': 0.6, 'parameters.relief_rate': 0.035}
    >>> round(float(optimum.value(optimum.best)), 4)
    0.1702
    """
    asked = study.model.optimise
    if asked is None:
        raise DocumentError([Fault("seek.optimise_not_asked", study.place())])
    of = asking(study, asked.variant, changes)
    policy, figures = _with_figures(study, asked, of.setting.policy)
    here = "optimise"
    spans = [
        Span(name, (here, "vary", name), (here, "vary", name, "within"), each.step)
        for name, each in asked.vary.items()
    ]
    setting = replace(of.setting, policy=policy)
    move = moving(study, setting, spans, asked.rescale, (here, "rescale"))
    hard = tuple(rule.name for rule in policy.rules if rule.level == "hard")
    budget = asked.budget or BUDGET
    trials, searched = _search(move, figures, hard, asked.minimise is not None, budget, place)
    return Optimum(of, asked, move, figures, hard, trials, searched)


def _with_figures(
    study: Study, asked: Optimise, policy: Policy
) -> tuple[Policy, tuple[Figure, ...]]:
    """Return the policy with all that is asked of it: figures and further hard rules."""
    here = "optimise"
    key = "minimise" if asked.minimise is not None else "maximise"
    wanted = [Wanted(OBJECTIVE, getattr(asked, key), "", (here, key))]
    wanted += [
        Wanted(name, each.formula, each.title or "", (here, "pareto", name, "formula"))
        for name, each in asked.pareto.items()
    ]
    rules: dict[str, dict[str, str]] = {}
    places: dict[str, Place] = {}
    for name, statement in asked.subject_to.items():
        rule = free_name(policy, name)
        rules[rule] = rule_of(statement, (), "hard")
        places[f"rules.{rule}"] = study.source.value_place((here, "subject_to", name, "that"))
    return with_figures(study, policy, wanted, rules, places)


def _search(
    move: Moving,
    figures: Sequence[Figure],
    hard: Sequence[str],
    smallest: bool,
    budget: int,
    place: Workplace | None,
) -> tuple[dict[Point, Trial], Searched]:
    """Try points; the neighbours of the best one are tried in any case."""
    trials: dict[Point, Trial] = {}
    whole = len(move.grid) <= budget
    names = tuple(dict.fromkeys(figure.name for figure in figures))
    measured = Measured(names, () if whole else tuple(hard))

    def attempt(points: Sequence[Point]) -> None:
        new = [point for point in points if point not in trials]
        trials.update(zip(new, tried(move, new, measured, place), strict=True))

    def lead() -> list[Point]:
        return leading(trials, figures, hard, smallest)

    searched = search(move.grid, budget, attempt, lead)
    best = lead()[:1]
    if best and not whole:
        attempt(around(move.grid, best[0], [1] * len(move.grid.axes)))
    return dict(sorted(trials.items())), searched


def leading(
    trials: Mapping[Point, Trial], figures: Sequence[Figure], hard: Sequence[str], smallest: bool
) -> list[Point]:
    """Return the points from which a search goes on, the best first.

    Feasible points by their measure, with some of the front among them; where there is none, those
    that break the fewest rules by the least, each miss held against the largest of its rule.
    """
    sign, name = (1 if smallest else -1), figures[0].name
    able = {
        point: trial.figures[name]
        for point, trial in trials.items()
        if trial.status == "done"
        and trial.figures.get(name) is not None
        and not broken_of(trial, hard)
    }
    if not able:
        return _least_broken(trials, hard)
    ordered = sorted(able, key=lambda point: (sign * (able[point] or Fraction(0)), point))
    if len(figures) < 3:
        return ordered[:4]
    edge = front(pairs_of(trials, hard, figures))
    some = edge[:: max(1, -(-len(edge) // 16))]
    return list(dict.fromkeys([*ordered[:4], *some]))


def _least_broken(trials: Mapping[Point, Trial], hard: Sequence[str]) -> list[Point]:
    done = {point: trial for point, trial in trials.items() if trial.status == "done"}

    def misses(trial: Trial) -> dict[str, float]:
        found = {rule: trial.figures.get(_miss(rule)) for rule in hard}
        return {rule: abs(float(miss)) for rule, miss in found.items() if miss is not None}

    largest: dict[str, float] = {}
    for trial in done.values():
        for rule, miss in misses(trial).items():
            largest[rule] = max(largest.get(rule, 0.0), miss)

    def how_bad(point: Point) -> tuple[int, float, Point]:
        trial = done[point]
        far = sum(miss / (largest[rule] or 1.0) for rule, miss in misses(trial).items())
        return len(broken_of(trial, hard)), far, point

    return sorted(done, key=how_bad)[:4]
