"""Why a figure is missing is said of the part that has none, once, with what to do about it."""

from __future__ import annotations

from pathlib import Path

import pytest

import transfers

HEAD = """
policy: p
districts: {file: d.csv, key: key}
inputs: {a: , n: , class: {type: text}}
parameters: {taper: {1: 10%, 2: 20%}, year_of: 6, upto: [{up_to: 2, value: 1}]}
"""
TABLE = "key,a,n,class\nx,1,1,A\ny,2,2,A\nz,3,3,B\n"


def faults(folder: Path, rest: str) -> list[str]:
    (folder / "p.yaml").write_text(HEAD.lstrip() + rest, encoding="utf-8")
    (folder / "d.csv").write_text(TABLE, encoding="utf-8")
    policy = transfers.load_policy(folder / "p.yaml")
    with pytest.raises(transfers.TableError) as raised:
        transfers.allocate(policy, transfers.load_districts(None, policy))
    return [fault.text("en") for fault in raised.value.faults]


@pytest.mark.parametrize(
    ("formula", "why"),
    [
        ("taper[year_of] * a", "there is no entry taper[6]; there are 1, 2"),
        ("taper[3] * a", "there is no entry taper[3]; there are 1, 2"),
        ("taper[n] * a", "there is no entry taper[3]; there are 1, 2"),
        ("a / (n - 1)", "÷ 0: n - 1 is zero; say what to do then, as in if(n - 1 == 0, ..., ...)"),
        ("a * lowest(a, where=a > 9)", "lowest(a, where=a > 9): nobody counts: where= holds"),
        ("a * mean(a, where=a > 9)", "÷ 0: mean(a, where=a > 9) has nothing to divide by"),
        ("exp(a * 3702)", "exp(3,702) has no figure, or one too large to compute with"),
        ("log(a - 3)", "log(-2) has no figure, or one too large to compute with"),
        ("step(a, upto)", "step(a, upto): beyond the last bracket, where there is no value"),
    ],
)
def test_a_part_without_a_figure_is_named_with_its_line(
    tmp_path: Path, formula: str, why: str
) -> None:
    written = f'quantities: {{q: "{formula}", r: q + 1}}\ngrants: {{aid: {{pool: 9, share: r}}}}\n'
    (fault,) = faults(tmp_path, written)
    assert f"line 5, quantities.q: {why}" in fault
    assert "Fill it in" not in fault


def test_what_follows_from_one_division_is_told_once(tmp_path: Path) -> None:
    rest = """
quantities:
  place: (rank(a, by=class) - 1) / (count(true, by=class) - 1)
  first: a / sum(place)
  second: sum(place) + mean(place)
grants: {aid: {pool: 9, share: first * second}}
"""
    (fault,) = faults(tmp_path, rest)
    assert "line 7, quantities.place: ÷ 0: count(true, by=class) - 1 is zero" in fault


INNER = "{file: f.csv, key: item, inner_key: kind, value: 省}"


def test_of_a_table_of_two_keys_the_inner_ones_are_those_of_the_outer_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "f.csv").write_text(
        "item,kind,省\nS2,one,1\nS2,three,3\nS7,one,1\nS7,two,2\nS7,B,2\n", encoding="utf-8"
    )
    monkeypatch.setitem(globals(), "HEAD", HEAD.replace("{taper:", f"{{p: {INNER}, taper:"))
    (fault,) = faults(
        tmp_path, "quantities: {q: \"a * p['S7'][class]\"}\ngrants: {aid: {pool: 9, share: q}}\n"
    )
    assert "there is no entry p[S7][A]; p[S7] has only one, two, B" in fault


def test_a_blank_cell_that_several_parameters_read_is_told_once_by_column_and_keys(
    tmp_path: Path,
) -> None:
    (tmp_path / "f.csv").write_text("item,kind,省\nS2,one,1\nS2,two,\n", encoding="utf-8")
    (tmp_path / "d.csv").write_text(TABLE, encoding="utf-8")
    head = HEAD.lstrip().replace("{taper:", f"{{p: {INNER}, q: {INNER}, taper:")
    (tmp_path / "p.yaml").write_text(head + "grants: {aid: {pool: 9, share: a}}\n", "utf-8")
    with pytest.raises(transfers.DocumentError) as raised:
        transfers.load_policy(tmp_path / "p.yaml")
    assert [fault.text("zh") for fault in raised.value.faults] == [
        "f.csv:3: “省”列空白（S2、two）；请填上数。"
    ]
