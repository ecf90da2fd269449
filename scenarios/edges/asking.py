"""What is asked of a survey: by a call, or by the section `cliffs` of a study."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from scenarios.edges.reach import BY, Reaches, reaches_of
from scenarios.edges.survey import Asked, Survey, survey
from scenarios.settings import Changes, Setting, Settings
from scenarios.steps import steps_of
from scenarios.study.load import BASELINE, Study
from transfers import Districts, DocumentError, Fault, Place
from transfers.documents.faults import nearest
from transfers.documents.yaml_tree import shown

MOST_TOLD = 10


class Question(Struct, frozen=True, eq=False):
    """A setting, what is asked of it, and what the variant is called; "" for a policy alone."""

    setting: Setting
    asked: Asked
    title: str = ""

    def survey(self) -> Survey:
        """Return how amounts jump and lean, figure by figure."""
        return replace(survey(self.setting, self.asked), title=self.title)

    def reaches(self, by: Fraction = BY, only: Collection[str] | None = None) -> Reaches:
        """Return what each number of the document does."""
        return replace(reaches_of(self.setting, by=by, only=only), title=self.title)


def cliffs(
    of: Study | Setting,
    changes: Changes | None = None,
    *,
    variant: str | None = None,
    within: Fraction | None = None,
    step: Fraction | None = None,
    least: int | None = None,
    inputs: Sequence[str] | None = None,
    districts: Sequence[str] | None = None,
) -> Survey:
    """Find where amounts jump and how they lean, figure by figure (method, section 38).

    Parameters
    ----------
    of : Study or Setting
        A study's baseline or variant; or a policy and its table.
    changes : mapping of path to text or number, optional
        What is set in the policies of a study before everything else, as ``--set`` does.
    variant : str, optional
        Of the study; what it says itself, or its baseline, where left out.
    within, step : Fraction, optional
        How far figures are moved, and the little move of slopes, as parts of what they are.
    least : int, optional, quanta
        The smallest jump that is told.
    inputs, districts : sequence of str, optional
        Names of inputs, keys or names of districts; what the study says, or all, where left out.

    Raises
    ------
    DocumentError, TableError
        For names that are not there, a policy that cannot be computed on its table, and what would
        take too long: ask for fewer inputs or districts.

    Examples
    --------
    >>> from scenarios import load_study
    >>> found = cliffs(load_study("examples/studies/cliffs.yaml"))
    >>> [(each.lever.key, each.lever.input, each.jump) for each in found.worst][:2]  # int, quanta
    [('c', 'revenue', -160), ('c', 'population', -152)]
    """
    asked = {"within": within, "step": step, "least": least}
    said: dict[str, Any] = {name: figure for name, figure in asked.items() if figure is not None}
    if isinstance(of, Study):
        return question_of_study(of, variant, said, inputs, districts, changes).survey()
    _check_alone(changes, variant)
    return Question(of, asked_of(of, Asked(**said), inputs, districts)).survey()


def reaches(
    of: Study | Setting,
    changes: Changes | None = None,
    *,
    variant: str | None = None,
    by: Fraction = BY,
    only: Collection[str] | None = None,
) -> Reaches:
    """Move each number of a policy, one at a time, and tell what changes (method, section 38).

    Parameters
    ----------
    of, changes, variant
        As :func:`cliffs` has them.
    by : Fraction
        The part of a number by which it is moved, either way.
    only : collection of str, optional
        Paths of numbers; all where left out.

    Raises
    ------
    DocumentError, TableError
        For a variant that is not there, and a policy that cannot be computed on its table.

    Examples
    --------
    >>> from scenarios import load_study
    >>> study = load_study("examples/studies/cliffs.yaml")
    >>> (cap,) = reaches(study, only=["parameters.growth_cap.value"]).numbers
    >>> cap.changed, cap.most  # districts; int, quanta
    (0, 0)
    """
    if isinstance(of, Study):
        return question_of_study(of, variant, {}, None, None, changes).reaches(by, only)
    _check_alone(changes, variant)
    return Question(of, Asked()).reaches(by, only)


def _check_alone(changes: Changes | None, variant: str | None) -> None:
    """Refuse what only a study has."""
    if changes or variant is not None:
        raise TypeError("changes and variants are of a study: a setting stands as it is")


def question_of_study(
    study: Study,
    variant: str | None,
    asked: Mapping[str, Any],
    inputs: Sequence[str] | None,
    districts: Sequence[str] | None,
    changes: Changes | None = None,
) -> Question:
    """Return what a study asks, as far as the call does not say otherwise.

    Parameters
    ----------
    asked : mapping
        How far figures are moved, as far as the call says.
    inputs, districts : sequence of str or None
        What the call names; else what the study does.
    changes : mapping of path to text or number, optional
        As :func:`cliffs` has them.

    Raises
    ------
    DocumentError, TableError
        For what is wrong with the variant, and for names that are not there.
    """
    section = study.model.cliffs
    wanted = variant or (section.variant if section is not None else None) or BASELINE
    known = (BASELINE, *study.model.variants)
    if wanted not in known:
        named = variant is None
        place = study.source.value_place(("cliffs", "variant")) if named else Place("--variant")
        words = {"name": shown(wanted), "known": known}
        raise DocumentError([Fault("cliffs.unknown_variant", place, words)])
    setting = Settings(study, changes or {}).of(steps_of(study, wanted))
    entry = study.model.baseline if wanted == BASELINE else study.model.variants[wanted]
    places = {}
    if section is not None:
        told = {name: getattr(section, name) for name in ("within", "step", "least")}
        asked = {**told, **asked}
        for name, here in (("inputs", inputs), ("districts", districts)):
            if here is None:
                places[name] = study.place("cliffs", name)
        inputs = section.inputs if inputs is None else inputs
        districts = section.districts if districts is None else districts
    wanted_of = asked_of(setting, Asked(**asked), inputs, districts, places)
    return Question(setting, wanted_of, entry.title or wanted)


def asked_of(
    setting: Setting,
    asked: Asked,
    inputs: Sequence[str] | None,
    districts: Sequence[str] | None,
    places: Mapping[str, Place] | None = None,
) -> Asked:
    """Return what is asked, with inputs and districts that are there.

    Parameters
    ----------
    inputs, districts : sequence of str or None
        Names of inputs; keys or names of districts.
    places : mapping, optional
        Where `inputs` and `districts` stand; else in the call.

    Raises
    ------
    DocumentError
        For every name that is not.
    """
    faults: list[Fault] = []
    at = {"inputs": Place("--input"), "districts": Place("--district"), **(places or {})}
    known = tuple(setting.policy.inputs)
    for name in inputs or ():
        if name not in known:
            faults.append(_unknown("input", at["inputs"], name, known))
    keys = [_key(setting.districts, name, at["districts"], faults) for name in districts or ()]
    if faults:
        raise DocumentError(faults)
    return replace(
        asked,
        inputs=None if inputs is None else tuple(inputs),
        districts=None if districts is None else tuple(keys),
    )


def _key(districts: Districts, name: str, place: Place, faults: list[Fault]) -> str:
    """Return the key of a district, by key or name."""
    if name in districts.keys:
        return name
    pairs = zip(districts.keys, districts.names, strict=True)
    keys = [key for key, called in pairs if called == name]
    if len(keys) == 1:
        return keys[0]
    if keys:
        words = {"name": shown(name), "keys": tuple(keys[:MOST_TOLD])}
        faults.append(Fault("cliffs.several_districts", place, words))
    else:
        known = (*districts.names, *districts.keys)
        faults.append(_unknown("district", place, name, known))
    return name


def _unknown(what: str, place: Place, name: str, known: tuple[str, ...]) -> Fault:
    near = nearest(name, known[:10_000])
    words: dict[str, object] = {"name": shown(name), "known": known[:MOST_TOLD]}
    if near is None:
        return Fault(f"cliffs.unknown_{what}", place, words)
    return Fault(f"cliffs.unknown_{what}_near", place, {**words, "near": near})


def part_of(text: str, most: Fraction) -> Fraction | None:
    """Read a part of one, such as 20% or 0.2; None for what is none up to `most`."""
    from transfers.documents.exact_number import parse_number

    part = parse_number(text)
    return part if part is not None and 0 < part <= most else None
