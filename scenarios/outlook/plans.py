"""The policy of every year of a variant, compiled before any year is run.

A year is a scenario like any other: the document after its changes, and numbers moved. What only
moves numbers is compiled once for all years, and faults of all years are told together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from scenarios.outlook.course import Course
from scenarios.settings import Settings
from scenarios.steps import Step
from scenarios.study.load import BASELINE
from transfers import Beside, DocumentError, Policy
from transfers.documents.overrides import resolved
from transfers.documents.yaml_tree import Path
from transfers.errors import Fault, Place
from transfers.figures.carrying import next_formula
from transfers.messages import Phrase

YEAR = "year"
SET_BY_YEAR: Path = ("years", "set")
"""Where steps say that `set` by year made them."""
_STAND_IN = Phrase("outlook.stand_in")


class YearPlan(Struct, frozen=True, eq=False, dict=True):
    """What one year of a variant is run with.

    Parameters
    ----------
    year : int
    policy : Policy
        After all changes up to this year; with what the study asks of it.
    plain : Policy
        Without that, and without what the study says of the following year.
    steps : tuple of (int or None, Step)
        The changes up to this year, each with the year in which it began; None: from the first on.
    moves : mapping of path to Fraction
        Numbers set from this year on, and the year itself.
    """

    year: int
    policy: Policy
    plain: Policy
    steps: tuple[tuple[int | None, Step], ...]
    moves: Mapping[Path, Fraction]

    def touches(self, path: str | Path) -> bool:
        """Tell whether a change that begins in this year speaks of a path, or of one around it."""
        if not self._begun:
            return False
        written = path if isinstance(path, str) else ".".join(map(str, path))
        spellings = (written, *self._by_name(written))
        return any(
            spelt == named or spelt.startswith(f"{named}.")
            for named in self._begun
            for spelt in spellings
        )

    @cached_property
    def said(self) -> tuple[object, ...]:
        """What its changes say, and from when on, whoever says it."""
        return tuple((year, step.said) for year, step in self.steps)

    @cached_property
    def _begun(self) -> tuple[str, ...]:
        """What changes that begin in this year speak of."""
        steps = [step for year, step in self.steps if year == self.year]
        return tuple(name for step in steps for name in (*step.set, *step.add, *step.remove))

    def _by_name(self, path: str) -> Iterator[str]:
        """Yield the path of a figure of a list with the name of its item in place of its key."""
        section, _, rest = path.partition(".")
        of, _, below = rest.partition(".")
        item, _, column = below.rpartition(".")
        items = self.policy.lists.get(of) if section == "lists" else None
        if items is not None and item in items.keys:
            yield f"lists.{of}.{items.names[items.keys.index(item)]}.{column}"


class Planner(Struct, frozen=True, eq=False):
    """Compiles the policies of the years of one study."""

    settings: Settings
    years: tuple[int, ...]
    _stand_ins: list[tuple[Policy, Beside]] = field(default_factory=list)

    def plans(
        self, course: Course, baseline: Sequence[YearPlan] | None = None
    ) -> tuple[YearPlan, ...]:
        """Return the plan of each year of a variant.

        Parameters
        ----------
        baseline : sequence of YearPlan, optional
            Those of the baseline, whose names constraints and measures may read.
        """
        found: list[YearPlan] = []
        steps: list[tuple[int | None, Step]] = [(None, step) for step in course.steps]
        for n, year in enumerate(self.years):
            begun = course.steps_in(year)
            steps += [(year, step) for step in begun]
            if any(step.policy is not None for step in begun):
                steps += self._held(steps, begun)
            changes = tuple(step for _, step in steps)
            asked = {**self._year_of(changes, year), **course.set_in(year)}
            numbers, rest = self._parted(changes, asked)
            if rest:
                steps.append((year, _set_step("set", rest)))
                changes = tuple(step for _, step in steps)
            if n:
                changes = (*changes, *self._literal_openings(steps, year, found[-1].plain))
            plain = self._plain(changes)
            made = (*changes, *self._next_step(course, plain))
            policy = self._asked(made, plain if baseline is None else baseline[n].plain)
            places = {path: place for path, (_, place) in numbers.items()}
            moves = policy.moves({path: value for path, (value, _) in numbers.items()}, places)
            found.append(YearPlan(year, policy, plain, tuple(steps), moves))
        return tuple(found)

    def _held(
        self, steps: Sequence[tuple[int | None, Step]], begun: Sequence[Step]
    ) -> list[tuple[int | None, Step]]:
        """Return what was set by year and holds under another document as well, where it has that.

        Other changes of the document before are gone with it.
        """
        policy = self._plain([step for _, step in steps])
        said = [path for step in begun for path in (*step.set, *step.add, *step.remove)]
        held = []
        for year, step in steps:
            paths = [path for path in step.set if step.path == SET_BY_YEAR]
            kept = {
                path: step.set[path]
                for path in paths
                if _is_there(policy, path)
                and not any(f"{path}.".startswith(f"{each}.") for each in said)
            }
            if kept:
                held.append((year, replace(step, set=kept)))
        return held

    def _plain(self, steps: Sequence[Step]) -> Policy:
        """Return a policy of which the study asks nothing."""
        return self.settings.policy(steps)

    def _asked(self, steps: Sequence[Step], baseline: Policy) -> Policy:
        """Return a policy with what the study asks, beside figures that are still to come."""
        model = self.settings.study.model
        if not (model.constraints or model.measures):
            return self.settings.policy(steps)
        self.settings.beside = self._stand_in(baseline)
        try:
            return self.settings.policy(steps)
        finally:
            self.settings.beside = None

    def _stand_in(self, baseline: Policy) -> Beside:
        """Return the names of a run that is still to come; once for each policy."""
        for policy, beside in self._stand_ins:
            if policy is baseline:
                return beside
        beside = baseline.lacking(BASELINE, _STAND_IN)
        self._stand_ins.append((baseline, beside))
        return beside

    def _year_of(self, steps: Sequence[Step], year: int) -> dict[str, tuple[Any, Place]]:
        """Return the year as something to be set, where the document has one."""
        model = self._plain(steps).document.model
        if model.year is None or model.year == year:
            return {}
        return {YEAR: (str(year), Place(YEAR))}

    def _parted(
        self, steps: Sequence[Step], asked: Mapping[str, tuple[Any, Place]]
    ) -> tuple[dict[str, tuple[Any, Place]], dict[str, tuple[Any, Place]]]:
        """Part what is set into numbers that are moved, and what makes another policy.

        Weights have to add up, which the document is asked about.
        """
        if not asked:
            return {}, {}
        numbers, _ = self._plain(steps).parted({path: value for path, (value, _) in asked.items()})
        moved = {path for path in numbers if ".factors." not in path}
        return (
            {path: each for path, each in asked.items() if path in moved},
            {path: each for path, each in asked.items() if path not in moved},
        )

    def _literal_openings(
        self, steps: Sequence[tuple[int | None, Step]], year: int, before: Policy
    ) -> list[Step]:
        """Return a step after which openings that are carried are numbers that can be moved.

        That of a reserve that is new in this year, or of which a change of this year speaks, is
        what the document says.
        """
        policy = self._plain([step for _, step in steps])
        plan = YearPlan(year, policy, policy, tuple(steps), {})
        there = {rule.name for rule in before.reserves}
        openings = {
            f"reserves.{rule.name}.opening": ("0", Place(f"reserves.{rule.name}"))
            for rule in policy.reserves
            if rule.name in there and opening_path(policy, rule.name) is None
            if not plan.touches(f"reserves.{rule.name}.opening")
        }
        return [_set_step("openings", openings)] if openings else []

    # -- what the next year begins with ------------------------------------------------------

    def _next_step(self, course: Course, policy: Policy) -> list[Step]:
        """Return what the study says of the following year, as a step of the policy."""
        model = policy.document.model
        set_: dict[str, str] = {}
        add: dict[str, str] = {}
        places: dict[str, Place] = {}
        faults: list[Fault] = []
        for name, (text, place) in course.next.items():
            if not _has(policy, name) and self._comes_later(course, name):
                continue
            path = f"next.{name}"
            try:
                formula = next_formula(policy, name, text, place)
            except DocumentError as error:
                faults += error.faults
                continue
            (set_ if name in model.next else add)[path] = formula
            places[path] = place
        if faults:
            raise DocumentError(faults)
        prior = _prior(policy, {*model.next, *course.next})
        if prior is not None:
            add[f"next.{prior}"] = "total"
        if not (set_ or add):
            return []
        return [Step("next", "next", ("years", "next"), set=set_, add=add, places=places)]

    def _comes_later(self, course: Course, name: str) -> bool:
        """Tell whether some year of the variant brings what a name stands for."""
        head = name.partition(".")[0]
        heads = (f"inputs.{head}", f"parameters.{head}", f"lists.{head}")
        steps = [step for year in self.years for step in course.steps_in(year)]
        return any(
            path == whole or path.startswith(f"{whole}.")
            for step in steps
            for path in (*step.add, *step.remove)
            for whole in heads
        )


def _is_there(policy: Policy, path: str) -> bool:
    """Tell whether a document has what a path names; of figures of districts their input."""
    section, _, rest = path.partition(".")
    if section == "inputs" and rest.partition(".")[0] in policy.inputs:
        return True
    try:
        resolved(policy.document.source, path)
    except DocumentError:
        return False
    return True


def opening_path(policy: Policy, reserve: str) -> Path | None:
    """Return where the opening balance of a reserve can be moved; None where it is a formula."""
    paths: tuple[Path, ...] = (("reserves", reserve, "opening"), ("reserves", reserve))
    return next((path for path in paths if path in policy.numbers), None)


def _set_step(name: str, asked: Mapping[str, tuple[Any, Place]]) -> Step:
    """Return a step that sets values."""
    values = {path: value for path, (value, _) in asked.items()}
    places = {path: place for path, (_, place) in asked.items()}
    return Step(name, name, ("years", name), set=values, places=places)


def _has(policy: Policy, name: str) -> bool:
    """Tell whether a policy has an input, a parameter or a column of a list."""
    of, _, column = name.partition(".")
    if column:
        return of in policy.lists and column in policy.lists[of].columns
    return name in policy.inputs or name in policy.document.model.parameters


def _prior(policy: Policy, said: set[str]) -> str | None:
    """Return the input of last year's total, if there is one of which nobody says anything."""
    found = [rule for rule in policy.inputs.values() if rule.role == "prior"]
    if len(found) != 1 or found[0].name in said or found[0].over:
        return None
    unit = found[0].unit
    return found[0].name if unit.bare or unit.same_kind(policy.money_unit) else None
