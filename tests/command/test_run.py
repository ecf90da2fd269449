"""`transfers run`: the table, the files, the exit codes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from unicodedata import east_asian_width

import pytest

from tests.command.conftest import ROOT, Run
from transfers.output.files import FORMATS
from transfers.output.folder import confined

AMOUNTS = [325, 150, 552, 1080, 755, 402, 736]


def columns(line: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in line)


def test_the_example_gives_its_amounts(transfers: Run, jiangmen: Path) -> None:
    out = jiangmen / "r.csv"
    done = transfers("run", jiangmen / "policy.yaml", "--out", out)
    assert done.returncode == 0
    assert out.read_bytes().startswith(b"\xef\xbb\xbfkey,name,equalisation,total\r\n")
    rows = [line.split(",") for line in out.read_text("utf-8-sig").splitlines()[1:]]
    assert [int(row[3]) for row in rows] == AMOUNTS
    assert rows[0] == ["440703", "蓬江区", "325", "325"]


def test_the_table_shows_total_last_year_and_change(transfers: Run, jiangmen: Path) -> None:
    table = transfers("run", jiangmen / "policy.yaml").stdout
    assert re.search(r"合计 +4,000 +3,600 +\+400 +\+11\.11%", table)
    assert re.search(r"440781 +台山市 +1,080 +1,080 +0 +0\.00%", table)
    assert "单位：万元" in table


def test_columns_align_within_eighty(transfers: Run, jiangmen: Path) -> None:
    lines = transfers("run", jiangmen / "policy.yaml").stdout.splitlines()
    rows = [line for line in lines if line.startswith("4407")]
    ends = {columns(row[: row.index("%") + 1]) for row in rows}
    assert len(ends) == 1
    assert max(map(columns, lines)) <= 80


def test_nothing_is_coloured(transfers: Run, jiangmen: Path) -> None:
    for arguments in (["run", jiangmen / "policy.yaml"], ["--help"], ["run", "--help"], ["ru"]):
        done = transfers(*arguments, FORCE_COLOR="1", TERM="xterm-256color")
        assert "\x1b" not in done.stdout + done.stderr


def test_json_holds_rows_unspent_money_and_findings(transfers: Run, jiangmen: Path) -> None:
    out = jiangmen / "r.json"
    assert transfers("run", jiangmen / "policy.yaml", "--out", out).returncode == 0
    document = json.loads(out.read_text("utf-8"))
    assert [row["total"] for row in document["rows"]] == AMOUNTS
    assert document["rows"][0]["key"] == "440703"
    assert document["unspent"] == {"equalisation": 0}
    assert (document["status"], document["findings"]) == ("done", [])
    assert len(document["table_sha256"]) == 64
    files = {entry["file"]: entry["sha256"] for entry in document["files"]}
    assert files == {"districts.csv": document["table_sha256"]}


def test_set_changes_a_value_by_its_path(transfers: Run, jiangmen: Path) -> None:
    done = transfers("run", jiangmen / "policy.yaml", "--set", "budget.amount=4100")
    assert re.search(r"合计 +4,100", done.stdout)


def test_districts_replaces_the_table(transfers: Run, jiangmen: Path) -> None:
    text = (jiangmen / "districts.csv").read_text("utf-8")
    other = jiangmen / "other.csv"
    other.write_text("\n".join([text.splitlines()[0], *reversed(text.splitlines()[1:])]), "utf-8")
    out = jiangmen / "r.csv"
    transfers("run", jiangmen / "policy.yaml", "--districts", other, "--out", out)
    rows = out.read_text("utf-8-sig").splitlines()[1:]
    assert [int(row.split(",")[-1]) for row in rows] == AMOUNTS[::-1]


def test_infeasible_floors_say_who_is_short_of_what_and_write_nothing(
    transfers: Run, jiangmen: Path
) -> None:
    out = jiangmen / "r.csv"
    out.write_text("old", "utf-8")
    done = transfers("run", jiangmen / "policy.yaml", "--set", "budget=3400", "--out", out)
    assert done.returncode == 1
    assert done.stdout == ""
    assert out.read_text("utf-8") == "old"
    for words in ("保底合计 3,600 万元", "可分配 3,400 万元", "缺口 200 万元", "台山市", "恩平市"):
        assert words in done.stderr
    assert "policy.yaml:35:5 grants.equalisation.if_short" in done.stderr


def test_scaled_floors_are_a_warning(transfers: Run, jiangmen: Path) -> None:
    done = transfers(
        "run",
        jiangmen / "policy.yaml",
        *("--set", "budget.amount=3400", "--set", "grants.equalisation.if_short=scale"),
        *("--lang", "en"),
    )
    assert done.returncode == 0
    assert "warning" in done.stderr
    assert "94.44%" in done.stderr
    assert re.search(r"Total +3,400", done.stdout)


def test_every_fault_of_a_document_is_told_at_once(transfers: Run, jiangmen: Path) -> None:
    policy = jiangmen / "policy.yaml"
    text = policy.read_text("utf-8")
    text = text.replace("floor: last_year", "floor: lastyear").replace("title: 面积", "titel: 面积")
    policy.write_text(text.replace("area: 20%", "area: 25%"), "utf-8")
    done = transfers("run", policy)
    assert done.returncode == 2
    faults = done.stderr.splitlines()
    assert len(faults) == 3
    assert re.search(r"policy\.yaml:\d+:\d+ inputs\.area\.titel: .*title", faults[0])
    assert re.search(r"policy\.yaml:\d+:\d+ grants\.equalisation\.share\.factors: ", faults[1])
    assert re.search(r"policy\.yaml:33:12 grants\.equalisation\.floor: .*last_year", faults[2])


def test_a_fault_of_the_table_names_its_cell(transfers: Run, jiangmen: Path) -> None:
    table = jiangmen / "districts.csv"
    table.write_text(table.read_text("utf-8").replace("74.9", "74.9万"), "utf-8")
    done = transfers("run", jiangmen / "policy.yaml")
    assert done.returncode == 2
    assert "districts.csv:6:3" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_figure_names_the_district_and_the_cell(transfers: Run, jiangmen: Path) -> None:
    table = jiangmen / "districts.csv"
    table.write_text(table.read_text("utf-8").replace("74.9", ""), "utf-8")
    done = transfers("run", jiangmen / "policy.yaml")
    assert done.returncode == 2
    assert "开平市" in done.stderr
    assert "districts.csv:6:3 population" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run"], "缺少 POLICY"),
        (["run", "p.yaml", "--sett", "a=1"], "没有选项 --sett"),
        (["ruun"], "是不是“run”"),
        (["run", "none.yaml"], "none.yaml"),
        (["run", "p.yaml", "--out", "r.doc"], "r.doc"),
        (["run", "p.yaml", "--set", "budget"], "--set"),
        (["run", "p.yaml", "--lang", "fr"], "fr"),
    ],
)
def test_a_wrong_call_is_told_in_words(transfers: Run, arguments: list[str], words: str) -> None:
    done = transfers(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_help_is_in_both_languages(transfers: Run) -> None:
    assert "测算一份政策" in transfers("run", "--help", "--lang", "zh").stdout
    english = transfers("--lang", "en", "run", "--help").stdout
    assert "Run a policy" in english
    assert not re.search(r"[\u4e00-\u9fff]", english)
    assert "Usage" not in transfers("run", "--help").stdout


def test_without_arguments_it_shows_its_help(transfers: Run) -> None:
    done = transfers()
    assert done.returncode == 0
    assert "explain" in done.stdout


def test_a_file_that_cannot_be_written_leaves_no_trace(transfers: Run, jiangmen: Path) -> None:
    folder = jiangmen / "r.csv"
    folder.mkdir()
    names = {path.name for path in jiangmen.iterdir()}
    done = transfers("run", jiangmen / "policy.yaml", "--out", folder)
    assert done.returncode == 2
    assert "r.csv" in done.stderr
    assert {path.name for path in jiangmen.iterdir()} == names


def test_the_language_follows_the_locale(transfers: Run, jiangmen: Path) -> None:
    policy = jiangmen / "policy.yaml"
    assert "Total" in transfers("run", policy, TRANSFERS_LANG="", LC_ALL="en_GB.UTF-8").stdout
    assert "合计" in transfers("run", policy, TRANSFERS_LANG="", LC_ALL="C.UTF-8", LANG="").stdout


JOINED = """policy: joined
districts: {file: a.csv, key: code, name: name, join: {file: b.csv, key: k}}
inputs: {pop: {unit: 万人}, rev: {unit: 亿元}}
grants: {g: {pool: 100, share: pop / rev}}
"""


def test_files_are_joined_on_the_key_and_can_be_replaced(transfers: Run, tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(JOINED, "utf-8")
    (tmp_path / "a.csv").write_text("code,name,pop\n0101,甲,10\n0102,乙,20\n", "utf-8")
    (tmp_path / "b.csv").write_text("k,rev\n0102,10\n0101,5\n", "utf-8")
    (tmp_path / "c.csv").write_text("k,rev\n0102,10\n0101,15\n", "utf-8")
    out = tmp_path / "r.csv"
    # 10 / 5 and 20 / 10 weigh the same; 10 / 15 and 20 / 10 are 1 to 3.
    transfers("run", tmp_path / "p.yaml", "--out", out)
    assert out.read_text("utf-8-sig").splitlines()[1:] == ["0101,甲,50,50", "0102,乙,50,50"]
    transfers("run", tmp_path / "p.yaml", "--join", tmp_path / "c.csv", "--out", out)
    assert out.read_text("utf-8-sig").splitlines()[1:] == ["0101,甲,25,25", "0102,乙,75,75"]
    extra = ("--join", tmp_path / "c.csv", "--join", tmp_path / "c.csv")
    done = transfers("run", tmp_path / "p.yaml", *extra)
    assert (done.returncode, "只并入 1 个文件" in done.stderr) == (2, True)


def test_a_file_that_was_read_is_not_written_over(transfers: Run, jiangmen: Path) -> None:
    table = jiangmen / "districts.csv"
    before = table.read_bytes()
    done = transfers("run", jiangmen / "policy.yaml", "--out", table)
    assert (done.returncode, "不能覆盖" in done.stderr) == (2, True)
    assert table.read_bytes() == before


def test_a_table_that_the_policy_names_is_not_written_over(transfers: Run, tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(
        "policy: p\ndistricts: {file: d.csv, key: k}\ninputs: {x: , c: {type: text}}\n"
        "parameters: {rate: {file: rates.csv, key: key, value: value}}\n"
        "grants: {g: {claim: 'rate[c] * x'}}\n",
        encoding="utf-8",
    )
    (tmp_path / "d.csv").write_text("k,x,c\n1,1,a\n", encoding="utf-8")
    rates = tmp_path / "rates.csv"
    rates.write_text("key,value\na,2\n", encoding="utf-8")
    assert transfers("run", tmp_path / "p.yaml").returncode == 0
    done = transfers("run", tmp_path / "p.yaml", "--out", rates)
    assert (done.returncode, "不能覆盖" in done.stderr) == (2, True)
    assert rates.read_text("utf-8") == "key,value\na,2\n"


def test_one_path_is_set_once(transfers: Run, jiangmen: Path) -> None:
    twice = ("--set", "budget=4100", "--set", "budget=4200")
    done = transfers("run", jiangmen / "policy.yaml", *twice)
    assert (done.returncode, "两次改动了 budget" in done.stderr) == (2, True)


def test_money_left_over_stands_below_the_table(transfers: Run, jiangmen: Path) -> None:
    done = transfers("run", jiangmen / "policy.yaml", "--set", "budget.amount=4600")
    assert done.returncode == 0
    # Caps rounded down: 325 + 150 + 587 + 1350 + 875 + 412 + 800 = 4,499.
    assert "未分配：因素法均衡性补助 101 万元" in done.stdout


# -- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", [".csv", ".json", ".md", ".parquet", ".xlsx"])
def test_every_format_is_written_and_said(transfers: Run, jiangmen: Path, ending: str) -> None:
    out = jiangmen / f"r{ending}"
    done = transfers("run", jiangmen / "policy.yaml", "--out", out)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(f"已写入 {out}\n")
    once = out.read_bytes()
    transfers("run", jiangmen / "policy.yaml", "--out", out, "-q")
    assert out.read_bytes() == once


def test_help_names_every_format(transfers: Run) -> None:
    for language in ("zh", "en"):
        shown = transfers("run", "--help", "--lang", language).stdout
        assert all(ending in shown for ending in FORMATS)


@pytest.mark.parametrize("written", ["out/", "new/out/", "."])
def test_into_a_folder_goes_a_workbook_named_after_the_policy(
    transfers: Run, jiangmen: Path, written: str
) -> None:
    done = transfers("run", jiangmen / "policy.yaml", "--out", f"{jiangmen}/{written}")
    assert done.returncode == 0
    folder = jiangmen / written
    assert (folder / "jiangmen-equalisation-2026.xlsx").read_bytes().startswith(b"PK")
    assert str(folder / "jiangmen-equalisation-2026.xlsx") in done.stdout


@pytest.mark.parametrize("name", ["CON", "x.", "转" * 100, "A", "a"])
def test_a_policy_that_no_file_can_be_named_after_has_its_file_too(
    transfers: Run, jiangmen: Path, name: str
) -> None:
    policy = jiangmen / "policy.yaml"
    text = policy.read_text("utf-8").replace("jiangmen-equalisation-2026", name)
    policy.write_text(text, "utf-8")
    assert transfers("run", policy, "--out", f"{jiangmen}/out/").returncode == 0
    assert list((jiangmen / "out").iterdir()) == [confined(jiangmen / "out", name, ".xlsx")]


def test_a_rejected_run_makes_no_folder(transfers: Run, jiangmen: Path) -> None:
    short = ("--set", "budget.amount=3400")
    done = transfers("run", jiangmen / "policy.yaml", *short, "--out", f"{jiangmen}/out/")
    assert done.returncode == 1
    assert not (jiangmen / "out").exists()


def test_a_folder_named_like_a_file_is_not_taken_for_one(transfers: Run, jiangmen: Path) -> None:
    (jiangmen / "r.xlsx").mkdir()
    done = transfers("run", jiangmen / "policy.yaml", "--out", jiangmen / "r.xlsx")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{jiangmen / 'r.xlsx'}: 这是一个文件夹" in done.stderr
    assert "末尾加“/”" in done.stderr
    done = transfers("run", jiangmen / "policy.yaml", "--out", f"{jiangmen / 'r.xlsx'}/")
    assert done.returncode == 0
    assert len(list((jiangmen / "r.xlsx").iterdir())) == 1


@pytest.mark.parametrize(
    ("out", "zh", "en"),
    [
        ("none/r.csv", "所在文件夹不存在", "Its folder does not exist"),
        ("policy.yaml/r.csv", "路径中有一段是文件", "A part of the path is a file"),
        ("policy.yaml/", "路径中有一段是文件", "A part of the path is a file"),
        ("x" * 300 + ".csv", "文件名太长", "The name is too long"),
        ("circle.csv", "链接指回自身", "The link leads back to itself"),
    ],
)
def test_what_keeps_a_file_from_being_written_is_said_in_words(
    transfers: Run, jiangmen: Path, out: str, zh: str, en: str
) -> None:
    (jiangmen / "circle.csv").symlink_to("circle.csv")
    for language, words in (("zh", zh), ("en", en)):
        call = ("run", jiangmen / "policy.yaml", "--out", f"{jiangmen}/{out}", "--lang", language)
        done = transfers(*call)
        assert (done.returncode, done.stdout) == (2, "")
        assert f"{jiangmen}/{out}".rstrip("/") in done.stderr
        assert words in done.stderr


def test_a_full_disk_is_said_in_words(jiangmen: Path) -> None:
    out = jiangmen / "r.csv"
    out.write_text("old", "utf-8")
    program = (
        "import os, sys; sys.path.insert(0, sys.argv.pop(1))\n"
        "def full(file): raise OSError(28, 'No space left on device')\n"
        "os.fsync = full\n"
        "from cli import app; app()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, ROOT, "run", jiangmen / "policy.yaml", "--out", out],
        env={**os.environ, "TRANSFERS_LANG": "zh"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{out}: 磁盘已满，没有写成；原有文件未动。请清理磁盘，或写到别处。\n"
    assert out.read_text("utf-8") == "old"


def test_without_a_library_for_parquet_it_says_what_to_install_before_any_work(
    jiangmen: Path,
) -> None:
    program = (
        "import importlib.util as u, sys; sys.path.insert(0, sys.argv.pop(1))\n"
        "find = u.find_spec\n"
        "u.find_spec = lambda n, p=None: None if n in ('pyarrow', 'polars') else find(n, p)\n"
        "from cli import app; app()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, ROOT, "run", "no.yaml", "--out", jiangmen / "r.parquet"],
        env={**os.environ, "TRANSFERS_LANG": "en"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert 'pip install "transfers[parquet]"' in done.stderr
    assert "no.yaml" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="names of files are text there")
def test_a_name_that_is_no_utf8_is_named_all_the_same(transfers: Run, jiangmen: Path) -> None:
    odd = os.fsdecode(b"\xff")
    assert "U+DCFF.yaml: 找不到" in transfers("run", f"{odd}.yaml").stderr
    for call in (("--out", odd), ("--set", odd)):
        done = transfers("run", jiangmen / "policy.yaml", *call)
        assert (done.returncode, "U+DCFF" in done.stderr) == (2, True)
    done = transfers("run", jiangmen / "policy.yaml", "--out", f"{odd}.csv")
    assert (done.returncode, "已写入 U+DCFF.csv" in done.stdout) == (0, True)


def test_quiet_leaves_out_what_is_for_the_record_and_keeps_warnings(
    transfers: Run, jiangmen: Path
) -> None:
    call = ("run", jiangmen / "policy.yaml", "--districts", jiangmen / "as_kept.csv", "-q")
    done = transfers(*call)
    assert (done.returncode, done.stdout) == (0, "")
    (line,) = done.stderr.splitlines()
    assert "as_kept.csv:15:9: 注意: “合计”行的“上年补助”为 3601" in line
