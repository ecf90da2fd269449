"""What a variant builds on."""

from __future__ import annotations

from typing import Any

from transfers.documents.yaml_source import Source
from transfers.documents.yaml_tree import Path


def bases(name: str, extends: dict[str, Any]) -> list[str]:
    """Return what a variant builds on, the nearest first; it ends where it comes round.

    Parameters
    ----------
    extends : dict of str to str
        Variant -> the one it says it builds on.
    """
    found: list[str] = []
    base = extends.get(name)
    while isinstance(base, str) and base not in found:
        found.append(base)
        base = extends.get(base)
    return found


def extended(source: Source) -> dict[str, Any]:
    """Return what each variant says it builds on."""
    entries = source.data.get("variants")
    variants = entries if isinstance(entries, dict) else {}
    return {name: each.get("extends") for name, each in variants.items() if isinstance(each, dict)}


def chain(source: Source, path: Path) -> list[Path]:
    """Return the entries whose changes an entry has, in the order in which they are made."""
    if path == ("baseline",):
        return [path]
    before = bases(str(path[-1]), extended(source))
    named = [name for name in reversed(before) if name not in ("baseline", path[-1])]
    return [("baseline",), *(("variants", name) for name in named), path]
