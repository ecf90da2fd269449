"""Tables by chance, drawn by Hypothesis: always the same for a seed.

Only bits are drawn, so that no figure depends on what Hypothesis picks up from the modules that
happen to be loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from tempfile import TemporaryDirectory
from typing import Any, Final

from checks.domains import Domain
from checks.runs import Case
from checks.search.ground import SMALL, Ground
from checks.table import Cell

_ROUND: Final = 48
_ROUNDS: Final = 200
_WIDE: Final = 12
"""Bits of a figure that is drawn from a whole range."""

Bits = Callable[[int], int]
"""Draws a whole number below another."""


def chance(ground: Ground) -> Iterator[list[Case]]:
    """Yield rounds of cases."""
    for turn in range(_ROUNDS):
        yield _drawn(ground, ground.seed * _ROUNDS + turn)


def _drawn(ground: Ground, seed_: int) -> list[Case]:
    """Return the cases of a round."""
    from hypothesis import HealthCheck, Phase, given, seed, settings
    from hypothesis import strategies as st

    found: list[Case] = []

    @seed(seed_)
    @settings(
        max_examples=_ROUND,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        deadline=None,
    )
    @given(st.composite(lambda draw: _case(ground, lambda count: _below(draw, count)))())
    def collect(case: Case) -> None:
        found.append(case)

    with _leaving_nothing():
        collect()
    return found


class _leaving_nothing:  # noqa: N801
    """Have Hypothesis keep what it notes down somewhere else than in the folder of the caller."""

    def __enter__(self) -> None:
        from hypothesis import configuration

        self._before = vars(configuration).get("__hypothesis_home_directory")
        self._folder = TemporaryDirectory(prefix="transfers-")
        configuration.set_hypothesis_home_dir(self._folder.name)

    def __exit__(self, *_: object) -> None:
        from hypothesis import configuration

        configuration.set_hypothesis_home_dir(self._before)
        self._folder.cleanup()


def _below(draw: Any, count: int) -> int:
    """Draw a whole number below `count` from bits."""
    from hypothesis import strategies as st

    if count <= 1:
        return 0
    bits = (count - 1).bit_length()
    number = sum(int(draw(st.booleans())) << place for place in range(bits))
    return number % count


def _case(ground: Ground, below: Bits) -> Case:
    """Draw a table: each row anew or one that is there already, with a figure otherwise."""
    rows: list[list[Cell]] = []
    for _ in range(1 + below(SMALL)):
        if rows and below(4) == 0:
            row = list(rows[below(len(rows))])
            if row and below(2):
                at = below(len(row))
                row[at] = _cell(ground, ground.slots[at].name, below)
        else:
            row = [_cell(ground, slot.name, below) for slot in ground.slots]
        rows.append(row)
    table = ground.table(rows)
    if not ground.levers or below(4) == 0:
        return Case(table)
    how = below(4)
    if how < 2:
        return Case(table, ground.of_quanta(1 + below(16)))
    factor = (Fraction(1, 2), Fraction(1, 3), Fraction(2), Fraction(7, 5))[below(4)]
    return ground.with_money(Case(table), factor)


def _cell(ground: Ground, name: str, below: Bits) -> Cell:
    domain = ground.domain(name)
    if domain.kind != "number":
        known = ground.figures(name)
        return known[below(len(known))]
    how = below(8)
    if how < 3:
        scale = ground.scale(name) if below(2) else Fraction(1)
        known = ground.figures(name, scale)
        return known[below(len(known))]
    if how < 5 and domain.usual:
        return domain.usual[below(len(domain.usual))]
    return _anywhere(ground, domain, below)


def _anywhere(ground: Ground, domain: Domain, below: Bits) -> Fraction:
    """Draw a figure from the range of an input, or of what its figures are like."""
    least, most = domain.least, domain.most
    scale = ground.scale(domain.name) * 10
    low = least if least is not None else Fraction(0)
    high = most if most is not None else low + scale
    part = Fraction(below(2**_WIDE), 2**_WIDE - 1)
    figure = domain.on_step(low + (high - low) * part)
    return min(max(figure, low), high) if domain.allows(low) else figure
