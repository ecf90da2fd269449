"""The pages of the formula language: every example is true, every page is as generated."""

from __future__ import annotations

from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest

from tests.docs.test_documents import blocks, commands
from tests.formula.tiny_policy import computed
from transfers.formula.library import FUNCTIONS
from transfers.formula.reference_functions import Entry, Example
from transfers.formula.reference_language import FAULTS
from transfers.formula.reference_pages import ENTRIES, TITLES, examples, fault_of, pages

SCRIPT = Path(__file__).parent.parent / "scripts" / "docs"
ALL = list(examples())


@pytest.mark.parametrize(
    ("of", "example"), ALL, ids=[f"{of}: {example.formula}" for of, example in ALL]
)
def test_an_example_yields_exactly_what_its_page_says(of: str, example: Example) -> None:
    found = computed(
        example.formula,
        example.columns,
        units=example.units,
        parameters=example.parameters,
        unit=example.unit,
        lists=example.lists,
        over=example.over,
    )
    assert found == list(example.values)


def test_every_function_of_the_library_has_an_entry_with_an_example_in_its_family() -> None:
    documented = {name: family for family, entries in ENTRIES.items() for name in entries}
    assert documented == {name: function.family for name, function in FUNCTIONS.items()}
    assert all(entry.examples for entries in ENTRIES.values() for entry in entries.values())


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_signature_of_a_function_names_all_its_options(name: str) -> None:
    entry: Entry = ENTRIES[FUNCTIONS[name].family][name]
    assert entry.signature.startswith(f"{name}(")
    for option in FUNCTIONS[name].options:
        assert f"{option}=" in entry.signature


@pytest.mark.parametrize(("formula", "code"), FAULTS)
def test_a_faulty_formula_of_the_page_is_faulty_in_the_way_it_shows(
    formula: str, code: str
) -> None:
    assert fault_of(formula).code == code


def test_each_page_is_written_in_both_languages_with_the_same_examples() -> None:
    found = pages()
    assert {*found} == {f"{language}/{page}.md" for language in ("zh", "en") for page in TITLES}
    for page in TITLES:
        chinese, english = found[f"zh/{page}.md"], found[f"en/{page}.md"]
        for text in (chinese, english):
            assert text.count("\n## ") == chinese.count("\n## ")
        assert chinese.count("\n`") == english.count("\n`")


def test_the_pages_in_the_repository_are_those_that_are_generated(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What commands print is taken as it stands there: tests/docs runs those of every page."""
    docs = module_from_spec(spec_from_loader("docs", SourceFileLoader("docs", str(SCRIPT))))
    docs.__loader__.exec_module(docs)

    def as_shown(text: str, path: Path) -> str:
        running = [block for block in blocks(path) if block.is_run and block.kind == "console"]
        shown = (printed for block in running for _, printed in commands(block.text))
        return docs.with_outputs(text, lambda command: next(shown, ""))

    monkeypatch.setattr(docs, "filled_in", as_shown)
    code = docs.main(["--check"])
    assert (code, capsys.readouterr().out) == (0, "")
