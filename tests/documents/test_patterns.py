"""Names of columns, sheets and files with parameters between braces, and the year of a document."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import transfers
from transfers import DocumentError, TableError
from transfers.braces import pieces
from transfers.documents.load import check_document
from transfers.documents.yaml_source import scan

POLICY = """\
policy: patterns
year: 2014
districts: {file: "d_{year}.csv", key: "code_{suffix}", name: [nobody, "name_{suffix}"]}
lists:
  ages: [e19, e20]
inputs:
  pop: {column: "pop_{year - 1}", unit: 人}
  old: {column: ["x{year}", "pop_{base}"], unit: 人}
  n: {columns: "n_{year}_{item}", over: ages}
  long:
    {file: "l_{year}.csv", district: code, item: "age_{suffix}", value: "v{year - base}",
     over: ages}
parameters:
  rate: {file: "r_{base}.csv", key: k, value: "rate_{year}"}
  suffix: zh
  base: 2012
  half: 0.5
quantities:
  both: sum(n + long, over=ages)
grants:
  g:
    pool: 100
    share: pop * rate["a"] + both
outputs:
  this: year
"""
FILES = {
    "d_2014.csv": "code_zh,name_zh,pop_2013,pop_2012,n_2014_e19,n_2014_e20\n"
    "1,甲,10,5,1,2\n2,乙,30,6,3,4\n",
    "d_2013.csv": "code_zh,name_zh,pop_2012,n_2013_e19,n_2013_e20\n1,甲,7,1,2\n2,乙,9,3,4\n",
    "l_2014.csv": "code,age_zh,v2\n1,e19,1\n1,e20,1\n2,e19,1\n2,e20,1\n",
    "l_2013.csv": "code,age_zh,v1\n1,e19,5\n1,e20,5\n2,e19,5\n2,e20,5\n",
    "r_2012.csv": "k,rate_2014,rate_2013\na,2,3\n",
}


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    for name, text in {**FILES, "policy.yaml": POLICY}.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path / "policy.yaml"


def run(path: Path, overrides: Mapping[str, str] | None = None) -> transfers.Allocation:
    policy = transfers.load_policy(path, overrides)
    return transfers.allocate(policy, transfers.load_districts(None, policy))


def column(allocation: transfers.Allocation, name: str) -> list[Any]:
    return list(allocation.column(name))


def fault_of(path: Path, old: str, new: str) -> tuple[str, str]:
    """Return code and text of the only fault of the policy with a text replaced."""
    assert old in POLICY
    path.write_text(POLICY.replace(old, new), "utf-8")
    with pytest.raises(DocumentError) as caught:
        run(path)
    (fault,) = caught.value.faults
    return fault.code, fault.text("en")


def test_parameters_stand_in_names_of_columns_and_files_wherever_they_are_defined(
    policy: Path,
) -> None:
    allocation = run(policy)
    assert column(allocation, "pop") == [10, 30] and column(allocation, "old") == [5, 6]
    assert column(allocation, "both") == [5, 9]
    assert allocation.outputs["this"] == [2014, 2014]
    assert allocation.amounts["g"].tolist() == [27, 73]


def test_another_year_reads_other_files_and_columns(policy: Path) -> None:
    allocation = run(policy, {"year": "2013"})
    assert column(allocation, "pop") == [7, 9] and column(allocation, "both") == [13, 17]
    assert allocation.outputs["this"] == [2013, 2013]
    with pytest.raises(TableError) as caught:
        run(policy, {"year": "2013", "inputs.old.column": "pop_{base + 9}"})
    assert [fault.code for fault in caught.value.faults] == ["table.no_column_near"]


def test_the_files_that_were_read_are_named_with_their_own_sums(policy: Path) -> None:
    read = dict(run(policy, {"year": "2013"}).districts.files)
    names = {Path(name).name: digest for name, digest in read.items()}
    assert set(names) == {"d_2013.csv", "l_2013.csv", "r_2012.csv"}
    for name, digest in names.items():
        assert digest == hashlib.sha256((policy.parent / name).read_bytes()).hexdigest()


def test_a_sheet_of_a_workbook_goes_by_a_parameter(policy: Path) -> None:
    book = openpyxl.Workbook()
    for year, figure in ((2013, 1), (2014, 2)):
        sheet = book.create_sheet(f"年度{year}")
        sheet.append(["code", "x"])
        sheet.append(["a", figure])
    book.save(policy.parent / "b.xlsx")
    text = (
        'policy: p\nyear: 2014\ndistricts: {file: b.xlsx, key: code, sheet: "年度{year}"}\n'
        "inputs: {x: {}}\ngrants: {g: {pool: 1, share: x}}\n"
    )
    policy.write_text(text, "utf-8")
    assert column(run(policy), "x") == [2]
    assert column(run(policy, {"year": "2013"}), "x") == [1]


@pytest.mark.parametrize(
    ("old", "new", "code", "phrase"),
    [
        ("pop_{year - 1}", "pop_{yaer}", "reading.unknown_constant_near", "did you mean 'year'"),
        ("pop_{year - 1}", "pop_{yaer}", "reading.unknown_constant_near", "yaml:7:23 inputs.pop"),
        ("pop_{year - 1}", "p_{quarter}", "reading.unknown_constant", "suffix, base, half, year"),
        ("pop_{year - 1}", "pop_{old}", "reading.constant_wanted", "'old' cannot stand here"),
        ("pop_{year - 1}", "pop_{rate}", "reading.constant_wanted", "'rate' cannot stand here"),
        ("pop_{year - 1}", "pop_{rate[base]}", "reading.constant_wanted", "'rate'"),
        ("pop_{year - 1}", "pop_{year * half + 0.5}", "reading.not_whole", "1007.5"),
        ("pop_{year - 1}", "pop_{year / 0}", "reading.no_value", "'year / 0' has no value"),
        ("pop_{year - 1}", "pop_{year > 1}", "reading.statement_in_braces", "not a statement"),
        ("pop_{year - 1}", "pop_{sum(year)}", "reading.aggregate", "sum needs many rows"),
        ("pop_{year - 1}", "pop_{year + suffix}", "formula.text_not_number", "7:30"),
        ("pop_{year - 1}", "pop_{}", "formula.empty", "7:23"),
        ("pop_{year - 1}", "pop_{year", "reading.open_brace", "{{"),
        ("pop_{base}", "pop_{bse}", "reading.unknown_constant_near", "inputs.old.column.1"),
        ("r_{base}", "r_{bse}", "reading.unknown_constant_near", "parameters.rate.file"),
        ("d_{year}", "d_{yeer}", "reading.unknown_constant_near", "districts.file"),
        ("n_{year}_{item}", "n_{yeer}_{item}", "reading.unknown_constant_near", "inputs.n.columns"),
        ("n_{year}_{item}", "n_{item + 1}", "document.pattern_without_item", "has no {item}"),
    ],
)
def test_what_cannot_be_put_in_is_told_at_its_letter(
    policy: Path, old: str, new: str, code: str, phrase: str
) -> None:
    found = fault_of(policy, old, new)
    assert found[0] == code and phrase in found[1]


def test_a_fault_in_a_name_is_told_beside_those_of_formulas(policy: Path) -> None:
    text = POLICY.replace("pop_{year - 1}", "{y}").replace("pool: 100", "pool: 100 + nothing")
    policy.write_text(text, "utf-8")
    with pytest.raises(DocumentError) as caught:
        transfers.load_policy(policy)
    codes = [fault.code for fault in caught.value.faults]
    assert codes == ["reading.unknown_constant", "formula.unknown_name"]


def test_two_braces_stand_for_one(policy: Path) -> None:
    columns = POLICY.replace("pop_{year - 1}", "{{pop}_{year}").replace("n_{year}", "{{n{year}")
    policy.write_text(columns, "utf-8")
    table = FILES["d_2014.csv"].replace("pop_2013", "{pop}_2014").replace("n_2014", "{n2014")
    (policy.parent / "d_2014.csv").write_text(table, "utf-8")
    assert column(run(policy), "pop") == [10, 30]
    assert column(run(policy), "both") == [5, 9]


def test_the_key_of_an_item_is_not_read_as_a_pattern_itself(tmp_path: Path) -> None:
    text = (
        'policy: p\ndistricts: {file: d.csv, key: k}\nlists: {s: ["{name}"]}\n'
        'inputs: {x: {columns: "x{item}", over: s}}\ngrants: {g: {claim: "sum(x, over=s)"}}\n'
    )
    (tmp_path / "p.yaml").write_text(text, "utf-8")
    (tmp_path / "d.csv").write_text("k,x{name}\na,7\n", "utf-8")
    assert run(tmp_path / "p.yaml").amounts["g"].tolist() == [7]


def test_pieces_of_a_name_add_up_to_it() -> None:
    found = list(pieces("a{b}{{c}d{ e }"))
    assert [(piece.text, piece.in_braces) for piece in found] == [
        *(("a", False), ("b", True), ("{", False), ("c}d", False), (" e ", True))
    ]


# -- what was read cannot be moved ---------------------------------------------------------------


@pytest.mark.parametrize("moved", [{"year": 2013}, {"parameters.base": 2011}])
def test_a_scenario_that_moves_what_was_read_is_refused(policy: Path, moved: Any) -> None:
    loaded = transfers.load_policy(policy)
    districts = transfers.load_districts(None, loaded)
    for move in (transfers.allocate_scenarios, lambda p, d, s: transfers.allocate(p, d, s[0])):
        with pytest.raises(DocumentError) as caught:
            move(loaded, districts, [moved])
        codes = {fault.code for fault in caught.value.faults}
        assert codes <= {"reading.moved", "reading.read_otherwise", "table.not_found"} and codes
    for fault in caught.value.faults:
        assert fault.text("zh") and fault.text("en")


def test_a_table_read_for_another_year_is_refused(policy: Path) -> None:
    before = transfers.load_policy(policy, {"year": "2013"})
    with pytest.raises(DocumentError) as caught:
        transfers.allocate(transfers.load_policy(policy), transfers.load_districts(None, before))
    told = caught.value.faults[0].text("en")
    assert "d_2013.csv" in told and "d_2014.csv" in told and "load_districts" in told


def test_a_scenario_may_move_what_no_name_and_no_row_rests_on(policy: Path) -> None:
    loaded = transfers.load_policy(policy)
    districts = transfers.load_districts(None, loaded)
    (moved,) = transfers.allocate_scenarios(loaded, districts, [{"parameters.half": 2}])
    assert moved.amounts["g"].tolist() == [27, 73]


def test_rows_fix_their_parameters_too(tmp_path: Path) -> None:
    text = (
        "policy: p\ndistricts: {file: d.csv, key: k, rows: y == of_year}\ninputs: {x: {}}\n"
        "parameters: {of_year: 2018, y: 1}\ngrants: {g: {claim: x * y}}\n"
    )
    (tmp_path / "p.yaml").write_text(text, "utf-8")
    (tmp_path / "d.csv").write_text("k,y,x\na,2018,1\na,2017,5\n", "utf-8")
    policy = transfers.load_policy(tmp_path / "p.yaml")
    districts = transfers.load_districts(None, policy)
    (free,) = transfers.allocate_scenarios(policy, districts, [{"parameters.y": 3}])
    assert free.amounts["g"].tolist() == [3]  # the column y comes first: the parameter is free
    for refused in ({"parameters.of_year": 2017}, {"districts.rows": "y == 2017"}):
        with pytest.raises(DocumentError) as caught:
            transfers.allocate(policy, districts, refused)
        assert {fault.code for fault in caught.value.faults} == {"reading.read_otherwise"}
    with pytest.raises(DocumentError) as caught:
        transfers.allocate_scenarios(policy, districts, [{"parameters.of_year": 2017}])
    assert [fault.code for fault in caught.value.faults] == ["reading.moved"]
    assert run(tmp_path / "p.yaml", {"parameters.of_year": "2017"}).amounts["g"].tolist() == [5]


def test_solve_cannot_look_for_what_tables_are_read_by(tmp_path: Path) -> None:
    text = (
        "policy: p\ndistricts: {file: d.csv, key: k, rows: y == of_year}\ninputs: {x: {}}\n"
        "parameters: {of_year: 2018}\nquantities: {q: x * of_year}\ngrants: {g: {claim: x}}\n"
        "solve: {parameter: of_year, so_that: sum(q) == 9, within: [0, 3000]}\n"
    )
    (tmp_path / "p.yaml").write_text(text, "utf-8")
    (tmp_path / "d.csv").write_text("k,y,x\na,2018,1\n", "utf-8")
    with pytest.raises(DocumentError) as caught:
        run(tmp_path / "p.yaml")
    assert [fault.code for fault in caught.value.faults] == ["reading.solved"]


# -- the year ------------------------------------------------------------------------------------


def years(tmp_path: Path, text: str, overrides: Mapping[str, str] | None = None) -> list[int]:
    (tmp_path / "p.yaml").write_text(f"policy: p\n{text}", "utf-8")
    (tmp_path / "d.csv").write_text("k,x\na,7\n", "utf-8")
    amounts: list[int] = run(tmp_path / "p.yaml", overrides).amounts["g"].tolist()
    return amounts


DISTRICTS = "districts: {file: d.csv, key: k}\n"


def test_the_year_of_the_document_is_a_name_of_its_formulas(tmp_path: Path) -> None:
    text = f"year: 2026\n{DISTRICTS}grants: {{g: {{claim: year - 2000}}}}\n"
    assert years(tmp_path, text) == [26]
    assert years(tmp_path, text, {"year": "2027"}) == [27]
    policy = transfers.load_policy(tmp_path / "p.yaml")
    districts = transfers.load_districts(None, policy)
    moved = transfers.allocate_scenarios(policy, districts, [{"year": 2030}, {}])
    assert [each.amounts["g"].tolist() for each in moved] == [[30], [26]]
    for wrong in ("2026.5", "-1", "10000"):
        with pytest.raises(DocumentError) as caught:
            transfers.allocate_scenarios(policy, districts, [{"year": wrong}])
        assert [fault.code for fault in caught.value.faults] == ["document.not_whole"]


def test_what_the_document_calls_year_itself_comes_before(tmp_path: Path) -> None:
    grant = "grants: {g: {claim: year}}\n"
    parameter = f"year: 2026\n{DISTRICTS}parameters: {{year: 3}}\n{grant}"
    assert years(tmp_path, parameter) == [3]
    column = f"year: 2026\n{DISTRICTS}inputs: {{year: {{column: x}}}}\n{grant}"
    assert years(tmp_path, column) == [7]
    in_name = column.replace("column: x", 'column: "x{year}"')
    with pytest.raises(DocumentError) as caught:
        years(tmp_path, in_name)
    assert [fault.code for fault in caught.value.faults] == ["reading.constant_wanted"]
    with pytest.raises(DocumentError) as caught:
        years(tmp_path, f"{DISTRICTS}{grant}")
    assert [fault.code for fault in caught.value.faults] == ["formula.unknown_name"]


def test_a_document_with_names_in_braces_keeps_them_in_its_source() -> None:
    source, found = scan(POLICY, "p.yaml")
    assert check_document(source, found).model.inputs["pop"].column == ("pop_{year - 1}",)
