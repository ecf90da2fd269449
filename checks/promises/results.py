"""Promises about what districts have afterwards: nobody overtakes, and gaps do not widen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TypeVar

from msgspec import Struct

from checks.promises.kinds import together
from checks.promises.moving import Worst, Wrong
from checks.runs import Paid
from checks.trial import Asked, Promise, Trial
from transfers.messages import Phrase

Number = TypeVar("Number", Fraction, float)


class Means(Struct, frozen=True):
    """What one district has: its place, own revenue and amount in quanta, heads."""

    row: int
    own: Fraction
    amount: int
    heads: Fraction

    @property
    def before(self) -> Fraction:
        """Own revenue per head."""
        return self.own / self.heads

    @property
    def after(self) -> Fraction:
        """Own revenue and amount per head."""
        return (self.own + self.amount) / self.heads


def means_of(asked: Asked, paid: Paid) -> list[Means]:
    """Return what districts have that have revenue and people; others are left out."""
    subject, table = asked.subject, paid.case.table
    revenues, people = subject.with_role("own_revenue"), subject.population
    if people is None or any(table.items(name) != 1 for name in (*revenues, people)):
        return []
    found = []
    for row, amount in enumerate(asked.total(paid)):
        figures = [table.number(name, row) for name in revenues]
        money = [
            None if figure is None else subject.quanta_of(name, figure)
            for name, figure in zip(revenues, figures, strict=True)
        ]
        known = [each for each in money if each is not None]
        heads = table.number(people, row)
        if heads and heads > 0 and len(known) == len(money):
            found.append(Means(row, sum(known, Fraction(0)), amount, heads))
    return found


# -- no re-ranking ---------------------------------------------------------------------------------


def _no_re_ranking(asked: Asked) -> Trial:
    """Compare districts of equal need: the poorer per head before is not the richer after.

    Need that is counted (persons, money) is equal per head; any other as it stands. The last
    quantum of both districts does not matter.
    """
    (paid,) = yield [asked.case]
    worst = Worst(asked)
    if paid.done:
        worst.see(paid, None, _overtaken(asked, paid))
    return worst.judged()


def _overtaken(asked: Asked, paid: Paid) -> Iterator[Wrong]:
    """Yield of each district the poorer one of equal need that is the richest afterwards."""
    groups: dict[object, list[Means]] = {}
    for each in means_of(asked, paid):
        groups.setdefault(_need(asked, paid, each), []).append(each)
    table = paid.case.table
    for group in groups.values():
        group.sort(key=lambda each: each.before)
        poorer: Means | None = None
        waiting: list[Means] = []
        for richer in group:
            if waiting and waiting[0].before < richer.before:
                known = [*waiting, *([] if poorer is None else [poorer])]
                poorer = max(known, key=lambda each: each.after - asked.tolerance / each.heads)
                waiting = []
            waiting.append(richer)
            if poorer is None:
                continue
            most = richer.own + richer.amount + asked.tolerance
            limit = most * poorer.heads / richer.heads - poorer.own
            words = {"one": table.name(poorer.row), "other": table.name(richer.row)}
            how = Phrase("checks.overtakes", words)
            yield Wrong(poorer.row, poorer.amount, limit, poorer.amount - limit, how)


def _need(asked: Asked, paid: Paid, means: Means) -> object:
    """Return what a district needs, so that it compares with others."""
    table, kinds = paid.case.table, together(asked.subject)
    found = []
    for name in asked.subject.with_role("need"):
        for item in range(table.items(name)):
            figure = table.number(name, means.row, item)
            per_head = figure is not None and kinds[name] == "adds"
            found.append(figure / means.heads if figure is not None and per_head else figure)
    return tuple(found)


# -- equalising ------------------------------------------------------------------------------------


def _equalising(asked: Asked) -> Trial:
    """Compare Gini coefficients of resources per head, weighted by people: not greater after.

    The excess is money: by how many quanta for each district the gaps between districts are
    wider than they would be if they had grown with the means of all.
    """
    (paid,) = yield [asked.case]
    worst = Worst(asked)
    if paid.done:
        worst.see(paid, None, _wider(means_of(asked, paid)))
    return worst.judged()


def _wider(found: Sequence[Means]) -> Iterator[Wrong]:
    if len(found) < 2 or any(each.own < 0 or each.own + each.amount < 0 for each in found):
        return
    heads = [each.heads for each in found]
    before, after = (
        [each.own for each in found],
        [each.own + each.amount for each in found],
    )
    own, means = sum(before), sum(after)
    if not own or not means:
        return
    people = sum(heads)
    apart, still = gaps(before, heads), gaps(after, heads)
    excess = (still - apart / own * means) / people / len(found)
    words = {"before": apart / own / people, "after": still / means / people}
    yield Wrong(None, *(words["after"], words["before"]), excess, Phrase("checks.gini", words))


def gaps(money: Sequence[Number], heads: Sequence[Number]) -> Number:
    """Return the gaps per head between all pairs of districts, times the people of both.

    Divided by all people and all money it is the Gini coefficient, weighted by people.
    """
    order = sorted(range(len(money)), key=lambda row: money[row] / heads[row])
    total = money[0] * 0
    people = heads[0] * 0
    below = money[0] * 0
    for row in order:
        total += people * money[row] - heads[row] * below
        people += heads[row]
        below += money[row]
    return total


NO_RE_RANKING = Promise(
    *("no_re_ranking", "policy", _no_re_ranking, Fraction(1)),
    roles=(("own_revenue",), ("population",), ("need",)),
    method="41",
)
EQUALISING = Promise(
    *("equalising", "policy", _equalising, Fraction(1)),
    roles=(("own_revenue",), ("population",)),
    method="29, 41",
)
