"""A working folder to start from: a policy that runs, its table, what to expect, what to type."""

from __future__ import annotations

from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Final

from transfers.output.whole_file import write_whole

_FILES: Final[dict[str, dict[str, str]]] = {
    language: {
        "policy.yaml": "policy.yaml",
        "districts.csv": "districts.csv",
        "expected.csv": "expected.csv",
        readme: "readme.md",
    }
    for language, readme in (("zh", "说明.md"), ("en", "README.md"))
}
"""Language -> what a file is called in the folder -> what it is called among the skeletons."""


def file_names(language: str) -> tuple[str, ...]:
    """Return what :func:`write_start` puts into a folder."""
    return tuple(_FILES[language])


def in_the_way(folder: str, language: str) -> tuple[str, ...]:
    """Return which of the files are in a folder already."""
    return tuple(name for name in _FILES[language] if (Path(folder) / name).exists())


def write_start(folder: str, language: str) -> None:
    """Write the files into a folder, which is made if it is not there: all of them, or none.

    Raises
    ------
    OSError
        Where a file cannot be written.
    """
    target = Path(folder)
    is_new = not target.exists()
    target.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    try:
        for name, skeleton in _FILES[language].items():
            write_whole(str(target / name), _content(language, skeleton))
            written.append(target / name)
    except OSError:
        for path in written:
            path.unlink(missing_ok=True)
        if is_new:
            with suppress(OSError):
                target.rmdir()
        raise


def _content(language: str, skeleton: str) -> bytes:
    """Return a file's bytes; tables as spreadsheets like them, and as ``run`` writes them."""
    path = files("transfers.output") / "skeletons" / language / skeleton
    text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    if skeleton.endswith(".csv"):
        return text.replace("\n", "\r\n").encode("utf-8-sig")
    return text.encode("utf-8")
