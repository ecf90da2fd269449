"""Promises of arithmetic: each is kept by an ordinary policy, and broken by what is planted.

Some can be broken by a policy. The others can only be broken by a mistake of the engine: for
those a faulty engine is planted (`faulty_engines.py`).
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from checks import border
from checks.promises import PROMISES, check_promise
from checks.runs import Case
from checks.subject import Subject
from checks.table import Cell, Table
from checks.trial import Asked, judge
from tests.checks import faulty_engines as faulty
from transfers import Districts, Policy, load_policy
from transfers.districts import RawTable, build_districts
from transfers.documents.promises import PROMISES as NAMED
from transfers.messages import Phrase

ARITHMETIC = [name for name, kind in NAMED.items() if kind == "arithmetic"]

ORDINARY = """
inputs:
  population: {unit: 万人, min: 0, role: population}
  roads: {min: 0}
  last_year: {unit: 万元, min: 0, role: prior}
  remark: {min: 0}
  listed: {one_of: [yes, no]}
budget: {amount: 100}
grants:
  aid:
    pool: remainder
    eligible: listed == "yes"
    share: {factors: {population: 70%, roads: 30%}}
    floor: 80% * last_year
    cap: 150% * last_year
    if_short: scale
  extra:
    claim: last_year / 10 - 1
    pool: 10
    floor: 0
    if_short: scale
next: {last_year: aid}
"""
"""Keeps every promise of arithmetic, and can be asked about each."""

ORDINARY_TABLE = {
    "population": (10, 20, 30, 5),
    "roads": (4, 1, 7, 3),
    "last_year": (20, 30, 40, 12),
    "remark": (1, 2, 3, 4),
    "listed": ("yes", "yes", "yes", "no"),
}

THREE = {"need": (1, 1, 1)}


def share(rest: str = "", pool: int = 5, weight: str = "need", inputs: str = "") -> str:
    """Return a policy that divides a pool by a weight."""
    return f"""
inputs:
  need: {{min: 0}}
{inputs}grants:
  aid:
    pool: {pool}
    share: {weight}
{rest}"""


BREAKS = {
    # three alike and a pool of 5: 1.67 each is 2 each, and 6 are paid
    "half up": ("balance", share("    rounding: half_up\n"), THREE, None, 1),
    # a claim below zero, and no word of a penalty
    "a gap without max": (
        "non_negativity",
        "inputs: {need: {}, revenue: {}}\ngrants: {aid: {claim: need - revenue}}\n",
        {"need": (10, 4), "revenue": (6, 9)},
        None,
        5,
    ),
    # 10.5 is the least of both, 21 is all there is: 11 and 10, told and so only strictly broken
    "floors that whole quanta make too much": (
        *("bounds", share("    floor: 10.5\n", 21), {"need": (1, 1)}),
        *(0, Fraction(1, 2)),
    ),
    # whoever has the code 0102 counts twice
    "a rule that names a code": (
        "relabelling",
        share(pool=100, weight='need * if(key == "0102", 2, 1)'),
        THREE,
        None,
        24,
    ),
    # towns beside hectares: a thousandfold the towns are all there is
    "raw columns added": (
        "unit_of_a_factor",
        share(pool=100, weight="hectares + towns", inputs="  hectares: {}\n  towns: {}\n"),
        {"need": (1, 1), "hectares": (900, 100), "towns": (10, 30)},
        None,
        61,
    ),
    # 97.0 are due of 100, and 100 are paid
    "a divisor rule": (
        "quota",
        share("    rounding: webster\n", 100),
        {"need": (970, *([1] * 30))},
        None,
        3,
    ),
    # next year begins with what was due, 33 1/3, not with the 34 or 33 that were paid
    "a base before rounding": (
        "year_chaining",
        share(pool=100, inputs="  last: {unit: 万元, role: prior}\n")
        + "next: {last: aid.entitlement}\n",
        {**THREE, "last": (1, 1, 1)},
        None,
        Fraction(2, 3),
    ),
    "a part of the base": (
        "year_chaining",
        share(pool=100, inputs="  last: {unit: 万元, role: prior}\n") + "next: {last: 0.9 * aid}\n",
        {**THREE, "last": (1, 1, 1)},
        None,
        Fraction(34, 10),
    ),
    "a stale base": (
        "year_chaining",
        share(pool=100, inputs="  last: {unit: 万元, role: prior}\n") + "next: {last: last}\n",
        {**THREE, "last": (1, 1, 1)},
        None,
        33,
    ),
}
"""What is planted -> promise, policy, table, tolerance, and how far beyond the limit it is."""

MISTAKES: list[tuple[str, faulty.Fault]] = [
    ("balance", faulty.loses_a_quantum),
    ("balance", faulty.pays_one_too_much),
    ("non_negativity", faulty.takes_from_the_first),
    ("bounds", faulty.takes_from_the_first),
    ("bounds", faulty.clips_once),
    ("feasibility_honesty", faulty.finds_nothing),
    ("feasibility_honesty", faulty.tells_half),
    ("row_order", faulty.first_row_first),
    ("relabelling", faulty.first_key_more),
    ("unit_of_a_factor", faulty.reads_raw),
    ("earmarks", faulty.pays_whom_it_likes),
    ("earmarks", faulty.loses_a_quantum),
    ("quota", faulty.shifts_two),
    ("irrelevance", faulty.reads_remarks),
    ("decomposition", faulty.explains_in_floats),
    ("determinism", faulty.counts_its_runs),
    ("determinism", faulty.figures_of_another_day),
    ("batch_single", faulty.minds_company),
    ("scenario_null", faulty.minds_moves),
    ("year_chaining", faulty.keeps_the_old_base),
]
"""A promise, and a mistake of the engine by which the ordinary policy would break it."""


def policy_of(folder: Path, text: str) -> Policy:
    path = folder / "policy.yaml"
    head = "policy: planted\ndistricts: {file: districts.csv, key: code}\n"
    path.write_text(head + text, encoding="utf-8")
    return load_policy(path)


def table_of(columns: dict[str, tuple[int | str, ...]]) -> Table:
    def cell(figure: int | str) -> Cell:
        return Fraction(figure) if isinstance(figure, int) else figure

    count = len(next(iter(columns.values())))
    keys = tuple(f"01{row:02}" for row in range(1, count + 1))
    return Table(keys, {name: tuple(map(cell, column)) for name, column in columns.items()})


def test_promises_of_arithmetic_stand_in_their_order() -> None:
    assert [name for name in PROMISES if PROMISES[name].kind == "arithmetic"] == ARITHMETIC


@pytest.mark.parametrize("name", ARITHMETIC)
def test_an_ordinary_policy_keeps_every_promise_of_arithmetic(name: str, tmp_path: Path) -> None:
    policy, table = policy_of(tmp_path, ORDINARY), table_of(ORDINARY_TABLE)
    judged = check_promise(name, policy, table)
    assert judged.count > 0
    assert judged.broken is None
    assert PROMISES[name].idle(Subject(policy, table)) is None


@pytest.mark.parametrize("planted", BREAKS)
def test_a_policy_that_is_planted_breaks_its_promise(planted: str, tmp_path: Path) -> None:
    name, text, columns, tolerance, excess = BREAKS[planted]
    judged = check_promise(name, policy_of(tmp_path, text), table_of(columns), tolerance)
    assert judged.broken is not None
    assert judged.broken.excess == excess


@pytest.mark.parametrize(("name", "mistake"), MISTAKES)
def test_a_mistake_of_the_engine_is_found(name: str, mistake: faulty.Fault, tmp_path: Path) -> None:
    policy, table = policy_of(tmp_path, ORDINARY), table_of(ORDINARY_TABLE)
    judged = faulty.judged_with(mistake, name, policy, table)
    assert judged.broken is not None
    assert judged.broken.excess > PROMISES[name].tolerance


def test_a_unit_that_is_not_converted_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_units(raw: RawTable, *rest: Any) -> Districts:
        names = tuple(replace(name, unit="") for name in raw.head.names)
        return build_districts(replace(raw, head=replace(raw.head, names=names)), *rest)

    monkeypatch.setattr(border, "build_districts", without_units)
    policy, table = policy_of(tmp_path, ORDINARY), table_of(ORDINARY_TABLE)
    judged = check_promise("unit_of_a_factor", policy, table)
    assert judged.broken is not None
    assert judged.broken.changed == Phrase("checks.columns_in_other_units")


def test_every_promise_of_arithmetic_is_broken_by_something_planted() -> None:
    broken = {name for name, *_ in BREAKS.values()} | {name for name, _ in MISTAKES}
    assert broken == set(ARITHMETIC)


KEEPS: dict[str, tuple[str, str, Callable[[], dict[str, tuple[int | str, ...]]]]] = {
    # what is beside what is planted: the same rule, written as it should be
    "largest remainder": ("balance", share(), lambda: THREE),
    "a gap with max": (
        "non_negativity",
        "inputs: {need: {}, revenue: {}}\ngrants: {aid: {claim: 'max(0, need - revenue)'}}\n",
        lambda: {"need": (10, 4), "revenue": (6, 9)},
    ),
    "a penalty that is forgiven": (
        "non_negativity",
        "inputs: {need: {}, revenue: {}}\ngrants: {aid: {claim: need - revenue, floor: 0}}\n",
        lambda: {"need": (10, 4), "revenue": (6, 9)},
    ),
    "a penalty with a limit": (
        "non_negativity",
        "inputs: {need: {}, revenue: {}}\ngrants: {aid: {claim: need - revenue, floor: -3}}\n",
        lambda: {"need": (10, 4), "revenue": (6, 9)},
    ),
    "floors that whole quanta allow": (
        *("bounds", share("    floor: 10.5\n", 22)),
        lambda: {"need": (1, 1)},
    ),
    "ties": ("relabelling", share(pool=4), lambda: THREE),
    "ties of those with the most": (
        *("relabelling", share("    rounding: {to_most: need}\n", 6)),
        lambda: {"need": (1, 1, 1, 1)},
    ),
    "factors": (
        "unit_of_a_factor",
        share(pool=100, weight="{factors: {need: 50%, towns: 50%}}", inputs="  towns: {}\n"),
        lambda: {"need": (900, 100), "towns": (10, 30)},
    ),
    "a gap of money without units": (
        "unit_of_a_factor",
        share(
            pool=100,
            weight="towns * max(0, cost - revenue)",
            inputs="  towns: {}\n  cost: {}\n  revenue: {}\n",
        ),
        lambda: {"need": (1, 1), "towns": (1, 2), "cost": (90, 80), "revenue": (10, 30)},
    ),
    "a base that is the sum of two grants": (
        "year_chaining",
        "inputs: {need: {}, last: {unit: 万元, role: prior}}\n"
        "grants: {aid: {pool: 10, share: need}, more: {pool: 5, share: need}}\n"
        "next: {last: aid + more}\n",
        lambda: {**THREE, "last": (1, 1, 1)},
    ),
}


@pytest.mark.parametrize("planted", KEEPS)
def test_the_rule_as_it_should_be_keeps_the_promise(planted: str, tmp_path: Path) -> None:
    name, text, columns = KEEPS[planted]
    judged = check_promise(name, policy_of(tmp_path, text), table_of(columns()))
    assert judged.count > 0
    assert judged.broken is None


def test_bytes_of_a_run_are_the_same_for_every_seed_of_hashes(tmp_path: Path) -> None:
    policy_of(tmp_path, ORDINARY)
    rows = zip(*ORDINARY_TABLE.values(), strict=True)
    lines = [",".join(("code", *ORDINARY_TABLE))]
    lines += [",".join((f"01{n:02}", *map(str, row))) for n, row in enumerate(rows, 1)]
    (tmp_path / "districts.csv").write_text("\n".join(lines), encoding="utf-8")
    program = (
        "import sys; from checks.promises.machine import written;"
        "from checks.runs import Case, Runs;"
        "from checks.table import Table; from transfers import load_districts, load_policy;"
        "policy = load_policy(sys.argv[1]);"
        "table = Table.of(load_districts(None, policy));"
        "sys.stdout.buffer.write(written(Runs(policy).run([Case(table)])[0]))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program, str(tmp_path / "policy.yaml")],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(said) == 1
    assert b"aid" in said.pop()


def test_a_rounding_rule_that_gives_up_the_quota_says_so_unless_the_document_lists_it(
    tmp_path: Path,
) -> None:
    text = share("    rounding: webster\n", 100)
    chosen = Subject(policy_of(tmp_path, text))
    assert PROMISES["quota"].given_up(chosen) == {
        "aid": Phrase("checks.quota_given_up", {"rule": "webster"})
    }
    listed = Subject(policy_of(tmp_path, text + "promises: [quota]\n"))
    assert PROMISES["quota"].given_up(listed) == {}


def test_a_threshold_says_the_scale_of_a_column_unless_the_document_lists_the_promise(
    tmp_path: Path,
) -> None:
    text = share(pool=100, weight="if(towns < 20, 1, 2)", inputs="  towns: {}\n")
    table = table_of({"need": (1, 1), "towns": (10, 30)})
    assert check_promise("unit_of_a_factor", policy_of(tmp_path, text), table).count == 0
    listed = policy_of(tmp_path, text + "promises: [unit_of_a_factor]\n")
    judged = check_promise("unit_of_a_factor", listed, table)
    assert judged.broken is not None
    assert judged.broken.how == Phrase("checks.declare_unit", {"input": "towns"})


def test_amounts_of_a_grant_that_is_waived_do_not_count(tmp_path: Path) -> None:
    policy, table = policy_of(tmp_path, share("    rounding: half_up\n")), table_of(THREE)
    subject = Subject(policy, table)
    asked = Asked(subject, Case(table), Fraction(0), frozenset({"aid"}))
    assert judge(subject, [PROMISES["balance"].trial(asked)])[0].broken is None
