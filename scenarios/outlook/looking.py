"""An outlook: the years of every variant, one after the other, each from what the last one left."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from scenarios.answers import Answer, Gathering, answers, check_ids, figures_of
from scenarios.comparison.comparing import TOTAL, grant_called
from scenarios.outlook.above import LevelsAbove
from scenarios.outlook.course import Course, years_of
from scenarios.outlook.found import Outlook, VariantOutlook, YearAnswer
from scenarios.outlook.outgrown import outgrown, too_long
from scenarios.outlook.plans import YEAR, Planner, YearPlan, opening_path
from scenarios.outlook.tables import Tables
from scenarios.outlook.unit_faults import check_units, unlike_tables
from scenarios.outlook.units import check_money, in_its_units, standing_in_its_units
from scenarios.set_before import set_before
from scenarios.settings import Changes, Setting, Settings
from scenarios.study.load import BASELINE, Study
from transfers import Beside, Policy, TableError, progress
from transfers.documents.yaml_tree import Path
from transfers.errors import Fault
from transfers.figures.carrying import Carried, carried, unfit_numbers
from transfers.messages import Phrase
from transfers.recall import Recall


def look_ahead(
    study: Study,
    changes: Changes | None = None,
    *,
    only: Collection[str] | None = None,
    grant: str = TOTAL,
) -> Outlook:
    """Run the years of the baseline and of the variants of a study.

    Parameters
    ----------
    study : Study
        With a section `years`.
    changes : mapping of path to text or number, optional
        What is set in every policy before everything else, as ``--set`` does.
    only : collection of str, optional
        The variants to run; all where it is left out.
    grant : str
        The grant that is going to be told, by its id or title: refused before any year is run
        where no year has it.

    Returns
    -------
    Outlook
        A year that cannot pay, or cannot be computed, ends its variant there, and no other.

    Raises
    ------
    DocumentError, TableError
        With all that is wrong with the study, the policy and its tables.

    Examples
    --------
    >>> from scenarios import load_study
    >>> found = look_ahead(load_study("examples/jiangmen_reform/outlook.yaml"), only=[])
    >>> found.years
    (2026, 2027, 2028, 2029, 2030)
    """
    check_ids(study, only or ())
    above = LevelsAbove(look_ahead)
    settings = Settings(study, changes or {}, run_above=above.run)
    courses = _courses(study, only)
    planner = Planner(settings, years_of(study, settings.policy(courses[0].steps)))
    above.years = planner.years
    gathering = Gathering()
    plans: dict[str, tuple[YearPlan, ...]] = {}
    with progress.stage("compile", len(courses)) as stage:
        for course in courses:
            with gathering:
                plans[course.id] = planner.plans(course, plans.get(BASELINE))
            stage.advance(1)
    gathering.tell()
    check_money(courses, plans)
    check_units(study, courses, plans)
    grant_called([plan.policy for each in plans.values() for plan in each], grant)
    tables = Tables(settings)
    recall = Recall()
    walks = [_Walk(course, plans[course.id], tables, above, recall) for course in courses]
    trunk, compares = walks[0], _reads_itself(study)
    with progress.stage("years", len(planner.years) * len(walks)) as stage:
        for n in range(len(planner.years)):
            recall.forget()
            beside = trunk.first(n, compares)
            for walk in walks:
                walk.step(n, beside, None if walk is trunk or compares else trunk)
                stage.advance(1)
                beside = walk.figures(n) if walk is trunk else beside
    found = (VariantOutlook(w.course.id, w.course.title, tuple(w.found)) for w in walks)
    first = plans[BASELINE][0]
    changed = set_before(settings, first.policy, [step for _, step in first.steps])
    return Outlook(study, planner.years, tuple(found), changed)


def _courses(study: Study, only: Collection[str] | None) -> list[Course]:
    """Return what is run: the baseline, then the variants."""
    variants = {
        name: variant.title
        for name, variant in study.model.variants.items()
        if only is None or name in only
    }
    titles = {BASELINE: study.model.baseline.title, **variants}
    return [Course(study, name, title or name) for name, title in titles.items()]


def _reads_itself(study: Study) -> bool:
    """Tell whether what the study asks names figures of the baseline."""
    asked = (*study.model.constraints.values(), *study.model.measures.values())
    return any(f"{BASELINE}." in str(text) for entry in asked for text in vars(entry).values())


class _Walk(Struct, eq=False):
    """One variant on its way through the years."""

    course: Course
    plans: tuple[YearPlan, ...]
    tables: Tables
    above: LevelsAbove
    recall: Recall
    found: list[YearAnswer] = []
    start: Carried | None = None
    before: Carried | None = None
    unlike: tuple[Fault, ...] = ()
    standing: dict[Path, Fraction] = {}
    left: Carried | tuple[Fault, ...] | None = None
    branched: bool = False

    def first(self, n: int, reads_itself: bool) -> Beside | None:
        """Return the figures of the baseline for its own measures, where these ask for them."""
        if not reads_itself or self._stopped() is not None:
            return None
        setting = self._setting(n, self.plans[n].plain, None)
        if isinstance(setting, tuple):
            return None
        return figures_of(self._answer(setting))

    def step(self, n: int, beside: Beside | None, trunk: _Walk | None) -> None:
        """Run one year, if those before it have paid.

        Parameters
        ----------
        trunk : _Walk or None
            The baseline, which has run this year: until something differs, its years are these.
        """
        if trunk is not None and not self.branched and self._goes_with(trunk, n):
            self.found.append(trunk.found[n].called(self.course.id, self.course.title))
            self.left = trunk.left
        else:
            self.branched = True
            self.found.append(self._run(n, beside))
        if self.found[n].done and self.left is not None:
            self._go_on(n, self.left)

    def _go_on(self, n: int, left: Carried | tuple[Fault, ...]) -> None:
        """Begin the following year with what a year leaves, as that one counts it."""
        plan = self.plans[n]
        self.standing = self._standing(n, self._carried(plan))
        if isinstance(left, tuple):
            self.unlike = left
            return
        self.start = self.start or left
        self.before, self.unlike = left, ()
        if n + 1 < len(self.plans):
            following = self.plans[n + 1]
            self.before, unlike = in_its_units(left, following)
            self.standing, others = standing_in_its_units(self.standing, plan.policy, following)
            self.unlike = (*unlike, *others)

    def _goes_with(self, trunk: _Walk, n: int) -> bool:
        """Tell whether a year has nothing of its own, where those before it had nothing either."""
        mine, others = self.plans[n], trunk.plans[n]
        return (
            mine.policy is others.policy
            and mine.moves == others.moves
            and mine.said == others.said
            and self.course.members_in(mine.year) == trunk.course.members_in(mine.year)
        )

    def _run(self, n: int, beside: Beside | None) -> YearAnswer:
        """Return what came of one year, and keep what it leaves."""
        plan, after = self.plans[n], self._stopped()
        if after is not None:
            return YearAnswer(plan.year, after=after)
        setting = self._setting(n, plan.policy, beside)
        if isinstance(setting, tuple):
            return YearAnswer(plan.year, faults=setting)
        answer = self._answer(setting)
        if answer.done:
            self.left = self._left_by(plan, answer)
        return YearAnswer(plan.year, answer, outgrown(plan, answer, self.start, self.before))

    def _left_by(self, plan: YearPlan, answer: Answer) -> Carried | tuple[Fault, ...]:
        """Return what the following year begins with, or why it cannot."""
        allocation = answer.allocation
        quantum = allocation.policy.money.quantum
        closing = {a.name: a.closing * quantum for a in allocation.accounts}
        table = answer.setting.districts
        try:
            return carried(allocation.block, allocation.scenario, table, closing)
        except TableError as error:
            return too_long(plan, error)

    def figures(self, n: int) -> Beside | None:
        """Return the figures of a year for formulas of other variants."""
        answer = self.found[n].answer
        if answer is not None:
            return figures_of(answer)
        why = self.found[n].why
        return self.plans[n].plain.lacking(BASELINE, why[0]) if why else None

    def _answer(self, setting: Setting) -> Answer:
        return answers([(self.course.id, self.course.title, setting)])[0]

    def _stopped(self) -> int | None:
        """Return the year that ended it."""
        return next((answer.year for answer in self.found if not answer.done), None)

    # -- one year --------------------------------------------------------------------------------

    def _setting(
        self, n: int, policy: Policy, beside: Beside | None
    ) -> Setting | tuple[Fault, ...]:
        """Return what a year is run with, or why it cannot begin with what the last one left."""
        plan = self.plans[n]
        policies = [each.policy for each in self.plans]
        level = self.above.of(policy, plan.year, self._said(plan), policies)
        if isinstance(level, tuple):
            return level
        policy = level.policy
        plan = replace(plan, policy=policy)
        if self.unlike:
            return self.unlike
        carried_on = self._carried(plan)
        faults = [*unfit_numbers(policy, carried_on), *self._absent(plan), *self._gone(plan)]
        past = [each.answer.setting.districts for each in self.found[:n] if each.answer is not None]
        plans = self.plans[: n + 1]
        districts, more = self.tables.of(self.course, plans, policy, self.before, past)
        if self.before is not None:
            tables, last = (past[-1], districts), self.plans[n - 1].policy
            faults += unlike_tables(plan, last, self.before, tables)
        if faults or more:
            return (*faults, *more)
        if beside is not None and policy.asks.besides:
            policy = policy.with_figures_beside(beside)
        policy = policy.without_set_figures()
        moves = {**level.moves, **carried_on, **self._standing(n, carried_on)}
        steps = tuple(step for _, step in plan.steps)
        return Setting(policy, districts, steps, moves, self.recall)

    def _said(self, plan: YearPlan) -> set[str]:
        """Return the paths that were set up to a year."""
        return {
            *self.tables.settings.changes,
            *(path for _, step in plan.steps for path in step.set),
        }

    def _carried(self, plan: YearPlan) -> dict[Path, Fraction]:
        """Return the numbers of the document that the year before left."""
        if self.before is None:
            return {}
        found: dict[Path, Fraction] = {}
        for path, number in self.before.numbers.items():
            at: Path | None = path
            if path[0] == "reserves":
                at = opening_path(plan.policy, str(path[1]))
            if at in plan.policy.numbers and at is not None and not plan.touches(path):
                found[at] = number
        return found

    def _standing(self, n: int, carried_on: Mapping[Path, Fraction]) -> dict[Path, Fraction]:
        """Return the numbers that were set for this year, or before it and that nothing moved."""
        plan = self.plans[n]
        kept = {
            path: number
            for path, number in self.standing.items()
            if path not in carried_on and path in plan.policy.numbers and path != (YEAR,)
            if not plan.touches(path)
        }
        return {**kept, **plan.moves}

    def _absent(self, plan: YearPlan) -> list[Fault]:
        """Refuse numbers that came to no figure, where nothing else is said of them."""
        absent = {} if self.before is None else self.before.absent
        dotted = {path: ".".join(map(str, path)) for path in absent}
        return [
            Fault("outlook.next_without_figure", place, {"path": dotted[path], "year": plan.year})
            for path, place in absent.items()
            if path not in plan.moves and not plan.touches(dotted[path])
        ]

    def _gone(self, plan: YearPlan) -> list[Fault]:
        """Refuse that a reserve with money in it is no more."""
        if self.before is None:
            return []
        there = {rule.name for rule in plan.policy.reserves}
        money = plan.policy.money
        return [
            Fault(
                "outlook.reserve_gone",
                values={
                    "reserve": path[1],
                    "year": plan.year,
                    "amount": Phrase(
                        "outlook.amount",
                        {
                            "amount": money.format_for_people(money.to_quanta(number)),
                            "unit": money.unit,
                        },
                    ),
                },
            )
            for path, number in self.before.numbers.items()
            if path[0] == "reserves" and path[1] not in there and number
        ]
