"""Every code that is raised has a text, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from transfers import messages

ROOM = Path(__file__).resolve().parents[1] / "transfers"
# Holds several faults until each is told by its own code.
HOLDERS = {"document.several"}
FAMILIES = sorted(p.stem for p in (ROOM / "messages").glob("*.py") if p.stem != "__init__")


def raised(family: str) -> set[str]:
    sources = [p.read_text("utf-8") for p in ROOM.rglob("*.py") if p.parent.name != "messages"]
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
