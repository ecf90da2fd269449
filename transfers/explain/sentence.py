"""One sentence per grant that a leader can read."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from transfers.explain.levels import common_level
from transfers.explain.parts import Portion
from transfers.formula.nodes import Name
from transfers.messages import Phrase
from transfers.money import Money
from transfers.written import decimal_text

if TYPE_CHECKING:
    from transfers.allocation import Allocation

Words = dict[str, object]
_YEAR = re.compile(r"(?<!\d)(1[5-9]|2[0-4])\d\d(?!\d)")


def sentence_of(
    portion: Portion, allocation: Allocation, prior: Fraction | None
) -> tuple[str, Words]:
    """Return the code and the words of the sentence that says what decided an amount."""
    money = allocation.policy.money
    several = len(allocation.policy.grants) > 1
    amount = portion.amount or 0
    words: Words = {
        "title": f"{portion.outcome.rule.title}" if several else "",
        "raw": _money(money, portion.raw),
        "amount": money.format_for_people(amount),
        "growth": growth(money, Fraction(amount), prior, prior_name(allocation)),
    }
    words["prior"] = prior_name(allocation)
    code, extra = _decisive(portion, allocation, money)
    return f"explain.sentence_{code}", {**words, **extra}


def _decisive(portion: Portion, allocation: Allocation, money: Money) -> tuple[str, Words]:
    """Find what decided: eligibility, a fixed value, a shortage, a bound, or the weights."""
    if portion.outcome.rule.collects or (portion.penalty and portion.outcome.rule.contributions):
        return _pays_in(portion, allocation, money)
    simple = {
        "not_eligible": not portion.eligible,
        "fixed": portion.fixed,
        "scaled": portion.scaled,
        "penalty": portion.penalty,
    }
    for code, holds in simple.items():
        if holds:
            return code, {}
    changes = {part.code: part.amount for part in portion.parts}
    if changes.get("compressed") and portion.amount is not None:
        if "cap" not in changes:
            return "compressed", {}
        capped = (portion.raw or 0) + changes["cap"]
        return "compressed_cap", {"bound": _money(money, capped)}
    if (portion.at_floor or portion.at_cap) and not _meets_by_itself(portion):
        return _at_bound(portion, allocation, money)
    if portion.outcome.claim is not None:
        return "claim", {}
    if portion.outcome.weights is None:
        return _of_level(portion, allocation)
    adjusted = any(part.code == "others" and part.amount for part in portion.parts)
    return ("adjusted" if adjusted else "weights"), {}


def _of_level(portion: Portion, allocation: Allocation) -> tuple[str, Words]:
    """Say what the common level did; where `own` is below zero, nobody is raised to it."""
    level = common_level(allocation, portion)
    if level is None:
        return "level" if portion.entitlement else "level_none", {}
    words: Words = {"level": level.level}
    if level.below_zero:
        return "level_below_zero" if portion.entitlement else "level_cut_to_none", words
    return "level_of" if portion.entitlement else "level_none_of", words


def _pays_in(portion: Portion, allocation: Allocation, money: Money) -> tuple[str, Words]:
    """Say what a district pays in, what decided it, and where it goes."""
    if not portion.eligible:
        return "pays_nothing", {}
    words: Words = {
        "paid": money.format_for_people(-(portion.amount or 0)),
        "purse": purse_of(portion, allocation),
    }
    if portion.outcome.rule.collects and (portion.at_cap or portion.at_floor):
        bound = portion.cap if portion.at_cap else portion.floor
        code = "pays_in_at_cap" if portion.at_cap else "pays_in_at_floor"
        return code, {**words, "bound": _money(money, bound)}
    return "pays_in", words


def purse_of(portion: Portion, allocation: Allocation) -> Phrase:
    """Return the words that say where the money goes that a district pays in."""
    purse = portion.outcome.rule.contributions
    for account in allocation.accounts:
        if account.name == purse:
            return Phrase("allocation.purse_reserve", {"reserve": account.title})
    return Phrase(f"allocation.purse_{purse or 'none'}")


def _meets_by_itself(portion: Portion) -> bool:
    """Tell whether a claim, or what the common level asks for, just equals the bound."""
    own = portion.unbound if portion.raw is None else portion.raw
    shared = None not in (portion.raw, portion.unbound)
    return not shared and own == (portion.floor if portion.at_floor else portion.cap)


def _at_bound(portion: Portion, allocation: Allocation, money: Money) -> tuple[str, Words]:
    """Say which bound decided, and whether the calculation met it by itself."""
    code, bound = ("at_floor", portion.floor) if portion.at_floor else ("at_cap", portion.cap)
    words: Words = {"bound": _money(money, bound), "adjusted": _money(money, portion.unbound)}
    if portion.at_floor and _is_prior(portion, allocation):
        code = "at_prior"
    raw, fitted = portion.raw, portion.unbound
    if portion.at_floor and portion.outcome.weights is not None and portion.rate == 0:
        return f"{code}_only", words
    if raw is None or bound is None or fitted is None:
        return (code if raw is not None else f"{code}_level"), words
    beyond = raw < bound if portion.at_floor else raw > bound
    if not beyond and fitted == bound:
        return ("adjusted" if fitted != raw else "weights"), words
    return (code if beyond else f"{code}_adjusted"), words


def _is_prior(portion: Portion, allocation: Allocation) -> bool:
    """Tell whether the floor simply is last year's amount."""
    floor = portion.outcome.rule.floor
    if floor is None or not isinstance(floor.node, Name):
        return False
    rule = allocation.policy.inputs.get(floor.node.name)
    return rule is not None and rule.role == "prior"


def _money(money: Money, figure: Fraction | None) -> str:
    """Write money: whole figures plainly, others with two decimals more than the quantum."""
    if figure is None:
        return ""
    whole = Fraction(figure).denominator == 1
    return money.format_for_people(figure, money.places if whole else money.places + 2)


def prior_name(allocation: Allocation) -> Phrase | str:
    """Return what the amounts compared with are called: last year, or by the year in their title.

    An input with `role: prior` may be of an earlier year, as "received in 2015" is.
    """
    rule = allocation.policy.inputs.get(allocation.prior_input or "")
    named = rule is not None and _YEAR.search(rule.title)
    return rule.title if rule is not None and named else Phrase("explain.last_year")


def growth(
    money: Money, amount: Fraction, prior: Fraction | None, name: Phrase | str
) -> Phrase | str:
    """Return the change against last year, ready for a message; nothing without a last year.

    Parameters
    ----------
    name : Phrase or str
        What it is compared with, see :func:`prior_name`.
    """
    if prior is None:
        return ""
    change = amount - prior
    if change == 0:
        return Phrase("explain.growth_none", {"prior": name})
    words = {"change": money.format_for_people(abs(change)), "unit": money.unit, "prior": name}
    code = "explain.growth_more" if change > 0 else "explain.growth_less"
    if prior <= 0:  # a percentage of nothing, or of a debt, says nothing
        return Phrase(code, words)
    return Phrase(f"{code}_percent", {**words, "percent": _percent(change / prior)})


def _percent(share: Fraction) -> str:
    return decimal_text(abs(share) * 100, 2) + "%"
