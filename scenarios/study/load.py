"""Read a study document, and check what can be checked without its policy."""

from __future__ import annotations

from collections.abc import Iterator
from os.path import normpath
from pathlib import Path as FilePath
from typing import Any

from msgspec import Struct

from scenarios.study.chains import bases, extended
from scenarios.study.model import StudyDocument
from scenarios.study.rules_changes import change_faults
from scenarios.study.rules_cliffs import cliffs_faults
from scenarios.study.rules_seek import seek_faults
from scenarios.study.rules_sweep import sweep_faults
from scenarios.study.rules_years import years_faults
from transfers.documents.empties import empty_values
from transfers.documents.faults import nearest
from transfers.documents.parts import read_parts
from transfers.documents.yaml_source import Source, scan
from transfers.documents.yaml_tree import Path, shown
from transfers.errors import Fault, Place

BASELINE = "baseline"
SECTIONS = ("variants", "measures", "constraints")
"""Whose entries have names of their own."""

_MAY_BE_EMPTY = frozenset(SECTIONS)
_OF_CHANGES = ("set", "add", "data")


class Study(Struct, frozen=True, eq=False):
    """A study document that was read: its model, and the source to point at."""

    source: Source
    model: StudyDocument

    @property
    def id(self) -> str:
        """The study's id."""
        return self.model.study

    @property
    def title(self) -> str:
        """The study's title, or its id."""
        return self.model.title or self.id

    @property
    def file(self) -> str:
        """The study document."""
        return self.source.file

    def beside(self, file: str) -> str:
        """Return the path of a file that the document names, relative to the document."""
        return normpath(FilePath(self.source.file).parent / file)

    def place(self, *path: str | int) -> Place:
        """Return where a key stands."""
        return self.source.place(path)


def load_study(path: str | FilePath) -> Study:
    """Read a study document.

    Raises
    ------
    DocumentError
        With every fault of the document, in reading order.
    """
    source, model = read_parts(str(path), StudyDocument, _faults, _is_none)
    return Study(source, model)


def study_from_text(text: str, file: str) -> Study:
    """Return a study that a program writes; files are named relative to `file`."""
    from transfers.documents.shape import read_as

    source, _ = scan(text, file)
    return Study(source, read_as(StudyDocument, source.data))


def _is_none(data: object) -> str:
    """Return what to say where a document is no study at all."""
    if not isinstance(data, dict):
        return "study.not_a_study"
    return "study.is_a_policy" if "grants" in data and "study" not in data else ""


def _faults(source: Source) -> Iterator[Fault]:
    """Yield what is wrong between the keys of a study document."""
    yield from empty_values(source, _may_be_empty)
    yield from _ids(source)
    yield from _extends(source)
    yield from change_faults(source)
    yield from sweep_faults(source)
    yield from seek_faults(source)
    yield from cliffs_faults(source)
    yield from years_faults(source)


def _may_be_empty(path: Path) -> bool:
    """Tell whether nothing behind a key is an answer: a section, or a key that is emptied."""
    if len(path) == 1:
        return path[0] in _MAY_BE_EMPTY
    if path[-2] == "set" and str(path[-1]).isdigit():
        return False  # what a comma inside braces has cut off a number
    return path[-2] in _OF_CHANGES or (len(path) == 2 and path[0] == "variants")


def _ids(source: Source) -> Iterator[Fault]:
    """Find ids that cannot name a file or a column."""
    text = source.data.get("study")
    if isinstance(text, str) and not _is_id(text):
        place = source.value_place(("study",))
        yield Fault("study.id", place, {"text": shown(text, 40)})
    for section in SECTIONS:
        for name in _entries(source, section):
            if not _is_id(name) or (section == "variants" and name == BASELINE):
                code = "study.id" if name != BASELINE else "study.baseline_as_variant"
                yield Fault(code, source.place((section, name)), {"text": shown(name, 40)})


def _is_id(text: str) -> bool:
    plain = all(c.isalnum() or c in "-_." for c in text)
    return plain and len(text) <= 100 and (text[:1].isalnum() or text[:1] == "_")


def _entries(source: Source, section: str) -> dict[str, Any]:
    entries = source.data.get(section)
    return entries if isinstance(entries, dict) else {}


def _extends(source: Source) -> Iterator[Fault]:
    """Find variants that build on none, or on themselves."""
    variants, extends = _entries(source, "variants"), extended(source)
    baseline = source.data.get(BASELINE)
    if isinstance(baseline, dict) and baseline.get("extends") is not None:
        yield Fault("study.baseline_extends", source.place((BASELINE, "extends")))
    for name, base in extends.items():
        if not isinstance(base, str) or base == BASELINE:
            continue
        place = source.value_place(("variants", name, "extends"))
        if base not in variants:
            near = nearest(base, variants)
            words = {"text": shown(base, 40), "known": tuple(variants)}
            code = "study.unknown_variant"
            if near is not None:
                words, code = {**words, "near": near}, "study.unknown_variant_near"
            yield Fault(code, place, words)
        elif name in bases(name, extends):
            yield Fault("study.extends_itself", place, {"text": shown(name, 40)})
