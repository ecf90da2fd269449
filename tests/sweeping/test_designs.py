"""Which values go together: grids with exact ends, values drawn and rounded."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios import load_study
from scenarios.study.ways import Way, ways
from scenarios.sweeping.designs import Drawn, Grid, ends, rounded
from scenarios.sweeping.units import LatinHypercube
from transfers.documents.yaml_source import Source, scan


def source_of(vary: str) -> Source:
    """Return the source of a study with one path that varies."""
    source, _ = scan(f"study: a\npolicy: p.yaml\nsweep: {{vary: {{parameters.x: {vary}}}}}\n", "s")
    return source


@given(
    low=st.decimals(-1000, 1000, places=3),
    step=st.decimals("0.001", 10, places=3),
    count=st.integers(1, 200),
)
def test_a_grid_has_both_ends_and_steps_exactly(low: object, step: object, count: int) -> None:
    first, by = Fraction(str(low)), Fraction(str(step))
    last = first + count * by
    text = f"{{from: {low}, to: {_decimal(last)}, step: {step}}}"
    faults: list[object] = []
    (way,) = ways(source_of(text), faults)  # type: ignore[arg-type]
    assert not faults
    assert (way.values[0], way.values[-1], len(way.values)) == (first, last, count + 1)
    assert {b - a for a, b in zip(way.values, way.values[1:], strict=False)} == {by}  # type: ignore[operator]


def _decimal(figure: Fraction) -> str:
    return f"{int(figure * 1000)}e-3"


def test_the_last_path_goes_through_its_values_first() -> None:
    one = Way("a", (), (Fraction(1), Fraction(2)))
    two = Way("b", (), ("x", "y", "z"))
    grid = Grid((one, two))
    assert len(grid) == 6
    assert grid.rows(0, 6) == [(n, t) for n in one.values for t in two.values]
    assert grid.rows(2, 5) == grid.rows(0, 6)[2:5]


@given(
    low=st.fractions(-10, 10, max_denominator=1000),
    wide=st.fractions("1/10", 10, max_denominator=1000),
    digits=st.integers(2, 6),
    units=st.lists(st.floats(0, 1, exclude_max=True), min_size=1, max_size=20),
)
def test_drawn_values_are_decimals_inside_the_range(
    low: Fraction, wide: Fraction, digits: int, units: list[float]
) -> None:
    high = low + wide
    found = rounded(np.array(units), low, high, digits)
    least, most = ends(low, high, digits)
    half = Fraction(1, 10**digits) * Fraction(51, 100)
    for unit, mantissa in zip(units, found.tolist(), strict=True):
        assert low <= Fraction(least, 10**digits) <= Fraction(mantissa, 10**digits) <= high
        assert least <= mantissa <= most
        assert abs(Fraction(mantissa, 10**digits) - (low + Fraction(unit) * wide)) <= max(
            half, Fraction(least, 10**digits) - low, high - Fraction(most, 10**digits)
        )


def test_a_drawn_list_has_each_of_its_values_equally_often() -> None:
    way = Way("a", (), ("A", "B", "C"))
    drawn = Drawn((way,), (1,), LatinHypercube(300, 1, 5), 300, 4)
    texts = [row[0] for row in drawn.rows(0, 300)]
    assert sorted(texts) == ["A"] * 100 + ["B"] * 100 + ["C"] * 100


WRONG = [
    ("25%", "sweep.way"),
    ("{from: 1}", "sweep.way"),
    ("[[1]]", "sweep.way"),
    ("{each: 2%}", "sweep.not_an_input"),
    ("{from: 2, to: 1, step: 1}", "sweep.range_empty"),
    ("{from: 1, to: 2, step: 0}", "sweep.step"),
    ("{from: 1, to: 2, step: 0.3}", "sweep.step_misses_end"),
    ("{from: 0, to: 1, step: 1e-7}", "sweep.too_many"),
    ("[1, 1.0]", "sweep.value_twice"),
    ("[1, one]", "document.not_a_number"),
    ("[1, 20万元]", "document.number_with_unit"),
]


@pytest.mark.parametrize(("text", "code"), WRONG)
def test_what_is_no_way_to_vary_is_told(text: str, code: str) -> None:
    faults: list[object] = []
    assert ways(source_of(text), faults) == ()  # type: ignore[arg-type]
    assert [fault.code for fault in faults] == [code]  # type: ignore[attr-defined]


trees = st.recursive(
    st.none() | st.text(max_size=6) | st.sampled_from(["1", "15%", "-2%", "1e9", "0", "±3%"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["from", "to", "step", "each", "together", "x"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


@given(
    path=st.sampled_from(["parameters.x", "inputs.people", "inputs.people.甲", "inputs", ""]),
    tree=trees,
)
def test_whatever_stands_there_is_a_way_to_vary_or_a_fault(path: str, tree: Any) -> None:
    data = {"sweep": {"vary": {path: tree}}}
    source = Source("s", "", data, {}, {})
    faults: list[Any] = []
    found = ways(source, faults)
    assert len(found) + len(faults) == 1 or (not found and faults)
    for fault in faults:
        assert fault.text("zh")
        assert fault.text("en")


def test_a_step_that_misses_the_end_says_where_it_goes() -> None:
    faults: list[object] = []
    ways(source_of("{from: 15%, to: 30%, step: 4%}"), faults)  # type: ignore[arg-type]
    (fault,) = faults
    assert fault.text("en") == (  # type: ignore[attr-defined]
        "s:3:57 sweep.vary.parameters.x.step: steps of 4% do not meet 30%: the last value is 27%;"
        " write to: 27% or 31%, or another step"
    )


@pytest.mark.parametrize(
    ("section", "codes"),
    [
        ("sample: {size: 8}", ["sweep.nothing_varies"]),
        ("vary: {parameters.x: [1]}\n  rows: a.csv", ["sweep.rows_alone"]),
        ("vary: {parameters.x: {from: 1, to: 2}}", ["sweep.range_needs_sample"]),
        ("vary: {parameters.x: [1]}\n  sample: {size: 0}", ["sweep.size"]),
        ("vary: {parameters.x: [1]}\n  sample: {size: 1.5}", ["sweep.size"]),
        ("vary: {parameters.x: [1]}\n  sample: {size: 2, seed: -1}", ["sweep.seed"]),
        (
            "vary: {parameters.x: [1]}\n  sample: {size: 1000, method: sobol}",
            ["sweep.power_of_two"],
        ),
        ("vary: {parameters.x: [1]}\n  quantiles: [5%, 105%]", ["sweep.quantile"]),
        ("vary: {parameters.x: [1]}\n  quantiles: [5%, 0.05]", ["sweep.value_twice"]),
        ("vary: {parameters.x: [1]}\n  variant: other", ["study.unknown_variant"]),
        ("vary: {parameters.x: [1]}\n  compare_with: baselin", ["study.unknown_variant_near"]),
        ("vary: {parameters.x: [1]}\n  indices: {of: total}", ["sweep.indices_need_sample"]),
        ("vary: {parameters.x: [1]}\n  rescale: grants", ["sweep.rescale_unused"]),
        (
            "vary: {parameters.x: {from: 1, to: 1000, step: 1}, parameters.y: "
            "{from: 1, to: 1001, step: 1}}",
            ["sweep.grid_too_large"],
        ),
        (
            "vary: {parameters.x: [1], parameters.y: [1], parameters.z: [1]}\n  table: losers",
            ["sweep.no_table"],
        ),
    ],
)
def test_what_does_not_go_together_is_told(tmp_path: Path, section: str, codes: list[str]) -> None:
    file = tmp_path / "study.yaml"
    file.write_text(f"study: a\npolicy: p.yaml\nsweep:\n  {section}\n", encoding="utf-8")
    with pytest.raises(Exception) as raised:  # noqa: PT011  (its faults are looked at)
        load_study(file)
    assert [fault.code for fault in raised.value.faults] == codes  # type: ignore[attr-defined]


def test_a_grid_that_is_too_large_is_refused_with_its_count(tmp_path: Path) -> None:
    file = tmp_path / "study.yaml"
    wide = "{from: 1, to: 1001, step: 1}"
    file.write_text(
        f"study: a\npolicy: p\nsweep: {{vary: {{parameters.x: {wide}, parameters.y: {wide}}}}}\n",
        encoding="utf-8",
    )
    with pytest.raises(Exception, match=r"1001 x 1001 = 1,002,001"):
        load_study(file)
