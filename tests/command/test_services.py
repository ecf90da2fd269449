"""`transfers services`: what staff read of a list of services, how it ends, what it writes."""

from __future__ import annotations

import csv
import io
import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.command.conftest import Run
from transfers.output.terminal import wrapped

POLICY = """policy: county
year: 2026
money: {unit: 万元, quantum: 0.01}
districts: {file: d.csv, key: code, name: name}
lists:
  services:
    file: s.csv
    key: item
    name: title
    columns:
      area: {type: text}
      object: {type: text}
      standard: {type: text}
      price: {unit: 元/人}
      before: {unit: 元/人}
      part: {unit: "%"}
      lead: {type: text}
      with: {type: text}
  agencies: {items: {mz: {title: 民政局}, jt: {title: 交通局}, cz: {title: 财政局}}, name: title}
inputs:
  population: {unit: 万人, role: population}
  served: {columns: "n_{item}", over: services, unit: 人}
service_lists:
  costs:
    title: 公共服务清单
    list: services
    area: area
    object: object
    standard: standard
    lead: lead
    cooperating: with
    agencies: agencies
    price: services.price
    recipients: served
    responsibility: {县: services.part, 镇: rest}
    last: {price: services.before}
    items: 3
    areas: 2
  points: {title: 重点标准, list: agencies}
grants: {g: {claim: costs.total.县}}
"""
LIST = """item,title,area,object,standard,price,before,part,lead,with
meal,助餐,养老,老人,每日一餐,300.07,250,60,民政局,财政局
bus,公交,交通,居民,免费换乘,31.333,31,33.3,交通局,
visit,探访,养老,独居老人,每周一次,99.99,99.99,50,民政局,交通局；财政局
"""
TABLE = (
    "code,name,population,n_meal,n_bus,n_visit\n1,武原,3.2,1203,32001,77\n2,沈荡,1.5,501,15007,31\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "d.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "s.csv").write_text(LIST, encoding="utf-8")
    (tmp_path / "p.yaml").write_text(POLICY, encoding="utf-8")
    return tmp_path


def test_agencies_without_an_item_are_told_of_lists_with_costs_only(
    transfers: Run, folder: Path
) -> None:
    policy = folder / "p.yaml"
    names = "  points: {title: 重点标准, list: services, lead: lead, agencies: agencies}"
    text = policy.read_text("utf-8").replace("  points: {title: 重点标准, list: agencies}", names)
    text = text.replace("cz: {title: 财政局}", "cz: {title: 财政局}, tj: {title: 统计局}")
    policy.write_text(text, "utf-8")
    (folder / "s.csv").write_text(LIST.replace("交通局,\n", "公路局,\n"), "utf-8")
    shown = transfers("services", policy, "--lang", "zh").stdout
    costs, points = shown.split("重点标准\n", 1)
    assert "没有承担任何项目的单位：统计局" in costs
    assert "没有承担" not in points and "“公路局”不在单位名册中" in points


def test_where_shares_are_no_whole_the_two_totals_are_told(transfers: Run, folder: Path) -> None:
    policy = folder / "p.yaml"
    text = policy.read_text("utf-8").replace("镇: rest", "镇: 10%")
    policy.write_text(text, "utf-8")
    zh = transfers("services", policy, "--list", "costs", "--lang", "zh").stdout
    assert "各级负担合计 100.22 万元，比支出合计少 99.29 万元" in zh.replace("\n", "")
    assert (
        "do not add up" in transfers("services", policy, "--list", "costs", "--lang", "en").stdout
    )


def test_no_line_begins_with_a_comma() -> None:
    text = ", ".join(["民政局", "交通局", "财政局", "a", "卫生健康局"] * 8)
    for columns in range(20, 80):
        assert not [line for line in wrapped(text, columns) if line.startswith((",", "，", "、"))]


def test_a_line_ends_with_no_opening_bracket_and_a_unit_is_not_broken() -> None:
    text = "其中人均（元/人）比上年（2025年）多，新增财力（parameters.new）用于养老（60周岁以上）"
    for columns in range(20, 80):
        lines = wrapped(text, columns)
        assert "".join(lines) == text
        assert not [line for line in lines if line.endswith(("（", "/"))]
        assert any("元/人" in line for line in lines)


def figures(line: str) -> list[Fraction]:
    return [Fraction(text.replace(",", "")) for text in re.findall(r"-?[\d,]+\.\d\d(?!%)", line)]


def tables(text: str) -> list[tuple[list[str], str]]:
    """Return rows and total of each table on a terminal."""
    found = []
    lines = text.splitlines()
    rules = [n for n, line in enumerate(lines) if line and set(line) == {"-"}]
    for first, last in zip(rules[::2], rules[1::2], strict=True):
        found.append((lines[first + 1 : last], lines[last + 1]))
    return found


def test_it_shows_head_areas_districts_and_what_is_added(transfers: Run, folder: Path) -> None:
    done = transfers("services", folder / "p.yaml")
    assert done.returncode == 0 and not done.stderr
    head = done.stdout.splitlines()[1]
    assert head.startswith("3/3 项完整，2 个领域，支出合计 ") and "县" in head and "镇" in head
    for title in ("按领域", "按地区", "增支拆分"):
        assert f"公共服务清单：{title}" in done.stdout
    assert "重点标准\n3/3 项完整" in done.stdout


def read_json(transfers: Run, policy: Path, *options: str) -> list[dict[str, Any]]:
    """Return the exact rows of the list of costs."""
    file = policy.parent / "rows.json"
    done = transfers("services", policy, "--list", "costs", "-q", "--out", file, *options)
    assert done.returncode in (0, 1), done.stderr
    (told,) = json.loads(file.read_text("utf-8"), parse_float=Fraction)["lists"]
    rows: list[dict[str, Any]] = told["rows"]
    return rows


NOTE = "各数分别四舍五入"
MONEY = ("cost", "cost_县", "cost_镇")


@pytest.mark.parametrize("by", ["area", "district", "item", "agency"])
def test_every_figure_is_the_exact_one_rounded_and_a_total_the_sum_of_exact_ones(
    transfers: Run, folder: Path, by: str
) -> None:
    done = transfers("services", folder / "p.yaml", "--list", "costs", "--by", by)
    assert done.returncode == 0
    ((rows, total),) = tables(done.stdout)
    key = {"agency": "lead", "district": "key", "item": "item_name"}.get(by, by)
    exact: dict[str, list[Fraction]] = {}
    for row in read_json(transfers, folder / "p.yaml"):
        sums = exact.setdefault(row[key], [Fraction(0)] * len(MONEY))
        exact[row[key]] = [s + row[name] for s, name in zip(sums, MONEY, strict=True)]
    named = {"district": 0, "item": 1}.get(by, 0)
    for line in rows:
        if figures(line) and line.split()[named] in exact:
            shown = [figures(line)[0], *figures(line)[-2:]] if by != "item" else figures(line)[-3:]
            assert shown == [two(figure) for figure in exact.pop(line.split()[named])]
    assert not exact
    sums = [sum(row[name] for row in read_json(transfers, folder / "p.yaml")) for name in MONEY]
    shown = figures(total)
    assert [shown[0], *shown[-2:]] == [two(figure) for figure in sums]


def two(figure: Fraction) -> Fraction:
    """Round as people do: half away from zero."""
    return Fraction(int(abs(figure) * 100 + Fraction(1, 2)), 100) * (1 if figure >= 0 else -1)


def test_a_note_says_so_where_figures_as_shown_do_not_add_up_and_nowhere_else(
    transfers: Run, folder: Path
) -> None:
    done = transfers("services", folder / "p.yaml", "--list", "costs", "--by", "area").stdout
    ((rows, total),) = tables(done)
    cells = [figures(line) for line in (*rows, total)]
    assert any(row[0] != sum(row[1:]) for row in cells)  # 80.27 + 119.24 is not 199.50
    assert NOTE in done.splitlines()[-1]
    whole = transfers("services", folder / "p.yaml", "--list", "costs", "--by", "growth").stdout
    ((rows, total),) = tables(whole)
    cells = [figures(line) for line in rows]
    assert [sum(column) for column in zip(*cells, strict=True)] == figures(total)
    assert NOTE not in whole
    (folder / "s.csv").write_text(
        LIST.replace("31.333", "100")
        .replace("300.07", "300")
        .replace("99.99,9", "100,9")
        .replace("33.3", "50"),
        encoding="utf-8",
    )
    text = TABLE.replace("1203", "1200").replace("32001", "30000").replace(",77", ",100")
    text = text.replace("501", "700").replace("15007", "15000").replace(",31", ",200")
    (folder / "d.csv").write_text(text, encoding="utf-8")
    even = transfers("services", folder / "p.yaml", "--list", "costs", "--by", "level").stdout
    assert NOTE not in even, even


def test_a_figure_is_the_same_as_in_run(transfers: Run, folder: Path) -> None:
    more = "outputs:\n  cost: {title: 支出, formula: costs.total, unit: 万元, digits: 2}\n"
    more += "  own: {title: 镇, formula: costs.total.镇, unit: 万元, digits: 2}\n"
    policy = folder / "p.yaml"
    policy.write_text(policy.read_text("utf-8") + more, encoding="utf-8")
    run = transfers("run", policy, "--lang", "zh").stdout
    ((_, whole), *_) = [(n, line) for n, line in enumerate(run.splitlines()) if "合计   " in line]
    ((rows, total),) = tables(
        transfers("services", policy, "--list", "costs", "--by", "district").stdout
    )
    for name, line in (("武原", rows[0]), ("沈荡", rows[1])):
        (own,) = [figures(text) for text in run.splitlines() if f"  {name}" in text]
        assert [figures(line)[0], figures(line)[-1]] == own[-2:]
    assert [figures(total)[0], figures(total)[-1]] == figures(whole)[-2:]


@pytest.mark.parametrize(("language", "header"), [("zh", "未分担"), ("en", "borne by none")])
def test_what_no_level_bears_has_a_column_where_there_is_such(
    transfers: Run, folder: Path, language: str, header: str
) -> None:
    policy = folder / "p.yaml"
    own = ("--list", "costs", "--lang", language)
    assert header not in transfers("services", policy, *own).stdout.replace("\n", " ")
    assert "unborne" not in read_json(transfers, policy)[0]
    text = policy.read_text("utf-8").replace("镇: rest", "镇: 10%")
    policy.write_text(text, encoding="utf-8")
    for by in ("area", "district", "level", "item", "agency"):
        shown = transfers("services", policy, *own, "--by", by)
        assert shown.returncode == 1 and "99.29" in shown.stdout
        assert all(word in shown.stdout for word in header.split())
    rows = read_json(transfers, policy)
    assert all(r["cost"] == r["cost_县"] + r["cost_镇"] + r["unborne"] for r in rows)
    assert two(sum((row["unborne"] for row in rows), Fraction(0))) == Fraction("99.29")


def test_where_levels_bear_more_than_all_it_stands_below_zero(transfers: Run, folder: Path) -> None:
    policy = folder / "p.yaml"
    text = policy.read_text("utf-8").replace("镇: rest", "镇: 100%")
    policy.write_text(text, encoding="utf-8")
    shown = transfers("services", policy, "--list", "costs", "--by", "level", "--lang", "zh")
    assert shown.returncode == 1
    assert "多 80.27 万元" in shown.stdout.replace("\n", "")
    assert any(line.split()[:2] == ["未分担", "-80.27"] for line in shown.stdout.splitlines())


def test_a_level_may_have_the_name_of_a_part_of_what_is_added(transfers: Run, folder: Path) -> None:
    *_, (rows, total) = tables(transfers("services", folder / "p.yaml").stdout)
    text = (folder / "p.yaml").read_text("utf-8")
    (folder / "p.yaml").write_text(
        text.replace("{县:", "{both:").replace(".县", ".both"), encoding="utf-8"
    )
    *_, (again, whole) = tables(transfers("services", folder / "p.yaml").stdout)
    assert [figures(line) for line in (*again, whole)] == [figures(line) for line in (*rows, total)]


@pytest.mark.parametrize(
    ("by", "key"), [("growth", "area"), ("growth_district", "key"), ("growth_item", "item")]
)
def test_what_is_added_is_taken_apart_by_area_town_and_item(
    transfers: Run, folder: Path, by: str, key: str
) -> None:
    done = transfers("services", folder / "p.yaml", "--list", "costs", "--by", by)
    assert done.returncode == 0 and len(tables(done.stdout)) == 1
    exact = read_json(transfers, folder / "p.yaml")
    file = folder / "g.csv"
    call = ("services", folder / "p.yaml", "--list", "costs", "--by", by, "--out", file, "-q")
    assert transfers(*call).returncode == 0
    parts = ("growth_price", "growth_recipients", "growth_both")
    for row in csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))):
        own = [each for each in exact if each[key] == row[key]]
        assert own
        for name in ("cost_last", "cost", *parts):
            assert Fraction(row[name]) == sum(each[name] for each in own)
        assert sum(Fraction(row[name]) for name in parts) == Fraction(row["growth"])
        assert Fraction(row["cost_last"]) + Fraction(row["growth"]) == Fraction(row["cost"])


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("area", "list,area,items,cost,share,cost_县,cost_镇"),
        ("district", "list,key,name,cost,share,per_head,cost_县,cost_镇"),
        ("level", "list,level,cost,share"),
        (
            "item",
            "list,item,area,item_name,object,standard,price,recipients,cost,cost_县,cost_镇,"
            "lead,cooperating",
        ),
        ("agency", "list,agency,items,helps,cost,share,cost_县,cost_镇"),
        (
            "growth",
            "list,area,cost_last,growth_price,growth_recipients,growth_both,growth,cost",
        ),
    ],
)
def test_a_table_for_programs_is_the_same_in_every_language(
    transfers: Run, folder: Path, by: str, names: str
) -> None:
    contents = []
    for language in ("zh", "en"):
        file = folder / f"{language}.csv"
        call = ("services", folder / "p.yaml", "--list", "costs", "--by", by, "--lang", language)
        assert transfers(*call, "-q", "--out", file).returncode == 0
        contents.append(file.read_text("utf-8-sig"))
    assert contents[0] == contents[1]
    assert contents[0].splitlines()[0] == names


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("助餐,养老,老人", "助餐,养老,", "“助餐”缺服务对象"),
        ("300.07,250,60", "300.07,250,", "“助餐”缺支出责任"),
        ("交通局,\n", "交通居,\n", "“公交”的“交通居”不在单位名册中（是否为“交通局”？）"),
        ("探访,养老", "助餐,养老", "2 项都叫“助餐”"),
        ("33.3,交通局", "133.3,交通局", "“公交”镇为负，合计 100%"),
        ("公交,交通", "公交,养老", "应有 2 个领域，实有 1 个"),
    ],
)
def test_what_is_not_complete_is_listed_and_ends_with_1(
    transfers: Run, folder: Path, old: str, new: str, told: str
) -> None:
    assert old in LIST
    (folder / "s.csv").write_text(LIST.replace(old, new), encoding="utf-8")
    if "支出责任" in told:  # a run that needs the share refuses; the list alone tells as well
        text = POLICY.replace("costs.total.县", "100")
        (folder / "p.yaml").write_text(text, encoding="utf-8")
    done = transfers("services", folder / "p.yaml")
    assert done.returncode == 1, done.stderr
    assert f"- {told}" in " ".join(done.stdout.split())
    run = transfers("run", folder / "p.yaml")
    assert run.returncode == 0 and "service_lists.costs" in run.stderr


def test_agencies_without_an_item_are_told_and_wrong_is_nothing(
    transfers: Run, folder: Path
) -> None:
    text = POLICY.replace("cz: {title: 财政局}", "cz: {title: 财政局}, ws: {title: 卫健局}")
    (folder / "p.yaml").write_text(text, encoding="utf-8")
    done = transfers("services", folder / "p.yaml", "--list", "costs")
    assert done.returncode == 0
    assert "名册中没有承担任何项目的单位：卫健局" in done.stdout


def test_a_policy_without_lists_of_services_ends_with_5(transfers: Run, folder: Path) -> None:
    text = POLICY.split("service_lists:")[0] + "grants: {g: {claim: 1}}\n"
    (folder / "p.yaml").write_text(text, encoding="utf-8")
    done = transfers("services", folder / "p.yaml", "--lang", "en")
    assert done.returncode == 5 and "no list of services" in done.stderr


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--by", "town"), "area, district, level, item, agency"),
        (("--list", "cots"), "costs, points"),
        (("--list", "points", "--by", "area"), "重点标准"),
        (("--out", "x.txt"), ".xlsx"),
    ],
)
def test_a_call_that_makes_no_sense_ends_with_2(
    transfers: Run, folder: Path, options: tuple[str, ...], told: str
) -> None:
    done = transfers("services", folder / "p.yaml", *options)
    assert done.returncode == 2 and told in done.stderr and not done.stdout


def test_one_figure_moves_one_item_of_one_town(transfers: Run, folder: Path) -> None:
    files = [folder / name for name in ("a.csv", "b.csv")]
    for file, more in zip(files, ((), ("--set", "inputs.served.meal.武原=1300")), strict=True):
        assert transfers("services", folder / "p.yaml", "-q", "--out", file, *more).returncode == 0
    before, after = (
        {(row["item"], row["key"]): row for row in csv.DictReader(io.StringIO(text))}
        for text in (file.read_text("utf-8-sig") for file in files)
    )
    assert [pair for pair in before if before[pair] != after[pair]] == [("meal", "1")]
    assert Fraction(after["meal", "1"]["cost"]) == Fraction("300.07") * 1300 / 10000


def test_files_for_programs_are_exact(transfers: Run, folder: Path) -> None:
    file = folder / "o.json"
    assert transfers("services", folder / "p.yaml", "-q", "--out", file).returncode == 0
    costs, points = json.loads(file.read_text("utf-8"), parse_float=Fraction)["lists"]
    assert costs["complete"] and points["items"] == 3
    (bus,) = [r for r in costs["rows"] if (r["item"], r["key"]) == ("bus", "2")]
    assert bus["cost"] == Fraction("31.333") * 15007 / 10000
    assert bus["cost_县"] + bus["cost_镇"] == bus["cost"]
    assert bus["growth_price"] + bus["growth_recipients"] + bus["growth_both"] == (
        bus["cost"] - bus["cost_last"]
    )


def test_a_workbook_has_a_sheet_for_each_table(transfers: Run, folder: Path) -> None:
    file = folder / "o.xlsx"
    assert (
        transfers("services", folder / "p.yaml", "--list", "costs", "--out", file).returncode == 0
    )
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == [
        "按领域",
        "按地区",
        "按级次",
        "按单位",
        "增支拆分",
        "各地区增支",
        "逐项增支",
        "逐项",
        "需要补正",
        "说明",
    ]
    sheet = book["逐项"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    at = rows[0].index("支出")
    assert NOTE in rows.pop()[0]
    assert rows.pop() == [None] * len(rows[0])
    assert rows[-1][0] == "合计"
    assert [row[at] for row in rows[1:]] == [51.131928, 147.2901664, 1.079892, 199.5019864]
    assert sheet.page_setup.orientation == "landscape" and sheet.print_title_rows


def test_a_page_has_every_table_and_what_is_to_be_mended(transfers: Run, folder: Path) -> None:
    (folder / "s.csv").write_text(LIST.replace("老人,每日一餐", ",每日一餐"), encoding="utf-8")
    file = folder / "o.md"
    assert transfers("services", folder / "p.yaml", "--out", file, "-q").returncode == 1
    text = file.read_text("utf-8")
    assert "- “助餐”缺服务对象" in text and "| **合计** |" in text
    assert text.count("## 公共服务清单：") == 8
    assert text.count(NOTE) == 6


def test_one_table_becomes_a_file_for_programs(transfers: Run, folder: Path) -> None:
    file = folder / "o.csv"
    call = ("services", folder / "p.yaml", "--list", "costs", "--by", "area", "--out", file, "-q")
    assert transfers(*call).returncode == 0
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))
    assert [row["area"] for row in rows] == ["养老", "交通"]
    assert [Fraction(row["cost"]) for row in rows] == [
        Fraction("52.21182"),
        Fraction("147.2901664"),
    ]


def test_a_list_without_costs_needs_no_table(transfers: Run, folder: Path) -> None:
    (folder / "d.csv").unlink()
    done = transfers("services", folder / "p.yaml", "--list", "points", "--lang", "en")
    assert done.returncode == 0 and "3/3 items complete" in done.stdout


def test_sheets_of_lists_with_long_names_that_begin_alike_are_all_there(
    transfers: Run, folder: Path
) -> None:
    long = "standards_of_the_villages_of_the_county"
    entry = "  points: {title: 重点标准, list: agencies}\n"
    assert entry in POLICY
    both = "".join(entry.replace("points", f"{long}_{year}") for year in (2025, 2026))
    (folder / "p.yaml").write_text(POLICY.replace(entry, both), encoding="utf-8")
    out = folder / "lists.xlsx"
    assert transfers("services", folder / "p.yaml", "--out", out, "-q").returncode == 0
    names = openpyxl.load_workbook(out).sheetnames
    assert len([name for name in names if name.startswith("standards_of_the")]) == 2


CHANGED = ("--set", "inputs.served.meal.武原=1300", "--set", "lists.services.bus.price=40")


@pytest.mark.parametrize(("language", "told"), [("zh", "本次改动："), ("en", "Changed")])
def test_what_was_changed_is_told_as_run_tells_it(
    transfers: Run, folder: Path, language: str, told: str
) -> None:
    own = ("--lang", language)
    run = transfers("run", folder / "p.yaml", *CHANGED, *own).stdout.splitlines()
    changes = [line for line in run if line.startswith(told)]
    assert len(changes) == 2
    shown = transfers("services", folder / "p.yaml", *CHANGED, *own).stdout
    assert shown.splitlines()[:2] == changes
    assert told not in transfers("services", folder / "p.yaml", *own).stdout
    page = folder / "o.md"
    for command in ("services", "run"):
        call = (command, folder / "p.yaml", *CHANGED, *own, "-q", "--out", page)
        assert transfers(*call).returncode == 0
        lines = page.read_text("utf-8").splitlines()
        assert [line for line in lines if line.startswith(f"- {told}")] == [
            "- " + change.replace("_", "\\_") for change in changes
        ]
    data = folder / "o.json"
    plain = []
    for command in ("services", "run"):
        call = (command, folder / "p.yaml", *CHANGED, *own, "-q", "--out", data)
        assert transfers(*call).returncode == 0
        plain.append(json.loads(data.read_text("utf-8")))
    for key in ("document_changed", "figures_changed", "files", "table_sha256"):
        assert plain[0][key] == plain[1][key]
    assert [*plain[0]["document_changed"], *plain[0]["figures_changed"]] == changes


def test_a_workbook_says_what_it_rests_on_as_that_of_run_does(transfers: Run, folder: Path) -> None:
    sheets = []
    for command in ("services", "run"):
        file = folder / f"{command}.xlsx"
        call = (command, folder / "p.yaml", *CHANGED, "-q", "--out", file, "--lang", "zh")
        assert transfers(*call).returncode == 0
        sheet = openpyxl.load_workbook(file)["说明"]
        sheets.append([[cell.value for cell in row] for row in sheet.iter_rows()])
    assert sheets[0] == sheets[1]
    told = {row[0] for row in sheets[0]}
    assert told >= {"政策文件", "本次改动", "改动的数", "数据表", "数据表 SHA-256"}
    assert {"d.csv", "s.csv"} <= {row[1] for row in sheets[0]}


def test_a_list_without_districts_rests_on_the_files_of_lists(transfers: Run, folder: Path) -> None:
    (folder / "d.csv").unlink()
    file = folder / "o.json"
    change = ("--set", "service_lists.points.title=要点", "--list", "points")
    done = transfers("services", folder / "p.yaml", *change, "--out", file)
    assert done.returncode == 0 and done.stdout.startswith("本次改动：service_lists.points.title")
    told = json.loads(file.read_text("utf-8"))
    assert [each["file"] for each in told["files"]] == ["s.csv"]
    assert "table_sha256" not in told and len(told["document_changed"]) == 1


def test_a_list_of_which_something_is_wrong_is_called_complete_nowhere(
    transfers: Run, folder: Path
) -> None:
    """All parts are there, and two things are wrong: one answer, and it is no."""
    (folder / "s.csv").write_text(LIST.replace("交通局,\n", "交通居,\n"), encoding="utf-8")
    policy = folder / "p.yaml"
    policy.write_text(POLICY.replace("镇: rest", "镇: 10%"), encoding="utf-8")
    own = ("services", policy, "--list", "costs", "--lang")
    zh, en = (transfers(*own, language) for language in ("zh", "en"))
    assert zh.stdout.splitlines()[1].startswith("不完整：内容齐全 3/3，4 处需补正，2 个领域")
    assert "not complete: 3/3 items have all parts, 4 to be mended" in en.stdout
    assert "3/3 项完整" not in zh.stdout and "3/3 items complete" not in en.stdout
    assert "无级次承担" in zh.stdout
    assert "不完整，内容齐全 3/3；“公交”的“交通居”" in transfers("run", policy).stderr
    quiet = transfers(*own, "zh", "-q")
    assert (quiet.returncode, quiet.stdout) == (1, "")
    assert "公共服务清单：不完整：内容齐全 3/3，4 处需补正" in quiet.stderr
    assert "公共服务清单：不完整" not in zh.stderr


def test_where_shares_are_to_be_mended_is_told_by_column_and_file(
    transfers: Run, folder: Path
) -> None:
    policy = folder / "p.yaml"
    policy.write_text(POLICY.replace("镇: rest", "镇: 10%"), encoding="utf-8")
    told = transfers("run", policy, "--lang", "zh").stderr
    assert "请改正 s.csv 的列“part”，或 responsibility 中的比例" in told
    told = transfers("run", policy, "--lang", "en").stderr
    assert "Mend column “part” of s.csv, or `responsibility`" in told
    policy.write_text(
        POLICY.replace("{县: services.part, 镇: rest}", "{县: 50%, 镇: 10%}"), encoding="utf-8"
    )
    assert "请改正 responsibility 中的比例" in transfers("run", policy, "--lang", "zh").stderr


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh", "“公交”牵头写了几家：支出记在第一家“交通局”，民政局计为配合"),
        ("en", "“公交” has several leads: its cost is that of the first, “交通局”; 民政局 count"),
    ],
)
def test_of_several_lead_agencies_the_one_that_has_the_cost_is_told(
    transfers: Run, folder: Path, language: str, told: str
) -> None:
    own = ("--list", "costs", "--lang", language)
    assert told[:8] not in transfers("services", folder / "p.yaml", *own).stdout
    (folder / "s.csv").write_text(LIST.replace("交通局,\n", "交通局、民政局,\n"), "utf-8")
    for by in ((), ("--by", "agency"), ("--by", "level")):
        done = transfers("services", folder / "p.yaml", *own, *by)
        assert done.returncode == 0
        assert done.stdout.replace("\n", "").replace(" ", "").count(told.replace(" ", "")) == 1
    assert told in transfers("run", folder / "p.yaml", "--lang", language).stderr
    for file in (folder / "o.md", folder / "o.json"):
        transfers("services", folder / "p.yaml", *own, "-q", "--out", file)
        assert told in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("valid", "zh", "en"),
    [
        ("from: '2028'", "不在执行期（2028 年起）", "not in force (from 2028)"),
        ("until: '2025'", "不在执行期（至 2025 年）", "not in force (until 2025)"),
        ("from: '2020', until: '2025'", "不在执行期（至 2025 年）", "not in force (until 2025)"),
    ],
)
def test_an_item_not_in_force_says_from_or_until_when_it_is(
    transfers: Run, folder: Path, valid: str, zh: str, en: str
) -> None:
    policy, keys = folder / "p.yaml", ", ".join([valid])
    lines = "".join(f"    {key}\n" for key in keys.replace("'", "").split(", "))
    policy.write_text(POLICY.replace("    items: 3\n", lines + "    items: 3\n"), "utf-8")
    for language, told in (("zh", zh), ("en", en)):
        own = ("--list", "costs", "--by", "item", "--lang", language)
        assert transfers("services", policy, *own).stdout.count(told) == 3


def test_a_figure_of_a_list_from_a_file_is_told_with_what_the_file_has(
    transfers: Run, folder: Path
) -> None:
    for item in ("bus", "公交"):
        change = ("--set", f"lists.services.{item}.price=40")
        zh, en = (
            transfers("services", folder / "p.yaml", *change, "--lang", language).stdout
            for language in ("zh", "en")
        )
        assert f"本次改动：lists.services.{item}.price = 40（原 31.333）" in zh
        assert f"lists.services.{item}.price = 40 (was 31.333)" in en
