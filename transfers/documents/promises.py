"""The promises that have names: what any policy may promise about its amounts.

A promise of arithmetic holds for every policy, or the computing is wrong; a promise of policy
holds for those that were written to keep it. What each says stands in the texts
``promises.<name>`` and ``promises.<name>_says``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from transfers.messages import family

Kind: TypeAlias = Literal["arithmetic", "policy"]

_ARITHMETIC: Final = (
    *("balance", "non_negativity", "bounds", "feasibility_honesty", "row_order", "relabelling"),
    *("unit_of_a_factor", "earmarks", "quota", "irrelevance", "decomposition", "determinism"),
    *("batch_single", "scenario_null", "year_chaining"),
)
_POLICY: Final = (
    *("equal_treatment", "order_preservation", "own_need_monotonicity", "others_need"),
    *("budget_monotonicity", "entry", "currency", "replication", "continuity", "merge_split"),
    *("hold_harmless", "growth_cap", "effort_neutrality", "no_full_clawback", "performance"),
    *("no_reward_for_decline", "no_re_ranking", "equalising"),
)

PROMISES: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        **dict.fromkeys(_ARITHMETIC, "arithmetic"),
        **dict.fromkeys(_POLICY, "policy"),
    }
)
"""Name -> kind, in the order in which they are told."""

OPTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {"at_least": "hold_harmless", "at_most": "growth_cap"}
)
"""Keys that belong to one promise: what part of last year's amounts is guaranteed, by what part of
them amounts may grow."""

_OF_STATEMENTS: Final = frozenset({"that", "applies"})


def keys_taken(name: str, keys: Iterable[str]) -> list[str]:
    """Return the keys that go with a promise: some are for statements, some for one promise."""
    left_out = {key for key, of in OPTIONS.items() if of != name}
    left_out |= _OF_STATEMENTS if name in PROMISES else {"tolerance"}
    return [key for key in keys if key not in left_out]


def title_of(text: str) -> str | None:
    """Return the promise that has a title, in one of the languages; None where none has."""
    texts, asked = family("promises"), text.strip().lower()
    same = (name for name in PROMISES if asked in map(str.lower, texts[f"promises.{name}"]))
    return next(same, None)
