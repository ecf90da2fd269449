"""The answer of an optimisation for people, and as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, Final

from msgspec import Struct

from scenarios.answers import Answer
from scenarios.seeking.asking import Asking
from scenarios.seeking.files import data_column
from scenarios.seeking.grid import Point
from scenarios.seeking.moving import NONE
from scenarios.seeking.optimum import Optimum
from scenarios.seeking.pages import Cell, Column, Page, Table, told_apart
from scenarios.seeking.statements import Figure
from scenarios.seeking.words import (
    districts_beside,
    said,
    sentence_end,
    why,
    why_not_done,
)
from transfers import messages
from transfers.arithmetic.decimals import format_decimal
from transfers.output.columns import DataColumn
from transfers.output.json_text import Written
from transfers.output.view_of_rules import margin_text, result_text
from transfers.units import with_unit
from transfers.written import figure_text

MOST_OF_FRONT: Final = 20
"""Points of the front that are shown on a terminal."""


class OptimumTold(Struct, frozen=True):
    """The answer of an optimisation as files have it."""

    optimum: Optimum

    @property
    def of(self) -> Asking:
        """What was asked."""
        return self.optimum.of

    @property
    def answer(self) -> Answer | None:
        """What comes of the best point."""
        return self.optimum.at

    def page(self, language: str) -> Page:
        """Return all there is to say, for people."""
        return _Teller(self.optimum, language).page()

    def columns(self) -> list[DataColumn]:
        """Return every point that was computed.

        The columns are the paths, ``status``, ``feasible``, ``broken`` (the hard rules that are),
        the measures, ``best`` and ``front``.
        """
        best = self.optimum
        points = list(best.trials)
        front = set(best.front)
        axes = [
            data_column(axis.name, [axis.value(point[n]) for point in points])
            for n, axis in enumerate(best.grid.axes)
        ]
        trials = best.trials.values()
        broken = ["; ".join(best.broken(t)) if t.status == "done" else "" for t in trials]
        columns = [
            *axes,
            DataColumn("status", "text", [trial.status for trial in trials]),
            DataColumn("feasible", "boolean", [best.feasible(point) for point in points]),
            DataColumn("broken", "text", list(broken)),
        ]
        taken = {column.name for column in columns} | {"best", "front"}
        for figure in best.figures:
            if figure.id not in taken:
                taken.add(figure.id)
                columns.append(data_column(figure.id, [t.figures.get(figure.name) for t in trials]))
        columns.append(DataColumn("best", "boolean", [point == best.best for point in points]))
        if len(best.figures) > 1:
            columns.append(DataColumn("front", "boolean", [point in front for point in points]))
        return columns

    def head(self, language: str) -> dict[str, Any]:
        """Return what was asked, and the answer."""
        best = self.optimum
        point = best.best
        value = None if point is None else best.value(point)
        return {
            "study": best.study.id,
            "variant": best.of.variant,
            "goal": "minimise" if best.smallest else "maximise",
            "measure": best.figures[0].formula,
            "rescale": list(best.asked.rescale),
            "points": len(best.grid),
            "computed": len(best.trials),
            "whole_grid": best.searched.whole,
            "best": None if point is None else self._values(point),
            "value": None if value is None else str(value),
            "said": list(self.page(language).lines),
        }

    def _values(self, point: Point) -> dict[str, Written]:
        values = zip(self.optimum.grid.axes, self.optimum.grid.values(point), strict=True)
        return {axis.name: Written(format_decimal(value)) for axis, value in values}


class _Teller:
    """Tells the answer of an optimisation."""

    def __init__(self, optimum: Optimum, language: str) -> None:
        self.optimum, self.language = optimum, language
        self.policy = optimum.moving.setting.policy
        self.titles = {rule.name: rule.title for rule in self.policy.rules}

    def say(self, code: str, **words: object) -> str:
        return said(code, self.language, **words)

    def page(self) -> Page:
        optimum = self.optimum
        lines = [*self._answer(), *self._searched(), *self._infeasible()]
        tables = [self._parameters()] if optimum.best is not None else []
        if optimum.at is not None and optimum.best is not None:
            lines += self._limits()
            header = self.say("here")
            districts, counts = districts_beside(
                optimum.of.settings,
                optimum.baseline,
                optimum.at,
                header,
                self.say("title_best"),
                self.language,
            )
            lines += [counts] if counts else []
            tables += [*self._rules(), districts]
        if optimum.front:
            lines.append(self._front_said())
            tables.append(self._front(MOST_OF_FRONT))
        elif not optimum.baseline.done:
            lines.append(
                self.say("baseline_not_done", why=why_not_done(optimum.baseline, self.language))
            )
        only = [self._front(len(optimum.front))] if len(optimum.front) > MOST_OF_FRONT else []
        title = optimum.asked.title or optimum.study.title
        return Page(title, lines, tables, only)

    # -- words -----------------------------------------------------------------------------------

    def what(self, number: int) -> str:
        """Return what a number that is varied is called."""
        axis = self.optimum.grid.axes[number]
        own = self.optimum.asked.vary[axis.name].title
        return own or messages.said(axis.title, self.language)

    def measure(self, figure: Figure) -> str:
        """Return what a measure is called."""
        return sentence_end(figure.title or figure.id)

    def figure(self, figure: Figure, value: Fraction | None) -> str:
        """Write a measure with its unit."""
        if value is None:
            return "—"
        return messages.said(with_unit(figure_text(value), figure.unit), self.language)

    def settings(self, point: Point, numbers: Sequence[int]) -> tuple[str, ...]:
        """Say the values of some axes at a point."""
        grid = self.optimum.grid
        texts = [
            axis.told(value, self.language)
            for axis, value in zip(grid.axes, grid.values(point), strict=True)
        ]
        return tuple(self.say("setting", what=self.what(n), value=texts[n]) for n in numbers)

    # -- lines -----------------------------------------------------------------------------------

    def _answer(self) -> Iterator[str]:
        optimum = self.optimum
        best = optimum.best
        if best is None:
            yield self.say("no_best", count=len(optimum.trials))
            return
        kept = "" if set(optimum.asked.rescale) == {NONE} else self.say("kept")
        measure = optimum.figures[0]
        yield self.say(
            "best_smallest" if optimum.smallest else "best_largest",
            measure=self.measure(measure),
            figure=self.figure(measure, optimum.value(best)),
            settings=self.settings(best, range(len(best))),
            kept=kept,
        )
        if optimum.equally_good > 1:
            yield self.say("equally_good", count=optimum.equally_good)

    def _searched(self) -> Iterator[str]:
        optimum = self.optimum
        words = {"size": f"{len(optimum.grid):,}", "count": f"{len(optimum.trials):,}"}
        if optimum.searched.whole:
            code = "searched_whole" if optimum.best is not None else "searched_in_vain"
            yield self.say(code, **words)
        else:
            settled = optimum.searched.settled and optimum.best is not None
            yield self.say("searched_some" if settled else "out_of_budget", **words)

    def _infeasible(self) -> Iterator[str]:
        """Say how many points are not feasible, and why."""
        optimum = self.optimum
        trials = optimum.trials.values()
        able = sum(map(optimum.feasible, optimum.trials))
        yield self.say("feasible", count=len(trials), able=able)
        broken: dict[str, int] = {}
        counts = dict.fromkeys(("broken", "rejected", "invalid", "missing"), 0)
        for point, trial in optimum.trials.items():
            if trial.status != "done":
                counts[trial.status] += 1
            elif found := optimum.broken(trial):
                counts["broken"] += 1
                for rule in found:
                    broken[rule] = broken.get(rule, 0) + 1
            elif optimum.value(point) is None:
                counts["missing"] += 1
        if any(counts.values()):
            told = tuple(
                self.say("broken_rule", title=self.titles[rule], count=count)
                for rule, count in sorted(broken.items(), key=lambda entry: -entry[1])
            )
            rules = self.say("broken_by", rules=told) if told else ""
            parts = [
                self.say(f"points_{name}", count=count, rules=rules)
                for name, count in counts.items()
                if count
            ]
            yield self.say("infeasible", parts=tuple(parts))
        for status in ("rejected", "invalid"):
            first = next((t for t in trials if t.status == status and t.notes), None)
            if first is not None:
                yield why(first.notes, self.language)

    def _limits(self) -> Iterator[str]:
        """Say what keeps the best point from being better."""
        optimum = self.optimum
        best = optimum.best
        assert best is not None
        ways = optimum.in_the_way
        if ways:
            titles = tuple(self.titles[rule] for rule in ways)
            yield self.say("in_the_way", rules=titles)
        elif optimum.searched.settled:
            yield self.say("nothing_in_the_way")
        ends = [
            n
            for n, (at, axis) in enumerate(zip(best, optimum.grid.axes, strict=True))
            if at in (0, axis.count - 1)
        ]
        if ends:
            yield self.say("at_ends", settings=self.settings(best, ends))

    def _front_said(self) -> str:
        first, second = (self.measure(figure) for figure in self.optimum.figures[1:])
        scope = "front_of_all" if self.optimum.searched.whole else "front_of_some"
        count = len(self.optimum.front)
        return self.say(
            "front_said", first=first, second=second, count=count, scope=self.say(scope)
        )

    # -- tables ----------------------------------------------------------------------------------

    def _parameters(self) -> Table:
        optimum = self.optimum
        best, axes = optimum.best, optimum.grid.axes
        assert best is not None
        texts = optimum.grid.texts(best)
        ranges: list[Cell] = [
            self.say("stretch", first=axis.text(axis.first), last=axis.text(axis.last))
            for axis in axes
        ]
        known = [(axis, optimum.moving.now(n)) for n, axis in enumerate(axes)]
        now: list[Cell] = [None if is_now is None else axis.text(is_now) for axis, is_now in known]
        columns = [
            Column(self.say("what"), [self.what(n) for n in range(len(axes))]),
            Column(self.say("is_now"), now, "figure"),
            Column(self.say("best"), list(texts), "figure"),
            Column(self.say("range"), ranges, "figure"),
        ]
        return Table("seek.sheet_values", self.say("title_parameters"), columns)

    def _rules(self) -> list[Table]:
        """Return what the hard rules come to at the best point."""
        at = self.optimum.at
        if at is None or not self.optimum.hard:
            return []
        results = [r for r in at.allocation.rules if r.id in self.optimum.hard]
        ways = self.optimum.in_the_way
        marks: list[Cell] = [self.say("in_way") if r.id in ways else "" for r in results]
        columns = [
            Column(self.say("rule"), [result.title for result in results]),
            Column(self.say("result"), [result_text(r, self.language) for r in results]),
            Column(self.say("margin"), [margin_text(r, self.language) for r in results], "figure"),
            *([Column("", marks)] if ways else []),
        ]
        return [Table("seek.sheet_rules", self.say("title_rules"), columns)]

    def _front(self, most: int) -> Table:
        """Return the front, or points spread over it where it is long."""
        optimum = self.optimum
        points = optimum.front
        if len(points) > most:
            points = [points[n * (len(points) - 1) // (most - 1)] for n in range(most)]
        columns = [
            Column(self.what(n), [optimum.grid.texts(point)[n] for point in points], "figure")
            for n in range(len(optimum.grid.axes))
        ]
        for figure in optimum.figures[1:]:
            values: list[Cell] = [optimum.trials[p].figures[figure.name] for p in points]
            unit = messages.said(figure.unit, self.language)
            header = f"{self.measure(figure)} {unit}".rstrip()
            columns.append(told_apart(header, values))
        first, second = (self.measure(figure) for figure in optimum.figures[1:])
        words = {"first": first, "second": second}
        title = self.say("title_front", **words)
        if len(points) < len(optimum.front):
            count = len(optimum.front)
            title = self.say("title_front_some", shown=len(points), count=count, **words)
        sheet = "seek.sheet_front" if most == MOST_OF_FRONT else "seek.sheet_whole_front"
        return Table(sheet, title, columns)
