"""Which cell of a list from a file a path means, and what the file has there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from transfers.formula.scope import ItemColumn

if TYPE_CHECKING:
    from transfers.policy.lists import ListRead


def cell_meant(
    items: tuple[Sequence[str], Sequence[str]],
    columns: Mapping[str, ItemColumn],
    item: str,
    column: str,
) -> tuple[str, str]:
    """Return an item by its key, and a column by its name, where a name and a title are meant."""
    keys, names = items
    titles = {of.title: known for known, of in columns.items()}
    column = column if column in columns else titles.get(column, column)
    if item not in keys and list(names).count(item) == 1:
        item = keys[list(names).index(item)]
    return item, column


def cell_read(read: ListRead, path: str) -> str | None:
    """Return what a file has in a cell, as it would be written there; None for no such cell."""
    from transfers.districts.changed import cell_text, cells_of

    item, _, column = path.rpartition(".")
    table = read.table
    item, column = cell_meant((table.keys, table.names), read.columns, item, column)
    if item not in table.keys or column not in read.columns:
        return None
    at = np.array([table.keys.index(item)], dtype=np.intp)
    return cell_text(cells_of(table.columns[column], at)[0])
