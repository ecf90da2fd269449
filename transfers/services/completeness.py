"""Whether a list of services is complete: known from the list alone, without districts.

Method: sentence 42.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from transfers.formula.nodes import Name
from transfers.formula.scope import ItemColumn, ItemList
from transfers.policy.service_dates import day_of
from transfers.policy.service_names import VALID
from transfers.services.agencies import Stranger, agencies_of, strangers

if TYPE_CHECKING:
    from transfers.policy.policy import Policy
    from transfers.policy.service_rule import ServiceListRule

AGENCIES: Final = ("lead", "cooperating")


class Lacking(Struct, frozen=True):
    """An item, by its place in the list, and which of the required parts it lacks."""

    item: int
    parts: tuple[str, ...]


class Completeness(Struct, frozen=True, eq=False):
    """What a list of services has, and what it lacks.

    Parameters
    ----------
    rule : ServiceListRule
    items : ItemList
    lacking : tuple of Lacking
        In the order of the list; an item that lacks nothing is not there.
    areas : dict of str to int
        Items of each area, in the order of the list; nothing without a column of areas.
    strangers : tuple of Stranger
    idle : tuple of str
        Agencies known that no item names; nothing of a list without costs, which names but some.
    ended : tuple of int
        Items whose last year is before their first.
    twice : dict of str to int
        Names that more than one item has, and how many.
    """

    rule: ServiceListRule
    items: ItemList
    lacking: tuple[Lacking, ...]
    areas: dict[str, int]
    strangers: tuple[Stranger, ...]
    idle: tuple[str, ...]
    ended: tuple[int, ...]
    twice: dict[str, int]

    @property
    def count(self) -> int:
        """How many items there are."""
        return len(self.items)

    @property
    def whole(self) -> int:
        """How many items lack nothing."""
        return self.count - len(self.lacking)

    @property
    def expected(self) -> int:
        """How many items there should be; as many as there are, if nothing is said."""
        return self.count if self.rule.items is None else self.rule.items

    @property
    def expected_areas(self) -> int:
        """How many areas there should be."""
        return len(self.areas) if self.rule.areas is None else self.rule.areas

    @property
    def is_complete(self) -> bool:
        """Whether there is nothing to mend; agencies without an item are none of that."""
        wrong = self.lacking or self.strangers or self.ended or self.twice
        counts = self.expected == self.count and self.expected_areas == len(self.areas)
        return counts and not wrong


def completeness(policy: Policy, name: str) -> Completeness:
    """Return what a list of services has and lacks.

    Raises
    ------
    KeyError
        The policy has no list of services of that name.
    """
    rule = {rule.name: rule for rule in policy.service_lists}[name]
    if "found" not in rule.kept:
        rule.kept["found"] = _found(policy, rule)
    found: Completeness = rule.kept["found"]
    return found


def _found(policy: Policy, rule: ServiceListRule) -> Completeness:
    items = policy.lists[rule.list]
    parts = ((item, tuple(_lacks(rule, items, item))) for item in range(len(items)))
    names = Counter(items.names)
    return Completeness(
        rule,
        items,
        tuple(Lacking(item, lacks) for item, lacks in parts if lacks),
        dict(Counter(area for area in texts_of(rule, items, "area") if area)),
        tuple(_strangers(policy, rule, items)),
        tuple(_idle(policy, rule, items)),
        tuple(_ended(policy, rule, items)),
        {called: count for called, count in names.items() if count > 1},
    )


def texts_of(rule: ServiceListRule, items: ItemList, key: str) -> tuple[str | None, ...]:
    """Return what a column says of each item: ``area``, ``lead``; nothing where there is none."""
    column = rule.columns.get(key)
    return (None,) * len(items) if column is None else items.columns[column].texts


def _lacks(rule: ServiceListRule, items: ItemList, item: int) -> Iterator[str]:
    """Yield what an item lacks: its cell is blank, or one that a formula cannot do without."""
    for part in rule.requires:
        columns = (rule.columns[part],) if part in rule.columns else rule.blanks.get(part, ())
        if any(_is_blank(items.columns[column], item) for column in columns):
            yield part


def _is_blank(column: ItemColumn, item: int) -> bool:
    cells = column.numbers if column.kind == "number" else column.texts
    cell = cells[item]
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _known(policy: Policy, rule: ServiceListRule) -> ItemList | None:
    return policy.lists[rule.agencies] if rule.agencies else None


def _named(rule: ServiceListRule, items: ItemList) -> Iterator[tuple[int, str, str]]:
    """Yield each agency that an item names: item, role, agency."""
    for role in AGENCIES:
        for item, text in enumerate(texts_of(rule, items, role)):
            for agency in agencies_of(text):
                yield item, role, agency


def _strangers(policy: Policy, rule: ServiceListRule, items: ItemList) -> Iterator[Stranger]:
    known = _known(policy, rule)
    if known is not None:
        yield from strangers(known, sorted(_named(rule, items), key=lambda named: named[0]))


def _idle(policy: Policy, rule: ServiceListRule, items: ItemList) -> Iterator[str]:
    known = _known(policy, rule)
    if known is None or not rule.costs:
        return
    named = {agency for _, _, agency in _named(rule, items)}
    for key, name in zip(known.keys, known.names, strict=True):
        if named.isdisjoint((key, name)):
            yield name


def _ended(policy: Policy, rule: ServiceListRule, items: ItemList) -> Iterator[int]:
    """Yield the items that end before they begin, where both are columns of the list."""
    if rule.valid != tuple(rule.dates):
        yield from _ended_in_years(policy, rule, items)
        return
    if len(rule.dates) < len(VALID):
        return
    first, last = (items.columns[rule.dates[key]].texts for key in VALID)
    for item, (start, end) in enumerate(zip(first, last, strict=True)):
        begins, ends = day_of(start or ""), day_of(end or "")
        if begins is not None and ends is not None and begins.first() > ends.last():
            yield item


def _ended_in_years(policy: Policy, rule: ServiceListRule, items: ItemList) -> Iterator[int]:
    columns = [_column(policy, rule, items, key) for key in VALID]
    if None in columns:
        return
    first, last = (column.numbers for column in columns if column is not None)
    for item, (start, end) in enumerate(zip(first, last, strict=True)):
        if start is not None and end is not None and start.value > end.value:
            yield item


def _column(policy: Policy, rule: ServiceListRule, items: ItemList, key: str) -> ItemColumn | None:
    """Return the column of the list that a formula is, if it is one."""
    formula = policy.derived(f"{rule.name}.{key}") if key in rule.valid else None
    if formula is None or not isinstance(formula.node, Name):
        return None
    of, _, column = formula.node.name.partition(".")
    return items.columns.get(column) if of == items.name else None
