"""What a key of the policy document is: its meaning, what may stand behind it, its default.

A mapping of the document is a :class:`Part`, a class whose attributes are keys::

    class Money(Part):
        currency: str = text("币种代码", "Currency code", "CNY")

On the class stands the :class:`Key`, on an instance the value that was read. From the keys
:mod:`transfers.documents.shape` makes what a document is checked against, and faults their
suggestions. Nothing here is built before a document needs it: start-up counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final, NoReturn, TypeVar

REQUIRED: Final[Any] = ...
"""The default of a key that must be written."""

_P = TypeVar("_P", bound="Part")


class Key:
    """A key of a part; or, without words, what the items of a list or mapping are.

    Parameters
    ----------
    kind : str
        text, formula, number, whole, digits, date, value (of a parameter), columns (of items),
        items, choice, part, list, mapping, pair, tree (anything), cell (of a table; or by item).
    chinese, english : str
        What it means, for the person who writes the document.
    default : optional
        As the document would write it. REQUIRED: the key must be there. None: it may be absent
        or null. Anything else: it may be absent.
    part : type of Part, optional
        The class of a part.
    of : Key, optional
        What the items of a list, a mapping or a pair are.
    choices : tuple of str
        The texts a choice allows.
    names_of : str
        The section whose names a choice allows as well; "" for none.
    least : int
        The least number of letters or items.
    alone : bool
        An item may stand without a list around it; a mapping may be left empty.
    listed : bool
        The names of a mapping may stand in a list, of which nothing more is said.
    pattern : bool
        Names a file, a sheet or a column: parameters can be put in, between braces.
    """

    __slots__ = (
        *("kind", "chinese", "english", "default", "part", "of", "choices", "names_of"),
        *("least", "alone", "listed", "pattern"),
    )

    def __init__(
        self,
        kind: str,
        chinese: str = "",
        english: str = "",
        default: Any = REQUIRED,
        *,
        part: type[Part] | None = None,
        of: Key | None = None,
        choices: tuple[str, ...] = (),
        names_of: str = "",
        least: int = 0,
        alone: bool = False,
        listed: bool = False,
        pattern: bool = False,
    ) -> None:
        self.kind = kind
        self.chinese = chinese
        self.english = english
        self.default = default
        self.part = part
        self.of = of
        self.choices = choices
        self.names_of = names_of
        self.least = least
        self.alone = alone
        self.listed = listed
        self.pattern = pattern

    def below(self, step: str | int) -> Key | None:
        """Return what stands one step down a path; None where nothing may stand there."""
        return self.of if self.part is None else self.part.keys.get(str(step))


class Part:
    """A mapping of the document. `short` names the key that a bare text stands for.

    An instance has a value for each key, and stays as it is.
    """

    short: ClassVar[str] = ""
    keys: ClassVar[Mapping[str, Key]] = {}

    def __init_subclass__(cls) -> None:
        """Gather the keys: those of the class it extends, then its own."""
        own = {name: key for name, key in vars(cls).items() if isinstance(key, Key)}
        cls.keys = {**cls.keys, **own}

    def __init__(self, values: Mapping[str, Any]) -> None:
        vars(self).update(values)

    @classmethod
    def spelt_out(cls, data: object) -> object:
        """Return the long form of what a document may write in short."""
        return {cls.short: data} if cls.short and isinstance(data, str) else data

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} is frozen: {name} stays as it was read")

    __delattr__ = __setattr__  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]  # it holds mappings

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__name__}({values})"


def key_at(part: type[Part], path: tuple[str | int, ...]) -> Key | None:
    """Return what a path of the document is checked against; None where nothing may stand."""
    key: Key | None = Key("part", part=part)
    for step in path:
        key = None if key is None else key.below(step)
    return key


def part_at(part: type[Part], path: tuple[str | int, ...]) -> type[Part] | None:
    """Return the part a mapping at `path` is read as; None where names or texts stand."""
    key = key_at(part, path)
    return None if key is None else key.part


# -- the keys a part may have; each returns Any, for the annotation says what is read -----------


def text(chinese: str, english: str, default: Any = None, *, least: int = 0) -> Any:
    """Return a key with a text of at least so many letters."""
    return Key("text", chinese, english, default, least=least)


def pattern(chinese: str, english: str, default: Any = None, *, least: int = 0) -> Any:
    """Return a key with the name of a file, a sheet or a column."""
    return Key("text", chinese, english, default, least=least, pattern=True)


def formula_text(chinese: str, english: str, default: Any = None) -> Any:
    """Return a key with a formula, which stays a text here."""
    return Key("formula", chinese, english, default)


def number(chinese: str, english: str, default: Any = None) -> Any:
    """Return a key with an exact number."""
    return Key("number", chinese, english, default)


def whole_number(chinese: str, english: str, default: Any = None) -> Any:
    """Return a key with a whole number up to 9999."""
    return Key("whole", chinese, english, default)


def decimals(chinese: str, english: str, default: Any = None) -> Any:
    """Return a key with a number of decimals."""
    return Key("digits", chinese, english, default)


def date(chinese: str, english: str, default: Any = None) -> Any:
    """Return a key with a day, such as 2027-12-31."""
    return Key("date", chinese, english, default)


def parameter_value(chinese: str, english: str) -> Any:
    """Return the key with a number, a text, a table, steps or points; or a column of a file."""
    return Key("value", chinese, english, pattern=True)


def choice(
    chinese: str,
    english: str,
    choices: tuple[str, ...],
    default: Any = None,
    *,
    names_of: str = "",
) -> Any:
    """Return a key with one of several words, or a name of a section."""
    return Key("choice", chinese, english, default, choices=choices, names_of=names_of)


def part(of: type[_P], chinese: str, english: str, default: Any = None) -> Any:
    """Return a key with a mapping of its own keys."""
    return Key("part", chinese, english, default, part=of)


def texts(chinese: str, english: str, default: Any = None, *, alone: bool = False) -> Any:
    """Return a key with a list of texts, not empty."""
    return Key("list", chinese, english, default, of=Key("text"), least=1, alone=alone)


def patterns(chinese: str, english: str, default: Any = None) -> Any:
    """Return a key with what a column may be called: a name, or a list of them."""
    of = Key("text")
    return Key("list", chinese, english, default, of=of, least=1, alone=True, pattern=True)


def whole_numbers(chinese: str, english: str) -> Any:
    """Return a key with one whole number or several."""
    return Key("list", chinese, english, None, of=Key("whole"), least=1, alone=True)


def choices(
    chinese: str, english: str, words: tuple[str, ...], default: Any, *, names_of: str = ""
) -> Any:
    """Return a key with one or several of some words, or names of a section."""
    of = Key("choice", choices=words, names_of=names_of)
    return Key("list", chinese, english, default, of=of, least=1, alone=True)


def parts(of: type[_P], chinese: str, english: str) -> Any:
    """Return a key with one mapping or a list of them."""
    return Key("list", chinese, english, [], of=Key("part", part=of), alone=True)


def entries(of: type[_P], chinese: str, english: str, *, listed: bool = False) -> Any:
    """Return a section of named parts, which may be empty; perhaps also a list of mere names."""
    return Key("mapping", chinese, english, {}, of=Key("part", part=of), alone=True, listed=listed)


def formulas(chinese: str, english: str) -> Any:
    """Return a section of named formulas, which may be empty."""
    return Key("mapping", chinese, english, {}, of=Key("formula"), alone=True)


def some_entries(of: type[_P], chinese: str, english: str) -> Any:
    """Return a section of named parts that has at least one."""
    return Key("mapping", chinese, english, of=Key("part", part=of), least=1)


def numbers(chinese: str, english: str) -> Any:
    """Return a key with a mapping of names to numbers, not empty."""
    return Key("mapping", chinese, english, None, of=Key("number"), least=1)


def item_cells(chinese: str, english: str) -> Any:
    """Return a key with items: their keys, or a mapping of names to texts for each."""
    cells = Key("mapping", of=Key("text"), alone=True)
    return Key("items", chinese, english, None, of=cells, least=1)


def item_columns(chinese: str, english: str) -> Any:
    """Return a key with the columns of items: a pattern, or names by item."""
    return Key("columns", chinese, english, None, pattern=True)


def pair(chinese: str, english: str) -> Any:
    """Return a key with a list of two numbers."""
    return Key("pair", chinese, english, of=Key("number"))


def changes(chinese: str, english: str) -> Any:
    """Return a key with a mapping of paths to whatever is to stand there."""
    return Key("mapping", chinese, english, {}, of=Key("tree"), alone=True)
