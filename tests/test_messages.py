"""Every code that is raised has a text, in both languages."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from transfers import messages

ROOM = Path(__file__).resolve().parents[1] / "transfers"
COMMANDS = [ROOM.parent / "cli.py", *(ROOM.parent / "commands").glob("*.py")]
SPEAKERS = [
    *ROOM.rglob("*.py"),
    *COMMANDS,
    *(ROOM.parent / "scenarios").rglob("*.py"),
    *(ROOM.parent / "checks").rglob("*.py"),
]
# Holds several faults until each is told by its own code.
HOLDERS = {"document.several"}
FAMILIES = sorted(p.stem for p in (ROOM / "messages").glob("*.py") if p.stem != "__init__")


def raised(family: str) -> set[str]:
    speakers = (p for p in SPEAKERS if not p.name.startswith("reference_"))  # they say, not raise
    sources = [p.read_text("utf-8") for p in speakers if p.parent.name != "messages"]
    return {code for text in sources for code in re.findall(rf'"({family}\.[a-z_]+)"', text)}


@pytest.mark.parametrize("family", FAMILIES)
def test_every_code_that_is_raised_has_a_text(family: str) -> None:
    assert raised(family) - messages.family(family).keys() - HOLDERS == set()


@pytest.mark.parametrize("family", FAMILIES)
def test_both_languages_of_a_text_are_written_in_their_own(family: str) -> None:
    for code, (chinese, english) in messages.family(family).items():
        assert re.search(r"[\u4e00-\u9fff]", re.sub(r"{[^}]*}", "", chinese)) or "{" in chinese, (
            code
        )
        words = re.sub(r"元/人|万元/百分点|万元|亿元|元|合计|, 千元", "", english)
        assert not re.search(r"[\u4e00-\u9fff]", words), code


def test_a_list_is_joined_as_the_language_does() -> None:
    said = messages.text("command.no_district_near", "zh", key="x", near=("甲", "乙"))
    assert "甲、乙" in said
    said = messages.text("command.no_district_near", "en", key="x", near=("甲", "乙"))
    assert "甲, 乙" in said


# Modules that hold both languages side by side.
BOTH_LANGUAGES = (
    *("messages/", "documents/reference_", "formula/reference_"),
    *("scenarios/study/model", "scenarios/study/reference_"),  # the keys of studies
    "checks/reference_",  # the page about promises
    *("checks/policy_tests/model", "checks/policy_tests/reference_"),  # the keys of tests
)

# Words that belong to the tables and documents people write, not to what is said to them.
VOCABULARY = {
    "policy/service_dates.py": "dates as people write them",
    "policy/appraisal_lists.py": "methods and directions, as lists write them",
    "policy/changing.py": "less and more, as people write changes",
    "districts/asides.py": "what rows of totals and notes are called",
    "districts/columns.py": "yes and no, dashes",
    "districts/header.py": "what rows of units and numbers are called",
    "districts/keys.py": "dates",
    "districts/likely.py": "per cent",
    "districts/raw.py": "separators that are no commas",
    "districts/spelling.py": "signs of numbers",
    "districts/stated.py": "how units and currencies are announced",
    "districts/workbook_cells.py": "multiples",
    "districts/totals.py": "what columns of totals are called",
    "districts/specs.py": "yes",
    "documents/described.py": "both languages of every key, side by side",
    "documents/fields.py": "signs of numbers",
    "documents/model_appraisals.py": "both languages of every key, side by side",
    "documents/model_districts.py": "both languages of every key, side by side",
    "documents/model_lists.py": "both languages of every key, side by side",
    "documents/model_payer.py": "both languages of every key, side by side",
    "documents/model_promises.py": "both languages of every key, side by side",
    "documents/model_rules.py": "both languages of every key, side by side",
    "documents/model_services.py": "both languages of every key, side by side",
    "documents/model_upstream.py": "both languages of every key, side by side",
    "documents/models.py": "both languages of every key, side by side",
    "documents/rules.py": "commas of another script",
    "documents/rules_promises.py": "commas of another script",
    "documents/schema_rules.py": "digits",
    "documents/yaml_syntax.py": "full-width colon",
    "documents/yaml_tree.py": "brackets",
    "explain/line.py": "what years are called",
    "formula/grammar.py": "full-width signs",
    "output/appraisal_view.py": "commas between sayings",
    "output/book.py": "a typeface",
    "output/start.py": "the name of a file",
    "output/template_book.py": "signs between words",
    "output/terminal.py": "where lines may break",
    "scenarios/study/rules_years.py": "what somebody may write who wants a district split",
    "services/agencies.py": "signs between names of agencies",
    "unit_words.py": "words for units",
    "units.py": "how 元/人 is divided",
    "written.py": "yes and no, in both languages",
}


def spoken(path: Path) -> list[str]:
    """Return the texts in Chinese that a module holds, documentation aside."""
    found: list[str] = []
    tree = ast.parse(path.read_text("utf-8"))
    documentation = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in documentation | bare:
            found += re.findall(r"[\u3400-\u9fff\uff00-\uffef]+", node.value)
    return found


def test_nothing_is_said_that_is_not_in_the_catalogue() -> None:
    speaking = {}
    for path in SPEAKERS:
        inside = path.is_relative_to(ROOM)
        name = path.relative_to(ROOM if inside else ROOM.parent).as_posix()
        if not name.startswith(BOTH_LANGUAGES):
            speaking[name] = spoken(path)
    assert {n: words for n, words in speaking.items() if words and n not in VOCABULARY} == {}
    assert {n for n in VOCABULARY if not speaking.get(n)} == set(), "no longer needed"


def test_what_the_program_prints_comes_from_the_catalogue() -> None:
    """Nothing is printed as it stands in the code but names and numbers."""
    said = []
    printing = ("show", "complain", "shell.show", "shell.complain")
    for node in (
        node for path in COMMANDS for node in ast.walk(ast.parse(path.read_text("utf-8")))
    ):
        if not isinstance(node, ast.Call) or ast.unparse(node.func) not in printing:
            continue
        for part in ast.walk(node):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                said.append(part.value)
    words = {text for text in said if re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", text)}
    assert words == set()
