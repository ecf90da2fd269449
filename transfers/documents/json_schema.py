"""The JSON Schema of the policy document, from which editors complete, explain and check it.

Made of the keys in :mod:`transfers.documents.models`, the words of ``reference_keys`` and
``reference_choices`` and the conditions of ``schema_rules``; written by ``transfers schema``.
Draft 7, which the language servers of editors know best. Not imported when the engine runs.

An editor reads YAML by its own types: where the program reads a text, the schema takes a number or
a truth as well. What the schema refuses, the program refuses, but for the word ``null``; sums, and
names that stand elsewhere, only the program can check.
"""

from __future__ import annotations

import re
from typing import Any, Final

from transfers.documents import described, fields, model_lists, models, schema_rules
from transfers.documents.described import DESCRIPTIONS
from transfers.documents.keys import REQUIRED, Key, Part
from transfers.documents.reference_choices import CHOICES
from transfers.documents.reference_examples import Both
from transfers.documents.reference_keys import SAMPLES
from transfers.documents.reference_notes import NOTES
from transfers.documents.reference_page import PARTS
from transfers.documents.rules_payer import NO_NAMES
from transfers.messages import LANGUAGES, text

Schema = dict[str, Any]

_SCALAR: Final = ("string", "number", "boolean")
_LONG_FORM: Final = ("value", "file", *sorted(DESCRIPTIONS))
"""Keys by which a mapping is a parameter spelt out, and not itself the table."""

_NAMES: Final = {
    **dict.fromkeys(("grants", "outputs"), "column_name"),
    "reserves": "reserve_name",
}
"""Section -> what its names must look like, where other words are taken as well."""

_NOT_WRITTEN: Final = (described.Described, model_lists.Figures, models.Division)
"""What other parts extend; no mapping of a document is just that."""


def policy_schema(language: str | None = None) -> Schema:
    """Return the schema of the policy document.

    Parameters
    ----------
    language : {"zh", "en"}, optional
        Of the explanations; None for both, Chinese first.
    """
    return _Writer(LANGUAGES if language is None else (language,)).document()


def schema_text(language: str | None = None) -> str:
    """Return the schema as the text of a file."""
    import json

    return json.dumps(policy_schema(language), ensure_ascii=False, indent=1) + "\n"


def reference(name: str) -> Schema:
    """Return a schema that stands for a definition."""
    return {"$ref": f"#/definitions/{name}"}


class _Writer:
    """Writes the schema in some languages."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self.languages = languages

    def document(self) -> Schema:
        """Return the whole schema."""
        parts = {part.__name__: self.part(part) for part in PARTS if part not in _NOT_WRITTEN}
        return {
            "$schema": "http://json-schema.org/draft-07/schema#",
            **parts.pop("PolicyDocument"),
            "definitions": {**self.values(), **parts},
        }

    # -- words ---------------------------------------------------------------------------------

    def said(self, code: str, /, **words: object) -> str:
        """Return a text in the languages of the schema, one a line."""
        return "\n".join(text(f"schema.{code}", each, **words) for each in self.languages)

    def both(self, words: Both) -> list[str]:
        """Return a pair of texts in the languages of the schema."""
        return [words[LANGUAGES.index(each)] for each in self.languages]

    def explained(self, name: str, key: Key) -> Schema:
        """Return what an editor says of a key: its meaning, its default, an example."""
        lines = self.both((key.chinese, key.english))
        if key.default is REQUIRED:
            lines = [f"{line} ({text('schema.required', each)})" for line, each in self._by(lines)]
        elif key.default and not isinstance(key.default, dict):
            default = key.default[0] if isinstance(key.default, list) else key.default
            lines += self.said("left_out", default=default).split("\n")
        sample = SAMPLES[name]
        examples = self.said("example", sample=sample).split("\n")
        return _described([*lines, examples[0]])

    def _by(self, lines: list[str]) -> list[tuple[str, str]]:
        return list(zip(lines, self.languages, strict=True))

    # -- keys ----------------------------------------------------------------------------------

    def part(self, part: type[Part]) -> Schema:
        """Return what a mapping must look like to be read as a part."""
        properties = {name: self.key(_owner(part, name), key) for name, key in part.keys.items()}
        return {
            "type": "object",
            **self.about(part),
            "properties": properties,
            "required": [name for name, key in part.keys.items() if key.default is REQUIRED],
            "additionalProperties": False,
            **schema_rules.CONDITIONS.get(part.__name__, {}),
        }

    def about(self, part: type[Part]) -> Schema:
        """Return what an editor says of a part: its heading and the notes of the page."""
        title, notes = self.both(PARTS[part][1]), NOTES.get(part.__name__, ())
        lines = [_plain(line) for note in notes for line in self.both(note)]
        return {"title": " / ".join(title), **_described(lines or title)}

    def key(self, name: str, key: Key) -> Schema:
        """Return what stands behind a key, and what an editor says of it."""
        schema = self.behind(name, key)
        if name.partition(".")[2] in DESCRIPTIONS:
            schema["type"] = [*schema["type"], "null"]
        if isinstance(key.default, str):
            schema["default"] = _typed(key.default, key)
        schema |= schema_rules.OF_KEY.get(name, {})
        if name == "PolicyDocument.policy":
            schema["patternErrorMessage"] = self.said("policy_id")
        return {**self.explained(name, key), **schema}

    def behind(self, name: str, key: Key) -> Schema:
        """Return what stands behind a key, or is an item of a list or a mapping."""
        match key.kind:
            case "text":
                return {"type": [*_SCALAR], **({"minLength": key.least} if key.least else {})}
            case "formula":
                return {"type": [*_SCALAR], "minLength": 1}
            case "number":
                return self.number()
            case "whole" | "digits":
                most = fields.MOST_WHOLE if key.kind == "whole" else fields.MOST_DECIMALS
                return self.whole(most)
            case "choice":
                return self.choice(name, key)
            case "columns":
                return schema_rules.columns_of_items(fields.ITEM_IN_PATTERN)
            case "items":
                return self.items(name, key)
            case "value":
                return {}  # its condition stands with the part: it depends on `file`
            case "part":
                assert key.part is not None
                return self.short_or_long(key.part)
        assert key.of is not None
        return self.container(name, key, self.behind(name, key.of))

    def short_or_long(self, part: type[Part]) -> Schema:
        """Return a part as a document may write it: spelt out, in short, or not at all."""
        spelt = reference(part.__name__)
        if part is models.Parameter:
            # A mapping without values is one being typed: an editor then proposes the keys.
            begun = {"additionalProperties": {"type": "null"}}
            is_long = {"anyOf": [*({"required": [key]} for key in _LONG_FORM), begun]}
            return {
                "if": {"type": ["object", "null"], **is_long},
                "then": spelt,
                "else": reference("bare_value"),
            }
        if part.spelt_out(None) is not None:
            return {"anyOf": [spelt, {"type": "null"}]}
        if part is model_lists.ItemTable:
            return {"anyOf": [spelt, schema_rules.LISTED_KEYS]}
        if not part.short:
            return spelt
        short = self.behind(_owner(part, part.short), part.keys[part.short])
        if part is models.Rounding:
            short = schema_rules.without_column(short)
        return {"anyOf": [short, spelt]}

    def items(self, name: str, key: Key) -> Schema:
        """Return items: a mapping for each, or their keys alone."""
        assert key.of is not None
        cells = self.behind(name, key.of)
        spelt = {"type": "object", "additionalProperties": cells, "minProperties": key.least}
        return {"anyOf": [spelt, schema_rules.LISTED_KEYS]}

    def container(self, name: str, key: Key, item: Schema) -> Schema:
        """Return what a list, a mapping or a pair of items must look like."""
        if key.kind == "pair":
            return {"type": "array", "items": item, "minItems": 2, "maxItems": 2}
        if key.kind == "mapping":
            least = {"minProperties": key.least} if key.least else {}
            kind: Any = ["object", "null"] if key.alone else "object"
            mapping = {"type": kind, "additionalProperties": item, **least}
            if key.of is not None and key.of.part is not None:
                mapping["additionalProperties"] = {**self.about(key.of.part), **item}
                of_section = _NAMES.get(name.partition(".")[2], "name")
                mapping["propertyNames"] = reference(of_section)
            return mapping
        listed = {"type": "array", "items": item, **({"minItems": key.least} if key.least else {})}
        return {"anyOf": [item, listed]} if key.alone else listed

    def choice(self, name: str, key: Key) -> Schema:
        """Return a choice of words, each explained; where names are possible, any name."""
        explained = [" / ".join(self.both(CHOICES[name][word])) for word in key.choices]
        words: Schema = {"enum": [*key.choices], "enumDescriptions": explained}
        return {"anyOf": [words, reference("reserve_name")]} if key.names_of else words

    # -- values --------------------------------------------------------------------------------

    def number(self) -> Schema:
        """Return an exact number: as YAML reads it, or a text such as 25%."""
        return {
            "type": ["number", "string"],
            "pattern": f"^{schema_rules.NUMBER}$",
            "patternErrorMessage": self.said("number"),
        }

    def whole(self, most: int) -> Schema:
        """Return a whole number up to `most`."""
        digits = len(str(most))
        return {
            "type": ["integer", "string"],
            "minimum": 0,
            "maximum": most,
            "pattern": rf"^\+?0*[0-9]{{1,{digits}}}(\.0+)?$",
            "patternErrorMessage": self.said("whole", most=most),
        }

    def values(self) -> Schema:
        """Return the definitions that are no parts: names, and what a parameter may be."""
        return {
            "name": self.name(fields.RESERVED),
            "column_name": self.name(fields.RESERVED | {"name"}),
            "reserve_name": self.name(fields.RESERVED | {*NO_NAMES}),
            "number": self.number(),
            "scalar": {
                "type": [*_SCALAR],
                "pattern": schema_rules.NUMBER_OR_TEXT,
                "patternErrorMessage": self.said("scalar"),
            },
            "table": schema_rules.table(reference("number")),
            "lines": schema_rules.lines(reference("number")),
            "table_of_lines": schema_rules.lines_by_category(reference("lines")),
            "value": {
                "anyOf": [
                    reference(kind) for kind in ("scalar", "table", "lines", "table_of_lines")
                ]
            },
            "bare_value": {
                "title": self.said("value").replace("\n", " / "),
                "anyOf": [
                    reference("scalar"),
                    *(
                        {"allOf": [reference(kind), schema_rules.without_keys(_LONG_FORM)]}
                        for kind in ("table", "table_of_lines")
                    ),
                    reference("lines"),
                ],
            },
        }

    def name(self, reserved: frozenset[str]) -> Schema:
        """Return what a name of the document's own must look like."""
        return {
            "type": "string",
            "pattern": schema_rules.name_pattern(reserved),
            "patternErrorMessage": self.said("name"),
        }


def _owner(part: type[Part], name: str) -> str:
    """Return ``<Part>.<key>`` with the class that says what the key is."""
    owner = next(base for base in part.__mro__ if name in vars(base))
    return f"{owner.__name__}.{name}"


def _described(lines: list[str]) -> Schema:
    """Return lines as a description: plain, and with a paragraph for each."""
    return {"description": "\n".join(lines), "markdownDescription": "\n\n".join(lines)}


def _plain(note: str) -> str:
    """Return a note without its links, which lead nowhere from an editor."""
    return re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", note)


def _typed(default: str, key: Key) -> object:
    """Return a default as YAML would read it."""
    is_whole = key.kind in ("number", "whole", "digits") and default.isdigit()
    return int(default) if is_whole else default
