"""What the paths of a sweep are in a policy and its table; every value is checked there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

import numpy as np
from msgspec import Struct

from scenarios.settings import Setting
from scenarios.study.load import Study
from scenarios.study.rules_sweep import MOST_DIMENSIONS
from scenarios.study.ways import Way, ways
from scenarios.sweeping.designs import Design, Drawn, Given, Grid, ends
from scenarios.sweeping.rows import FileRows, read_rows
from scenarios.sweeping.source import Bound, Group, SweepSource
from scenarios.sweeping.units import LatinHypercube, SobolPoints
from transfers.districts.columns import NumberColumn
from transfers.documents.faults import nearest
from transfers.documents.yaml_tree import Path, shown
from transfers.errors import DocumentError, Fault, FaultsError, Place
from transfers.policy.moves import Mover, sign_fault

_MOST_TOLD: Final = 20


def sweep_source(study: Study, setting: Setting) -> SweepSource:
    """Return the scenarios a study asks for.

    Parameters
    ----------
    setting : Setting
        What is varied.

    Raises
    ------
    DocumentError, TableError
        With all that is wrong with paths and values, at their places in the study document or
        the file of rows.
    """
    asked = study.model.sweep
    assert asked is not None
    binder = Binder(study, setting, Mover(setting.policy, setting.districts), [])
    if asked.rows is not None:
        file = read_rows(study.beside(asked.rows))
        bound = binder.of_file(file)
        groups = binder.groups(bound, asked.rescale or ())
        binder.check_rows(bound, groups, file)
        binder.raise_any()
        listed = [tuple(row) for row in file.rows]
        design: Design = Given(tuple(b.way.path for b in bound), listed)
        return SweepSource(setting, bound, groups, design, lines=file.table.line_of_row)
    listed_ways = ways(study.source, [])
    bound = binder.of_ways(listed_ways)
    groups = binder.groups(bound, asked.rescale or ())
    binder.check_sums(bound, groups)
    if asked.sample is None:
        binder.raise_any()
        return SweepSource(setting, bound, groups, Grid(listed_ways))
    digits = asked.sample.digits
    binder.check_digits(bound, digits)
    widths = binder.widths(bound)
    binder.check_dimensions(sum(widths), asked.sample.method)
    binder.raise_any()
    return SweepSource(setting, bound, groups, drawn(listed_ways, widths, asked.sample), digits)


def drawn(listed: tuple[Way, ...], widths: tuple[int, ...], sample: Any) -> Drawn:
    """Return the sample that a study asks for; its generator comes from the seed."""
    size, seed = int(sample.size), int(sample.seed)
    rng = np.random.default_rng(seed)
    count = sum(widths)
    if sample.method == "sobol":
        units: Any = SobolPoints.drawn(count, rng)
    else:
        units = LatinHypercube.drawn(size, count, rng)
    return Drawn(listed, widths, units, size, sample.digits, f"{sample.method} {seed}")


class Binder(Struct):
    """Finds what paths are, and gathers all that is wrong."""

    study: Study
    setting: Setting
    mover: Mover
    faults: list[Fault]

    def raise_any(self) -> None:
        """Raise all that was found wrong."""
        if self.faults:
            raise DocumentError(self.faults[:_MOST_TOLD])

    # -- what paths are ------------------------------------------------------------------------

    def of_ways(self, listed: Sequence[Way]) -> tuple[Bound, ...]:
        """Bind the paths of a study, and check their values."""
        bound = []
        for way in listed:
            place = self.study.place(*way.at)
            if way.whole:
                found = self._input(way, way.path.split(".", 1)[1], place)
            else:
                found = self._value(way, place)
            if found is not None:
                bound.append(found)
        self._check_twice(bound)
        return tuple(bound)

    def of_file(self, file: FileRows) -> tuple[Bound, ...]:
        """Bind the columns of a file of rows."""
        bound = []
        for n, path in enumerate(file.paths):
            way = Way(path, (), tuple(v for v in file.column(n) if v != ""))
            name = path.removeprefix("inputs.")
            if name in self.setting.policy.inputs and name != path:
                found = self._input(Way(path, (), way.values, whole="together"), name, file.head(n))
            else:
                first = next((row for row, text in enumerate(file.texts(n)) if text), 0)
                places = (file.head(n), file.place(first, n))
                found = self._path(way, file.texts(n)[first], places)
            if found is not None:
                bound.append(found)
        self._check_twice(bound, file)
        return tuple(bound)

    def _value(self, way: Way, place: Place) -> Bound | None:
        """Bind the path of a number or of a district's figure; each value must fit there."""
        values = way.values or (way.low, way.high)
        at = [(*way.at, n if way.values else ("from", "to")[n]) for n in range(len(values))]
        texts = [way.text(value) for value in values]
        bound = self._path(way, texts[0], (place, self.study.source.value_place(at[0])))
        for text, where in zip(texts, at, strict=True) if bound is not None else ():
            self._check(way.path, text, self.study.source.value_place(where))
        return bound

    def _path(self, way: Way, text: str, places: tuple[Place, Place]) -> Bound | None:
        """Bind a path that is not that of a whole input, by one of its values.

        Parameters
        ----------
        places : of the path, of the value
        """
        parts = way.path.split(".", 2)
        words: dict[str, object] = {"path": shown(way.path)}
        if parts[0] == "inputs" and len(parts) == 2:
            self.faults.append(Fault("sweep.whole_input", places[0], words))
            return None
        try:
            found = self.mover.moves({way.path: text})
        except FaultsError as error:
            for fault in error.faults:
                if fault.code == "formula.not_a_number_of_document":
                    self._unknown(way.path, words, places[0])
                else:
                    self.faults.append(Fault(fault.code, places[1], fault.values))
            return None
        ((path, moved),) = found.items()
        if not isinstance(moved, Fraction):
            return Bound(way, figure=True)
        signed = sign_fault(self.setting.policy, path, moved, text, places[1])
        if signed is not None:
            self.faults.append(signed)
            return None
        return Bound(way, path)

    def _unknown(self, path: str, words: dict[str, object], place: Place) -> None:
        """Tell of a path that names no number."""
        known = [".".join(map(str, number)) for number in self.setting.policy.numbers]
        near = nearest(path, known)
        code = "sweep.unknown_path"
        if near is not None:
            words, code = {**words, "near": near}, "sweep.unknown_path_near"
        self.faults.append(Fault(code, place, words))

    def _input(self, way: Way, name: str, place: Place) -> Bound | None:
        """Bind a whole input."""
        inputs = self.setting.policy.inputs
        if name not in inputs:
            near = nearest(name, inputs)
            words: dict[str, object] = {"name": shown(name), "known": tuple(inputs)}
            code = "sweep.unknown_input"
            if near is not None:
                words, code = {**words, "near": near}, "sweep.unknown_input_near"
            self.faults.append(Fault(code, place, words))
            return None
        if not isinstance(self.setting.districts.columns[name], NumberColumn):
            self.faults.append(Fault("sweep.no_figures", place, {"name": name}))
            return None
        entry = self.setting.policy.document.model.inputs[name]
        return Bound(way, input=name, least=entry.min, most=entry.max)

    def _check(self, path: str, text: str, place: Place) -> None:
        """Check that one value fits at a path, as the document would take it."""
        try:
            ((found, moved),) = self.mover.moves({path: text}).items()
            number = self.setting.policy.numbers.get(found)
            if isinstance(moved, Fraction):
                fault = sign_fault(self.setting.policy, found, moved, text, place)
                self.faults += [] if fault is None else [fault]
            if number is not None and number.percent and not text.endswith("%"):
                self.setting.policy.moves({path: text})
        except FaultsError as error:
            self.faults += [Fault(f.code, place, f.values) for f in error.faults]

    def _check_twice(self, bound: Sequence[Bound], file: FileRows | None = None) -> None:
        """Find numbers that two paths name, and figures of an input that moves as a whole."""
        seen: dict[object, str] = {}
        whole = {b.input for b in bound if b.input}
        for n, each in enumerate(bound):
            what = each.number or self._figure(each) or each.way.path
            place = self.study.place(*each.way.at) if file is None else file.head(n)
            words = {"path": shown(each.way.path)}
            if what in seen:
                fault = Fault("sweep.path_twice", place, {**words, "other": seen[what]})
                self.faults.append(fault)
            seen[what] = each.way.path
            if each.figure and each.way.path.split(".")[1] in whole:
                self.faults.append(Fault("sweep.figure_and_input", place, words))

    def _figure(self, bound: Bound) -> object:
        """Return where the figure of a district stands, whatever its path calls the district."""
        if not bound.figure:
            return None
        _, name, district = bound.way.path.split(".", 2)
        return self.mover.finder.find(name, district, Place())

    # -- groups that keep their sum --------------------------------------------------------------

    def groups(self, bound: Sequence[Bound], asked: Sequence[str]) -> tuple[Group, ...]:
        """Return the groups of numbers that keep their sum."""
        found = []
        base: Mapping[Any, Any] = self.setting.moves
        numbers = self.setting.policy.numbers
        for group in asked:
            inside = [
                path
                for path in numbers
                if ".".join(map(str, path[:-1])) in (group, f"{group}.value")
            ]
            moved = {b.number for b in bound if b.number in inside}
            has = {path: base.get(path, numbers[path].value) for path in inside}
            rest = sum(value for path, value in has.items() if path not in moved)
            in_rows = self.study.model.sweep is not None and self.study.model.sweep.rows is not None
            code = ""
            if not inside:
                code = "sweep.no_group"
            elif not moved:
                code = "sweep.rescale_unused"
            elif not rest and not in_rows:  # of rows each is looked at
                code = "sweep.nothing_to_scale"
            if code:
                place = self.study.place("sweep", "rescale")
                self.faults.append(Fault(code, place, {"group": shown(group)}))
            else:
                found.append(Group(group, has))
        return tuple(found)

    def check_sums(self, bound: Sequence[Bound], groups: Sequence[Group]) -> None:
        """Refuse values that together leave the others of a group less than nothing."""
        for group in groups:
            moves: dict[Path, Fraction] = {}
            told = []
            for each in bound:
                if each.number is None or each.number not in group.had:
                    continue
                numbers = [v for v in each.way.values if not isinstance(v, str)]
                moves[each.number] = max(numbers) if numbers else each.way.high
                told.append(each.way.text(moves[each.number]))
            if min((group.rescaled(moves) or {}).values(), default=Fraction(0)) < 0:
                words = {"group": shown(group.path), "moved": " + ".join(told)}
                place = self.study.place("sweep", "rescale")
                self.faults.append(Fault("sweep.beyond_sum", place, words))

    def check_rows(self, bound: Sequence[Bound], groups: Sequence[Group], file: FileRows) -> None:
        """Check every value of a file, and what is left for the others of a group."""
        if len(bound) < len(file.paths):
            return
        for n, each in enumerate(bound):
            if each.input:
                continue
            for row, text in enumerate(file.texts(n)):
                if text and len(self.faults) < _MOST_TOLD:
                    self._check(each.way.path, text, file.place(row, n))
        for row, values in enumerate(file.rows if groups else ()):
            moves = {
                b.number: v
                for b, v in zip(bound, values, strict=True)
                if b.number is not None and not isinstance(v, str)
            }
            for group in groups:
                others = group.rescaled(moves)
                if others is None or min(others.values(), default=Fraction(0)) < 0:
                    words = {"group": shown(group.path), "moved": _sum_of(moves, group)}
                    code = "sweep.row_not_scaled" if others is None else "sweep.beyond_sum"
                    self.faults.append(Fault(code, file.place(row, 0), words))

    # -- what is drawn ---------------------------------------------------------------------------

    def check_digits(self, bound: Sequence[Bound], digits: int) -> None:
        """Refuse ranges in which no decimal lies."""
        for each in bound:
            way = each.way
            if (
                way.drawn
                and ends(way.low, way.high, digits)[0] >= ends(way.low, way.high, digits)[1]
            ):
                words = {"path": shown(way.path), "range": way.range_text, "digits": digits}
                place = self.study.place("sweep", "sample", "digits")
                self.faults.append(Fault("sweep.digits", place, words))

    def widths(self, bound: Sequence[Bound]) -> tuple[int, ...]:
        """Return how many figures vary by themselves on each way."""
        columns = self.setting.districts.columns
        return tuple(len(columns[b.input]) if b.way.whole == "each" else 1 for b in bound)

    def check_dimensions(self, count: int, method: str) -> None:
        """Refuse more figures than Sobol's numbers are known for."""
        if method == "sobol" and count > MOST_DIMENSIONS:
            words = {"count": f"{count:,}", "most": f"{MOST_DIMENSIONS:,}"}
            place = self.study.place("sweep", "sample", "method")
            self.faults.append(Fault("sweep.dimensions", place, words))


def _sum_of(moves: Mapping[Path, Fraction], group: Group) -> str:
    return " + ".join(str(float(v)) for path, v in moves.items() if path in group.had)
