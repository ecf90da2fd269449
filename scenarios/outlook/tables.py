"""The table of each year: as its files have it, with what the years before it left and changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

import transfers
from scenarios.outlook.course import Course
from scenarios.outlook.made import Made
from scenarios.outlook.plans import YearPlan
from scenarios.settings import Settings, places_of_data
from scenarios.steps import Step
from transfers import Districts, Policy, TableError
from transfers.errors import Fault, Place
from transfers.figures.carrying import Carried, check_carried, with_carried
from transfers.figures.membership import with_members

_FIGURES = "inputs."


class Tables(Struct, frozen=True, eq=False):
    """Makes the tables of the years of one study."""

    settings: Settings

    def of(
        self,
        course: Course,
        plans: Sequence[YearPlan],
        policy: Policy,
        before: Carried | None,
        past: Sequence[Districts],
    ) -> tuple[Districts, tuple[Fault, ...]]:
        """Return the table of the last of some years, and what of it is not allowed.

        The files, as that year reads them; then, year by year, who is a district, which figures
        were set and what `data` changed; with what `next` said of the year before. What it said
        of an input comes before what changed that input in earlier years, which it has seen
        already.

        Parameters
        ----------
        past : sequence of Districts
            The tables of the years before.

        Raises
        ------
        TableError
            With what is wrong in the files, or in what the study changes.
        """
        plan = plans[-1]
        table = self.settings.table(policy, [step for _, step in plan.steps])
        if before is not None:
            before = replace(before, inputs=dict(self._kept(plan, policy, before)))
        left = before.inputs if before is not None else {}
        made = Made(course, plans, past)
        for each in (None, *plans[:-1]):
            year = None if each is None else each.year
            table = _joined(made, year, policy, table)
            table = self._with_set(made, plan, policy, table, year)
            for said in _data_of(plan, year, without=left):
                step = made.as_it_is_now(table, said, year)
                if before is not None:
                    table = with_carried(policy, table, before)
                table = _changed(policy, table, step, places_of_data(step))
        table, unfit = self._begun(made, plan, policy, table, before)
        table = self._with_set(made, plan, policy, table, plan.year)
        for step in _data_of(plan, plan.year):
            table = _changed(policy, table, step, places_of_data(step))
        return table, unfit

    def _kept(
        self, plan: YearPlan, policy: Policy, before: Carried
    ) -> Iterator[tuple[str, tuple[str, Place]]]:
        """Yield the inputs that begin with what the year before left."""
        for name, said in before.inputs.items():
            if name in policy.inputs and not plan.touches(f"{_FIGURES}{name}"):
                yield name, said

    def _with_set(
        self, made: Made, plan: YearPlan, policy: Policy, table: Districts, year: int | None
    ) -> Districts:
        """Return a table with the figures of districts that were set in a year."""
        known = policy.document.figure_changes
        figures = {} if year is not None else dict(self.settings.changes)
        for began, step in plan.steps:
            figures |= step.set if began == year else {}
        asked: dict[str, dict[str, str]] = {}
        for path in (path for path in figures if path in known):
            name, _, district = path.removeprefix(_FIGURES).partition(".")
            asked.setdefault(name, {})[district] = str(figures[path])
        if not asked:
            return table
        now = made.as_it_is_now(table, Step("set", "set", (), data=asked), year).data
        return policy.with_set_figures(
            table, {f"{_FIGURES}{n}.{at}": text for n in now for at, text in now[n].items()}
        )

    def _begun(
        self,
        made: Made,
        plan: YearPlan,
        policy: Policy,
        table: Districts,
        before: Carried | None,
    ) -> tuple[Districts, tuple[Fault, ...]]:
        """Return a table with what the year before left, and the districts of this year."""
        asked = made.course.members_in(plan.year)
        if before is None:
            return _joined(made, plan.year, policy, table), ()
        if asked is not None and made.has(table, plan.year):
            joined = with_members(policy, before.districts, *asked, only=before.inputs)
            before = replace(before, districts=joined)
            table = with_carried(policy, table, before)
        else:
            table = with_carried(policy, table, before)
            table = table if asked is None else with_members(policy, table, *asked)
        try:
            check_carried(policy, table, before)
        except TableError as error:
            return table, error.faults
        return table, ()


def _joined(made: Made, year: int | None, policy: Policy, table: Districts) -> Districts:
    """Return a table with the districts of a year; as it is where its file has them."""
    asked = None if year is None else made.course.members_in(year)
    if year is None or asked is None or made.has(table, year):
        return table
    return with_members(policy, table, *asked)


def _data_of(plan: YearPlan, year: int | None, without: Mapping[str, Any] = {}) -> Iterator[Step]:
    """Yield the changes of figures that began in a year, without those of some inputs."""
    for began, step in plan.steps:
        data = {name: change for name, change in step.data.items() if name not in without}
        if began == year and data:
            yield replace(step, data=data)


def _changed(
    policy: Policy, table: Districts, step: Step, places: Mapping[str, Place]
) -> Districts:
    return transfers.change_figures(policy, table, step.data, places)
