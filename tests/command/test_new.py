"""`transfers new`: the folder it makes runs as it stands, in the language asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.command.conftest import ROOT, Run

READMES = {"zh": "说明.md", "en": "README.md"}
CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


@pytest.fixture(params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def folder(transfers: Run, tmp_path: Path, language: str) -> Path:
    made = tmp_path / "new"
    done = transfers("new", made, "--lang", language)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"transfers run {made / 'policy.yaml'}" in done.stdout
    return made


def test_it_has_a_policy_a_table_what_to_expect_and_a_readme(folder: Path, language: str) -> None:
    names = {"policy.yaml", "districts.csv", "expected.csv", READMES[language]}
    assert {path.name for path in folder.iterdir()} == names


def test_the_policy_runs_at_once_with_nothing_to_complain_of(
    transfers: Run, folder: Path, language: str
) -> None:
    done = transfers("run", folder / "policy.yaml", "--lang", language)
    said = {"zh": "说明: 按 UTF-8 (BOM) 编码读取。", "en": "for the record: Read as UTF-8 (BOM)."}
    table = folder / "districts.csv"
    assert (done.returncode, done.stderr) == (0, f"{table}: {said[language]}\n")


def test_its_amounts_are_those_to_expect_to_the_byte(transfers: Run, folder: Path) -> None:
    out = folder / "result.csv"
    assert transfers("run", folder / "policy.yaml", "-q", "--out", out).returncode == 0
    assert out.read_bytes() == (folder / "expected.csv").read_bytes()


def test_a_changed_rule_shows_in_the_comparison(transfers: Run, folder: Path) -> None:
    out = folder / "result.csv"
    transfers("run", folder / "policy.yaml", "-q", "--out", out, "--set", "budget=9400")
    assert out.read_bytes() != (folder / "expected.csv").read_bytes()


def test_a_floor_a_cap_and_a_bonus_show_in_the_amounts(transfers: Run, folder: Path) -> None:
    """990102 is kept at last year's 1750; 990104 is capped at 1400 x 120%, and earns 1 x 30."""
    rows = (folder / "expected.csv").read_text("utf-8-sig").splitlines()
    amounts = {row.split(",")[0]: row.split(",")[2:] for row in rows[1:]}
    assert amounts["990102"][:2] == ["0", "1750"]
    assert amounts["990104"][:2] == ["30", "1680"]


def test_both_languages_start_from_the_same_figures(transfers: Run, tmp_path: Path) -> None:
    amounts = []
    for language in READMES:
        transfers("new", tmp_path / language, "--lang", language)
        rows = (tmp_path / language / "expected.csv").read_text("utf-8-sig").splitlines()[1:]
        amounts.append([[row.split(",")[i] for i in (0, 2, 3, 5)] for row in rows])
    assert amounts[0] == amounts[1]


def test_its_words_stay_in_their_language(folder: Path, language: str) -> None:
    for path in folder.iterdir():
        text = path.read_text("utf-8-sig")
        assert bool(CHINESE.search(text)) is (language == "zh"), path.name
    comments = re.findall("(?m)#(.*)$", (folder / "policy.yaml").read_text("utf-8"))
    assert len(comments) > 15
    for comment in comments:
        assert bool(CHINESE.search(comment)) is (language == "zh"), comment


def test_every_key_of_the_sample_is_explained_on_its_line_or_above(
    folder: Path, language: str
) -> None:
    lines = (folder / "policy.yaml").read_text("utf-8").splitlines()
    for key in ("policy", "title", "money", "districts", "inputs", "parameters", "quantities"):
        assert any(line.startswith(f"{key}:") and "#" in line for line in lines), key
    for key in ("budget", "grants", "pool", "share", "floor", "cap", "if_short", "outputs"):
        assert any(line.strip().startswith(f"{key}:") and "#" in line for line in lines), key


def test_the_table_says_that_its_districts_are_invented_and_opens_in_a_spreadsheet(
    folder: Path, language: str
) -> None:
    content = (folder / "districts.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") and b"\r\n" in content
    _, *rows = content.decode("utf-8-sig").splitlines()
    assert 5 <= len(rows) <= 6
    assert all({"zh": "虚构", "en": "Invented"}[language] in row for row in rows)


def test_the_commands_of_the_readme_run(
    transfers: Run, folder: Path, language: str, tmp_path: Path
) -> None:
    text = (folder / READMES[language]).read_text("utf-8")
    commands = re.findall(r"(?m)^ *transfers (.+)$", text)
    assert [command.split()[0] for command in commands][:3] == ["run", "explain", "run"]
    key = {"zh": "虚构丙县", "en": "Invented Calder"}[language]
    assert f"explain policy.yaml {key}" in text.replace('"', "")
    assert transfers("explain", folder / "policy.yaml", key).returncode == 0
    assert "diff expected.csv result.csv" in text


@pytest.mark.parametrize("name", ["policy.yaml", "districts.csv", "expected.csv", "说明.md"])
def test_a_folder_that_has_one_of_the_files_is_left_as_it_is(
    transfers: Run, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_text("mine", "utf-8")
    before = sorted(tmp_path.iterdir())
    done = transfers("new", tmp_path)
    assert done.returncode == 2
    assert name in done.stderr and "没有写入任何文件" in done.stderr
    assert sorted(tmp_path.iterdir()) == before
    assert (tmp_path / name).read_text("utf-8") == "mine"


def test_a_folder_with_other_files_is_added_to(transfers: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    assert transfers("new", tmp_path).returncode == 0
    assert (tmp_path / "notes.txt").read_text("utf-8") == "mine"


def test_a_path_with_a_space_is_shown_as_it_is_typed(transfers: Run, tmp_path: Path) -> None:
    done = transfers("new", tmp_path / "two words")
    assert f'transfers run "{tmp_path / "two words" / "policy.yaml"}"' in done.stdout


def test_a_file_in_place_of_the_folder_is_told(transfers: Run, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine", "utf-8")
    done = transfers("new", tmp_path / "taken")
    assert done.returncode == 2 and "taken" in done.stderr
    assert (tmp_path / "taken").read_text("utf-8") == "mine"


def test_a_write_that_fails_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from transfers.output import start

    def full(path: str, content: bytes) -> None:
        if path.endswith("expected.csv"):
            raise OSError(28, "No space left on device", path)
        Path(path).write_bytes(content)

    monkeypatch.setattr(start, "write_whole", full)
    with pytest.raises(OSError, match="No space"):
        start.write_start(str(tmp_path / "new"), "zh")
    assert not (tmp_path / "new").exists()


def test_the_files_are_part_of_the_package() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    room = ROOT / "transfers/output"
    packed = {
        path
        for pattern in project["tool"]["setuptools"]["package-data"]["transfers.output"]
        for path in room.glob(pattern)
    }
    assert packed == {path for path in (room / "skeletons").rglob("*") if path.is_file()}
