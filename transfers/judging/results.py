"""What the rules about the outcome came to in one scenario, and the findings that say so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from transfers import messages
from transfers.errors import Place, TooLongError
from transfers.findings import Finding, Severity
from transfers.formula.nodes import Compare
from transfers.judging.judge import BROKEN, HOLDS, NOT_APPLICABLE, UNKNOWN, Judgement
from transfers.judging.margins import SIGNS, Comparison, Margin, comparisons, margins, worst
from transfers.messages import Phrase
from transfers.policy.rules import Formula

if TYPE_CHECKING:
    from transfers.block import Block

Status = Literal["holds", "broken", "not_applicable", "unknown"]
Members = NDArray[np.intp]

MOST_NAMED = 10
_STATUS: Mapping[int, Status] = {
    BROKEN: "broken",
    UNKNOWN: "unknown",
    HOLDS: "holds",
    NOT_APPLICABLE: "not_applicable",
}
"""Verdict -> status; of a rule per district the first that a district has counts for all."""


class Breach(Struct, frozen=True):
    """A district that breaks a rule; `margin` is None where there is none to tell."""

    key: str
    name: str
    margin: Margin | None


class RuleResult(Struct, frozen=True):
    """What one rule came to.

    Parameters
    ----------
    that, applies : str
        The formulas, as the document has them; "" where it always applies.
    status : "holds", "broken", "not_applicable" or "unknown"
    compared : Margin or None
        The comparison that decides: the worst of those broken, else the one nearest to it.
    district : str
        Name of the district where that is; "" for a rule about the whole.
    broken : tuple of Breach
        Districts that break the rule, the worst first.
    counts : mapping of status to int
        Of a rule per district: how many districts.
    cause : Phrase or None
        Why it is unknown.
    """

    id: str
    title: str
    source: str
    note: str
    level: Literal["hard", "warn"]
    that: str
    applies: str
    status: Status
    compared: Margin | None = None
    district: str = ""
    broken: tuple[Breach, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    cause: Phrase | None = None
    place: Place = Place()

    @property
    def left(self) -> Fraction | None:
        """The left side of the comparison, in `unit`."""
        return None if self.compared is None else self.compared.left

    @property
    def right(self) -> Fraction | None:
        """The right side of the comparison, in `unit`."""
        return None if self.compared is None else self.compared.right

    @property
    def margin(self) -> Fraction | None:
        """How far it holds (above 0) or is broken (below 0), in `unit`."""
        return None if self.compared is None else self.compared.margin

    @property
    def unit(self) -> str:
        """The unit of both sides and the margin."""
        if self.compared is None:
            return ""
        return messages.said(self.compared.unit, messages.preferred_language())

    @property
    def kept(self) -> bool:
        """Whether nothing stands against it: it holds or does not apply."""
        return self.status in ("holds", "not_applicable")


def rule_result(block: Block, scenario: int, name: str) -> RuleResult:
    """Return what one rule came to in a scenario."""
    return told(block, scenario, block.judgements[name])


def status_of(judgement: Judgement, scenario: int) -> Status:
    """Return what a judgement comes to in a scenario: what counts first, for all."""
    verdicts = {*judgement.of(scenario).tolist()}
    return next(status for code, status in _STATUS.items() if code in verdicts)


def told(block: Block, scenario: int, judgement: Judgement) -> RuleResult:
    """Return what a judgement, of a rule or of any other statement, says of a scenario."""
    return _Teller(block, scenario, judgement).result()


def worst_margin(block: Block, scenario: int, name: str) -> Margin | None:
    """Return the comparison that decides one rule, as its result has it, without looking for more.

    Of thousands of districts that break a rule only the worst is read exactly.
    """
    return _Teller(block, scenario, block.judgements[name]).worst_margin()


class _Teller:
    """Tells what one rule came to in one scenario."""

    def __init__(self, block: Block, scenario: int, judgement: Judgement) -> None:
        self.block, self.scenario, self.judgement = block, scenario, judgement
        self.rule = judgement.rule
        self.verdicts = judgement.of(scenario)
        self.compared = comparisons(block, self.rule.that.node)

    def result(self) -> RuleResult:
        rule, counts = self.rule, self._counts()
        status = status_of(self.judgement, self.scenario)
        broken = self._breaches() if status == "broken" else ()
        worst, district = self._worst(status, broken)
        return RuleResult(
            rule.name,
            rule.title,
            rule.source or "",
            rule.note or "",
            rule.level,
            rule.that.text,
            rule.applies.text if rule.applies is not None else "",
            status,
            worst,
            district if rule.per_district else "",
            broken if rule.per_district else (),
            counts if rule.per_district else {},
            self._cause() if counts["unknown"] else None,
            self.block.place(rule.path),
        )

    def worst_margin(self) -> Margin | None:
        """Return the comparison that decides."""
        broken = self._where(BROKEN)
        if len(broken) < 2 or not isinstance(self.rule.that.node, Compare) or not self.compared:
            return self.result().compared
        (compared,) = self.compared
        try:
            district = worst(self.block, compared, self.scenario, broken)
        except TooLongError:
            return self.result().compared
        return self._margins(compared, np.array([district]))[0]

    def _counts(self) -> dict[str, int]:
        return {name: int((self.verdicts == code).sum()) for code, name in _STATUS.items()}

    def _where(self, verdict: int) -> Members:
        return np.flatnonzero(self.verdicts == verdict)

    def _margins(self, compared: Comparison, members: Members) -> list[Margin]:
        """Return margins; none where exact figures grow too long to compute with."""
        try:
            return margins(self.block, compared, self.scenario, members)
        except TooLongError:
            return [Margin(compared.node.operator, None, None, None)] * len(members)

    # -- what is broken ------------------------------------------------------------------------

    def _breaches(self) -> tuple[Breach, ...]:
        """Return who breaks the rule, by the first comparison broken there, the worst first."""
        members = self._where(BROKEN)
        columns = [self._margins(compared, members) for compared in self.compared]
        breaches: list[tuple[int, Fraction, Breach]] = []
        for place, member in enumerate(members.tolist()):
            found = [(n, column[place]) for n, column in enumerate(columns)]
            first = next(((n, m) for n, m in found if m.holds is False), (len(columns), None))
            number, margin = first
            size = Fraction(0) if margin is None else margin.margin or Fraction(0)
            names = self.block.districts
            breach = Breach(names.keys[member], names.names[member], margin)
            breaches.append((number, size, breach))
        return tuple(b for *_, b in sorted(breaches, key=lambda entry: entry[:2]))

    # -- the comparison that decides -----------------------------------------------------------

    def _worst(self, status: Status, broken: tuple[Breach, ...]) -> tuple[Margin | None, str]:
        if status == "broken":
            return broken[0].margin, broken[0].name
        if status == "holds":
            return self._nearest()
        if status == "unknown" and self.compared and not self._gap():
            return self._first_gap()
        return None, ""

    def _first_gap(self) -> tuple[Margin | None, str]:
        """Return the first comparison that lacks a side, and where; none that has both."""
        members = self._where(UNKNOWN)[:1]
        for compared in self.compared:
            (margin,) = self._margins(compared, members)
            if margin.holds is None:
                return margin, self.block.districts.names[int(members[0])]
        return None, ""

    def _nearest(self) -> tuple[Margin | None, str]:
        """Return the comparison that is nearest to being broken, and where.

        Of comparisons in different units the first is told.
        """
        members = self._where(HOLDS)
        if len({(messages.said(c.unit, "en"), c.percent) for c in self.compared}) > 1:
            del self.compared[1:]
        found: list[tuple[Fraction, Margin, str]] = []
        for compared in self.compared:
            district = members[:1]
            if len(members) > 1:
                district = np.array([worst(self.block, compared, self.scenario, members)])
            (margin,) = self._margins(compared, district)
            name = self.block.districts.names[int(district[0])]
            if margin.margin is not None:
                found.append((margin.margin, margin, name))
        if not found:
            return None, ""
        _, margin, name = min(found, key=lambda entry: entry[0])
        return margin, name

    # -- what is unknown -----------------------------------------------------------------------

    def _gap(self) -> Phrase | None:
        """Return what is missing under an aggregate."""
        for formula, gap in self.judgement.gaps:
            row = gap.where[min(self.scenario, len(gap.where) - 1)]
            if row.any():
                members = np.flatnonzero(row) if len(row) > 1 else np.zeros(0, dtype=np.intp)
                words = self.block.words_of(formula, gap.node, members, self.scenario)
                return Phrase(gap.code, words)
        return None

    def _cause(self) -> Phrase:
        """Say which figure is missing, and why."""
        applied, truth = self.judgement.applied, self.judgement.truth
        if applied is None or truth is None:
            return Phrase("allocation.too_long")
        gap = self._gap()
        if gap is not None:
            return gap
        members = self._where(UNKNOWN)
        formula: Formula = self.rule.that
        row = applied[min(self.scenario, len(applied) - 1)]
        if np.isnan(row[members[0]] if len(row) > 1 else row[0]) and self.rule.applies is not None:
            formula = self.rule.applies
        words = self.block.words_of(formula, None, members, self.scenario)
        cause = words["cause"]
        inner = {"cause": cause.values["cause"]} if isinstance(cause, Phrase) else {}
        words["because"] = Phrase("rules.because", inner) if inner else ""
        code = "rules.missing_in_districts" if self.rule.per_district else "rules.missing"
        return Phrase(code, words)


# -- findings ----------------------------------------------------------------------------------


def rule_findings(results: tuple[RuleResult, ...]) -> Iterator[Finding]:
    """Yield a finding for every rule that is broken, unknown or not applicable."""
    for result in results:
        if result.status == "holds":
            continue
        severity: Severity = "error" if result.level == "hard" else "warning"
        if result.status == "not_applicable":
            severity = "note"
        margin = result.compared
        yield Finding(
            f"rules.{_code(result)}",
            severity,
            result.status,
            value=None if margin is None else margin.side(margin.left),
            limit=None if margin is None else margin.side(margin.right),
            margin=None if margin is None or margin.margin is None else margin.side(margin.margin),
            where=result.place,
            values=_words(result),
        )


def _code(result: RuleResult) -> str:
    if result.status != "broken":
        return result.status
    if result.counts:
        return "broken_in_districts"
    return "broken" if result.compared is None else "broken_by"


def _words(result: RuleResult) -> dict[str, object]:
    words: dict[str, object] = {
        "title": result.title,
        "that": result.that,
        "applies": result.applies,
        "cause": result.cause or "",
        "count": len(result.broken),
        "unknown": "",
    }
    if result.counts and result.counts["unknown"]:
        words["unknown"] = Phrase("rules.also_unknown", {"count": result.counts["unknown"]})
    margin = result.compared
    if margin is not None:
        words |= {"left": margin.side(margin.left), "right": margin.side(margin.right)}
        words |= {"operator": SIGNS[margin.operator], "off": margin.off()}
    named: list[object] = [_named(breach) for breach in result.broken[:MOST_NAMED]]
    words["districts"] = (*named, *(["…"] if len(result.broken) > MOST_NAMED else []))
    return words


def _named(breach: Breach) -> Phrase | str:
    if breach.margin is None:
        return breach.name
    return Phrase("rules.district", {"name": breach.name, "off": breach.margin.off()})
