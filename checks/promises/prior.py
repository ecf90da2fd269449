"""Promises about last year: nobody falls below what is guaranteed, nobody grows beyond the cap."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from msgspec import Struct

from checks.promises.moving import Worst, Wrong
from checks.runs import Paid
from checks.subject import Subject
from checks.trial import UNTRIED, Asked, Promise, Trial
from transfers.formula.nodes import Binary, Convert, Name, Node
from transfers.messages import Phrase


def _hold_harmless(asked: Asked) -> Trial:
    """Compare amounts with last year's: nobody gets less than the guaranteed part of them.

    That part is what the document says at the promise, and all of it where it says nothing. Who
    has no amount of last year is not held against anything. Where `next` says of which grants last
    year's amounts come, those are compared, else all grants together.
    """
    (paid,) = yield [asked.case]
    share = _share(asked, "hold_harmless")
    part = Fraction(1) if share is None else share
    worst = Worst(asked)
    if paid.done:
        worst.see(paid, None, _held(asked, paid, part))
    return worst.judged()


def _held(asked: Asked, paid: Paid, part: Fraction) -> Iterator[Wrong]:
    for each in _with_last(asked, paid):
        if each.last > 0:
            least = part * each.last
            yield Wrong(each.row, each.amount, least, least - each.amount, grant=each.grant)


def _growth_cap(asked: Asked) -> Trial:
    """Compare amounts with last year's: nobody gets more than the cap allows.

    The cap is what the document says at the promise; without it nothing is compared. A district
    that got nothing last year gets nothing; one without such a figure is not held against any.
    Where `next` says of which grants last year's amounts come, those are compared.
    """
    share = _share(asked, "growth_cap")
    if share is None:
        return UNTRIED
    (paid,) = yield [asked.case]
    worst = Worst(asked)
    if paid.done:
        worst.see(paid, None, _capped(asked, paid, 1 + share))
    return worst.judged()


def _capped(asked: Asked, paid: Paid, times: Fraction) -> Iterator[Wrong]:
    for each in _with_last(asked, paid):
        most = times * each.last
        yield Wrong(each.row, each.amount, most, each.amount - most, grant=each.grant)


def _share(asked: Asked, promise: str) -> Fraction | None:
    """Return what part of last year's amounts is meant: asked for, or what the document says."""
    return _stated(asked.subject, promise) if asked.share is None else asked.share


def _stated(subject: Subject, promise: str) -> Fraction | None:
    return next((rule.share for rule in subject.policy.promises if rule.name == promise), None)


def _has_no_cap(subject: Subject) -> Phrase | None:
    stated = _stated(subject, "growth_cap") is not None
    return None if stated else Phrase("checks.no_growth_cap")


class _Last(Struct, frozen=True):
    """What a district gets and what it got last year of the same grants: quanta."""

    row: int
    amount: int
    last: Fraction
    grant: str = ""


def _with_last(asked: Asked, paid: Paid) -> Iterator[_Last]:
    """Yield what districts get beside what they got last year, for each input of last year."""
    table, subject = paid.case.table, asked.subject
    for prior, grants in _compared(subject).items():
        counted = None if grants is None else [g for g in grants if g not in asked.waived]
        if table.items(prior) != 1 or counted == []:
            continue
        amounts = asked.total(paid)
        if counted is not None:
            amounts = tuple(map(sum, zip(*map(paid.amounts, counted), strict=True)))
        grant = counted[0] if counted is not None and len(counted) == 1 else ""
        for row, amount in enumerate(amounts):
            figure = table.number(prior, row)
            last = None if figure is None else subject.quanta_of(prior, figure)
            if last is not None:
                yield _Last(row, amount, last, grant)


def _compared(subject: Subject) -> dict[str, tuple[str, ...] | None]:
    """Return of which grants last year's amounts are, by input; None for all of them together.

    The document says so where its `next` makes an input of a grant, or of grants added up.
    Otherwise an input is of all of them, if it is the only one of last year.
    """
    priors = subject.with_role("prior")
    said = {rule.name: _added(subject, rule.formula.node) for rule in subject.policy.next}
    found: dict[str, tuple[str, ...] | None] = {}
    for prior in priors:
        grants = said.get(prior, _UNSAID)
        if grants or len(priors) == 1 or grants == _TOTAL:
            found[prior] = grants or None
    return found


_TOTAL: Final = ()
_UNSAID: Final = None


def _added(subject: Subject, node: Node) -> tuple[str, ...] | None:
    """Return the grants that a formula adds up, none for `total`; None for any other formula."""
    match node:
        case Convert(operand=operand):
            return _added(subject, operand)
        case Name(name="total"):
            return _TOTAL
        case Name(name=name) if any(rule.name == name for rule in subject.policy.grants):
            return (name,)
        case Binary(operator="+", left=left, right=right):
            sides = _added(subject, left), _added(subject, right)
            return (*sides[0], *sides[1]) if sides[0] and sides[1] else _UNSAID
        case _:
            return _UNSAID


HOLD_HARMLESS = Promise(
    *("hold_harmless", "policy", _hold_harmless, Fraction(1)),
    roles=(("prior",),),
    method="41",
)
GROWTH_CAP = Promise(
    "growth_cap",
    "policy",
    _growth_cap,
    Fraction(1),
    roles=(("prior",),),
    method="41",
    idle=_has_no_cap,
)
