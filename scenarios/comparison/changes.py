"""Changes over the named changes of a variant: Shapley's value, exactly. Method: section 35.

Of k named changes all 2^k subsets are run, in the order of the document. What a change does is
the average, over all orders in which they could be made, of what it adds when its turn comes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import factorial
from typing import Final

import numpy as np
from msgspec.structs import replace

from scenarios.comparison.breakdown import Breakdown, PartOfChange
from scenarios.comparison.compared import Compared
from scenarios.comparison.comparing import Comparison
from scenarios.comparison.subsets import Objects, Player, Runs, Subset
from scenarios.steps import Step
from transfers import Policy
from transfers.arithmetic.rationals import Rationals
from transfers.messages import Phrase

MOST_CHANGES: Final = 10
"""With more, changes are to be grouped: 2^10 scenarios are run already."""


def by_change(comparison: Comparison, compared: Compared) -> Breakdown:
    """Take the changes of a variant apart over its named changes."""
    steps = _own_steps(comparison, compared)
    players = list(_players(compared.answer.setting.policy, steps))
    if len(players) > MOST_CHANGES:
        words = {"id": compared.id, "count": len(players), "most": MOST_CHANGES}
        return Breakdown(compared, lacking=(Phrase("compare.too_many_changes", words),))
    return _shapley(comparison, compared, players, steps)


def by_split(comparison: Comparison, compared: Compared) -> Breakdown:
    """Take the changes of a variant apart into what data and what policy does."""
    players = _data_and_policy(comparison, compared)
    return _shapley(comparison, compared, players, _all_steps(players))


def by_split_in_order(comparison: Comparison, compared: Compared) -> Breakdown:
    """Tell what the new data does under the old rule, then what the new rule does."""
    if compared.total_change is None:
        return Breakdown(compared, lacking=(Phrase("compare.nothing_to_split"),))
    players = _data_and_policy(comparison, compared)
    runs = Runs(comparison, compared, players, _all_steps(players))
    lacking = runs.lacking([(0,)])
    if lacking:
        return Breakdown(compared, lacking=lacking)
    middle = runs.amounts[0,]
    columns = (middle - runs.amounts[()], runs.amounts[0, 1] - middle)
    parts = _parts(players, [Rationals(column) for column in columns])
    return Breakdown(compared, parts, notes=_notes(compared))


# -- who takes part ------------------------------------------------------------------------------


def _own_steps(comparison: Comparison, compared: Compared) -> tuple[Step, ...]:
    """Return the steps of a variant after those of the baseline."""
    before = len(comparison.run.baseline.setting.steps)
    return compared.answer.setting.steps[before:]


def number_of_changes(comparison: Comparison, compared: Compared) -> int:
    """Return how many named changes a variant has."""
    return len(_own_steps(comparison, compared))


def _players(policy: Policy, steps: Sequence[Step]) -> Iterator[Player]:
    """Yield one player per step; one of the same name as another gets a number."""
    seen: dict[str, int] = {}
    for step in steps:
        seen[step.id] = seen.get(step.id, 0) + 1
        named = step.id if seen[step.id] == 1 else f"{step.id}#{seen[step.id]}"
        yield Player(named, _title(policy, step), (step,))


def _title(policy: Policy, step: Step) -> str | Phrase:
    """Return what people call a step: its own title or name, or what it puts where."""
    if step.path[-2:] == ("changes", step.id):
        return step.title
    if step.data and step.title == step.id.removeprefix("inputs."):
        names = tuple(policy.inputs[n].title if n in policy.inputs else n for n in step.data)
        return Phrase("compare.changed_data", {"names": names})
    if step.title == step.id and step.districts is not None:
        return Phrase("compare.changed_table", {"file": step.districts})
    if step.title == step.id and step.policy is not None:
        return Phrase("compare.changed_policy", {"file": step.policy})
    if step.title != step.id or len(step.set) != 1:
        return step.title
    ((path, value),) = step.set.items()
    above, _, name = path.rpartition(".")
    if above.endswith(".factors"):
        known = policy.inputs.get(name)
        words = {"name": name if known is None else known.title, "value": value}
        return Phrase("compare.changed_weight", words)
    return Phrase("compare.changed_value", {"path": path, "value": value})


def _data_and_policy(comparison: Comparison, compared: Compared) -> list[Player]:
    """Return two players: all that changes data, and all that changes the policy."""
    steps = _own_steps(comparison, compared)
    data = [replace(s, policy=None, set={}, add={}, remove=(), rescale=()) for s in steps]
    policy = [replace(s, data={}, districts=None, join=None) for s in steps]
    data = [s for s in data if s.data or s.districts or s.join]
    policy = [s for s in policy if s.policy or s.set or s.add or s.remove]
    return [
        Player("data", Phrase("compare.data"), tuple(data)),
        Player("policy", Phrase("compare.policy"), tuple(policy)),
    ]


def _all_steps(players: Sequence[Player]) -> list[Step]:
    return [step for player in players for step in player.steps]


def _notes(compared: Compared) -> tuple[Phrase, ...]:
    """Say where data comes with a policy: then its effect is told as the policy's."""
    steps = compared.answer.setting.steps
    sources = [
        [source.file for source in side.answer.setting.districts.sources]
        for side in (compared.before, compared.after)
    ]
    named = any(step.districts for step in steps)
    if named or sources[0] == sources[1] or not any(step.policy for step in steps):
        return ()
    return (Phrase("compare.table_with_policy", {"id": compared.id}),)


# -- the value -----------------------------------------------------------------------------------


def _shapley(
    comparison: Comparison,
    compared: Compared,
    players: Sequence[Player],
    steps: Sequence[Step],
) -> Breakdown:
    if compared.total_change is None:
        return Breakdown(compared, lacking=(Phrase("compare.nothing_to_split"),))
    runs = Runs(comparison, compared, players, steps)
    count = len(players)
    subsets = [s for size in range(count + 1) for s in combinations(range(count), size)]
    lacking = runs.lacking(subsets)
    if lacking:
        return Breakdown(compared, lacking=lacking)
    weights = np.array(
        [[_weight(player, subset, count) for subset in subsets] for player in range(count)],
        dtype=object,
    ).reshape(count, len(subsets))
    sums = _product(weights, np.array([runs.amounts[subset] for subset in subsets], dtype=object))
    columns = [Rationals(row, factorial(count)) for row in sums]
    return Breakdown(compared, _parts(players, columns), notes=_notes(compared))


def _product(weights: Objects, amounts: Objects) -> Objects:
    """Return the matrix product of whole numbers, in 64 bits where they surely suffice."""
    largest = max((abs(amount) for amount in amounts.ravel().tolist()), default=0)
    if max((int(np.abs(row).sum()) for row in weights), default=0) * largest < 2**63:
        return (weights.astype(np.int64) @ amounts.astype(np.int64)).astype(object)
    return np.asarray(weights @ amounts)


def _weight(player: int, subset: Subset, count: int) -> int:
    """Return how often a subset counts for a player, of count! orders; below 0 without it."""
    if player in subset:
        return factorial(len(subset) - 1) * factorial(count - len(subset))
    return -factorial(len(subset)) * factorial(count - len(subset) - 1)


def _parts(players: Sequence[Player], columns: Sequence[Rationals]) -> tuple[PartOfChange, ...]:
    return tuple(
        PartOfChange(player.id, player.title, player.id, column)
        for player, column in zip(players, columns, strict=True)
    )
