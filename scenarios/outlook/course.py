"""What a study says of the years of one variant: what begins when, and what is carried on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from msgspec import Struct

from scenarios.steps import Step, baseline_steps, step_of, steps_of
from scenarios.study.chains import chain
from scenarios.study.load import BASELINE, Study
from scenarios.study.model_years import Members, YearsOfVariant
from transfers import Policy
from transfers.documents.overrides import MAIN_KEYS
from transfers.documents.yaml_tree import Path
from transfers.errors import DocumentError, Fault, Place
from transfers.figures.membership import Members as Joined
from transfers.figures.membership import Merge

COUNT: Final = 5
"""Years, where a study does not say how many."""


def years_of(study: Study, policy: Policy) -> tuple[int, ...]:
    """Return the years of a study.

    Raises
    ------
    DocumentError
        Neither the study nor the policy says with which year it begins; it ends before that.
    """
    asked = study.model.years
    if asked is None:
        raise DocumentError([Fault("outlook.no_years", study.place())])
    first = asked.first
    if first is None:
        first = policy.document.model.year
    if first is None:
        raise DocumentError([Fault("outlook.no_first_year", study.place("years"))])
    last = asked.until
    if last is None:
        last = first + (COUNT if asked.count is None else asked.count) - 1
    if last < first:
        words = {"first": first, "last": last}
        raise DocumentError([Fault("outlook.until_before", study.place("years", "until"), words)])
    years = tuple(range(first, last + 1))
    faults = list(_outside(study, years))
    if faults:
        raise DocumentError(faults)
    return years


def _outside(study: Study, years: Sequence[int]) -> Iterator[Fault]:
    """Find what is to begin in a year that is none of those looked at."""
    for path, entry in _entries(study):
        named = [((*path, s, year), year) for s in ("changes", "members") for year in _of(entry, s)]
        named += [
            ((*path, "set", name, year), year) for name, each in entry.set.items() for year in each
        ]
        for at, year in named:
            if int(year) not in years:
                words = {"year": year, "first": years[0], "last": years[-1]}
                yield Fault("outlook.year_outside", study.place(*at), words)


def _of(entry: YearsOfVariant, section: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = getattr(entry, section)
    return found


def _entries(study: Study) -> Iterator[tuple[Path, YearsOfVariant]]:
    """Yield what a study says of years, with the path of each."""
    if study.model.years is not None:
        yield ("years",), study.model.years
    if study.model.baseline.years is not None:
        yield (BASELINE, "years"), study.model.baseline.years
    for name, variant in study.model.variants.items():
        if variant.years is not None:
            yield ("variants", name, "years"), variant.years


class Course(Struct, frozen=True, eq=False, dict=True):
    """What the years of one variant have: what the study says of all, then what it says itself.

    Of a year, a path or a name that both speak of, the later counts.

    Parameters
    ----------
    study : Study
    id, title : str
    """

    study: Study
    id: str
    title: str

    @cached_property
    def _said(self) -> list[tuple[Path, YearsOfVariant]]:
        own = (
            [(BASELINE,)]
            if self.id == BASELINE
            else chain(self.study.source, ("variants", self.id))
        )
        wanted = [("years",), *((*path, "years") for path in own)]
        found = dict(_entries(self.study))
        return [(path, found[path]) for path in wanted if path in found]

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The changes that hold from the first year on: of the study, then of the variant."""
        return (*baseline_steps(self.study), *steps_of(self.study, self.id))

    @cached_property
    def _steps_of_years(self) -> dict[int, Step]:
        found: dict[int, Step] = {}
        for path, entry in self._said:
            for year, change in entry.changes.items():
                at = (*path, "changes", year)
                found[int(year)] = step_of(self.study, at, change, year, change.title or year)
        return found

    def steps_in(self, year: int) -> tuple[Step, ...]:
        """Return the changes that begin in a year, beside those of all years.

        What is set for all variants and only partly changed by this one comes first.
        """
        step = self._steps_of_years.get(year)
        if step is None:
            return ()
        return (*self._set_before.get(year, ()), step)

    def set_in(self, year: int) -> dict[str, tuple[Any, Place]]:
        """Return what is set from a year on: path -> its value, and where that was asked for.

        Without what the changes of that year speak of, where these are said later.
        """
        return self._set_in(year)[0]

    @cached_property
    def _set_before(self) -> dict[int, tuple[Step, ...]]:
        """What is set into which the changes of the same year go."""
        return {year: tuple(self._set_in(year)[1]) for year in self._steps_of_years}

    def _set_in(self, year: int) -> tuple[dict[str, tuple[Any, Place]], list[Step]]:
        """Return what is set in a year, and what of it the changes of that year go into."""
        found: dict[str, tuple[Any, Place]] = {}
        before: list[Step] = []
        for path, entry in self._said:
            if str(year) in entry.changes:
                step = self._steps_of_years[year]
                for name, (value, place) in list(found.items()):
                    inside = _goes_into(step, name, value)
                    if inside or _covers(step, name, value):
                        del found[name]
                    if inside:
                        values, places = {name: value}, {name: place}
                        before.append(Step(name, name, path, set=values, places=places))
            for name, values in entry.set.items():
                if str(year) in values:
                    at = (*path, "set", name, str(year))
                    found[name] = (values[str(year)], self.study.source.value_place(at))
        return found, before

    @cached_property
    def next(self) -> dict[str, tuple[str, Place]]:
        """What the following year begins with: name -> formula or ratio, and where it stands."""
        return {
            name: (text, self.study.source.value_place((*path, "next", name)))
            for path, entry in self._said
            for name, text in entry.next.items()
        }

    def members_in(self, year: int) -> tuple[Joined, dict[str, Place]] | None:
        """Return how districts change in a year, and where that was asked for; None if not."""
        found = [
            ((*path, "members", str(year)), entry.members[str(year)])
            for path, entry in self._said
            if str(year) in entry.members
        ]
        if not found:
            return None
        path, members = found[-1]
        return _joined(members), self._places(path)

    def _places(self, path: Path) -> dict[str, Place]:
        """Return the places of everything below a path, by the paths below it."""
        marks = self.study.source.marks
        size = len(path)
        return {
            ".".join(map(str, each[size:])): self.study.source.value_place(each)
            for each in marks
            if each[:size] == path and len(each) > size
        } | {"": self.study.place(*path)}


def _covers(step: Step, path: str, value: Any) -> bool:
    """Tell whether a change speaks of all that stands at a path."""
    own = f"{_meant(path, value)}."
    named = (*((name, step.set[name]) for name in step.set), *((n, {}) for n in _whole(step)))
    return any(own.startswith(f"{_meant(name, value)}.") for name, value in named)


def _goes_into(step: Step, path: str, value: Any) -> bool:
    """Tell whether a change speaks of something below a path."""
    own = f"{_meant(path, value)}."
    return step.policy is None and any(n.startswith(own) for n in (*step.set, *_whole(step)))


def _whole(step: Step) -> tuple[str, ...]:
    return (*step.add, *step.remove)


def _meant(path: str, value: Any) -> str:
    """Return a path with the main key of its entry where a value without keys is put there."""
    parts = path.split(".")
    main = MAIN_KEYS.get(parts[0])
    short = len(parts) == (1 if parts[0] == "budget" else 2)
    return f"{path}.{main}" if main and short and not isinstance(value, Mapping) else path


def _joined(members: Members) -> Joined:
    """Return changes among districts as the engine takes them."""
    return Joined(
        {
            key: Merge(merge.of, merge.name or "", merge.said, merge.by)
            for key, merge in members.merge.items()
        },
        members.rename,
        members.leave or (),
    )
