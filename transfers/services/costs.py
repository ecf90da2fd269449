"""What the items of a list of services cost, exactly: by item, area, district, level and agency."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from transfers.readout import Cell, everyone_of, read_column, read_items
from transfers.services.agencies import agencies_of
from transfers.services.completeness import texts_of

if TYPE_CHECKING:
    from transfers.block import Block
    from transfers.formula.scope import ItemList
    from transfers.policy.service_rule import ServiceListRule
    from transfers.units import Unit

Grid = list[list[Fraction | None]]
"""A figure of each item and district."""

UNBORNE: Final = "-"
"""What no level bears, as figures are asked for: shares that do not add up to 1 leave it."""

GROWTH: Final = ("price", "recipients", "both")


class Costs(Struct, frozen=True, eq=False, dict=True):
    """The figures of a list of services in one scenario.

    Parameters
    ----------
    cost : Grid
        In units of money; None where a figure is missing.
    levels : dict of str to Grid
        What each level bears.
    last, growth : Grid and dict of str to Grid
        Of the year before, and what is added by ``price``, ``recipients`` and ``both``.
    in_force : list of bool, one for each item
        Whether it is in some district.
    valid : dict of str to Grid
        ``from`` and ``until``: the first and the last year, where there are such.
    year : Fraction or None
        For which all is computed; None where nothing depends on it.
    """

    rule: ServiceListRule
    items: ItemList
    keys: tuple[str, ...]
    names: tuple[str, ...]
    cost: Grid
    levels: dict[str, Grid]
    last: Grid
    growth: dict[str, Grid]
    price: Grid
    recipients: Grid
    in_force: list[bool]
    price_unit: Unit
    recipients_unit: Unit
    valid: dict[str, Grid] = {}
    year: Fraction | None = None

    def of(self, figure: str) -> Grid:
        """Return the cost, ``last``, what a level bears, or a part of the growth: ``+price``.

        `UNBORNE` is the cost without what levels bear; below 0 where they bear more.
        """
        if figure == UNBORNE:
            return self.unborne
        if figure in ("", "last"):
            return self.last if figure else self.cost
        return self.growth[figure[1:]] if figure.startswith("+") else self.levels[figure]

    @cached_property
    def unborne(self) -> Grid:
        """What no level bears; None where a figure is missing."""
        return [
            [_less(cost, [grid[item][at] for grid in self.levels.values()]) for at, cost in pairs]
            for item, pairs in enumerate(map(enumerate, self.cost))
        ]

    def outside(self, item: int) -> tuple[str, Fraction] | None:
        """Return why an item is in force nowhere: ``from`` or ``until``, and that year.

        None where districts differ, or nothing says so.
        """
        for edge, grid in self.valid.items():
            years = {*grid[item]}
            year = next(iter(years), None) if len(years) == 1 else None
            if year is None or self.year is None:
                continue
            if year > self.year if edge == "from" else year < self.year:
                return edge, year
        return None

    @property
    def is_borne_in_part(self) -> bool:
        """Whether there are levels, and they bear more or less than something costs."""
        return bool(self.levels) and any(map(any, self.unborne))

    def by_item(self, figure: str = "") -> list[Fraction | None]:
        """Return a figure of each item, over all districts."""
        return [total(row) for row in self.of(figure)]

    def by_district(self, figure: str = "") -> list[Fraction | None]:
        """Return a figure of each district, over all items."""
        return [total(column) for column in zip(*self.of(figure), strict=True)]

    def one_price(self, item: int) -> Fraction | None:
        """Return the price of an item, where it is the same in all districts."""
        prices = {*self.price[item]}
        return next(iter(prices)) if len(prices) == 1 else None


def total(figures: Iterable[Fraction | None]) -> Fraction | None:
    """Add up figures; None where one is missing."""
    found = Fraction(0)
    for figure in figures:
        if figure is None:
            return None
        found += figure
    return found


def _less(whole: Fraction | None, parts: Sequence[Fraction | None]) -> Fraction | None:
    borne = total(parts)
    return None if whole is None or borne is None else whole - borne


def costs_of(block: Block, scenario: int, rule: ServiceListRule) -> Costs | None:
    """Return what a list of services costs; None of one without prices."""
    if not rule.costs:
        return None
    items, x = block.policy.lists[rule.list], rule.name
    symbols = block.policy.scope.symbols
    compared = rule.compared

    def grid(field: str) -> Grid:
        return grid_of(block, scenario, f"{x}.{field}", len(items))

    return Costs(
        rule,
        items,
        block.districts.keys,
        block.districts.names,
        grid("cost"),
        {level: grid(level) for level in rule.levels},
        grid("last") if compared else [],
        {part: grid(f"growth.{part}") for part in GROWTH} if compared else {},
        grid("price"),
        grid("recipients"),
        [any(row) for row in _cells(block, scenario, f"{x}.in_force", len(items))],
        symbols[f"{x}.price"].type.unit,
        symbols[f"{x}.recipients"].type.unit,
        {edge: grid(edge) for edge in rule.valid},
        _year(block) if rule.valid else None,
    )


def _year(block: Block) -> Fraction | None:
    """Return the year for which is computed."""
    year = block.policy.document.model.year
    return None if year is None else Fraction(year)


def grid_of(block: Block, scenario: int, name: str, items: int) -> Grid:
    """Return a figure of each item and district, also of one that is the same for all items."""
    rows = _cells(block, scenario, name, items)
    return [[x if isinstance(x, Fraction) else None for x in row] for row in rows]


def _cells(block: Block, scenario: int, name: str, items: int) -> list[list[Cell]]:
    if block.policy.scope.symbols[name].type.over:
        return list(read_items(block, scenario, name).values())
    return [read_column(block, scenario, name, everyone_of(block.district_count))] * items


# -- items that belong together ------------------------------------------------------------------


def items_by_area(rule: ServiceListRule, items: ItemList) -> dict[str, list[int]]:
    """Return the items of each area, areas in the order of the list; "" of those without one."""
    found: dict[str, list[int]] = {}
    for item, area in enumerate(texts_of(rule, items, "area")):
        found.setdefault(area or "", []).append(item)
    return found


def items_by_agency(rule: ServiceListRule, items: ItemList) -> dict[str, list[int]]:
    """Return the items that each agency leads; of several in a cell, the first. "" has none."""
    found: dict[str, list[int]] = {}
    for item, text in enumerate(texts_of(rule, items, "lead")):
        found.setdefault(next(iter(agencies_of(text)), ""), []).append(item)
    return found


def helped_by_agency(rule: ServiceListRule, items: ItemList) -> dict[str, int]:
    """Return in how many items each agency helps: cooperates, or leads beside the first."""
    found: dict[str, int] = {}
    leads, cooperating = (texts_of(rule, items, key) for key in ("lead", "cooperating"))
    for lead, others in zip(leads, cooperating, strict=True):
        for agency in dict.fromkeys([*agencies_of(lead)[1:], *agencies_of(others)]):
            found[agency] = found.get(agency, 0) + 1
    return found
