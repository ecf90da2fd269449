"""What a question is asked of: a variant, with the baseline run beside it."""

from __future__ import annotations

from msgspec import Struct

from scenarios.answers import Answer, answers, figures_of
from scenarios.settings import Changes, Setting, Settings
from scenarios.steps import steps_of
from scenarios.study.load import BASELINE, Study


class Asking(Struct, frozen=True, eq=False):
    """What a question is asked of.

    Parameters
    ----------
    variant, title : str
        What is varied.
    setting : Setting
        Of the variant; its formulas may read the baseline's figures.
    baseline : Answer
    """

    settings: Settings
    variant: str
    title: str
    setting: Setting
    baseline: Answer


class AnswerOf(Struct, frozen=True, eq=False, dict=True):
    """The answer of a question about a variant.

    Parameters
    ----------
    of : Asking
    """

    of: Asking

    @property
    def study(self) -> Study:
        """The study."""
        return self.of.settings.study

    @property
    def baseline(self) -> Answer:
        """What comes of the baseline."""
        return self.of.baseline


def asking(study: Study, variant: str | None, changes: Changes | None) -> Asking:
    """Run the baseline of a study and prepare the variant that a question is about.

    Parameters
    ----------
    variant : str, optional
        The baseline where it is left out.
    changes : mapping of path to text or number, optional
        What is set in the policy before everything else, as ``--set`` does.

    Raises
    ------
    DocumentError, TableError
        With what is wrong with the policy, its table, or what the study changes in them.
    """
    settings = Settings(study, changes or {})
    (baseline,) = answers([(BASELINE, title_of(study, BASELINE), settings.of(()))])
    settings.beside = figures_of(baseline)
    name = variant or BASELINE
    setting = settings.of(steps_of(study, name))
    return Asking(settings, name, title_of(study, name), setting, baseline)


def title_of(study: Study, variant: str) -> str:
    """Return the title of a variant or of the baseline, or its id."""
    entry = study.model.baseline if variant == BASELINE else study.model.variants[variant]
    return entry.title or variant
