"""An allocation as another run sees it: figures of all its names, by the keys of districts.

Method: section 34.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded
from transfers.arithmetic.decimals import Decimals
from transfers.districts.columns import BooleanColumn, Column, NumberColumn, TextColumn
from transfers.formula.values import Labels, Truth
from transfers.messages import Phrase
from transfers.policy.beside import Beside, lacking, title_of_run, titles_of, types_of

if TYPE_CHECKING:
    from transfers.allocation import Allocation


def beside(allocation: Allocation, name: str, title: str | Phrase | None = None) -> Beside:
    """Return the figures of an allocation for formulas of another run; why it has none."""
    policy = allocation.policy
    title = title or title_of_run(name)
    if allocation.status == "rejected":
        reasons = (f for f in allocation.findings if f.severity == "error")
        why = tuple(Phrase(finding.code, finding.values) for finding in reasons)
        return lacking(policy, name, title, Phrase("beside.rejected", {"why": why}))
    types, titles = types_of(policy), titles_of(policy)
    return Beside(name, title, allocation.keys, types, titles, lambda of: _column(allocation, of))


def _column(allocation: Allocation, name: str) -> Column:
    """Return the figures of a name: (N,), or (1,) of one that is the same for all."""
    symbol = allocation.policy.scope.symbols[name]
    if symbol.number is not None:
        number = symbol.number.among(allocation.block.moves[allocation.scenario])
        return NumberColumn.of_fractions([number], np.zeros(1, dtype=bool))
    if symbol.text is not None:
        return TextColumn(np.zeros(1, dtype=np.int32), (symbol.text,))
    count = len(allocation.keys) if symbol.type.per_district else 1
    value = allocation.block.named(name)
    if isinstance(value, Labels):
        codes = value.codes[min(allocation.scenario, len(value.codes) - 1)]
        return TextColumn(_wide(codes, count).astype(np.int32), value.categories)
    row = value.value[min(allocation.scenario, len(value.value) - 1)]
    missing = np.isnan(_wide(row, count))
    if isinstance(value, Truth):
        return BooleanColumn(_wide(row, count) == 1, missing)
    return _numbers(allocation, name, value, missing)


def _numbers(
    allocation: Allocation, name: str, value: Bounded, missing: NDArray[np.bool_]
) -> NumberColumn:
    """Return exact numbers: decimals where the block has them, else as fractions."""
    count = len(missing)
    if value.decimals is not None:
        mantissas = value.decimals.mantissas
        row = _wide(mantissas[min(allocation.scenario, len(mantissas) - 1)], count)
        return NumberColumn(Decimals(np.where(missing, 0, row), value.decimals.places), missing)
    figures = [allocation.cell(name, 0)] if count == 1 else allocation.column(name)
    exact = [figure if isinstance(figure, Fraction) else Fraction(0) for figure in figures]
    gone = np.array([figure is None for figure in figures], dtype=bool)
    return NumberColumn.of_fractions(exact, gone)


def _wide(row: NDArray[np.generic], count: int) -> NDArray[np.generic]:
    return np.broadcast_to(row, (count,))
