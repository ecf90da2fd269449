"""Which items of a list a story tells one by one: those that a figure is the sum of."""

from __future__ import annotations

from pathlib import Path

import pytest

import transfers

POLICY = """
policy: p
districts: {file: d.csv, key: code}
lists: {s: {items: {a: {w: 2}, b: {w: 3}}, columns: {w: }}}
inputs: {n: {columns: "n_{item}", over: s}}
quantities:
  q: 'FORMULA'
grants: {aid: {pool: 10, share: q + 1}}
"""


def told(folder: Path, formula: str) -> list[str]:
    (folder / "p.yaml").write_text(POLICY.replace("FORMULA", formula), encoding="utf-8")
    (folder / "d.csv").write_text("code,n_a,n_b\nx,1,2\ny,3,4\n", encoding="utf-8")
    policy = transfers.load_policy(folder / "p.yaml")
    story = transfers.allocate(policy, transfers.load_districts(None, policy)).explain("x")
    lines = [line for line in story.lines if line.code == "explain.item"]
    return [line.text("en").split("  [")[0] for line in lines]


@pytest.mark.parametrize("formula", ["sum(s.w * n, over=s)", "2 + mean(s.w * n, over=s)"])
def test_a_sum_and_a_mean_are_told_item_by_item(tmp_path: Path, formula: str) -> None:
    assert told(tmp_path, formula) == ["a: w 2, n 1 -> 2", "b: w 3, n 2 -> 6"]


@pytest.mark.parametrize(
    "formula",
    ["cv(n, over=s)", "theil(n, over=s)", "std(n, over=s, weights=s.w)", "std_sample(n, over=s)"],
)
def test_the_squares_and_logarithms_inside_a_measure_are_not(tmp_path: Path, formula: str) -> None:
    assert told(tmp_path, formula) == []
    assert told(tmp_path, f"{formula} + sum(n, over=s)") == ["a: n 1 -> 1", "b: n 2 -> 2"]


RICHER = """
policy: p
money: {unit: 元}
districts: {file: d.csv, key: code}
lists:
  years:
    items:
      y2023: {weight: 0.25, year: 2023, kind: low}
      y2024: {weight: 0.75, year: 2024, kind: high}
    columns: {weight: , year: , kind: {type: text}}
inputs:
  n: {columns: "n_{item}", over: years}
  part: {unit: "%"}
parameters: {rate: {value: {low: 5%, high: 7%}}}
quantities:
  double: 2 * n
  q: FORMULA
grants: {aid: {pool: 10, share: q + 1}}
"""


def below(folder: Path, formula: str) -> list[str]:
    """Return the lines below that of the quantity `q`."""
    (folder / "p.yaml").write_text(RICHER.replace("FORMULA", formula), encoding="utf-8")
    table = "code,n_y2023,n_y2024,part\nx,30,10,2\ny,3,4,5\n"
    (folder / "d.csv").write_text(table, encoding="utf-8")
    policy = transfers.load_policy(folder / "p.yaml")
    story = transfers.allocate(policy, transfers.load_districts(None, policy)).explain("x")
    start = next(i for i, line in enumerate(story.lines) if line.values.get("name") == "q")
    lines = [line for line in story.lines[start + 1 :] if line.code.startswith("explain.item")]
    return [line.text("en").split("  [")[0] for line in lines]


@pytest.mark.parametrize(
    ("formula", "lines"),
    [
        (
            "mean(n, over=years, weights=years.weight)",
            [
                "y2023: n 30, weight 0.25 -> 30",
                "y2024: n 10, weight 0.75 -> 10",
                "mean(n, over=years, weights=years.weight) = 15",
            ],
        ),
        (
            "highest(n, over=years)",
            ["y2023: n 30 -> 30", "y2024: n 10 -> 10", "highest(n, over=years) = 30"],
        ),
        (
            "mean(n * 0, over=years)",
            ["y2023: n 30 -> 0", "y2024: n 10 -> 0", "mean(n * 0, over=years) = 0"],
        ),
    ],
)
def test_a_fold_other_than_a_sum_ends_with_its_own_result(
    tmp_path: Path, formula: str, lines: list[str]
) -> None:
    assert below(tmp_path, formula) == lines


@pytest.mark.parametrize(
    ("formula", "lines"),
    [
        # a table's entry, a quantity of items, and a choice: only the branch that is taken
        (
            "sum(n * rate[years.kind], over=years)",
            [
                "y2023: n 30, kind low, rate[low] 5% -> 1.5",
                "y2024: n 10, kind high, rate[high] 7% -> 0.7",
            ],
        ),
        ("sum(rate[years.kind], over=years)", ["y2023: kind low -> 0.05"]),
        ("sum(n + double, over=years)", ["y2023: n 30, double 60 -> 90"]),
        ('sum(if(years.key == "y2023", n, double), over=years)', ["y2023: n 30 -> 30"]),
        ("sum(n * years.year, over=years)", ["y2023: n 30, year 2023 -> 60,690"]),
        ("sum(share(n), over=years)", ["y2023: n 30, sum(n) 33 -> 0.9091"]),
        ("sum(double * 3, over=years)", ["y2023: double 60 -> 180"]),
        ("sum(double, over=years)", ["y2023: n 30 -> 60"]),
    ],
)
def test_every_factor_that_differs_by_item_stands_in_its_line(
    tmp_path: Path, formula: str, lines: list[str]
) -> None:
    written = f"'{formula}'" if '"' in formula else f'"{formula}"'
    assert below(tmp_path, written)[: len(lines)] == lines


@pytest.mark.parametrize(
    ("formula", "lines"),
    [
        ("part * sum(part) / highest(part)", ["sum(part) = 7%", "highest(part) = 5%"]),
        ("rank(part) + sum(part) + sum(part)", ["rank(part) = 2", "sum(part) = 0.07"]),
        ("share(part)", ["share(part) = 2% / 7% = 0.2857"]),
        ("sum(part)", []),
        ("1 / count(part > 3%)", ["count(part > 3%) = 1"]),
    ],
)
def test_what_an_aggregate_comes_to_stands_below_its_formula(
    tmp_path: Path, formula: str, lines: list[str]
) -> None:
    assert below(tmp_path, formula) == lines


def test_of_many_items_the_largest_are_told_in_the_order_of_the_list(tmp_path: Path) -> None:
    items = [f"i{number:02}" for number in range(20)]
    text = POLICY.replace(
        "{a: {w: 2}, b: {w: 3}}", f"{{{', '.join(f'{i}: {{w: 1}}' for i in items)}}}"
    )
    (tmp_path / "p.yaml").write_text(text.replace("FORMULA", "sum(n, over=s)"), encoding="utf-8")
    rows = [",".join(["code", *(f"n_{i}" for i in items)]), ",".join(["x", *map(str, range(20))])]
    (tmp_path / "d.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    policy = transfers.load_policy(tmp_path / "p.yaml")
    story = transfers.allocate(policy, transfers.load_districts(None, policy)).explain("x")
    said = [line.text("en") for line in story.lines if line.code.startswith("explain.item")]
    assert [line.split(":")[0] for line in said[:15]] == items[5:]
    assert said[15:17] == [
        "the other 4 items (those above are the largest) together 10",
        "together 190",
    ]


def test_items_without_a_row_of_the_district_are_not_said_to_add_nothing(tmp_path: Path) -> None:
    policy = """
policy: p
districts: {file: d.csv, key: code}
lists: {counties: {items: {a: {}, b: {}, c: {}}}}
inputs: {n: {file: r.csv, district: code, item: county, value: n, over: counties, default: 0}}
quantities: {q: "sum(n, over=counties)"}
grants: {aid: {pool: 10, share: q}}
"""
    (tmp_path / "p.yaml").write_text(policy, encoding="utf-8")
    (tmp_path / "d.csv").write_text("code\nx\ny\n", encoding="utf-8")
    (tmp_path / "r.csv").write_text("code,county,n\nx,a,1\nx,b,0\ny,c,5\n", encoding="utf-8")
    loaded = transfers.load_policy(tmp_path / "p.yaml")
    story = transfers.allocate(loaded, transfers.load_districts(None, loaded)).explain("x")
    said = [line.text("en") for line in story.lines if line.code == "explain.items_none"]
    assert said == ["1 more of counties add nothing: b"]


def test_a_figure_that_no_row_of_its_file_has_is_missing_there(tmp_path: Path) -> None:
    policy = """
policy: p
districts: {file: d.csv, key: code}
lists: {counties: {items: {a: {}, b: {}}}}
inputs: {n: {file: r.csv, district: code, item: county, value: n, over: counties}}
grants: {aid: {pool: 10, share: "1 / sum(1 / n, over=counties)"}}
"""
    (tmp_path / "p.yaml").write_text(policy, encoding="utf-8")
    (tmp_path / "d.csv").write_text("code\nx\ny\n", encoding="utf-8")
    (tmp_path / "r.csv").write_text("code,county,n\nx,a,1\nx,b,2\ny,a,5\n", encoding="utf-8")
    loaded = transfers.load_policy(tmp_path / "p.yaml")
    with pytest.raises(transfers.TableError) as raised:
        transfers.allocate(loaded, transfers.load_districts(None, loaded))
    assert raised.value.faults[0].text("en").count("r.csv n [y b])") == 1


def test_an_item_that_is_picked_is_told_with_its_figure(tmp_path: Path) -> None:
    assert told(tmp_path, 'n["b"] * s.w["a"]') == ["b: n 2 -> 2", "a: w 2 -> 2"]


def test_what_the_item_before_has_is_told_with_the_figure_of_the_item_before(
    tmp_path: Path,
) -> None:
    formula = 'sum(previous(n) * s.w, over=s, where=s.key == "b")'
    assert told(tmp_path, formula) == ["b: previous(n) 1, w 3 -> 3"]


def test_units_that_differ_by_language_stand_in_the_lines_of_items(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(
        """
policy: p
money: {unit: 元}
districts: {file: d.csv, key: code}
lists: {s: [a, b]}
inputs:
  population: {unit: 人}
  beds: {columns: "{item}", over: s, unit: 床}
quantities:
  lack: population / beds
  need: sum(share(lack), over=s)
grants: {aid: {pool: 10, share: need}}
""",
        encoding="utf-8",
    )
    (tmp_path / "d.csv").write_text("code,population,a,b\nx,30,10,2\ny,10,10,10\n", "utf-8")
    policy = transfers.load_policy(tmp_path / "p.yaml")
    story = transfers.allocate(policy, transfers.load_districts(None, policy)).explain("x")
    lines = [line.text("en").split("  [")[0] for line in story.lines]
    assert "a: beds 10 床, sum(lack) 4 person/床 -> 0.75" in lines


def test_an_item_picked_twice_in_a_formula_is_told_once(tmp_path: Path) -> None:
    assert told(tmp_path, 'n["b"] * n["b"]') == ["b: n 2 -> 2"]
