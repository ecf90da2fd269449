"""Changes over the stages of the method: pool, factors, coefficient, bounds, claims, rounding.

The parts of the variant's amounts (``Allocation.portions``) less those of the baseline's. What is
a part of a pool changes with the pool and with the shares: half of the product of both changes
goes to either (Shapley's value of two), so that nothing is left. Method: section 35.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray

from scenarios.comparison.breakdown import Breakdown, PartOfChange, changed_places
from scenarios.comparison.compared import Compared, Side
from scenarios.comparison.comparing import TOTAL, Comparison, quanta_in
from transfers import Policy
from transfers.arithmetic.rationals import Rationals
from transfers.explain.portions import Name, Portions
from transfers.messages import Phrase

Mask = NDArray[np.bool_]

KINDS: Final = ("pool", "factors", "coefficient", "bounds", "claims", "grants", "rounding")
"""The stages, in the order of the method."""

_KIND: Final = {
    "pool": "pool",
    "factor": "factors",
    "share": "factors",
    "coefficient": "coefficient",
    "others": "bounds",
    "floor": "bounds",
    "cap": "bounds",
    "scaled": "bounds",
    "level": "claims",
    "claim": "claims",
    "fixed": "claims",
    "compressed": "claims",
    "grant": "grants",
    "rounding": "rounding",
}
_OF_POOL: Final = ("factor", "share", "coefficient")
"""Parts that are a share of the pool."""


def by_stage(comparison: Comparison, compared: Compared) -> Breakdown:
    """Take the changes of a variant apart over the stages of the method."""
    if compared.total_change is None:
        return Breakdown(compared, lacking=(Phrase("compare.nothing_to_split"),))
    return Breakdown(compared, tuple(_parts(comparison, compared)))


def _parts(comparison: Comparison, compared: Compared) -> Iterator[PartOfChange]:
    before, after = compared.before, compared.after
    policies = [side.answer.setting.policy for side in (before, after)]
    paid = [_paid(policy, comparison.grant) for policy in policies]
    keys = [compared.keys[place] for place in changed_places(compared)]
    for grant in dict.fromkeys((*paid[0], *paid[1])):
        taken = [
            _portions(comparison, side, grant, keys) if grant in there else None
            for side, there in zip((before, after), paid, strict=True)
        ]
        policy = policies[1] if grant in paid[1] else policies[0]
        for (code, name), column in _differences(taken[0], taken[1]):
            if (column.numerators != 0).any():
                ending = f".{name}" if name else ""
                title = _title(policy, grant, code, name)
                yield PartOfChange(f"{grant}.{code}{ending}", title, _KIND[code], column)


def _paid(policy: Policy, grant: str) -> tuple[str, ...]:
    """Return the grants that are added up: not those that another replaces."""
    replaced = {rule.replaces for rule in policy.grants}
    names = tuple(rule.name for rule in policy.grants)
    if grant != TOTAL:
        return tuple(name for name in names if name == grant)
    return tuple(name for name in names if name not in replaced)


def _portions(comparison: Comparison, side: Side, grant: str, keys: list[str]) -> Portions:
    """Return the parts of a grant for some districts, in quanta of the comparison."""
    found = side.answer.allocation.portions(grant)
    times = quanta_in(side.answer.setting.policy, comparison.money)
    places = np.array([side.places[key] for key in keys], dtype=np.intp)
    pool = None if found.pool is None else found.pool.take(places) * times
    parts = {name: column.take(places) * times for name, column in found.parts.items()}
    return Portions(pool, parts, found.amounts.take(places) * times)


def _differences(
    before: Portions | None, after: Portions | None
) -> Iterator[tuple[Name, Rationals]]:
    """Yield each part of the change of one grant."""
    if before is None or after is None:
        if after is not None:
            yield ("grant", ""), after.amounts
        elif before is not None:
            yield ("grant", ""), -before.amounts
        return
    pools = None
    if before.pool is not None and after.pool is not None:
        pools = (before.pool, after.pool)
    of_pool = Rationals.repeated(0, len(after.amounts))
    rest: list[tuple[Name, Rationals]] = []
    for name in dict.fromkeys((*before.parts, *after.parts)):
        nothing = Rationals.repeated(0, len(after.amounts))
        pair = (before.parts.get(name, nothing), after.parts.get(name, nothing))
        if pools is None or name[0] not in _OF_POOL:
            rest.append((name, pair[1] - pair[0]))
            continue
        by_pool, by_share = product_rule(pools, pair)
        of_pool = of_pool + by_pool
        rest.append((name, by_share))
    yield ("pool", ""), of_pool
    yield from sorted(rest, key=lambda entry: KINDS.index(_KIND[entry[0][0]]))


def product_rule(
    pools: tuple[Rationals, Rationals], parts: tuple[Rationals, Rationals]
) -> tuple[Rationals, Rationals]:
    """Split the change of pool x share between the pool and the share, half of the product each.

    A pool of 0 says nothing of its shares: they are taken to be those of the other side.
    """
    empty = [np.asarray(pool.numerators == 0, dtype=np.bool_) for pool in pools]
    shares = [
        part / _or_one(pool, nil) for part, pool, nil in zip(parts, pools, empty, strict=True)
    ]
    first = _where(empty[0], shares[1], shares[0])
    second = _where(empty[1], shares[0], shares[1])
    half = Fraction(1, 2)
    by_pool = (pools[1] - pools[0]) * (first + second) * half
    by_share = (pools[0] + pools[1]) * (second - first) * half
    return by_pool, by_share


def _or_one(column: Rationals, nil: Mask) -> Rationals:
    numerators: NDArray[np.object_] = np.where(nil, 1, column.numerators).astype(object)
    return Rationals(numerators, column.denominators)


def _where(mask: Mask, one: Rationals, other: Rationals) -> Rationals:
    """Return figures of one column where `mask` is true, else of the other."""
    if not mask.any():
        return other
    pairs = ((one.numerators, other.numerators), (one.denominators, other.denominators))
    numerators, denominators = (np.where(mask, *pair).astype(object) for pair in pairs)
    return Rationals(numerators, denominators)


def _title(policy: Policy, grant: str, code: str, name: str) -> Phrase:
    rule = next(rule for rule in policy.grants if rule.name == grant)
    words: dict[str, object] = {"grant": rule.title}
    if name:
        known = policy.inputs.get(name)
        titles = {getattr(s, "name", ""): getattr(s, "title", "") for s in policy.statements}
        words["name"] = known.title if known is not None else titles.get(name) or name
    part = Phrase(f"compare.part_{code}", words)
    if len(policy.grants) == 1 or code == "grant":
        return part
    return Phrase("compare.part_of", {"grant": rule.title, "part": part})
