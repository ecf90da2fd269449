"""What scenarios move: numbers, groups that keep their sum, figures of districts, exactly."""

from __future__ import annotations

import pickle
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios import load_study, seek
from scenarios.sweeping.source import SweepSource, multiplied, within
from scenarios.sweeping.swept import prepared
from tests.sweeping.conftest import Studied
from transfers import DocumentError, TableError
from transfers.arithmetic.decimals import Decimals
from transfers.districts.columns import NumberColumn

AREA = ("grants", "equalisation", "share", "factors", "area")
FACTORS = AREA[:-1]


def source_of(study: Any) -> SweepSource:
    return prepared(study).source


def test_a_group_keeps_its_sum_as_the_policy_itself_would_scale_it(studied: Studied) -> None:
    study = studied(
        "vary: {grants.equalisation.share.factors.area: [15%, 20%, 25%]}\n"
        "rescale: grants.equalisation.share.factors"
    )
    source = source_of(study)
    policy = source.setting.policy
    for moves, (area,) in zip(source.moves(0, 3), source.values(0, 3), strict=True):
        wanted = policy.rescaled({"area": area}, "grants.equalisation.share.factors")
        assert {path: moves.get(path, policy.numbers[path].value) for path in wanted} == wanted
        assert sum(v for path, v in {**wanted, **moves}.items() if path[:-1] == FACTORS) == 1


def test_all_figures_move_alike_together_and_each_by_itself(studied: Studied) -> None:
    together = source_of(studied("vary: {inputs.population: {together: [-2%, 0%, 2%]}}"))
    table = together.setting.districts.columns["population"].fractions()
    for moves, (change,) in zip(together.moves(0, 3), together.values(0, 3), strict=True):
        moved = moves["inputs", "population"].fractions()  # type: ignore[union-attr]
        assert moved == [figure * (1 + change) for figure in table]  # type: ignore[operator]
    each = source_of(studied("vary: {inputs.population: {each: 2%}}\nsample: {size: 50}"))
    rows = each.design.rows(0, 50)
    for moves, (changes,) in zip(each.moves(0, 50), rows, strict=True):
        moved = moves["inputs", "population"].fractions()  # type: ignore[union-attr]
        ratios = [a / b - 1 for a, b in zip(moved, table, strict=True)]
        assert ratios == [Fraction(int(change), 10**4) for change in changes]
        assert max(map(abs, ratios)) <= Fraction(2, 100)
        assert len(set(ratios)) > 1
    assert each.values(0, 1) == [("±2%",)]


def test_scenarios_are_the_same_however_they_are_cut_and_wherever_they_are(
    studied: Studied,
) -> None:
    study = studied(
        "vary:\n  inputs.population: {each: 2%}\n  parameters.growth_cap: {from: 10%, to: 30%}\n"
        "sample: {size: 64, method: sobol}"
    )
    source = source_of(study)
    elsewhere = pickle.loads(pickle.dumps(source))

    def plain(moves: list[Any]) -> list[Any]:
        return [
            {k: v if isinstance(v, Fraction) else tuple(v.fractions()) for k, v in m.items()}
            for m in moves
        ]

    whole = plain(source.moves(0, 64))
    assert plain([*elsewhere.moves(40, 64)]) == whole[40:]
    assert plain([m for n in range(64) for m in elsewhere.moves(n, n + 1)]) == whole
    assert source.digest() == elsewhere.digest() == source_of(study).digest()


@pytest.mark.parametrize(
    "other",
    [
        "vary: {parameters.growth_cap: {from: 10%, to: 30%}}\nsample: {size: 16, seed: 2}",
        "vary: {parameters.growth_cap: {from: 10%, to: 31%}}\nsample: {size: 16}",
        "vary: {parameters.growth_cap: {from: 10%, to: 30%}}\nsample: {size: 16, digits: 3}",
        "vary: {parameters.growth_cap: {from: 10%, to: 30%}}\nsample: {size: 16, method: sobol}",
    ],
)
def test_other_scenarios_have_another_digest(studied: Studied, other: str) -> None:
    first = "vary: {parameters.growth_cap: {from: 10%, to: 30%}}\nsample: {size: 16}"
    assert source_of(studied(first)).digest() != source_of(studied(other)).digest()


def test_figures_of_single_districts_move_also_to_texts(studied: Studied) -> None:
    source = source_of(
        studied("vary:\n  inputs.tier.鹤山市: [A, B]\n  inputs.towns.440703: [6, 8]")
    )
    assert source.unmoved_values() == ("B", 6)
    third = source.moves(0, 4)[1]
    assert third["inputs", "towns"].fractions()[0] == 8  # type: ignore[union-attr]
    assert third["inputs", "tier"].texts()[5] == "A"  # type: ignore[union-attr]


def test_a_figure_that_would_leave_its_range_is_put_on_its_edge() -> None:
    column = NumberColumn(Decimals(np.array([950, 500, 0]), 1), np.array([False, False, True]))
    moved = within(column.scaled(Fraction(11, 10)), Fraction(0), Fraction(100))
    assert moved.fractions() == [Fraction(100), Fraction(55), None]


@given(
    st.lists(st.tuples(st.integers(0, 10**17), st.integers(-2000, 2000)), min_size=1, max_size=5)
)
def test_products_are_exact_beyond_sixty_four_bits(pairs: list[tuple[int, int]]) -> None:
    figures = np.array([figure for figure, _ in pairs], dtype=np.int64)
    changes = np.array([change for _, change in pairs], dtype=np.int64)
    column = NumberColumn(Decimals(figures, 2), np.zeros(len(pairs), dtype=bool))
    assert multiplied(column, changes, 4).fractions() == [
        Fraction(figure, 100) * Fraction(10**4 + change, 10**4) for figure, change in pairs
    ]


@pytest.mark.parametrize(
    ("sweep", "wrong"),
    [
        ("vary: {parameters.grwth_cap: [1]}", ["sweep.unknown_path_near"]),
        ("vary: {nothing.like.it: [1]}", ["sweep.unknown_path"]),
        ("vary: {inputs.population: [1, 2]}", ["sweep.whole_input"]),
        ("vary: {inputs.tier: {together: [2%]}}", ["sweep.no_figures"]),
        ("vary: {inputs.peple: {together: [2%]}}", ["sweep.unknown_input"]),
        ("vary: {inputs.towns.新会: [1]}", ["figures.unknown_district_near"]),
        ("vary: {inputs.towns.440784: [1, -1]}", ["table.below_minimum"]),
        ("vary: {budget: [1], budget.amount: [2]}", ["sweep.path_twice"]),
        (
            "vary: {inputs.towns: {together: [1%]}, inputs.towns.440784: [2]}",
            ["sweep.figure_and_input"],
        ),
        (
            "vary: {grants.equalisation.share.factors.area: [50%, 150%]}\n"
            "rescale: grants.equalisation.share.factors",
            ["sweep.beyond_sum"],
        ),
        (
            "vary: {parameters.growth_cap: [1%]}\nrescale: parameters.growth_ca",
            ["sweep.rescale_unused"],
        ),
        ("vary: {parameters.growth_cap: [1%]}\ntable: nobody", ["sweep.unknown_figure"]),
        (
            "vary: {parameters.growth_cap: {from: 10.1%, to: 10.2%}}\nsample: {size: 2, digits: 2}",
            ["sweep.digits"],
        ),
    ],
)
def test_paths_and_values_that_do_not_fit_are_told(
    studied: Studied, sweep: str, wrong: list[str]
) -> None:
    with pytest.raises((DocumentError, TableError)) as raised:
        prepared(studied(sweep))
    assert [fault.code for fault in raised.value.faults] == wrong


# -- a file of rows --------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_rows_of_a_file_are_scenarios_and_blanks_leave_what_is_there(
    studied: Studied, jiangmen: Any, encoding: str
) -> None:
    text = "budget.amount,parameters.growth_cap,inputs.population,inputs.tier.鹤山市\n"
    text += "4100,,+2%,\n,20%,,A\n"
    (jiangmen / "rows.csv").write_text(text, encoding=encoding)
    source = source_of(studied("rows: rows.csv"))
    first, second = source.moves(0, 2)
    assert first["budget", "amount"] == 4100
    assert ("parameters", "growth_cap") not in first
    table = source.setting.districts.columns["population"].fractions()
    moved = first["inputs", "population"].fractions()  # type: ignore[union-attr]
    assert moved == [figure * Fraction(102, 100) for figure in table]  # type: ignore[operator]
    assert second["parameters", "growth_cap"] == Fraction(1, 5)
    assert second["inputs", "tier"].texts()[5] == "A"  # type: ignore[union-attr]
    assert source.values(0, 1) == [(4100, "", Fraction(2, 100), "")]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("budget.amount,budget.amount\n1,2\n", ["sweep.path_twice"]),
        ("budget.amount,\n4100,7\n", ["sweep.no_heading"]),
        ("budget.amount\n", ["sweep.no_rows"]),
        ("budget.amount\n4100\nmany\n", ["document.not_a_number"]),
        ("inputs.population\n+2%\n3.5\n", ["sweep.not_a_change"]),
        ("budget.amunt\n4100\n", ["sweep.unknown_path_near"]),
        ("inputs.towns.440784\n10\n-1\n", ["table.below_minimum"]),
        (
            "budget.amount,inputs.towns.440703,inputs.towns.440784,inputs.towns.440785\n"
            "1,2,3,4\n4000,2,3,4\n",
            ["sweep.line_not_read"],
        ),
    ],
)
def test_a_file_that_holds_no_scenarios_is_refused(
    studied: Studied, jiangmen: Any, text: str, wrong: list[str]
) -> None:
    (jiangmen / "rows.csv").write_text(text, encoding="utf-8")
    study = studied("rows: rows.csv")
    with pytest.raises((DocumentError, TableError)) as raised:
        prepared(study)
    assert [fault.code for fault in raised.value.faults] == wrong
    assert all(fault.place.file.endswith("rows.csv") for fault in raised.value.faults)


@pytest.mark.parametrize(
    ("vary", "code"),
    [
        ("parameters.growth_cap: [15, 20]", "document.percent_meant"),
        ("parameters.growth_cap: [15%, 20]", "sweep.percent_mixed"),
        ("parameters.growth_cap: {from: 10%, to: 20, step: 1%}", "sweep.percent_mixed"),
        ("inputs.population: {together: [1, 2]}", "sweep.percent_expected"),
        ("grants.equalisation.share.factors.area: [22%, 25%]", "sweep.rescale_missing"),
        (
            "inputs.population.440784: [50], inputs.population.鹤山市: [51]",
            "sweep.path_twice",
        ),
    ],
)
def test_what_is_not_meant_is_refused_at_its_place(studied: Studied, vary: str, code: str) -> None:
    with pytest.raises(DocumentError) as caught:
        prepared(studied(f"vary: {{{vary}}}"))
    assert {fault.code for fault in caught.value.faults} == {code}
    assert all(fault.place.line for fault in caught.value.faults)


def test_a_per_cent_sign_beside_a_figure_of_a_list_in_per_cent_is_refused(
    tmp_path: Path,
) -> None:
    (tmp_path / "p.yaml").write_text(
        "policy: p\ndistricts: {file: t.csv, key: code}\n"
        'lists: {parts: {items: {a: {w: 40%}}, columns: {w: {unit: "%"}}}}\n'
        "inputs: {x: {unit: 万元}}\ngrants: {g: {claim: 'x * sum(parts.w, over=parts)'}}\n",
        encoding="utf-8",
    )
    (tmp_path / "t.csv").write_text("code,x\nA,1000\n", encoding="utf-8")
    path = "lists.parts.items.a.w"

    def source(value: str) -> SweepSource:
        text = f"study: s\npolicy: p.yaml\nsweep: {{vary: {{{path}: [{value}]}}}}\n"
        (tmp_path / "s.yaml").write_text(text, encoding="utf-8")
        return source_of(load_study(tmp_path / "s.yaml"))

    assert source("30").moves(0, 1) == [{tuple(path.split(".")): 30}]
    with pytest.raises(DocumentError) as wrong:
        source("30%")
    assert [fault.code for fault in wrong.value.faults] == ["document.percent_beside_unit"]
    (tmp_path / "k.yaml").write_text(
        f"study: s\npolicy: p.yaml\nseek: {{vary: {path}, within: [0%, 100%], step: 1%, "
        "rescale: none, so_that: g >= 500}\n",
        encoding="utf-8",
    )
    with pytest.raises(DocumentError) as wrong:
        seek(load_study(tmp_path / "k.yaml"))
    assert {fault.code for fault in wrong.value.faults} == {"document.percent_beside_unit"}
