"""Tests that are ready to be run."""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct

from checks.policy_tests.model import Example, WholeDocument
from transfers import Districts, Fault, Place, Policy
from transfers.documents.yaml_source import Source


class Case(Struct, frozen=True, eq=False):
    """A policy and the districts it is run on; or why there is no such run.

    Parameters
    ----------
    policy : Policy
        As far as what is given could be put in.
    districts : Districts or None
        None where they could not be read.
    faults : tuple of Fault
        What keeps it from being run.
    """

    policy: Policy
    districts: Districts | None
    faults: tuple[Fault, ...] = ()


class PolicyTest(Struct, frozen=True, eq=False):
    """One test, ready to be run.

    Parameters
    ----------
    id : str
    said : Example
        What the document says.
    case : Case
    """

    id: str
    said: Example
    case: Case

    @property
    def title(self) -> str:
        """What people call it, or its id."""
        return self.said.title or self.id


class TestDocument(Struct, frozen=True, eq=False):
    """A test document, checked against its policy.

    Parameters
    ----------
    source : Source
        What was read, to point at.
    model : WholeDocument
    policy : Policy
        The policy as it stands.
    tests : tuple of PolicyTest
        In the order of the document.
    """

    __test__: ClassVar[bool] = False  # no class of tests, for pytest

    source: Source
    model: WholeDocument
    policy: Policy
    tests: tuple[PolicyTest, ...]

    @property
    def file(self) -> str:
        """The test document."""
        return self.source.file

    @property
    def policy_file(self) -> str:
        """The policy document."""
        return self.policy.document.source.file

    @property
    def title(self) -> str:
        """What people call the document; the title of its policy where it has none."""
        return self.model.title or self.policy.title

    def place(self, test: str, *path: str | int) -> Place:
        """Return where a test, or a key of it, stands."""
        return self.source.place(("tests", test, *path))
