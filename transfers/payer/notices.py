"""What there is to say about reserves: every draw, what comes back, what did not suffice.

Method: sections 26 and 27.
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


def draw_findings(block: Block, outcome: Outcome, scenario: int) -> Iterator[Finding]:
    """Yield a finding per reserve that a grant drew, or found empty."""
    left: dict[str, int] = {}
    for draw in outcome.draws:
        wanted, drawn = (_sum(each, scenario) for each in (draw.wanted, draw.drawn))
        had = left.setdefault(draw.reserve, _sum(draw.had, scenario))
        left[draw.reserve] = had - drawn
        code, severity, status = f"drawn_{draw.purpose}", "warning", "adjusted"
        if not drawn:
            code, severity, status = "reserve_empty", "note", "noted"
        if drawn or (wanted and not had):
            figures = {"value": drawn, "limit": had, "margin": had - drawn, "wanted": wanted}
            kind = (severity, status)
            yield _finding(block, outcome, code, kind, draw.reserve, figures, draw.purpose)
        if drawn and had == drawn:
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
    reserve: str,
    figures: dict[str, int],
    key: str = "if_short",
) -> Finding:
    money, rule = block.policy.money, outcome.rule
    written = {name: money.format_for_people(figure) for name, figure in figures.items()}
    title = block.accounts[reserve].rule.title
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
