"""The bar: for what takes longer than a second, on a terminal, and gone at the end."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import termios
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from transfers.output.bar import PATIENCE

ROOT = Path(__file__).resolve().parents[2]
POLICY = ROOT / "examples" / "jiangmen" / "policy.yaml"

PROGRAM = """
import atexit, sys, threading, time
sys.path.insert(0, {root!r})
from transfers import plan
from transfers.output import bar
bar.PATIENCE = {patience}
drawn, draw = threading.Event(), bar.Bar.show
def show(self):
    draw(self)
    drawn.set()
bar.Bar.show = show
run_rule = plan.step
def slow_rule(*arguments):
    if {until_drawn}:  # however long a busy machine takes for it
        assert drawn.wait(300)
    time.sleep({pause})
    run_rule(*arguments)
plan.step = slow_rule
atexit.register(lambda: print("rich:", "rich" in sys.modules))
from cli import app
app()
"""


class Screen:
    """What a terminal shows of what it is sent: lines, and a cursor that moves among them."""

    def __init__(self) -> None:
        self.lines: list[str] = [""]
        self.row = self.column = 0

    def send(self, text: str) -> Iterator[str]:
        """Yield what is shown after each letter, whatever pieces the text comes in."""
        for piece in re.findall(r"\x1b\[[?0-9;]*[A-Za-z]|[^\x1b]", text):
            self._take(piece)
            yield self.shown

    def _take(self, piece: str) -> None:
        line = self.lines[self.row]
        if piece == "\r":
            self.column = 0
        elif piece == "\n":
            self.row += 1
            if self.row == len(self.lines):
                self.lines.append("")
        elif piece.endswith("A") and len(piece) > 1:
            self.row -= int(piece[2:-1] or 1)
        elif piece.endswith("K") and len(piece) > 1:
            self.lines[self.row] = ""
        elif len(piece) == 1:
            self.lines[self.row] = line[: self.column].ljust(self.column) + piece
            self.column += 1

    @property
    def shown(self) -> str:
        return "\n".join(self.lines).strip()


class Ran:
    """A run at a terminal: what was sent to it, what it showed in between and at the end."""

    def __init__(self, sent: list[str], printed: str, code: int) -> None:
        self.sent, self.printed, self.code = "".join(sent), printed, code
        screen = Screen()
        self.between = list(dict.fromkeys(screen.send(self.sent)))
        self.at_the_end = screen.shown


def read_all(terminal: int) -> Iterator[str]:
    while True:
        try:
            content = os.read(terminal, 65536)
        except OSError:  # nobody holds the other end any more
            return
        yield content.decode(errors="replace")


def program(pause: float, until_drawn: bool = False, patience: float = PATIENCE) -> str:
    """Return a program each rule of which takes a while."""
    how = {"pause": pause, "until_drawn": until_drawn, "patience": patience}
    return PROGRAM.format(root=str(ROOT), **how)


def at_terminal(*arguments: str, slow: str, **variables: str) -> Ran:
    """Run the program with its standard error on a terminal."""
    outside, inside = os.openpty()
    termios.tcsetwinsize(inside, (24, 80))
    environment = {**os.environ, "TRANSFERS_LANG": "zh", "TERM": "xterm-256color", **variables}
    running = subprocess.Popen(
        [sys.executable, "-c", slow, *arguments],
        stdout=subprocess.PIPE,
        stderr=inside,
        env=environment,
        encoding="utf-8",
    )
    os.close(inside)
    sent: list[str] = []
    reader = threading.Thread(target=lambda: sent.extend(read_all(outside)))
    reader.start()
    printed, _ = running.communicate(timeout=600)
    reader.join()
    os.close(outside)
    return Ran(sent, printed, running.returncode)


SLOW = program(0.4, until_drawn=True)


def test_it_waits_for_a_second() -> None:
    assert PATIENCE == 1


def test_a_slow_run_shows_what_it_does_and_leaves_nothing() -> None:
    ran = at_terminal("run", str(POLICY), slow=SLOW)
    assert ran.code == 0
    assert any("正在分配资金" in shown for shown in ran.between)
    assert any(re.search(r"正在分配资金.*(25|50|75)%", shown) for shown in ran.between)
    assert ran.at_the_end == ""
    assert "4,000" in ran.printed
    assert "rich: True" in ran.printed


def test_it_speaks_english_too() -> None:
    ran = at_terminal("run", str(POLICY), "--lang", "en", slow=SLOW)
    assert any("Dividing the money" in shown for shown in ran.between)
    assert not re.search(r"[\u4e00-\u9fff]", ran.sent)


def test_it_is_gone_before_a_complaint_is_printed() -> None:
    ran = at_terminal("run", str(POLICY), "--set", "budget.amount=3400", slow=SLOW)
    assert ran.code == 1
    assert any("正在分配资金" in shown for shown in ran.between)
    assert "缺口 200 万元" in ran.at_the_end
    assert "正在" not in ran.at_the_end


def test_explaining_shows_it_too() -> None:
    ran = at_terminal("explain", str(POLICY), "台山", slow=SLOW)
    assert any("正在分配资金" in shown for shown in ran.between)
    assert ran.at_the_end == ""


@pytest.mark.parametrize(
    ("arguments", "slow", "variables"),
    [
        pytest.param([], program(0.0, patience=300), {}, id="a run that is over before"),
        pytest.param(["-q"], program(0.4), {}, id="-q"),
        pytest.param([], program(0.4), {"TERM": "dumb"}, id="a terminal that cannot erase"),
    ],
)
def test_where_there_is_none_nothing_is_sent_and_rich_is_not_imported(
    arguments: list[str], slow: str, variables: dict[str, str]
) -> None:
    ran = at_terminal("run", str(POLICY), *arguments, slow=slow, **variables)
    assert (ran.code, ran.sent) == (0, "")
    assert "rich: False" in ran.printed


def test_in_a_pipe_there_is_none() -> None:
    done = subprocess.run(
        [sys.executable, "-c", program(0.4), "run", str(POLICY)],
        env={**os.environ, "TERM": "xterm-256color", "FORCE_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stderr == ""
    assert "rich: False" in done.stdout
