"""How reports say things: phrases with exact figures, sums of money, lines of a document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from msgspec import Struct

from checks.report import CounterExample, Verdict, Waived
from checks.runs import Paid
from checks.trial import Broken
from transfers import Policy, messages
from transfers.errors import Place
from transfers.messages import Phrase
from transfers.written import figure_text, shown

_LONGEST_LINE = 120
_SEVERAL = 2


class Words(Struct, frozen=True):
    """Says things about one policy, in one language."""

    policy: Policy
    language: str

    def say(self, code: str, /, **values: object) -> str:
        """Return a text of the family of reports."""
        return say(code, self.language, **values)

    def said(self, words: Phrase | str | None) -> str:
        """Say a phrase; figures in it as people write them."""
        if words is None:
            return ""
        if isinstance(words, str):
            return messages.printable(words)
        name = words.values.get("input")
        rule = self.policy.inputs.get(name) if isinstance(name, str) else None
        values = words.values if rule is None else {**words.values, "input": rule.title}
        return said(Phrase(words.code, values), self.language)

    @property
    def unit(self) -> str:
        """What amounts are counted in."""
        return self.policy.money.unit

    def amount(self, quanta: Fraction | int) -> str:
        """Write a sum of quanta in the document's unit of money, without it."""
        money, figure = self.policy.money, Fraction(quanta)
        if figure.denominator == 1:
            return money.format_for_people(int(figure))
        return figure_text(money.in_units(figure))

    def money(self, quanta: Fraction | int) -> str:
        """Write a sum of quanta with its unit."""
        return f"{self.amount(quanta)} {self.unit}"

    def change(self, quanta: Fraction | int) -> str:
        """Write a difference of quanta with its sign."""
        return f"+{self.amount(quanta)}" if quanta > 0 else self.amount(quanta)

    def grant(self, name: str) -> str:
        """Return what people call a grant."""
        return next((rule.title for rule in self.policy.grants if rule.name == name), name)

    def title(self, verdict: Verdict) -> str:
        """Return what people call a promise."""
        return self.said(verdict.title)

    def listed(self, names: Iterable[str]) -> str:
        """Return names in a row; a name may hold a comma."""
        return self._in_a_row(names, "one_more")

    def joined(self, parts: Iterable[str]) -> str:
        """Return what there is of several sentences in a row."""
        return self._in_a_row((part for part in parts if part), "and_then")

    def _in_a_row(self, texts: Iterable[str], code: str) -> str:
        return self.say(code, row="", text="").join(texts)

    def line(self, place: Place) -> str:
        """Return the line of the policy at a place; "" where the place is in another file."""
        source = self.policy.document.source
        lines = source.text.splitlines()
        if place.file != source.file or not place.line or place.line > len(lines):
            return ""
        return shown(lines[place.line - 1], _LONGEST_LINE)

    def status(self, paid: Paid) -> str:
        """Say why nobody is paid; "" where districts are."""
        if paid.done:
            return ""
        values = {"why": shown(paid.why)} if paid.status == "at_odds" else {}
        return self.say(paid.status, **values)

    def scope(self, waived: Waived) -> str:
        """Say whose amounts a waiver is about, where that is one grant."""
        return self.say("waived_grant", grant=self.grant(waived.grant)) if waived.grant else ""

    def excess(self, verdict: Verdict, example: CounterExample) -> str:
        """Say which amount breaks what, by how much; "" where no sum of money does."""
        told = self.off(verdict, example.broken)
        if not told or verdict.by_grant < _SEVERAL:
            return self.say("off", off=told, tolerance=verdict.tolerance) if told else ""
        each = figure_text(Fraction(verdict.tolerance) / verdict.by_grant)
        counted = {"tolerance": verdict.tolerance, "each": each, "count": verdict.by_grant}
        return self.say("off_by_grant", off=told, **counted)

    def off(self, verdict: Verdict, broken: Broken) -> str:
        """Say which amount is too little or too much; "" where no sum of money is."""
        if not broken.excess or _is_no_money(verdict, broken):
            return ""
        who = self._whose(broken)
        if broken.figure == broken.limit:
            return self.say("too_far", who=who, excess=self.money(broken.excess))
        code = "too_little" if broken.figure < broken.limit else "too_much"
        sums = {"figure": self.money(broken.figure), "limit": self.money(broken.limit)}
        return self.say(code, who=who, excess=self.money(abs(broken.figure - broken.limit)), **sums)

    def on_real(self, verdict: Verdict) -> list[str]:
        """Say for whom the policy's own table breaks a promise, by how much, by which move."""
        found = verdict.on_real
        if found is None:
            return []
        lines = [self.say("on_real", count=found.count)]
        for broken in found.worst:
            told = [self.said(broken.changed), self.off(verdict, broken) or self.said(broken.how)]
            row = broken.row
            if row is not None and not self.off(verdict, broken):
                told.insert(0, shown(broken.before.case.table.name(row), 40))
            lines.append("    " + self.joined(told))
        more = found.count - len(found.worst)
        return [*lines, "    " + self.say("on_real_more", count=more)] if more else lines

    def _whose(self, broken: Broken) -> str:
        if broken.row is None:
            return self.grant(broken.grant) if broken.grant else self.say("all_together")
        who = shown(broken.before.case.table.name(broken.row), 40)
        if broken.grant:
            return self.say("grant_of", who=who, grant=self.grant(broken.grant))
        return self.say("amount_of", who=who)


def _is_no_money(verdict: Verdict, broken: Broken) -> bool:
    """Tell whether what is held against each other is no money, which `how` then tells.

    So it is of a document's own statements, which may be about anything, of inequality, and where
    nothing was measured at all.
    """
    if broken.how is None:
        return False
    unmeasured = not broken.figure and not broken.limit
    return verdict.kind == "own" or verdict.promise == "equalising" or unmeasured


def say(code: str, language: str, /, **values: object) -> str:
    """Return a text of the family of reports."""
    return messages.text(f"check_report.{code}", language, **values)


def said(words: Phrase | str, language: str) -> str:
    """Say a phrase; figures in it as people write them."""
    if isinstance(words, str):
        return messages.printable(words)
    return messages.text(words.code, language, **_figures(words.values))


def _figures(values: Mapping[str, object]) -> dict[str, object]:
    return {name: _figure(value) for name, value in values.items()}


def _figure(value: object) -> object:
    if isinstance(value, Fraction):
        return figure_text(value)
    if isinstance(value, Phrase):
        return Phrase(value.code, _figures(value.values))
    if isinstance(value, tuple):
        return tuple(_figure(each) for each in value)
    return value
