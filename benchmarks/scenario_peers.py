"""The same scenarios divided by other means, each written as well as a good analyst would.

All of them look for the rate by Newton's steps on the total of clipped shares, in floats, until it
meets the money to a billionth; then they round down, keep inside the whole bounds, and give what is
left to the largest rests (or take what is too much from the smallest). Bounds are taken as whole
within a billionth. None of them knows when a float has decided wrongly, and ties go by row.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.scenarios import BONUS, FLOOR, LINE, POOL, Task

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Runner = Callable[[], Ints]

STEPS, CLOSE, NEAR = 40, 1e-9, 1e-9
FULL = 250
"""Scenarios that full matrices hold at once; more do not fit into memory well."""


def pandas_loop(task: Task) -> Runner:
    """Divide scenario by scenario, with the columns of a frame."""
    pandas = import_module("pandas")
    table = pandas.DataFrame({"last": task.last, "score": task.score})
    shares = pandas.DataFrame((task.factors / task.factors.sum(axis=1, keepdims=True)).T)

    def run() -> Ints:
        found = np.empty((2, len(task.moves), len(table)), dtype=np.int64)
        for s in range(len(task.moves)):
            weight = (shares * task.weights[s]).sum(axis=1) * task.coefficients[s][task.tier]
            floor, cap = FLOOR * table["last"], (1 + task.growth[s]) * table["last"]
            found[0, s] = _column_divided(weight, floor, cap, POOL)
            points = (table["score"] - LINE).clip(lower=0) * task.per_point[s]
            found[1, s] = _column_divided(points, 0 * points, 0 * points + BONUS, BONUS)
        return found

    return run


def _column_divided(weight: Any, floor: Any, cap: Any, pool: int) -> Any:
    rate = pool / weight.sum()
    for _ in range(STEPS):
        share = rate * weight
        given = share.clip(floor, cap)
        gap = pool - given.sum()
        if abs(gap) <= CLOSE * pool:
            break
        rate += gap / weight[given == share].sum()
    lower, upper = np.ceil(floor - NEAR), np.floor(cap + NEAR)
    amounts = np.floor(given + NEAR).clip(lower, upper)
    left = int(pool - amounts.sum())
    rest = given - amounts
    if left >= 0:
        amounts[rest.where(amounts < upper, -9).nlargest(left).index] += 1
    else:
        amounts[rest.where(amounts > lower, 9).nsmallest(-left).index] -= 1
    return amounts.astype(np.int64)


def numpy_full(task: Task) -> Runner:
    """Divide matrices of a few hundred scenarios by all districts."""
    shares = task.factors / task.factors.sum(axis=1, keepdims=True)

    def run() -> Ints:
        found = np.empty((2, len(task.moves), len(task.last)), dtype=np.int64)
        for first in range(0, len(task.moves), FULL):
            rows = slice(first, first + FULL)
            weight = task.weights[rows] @ shares * task.coefficients[rows][:, task.tier]
            floor = FLOOR * task.last[None]
            cap = (1 + task.growth[rows, None]) * task.last
            found[0, rows] = _matrix_divided(weight, floor, cap, POOL)
            points = np.maximum(0, task.score - LINE) * task.per_point[rows, None]
            whole = np.full_like(points, BONUS)
            found[1, rows] = _matrix_divided(points, np.zeros((1, 1)), whole, BONUS)
        return found

    return run


def _matrix_divided(weight: Floats, floor: Floats, cap: Floats, pool: int) -> Ints:
    rate = pool / weight.sum(axis=1, keepdims=True)
    for _ in range(STEPS):
        share = rate * weight
        given = np.clip(share, floor, cap)
        gap = pool - given.sum(axis=1, keepdims=True)
        if np.abs(gap).max() <= CLOSE * pool:
            break
        rate += gap / (weight * (given == share)).sum(axis=1, keepdims=True)
    lower, upper = np.ceil(floor - NEAR), np.floor(cap + NEAR)
    amounts = np.clip(np.floor(given + NEAR), lower, upper)
    left = (pool - amounts.sum(axis=1, keepdims=True)).astype(np.int64)
    rest = given - amounts
    more = left >= 0
    order = np.where(more, np.where(amounts < upper, -rest, 9), np.where(amounts > lower, rest, 9))
    places = np.argsort(order, axis=1, kind="stable")
    first = np.arange(weight.shape[1]) < np.abs(left)
    steps = np.empty_like(order)
    np.put_along_axis(steps, places, first * np.where(more, 1.0, -1.0), axis=1)
    return np.asarray((amounts + steps).astype(np.int64))


ROUNDED = """
with whole as (
  select s, i, given, ceil(lo - {near}) as lower, floor(hi + {near}) as upper,
    least(greatest(floor(given + {near}), ceil(lo - {near})), floor(hi + {near})) as amount
  from (select d.s, d.i, d.lo, d.hi, least(greatest(r.rate * d.w, d.lo), d.hi) as given
        from divided d join rates r using (s))),
missing as (select *, {pool} - sum(amount) over (partition by s) as gap from whole),
ranked as (
  select s, i, amount, gap, row_number() over (partition by s order by
    case when gap >= 0 then case when amount < upper then amount - given else 9 end
         else case when amount > lower then given - amount else 9 end end, i) as place
  from missing)
select s, i,
  cast(amount + case when place <= abs(gap) then sign(gap) else 0 end as bigint) as amount
from ranked order by s, i
"""


def duckdb_sql(task: Task) -> Runner:
    """Divide in SQL: one row for each scenario and district, Newton's steps by aggregates."""
    duckdb = import_module("duckdb")
    pandas = import_module("pandas")

    def run() -> Ints:
        base = duckdb.connect(config={"threads": 1})
        names = [f"f{k}" for k in range(len(task.factors))]
        columns = {"i": np.arange(len(task.last)), "tier": task.tier, "last": task.last}
        shares = task.factors / task.factors.sum(axis=1, keepdims=True)
        districts = pandas.DataFrame(
            columns | {"score": task.score} | dict(zip(names, shares, strict=True))
        )
        moved = {f"w{k}": task.weights[:, k] for k in range(len(names))}
        moved |= {f"c{k}": task.coefficients[:, k] for k in range(task.coefficients.shape[1])}
        number = np.arange(len(task.moves))
        scenarios = pandas.DataFrame(
            {"s": number, **moved, "growth": task.growth, "point": task.per_point}
        )
        base.register("districts", districts)
        base.register("scenarios", scenarios)
        weight = " + ".join(f"w{k} * f{k}" for k in range(len(names)))
        tiers = " ".join(f"when {k} then c{k}" for k in range(task.coefficients.shape[1]))
        main = f"({weight}) * case tier {tiers} end as w, {FLOOR} * last as lo, (1 + growth) * last"
        bonus = f"greatest(0, score - {LINE}) * point as w, 0.0 as lo, {float(BONUS)}"
        parts = [_sql_divided(base, *part) for part in ((main, POOL), (bonus, BONUS))]
        base.close()
        return np.array(parts).reshape(2, len(number), len(districts))

    return run


def _sql_divided(base: Any, columns: str, pool: int) -> Ints:
    base.execute(
        f"create or replace table divided as select s, i, {columns} as hi "
        "from scenarios cross join districts"
    )
    base.execute(
        "create or replace table rates as "
        f"select s, {pool} / sum(w) as rate from divided group by s"
    )
    for _ in range(STEPS):
        base.execute(
            "create or replace table steps as "
            f"select s, rate, {pool} - sum(least(greatest(rate * w, lo), hi)) as gap, "
            "sum(case when rate * w > lo and rate * w < hi then w else 0 end) as slope "
            "from divided join rates using (s) group by s, rate"
        )
        worst = base.execute("select max(abs(gap)) from steps").fetchone()[0]
        if worst <= CLOSE * pool:
            break
        base.execute(
            "create or replace table rates as select s, rate + gap / slope as rate from steps"
        )
    query = ROUNDED.format(near=NEAR, pool=pool)
    return np.asarray(base.execute(query).fetchnumpy()["amount"])


def polars_frames(task: Task) -> Runner:
    """Divide in a long frame: one row for each scenario and district, sums by scenario."""
    polars = import_module("polars")

    def run() -> Ints:
        count, districts = len(task.moves), len(task.last)
        shares = task.factors / task.factors.sum(axis=1, keepdims=True)
        table = {"i": np.arange(districts), "tier": task.tier.astype(np.int64), "last": task.last}
        table |= {"score": task.score, **{f"f{k}": column for k, column in enumerate(shares)}}
        moved = {"s": np.arange(count), "growth": task.growth, "point": task.per_point}
        moved |= {f"w{k}": task.weights[:, k] for k in range(len(shares))}
        tiers = task.coefficients.shape[1]
        coefficients = polars.DataFrame(
            {
                "s": np.repeat(np.arange(count), tiers),
                "tier": np.tile(np.arange(tiers), count),
                "c": task.coefficients.ravel(),
            }
        )
        col, last = polars.col, polars.col("last")
        long = polars.DataFrame(moved).join(polars.DataFrame(table), how="cross")
        long = long.join(coefficients, on=["s", "tier"], maintain_order="left")
        weighted = [col(f"w{k}") * col(f"f{k}") for k in range(len(shares))]
        main = (
            polars.sum_horizontal(weighted) * col("c"),
            FLOOR * last,
            (1 + col("growth")) * last,
        )
        points = (col("score") - LINE).clip(lower_bound=0) * col("point")
        bonus = (points, polars.lit(0.0), polars.lit(float(BONUS)))
        parts = [
            _frame_divided(polars, long, columns, pool)
            for columns, pool in ((main, POOL), (bonus, BONUS))
        ]
        return np.array(parts).reshape(2, count, districts)

    return run


def _frame_divided(polars: Any, long: Any, columns: tuple[Any, Any, Any], pool: int) -> Ints:
    col, when = polars.col, polars.when
    w, lo, hi = (
        column.alias(name) for column, name in zip(columns, ("w", "lo", "hi"), strict=True)
    )
    frame = long.select("s", "i", w, lo, hi)
    frame = frame.with_columns((pool / col("w").sum().over("s")).alias("rate"))
    share = col("rate") * col("w")
    inside = (share > col("lo")) & (share < col("hi"))
    for _ in range(STEPS):
        frame = frame.with_columns(share.clip("lo", "hi").alias("given"))
        frame = frame.with_columns((pool - col("given").sum().over("s")).alias("gap"))
        if frame["gap"].abs().max() <= CLOSE * pool:
            break
        slope = when(inside).then(col("w")).otherwise(0.0).sum().over("s")
        frame = frame.with_columns((col("rate") + col("gap") / slope).alias("rate"))
    frame = frame.with_columns(
        (col("lo") - NEAR).ceil().alias("lower"), (col("hi") + NEAR).floor().alias("upper")
    )
    frame = frame.with_columns((col("given") + NEAR).floor().clip("lower", "upper").alias("amount"))
    gap, rest = pool - col("amount").sum().over("s"), col("given") - col("amount")
    frame = frame.with_columns(gap.alias("gap"), rest.alias("rest"))
    down = when(col("amount") < col("upper")).then(-col("rest")).otherwise(9.0)
    up = when(col("amount") > col("lower")).then(col("rest")).otherwise(9.0)
    frame = frame.with_columns(when(col("gap") >= 0).then(down).otherwise(up).alias("order"))
    place = col("order").rank("ordinal").over("s")
    step = when(place <= col("gap").abs()).then(col("gap").sign()).otherwise(0.0)
    return np.asarray(
        frame.select((col("amount") + step).cast(polars.Int64)).to_series().to_numpy()
    )


PEERS: dict[str, tuple[Callable[[Task], Runner], str, int]] = {
    "pandas_loop": (pandas_loop, "pandas", 20),
    "numpy_full": (numpy_full, "numpy", 500),
    "duckdb": (duckdb_sql, "duckdb", 200),
    "polars": (polars_frames, "polars", 200),
}
"""Name -> how, with what, and on how many scenarios; the time of more is in proportion."""
