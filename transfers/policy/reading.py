"""How a policy has its tables read, and whether a table at hand was read so.

Names of files and columns, and which rows are read, may depend on parameters. A change that moves
such a parameter has to be known before the tables are read: what was read otherwise is refused.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct, field

from transfers.arithmetic.decimals import format_decimal
from transfers.documents.yaml_tree import shown
from transfers.errors import DocumentError, Fault, Place
from transfers.policy.constants import Constants, constants, define_year
from transfers.policy.patterns import fill_in
from transfers.policy.row_filters import RowFilter, row_filters
from transfers.policy.rules import Path

if TYPE_CHECKING:
    from transfers.districts import Districts
    from transfers.districts.raw import RawTable
    from transfers.policy.compile import Compiler
    from transfers.policy.policy import Policy

OF_TABLES = ("districts", "inputs")
"""Sections whose files are read as tables of districts; others are read with the policy."""

_OF_READING = ("money", "districts", "lists", "inputs")
"""Sections that say what is read and how."""


class Reading(Struct, eq=False):
    """How a policy has its tables read.

    Attributes
    ----------
    constants : Constants
        What `rows` and names with braces may use.
    names : dict of path to str
        Names of files, sheets and columns that had braces, as they came out.
    fixed : dict of path to str
        Parameters that went into names, or into rows of files read with the policy, and how.
    filters : dict of path to RowFilter
        Path of the part that names the file -> which of its rows are read.
    faulty : set of path
        Entries whose names or rows cannot be settled, which is told: their files are not read.
    """

    constants: Constants = field(default_factory=Constants)
    names: dict[str, str] = field(default_factory=dict)
    fixed: dict[Path, str] = field(default_factory=dict)
    filters: dict[Path, RowFilter] = field(default_factory=dict)
    faulty: set[Path] = field(default_factory=set)

    def settings(self, policy: Policy, used: Collection[str]) -> dict[str, object]:
        """Return what decides which files, columns and rows are read as tables of districts.

        Parameters
        ----------
        policy : Policy
        used : collection of str
            The constants that rows were judged by.
        """
        found: dict[str, object] = dict(self.names)
        for filter_ in self.filters.values():
            if filter_.path[0] in OF_TABLES:
                found[".".join(map(str, filter_.path))] = filter_.text
        for rule in policy.inputs.values():
            if rule.over:
                found[f"lists.{rule.over}"] = policy.lists[rule.over].keys
        known = self.constants
        return found | {known.path(n): known.value(n) for n in used if n in known.symbols}

    def columns(self, path: Path) -> tuple[tuple[str, ...], ...]:
        """Return the columns by which the rows of a file are judged, as it may call them."""
        of_rows = self.filters.get(path)
        return () if of_rows is None else of_rows.columns

    def used(self, settings: Mapping[str, object]) -> list[str]:
        """Return the constants among settings."""
        return [name for name in self.constants.symbols if self.constants.path(name) in settings]


def prepare(compiler: Compiler) -> None:
    """Settle which files, columns and rows a document means; make its year usable."""
    compiler.reading.constants = constants(compiler)
    fill_in(compiler)
    row_filters(compiler)
    define_year(compiler)


def kept_rows(compiler: Compiler, path: Path, raw: RawTable) -> RawTable:
    """Return the rows of a file that is read with the policy: that of a list or a parameter.

    Raises
    ------
    TableError
        The rows cannot be judged, or none is left.
    """
    of_rows = compiler.reading.filters.get(path)
    if of_rows is None:
        return raw
    read = of_rows.read(raw)
    compiler.findings += read.findings
    for name in read.constants:
        compiler.reading.fixed[compiler.reading.constants.paths[name]] = of_rows.text
    return read.raw


def check_read(policy: Policy, districts: Districts) -> None:
    """Refuse districts that were read from other files, columns or rows than the policy wants.

    Raises
    ------
    DocumentError
        With everything that differs.
    """
    had = districts.settings
    if had is None:
        return
    now = policy.reading.settings(policy, policy.reading.used(had))
    faults = [
        Fault("reading.read_otherwise", Place(path=path), _words(path, had, now))
        for path in {**had, **now}
        if had.get(path) != now.get(path)
    ]
    if faults:
        raise DocumentError(faults)


def read_alike(policy: Policy, other: Policy, districts: Districts) -> bool:
    """Tell whether a policy would read the districts that another has read just as they are."""
    had = districts.settings
    mine, theirs = policy.document, other.document
    same = all(mine.source.data.get(s) == theirs.source.data.get(s) for s in _OF_READING)
    if had is None or not same or mine.item_changes != theirs.item_changes:
        return False
    if os.path.dirname(mine.source.file) != os.path.dirname(theirs.source.file):
        return False
    return policy.reading.settings(policy, policy.reading.used(had)) == had


def check_moves(
    policy: Policy, districts: Districts, moves: Sequence[Mapping[Path, object]]
) -> None:
    """Refuse scenarios that move what decided which tables, columns or rows were read.

    Raises
    ------
    DocumentError
        Naming the parameters.
    """
    reading = policy.reading
    fixed = dict(reading.fixed)
    for name in reading.used(districts.settings or {}):
        fixed.setdefault(reading.constants.paths[name], "rows")
    values = {path: reading.constants.value(name) for name, path in reading.constants.paths.items()}
    moved = [path for each in moves for path, to in each.items() if values.get(path) != to]
    solved = [] if policy.solve is None else [policy.solve.parameter]
    faults = [
        Fault(code, Place(path=_dotted(path)), {"path": _dotted(path), "formula": fixed[path]})
        for code, paths in (("reading.moved", moved), ("reading.solved", solved))
        for path in dict.fromkeys(paths)
        if path in fixed
    ]
    if faults:
        raise DocumentError(faults)


def _dotted(path: Path) -> str:
    return ".".join(map(str, path[:-1] if path[-1] == "value" else path))


def _words(path: str, had: Mapping[str, object], now: Mapping[str, object]) -> dict[str, object]:
    return {"path": path, "had": _shown(had.get(path)), "now": _shown(now.get(path))}


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return shown(", ".join(map(str, value)), 60)
    if isinstance(value, Fraction):
        return format_decimal(value)
    return "—" if value is None else shown(value, 60)
