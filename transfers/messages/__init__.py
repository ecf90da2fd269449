"""Every text a person reads, once, in Chinese and English.

A text has a stable code, ``<family>.<what>``; each family is a module of this package whose
``TEXTS`` maps a code to its pair (Chinese, English). Families load when first asked for, so a
run that goes well never reads the texts of what can go wrong.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from importlib import import_module

from msgspec import Struct, field

LANGUAGES = ("zh", "en")
LONGEST_WORDS = 400


class Phrase(Struct, frozen=True):
    """Words that go into a text in the reader's language: the code of another text, its words."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


@cache
def family(name: str) -> dict[str, tuple[str, str]]:
    """Return the texts of one family: code -> (Chinese, English)."""
    texts: dict[str, tuple[str, str]] = import_module(f"{__name__}.{name}").TEXTS
    return texts


def text(code: str, language: str, /, **values: object) -> str:
    """Return the text of `code` in `language`, with `values` put in; a tuple becomes a list."""
    pair = family(code.partition(".")[0])[code]
    words = {name: _word(value, language) for name, value in values.items()}
    return pair[LANGUAGES.index(language)].format(**words)


def said(words: str | Phrase, language: str) -> str:
    """Say in `language` what may be a text already."""
    return words if isinstance(words, str) else text(words.code, language, **words.values)


def _word(value: object, language: str) -> object:
    """Return what goes into a text: a phrase translated, names as a list of the language.

    What comes from a file is put on one line, all of it visible, and cut.
    """
    if isinstance(value, Phrase):
        return text(value.code, language, **value.values)
    if isinstance(value, tuple):
        return {"zh": "、", "en": ", "}[language].join(str(_word(item, language)) for item in value)
    if isinstance(value, str):
        if len(value) > LONGEST_WORDS:
            value = value[: LONGEST_WORDS - 1] + "…"
        return value if value.isprintable() else printable(" ".join(value.split("\n")))
    return value


def printable(text: str) -> str:
    """Name the characters that a terminal would obey or cannot show: U+001B."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in text)


def preferred_language() -> str:
    """Return the reader's language: TRANSFERS_LANG, else the locale, else Chinese."""
    for variable in ("TRANSFERS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "").lower()
        for language in LANGUAGES:
            if value.startswith(language):
                return language
    return "zh"
