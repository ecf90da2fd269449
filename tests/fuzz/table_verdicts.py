"""What comes of a table: districts and what is said of them, or faults a person can find.

Anything else is a mistake in the program, see :mod:`tests.fuzz.verdicts`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

from tests.fuzz.verdicts import WrongFault, check_fault, check_text, told
from transfers import messages
from transfers.batch import allocate
from transfers.districts import Districts
from transfers.districts.load import load_districts
from transfers.errors import DocumentError, Place, TableError
from transfers.output.csv_file import csv_bytes
from transfers.policy import load_policy
from transfers.policy.policy import Policy

ROOT = Path(__file__).resolve().parents[2]
MOST_TOLD = 51


@cache
def policy() -> Policy:
    """Return the policy that all tables are for."""
    return load_policy(ROOT / "examples/jiangmen/policy.yaml")


def verdict_of_table(content: bytes, file: Path, *, run: bool = False) -> tuple[str, ...]:
    """Read a table from a file, and say what came of it as codes."""
    file.write_bytes(content)
    lines = None
    if not content.startswith((b"PK", b"\xd0\xcf", b"PAR1")):
        # However it is decoded, a line feed has its byte, and so has a return.
        lines = content.count(b"\n") + content.count(b"\r") + 1
    return verdict(str(file), lines, run=run)


def verdict(table: object, lines: int | None = None, *, run: bool = False) -> tuple[str, ...]:
    """Read a file or a frame, and say what came of it as codes."""
    try:
        districts = load_districts(table, policy())
        if run:
            allocation = allocate(policy(), districts)
            told(allocation, explained=True)
            if allocation.status == "done":
                assert csv_bytes(allocation, "zh")
    except (TableError, DocumentError) as error:
        if not 0 < len(error.faults) <= MOST_TOLD:
            raise WrongFault(f"{len(error.faults)} faults") from error
        for fault in error.faults:
            check_fault(fault)
            check_place(fault.place, lines, table if isinstance(table, str) else None)
        return tuple(fault.code for fault in error.faults)
    return ("read", *checked(districts, lines))


def checked(districts: Districts, lines: int | None) -> list[str]:
    """Hold districts to what the rest of the program relies on."""
    assert len(districts) and len(set(districts.keys)) == len(districts)
    assert all(districts.keys) and len(districts.names) == len(districts)
    for name, column in districts.columns.items():
        assert len(column) == len(districts), name
        check_place(districts.place(name, len(districts) - 1), lines)
    for finding in districts.findings:
        check_text([finding.message(language) for language in messages.LANGUAGES], finding.code)
        check_place(finding.where, lines)
    return [finding.code for finding in districts.findings]


def check_place(place: Place, lines: int | None, file: str | None = None) -> None:
    """Refuse a place that no file has."""
    text = str(place)
    if not text.isprintable() or len(text) > 1_000:
        raise WrongFault(f"place {text[:300]!r}")
    if file is not None and place.file != file:
        return  # a place in the policy
    # The names of a frame are line 0: they are no row of it.
    for number, least, most in ((place.line, lines is not None, lines), (place.column, 1, None)):
        if number is not None and not (least <= number <= (most or 10_000_000)):
            raise WrongFault(f"place {text} of {most} lines")


def case_of(seed: int) -> tuple[str, bytes]:
    """Return table number `seed`."""
    from tests.fuzz.tables import Tables  # needs pyarrow, which documents do not

    return Tables(Random(seed)).any()
