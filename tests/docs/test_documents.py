"""What the documents say is true: commands run, outputs agree, links resolve, names exist.

A block of a document below ``<!-- run -->`` is run in a copy of the examples and its output is
compared; ``<!-- run: exit 1 -->`` says how the command ends. A block below ``<!-- shows FILE -->``
stands word for word in that file.
"""

from __future__ import annotations

import ast
import doctest
import os
import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from urllib.parse import unquote

import pytest

import transfers
from tests.program import called
from transfers import messages

ROOT = Path(__file__).resolve().parents[2]
README, README_ZH = ROOT / "README.md", ROOT / "README.zh-CN.md"
PAIRS = [
    (README, README_ZH),
    (ROOT / "examples/jiangmen/README.md", ROOT / "examples/jiangmen/README.zh-CN.md"),
    (
        ROOT / "examples/haiyan_transfer/README.md",
        ROOT / "examples/haiyan_transfer/README.zh-CN.md",
    ),
    (
        ROOT / "examples/jiangmen_reform/README.md",
        ROOT / "examples/jiangmen_reform/README.zh-CN.md",
    ),
    (ROOT / "examples/haiyan/README.md", ROOT / "examples/haiyan/README.zh-CN.md"),
    (ROOT / "examples/rules/README.md", ROOT / "examples/rules/README.zh-CN.md"),
    (ROOT / "examples/bonuses/README.md", ROOT / "examples/bonuses/README.zh-CN.md"),
    (ROOT / "docs/cookbook.md", ROOT / "docs/zh/cookbook.md"),
    (ROOT / "docs/cookbook/bonuses.md", ROOT / "docs/zh/cookbook/bonuses.md"),
    (ROOT / "docs/cookbook/studies.md", ROOT / "docs/zh/cookbook/studies.md"),
    (ROOT / "docs/studies/en.md", ROOT / "docs/studies/zh.md"),
    (ROOT / "docs/policy_tests/en.md", ROOT / "docs/policy_tests/zh.md"),
    (ROOT / "docs/architecture.md", ROOT / "docs/zh/architecture.md"),
    (ROOT / "docs/ci.md", ROOT / "docs/zh/ci.md"),
    (ROOT / "docs/promises/en.md", ROOT / "docs/promises/zh.md"),
    (
        ROOT / "examples/policy_repository/README.md",
        ROOT / "examples/policy_repository/README.zh-CN.md",
    ),
    (ROOT / "docs/offline-install.md", ROOT / "docs/zh/offline-install.md"),
    (ROOT / "examples/questions/README.md", ROOT / "examples/questions/README.zh-CN.md"),
    *(
        (file, file.with_name("README.zh-CN.md"))
        for file in sorted(ROOT.glob("examples/questions/*/README.md"))
    ),
]
MESSAGES = ROOT / "transfers/messages"
NOT_OURS = {"build", "dist", "node_modules"}


@cache
def documents() -> list[Path]:
    """Return every Markdown file of the project."""
    found = []
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [f for f in folders if not f.startswith(".") and f not in NOT_OURS]
        found += [Path(folder, file) for file in files if file.endswith(".md")]
    return sorted(found)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@dataclass(frozen=True)
class Block:
    """A fenced block, with the remark above it."""

    file: Path
    line: int
    kind: str
    text: str
    remark: str

    @property
    def is_run(self) -> bool:
        return re.match(r"run\b", self.remark) is not None

    def __str__(self) -> str:
        return f"{named(self.file)}:{self.line}"


@cache
def blocks(path: Path) -> list[Block]:
    """Return the fenced blocks of a document."""
    found = []
    remark, kind, start = "", "", 0
    inside: list[str] | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if inside is not None:
            if line.rstrip() == "```":
                found.append(Block(path, start, kind, "".join(inside), remark))
                inside, remark = None, ""
            else:
                inside.append(line + "\n")
        elif line.startswith("```"):
            kind, inside, start = line[3:].strip(), [], number
        elif line.strip():
            match = re.fullmatch(r"<!-- (.+) -->", line.strip())
            remark = match[1] if match else ""
    return found


def all_blocks() -> list[Block]:
    return [block for path in documents() for block in blocks(path)]


RUN = [block for block in all_blocks() if block.is_run]


# -- what runs -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def copies() -> list[Path]:
    """Return a copy of the examples that is as it was made, if there is one."""
    return []


@pytest.fixture
def folder(
    copies: list[Path], tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """Return a folder with a copy of the examples, the working folder of the test."""
    if not copies:
        copies.append(tmp_path_factory.mktemp("copy"))
        shutil.copytree(ROOT / "examples", copies[0] / "examples")
    monkeypatch.chdir(copies[0])
    before = listing(copies[0])
    yield copies[0]
    if listing(copies[0]) != before:
        copies.clear()  # what a document writes is not there for the next


def listing(folder: Path) -> dict[Path, tuple[int, int]]:
    """Return what stands in a folder, how large it is and when it was written."""
    found = {path: path.stat() for path in folder.rglob("*")}
    return {path: (told.st_size, told.st_mtime_ns) for path, told in found.items()}


@pytest.mark.parametrize("block", [b for b in RUN if b.kind == "console"], ids=str)
def test_a_command_prints_what_the_document_shows(block: Block, folder: Path) -> None:
    wanted = re.fullmatch(r"run(?:: exit (\d))?", block.remark)
    assert wanted is not None, block.remark
    for command, shown in commands(block.text):
        printed, code = result_of(command, folder, language_of(block.file))
        assert printed == shown
        assert code == int(wanted[1] or 0)


@pytest.mark.parametrize("path", sorted({b.file for b in RUN if b.kind == "pycon"}), ids=named)
def test_a_python_dialogue_gives_what_the_document_shows(path: Path, folder: Path) -> None:
    told: list[str] = []
    known: dict[str, object] = {}
    for block in RUN:
        if block.file != path or block.kind != "pycon":
            continue
        parser, runner = doctest.DocTestParser(), doctest.DocTestRunner(verbose=False)
        test = parser.get_doctest(block.text, known, str(block), named(path), block.line)
        runner.run(test, out=told.append, clear_globs=False)
        known = test.globs
    assert not told, "".join(told)


def test_every_block_to_be_run_is_of_a_kind_that_is_run() -> None:
    assert [str(block) for block in RUN if block.kind not in ("console", "pycon")] == []
    assert {block.file for block in RUN} >= {README, README_ZH}


def commands(text: str) -> Iterator[tuple[str, str]]:
    """Yield each command of a console block with the output shown below it."""
    for part in re.split(r"(?m)^\$ ", text)[1:]:
        command, _, shown = part.partition("\n")
        yield command, shown


def result_of(command: str, folder: Path, language: str) -> tuple[str, int]:
    """Return what a command prints, complaints included, and how it ends."""
    program, *arguments = shlex.split(command)
    assert Path(program).name == "transfers", command
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG"))}
    environment.update(TRANSFERS_LANG=language, PYTHONPATH=str(ROOT), PYTHONUTF8="1")
    done = called(*arguments, folder=folder, environment=environment, one_stream=True)
    return done.stdout, done.returncode


def language_of(path: Path) -> str:
    return "zh" if "zh" in path.relative_to(ROOT).as_posix() else "en"


# -- the two commands of the set-up ---------------------------------------------------------------


def set_up(path: Path) -> list[str]:
    texts = [block.text for block in blocks(path) if block.remark == "set-up"]
    return [text.strip() for text in texts]


def test_setting_up_takes_one_line_for_users_and_one_for_developers() -> None:
    lines = set_up(README)
    assert len(lines) == 2 and all("\n" not in line for line in lines)
    assert set_up(README_ZH) == lines
    assert all(line.startswith("python3 -m venv .venv && ") for line in lines)


@pytest.mark.parametrize("path", [README, README_ZH], ids=named)
def test_the_first_line_ends_with_the_output_shown(path: Path, folder: Path) -> None:
    (shown,) = [block.text for block in blocks(path) if block.remark == "set-up prints"]
    last = set_up(path)[0].rpartition("&& ")[2]
    assert result_of(last, folder, language_of(path)) == (shown, 0)


def test_the_second_line_runs_a_program_that_is_there() -> None:
    program = set_up(README)[1].split()[-1]
    assert (ROOT / program).is_file()


@pytest.mark.skipif(
    "TRANSFERS_TEST_SET_UP" not in os.environ, reason="needs a package index and half a minute"
)
def test_the_first_line_works_on_a_fresh_copy(tmp_path: Path) -> None:
    for name in ("transfers", "scenarios", "checks", "commands", "examples"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("cli.py", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path / name)
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    environment["TRANSFERS_LANG"] = "en"
    line = set_up(README)[0]
    done = subprocess.run(
        line,
        shell=True,
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    (shown,) = [block.text for block in blocks(README) if block.remark == "set-up prints"]
    assert done.returncode == 0 and done.stdout.endswith(shown), done.stdout + done.stderr


# -- what is shown of files -----------------------------------------------------------------------


@pytest.mark.parametrize("block", [b for b in all_blocks() if b.remark[:6] == "shows "], ids=str)
def test_what_a_document_shows_of_a_file_stands_there(block: Block) -> None:
    assert block.text in (ROOT / block.remark[6:]).read_text(encoding="utf-8")


# -- links ---------------------------------------------------------------------------------------

LINK = re.compile(r"\[[^\[\]]*\]\(([^()\s]+)\)")


@pytest.mark.parametrize("path", documents(), ids=named)
def test_every_link_leads_somewhere(path: Path) -> None:
    dead = [target for target in links(path) if not leads_somewhere(path, target)]
    assert dead == []


def links(path: Path) -> list[str]:
    text = re.sub(r"(?ms)^```.*?^```$", "", path.read_text(encoding="utf-8"))
    return LINK.findall(re.sub(r"`[^`\n]*`", "", text))


def leads_somewhere(path: Path, target: str) -> bool:
    if re.match(r"[a-z]+:", target):
        return True  # another site: not for a test to ask
    name, _, anchor = unquote(target).partition("#")
    goal = (path.parent / name).resolve() if name else path
    if not goal.is_relative_to(ROOT) or not goal.exists():
        return False
    return not anchor or goal.suffix != ".md" or anchor in anchors(goal)


def headings(path: Path) -> list[tuple[int, str]]:
    text = re.sub(r"(?ms)^```.*?^```$", "", path.read_text(encoding="utf-8"))
    return [(len(marks), title) for marks, title in re.findall(r"(?m)^(#+) (.+)$", text)]


def anchors(path: Path) -> set[str]:
    """Return the anchors of a document's headings, as GitHub makes them."""
    plain = (
        re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for _, title in headings(path)
    )
    return set(plain)


# -- two languages, one content -------------------------------------------------------------------


@pytest.mark.parametrize(("english", "chinese"), PAIRS, ids=[named(pair[0]) for pair in PAIRS])
def test_both_languages_have_the_same_sections(english: Path, chinese: Path) -> None:
    assert [level for level, _ in headings(english)] == [level for level, _ in headings(chinese)]


@pytest.mark.parametrize(("english", "chinese"), PAIRS, ids=[named(pair[0]) for pair in PAIRS])
def test_both_languages_run_and_show_the_same(english: Path, chinese: Path) -> None:
    assert signature(english) == signature(chinese)


def signature(path: Path) -> list[tuple[str, ...]]:
    """Return what the remarked blocks of a document do, whatever they print."""
    found: list[tuple[str, ...]] = []
    for block in blocks(path):
        said: list[str] = []
        if block.kind == "console":
            said = [command for command, _ in commands(block.text)]
        elif block.kind == "pycon":
            said = [e.source for e in doctest.DocTestParser().get_examples(block.text)]
            said = [re.sub(r'"(zh|en)"', "LANGUAGE", source) for source in said]
        elif block.remark.startswith("shows "):
            said = [block.text]
        if block.remark:
            found.append((block.remark, *said))
    return found


# -- version, glossary, decisions -----------------------------------------------------------------


def test_the_changelog_begins_with_the_current_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    versions = [title for level, title in headings(ROOT / "CHANGELOG.md") if level == 2]
    assert versions[0].split()[0] == project["version"] == transfers.__version__


def test_the_identifiers_of_the_glossary_exist_in_the_code() -> None:
    known = identifiers()
    listed = glossary_identifiers()
    assert len(listed) > 50
    assert [name for name in listed if name not in known] == []


def glossary_identifiers() -> list[str]:
    """Return what stands in backquotes in the identifier column of the glossary's tables."""
    found = []
    for line in (ROOT / "docs/glossary.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) >= 3:
            found += [part for name in re.findall(r"`([^`]+)`", cells[2]) for part in words(name)]
    return found


def words(name: str) -> list[str]:
    return re.findall(r"[A-Za-z_][A-Za-z_0-9]*", name)


@cache
def identifiers() -> set[str]:
    """Return every name the code uses, and every key and value of a policy that it knows."""
    found: set[str] = set()
    files = [
        ROOT / "cli.py",
        *(ROOT / "transfers").rglob("*.py"),
        *(ROOT / "commands").rglob("*.py"),
    ]
    files += (ROOT / "checks").rglob("*.py")
    for file in [*files, *(ROOT / "scenarios").rglob("*.py")]:
        found.update(file.relative_to(ROOT).with_suffix("").parts)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            for field in ("id", "attr", "arg", "name"):
                value = getattr(node, field, None)
                found |= {value} if isinstance(value, str) else set()
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= {node.value.lstrip("-")} if " " not in node.value else set()
    return found


def test_decisions_are_numbered_and_say_context_decision_consequences() -> None:
    files = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
    numbers = [int(file.name[:4]) for file in files]
    assert numbers == list(range(1, len(numbers) + 1))
    listed = (ROOT / "docs/decisions/README.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| (\d+) \|", listed, re.M) == [str(number) for number in numbers]
    for file in files:
        titles = [title for level, title in headings(file) if level == 2]
        assert titles == ["Context", "Decision", "Consequences"], file.name


def test_every_decision_is_in_the_index() -> None:
    listed = set(links(ROOT / "docs/decisions/README.md"))
    assert listed == {file.name for file in (ROOT / "docs/decisions").glob("[0-9]*.md")}


def test_decisions_that_the_code_names_exist() -> None:
    numbers = {file.name[:4] for file in (ROOT / "docs/decisions").glob("[0-9]*.md")}
    files = [
        ROOT / "cli.py",
        *(ROOT / "transfers").rglob("*.py"),
        *(ROOT / "commands").rglob("*.py"),
    ]
    named_in_code = {
        number
        for file in files
        for number in re.findall(r"docs/decisions/(\d+)", file.read_text(encoding="utf-8"))
    }
    assert named_in_code <= numbers


@pytest.mark.parametrize("name", ["docs/architecture.md", "docs/zh/architecture.md"])
def test_the_modules_that_the_architecture_names_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    files = {file for file in re.findall(r"`([a-z_/]+\.py)`", text) if "/" in file}
    assert len(files) > 10
    assert [
        f
        for f in files
        if not any((ROOT / at / f).is_file() for at in ("", "transfers", "scenarios", "checks"))
    ] == []


@pytest.mark.parametrize("family", sorted(p.stem for p in MESSAGES.glob("[a-z]*.py")))
def test_both_languages_of_a_message_say_the_same_things(family: str) -> None:
    for code, (chinese, english) in messages.family(family).items():
        assert chinese.strip() and english.strip(), code
        assert placeholders(chinese) == placeholders(english), code


def placeholders(text: str) -> set[str]:
    fields = (field for _, field, _, _ in Formatter().parse(text) if field)
    return {field.partition(".")[0] for field in fields}


def test_the_index_of_the_documents_names_every_page() -> None:
    index = ROOT / "docs/README.md"
    reached = {(index.parent / unquote(link).partition("#")[0]).resolve() for link in links(index)}
    pages = {path for path in documents() if path.parent in (ROOT / "docs", ROOT / "docs/zh")}
    assert {named(page) for page in pages - reached - {index}} == set()
