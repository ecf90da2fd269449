"""How unequal districts are under every answer: resources per head, before and after."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from scenarios.comparison.compared import Compared
from scenarios.comparison.comparing import Comparison
from transfers import Inequality
from transfers.output.view_of_measures import heading, notes_of, title_of


class Dispersion(Struct, frozen=True, eq=False):
    """Measures of inequality: before the transfer, in the baseline, in every variant that pays.

    Parameters
    ----------
    baseline : Inequality
    variants : list of Compared
        Those that have measures.
    rows : list of (code, figures)
        Before the transfer, after it in the baseline, after it in each variant.
    """

    baseline: Inequality
    variants: list[Compared]
    rows: list[tuple[str, Sequence[float | None]]]

    def title(self, code: str, language: str) -> str:
        """Return what people call a measure."""
        return title_of(self.baseline[code], self.baseline, language)

    def heading(self, language: str) -> str:
        """Say what is measured."""
        return heading(self.baseline, language)

    def notes(self, language: str) -> list[str]:
        """Say by what definitions."""
        return notes_of(self.baseline, language)


def dispersion(comparison: Comparison) -> Dispersion | None:
    """Return measures of inequality; None where the baseline has none.

    They are of all grants together, whichever is compared. Where a variant changes revenue or
    people, what is told before the transfer is still the baseline's.
    """
    answer = comparison.run.baseline
    baseline = answer.allocation.inequality(comparison.by) if answer.done else None
    if baseline is None:
        return None
    variants, found = [], []
    for compared in comparison.variants:
        inequality = None
        if compared.after.total is not None:
            inequality = compared.answer.allocation.inequality(comparison.by)
        if inequality is not None:
            variants.append(compared)
            found.append(inequality)
    rows: list[tuple[str, Sequence[float | None]]] = [
        (
            measure.code,
            [measure.before, measure.after, *(each[measure.code].after for each in found)],
        )
        for measure in baseline.measures
    ]
    return Dispersion(baseline, variants, rows)
