"""`transfers check` as a person, or a service, calls it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.checks.made_reports import TWO_FACTORS
from tests.command.conftest import ROOT, Run

PLANTED = ROOT / "tests/checks/planted"
HALF_UP = PLANTED / "half_up.yaml"
"""Three alike and 5 to divide: rounding one by one pays 6."""

SOUND = """\
policy: sound
title: 按需求分配（虚构）
money: {currency: CNY, unit: 万元, quantum: 1}
districts: {file: t.csv, key: code, name: name}
inputs:
  need: {title: 需求, min: 0, max: 100, role: need}
grants:
  aid: {title: 补助, pool: 10, share: need}
"""
TABLE = "code,name,need\na,甲,1\nb,乙,2\nc,丙,2\n"
PEOPLE = "code,population,need\na,1,0\nb,1,1\nc,1,1\n"
TESTS = """\
policy: ../sound.yaml
tests:
  by_need:
    given:
      districts: {甲: {need: 1}, 乙: {need: 4}}
    expect:
      amounts: {aid: {甲: 2, 乙: 8}}
"""
ALABAMA = ("--set", "grants.aid.pool=10", "--only", "budget_monotonicity")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a policy that keeps its promises, its table and a test."""
    (tmp_path / "policies" / "tests").mkdir(parents=True)
    (tmp_path / "policies" / "sound.yaml").write_text(SOUND, encoding="utf-8")
    (tmp_path / "policies" / "t.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "policies" / "tests" / "a.yaml").write_text(TESTS, encoding="utf-8")
    return tmp_path / "policies"


def quick(*arguments: str | Path) -> tuple[str | Path, ...]:
    return ("check", *arguments, "--seconds", "0.5", "--only", "balance")


# -- how it ends -----------------------------------------------------------------------------------


def test_a_policy_that_keeps_its_promises_passes(transfers: Run, folder: Path) -> None:
    done = transfers(*quick(folder / "sound.yaml"))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == "政策检验：按需求分配（虚构）"
    assert "政策测试：1 项全部通过" in done.stdout
    assert done.stdout.splitlines()[-1] == "结论：通过"


def test_a_break_ends_with_1_and_shows_the_smallest_table(transfers: Run) -> None:
    done = transfers(*quick(HALF_UP), "--lang", "en")
    assert done.returncode == 1
    assert "Balance (balance): broken" in done.stdout
    assert "6 万元, should be at most 5 万元: 1 万元 too much" in done.stdout
    assert done.stdout.splitlines()[-1] == "Result: failed (promises broken: 1)"


def test_a_failing_test_ends_with_1(transfers: Run, folder: Path) -> None:
    test = folder / "tests" / "a.yaml"
    test.write_text(TESTS.replace("甲: 2, 乙: 8", "甲: 3, 乙: 7"), encoding="utf-8")
    done = transfers(*quick(folder))
    assert done.returncode == 1
    assert "政策测试：1 项中 1 项不通过" in done.stdout


def test_a_faulty_document_ends_with_2_and_the_others_are_checked(
    transfers: Run, folder: Path
) -> None:
    wrong = SOUND.replace("pool: 10", "pool: 10 +").replace("min: 0", "mim: 0")
    (folder / "wrong.yaml").write_text(wrong, encoding="utf-8")
    done = transfers(*quick(folder))
    assert done.returncode == 2
    assert "wrong.yaml:6" in done.stderr and "wrong.yaml:8" in done.stderr
    assert "结论：通过" in done.stdout
    assert "共 2 份政策：1 份通过，0 份不通过，0 份未检验到，1 份文件有误" in done.stdout


@pytest.mark.parametrize("broken", ["table", "test"])
def test_a_faulty_table_or_test_ends_with_2(transfers: Run, folder: Path, broken: str) -> None:
    file = folder / "t.csv" if broken == "table" else folder / "tests" / "a.yaml"
    file.write_text(file.read_text("utf-8").replace("need", "neeed"), encoding="utf-8")
    done = transfers(*quick(folder))
    assert done.returncode == 2
    assert file.name in done.stderr and "neeed" in done.stderr


def test_a_folder_without_policies_ends_with_5(transfers: Run, tmp_path: Path) -> None:
    (tmp_path / "study.yaml").write_text("study: s\npolicy: p.yaml\n", encoding="utf-8")
    done = transfers("check", tmp_path)
    assert done.returncode == 5
    assert "没有政策文件" in done.stderr


def test_where_nothing_is_exercised_it_ends_with_5(transfers: Run, folder: Path) -> None:
    shutil.rmtree(folder / "tests")
    done = transfers("check", folder, "--seconds", "1", "--only", "performance")
    assert done.returncode == 5
    assert done.stdout.splitlines()[-1] == "结论：什么也没有检验到，不能算通过"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--seconds", "x"], "--seconds 应是不小于 0.1 的数"),
        (["--seconds", "nan"], "--seconds 应是"),
        (["--seed", "-1"], "--seed 应是不小于 0 的整数"),
        (["--tolerance", "0.5"], "--tolerance 应是不小于 0 的整数"),
        (["--workers", "0"], "--workers 应是不小于 1 的整数"),
        (["--format", "xml"], "没有格式“xml”；有：text、json、junit、sarif、github"),
        (["--out", "report.pdf"], "report.pdf：文件名看不出格式"),
        (["--only", "balanse"], "是不是“balance”"),
        (["--only", "收支平横"], "是不是“balance”"),
        (["--set", "grants.ai.pool=3"], "grants.ai.pool"),
        (["--districts", "none.csv"], "none.csv"),
        (["--against", "none.yaml"], "none.yaml"),
    ],
)
def test_calls_that_make_no_sense_end_with_2(
    transfers: Run, folder: Path, options: list[str], said: str
) -> None:
    done = transfers("check", folder / "sound.yaml", "--seconds", "1", *options)
    assert done.returncode == 2
    assert said in done.stderr


@pytest.mark.parametrize("path", ["nowhere", "nowhere.yaml"])
def test_what_is_not_there_is_told(transfers: Run, path: str) -> None:
    done = transfers("check", path)
    assert done.returncode == 2 and path in done.stderr


def test_a_call_without_a_policy_says_what_to_write(transfers: Run) -> None:
    done = transfers("check")
    assert done.returncode == 2 and "transfers check POLICY" in done.stderr


def test_options_of_one_policy_are_refused_for_several(transfers: Run, folder: Path) -> None:
    shutil.copy(folder / "sound.yaml", folder / "other.yaml")
    done = transfers(*quick(folder), "--set", "grants.aid.pool=9")
    assert done.returncode == 2
    assert "--set 只用于一份政策" in done.stderr and "有 2 份" in done.stderr


# -- which documents -------------------------------------------------------------------------------


def test_policies_of_all_folders_are_found_but_not_hidden_ones_studies_and_tests(
    transfers: Run, folder: Path
) -> None:
    for place in ("a/b", ".hidden", "node_modules", "env", "tests"):
        (folder / place).mkdir(parents=True, exist_ok=True)
        shutil.copy(folder / "sound.yaml", folder / place / "p.yml")
        shutil.copy(folder / "t.csv", folder / place)
    (folder / "env" / "pyvenv.cfg").touch()
    (folder / "tests" / "p.yml").unlink()
    (folder / "study.yaml").write_text("study: s\npolicy: sound.yaml\n", encoding="utf-8")
    out = folder / "out.json"
    assert transfers(*quick(folder), "-q", "--out", out).returncode == 0
    files = [each["file"] for each in json.loads(out.read_text("utf-8"))["policies"]]
    assert [Path(file).name for file in files] == ["sound.yaml", "p.yml"]


def test_another_table_and_other_values_are_checked_instead(
    transfers: Run, folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.csv"
    other.write_text(TABLE.replace("甲,1", "甲,x"), encoding="utf-8")
    done = transfers(*quick(folder / "sound.yaml"), "--districts", other)
    assert done.returncode == 2 and "other.csv" in done.stderr
    call = ("check", folder / "sound.yaml", "--seconds", "5", *ALABAMA, "--tolerance", "0")
    assert transfers(*call).returncode == 0
    shutil.rmtree(folder / "tests")
    half_up = (*quick(folder / "sound.yaml"), "--set", "grants.aid.rounding=half_up")
    assert transfers(*half_up).returncode == 1


def test_a_strict_check_finds_what_is_tolerated_otherwise(transfers: Run, folder: Path) -> None:
    shutil.rmtree(folder / "tests")
    policy = folder / "sound.yaml"
    policy.write_text(TWO_FACTORS, encoding="utf-8")
    (folder / "t.csv").write_text(PEOPLE, encoding="utf-8")
    call = ("check", policy, "--only", "budget_monotonicity", "--save", "none")
    strict = transfers(*call, "--tolerance", "0", "--format", "json")
    promise = json.loads(strict.stdout)["policies"][0]["promises"][0]
    assert promise["status"] == "broken" and promise["counter_example"]["excess"] == 1
    loose = transfers(*call, "--seconds", "2", "--format", "json")
    assert json.loads(loose.stdout)["policies"][0]["promises"][0]["status"] == "held"


# -- outputs ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["json", "junit", "sarif", "github"])
def test_a_format_is_printed_where_no_file_has_it(transfers: Run, name: str) -> None:
    done = transfers(*quick(HALF_UP), "--format", name)
    assert done.returncode == 1
    if name in ("json", "sarif"):
        assert json.loads(done.stdout)
    elif name == "junit":
        assert ElementTree.fromstring(done.stdout.encode()).get("failures") == "1"
    else:
        assert done.stdout.startswith("::error file=")


def test_several_files_are_written_and_people_read_the_text(transfers: Run, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("a.sarif", "a.xml", "a.json", "a.txt", "report")]
    out = [option for file in files for option in ("--out", file)]
    done = transfers(*quick(HALF_UP), "--format", "junit", *out)
    assert done.returncode == 1
    assert done.stdout.startswith("政策检验：")
    assert all(f"已写入 {file}" in done.stdout for file in files)
    assert json.loads(files[0].read_text("utf-8"))["version"] == "2.1.0"
    assert files[1].read_bytes() == files[4].read_bytes()
    assert json.loads(files[2].read_text("utf-8"))["exit"] == 1
    assert files[3].read_text("utf-8").startswith("政策检验：")


def test_quiet_prints_nothing_but_writes(transfers: Run, tmp_path: Path) -> None:
    done = transfers(*quick(HALF_UP), "-q", "--out", tmp_path / "a.json")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    assert (tmp_path / "a.json").exists()


@pytest.mark.parametrize("name", ["sound.yaml", "t.csv", "tests/a.yaml"])
def test_no_file_that_was_read_is_written_over(transfers: Run, folder: Path, name: str) -> None:
    file = folder / name
    before = file.read_bytes()
    done = transfers(*quick(folder), "--format", "json", "--out", file)
    assert done.returncode == 2 and file.read_bytes() == before


def test_a_file_that_cannot_be_written_leaves_the_old_one(transfers: Run, tmp_path: Path) -> None:
    old = tmp_path / "a.json"
    old.mkdir()
    done = transfers(*quick(HALF_UP), "--out", old)
    assert done.returncode == 2 and list(old.iterdir()) == []


def test_reports_name_files_from_the_working_folder(transfers: Run, folder: Path) -> None:
    done = transfers(*quick(folder), "--format", "json")
    assert str(folder) not in done.stdout
    assert json.loads(done.stdout)["policies"][0]["file"] == "../policies/sound.yaml"


def test_the_same_check_gives_the_same_bytes_whatever_the_hash_seed(
    transfers: Run, tmp_path: Path
) -> None:
    given = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        files = [folder / name for name in ("a.txt", "a.json", "a.xml", "a.sarif", "github")]
        out = [option for file in files for option in ("--out", file)]
        call = (*quick(HALF_UP), "-q", "--format", "github", "--seed", "3", "--save", "none", *out)
        assert transfers(*call, PYTHONHASHSEED=seed).returncode == 1
        given.append([file.read_bytes() for file in files])
    assert given[0] == given[1]
    assert all(given[0]) and len({*given[0]}) == 5


def test_the_same_check_gives_the_same_bytes_with_one_process_or_two(transfers: Run) -> None:
    policy = PLANTED / "two_factors.yaml"
    call = ("check", policy, "--only", "budget_monotonicity", "--tolerance", "0", "--save", "none")
    one, two = (transfers(*call, "--format", "json", "--workers", count) for count in ("1", "2"))
    assert one.stdout == two.stdout
    assert json.loads(one.stdout)["policies"][0]["promises"][0]["status"] == "broken"


# -- counter-examples that are kept ----------------------------------------------------------------

KEPT = ".transfers/counterexamples/"


def here(tmp_path: Path) -> Path:
    """Return the folder that the program is called in."""
    return tmp_path / "here"


def test_a_break_is_kept_where_version_control_does_not_see_it(
    transfers: Run, tmp_path: Path
) -> None:
    done = transfers(*quick(HALF_UP))
    line = next(line for line in done.stdout.splitlines() if "重看：" in line)
    folder = line.split("--replay ")[1]
    assert folder.startswith(KEPT) and folder.endswith("/balance")
    found = {file.name for file in (here(tmp_path) / folder).iterdir()}
    assert found >= {"replay.yaml", "policy.yaml", "before.csv", "expected.csv"}
    assert (here(tmp_path) / ".transfers" / ".gitignore").read_text("utf-8") == "*\n"
    assert transfers("check", ".").returncode == 5, "no policy of the repository"


def test_a_policy_that_breaks_nothing_leaves_nothing_behind(
    transfers: Run, folder: Path, tmp_path: Path
) -> None:
    assert transfers(*quick(folder)).returncode == 0
    assert list(here(tmp_path).iterdir()) == []


def test_what_was_kept_is_tried_first(transfers: Run) -> None:
    call = (*quick(HALF_UP), "--format", "json")
    stages = []
    for _ in range(2):
        found = json.loads(transfers(*call).stdout)["policies"][0]["promises"][0]
        stages.append(found["counter_example"]["stage"])
    assert stages == ["real", "saved"]


def test_a_replay_shows_the_break_again_and_ends_with_1(transfers: Run) -> None:
    transfers(*quick(HALF_UP), "--save", "kept")
    kept = json.loads(transfers(*quick(HALF_UP), "--save", "kept", "--format", "json").stdout)[
        "policies"
    ][0]["promises"][0]["counter_example"]["replay"]
    assert kept.startswith("kept/")
    done = transfers("check", "--replay", kept, "--lang", "en")
    assert done.returncode == 1
    assert f"Counter-example, tried again: {kept}" in done.stdout
    assert "should be at most 5 万元: 1 万元 too much" in done.stdout
    data = json.loads(transfers("check", "--replay", kept, "--format", "json").stdout)
    assert data["policies"][0]["promises"][0]["status"] == "broken"


def test_a_replay_of_a_policy_that_was_mended_says_so(transfers: Run, tmp_path: Path) -> None:
    transfers(*quick(HALF_UP), "--save", "kept")
    (policy,) = here(tmp_path).glob("kept/*/balance/policy.yaml")
    text = policy.read_text("utf-8").replace("half_up", "largest_remainder")
    policy.write_text(text, encoding="utf-8")
    done = transfers("check", "--replay", policy.parent)
    assert done.returncode == 0
    assert "这张表不再违反这一承诺" in done.stdout
    assert "变动前的拨付数已与存下时不同" in done.stdout


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("（虚构）", "", "仍违反这一承诺"),
        ("half_up", "largest_remainder", "不违反这一承诺"),
        ("need: {", "want: {", "不能用这张表测算"),
    ],
)
def test_a_replay_says_that_the_policy_beside_it_is_another_by_now(
    transfers: Run, folder: Path, old: str, new: str, said: str
) -> None:
    text = SOUND.replace("share: need}", "share: need, rounding: half_up}")
    policy = folder / "sound.yaml"
    policy.write_text(text, encoding="utf-8")
    shutil.rmtree(folder / "tests")
    transfers(*quick(policy), "--save", folder / "kept")
    (kept,) = folder.glob("kept/*/balance")
    done = transfers("check", "--replay", kept)
    assert done.returncode == 1 and "现在的内容" not in done.stdout
    policy.write_text(text.replace(old, new), encoding="utf-8")
    done = transfers("check", "--replay", kept)
    assert done.returncode == 1
    shown = "".join(done.stdout.split())
    assert "以上用的是存下的政策" in shown and said in shown


def test_two_policies_of_one_id_do_not_share_a_folder(transfers: Run, folder: Path) -> None:
    shutil.rmtree(folder / "tests")
    (folder / "sound.yaml").unlink()
    for name in ("a", "b"):
        text = SOUND.replace("share: need}", "share: need, rounding: half_up}")
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    for _ in range(2):
        transfers(*quick(folder), "--save", folder / "kept")
        assert len(list(folder.glob("kept/sound-*/balance/replay.yaml"))) == 2


@pytest.mark.parametrize("folder", ["nowhere", "."])
def test_a_folder_that_is_no_replay_is_refused(transfers: Run, folder: str) -> None:
    done = transfers("check", "--replay", folder)
    assert done.returncode == 2 and "replay.yaml" in done.stderr


def test_a_replay_brings_its_own_policy_promise_and_table(transfers: Run) -> None:
    done = transfers("check", HALF_UP, "--replay", "x", "--only", "balance", "--set", "a=1")
    assert done.returncode == 2 and "--replay 自带政策" in done.stderr
    assert "不能同时写 --only、--set" in done.stderr


@pytest.mark.parametrize("title", ["收支平衡", "balance", "Balance", "BALANCE"])
def test_a_promise_is_chosen_by_its_title_as_well(transfers: Run, folder: Path, title: str) -> None:
    call = ("check", folder, "--seconds", "0.5", "--only", title, "--format", "json")
    found = json.loads(transfers(*call).stdout)["policies"][0]["promises"]
    assert [each["promise"] for each in found] == ["balance"]


def test_several_policies_and_folders_are_checked_in_one_call_each_once(
    transfers: Run, folder: Path
) -> None:
    other = folder / "other.yaml"
    other.write_text(SOUND, encoding="utf-8")
    done = transfers(*quick(other, folder, HALF_UP), "--format", "json")
    files = [Path(each["file"]).name for each in json.loads(done.stdout)["policies"]]
    assert files == ["other.yaml", "sound.yaml", "half_up.yaml"]
    assert done.returncode == 1
    done = transfers(*quick(other, HALF_UP), "--set", "a=1")
    assert done.returncode == 2 and "--set 只用于一份政策" in done.stderr


def test_a_break_is_told_also_where_it_cannot_be_kept(transfers: Run, tmp_path: Path) -> None:
    (here(tmp_path) / ".transfers").write_text("in the way", encoding="utf-8")
    done = transfers(*quick(HALF_UP))
    assert done.returncode == 1
    assert "反例没能存入 .transfers" in done.stderr and "不是文件夹" in done.stderr
    assert "收支平衡（balance）：不成立" in done.stdout
    english = transfers(*quick(HALF_UP), "--lang", "en").stderr
    assert "A part of the path is a file, not a folder" in english


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--out", "../nodir/x.json"], "../nodir/x.json: 所在文件夹不存在"),
        (["--out", "in_the_way/x.json"], "in_the_way/x.json: 路径中有一段是文件"),
        (["--save", "in_the_way"], "in_the_way: 路径中有一段是文件"),
        (["--save", "in_the_way/a/b"], "in_the_way/a/b: 路径中有一段是文件"),
    ],
)
def test_where_nothing_can_be_written_is_told_before_the_search(
    transfers: Run, tmp_path: Path, options: list[str], said: str
) -> None:
    (here(tmp_path) / "in_the_way").write_text("x", encoding="utf-8")
    done = transfers(*quick(HALF_UP), "--out", "first.json", *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert [file.name for file in here(tmp_path).iterdir()] == ["in_the_way"]


def test_a_format_that_no_file_of_the_call_has_is_refused(transfers: Run) -> None:
    done = transfers(*quick(HALF_UP), "--format", "sarif", "--out", "a.json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--format sarif 与 --out a.json 不符" in done.stderr and "a.json 是 json" in done.stderr
    done = transfers(*quick(HALF_UP), "--format", "github", "--out", "a.json")
    assert done.stdout.startswith("::error file=")


def test_counter_examples_beside_a_policy_are_no_policies(transfers: Run, folder: Path) -> None:
    half_up = SOUND.replace("share: need}", "share: need, rounding: half_up}")
    (folder / "sound.yaml").write_text(half_up, encoding="utf-8")
    shutil.rmtree(folder / "tests")
    transfers(*quick(folder), "--save", folder / "counterexamples")
    assert list((folder / "counterexamples").rglob("policy.yaml"))
    found = json.loads(transfers(*quick(folder), "--format", "json").stdout)["policies"]
    assert [Path(each["file"]).name for each in found] == ["sound.yaml"]
    assert found[0]["promises"][0]["counter_example"]["stage"] == "saved"


def test_an_older_policy_is_compared(transfers: Run, folder: Path, tmp_path: Path) -> None:
    old = tmp_path / "old"
    shutil.copytree(folder, old)
    policy = folder / "sound.yaml"
    policy.write_text(SOUND.replace("pool: 10", "pool: 11"), encoding="utf-8")
    shutil.rmtree(folder / "tests")
    done = transfers(*quick(policy), "--against", old / "sound.yaml")
    assert done.returncode == 0
    assert "合计由 10 变为 11（+1）" in done.stdout
    done = transfers(*quick(folder), "--against", old)
    assert "合计由 10 变为 11（+1）" in done.stdout


def test_help_names_every_option_in_both_languages(transfers: Run) -> None:
    for language in ("zh", "en"):
        text = transfers("check", "--help", "--lang", language).stdout
        for option in ("seconds", "seed", "format", "out", "replay", "save", "against", "only"):
            assert f"--{option}" in text
    assert "check" in transfers("--help").stdout


# -- without a table -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh", "只用造出的表检验，写 --districts none"), ("en", "--districts none checks on made")],
)
def test_a_table_that_is_not_there_ends_with_2_and_the_ways_out(
    transfers: Run, folder: Path, language: str, said: str
) -> None:
    (folder / "t.csv").unlink()
    done = transfers(*quick(folder), "--lang", language)
    assert done.returncode == 2
    assert "t.csv" in done.stderr and said in done.stderr
    assert done.stdout.splitlines()[-1] != "结论：通过"


def test_made_tables_only_are_for_the_asking_and_told(transfers: Run, folder: Path) -> None:
    (folder / "t.csv").unlink()
    done = transfers(*quick(folder), "--districts", "none", "--out", folder / "r.json")
    assert (done.returncode, done.stderr) == (0, "")
    assert "没有实际的地区表：只用造出的表检验（--districts none）。" in done.stdout
    policy = json.loads((folder / "r.json").read_text("utf-8"))["policies"][0]
    assert policy["own_table"] is False
    assert next(s for s in policy["searched"] if s["stage"] == "real")["tables"] == 0


def test_no_table_and_a_join_contradict_each_other(transfers: Run, folder: Path) -> None:
    done = transfers(*quick(folder), "--districts", "none", "--join", folder / "t.csv")
    assert done.returncode == 2
    assert "--join" in done.stderr
