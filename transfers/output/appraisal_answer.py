"""What a view of an appraisal is made of: its figures in one scenario, exactly."""

from __future__ import annotations

from collections.abc import Sequence
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
            return [
                x if isinstance(x, Fraction) else Fraction(0)
                for x in self.each("share", ratio=True)
            ]
        weight = tree.items.columns[tree.weight]
        numbers = [Fraction(0) if n is None else n.value for n in weight.numbers]
        return [number * weight.unit.scale for number in numbers]

    @property
    def counted(self) -> list[list[bool]]:
        """Whether an indicator counts in a district: not for the whole alone, not left out."""
        if not self.has("counted"):
            return [[True] * len(self.table) for _ in self.rule.tree.items.keys]
        return [[cell is True for cell in row] for row in self.items("counted")]

    def effective(self) -> list[list[Fraction | None]]:
        """Return the weight that each indicator has in the degree of each district.

        That of an indicator left out goes to the others under its parent, in proportion, and that
        of a parent without any to the other parents. None of an indicator that does not count.
        """
        each = [self._spread(column) for column in zip(*self.counted, strict=True)]
        return [list(row) for row in zip(*each, strict=True)]

    def effective_whole(self) -> list[Fraction | None]:
        """Return the weight that each indicator has in the degree of the whole."""
        return self._spread([cell is not None for cell in self.each("whole.score")])

    @property
    def weighs_as_written(self) -> bool:
        """Whether every indicator has the weight of the list in every district."""
        pairs = zip(self.shares, self.effective(), strict=True)
        return all(row == [share] * len(row) for share, row in pairs)

    def _spread(self, counted: Sequence[bool]) -> list[Fraction | None]:
        shares, parents = self.shares, self.parents
        of_parent: dict[str, Fraction] = {}
        seen: dict[str, Fraction] = {}
        for share, parent, counts in zip(shares, parents, counted, strict=True):
            of_parent[parent] = of_parent.get(parent, Fraction(0)) + share
            seen[parent] = seen.get(parent, Fraction(0)) + (share if counts else 0)
        there = sum((of_parent[parent] for parent, share in seen.items() if share), Fraction(0))
        found: list[Fraction | None] = []
        for share, parent, counts in zip(shares, parents, counted, strict=True):
            own = of_parent[parent] * share / seen[parent] / there if counts and share else share
            found.append(own if counts else None)
        return found

    def left_out(self) -> list[int]:
        """Return the districts in which an indicator is left out that would count."""
        counts = self.items("counts") if self.has("counts") else None
        return [
            at
            for at in range(len(self.table))
            if any(
                not row[at] and (counts is None or counts[item][at] is True)
                for item, row in enumerate(self.counted)
            )
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
