"""A csv file: for programs, and safe to open in a spreadsheet."""

from __future__ import annotations

from transfers.allocation import Allocation
from transfers.output.columns import DataColumn, data_columns
from transfers.written import kept_text


def csv_bytes(allocation: Allocation, language: str) -> bytes:
    """Return the columns of an allocation as csv."""
    return csv_of(data_columns(allocation))


def csv_of(columns: list[DataColumn]) -> bytes:
    """Return columns in UTF-8 with a byte order mark, without which Excel garbles Chinese.

    A text that a spreadsheet would take for a formula begins with an apostrophe
    (:func:`transfers.written.kept_text`).
    """
    import csv
    import io

    texts = [
        [kept_text(cell) for cell in column.texts()] if column.kind == "text" else column.texts()
        for column in columns
    ]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(kept_text(column.name) for column in columns)
    writer.writerows(zip(*texts, strict=True))
    return buffer.getvalue().encode("utf-8-sig")
