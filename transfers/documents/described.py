"""What every named part of a policy document may say about itself."""

from __future__ import annotations

from transfers.documents.keys import Part, text

DESCRIPTIONS = frozenset({"title", "source", "note", "unit"})
"""Keys that only describe; they may be left empty."""


class Described(Part):
    """A part with a title, a legal source and a note."""

    title: str | None = text("名称，用于报表和说明", "What people call it")
    source: str | None = text("依据：文件、条款", "The law or clause it comes from")
    note: str | None = text("备注", "A remark")
