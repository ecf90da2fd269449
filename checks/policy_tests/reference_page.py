"""The page about the test document, zh and en, and its JSON Schema.

Made of the keys of its models; written by ``scripts/docs``. Not imported when tests are run.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from checks.policy_tests import model
from checks.policy_tests.reference_keys import CHOICES, NOTES, SAMPLES
from checks.policy_tests.reference_prose import AFTER, INTRODUCTION, OPENING, TITLE
from transfers.documents.described import Described
from transfers.documents.keys import Part
from transfers.documents.reference_examples import Both
from transfers.documents.reference_form import Reference, head, keys_section, sections
from transfers.documents.schema_rules import POLICY_ID
from transfers.documents.schema_writer import Schema, Writer, file_text, languages_of
from transfers.messages import LANGUAGES

PARTS: Final[dict[type[Part], tuple[str, Both]]] = {
    model.WholeDocument: ("", ("整个文件", "The whole document")),
    Described: ("", ("名称、依据、备注", "Title, source, note")),
    model.Example: ("tests.*", ("算例", "Tests")),
    model.Given: ("tests.*.given, given", ("已知", "What is given")),
    model.Expect: ("tests.*.expect", ("应得", "What is expected")),
    model.Statement: ("tests.*.expect.statements.*", ("判断", "Statements")),
}
"""Parts of the document in the order of the page: where each stands, and its heading."""

TESTS: Final = Reference(PARTS, SAMPLES, NOTES, CHOICES)
"""What there is to tell about the test document."""

EXAMPLE: Final = "examples/jiangmen/tests/worked_examples.yaml"


def pages(example: str) -> dict[str, str]:
    """Return the page in each language: its path below ``docs/policy_tests`` and its text.

    Parameters
    ----------
    example : str
        The text of the document that is shown.
    """
    return {f"{language}.md": _page(example, language) for language in LANGUAGES}


def _page(example: str, language: str) -> str:
    parts = head(TITLE, OPENING, language)
    parts += sections(INTRODUCTION, language)
    parts += keys_section(TESTS, language)
    parts += sections(AFTER, language)
    shown = f"<!-- shows {EXAMPLE} -->\n```yaml\n{example}```"
    return "\n\n".join(parts).replace("{example}", shown) + "\n"


def schema_text(language: str | None = None) -> str:
    """Return the schema of the test document as the text of a file.

    Parameters
    ----------
    language : {"zh", "en"}, optional
        Of the explanations; None for both, Chinese first.
    """
    return file_text(_TestsWriter(languages_of(language)).schema())


class _TestsWriter(Writer):
    """Writes the schema of the test document."""

    document = model.WholeDocument
    reference = TESTS
    not_written = (Described,)
    conditions: ClassVar[Mapping[str, Schema]] = {
        "Given": {"not": {"required": ["districts", "file"]}},
        "Expect": {"minProperties": 1},
    }
    names_in: ClassVar[Mapping[str, str]] = {"WholeDocument.tests": "id"}

    def values(self) -> dict[str, Any]:
        """Return the definitions that are no parts: names and ids."""
        written = {"pattern": POLICY_ID, "patternErrorMessage": self.said("study_id")}
        return {**super().values(), "id": {"type": "string", **written}}
