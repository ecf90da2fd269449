"""Data files of a sweep, written while it runs: every district of every scenario, in long form.

``scenario,<paths>,status,key,<grants>,total``: scenarios from 1; a scenario that is not done has
one row, without key and amounts. Beside it ``<name>.scenarios.csv``: a row for each scenario.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import repeat
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from scenarios.running.chunk import Chunk
from scenarios.sweeping.against import limits_of
from scenarios.sweeping.designs import Row
from scenarios.sweeping.source import Bound
from scenarios.sweeping.swept import Prepared, Swept
from transfers.arithmetic.decimals import decimal_places, format_decimal
from transfers.batch import RULE_STATUSES
from transfers.output.columns import decimal_of, mantissa_of
from transfers.written import kept_text

Ints = NDArray[np.int64]

LINE = "\r\n"

_PLACES = 6
"""Decimals of measures and margins."""


def header(prepared: Prepared) -> list[str]:
    """Return the columns of a data file."""
    grants = [rule.name for rule in prepared.source.setting.policy.grants]
    return ["scenario", *prepared.source.paths, "status", "key", *grants, "total"]


class CsvRows:
    """Writes every district of every scenario as csv, in UTF-8 with a byte order mark."""

    def __init__(self, prepared: Prepared, file: IO[bytes], language: str = "") -> None:
        setting = prepared.source.setting
        self.source, self.file = prepared.source, file
        self.grants = [rule.name for rule in setting.policy.grants]
        self.keys = [csv_cell(kept_text(key)) for key in setting.districts.keys]
        self.write = money_texts(prepared)
        self.changes = [bound.way.whole == "each" for bound in self.source.bound]
        names = (csv_cell(kept_text(name)) for name in header(prepared))
        file.write((",".join(names) + LINE).encode("utf-8-sig"))

    def take(self, chunk: Chunk) -> None:
        """Write a block of scenarios."""
        rows = self.source.design.rows(chunk.start, chunk.stop)
        lines: list[str] = []
        for place, row in enumerate(rows):
            if chunk.done[place]:
                lines += self._lines(chunk, place, row)
            else:
                values = (self._value(n, value) for n, value in enumerate(row))
                start = [str(chunk.start + place + 1), *values, chunk.status(place)]
                lines.append(",".join([*start, "", *repeat("", len(self.grants)), ""]))
        self.file.write("".join(line + LINE for line in lines).encode())

    def _lines(self, chunk: Chunk, place: int, row: Row) -> Iterator[str]:
        """Yield the lines of a scenario that is done."""
        amounts = [chunk.amounts[grant][place] for grant in self.grants]
        columns = [self.write(column) for column in (*amounts, chunk.total[place])]
        number, status = str(chunk.start + place + 1), chunk.status(place)
        if not any(self.changes):
            before = ",".join([number, *(self._value(n, v) for n, v in enumerate(row)), status])
            for cells in zip(self.keys, *columns, strict=True):
                yield f"{before},{','.join(cells)}"
            return
        count = len(self.keys)
        values = [self._values(n, value, count) for n, value in enumerate(row)]
        first, then = repeat(number, count), repeat(status, count)
        for cells in zip(first, *values, then, self.keys, *columns, strict=True):
            yield ",".join(cells)

    def _value(self, n: int, value: Any) -> str:
        """Write the value of a path; of figures that move by themselves nothing."""
        return "" if self.changes[n] else csv_cell(value_cell(value))

    def _values(self, n: int, value: Any, count: int) -> Sequence[str]:
        """Write the value of a path for every district."""
        if not self.changes[n]:
            return list(repeat(self._value(n, value), count))
        if len(value) != count:
            return list(repeat("", count))  # figures by item have no room in a row
        return [decimal_of(change, self.source.digits, False) for change in value.tolist()]

    def close(self, swept: Swept) -> None:
        """Write what stands at the end: nothing."""


def value_cell(value: Any) -> str:
    """Write a value for a program."""
    return kept_text(value) if isinstance(value, str) else format_decimal(value)


def csv_cell(text: str) -> str:
    """Quote a cell where csv wants it.

    >>> csv_cell("a"), csv_cell("a,b")
    ('a', '"a,b"')
    """
    if not any(sign in text for sign in ',"\r\n'):
        return text
    return '"' + text.replace('"', '""') + '"'


def money_texts(prepared: Prepared) -> Callable[[Ints], list[str]]:
    """Return what writes amounts in units of money."""
    money = prepared.source.setting.policy.money
    each = mantissa_of(money.quantum, money.places)
    if each == 1 and not money.places:
        return lambda amounts: list(map(str, amounts.tolist()))
    places = money.places
    return lambda amounts: [decimal_of(amount * each, places) for amount in amounts.tolist()]


class ScenarioRows:
    """Writes a row for each scenario: ``scenario,<paths>,status,total,losers,winners,...``.

    Then the measures of the study, and for each rule its status and its margin.
    """

    def __init__(self, prepared: Prepared, file: IO[bytes], language: str = "") -> None:
        self.prepared, self.file = prepared, file
        self.compared = prepared.compared.total
        self.write = money_texts(prepared)
        self.rules = list(prepared.unmoved.chunk.rules)
        self.measures = list(prepared.unmoved.chunk.measures)
        rules = [name for rule in self.rules for name in (rule, f"{rule}.margin")]
        counts = ["status", "total", "losers", "winners"]
        names = ["scenario", *prepared.source.paths, *counts, *self.measures, *rules]
        file.write((",".join(csv_cell(kept_text(n)) for n in names) + LINE).encode("utf-8-sig"))

    def take(self, chunk: Chunk) -> None:
        """Write a block of scenarios."""
        values = self.prepared.source.values(chunk.start, chunk.stop)
        lines = []
        for place, row in enumerate(values):
            cells = [str(chunk.start + place + 1), *map(value_cell, row), chunk.status(place)]
            cells += self._counts(chunk, place)
            cells += [figure_cell(chunk.measures[name][place]) for name in self.measures]
            for rule in self.rules:
                ruled = chunk.rules[rule]
                code = int(ruled.codes[place])
                cells.append("" if code < 0 else RULE_STATUSES[code])
                cells.append(figure_cell(ruled.margins[place] if ruled.margins else None))
            lines.append(",".join(map(csv_cell, cells)) + LINE)
        self.file.write("".join(lines).encode())

    def _counts(self, chunk: Chunk, place: int) -> list[str]:
        if not chunk.done[place]:
            return ["", "", ""]
        total = chunk.total[place]
        cells = self.write(np.array([total.sum()]))
        limits = limits_of(chunk, self.compared)
        if limits is None or not limits.known[place]:
            return [*cells, "", ""]
        against = limits.total[place if len(limits.total) > 1 else 0]
        return [*cells, str(int((total < against).sum())), str(int((total > against).sum()))]

    def close(self, swept: Swept) -> None:
        """Write what stands at the end: nothing."""


def figure_cell(figure: Fraction | None) -> str:
    """Write a figure with six decimals at most; "" for none."""
    return "" if figure is None else decimal_of(mantissa_of(figure, _PLACES), _PLACES, False)


class ParquetRows:
    """Writes every district of every scenario as parquet, block after block."""

    def __init__(self, prepared: Prepared, file: IO[bytes], language: str = "") -> None:
        import pyarrow as pa
        from pyarrow import parquet

        self.pa = pa
        self.source = prepared.source
        setting = prepared.source.setting
        self.grants = [rule.name for rule in setting.policy.grants]
        self.keys = pa.array(list(setting.districts.keys), type=pa.string())
        self.money = setting.policy.money
        self.places = [_places_of(bound, self.source.digits) for bound in self.source.bound]
        kinds = [pa.string() if p is None else pa.decimal128(38, p) for p in self.places]
        amount = pa.decimal128(38, self.money.places) if self.money.places else pa.int64()
        types = [pa.int64(), *kinds, pa.string(), pa.string(), *[amount] * (len(self.grants) + 1)]
        study = prepared.study
        told = {
            "study": study.id,
            "title": study.title,
            "currency": self.money.currency,
            "unit": self.money.unit,
        }
        fields = [pa.field(n, t) for n, t in zip(header(prepared), types, strict=True)]
        self.schema = pa.schema(fields, metadata=told)
        self.writer = parquet.ParquetWriter(file, self.schema)

    def take(self, chunk: Chunk) -> None:
        """Write a block of scenarios."""
        pa = self.pa
        count, done = len(self.keys), chunk.done
        counts = np.where(done, count, 1)
        scenario = np.repeat(np.arange(len(chunk)), counts)
        within = np.arange(len(scenario)) - np.repeat(np.cumsum(counts) - counts, counts)
        absent = ~done[scenario]
        keys = pa.array(within, mask=absent, type=pa.int64())
        statuses = pa.array([chunk.status(row) for row in range(len(chunk))], type=pa.string())
        rows = self.source.design.rows(chunk.start, chunk.stop)
        columns = [pa.array(scenario + chunk.start + 1, type=pa.int64())]
        for n, places in enumerate(self.places):
            columns.append(self._values([row[n] for row in rows], places, scenario, within, absent))
        columns += [statuses.take(pa.array(scenario)), self.keys.take(keys)]
        for amounts in (*(chunk.amounts[g] for g in self.grants), chunk.total):
            columns.append(self._amounts(amounts[scenario, np.where(absent, 0, within)], absent))
        self.writer.write_table(pa.Table.from_arrays(columns, schema=self.schema))

    def _values(
        self, values: list[Any], places: int | None, scenario: Ints, within: Ints, absent: Any
    ) -> Any:
        """Return the values of one path, a row for each district."""
        pa = self.pa
        if any(isinstance(value, np.ndarray) for value in values):
            changes = np.array(values)
            if changes.shape[1] != len(self.keys):
                return pa.nulls(len(scenario), pa.decimal128(38, places))
            return self._decimals(changes[scenario, np.where(absent, 0, within)], places, absent)
        if places is None:
            texts = [None if value == "" else value_cell(value) for value in values]
            return pa.array(texts, type=pa.string()).take(pa.array(scenario))
        from decimal import Decimal

        numbers = [None if value == "" else Decimal(format_decimal(value)) for value in values]
        return pa.array(numbers, type=pa.decimal128(38, places)).take(pa.array(scenario))

    def _amounts(self, quanta: Ints, absent: Any) -> Any:
        each = mantissa_of(self.money.quantum, self.money.places)
        if not self.money.places:
            return self.pa.array(quanta * each, mask=absent)
        return self._decimals(quanta * each, self.money.places, absent)

    def _decimals(self, mantissas: Ints, places: int | None, absent: Any) -> Any:
        """Return decimals of 128 bits: their whole numbers, the sign in the upper half."""
        pa = self.pa
        words = np.stack([mantissas, mantissas >> 63], axis=1)
        valid = np.packbits(~absent, bitorder="little")
        buffers = [pa.py_buffer(valid), pa.py_buffer(np.ascontiguousarray(words))]
        kind = pa.decimal128(38, places)
        return pa.Array.from_buffers(kind, len(mantissas), buffers)

    def close(self, swept: Swept) -> None:
        """Write what stands at the end of the file."""
        self.writer.close()


def _places_of(bound: Bound, digits: int) -> int | None:
    """Return the decimals of what varies; None where it may be a text."""
    way = bound.way
    if way.drawn:
        return digits
    needed = 0
    for value in way.values:
        places = None if isinstance(value, str) else decimal_places(value)
        if places is None:
            return None
        needed = max(needed, places)
    return needed
