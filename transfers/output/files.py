"""Data files for programs: csv and json, written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import Any

from transfers.allocation import Allocation
from transfers.arithmetic.decimals import decimal_places, fixed_decimal

MOST_DIGITS = 6


def write_allocation(allocation: Allocation, path: str, language: str) -> None:
    """Write an allocation to a file; its ending picks the format.

    Raises
    ------
    ValueError
        For an ending that names no format.
    OSError
        Where the file cannot be written; an old file stays as it was.
    """
    formats: dict[str, Callable[[Allocation, str], str]] = {".csv": csv_text, ".json": json_text}
    ending = Path(path).suffix.lower()
    if ending not in formats:
        raise ValueError(ending)
    text = formats[ending](allocation, language)
    encoding = "utf-8-sig" if ending == ".csv" else "utf-8"
    write_whole(path, text.encode(encoding))


def write_whole(path: str, content: bytes) -> None:
    """Write a file so that readers see the old one or the new one, never a part."""
    target = Path(path)
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, target)
    except OSError as error:
        raise OSError(error.errno, error.strerror, path) from None
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()


def number_text(figure: Fraction, digits: int | None = None) -> str:
    """Write a figure for a program: plain, exact where six decimals do, else rounded to them.

    >>> number_text(Fraction(1, 8)), number_text(Fraction(1, 3)), number_text(Fraction(7))
    ('0.125', '0.333333', '7')
    """
    places = decimal_places(figure)
    if digits is not None:
        places = digits
    elif places is None or places > MOST_DIGITS:
        places = MOST_DIGITS
    return fixed_decimal(figure, places)


def _columns(allocation: Allocation) -> dict[str, list[str]]:
    """Return the columns of a data file as texts; "" where a figure is missing."""
    money = allocation.policy.money
    columns: dict[str, list[str]] = {
        "key": list(allocation.keys),
        "name": list(allocation.districts.names),
    }
    for name, amounts in allocation.amounts.items():
        columns[name] = [money.format_quanta(q) for q in amounts.tolist()]
    for rule in allocation.policy.outputs:
        columns[rule.name] = [_cell(c, rule.digits) for c in allocation.outputs[rule.name]]
    columns["total"] = [money.format_quanta(q) for q in allocation.total.tolist()]
    return columns


def _cell(cell: object, digits: int | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Fraction):
        return number_text(cell, digits)
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def csv_text(allocation: Allocation, language: str) -> str:
    """Return ``key,name,<grants>,<outputs>,total`` in money units, in the order of the table."""
    import csv
    import io

    columns = _columns(allocation)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return buffer.getvalue()


def json_text(allocation: Allocation, language: str) -> str:
    """Return the rows with unspent money, findings and what they were computed from.

    Amounts are numbers, exact to their last digit.
    """
    import json

    money = allocation.policy.money
    columns = _columns(allocation)
    texts = {"key", "name"}
    texts |= {n for n, column in allocation.outputs.items() if not _is_numeric(column)}
    rows = [
        {
            name: cell if name in texts else _Literal(cell)
            for name, cell in zip(columns, row, strict=True)
        }
        for row in zip(*columns.values(), strict=True)
    ]
    document: dict[str, Any] = {
        "policy": allocation.policy.id,
        "title": allocation.policy.title,
        "year": allocation.policy.document.model.year,
        "money": {
            "currency": money.currency,
            "unit": money.unit,
            "quantum": _Literal(number_text(money.quantum, money.places)),
        },
        "table_sha256": allocation.districts.sha256,
        "status": allocation.status,
        "rows": rows,
        "unspent": {n: _Literal(money.format_quanta(q)) for n, q in allocation.unspent.items()},
        "findings": [finding.to_dict(language) for finding in allocation.findings],
    }
    return _encoded(document, json.dumps, 0) + "\n"


def _is_numeric(column: list[Any]) -> bool:
    return all(cell is None or isinstance(cell, Fraction) for cell in column)


class _Literal(str):
    """A number already written; an empty one is null."""


def _encoded(value: Any, dumps: Callable[..., str], depth: int) -> str:
    """Encode data as JSON with numbers exactly as they are written."""
    inner, outer = "  " * (depth + 1), "  " * depth
    if isinstance(value, _Literal):
        return str(value) or "null"
    if isinstance(value, dict) and value:
        parts = [
            f"{inner}{dumps(str(k), ensure_ascii=False)}: {_encoded(v, dumps, depth + 1)}"
            for k, v in value.items()
        ]
        return "{\n" + ",\n".join(parts) + f"\n{outer}}}"
    if isinstance(value, list) and value:
        parts = [inner + _encoded(item, dumps, depth + 1) for item in value]
        return "[\n" + ",\n".join(parts) + f"\n{outer}]"
    return dumps(value, ensure_ascii=False)
