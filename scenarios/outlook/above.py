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
from transfers import Policy
from transfers.documents.yaml_tree import Path
from transfers.errors import Fault, FaultsError
from transfers.levels import above_of, asked_by, heading
from transfers.policy.above import Asked

SECTION: Final = "upstream"


class YearAbove(Struct, frozen=True, eq=False):
    """A policy with what the level above gives in one year, as numbers that are moved."""

    policy: Policy
    moves: dict[Path, Fraction]


class LevelsAbove(Struct, eq=False):
    """Runs the years of policies above.

    A policy above is a baseline like any other: with its own `year`, `next` and reserves. What
    the study below changes does not reach it.
    """

    years: tuple[int, ...]
    look_ahead: Callable[[Study], Outlook]
    _known: dict[tuple[str, str | None], Outlook] = field(default_factory=dict)

    def of(self, policy: Policy, year: int, said: Collection[str]) -> YearAbove | tuple[Fault, ...]:
        """Return a policy with what the level above gives in a year, or why it gives nothing.

        Parameters
        ----------
        said : collection of str
            Paths that the study sets: figures from above among them are not those from above.
        """
        asked = asked_by(policy)
        if asked is None or policy.above is None:
            return YearAbove(policy, {})
        try:
            answer = self._outlook(asked).baseline[year]
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

    def _outlook(self, asked: Asked) -> Outlook:
        key = (asked.file, asked.table)
        if key not in self._known:
            study: dict[str, object] = {
                "study": "above",
                "policy": asked.file,
                **({} if asked.table is None else {"districts": asked.table}),
                "years": {"from": self.years[0], "until": self.years[-1]},
            }
            text = json.dumps(_absolute(study), ensure_ascii=False)
            self._known[key] = self.look_ahead(study_from_text(text, asked.file))
        return self._known[key]


def _absolute(study: dict[str, object]) -> dict[str, object]:
    """Return a study whose files are found from anywhere."""
    from os.path import abspath

    files = ("policy", "districts")
    return {key: abspath(str(each)) if key in files else each for key, each in study.items()}


def _why(asked: Asked, answer: YearAnswer) -> tuple[Fault, ...]:
    """Return why the level above gives nothing in a year."""
    told: Sequence[Fault] = answer.faults if answer.answer is None else answer.answer.faults
    if not told:
        told = [Fault(phrase.code, values=phrase.values) for phrase in answer.why]
    code = "upstream.faulty" if answer.status == "invalid" else "upstream.rejected"
    return (heading(code, asked), *told)
