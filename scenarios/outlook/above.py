"""The level above through the years: its own outlook, computed once per policy and table above."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from fractions import Fraction
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from scenarios.outlook.found import Outlook, YearAnswer
from scenarios.study.load import Study, study_from_text
from transfers import Allocation, Policy
from transfers.documents.yaml_tree import Path
from transfers.errors import DocumentError, Fault, FaultsError
from transfers.levels import above_of, asked_by, given_by, heading, run_above
from transfers.policy.above import Above, Asked

SECTION: Final = "upstream"


Files = tuple[tuple[str, str | None], ...]
"""Of each year: the policy above, and the table in place of that which it names."""


class YearAbove(Struct, frozen=True, eq=False):
    """A policy with what the level above gives in one year, as numbers that are moved."""

    policy: Policy
    moves: dict[Path, Fraction]


class LevelsAbove(Struct, eq=False):
    """Runs the years of policies above.

    A policy above is a baseline like any other: with its own `year`, `next` and reserves. What
    the study below changes does not reach it; where that names another policy or table above from
    a year on, the level above goes on with it from what the year before left.
    """

    look_ahead: Callable[[Study], Outlook]
    years: tuple[int, ...] = ()
    _known: dict[Files, Outlook] = field(default_factory=dict)

    def of(
        self, policy: Policy, year: int, said: Collection[str], policies: Sequence[Policy]
    ) -> YearAbove | tuple[Fault, ...]:
        """Return a policy with what the level above gives in a year, or why it gives nothing.

        Parameters
        ----------
        said : collection of str
            Paths that the study sets: figures from above among them are not those from above.
        policies : sequence of Policy
            Those of all years.
        """
        asked = asked_by(policy)
        if asked is None or policy.above is None:
            return YearAbove(policy, {})
        try:
            answer = self._outlook(asked, self._files(asked, policies)).baseline[year]
            if not answer.done:
                return _why(asked, answer)
            above = above_of(policy, asked, answer.allocation)
        except FaultsError as error:
            return (heading("upstream.faulty", asked), *error.faults)
        kept = {name for name in above.figures if f"{SECTION}.{name}" in said}
        old = policy.above.figures
        above = replace(above, figures={**above.figures, **{name: old[name] for name in kept}})
        moves: dict[Path, Fraction] = {
            (SECTION, name): given.value
            for name, given in above.figures.items()
            if given.value != old[name].value
        }
        return YearAbove(replace(policy, above=above) if moves else policy, moves)

    def run(self, asked: Asked) -> Above:
        """Return what the level above gives where a policy below is compiled.

        For which year is not known there: a district that the table above has in another year
        only is not missing yet.
        """
        try:
            return run_above(asked)
        except DocumentError as error:
            if not self.years or not error.faults[0].code.startswith("upstream.no_key"):
                raise
            found = self._with_key(asked)
            if found is None:
                raise
            return given_by(asked, found)

    def _with_key(self, asked: Asked) -> Allocation | None:
        """Return the first year of a policy above that knows a district; None where none does."""
        try:
            years = self._outlook(asked, ((asked.file, asked.table),) * len(self.years)).baseline
        except FaultsError:
            return None
        paying = (answer.allocation for answer in years.paying)
        return next((found for found in paying if asked.key in found.keys), None)

    def _files(self, asked: Asked, policies: Sequence[Policy]) -> Files:
        """Return the policy and the table above of each year; of those that ask none, the next."""
        found: list[tuple[str, str | None]] = []
        known = (asked.file, asked.table)
        for each in reversed(policies):
            other = asked_by(each)
            known = known if other is None else (other.file, other.table)
            found.append(known)
        return tuple(reversed(found))

    def _outlook(self, asked: Asked, files: Files) -> Outlook:
        if files not in self._known:
            self._check_tables(asked, files)
            file, table = files[0]
            study: dict[str, object] = {
                "study": "above",
                **_absolute(file, table),
                "years": {
                    "from": self.years[0],
                    "until": self.years[-1],
                    "changes": {
                        str(year): _absolute(*now, before=before)
                        for year, before, now in zip(self.years[1:], files, files[1:], strict=False)
                        if now != before
                    },
                },
            }
            text = json.dumps(study, ensure_ascii=False)
            try:
                self._known[files] = self.look_ahead(study_from_text(text, asked.file))
            except FaultsError as error:
                raise DocumentError(
                    [_in_its_place(fault, asked) for fault in error.faults]
                ) from None
        return self._known[files]

    def _check_tables(self, asked: Asked, files: Files) -> None:
        """Refuse that a document above has its own table again: what has been named stays."""
        for year, before, now in zip(self.years[1:], files, files[1:], strict=False):
            if before[1] is not None and now[1] is None:
                words = {"year": year, "table": before[1]}
                raise DocumentError([Fault("outlook.table_above", asked.place, words)])


def _absolute(
    file: str, table: str | None, before: tuple[str, str | None] = ("", None)
) -> dict[str, object]:
    """Return the files of a study, or of a change in it, to be found from anywhere."""
    from os.path import abspath

    said: dict[str, object] = {} if file == before[0] else {"policy": abspath(file)}
    return said if table == before[1] or table is None else {**said, "districts": abspath(table)}


def _in_its_place(fault: Fault, asked: Asked) -> Fault:
    """Return a fault of a study that nobody wrote where its policy above is named."""
    return replace(fault, place=asked.place) if fault.place.path.startswith("years") else fault


def _why(asked: Asked, answer: YearAnswer) -> tuple[Fault, ...]:
    """Return why the level above gives nothing in a year."""
    told: Sequence[Fault] = answer.told
    if not told:
        told = [Fault(phrase.code, values=phrase.values) for phrase in answer.why]
    code = "upstream.faulty" if answer.status == "invalid" else "upstream.rejected"
    return (heading(code, asked), *told)
