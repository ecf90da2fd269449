"""A json file: the rows with unspent money, accounts, balance, findings and their origin."""

from __future__ import annotations

from typing import Any

from transfers.allocation import Allocation
from transfers.arithmetic.decimals import fixed_decimal
from transfers.output.accounts import plain_accounts, plain_balance
from transfers.output.columns import data_columns
from transfers.output.json_text import Written, json_of, plain_rows
from transfers.output.origin import plain_origin
from transfers.output.view_of_measures import measures_data
from transfers.output.view_of_rules import rules_data


def json_bytes(allocation: Allocation, language: str) -> bytes:
    """Return the allocation as JSON; amounts are numbers, exact to their last digit."""
    money = allocation.policy.money
    document: dict[str, Any] = {
        "policy": allocation.policy.id,
        "title": allocation.policy.title,
        "year": allocation.policy.document.model.year,
        "money": {
            "currency": money.currency,
            "unit": money.unit,
            "quantum": Written(fixed_decimal(money.quantum, money.places)),
        },
        **plain_origin(allocation.policy, allocation, language),
        "status": allocation.status,
        "rows": plain_rows(data_columns(allocation)),
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


def _figures(entry: dict[str, Any]) -> dict[str, Any]:
    """Return an account or a line of the balance with its figures as numbers."""
    words = ("name", "title", "code")
    return {key: value if key in words else Written(value) for key, value in entry.items()}
