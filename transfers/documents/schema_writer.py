"""How the JSON Schema of a kind of document is made, from the keys themselves.

Of the policy document: ``json_schema``; other kinds of documents have theirs. Draft 7, which the
language servers of editors know best. Not imported when the engine runs.

An editor reads YAML by its own types: where the program reads a text, the schema takes a number or
a truth as well. What the schema refuses, the program refuses, but for the word ``null``; sums, and
names that stand elsewhere, only the program can check.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from typing import Any, ClassVar, Final

from transfers.documents import fields, schema_rules
from transfers.documents.described import DESCRIPTIONS
from transfers.documents.keys import REQUIRED, Key, Part
from transfers.documents.reference_examples import Both
from transfers.documents.reference_form import Reference, owner
from transfers.messages import LANGUAGES, text

Schema = dict[str, Any]

SCALAR: Final = ("string", "number", "boolean")


def languages_of(language: str | None) -> tuple[str, ...]:
    """Return the languages of a schema: one, or without a word both, Chinese first."""
    return LANGUAGES if language is None else (language,)


def file_text(schema: Schema) -> str:
    """Return a schema as the text of a file."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def reference_to(name: str) -> Schema:
    """Return a schema that stands for a definition."""
    return {"$ref": f"#/definitions/{name}"}


class Writer:
    """Writes the schema of one kind of document in some languages.

    A kind of document says what is its own in a class that extends this one.
    """

    document: ClassVar[type[Part]]
    """The whole document."""
    reference: ClassVar[Reference]
    not_written: ClassVar[Collection[type[Part]]] = ()
    """What other parts extend; no mapping of a document is just that."""
    conditions: ClassVar[Mapping[str, Schema]] = {}
    """Name of a part -> what holds between its keys."""
    of_key: ClassVar[Mapping[str, Schema]] = {}
    """``<Part>.<key>`` -> what is asked of its value beyond its kind."""
    messages_of_key: ClassVar[Mapping[str, str]] = {}
    """``<Part>.<key>`` -> what an editor says where its pattern is not met."""
    names_in: ClassVar[Mapping[str, str]] = {}
    """``<Part>.<key>`` -> the definition of the names that are its keys; "" for any."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self.languages = languages

    def schema(self) -> Schema:
        """Return the whole schema."""
        parts = self.reference.parts
        written = {each.__name__: self.part(each) for each in parts if each not in self.not_written}
        return {
            "$schema": "http://json-schema.org/draft-07/schema#",
            **written.pop(self.document.__name__),
            "definitions": {**self.values(), **written},
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
        sample = self.reference.samples[name]
        examples = self.said("example", sample=sample).split("\n")
        return _described([*lines, examples[0]])

    def _by(self, lines: list[str]) -> list[tuple[str, str]]:
        return list(zip(lines, self.languages, strict=True))

    # -- keys ----------------------------------------------------------------------------------

    def part(self, part: type[Part]) -> Schema:
        """Return what a mapping must look like to be read as a part."""
        properties = {name: self.key(owner(part, name), key) for name, key in part.keys.items()}
        return {
            "type": "object",
            **self.about(part),
            "properties": properties,
            "required": [name for name, key in part.keys.items() if key.default is REQUIRED],
            "additionalProperties": False,
            **self.conditions.get(part.__name__, {}),
        }

    def about(self, part: type[Part]) -> Schema:
        """Return what an editor says of a part: its heading and the notes of the page."""
        title, notes = (
            self.both(self.reference.parts[part][1]),
            self.reference.notes.get(part.__name__, ()),
        )
        lines = [_plain(line) for note in notes for line in self.both(note)]
        return {"title": " / ".join(title), **_described(lines or title)}

    def key(self, name: str, key: Key) -> Schema:
        """Return what stands behind a key, and what an editor says of it."""
        schema = self.behind(name, key)
        if name.partition(".")[2] in DESCRIPTIONS:
            schema["type"] = [*schema["type"], "null"]
        if isinstance(key.default, str):
            schema["default"] = _typed(key.default, key)
        schema |= self.of_key.get(name, {})
        if name in self.messages_of_key:
            schema["patternErrorMessage"] = self.said(self.messages_of_key[name])
        return {**self.explained(name, key), **schema}

    def behind(self, name: str, key: Key) -> Schema:
        """Return what stands behind a key, or is an item of a list or a mapping."""
        match key.kind:
            case "text":
                return {"type": [*SCALAR], **({"minLength": key.least} if key.least else {})}
            case "formula":
                return {"type": [*SCALAR], "minLength": 1}
            case "number":
                return self.number()
            case "whole" | "digits":
                most = fields.MOST_WHOLE if key.kind == "whole" else fields.MOST_DECIMALS
                return self.whole(most)
            case "date":
                return self.date()
            case "choice":
                return self.choice(name, key)
            case "columns":
                return schema_rules.columns_of_items(fields.ITEM_IN_PATTERN)
            case "items":
                return self.items(name, key)
            case "value" | "tree" | "cell":
                return {}  # a condition of the part says more, or only the program can tell
            case "part":
                assert key.part is not None
                return self.short_or_long(key.part)
        assert key.of is not None
        return self.container(name, key, self.behind(name, key.of))

    def short_or_long(self, part: type[Part]) -> Schema:
        """Return a part as a document may write it: spelt out, in short, or not at all."""
        spelt = reference_to(part.__name__)
        if part.spelt_out(None) is not None:
            return {"anyOf": [spelt, {"type": "null"}]}
        return {"anyOf": [self.in_short(part), spelt]} if part.short else spelt

    def in_short(self, part: type[Part]) -> Schema:
        """Return what a bare text may be that stands for a part."""
        return self.behind(owner(part, part.short), part.keys[part.short])

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
                names = self.names_in.get(name, "name")
                if names:
                    mapping["propertyNames"] = reference_to(names)
            return mapping
        listed = {"type": "array", "items": item, **({"minItems": key.least} if key.least else {})}
        return {"anyOf": [item, listed]} if key.alone else listed

    def choice(self, name: str, key: Key) -> Schema:
        """Return a choice of words, each explained; where names are possible, any name."""
        explained = [
            " / ".join(self.both(self.reference.choices[name][word])) for word in key.choices
        ]
        words: Schema = {"enum": [*key.choices], "enumDescriptions": explained}
        return {"anyOf": [words, reference_to("reserve_name")]} if key.names_of else words

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

    def date(self) -> Schema:
        """Return a day, written as 2027-12-31."""
        return {
            "type": "string",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
            "patternErrorMessage": self.said("date"),
        }

    def values(self) -> Schema:
        """Return the definitions that are no parts: those of names."""
        return {"name": self.name(fields.RESERVED)}

    def name(self, reserved: frozenset[str]) -> Schema:
        """Return what a name of the document's own must look like."""
        return {
            "type": "string",
            "pattern": schema_rules.name_pattern(reserved),
            "patternErrorMessage": self.said("name"),
        }


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
