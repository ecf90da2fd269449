"""How unequal districts are before and after a transfer: resources per head, in a few figures.

For reports. Rules are decided by formulas (``cv``, ``gini``, ``theil``), exactly; these figures are
floats. Method: section 29.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from transfers.arithmetic.bounded import Bounded
from transfers.errors import Fault, Place, TableError
from transfers.formula.values import Labels
from transfers.messages import Phrase
from transfers.units import Unit, describe

if TYPE_CHECKING:
    from transfers.allocation import Allocation

Floats = NDArray[np.float64]

MEASURES: Final = ("cv_weighted", "cv", "cv_sample", "gini", "max_min", "theil")


class Measure(Struct, frozen=True):
    """One figure before and after the transfer; None where it means nothing.

    Parameters
    ----------
    code : str
        cv_weighted, gini, theil, theil_between and theil_within weigh districts by population; cv
        divides by the number of districts, cv_sample by that less 1; max_min is a ratio.
    """

    code: str
    before: float | None
    after: float | None

    @property
    def change(self) -> float | None:
        """After less before."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


class Inequality(Struct, frozen=True):
    """Resources per head of the districts, before and after the transfer.

    Parameters
    ----------
    revenue, population : str
        Titles of the inputs with the roles `own_revenue` and `population`.
    unit : str
        Of resources per head.
    by : str
        Title of the groups between which and within which Theil's index is taken apart, or "".
    districts : int
        How many are counted.
    left_out : tuple of str
        Names of districts without revenue, or without people.
    """

    revenue: str
    population: str
    unit: str | Phrase
    by: str
    districts: int
    left_out: tuple[str, ...]
    measures: tuple[Measure, ...]

    def __getitem__(self, code: str) -> Measure:
        """Return a measure by its code."""
        return next(measure for measure in self.measures if measure.code == code)


def inequality(allocation: Allocation, by: str | None = None) -> Inequality | None:
    """Return measures of inequality; None without one input of each role, or when rejected.

    Parameters
    ----------
    by : str, optional
        A column of texts: groups between which and within which Theil's index is taken apart.

    Raises
    ------
    TableError
        `by` is no column of texts.
    """
    groups = None if by is None else _groups(allocation, by)
    names = [_of_role(allocation, role) for role in ("own_revenue", "population")]
    if allocation.status == "rejected" or None in names:
        return None
    own, people = (allocation.policy.inputs[str(name)] for name in names)
    money = allocation.policy.money_unit
    revenue_unit = money if own.unit.bare else own.unit
    if revenue_unit.kinds != money.kinds or people.unit.kinds == money.kinds:
        return None
    revenue = _column(allocation, own.name) * float(revenue_unit.scale)
    heads = _column(allocation, people.name) * float(people.unit.scale)
    paid = allocation.total * float(allocation.policy.money.quantum * money.scale)
    counted = ~np.isnan(revenue) & ~np.isnan(heads) & (heads > 0)
    if not counted.any():
        return None
    revenue, heads = revenue[counted], heads[counted]
    paid = np.asarray(paid[counted])
    before, after = revenue / heads, (revenue + paid) / heads
    weights = heads / heads.sum()
    found = [
        Measure(c, _measured(c, before, weights), _measured(c, after, weights)) for c in MEASURES
    ]
    if groups is not None:
        found += _of_groups(before, after, weights, groups[counted])
    per_head = Unit(money.kinds).times(Unit(people.unit.kinds).inverse())
    names_left = tuple(allocation.districts.names[i] for i in np.flatnonzero(~counted).tolist())
    return Inequality(
        own.title,
        people.title,
        describe(per_head, money),
        "" if by is None else _title(allocation, by),
        int(counted.sum()),
        names_left,
        tuple(found),
    )


def _of_role(allocation: Allocation, role: str) -> str | None:
    """Return the only input with a role."""
    rules = allocation.policy.inputs.values()
    found = [rule.name for rule in rules if rule.role == role and rule.kind == "number"]
    return found[0] if len(found) == 1 else None


def _column(allocation: Allocation, name: str) -> Floats:
    value = allocation.block.named(name)
    assert isinstance(value, Bounded)
    return np.asarray(value.value[min(allocation.scenario, len(value.value) - 1)])


def text_columns(allocation: Allocation) -> tuple[str, ...]:
    """Return the columns of texts that districts can be grouped by."""
    inputs = [name for name, rule in allocation.policy.inputs.items() if rule.kind == "text"]
    block = allocation.block
    derived = [
        name
        for name in block.definitions
        if isinstance(value := block.values[name], Labels) and value.codes.shape[1] > 1
    ]
    return (*inputs, *derived)


def _groups(allocation: Allocation, by: str) -> NDArray[np.intp]:
    """Return the number of each district's group; those without one are a group as well."""
    known = text_columns(allocation)
    if by not in known:
        words = {"name": by, "known": known or "—"}
        raise TableError([Fault("measures.no_groups", Place(), words)])
    labels = allocation.block.named(by)
    assert isinstance(labels, Labels)
    row = labels.codes[min(allocation.scenario, len(labels.codes) - 1)]
    return np.unique(row, return_inverse=True)[1].astype(np.intp)


def _title(allocation: Allocation, name: str) -> str:
    rules = [*allocation.policy.inputs.values(), *allocation.policy.statements]
    titles = {getattr(rule, "name", ""): getattr(rule, "title", "") for rule in rules}
    return titles.get(name) or name


# -- the measures ------------------------------------------------------------------------------


def _measured(code: str, figures: Floats, weights: Floats) -> float | None:
    """Return one measure of figures whose weights add up to 1."""
    count = len(figures)
    equal = np.full(count, 1 / count)
    match code:
        case "cv_weighted":
            return _variation(figures, weights)
        case "cv":
            return _variation(figures, equal)
        case "cv_sample":
            plain = _variation(figures, equal)
            return None if plain is None or count < 2 else plain * (count / (count - 1)) ** 0.5
        case "gini":
            return _gini(figures, weights)
        case "theil":
            return _theil(figures, weights)
    return float(figures.max() / figures.min()) if figures.min() > 0 else None


def _variation(figures: Floats, weights: Floats) -> float | None:
    mean = float((weights * figures).sum())
    if mean == 0:
        return None
    return float(((weights * (figures - mean) ** 2).sum()) ** 0.5 / mean)


def _gini(figures: Floats, weights: Floats) -> float | None:
    mean = float((weights * figures).sum())
    if figures.min() < 0 or mean == 0:
        return None
    order = np.argsort(figures, kind="stable")
    rising, weighed = figures[order], weights[order]
    below, above = np.cumsum(weighed)[:-1], np.cumsum(weighed[::-1])[::-1][1:]
    return float((np.diff(rising) * below * above).sum() / mean)


def _theil(figures: Floats, weights: Floats) -> float | None:
    mean = float((weights * figures).sum())
    if figures.min() < 0 or mean == 0:
        return None
    ratios = figures / mean
    logs = np.log(np.where(ratios > 0, ratios, 1.0))
    return max(float((weights * ratios * logs).sum()), 0.0)


def _of_groups(
    before: Floats, after: Floats, weights: Floats, groups: NDArray[np.intp]
) -> list[Measure]:
    """Return Theil's index between groups, of their means, and what is left within them."""
    heads = np.asarray(np.bincount(groups, weights), dtype=np.float64)
    between: list[float | None] = []
    within: list[float | None] = []
    for figures in (before, after):
        whole = _theil(figures, weights)
        sums = np.bincount(groups, weights * figures)
        present = heads > 0
        part = None if whole is None else _theil(sums[present] / heads[present], heads[present])
        between.append(part)
        within.append(None if whole is None or part is None else max(whole - part, 0.0))
    return [Measure("theil_between", *between), Measure("theil_within", *within)]
