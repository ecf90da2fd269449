"""Units from year to year: one unit of money, and what is carried counted as its year counts it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from msgspec.structs import replace

from scenarios.outlook.course import Course
from scenarios.outlook.plans import YearPlan
from transfers import DocumentError, Policy
from transfers.districts.columns import NumberColumn
from transfers.documents.yaml_tree import Path
from transfers.errors import Fault, Place
from transfers.figures.carrying import Carried, unit_of
from transfers.units import Unit, describe, parse_unit

_MONEY: Final = "money"
_DECLARED: Final = ("quantities", "outputs")
"""Sections whose entries may be one number, which counts in the unit that the entry declares."""


def check_money(courses: Sequence[Course], plans: Mapping[str, Sequence[YearPlan]]) -> None:
    """Refuse years that count money in another unit than the first year of the baseline.

    Raises
    ------
    DocumentError
        At what changes it: the first time in each variant.
    """
    first = plans[courses[0].id][0].policy
    faults: dict[Place, Fault] = {}
    for course in courses:
        other = next((plan for plan in plans[course.id] if _unlike(first, plan.policy)), None)
        if other is not None:
            words = {
                "year": other.year,
                "unit": other.policy.money.unit,
                "first": first.money.unit,
                "currency": other.policy.money.currency,
                "first_currency": first.money.currency,
            }
            place = asked_at(course, other, _MONEY)
            place = place or other.policy.document.value_place((_MONEY, "unit"))
            faults.setdefault(place, Fault("outlook.money_unit", place, words))
    if faults:
        raise DocumentError(list(faults.values()))


def _unlike(first: Policy, other: Policy) -> bool:
    """Tell whether one of this unit is not one of that."""
    mine, theirs = first.money_unit, other.money_unit
    return (mine.kinds, mine.scale) != (theirs.kinds, theirs.scale)


def asked_at(course: Course, plan: YearPlan, name: str) -> Place | None:
    """Return where something named was last changed, up to a year; None where it never was."""
    for _, step in reversed(plan.steps):
        for path, place in step.places.items():
            if name in path.split("."):
                return place
        if step.policy is not None:
            return course.study.place(*step.path, "policy")
    return None


def in_its_units(before: Carried, plan: YearPlan) -> tuple[Carried, tuple[Fault, ...]]:
    """Return what a year begins with, in the units which that year has; and what has none.

    What a change of the year speaks of is not carried into it.
    """
    policy, faults = plan.policy, []
    factors: dict[str, Fraction] = {}
    for name, unit in before.units.items():
        now = unit_of(policy, name)
        if now is None or all(map(plan.touches, _paths(name, before))):
            continue
        if not unit.same_kind(now) or unit.bare != now.bare:
            faults.append(_fault(policy, plan, name, (unit, now)))
        elif unit.scale != now.scale:
            factors[name] = unit.scale / now.scale
    if not factors:
        return before, tuple(faults)
    columns = dict(before.districts.columns)
    for name, factor in factors.items():
        column = columns.get(name) if name in before.inputs else None
        if isinstance(column, NumberColumn):
            columns[name] = column.scaled(factor)
    numbers = {
        path: number * factors.get(named(path), 1) for path, number in before.numbers.items()
    }
    table = replace(before.districts, columns=columns)
    return replace(before, districts=table, numbers=numbers), tuple(faults)


def standing_in_its_units(
    standing: Mapping[Path, Fraction], before: Policy, plan: YearPlan
) -> tuple[dict[Path, Fraction], tuple[Fault, ...]]:
    """Return numbers that were set in earlier years, in the units which a year has; what has none.

    Parameters
    ----------
    standing : mapping of path to Fraction
        As the year before counts them.
    before : Policy
        Of that year.
    """
    policy, found, faults = plan.policy, dict(standing), []
    for path, number in standing.items():
        dotted = ".".join(map(str, path))
        if path not in policy.numbers or path in plan.moves or plan.touches(dotted):
            continue
        unit, now = unit_at(before, path), unit_at(policy, path)
        if not unit.same_kind(now) or unit.bare != now.bare:
            faults.append(_fault(policy, plan, named(path) or str(path[1]), (unit, now)))
        else:
            found[path] = number * unit.scale / now.scale
    return found, tuple(faults)


def unit_at(policy: Policy, path: Path) -> Unit:
    """Return the unit of a number of the document, which its entry may declare."""
    unit = policy.numbers[path].type.unit
    if not unit.bare or path[0] not in _DECLARED:
        return unit
    declared = getattr(policy.document.model, str(path[0]))[path[1]].unit
    return parse_unit(declared, policy.money.currency) if declared else unit


def named(path: Path) -> str:
    """Return what `next` calls a number of a document that is carried."""
    if path[0] == "lists":
        return f"{path[1]}.{path[-1]}"
    return str(path[1]) if path[0] == "parameters" else ""


def _paths(name: str, before: Carried) -> Iterator[str]:
    """Yield the paths of what is carried under a name."""
    if name in before.inputs:
        yield f"inputs.{name}"
    for path in before.numbers:
        if named(path) == name:
            yield ".".join(map(str, path))


def _fault(policy: Policy, plan: YearPlan, name: str, units: tuple[Unit, Unit]) -> Fault:
    """Say that a figure cannot be counted in the unit it has now."""
    of, _, column = name.partition(".")
    document = policy.document
    path: Path = ("lists", of, "columns", column)
    if not column:
        sections = ("inputs", "parameters", *_DECLARED)
        path = (next(s for s in sections if name in getattr(document.model, s)), name)
    place = document.value_place((*path, "unit") if not units[1].bare else path)
    before, now = (describe(unit, policy.money_unit) for unit in units)
    words = {"name": name, "year": plan.year, "before": before or "—", "now": now or "—"}
    return Fault("outlook.unit_unlike", place, words)
