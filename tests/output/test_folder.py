"""Any name gives a file inside its folder, and two names give two files."""

from __future__ import annotations

import unicodedata
from itertools import product
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transfers.output.folder import confined

FOLDER = Path("out")

HOSTILE = [
    *(
        "",
        ".",
        "..",
        "../x",
        "..\\x",
        "/etc/passwd",
        "C:\\x",
        "C:x",
        "\\\\host\\share",
        "~",
        "~root",
    ),
    *("CON", "con", "Con.txt", "NUL .x", "com1", "LPT9.csv", "COM¹", "aux.", "CONIN$"),
    *("x.", "x..", "x ", " x", ".hidden", "-rf", "a\0b", "a\nb", "a\tb", "a/b", "a|b", "a*?"),
    *("x" * 300, "长" * 300, "\u202egnp.exe", "a\u200bb", "\ufeffx", "x\u0301" * 90, "\ud800"),
    *("a:stream", "<b>", '"q"', "%PATH%", "$(x)", "`x`", "a@1", "A@1", "a~1", "\u3000"),
]

names = st.one_of(
    st.text(max_size=60),
    st.text("aAbB.~@/\\ \0éÉßſ", max_size=6),
    st.sampled_from(HOSTILE),
)


def is_safe(name: str) -> bool:
    stem = name.partition(".")[0].strip().upper()
    return (
        len(name.encode()) <= 255
        and not any(c in '<>:"/\\|?*' or unicodedata.category(c)[0] == "C" for c in name)
        and name.rstrip(". ") == name
        and name[0] not in "-. ~"
        and not PureWindowsPath(stem).is_reserved()
        and not any(0x202A <= ord(c) <= 0x202E for c in name)
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_a_plain_file_of_the_folder(name: str) -> None:
    path = confined(FOLDER, name, ".xlsx")
    assert path.parent == FOLDER
    assert path.name.endswith(".xlsx")
    assert is_safe(path.name)


@pytest.mark.parametrize(
    "name", ["方案一", "jiangmen-equalisation-2026", "2026年（送审稿）", "a b.c"]
)
def test_a_plain_name_stays_as_it_is(name: str) -> None:
    assert confined(FOLDER, name, ".csv").name == f"{name}.csv"


def as_file_systems_compare(path: Path) -> set[str]:
    """Return what the name is taken for where capitals or forms of accents do not count."""
    name = path.name
    return {
        form
        for kind in ("NFC", "NFD")
        for form in (
            unicodedata.normalize(kind, name).casefold(),
            unicodedata.normalize(kind, name).upper(),
            unicodedata.normalize(kind, name).lower(),
        )
    }


@given(names, names)
def test_two_names_never_share_a_file_even_where_capitals_do_not_count(a: str, b: str) -> None:
    if a == b:
        return
    one, other = (as_file_systems_compare(confined(FOLDER, name, ".csv")) for name in (a, b))
    assert not one & other


def test_all_ways_to_write_capitals_are_different_files() -> None:
    spellings = ["".join(s) for s in product(*zip("base-1é", "BASE-1É", strict=True))]
    spellings += [
        "base@1",
        "base@f",
        "base~1",
        "Base@1",
        "e\u0301",
        "base-1e\u0301",
        "ba ße",
        "ba sse",
    ]
    files = [form for s in set(spellings) for form in {confined(FOLDER, s, "").name.casefold()}]
    assert len(set(files)) == len(set(spellings))


def test_no_letter_with_capitals_shares_a_file_with_another() -> None:
    owner: dict[str, str] = {}
    letters = (letter for letter in map(chr, range(0x20000)) if letter.upper() != letter.lower())
    for letter in letters:
        for name in (letter, f"a{letter}b"):
            for form in as_file_systems_compare(confined(FOLDER, name, ".csv")):
                assert owner.setdefault(form, name) == name


@given(names)
def test_every_name_gives_a_safe_file(name: str) -> None:
    path = confined(FOLDER, name, ".csv")
    assert path.parent == FOLDER
    assert is_safe(path.name)
    assert confined(FOLDER, name, ".csv") == path


@pytest.mark.parametrize("name", [n for n in HOSTILE if "\ud800" not in n])
def test_such_a_file_can_be_made(tmp_path: Path, name: str) -> None:
    path = confined(tmp_path, name, ".csv")
    path.write_bytes(b"x")
    assert [found.name for found in tmp_path.iterdir()] == [path.name]
