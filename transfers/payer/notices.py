"""What there is to say about reserves: every draw, what comes back, what did not suffice.

Also what districts pay in. Method: sections 26, 27 and 33.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from transfers.findings import Finding, Severity
from transfers.messages import Phrase
from transfers.outcome import Outcome

if TYPE_CHECKING:
    from transfers.block import Block

MOST_NAMED = 10


def draw_findings(block: Block, outcome: Outcome, scenario: int) -> Iterator[Finding]:
    """Yield a finding per reserve that a grant drew, or found empty."""
    left: dict[str, int] = {}
    for draw in outcome.draws:
        wanted, drawn = (_sum(each, scenario) for each in (draw.wanted, draw.drawn))
        had = left.setdefault(draw.reserve, _sum(draw.had, scenario))
        left[draw.reserve] = had - drawn
        code, severity, status = f"drawn_{draw.purpose}", "warning", "adjusted"
        if draw.purpose == "draw":  # as the document has it, in every year
            code, severity, status = "paid_from", "note", "noted"
        if not drawn:
            code, severity, status = "reserve_empty", "note", "noted"
        if drawn or (wanted and not had):
            figures = {"value": drawn, "limit": had, "margin": had - drawn, "wanted": wanted}
            kind = (severity, status)
            yield _finding(block, outcome, code, kind, draw.reserve, figures, draw.purpose)
        whole = draw.purpose == "draw" and outcome.rule.remainder
        if drawn and had == drawn and not whole:
            spent = "reserve_exhausted"
            if block.accounts[draw.reserve].at_limit(scenario):
                spent = "reserve_limit_reached"
            kind = ("note", "noted")
            yield _finding(block, outcome, spent, kind, draw.reserve, {}, draw.purpose)


def insufficient_findings(block: Block, outcome: Outcome, scenario: int) -> Iterator[Finding]:
    """Yield, for a shortage that rejects, what each reserve had and what is still missing.

    What the budget would have drawn is part of the money that did not suffice.
    """
    for draw in outcome.draws:
        wanted, offered = (_sum(each, scenario) for each in (draw.wanted, draw.offered))
        had, kind = _sum(draw.had, scenario), ("error", "broken")
        if draw.purpose == "budget" and wanted:
            figures = {"value": wanted, "limit": had, "margin": offered}
            yield _finding(
                block, outcome, "reserve_counted_in", kind, draw.reserve, figures, "budget"
            )
        if draw.purpose == "if_short" and wanted > offered:
            figures = {"value": wanted, "limit": had, "margin": wanted - offered}
            yield _finding(block, outcome, "reserve_did_not_suffice", kind, draw.reserve, figures)


def contribution_findings(
    block: Block, outcome: Outcome, scenario: int, names: tuple[str, ...]
) -> Iterator[Finding]:
    """Yield what districts pay in and where it goes, and what of a levy falls on nobody."""
    rule, money = outcome.rule, block.policy.money
    paid = _sum(outcome.paid_in, scenario)
    purse = Phrase("allocation.purse_none")
    if rule.contributions in block.accounts:
        title = block.accounts[rule.contributions].rule.title
        purse = Phrase("allocation.purse_reserve", {"reserve": title})
    elif rule.contributions is not None:
        purse = Phrase(f"allocation.purse_{rule.contributions}")
    words: dict[str, object] = {"title": rule.title, "unit": money.unit, "purse": purse}
    if paid:
        value = money.format_for_people(paid)
        key = "contributions" if rule.contributions is not None else "collect"
        told = {**words, "value": value, "count": len(names), "districts": shortened(names)}
        yield Finding(
            *("allocation.contributions", "note", "noted"),
            grant=rule.name,
            value=value,
            where=block.place((*rule.path, key)),
            values=told,
        )
    rest = _sum(outcome.uncollected, scenario) if rule.collects else 0
    if rest:
        code, severity, status = "uncollected", "warning", "adjusted"
        if rule.rounding.rule == "half_up":
            code = "half_up_uncollected" if rest > 0 else "half_up_overcollected"
            severity, status = ("note" if rest > 0 else "warning"), "noted"
        figures = {"value": abs(rest), "limit": paid + rest, "margin": paid}
        kind = (severity, status)
        yield _finding(block, outcome, code, kind, None, figures, "collect")


def shortened(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the first names of a long list."""
    return (*names[:MOST_NAMED], "…") if len(names) > MOST_NAMED else names


def returned_finding(
    block: Block, outcome: Outcome, amount: int, groups: Phrase | str = ""
) -> Finding:
    """Return what a grant left to a reserve, and which of its groups did."""
    assert outcome.rule.unspent is not None
    kind, figures = ("note", "noted"), {"value": amount}
    found = _finding(block, outcome, "returned", kind, outcome.rule.unspent, figures, "unspent")
    return replace(found, values={**found.values, "groups": groups})


def settlement_findings(block: Block, scenario: int) -> Iterator[Finding]:
    """Yield what of the budget went into a reserve after the last grant."""
    if block.remainder is None or block.budget is None or block.budget.rule.remainder is None:
        return
    amount = _sum(block.remainder, scenario)
    if not amount:
        return
    name, money = block.budget.rule.remainder, block.policy.money
    value = money.format_for_people(amount)
    words = {"reserve": block.accounts[name].rule.title, "value": value, "unit": money.unit}
    where = block.place(("budget", "remainder"))
    yield Finding(
        "allocation.budget_remainder", "note", "noted", value=value, where=where, values=words
    )


def _sum(amounts: NDArray[np.int64], scenario: int) -> int:
    return sum(amounts[min(scenario, len(amounts) - 1)].tolist())


def _finding(
    block: Block,
    outcome: Outcome,
    code: str,
    kind: tuple[str, str],
    reserve: str | None,
    figures: dict[str, int],
    key: str = "if_short",
) -> Finding:
    money, rule = block.policy.money, outcome.rule
    written = {name: money.format_for_people(figure) for name, figure in figures.items()}
    title = block.accounts[reserve].rule.title if reserve is not None else ""
    severity: Severity = kind[0]  # type: ignore[assignment]
    path = ("budget", "draw") if key == "budget" else (*rule.path, key)
    return Finding(
        f"allocation.{code}",
        severity,
        kind[1],
        rule.name,
        value=written.get("value"),
        limit=written.get("limit"),
        margin=written.get("margin"),
        where=block.place(path),
        values={"title": rule.title, "reserve": title, "unit": money.unit, **written},
    )
