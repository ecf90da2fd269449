"""What is wrong with the formulas of a document whose shape is wrong as well.

An official mends everything in one go, or not at all: the entries that are faulty in themselves
are left out, the rest is compiled, and what that finds is told beside the first faults.
"""

from __future__ import annotations

import copy
from typing import Any

from msgspec.structs import replace
from pydantic_core import ValidationError

from transfers.documents.change import Asked, Changes
from transfers.documents.changes import apply_changes, split_figures
from transfers.documents.load import Document, below_step
from transfers.documents.rules import NAMED, OF_PROMISES, rule_faults
from transfers.documents.shape import read_policy
from transfers.documents.yaml_source import Source, scan
from transfers.errors import DocumentError, Fault
from transfers.policy.above import Level, split_changes
from transfers.policy.asks import Asks, with_measures
from transfers.policy.compile import Compiler

_ALONE = ("document.unknown_key", "document.quantum_not_positive", "document.name_taken")
"""After these the key is left out, and the entry around it stays."""


def formula_faults(
    text: str,
    file: str,
    changes: Changes,
    asked: Asked,
    error: DocumentError,
    level: Level,
    asks: Asks,
) -> list[Fault]:
    """Return the faults of formulas in the entries that are sound in themselves.

    Returns
    -------
    list of Fault
        Empty where the document cannot be read without its faulty entries.
    """
    try:
        source, _ = scan(text, file)
        if not isinstance(source.data, dict):
            return []
        changes, level.figures = split_changes(source.data, file, changes)
        source, aside, wrong = apply_changes(source, split_figures(source, changes)[0], asked)
        if wrong:
            return []
        sound, faulty = _without_faulty(source, error)
        document = with_measures(Document(sound, read_policy(sound.data), aside), asks)
    except (DocumentError, ValidationError):
        return []
    compiler = Compiler(document, faulty, level=level, asks=asks)
    compiler.compile()
    return compiler.faults


def _without_faulty(source: Source, error: DocumentError) -> tuple[Source, frozenset[str]]:
    """Leave out unknown keys, a quantum of nothing, and every entry whose shape is wrong.

    What breaks a rule between keys (weights that do not add up) leaves the shape as it is.
    """
    data: Any = copy.deepcopy(source.data)
    between = {(fault.code, fault.place) for fault in rule_faults(source)}
    faulty: set[str] = set()
    for fault in error.faults:
        path = tuple(fault.place.path.split("."))
        alone = fault.code.startswith(_ALONE)
        if fault.code == "document.name_taken":
            faulty.update(path[1:2])  # what it stands for otherwise may be no name of formulas
        if (fault.code, fault.place) in between and not alone:
            continue
        if not alone:
            entries = path[0] in (*NAMED, *OF_PROMISES) and isinstance(data.get(path[0]), dict)
            path = path[:2] if entries else path[:1]
            if path[0] not in OF_PROMISES:  # no names of formulas
                faulty.update(path[1:] if entries else path)
        _drop(data, path)
    return replace(source, data=data), frozenset(faulty)


def _drop(data: Any, path: tuple[str, ...]) -> None:
    """Delete what stands at a path, if it is there."""
    for step in path[:-1]:
        data = below_step(data, int(step) if isinstance(data, list) and step.isdigit() else step)
    if isinstance(data, dict):
        data.pop(path[-1], None)
