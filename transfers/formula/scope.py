"""What the names of a formula stand for, at one place of a document.

A formula uses only names defined above it (method, section 1). The scope therefore grows as a
document is read, and also knows the names that come later, to say so.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal

from msgspec import Struct, field
from msgspec.structs import replace

from transfers.errors import Place
from transfers.formula.nodes import Number, Type
from transfers.units import BARE, Unit

LONGEST_LIST = 300
KEY_BEFORE = "before.key"
"""Behind a list's name: the key of the item before, which only `previous` reads."""


class Table(Struct, frozen=True):
    """Numbers by category, one or two categories deep: ``coefficient[tier]``.

    Parameters
    ----------
    entries : dict of categories to number
        Each key has `depth` categories.
    """

    entries: dict[tuple[str, ...], Number]
    depth: int = 1
    unit: Unit = BARE

    def categories(self, level: int) -> tuple[str, ...]:
        """Return the categories of one level, in the order of the document."""
        return tuple(dict.fromkeys(key[level] for key in self.entries))


class Steps(Struct, frozen=True):
    """Steps or points over one figure.

    Parameters
    ----------
    bounds : tuple of "up_to", "below" or "at"
        Of each edge: whether it belongs to its step (`up_to`), to the next (`below`), or is a
        point of a line (`at`; then all are).
    edges : tuple of Number
        Rising. Steps may have one value more than edges: what lies beyond the last edge.
    """

    bounds: tuple[Literal["up_to", "below", "at"], ...]
    edges: tuple[Number, ...]
    values: tuple[Number, ...]
    unit: Unit = BARE

    @property
    def are_points(self) -> bool:
        """Whether these are points to interpolate between, not steps."""
        return "at" in self.bounds


class ItemColumn(Struct, frozen=True, eq=False):
    """A column of a list: one number or one text for each item, in the order of the list.

    Parameters
    ----------
    name : str
        As formulas write it behind the list's name: ``standard`` of ``services.standard``.
    kind : "number", "text" or "boolean"
    numbers : tuple of Number or None, length K
        Of a column of numbers; None where the cell has none. A number with a path can be moved.
    texts : tuple of str or None, length K
        Of a column of texts; of a column of yes and no, ``true`` and ``false``.
    allowed : tuple of str, optional
        The texts that the document allows.
    places : tuple of Place, length K
        Where each cell stands.
    """

    name: str
    kind: Literal["number", "text", "boolean"]
    unit: Unit = BARE
    numbers: tuple[Number | None, ...] = ()
    texts: tuple[str | None, ...] = ()
    allowed: tuple[str, ...] | None = None
    title: str = ""
    places: tuple[Place, ...] = ()


class ItemList(Struct, frozen=True, eq=False, dict=True):
    """A list of the document: services, indicators, grades; an axis beside the districts.

    Parameters
    ----------
    keys : tuple of str, length K
        What each item is called, in the order of the list; all different.
    names : tuple of str, length K
        What people call each item; its key where it has no name.
    columns : dict of name to ItemColumn
    """

    name: str
    keys: tuple[str, ...]
    names: tuple[str, ...]
    columns: dict[str, ItemColumn]
    title: str = ""

    @cached_property
    def kept(self) -> dict[str, Any]:
        """Columns as readers have them who move no number, by name: made once for all runs."""
        return {}

    def __len__(self) -> int:
        return len(self.keys)


class Symbol(Struct, frozen=True):
    """A name with what it stands for; a faulty one is known, and told already.

    Parameters
    ----------
    stages : dict of category to Steps, optional
        Of brackets or points by category; `table` then has the place of each category among them.
    fields : tuple of str
        Of a name that means nothing by itself: what may stand behind its point.
    """

    name: str
    type: Type = Type()
    place: Place = Place()
    table: Table | None = None
    steps: Steps | None = None
    stages: dict[str, Steps] | None = None
    number: Number | None = None
    text: str | None = None
    allowed: tuple[str, ...] | None = None
    faulty: bool = False
    fields: tuple[str, ...] = ()


class Scope(Struct, eq=False):
    """The names that can be used at one place of a document.

    Parameters
    ----------
    later : dict of name to Place
        Names of the document that are defined further down.
    current : str
        The name that is being defined.
    lists : dict of name to ItemList
    """

    symbols: dict[str, Symbol] = field(default_factory=dict)
    later: dict[str, Place] = field(default_factory=dict)
    current: str = ""
    lists: dict[str, ItemList] = field(default_factory=dict)

    def define(self, symbol: Symbol) -> None:
        """Make a name usable from here on."""
        self.symbols[symbol.name] = symbol

    def find(self, name: str) -> Symbol | None:
        """Return what `name` stands for here, or None; fields of what is faulty are faulty."""
        known = self.symbols.get(name)
        if known is None and "." in name:
            head = self.symbols.get(name.partition(".")[0])
            return head if head is not None and head.faulty else None
        return known

    def is_later_field(self, name: str) -> bool:
        """Tell whether `name` is what a known name will have only after the grants."""
        head, _, part = name.partition(".")
        known = self.symbols.get(head)
        return known is not None and part in known.fields and name not in self.symbols

    def suggestion(self, name: str, also: tuple[str, ...] = ()) -> str | None:
        """Return the known name nearest to `name`."""
        from difflib import get_close_matches

        matches = get_close_matches(name, [*self.symbols, *also], n=1, cutoff=0.6)
        return matches[0] if matches else None

    def copy(self) -> Scope:
        """Return a scope that can grow on its own."""
        return replace(
            self, symbols=dict(self.symbols), later=dict(self.later), lists=dict(self.lists)
        )


def number(value: int | Fraction) -> Number:
    """Return a number that no path of the document addresses."""
    return Number(Fraction(value))


def lookalike(name: str, near: str) -> str:
    """Return the first letter of `name` that only looks like the one in `near`; "" if none does.

    A Cyrillic а in place of a Latin one: nobody sees the difference.
    """
    if len(name) != len(near) or name.isascii():
        return ""
    pairs = [(mine, theirs) for mine, theirs in zip(name, near, strict=True) if mine != theirs]
    if any(mine.isascii() or not theirs.isascii() for mine, theirs in pairs):
        return ""
    mine = pairs[0][0]
    return "" if mine > "\u2e80" else f"{mine} (U+{ord(mine):04X})"


def listed(names: Iterable[str]) -> str:
    """Return names as a list, cut between two of them where it grows long."""
    shown: list[str] = []
    for name in names:
        if sum(len(other) + 2 for other in shown) + len(name) > LONGEST_LIST:
            return ", ".join([*shown, "…"])
        shown.append(name)
    return ", ".join(shown) or "—"
