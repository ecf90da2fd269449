"""The tables of a list of services, once for the terminal, pages, workbooks and programs.

Cells are exact; a total is the sum of exact figures. So a figure is the same wherever it is shown,
in `run` too; where figures as shown don't add up, a note below the table says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from transfers import messages
from transfers.arithmetic.decimal_text import format_decimal
from transfers.explain.line import plainly
from transfers.output.tables import NOTHING, PLACES, Column, Kind, Table, rounds_apart
from transfers.services.completeness import texts_of
from transfers.services.costs import (
    UNBORNE,
    helped_by_agency,
    items_by_agency,
    items_by_area,
    total,
)
from transfers.services.notices import leads_of_several
from transfers.units import describe

if TYPE_CHECKING:
    from transfers.output.service_answer import ServiceAnswer
    from transfers.services.costs import Costs
    from transfers.units import Unit

VIEWS: Final = (
    *("area", "district", "level", "item", "agency"),
    *("growth", "growth_district", "growth_item"),
)
_ADDED: Final = ("+price", "+recipients", "+both")

Figures = list[Fraction | None]
Groups = dict[str, list[int]]


def places_of(figures: Iterable[Fraction | None]) -> int:
    """Return as many decimals as figures need, 2 at most.

    >>> places_of([Fraction(3, 2), None]), places_of([Fraction(1, 3)])
    (1, 2)
    """
    found = 0
    for figure in figures:
        while figure is not None and found < PLACES and (figure * 10**found).denominator != 1:
            found += 1
    return found


class Money:
    """The money of one list as tables have it: exact, and with how many decimals it is shown."""

    def __init__(self, costs: Costs) -> None:
        self.costs, self.levels = costs, costs.rule.levels
        self.borne = (*self.levels, *([UNBORNE] if costs.is_borne_in_part else []))
        self.of_items = {part: costs.by_item(part) for part in ("", *self.borne)}
        if costs.rule.compared:
            self.of_items |= {part: costs.by_item(part) for part in ("last", *_ADDED)}
        self.places = places_of(f for figures in self.of_items.values() for f in figures)

    def of(self, chosen: Iterable[int], part: str = "") -> Fraction | None:
        """Return what some items come to."""
        return total(self.of_items[part][item] for item in chosen)

    def whole(self, part: str = "") -> Fraction | None:
        """Return what all items come to."""
        return total(self.of_items[part])

    def grouped(self, groups: Groups) -> dict[str, Figures]:
        """Return, of every part, what the items of each group come to."""
        return {part: [self.of(items, part) for items in groups.values()] for part in self.of_items}

    def by_district(self) -> dict[str, Figures]:
        """Return, of every part, what it comes to in each district."""
        return {part: self.costs.by_district(part) for part in self.of_items}


class Tables:
    """Makes the tables of one list of services in one language."""

    def __init__(self, answer: ServiceAnswer, language: str) -> None:
        self.answer, self.language = answer, language
        self.rule, self.items = answer.rule, answer.completeness.items
        self.money = None if answer.costs is None else Money(answer.costs)
        self.lacking = {lacking.item for lacking in answer.completeness.lacking}

    def say(self, code: str, **words: object) -> str:
        """Return a text of the family."""
        return messages.text(f"services.{code}", self.language, **words)

    def table(self, view: str) -> Table | None:
        """Return one of the tables; None where the list has nothing for it."""
        made: Table | None = getattr(self, f"by_{view}")()
        return made

    # -- columns -------------------------------------------------------------------------------

    def _column(
        self, code: str, kind: Kind, cells: Sequence[Any], of_all: Any = "", name: str = ""
    ) -> Column:
        places = self.money.places if self.money is not None and kind == "money" else PLACES
        return Column(
            self.say(f"head_{code}"), kind, list(cells), of_all, places, name=name or code
        )

    def _cost(self, parts: dict[str, Figures], *, share: bool = True) -> list[Column]:
        """Return cost, its part of all, what each level bears and what none does."""
        assert self.money is not None
        whole = self.money.whole()
        columns = [self._column("cost", "money", parts[""], whole)]
        if share:
            ratios = [c / whole if c is not None and whole else None for c in parts[""]]
            of_all = Fraction(1) if whole else ""
            columns.append(self._column("of_all", "percent", ratios, of_all, "share"))
        for level in self.money.levels:
            borne = self.money.whole(level)
            column = self._column("cost", "money", parts[level], borne, f"cost_{level}")
            columns.append(replace(column, header=level))
        if UNBORNE in self.money.borne:
            unborne = self.money.whole(UNBORNE)
            columns.append(self._column("unborne", "money", parts[UNBORNE], unborne))
        return columns

    def _grouped(self, view: str, groups: Groups) -> list[Column]:
        counts = [len(items) for items in groups.values()]
        return [
            self._named(view, list(groups)),
            self._column("items", "count", counts, len(self.items)),
        ]

    def _named(self, view: str, names: Sequence[str]) -> Column:
        """Return a column of names, which may lack, above the total."""
        shown = [name or self.say("none") for name in names]
        column = self._column(view, "text", shown, self.say("total"))
        return replace(column, data=[name or None for name in names])

    # -- tables --------------------------------------------------------------------------------

    def by_area(self) -> Table | None:
        """Return items, costs and levels by area."""
        if "area" not in self.rule.columns:
            return None
        groups = items_by_area(self.rule, self.items)
        columns = self._grouped("area", groups)
        whole = [len([i for i in items if i not in self.lacking]) for items in groups.values()]
        if self.lacking:
            columns.append(self._column("whole", "count", whole, sum(whole), "complete"))
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
        found = self._of_groups("agency", groups, columns)
        notes = filter(None, [found.note, *self.several_leads()])
        return replace(found, note={"zh": "", "en": " "}[self.language].join(notes))

    def several_leads(self) -> list[str]:
        """Return a sentence for each item that several agencies lead."""
        told = leads_of_several(self.answer.completeness)
        return [messages.text("services.sentence", self.language, said=said) for said in told]

    def _of_groups(self, view: str, groups: Groups, columns: list[Column]) -> Table:
        if self.money is not None:
            columns += self._cost(self.money.grouped(groups))
        return self._table(view, columns)

    def by_district(self) -> Table | None:
        """Return costs, per head too, and levels by district."""
        if self.money is None:
            return None
        columns = [*self._districts(), *self._cost(self.money.by_district())]
        head = self._per_head()
        if head is not None:
            columns.insert(4, head)
        return self._table("district", columns)

    def _districts(self) -> list[Column]:
        assert self.money is not None
        costs = self.money.costs
        return [
            self._column("key", "text", costs.keys, self.say("total")),
            self._column("name", "text", costs.names),
        ]

    def _per_head(self) -> Column | None:
        """Return costs per head, where one input is the population."""
        people, unit = self.answer.population, self.answer.population_unit
        if people is None or unit is None or self.money is None:
            return None
        policy = self.answer.policy
        per_head = policy.money_unit.times(unit.inverse())
        figures: list[Fraction | None] = []
        named = describe(per_head, policy.money_unit)
        costs = self.money.costs.by_district()
        for cost, count in (*zip(costs, people, strict=True), (total(costs), total(people))):
            if cost is None or not count:
                figures.append(None)
                continue
            figure, plain = plainly(cost / count, per_head, policy.money_unit)
            figures.append(figure)
            named = describe(plain, policy.money_unit)
        header = self.say("head_per_head", unit=named)
        return Column(header, "money", figures[:-1], figures[-1], name="per_head", adds_up=False)

    def by_level(self) -> Table | None:
        """Return what each level bears."""
        if self.money is None or not self.rule.levels:
            return None
        money, whole = self.money, self.money.whole()
        unborne = self.say("head_unborne")
        names = [level if level != UNBORNE else unborne for level in money.borne]
        data = [level if level != UNBORNE else None for level in money.borne]
        cells = [money.whole(level) for level in money.borne]
        ratios = [c / whole if c is not None and whole else None for c in cells]
        levels = self._column("level", "text", names, self.say("total"))
        levels = replace(levels, data=data)
        columns = [
            levels,
            self._column("cost", "money", cells, whole),
            self._column("of_all", "percent", ratios, total(ratios) if ratios else "", "share"),
        ]
        return self._table("level", columns)

    def by_item(self) -> Table:
        """Return every item: whom it serves, its standard, price, recipients, cost, agencies."""
        columns = self._items()
        for key in ("object", "standard"):
            columns += self._texts(key)
        if self.money is not None:
            columns += self._prices()
            columns += self._cost(self.money.of_items, share=False)
        for key in ("lead", "cooperating", "bought", "basis"):
            columns += self._texts(key)
        return self._table("item", columns, self._keys())

    def _items(self) -> list[Column]:
        columns = self._texts("area")
        columns.append(self._column("item", "text", self.items.names, name="item_name"))
        of_all = "" if self.money is None else self.say("total")
        return [replace(columns[0], total=of_all), *columns[1:]]

    def _keys(self) -> list[Column]:
        """Return what programs know items by."""
        return [Column("", "text", list(self.items.keys), name="item")]

    def _texts(self, key: str) -> list[Column]:
        if key not in self.rule.columns:
            return []
        texts = texts_of(self.rule, self.items, key)
        data: list[Any] = [*texts]
        cells = [text or NOTHING for text in texts]
        if key == "bought":
            said = {"true": self.say("yes"), "false": self.say("no")}
            cells = [said.get(cell, NOTHING) for cell in cells]
            data = [{"true": True, "false": False}.get(text or "") for text in texts]
        return [replace(self._column(key, "text", cells), data=data)]

    def _prices(self) -> list[Column]:
        assert self.money is not None
        costs = self.money.costs
        prices: list[Any] = []
        people: list[Any] = []
        for item in range(len(self.items)):
            if not costs.in_force[item]:
                prices.append(self._not_in_force(costs, item))
                people.append(None)
                continue
            price = costs.one_price(item)
            differs = price is None and None not in costs.price[item]
            prices.append(self.say("differs") if differs else price)
            people.append(total(costs.recipients[item]))
        return [
            self._in_unit("price", prices, costs.price_unit),
            self._in_unit("recipients", people, costs.recipients_unit),
        ]

    def _not_in_force(self, costs: Costs, item: int) -> str:
        """Say that an item is not in force, and from or until when it is."""
        found = costs.outside(item)
        if found is None:
            return self.say("not_in_force")
        edge, year = found
        return self.say(f"not_in_force_{edge}", year=format_decimal(year))

    def _in_unit(self, code: str, cells: list[Any], unit: Unit) -> Column:
        """Return a column of figures with their unit in the heading; programs get figures only."""
        named = describe(unit, self.answer.policy.money_unit)
        header = self.say(f"head_{code}_in" if named else f"head_{code}", unit=named)
        data = [None if isinstance(cell, str) else cell for cell in cells]
        return Column(header, "figure", cells, "", 4, name=code, data=data)

    # -- what is added -------------------------------------------------------------------------

    def by_growth(self) -> Table | None:
        """Return what is added to last year's costs, by area: price, recipients, both."""
        if self.money is None or not self.rule.compared:
            return None
        groups = items_by_area(self.rule, self.items)
        names = [self._named("area", list(groups))]
        return self._growth("growth", names, self.money.grouped(groups))

    def by_growth_district(self) -> Table | None:
        """Return what is added in each district."""
        if self.money is None or not self.rule.compared:
            return None
        return self._growth("growth_district", self._districts(), self.money.by_district())

    def by_growth_item(self) -> Table | None:
        """Return what each item adds."""
        if self.money is None or not self.rule.compared:
            return None
        return self._growth("growth_item", self._items(), self.money.of_items, self._keys())

    def _growth(
        self, view: str, names: list[Column], parts: dict[str, Figures], keys: Sequence[Column] = ()
    ) -> Table:
        """Return a table of last year's costs, what is added by what, and this year's."""
        assert self.money is not None

        def money(code: str, part: str, name: str) -> Column:
            whole = self.money.whole(part) if self.money is not None else None
            return self._column(code, "money", parts[part], whole, name)

        last, now = money("last", "last", "cost_last"), money("now", "", "cost")
        added = [money(f"growth_{part[1:]}", part, f"growth_{part[1:]}") for part in _ADDED]
        more = [
            None if None in (a, b) else (a or 0) - (b or 0)
            for a, b in zip([*now.cells, now.total], [*last.cells, last.total], strict=True)
        ]
        growth = self._column("growth", "money", more[:-1], more[-1])
        return self._table(view, [*names, last, *added, growth, now], keys)

    # -- the whole table -----------------------------------------------------------------------

    def _table(self, view: str, columns: list[Column], keys: Sequence[Column] = ()) -> Table:
        title = self.say(f"by_{view}", title=self.rule.title)
        money = self.answer.policy.money
        unit = "" if self.money is None else self.say("unit", unit=money.unit)
        note = self.say("rounded") if self._rounds_apart(columns) else ""
        return Table(view, title, columns, unit, note, keys)

    def _rounds_apart(self, columns: list[Column]) -> bool:
        """Tell whether figures as shown don't add up: down to a total, or across to a sum."""
        found = {column.name: column for column in columns}
        borne = [c for c in columns if c.name.startswith("cost_") or c.name == "unborne"]
        sums = [("cost", borne)] if "growth" not in found else []
        if "growth" in found:
            parts = [found[f"growth_{part[1:]}"] for part in _ADDED]
            sums = [("growth", parts), ("cost", [found["cost_last"], found["growth"]])]
        return rounds_apart(columns, [(found[name], parts) for name, parts in sums if parts])
