"""What begins or ends with a year without a change: items by their validity, grants by formula."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from scenarios.outlook.found import VariantOutlook, YearAnswer


class ItemsOfYear(Struct, frozen=True):
    """Items of one list of services that are, or are no more, in force in a year.

    Parameters
    ----------
    title : str
        Of the list of services.
    begins, ends : tuple of str
        Names of items.
    """

    title: str
    begins: tuple[str, ...]
    ends: tuple[str, ...]


class GrantsOfYear(Struct, frozen=True):
    """Titles of grants of which something is paid for the first time, or nothing any more."""

    begins: tuple[str, ...]
    ends: tuple[str, ...]


def grants_by_year(each: VariantOutlook) -> dict[int, GrantsOfYear]:
    """Return which grants, there in the year before as well, begin or end to be paid in a year."""
    paid = [{n: bool(a.any()) for n, a in y.allocation.amounts.items()} for y in each.paying]
    found: dict[int, GrantsOfYear] = {}
    for at, year in enumerate(each.paying):
        before, now, later = paid[:at], paid[at], paid[at:]
        both = [rule for rule in year.allocation.policy.grants if at and rule.name in before[-1]]
        begins = [r.title for r in both if now[r.name] and not _ever(before, r.name)]
        ends = [r.title for r in both if before[-1][r.name] and not _ever(later, r.name)]
        if begins or ends:
            found[year.year] = GrantsOfYear(tuple(begins), tuple(ends))
    return found


def _ever(years: Sequence[Mapping[str, bool]], name: str) -> bool:
    """Tell whether something of a grant is paid in one of some years."""
    return any(paid.get(name, False) for paid in years)


def items_by_year(each: VariantOutlook) -> dict[int, tuple[ItemsOfYear, ...]]:
    """Return what of lists of services begins and ends in which year: beside the year before."""
    found: dict[int, tuple[ItemsOfYear, ...]] = {}
    before: YearAnswer | None = None
    for year in each.paying:
        if before is not None:
            told = tuple(_changes(before, year))
            found |= {year.year: told} if told else {}
        before = year
    return found


def _changes(before: YearAnswer, now: YearAnswer) -> Iterator[ItemsOfYear]:
    """Yield what of each list that both years have is in force in one of them only."""
    known = {rule.name for rule in before.allocation.policy.service_lists if rule.valid}
    for rule in now.allocation.policy.service_lists:
        if rule.name not in known or not rule.valid:
            continue
        was, is_now = _in_force(before, rule.name), _in_force(now, rule.name)
        begins = tuple(name for key, name in is_now.items() if key not in was)
        ends = tuple(name for key, name in was.items() if key not in is_now)
        if begins or ends:
            yield ItemsOfYear(rule.title, begins, ends)


def _in_force(year: YearAnswer, name: str) -> dict[str, str]:
    """Return the items of a list of services that are in force somewhere: key -> name."""
    policy = year.allocation.policy
    rule = next(rule for rule in policy.service_lists if rule.name == name)
    items = policy.lists[rule.list]
    names = dict(zip(items.keys, items.names, strict=True))
    in_force = f"{name}.in_force"
    if not policy.scope.symbols[in_force].type.over:  # all items begin and end together
        return names if any(year.allocation.column(in_force)) else {}
    cells = year.allocation.items(in_force)
    return {key: names[key] for key, row in cells.items() if any(row)}
