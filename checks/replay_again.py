"""A counter-example that is tried again: with the policy it was saved with, and with today's."""

from __future__ import annotations

import csv
import io
import os
from typing import Literal

from msgspec import Struct

from checks.asking import Asked, asked_promises
from checks.replay import BEFORE, EXPECTED, REPLAY, Saved, case_of, digest, read_replay
from checks.replay_files import expected_csv, number_of
from checks.report import CounterExample
from checks.runs import Case, Paid
from checks.search.responsible import line_responsible
from checks.search.rounds import held
from checks.subject import Subject
from checks.trial import Broken
from transfers import DocumentError, Fault, FaultsError, Policy, load_policy, messages
from transfers.documents.yaml_source import read_text
from transfers.errors import Place

Status = Literal["broken", "held", "not_exercised"]


class Today(Struct, frozen=True):
    """The policy that a replay has a copy of, as it stands now.

    Parameters
    ----------
    saved, now : str
        Digests of both documents, short.
    status : "broken", "held", "not_exercised" or "no_fit"
        What becomes of the table with it; the last where it cannot be run with it.
    """

    file: str
    saved: str
    now: str
    status: Literal["broken", "held", "not_exercised", "no_fit"]


class Replayed(Struct, frozen=True, eq=False):
    """What came of a counter-example when it was tried again.

    Parameters
    ----------
    status : "broken", "held" or "not_exercised"
    changed : bool
        Whether districts get other amounts before than they did.
    today : Today, optional
        The policy that was copied, where it is another by now.
    example : CounterExample, optional
        How it still breaks its promise.
    """

    folder: str
    policy: Policy
    promise: str
    title: str | messages.Phrase
    says: str | messages.Phrase
    status: Status
    changed: bool
    example: CounterExample | None = None
    today: Today | None = None


def replay(folder: str) -> Replayed:
    """Try a counter-example again, with the policy as it is now.

    Raises
    ------
    DocumentError, TableError
        The folder, its policy or its table is wrong.
    """
    saved = read_replay(folder)
    policy = load_policy(os.path.normpath(os.path.join(folder, saved.policy)), saved.set)
    subject, asked, case = _asked_again(folder, saved, policy)
    status, broken = _judged(subject, asked, case)
    (paid,) = subject.runs.run([case])
    example = None
    if broken is not None:
        at = line_responsible(subject, case, broken)
        example = CounterExample(case, broken, "saved", len(case.table), at, folder)
    changed = _before(os.path.join(folder, EXPECTED)) != _before_now(policy, paid)
    says = asked.promise.says if asked.kind != "own" else asked.title
    about = (saved.promise, asked.title, says, status, changed)
    return Replayed(folder, policy, *about, example, _today(folder, saved, policy))


def _asked_again(folder: str, saved: Saved, policy: Policy) -> tuple[Subject, Asked, Case]:
    """Return the promise and the case of a replay, for a policy.

    Raises
    ------
    DocumentError
        The policy knows no such promise, or the table is none for it.
    """
    case = case_of(folder, saved, policy)
    if case is None:
        raise DocumentError([Fault("search.replay_table", Place(os.path.join(folder, BEFORE)))])
    subject = Subject(policy, None, number_of(saved.tolerance))
    asked = next(iter(asked_promises(subject, [saved.promise])), None)
    if asked is None:
        place = Place(os.path.join(folder, REPLAY), path="promise")
        words: dict[str, object] = {"promise": saved.promise}
        raise DocumentError([Fault("search.replay_promise", place, words)])
    return subject, asked, case


def _judged(subject: Subject, asked: Asked, case: Case) -> tuple[Status, Broken | None]:
    ((judged, _),) = held(subject, [(asked.hunted.wanted, case)])
    if judged.broken is not None:
        return "broken", judged.broken
    return ("held" if judged.count else "not_exercised"), None


def _today(folder: str, saved: Saved, policy: Policy) -> Today | None:
    """Try a table with the policy that was copied, where it says something else by now."""
    file = os.path.normpath(os.path.join(folder, saved.source))
    if not saved.source or not os.path.isfile(file):
        return None
    text = read_text(file)
    digests = (digest(policy.document.source.text), digest(text))
    if digests[0] == digests[1]:
        return None
    try:
        status, _ = _judged(*_asked_again(folder, saved, load_policy(file, saved.set)))
    except FaultsError:
        return Today(file, *digests, "no_fit")
    return Today(file, *digests, status)


def _before(file: str) -> list[list[str]]:
    """Return what districts were paid before, as it was written down."""
    try:
        rows = list(csv.reader(io.StringIO(read_text(file).removeprefix("\ufeff"))))
    except DocumentError:
        return []
    count = (
        sum(heading == "key" or heading.startswith("before.") for heading in rows[0]) if rows else 0
    )
    keys = [row for row in rows[1:] if any(row[1:count])]
    return [row[:count] for row in [*rows[:1], *keys]]


def _before_now(policy: Policy, paid: Paid) -> list[list[str]]:
    text = expected_csv(policy, paid, None).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))
