"""What ``--set`` changed before all else: told by every page of a study as a run tells it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from scenarios.settings import Settings
from scenarios.steps import Step
from transfers import Policy, messages
from transfers.messages import Phrase
from transfers.output.origin import told_before
from transfers.policy.moves import number_text


class SetBefore(Struct, frozen=True):
    """What was changed for all variants, with what stands there in the files.

    Parameters
    ----------
    document, figures : tuple of Phrase
        Values of the policy; figures of districts.
    """

    document: tuple[Phrase, ...] = ()
    figures: tuple[Phrase, ...] = ()

    def lines(self, language: str) -> list[str]:
        """Say it, a line each."""
        return [*_said(self.document, language), *_said(self.figures, language)]

    def data(self, language: str) -> dict[str, list[str]]:
        """Return it for programs, under the names that a run has; nothing where nothing was."""
        found = {"document_changed": self.document, "figures_changed": self.figures}
        return {name: _said(told, language) for name, told in found.items() if told}


def _said(phrases: Sequence[Phrase], language: str) -> list[str]:
    return [messages.said(phrase, language) for phrase in phrases]


def set_before(settings: Settings, policy: Policy, steps: Sequence[Step]) -> SetBefore:
    """Return what ``--set`` changes in a policy and in its table, and from what.

    Parameters
    ----------
    steps : sequence of Step
        Those that led to the policy: they say which table it reads.
    """
    if not settings.changes:
        return SetBefore()
    texts = {path: number_text(value) for path, value in settings.changes.items()}
    return SetBefore(*told_before(policy, texts, lambda: settings.table(policy, steps)))
