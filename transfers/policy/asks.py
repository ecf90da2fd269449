"""What a study asks of a policy besides its document: measures, and figures of other runs.

Method: section 34.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from transfers.documents.fields import is_name
from transfers.documents.rules import NAMED
from transfers.documents.yaml_source import Source
from transfers.documents.yaml_tree import Mark
from transfers.errors import Fault, Place
from transfers.formula.grammar import FormulaFault
from transfers.policy.rules import MeasureRule

if TYPE_CHECKING:
    from transfers.documents import Document
    from transfers.policy.beside import Beside
    from transfers.policy.compile import Compiler

SECTION = "measures"
_KEYS = ("formula", "title", "unit")

MeasureText: TypeAlias = "str | Mapping[str, str]"
"""A formula; or a mapping with `formula`, and `title` or `unit` perhaps."""


class Statements(Struct, frozen=True, eq=False):
    """What is to be asked of a policy.

    Parameters
    ----------
    rules : mapping
        Id -> a statement, or its keys `that`, `applies`, `level`, `title`.
    measures : mapping
        Id -> a formula that yields one number, or its keys `formula`, `title`, `unit`. Measures
        are no columns: tables do not show them, formulas do not read them.
    besides : tuple of Beside
        Other runs whose figures rules, measures and outputs may use by their names, such as
        ``baseline.total``: see :meth:`Allocation.beside`.
    places : mapping
        Path (``rules.id``, ``rules.id.that``, ``measures.id``) -> where it was asked for.
    """

    rules: Mapping[str, Any] = field(default_factory=dict)
    measures: Mapping[str, MeasureText] = field(default_factory=dict)
    besides: tuple[Beside, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)

    @property
    def added(self) -> dict[str, Any]:
        """The rules by their paths in a document."""
        return {f"rules.{name}": entry for name, entry in self.rules.items()}


class Asks(Struct, frozen=True, eq=False):
    """What a study asks of a policy.

    Parameters
    ----------
    measures : mapping of str to MeasureText
    besides : tuple of Beside
        Other runs whose figures outputs, rules and measures can use.
    places : mapping of str to Place
        Path such as ``measures.id`` -> where it was asked for.
    """

    measures: Mapping[str, MeasureText] = field(default_factory=dict)
    besides: tuple[Beside, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)

    def joined(self, more: Statements) -> Asks:
        """Return these and more; of the same name the later counts."""
        names = {beside.name for beside in more.besides}
        kept = tuple(beside for beside in self.besides if beside.name not in names)
        measures, places = {**self.measures, **more.measures}, {**self.places, **more.places}
        return Asks(measures, (*kept, *more.besides), places)


def with_measures(document: Document, asks: Asks) -> Document:
    """Return a document in whose tree the measures stand, so that their formulas have a place."""
    if not asks.measures:
        return document
    source: Source = document.source
    marks, tree = dict(source.marks), {}
    marks[SECTION,] = Mark(None, None, "block", SECTION)
    for name, text in asks.measures.items():
        entry: Any = text if isinstance(text, str) else dict(text)
        tree[name] = entry
        for key in ("", *(entry if isinstance(entry, dict) else ())):
            path = (SECTION, name, key) if key else (SECTION, name)
            place = asks.places.get(".".join(path)) or asks.places.get(f"{SECTION}.{name}")
            place = place or Place(SECTION)
            marks[path] = Mark(place.line, place.column, "plain", place.file or SECTION)
    data = {**source.data, SECTION: tree}
    return replace(document, source=replace(source, data=data, marks=marks))


def measure_rules(compiler: Compiler, asks: Asks) -> list[MeasureRule]:
    """Check the measures that are asked for: each yields one number."""
    found = []
    taken = {name for part in NAMED for name in getattr(compiler.document.model, part)}
    taken |= {"total", "budget", "key"}
    for name, text in asks.measures.items():
        entry = {"formula": text} if isinstance(text, str) else text
        path = (SECTION, name)
        if name in taken or not is_name(name):
            code = "measure_taken" if name in taken else "measure_name"
            compiler.faults.append(_fault(compiler, f"change.{code}", name))
            continue
        odd = [key for key in entry if key not in _KEYS]
        if odd or "formula" not in entry:
            compiler.faults.append(_fault(compiler, "change.measure_keys", name))
            continue
        compiler.scope.current = ""
        formula = compiler.formula(entry["formula"], (*path, "formula"))
        formula = compiler.of_kind(formula, "number")
        if formula is None:
            continue
        if formula.node.type.per_district:
            compiler.formula_fault(FormulaFault("change.measure_one_figure", 0), formula.path)
            continue
        unit = formula.node.type.unit
        if entry.get("unit"):
            unit = compiler.unit(entry["unit"])
            formula = compiler.as_declared(formula, unit) or formula
        found.append(MeasureRule(name, formula, entry.get("title") or name, unit, path))
    return found


def _fault(compiler: Compiler, code: str, name: str) -> Fault:
    return Fault(code, compiler.document.value_place((SECTION, name)), {"name": name})
