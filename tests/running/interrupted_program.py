"""A command that runs many scenarios, as the tests of Ctrl-C call it.

Its arguments: the policy, how many scenarios, ``--workers``, a file for what was taken, and a file
that opens a gate: until it is there the first scenarios alone are run, however long that is.
"""

from __future__ import annotations

import sys
import time
from fractions import Fraction
from pathlib import Path

from commands import shell
from commands.many import at_work, runs_of
from scenarios.running.runner import run_many
from scenarios.running.source import Listed
from scenarios.settings import Moves, Setting
from tests.running.taken import Kept

FIRST = 8 * 1024


class Gated(Listed, frozen=True, eq=False):
    """Scenarios of which all but the first wait behind a gate."""

    gate: str = ""

    def moves(self, start: int, stop: int) -> list[Moves]:
        while stop > FIRST and not Path(self.gate).exists():
            time.sleep(0.02)
        return super().moves(start, stop)


def main(file: str, count: str, workers: str, out: str, gate: str) -> int:
    import transfers

    def work() -> int:
        policy = transfers.load_policy(file)
        setting = Setting(policy, transfers.load_districts(None, policy))
        bonus = ("parameters", "bonus")
        moves = [{bonus: Fraction(n % 1000, 10)} for n in range(int(count))]
        source = Gated(moves, gate=gate)
        kept = Kept()
        with at_work(workers, None) as place:
            runs = runs_of(file, None)
            with run_many(setting, source, [kept], place=place, runs=runs) as many:
                Path(out).write_text(f"{many.found} {len(many)} {kept.digest()}")
        return 0

    return shell.guarded(work, None)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
