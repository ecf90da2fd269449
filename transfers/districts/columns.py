"""Typed columns: numbers, categories and truths, each knowing where it is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Final, Literal

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from transfers.arithmetic.decimals import (
    Decimals,
    Floats,
    Indices,
    format_decimal,
    parse_decimal,
)
from transfers.arithmetic.rationals import Rationals
from transfers.districts.csv_column import texts_at
from transfers.districts.faults import MOST_TOLD
from transfers.errors import Place
from transfers.units import BARE, Unit

Truths = NDArray[np.bool_]

DASHES: Final = frozenset({"-", "--", "—", "——", "–", "―", "－", "−"})
MISSING_MARKS: Final = DASHES | {"", "…", "……", "...", "#N/A", "N/A"}
_MISSING_NUMBERS: Final = MISSING_MARKS | {"NA"}
_TRUE: Final = frozenset({"是", "true", "yes", "y", "1", "√"})
_FALSE: Final = frozenset({"否", "false", "no", "n", "0", "×"})


class InputSpec(Struct, frozen=True):
    """What a policy asks of one column.

    Parameters
    ----------
    name : str
        The input's name, under which the column is found afterwards.
    columns : tuple of str
        What the column may be called in the table, the first that is there wins; the title is
        the last of them.
    kind : {"number", "text", "boolean"}
    minimum, maximum : Fraction, optional
        Range of a number, its ends included.
    allowed : tuple of str, optional
        Values a text may have.
    default : Fraction, str or bool, optional
        Stands where a cell is missing.
    percent : Fraction, optional
        What a figure written with a percent sign is multiplied by: 100 in a column in %, 1 in a
        column without a unit; None where such a figure makes no sense.
    factor : Fraction
        What figures are multiplied by to be in the declared unit, where the table has another.
    unit : Unit
        The declared unit; bare where none is declared.
    sum_of : tuple of str
        Inputs that should add up to this one in every district.
    nil : {"missing", "zero"}, optional
        What a dash stands for in a column of numbers; a blank is always missing.
    place : Place
        Where the policy declares the input.
    item : str, optional
        The item whose column this is, of an input that has one for each item of a list.
    """

    name: str
    columns: tuple[str, ...]
    kind: Literal["number", "text", "boolean"] = "number"
    minimum: Fraction | None = None
    maximum: Fraction | None = None
    allowed: tuple[str, ...] | None = None
    default: Fraction | str | bool | None = None
    nil: Literal["missing", "zero"] | None = None
    place: Place = Place()
    percent: Fraction | None = Fraction(1)
    factor: Fraction = Fraction(1)
    unit: Unit = BARE
    sum_of: tuple[str, ...] = ()
    item: str | None = None


class NumberColumn(Struct, frozen=True, eq=False, dict=True):
    """A column of exact numbers.

    Parameters
    ----------
    decimals : Decimals or None
        (N,); 0 where missing. None where they don't fit: see `exact`.
    missing : (N,) bool
    wide : Rationals or None
        (N,); the figures, where `decimals` is None. 0 where missing.
    """

    decimals: Decimals | None
    missing: Truths
    wide: Rationals | None = None

    @classmethod
    def of_fractions(cls, figures: Sequence[Fraction], missing: Truths) -> NumberColumn:
        """Return a column of `figures`, 0 where missing: decimals if they fit."""
        decimals = Decimals.from_fractions(figures)
        wide = Rationals.sharing(figures) if decimals is None else None
        return cls(decimals, missing, wide)

    def __len__(self) -> int:
        return len(self.missing)

    def floats(self) -> Floats:
        """Return the nearest floats: (N,) float64, NaN where missing; not to be written to."""
        return self._nearest[0]

    def float_error(self) -> Floats:
        """Return how far :meth:`floats` may be from the exact figures: (N,) float64, >= 0."""
        return self._nearest[1]

    @cached_property
    def _nearest(self) -> tuple[Floats, Floats]:
        # Kept: a table is divided many times.
        figures = self._figures
        values, errors = figures.floats(), figures.float_error()
        values[self.missing] = np.nan
        values.flags.writeable = errors.flags.writeable = False
        return values, errors

    @property
    def _figures(self) -> Decimals | Rationals:
        figures = self.wide if self.decimals is None else self.decimals
        assert figures is not None
        return figures

    def exact(self, indices: Indices | None = None) -> Rationals:
        """Return the exact figures, all or those at `indices`; 0 where missing."""
        figures = self._figures if indices is None else self._figures.take(indices)
        return figures if isinstance(figures, Rationals) else Rationals.from_decimals(figures)

    def fractions(self, indices: Indices | Sequence[int] | None = None) -> list[Fraction | None]:
        """Return the exact figures, all or those at `indices`; None where missing."""
        chosen = np.arange(len(self)) if indices is None else np.asarray(indices, dtype=np.intp)
        figures = self._figures.take(chosen).fractions()
        absent = self.missing[chosen].tolist()
        return [None if gone else figure for figure, gone in zip(figures, absent, strict=True)]

    def total(self, indices: Indices | None = None) -> Fraction:
        """Return the sum of all figures, or of those at `indices`; a missing one adds nothing."""
        if self.decimals is not None:
            chosen = self.decimals if indices is None else self.decimals.take(indices)
            total = chosen.sum()
            if total is not None:
                return total.fractions()[0]
        figures = self.exact(indices)
        if isinstance(figures.denominators, int):
            return figures.sum()
        return sum(figures.fractions(), Fraction(0))

    def scaled(self, factor: Fraction) -> NumberColumn:
        """Return the same figures in another unit: each times `factor`, exactly."""
        if factor == 1:
            return self
        by = Decimals.from_fractions([factor])
        if self.decimals is not None and by is not None:
            decimals = self.decimals.multiply(by)
            if decimals is not None:
                return NumberColumn(decimals, self.missing)
        exact = [(figure or Fraction(0)) * factor for figure in self.fractions()]
        return NumberColumn.of_fractions(exact, self.missing)

    def beyond(self, bound: Fraction, side: Literal["below", "above"]) -> Indices:
        """Return the districts whose figure is below, or above, `bound`."""
        sign = -1 if side == "below" else 1
        limit = Decimals.from_fractions([bound])
        if self.decimals is not None and limit is not None:
            signs = self.decimals.compare(limit)
        else:
            signs = self.exact().sign_of_difference(bound)
        return np.flatnonzero((signs == sign) & ~self.missing)

    def equal_to(self, value: Fraction) -> list[int]:
        """Return the districts whose figure is `value`."""
        there = ~self.missing
        there[self.beyond(value, "below")] = False
        there[self.beyond(value, "above")] = False
        return [int(row) for row in np.flatnonzero(there)]


class TextColumn(Struct, frozen=True, eq=False):
    """A column of categories.

    Parameters
    ----------
    codes : (N,) int32
        Index into `categories`; -1 where missing.
    categories : tuple of str
        The different texts, in order of first appearance, in composed form (NFC).
    """

    codes: NDArray[np.int32]
    categories: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def missing(self) -> Truths:
        """Where the cell is missing: (N,) bool."""
        return np.asarray(self.codes < 0)

    def texts(self) -> list[str | None]:
        """Return the texts; None where missing."""
        labels = (*self.categories, None)
        return [labels[code] for code in self.codes.tolist()]


class BooleanColumn(Struct, frozen=True, eq=False):
    """A column of yes and no.

    Parameters
    ----------
    values : (N,) bool
        False where missing.
    missing : (N,) bool
    """

    values: Truths
    missing: Truths

    def __len__(self) -> int:
        return len(self.values)


Column = NumberColumn | TextColumn | BooleanColumn


class CellFault(Struct, frozen=True):
    """What is wrong with the cells of one column that share a cause.

    Parameters
    ----------
    code : str
        Of the message, without its family.
    rows : tuple of int
        The districts, ascending.
    values : dict
        What the message needs besides the place, the district and the cell's text.
    """

    code: str
    rows: tuple[int, ...]
    values: dict[str, object]


Respelt = dict[int, str]
"""Districts whose figure was written for people, with the plain figure it was read as."""


def read_column(texts: Sequence[str], spec: InputSpec) -> tuple[Column, list[CellFault], Respelt]:
    """Read a column of texts as `spec` asks.

    Parameters
    ----------
    texts : (N,) sequence of str
        Stripped of outer space.
    spec : InputSpec

    Returns
    -------
    column : Column
        Missing where a cell is at fault.
    faults : list of CellFault
    respelt : dict of int to str
    """
    if spec.kind == "number":
        return _numbers(texts, spec)
    column, faults = (_categories if spec.kind == "text" else _booleans)(texts, spec)
    return column, faults, {}


def _numbers(
    texts: Sequence[str], spec: InputSpec
) -> tuple[NumberColumn, list[CellFault], Respelt]:
    from transfers.districts.numbers import common_decimals, common_rationals, plain_numbers

    numbers = plain_numbers(texts)
    rest = np.flatnonzero(~numbers.plain)
    read = texts_at(texts, rest)
    plain_of: dict[str, str] = {}
    meaning = {text: _number(text, spec, plain_of) for text in set(read)}
    blank = {text for text, value in meaning.items() if value == "missing"}
    blanks = np.fromiter(map(blank.__contains__, read), dtype=np.bool_, count=len(rest))
    missing = np.zeros(len(texts), dtype=np.bool_)
    missing[rest[blanks]] = True
    others: dict[int, Fraction] = {}
    unread: list[int] = []
    respelt: Respelt = {}
    for position in np.flatnonzero(~blanks).tolist():
        row, text = int(rest[position]), read[position]
        value = meaning[text]
        if isinstance(value, Fraction):
            others[row] = value
            if text in plain_of:
                respelt[row] = plain_of[text]
        else:
            missing[row] = True
            unread.append(row)
    decimals = common_decimals(numbers, others)
    wide = None if decimals is not None else common_rationals(numbers, others)
    column = NumberColumn(decimals, missing, wide).scaled(spec.factor)
    faults = _unread_numbers(texts, unread)
    if spec.minimum is not None:
        rows = column.beyond(spec.minimum, "below").tolist()
        faults += _fault("below_minimum", rows, limit=format_decimal(spec.minimum))
    if spec.maximum is not None:
        rows = column.beyond(spec.maximum, "above").tolist()
        faults += _fault("above_maximum", rows, limit=format_decimal(spec.maximum))
    return column, faults, respelt


def _number(
    text: str, spec: InputSpec, plain_of: dict[str, str]
) -> Fraction | Literal["missing", "unread"]:
    """Return what a cell of a column of numbers stands for; note a plain spelling it stands for."""
    if text in DASHES and spec.nil == "zero":
        return Fraction(0)
    if text in _MISSING_NUMBERS:
        # A default is in the declared unit, figures of the table in the table's.
        return "missing" if spec.default is None else Fraction(spec.default) / spec.factor
    value = parse_decimal(text)
    if value is None:
        from transfers.districts.spelling import plain_spelling

        plain = plain_spelling(text)
        if plain is None:
            return "unread"
        plain_of[text] = text = plain
        value = parse_decimal(plain)
        assert value is not None
    if text.endswith("%"):
        return "unread" if spec.percent is None else value * spec.percent
    return value


def _unread_numbers(texts: Sequence[str], rows: Sequence[int]) -> list[CellFault]:
    """Sort the cells that are no numbers by what their author can do about it."""
    from transfers.districts.spelling import unread_code, words_instead

    if listed := words_instead(texts, rows):
        return _fault("texts_for_numbers", rows[:1], count=len(rows), words=listed)
    each = [CellFault(unread_code(texts[row]), (row,), {}) for row in rows[:MOST_TOLD]]
    return each + _fault("not_a_number", rows[MOST_TOLD:])


def _categories(texts: Sequence[str], spec: InputSpec) -> tuple[TextColumn, list[CellFault]]:
    from unicodedata import normalize

    texts = texts_at(texts)
    code_of: dict[str, int] = {}
    code_of_text: dict[str, int] = {}
    for text in dict.fromkeys(texts):
        label: str | None = normalize("NFC", text)
        if label in MISSING_MARKS:
            label = None if spec.default is None else str(spec.default)
        code_of_text[text] = -1 if label is None else code_of.setdefault(label, len(code_of))
    codes = np.fromiter(map(code_of_text.__getitem__, texts), dtype=np.int32, count=len(texts))
    faults: list[CellFault] = []
    if spec.allowed is not None:
        allowed = {normalize("NFC", value) for value in spec.allowed}
        if isinstance(spec.default, str):
            allowed.add(spec.default)
        wrong = [code for label, code in code_of.items() if label not in allowed]
        rows = np.flatnonzero(np.isin(codes, wrong)).tolist() if wrong else []
        faults += _fault("not_allowed", rows, allowed=", ".join(spec.allowed))
    return TextColumn(codes, tuple(code_of)), faults


def _booleans(texts: Sequence[str], spec: InputSpec) -> tuple[BooleanColumn, list[CellFault]]:
    values = np.zeros(len(texts), dtype=np.bool_)
    missing = np.zeros(len(texts), dtype=np.bool_)
    unread: list[int] = []
    for row, text in enumerate(texts):
        word = text.casefold()
        if word in _TRUE:
            values[row] = True
        elif word in _FALSE:
            continue
        elif text not in _MISSING_NUMBERS:
            missing[row] = True
            unread.append(row)
        elif spec.default is None:
            missing[row] = True
        else:
            values[row] = bool(spec.default)
    return BooleanColumn(values, missing), list(_fault("not_boolean", unread))


def _fault(code: str, rows: Iterable[int], **values: object) -> list[CellFault]:
    found = tuple(rows)
    return [CellFault(code, found, values)] if found else []
