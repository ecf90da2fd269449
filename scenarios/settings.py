"""What a scenario is run with: a policy and a table, after the named changes that led there."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

import transfers
from scenarios.steps import Step, baseline_steps
from scenarios.study.load import Study
from transfers import Beside, Districts, DocumentError, FaultsError, Policy, TableError
from transfers.batch import Batches
from transfers.documents.keys import Part
from transfers.documents.yaml_tree import Path
from transfers.errors import Fault, Place
from transfers.policy.above import RunAbove
from transfers.policy.asks import Statements
from transfers.policy.moves import Number, number_text

if TYPE_CHECKING:
    from transfers.recall import Recall

Moves = Mapping[Path, Fraction]
Changes = Mapping[str, Number]
"""Path -> text or number: what ``--set`` puts into every policy of a study."""

_OF_RULES = ("title", "source", "note", "that", "applies", "level")
_OF_MEASURES = ("title", "formula", "unit")


class Setting(Struct, frozen=True, eq=False, dict=True):
    """What a scenario is run with.

    Parameters
    ----------
    policy : Policy
    districts : Districts
    steps : tuple of Step
        The named changes that led here, those of the baseline first.
    moves : mapping of path to Fraction
        Numbers moved beside them.
    """

    policy: Policy
    districts: Districts
    steps: tuple[Step, ...] = ()
    moves: Moves = {}
    recall: Recall | None = None

    @cached_property
    def batches(self) -> Batches:
        """What runs scenarios of it, many at a time."""
        return Batches(self.policy, self.districts, self.recall)


class Settings(Struct, eq=False):
    """Makes the settings of one study; what several of them share is read once.

    Parameters
    ----------
    study : Study
    changes : mapping of path to text or number
        What ``--set`` puts into every policy of the study, before everything else.

    Attributes
    ----------
    beside : Beside or None
        The baseline's figures, once it has been run: constraints and measures may read them.
    run_above : callable or None
        Runs policies of the level above that changes name, where it is not done as always.
    """

    study: Study
    changes: Changes = field(default_factory=dict)
    beside: Beside | None = None
    _types: tuple[Beside, str] | None = None
    run_above: RunAbove | None = None
    _changed: dict[tuple[object, ...], Policy] = field(default_factory=dict)
    _tables: list[tuple[Any, Policy, Districts]] = field(default_factory=list)

    def of(self, steps: Sequence[Step]) -> Setting:
        """Return the setting after the study's own changes and these.

        Raises
        ------
        DocumentError, TableError
            With every fault of what is changed, at its place in the study document.
        """
        steps = (*baseline_steps(self.study), *steps)
        policy = self.policy(steps)
        return Setting(policy, self._districts(policy, steps), steps)

    def policy(self, steps: Sequence[Step]) -> Policy:
        """Return the policy after changes, those of the study itself among them.

        Raises
        ------
        DocumentError
            With every fault of what is changed, at its place in the study document.
        """
        try:
            return self._policy(steps)
        except DocumentError as error:
            places = [in_the_study(fault.place, self.study) for fault in error.faults]
            pairs = zip(error.faults, places, strict=True)
            raise DocumentError([replace(fault, place=place) for fault, place in pairs]) from None

    @property
    def _asked(self) -> Statements | None:
        """What the study asks of every policy, once that can be asked."""
        if self.beside is None:
            return None
        model = self.study.model
        rules = {name: _written(entry, _OF_RULES) for name, entry in model.constraints.items()}
        measures = {name: _written(entry, _OF_MEASURES) for name, entry in model.measures.items()}
        return Statements(rules, measures, (self.beside,), asked_places(self.study))

    def _policy(self, steps: Sequence[Step]) -> Policy:
        """Return the policy after the changes; those before another document are gone with it."""
        last = max((n for n, step in enumerate(steps) if step.policy is not None), default=0)
        file = self.study.beside(self.study.model.policy)
        if steps and steps[last].policy is not None:
            file = self.study.beside(str(steps[last].policy))
        made = tuple(step for step in steps[last:] if step.set or step.add or step.remove)
        return self._after(file, made, self._asked)

    def _after(self, file: str, made: Sequence[Step], asked: Statements | None) -> Policy:
        """Return a policy after changes, with what is asked of it; what is known is not made anew.

        Variants that extend another make its changes anew: alike, and from the same place.
        """
        known = None if asked is None else self._types_of(asked.besides[0])
        key = (file, known, *map(_identity, made))
        if key not in self._changed:
            plain = None if asked is None or asked.rules else self._plain(file, made)
            if plain is not None:
                self._changed[key] = plain.changed(statements=asked)
            elif made:
                # Asked once, with the last change: a document takes a while to be compiled.
                *before, step = made
                self._changed[key] = self._after(file, before, None).changed(
                    set=step.set,
                    add=step.add,
                    remove=step.remove,
                    places=step.places,
                    rescale=step.rescale,
                    statements=asked,
                )
            elif asked is not None:
                self._changed[key] = self._after(file, (), None).changed(statements=asked)
            else:
                texts = {path: number_text(value) for path, value in self.changes.items()}
                policy = transfers.load_policy(file, texts)
                if self.run_above is not None:
                    policy = replace(policy, run_above=self.run_above)
                self._changed[key] = policy
        return self._changed[key]

    def _types_of(self, beside: Beside) -> str:
        """Return what tells the names of a run: policies that differ in no name are the same."""
        if self._types is None or self._types[0] is not beside:
            self._types = (beside, repr(beside.types))
        return self._types[1]

    def _plain(self, file: str, made: Sequence[Step]) -> Policy | None:
        """Return a policy of which nothing is asked; None where it is told with what is asked."""
        try:
            return self._after(file, made, None)
        except DocumentError:
            return None

    def _districts(self, policy: Policy, steps: Sequence[Step]) -> Districts:
        """Return the table after the changes, as the policy reads it.

        Figures that are set come first: what `data` does, it does with those.
        """
        table = policy.with_set_figures(self.table(policy, steps))
        faults: list[Fault] = []
        for step in steps:
            if step.data:
                try:
                    table = transfers.change_figures(policy, table, step.data, places_of_data(step))
                except FaultsError as error:
                    faults += error.faults
        if faults:
            raise TableError(faults)
        return table

    def table(self, policy: Policy, steps: Sequence[Step]) -> Districts:
        """Return the table as its files have it; one that was read alike already.

        Figures that are set are not in it: other policies read it as well.
        """
        files = [step.districts for step in steps if step.districts is not None]
        joins = [step.join for step in steps if step.join is not None]
        file = self.study.beside(files[-1]) if files else None
        join = [self.study.beside(each) for each in joins[-1]] if joins else None
        for (known_file, known_join), reader, table in self._tables:
            if (known_file, known_join) == (file, join) and policy.reads_like(reader, table):
                return table
        table = transfers.load_districts(file, policy.without_set_figures(), joins=join)
        self._tables.append(((file, join), policy, table))
        return table


def _identity(step: Step) -> str:
    """Return what tells a change of a policy from all others of its study."""
    return repr((step.path, step.set, step.add, step.remove, step.rescale))


def _written(entry: Part, keys: Sequence[str]) -> dict[str, str]:
    """Return what an entry says, key by key."""
    said = {key: getattr(entry, key) for key in keys}
    return {key: text for key, text in said.items() if text is not None}


def in_the_study(place: Place, study: Study) -> Place:
    """Return a place as people know it: to a policy the constraints of a study are rules."""
    section, _, rest = place.path.partition(".")
    name = rest.partition(".")[0]
    if place.file != study.file or section != "rules" or name not in study.model.constraints:
        return place
    return replace(place, path=f"constraints.{rest}")


def seen_from(study: Study, place: Place) -> Place:
    """Return a place with its file as seen from the study's folder, wherever that is."""
    place = in_the_study(place, study)
    if place.file is None:
        return place
    folder = os.path.dirname(study.file) or "."
    try:
        file = os.path.relpath(place.file, folder).replace(os.sep, "/")
    except ValueError:  # on another drive
        file = os.path.basename(place.file)
    return replace(place, file=file)


def asked_places(study: Study) -> dict[str, Place]:
    """Return where constraints and measures stand, by the path a policy knows them by."""
    places: dict[str, Place] = {}
    for section, known_as in (("constraints", "rules"), ("measures", "measures")):
        for name, entry in (study.source.data.get(section) or {}).items():
            places[f"{known_as}.{name}"] = study.source.value_place((section, name))
            for key in entry if isinstance(entry, dict) else ():
                place = study.source.value_place((section, name, key))
                places[f"{known_as}.{name}.{key}"] = place
    return places


def places_of_data(step: Step) -> dict[str, Place]:
    """Return where changes of data were asked for, by the name of the input."""
    start = "data."
    return {k.removeprefix(start): place for k, place in step.places.items() if k.startswith(start)}
