"""Seek: the values of one number for which a statement holds (method, section 37)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from scenarios.answers import Answer, answers
from scenarios.running.job import Workplace
from scenarios.seeking.asking import AnswerOf, asking
from scenarios.seeking.flips import Sign, look, nearest_miss, stretches
from scenarios.seeking.grid import Axis
from scenarios.seeking.moving import Moving, Span, moving
from scenarios.seeking.statements import free_name, of_districts, rule_of, with_questions
from scenarios.seeking.trials import MarginOf, Trial, setting_at, tried
from scenarios.settings import Changes
from scenarios.study.load import Study
from scenarios.study.model_seek import Seek
from transfers import DocumentError, Fault

MOST_AT_ONCE: Final = 2001
"""Values that are all looked at; of more, every so many are."""

SO_THAT: Final = "so_that"


class Stretch(Struct, frozen=True):
    """Values for which the statement holds: all looked at from `first` to `last`, by number."""

    first: int
    last: int


class Sought(AnswerOf, frozen=True):
    """The answer of a seek.

    Parameters
    ----------
    asked : Seek
        The section of the study.
    moving : Moving
        The number that is moved.
    rule : str
        What the statement is called among the rules of the policy that was run.
    districts : tuple of (key, name)
        That the statement is about; none where it is about all.
    trials : mapping of int to Trial
        By number of the value, rising.
    stride : int
        How many steps apart values were looked at first; 1 where all were.
    """

    asked: Seek
    moving: Moving
    rule: str
    districts: tuple[tuple[str, str], ...]
    trials: Mapping[int, Trial]
    stride: int

    @property
    def axis(self) -> Axis:
        """The values."""
        return self.moving.grid.axes[0]

    @cached_property
    def signs(self) -> dict[int, Sign]:
        """What the statement says at each value."""
        return {number: sign_of(trial, self.rule) for number, trial in self.trials.items()}

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """Where the statement holds, rising."""
        return tuple(Stretch(*ends) for ends in stretches(self.signs))

    @property
    def number(self) -> int | None:
        """Number of the value asked for, from 0; of all, the smallest. None where none holds."""
        if not self.stretches:
            return None
        largest = self.asked.goal == "largest"
        return self.stretches[-1].last if largest else self.stretches[0].first

    @property
    def value(self) -> Fraction | None:
        """The value asked for, exactly; None where none holds."""
        return None if self.number is None else self.axis.value(self.number)

    @cached_property
    def nearest_number(self) -> int | None:
        """Number of the value that misses by least; None where no margin says by how much."""
        return nearest_miss(self.signs)

    @cached_property
    def at(self) -> Answer | None:
        """What comes of the answer, or of the nearest miss where there is none.

        It is run alone: amounts are those of any single run.
        """
        told = self.nearest_number if self.number is None else self.number
        return None if told is None else self.run(told)

    def run(self, number: int) -> Answer:
        """Run one of the values that were tried."""
        setting = setting_at(self.moving, (number,))
        return answers([(self.rule, self.axis.text(self.axis.value(number)), setting)])[0]

    def verdict(self, number: int) -> str:
        """Return what the statement came to at a value; the status of a scenario not done."""
        trial = self.trials[number]
        return trial.status if trial.status != "done" else trial.rules[self.rule]

    def miss(self, number: int) -> Fraction | None:
        """Return by how much a value misses: 0 where it holds, None where nothing says how far."""
        sign = self.signs[number]
        if sign.holds:
            return Fraction(0)
        return None if sign.margin is None else abs(sign.margin)


def seek(
    study: Study,
    changes: Changes | None = None,
    *,
    place: Workplace | None = None,
) -> Sought:
    """Find the values for which the statement of a study holds (method, section 37).

    Up to 2,001 values are all looked at; of more, every so many are, and what lies between two that
    differ is narrowed down.

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
    >>> sought = seek(load_study("examples/studies/seek.yaml"))
    >>> float(sought.value), sought.at.allocation.total.tolist()  # (N,) int64, quanta
    (0.44, [368, 376, 604, 452])
    """
    asked = study.model.seek
    if asked is None:
        raise DocumentError([Fault("seek.not_asked", study.place())])
    of = asking(study, asked.variant, changes)
    named = of_districts(study, of.setting.districts, asked.district or (), ("seek", "district"))
    rule = free_name(of.setting.policy, SO_THAT)
    statement = rule_of(asked.so_that, [key for key, _ in named], "warn")
    at = study.source.value_place(("seek", SO_THAT, "that"))
    policy = with_questions(of.setting.policy, {rule: statement}, {}, {f"rules.{rule}": at})
    setting = replace(of.setting, policy=policy)
    span = Span(asked.vary.path, ("seek", "vary", "path"), ("seek", "within"), asked.step)
    move = moving(study, setting, [span], (asked.rescale,), ("seek", "rescale"))
    trials, stride = _look(move, rule, place)
    return Sought(of, asked, move, rule, named, trials, stride)


def _look(move: Moving, rule: str, place: Workplace | None) -> tuple[dict[int, Trial], int]:
    """Try values until every flip that is seen is narrowed down to neighbours."""
    trials: dict[int, Trial] = {}

    def at(numbers: Sequence[int]) -> list[Sign]:
        found = tried(move, [(number,) for number in numbers], MarginOf(rule), place)
        trials.update(zip(numbers, found, strict=True))
        return [sign_of(trial, rule) for trial in found]

    seen = look(move.grid.axes[0].count, at, MOST_AT_ONCE)
    return {number: trials[number] for number in seen.signs}, seen.stride


def sign_of(trial: Trial, rule: str) -> Sign:
    """Return what a statement says at a point: neither unknown nor not applicable holds."""
    holds = trial.rules.get(rule) == "holds"
    unit = trial.figures.get("unit")
    return Sign(holds, trial.figures.get("margin"), "" if unit is None else str(unit))
