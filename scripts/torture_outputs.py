"""Kill writers at random moments and look at what they leave behind.

Run from the project's folder::

    python scripts/torture_outputs.py --kills 1000

Writers put two contents into one file in turn; each is killed (SIGKILL) at a random moment. The
file must then be one of the two, whole; after the next write no draft may be left. With
``--naive`` the writers open the file and write into it, as a program does that takes no care: the
torn files that this finds show that the script can find any. Exit code 1 if there are any.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import sleep

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from transfers.output.whole_file import ENDING, PREFIX, write_whole

ROOT = Path(__file__).resolve().parents[1]

SIZE = 2_000_000
"""Bytes; some milliseconds of writing."""

LONGEST = 0.03
"""Seconds from the first write to the kill, at most."""

WRITER = """
import sys
sys.path.insert(0, {root!r})
from scripts.torture_outputs import contents, naive
from transfers.output.whole_file import write_whole
write = naive if {naive} else write_whole
both = contents()
print("ready", flush=True)
while True:
    for content in both:
        write({path!r}, content)
"""


@dataclass
class Found:
    """What was found after the kills."""

    kills: int = 0
    torn: int = 0
    drafts: int = 0
    left: int = 0

    def __str__(self) -> str:
        return (
            f"{self.kills} writers killed, {self.torn} outputs torn; "
            f"{self.drafts} drafts left by the killed, {self.left} after the next write"
        )


def contents() -> tuple[bytes, bytes]:
    """Return the old and the new content, of different lengths."""
    return b"old\n" * (SIZE // 4), b"brand new\n" * (SIZE // 8)


def naive(path: str, content: bytes) -> None:
    """Write into the file itself."""
    with open(path, "wb") as file:
        file.write(content)


def drafts(folder: Path) -> list[Path]:
    """Return the drafts that lie in a folder."""
    return [p for p in folder.iterdir() if p.name.startswith(PREFIX) and p.name.endswith(ENDING)]


def torture(folder: Path, kills: int, numbers: random.Random, *, careless: bool = False) -> Found:
    """Start and kill writers, one after the other, and look at the file after each."""
    path = folder / "output.bin"
    old, new = contents()
    write_whole(path, old)
    found = Found()
    program = WRITER.format(root=str(ROOT), naive=careless, path=str(path))
    for _ in range(kills):
        writer = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
        assert writer.stdout is not None and writer.stdout.readline() == b"ready\n"
        sleep(numbers.uniform(0, LONGEST))
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        found.kills += 1
        found.torn += path.read_bytes() not in (old, new)
        found.drafts += bool(drafts(folder))
    write_whole(path, old)
    found.left = len(drafts(folder))
    return found


def main() -> int:
    """Torture, print what was found and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--naive", action="store_true", help="writers that take no care")
    parser.add_argument("--folder", help="where to write; a temporary folder otherwise")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        numbers = random.Random(options.seed)
        found = torture(Path(folder), options.kills, numbers, careless=options.naive)
    print(found)
    return 1 if found.torn or found.left else 0


if __name__ == "__main__":
    sys.exit(main())
