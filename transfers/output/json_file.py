"""A json file: the rows with unspent money, accounts, balance, findings and their origin."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import Any

from transfers.allocation import Allocation
from transfers.arithmetic.decimals import fixed_decimal
from transfers.output.accounts import plain_accounts, plain_balance
from transfers.output.columns import MOST_PLACES, data_columns, decimal_of, mantissa_of
from transfers.output.view_of_measures import measures_data
from transfers.output.view_of_rules import rules_data


def json_bytes(allocation: Allocation, language: str) -> bytes:
    """Return the allocation as JSON; amounts are numbers, exact to their last digit."""
    import json

    money = allocation.policy.money
    columns = data_columns(allocation)
    cells = [
        [_Literal(text) for text in column.texts()] if column.kind == "number" else column.cells
        for column in columns
    ]
    names = [column.name for column in columns]
    document: dict[str, Any] = {
        "policy": allocation.policy.id,
        "title": allocation.policy.title,
        "year": allocation.policy.document.model.year,
        "money": {
            "currency": money.currency,
            "unit": money.unit,
            "quantum": _Literal(fixed_decimal(money.quantum, money.places)),
        },
        "table_sha256": allocation.districts.sha256,
        "files": [
            {"file": PurePath(file).name, "sha256": sha256}
            for file, sha256 in allocation.districts.files
        ],
        **_above(allocation),
        "status": allocation.status,
        "rows": [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)],
        "unspent": {n: _Literal(money.format_quanta(q)) for n, q in allocation.unspent.items()},
        "uncollected": {
            n: _Literal(money.format_quanta(q)) for n, q in allocation.uncollected.items()
        },
        "accounts": [_figures(account) for account in plain_accounts(allocation)],
        "balance": {
            side: [_figures(line) for line in lines]
            for side, lines in plain_balance(allocation).items()
        },
        "rules": rules_data(allocation, language),
        "measures": measures_data(allocation, language),
        "findings": [finding.to_dict(language) for finding in allocation.findings],
    }
    return (_encoded(document, json.dumps, 0) + "\n").encode()


def _above(allocation: Allocation) -> dict[str, Any]:
    """Return what came from the level above, and of which files; nothing where there is none."""
    above = allocation.policy.above
    if above is None:
        return {}
    figures = {
        name: decimal_of(mantissa_of(given.value, MOST_PLACES), MOST_PLACES, idle_zeros=False)
        for name, given in above.figures.items()
    }
    names = ("title", "file", "sha256", "table", "table_sha256", "key", "name")
    told = {name: getattr(above, name) for name in names}
    return {"upstream": {**told, "figures": {n: _Literal(t) for n, t in figures.items()}}}


class _Literal(str):
    """A number already written; an empty one is null."""


def _figures(entry: dict[str, Any]) -> dict[str, Any]:
    """Return an account or a line of the balance with its figures as numbers."""
    words = ("name", "title", "code")
    return {key: value if key in words else _Literal(value) for key, value in entry.items()}


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
