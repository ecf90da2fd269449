"""Write into ``expected.yaml`` what the program answers now.

Run from the project's folder, only when answers are meant to change, and read the differences::

    python tests/hostile/write_expected.py policies
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.hostile.corpus import FOLDERS, HERE, Case, answer, cases, lay_out  # noqa: E402

HEAD = """\
# Hostile {folder}, and what the program answers. `file`, `case`, `why`, `policy`, `set`, `join`
# and `made` are written by hand; the rest by `python tests/hostile/write_expected.py {folder}`,
# and read line by line.
"""


def answered(case: Case, folder: str, place: Path) -> dict[str, Any]:
    """Return an entry with what the program answers, in the folder where the corpus is."""
    entry: dict[str, Any] = {}
    for name in (
        *("case", "file", "why", "policy", "set", "join", "made"),
        *("command", "options", "beside"),
    ):
        if value := getattr(case, name):
            entry[name] = value
    chinese, english = (answer(case, folder, place, language) for language in ("zh", "en"))
    entry["exit"] = chinese.exit
    found = {"codes": chinese.codes, "zh": chinese.lines, "en": english.lines}
    found["result"] = chinese.result
    return {**entry, **{name: lines for name, lines in found.items() if lines}}


def main(folders: list[str]) -> int:
    """Write the expectations of some corpora."""
    if not folders or not {*folders} <= FOLDERS.keys():
        print(f"usage: write_expected.py {' '.join(FOLDERS)}", file=sys.stderr)
        return 2
    for folder in folders:
        with tempfile.TemporaryDirectory() as place:
            lay_out(folder, Path(place))
            entries = [answered(case, folder, Path(place)) for case in cases(folder)]
        parts = [
            yaml.safe_dump([entry], allow_unicode=True, sort_keys=False, width=100_000)
            for entry in entries
        ]
        text = HEAD.format(folder=folder) + "".join(f"\n{part}" for part in parts)
        (HERE / folder / "expected.yaml").write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
