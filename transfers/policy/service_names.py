"""The names of a list of services: what stands behind its own, and what people call it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from transfers.formula.nodes import Call, Name, Node
from transfers.messages import Phrase

if TYPE_CHECKING:
    from transfers.documents.model_services import ServiceList

VALID: Final = ("from", "until")
APPRAISED: Final = (
    *("degree", "rank", "grade", "advanced", "score", "first", "short", "shortfalls"),
    *("unobserved", "agency", "degree_last", "rank_last", "change", "urban", "rural", "gap"),
    *("whole.degree", "whole.score", "whole.first", "observed", "target", "goal", "share"),
)
"""What an appraisal defines, for those who use it above its section."""


def fields_of(entry: ServiceList) -> tuple[str, ...]:
    """Return what will stand behind the name of an entry."""
    costs, levels = entry.price is not None, tuple(entry.responsibility)
    fields = [key for key in VALID if getattr(entry, key) is not None]
    fields += ["in_force"]
    fields += ["months"] if costs and entry.part_year == "months" else []
    fields += ["price", "recipients", "cost", "total"] if costs else []
    fields += [f"share.{level}" for level in levels]
    fields += ["shares", "sound"] if levels else []
    if costs:
        fields += [*levels, *(f"total.{level}" for level in levels)]
    if costs and entry.last is not None:
        fields += ["last", "last.price", "last.recipients", "growth"]
        fields += ["last.months"] if entry.part_year == "months" else []
        fields += ["growth.price", "growth.recipients", "growth.both"]
    return tuple(fields)


def wanted_names(node: Node) -> list[str]:
    """Return the names a formula has no figure without: none that it asks for by ``missing``."""
    found: list[str] = []
    waiting: list[Any] = [node]
    asked: set[str] = set()
    while waiting:
        part = waiting.pop()
        if isinstance(part, Call) and part.function == "missing":
            asked.update(p.name for p in part.arguments if isinstance(p, Name))
        elif isinstance(part, Name):
            found.append(part.name)
        else:
            waiting += reversed(tuple(part.children()))
    return [name for name in dict.fromkeys(found) if name not in asked]


def title_of(title: str, field: str, levels: tuple[str, ...]) -> Phrase:
    """Return what people call a figure of a list, in their language."""
    head, _, level = field.rpartition(".")
    if field in levels or (head in ("share", "total") and level in levels):
        code = f"services.title_{head}_level" if head else "services.title_level"
        return Phrase(code, {"title": title, "level": level or field})
    return Phrase(f"services.title_{field.replace('.', '_')}", {"title": title})
