"""Read a policy document: the text, the changes asked for, and every check, in one go."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from msgspec import Struct

from transfers.documents.listed import spelt_out
from transfers.documents.models import PolicyDocument
from transfers.documents.rules import NAMED, rule_faults
from transfers.documents.yaml_source import Source, read_text, scan
from transfers.documents.yaml_tree import Path
from transfers.errors import DocumentError, Fault, Place

if TYPE_CHECKING:
    from pydantic_core import ValidationError

    from transfers.documents.change import Asked, Changes
    from transfers.documents.changes import FigureChanges, ItemChanges

_NO_OVERRIDES: Mapping[str, str] = {}


class Document(Struct, frozen=True, eq=False):
    """A policy document that passed the border: its model, and the source to point at.

    Parameters
    ----------
    item_changes : mapping
        Changes of figures that stand in the files of lists: list -> ``item.column`` -> text.
    figure_changes : mapping
        Changes of figures of districts: ``inputs.<name>.<district>`` -> text.
    """

    source: Source
    model: PolicyDocument
    item_changes: ItemChanges = {}
    figure_changes: FigureChanges = {}

    def place(self, *path: str | int) -> Place:
        """Return where a key stands."""
        return self.source.place(path)

    def value_place(self, path: Path, offset: int = 0) -> Place:
        """Return where a value stands, or the character at `offset` of a formula."""
        return self.source.value_place(path, offset)

    def text_at(self, path: Path) -> object:
        """Return what stands at a path of the plain tree: a text, a mapping, a list, or None."""
        data: object = self.source.data
        for step in path:
            data = below_step(data, step)
        return data

    def beside(self, file: str) -> str:
        """Return the path of a file that the document names, relative to the document."""
        return str(FilePath(self.source.file).parent / file)

    @property
    def reading_order(self) -> tuple[Path, ...]:
        """The paths of all entries as written; formulas use only what stands above them.

        ``("inputs", "area")`` for an entry of a section that names things, ``("budget",)`` for
        any other section.
        """
        order: list[Path] = []
        for section, entries in self.source.data.items():
            if section in NAMED:
                order += [(section, name) for name in entries or ()]
            else:
                order.append((section,))
        return tuple(order)


def below_step(data: object, step: str | int) -> object:
    """Return what stands one step down a path; None where there is no such step."""
    if isinstance(data, dict):
        return data.get(step)
    if isinstance(data, list) and isinstance(step, int) and step < len(data):
        return data[step]
    return None


def read_document(path: str, overrides: Mapping[str, str] = _NO_OVERRIDES) -> Document:
    """Read a policy document.

    Parameters
    ----------
    path : str
        The YAML file.
    overrides : mapping
        Path in the document -> the text to put there, as ``--set`` gives it.

    Raises
    ------
    DocumentError
        With every fault of the document and of the changes, in reading order.
    """
    return check_document(*scan(read_text(path), path), overrides)


def check_document(
    source: Source,
    found: list[Fault],
    overrides: Mapping[str, str] | Changes = _NO_OVERRIDES,
    asked: Asked | None = None,
) -> Document:
    """Apply changes to a source and check it.

    Parameters
    ----------
    source : Source
    found : list of Fault
        What the tree already showed.
    overrides : mapping or changes
        What to put in.
    asked : Asked, optional
        Where that was asked for.
    """
    found = list(found)
    if not isinstance(source.data, dict):
        place = Place(source.file, 1, 1)
        raise DocumentError([*found, Fault("document.not_a_policy", place)])
    if "study" in source.data and "grants" not in source.data:
        place = Place(source.file, 1, 1)
        raise DocumentError([*found, Fault("document.is_a_study", place)])
    source = spelt_out(source)
    aside: ItemChanges = {}
    figures: FigureChanges = {}
    if overrides:
        from transfers.documents.changes import apply_changes, split_figures

        overrides, figures = split_figures(source, overrides)
        source, aside, wrong = apply_changes(source, overrides, asked)
        found += wrong
    model, shape = _modelled(source)
    if model is not None and not found and next(rule_faults(source), None) is None:
        return Document(source, model, aside, figures)
    from transfers.documents.faults import document_faults

    raise DocumentError(document_faults(source, shape, PolicyDocument, found, rule_faults(source)))


def _modelled(source: Source) -> tuple[PolicyDocument | None, ValidationError | None]:
    from pydantic_core import ValidationError

    from transfers.documents.shape import read_policy

    try:
        return read_policy(source.data), None
    except ValidationError as error:
        return None, error
