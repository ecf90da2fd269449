"""Webster's method: nobody loses a unit when the pool grows."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

import transfers
from tests.kernel.by_hand import Case, ExactFit, rounded_by_hand
from transfers.kernel.fit import SURPLUS
from transfers.kernel.rounding import round_to_total


def webster(case: Case, keys: list[int], blur: float = 0.0, seed: int = 0) -> list[int]:
    fit = ExactFit([case], blur, np.random.default_rng(seed))
    total = np.array([case.totals], dtype=np.int64)
    order = np.array(keys, dtype=np.intp)
    amounts: list[int] = (
        round_to_total(fit.as_fit, total, "webster", key_order=order).amounts[0].tolist()
    )
    return amounts


def test_seats_are_those_of_the_textbook() -> None:
    votes = [53_000, 24_000, 23_000]
    case = Case(
        [Fraction(v) for v in votes], None, [Fraction(0)] * 3, [Fraction(7)] * 3, [7], [0] * 3
    )
    assert webster(case, [0, 1, 2]) == [3, 2, 2]


def test_nobody_loses_a_unit_when_the_pool_grows() -> None:
    generator = np.random.default_rng(11)
    for _ in range(60):
        n = int(generator.integers(2, 8))
        weights = [Fraction(int(w)) for w in generator.integers(0, 9, n)]
        floors = [Fraction(int(f), 2) for f in generator.integers(0, 6, n)]
        caps = [
            floor + Fraction(int(c), 2)
            for floor, c in zip(floors, generator.integers(2, 40, n), strict=True)
        ]
        keys = [int(k) for k in generator.permutation(n)]
        least = sum(-(-floor // 1) for floor in floors)
        case = Case(weights, None, floors, caps, [0], [0] * n)
        before: list[int] | None = None
        for total in range(int(least), int(least) + 25):
            grown = replace(case, totals=[total])
            if grown.fitted(0)[0] == SURPLUS:
                break
            amounts = webster(grown, keys)
            if before is not None:
                assert all(now >= then for now, then in zip(amounts, before, strict=True))
            assert all(f <= y <= c for f, y, c in zip(floors, amounts, caps, strict=True))
            before = amounts


def test_many_districts_get_what_unit_by_unit_gives() -> None:
    generator = np.random.default_rng(12)
    for round_ in range(9):
        n = 50
        weights = [Fraction(int(w), 3) for w in np.exp(generator.normal(3, 1.5, n)) + 1]
        offsets = (
            [Fraction(int(b), 4) for b in generator.integers(0, 90, n)] if round_ % 3 == 0 else None
        )
        floors = [Fraction(int(f), 2) for f in generator.integers(0, 9, n)]
        caps = [
            floor + Fraction(int(c), 2)
            for floor, c in zip(floors, generator.integers(2, 900, n), strict=True)
        ]
        least = int(sum(floors, Fraction(0)))
        case = Case(weights, offsets, floors, caps, [least + 500], [0] * n)
        keys = [int(k) for k in generator.permutation(n)]
        fit = ExactFit([case], 0.0, generator)
        expected = rounded_by_hand(fit, 0, "webster", 1, keys, [Fraction(0)] * n)
        for blur in (0.0, 1e-6, 2.0):
            assert webster(case, keys, blur) == expected.amounts


def test_units_of_equal_districts_go_by_key_even_when_all_are_equal() -> None:
    n = 3000
    case = Case(
        [Fraction(1, 3)] * n, None, [Fraction(0)] * n, [Fraction(9)] * n, [n + n // 2], [0] * n
    )
    keys = [int(k) for k in np.random.default_rng(1).permutation(n)]
    assert webster(case, keys) == [1 + (keys[i] < n // 2) for i in range(n)]


def test_amounts_of_1e17_keep_to_the_order_of_critical_rates() -> None:
    generator = np.random.default_rng(13)
    for _ in range(5):
        weights = [Fraction(int(w), 7) for w in generator.integers(1, 10**9, 9)]
        total = int(generator.integers(10**16, 10**17))
        case = Case(weights, None, [Fraction(0)] * 9, [Fraction(total)] * 9, [total], [0] * 9)
        amounts = webster(case, list(range(9)))
        assert sum(amounts) == total
        last = max((y - Fraction(1, 2)) / a for y, a in zip(amounts, weights, strict=True) if y)
        following = min((y + Fraction(1, 2)) / a for y, a in zip(amounts, weights, strict=True))
        assert last <= following


def test_units_beyond_what_float64_tells_apart_are_refused_and_not_tried(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("code,w\nA,55\nB,17\n", encoding="utf-8")
    (tmp_path / "p.yaml").write_text(
        "policy: p\nmoney: {unit: 元, quantum: 0.01}\ndistricts: {file: d.csv, key: code}\n"
        "inputs: {w: }\n"
        "grants: {g: {pool: 11295626701290869.02, share: w, rounding: webster}}\n",
        encoding="utf-8",
    )
    policy = transfers.load_policy(tmp_path / "p.yaml")
    with pytest.raises(transfers.TableError) as raised:
        transfers.allocate(policy, transfers.load_districts(None, policy))
    assert [fault.code for fault in raised.value.faults] == ["allocation.too_long"]
