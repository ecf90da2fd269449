"""What a check found: a verdict on each promise, with the smallest table that breaks it."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

from checks.promises.reported import Consistency, Progressivity
from checks.runs import Case
from checks.trial import Broken, Kind
from transfers import Finding, Policy
from transfers.errors import Place
from transfers.messages import Phrase

Status = Literal["held", "broken", "not_exercised", "waived"]

Stage = Literal["saved", "real", "thresholds", "tiny", "random"]
"""Where tables come from, in this order: saved counter-examples, the policy's own table, tables
at the edges of its rules, every tiny table, random ones."""


_FEW = 100
"""Comparisons below which a promise that held is told to have been tried too little."""


class Waived(Struct, frozen=True):
    """Why a policy need not keep a promise.

    Parameters
    ----------
    until : str
        The last day on which this counts; "" where it does not end.
    grant : str
        Whose amounts it is about; "" for all.
    expired : bool
        Past that day: then it no longer counts.
    needed : bool
        Whether a table was found that breaks the promise.
    """

    reason: str
    until: str = ""
    grant: str = ""
    expired: bool = False
    needed: bool = True
    place: Place = Place()


class OnReal(Struct, frozen=True, eq=False):
    """How the policy's own table breaks a promise.

    Parameters
    ----------
    worst : tuple of Broken
        Of the districts for which it is broken the worst, at most five, the worst first.
    count : int
        How many districts there are.
    """

    worst: tuple[Broken, ...]
    count: int


class CounterExample(Struct, frozen=True, eq=False):
    """The smallest table that was found to break a promise.

    Parameters
    ----------
    case : Case
        The table, with the numbers of the document that are not the document's.
    broken : Broken
        What districts get before and after, and who gets too much or too little.
    stage : str
        Where the table it was shrunk from was found.
    first_size : int
        Districts of that table.
    place : Place
        The line of the policy that is responsible.
    replay : str
        The folder that shows it again; "" where none was written.
    """

    case: Case
    broken: Broken
    stage: Stage
    first_size: int
    place: Place = Place()
    replay: str = ""


class Verdict(Struct, frozen=True, eq=False):
    """What is to be said of one promise.

    Parameters
    ----------
    promise : str
        Its id.
    title, says : Phrase or str
        What people call it, and its meaning in a sentence.
    kind : "arithmetic", "policy" or "own"
        Own: a statement of the document.
    gates : bool
        Whether the check fails if it is broken.
    count : int
        Comparisons that could have broken it: 0 where it was not exercised.
    why : Phrase, optional
        Why it was not exercised.
    tolerance : str
        In quanta.
    place : Place
        Where the document lists it, or declares the policy.
    written : bool
        Whether the document lists it, though it would gate without that.
    by_grant : int
        How many grants the tolerance counts, each as much; 0 where it is told for all together.
    on_real : OnReal, optional
        Where the policy's own table breaks it.
    """

    promise: str
    title: Phrase | str
    says: Phrase | str
    kind: Kind | Literal["own"]
    status: Status
    gates: bool
    count: int = 0
    why: Phrase | None = None
    example: CounterExample | None = None
    waived: Waived | None = None
    tolerance: str = "0"
    method: str = ""
    place: Place = Place()
    written: bool = False
    on_real: OnReal | None = None
    by_grant: int = 0

    @property
    def fails(self) -> bool:
        """Whether the check fails because of it: broken or, where it is listed, never exercised."""
        if not self.gates:
            return False
        return self.status == "broken" or (self.status == "not_exercised" and self.listed)

    @property
    def few(self) -> bool:
        """Whether it gates and held, but was held against too little for that to say much."""
        return self.gates and self.status == "held" and self.count < _FEW

    @property
    def listed(self) -> bool:
        """Whether the document lists it: a promise of arithmetic gates without that."""
        return self.gates and (self.written or self.kind != "arithmetic")


class Searched(Struct, frozen=True):
    """What one stage of the search tried."""

    stage: Stage
    tables: int
    runs: int
    cut: bool = False


class Report(Struct, frozen=True, eq=False):
    """What a check of one policy found.

    Parameters
    ----------
    verdicts : tuple of Verdict
        Promises of arithmetic, then of policy, then those of the document's own.
    tests : tuple
        What came of the policy's tests (:class:`checks.policy_tests.TestResult`).
    findings : tuple of Finding
        What a run of the policy on its own table has to say.
    progressivity, consistency : optional
        What is told of its own table, and gates nothing.
    seconds : float
        The time it was given. `cut`: it ran out, so that another machine may try other tables.
    tableless : bool
        Whether it was checked on made tables only, as the call wanted.
    """

    file: str
    policy: Policy
    verdicts: tuple[Verdict, ...]
    searched: tuple[Searched, ...] = ()
    tests: tuple[Any, ...] = ()
    findings: tuple[Finding, ...] = ()
    seed: int = 0
    seconds: float = 30.0
    progressivity: Progressivity | None = None
    consistency: Consistency | None = None
    tableless: bool = False

    @property
    def cut(self) -> bool:
        """Whether time ran out before all tables were tried."""
        return any(stage.cut for stage in self.searched)

    @property
    def few(self) -> tuple[Verdict, ...]:
        """The promises that gate and held on too little: all where no made table was reached."""
        reached = {stage.stage for stage in self.searched if stage.tables}
        none_made = not reached & {"tiny", "random"}
        return tuple(
            verdict
            for verdict in self.verdicts
            if verdict.few or (none_made and verdict.gates and verdict.status == "held")
        )

    @property
    def exercised(self) -> bool:
        """Whether anything was checked at all."""
        return any(verdict.count for verdict in self.verdicts) or bool(self.tests)

    @property
    def failed(self) -> bool:
        """Whether the answer is no."""
        tests = any(test.status != "passed" for test in self.tests)
        return tests or any(verdict.fails for verdict in self.verdicts)
