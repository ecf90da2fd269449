"""What came of a test."""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec import Struct

from transfers.errors import Fault, Place


class TestResult(Struct, frozen=True):
    """What came of one test.

    Parameters
    ----------
    file : str
        The test document.
    id, title : str
    status : "passed", "failed" or "error"
        Failed: the policy answered, and not as expected. Error: there is no answer, for the policy
        cannot be run on what is given, and the test does not expect that.
    place : Place
        Where the test stands.
    messages : tuple of Fault
        What is not as expected, each at the place of what was expected; nothing where the test
        passed. :meth:`Fault.text` says them.
    """

    __test__: ClassVar[bool] = False  # no class of tests, for pytest

    file: str
    id: str
    title: str
    status: Literal["passed", "failed", "error"]
    place: Place
    messages: tuple[Fault, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether all came out as expected."""
        return self.status == "passed"

    def lines(self, language: str) -> list[str]:
        """Return one line of text for each message."""
        return [message.text(language) for message in self.messages]
