"""Figures by district and item of a list: what is asked of a file, and what was read of it."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from transfers.districts.columns import InputSpec
from transfers.districts.matching import MatchedTable, ReadColumn
from transfers.errors import Place
from transfers.findings import Finding

MOST_PAIRS: Final = 50_000_000
"""Districts times items; more would not fit into the memory of a desk."""


class LongSpec(Struct, frozen=True):
    """What a policy says of a file that has a row for each district and item.

    Parameters
    ----------
    file : str, optional
        None: a sheet of the workbook that the districts are in.
    list_name : str
    district, item : tuple of str
        What the columns of keys may be called.
    items, item_names : tuple of str, length K
        Keys and names of the list's items.
    inputs : tuple of InputSpec
        The inputs whose figures it has.
    place : Place
        Where the policy says so.
    """

    file: str | None
    list_name: str
    district: tuple[str, ...]
    item: tuple[str, ...]
    items: tuple[str, ...]
    item_names: tuple[str, ...]
    inputs: tuple[InputSpec, ...]
    place: Place = Place()


class LongTables(Struct, frozen=True, eq=False):
    """The files that have a row for each district and item, as they were read."""

    tables: tuple[MatchedTable, ...] = ()
    read: tuple[ReadColumn, ...] = ()
    findings: tuple[Finding, ...] = ()
