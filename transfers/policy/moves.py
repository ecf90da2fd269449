"""What a scenario moves: numbers of a document, by path, and figures of districts, as columns.

A scenario of a block has a mapping of paths. At the path of a number of the document stands its
value; at ``("inputs", <name>)`` stands the whole column of an input as the scenario has it. A
figure of one district, ``inputs.population.440784``, becomes such a column here.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct, field

from transfers.arithmetic.decimals import Decimals, format_decimal, parse_decimal
from transfers.districts import Districts
from transfers.districts.changed import with_cells
from transfers.districts.columns import Column, NumberColumn
from transfers.districts.faults import Faults, shown
from transfers.documents.faults import nearest
from transfers.documents.fields import MOST_WHOLE, written
from transfers.documents.rules_percent import percent_beside, percent_fault
from transfers.errors import DocumentError, Fault, Place
from transfers.policy.constants import YEAR
from transfers.policy.figures import SECTION, FigureAt, FigureFinder, range_faults, read_figures
from transfers.policy.rules import Path
from transfers.units import describe

if TYPE_CHECKING:
    from transfers.policy.policy import Policy

Number = Fraction | int | float | str
Asked = Mapping[str | Path, Number | bool | Column | Decimals]
"""What one scenario moves, as it is asked for: by path, parts of it or joined by dots."""

Moved = Fraction | Column
Moves = Mapping[Path, Moved]


class Mover(Struct, eq=False):
    """Reads what scenarios of one policy and one table move.

    Paths are found once: make one for many scenarios.
    """

    policy: Policy
    districts: Districts
    _finder: FigureFinder | None = None
    _known: Mapping[str, Path] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._finder = FigureFinder(self.policy, self.districts)
        self._known = self.policy.addresses

    @property
    def finder(self) -> FigureFinder:
        """What finds figures of districts."""
        assert self._finder is not None
        return self._finder

    def moves(self, asked: Asked) -> dict[Path, Moved]:
        """Return what a scenario moves.

        Parameters
        ----------
        asked : mapping
            Path -> what is there. A number of the document: ``budget.amount``. A figure of a
            district, by its key or its name: ``inputs.population.440784``; of an input over a
            list by item and district: ``inputs.pupils.e19.440784``. A whole column of figures
            in the order of the table, which is quick where many move: ``inputs.population`` ->
            `Decimals`, which are missing where the table's are, or a `NumberColumn`.

        Raises
        ------
        DocumentError
            A path that is neither, or a number that does not fit there.
        TableError
            Figures that their inputs do not allow.
        """
        numbers: dict[str, Number] = {}
        columns: dict[Path, Moved] = {}
        figures: dict[tuple[str, str], Number | bool] = {}
        for path, value in asked.items():
            text = path if isinstance(path, str) else ".".join(map(str, path))
            section, _, rest = text.partition(".")
            name, _, district = rest.partition(".")
            if section != SECTION or text in self._known:
                assert not isinstance(value, (Column, Decimals))
                numbers[text] = value
            elif name not in self.policy.inputs:
                raise DocumentError([self._unknown_input(name, Place(path=text))])
            elif isinstance(value, (Column, Decimals)):
                columns[SECTION, name] = self._whole(name, value)
            else:
                figures[name, district] = value
        moves: dict[Path, Moved] = {**number_moves(self.policy, numbers, self._known), **columns}
        if figures:
            moves.update(self._with_figures(figures, columns))
        return moves

    # -- figures of districts ------------------------------------------------------------------

    def _unknown_input(self, name: str, place: Place) -> Fault:
        known = self.policy.inputs
        near = nearest(name, known)
        if near is not None:
            words: dict[str, object] = {"name": shown(name), "near": near}
            return Fault("figures.unknown_input_near", place, words)
        return Fault("figures.unknown_input", place, {"name": shown(name), "known": tuple(known)})

    def _whole(self, name: str, given: Column | Decimals) -> Column:
        """Return a whole column that is moved to, checked."""
        table = self.districts.columns[name]
        if isinstance(given, Decimals):
            if not isinstance(table, NumberColumn) or given.shape != table.missing.shape:
                raise ValueError(f"no column of {len(table)} numbers: {name}")
            given = NumberColumn(given, table.missing)
        if type(given) is not type(table) or len(given) != len(table):
            raise ValueError(f"no column of {len(table)} {type(table).__name__}: {name}")
        faults, place = Faults(), Place(path=f"{SECTION}.{name}")
        everyone = np.arange(len(given), dtype=np.intp)
        range_faults(self.finder, name, given, everyone, place, faults)
        faults.raise_any()
        return given

    def _with_figures(
        self, figures: Mapping[tuple[str, str], Number | bool], columns: Mapping[Path, Moved]
    ) -> dict[Path, Moved]:
        """Return the columns of inputs of which single figures are moved."""
        finder, faults = self.finder, Faults()
        asked: dict[FigureAt, tuple[str, Place]] = {}
        exact: dict[FigureAt, tuple[Fraction, Place]] = {}
        for (name, district), value in figures.items():
            place = Place(path=f"{SECTION}.{name}.{district}")
            found = finder.find(name, district, place)
            if isinstance(found, Fault):
                faults.tell(found)
                continue
            if found in asked or found in exact or (SECTION, name) in columns:
                words = {"district": finder.called(found), "name": name}
                faults.tell(Fault("figures.set_twice", place, words))
            if isinstance(value, Fraction) and isinstance(finder.column(name), NumberColumn):
                exact[found] = value, place  # may be no decimal, which no cell could hold
            else:
                asked[found] = figure_text(value), place
        made = dict(self.districts.columns)
        for name, (places, cells) in read_figures(finder, asked, faults).items():
            made[name] = with_cells(made[name], places, cells)
        for name in {found.name for found in exact}:
            made[name] = self._with_fractions(made[name], name, exact, faults)
        faults.raise_any()
        return {(SECTION, name): made[name] for name in {name for name, _ in figures}}

    def _with_fractions(
        self,
        column: Column,
        name: str,
        exact: Mapping[FigureAt, tuple[Fraction, Place]],
        faults: Faults,
    ) -> Column:
        chosen = {at.place: asked for at, asked in exact.items() if at.name == name}
        places = np.array(list(chosen), dtype=np.intp)
        there = np.zeros(len(places), dtype=bool)
        cells = NumberColumn.of_fractions([value for value, _ in chosen.values()], there)
        made = with_cells(column, places, cells)
        for at, (_, place) in chosen.items():
            only = np.array([at], dtype=np.intp)
            range_faults(self.finder, name, made, only, place, faults)
        return made


def number_moves(
    policy: Policy, asked: Mapping[str, Number | bool], known: Mapping[str, Path] | None = None
) -> dict[Path, Fraction]:
    """Return the numbers of a document that are moved, by path.

    Parameters
    ----------
    known : mapping, optional
        What :func:`addresses` gives.
    """
    if not asked:
        return {}
    known = policy.addresses if known is None else known
    moves: dict[Path, Fraction] = {}
    for path, value in asked.items():
        text = "" if isinstance(value, Fraction) else number_text(value)
        number = value if isinstance(value, Fraction) else parse_decimal(text)
        if path in known and known[path][0] == "lists":
            from transfers.policy.lists import moved_number  # only where lists are moved

            moves[known[path]] = moved_number(policy, known[path], text or number_text(value))
            continue
        if path not in known or number is None:
            place = Place(path=path)
            raise DocumentError([Fault("formula.not_a_number_of_document", place)])
        _check_percent_sign(policy, known[path], text)
        moves[known[path]] = number
        check_range(policy, known[path], number)
    return moves


def addresses(policy: Policy) -> dict[str, Path]:
    """Return the paths of numbers as they are written: parts joined by dots."""
    known = {".".join(map(str, path)): path for path in policy.numbers}
    for full in policy.numbers:
        # As --set has it, a described entry stands for its main key.
        if full[-1] in ("value", "amount", "opening"):
            known.setdefault(".".join(map(str, full[:-1])), full)
        elif full[0] == "parameters" and full[2:3] == ("value",):
            known.setdefault(".".join(map(str, (*full[:2], *full[3:]))), full)
    return known


def figure_text(value: Number | bool) -> str:
    """Write a figure as a cell of a table would."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return number_text(value)


def _check_percent_sign(policy: Policy, path: Path, text: str) -> None:
    """Refuse a percent sign beside the unit of a figure."""
    unit = policy.numbers[path].type.unit
    if percent_beside(text, unit):
        place = policy.document.value_place(path)
        raise DocumentError([percent_fault(place, text, describe(unit, policy.money_unit))])


def sign_fault(
    policy: Policy, path: Path, moved: Fraction, text: str, place: Place
) -> Fault | None:
    """Refuse a per cent sign where a number varies and the document takes 30% for 30.

    So it is with figures of a list in %: what varies is a number in the unit of its place.
    """
    if moved == parse_decimal(text):
        return None
    unit = describe(policy.numbers[path].type.unit, policy.money_unit)
    return percent_fault(place, text, unit)


def check_range(policy: Policy, path: Path, number: Fraction) -> None:
    """Refuse a number outside the range its parameter declares, and a year that is none.

    Raises
    ------
    DocumentError
        Naming the parameter and its bound.
    """
    if path == (YEAR,) and (number.denominator != 1 or not 0 <= number <= MOST_WHOLE):
        words = {"text": written(number)}
        raise DocumentError([Fault("document.not_whole", Place(path=YEAR), words)])
    if path[0] != "parameters":
        return
    entry = policy.document.model.parameters[str(path[1])]
    place = policy.document.value_place(path)
    for code, bound, outside in (
        ("below_min", entry.min, entry.min is not None and number < entry.min),
        ("above_max", entry.max, entry.max is not None and number > entry.max),
    ):
        if outside and bound is not None:
            words = {code.split("_")[1]: written(bound)}
            raise DocumentError([Fault(f"document.{code}", place, words)])


def number_text(value: Number) -> str:
    """Write a value as a document would."""
    if isinstance(value, Fraction):
        return format_decimal(value)
    if isinstance(value, float):
        return np.format_float_positional(value, trim="-")
    return str(value)
