"""What holds between the keys of a grant that districts pay into: collect, contributions, draw.

Like :mod:`transfers.documents.rules` these read the plain tree, and leave shapes they cannot read
to the check of the shape.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from transfers.documents.yaml_source import Source
from transfers.documents.yaml_tree import Path
from transfers.errors import Fault

PURSES: Final = ("none", "pool", "budget")
"""The words of `contributions`; no reserve may be called so."""

NOT_OF_A_LEVY: Final = ("pool", "claim", "level", "draw")
"""Keys of a grant that pays; a levy, which has `collect`, pays nobody."""


def contribution_faults(
    source: Source, path: Path, entry: dict[str, Any], has_budget: bool
) -> Iterator[Fault]:
    """Yield what is wrong with a grant that collects, or says where contributions go."""
    collects = entry.get("collect") is not None
    purse = entry.get("contributions", "none")
    if collects:
        for key in NOT_OF_A_LEVY:
            if entry.get(key) is not None:
                place = source.place((*path, key))
                yield Fault("document.key_in_levy", place, {"key": key})
        if entry.get("unspent", "none") != "none":
            place = source.place((*path, "unspent"))
            yield Fault("document.key_in_levy", place, {"key": "unspent"})
        yield from _helpers(source, (*path, "if_short"), entry.get("if_short"))
    if not isinstance(purse, str) or purse == "none":
        return
    where = source.value_place((*path, "contributions"))
    if collects and purse == "pool":
        yield Fault("document.levy_into_pool", where)
    elif not collects and entry.get("claim") is None:
        method = "level" if entry.get("level") is not None else "share"
        yield Fault("document.nothing_paid_in", where, {"method": method})
    elif purse == "budget" and not has_budget:
        yield Fault("document.contributions_without_budget", where)


def _helpers(source: Source, path: Path, written: Any) -> Iterator[Fault]:
    """Find reserves that should help where nobody is paid."""
    for number, item in enumerate(written if isinstance(written, list) else [written]):
        if isinstance(item, str) and item not in ("", "scale", "reject"):
            at = (*path, number) if isinstance(written, list) else path
            yield Fault("document.reserve_in_levy", source.value_place(at), {"name": item[:40]})


def takes_contributions(entry: Any) -> bool:
    """Tell whether what districts pay into a grant goes to a purse that is no reserve."""
    return isinstance(entry, dict) and entry.get("contributions") in PURSES[1:]
