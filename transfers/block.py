"""A block of scenarios: every figure known so far, for all scenarios and districts at once.

The rules of a policy run one after the other on a block; each reads figures above it and adds
its own. One scenario is a block of one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar, cast

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from transfers.arithmetic import bounded
from transfers.arithmetic.bounded import Bounded, Mask
from transfers.arithmetic.decimals import Decimals
from transfers.arithmetic.figure import Figure
from transfers.arithmetic.rationals import Rationals
from transfers.aside import read_aside
from transfers.districts import Column, Districts
from transfers.errors import Fault, Place
from transfers.findings import Finding
from transfers.formula.approximate import ApproximateReader
from transfers.formula.exact import ExactReader
from transfers.formula.nodes import EACH_DISTRICT, Lookup, Node, Number, Type
from transfers.formula.values import Gap, Labels, Truth, Value
from transfers.messages import Phrase
from transfers.outcome import Outcome
from transfers.payer.ledger import Budgeted, Ledger
from transfers.policy.list_figures import list_value
from transfers.policy.moves import Moves
from transfers.policy.policy import Policy
from transfers.policy.row_figures import columns_value
from transfers.policy.rules import Formula, Path
from transfers.scenario import ExactScenario

if TYPE_CHECKING:
    from transfers.judging import Judgement
    from transfers.recall import Recall
    from transfers.still import Still

Members = NDArray[np.intp]
Kept = TypeVar("Kept")

MOST_NAMED = 10


class Block(Struct, eq=False):
    """The figures of S scenarios of one policy on one table.

    Parameters
    ----------
    moves : sequence of mapping, length S
        Per scenario: path of a number in the document -> its value there; ``("inputs", name)``
        -> the column of an input as the scenario has it.

    Attributes
    ----------
    values : dict
        Name -> value, as far as the rules have run.
    definitions : dict
        Name of a quantity -> its formula.
    order : dict
        Name of a quantity -> its place in reading order.
    outcomes : dict
        Name of a grant or stage -> its outcome.
    left : (S, 1) int64, quanta, or None
        What is left of the budget.
    budget : Budgeted or None
        The budget as it was at first.
    accounts : dict
        Name of a reserve -> its account, as far as the rules have run.
    remainder : (S, 1) int64, quanta, or None
        What of the budget went into a reserve after the last grant.
    totals : dict of kind to (S, N) int64, quanta
        What the grants of a kind come to, once they have run; "" for all.
    judgements : dict
        Name of a rule about the outcome -> what it came to.
    still : Still or None
        Of a plan of many blocks: what no scenario moves.
    recall : Recall or None
        What runs beside this one have read.
    rejected, invalid : dict
        Scenario -> why nobody is paid there (an answer), or why it cannot be computed (an error).
    """

    policy: Policy
    districts: Districts
    moves: Sequence[Moves]
    values: dict[str, Value] = field(default_factory=dict)
    definitions: dict[str, Node] = field(default_factory=dict)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    order: dict[str, int] = field(default_factory=dict)
    left: NDArray[np.int64] | None = None
    budget: Budgeted | None = None
    accounts: dict[str, Ledger] = field(default_factory=dict)
    remainder: NDArray[np.int64] | None = None
    totals: dict[str, NDArray[np.int64]] = field(default_factory=dict)
    judgements: dict[str, Judgement] = field(default_factory=dict)
    rejected: dict[int, list[Finding]] = field(default_factory=dict)
    invalid: dict[int, list[Fault]] = field(default_factory=dict)
    still: Still | None = None
    recall: Recall | None = None
    _moved: frozenset[Path] | None = None
    _reader: ApproximateReader | None = None
    _exact: dict[int, ExactReader] = field(default_factory=dict)

    @property
    def reader(self) -> ApproximateReader:
        """The reader of formulas in bounded floats; it remembers what it has read."""
        if self._reader is None:
            elsewhere = None if self.still is None else self._value_of_still
            self._reader = ApproximateReader(self, elsewhere)
        return self._reader

    @property
    def moved(self) -> frozenset[Path]:
        """What some scenario moves: paths of numbers, and of whole inputs."""
        if self._moved is None:
            paths = set().union(*self.moves)
            inputs = {path[:2] for path in paths if path[0] == "inputs"}
            self._moved = frozenset(paths | inputs)
        return self._moved

    def stays(self, *formulas: Formula | None) -> bool:
        """Tell whether formulas yield the same in every block of the plan so far."""
        still = self.still
        return still is not None and all(
            formula is None or still.has(formula.node, self.moved) for formula in formulas
        )

    def kept(
        self, name: tuple[object, ...], rests: Sequence[Formula | None], make: Callable[[], Kept]
    ) -> Kept:
        """Return what `make` gives: once for the plan where all it rests on stays as it is."""
        if self.still is None or not self.stays(*rests):
            return make()
        if name in self.still.kept:
            return cast("Kept", self.still.kept[name])
        before = sum(map(len, self.invalid.values()))
        made = make()
        if sum(map(len, self.invalid.values())) == before:  # else every block has to tell
            self.still.kept[name] = made
        return made

    def _value_of_still(self, node: Node) -> Value | None:
        assert self.still is not None
        return self.still.value(node) if self.still.has(node, self.moved) else None

    @property
    def size(self) -> int:
        """Number of scenarios, S."""
        return len(self.moves)

    @property
    def district_count(self) -> int:
        """Number of districts, N."""
        return len(self.districts)

    def close(self) -> None:
        """Let go of every figure, for who has taken what is needed and runs further blocks.

        Without that the memory comes back when Python next looks for circles.
        """
        for known in (self.values, self.outcomes, self.accounts, self.judgements, self._exact):
            known.clear()
        self.totals = {}
        self.budget = self.left = self.remainder = self._reader = None

    def item_count(self, name: str) -> int:
        """Return the number of items of a list, K; 0 without a list."""
        return len(self.policy.lists[name]) if name else 0

    def item_places(self, name: str) -> dict[str, int]:
        """Return the place of each item in a list, by its key."""
        return {key: place for place, key in enumerate(self.policy.lists[name].keys)}

    def define(self, name: str, formula: Formula) -> None:
        """Read a quantity and make its name usable."""
        self.values[name] = self.value(formula)
        self.definitions[name] = formula.node
        self.order[name] = len(self.order)

    # -- what readers ask for ------------------------------------------------------------------

    def named(self, name: str) -> Value:
        """Return the value of a name defined above."""
        if name not in self.values:
            aside = self.policy.aside.get(name)
            self.values[name] = self._column(name) if aside is None else read_aside(self, aside)
        return self.values[name]

    def _column(self, name: str) -> Value:
        """Return an input, (1, N), (1, K * N) over a list; what was divided; a list's, (S, K).

        An input is (S, N), (S, K * N) where scenarios move its figures.
        """
        if name == "key":
            codes = np.arange(self.district_count, dtype=np.intp)[None]
            return Labels(codes, self.districts.keys)
        head, _, part = name.partition(".")
        if head in self.outcomes:
            return self.outcomes[head].value(part)
        if head == "total":
            total = bounded.from_decimals(Decimals(self.totals[part]))
            return bounded.multiply(total, bounded.constant(self.policy.money.quantum))
        if name not in self.districts.columns:
            return self._list_column(name)
        moved = any(("inputs", name) in moves for moves in self.moves)
        scenarios = range(self.size if moved else 1)
        return columns_value([self.column(name, scenario) for scenario in scenarios])

    def column(self, name: str, scenario: int) -> Column:
        """Return the column of an input as a scenario has it."""
        moved = self.moves[scenario].get(("inputs", name))
        if moved is None or isinstance(moved, Fraction):
            return self.districts.columns[name]
        return moved

    def number(self, number: Number) -> Bounded:
        """Return a number of the document: (1, 1), or (S, 1) where the scenarios move it."""
        if number.path is None or number.path not in self.moved:
            return bounded.constant(number.value)
        return bounded.column([number.among(moves) for moves in self.moves])

    def table(self, lookup: Lookup) -> tuple[list[tuple[str, ...]], Bounded]:
        """Return the categories of a table and its numbers, (S, K)."""
        entries = self.policy.tables[lookup.table].entries
        return list(entries), self._numbers(list(entries.values()))

    def _numbers(self, numbers: Sequence[Number | None]) -> Bounded:
        """Return numbers of the document, (1, K), or (S, K) where the scenarios move one."""
        known = [number for number in numbers if number is not None]
        moved = any(number.path in self.moved for number in known)
        rows: Sequence[Moves] = self.moves if moved else [{}]
        exact = [
            Fraction(0) if number is None else number.among(moves)
            for moves in rows
            for number in numbers
        ]
        shape = (len(rows), len(numbers))
        missing = np.array([[number is None for number in numbers]], dtype=bool)
        decimals = Decimals.from_fractions(exact)
        if decimals is not None:
            table = Decimals(decimals.mantissas.reshape(shape), decimals.places)
            return bounded.from_decimals(table, np.broadcast_to(missing, shape))
        value = np.array([float(x) for x in exact]).reshape(shape)
        return Bounded(np.where(missing, np.nan, value), np.abs(value) * bounded.U)

    def _list_column(self, name: str) -> Value:
        """Return a column of a list, one value for each item."""
        of, _, column = name.partition(".")
        items = self.policy.lists[of]
        found = items.columns.get(column)
        of_numbers = found is not None and found.kind == "number"
        numbers = found.numbers if found is not None else ()
        if any(number is not None and number.path in self.moved for number in numbers):
            return self._numbers(numbers)
        if column not in items.kept:
            items.kept[column] = self._numbers(numbers) if of_numbers else list_value(items, column)
        return cast("Value", items.kept[column])

    def exact(self, scenario: int) -> ExactReader:
        """Return the exact reader of one scenario."""
        if scenario not in self._exact:
            self._exact[scenario] = ExactReader(ExactScenario(self, scenario))
        return self._exact[scenario]

    # -- reading a rule's formula --------------------------------------------------------------

    def figure(self, formula: Formula) -> Figure:
        """Return what a formula of numbers yields, with the way to its exact figures."""
        node = formula.node
        if self.stays(formula):
            assert self.still is not None
            same = self.still.figure(formula)
            if same is not None:
                return same
        value = cast("Bounded", self.value(formula))
        rows = value.shape[0]

        def exact(scenario: int, members: Members) -> Rationals:
            # What no scenario moves is read once, in the first.
            return self.exact(scenario if rows > 1 else 0).numbers(node, members).figures

        return Figure(value, exact)

    def truth(self, formula: Formula) -> Truth:
        """Return what a statement yields."""
        return cast("Truth", self.value(formula))

    def labels(self, formula: Formula) -> Labels:
        """Return what a formula of texts, or of figures that serve as such, yields."""
        labels = self.reader.labels(formula.node)
        self._report_gaps(formula)
        return labels

    def value(self, formula: Formula) -> Value:
        """Return what any formula yields: as a run beside this one has read it, where it has."""
        recall = self.recall
        return self.read(formula) if recall is None else recall.value(self, formula)

    def read(self, formula: Formula) -> Value:
        """Return what a formula yields, whoever has read it elsewhere."""
        value = self.reader.value(formula.node)
        self._report_gaps(formula)
        return value

    def _report_gaps(self, formula: Formula) -> None:
        """Make faults of what the reader found missing under this formula."""
        gaps: list[Gap] = self.reader.gaps
        self.reader.gaps = []
        for gap in {id(gap): gap for gap in gaps}.values():
            self.fault(gap.code, formula, gap.where, node=gap.node, domain=gap.node.domain)

    # -- faults --------------------------------------------------------------------------------

    def fault(
        self,
        code: str,
        formula: Formula,
        where: Mask,
        *,
        node: Node | None = None,
        domain: Type = EACH_DISTRICT,
        **words: object,
    ) -> None:
        """Record that scenarios cannot be computed, naming districts and formula.

        Parameters
        ----------
        where : (S, N), (S, 1) or with one row, bool
            Districts at fault in each scenario; items, or items and districts, as `domain` has it.
        """
        from transfers.causes import follows, refused

        affected = np.broadcast_to(where.any(axis=-1), (self.size,))
        for scenario in np.flatnonzero(affected).tolist():
            if scenario in self.rejected:
                continue
            row = where[min(scenario, len(where) - 1)]
            each = len(row) > 1 or self.district_count == 1
            members = np.flatnonzero(row) if each else np.zeros(0, dtype=np.intp)
            asked = scenario if len(where) > 1 else 0
            values = {**self.words_of(formula, node, members, asked, domain), **words}
            place = self.policy.document.value_place(formula.path)
            told = self.invalid.setdefault(scenario, [])
            fault = Fault(code, place, values)
            if domain.over and domain.per_district:
                fault = refused(self, formula, members, asked, fault)
            if fault not in told and not follows(fault, told):
                told.append(fault)  # one function may stand for several sums of the same figures

    def words_of(
        self,
        formula: Formula,
        node: Node | None,
        members: Members,
        scenario: int = 0,
        domain: Type = EACH_DISTRICT,
    ) -> dict[str, object]:
        """Return the words that say what districts lack in a formula, or in a part of it."""
        named = [self.called(i, domain) for i in members[:MOST_NAMED].tolist()]
        over, count = domain.over and domain.per_district, self.district_count
        cause = self._cause(formula, node or formula.node, members, scenario)
        return {
            "formula": self._excerpt(formula, node),
            "districts": (*named, *["…"] * (len(members) > MOST_NAMED)),
            "count": len(members) if not over else len(set((members % count).tolist())),
            "cause": "" if not cause else Phrase("allocation.cause", {"cause": cause}),
            "advice": Phrase("allocation.fill_in") if isinstance(cause, str) else "",
        }

    def _excerpt(self, formula: Formula, node: Node | None) -> str:
        if node is None or node.end <= node.start:
            return formula.text
        return formula.text[node.start : node.end] or formula.text

    def called(self, member: int, domain: Type) -> str:
        """Return what one place of an axis is called: a district, an item, or an item there."""
        if not domain.over:
            return self.districts.names[member]
        items = self.policy.lists[domain.over]
        if not domain.per_district:
            return items.names[member]
        item, district = divmod(member, self.district_count)
        return f"{self.districts.names[district]} {items.names[item]}"

    def _cause(self, formula: Formula, node: Node, members: Members, scenario: int) -> str | Phrase:
        """Say why the first of the districts has no figure."""
        if not len(members):
            return ""
        from transfers.causes import cause_of_missing

        return cause_of_missing(self, formula, node, int(members[0]), scenario)

    def place(self, path: Path) -> Place:
        """Return where a rule stands in the document."""
        return self.policy.document.place(*path)
