"""The pages of the method and its tests belong together: every sentence, in both languages."""

from __future__ import annotations

import ast
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs" / "method"
TESTS = Path(__file__).parent
SENTENCES = [*range(1, 47)]
LANGUAGES = ("en", "zh")
LABELS = {
    "en": ("*To districts:*", "*Number:*", "*Code:*"),
    "zh": ("**对地区的影响：**", "**算例：**", "**代码：**"),
}


def pages(language: str) -> dict[str, str]:
    """Return the text of every page of a language, by file name."""
    found = {path.name: path.read_text("utf-8") for path in (DOCS / language).glob("*.md")}
    assert found
    return found


def sentences(text: str) -> dict[int, str]:
    """Return the sentences of a page with what stands below them."""
    parts = re.split(r"^### (\d+)\. ", text, flags=re.MULTILINE)
    return {int(number): body for number, body in zip(parts[1::2], parts[2::2], strict=True)}


def docstrings() -> list[tuple[str, str, str]]:
    """Return file, name and docstring of every test of the method."""
    found = []
    for path in sorted(TESTS.glob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                found.append((path.name, node.name, ast.get_docstring(node) or ""))
    return found


def files_by_sentence() -> dict[int, set[str]]:
    """Return the files that test each sentence, by the number its docstrings start with."""
    found: dict[int, set[str]] = {}
    for file, _, text in docstrings():
        match = re.match(r"Sentence (\d+): ", text)
        if match:
            found.setdefault(int(match.group(1)), set()).add(file)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_stands_on_exactly_one_page(language: str) -> None:
    numbers = [n for text in pages(language).values() for n in sentences(text)]
    assert sorted(numbers) == SENTENCES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_has_its_effect_a_number_and_its_place_in_the_code(language: str) -> None:
    for text in pages(language).values():
        for number, body in sentences(text).items():
            assert all(label in body for label in LABELS[language]), (language, number)


def test_both_languages_have_the_same_pages_sentences_and_decisions() -> None:
    english, chinese = pages("en"), pages("zh")
    assert english.keys() == chinese.keys()
    for name, text in english.items():
        for mark in (r"^### (\d+)\. ", r"^- \*\*(\d+[a-z])\.\*\* "):
            ours = re.findall(mark, text, re.MULTILINE)
            assert ours == re.findall(mark, chinese[name], re.MULTILINE), name


def test_the_decisions_of_a_sentence_are_lettered_in_order() -> None:
    for text in pages("en").values():
        for number, body in sentences(text).items():
            letters = re.findall(r"^- \*\*(\d+)([a-z])\.\*\* ", body, re.MULTILINE)
            wanted = [(str(number), chr(ord("a") + i)) for i in range(len(letters))]
            assert letters == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_that_pages_name_exists(language: str) -> None:
    for text in pages(language).values():
        for module in re.findall(r"`(transfers\.[a-z_.]+)`", text):
            assert find_spec(module) is not None, module


def test_every_sentence_has_a_test() -> None:
    assert sorted(files_by_sentence()) == SENTENCES


def test_every_test_names_the_sentence_it_proves() -> None:
    for file, name, text in docstrings():
        if file != Path(__file__).name:
            assert re.match(r"(Sentence \d+|Exactness): ", text), (file, name)


def test_the_index_leads_to_the_page_and_the_test_of_every_sentence() -> None:
    text = (DOCS / "README.md").read_text("utf-8")
    rows = re.findall(
        r"^\| (\d+) \| .* \| \[zh\]\((.*)\), \[en\]\((.*)\) \| .*\((.*)\) \|$", text, re.M
    )
    assert [int(number) for number, *_ in rows] == SENTENCES
    files = files_by_sentence()
    for number, chinese, english, test in rows:
        for page in (chinese, english):
            assert int(number) in sentences((DOCS / page).read_text("utf-8"))
        assert Path(test).name in files[int(number)]


def test_all_links_of_the_pages_lead_somewhere() -> None:
    for page in DOCS.rglob("*.md"):
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), (page.name, target)
