"""What a small run need not import, it does not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.program import called

ROOT = Path(__file__).resolve().parents[2]
NOT_NEEDED = {"numpy.ma", "hashlib", "scipy", "transfers.explain"}
CALLS = {
    "run": ("examples/bonuses/grade_coefficient.yaml", "commands.policies"),
    "compare": ("examples/jiangmen/study.yaml", "commands.studies_compare"),
}


@pytest.mark.parametrize("command", CALLS)
def test_a_command_reads_its_own_module_and_nothing_it_does_not_need(command: str) -> None:
    document, own = CALLS[command]
    program = (
        "import sys\nfrom cli import app\n"
        "try:\n    app()\nexcept SystemExit as end:\n    assert end.code == 0\n"
        "print(*sys.modules, sep='\\n', file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, command, document, "-q"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    loaded = set(done.stderr.split())
    assert not NOT_NEEDED & loaded
    named = {m for m in loaded if m.startswith(("commands.studies", "commands.policies"))}
    assert named == {own}


def test_help_lists_all_commands_in_their_order() -> None:
    done = subprocess.run(
        [sys.executable, "cli.py", "--help", "--lang", "en"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    lines = [line for line in done.stdout.splitlines() if line[:2] == "  " and line[2:3] != " "]
    listed = [line.split()[0] for line in lines if not line.lstrip().startswith("-")]
    several = ["run", "explain", "template", "new", "schema", "check", "services", "appraise"]
    several += ["cliffs", "compare", "outlook", "rerun", "seek", "optimise", "sweep"]
    assert listed == several


@pytest.mark.parametrize(
    "call",
    [
        ("run", "examples/jiangmen/policy.yaml", "--lang", "en"),
        ("run", "examples/jiangmen/policy.yaml", "--set", "budget.amount=3400"),
        ("explain", "examples/jiangmen/policy.yaml", "台山"),
        ("compare", "examples/jiangmen/study.yaml", "--format", "none"),
        ("run", "nowhere.yaml"),
        ("--help",),
    ],
    ids=" ".join,
)
def test_a_copy_of_a_waiting_process_answers_as_a_python_of_its_own(call: tuple[str, ...]) -> None:
    """Most tests of the command line call the program so."""
    alone = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *call],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    copy = called(*call, folder=ROOT)
    assert alone.returncode in (0, 1, 2) and alone.stdout + alone.stderr
    answers = [(done.returncode, done.stdout, done.stderr) for done in (copy, alone)]
    assert answers[0] == answers[1]
