"""The same data in another setting: what a sweep is compared with is run on the same figures.

Method: section 36.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from msgspec import Struct

from scenarios.settings import Setting
from scenarios.study.load import Study
from scenarios.sweeping.designs import copied
from scenarios.sweeping.source import Bound, SweepSource
from transfers.districts.columns import NumberColumn
from transfers.errors import DocumentError, Fault, FaultsError, Place
from transfers.policy.moves import Mover

_MOST_TOLD: Final = 20


def paired_source(study: Study, source: SweepSource, compared: Setting) -> SweepSource | None:
    """Return the scenarios of the compared setting: the data of each, its own numbers unmoved.

    Returns
    -------
    SweepSource or None
        None where no data vary, or none that the compared setting reads.

    Raises
    ------
    DocumentError
        A value does not fit the compared setting; or its inputs have other figures than those
        that vary each by itself.
    """
    pairing = _Pairing(
        source.setting,
        compared,
        Mover(compared.policy, compared.districts),
        study.place("sweep", "compare_with"),
        [],
    )
    bound = tuple(pairing.bound(each) for each in source.bound)
    if pairing.faults:
        raise DocumentError(pairing.faults[:_MOST_TOLD])
    if not any(each.input or each.figure for each in bound):
        return None
    return SweepSource(compared, bound, (), copied(source.design), source.digits)


class _Pairing(Struct):
    """Binds ways to the compared setting."""

    setting: Setting
    compared: Setting
    mover: Mover
    place: Place
    faults: list[Fault]

    def bound(self, bound: Bound) -> Bound:
        """Return what a way moves there: nothing if it is no figure, or none that is read."""
        still = Bound(bound.way)
        name = bound.input or (bound.way.path.split(".")[1] if bound.figure else "")
        if name not in self.compared.policy.inputs:
            return still
        if bound.figure:
            self.faults += self._unfit(bound)
            return Bound(bound.way, figure=True)
        column = self.compared.districts.columns[name]
        if not isinstance(column, NumberColumn):
            return still
        each = bound.way.whole == "each"
        if each and len(column) != len(self.setting.districts.columns[name]):
            self.faults.append(Fault("sweep.other_districts", self.place))
        entry = self.compared.policy.document.model.inputs[name]
        return Bound(bound.way, input=name, least=entry.min, most=entry.max)

    def _unfit(self, bound: Bound) -> Iterator[Fault]:
        """Yield which values of a district's figure do not fit."""
        way = bound.way
        for value in dict.fromkeys(way.values or (way.low, way.high)):
            figure: Fraction | str = value
            try:
                self.mover.moves({way.path: figure})
            except FaultsError as error:
                for fault in error.faults:
                    yield Fault(fault.code, self.place, fault.values)
