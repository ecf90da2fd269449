"""One scenario of a block, exactly: what the exact reader asks for."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from transfers.arithmetic.decimals import Decimals
from transfers.arithmetic.held import Bounded
from transfers.arithmetic.rationals import Rationals
from transfers.districts.columns import NumberColumn
from transfers.formula.exact_numbers import ExactNumbers, from_optional
from transfers.formula.nodes import Lookup, Node, Number
from transfers.formula.values import Labels, Truth

if TYPE_CHECKING:
    from transfers.block import Block

Members = NDArray[np.intp]


class ExactScenario(Struct, eq=False):
    """The figures of one scenario of a block, exactly."""

    block: Block
    scenario: int

    @property
    def district_count(self) -> int:
        """Number of districts, N."""
        return self.block.district_count

    def item_count(self, name: str) -> int:
        """Return the number of items of a list, K; 0 without a list."""
        return self.block.item_count(name)

    def definition(self, name: str) -> Node | None:
        """Return the formula of a quantity; None for what is not defined by one formula."""
        return self.block.definitions.get(name)

    def is_decided(self, name: str) -> bool:
        """Tell whether a quantity is at hand exactly: a text, a statement, or decimals."""
        value = self.block.values.get(name)
        return value is not None and (not isinstance(value, Bounded) or value.decimals is not None)

    def decided(self, name: str, members: Members) -> ExactNumbers | None:
        """Return the figures of a quantity that are decimals; None where they are not."""
        value = self.block.values.get(name)
        if not isinstance(value, Bounded) or value.decimals is None:
            return None
        whole = value.decimals
        rows = whole.mantissas
        row = rows[min(self.scenario, len(rows) - 1)]
        at = members if len(row) > 1 else np.zeros_like(members)
        figures = Rationals.from_decimals(Decimals(row[at], whole.places))
        if value.whole:
            return ExactNumbers(figures, np.zeros(len(members), dtype=bool))
        gone = value.missing
        return ExactNumbers(figures, gone[min(self.scenario, len(gone) - 1)][at])

    def order_of(self, name: str) -> int:
        """Return the place of a quantity in reading order."""
        return self.block.order[name]

    def numbers(self, name: str, members: Members) -> ExactNumbers:
        """Return exact figures of an input, a column of a list, a stage or a grant."""
        head, _, part = name.partition(".")
        if head in self.block.outcomes:
            figures = self.block.outcomes[head].exact(part, self.scenario, members)
            return ExactNumbers(figures, np.zeros(len(members), dtype=bool))
        if head in self.block.accounts:
            whole = self.block.accounts[head].part(part)
            amount = int(whole[min(self.scenario, len(whole) - 1), 0])
            figures = Rationals.repeated(amount * self.block.policy.money.quantum, len(members))
            return ExactNumbers(figures, np.zeros(len(members), dtype=bool))
        if head == "total":
            return self._total(part, members)
        if name not in self.block.districts.columns:
            return self._of_items(head, part, members)
        column = self.block.column(name, self.scenario)
        assert isinstance(column, NumberColumn)
        return ExactNumbers(column.exact(members), column.missing[members])

    def _of_items(self, name: str, column: str, members: Members) -> ExactNumbers:
        """Return numbers of a list, for some of its items."""
        numbers = self.block.policy.lists[name].columns[column].numbers
        chosen = [numbers[item] for item in members.tolist()]
        return from_optional([None if n is None else self.number(n) for n in chosen])

    def _total(self, kind: str, members: Members) -> ExactNumbers:
        """Return what the grants of a kind come to, in the unit of money; "" for all."""
        total = self.block.totals[kind]
        row = total[min(self.scenario, len(total) - 1)]
        figures = Rationals(row[members].astype(object)) * self.block.policy.money.quantum
        return ExactNumbers(figures, np.zeros(len(members), dtype=bool))

    def item_places(self, name: str) -> dict[str, int]:
        """Return the place of each item in a list, by its key."""
        return self.block.item_places(name)

    def marks(self, name: str, members: Members) -> NDArray[np.int8]:
        """Return a column of yes and no, as it was decided: of the table, or a rule."""
        value = self.block.named(name)
        assert isinstance(value, Truth)
        row = value.value[min(self.scenario, len(value.value) - 1)]
        chosen = row[members] if len(row) > 1 else np.repeat(row, len(members))
        return np.where(np.isnan(chosen), -1, chosen).astype(np.int8)

    def texts(self, name: str, members: Members) -> list[str | None]:
        """Return a column of texts, as it was decided: of the table, or a quantity."""
        value = self.block.named(name)
        assert isinstance(value, Labels)
        texts = value.texts(self.scenario)
        return [texts[i] if len(texts) > 1 else texts[0] for i in members.tolist()]

    def number(self, number: Number) -> Fraction:
        """Return a number of the document, as this scenario has it."""
        return number.among(self.block.moves[self.scenario])

    def entries(self, lookup: Lookup) -> dict[tuple[str, ...], Fraction]:
        """Return a table of the document, as this scenario has it."""
        entries = self.block.policy.tables[lookup.table].entries
        return {key: self.number(number) for key, number in entries.items()}
