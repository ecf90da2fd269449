"""Which districts become which: districts that merge, get another key, or leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct, field

from transfers.districts import Districts
from transfers.districts.faults import Faults, shown
from transfers.districts.keys import likeness, no_key
from transfers.documents.faults import nearest
from transfers.errors import Fault, Place

MOST_NAMED: Final = 10


class Merge(Struct, frozen=True):
    """Districts that become one.

    Parameters
    ----------
    of : tuple of str
        Keys, or names that only one district has.
    name : str
        Its name; that of its key, or of the first of them, if empty.
    given : mapping of str to text, or to mapping of item to text
        Input -> what it is, as a cell would hold it.
    by : mapping of str to str
        Input -> the input that weighs its mean.
    """

    of: tuple[str, ...]
    name: str = ""
    given: Mapping[str, str | Mapping[str, str]] = field(default_factory=dict)
    by: Mapping[str, str] = field(default_factory=dict)


class Members(Struct, frozen=True):
    """What changes among districts at one time.

    Parameters
    ----------
    merge : mapping of str to Merge
        Key of the new district -> what it is made of.
    rename : mapping of str to str
        Old key -> new key.
    leave : tuple of str
    """

    merge: Mapping[str, Merge] = field(default_factory=dict)
    rename: Mapping[str, str] = field(default_factory=dict)
    leave: tuple[str, ...] = ()

    @property
    def new_keys(self) -> tuple[str, ...]:
        """The keys that there are afterwards, of districts that merge or are renamed."""
        return (*self.merge, *self.rename.values())

    @property
    def old_keys(self) -> tuple[str, ...]:
        """What the districts that change are called before."""
        merged = (text for merge in self.merge.values() for text in merge.of)
        return (*merged, *self.rename, *self.leave)


class Group(Struct, frozen=True, eq=False):
    """A district as it will be: its key, its name, and the rows it is made of."""

    key: str
    name: str
    rows: tuple[int, ...]
    merge: Merge | None = None


def place_around(path: str, places: Mapping[str, Place]) -> Place:
    """Return where something was asked for, or what stands around it."""
    while path and path not in places:
        path = path.rpartition(".")[0]
    return places.get(path, Place(path="members"))


class Grouping:
    """Finds the districts that change."""

    def __init__(self, districts: Districts, places: Mapping[str, Place], faults: Faults) -> None:
        self.districts, self.places, self.faults = districts, places, faults
        self.row_of: dict[str, list[int]] = {}
        self._renamed: dict[int, str] = {}
        for row, name in enumerate(districts.names):
            self.row_of.setdefault(name, []).append(row)
        self.row_of.update((key, [row]) for row, key in enumerate(districts.keys))

    def tell(self, code: str, path: str, **words: object) -> None:
        """Keep a fault."""
        self.faults.tell(Fault(f"members.{code}", place_around(path, self.places), words))

    def groups(self, members: Members) -> list[Group]:
        """Return the districts there will be, in the order of the table."""
        keys, names = self.districts.keys, self.districts.names
        taken: dict[int, Group | None] = {}

        def take(text: str, path: str) -> int | None:
            row = self._row(text, path)
            if row is not None and row in taken:
                self.tell("twice", path, district=shown(text))
                return None
            if row is not None:
                taken[row] = None
            return row

        for text in members.leave:
            take(text, "leave")
        made: list[Group] = []
        for key, merge in members.merge.items():
            path = f"merge.{key}"
            rows = [row for text in merge.of if (row := take(text, f"{path}.of")) is not None]
            if len(merge.of) < 2:
                self.tell("one", f"{path}.of", key=shown(key))
            if len(rows) == len(merge.of) and rows:
                own = next((row for row in rows if keys[row] == key), min(rows))
                made.append(Group(key, merge.name or names[own], tuple(sorted(rows)), merge))
        for old, new in members.rename.items():
            row = take(old, f"rename.{old}")
            if row is not None:
                self._renamed[row] = f"rename.{old}"
                name = new if names[row] == keys[row] else names[row]
                made.append(Group(new, name, (row,)))
        return self._all(taken, made)

    def _all(self, taken: Mapping[int, Group | None], made: Sequence[Group]) -> list[Group]:
        """Return the districts that change and those that stay."""
        keys, names = self.districts.keys, self.districts.names
        stay = [Group(keys[n], names[n], (n,)) for n in range(len(keys)) if n not in taken]
        known = {group.key: group.name for group in stay}
        alike = {likeness(key): key for key in known}
        for group in made:
            path = f"merge.{group.key}" if group.merge else self._renamed[group.rows[0]]
            why = "" if group.key in self.row_of else no_key(group.key)
            twin = alike.setdefault(likeness(group.key), group.key)
            if why:
                self.tell(f"key_{why}", path, key=shown(group.key))
            elif twin != group.key:
                self.tell("key_lookalike", path, key=shown(group.key), twin=shown(twin))
            elif group.key in known:
                self.tell("key_taken", path, key=shown(group.key), name=shown(known[group.key]))
            known[group.key] = group.name
        if not stay and not made and not len(self.faults):
            self.tell("nobody_left", "leave")
        return sorted([*stay, *made], key=lambda group: group.rows[0])

    def _row(self, text: str, path: str) -> int | None:
        rows = self.row_of.get(text, [])
        if len(rows) == 1:
            return rows[0]
        keys = self.districts.keys
        if rows:
            of_name = tuple(keys[row] for row in rows[:MOST_NAMED])
            self.tell("name_of_several", path, district=shown(text), keys=of_name)
            return None
        near = nearest(text, self.row_of)
        if near is not None:
            self.tell("unknown_district_near", path, district=shown(text), near=near)
        else:
            known = (*keys[:MOST_NAMED], *["…"] * (len(keys) > MOST_NAMED))
            self.tell("unknown_district", path, district=shown(text), known=known)
        return None
