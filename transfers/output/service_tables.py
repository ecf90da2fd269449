"""The tables of a list of services, once for the terminal, pages and workbooks.

Figures of money are shown with few decimals, and so that they add up: each level's sum is shared
out to areas, theirs to items, by largest remainders; a row's total is the sum of what it shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from transfers import messages
from transfers.explain.line import plainly
from transfers.output.tables import NOTHING, PLACES, Column, Kind, Table
from transfers.services.completeness import texts_of
from transfers.services.costs import (
    GROWTH,
    helped_by_agency,
    items_by_agency,
    items_by_area,
    total,
)
from transfers.units import describe

if TYPE_CHECKING:
    from transfers.output.service_answer import ServiceAnswer

VIEWS: Final = ("area", "district", "level", "item", "agency")


def shared_out(whole: int, figures: Sequence[Fraction | None]) -> list[int | None]:
    """Round figures to whole numbers that add up to `whole`, by largest remainders.

    Precondition: `whole` is less than 1 away from each sum that it may be asked for, or further:
    then the rounding goes on by whole units.

    >>> shared_out(10, [Fraction(10, 3)] * 3)
    [4, 3, 3]
    """
    floors = [None if f is None else f.__floor__() for f in figures]
    missing = whole - sum(floor for floor in floors if floor is not None)
    rests = [(f - f.__floor__(), -n, n) for n, f in enumerate(figures) if f is not None and f]
    rests.sort(reverse=True)
    while missing and rests:
        step = 1 if missing > 0 else -1
        for _, _, place in rests if step > 0 else rests[::-1]:
            if not missing:
                break
            floors[place] = (floors[place] or 0) + step
            missing -= step
    return floors


class Shown:
    """Money of one list as it is shown: levels, areas and items add up."""

    def __init__(self, answer: ServiceAnswer) -> None:
        assert answer.costs is not None
        self.costs = answer.costs
        levels = self.costs.rule.levels
        exact = {part: self.costs.by_item(part) for part in ("", *levels)}
        borne = map(total, zip(*(exact[level] for level in levels), strict=True))
        # Where shares are no whole, what levels bear is not what is spent.
        self.parts: tuple[str, ...] = levels if [*borne] == exact[""] else ("", *levels)
        self.places = _places(figure for part in self.parts for figure in exact[part])
        self.scale = 10**self.places
        sums = [self.scaled(total(exact[part])) for part in self.parts]
        shown_sums = shared_out(_rounded(total(sums)), sums)
        if self.parts != levels:
            shown_sums = [None if s is None else _rounded(s) for s in sums]
        self.of_part = dict(zip(self.parts, shown_sums, strict=True))
        areas = items_by_area(self.costs.rule, self.costs.items)
        self.item: dict[str, list[int | None]] = {}
        for part in self.parts:
            of_areas = [total(exact[part][item] for item in items) for items in areas.values()]
            shown = shared_out(self.of_part[part] or 0, [self.scaled(f) for f in of_areas])
            cells: list[int | None] = [None] * len(self.costs.items)
            for items, sum_of_area in zip(areas.values(), shown, strict=True):
                figures = [self.scaled(exact[part][item]) for item in items]
                for item, cell in zip(items, shared_out(sum_of_area or 0, figures), strict=True):
                    cells[item] = cell
            self.item[part] = cells

    def scaled(self, figure: Fraction | None) -> Fraction | None:
        """Return an exact figure in units of the last decimal shown."""
        return None if figure is None else figure * self.scale

    def unit(self, cell: int | None) -> Fraction | None:
        """Return a shown figure in the unit of money."""
        return None if cell is None else Fraction(cell, self.scale)

    @property
    def whole(self) -> int | None:
        """What all items cost, as shown."""
        return self.spent(self.of_part)

    def spent(self, by_part: Mapping[str, int | None]) -> int | None:
        """Return the cost that goes with what levels bear, as shown."""
        return by_part[""] if "" in by_part else _sum(by_part.values())

    def items(self, chosen: Iterable[int], part: str) -> int | None:
        """Return what some items come to, as shown."""
        return _sum(self.item[part][item] for item in chosen)

    def districts(self) -> dict[str, list[int | None]]:
        """Return what districts come to, by level."""
        return {
            part: shared_out(
                self.of_part[part] or 0,
                [self.scaled(figure) for figure in self.costs.by_district(part)],
            )
            for part in self.parts
        }


def _sum(cells: Iterable[int | None]) -> int | None:
    found = 0
    for cell in cells:
        if cell is None:
            return None
        found += cell
    return found


def _rounded(figure: Fraction | None) -> int:
    return 0 if figure is None else (figure + Fraction(1, 2)).__floor__()


def _places(figures: Iterable[Fraction | None]) -> int:
    """Return as many decimals as figures need, 2 at most."""
    there = [figure for figure in figures if figure is not None]
    enough = (p for p in range(PLACES) if all((f * 10**p).denominator == 1 for f in there))
    return next(enough, PLACES)


class Tables:
    """Makes the tables of one list of services in one language."""

    def __init__(self, answer: ServiceAnswer, language: str) -> None:
        self.answer, self.language = answer, language
        self.rule, self.items = answer.rule, answer.completeness.items
        self.shown = None if answer.costs is None else Shown(answer)
        self.lacking = {lacking.item for lacking in answer.completeness.lacking}

    def say(self, code: str, **words: object) -> str:
        """Return a text of the family."""
        return messages.text(f"services.{code}", self.language, **words)

    def table(self, view: str) -> Table | None:
        """Return one of the tables; None where the list has nothing for it."""
        made: Table | None = getattr(self, f"by_{view}")()
        return made

    # -- columns -------------------------------------------------------------------------------

    def _column(self, code: str, kind: Kind, cells: list[Any], of_all: Any = "") -> Column:
        places = self.shown.places if self.shown is not None and kind == "money" else PLACES
        return Column(self.say(f"head_{code}"), kind, cells, of_all, places)

    def _money(self, rows: dict[str, list[int | None]], *, share: bool = True) -> list[Column]:
        """Return cost, share of all and what each level bears, from shown figures by part."""
        shown = self.shown
        assert shown is not None
        each = zip(*rows.values(), strict=True)
        costs = [shown.spent(dict(zip(rows, cells, strict=True))) for cells in each]
        whole = shown.whole
        columns = [self._column("cost", "money", [*map(shown.unit, costs)], shown.unit(whole))]
        if share:
            ratios = [Fraction(c, whole) if c is not None and whole else None for c in costs]
            columns.append(self._column("of_all", "percent", ratios, Fraction(1) if whole else ""))
        for part, cells in rows.items():
            if part:
                of_all = shown.unit(shown.of_part[part])
                figures = [shown.unit(cell) for cell in cells]
                columns.append(Column(part, "money", figures, of_all, shown.places))
        return columns

    def _grouped(self, view: str, groups: dict[str, list[int]]) -> list[Column]:
        names = [name or self.say("none") for name in groups]
        return [
            self._column(view, "text", names, self.say("total")),
            self._column(
                "items", "count", [len(items) for items in groups.values()], len(self.items)
            ),
        ]

    # -- tables --------------------------------------------------------------------------------

    def by_area(self) -> Table | None:
        """Return items, costs and levels by area."""
        if "area" not in self.rule.columns:
            return None
        groups = items_by_area(self.rule, self.items)
        columns = self._grouped("area", groups)
        whole = [len([i for i in items if i not in self.lacking]) for items in groups.values()]
        if self.lacking:
            columns.append(self._column("whole", "count", whole, sum(whole)))
        return self._of_groups("area", groups, columns)

    def by_agency(self) -> Table | None:
        """Return items and costs by lead agency."""
        if "lead" not in self.rule.columns:
            return None
        groups = items_by_agency(self.rule, self.items)
        helped = helped_by_agency(self.rule, self.items)
        for agency in (*helped, *self.answer.completeness.idle):
            groups.setdefault(agency, [])
        columns = self._grouped("agency", groups)
        if "cooperating" in self.rule.columns:
            cells = [helped.get(agency, 0) for agency in groups]
            columns.append(self._column("helps", "count", cells))
        return self._of_groups("agency", groups, columns)

    def _of_groups(self, view: str, groups: dict[str, list[int]], columns: list[Column]) -> Table:
        if self.shown is not None:
            shown = self.shown
            rows = {p: [shown.items(items, p) for items in groups.values()] for p in shown.parts}
            columns += self._money(rows)
        return self._table(view, columns)

    def by_district(self) -> Table | None:
        """Return costs, per head too, and levels by district."""
        if self.shown is None:
            return None
        costs = self.shown.costs
        columns = [
            self._column("key", "text", list(costs.keys), self.say("total")),
            self._column("name", "text", list(costs.names)),
            *self._money(self.shown.districts()),
        ]
        head = self._per_head()
        if head is not None:
            columns.insert(4, head)
        return self._table("district", columns)

    def _per_head(self) -> Column | None:
        """Return costs per head, where one input is the population."""
        people, unit = self.answer.population, self.answer.population_unit
        if people is None or unit is None or self.shown is None:
            return None
        policy = self.answer.policy
        per_head = policy.money_unit.times(unit.inverse())
        figures: list[Fraction | None] = []
        named = describe(per_head, policy.money_unit)
        costs = self.shown.costs.by_district()
        for cost, count in (*zip(costs, people, strict=True), (total(costs), total(people))):
            if cost is None or not count:
                figures.append(None)
                continue
            figure, plain = plainly(cost / count, per_head, policy.money_unit)
            figures.append(figure)
            named = describe(plain, policy.money_unit)
        header = self.say("head_per_head", unit=named)
        return Column(header, "money", figures[:-1], figures[-1])

    def by_level(self) -> Table | None:
        """Return what each level bears."""
        if self.shown is None or not self.rule.levels:
            return None
        shown, whole = self.shown, self.shown.whole
        levels = self.rule.levels
        cells = [shown.of_part[level] for level in levels]
        ratios = [Fraction(c, whole) if c is not None and whole else None for c in cells]
        columns = [
            self._column("level", "text", list(levels), self.say("total")),
            self._column("cost", "money", [*map(shown.unit, cells)], shown.unit(_sum(cells))),
            self._column("of_all", "percent", ratios, total(ratios) if ratios else ""),
        ]
        return self._table("level", columns)

    def by_item(self) -> Table:
        """Return every item: whom it serves, its standard, price, recipients, cost, agencies."""
        columns = self._texts("area")
        columns.append(self._column("item", "text", list(self.items.names)))
        columns[0] = Column(columns[0].header, "text", columns[0].cells, self.say("total"))
        for key in ("object", "standard"):
            columns += self._texts(key)
        if self.shown is not None:
            columns += self._prices()
            rows = {part: self.shown.item[part] for part in self.shown.parts}
            columns += self._money(rows, share=False)
        for key in ("lead", "cooperating", "bought", "basis"):
            columns += self._texts(key)
        return self._table("item", columns)

    def _texts(self, key: str) -> list[Column]:
        if key not in self.rule.columns:
            return []
        cells: list[Any] = [text or NOTHING for text in texts_of(self.rule, self.items, key)]
        if key == "bought":
            said = {"true": self.say("yes"), "false": self.say("no")}
            cells = [said.get(cell, NOTHING) for cell in cells]
        return [self._column(key, "text", cells)]

    def _prices(self) -> list[Column]:
        assert self.shown is not None
        costs, money = self.shown.costs, self.answer.policy.money_unit
        prices: list[Any] = []
        people: list[Any] = []
        for item in range(len(self.items)):
            if not costs.in_force[item]:
                prices.append(self.say("not_in_force"))
                people.append(None)
                continue
            price = costs.one_price(item)
            differs = price is None and None not in costs.price[item]
            prices.append(self.say("differs") if differs else price)
            people.append(total(costs.recipients[item]))
        units = [describe(unit, money) for unit in (costs.price_unit, costs.recipients_unit)]
        headers = [
            self.say(f"head_{code}_in" if unit else f"head_{code}", unit=unit)
            for code, unit in zip(("price", "recipients"), units, strict=True)
        ]
        return [
            Column(headers[0], "figure", prices, "", 4),
            Column(headers[1], "figure", people, "", 4),
        ]

    def growth(self) -> Table | None:
        """Return what is added to last year's costs, by area: price, recipients, both."""
        if self.shown is None or not self.rule.compared:
            return None
        costs, shown = self.shown.costs, self.shown
        groups = list(items_by_area(self.rule, self.items).items())
        now = [shown.spent({p: shown.items(items, p) for p in shown.parts}) for _, items in groups]
        before = [shown.scaled(costs.of_items(items, "last")) for _, items in groups]
        last = shared_out(_rounded(total(before)), before)
        added = [
            None if None in (n, b) else (n or 0) - (b or 0) for n, b in zip(now, last, strict=True)
        ]
        parts = [
            shared_out(more or 0, [shown.scaled(costs.of_items(items, f"+{p}")) for p in GROWTH])
            for (_, items), more in zip(groups, added, strict=True)
        ]
        rows = {"last": last}
        rows |= {f"growth_{p}": [row[n] for row in parts] for n, p in enumerate(GROWTH)}
        rows |= {"growth": added, "now": now}
        columns = [
            self._column(
                "area", "text", [n or self.say("none") for n, _ in groups], self.say("total")
            )
        ]
        for code, cells in rows.items():
            columns.append(
                self._column(code, "money", [*map(shown.unit, cells)], shown.unit(_sum(cells)))
            )
        return self._table("growth", columns)

    def _table(self, view: str, columns: list[Column]) -> Table:
        title = self.say(f"by_{view}", title=self.rule.title)
        money = self.answer.policy.money
        unit = "" if self.shown is None else self.say("unit", unit=money.unit)
        return Table(view, title, columns, unit)
