"""The named changes a variant is made of, in the order in which they are made.

What a variant differs by is told change by change (docs/method, section on decompositions), so
each has a name: that of its entry under `changes`, else its path.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from scenarios.study.load import BASELINE, Study
from scenarios.study.model import Variant
from scenarios.study.model_change import Change
from transfers.documents.yaml_tree import Path
from transfers.errors import Place


class Step(Struct, frozen=True, eq=False):
    """One named change.

    Parameters
    ----------
    id, title : str
    path : Path
        Where it stands in the study document.
    policy, districts : str or None
        Files in place of those before, relative to the study document.
    join : tuple of str or None
    set, add : mapping of path to text, mapping or list
        What is put where: the plain tree of the study document.
    remove : tuple of str
    data : mapping of input to text, or to mapping
    rescale : tuple of str
        Groups whose other numbers are scaled.
    places : mapping of path to Place
        Where the study document asks for each.
    """

    id: str
    title: str
    path: Path
    policy: str | None = None
    districts: str | None = None
    join: tuple[str, ...] | None = None
    set: Mapping[str, Any] = field(default_factory=dict)
    add: Mapping[str, Any] = field(default_factory=dict)
    remove: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    rescale: tuple[str, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)

    @property
    def said(self) -> tuple[object, ...]:
        """What it changes, and where a document says so: alike in whatever is made of it."""
        tables = (self.districts, self.join, self.data)
        return (self.path, self.policy, *tables, self.set, self.add, self.remove, self.rescale)


def steps_of(study: Study, variant: str) -> tuple[Step, ...]:
    """Return the named changes of a variant after those of the baseline: what it builds on first.

    Parameters
    ----------
    variant : str
        Its id; ``baseline`` has no change of its own here.
    """
    if variant == BASELINE:
        return ()
    entry = study.model.variants[variant]
    before = steps_of(study, entry.extends) if entry.extends else ()
    return (*before, *_own_steps(study, ("variants", variant), entry))


def baseline_steps(study: Study) -> tuple[Step, ...]:
    """Return what the study itself changes: its own table, and its baseline."""
    model = study.model
    steps: list[Step] = []
    if model.districts is not None or model.join is not None:
        at = ("districts",)
        steps.append(Step("districts", "districts", at, districts=model.districts, join=model.join))
    return (*steps, *_own_steps(study, (BASELINE,), model.baseline))


def _own_steps(study: Study, path: Path, entry: Variant) -> Iterator[Step]:
    """Yield what one entry changes: piece by piece where the pieces stand by themselves."""
    yield from _split(study, path, entry)
    for name, change in entry.changes.items():
        at = (*path, "changes", name)
        yield step_of(study, at, change, name, change.title or name)


def _split(study: Study, path: Path, entry: Variant) -> Iterator[Step]:
    whole = step_of(study, path, entry, "", entry.title or str(path[-1]))
    if entry.policy or entry.add or entry.remove:
        # Later paths may need what is added: these belong together.
        named = "policy" if entry.policy else "rules"
        yield replace(
            whole, id=named, title=entry.title or named, districts=None, join=None, data={}
        )
    else:
        yield from _sets(path, whole)
    if entry.districts or entry.join:
        yield Step("districts", "districts", path, districts=entry.districts, join=entry.join)
    for name, data in entry.data.items():
        place = {f"data.{name}": study.place(*path, "data", name)}
        yield Step(f"inputs.{name}", name, (*path, "data", name), data={name: data}, places=place)


def _sets(path: Path, whole: Step) -> Iterator[Step]:
    """Yield one change for each path; paths of one rescaled group are one.

    So are weights of one set of factors: they add up to 100 % together only.
    """
    groups: dict[str, dict[str, Any]] = {}
    for name, text in whole.set.items():
        above = name.rpartition(".")[0]
        alone = above if above.endswith(".factors") else name
        group = next((g for g in whole.rescale if name.startswith(f"{g}.")), alone)
        groups.setdefault(group, {})[name] = text
    for group, texts in groups.items():
        named = group if len(texts) > 1 else next(iter(texts))
        rescaled = (group,) if group in whole.rescale else ()
        at = (*path, "set", *(() if len(texts) > 1 else texts))
        yield Step(named, named, at, set=texts, rescale=rescaled, places=whole.places)


def step_of(study: Study, path: Path, entry: Change, name: str, title: str) -> Step:
    """Return all that one entry changes, as one step."""
    places = {
        key: study.place(*path, section, key)
        for section, mapping in (("set", entry.set), ("add", entry.add))
        for key in mapping
    }
    places |= {
        key: study.place(*path, "remove", *((n,) if len(entry.remove or ()) > 1 else ()))
        for n, key in enumerate(entry.remove or ())
    }
    places |= {f"data.{key}": study.place(*path, "data", key) for key in entry.data}
    places |= {f"rescale.{key}": study.place(*path, "rescale") for key in entry.rescale or ()}
    return Step(
        name,
        title,
        path,
        policy=entry.policy,
        districts=entry.districts,
        join=entry.join,
        set=entry.set,
        add=entry.add,
        remove=entry.remove or (),
        data=entry.data,
        rescale=entry.rescale or (),
        places=places,
    )
