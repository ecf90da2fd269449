"""What a YAML document is: a policy, its tests, a study, or something of somebody else's.

The keys of its outermost level tell, and nothing else is read. This module imports nothing of the
engine: it looks at every YAML file of projects that may have no policy at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

Kind = Literal["policy", "tests", "study", ""]

ENDINGS: Final = (".yaml", ".yml")
_MOST_BYTES: Final = 5_000_000
"""A longer document is refused by the engine."""

_KEY: Final = re.compile(
    rb"""^(?:\xef\xbb\xbf)?(["']?)(policy|grants|tests|study)\1[ \t]*:""", re.M
)


def outermost_keys(file: str | Path) -> frozenset[str]:
    """Return which of the keys that tell kinds apart a document has at its outermost level.

    None of one that cannot be read, or is one mapping between braces.
    """
    try:
        with open(file, "rb") as stream:
            content = stream.read(_MOST_BYTES)
    except OSError:
        return frozenset()
    found = _KEY.finditer(content.replace(b"\r", b"\n"))
    return frozenset(match[2].decode() for match in found)


def kind_of(file: str | Path) -> Kind:
    """Return what a YAML document is, by the keys of its outermost level; "" for anything else."""
    keys = outermost_keys(file)
    if {"policy", "grants"} <= keys:
        return "policy"
    if "tests" in keys and "grants" not in keys:
        return "tests"
    return "study" if "study" in keys else ""


def documents_in(folder: Path) -> Iterator[Path]:
    """Yield the YAML files of a folder by name; none where there is no such folder."""
    if folder.is_dir():
        for file in sorted(folder.iterdir()):
            if file.suffix in ENDINGS and not file.name.startswith(".") and file.is_file():
                yield file
