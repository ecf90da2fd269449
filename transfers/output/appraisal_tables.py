"""The tables of an appraisal, once for the terminal, pages and workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from msgspec.structs import replace

from transfers import messages
from transfers.output.tables import NOTHING, Column, Kind, Table
from transfers.policy.appraisal_names import RELATIVE
from transfers.readout import Cell
from transfers.services.notices import indicators_of_several

if TYPE_CHECKING:
    from transfers.output.appraisal_answer import AppraisalAnswer

VIEWS: Final = ("district", "agency", "indicator", "first", "shortfall", "weight")
_OF_DISTRICTS: Final[tuple[tuple[str, Kind], ...]] = (
    ("degree", "degree"),
    ("rank", "count"),
    ("grade", "text"),
    ("advanced", "text"),
    ("shortfalls", "count"),
    ("unobserved", "count"),
    ("degree_last", "degree"),
    ("change", "points"),
    ("rank_last", "count"),
    ("urban", "degree"),
    ("rural", "degree"),
    ("gap", "points"),
)
MOST_NAMED: Final = 5
RATIOS: Final = frozenset({"degree", "degree_last", "change", "urban", "rural", "gap"})


class Shortfall(Struct, frozen=True):
    """An indicator that a district has below its target."""

    item: int
    district: int
    observed: Fraction
    goal: Fraction

    @property
    def distance(self) -> Fraction:
        """How far it is from the target."""
        return abs(self.goal - self.observed)


def shortfalls(answer: AppraisalAnswer) -> list[Shortfall]:
    """Return what falls short, district after district."""
    if not answer.has("short"):
        return []
    short, observed, goal = (answer.items(part) for part in ("short", "observed", "goal"))
    places = (
        (item, district)
        for district in range(len(answer.table))
        for item in range(len(short))
        if short[item][district] is True
    )
    found = []
    for item, district in places:
        seen, aim = observed[item][district], goal[item][district]
        if isinstance(seen, Fraction) and isinstance(aim, Fraction):
            found.append(Shortfall(item, district, seen, aim))
    return found


def _is_figure(cell: Cell) -> bool:
    return isinstance(cell, Fraction)


class Tables:
    """Makes the tables of one appraisal in one language."""

    def __init__(self, answer: AppraisalAnswer, language: str) -> None:
        self.answer, self.language = answer, language
        self.items = answer.rule.tree.items

    def say(self, code: str, **words: object) -> str:
        """Return a text of the family."""
        return messages.text(f"appraise.{code}", self.language, **words)

    def table(self, view: str) -> Table | None:
        """Return one of the tables; None where the appraisal has nothing for it."""
        made: Table | None = getattr(self, f"by_{view}")()
        return made

    def _column(self, code: str, kind: Kind, cells: Sequence[Any], of_all: Any = "") -> Column:
        if kind in ("degree", "points") and self.answer.is_relative:
            kind = "figure"
        elif kind == "points":
            code = f"{code}_points"
        if kind == "text":
            cells = [self._said(cell) for cell in cells]
        elif kind == "count":
            cells = [int(cell) if isinstance(cell, Fraction) else cell for cell in cells]
        return Column(self.say(f"head_{code}"), kind, list(cells), of_all)

    def _said(self, cell: Cell) -> str:
        if isinstance(cell, bool):
            return self.say("yes" if cell else "no")
        return NOTHING if cell is None else str(cell)

    def _table(self, view: str, columns: list[Column], note: str = "") -> Table:
        title = self.say(f"by_{view}", title=self.answer.rule.title)
        return Table(view, title, columns, note=note)

    def by_district(self) -> Table:
        """Return degree, rank, grade and the rest of each district; the whole below."""
        answer = self.answer
        columns = [
            self._column("key", "text", answer.table.keys, self.say("whole")),
            self._column("name", "text", answer.table.names),
        ]
        for part, kind in _OF_DISTRICTS:
            if answer.has(part):
                cells = answer.column(part, ratio=part in RATIOS)
                whole = answer.whole(part) if part in RATIOS else None
                columns.append(self._column(part, kind, cells, "" if whole is None else whole))
        return self._table("district", columns, self._left_out())

    def _left_out(self) -> str:
        """Say in which districts the weight of indicators left out goes to the others."""
        names = [self.answer.table.names[at] for at in self.answer.left_out()]
        if not names:
            return ""
        named = (*names[:MOST_NAMED], *["…"] * (len(names) > MOST_NAMED))
        return self.say("left_out", names=named, count=len(names))

    def by_agency(self) -> Table | None:
        """Return indicators, their weight and the score of each agency, the best first."""
        answer = self.answer
        if not answer.has("agency"):
            return None
        scores, shares = answer.each("agency", ratio=True), answer.shares
        agencies = answer.texts(answer.rule.tree.agency)
        groups: dict[str, list[int]] = {}
        for item, agency in enumerate(agencies):
            if agency is not None:
                groups.setdefault(agency, []).append(item)
        told = [fall.item for fall in shortfalls(answer)]

        def best(agency: str) -> tuple[bool, Fraction]:
            score = next((s for i in groups[agency] if isinstance(s := scores[i], Fraction)), None)
            return score is None, -(score or Fraction(0))

        order = sorted(groups, key=best)
        first = [next((scores[i] for i in groups[a] if scores[i] is not None), None) for a in order]
        columns = [
            self._column("agency", "text", order),
            self._column("indicators", "count", [len(groups[a]) for a in order]),
            self._column("weight", "degree", [sum(shares[i] for i in groups[a]) for a in order]),
            self._column("score", "degree", first),
        ]
        if answer.has("short"):
            counts = [sum(item in groups[a] for item in told) for a in order]
            columns.append(self._column("shortfalls", "count", counts))
        return self._table("agency", columns, self._of_several())

    def _of_several(self) -> str:
        """Say which indicators name several agencies, and count for none of them."""
        told = indicators_of_several(self.answer.rule)
        few = (*told[:MOST_NAMED], *["…"] * (len(told) > MOST_NAMED))
        return self.say("of_several", found=few) if told else ""

    def by_indicator(self) -> Table:
        """Return the weight, the score and the shortfalls of each indicator."""
        answer = self.answer
        columns = []
        if answer.rule.tree.first is not None:
            columns.append(self._column("first", "text", answer.parents))
        columns.append(self._column("indicator", "text", self.items.names))
        if answer.rule.tree.agency:
            agencies = answer.texts(answer.rule.tree.agency)
            columns.append(self._column("agency", "text", agencies))
        columns += self._weights(answer.effective_whole())
        columns.append(self._column("score", "degree", answer.each("whole.score", ratio=True)))
        if answer.has("short"):
            told = [fall.item for fall in shortfalls(answer)]
            counts = [told.count(item) for item in range(len(self.items))]
            columns.append(self._column("short_districts", "count", counts))
        columns += self._attained()
        return self._table("indicator", columns)

    def _weights(self, effective: list[Fraction | None]) -> list[Column]:
        """Return weights as the list has them, and as they count where that is not the same."""
        shares = self.answer.shares
        columns = [self._column("weight", "degree", shares)]
        if effective != shares:
            columns.append(self._column("effective", "degree", effective))
        return columns

    def by_weight(self) -> Table:
        """Return the weight that each indicator has in each district; nothing where in none."""
        answer = self.answer
        shares, effective = answer.shares, answer.effective()
        columns = []
        if answer.rule.tree.first is not None:
            columns.append(self._column("first", "text", answer.parents))
        columns.append(self._column("indicator", "text", self.items.names))
        columns[0] = replace(columns[0], total=self.say("total"))
        columns.append(self._column("weight", "degree", shares, sum(shares, Fraction(0))))
        for at, name in enumerate(answer.table.names):
            if answer.district in (None, at):
                cells = [row[at] for row in effective]
                of_all = sum((cell for cell in cells if cell is not None), Fraction(0))
                own = self._column("weight", "degree", cells, of_all)
                columns.append(replace(own, header=name))
        return self._table("weight", columns)

    def _attained(self) -> list[Column]:
        """Return, of indicators by attainment, how many districts reach the target of how many."""
        method = self.answer.rule.tree.method
        if not method.has("attainment"):
            return []
        texts = self.answer.texts(method.column)
        cells: list[str | None] = []
        for text, row in zip(texts, self.answer.items("score", ratio=True), strict=True):
            seen = [cell for cell in row if isinstance(cell, Fraction)]
            mine = method.cells[text or ""] == "attainment"
            cells.append(f"{sum(cell == 1 for cell in seen)}/{len(seen)}" if mine else None)
        return [self._column("attained", "text", cells)]

    def by_first(self) -> Table | None:
        """Return the weight and the scores of each first-level indicator."""
        answer, tree = self.answer, self.answer.rule.tree
        if tree.first is None:
            return None
        parents, scores = answer.texts(tree.parent), answer.items("first", ratio=True)
        wholes, weight = answer.each("whole.first", ratio=True), tree.first.columns
        numbers = weight[tree.first_weight].numbers
        scale = weight[tree.first_weight].unit.scale
        columns = [
            self._column("first", "text", tree.first.names),
            self._column("weight", "degree", [n.value * scale if n else None for n in numbers]),
        ]
        own = [parents.index(key) for key in tree.first.keys]
        columns.append(self._column("whole", "degree", [wholes[item] for item in own]))
        for at, name in enumerate(answer.table.names):
            if answer.district in (None, at):
                kind: Kind = "figure" if answer.is_relative else "degree"
                columns.append(Column(name, kind, [scores[item][at] for item in own]))
        return self._table("first", columns)

    def by_shortfall(self) -> Table | None:
        """Return what falls short: indicator, district, observed, target and distance."""
        answer = self.answer
        if not answer.has("short"):
            return None
        found = [f for f in shortfalls(answer) if answer.district in (None, f.district)]
        names = answer.table.names
        columns = [
            self._column("district", "text", [names[f.district] for f in found]),
            self._column("indicator", "text", [self.items.names[f.item] for f in found]),
            self._column("observed", "figure", [f.observed for f in found]),
            self._column("target", "figure", [f.goal for f in found]),
            self._column("distance", "figure", [f.distance for f in found]),
        ]
        if answer.rule.tree.agency:
            agencies = answer.texts(answer.rule.tree.agency)
            columns.append(self._column("agency", "text", [agencies[f.item] for f in found]))
        return self._table("shortfall", columns, self._without_target())

    def _without_target(self) -> str:
        """Say which indicators have no target, and so no shortfall."""
        method, goals = self.answer.rule.tree.method, self.answer.items("goal")
        names = [
            name
            for item, name in enumerate(self.items.names)
            if method.of(self.items, item) in RELATIVE and not any(map(_is_figure, goals[item]))
        ]
        named = (*names[:MOST_NAMED], *["…"] * (len(names) > MOST_NAMED))
        return self.say("without_target", names=named) if names else ""

    def counting(self, district: int) -> list[int]:
        """Return the indicators that count for a district: others are for the whole alone."""
        count = len(self.items)
        if not self.answer.has("counts"):
            return list(range(count))
        marks = self.answer.items("counts")
        return [item for item in range(count) if marks[item][district] is True]

    def of_district(self, district: int) -> Table:
        """Return the indicators that count for one district: observed, target, score, weight."""
        answer = self.answer
        counts = self.counting(district)
        columns = []
        if answer.rule.tree.first is not None:
            columns.append(self._column("first", "text", answer.parents))
        columns.append(self._column("indicator", "text", self.items.names))
        for part, code in (("observed", "observed"), ("goal", "target")):
            if answer.has(part):
                cells = [row[district] for row in answer.items(part)]
                columns.append(self._column(code, "figure", cells))
        score = [row[district] for row in answer.items("score", ratio=True)]
        columns.append(self._column("score", "degree", score))
        columns += self._weights([row[district] for row in answer.effective()])
        if answer.has("last.score"):
            last = [row[district] for row in answer.items("last.score", ratio=True)]
            columns.append(self._column("score_last", "degree", last))
        if answer.has("short"):
            short = [row[district] for row in answer.items("short")]
            columns.append(self._column("short", "text", short))
        left = len(self.items) - len(counts)
        code = "of_district_without" if left else "of_district"
        name = answer.table.names[district]
        title = self.say(code, title=answer.rule.title, name=name, count=left)
        columns = [replace(c, cells=[c.cells[item] for item in counts]) for c in columns]
        return Table("indicators", title, columns)
