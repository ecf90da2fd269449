"""The line of a policy that is responsible for what breaks a promise, as far as can be told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from checks.divided import Divided
from checks.runs import Case, Paid
from checks.search.edges import sides_of
from checks.subject import Subject
from checks.trial import Broken
from transfers import Policy
from transfers.errors import Place
from transfers.policy.rules import DivisionRule, Path
from transfers.standing import standings

_CAPS: Final = ("cap", "fixed")
_FLOORS: Final = ("floor", "fixed")


def line_responsible(subject: Subject, case: Case, broken: Broken) -> Place:
    """Return where the policy says what leads to a break.

    The first that is known of: what the promise itself knows; where two runs are compared, the
    part of a formula that decides otherwise before and after; a shortage or a bound that holds
    the amount; how the grant is divided that moves most, or pays most.
    """
    policy = subject.policy
    if broken.path is not None:
        return place_of(policy, broken.path)
    again = [case for case in (broken.before.case, _after(broken)) if case is not None]
    paid = [subject.runs.run([case])[0] for case in again]
    if not all(one.done for one in paid):
        return place_of(policy, _first_grant(policy).path)
    rows = _rows(broken)
    if len(paid) == 1:
        return place_of(policy, _alone(policy, broken, paid[0]))
    decided = _decided(subject, paid, rows)
    if decided is not None:
        return decided
    grant = _grant(policy, broken, paid, rows)
    return place_of(policy, _bound(grant, paid[0], rows) or _division(policy, grant))


def place_of(policy: Policy, path: Path) -> Place:
    """Return where a path of the document stands; the entry above it where it does not."""
    return policy.document.place(*path)


def _after(broken: Broken) -> Case | None:
    return None if broken.after is None else broken.after.case


def _rows(broken: Broken) -> list[tuple[int, int]]:
    """Return places of districts before and after, the one that is wronged first."""
    before = broken.before.case.table.keys
    after = before if broken.after is None else broken.after.case.table.keys
    found = [(row, after.index(key)) for row, key in enumerate(before) if key in after]
    return sorted(found, key=lambda pair: pair[0] != broken.row)


def _decided(
    subject: Subject, paid: Sequence[Paid], rows: Sequence[tuple[int, int]]
) -> Place | None:
    """Return the first part of a formula on whose other side a district is afterwards."""
    policy, thresholds = subject.policy, subject.thresholds
    if not thresholds:
        return None
    for row, later in rows:
        (before,) = sides_of(thresholds, paid[:1], [row])
        (after,) = sides_of(thresholds, paid[1:], [later])
        assert before is not None
        assert after is not None
        for threshold, was, now in zip(thresholds, before, after, strict=True):
            if was != now and _moves(policy, threshold.path, paid):
                return policy.document.value_place(threshold.path, threshold.node.start)
    return None


def _moves(policy: Policy, path: Path, paid: Sequence[Paid]) -> bool:
    """Tell whether the grant that a path is in pays otherwise; what is in none may always count."""
    grant = next((grant for grant in policy.grants if grant.path == path[: len(grant.path)]), None)
    if grant is None:
        return True
    before, after = (one.amounts(grant.name) for one in paid)
    return sorted(before) != sorted(after)


def _grant(
    policy: Policy, broken: Broken, paid: Sequence[Paid], rows: Sequence[tuple[int, int]]
) -> DivisionRule:
    """Return the grant that is at fault, or moves most for the district that is wronged."""
    named = next((grant for grant in policy.grants if grant.name == broken.grant), None)
    if named is not None:
        return named

    def moves(grant: DivisionRule) -> int:
        amounts = [one.amounts(grant.name) for one in paid]
        told = rows[:1] if broken.row is not None else rows
        return sum(abs(amounts[-1][later] - amounts[0][row]) for row, later in told)

    return max(policy.grants, key=moves)


# -- judged on one run -----------------------------------------------------------------------------


def _alone(policy: Policy, broken: Broken, paid: Paid) -> Path:
    """Return the line for what a run by itself breaks, with nothing that could have moved.

    Too little: where floors or claims were cut because money was short, then a cap. Too much: a
    floor or a fixed value. Of several grants the one that pays most; where none has such a line,
    how that one is divided.
    """
    names = {broken.grant} if broken.grant else set(broken.about)
    grants = [grant for grant in policy.grants if not names or grant.name in names]
    rows = range(len(paid.case.table)) if broken.row is None else (broken.row,)
    too_little = broken.figure < broken.limit

    def pays(grant: DivisionRule) -> int:
        amounts = paid.amounts(grant.name)
        whose = range(len(amounts)) if too_little else rows
        return sum(abs(amounts[row]) for row in whose)

    by_money = sorted(grants or policy.grants, key=pays, reverse=True)
    told = standings(paid.allocation)
    wronged = {grant.name: [told[grant.name][row] for row in rows] for grant in by_money}
    if too_little:
        for grant in by_money:
            scaled = Divided(paid, grant).scaled.intersection(rows)
            if scaled or "compressed" in wronged[grant.name]:
                return (*grant.path, "if_short")
    for grant in by_money:
        bounds = _CAPS if too_little else _FLOORS
        found = next((bound for bound in wronged[grant.name] if bound in bounds), None)
        if found is not None:
            return (*grant.path, found)
    return _division(policy, by_money[0])


# -- lines -----------------------------------------------------------------------------------------


def _bound(grant: DivisionRule, paid: Paid, rows: Sequence[tuple[int, int]]) -> Path | None:
    """Return the floor or the cap that the district which is wronged is at."""
    told = standings(paid.allocation).get(grant.name, ())
    for row, _ in rows[:1]:
        if told[row : row + 1] in (("floor",), ("cap",), ("fixed",)):
            return (*grant.path, told[row])
    return None


def _division(policy: Policy, grant: DivisionRule) -> Path:
    """Return the line that says by what a grant is divided."""
    for key in ("share", "claim", "level"):
        if getattr(grant, key) is not None:
            return (*grant.path, key)
    return grant.path


def _first_grant(policy: Policy) -> DivisionRule:
    return policy.grants[0]
