"""What would count otherwise than it was meant where a unit changes: found before any year is run.

What is carried, and numbers that `set` gives by year, are converted (`units.py`). Of all else
only the text is there: a number of the document, figures of districts in `data`. Another unit
would make another figure of it in silence, so the year has to say it in its unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final

from scenarios.outlook.course import Course
from scenarios.outlook.plans import SET_BY_YEAR, YearPlan
from scenarios.outlook.units import asked_at, named, unit_at
from scenarios.steps import Step
from scenarios.study.load import Study
from transfers import Districts, DocumentError, Policy
from transfers.districts.columns import NumberColumn
from transfers.documents.yaml_tree import Path
from transfers.errors import Fault, Place
from transfers.figures.carrying import Carried, next_formula, unit_of
from transfers.units import Unit, describe

_INPUTS: Final = "inputs."
_WORDS: Final = re.compile(r"[^\W\d]\w*")


def check_units(
    study: Study, courses: Sequence[Course], plans: Mapping[str, Sequence[YearPlan]]
) -> None:
    """Refuse years whose unit would make another figure of what was written in the unit before.

    Raises
    ------
    DocumentError
        At what changes the unit: once for each figure and each place.
    """
    first = plans[courses[0].id][0].policy
    faults: dict[tuple[str, Place, object], Fault] = {}
    for course in courses:
        of_course = plans[course.id]
        found = [*_numbers(course, of_course), *_figures(course, of_course)]
        found += _measures(study, first, of_course)
        for fault in found:
            faults.setdefault((fault.code, fault.place, fault.values["name"]), fault)
    if faults:
        raise DocumentError(list(faults.values()))


# -- numbers of the document -----------------------------------------------------------------------


def _numbers(course: Course, plans: Sequence[YearPlan]) -> Iterator[Fault]:
    """Find numbers of the document that stay as they are written while their unit changes."""
    standing: set[Path] = set(plans[0].moves)
    for before, plan in pairwise(plans):
        other = any(year == plan.year and step.policy is not None for year, step in plan.steps)
        # Another document has units of its own: what is held of the one before has them too.
        held = [p for _, step in plan.steps if step.path == SET_BY_YEAR for p in step.set]
        standing = {path for path in standing if not plan.touches(_dotted(path))}
        standing |= set(plan.moves)
        carried = {rule.name for rule in before.policy.next}
        alike: dict[str, list[tuple[bool, Path]]] = {}
        for path, number in plan.policy.numbers.items():
            old = before.policy.numbers.get(path)
            if old is None or path in standing or named(path) in carried:
                continue
            if other and not any(f"{_dotted(path)}.".startswith(f"{each}.") for each in held):
                continue
            if _rescaled(before.policy, plan.policy, path) and not plan.touches(_dotted(path)):
                entry = alike.setdefault(named(path) or str(path[1]), [])
                if number.value or old.value:
                    entry.append((number.value == old.value, path))
        for name, each in alike.items():
            if each and all(same for same, _ in each):
                path = each[0][1]
                units = (unit_at(before.policy, path), unit_at(plan.policy, path))
                yield _fault("outlook.unit_of_number", course, plan, name, units)


def _rescaled(before: Policy, now: Policy, path: Path) -> bool:
    """Tell whether a number counts so many times as much as the year before."""
    old, new = unit_at(before, path), unit_at(now, path)
    return old.same_kind(new) and old.scale != new.scale


# -- figures of districts --------------------------------------------------------------------------


def _figures(course: Course, plans: Sequence[YearPlan]) -> Iterator[Fault]:
    """Find changes of figures that began in an earlier year, in another unit than there is now."""
    for n, plan in enumerate(plans[1:], 1):
        carried = {rule.name for rule in plans[n - 1].policy.next}
        for name, now in _units_of_inputs(plan.policy).items():
            if name in carried and not plan.touches(f"{_INPUTS}{name}"):
                continue
            for year, step in plan.steps:
                began = next((p for p in plans if year is None or p.year == year), plans[0])
                then = _units_of_inputs(began.policy).get(name)
                if began is plan or then is None or then.scale == now.scale:
                    continue
                if then.same_kind(now) and _speaks_of(plan.policy, step, name):
                    yield _fault("outlook.unit_of_data", course, plan, name, (then, now))
                    break


def _units_of_inputs(policy: Policy) -> dict[str, Unit]:
    units = {name: unit_of(policy, name) for name in policy.inputs}
    return {name: unit for name, unit in units.items() if unit is not None}


def _speaks_of(policy: Policy, step: Step, name: str) -> bool:
    """Tell whether a change of figures reads or gives figures of an input in its unit."""
    start = f"{_INPUTS}{name}."
    if any(p.startswith(start) for p in step.set if p in policy.document.figure_changes):
        return True
    return any(
        (of == name and not _is_ratio(policy, name, asked)) or name in _words(asked)
        for of, asked in step.data.items()
    )


def _is_ratio(policy: Policy, name: str, asked: Any) -> bool:
    """Tell whether a change is a ratio, or several: such as ``+3%``, which no unit alters."""
    if isinstance(asked, list | tuple):
        return all(_is_ratio(policy, name, each) for each in asked)
    if isinstance(asked, Mapping):
        return "formula" in asked and _is_ratio(policy, name, asked["formula"])
    try:
        return next_formula(policy, name, str(asked), Place()) != str(asked)
    except DocumentError:
        return False  # told where the change is made


def _words(asked: Any) -> set[str]:
    """Return the names that the formulas and statements of a change of figures may read."""
    if isinstance(asked, list | tuple):
        return {word for each in asked for word in _words(each)}
    if isinstance(asked, Mapping):
        texts = [str(asked.get(key, "")) for key in ("formula", "where")]
        return {word for text in texts for word in _WORDS.findall(text)}
    return {*_WORDS.findall(str(asked))}


def unlike_tables(
    plan: YearPlan, before: Policy, carried: Carried | None, tables: tuple[Districts, Districts]
) -> tuple[Fault, ...]:
    """Find inputs whose figures are those of the year before while they count in another unit.

    Parameters
    ----------
    before : Policy
        Of the year before.
    tables : (Districts, Districts)
        That of the year before, and that of the year.
    """
    faults, policy = [], plan.policy
    then_units = _units_of_inputs(before)
    for name, now in _units_of_inputs(policy).items():
        then = then_units.get(name)
        if then is None or not then.same_kind(now) or then.scale == now.scale:
            continue
        if carried is not None and name in carried.inputs and not plan.touches(f"{_INPUTS}{name}"):
            continue
        figures = [_by_district(table, name) for table in tables]
        for district, figure in figures[1].items():
            if figure and figures[0].get(district) == figure:
                place = policy.document.value_place(("inputs", name, "unit"))
                words = {"district": district[1], **_words_of(plan, name, (then, now))}
                faults.append(Fault("outlook.unit_of_table", place, words))
                break
    return tuple(faults)


def _by_district(table: Districts, name: str) -> dict[tuple[int, str], Fraction | None]:
    """Return the figures of an input by item and district."""
    column = table.columns[name]
    if not isinstance(column, NumberColumn):
        return {}
    size = len(table)
    return {
        (place // size, table.keys[place % size]): figure
        for place, figure in enumerate(column.fractions())
        if not column.missing[place]
    }


# -- measures --------------------------------------------------------------------------------------


def _measures(study: Study, first: Policy, plans: Sequence[YearPlan]) -> Iterator[Fault]:
    """Find measures that say no unit and have another one in some year: they do not compare."""
    units = {rule.name: rule.unit for rule in first.measures}
    for plan in plans:
        for rule in plan.policy.measures:
            then = units.get(rule.name, rule.unit)
            if (then.kinds, then.scale) != (rule.unit.kinds, rule.unit.scale):
                place = study.source.value_place(("measures", rule.name))
                words = _words_of(plan, rule.name, (then, rule.unit))
                yield Fault("outlook.unit_of_measure", place, words)


# -- what is said of it ----------------------------------------------------------------------------


def _dotted(path: Path) -> str:
    return ".".join(map(str, path))


def _fault(code: str, course: Course, plan: YearPlan, name: str, units: tuple[Unit, Unit]) -> Fault:
    place = asked_at(course, plan, name.partition(".")[0])
    return Fault(code, place or course.study.place("years"), _words_of(plan, name, units))


def _words_of(plan: YearPlan, name: str, units: tuple[Unit, Unit]) -> dict[str, object]:
    then, now = (describe(unit, plan.policy.money_unit) for unit in units)
    return {"name": name, "year": plan.year, "before": then or "—", "now": now or "—"}
