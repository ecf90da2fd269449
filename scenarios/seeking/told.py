"""The answer of a seek for people: a sentence, what goes with it, and tables."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from msgspec import Struct

from scenarios.answers import Answer
from scenarios.seeking.asking import Asking
from scenarios.seeking.files import data_column
from scenarios.seeking.moving import NONE
from scenarios.seeking.pages import Column, Page, Table, figure_column
from scenarios.seeking.values import Sought, Stretch
from scenarios.seeking.words import (
    districts_beside,
    hard_broken,
    said,
    sentence_end,
    why,
    why_not_done,
)
from transfers import messages
from transfers.arithmetic.decimals import format_decimal
from transfers.judging import SIGNS, Margin
from transfers.output.columns import DataColumn
from transfers.output.json_text import Written


class SeekTold(Struct, frozen=True):
    """The answer of a seek as files have it."""

    sought: Sought

    @property
    def of(self) -> Asking:
        """What was asked."""
        return self.sought.of

    @property
    def answer(self) -> Answer | None:
        """What comes of the value that was sought."""
        return None if self.sought.number is None else self.sought.at

    def page(self, language: str) -> Page:
        """Return all there is to say, for people."""
        return _Teller(self.sought, language).page()

    def columns(self) -> list[DataColumn]:
        """Return the columns ``value,holds,miss``: every value that was computed.

        A miss is in the unit of the statement's sides: 0 where it holds, empty where nothing
        says how far it is missed.
        """
        sought = self.sought
        return [
            data_column("value", [sought.axis.value(number) for number in sought.trials]),
            DataColumn("holds", "boolean", [sign.holds for sign in sought.signs.values()]),
            data_column("miss", [sought.miss(number) for number in sought.trials]),
        ]

    def head(self, language: str) -> dict[str, Any]:
        """Return what was asked, and the answer."""
        sought, axis = self.sought, self.sought.axis

        def figure(number: int) -> Written:
            return Written(format_decimal(axis.value(number)))

        return {
            "study": sought.study.id,
            "variant": sought.of.variant,
            "vary": axis.name,
            "goal": sought.asked.goal,
            "so_that": sought.asked.so_that.that,
            "districts": [key for key, _ in sought.districts],
            "rescale": sought.asked.rescale,
            "step": Written(format_decimal(axis.step)),
            "looked_at_every": Written(format_decimal(axis.step * sought.stride)),
            "answer": None if sought.number is None else figure(sought.number),
            "holds": [[figure(each.first), figure(each.last)] for each in sought.stretches],
            "nearest": None if sought.nearest_number is None else figure(sought.nearest_number),
            "said": list(self.page(language).lines),
        }


class _Teller:
    """Tells the answer of a seek."""

    def __init__(self, sought: Sought, language: str) -> None:
        self.sought, self.language = sought, language
        self.axis = sought.axis

    def say(self, code: str, **words: object) -> str:
        return said(code, self.language, **words)

    def text(self, number: int) -> str:
        """Write a value of the grid with its unit."""
        return self.axis.told(self.axis.value(number), self.language)

    def page(self) -> Page:
        lines = [*self._answer(), *self._around(), *self._looked_at(), *self._not_done()]
        tables = []
        at = self.sought.at
        if at is not None:
            header = self.say("at_value", value=at.title)
            settings, baseline = self.sought.of.settings, self.sought.baseline
            title = self.say("title_districts", value=at.title)
            districts, counts = districts_beside(
                settings, baseline, at, header, title, self.language
            )
            lines += [counts] if counts else []
            tables.append(districts)
        tables += self._neighbours()
        title = self.sought.asked.title or self.sought.study.title
        return Page(title, lines, tables, [self._all_values()])

    # -- the sentence --------------------------------------------------------------------------

    @property
    def what(self) -> str:
        """What the number is called."""
        asked = self.sought.asked.vary
        return asked.title or messages.said(self.axis.title, self.language)

    @property
    def statement(self) -> str:
        """The statement, and the districts it is about."""
        stated = self.sought.asked.so_that
        if stated.title:
            return sentence_end(stated.title)
        names = tuple(name for _, name in self.sought.districts)
        if not names:
            return stated.that
        return self.say("statement_of", that=stated.that, districts=names)

    def _answer(self) -> Iterator[str]:
        kept = "" if self.sought.asked.rescale == NONE else self.say("kept")
        words: dict[str, object] = {"what": self.what, "kept": kept, "statement": self.statement}
        answer = self.sought.number
        if answer is None:
            words |= {"low": self.text(0), "high": self.text(self.axis.count - 1)}
            yield self.say("none", **words)
            yield self._nearest_miss()
            yield from self._still_closing()
        elif self.sought.asked.goal == "all":
            stretches = tuple(self.stretch(each) for each in self.sought.stretches)
            yield self.say("all", stretches=stretches, **words)
        else:
            yield self.say(self.sought.asked.goal, value=self.text(answer), **words)
        now = self.sought.moving.now(0)
        if now is not None:
            yield self.say("now", value=self.axis.told(now, self.language))

    def stretch(self, stretch: Stretch) -> str:
        """Write where it holds."""
        first, last = self.text(stretch.first), self.text(stretch.last)
        return first if first == last else self.say("stretch", first=first, last=last)

    def _nearest_miss(self) -> str:
        number = self.sought.nearest_number
        compared = None if number is None else self.margin(number)[0]
        if number is None or compared is None:
            return self.say("nearest_unknown")
        return self.say(
            "nearest",
            value=self.text(number),
            left=compared.side(compared.left),
            operator=SIGNS[compared.operator],
            right=compared.side(compared.right),
            off=compared.off(),
            district=self._in_district(self.margin(number)[1]),
        )

    def _still_closing(self) -> Iterator[str]:
        """Say that there may be an answer further on, where the miss shrinks up to an end.

        What rounds to the same may be still for a while, but not for a tenth of the range.
        """
        known, signs = list(self.sought.trials), self.sought.signs
        nearest = self.sought.nearest_number
        if nearest is None or len(known) < 2:
            return
        back = -(-len(known) // 10)
        for end, inside in ((known[0], known[back]), (known[-1], known[-1 - back])):
            here, before = signs[end], signs[inside]
            if here.margin is None or before.margin is None or here.unit != before.unit:
                continue
            if before.margin < here.margin == signs[nearest].margin:
                yield self.say("still_closing", value=self.text(end))

    def _in_district(self, name: str) -> str:
        several = len(self.sought.districts) != 1
        return self.say("in_district", name=name) if name and several else ""

    def margin(self, number: int) -> tuple[Margin | None, str]:
        """Return the comparison that decides at a value, and in which district."""
        if self.sought.trials[number].status != "done":
            return None, ""
        result = self.sought.run(number).allocation.rule(self.sought.rule)
        return (None, "") if result is None else (result.compared, result.district)

    # -- what goes with it ---------------------------------------------------------------------

    def _around(self) -> Iterator[str]:
        """Say where the answer ends, and whether there are others."""
        sought, stretches, last = self.sought, self.sought.stretches, self.axis.count - 1
        if not stretches:
            return
        if stretches == (Stretch(0, last),):
            yield self.say("all_along", low=self.text(0), high=self.text(last))
        elif len(stretches) > 1:
            told = tuple(self.stretch(stretch) for stretch in stretches)
            yield self.say("several", count=len(stretches), stretches=told)
        elif sought.asked.goal != "all":
            yield from self._one_stretch(stretches[0], last)
        if sought.at is not None and (broken := hard_broken(sought.at)):
            yield self.say("hard_broken", value=sought.at.title, titles=broken)

    def _one_stretch(self, only: Stretch, last: int) -> Iterator[str]:
        words = {"first": self.text(only.first), "last": self.text(only.last)}
        if self.sought.asked.goal == "smallest":
            if only.first == 0:
                yield self.say("at_low_end", value=self.text(0))
            if only.last < last:
                yield self.say("only_to", after=self.text(only.last + 1), **words)
        else:
            if only.last == last:
                yield self.say("at_high_end", value=self.text(last))
            if only.first > 0:
                yield self.say("only_from", before=self.text(only.first - 1), **words)

    def _looked_at(self) -> Iterator[str]:
        step = self.axis.told(self.axis.step, self.language)
        words: dict[str, object] = {"low": self.text(0), "step": step, "count": self.axis.count}
        if self.sought.stride == 1:
            yield self.say("looked_at_all", **words)
        else:
            stride = self.axis.told(self.axis.step * self.sought.stride, self.language)
            yield self.say("looked_at_some", stride=stride, tried=len(self.sought.trials), **words)

    def _not_done(self) -> Iterator[str]:
        """Say which values do not count, and why."""
        sought = self.sought
        found: dict[str, list[int]] = {}
        for number, trial in sought.trials.items():
            state = sought.verdict(number) if trial.status == "done" else trial.status
            found.setdefault(state, []).append(number)
        for state in ("rejected", "invalid", "unknown", "not_applicable"):
            numbers = found.get(state)
            if numbers:
                first = numbers[0]
                reason = sentence_end(why(sought.trials[first].notes, self.language))
                end = {"zh": "。", "en": "."}[self.language]
                yield self.say(
                    state, count=len(numbers), value=self.text(first), why=f"{reason}{end}"
                )
        if not sought.baseline.done:
            reason = why_not_done(sought.baseline, self.language)
            yield self.say("baseline_not_done", why=reason)

    # -- tables --------------------------------------------------------------------------------

    def _neighbours(self) -> list[Table]:
        """Return the values next to the answer: before it, itself, after it."""
        told = self.sought.nearest_number if self.sought.number is None else self.sought.number
        if told is None:
            return []
        known = list(self.sought.trials)
        place = known.index(told)
        numbers = known[max(0, place - 1) : place + 2]
        found = [self.margin(number) for number in numbers]
        sides = [
            ["—" if m is None else self._said(m.side(m.left)) for m, _ in found],
            ["—" if m is None else self._said(m.side(m.right)) for m, _ in found],
            ["—" if m is None else self._said(m.distance(sign="+")) for m, _ in found],
        ]
        columns = [
            Column(self.say("value"), [self.text(n) for n in numbers], "figure"),
            Column(self.say("holds"), [self._verdict(n) for n in numbers]),
            Column(self.say("left"), sides[0], "figure"),
            Column(self.say("right"), sides[1], "figure"),
            Column(self.say("margin"), sides[2], "figure"),
        ]
        names = [name for _, name in found]
        if any(names) and len(self.sought.districts) != 1:
            columns.append(Column(self.say("district"), names))
        title = self.say("title_near" if self.sought.number is None else "title_values")
        return [Table("seek.sheet_around", title, columns)]

    def _said(self, words: object) -> str:
        return messages.said(words, self.language)  # type: ignore[arg-type]

    def _verdict(self, number: int) -> str:
        state = self.sought.verdict(number)
        plain = {"holds": "yes", "broken": "no"}.get(state, f"says_{state}")
        return self.say(plain)

    def _all_values(self) -> Table:
        """Return all values that were computed."""
        sought = self.sought
        percent = self.axis.percent
        values: list[Fraction | str | None] = [
            self.axis.text(self.axis.value(n)) for n in sought.trials
        ]
        if not percent:
            values = [self.axis.value(number) for number in sought.trials]
        misses = [sought.miss(number) for number in sought.trials]
        value = (
            Column(self.say("value"), values, "figure")
            if percent
            else figure_column(self.say("value"), values)
        )
        columns = [
            value,
            Column(self.say("holds"), [self._verdict(number) for number in sought.trials]),
            figure_column(self.say("miss"), misses),
        ]
        return Table("seek.sheet_values", self.say("title_all_values"), columns)
