"""A counter-example that was tried again: what becomes of it with the policy as it is now."""

from __future__ import annotations

from checks.answer import Answer, Checked
from checks.replay import read_replay
from checks.replay_again import Replayed
from checks.report import Report, Verdict
from checks.reports.example import break_lines
from checks.reports.words import Words
from transfers.documents.promises import PROMISES
from transfers.messages import printable
from transfers.output.terminal import wrapped


def replayed_view(found: Replayed, language: str, columns: int = 80) -> str:
    """Return it as text."""
    words = Words(found.policy, language)
    verdict = verdict_of(found)
    named = {"title": words.title(verdict), "id": found.promise}
    head = [
        words.say("title", title=printable(found.policy.title)),
        words.say("replay_of", folder=printable(found.folder)),
        "",
    ]
    if found.example is not None:
        head += [words.say("breaks", **named), *break_lines(verdict, words, columns)]
    else:
        head += wrapped(words.say(f"replay_{found.status}", **named), columns)
    if found.changed:
        head += wrapped(words.say("replay_changed"), columns)
    if found.today is not None:
        today = found.today
        values = {"file": printable(today.file), "saved": today.saved, "now": today.now}
        told = words.say("replay_policy_changed", **values)
        head += wrapped(words.joined([told, words.say(f"replay_today_{today.status}")]), columns)
    return "\n".join(head)


def answer_of(found: Replayed) -> Answer:
    """Return it as the answer of a check of this promise alone."""
    file = found.policy.document.source.file
    report = Report(file, found.policy, (verdict_of(found),))
    return Answer((Checked(file, report),))


def verdict_of(found: Replayed) -> Verdict:
    """Return what is to be said of the promise; what was not exercised does not fail."""
    exercised = found.status != "not_exercised"
    return Verdict(
        found.promise,
        found.title,
        found.says,
        PROMISES.get(found.promise, "own"),
        found.status,
        exercised,
        int(exercised),
        example=found.example,
        tolerance=read_replay(found.folder).tolerance,
    )
