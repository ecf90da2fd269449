"""Figures of another run beside a policy: ``baseline.total`` in outputs, rules and measures.

The policy's own text knows no such names; what a study adds to it may use them. Districts are
matched by their keys. How the other run came about is not known here.

Method: section 34.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct, field
from msgspec.structs import replace
from numpy.typing import NDArray

from transfers.arithmetic.decimals import Decimals
from transfers.arithmetic.rationals import Rationals
from transfers.districts.columns import BooleanColumn, Column, NumberColumn, TextColumn
from transfers.documents.fields import RESERVED, is_name
from transfers.documents.rules import NAMED
from transfers.errors import Fault, Place
from transfers.formula.library import names_in
from transfers.formula.nodes import Type
from transfers.formula.scope import Symbol
from transfers.messages import Phrase
from transfers.policy.rules import CheckRule, DivisionRule, Formula, MeasureRule, OutputRule

if TYPE_CHECKING:
    from transfers.districts import Districts
    from transfers.policy.compile import Compiler
    from transfers.policy.policy import Policy

MOST_FIELDS = 12


class Beside(Struct, frozen=True, eq=False):
    """What another run has for the formulas of this one, behind its name and a point.

    Parameters
    ----------
    name : str
        As formulas write it: ``baseline``.
    title : str or Phrase
        What people call that run.
    keys : tuple of str
        Of its districts; none where it has no figures.
    types : mapping of str to Type
        What each name yields there: ``total``, grants, inputs, quantities, outputs, parameters.
    titles : mapping of str to str or Phrase
    read : callable
        Returns the figures of a name: (N,), or (1,) of one that is the same for all districts.
    why : Phrase, optional
        Why it has no figures.
    """

    name: str
    title: str | Phrase
    keys: tuple[str, ...]
    types: Mapping[str, Type]
    titles: Mapping[str, str | Phrase]
    read: Callable[[str], Column]
    why: Phrase | None = None
    _read: dict[str, Column] = field(default_factory=dict)

    def __reduce__(self) -> tuple[object, ...]:
        """Return what travels to another process: the figures that were read, not the run."""
        parts = (self.name, self.title, self.keys, self.types, self.titles, _not_read, self.why)
        return (Beside, (*parts, dict(self._read)))

    def column(self, name: str) -> Column:
        """Return the figures of a name; without any, one that is missing."""
        if name not in self._read:
            kind = self.types[name].kind
            self._read[name] = nothing(kind) if self.why is not None else self.read(name)
        return self._read[name]

    def titled(self, name: str) -> Phrase:
        """Return what people call a figure of that run."""
        return Phrase("beside.of", {"run": self.title, "title": self.titles.get(name, name)})

    def why_missing(self, name: str, key: str) -> Phrase:
        """Return why a district has no such figure."""
        words: dict[str, object] = {"run": self.title, "figure": self.titled(name)}
        if self.why is not None:
            return Phrase("beside.no_figures", {**words, "why": self.why})
        if self.types[name].per_district and key not in self.keys:
            return Phrase("beside.no_district", words)
        return Phrase("beside.no_figure", words)


def lacking(policy: Policy, name: str, title: str | Phrase, why: Phrase) -> Beside:
    """Return the names of a run that has no figures."""
    return Beside(name, title, (), types_of(policy), titles_of(policy), lambda _: nothing(), why)


def title_of_run(name: str) -> str | Phrase:
    """Return what people call a run: of the baseline a word of their language."""
    return Phrase("beside.baseline") if name == "baseline" else name


def types_of(policy: Policy) -> dict[str, Type]:
    """Return the names of a policy that have one figure, text or truth, for all or each."""
    return {
        symbol.name: symbol.type
        for symbol in policy.scope.symbols.values()
        if not (symbol.table or symbol.steps or symbol.stages or symbol.fields or symbol.faulty)
        and not symbol.type.over
        and symbol.type.kind != "nothing"
        and symbol.name != "key"
    }


def titles_of(policy: Policy) -> dict[str, str | Phrase]:
    """Return what people call the names of a policy, where that is not the name itself."""
    titles: dict[str, str | Phrase] = {
        name: Phrase(f"beside.{name.replace('.', '_')}")
        for name in ("total", "total.general", "total.special", "budget")
    }
    for section in ("inputs", "parameters", "quantities", "grants", "outputs"):
        for name, entry in getattr(policy.document.model, section).items():
            if entry.title:
                titles[name] = entry.title
    return titles


def nothing(kind: str = "number") -> Column:
    """Return a column of one missing figure."""
    missing = np.ones(1, dtype=bool)
    if kind == "text":
        return TextColumn(np.full(1, -1, dtype=np.int32), ())
    if kind == "boolean":
        return BooleanColumn(np.zeros(1, dtype=bool), missing)
    return NumberColumn(Decimals(np.zeros(1, dtype=np.int64)), missing)


# -- names in formulas ---------------------------------------------------------------------------


@contextmanager
def usable(compiler: Compiler, besides: Iterable[Beside]) -> Iterator[None]:
    """Make the names of other runs usable for a while."""
    scope = compiler.scope
    added: list[str] = []
    for beside in besides:
        fields = tuple(beside.types)[:MOST_FIELDS]
        of_name = {beside.name: Symbol(beside.name, fields=fields)}
        of_name |= {
            f"{beside.name}.{name}": Symbol(f"{beside.name}.{name}", kind)
            for name, kind in beside.types.items()
        }
        for name, symbol in of_name.items():
            scope.define(symbol)
            added.append(name)
    try:
        yield
    finally:
        for name in added:
            scope.symbols.pop(name, None)


def sound_besides(compiler: Compiler, besides: Iterable[Beside]) -> list[Beside]:
    """Return other runs whose names formulas can use; tell of those that mean something else."""
    model = compiler.document.model
    taken = {name for section in NAMED for name in getattr(model, section)}
    sound = []
    for beside in besides:
        if beside.name in taken or beside.name in RESERVED or not is_name(beside.name):
            place = Place(path=beside.name)
            compiler.faults.append(Fault("beside.name", place, {"name": beside.name}))
        else:
            sound.append(beside)
    return sound


# -- figures for a table -------------------------------------------------------------------------


def beside_of(policy: Policy, name: str) -> tuple[Beside, str] | None:
    """Return the other run that a name belongs to, and its name there."""
    head, _, rest = name.partition(".")
    found = next((beside for beside in policy.asks.besides if beside.name == head), None)
    return (found, rest) if found is not None and rest in found.types else None


def names_read(policy: Policy) -> list[str]:
    """Return the names of other runs that the formulas of a policy use."""
    if not policy.asks.besides:
        return []
    names = dict.fromkeys(name for formula in _formulas(policy) for name in names_in(formula.node))
    return [name for name in names if beside_of(policy, name) is not None]


def _formulas(policy: Policy) -> Iterator[Formula]:
    """Yield the formulas that may use names of other runs."""
    for rule in (*policy.statements, *policy.measures):
        found: tuple[Formula | None, ...] = ()
        if isinstance(rule, CheckRule):
            found = (rule.that, rule.applies)
        elif isinstance(rule, OutputRule | MeasureRule):
            found = (rule.formula,)
        elif isinstance(rule, DivisionRule) and rule.role == "output":
            found = rule.formulas
        yield from (formula for formula in found if formula is not None)


def read_beside(policy: Policy) -> None:
    """Read the figures of other runs that a policy uses, so that they travel with it."""
    for full in names_read(policy):
        found = beside_of(policy, full)
        assert found is not None
        found[0].column(found[1])


def _not_read(name: str) -> Column:
    raise LookupError(name)


def with_figures_beside(policy: Policy, districts: Districts) -> Districts:
    """Return districts with the figures of other runs that the policy reads, as columns."""
    names = names_read(policy)
    if not names:
        return districts
    columns = dict(districts.columns)
    places: dict[str, NDArray[np.intp]] = {}
    for full in names:
        found = beside_of(policy, full)
        assert found is not None
        beside, name = found
        if beside.types[name].per_district:
            if beside.keys == districts.keys:
                columns[full] = beside.column(name)
                continue
            if beside.name not in places:
                place = {key: n for n, key in enumerate(beside.keys)}
                of_keys = (place.get(key, -1) for key in districts.keys)
                places[beside.name] = np.fromiter(of_keys, dtype=np.intp, count=len(districts))
            columns[full] = _taken(beside.column(name), places[beside.name])
        else:
            columns[full] = beside.column(name)
    return replace(districts, columns=columns)


def _taken(column: Column, places: NDArray[np.intp]) -> Column:
    """Return the figures at some places of a column, missing at -1."""
    gone, at = places < 0, np.maximum(places, 0)
    if isinstance(column, TextColumn):
        return TextColumn(np.where(gone, -1, column.codes[at]).astype(np.int32), column.categories)
    if isinstance(column, BooleanColumn):
        return BooleanColumn(column.values[at] & ~gone, column.missing[at] | gone)
    missing = column.missing[at] | gone
    if column.decimals is not None:
        return NumberColumn(column.decimals.take(at), missing)
    wide = column.wide
    assert isinstance(wide, Rationals)
    return NumberColumn(None, missing, wide.take(at))
