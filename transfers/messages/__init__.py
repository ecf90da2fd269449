"""Every text a person reads, once, in Chinese and English.

A text has a stable code, ``<family>.<what>``; each family is a module of this package whose
``TEXTS`` maps a code to its pair (Chinese, English). Families load when first asked for, so a
run that goes well never reads the texts of what can go wrong.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from importlib import import_module

LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class Phrase:
    """Words that go into a text in the reader's language: the code of another text."""

    code: str


@cache
def family(name: str) -> dict[str, tuple[str, str]]:
    """Return the texts of one family: code -> (Chinese, English)."""
    texts: dict[str, tuple[str, str]] = import_module(f"{__name__}.{name}").TEXTS
    return texts


def text(code: str, language: str, /, **values: object) -> str:
    """Return the text of `code` in `language`, with `values` put in."""
    pair = family(code.partition(".")[0])[code]
    words = {k: text(v.code, language) if isinstance(v, Phrase) else v for k, v in values.items()}
    return pair[LANGUAGES.index(language)].format(**words)


def preferred_language() -> str:
    """Return the reader's language: TRANSFERS_LANG, else the locale, else Chinese."""
    for variable in ("TRANSFERS_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "").lower()
        for language in LANGUAGES:
            if value.startswith(language):
                return language
    return "zh"
