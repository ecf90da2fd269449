"""What a view of an appraisal is made of: its figures in one scenario, exactly."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

import numpy as np
from msgspec import Struct, field

from transfers.policy.asks import MeasureText
from transfers.readout import Cell, read_column, read_items

if TYPE_CHECKING:
    from transfers.allocation import Allocation
    from transfers.districts import Districts
    from transfers.policy.appraisals import AppraisalRule
    from transfers.policy.policy import Policy

_PERCENT: Final = 100
_ASKED: Final = ("degree", "degree_last", "whole.degree")


def asked_of(policy: Policy) -> Policy:
    """Return the policy with its appraisals asked for, so that what they lack is a fault."""
    measures: dict[str, MeasureText] = {}
    for rule in policy.appraisals:
        for part in _ASKED:
            if part in rule.parts:
                name = f"{rule.name}_{part.replace('.', '_')}_asked"
                of = f"{rule.name}.{part}"
                counted = f"if(missing({of}), 0, 1)"
                is_one = part.startswith("whole")
                measures[name] = counted if is_one else f"sum({counted})"
    return policy.with_statements(measures=measures)


class AppraisalAnswer(Struct, frozen=True, eq=False):
    """One appraisal and its figures; ratios are plain, 1 for 100 %.

    Parameters
    ----------
    rule : AppraisalRule
    district : int or None
        The one that is asked for.
    """

    allocation: Allocation
    rule: AppraisalRule
    district: int | None = None
    _read: dict[str, list[list[Cell]]] = field(default_factory=dict)

    @property
    def policy(self) -> Policy:
        """The policy."""
        return self.allocation.policy

    @property
    def table(self) -> Districts:
        """The districts."""
        return self.allocation.districts

    def has(self, part: str) -> bool:
        """Tell whether the appraisal has a figure of that name."""
        return part in self.rule.parts

    @property
    def is_relative(self) -> bool:
        """Whether all scores are z-scores, which are no parts of anything."""
        return self.rule.tree.method.only("zscore")

    def column(self, part: str, *, ratio: bool = False) -> list[Cell]:
        """Return a figure of each district; a ratio as a plain number."""
        name, count = f"{self.rule.name}.{part}", len(self.table)
        block, scenario = self.allocation.block, self.allocation.scenario
        cells = read_column(block, scenario, name, np.arange(count, dtype=np.intp))
        return [self._plain(cell) for cell in cells] if ratio else cells

    def items(self, part: str, *, ratio: bool = False) -> list[list[Cell]]:
        """Return, for each indicator, a figure of every district."""
        if part not in self._read:
            name = f"{self.rule.name}.{part}"
            block, scenario = self.allocation.block, self.allocation.scenario
            self._read[part] = [*read_items(block, scenario, name).values()]
        cells = self._read[part]
        return [[self._plain(cell) for cell in row] for row in cells] if ratio else cells

    def each(self, part: str, *, ratio: bool = False) -> list[Cell]:
        """Return a figure of each indicator that is the same in all districts."""
        return [row[0] for row in self.items(part, ratio=ratio)]

    def whole(self, part: str) -> Cell:
        """Return a ratio of the whole."""
        return self.column(f"whole.{part}", ratio=True)[0] if self.has(f"whole.{part}") else None

    def texts(self, column: str) -> tuple[str | None, ...]:
        """Return a column of texts of the list of indicators; nothing in it where there is none."""
        items = self.rule.tree.items
        return items.columns[column].texts if column else (None,) * len(items)

    @property
    def shares(self) -> list[Fraction]:
        """The weight of each indicator in the whole appraisal."""
        tree = self.rule.tree
        if self.has("share"):
            return [x if isinstance(x, Fraction) else Fraction(0) for x in self._share()]
        weight = tree.items.columns[tree.weight]
        numbers = [Fraction(0) if n is None else n.value for n in weight.numbers]
        return [number * weight.unit.scale for number in numbers]

    def _share(self) -> list[Cell]:
        cells = self.each("share")
        return [
            c / _PERCENT if isinstance(c, Fraction) and not self.is_relative else c for c in cells
        ]

    def _plain(self, cell: Cell) -> Cell:
        if isinstance(cell, Fraction) and not self.is_relative:
            return cell / _PERCENT
        return cell

    @property
    def parents(self) -> list[str]:
        """What the first-level indicator of each is called; empty where there is one level."""
        tree = self.rule.tree
        if tree.first is None:
            return [""] * len(tree.items)
        names = dict(zip(tree.first.keys, tree.first.names, strict=True))
        return [names.get(text or "", "") for text in self.texts(tree.parent)]
