"""Findings: what an allocation has to say about itself, as data with stable codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from transfers import messages
from transfers.errors import Place

Severity = Literal["error", "warning", "note"]


class Finding(Struct, frozen=True):
    """One thing worth saying about an allocation.

    Parameters
    ----------
    code : str
        Stable, such as ``allocation.floors_exceed_pool``.
    severity : "error", "warning" or "note"
        An error rejects the scenario, or a hard rule does not hold; a warning changed an amount, or
        tells of another rule that does not hold; a note is for the record.
    status : str
        ``broken``, ``adjusted`` or ``noted``; of a rule also ``unknown`` or ``not_applicable``.
    grant : str
        The grant or stage concerned.
    district : str, optional
        Key of the district concerned.
    value, limit, margin : str, optional
        What was found, what it is held against, and the difference, in the unit of money.
    where : Place
        The rule responsible.
    values : mapping
        The words of the message.
    """

    code: str
    severity: Severity
    status: str
    grant: str = ""
    district: str | None = None
    value: str | messages.Phrase | None = None
    limit: str | messages.Phrase | None = None
    margin: str | messages.Phrase | None = None
    where: Place = Place()
    values: Mapping[str, object] = field(default_factory=dict)

    def label(self, language: str) -> str:
        """Say in a word or two how much it matters."""
        family = "rules" if self.code.startswith("rules.") else "command"
        return messages.text(f"{family}.severity_{self.severity}", language)

    def message(self, language: str) -> str:
        """Say the finding in `language`."""
        return messages.text(self.code, language, **self.values)

    def to_dict(self, language: str) -> dict[str, object]:
        """Return the finding as plain data, without what it does not have."""
        plain = {
            "code": self.code,
            "severity": self.severity,
            "status": self.status,
            "grant": self.grant or None,
            "district": self.district,
            **{
                name: None if figure is None else messages.said(figure, language)
                for name, figure in (
                    ("value", self.value),
                    ("limit", self.limit),
                    ("margin", self.margin),
                )
            },
            "where": str(self.where) or None,
            "message": self.message(language),
        }
        return {key: value for key, value in plain.items() if value is not None}
