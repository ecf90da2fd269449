"""What holds between reserves, the budget and the grants that draw on them.

Like :mod:`transfers.documents.rules` these read the plain tree, and leave shapes they cannot read
to the check of the shape.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from msgspec import Struct

from transfers.documents.model_payer import RESERVES
from transfers.documents.rules_contributions import PURSES, takes_contributions
from transfers.documents.yaml_source import Source
from transfers.documents.yaml_tree import Path, shown
from transfers.errors import Fault
from transfers.messages import Phrase

IF_SHORT: Final = ("reject", "scale")
"""The words of `if_short`."""

NO_NAMES: Final = {**dict.fromkeys(IF_SHORT, "if_short"), "pool": "contributions"}
"""What no reserve may be called, and the key in which it is a word."""

_NONE: Final = "none"
_LONGEST_GUESSED: Final = 64


class _Mention(Struct, frozen=True):
    """A place where the name of a reserve may stand: the path, the text, the words besides."""

    path: Path
    text: str
    words: tuple[str, ...] = ()

    @property
    def is_name(self) -> bool:
        return self.text not in self.words


def payer_faults(source: Source, document: dict[str, Any]) -> Iterator[Fault]:
    """Yield what is wrong between reserves, budget and grants."""
    reserves = _mapping(document.get(RESERVES))
    for name in reserves:
        if name in NO_NAMES:
            place = source.place((RESERVES, name))
            yield Fault("document.reserve_name", place, {"name": name, "key": NO_NAMES[name]})
    budget = list(_of_budget(document))
    grants = [(name, list(_of_grant(name, entry))) for name, entry in _entries(document, "grants")]
    for mention in [*budget, *(mention for _, mentions in grants for mention in mentions)]:
        if mention.is_name and mention.text not in reserves:
            yield _unknown(source, mention, list(reserves))
    for name, entry in _entries(document, "grants"):
        yield from _order(source, ("grants", name, "if_short"), entry.get("if_short"))
    yield from _stages(source, document, reserves)
    yield from _stands_below(source, document, budget, [m for _, found in grants for m in found])
    yield from _replaced(source, document, dict(grants))


def _mapping(data: Any) -> dict[str, Any]:
    return data if isinstance(data, dict) else {}


def _entries(document: dict[str, Any], section: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, entry in _mapping(document.get(section)).items():
        if isinstance(entry, dict):
            yield name, entry


# -- where names of reserves stand -----------------------------------------------------------------


def _of_budget(document: dict[str, Any]) -> Iterator[_Mention]:
    budget = _mapping(document.get("budget"))
    if isinstance(draw := budget.get("draw"), str) and draw:
        yield _Mention(("budget", "draw"), draw)
    if isinstance(remainder := budget.get("remainder"), str) and remainder:
        yield _Mention(("budget", "remainder"), remainder, (_NONE,))


def _of_grant(name: str, entry: dict[str, Any]) -> Iterator[_Mention]:
    yield from _if_short(("grants", name, "if_short"), entry.get("if_short"))
    for key, words in (("draw", ()), ("unspent", (_NONE,)), ("contributions", PURSES)):
        if isinstance(text := entry.get(key), str) and text:
            yield _Mention(("grants", name, key), text, words)


def _if_short(path: Path, written: Any) -> Iterator[_Mention]:
    items = written if isinstance(written, list) else [written]
    for number, item in enumerate(items):
        if isinstance(item, str) and item:
            at = (*path, number) if isinstance(written, list) else path
            yield _Mention(at, item, IF_SHORT)


# -- what is wrong ---------------------------------------------------------------------------------


def _unknown(source: Source, mention: _Mention, reserves: list[str]) -> Fault:
    """Say that there is no such reserve; where a word or a name is near, which."""
    from difflib import get_close_matches  # only when something is wrong

    place = source.value_place(mention.path)
    text = shown(mention.text, 40)
    allowed = [*mention.words, *reserves]
    if len(mention.text) <= _LONGEST_GUESSED:
        for near in get_close_matches(mention.text, allowed, 1, 0.7):
            words = {"text": text, "near": near, "allowed": shown(", ".join(allowed), 200)}
            return Fault("document.not_one_of_near", place, words)
    known = shown(", ".join(reserves) or "—", 200)
    also = Phrase("document.or_scale") if mention.words == IF_SHORT else ""
    values = {"text": text, "known": known, "also": also}
    return Fault("document.unknown_reserve", place, values)


def _order(source: Source, path: Path, written: Any) -> Iterator[Fault]:
    """Find reserves that stand twice, or behind what is done when they do not suffice."""
    mentions = list(_if_short(path, written))
    seen: set[str] = set()
    for number, mention in enumerate(mentions):
        place, words = source.value_place(mention.path), {"name": shown(mention.text, 40)}
        if mention.text in seen:
            yield Fault("document.reserve_twice", place, words)
        elif mention.is_name and any(before.text == "scale" for before in mentions[:number]):
            yield Fault("document.reserve_after_scale", place, words)
        if mention.is_name:
            seen.add(mention.text)


def _stages(source: Source, document: dict[str, Any], reserves: dict[str, Any]) -> Iterator[Fault]:
    """Find reserves that a stage or an output names: these are computed and not paid."""
    divided = [
        ((section, name, "if_short"), entry.get("if_short"))
        for section in ("quantities", "outputs")
        for name, entry in _entries(document, section)
    ]
    for mention in (mention for path, text in divided for mention in _if_short(path, text)):
        if mention.is_name and mention.text in reserves:
            place, words = source.value_place(mention.path), {"name": mention.text}
            yield Fault("document.reserve_in_stage", place, words)
        elif mention.is_name:
            yield _unknown(source, mention, [])


def _stands_below(
    source: Source, document: dict[str, Any], budget: list[_Mention], grants: list[_Mention]
) -> Iterator[Fault]:
    """Find a section that stands below where it is drawn on: what is read first is known first."""
    order = list(document)
    reserves = _mapping(document.get(RESERVES))
    for user, mentions in (("budget", budget), ("grants", grants)):
        uses = any(mention.text in reserves for mention in mentions)
        if uses and order.index(RESERVES) > order.index(user):
            words = {"section": RESERVES, "user": user}
            yield Fault("document.stands_below", source.place((RESERVES,)), words)
            return
    named = [mention for mention in budget if mention.is_name]
    named += [m for m in grants if m.path[-1] == "contributions" and m.text == "budget"]
    if (
        named
        and "budget" in document
        and "grants" in document
        and order.index("budget") > order.index("grants")
    ):
        words = {"section": "budget", "user": "grants"}
        yield Fault("document.stands_below", source.place(("budget",)), words)


def _replaced(
    source: Source, document: dict[str, Any], mentions: dict[str, list[_Mention]]
) -> Iterator[Fault]:
    """Refuse to take back a grant that moved money of a reserve."""
    grants = _mapping(document.get("grants"))
    draws = _mapping(document.get("budget")).get("draw")
    for name, entry in _entries(document, "grants"):
        old = entry.get("replaces")
        if not isinstance(old, str) or not isinstance(grants.get(old), dict):
            continue
        path = ("grants", name, "replaces")
        named = [mention.text for mention in mentions[old] if mention.is_name]
        pool = grants[old].get("pool")
        if named:
            words = {"name": shown(old, 40), "reserve": shown(named[0], 40)}
            yield Fault("document.replaces_reserve", source.value_place(path), words)
        elif takes_contributions(grants[old]):
            words = {"name": shown(old, 40)}
            yield Fault("document.replaces_contributions", source.value_place(path), words)
        elif isinstance(draws, str) and not (
            isinstance(pool, str) and pool.strip().lower() == "remainder"
        ):
            words = {"name": shown(old, 40), "reserve": shown(draws, 40)}
            yield Fault("document.replaces_draw", source.value_place(path), words)
