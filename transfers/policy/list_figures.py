"""The columns of a list as formulas read them, where they hold no numbers."""

from __future__ import annotations

from typing import Final

import numpy as np

from transfers.formula.scope import KEY_BEFORE, ItemList
from transfers.formula.values import Labels, Truth

_FLAGS: Final = {None: np.nan, "true": 1.0, "false": 0.0}


def list_value(items: ItemList, column: str) -> Labels | Truth:
    """Return a column of texts, or of yes and no, or the keys of a list, (1, K).

    Raises
    ------
    KeyError
        The list has no such column.
    """
    count = len(items)
    if column == "key":
        return Labels(np.arange(count, dtype=np.intp)[None], items.keys)
    if column == KEY_BEFORE:
        return Labels(np.arange(-1, count - 1, dtype=np.intp)[None], items.keys)
    found = items.columns[column]
    if found.kind == "boolean":
        return Truth(np.array([[_FLAGS[text] for text in found.texts]]))
    categories = tuple(dict.fromkeys(text for text in found.texts if text is not None))
    place = {text: code for code, text in enumerate(categories)}
    codes = [-1 if text is None else place[text] for text in found.texts]
    return Labels(np.array([codes], dtype=np.intp), categories)
