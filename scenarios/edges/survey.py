"""Move every figure of every district a little: slopes, edges, and the clawback of own revenue."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from msgspec import Struct

from scenarios.edges.levers import Lever, Value, levers
from scenarios.edges.probe import Probe, Seen, run_alone
from scenarios.edges.search import Edge, edges, samples
from scenarios.settings import Setting
from transfers import Allocation, DocumentError, Fault
from transfers.policy.thresholds import Threshold, thresholds
from transfers.policy.uses import grants_resting_on
from transfers.standing import Standing, standings

WITHIN = Fraction(1, 5)
STEP = Fraction(1, 1000)
LEAST = 1
"""Quanta: smaller jumps are not told."""

MOST_FIGURES = 600_000_000
"""Scenarios times districts that are run: some minutes."""

EACH = 300
"""What a scenario costs beside its districts, in districts."""

SOLVED = 100
"""How much longer a scenario takes that solves for a parameter."""


class Asked(Struct, frozen=True):
    """What is looked for.

    Parameters
    ----------
    within : Fraction
        How far figures are moved, as a part of what they are.
    step : Fraction
        The little move of slopes, as a part of the figure.
    least : int, quanta
        The smallest jump that is told.
    inputs, districts : tuple of str, optional
        Names and keys; all where left out.
    most : int
        Scenarios times districts (and some for each scenario) that are run at most, counted
        without the search.
    """

    within: Fraction = WITHIN
    step: Fraction = STEP
    least: int = LEAST
    inputs: tuple[str, ...] | None = None
    districts: tuple[str, ...] | None = None
    most: int = MOST_FIGURES


class Cliff(Struct, frozen=True, eq=False):
    """A jump of a district's money where one of its figures passes an edge, or is another text.

    Parameters
    ----------
    side : "down", "up" or "other"
        Which way the figure moves; of a text, to another.
    value : Fraction, str or bool
        Where it turns; the other text.
    near, far : Fraction, str or bool
        The last value before and the first beyond.
    before, after : Seen
        What becomes of the district there.
    thresholds : tuple of Threshold
        What decides otherwise; none of a text, and where nobody is paid beyond.
    """

    lever: Lever
    side: str
    value: Value
    near: Value
    far: Value
    before: Seen
    after: Seen
    thresholds: tuple[Threshold, ...] = ()

    @property
    def jump(self) -> int | None:
        """What the district has more beyond, in quanta; None where nobody is paid there."""
        return self.after.amount - self.before.amount if self.after.done else None

    @property
    def jump_of_others(self) -> int | None:
        """What the others together have more beyond, in quanta."""
        return self.after.others - self.before.others if self.after.done else None


class Slope(Struct, frozen=True):
    """Money per unit of a figure: of the district and of the others together, in units of money."""

    own: float
    others: float


class Watched(Struct, frozen=True, eq=False):
    """One figure of one district, and all that moves with it.

    Parameters
    ----------
    down, up : Slope or None
        Where the figure falls, or rises, a little; None where it cannot, of texts, and right at
        an edge.
    held : tuple of (grant, standing)
        Where neither way moves the amount: at which bounds the district is, of grants that rest
        on the figure.
    still : bool
        Whether neither way moves the amount.
    cliffs : tuple of Cliff
        The nearest first.
    clawback : float, optional
        Of own revenue: what the district loses of each unit more that it takes in.
    """

    lever: Lever
    now: Seen
    down: Slope | None
    up: Slope | None
    held: tuple[tuple[str, Standing], ...]
    cliffs: tuple[Cliff, ...]
    clawback: float | None = None
    still: bool = False


class Survey(Struct, frozen=True, eq=False, dict=True):
    """What small changes do.

    Parameters
    ----------
    allocation : Allocation
        What is paid as the table is.
    watched : tuple of Watched
    runs : int
        How many scenarios were run.
    title : str
        Of the variant of a study.
    """

    setting: Setting
    allocation: Allocation
    asked: Asked
    watched: tuple[Watched, ...]
    runs: int
    title: str = ""

    @property
    def done(self) -> bool:
        """Whether anybody is paid as the table is; nothing is moved where not."""
        return self.allocation.status == "done"

    @property
    def worst(self) -> list[Cliff]:
        """The jumps, the greatest first; before all, where nobody is paid beyond."""
        found = [cliff for watched in self.watched for cliff in watched.cliffs]
        return sorted(found, key=lambda c: -np.inf if c.jump is None else -abs(c.jump))


def scenarios_needed(found: Sequence[Lever]) -> int:
    """Return how many scenarios are run at least."""
    stops = sum(len(samples(x, "up")) + len(samples(x, "down")) for x in found if x.reach)
    return stops + sum(len(lever.choices) for lever in found)


def survey(setting: Setting, asked: Asked | None = None) -> Survey:
    """Move figures of districts, one at a time, and tell what becomes of their amounts.

    Raises
    ------
    TableError
        The setting itself cannot be computed.
    """
    asked = asked or Asked()
    allocation = run_alone(setting)
    if allocation.status != "done":
        return Survey(setting, allocation, asked, (), 1)
    chosen = chosen_levers(allocation, asked)
    check_size(chosen, asked, setting)
    probe = Probe(setting, thresholds(setting.policy))
    found = edges(probe, chosen)
    every = [edge for lever in chosen for edge in found.get(lever, [])]
    probe.see([point for edge in every for point in _around(edge)])
    probe.see([(lever, value) for lever in chosen for value in (lever.value, *lever.choices)])
    ends = {lever: _little_moves(lever, found.get(lever, []), asked) for lever in chosen}
    probe.see([(lever, value) for lever in chosen for value in ends[lever] if value is not None])
    bounds = standings(allocation)
    watched = tuple(
        _watched(probe, lever, found.get(lever, []), ends[lever], bounds, asked) for lever in chosen
    )
    return Survey(setting, allocation, asked, watched, probe.runs + 1)


def chosen_levers(allocation: Allocation, asked: Asked) -> tuple[Lever, ...]:
    """Return the figures that are asked about."""
    return levers(allocation, within=asked.within, inputs=asked.inputs, districts=asked.districts)


def check_size(chosen: Sequence[Lever], asked: Asked, setting: Setting) -> None:
    """Refuse a survey that would take long.

    Raises
    ------
    DocumentError
        With the number of scenarios it takes at least.
    """
    needed = scenarios_needed(chosen)
    districts = len(setting.districts)
    each = (districts + EACH) * (SOLVED if setting.policy.solve is not None else 1)
    if needed * each <= asked.most:
        return
    words = {
        "count": f"{len(chosen):,}",
        "scenarios": f"{needed:,}",
        "districts": f"{districts:,}",
        "most": f"{asked.most // each:,}",
    }
    raise DocumentError([Fault("cliffs.too_many", values=words)])


def _around(edge: Edge) -> list[tuple[Lever, Fraction]]:
    """Return the last two values before an edge and the first two beyond, as far as allowed."""
    step = edge.far - edge.near
    values = (edge.near - step, edge.near, edge.far, edge.far + step)
    return [(edge.lever, value) for value in values if edge.lever.allows(value)]


def _little_moves(
    lever: Lever, found: Sequence[Edge], asked: Asked
) -> tuple[Fraction | None, Fraction | None]:
    """Return a little less and a little more than a figure, both before the next edge."""
    if not lever.reach:
        return None, None
    grains = max(1, round(abs(lever.reach / asked.within) * asked.step / lever.grain))
    ends: list[Fraction | None] = []
    for side, sign in (("down", -1), ("up", 1)):
        nearest = [abs(edge.near - lever.number) for edge in found if edge.side == side]
        room = min([grains * lever.grain, *nearest])
        value = lever.number + sign * room
        ends.append(value if room and lever.allows(value) else None)
    return ends[0], ends[1]


def _watched(
    probe: Probe,
    lever: Lever,
    found: Sequence[Edge],
    ends: tuple[Fraction | None, Fraction | None],
    bounds: dict[str, tuple[Standing, ...]],
    asked: Asked,
) -> Watched:
    now = probe.at(lever, lever.value)
    down, up = (_slope(probe, lever, now, end) for end in ends)
    still = all(slope is None or not slope.own for slope in (down, up)) and bool(lever.reach)
    rests = grants_resting_on(probe.setting.policy, lever.input) if still else frozenset()
    held = tuple((grant, each[lever.district]) for grant, each in bounds.items() if grant in rests)
    cliffs = [_cliff(probe, edge) for edge in found]
    real = [cliff for cliff in cliffs if _jumps(probe, cliff, asked)]
    texts = [
        Cliff(lever, "other", choice, lever.value, choice, now, probe.at(lever, choice))
        for choice in lever.choices
    ]
    lost = _clawback(probe.setting, lever, up)
    return Watched(lever, now, down, up, held, (*real, *texts), lost, still)


def _slope(probe: Probe, lever: Lever, now: Seen, value: Fraction | None) -> Slope | None:
    if value is None:
        return None
    there = probe.at(lever, value)
    if not there.done:
        return None
    money = probe.setting.policy.money
    by = float(value - lever.number)
    parts = ((there.due, now.due), (there.due_others, now.due_others))
    own, others = (_difference(*pair) * float(money.quantum) / by for pair in parts)
    return Slope(own or 0.0, others or 0.0)


def _difference(after: float, before: float) -> float:
    """Subtract, taking what is lost in the last digits of a sum for nothing."""
    change = after - before
    return change if abs(change) > 1e-12 * max(abs(after), abs(before), 1.0) else 0.0


def _cliff(probe: Probe, edge: Edge) -> Cliff:
    before, after = probe.see([(edge.lever, edge.near), (edge.lever, edge.far)])
    crossed = edge.thresholds if after.done else ()
    values = (edge.value, edge.near, edge.far)
    return Cliff(edge.lever, edge.side, *values, before, after, crossed)


def _jumps(probe: Probe, cliff: Cliff, asked: Asked) -> bool:
    """Tell whether an edge is a cliff: more than its surroundings explain, and enough to tell.

    What is due on both sides of it, one grain apart, is held against what one grain more does
    before it and beyond it. Where money only bends, all three are alike.
    """
    if not cliff.before.done:
        return False
    if not cliff.after.done:
        return True
    assert isinstance(cliff.near, Fraction) and isinstance(cliff.far, Fraction)
    step = cliff.far - cliff.near
    single = any(getattr(t.node, "operator", "") in ("==", "!=") for t in cliff.thresholds)
    slopes = [0.0]
    sides = [(cliff.near - step, cliff.before)]
    sides += [] if single else [(cliff.far + step, cliff.after)]
    for value, seen in sides:
        beside = probe.at(cliff.lever, value) if cliff.lever.allows(value) else seen
        if beside.done:
            slopes.append(abs(beside.due - seen.due))
    jump = abs(cliff.after.due - cliff.before.due)
    paid = abs(cliff.jump or 0)
    return paid >= asked.least and jump >= 3 * max(slopes) + asked.least / 2


def _clawback(setting: Setting, lever: Lever, up: Slope | None) -> float | None:
    """Return what is lost of each unit more of own revenue."""
    rule = setting.policy.inputs[lever.input]
    if rule.role != "own_revenue" or up is None:
        return None
    return -up.own / float(money_in(setting, lever)) or 0.0


def money_in(setting: Setting, lever: Lever) -> Fraction:
    """Return how many units of money one unit of a figure is."""
    unit, money = setting.policy.inputs[lever.input].unit, setting.policy.money_unit
    return Fraction(1) if unit.bare else unit.scale / money.scale
