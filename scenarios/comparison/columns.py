"""The columns of the data files: long, a block of rows per variant, in units of money."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from scenarios.comparison.breakdown import Breakdown
from transfers.output.columns import MOST_PLACES, DataColumn, mantissa_of

if TYPE_CHECKING:
    from scenarios.comparison.comparing import Comparison


def data_columns(comparison: Comparison) -> list[DataColumn]:
    """Return ``key,name,variant,baseline,amount,change,change_pct,per_head,rank,rank_change``.

    `change_pct` is in per cent: 25 is a quarter more; `per_head` in whole currency units.
    """
    variants = comparison.variants
    hundred = [None if ratio is None else ratio * 100 for v in variants for ratio in v.change_ratio]
    return [
        DataColumn("key", "text", [key for v in variants for key in v.keys]),
        DataColumn("name", "text", [name for v in variants for name in v.names]),
        DataColumn("variant", "text", [v.id for v in variants for _ in v.keys]),
        *(
            _money(name, [quanta for v in variants for quanta in getattr(v, name)], comparison)
            for name in ("baseline", "amount", "change")
        ),
        fractions("change_pct", hundred),
        fractions("per_head", [figure for v in variants for figure in v.per_head]),
        DataColumn("rank", "number", [rank for v in variants for rank in v.rank]),
        DataColumn("rank_change", "number", [n for v in variants for n in v.rank_change]),
    ]


def breakdown_columns(comparison: Comparison, breakdowns: Sequence[Breakdown]) -> list[DataColumn]:
    """Return ``key,name,variant,part,amount``: the parts of each change add up to it exactly."""
    places = max(comparison.money.places, MOST_PLACES)
    rows: list[tuple[str, str, str, str, int]] = []
    for breakdown in breakdowns:
        compared = breakdown.compared
        shown = breakdown.shown(comparison.money, places)
        for number, place in enumerate(breakdown.places):
            named = (compared.keys[place], compared.names[place], compared.id)
            pairs = zip(breakdown.parts, shown, strict=True)
            rows += [(*named, part.id, column[number]) for part, column in pairs]
    texts = [
        DataColumn(name, "text", [row[at] for row in rows])
        for at, name in enumerate(("key", "name", "variant", "part"))
    ]
    amounts = DataColumn("amount", "number", [row[4] for row in rows], places, idle_zeros=False)
    return [*texts, amounts]


def _money(name: str, quanta: Iterable[int | None], comparison: Comparison) -> DataColumn:
    money = comparison.money
    each = mantissa_of(money.quantum, money.places)
    cells = [None if quantum is None else quantum * each for quantum in quanta]
    return DataColumn(name, "number", list(cells), money.places)


def fractions(name: str, figures: Iterable[Fraction | None]) -> DataColumn:
    """Return a column of figures with six decimals at most."""
    cells = [None if figure is None else mantissa_of(figure, MOST_PLACES) for figure in figures]
    return DataColumn(name, "number", list(cells), MOST_PLACES, idle_zeros=False)
