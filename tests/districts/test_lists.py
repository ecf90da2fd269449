"""Lists as data: their files, and inputs that have a figure for each district and item."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import polars
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import transfers
from transfers import Policy
from transfers.arithmetic.decimals import Decimals
from transfers.districts import BooleanColumn, Districts, NumberColumn, TextColumn
from transfers.districts.long import Pairs
from transfers.districts.pairs import MOST_PAIRS
from transfers.districts.stacking import stacked
from transfers.errors import DocumentError, TableError
from transfers.policy.moves import Mover

POLICY = """\
policy: lists
districts: {file: d.csv, key: code, name: name}
lists:
  services:
    file: services.csv
    key: [item, 代码]
    name: title
    columns:
      standard: {title: 标准, unit: 元/人, min: 0}
      kind: {one_of: [bottom, key, other]}
      led: {unit: "%", default: 0}
      new: {type: yes_no}
  grades:
    items: {a: {points: 90, award: 120}, b: {points: 80, award: }}
    columns: {points: , award: {unit: 万元, default: 7}}
inputs:
  recipients: {file: r.csv, district: code, item: item, value: people, over: services, unit: 人}
  last: {file: r.csv, district: code, item: item, over: services, unit: 人, default: 0}
  pupils: {columns: {a: [甲生, first], b: 乙生}, over: grades, min: 0}
  level: {columns: "level_{item}", over: grades, one_of: [高, 低]}
  poor: {columns: "{name}_poor", over: grades, type: yes_no}
grants: {g: {pool: 100, share: "if(key == '01', 1, 2)"}}
"""
FILES = {
    "policy.yaml": POLICY.replace("award: }", "award: '-'}"),
    "d.csv": "code,name,甲生,乙生,level_a,level_b,a_poor,b_poor\n"
    "01,东,1,2.25,高,低,是,否\n02,西,3,4,低,,否,\n03,南,5.5,6,高,高,是,是\n",
    "services.csv": "item,title,标准（万元/人）,kind,led,new\n"
    "db,低保,0.086,bottom,35%,是\ntk,特困,,key,,否\n",
    "r.csv": "code,item,people,last\n03,db,30,3\n01,tk,10,1\n01,db,20,\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def changed(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")


def policy_in(folder: Path, changes: Mapping[str, str] | None = None) -> Policy:
    return transfers.load_policy(folder / "policy.yaml", changes)


def districts_in(folder: Path, table: Any = None, **changes: str) -> Districts:
    return transfers.load_districts(table, policy_in(folder, changes))


def figures(districts: Districts, name: str) -> list[Fraction | None]:
    column = districts.columns[name]
    assert isinstance(column, NumberColumn)
    return column.fractions()


def refusals(folder: Path, language: str = "en") -> list[str]:
    with pytest.raises((TableError, DocumentError)) as caught:
        districts_in(folder)
    prefix = f"{folder}/"
    return [line.replace(prefix, "") for line in caught.value.lines(language)]


# -- lists -----------------------------------------------------------------------------------------


def test_a_list_from_a_file_has_its_items_in_the_order_of_the_file(folder: Path) -> None:
    services = policy_in(folder).lists["services"]
    assert (services.keys, services.names) == (("db", "tk"), ("低保", "特困"))
    standard, kind = services.columns["standard"], services.columns["kind"]
    assert [number and number.value for number in standard.numbers] == [860, None]
    assert (kind.texts, kind.allowed) == (("bottom", "key"), ("bottom", "key", "other"))
    assert [number and number.value for number in services.columns["led"].numbers] == [35, 0]
    assert services.columns["new"].texts == ("true", "false")
    assert str(standard.places[1]).endswith("services.csv:3:3")


def test_a_list_of_the_document_has_its_numbers_where_they_are_written(folder: Path) -> None:
    policy = policy_in(folder)
    award = policy.lists["grades"].columns["award"]
    assert [number and number.value for number in award.numbers] == [120, 7]
    assert ("lists", "grades", "items", "a", "award") in policy.numbers
    assert str(award.places[0]).endswith("policy.yaml:14:36 lists.grades.items.a.award")


def test_the_files_of_lists_are_in_the_audit_trail(folder: Path) -> None:
    districts = districts_in(folder)
    assert [Path(source.file).name for source in districts.sources] == [
        *("d.csv", "r.csv", "services.csv")
    ]
    assert all(len(source.sha256) == 64 for source in districts.sources)
    assert [Path(file).name for file, _ in districts.files] == ["d.csv", "r.csv", "services.csv"]
    (converted,) = (f for f in districts.findings if "标准" in f.message("zh"))
    assert str(converted.where).endswith("services.csv:1:3")


def test_what_is_wrong_with_the_file_of_a_list_is_told_all_at_once(folder: Path) -> None:
    changed(folder, "services.csv", "tk,特困,,key,,否", "db,特困,x,kex,,可\n,无,1,key,1,是")
    changed(folder, "services.csv", "0.086", "-0.086")
    assert refusals(folder) == [
        "services.csv:2:3: db 低保: “标准（万元/人）” is -0.086, below its minimum 0; check the "
        "figure, "
        "or `min` in the policy.",
        "services.csv:3:1: The key “db” is already on line 2; each item has one row: mend or "
        "delete "
        "one.",
        "services.csv:3:3: db 特困: “标准（万元/人）” reads “x”, which is not a number; write a "
        "plain "
        "number, or leave it blank where it is missing.",
        "services.csv:3:4: db 特困: “kind” reads “kex”, which must be one of: bottom, key, other. "
        "Mend it, or add it to `one_of` in the policy.",
        "services.csv:3:6: db 特困: “new” reads “可”; write yes or no, or leave it blank.",
        "services.csv:4:1: The row has no key (column “item”); add it, or delete the row if it "
        "is no "
        "item.",
    ]


def test_a_list_without_rows_or_without_a_column_says_so(folder: Path) -> None:
    (folder / "services.csv").write_text("item,title,标准,kind,led,new\n", encoding="utf-8")
    (line,) = refusals(folder, "zh")
    assert line == "services.csv:1: 只有表头，没有数据；请在表头下为每个项目填一行。"
    (folder / "services.csv").write_text("item,title,标准,sort,led,new\na,b,1,key,1,是\n", "utf-8")
    (line,) = refusals(folder)
    assert "services.csv has no column “kind”" in line
    assert line.startswith("policy.yaml:10:7 lists.services.columns.kind:")


def test_numbers_of_a_list_in_the_document_are_checked_at_their_place(folder: Path) -> None:
    changed(folder, "policy.yaml", "points: 90", "points: x")
    (line,) = refusals(folder)
    assert line.startswith("policy.yaml:14:25 lists.grades.items.a.points: a: “points” reads “x”")


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("'a '", "lists.grades.items.a: The key “a” looks like “a” on line 14"),
        ("'ａ'", "lists.grades.items.ａ: The key “ａ” looks like “a” on line 14"),
        ("''", "The row has no key"),
        ("'—'", "The row has no key"),
    ],
)
def test_keys_of_a_list_in_the_document_are_checked_as_those_of_a_file(
    folder: Path, key: str, said: str
) -> None:
    """Its items would be told apart by nobody, and columns `n_{item}` be looked for twice."""
    changed(
        folder,
        "policy.yaml",
        "pupils: {columns: {a: [甲生, first], b: 乙生}",
        "pupils: {columns: 'x_{item}'",
    )
    changed(folder, "policy.yaml", "b: {points: 80", f"{key}: {{points: 80")
    (line,) = refusals(folder)
    assert said in line and line.startswith("policy.yaml:14:")


def test_a_total_in_the_file_of_a_list_is_no_item(folder: Path) -> None:
    changed(folder, "services.csv", "tk,", "合计,,0.086,,,\ntk,")
    policy = policy_in(folder)
    assert policy.lists["services"].keys == ("db", "tk")
    assert any("不是清单的项目" in finding.message("zh") for finding in policy.findings)


# -- figures by district and item ------------------------------------------------------------------


def test_rows_in_any_order_become_a_column_item_after_item(folder: Path) -> None:
    districts = districts_in(folder)
    assert figures(districts, "recipients") == [20, None, 30, 10, None, None]
    assert figures(districts, "last") == [0, 0, 3, 1, 0, 0]


def test_a_column_for_each_item_becomes_a_column_item_after_item(folder: Path) -> None:
    districts = districts_in(folder)
    assert figures(districts, "pupils") == [1, 3, Fraction(11, 2), Fraction(9, 4), 4, 6]
    level, poor = districts.columns["level"], districts.columns["poor"]
    assert isinstance(level, TextColumn) and isinstance(poor, BooleanColumn)
    assert level.texts() == ["高", "低", "高", "低", None, "高"]
    assert poor.values.tolist() == [True, False, True, False, False, True]
    assert poor.missing.tolist() == [False, False, False, False, True, False]


def test_a_figure_knows_its_cell_and_a_pair_without_a_row_its_file(folder: Path) -> None:
    districts = districts_in(folder)

    def cells(name: str) -> list[str]:
        count = len(districts.columns[name])
        return [str(districts.place(name, at)).rpartition("/")[2] for at in range(count)]

    assert cells("recipients") == [
        *("r.csv:4:3", "r.csv", "r.csv:2:3", "r.csv:3:3", "r.csv", "r.csv")
    ]
    assert cells("pupils") == [
        *("d.csv:2:3", "d.csv:3:3", "d.csv:4:3", "d.csv:2:4", "d.csv:3:4", "d.csv:4:4")
    ]


def test_inputs_of_one_file_read_it_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from transfers.districts import load

    read: list[str] = []
    whole = load.read_table

    def counted(path: Any, wanted: Any = None) -> Any:
        read.append(Path(path).name)
        return whole(path, wanted)

    policy = policy_in(folder)
    monkeypatch.setattr(load, "read_table", counted)
    transfers.load_districts(None, policy)
    assert read == ["d.csv", "r.csv"]


def test_a_unit_in_the_heading_of_a_file_of_rows_is_converted(folder: Path) -> None:
    changed(folder, "r.csv", "people", "people（万人）")
    assert figures(districts_in(folder), "recipients")[0] == 200_000


def test_a_frame_of_districts_goes_with_the_files_of_rows(folder: Path) -> None:
    frame = polars.read_csv(folder / "d.csv", infer_schema=False)
    from_frame, from_file = districts_in(folder, frame), districts_in(folder)
    for name in ("recipients", "last", "pupils"):
        assert figures(from_frame, name) == figures(from_file, name)


def test_another_file_of_rows_is_named_by_a_change(folder: Path) -> None:
    (folder / "other.csv").write_text("code,item,people\n02,tk,99\n", encoding="utf-8")
    districts = districts_in(folder, **{"inputs.recipients.file": "other.csv"})
    assert figures(districts, "recipients") == [None, None, None, None, 99, None]
    assert figures(districts, "last")[2] == 3


def test_what_is_wrong_with_a_file_of_rows_is_told_all_at_once(folder: Path) -> None:
    rows = "01,db,x,1\n03,db,3,3\n09,db,1,1\n09,tk,1,1\n1,tk,1,1\n02,dbb,1,1\n02,低保,1,1\n"
    rows += ",db,1,1\n02,,1,1\n"
    (folder / "r.csv").write_text("code,item,people,last\n03,db,-,3\n" + rows, encoding="utf-8")
    assert refusals(folder) == [
        "r.csv:3:3: 01 东 低保: “people” reads “x”, which is not a number; write a plain "
        "number, or "
        "leave it blank where it is missing.",
        "r.csv:4:1: District “03” with item “db” is already on line 2; each pair has one row: mend "
        "or delete one.",
        "r.csv:5:1: District “09” (rows: 2) is not in d.csv; add it there, or delete these rows.",
        "r.csv:7:1: District “1” (rows: 1) is not in d.csv; did you mean “01”? Spell both "
        "alike, as "
        "text.",
        "r.csv:8:2: The list “services” has no item “dbb” (rows: 1); did you mean “db”? Spell both "
        "alike.",
        "r.csv:9:2: The list “services” has no item “低保” (rows: 1); did you mean “db”? Spell "
        "both "
        "alike.",
        "r.csv:10:1: The row has no district (column “code”); add its key, unmerge merged "
        "cells, or "
        "delete a row that is no data.",
        "r.csv:11:2: The row has no item (column “item”); add its key, unmerge merged cells, or "
        "delete a row that is no data.",
    ]


def test_many_districts_that_are_not_in_the_table_are_counted(folder: Path) -> None:
    rows = "".join(f"9{n:03},{item},1,1\n" for n in range(500) for item in ("db", "tk"))
    (folder / "r.csv").write_text("code,item,people,last\n" + rows, encoding="utf-8")
    lines = refusals(folder, "zh")
    assert len(lines) == 11
    assert lines[-1] == (
        "r.csv:22:1: 从这一行起还有 490 个地区代码（980 行）不在 d.csv 中；"
        "请核对两表的代码列是否对应。"
    )


def test_totals_and_notes_among_the_rows_are_left_out_and_said(folder: Path) -> None:
    changed(folder, "r.csv", "01,tk", "合计,,60,\n01,tk")
    with (folder / "r.csv").open("a", encoding="utf-8") as file:
        file.write("注：截至上年末,,,\n")
    districts = districts_in(folder)
    assert figures(districts, "recipients") == [20, None, 30, 10, None, None]
    (said,) = (f.message("zh") for f in districts.findings if f.code == "table.pairs_left_out")
    assert "2 行" in said and "合计 (3)" in said


def test_items_without_a_column_are_told_in_one_line(folder: Path) -> None:
    changed(folder, "d.csv", "level_a,level_b", "lev_a,lev_b")
    (line,) = refusals(folder)
    assert line == (
        "policy.yaml:20:3 inputs.level: “level”: items without a column in d.csv (2): a "
        "(level_a), b "
        "(level_b) (in brackets what is looked for); add the columns, or name them in `columns`."
    )


def test_the_columns_written_for_items_are_those_of_the_list(folder: Path) -> None:
    changed(
        folder, "policy.yaml", "columns: {a: [甲生, first], b: 乙生}", "columns: {a: 甲生, c: x}"
    )
    lines = [line.partition(": ") for line in refusals(folder)]
    assert [(where, said) for where, _, said in lines] == [
        ("policy.yaml:19:12 inputs.pupils.columns",
         "Items of the list `grades` have no column here (1): b; add them."),
        ("policy.yaml:19:29 inputs.pupils.columns.c",
         "The list `grades` has no item `c`; mend it."),
    ]  # fmt: skip


def test_a_range_is_checked_in_every_column_of_an_item(folder: Path) -> None:
    changed(folder, "d.csv", "02,西,3,4", "02,西,-3,-4")
    assert [line.partition(": ")[0] for line in refusals(folder)] == ["d.csv:3:3", "d.csv:3:4"]


def test_faults_of_the_table_and_of_files_of_rows_are_told_together(folder: Path) -> None:
    changed(folder, "d.csv", "02,西,3", "02,西,x")
    changed(folder, "r.csv", "01,tk,10", "01,tk,y")
    assert [line.partition(": ")[0] for line in refusals(folder)] == ["d.csv:3:3", "r.csv:3:3"]


def test_more_pairs_than_can_be_held_are_refused(folder: Path, monkeypatch: Any) -> None:
    from transfers.districts import table

    monkeypatch.setattr(table, "MOST_PAIRS", 11)
    (line,) = refusals(folder, "zh")
    assert "3 个地区各有 10 个分项目的数，超过 11 个" in line
    assert MOST_PAIRS == 50_000_000


# -- changes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "text", "list_name", "column", "item", "expected"),
    [
        ("lists.services.db.standard", "860.5", "services", "standard", 0, Fraction(1721, 2)),
        ("lists.services.tk.standard", "1", "services", "standard", 1, 1),
        ("lists.services.db.led", "40%", "services", "led", 0, 40),
        ("lists.services.db.standard", "null", "services", "standard", 0, None),
        ("lists.grades.items.a.points", "95", "grades", "points", 0, 95),
        ("lists.grades.b.points", "85", "grades", "points", 1, 85),
    ],
)
def test_a_change_moves_a_figure_of_a_list(
    folder: Path, path: str, text: str, list_name: str, column: str, item: int, expected: Any
) -> None:
    number = policy_in(folder, {path: text}).lists[list_name].columns[column].numbers[item]
    assert (number and number.value) == expected


def test_an_item_whose_key_has_a_point_is_found(folder: Path) -> None:
    changed(folder, "services.csv", "db,", "1.2,")
    changed(folder, "r.csv", "03,db", "03,tk")
    changed(folder, "r.csv", "01,db", "02,tk")
    policy = policy_in(folder, {"lists.services.1.2.standard": "5"})
    number = policy.numbers["lists", "services", "1.2", "standard"]
    assert number.value == 5


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("lists.services.dp.standard", "1", "an item goes by key or name: db"),
        ("lists.services.db.standrad", "1", "did you mean `db.standard`?"),
        ("lists.services.q", "1", "a figure is lists.services.item.column"),
        ("lists.services.db.standard", "-1", "below its minimum 0"),
        ("lists.services.db.standard", "many", "which is not a number"),
        ("lists.services.db.kind", "botom", "must be one of: bottom, key, other"),
        ("lists.grades.items.c.points", "1", "has no path"),
        ("lists.nothing.db.standard", "1", "has no path"),
    ],
)
def test_a_change_that_fits_nothing_is_refused(
    folder: Path, path: str, text: str, said: str
) -> None:
    with pytest.raises(DocumentError) as caught:
        policy_in(folder, {path: text})
    (line,) = caught.value.lines("en")
    assert line.startswith(f"--set {path}: ") and said in line


def test_scenarios_move_figures_of_lists_in_the_unit_of_their_column(folder: Path) -> None:
    policy = policy_in(folder)
    moved = Mover(policy, districts_in(folder)).moves(
        {"lists.services.db.standard": 900, "lists.services.tk.led": "12%"}
        | {"lists.grades.items.b.points": Fraction(1, 4)},
    )
    assert moved == {
        ("lists", "services", "db", "standard"): 900,
        ("lists", "services", "tk", "led"): 12,
        ("lists", "grades", "items", "b", "points"): Fraction(1, 4),
    }


@pytest.mark.parametrize("text", ["-1", "x", ""])
def test_a_scenario_keeps_to_the_range_of_a_column(folder: Path, text: str) -> None:
    with pytest.raises(DocumentError):
        Mover(policy_in(folder), districts_in(folder)).moves({"lists.services.db.standard": text})


# -- one workbook ----------------------------------------------------------------------------------


def test_rows_without_a_file_are_looked_for_in_the_workbook_of_the_districts(folder: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for sheet, file in ((book.active, "d.csv"), (book.create_sheet("人数"), "r.csv")):
        for line in FILES[file].splitlines():
            sheet.append(line.split(","))
    book.save(folder / "d.xlsx")
    nothing = {f"inputs.{name}.file": "null" for name in ("recipients", "last")}
    districts = districts_in(folder, folder / "d.xlsx", **nothing)
    assert figures(districts, "recipients") == [20, None, 30, 10, None, None]
    assert str(districts.place("recipients", 0)).endswith("d.xlsx:人数!C4")


# -- laws ------------------------------------------------------------------------------------------

CELLS = st.one_of(
    st.sampled_from(["", "-", "1,234.5", "１２"]),
    st.decimals(-(10**6), 10**6, places=3).map(str),
    st.integers(-9, 9).map(str),
)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 4),
    st.integers(1, 4),
    st.lists(CELLS, min_size=16, max_size=16),
    st.randoms(use_true_random=False),
)
def test_rows_in_any_order_say_what_a_column_for_each_item_says(
    tmp_path_factory: pytest.TempPathFactory, count: int, items: int, cells: list[str], rng: Any
) -> None:
    folder = tmp_path_factory.mktemp("both")
    keys, names = [f"k{n}" for n in range(count)], [f"i{n}" for n in range(items)]
    figure = {(k, i): cells[4 * a + b] for a, k in enumerate(keys) for b, i in enumerate(names)}
    wide = [",".join(["code", *(f"c_{name}" for name in names)])]
    wide += [",".join([k, *(f'"{figure[k, i]}"' for i in names)]) for k in keys]
    pairs = [(k, i) for k in keys for i in names if figure[k, i] or rng.random() < 0.5]
    rows = [f'{i},"{figure[k, i]}",{k}' for k, i in pairs]
    rng.shuffle(rows)
    rows = rows or ["i0,,k0"]
    policy = (
        "policy: p\ndistricts: {file: d.csv, key: code}\n"
        f"lists: {{l: {{items: {{{', '.join(f'{name}: {{}}' for name in names)}}}}}}}\n"
        "inputs:\n  w: {columns: 'c_{item}', over: l}\n"
        "  t: {file: r.csv, district: where, item: what, value: n, over: l}\n"
        "grants: {g: {pool: 1, share: 'if(key == key, 1, 1)'}}\n"
    )
    for name, text in (("d.csv", "\n".join(wide)), ("r.csv", "\n".join(["what,n,where", *rows]))):
        (folder / name).write_text(text + "\n", encoding="utf-8")
    (folder / "policy.yaml").write_text(policy, encoding="utf-8")
    districts = districts_in(folder)
    assert figures(districts, "w") == figures(districts, "t")


@given(st.lists(st.lists(st.sampled_from(["a", "b", "c", ""]), min_size=3, max_size=3), min_size=1))
def test_stacked_texts_are_those_of_the_columns(columns: list[list[str]]) -> None:
    def column(texts: list[str]) -> TextColumn:
        known = tuple(dict.fromkeys(filter(None, texts)))
        codes = [known.index(text) if text else -1 for text in texts]
        return TextColumn(np.array(codes, dtype=np.int32), known)

    found = stacked([column(texts) for texts in columns])
    assert isinstance(found, TextColumn)
    assert found.texts() == [text or None for texts in columns for text in texts]
    assert len(set(found.categories)) == len(found.categories)


def test_figures_that_do_not_fit_together_stay_exact() -> None:
    missing = np.zeros(1, dtype=np.bool_)
    large = NumberColumn(Decimals(np.array([9 * 10**17]), 0), missing)
    fine = NumberColumn(Decimals(np.array([1]), 18), missing)
    found = stacked([large, fine])
    assert isinstance(found, NumberColumn)
    assert found.fractions() == [Fraction(9 * 10**17), Fraction(1, 10**18)]


def test_pairs_are_named_item_after_item() -> None:
    pairs = Pairs(["01", "02"], ["a", "b"])
    assert list(pairs) == ["01 a", "02 a", "01 b", "02 b"] == pairs[:]


def test_the_file_of_a_parameter_is_in_the_audit_trail_as_well(folder: Path) -> None:
    (folder / "t.csv").write_text("kind,amount\nA,1\n", encoding="utf-8")
    table = "parameters: {t: {file: t.csv, key: kind, value: amount}}\ngrants:"
    changed(folder, "policy.yaml", "grants:", table)
    assert [Path(file).name for file, _ in districts_in(folder).files][-1] == "t.csv"
