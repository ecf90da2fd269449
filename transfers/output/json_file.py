"""A json file: the rows with unspent money, accounts, balance, findings and their origin."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from transfers import messages
from transfers.allocation import Allocation
from transfers.arithmetic.decimals import fixed_decimal
from transfers.explain.changes import figure_changes
from transfers.output.accounts import plain_accounts, plain_balance
from transfers.output.columns import MOST_PLACES, data_columns, decimal_of, mantissa_of
from transfers.output.json_text import Written, json_of
from transfers.output.view_of_measures import measures_data
from transfers.output.view_of_rules import rules_data


def json_bytes(allocation: Allocation, language: str) -> bytes:
    """Return the allocation as JSON; amounts are numbers, exact to their last digit."""
    money = allocation.policy.money
    columns = data_columns(allocation)
    cells = [
        [Written(text) for text in column.texts()] if column.kind == "number" else column.cells
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
            "quantum": Written(fixed_decimal(money.quantum, money.places)),
        },
        "table_sha256": allocation.districts.sha256,
        "files": [
            {"file": PurePath(file).name, "sha256": sha256}
            for file, sha256 in allocation.districts.files
        ],
        **_figures_changed(allocation, language),
        **_above(allocation),
        "status": allocation.status,
        "rows": [dict(zip(names, row, strict=True)) for row in zip(*cells, strict=True)],
        "unspent": {n: Written(money.format_quanta(q)) for n, q in allocation.unspent.items()},
        "uncollected": {
            n: Written(money.format_quanta(q)) for n, q in allocation.uncollected.items()
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
    return json_of(document)


def _figures_changed(allocation: Allocation, language: str) -> dict[str, list[str]]:
    """Return which figures are not those of the files; nothing where all are."""
    said = [messages.text(p.code, language, **p.values) for p in figure_changes(allocation)]
    return {"figures_changed": said} if said else {}


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
    told["files"] = [{"file": PurePath(file).name, "sha256": digest} for file, digest in above.read]
    return {"upstream": {**told, "figures": {n: Written(t) for n, t in figures.items()}}}


def _figures(entry: dict[str, Any]) -> dict[str, Any]:
    """Return an account or a line of the balance with its figures as numbers."""
    words = ("name", "title", "code")
    return {key: value if key in words else Written(value) for key, value in entry.items()}
