"""Read a checked formula in bounded floats, for all scenarios and districts at once.

What float64 cannot decide - a comparison, a rounding, an order within the bound of error - is
decided by the exact reader for the districts in question only. The result of a formula is
therefore: figures with a true bound, and decisions that are those of exact arithmetic.

Method: sections 16 (missing), 18 (decisions).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final, Protocol, cast

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from transfers.arithmetic import bounded
from transfers.arithmetic.bounded import Bounded, Floats, Mask
from transfers.arithmetic.decimals import Decimals
from transfers.formula.items import picked, spread_value, taken
from transfers.formula.library import PRIMITIVES_OVER_DISTRICTS
from transfers.formula.nodes import (
    Binary,
    Call,
    Compare,
    Convert,
    Logic,
    Lookup,
    Name,
    Node,
    Nothing,
    Number,
    Pick,
    Spread,
    Text,
    Unary,
)
from transfers.formula.one_figure import of_one
from transfers.formula.values import (
    Gap,
    Labels,
    Truth,
    Value,
    category_text,
    merged,
    merged_categories,
)

if TYPE_CHECKING:
    from transfers.formula.exact import ExactReader


_HOLDS: Final = {
    "==": np.equal,
    "!=": np.not_equal,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
}
"""How the sign of a difference tells whether a comparison holds."""


class Figures(Protocol):
    """What a reader may ask for: the figures above the formula."""

    @property
    def district_count(self) -> int:
        """Number of districts, N."""

    def item_count(self, name: str) -> int:
        """Return the number of items of a list, K; 0 without a list."""

    def item_places(self, name: str) -> dict[str, int]:
        """Return the place of each item in a list, by its key."""

    def named(self, name: str) -> Value:
        """Return the value of a name defined above."""

    def number(self, number: Number) -> Bounded:
        """Return a number of the document, (S, 1) if the scenarios move it."""

    def table(self, lookup: Lookup) -> tuple[list[tuple[str, ...]], Bounded]:
        """Return the categories of a table and its numbers as an (S, K) figure."""

    def exact(self, scenario: int) -> ExactReader:
        """Return the exact reader of one scenario."""


class ApproximateReader(Struct, eq=False):
    """Reads formulas of one block of scenarios, each part once.

    Parameters
    ----------
    elsewhere : callable, optional
        What has been read already, and need not be read here.

    Attributes
    ----------
    gaps : list of Gap
        What was missing where it must not be.
    """

    figures: Figures
    elsewhere: Callable[[Node], Value | None] | None = None
    gaps: list[Gap] = field(default_factory=list)
    _read: dict[int, Value] = field(default_factory=dict)
    _written: dict[int, Labels] = field(default_factory=dict)
    _gaps_of: dict[int, list[Gap]] = field(default_factory=dict)

    # -- entrances -----------------------------------------------------------------------------

    def value(self, node: Node) -> Value:
        """Return what `node` yields."""
        known = self._read.get(id(node))
        if known is None and self.elsewhere is not None:
            known = self.elsewhere(node)
            if known is not None:
                self._read[id(node)] = known
        if known is None:
            before = len(self.gaps)
            known = self._read[id(node)] = self._value(node)
            if len(self.gaps) > before:
                self.gaps[before:] = self._gaps_of[id(node)] = merged(self.gaps[before:])
        else:
            self.gaps += self._gaps_of.get(id(node), [])
        return known

    def numbers(self, node: Node) -> Bounded:
        """Return the figures of a formula that yields numbers; ``none`` is +inf."""
        return cast("Bounded", self.value(node))

    def truth(self, node: Node) -> Truth:
        """Return a statement."""
        return cast("Truth", self.value(node))

    def labels(self, node: Node) -> Labels:
        """Return texts; figures that serve as categories are written as text."""
        value = self.value(node)
        if isinstance(value, Labels):
            return value
        known = self._written.get(id(node))
        if known is None:
            known = self._written[id(node)] = self._figures_as_labels(node)
        return known

    # -- dispatch ------------------------------------------------------------------------------

    def _value(self, node: Node) -> Value:
        match node:
            case Number():
                return self.figures.number(node)
            case Name():
                return self.figures.named(node.name)
            case Text():
                return Labels.constant(node.value)
            case Nothing():
                # The decimals beside it keep the other branch of an `if` exact.
                exact_zero = Decimals(np.zeros((1, 1), dtype=np.int64))
                return Bounded(np.full((1, 1), np.inf), np.zeros((1, 1)), exact_zero)
            case Convert():
                factor = bounded.constant(node.factor)
                return bounded.multiply(self.numbers(node.operand), factor)
            case Spread():
                return self._spread(node)
            case Pick():
                return picked(self, node)
            case Unary(operator="-"):
                return bounded.negate(self.numbers(node.operand))
            case Unary():
                return Truth(1.0 - self.truth(node.operand).value)
            case Binary():
                return self._binary(node)
            case Compare():
                return self._compare(node)
            case Logic():
                return self._logic(node)
            case Lookup():
                return self._lookup(node)
            case Call():
                return self._call(node)
        raise TypeError(f"not a checked formula: {node!r}")

    def _spread(self, node: Spread) -> Value:
        """Return figures of items, or of districts, for each of both."""
        return spread_value(
            self.value(node.operand),
            of_items=bool(node.operand.type.over),
            items=self.figures.item_count(node.type.over),
            districts=self.figures.district_count,
        )

    def _binary(self, node: Binary) -> Bounded:
        left, right = self.numbers(node.left), self.numbers(node.right)
        if node.operator == "+":
            return bounded.add(left, right)
        if node.operator == "-":
            return bounded.subtract(left, right)
        if node.operator == "*":
            return bounded.multiply(left, right)
        if node.operator == "/":
            return self.settled(node, bounded.divide(left, right), bounded.may_be_zero(right))
        return self._power(node, left, right)

    def _power(self, node: Binary, base: Bounded, exponent: Bounded) -> Bounded:
        if exponent.value.size == 1 and float(exponent.value.flat[0]).is_integer():
            whole = int(exponent.value.flat[0])
            if abs(whole) <= 64 and not exponent.error.any():
                result = bounded.whole_power(base, whole)
                return self.settled(node, result, bounded.may_be_zero(base) & (whole < 0))
        with np.errstate(all="ignore"):
            logs = bounded.multiply(exponent, bounded.logarithm(base))
        result = bounded.exponential(logs)
        # A base at or below zero, or one that may be, is for the exact reader.
        unsure = ~base.missing & ~exponent.missing & (base.value - base.error <= 0)
        return self.settled(node, result, unsure)

    # -- decisions -----------------------------------------------------------------------------

    def _undecided(self, mask: Mask) -> Iterator[tuple[int, NDArray[np.intp]]]:
        """Yield each scenario with the districts that are undecided there."""
        for scenario in np.flatnonzero(mask.any(axis=-1)):
            yield int(scenario), np.flatnonzero(mask[scenario])

    def settled(self, node: Node, figures: Bounded, undecided: Mask) -> Bounded:
        """Put exact figures where float64 could not say whether there is one."""
        if not undecided.any():
            return figures
        shape = np.broadcast_shapes(figures.value.shape, undecided.shape)
        value = np.broadcast_to(figures.value, shape).copy()
        error = np.broadcast_to(figures.error, shape).copy()
        for scenario, members in self._undecided(np.broadcast_to(undecided, shape)):
            exact = self.figures.exact(scenario).numbers(node, members)
            floats = exact.floats()
            value[scenario, members] = floats
            error[scenario, members] = np.abs(np.nan_to_num(floats)) * bounded.U
        return Bounded(value, error)

    def signs(self, left: Node, right: Node) -> Floats:
        """Return -1, 0, 1 or NaN for ``left - right``, as exact arithmetic has it."""
        sign, undecided = bounded.sign_of_difference(self.numbers(left), self.numbers(right))
        if undecided.any():
            sign = sign.copy()
            for scenario, members in self._undecided(undecided):
                reader = self.figures.exact(scenario)
                mine, theirs = reader.numbers(left, members), reader.numbers(right, members)
                sign[scenario, members] = mine.sign_of_difference(theirs)
        return sign

    def _compare(self, node: Compare) -> Truth:
        left, right = self.value(node.left), self.value(node.right)
        if isinstance(left, Labels) or isinstance(right, Labels):
            return self._compare_labels(node)
        if isinstance(left, Truth) and isinstance(right, Truth):
            sign = left.value - right.value
        else:
            sign = self.signs(node.left, node.right)
        outcome = _HOLDS[node.operator](sign, 0.0)
        return Truth(np.where(np.isnan(sign), np.nan, outcome))

    def _compare_labels(self, node: Compare) -> Truth:
        left, right = self.labels(node.left), self.labels(node.right)
        categories = merged_categories(left, right)
        mine, theirs = left.recoded(categories), right.recoded(categories)
        same = (mine == theirs) if node.operator == "==" else (mine != theirs)
        missing = (mine < 0) | (theirs < 0)
        return Truth(np.where(missing, np.nan, same.astype(np.float64)))

    def _logic(self, node: Logic) -> Truth:
        """Join statements; what one side settles alone holds even if the other is missing."""
        left, right = self.truth(node.left).value, self.truth(node.right).value
        settles = 0.0 if node.operator == "and" else 1.0
        settled = (left == settles) | (right == settles)
        missing = np.isnan(left) | np.isnan(right)
        rest = np.where(missing, np.nan, 1.0 - settles)
        return Truth(np.where(settled, settles, rest))

    # -- lookups -------------------------------------------------------------------------------

    def _figures_as_labels(self, node: Node) -> Labels:
        """Write figures that index a table, or name a group, as text: 1, 2.5."""
        value = self.value(node)
        if isinstance(value, Truth):
            codes = np.where(np.isnan(value.value), -1, value.value).astype(np.intp)
            return Labels(codes, ("false", "true"))
        figures = cast("Bounded", value)
        codes = np.full(figures.value.shape, -1, dtype=np.intp)
        categories: dict[str, int] = {}
        for scenario in range(len(codes)):
            members = np.flatnonzero(~figures.missing[scenario])
            numbers = self.figures.exact(scenario).numbers(node, members).figures
            for member, number in zip(members.tolist(), numbers.fractions(), strict=True):
                text = category_text(number)
                codes[scenario, member] = categories.setdefault(text, len(categories))
        return Labels(codes, tuple(categories))

    def _lookup(self, node: Lookup) -> Bounded:
        keys, entries = self.figures.table(node)
        place = {key: code for code, key in enumerate(keys)}
        labels = [self.labels(index) for index in node.indices]
        codes = self._entry_codes(labels, place)
        if entries.whole and entries.decimals is not None and codes.min(initial=0) >= 0:
            chosen = taken(entries.decimals.mantissas, codes)
            limits, places = entries.decimals.limits, entries.decimals.places
            return Bounded.of_decimals(Decimals.within(chosen, places, limits))
        value = taken(entries.value, codes)
        value = np.where(codes < 0, np.nan, value)
        error = taken(np.broadcast_to(entries.error, entries.value.shape), codes)
        decimals = entries.decimals
        if decimals is not None:
            decimals = Decimals(taken(decimals.mantissas, codes), decimals.places)
        return Bounded(value, error, decimals)

    def _entry_codes(
        self, labels: list[Labels], place: dict[tuple[str, ...], int]
    ) -> NDArray[np.intp]:
        """Return which entry of the table each district reads; -1 where there is none."""
        if len(labels) == 1:
            found = [place.get((category,), -1) for category in labels[0].categories]
            return np.asarray(np.array([*found, -1], dtype=np.intp)[labels[0].codes])
        rows, columns = labels
        grid = np.full((len(rows.categories) + 1, len(columns.categories) + 1), -1, dtype=np.intp)
        for i, row in enumerate(rows.categories):
            for j, column in enumerate(columns.categories):
                grid[i, j] = place.get((row, column), -1)
        return np.asarray(grid[rows.codes, columns.codes])

    # -- functions -----------------------------------------------------------------------------

    def _call(self, node: Call) -> Value:
        function = node.function
        if function == "if":
            return self._if(node)
        if function == "missing":
            return self._missing(node)
        if function in ("min", "max"):
            return self._extreme(node)
        if function == "gini":
            from transfers.formula.inequality import gini

            return gini(self, node)
        if function in PRIMITIVES_OVER_DISTRICTS:
            from transfers.formula.aggregates import over_many

            return over_many(self, node)
        return of_one(self, node)

    def _if(self, node: Call) -> Value:
        condition = self.truth(node.arguments[0]).value
        yes = self._branch(node.arguments[1], condition == 1)
        no = self._branch(node.arguments[2], condition == 0)
        if isinstance(yes, Bounded) and isinstance(no, Bounded):
            return bounded.select(condition, yes, no)
        if isinstance(yes, Truth) and isinstance(no, Truth):
            chosen = np.where(condition == 1, yes.value, no.value)
            return Truth(np.where(np.isnan(condition), np.nan, chosen))
        left, right = self.labels(node.arguments[1]), self.labels(node.arguments[2])
        categories = merged_categories(left, right)
        codes = np.where(condition == 1, left.recoded(categories), right.recoded(categories))
        return Labels(np.where(np.isnan(condition), -1, codes), categories)

    def _branch(self, node: Node, taken: Mask) -> Value:
        """Read a branch of `if`; what is missing there counts only where it is taken."""
        before = len(self.gaps)
        value = self.value(node)
        somewhere = taken.any(axis=-1, keepdims=True)
        for place, gap in enumerate(self.gaps[before:], start=before):
            self.gaps[place] = Gap(gap.node, gap.where & somewhere, gap.code)
        return value

    def _missing(self, node: Call) -> Truth:
        value = self.value(node.arguments[0])
        if isinstance(value, Labels):
            return Truth((value.codes < 0).astype(np.float64))
        return Truth(np.isnan(value.value).astype(np.float64))

    def _extreme(self, node: Call) -> Bounded:
        """Return the smallest or largest argument; missing if one of them is."""
        chosen = node.arguments[0]
        figures = self.numbers(chosen)
        for argument in node.arguments[1:]:
            other = self.numbers(argument)
            figures = _extreme_of(figures, other, smallest=node.function == "min")
        return figures


def _extreme_of(left: Bounded, right: Bounded, *, smallest: bool) -> Bounded:
    if left.whole and right.whole and left.decimals and right.decimals:
        exact = left.decimals.extreme(right.decimals, smallest=smallest)
        if exact is not None:
            return Bounded.of_decimals(exact)
    sign, undecided = bounded.sign_of_difference(left, right)
    first = sign <= 0 if smallest else sign >= 0
    chosen = bounded.select(np.where(np.isnan(sign), np.nan, first.astype(np.float64)), left, right)
    if not undecided.any():
        return chosen
    # Either is right within the sum of both bounds.
    error = np.where(undecided, left.error + right.error + chosen.error, chosen.error)
    return Bounded(chosen.value, error * (1 + 4 * bounded.U))
