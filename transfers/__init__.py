"""transfers: exact, explained allocation of fiscal transfer payments.

>>> import transfers
>>> policy = transfers.load_policy("examples/bonuses/grade_coefficient.yaml")
>>> districts = transfers.load_districts(None, policy)
>>> transfers.allocate(policy, districts).total.tolist()
[991, 296, 545, 823, 485, 300, 560]
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from transfers.allocation import Allocation
    from transfers.batch import Batch, allocate, allocate_scenarios, run_batch
    from transfers.districts import Districts
    from transfers.districts.load import load_districts
    from transfers.errors import (
        DocumentError,
        Fault,
        FaultsError,
        Place,
        RejectedAboveError,
        TableError,
        TransfersError,
    )
    from transfers.figures import change_figures
    from transfers.findings import Finding
    from transfers.judging import RuleResult
    from transfers.levels import load_policy
    from transfers.measures import Inequality
    from transfers.payer.balance import Account, Balance
    from transfers.policy import Policy
    from transfers.policy.beside import Beside

__version__ = "0.1.0"

__all__ = [
    "Account",
    "Allocation",
    "Balance",
    "Batch",
    "Beside",
    "Districts",
    "DocumentError",
    "Fault",
    "FaultsError",
    "Finding",
    "Inequality",
    "Place",
    "Policy",
    "RejectedAboveError",
    "RuleResult",
    "TableError",
    "TransfersError",
    "allocate",
    "allocate_scenarios",
    "change_figures",
    "load_districts",
    "load_policy",
    "run_batch",
]

# Public names load when first used: help and complaints need little of the engine.
_ROOMS = {
    "transfers.allocation": ("Allocation",),
    "transfers.batch": ("Batch", "allocate", "allocate_scenarios", "run_batch"),
    "transfers.districts": ("Districts",),
    "transfers.districts.load": ("load_districts",),
    "transfers.errors": (
        "DocumentError",
        "Fault",
        "FaultsError",
        "Place",
        "RejectedAboveError",
        "TableError",
        "TransfersError",
    ),
    "transfers.figures": ("change_figures",),
    "transfers.findings": ("Finding",),
    "transfers.judging": ("RuleResult",),
    "transfers.levels": ("load_policy",),
    "transfers.measures": ("Inequality",),
    "transfers.payer.balance": ("Account", "Balance"),
    "transfers.policy": ("Policy",),
    "transfers.policy.beside": ("Beside",),
}


def __getattr__(name: str) -> Any:
    for room, names in _ROOMS.items():
        if name in names:
            value = globals()[name] = getattr(import_module(room), name)
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
