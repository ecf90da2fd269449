"""Statements of a question, made rules of the policy that is run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from scenarios.study.load import Study
from scenarios.study.model_seek import Statement
from transfers import Districts, DocumentError, Fault, Place, Policy
from transfers.documents.yaml_tree import Path, shown
from transfers.messages import Phrase
from transfers.units import describe


def of_districts(
    study: Study, districts: Districts, named: Sequence[str], at: Path
) -> tuple[tuple[str, str], ...]:
    """Return the keys and names of districts that a question names.

    Parameters
    ----------
    named : sequence of str
        Keys, or names that only one district has.
    at : Path
        Where they stand in the study.

    Raises
    ------
    DocumentError
        With every one that is not there.
    """
    found: list[tuple[str, str]] = []
    faults: list[Fault] = []
    for number, text in enumerate(named):
        same = [n for n, key in enumerate(districts.keys) if key == text]
        same = same or [n for n, name in enumerate(districts.names) if name == text]
        if len(same) == 1:
            found.append((districts.keys[same[0]], districts.names[same[0]]))
            continue
        place = study.source.value_place((*at, number) if len(named) > 1 else at)
        words: dict[str, object] = {"text": shown(text, 40)}
        near = get_close_matches(text, [*districts.names, *districts.keys], n=1, cutoff=0.5)
        if same:
            words["keys"] = tuple(districts.keys[n] for n in same[:10])
            faults.append(Fault("seek.several_districts", place, words))
        elif not near:
            words["known"] = tuple(districts.names[:10])
            faults.append(Fault("seek.no_district", place, words))
        else:
            faults.append(Fault("seek.no_district_near", place, {**words, "near": near[0]}))
    if faults:
        raise DocumentError(faults)
    return tuple(found)


def only_in(keys: Sequence[str], applies: str | None) -> str | None:
    """Return when a statement applies that is about some districts only.

    >>> only_in(["440785"], None), only_in(["a", "b"], "revenue > 0")
    ('key == "440785"', '(key == "a" or key == "b") and (revenue > 0)')
    """
    if not keys:
        return applies
    quotes = [f"'{key}'" if '"' in key else f'"{key}"' for key in keys]
    theirs = " or ".join(f"key == {key}" for key in quotes)
    if applies is None:
        return theirs
    return f"({theirs}) and ({applies})"


def rule_of(statement: Statement, keys: Sequence[str], level: str) -> dict[str, Any]:
    """Return a statement as a policy would write it among its rules."""
    rule: dict[str, Any] = {"that": statement.that, "level": level}
    applies = only_in(keys, statement.applies)
    if applies is not None:
        rule["applies"] = applies
    if statement.title is not None:
        rule["title"] = statement.title
    return rule


def with_questions(
    policy: Policy,
    rules: Mapping[str, Mapping[str, str]],
    measures: Mapping[str, Mapping[str, str]],
    places: Mapping[str, Place],
) -> Policy:
    """Return the policy with further rules and measures.

    Parameters
    ----------
    places : mapping of str to Place
        ``rules.id`` or ``measures.id`` -> where the study asks for it.

    Raises
    ------
    DocumentError
        With every fault of a formula, where the study has it.
    """
    asked = dict(places)
    for path, place in places.items():
        asked |= {f"{path}.{key}": place for key in ("that", "applies", "formula")}
    try:
        return policy.with_statements(rules=rules, measures=measures, places=asked)
    except DocumentError as error:
        known = list(places.values())
        raise DocumentError([_at_home(fault, known) for fault in error.faults]) from None


def _at_home(fault: Fault, places: Sequence[Place]) -> Fault:
    """Return a fault under the path that the study has, not that of the rule it becomes."""
    for place in places:
        if (fault.place.file, fault.place.line) == (place.file, place.line):
            return replace(fault, place=replace(fault.place, path=place.path))
    return fault


def free_name(policy: Policy, name: str) -> str:
    """Return a name that no rule of the policy has."""
    while name in policy.document.model.rules:
        name += "_"
    return name


class Figure(Struct, frozen=True):
    """A measure that a question asks for.

    Parameters
    ----------
    id : str
        As data files call it.
    name : str
        What the policy that is run calls it.
    title, formula : str
    unit : str or Phrase
    """

    id: str
    name: str
    title: str
    formula: str
    unit: str | Phrase


class Wanted(Struct, frozen=True):
    """A measure that a question asks for, by the id of one of the study's or by a formula.

    Parameters
    ----------
    id : str
        What it is called where it is no measure of the study.
    text : str
    title : str
    at : Path
        In the study.
    """

    id: str
    text: str
    title: str
    at: Path


def with_figures(
    study: Study, policy: Policy, wanted: Sequence[Wanted], rules: Mapping[str, Any], places: Any
) -> tuple[Policy, tuple[Figure, ...]]:
    """Return the policy with the measures and rules of a question, and its measures.

    Parameters
    ----------
    rules : mapping of str to mapping
    places : mapping of str to Place
        Where the rules stand.
    """
    known = set(study.model.measures)
    named: list[tuple[str, str]] = []
    measures: dict[str, dict[str, str]] = {}
    asked: dict[str, Place] = dict(places)
    for each in wanted:
        if each.text in study.model.measures:
            named.append((each.text, each.text))
            continue
        name = each.id
        while name in known:
            name += "_"
        known.add(name)
        named.append((each.id, name))
        measures[name] = {"formula": each.text, "title": each.title or each.text}
        asked[f"measures.{name}"] = study.source.value_place(each.at)
    policy = with_questions(policy, rules, measures, asked)
    by_name = {rule.name: rule for rule in policy.measures}
    figures = []
    for own, name in named:
        rule = by_name[name]
        unit = describe(rule.unit, policy.money_unit)
        figures.append(Figure(own, name, rule.title, rule.formula.text, unit))
    return policy, tuple(figures)
