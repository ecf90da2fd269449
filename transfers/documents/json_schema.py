"""The JSON Schema of the policy document, from which editors complete, explain and check it.

Made of the keys in :mod:`transfers.documents.models`, the words of ``reference_keys`` and
``reference_choices`` and the conditions of ``schema_rules``; written by ``transfers schema``.
Not imported when the engine runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

from transfers.documents import described, fields, model_lists, models, schema_rules
from transfers.documents.described import DESCRIPTIONS
from transfers.documents.keys import Key, Part
from transfers.documents.promises import PROMISES
from transfers.documents.reference_page import POLICY
from transfers.documents.rules_payer import NO_NAMES
from transfers.documents.schema_writer import (
    SCALAR,
    Schema,
    Writer,
    file_text,
    languages_of,
    reference_to,
)
from transfers.messages import text

_LONG_FORM: Final = ("value", "file", *sorted(DESCRIPTIONS))
"""Keys by which a mapping is a parameter spelt out, and not itself the table."""


def policy_schema(language: str | None = None) -> Schema:
    """Return the schema of the policy document.

    Parameters
    ----------
    language : {"zh", "en"}, optional
        Of the explanations; None for both, Chinese first.
    """
    return _PolicyWriter(languages_of(language)).schema()


def schema_text(language: str | None = None) -> str:
    """Return the schema as the text of a file."""
    return file_text(policy_schema(language))


class _PolicyWriter(Writer):
    """Writes the schema of the policy document."""

    document = models.PolicyDocument
    reference = POLICY
    not_written = (described.Described, model_lists.Figures, models.Division)
    conditions = schema_rules.CONDITIONS
    of_key = schema_rules.OF_KEY
    messages_of_key: ClassVar[Mapping[str, str]] = {"PolicyDocument.policy": "policy_id"}
    names_in: ClassVar[Mapping[str, str]] = {
        "PolicyDocument.grants": "column_name",
        "PolicyDocument.outputs": "column_name",
        "PolicyDocument.reserves": "reserve_name",
        "PolicyDocument.promises": "promise_name",
        "PolicyDocument.waive": "promise_name",
        "Grant.waive": "built_in_promise",
    }

    def short_or_long(self, part: type[Part]) -> Schema:
        """Return a part as a document may write it; parameters and lists have ways of their own."""
        spelt = reference_to(part.__name__)
        if part is models.Parameter:
            # A mapping without values is one being typed: an editor then proposes the keys.
            begun = {"additionalProperties": {"type": "null"}}
            is_long = {"anyOf": [*({"required": [key]} for key in _LONG_FORM), begun]}
            return {
                "if": {"type": ["object", "null"], **is_long},
                "then": spelt,
                "else": reference_to("bare_value"),
            }
        if part is model_lists.ItemTable:
            return {"anyOf": [spelt, schema_rules.LISTED_KEYS]}
        return super().short_or_long(part)

    def container(self, name: str, key: Key, item: Schema) -> Schema:
        """Return a list, a mapping or a pair; of promises those that are built in by name."""
        whole = super().container(name, key, item)
        if not key.listed or key.of is None or key.of.part is None:
            return whole
        spelt, about = reference_to(key.of.part.__name__), self.about(key.of.part)
        stated = {"allOf": [spelt, schema_rules.OWN_PROMISE]}
        whole["additionalProperties"] = {
            **about,
            "anyOf": [self.in_short(key.of.part), stated],
        }
        whole["properties"] = {
            promise: {
                "title": title,
                "description": says,
                "anyOf": [
                    {"type": "null"},
                    {"allOf": [spelt, schema_rules.built_in_promise(promise)]},
                ],
            }
            for promise, (title, says) in self.promises().items()
        }
        names = {"type": "array", "items": reference_to("built_in_promise"), "uniqueItems": True}
        return {"anyOf": [whole, names]}

    def promises(self) -> dict[str, tuple[str, str]]:
        """Return of every built-in promise its title and what it says."""
        return {
            name: (
                " / ".join(text(f"promises.{name}", each) for each in self.languages),
                "\n".join(text(f"promises.{name}_says", each) for each in self.languages),
            )
            for name in PROMISES
        }

    def in_short(self, part: type[Part]) -> Schema:
        """Return what a bare text may be that stands for a part."""
        short = super().in_short(part)
        return schema_rules.without_column(short) if part is models.Rounding else short

    def values(self) -> Schema:
        """Return the definitions that are no parts: names, and what a parameter may be."""
        promises = self.promises()
        explained = [": ".join(words) for words in promises.values()]
        built_in = {"enum": [*promises], "enumDescriptions": explained}
        own = {**self.name(frozenset()), "patternErrorMessage": self.said("promise_name")}
        return {
            **super().values(),
            "column_name": self.name(fields.RESERVED | {"name"}),
            "reserve_name": self.name(fields.RESERVED | {*NO_NAMES}),
            "built_in_promise": built_in,
            "promise_name": {"anyOf": [reference_to("built_in_promise"), own]},
            "number": self.number(),
            "scalar": {
                "type": [*SCALAR],
                "pattern": schema_rules.NUMBER_OR_TEXT,
                "patternErrorMessage": self.said("scalar"),
            },
            "table": schema_rules.table(reference_to("number")),
            "lines": schema_rules.lines(reference_to("number")),
            "table_of_lines": schema_rules.lines_by_category(reference_to("lines")),
            "value": {
                "anyOf": [
                    reference_to(kind) for kind in ("scalar", "table", "lines", "table_of_lines")
                ]
            },
            "bare_value": {
                "title": self.said("value").replace("\n", " / "),
                "anyOf": [
                    reference_to("scalar"),
                    *(
                        {"allOf": [reference_to(kind), schema_rules.without_keys(_LONG_FORM)]}
                        for kind in ("table", "table_of_lines")
                    ),
                    reference_to("lines"),
                ],
            },
        }
