"""Policy variants compared under budget constraints.

>>> import scenarios
>>> run = scenarios.run(scenarios.load_study("examples/studies/three.yaml"))
>>> run["west_up"].allocation.total.tolist()
[380, 500, 600, 440]
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scenarios.answers import Answer, Run, run
    from scenarios.comparison.comparing import Comparison, compare
    from scenarios.edges.asking import cliffs, reaches
    from scenarios.edges.reach import Reaches
    from scenarios.edges.survey import Survey
    from scenarios.outlook.found import Outlook
    from scenarios.outlook.looking import look_ahead
    from scenarios.running.runner import run_many, workplace
    from scenarios.running.source import Listed
    from scenarios.running.store import Runs
    from scenarios.seeking.optimum import Optimum, optimise
    from scenarios.seeking.values import Sought, seek
    from scenarios.settings import Setting
    from scenarios.study.load import Study, load_study
    from scenarios.sweeping.swept import Swept, sweep

__all__ = [
    "Answer",
    "Comparison",
    "Listed",
    "Optimum",
    "Outlook",
    "Reaches",
    "Run",
    "Runs",
    "Setting",
    "Sought",
    "Study",
    "Survey",
    "Swept",
    "cliffs",
    "compare",
    "load_study",
    "look_ahead",
    "optimise",
    "reaches",
    "run",
    "run_many",
    "seek",
    "sweep",
    "workplace",
]

# Public names load when first used, as those of `transfers` do.
_ROOMS = {
    "scenarios.answers": ("Answer", "Run", "run"),
    "scenarios.comparison.comparing": ("Comparison", "compare"),
    "scenarios.edges.asking": ("cliffs", "reaches"),
    "scenarios.edges.reach": ("Reaches",),
    "scenarios.edges.survey": ("Survey",),
    "scenarios.outlook.found": ("Outlook",),
    "scenarios.outlook.looking": ("look_ahead",),
    "scenarios.running.runner": ("run_many", "workplace"),
    "scenarios.running.source": ("Listed",),
    "scenarios.running.store": ("Runs",),
    "scenarios.seeking.optimum": ("Optimum", "optimise"),
    "scenarios.seeking.values": ("Sought", "seek"),
    "scenarios.settings": ("Setting",),
    "scenarios.study.load": ("Study", "load_study"),
    "scenarios.sweeping.swept": ("Swept", "sweep"),
}


def __getattr__(name: str) -> Any:
    for room, names in _ROOMS.items():
        if name in names:
            value = globals()[name] = getattr(import_module(room), name)
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
