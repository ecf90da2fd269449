"""What a test takes for given: the policy with its numbers, and the districts it is run on."""

from __future__ import annotations

from collections.abc import Mapping
from os.path import normpath
from pathlib import Path as FilePath
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

import transfers
from checks.policy_tests.model import Example, Given, Statement
from checks.policy_tests.prepared import Case
from checks.policy_tests.rows import given_districts
from transfers import Districts, Fault, FaultsError, Place, Policy, TableError
from transfers.documents.yaml_source import Source
from transfers.documents.yaml_tree import Path, dotted, shown

_OF_STATEMENTS = ("that", "applies", "title")


class Cases(Struct, eq=False):
    """Makes ready what tests are run on; a table that several read is read once.

    Parameters
    ----------
    source : Source
        The test document.
    common : Given
        What is given in every test.
    policy : Policy
        The policy as it stands.
    """

    source: Source
    common: Given
    policy: Policy
    _tables: list[tuple[Any, Policy, Districts]] = field(default_factory=list)

    def of(self, name: str, test: Example) -> Case:
        """Return what a test is run on, or every fault that keeps it from being run."""
        at: Path = ("tests", name)
        faults: list[Fault] = []
        policy, districts = self.policy, None
        # Each goes on from what could be made, so that all faults are told at once.
        for made in (self._changed, self._asked):
            try:
                policy = made(policy, test, at)
            except FaultsError as error:
                faults += [self._told(fault, at) for fault in error.faults]
        try:
            districts = policy.with_set_figures(self._districts(policy, test, at))
        except FaultsError as error:
            faults += error.faults
        return Case(policy, districts, tuple(faults))

    # -- the policy ----------------------------------------------------------------------------

    def _changed(self, policy: Policy, test: Example, at: Path) -> Policy:
        """Return the policy with what is set."""
        changes, places = {**self.common.set, **test.given.set}, {}
        for path in changes:
            own = path in test.given.set
            key = (*(at if own else ()), "given", "set", path)
            places[path] = self.source.value_place(key)
            places |= self._below(test.given.set if own else self.common.set, key, path)
        return policy.changed(set=changes, places=places) if changes else policy

    def _asked(self, policy: Policy, test: Example, at: Path) -> Policy:
        """Return the policy with the statements that have to hold."""
        rules = {name: _written(entry) for name, entry in test.expect.statements.items()}
        if not rules:
            return policy
        return policy.with_statements(rules=rules, places=self._of_statements(test, at))

    def _below(self, changes: Mapping[str, Any], key: Path, path: str) -> dict[str, Place]:
        """Return the places of what stands below a path that is set to a mapping."""
        value = changes[path]
        steps = value if isinstance(value, Mapping) else ()
        return {f"{path}.{step}": self.source.value_place((*key, step)) for step in steps}

    def _of_statements(self, test: Example, at: Path) -> dict[str, Place]:
        """Return where statements stand, by the paths a policy knows them by."""
        places = {}
        for name, entry in test.expect.statements.items():
            path = (*at, "expect", "statements", name)
            places[f"rules.{name}"] = self.source.value_place(path)
            for key in _written(entry):
                places[f"rules.{name}.{key}"] = self.source.value_place((*path, key))
        return places

    def _told(self, fault: Fault, at: Path) -> Fault:
        """Return a fault as people know its place: to a policy statements are rules."""
        if fault.place.file != self.source.file or not fault.place.path.startswith("rules."):
            return fault
        path = dotted(
            (*at, "expect", *fault.place.path.replace("rules", "statements", 1).split("."))
        )
        return replace(fault, place=replace(fault.place, path=path))

    # -- the districts -------------------------------------------------------------------------

    def _districts(self, policy: Policy, test: Example, at: Path) -> Districts:
        """Return the districts that are given: rows, a file, or the policy's own table."""
        given, path = test.given, (*at, "given")
        if given.districts is None and given.file is None and given.join is None:
            given, path = self.common, ("given",)
        if given.districts is not None:
            return given_districts(policy, given.districts, self.source, (*path, "districts"))
        file = None if given.file is None else self._beside(given.file, (*path, "file"))
        joins = tuple(
            self._beside(file, (*path, "join", number))
            for number, file in enumerate(given.join or ())
        )
        for known, reader, table in self._tables:
            if known == (file, joins) and policy.reads_like(reader, table):
                return table
        table = transfers.load_districts(file, policy, joins=joins)
        if not table.changes:  # figures that this test sets are no other test's
            self._tables.append(((file, joins), policy, table))
        return table

    def _beside(self, file: str, path: Path) -> str:
        """Return the path of a file that the document names, relative to the document."""
        found = normpath(FilePath(self.source.file).parent / file)
        if FilePath(found).is_file():
            return found
        place = self.source.value_place(path)
        raise TableError([Fault("policy_tests.no_such_file", place, {"file": shown(file, 60)})])


def _written(entry: Statement) -> dict[str, str]:
    """Return what a statement says, key by key."""
    said = {key: getattr(entry, key) for key in _OF_STATEMENTS}
    return {key: text for key, text in said.items() if text is not None}
