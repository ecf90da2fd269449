"""A run of a study: what came of the baseline and of every variant."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from fractions import Fraction
from functools import cached_property

from msgspec import Struct

from scenarios.settings import Changes, Setting, Settings
from scenarios.steps import steps_of
from scenarios.study.load import BASELINE, Study
from transfers import (
    Allocation,
    Batch,
    Beside,
    DocumentError,
    Fault,
    FaultsError,
    Finding,
    RuleResult,
)
from transfers.batch import Status
from transfers.messages import LANGUAGES, Phrase


class Answer(Struct, frozen=True, eq=False, dict=True):
    """What came of one scenario.

    Parameters
    ----------
    id, title : str
        Of the variant.
    setting : Setting
        What it was run with.
    batch : Batch
    row : int
        Its place in the batch.
    """

    id: str
    title: str
    setting: Setting
    batch: Batch
    row: int

    @property
    def status(self) -> Status:
        """Whether it pays: ``done``, ``rejected`` or ``invalid``."""
        return self.batch.status(self.row)

    @property
    def done(self) -> bool:
        """Whether it pays."""
        return self.status == "done"

    @cached_property
    def allocation(self) -> Allocation:
        """What every district gets; of a scenario that is done or rejected."""
        return self.batch.allocation(self.row)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Why it cannot be computed."""
        return self.batch.faults(self.row)

    @property
    def rules(self) -> tuple[RuleResult, ...]:
        """What the rules of the policy and the constraints of the study came to."""
        return () if self.status == "invalid" else self.allocation.rules

    @property
    def keeps_hard_rules(self) -> bool:
        """Whether it pays, and every hard rule and constraint holds or does not apply."""
        return self.done and self.allocation.keeps_hard_rules

    @property
    def measures(self) -> Mapping[str, Fraction | None]:
        """The measures of the study; none of a scenario that does not pay."""
        return self.allocation.measures if self.done else {}

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What there is to say about it."""
        return () if self.status == "invalid" else self.allocation.findings

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What of it asks for somebody's eyes, without what is for the record."""
        return () if self.status == "invalid" else self.allocation.warnings


class Run(Struct, frozen=True, eq=False):
    """What came of a study: its baseline first, then its variants in their order."""

    study: Study
    settings: Settings
    baseline: Answer
    variants: tuple[Answer, ...]

    def __getitem__(self, variant: str) -> Answer:
        """Return what came of a variant, by its id.

        Raises
        ------
        KeyError
            No variant that was run has this id; with those there are.
        """
        answers = {answer.id: answer for answer in (self.baseline, *self.variants)}
        if variant not in answers:
            raise KeyError(f"{variant}: {', '.join(answers)}")
        return answers[variant]


def run(
    study: Study,
    changes: Changes | None = None,
    *,
    only: Collection[str] | None = None,
) -> Run:
    """Run the baseline and the variants of a study.

    Parameters
    ----------
    study : Study
    changes : mapping of path to text or number, optional
        What is set in every policy before everything else, as ``--set`` does.
    only : collection of str, optional
        The variants to run; all where it is left out.

    Returns
    -------
    Run
        An answer for each: one that cannot pay, or cannot be computed, stops no other.

    Raises
    ------
    DocumentError, TableError
        With all that is wrong with the policy and its table, or with what variants change in
        them; for ids of `only` that no variant has.

    Examples
    --------
    >>> from scenarios import load_study
    >>> study = load_study("examples/studies/three.yaml")
    >>> found = run(study, only=["west_up"])
    >>> found["west_up"].allocation.total.tolist()  # (N,) int64, quanta
    [380, 500, 600, 440]
    >>> run(study, {"budget.amount": "1000"}).baseline.status
    'rejected'
    """
    check_ids(study, only or ())
    settings, gathering = Settings(study, changes or {}), Gathering()
    baseline = settings.of(())
    title = study.model.baseline.title or BASELINE
    if study.model.constraints or study.model.measures:
        settings.beside = figures_of(answers([(BASELINE, title, baseline)])[0])
        with gathering:
            baseline = settings.of(())
        if gathering.errors:
            settings.beside = None  # what is wrong with the variants is told as well
    wanted = [name for name in study.model.variants if only is None or name in only]
    named = [(BASELINE, title, baseline)]
    for name in wanted:
        title = study.model.variants[name].title or name
        with gathering:
            named.append((name, title, settings.of(steps_of(study, name))))
    gathering.tell()
    first, *others = answers(named)
    return Run(study, settings, first, tuple(others))


def check_ids(study: Study, only: Collection[str]) -> None:
    """Refuse variants that the study does not have."""
    known = study.model.variants
    words = ({"text": name, "known": tuple(known)} for name in only if name not in known)
    if faults := [Fault("study.unknown_variant", study.place("variants"), each) for each in words]:
        raise DocumentError(faults)


class Gathering(AbstractContextManager["Gathering"]):
    """Gathers what is wrong in several places, to tell all of it at once."""

    def __init__(self) -> None:
        self.errors: list[FaultsError] = []

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        """Keep an error that says what is wrong with an input."""
        if not isinstance(error, FaultsError) or error.answer_is_no:
            return False
        self.errors.append(error)
        return True

    def tell(self) -> None:
        """Raise what was gathered, each fault once."""
        found = [fault for error in self.errors for fault in error.faults]
        once = {fault.text(LANGUAGES[0]): fault for fault in found}
        if once:
            raise type(self.errors[0])(once.values())


def figures_of(answer: Answer) -> Beside:
    """Return the baseline's figures as formulas of variants see them."""
    if answer.status == "invalid":
        why = Phrase(answer.faults[0].code, answer.faults[0].values)
        return answer.setting.policy.lacking(BASELINE, why)
    return answer.allocation.beside(BASELINE)


def answers(named: Sequence[tuple[str, str, Setting]]) -> list[Answer]:
    """Run settings, those of one policy and one table as one batch; answers in their order.

    Parameters
    ----------
    named : sequence of (id, title, setting)
    """
    together: dict[tuple[int, int], list[int]] = {}
    for place, (_, _, setting) in enumerate(named):
        together.setdefault((id(setting.policy), id(setting.districts)), []).append(place)
    found: dict[int, Answer] = {}
    for places in together.values():
        shared = named[places[0]][2]
        moves = [named[place][2].moves for place in places]
        batch = shared.batches.run(moves)
        for row, place in enumerate(places):
            name, title, setting = named[place]
            found[place] = Answer(name, title, setting, batch, row)
    return [found[place] for place in range(len(named))]
