"""What a list of services is made of, as views and findings read it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from msgspec import Struct

from transfers.policy.rules import Path


class ServiceListRule(Struct, frozen=True, eq=False, dict=True):
    """What a list of services is made of; its figures are quantities, ``name.cost`` and so on.

    Parameters
    ----------
    list : str
        The list of its items.
    columns : dict of str to str
        ``area``, ``object``, ``lead`` ... -> the column of the list that says so.
    levels : tuple of str
        Who bears the costs, in the order of the document.
    requires : tuple of str
        What every item needs.
    costs, compared : bool
        Whether costs are computed, and those of the year before.
    blanks : dict of str to tuple of str
        ``price``, ``responsibility``: the columns of the list that its formulas cannot do without.
    valid : tuple of str
        Which of ``from`` and ``until`` there are.
    dates : dict of str to str
        Which of them are columns of dates.
    months : bool
        Whether costs count by the months in force.
    agencies : str
        The list of agencies known; "" for none.
    items, areas : int or None
        How many there should be.
    """

    name: str
    title: str
    path: Path
    list: str
    columns: dict[str, str]
    levels: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    costs: bool = False
    compared: bool = False
    blanks: dict[str, tuple[str, ...]] = {}
    valid: tuple[str, ...] = ()
    dates: dict[str, str] = {}
    months: bool = False
    agencies: str = ""
    items: int | None = None
    areas: int | None = None

    @cached_property
    def kept(self) -> dict[str, Any]:
        """What was made of its list alone, by what it is: once for all runs."""
        return {}
