"""Agencies that lists name: those of one cell, and those that a list of agencies has not.

Method: sentences 42 and 43.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from transfers.messages import Phrase

if TYPE_CHECKING:
    from transfers.formula.scope import ItemList
    from transfers.policy.appraisals import AppraisalRule
    from transfers.policy.policy import Policy

_BETWEEN: Final = re.compile(r"[、；，,;\n]+")
_LONGEST: Final = 60
_ALIKE: Final = 0.6


class Stranger(Struct, frozen=True):
    """An agency that the list of agencies has not: in which item, in which role, who is like it."""

    agency: str
    item: int
    role: str
    near: str | None = None


def agencies_of(text: str | None) -> list[str]:
    """Return the agencies of one cell."""
    return [agency for part in _BETWEEN.split(text or "") if (agency := part.strip())]


def several(items: ItemList, column: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the items of a list whose cell names more than one agency, with all of them."""
    for item, text in enumerate(items.columns[column].texts):
        found = list(dict.fromkeys(agencies_of(text)))
        if len(found) > 1:
            yield item, found


def strangers(known: ItemList, named: Iterable[tuple[int, str, str]]) -> Iterator[Stranger]:
    """Yield the agencies that a list of agencies has neither by key nor by name.

    Parameters
    ----------
    named : iterable of (item, role, agency)
    """
    called = {*known.keys, *known.names}
    near: dict[str, str | None] = {}
    for item, role, agency in named:
        if agency not in called:
            if agency not in near:
                near[agency] = _nearest(agency, known.names)
            yield Stranger(agency, item, role, near[agency])


def strangers_of(policy: Policy, rule: AppraisalRule) -> list[Stranger]:
    """Return the agencies of an appraisal that its list of agencies has not."""
    if not rule.agencies:
        return []
    items = rule.tree.items
    texts = items.columns[rule.tree.agency].texts
    named = ((n, "agency", agency) for n, text in enumerate(texts) for agency in agencies_of(text))
    return [*strangers(policy.lists[rule.agencies], named)]


def flaw_of_stranger(stranger: Stranger, items: ItemList) -> Phrase:
    """Say that an agency is none of those known, and which may be meant."""
    words: dict[str, object] = {"item": items.names[stranger.item]}
    words |= {"agency": stranger.agency, "near": stranger.near}
    return Phrase("services.stranger_near" if stranger.near else "services.stranger", words)


def _nearest(agency: str, names: tuple[str, ...]) -> str | None:
    """Return the agency whose name is like it: names are short, and share few letters."""
    from difflib import get_close_matches  # only when something is wrong

    return next(iter(get_close_matches(agency[:_LONGEST], names, 1, _ALIKE)), None)
