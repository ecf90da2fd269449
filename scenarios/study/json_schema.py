"""The JSON Schema of the study document, from which editors complete, explain and check it.

Made of the keys of the study's models and the words of ``reference_keys``; written by ``transfers
schema study``. Not imported when a study is read or run.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from scenarios.study import model
from scenarios.study.reference_page import STUDY
from transfers.documents.described import Described
from transfers.documents.schema_rules import POLICY_ID
from transfers.documents.schema_writer import (
    SCALAR,
    Schema,
    Writer,
    file_text,
    languages_of,
    reference_to,
)

_SCALAR: Schema = {"type": [*SCALAR], "minLength": 1}
_RANGE: Schema = {
    "type": "object",
    "properties": dict.fromkeys(("from", "to", "step"), reference_to("number")),
    "required": ["from", "to"],
    "additionalProperties": False,
}
_WAY: Schema = {"anyOf": [{"type": "array", "minItems": 1, "items": _SCALAR}, _RANGE]}
_WAYS: Schema = {
    "anyOf": [
        *_WAY["anyOf"],
        {
            "type": "object",
            "properties": {
                "each": {"anyOf": [_SCALAR, _RANGE]},
                "together": {"anyOf": [_SCALAR, *_WAY["anyOf"]]},
            },
            "minProperties": 1,
            "maxProperties": 1,
            "additionalProperties": False,
        },
    ]
}
"""What may stand behind a path that varies."""


def study_schema(language: str | None = None) -> Schema:
    """Return the schema of the study document.

    Parameters
    ----------
    language : {"zh", "en"}, optional
        Of the explanations; None for both, Chinese first.
    """
    return _StudyWriter(languages_of(language)).schema()


def schema_text(language: str | None = None) -> str:
    """Return the schema as the text of a file."""
    return file_text(study_schema(language))


class _StudyWriter(Writer):
    """Writes the schema of the study document."""

    document = model.StudyDocument
    reference = STUDY
    not_written = (Described,)
    conditions: ClassVar[Mapping[str, Schema]] = {
        "Sweep": {
            "anyOf": [{"required": ["vary"]}, {"required": ["rows"]}],
            "dependencies": {
                "rows": {
                    "properties": {
                        **dict.fromkeys(("sample", "indices", "table"), False),
                        "vary": {"maxProperties": 0},
                    }
                },
                "indices": ["sample"],
            },
        },
        "Years": {"not": {"required": ["until", "count"]}},
        "Optimise": {"oneOf": [{"required": ["minimise"]}, {"required": ["maximise"]}]},
    }
    of_key: ClassVar[Mapping[str, Schema]] = {
        "StudyDocument.study": {"pattern": POLICY_ID},
        "Sweep.vary": {"additionalProperties": _WAYS},
        "Optimise.pareto": {"minProperties": 2, "maxProperties": 2},
    }
    messages_of_key: ClassVar[Mapping[str, str]] = {"StudyDocument.study": "study_id"}
    names_in: ClassVar[Mapping[str, str]] = {
        **dict.fromkeys(
            (f"StudyDocument.{section}" for section in ("variants", "measures", "constraints")),
            "id",
        ),
        **dict.fromkeys(
            (
                *("Variant.changes", "Optimise.vary", "Optimise.subject_to", "Optimise.pareto"),
                "Members.merge",
            ),
            "",
        ),
        **dict.fromkeys(
            (f"YearsOfVariant.{section}" for section in ("changes", "members")), "year"
        ),
    }

    def values(self) -> dict[str, Any]:
        """Return the definitions that are no parts: ids and numbers."""
        return {
            "id": {
                "type": "string",
                "pattern": POLICY_ID,
                "patternErrorMessage": self.said("study_id"),
            },
            "number": self.number(),
            "year": {"type": "string", "pattern": "^[0-9]{4}$"},
        }
