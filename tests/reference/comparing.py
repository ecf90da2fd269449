"""Compare the engine with the reference on one document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from random import Random

import numpy as np

import transfers
from tests.reference.random_documents import RandomDocument, random_figures, random_moves
from transfers import reference
from transfers.districts import Districts
from transfers.districts.changed import differing
from transfers.formula.nodes import Node
from transfers.judging.judge import BROKEN, HOLDS, NOT_APPLICABLE, UNKNOWN
from transfers.judging.margins import comparisons
from transfers.messages import said
from transfers.policy import Policy
from transfers.reference.judging import Judged

Moves = Mapping[str, Fraction | str]


@dataclass
class Compared:
    """What comparing one document came to.

    Attributes
    ----------
    outcomes : list of str
        Per scenario: done, rejected, or refused (a figure is missing, a pool negative, ...).
    disagreements : list of str
    """

    outcomes: list[str] = field(default_factory=list)
    disagreements: list[str] = field(default_factory=list)


def compare(document: RandomDocument, folder: Path, seed: int, scenarios: int = 4) -> Compared:
    """Compare amounts, entitlements and outputs, in the table's order and another, moved and not.

    Parameters
    ----------
    folder : Path
        Where the files are written.
    scenarios : int
        How many scenarios that move numbers are run, alone and together.
    """
    path = document.write(folder)
    policy = transfers.load_policy(path)
    districts = transfers.load_districts(None, policy)
    compared = Compared()
    allocation = _one(compared, policy, districts, {})
    if allocation is not None and len(districts) > 1:
        compared.disagreements += _permuted(document, folder, policy, allocation, seed)
    paths = [".".join(map(str, number)) for number in policy.numbers]
    batch = random_moves(seed, paths, scenarios)
    alone = []
    for moves, figures in zip(batch, random_figures(seed, document, scenarios), strict=True):
        moved, there = dict[str, Fraction | str](moves), districts
        if figures:
            moved |= {
                document.figure_path(row, column, by_name=(row + seed) % 2 == 0): text
                for (row, column), text in figures.items()
            }
            # Under the same name, so that what is said of places is the same.
            document.with_figures(figures).write(folder)
            there = transfers.load_districts(None, policy)
            document.write(folder)
            compared.disagreements += _changed(policy, districts, there, document, figures)
        found = _one(compared, policy, districts, moved, there)
        if figures and found is not None:
            compared.disagreements += _as_written(policy, there, moves, found)
        alone.append((moved, found))
    ran = [(moves, allocation) for moves, allocation in alone if allocation is not None]
    if ran:
        compared.disagreements += _together(policy, districts, ran)
    return compared


def _one(
    compared: Compared,
    policy: Policy,
    districts: Districts,
    moves: Moves,
    there: Districts | None = None,
) -> transfers.Allocation | None:
    """Compare one scenario; return what the engine allocates, if it does.

    The reference is given the table `there`, in which the figures that the scenario moves stand.
    """
    exact_moves = {
        number: Fraction(moves[text])
        for number in policy.numbers
        if (text := ".".join(map(str, number))) in moves
    }
    try:
        expected = reference.allocate(policy, there or districts, exact_moves)
    except transfers.TableError as error:
        expected = None
        refusal = error.faults[0].code
    try:
        allocation = transfers.allocate_scenarios(policy, districts, [moves])[0]
    except transfers.TableError as error:
        compared.outcomes.append("refused")
        if expected is not None:
            told = error.faults[0]
            compared.disagreements.append(f"{moves}: only the engine refuses: {told.text('en')}")
        return None
    if expected is None:
        compared.outcomes.append("refused")
        compared.disagreements.append(f"{moves}: only the reference refuses: {refusal}")
        return None
    compared.outcomes.append(expected.status)
    compared.disagreements += [
        f"{dict(moves)}: {text}" for text in differences(allocation, expected)
    ]
    return allocation


def _changed(
    policy: Policy,
    districts: Districts,
    there: Districts,
    document: RandomDocument,
    figures: Mapping[tuple[int, str], str],
) -> Iterator[str]:
    """Yield the inputs that a change of figures makes other than they are as written."""
    changes: dict[str, dict[str, str]] = {}
    for (row, column), text in figures.items():
        _, name, district = document.figure_path(row, column, by_name=False).split(".", 2)
        changes.setdefault(name, {})[district] = text
    changed = transfers.change_figures(policy, districts, changes)
    for name, column in changed.columns.items():
        if len(differing(column, there.columns[name])):
            yield f"changed figures of {name}: {changes}"


def _as_written(
    policy: Policy, there: Districts, moves: Moves, found: transfers.Allocation
) -> Iterator[str]:
    """Yield what differs where the figures that a scenario moves stand in the table."""
    written = transfers.allocate_scenarios(policy, there, [moves])[0]
    for name, amounts in written.amounts.items():
        if found.amounts[name].tobytes() != amounts.tobytes():
            yield f"as written: amounts of {name} {amounts.tolist()}"
    if found.rules != written.rules:
        yield f"as written: rules {written.rules} rather than {found.rules}"
    mine, theirs = (
        [(f.code, f.value, f.limit, f.margin) for f in a.findings if f.code[:5] != "table"]
        for a in (found, written)
    )
    if mine != theirs:
        yield f"as written: findings {theirs} rather than {mine}"
    for key in found.keys if found.status == "done" else ():
        stories = [a.explain(key) for a in (found, written)]
        parts = [[p.parts for p in story.portions] for story in stories]
        figures = [
            [(line.code.removesuffix("_changed"), line.figure) for line in story.lines]
            for story in stories
        ]
        if parts[0] != parts[1] or figures[0] != figures[1]:
            yield f"as written: story of {key} {stories[1].text('en')}\n{stories[0].text('en')}"


def differences(
    allocation: transfers.Allocation, expected: reference.ReferenceResult
) -> Iterator[str]:
    """Yield every figure in which an allocation differs from what the reference expects."""
    if allocation.status != expected.status:
        yield f"status {allocation.status}, expected {expected.status}"
        return
    if expected.status == "rejected":
        return
    for name, amounts in expected.amounts.items():
        if allocation.amounts[name].tolist() != amounts:
            yield f"amounts of {name} {allocation.amounts[name].tolist()}, expected {amounts}"
    if allocation.total.tolist() != expected.total:
        yield f"total {allocation.total.tolist()}, expected {expected.total}"
    if allocation.unspent != expected.unspent:
        yield f"unspent {allocation.unspent}, expected {expected.unspent}"
    if allocation.uncollected != expected.uncollected:
        yield f"uncollected {allocation.uncollected}, expected {expected.uncollected}"
    if allocation.balance.difference:
        yield f"balance {allocation.balance}"
    if allocation.budget_left != expected.left:
        yield f"budget left {allocation.budget_left}, expected {expected.left}"
    accounts = {
        account.name: {part: getattr(account, part) for part in expected.accounts[account.name]}
        for account in allocation.accounts
    }
    if accounts != expected.accounts:
        yield f"accounts {accounts}, expected {expected.accounts}"
    for rule in allocation.divisions:
        yield from _division_differences(allocation, expected, rule.name)
    for name, column in expected.outputs.items():
        if list(allocation.outputs[name]) != column:
            yield f"output {name} {_shown(allocation.outputs[name])}, expected {_shown(column)}"
    for name, judged in expected.rules.items():
        yield from _rule_differences(allocation, name, judged)
    yield from _clawback_differences(allocation, expected)


def _clawback_differences(
    allocation: transfers.Allocation, expected: reference.ReferenceResult
) -> Iterator[str]:
    told = {f.grant: f for f in allocation.findings if f.code == "allocation.clawback"}
    for rule in allocation.policy.outputs:
        column = expected.outputs[rule.name]
        below = [x for x in column if rule.negative and isinstance(x, Fraction) and x < 0]
        count = told[rule.name].values["count"] if rule.name in told else 0
        if count != len(below):
            yield f"{count} districts below zero in {rule.name}, expected {len(below)}"


VERDICTS = {HOLDS: "holds", BROKEN: "broken", UNKNOWN: "unknown", NOT_APPLICABLE: "not_applicable"}


def _rule_differences(allocation: transfers.Allocation, name: str, judged: Judged) -> Iterator[str]:
    verdicts = [VERDICTS[v] for v in allocation.block.judgements[name].of(allocation.scenario)]
    if verdicts != judged.verdicts:
        yield f"rule {name} {verdicts}, expected {judged.verdicts}"
        return
    result = next(result for result in allocation.rules if result.id == name)
    status = next(s for s in ("broken", "unknown", "holds", "not_applicable") if s in verdicts)
    if result.status != status:
        yield f"rule {name} {result.status}, expected {status}"
    margins = expected_margins(allocation, name, judged)
    found = {breach.key: breach.margin for breach in result.broken}
    if len(verdicts) == 1:
        key = allocation.keys[0]
        found = {key: result.compared} if status == "broken" else {}
    wanted = {allocation.keys[i]: margins[i] for i, v in enumerate(verdicts) if v == "broken"}
    plain = {key: m and (m.left, m.right, m.margin) for key, m in found.items()}
    if plain != wanted:
        yield f"broken margins of {name} {plain}, expected {wanted}"
    known = [m[2] for i, m in enumerate(margins) if m is not None and verdicts[i] == "holds"]
    units = {
        (said(c.unit, "en"), c.percent)
        for c in comparisons(allocation.block, _that(allocation, name))
    }
    if status == "holds" and known and len(units) == 1 and result.margin != min(known):
        yield f"margin of {name} {result.margin}, expected {min(known)}"


def _that(allocation: transfers.Allocation, name: str) -> Node:
    return next(rule for rule in allocation.policy.rules if rule.name == name).that.node


Sides = tuple[Fraction, Fraction, Fraction]


def expected_margins(
    allocation: transfers.Allocation, name: str, judged: Judged
) -> list[Sides | None]:
    """Return the comparison that decides in each place: the first broken, else the nearest."""
    compared = comparisons(allocation.block, _that(allocation, name))
    decisive: list[Sides | None] = []
    for i in range(len(judged.verdicts)):
        found: list[Sides] = []
        for comparison, sides in zip(compared, judged.sides, strict=False):
            left, right = sides[i]
            if left is None or right is None:
                continue
            operator = comparison.node.operator
            margin = {">": left - right, ">=": left - right, "<": right - left}.get(operator)
            margin = right - left if operator == "<=" else margin
            margin = -abs(left - right) if operator == "==" else margin
            margin = abs(left - right) if margin is None else margin
            holds = margin > 0 or (margin == 0 and operator in ("==", "<=", ">="))
            if judged.verdicts[i] == "holds" or not holds:
                found.append((left, right, margin))
        if judged.verdicts[i] == "holds":
            found.sort(key=lambda sides: sides[2])
        decisive.append(found[0] if found else None)
    return decisive


def _division_differences(
    allocation: transfers.Allocation, expected: reference.ReferenceResult, name: str
) -> Iterator[str]:
    outcome, row = allocation.outcome(name), allocation.scenario
    everyone = np.arange(len(allocation.keys), dtype=np.intp)
    entitled = expected.entitlements[name]
    exact = (outcome.entitlement.exact(row, everyone) * outcome.unit).fractions()
    if exact != entitled:
        yield f"exact entitlements of {name} {_shown(exact)}, expected {_shown(entitled)}"
    figures = outcome.entitlement.bounded
    shape = (allocation.block.size, len(everyone))
    values = np.broadcast_to(figures.value, shape)[row].tolist()
    errors = np.broadcast_to(figures.error, shape)[row].tolist()
    for i, (value, error, wanted) in enumerate(zip(values, errors, entitled, strict=True)):
        if abs(Fraction(value) * outcome.unit - wanted) > Fraction(error) * outcome.unit:
            yield f"entitlement {i} of {name} {value} is not within {error} of {wanted}"
    for side in ("at_floor", "at_cap"):
        marks = np.broadcast_to(getattr(outcome, side)(), shape)[row].tolist()
        wanted_marks = getattr(expected, side)[name]
        if marks != wanted_marks:
            yield f"{side} of {name} {marks}, expected {wanted_marks}"
    yield from _rate_differences(allocation, expected, name)


def _rate_differences(
    allocation: transfers.Allocation, expected: reference.ReferenceResult, name: str
) -> Iterator[str]:
    outcome, row = allocation.outcome(name), allocation.scenario
    everyone = np.arange(len(allocation.keys), dtype=np.intp)
    rates = outcome.exact("rate", row, everyone).fractions()
    wanted = expected.rates[name]
    if rates != wanted:
        yield f"rate of {name} {_shown(rates)}, expected {_shown(wanted)}"
    value = outcome.value("rate")
    shape = (allocation.block.size, len(everyone))
    floats = np.broadcast_to(value.value, shape)[row].tolist()  # type: ignore[union-attr]
    errors = np.broadcast_to(value.error, shape)[row].tolist()  # type: ignore[union-attr]
    for i, (figure, error, rate) in enumerate(zip(floats, errors, wanted, strict=True)):
        if not abs(figure - float(rate)) <= error + 1e-15 * abs(figure):
            yield f"rate {i} of {name} {figure} is not within {error} of {float(rate)}"


def _shown(column: Sequence[object]) -> str:
    return ", ".join(str(figure) for figure in column)


def _permuted(
    document: RandomDocument,
    folder: Path,
    policy: Policy,
    allocation: transfers.Allocation,
    seed: int,
) -> Iterator[str]:
    """Yield what changes when the rows of the table stand in another order."""
    order = list(range(len(document.rows)))
    Random(seed).shuffle(order)
    table = folder / "permuted.csv"
    table.write_text(document.table(order), encoding="utf-8")
    other = transfers.allocate(policy, transfers.load_districts(table, policy))
    if other.status != allocation.status:
        yield f"rows in order {order}: status {other.status}"
    for name, amounts in allocation.amounts.items():
        moved = other.amounts[name].tolist() if other.amounts else []
        if moved != [amounts.tolist()[i] for i in order]:
            yield f"rows in order {order}: amounts of {name} {moved}"
    for name, column in allocation.outputs.items():
        if list(other.outputs[name]) != [column[i] for i in order]:
            yield f"rows in order {order}: output {name} {_shown(other.outputs[name])}"


def _together(
    policy: Policy,
    districts: Districts,
    ran: list[tuple[Moves, transfers.Allocation]],
) -> Iterator[str]:
    """Yield what changes when scenarios run together rather than each alone."""
    try:
        batch = transfers.allocate_scenarios(policy, districts, [moves for moves, _ in ran])
    except transfers.TableError as error:
        yield f"in company, refused: {error.faults[0].text('en')}"
        return
    for (moves, alone), allocation in zip(ran, batch, strict=True):
        where = f"in company, {dict(moves)}:"
        if alone.status != allocation.status:
            yield f"{where} status {allocation.status}"
            continue
        for name, amounts in alone.amounts.items():
            if allocation.amounts[name].tobytes() != amounts.tobytes():
                yield f"{where} amounts of {name} {allocation.amounts[name].tolist()}"
        if alone.accounts != allocation.accounts or alone.balance != allocation.balance:
            yield f"{where} accounts {allocation.accounts} rather than {alone.accounts}"
        if alone.outputs != allocation.outputs or alone.unspent != allocation.unspent:
            yield f"{where} outputs {allocation.outputs} rather than {alone.outputs}"
        if alone.rules != allocation.rules:
            yield f"{where} rules {allocation.rules} rather than {alone.rules}"
