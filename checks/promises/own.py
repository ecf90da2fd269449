"""The statements of a document's own among its promises: held against every case by itself."""

from __future__ import annotations

from fractions import Fraction

from checks.runs import Paid
from checks.trial import UNTRIED, Asked, Broken, Judged, Promise, Trial
from transfers.formula.nodes import Name, walk
from transfers.judging import SIGNS, Breach, Judgement, RuleResult, judge
from transfers.messages import Phrase
from transfers.policy.promises import PromiseRule


def own_promise(rule: PromiseRule) -> Promise:
    """Return a statement of a document as a promise.

    Parameters
    ----------
    rule : PromiseRule
        With a formula.
    """
    stated = Stated(rule)
    return Promise(rule.name, "policy", stated.trial, method="28, 39")


class Stated:
    """A statement, and what it came to in the block that was looked at last."""

    def __init__(self, rule: PromiseRule) -> None:
        assert rule.statement is not None
        self._rule, self._statement = rule, rule.statement
        self._block: object = None
        self._judgement: Judgement | None = None

    def trial(self, asked: Asked) -> Trial:
        """Hold the statement against what a case pays, district by district or as a whole."""
        (paid,) = yield [asked.case]
        if not paid.done:
            return UNTRIED
        verdicts = self._verdicts(paid)
        applied = [row for row, verdict in enumerate(verdicts) if verdict in (0, 1)]
        if all(verdicts[row] for row in applied):
            return Judged(len(applied))
        each = self._each(paid)
        return Judged(len(applied), each[0], each)

    def _verdicts(self, paid: Paid) -> list[int]:
        """Return 1 where it holds, 0 where it is broken, others where nothing can be said."""
        assert paid.batch is not None
        at = paid.batch.rows[paid.place]
        assert at.block is not None
        if at.block is not self._block:
            self._block, self._judgement = at.block, judge(at.block, self._statement)
        assert self._judgement is not None
        return [int(verdict) for verdict in self._judgement.of(at.scenario)]

    def _each(self, paid: Paid) -> tuple[Broken, ...]:
        """Say where it is broken, most of all first, and by how much: both sides in their unit."""
        result = paid.allocation.promised(self._rule.name)
        assert result is not None
        found = result.broken or (None,)
        return tuple(self._broken(paid, result, breach) for breach in found)

    def _broken(self, paid: Paid, result: RuleResult, breach: Breach | None) -> Broken:
        row = None if breach is None else paid.case.table.keys.index(breach.key)
        about = self._grants(paid)
        path = None if about else self._rule.path
        margin = result.compared if breach is None else breach.margin
        if margin is None or margin.left is None or margin.right is None or margin.margin is None:
            return Broken(paid, None, row, excess=Fraction(1), path=path, about=about)
        words = {
            "left": margin.side(margin.left),
            "sign": SIGNS[margin.operator],
            "right": margin.side(margin.right),
        }
        how = Phrase("search.does_not_hold", words)
        sides = (margin.left, margin.right, abs(margin.margin))
        return Broken(paid, None, row, "", *sides, how=how, path=path, about=about)

    def _grants(self, paid: Paid) -> tuple[str, ...]:
        """Return the grants that the statement speaks of: all of them where of their total."""
        assert self._rule.formula is not None
        parts = [part.name for part in walk(self._rule.formula.node) if isinstance(part, Name)]
        heads = {name.partition(".")[0] for name in parts}
        grants = tuple(grant.name for grant in paid.allocation.policy.grants)
        return grants if "total" in heads else tuple(name for name in grants if name in heads)
