"""Rows of districts that a test document gives: read as cells of a table are, at their places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from unicodedata import normalize

import numpy as np

from checks.policy_tests.model import Cell
from transfers import Districts, Fault, Place, Policy, TableError
from transfers.districts import Column
from transfers.districts import Source as TableSource
from transfers.districts.columns import InputSpec, read_column
from transfers.districts.stacking import stacked
from transfers.documents.faults import nearest
from transfers.documents.yaml_source import Source
from transfers.documents.yaml_tree import Path, shown
from transfers.policy.figures import figure_spec

_MOST_LISTED = 10
_NOTHING = ("null", "~")

Row = Mapping[str, Cell]


class GivenDistricts(Districts, frozen=True, eq=False):
    """Districts whose rows stand in a test document.

    Parameters
    ----------
    placed : mapping of (input, number of the figure) to Place
        Where each figure that is written stands; of ("", district) the row.
    """

    placed: Mapping[tuple[str, int], Place] = {}

    def place_in_table(self, name: str, index: int) -> Place:
        """Return where the document has a figure; its row where it has none."""
        return self.placed.get((name, index)) or self.placed["", index % len(self)]

    def has_cell(self, name: str, index: int) -> bool:
        """Tell whether the document has a figure, be it a dash."""
        return (name, index) in self.placed


def given_districts(policy: Policy, rows: Mapping[str, Row], source: Source, at: Path) -> Districts:
    """Return the districts of a test document.

    Parameters
    ----------
    policy : Policy
        Whose inputs they have.
    rows : mapping of str to Row
        Key of a district -> input -> figure.
    source : Source
        The test document.
    at : tuple of str
        Path of the rows in it.

    Raises
    ------
    TableError
        With every fault: names that are no inputs or items, figures that an input does not allow.
    """
    return _Reading(policy, rows, source, at).districts()


class _Reading:
    """Rows being read."""

    def __init__(self, policy: Policy, rows: Mapping[str, Row], source: Source, at: Path) -> None:
        self.policy, self.rows, self.source, self.at = policy, rows, source, at
        self.keys = tuple(normalize("NFC", key.strip()) for key in rows)
        self.faults: list[Fault] = []
        self.placed: dict[tuple[str, int], Place] = {
            ("", number): source.place((*at, key)) for number, key in enumerate(rows)
        }

    def districts(self) -> Districts:
        self._check_keys()
        columns = {name: self._column(name) for name in self.policy.inputs}
        if self.faults:
            raise TableError(self.faults)
        order = sorted(range(len(self.keys)), key=self.keys.__getitem__)
        ranks = np.empty(len(self.keys), dtype=np.intp)
        ranks[order] = np.arange(len(self.keys))
        lines = [self.placed["", number].line or 0 for number in range(len(self.keys))]
        file = TableSource(
            self.source.file,
            sha256(self.source.text.encode()).hexdigest(),
            "utf-8",
            np.array(lines, dtype=np.int64),
        )
        return GivenDistricts(
            self.keys,
            self.keys,
            ranks,
            columns,
            (file, *self.policy.sources),
            dict.fromkeys(("", *columns), (0, 1)),
            self.policy.findings,
            placed=self.placed,
        )

    # -- names ---------------------------------------------------------------------------------

    def _check_keys(self) -> None:
        """Report districts that are one, and names that are no inputs."""
        seen: set[str] = set()
        for written, key in zip(self.rows, self.keys, strict=True):
            if key in seen or not key:
                place = self.source.place((*self.at, written))
                self.faults.append(Fault("policy_tests.key_twice", place, {"key": shown(key)}))
            seen.add(key)
            for name in self.rows[written]:
                if name not in self.policy.inputs:
                    self._unknown_input((written, name))

    def _unknown_input(self, at: tuple[str, str]) -> None:
        """Say that a row has what is no input, and which is meant: perhaps by its column."""
        _, name = at
        place = self.source.place((*self.at, *at))
        entries = self.policy.document.model.inputs
        of_column = [
            known
            for known, entry in entries.items()
            if name in (entry.title, *(entry.column or ()))
        ]
        near = of_column[0] if of_column else nearest(name, entries)
        words: dict[str, object] = {"name": shown(name)}
        if near is not None:
            fault = Fault("figures.unknown_input_near", place, {**words, "near": near})
        else:
            known = tuple(entries)
            listed = (*known[:_MOST_LISTED], *["…"] * (len(known) > _MOST_LISTED))
            fault = Fault("figures.unknown_input", place, {**words, "known": listed})
        self.faults.append(fault)

    # -- columns -------------------------------------------------------------------------------

    def _column(self, name: str) -> Column:
        """Return the column of an input: every row's cell, or those of each item in turn."""
        spec, over = figure_spec(self.policy, name), self.policy.inputs[name].over
        if not over:
            return self._read(spec, [self._text(name, key) for key in self.rows], 0)
        items = self.policy.lists[over]
        cells = [self._by_item(name, key) for key in self.rows]
        return stacked(
            [
                self._read(spec, [row.get(item) for row in cells], number)
                for number, item in enumerate(items.keys)
            ]
        )

    def _text(self, name: str, key: str) -> tuple[str, Path] | None:
        """Return the text of a cell and its path; None where the row has none."""
        if name not in self.rows[key]:
            return None
        cell, path = self.rows[key][name], (*self.at, key, name)
        if isinstance(cell, str | None):
            return cell or "", path
        self.faults.append(
            Fault("policy_tests.one_figure", self.source.place(path), {"name": name})
        )
        return None

    def _by_item(self, name: str, key: str) -> dict[str, tuple[str, Path]]:
        """Return the texts of a district's cells by the keys of the items."""
        cell, path = self.rows[key].get(name, {}), (*self.at, key, name)
        items = self.policy.lists[self.policy.inputs[name].over]
        words: dict[str, object] = {"name": name, "list": items.name}
        if not isinstance(cell, Mapping):
            words["item"] = items.keys[0]
            self.faults.append(Fault("policy_tests.by_item", self.source.place(path), words))
            return {}
        of_name = {n: k for k, n in zip(items.keys, items.names, strict=True)}
        of_name |= {k: k for k in items.keys}
        found = {}
        for item, text in cell.items():
            if item in of_name and isinstance(text, str | None):
                found[of_name[item]] = (text or "", (*path, item))
                continue
            place, code = self.source.place((*path, item)), "policy_tests.unknown_item"
            near = nearest(item, of_name)
            words = {**words, "item": shown(item), "known": items.keys[:_MOST_LISTED]}
            if item in of_name:
                code, words["name"] = "policy_tests.one_figure", item
            elif near is not None:
                code, words["near"] = f"{code}_near", near
            self.faults.append(Fault(code, place, words))
        return found

    def _read(self, spec: InputSpec, cells: Sequence[tuple[str, Path] | None], item: int) -> Column:
        """Read the cells of one column, a missing one where a row has none."""
        texts = []
        for number, cell in enumerate(cells):
            text = "" if cell is None else normalize("NFC", cell[0].strip())
            texts.append("" if text in _NOTHING else text)
            if cell is not None:
                index = item * len(cells) + number
                self.placed[spec.name, index] = self.source.value_place(cell[1])
        column, wrong, _ = read_column(texts, spec)
        if wrong:
            self.faults += self._cell_faults(spec, texts, item)
        return column

    def _cell_faults(self, spec: InputSpec, texts: Sequence[str], item: int) -> Iterator[Fault]:
        """Yield what is wrong with each cell of a column."""
        for number, text in enumerate(texts):
            place = self.placed.get((spec.name, item * len(texts) + number))
            for fault in read_column([text], spec)[1] if place is not None else ():
                code = f"table.{fault.code}".replace("texts_for_numbers", "not_a_number")
                district = shown(self.keys[number])
                words = {"district": district, "column": spec.name, "value": shown(text)}
                yield Fault(code, place or Place(), {**fault.values, **words})
