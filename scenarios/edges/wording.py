"""Words for people: what a figure is called, what an edge is, at which bound a district is."""

from __future__ import annotations

from fractions import Fraction

from scenarios.edges.levers import Lever, Value
from scenarios.edges.survey import Cliff, Slope, Survey, Watched
from scenarios.study.load import BASELINE
from transfers import messages
from transfers.messages import said
from transfers.units import describe
from transfers.written import decimal_text, figure_text, plain_text

PLACES = 14
LONGEST_RULE = 40


def variant_name(title: str, language: str) -> str:
    """Name the variant of a study; "" where there is none."""
    return messages.text("cliffs.baseline", language) if title == BASELINE else title


class Words:
    """Writes one survey in one language."""

    def __init__(self, survey: Survey, language: str) -> None:
        self.survey, self.language = survey, language
        self.policy, self.money = survey.setting.policy, survey.setting.policy.money
        self.names = survey.setting.districts.names

    def label(self, code: str, **words: object) -> str:
        """Return a text of the family."""
        return messages.text(f"cliffs.{code}", self.language, **words)

    def percent(self, part: Fraction | float, places: int = 2) -> str:
        """Write a part of one as a percentage."""
        return decimal_text(Fraction(part) * 100, places) + "%"

    def district(self, lever: Lever) -> str:
        """Name the district."""
        return self.names[lever.district]

    def title(self, lever: Lever) -> str:
        """Name the figure: its input, and the item of a list."""
        rule = self.policy.inputs[lever.input]
        if not lever.item:
            return rule.title
        items = self.policy.lists[rule.over]
        return f"{rule.title}·{items.names[items.keys.index(lever.item)]}"

    def unit(self, lever: Lever) -> str:
        """Name the unit of a figure; "" where it has none."""
        return said(
            describe(self.policy.inputs[lever.input].unit, self.policy.money_unit), self.language
        )

    def value(self, value: Value) -> str:
        """Write a value of a figure, without its unit."""
        if isinstance(value, Fraction):
            return decimal_text(value, PLACES)
        return plain_text(value, self.language)

    def edge(self, cliff: Cliff) -> str:
        """Say what is passed, and which way."""
        if cliff.side == "other":
            return self.value(cliff.value)
        code = "rises" if cliff.side == "up" else "falls"
        return self.label(code, value=self.value(cliff.value))

    def rule(self, cliff: Cliff) -> str:
        """Say which rules decide otherwise beyond."""
        if not cliff.after.done:
            return self.label("nobody_paid")
        if not cliff.thresholds:
            return ""
        texts = dict.fromkeys(threshold.text for threshold in cliff.thresholds)
        shown = [t if len(t) <= LONGEST_RULE else f"{t[: LONGEST_RULE - 1]}…" for t in texts]
        return " · ".join(shown)

    def amount(self, quanta: int | None) -> str:
        """Write an amount."""
        return "—" if quanta is None else self.money.format_for_people(quanta)

    def change(self, quanta: int | None) -> str:
        """Write a change of an amount, with its sign."""
        sign = "+" if quanta is not None and quanta > 0 else ""
        return sign + self.amount(quanta)

    def change_percent(self, cliff: Cliff) -> str:
        """Write a jump as a part of the amount before it."""
        part = jump_part(cliff)
        return "—" if part is None else ("+" if part > 0 else "") + self.percent(part)

    def slope(self, slope: Slope | None) -> str:
        """Write money per unit."""
        return "—" if slope is None else figure_text(Fraction(slope.own))

    def held(self, watched: Watched) -> str:
        """Say why neither way moves the amount; "" where one does."""
        if not watched.still:
            return ""
        bounds = [each for _, each in watched.held if each in HOLDING]
        return " · ".join(dict.fromkeys(self.label(f"is_{each}") for each in bounds)) or self.label(
            "is_no_effect"
        )


HOLDING = ("not_eligible", "fixed", "floor", "cap")
"""Standings in which a district's amount may not follow its figures."""


def jump_part(cliff: Cliff) -> Fraction | None:
    """Return a jump as a part of the amount before it; None of nothing."""
    if cliff.jump is None or not cliff.before.amount:
        return None
    return Fraction(cliff.jump, abs(cliff.before.amount))
