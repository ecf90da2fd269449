"""The columns of data files: literal headers, money in units, one row for each jump.

A figure without a jump has one row, with nothing behind `side`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from scenarios.edges.reach import Reach, Reaches
from scenarios.edges.survey import Cliff, Slope, Survey, Watched
from scenarios.edges.wording import jump_part
from transfers.output.columns import DataColumn, mantissa_of

PLACES, FIGURES = 9, 15
"""Decimals of slopes and rates; of figures of the table."""

NOBODY_PAID = "nobody_paid"

Cell = Fraction | str | None


def cliff_columns(survey: Survey) -> list[DataColumn]:
    """Return the columns of a survey."""
    rows = [
        _row(survey, watched, cliff)
        for watched in survey.watched
        for cliff in (watched.cliffs or (None,))
    ]
    return _columns(rows, _kinds(survey))


def _kinds(survey: Survey) -> dict[str, int | None]:
    """Return each column with its decimals; None of a text."""
    money = survey.setting.policy.money.places
    return {
        **dict.fromkeys(("key", "name", "input")),
        "value": FIGURES,
        "text": None,
        "amount": money,
        **dict.fromkeys(("slope_down", "slope_up", "others_down", "others_up"), PLACES),
        **dict.fromkeys(("held", "side", "edge")),
        **dict.fromkeys(("edge_value", "value_before", "value_after"), FIGURES),
        **dict.fromkeys(("before", "after", "jump"), money),
        **dict.fromkeys(("jump_pct", "clawback"), PLACES),
    }


def _row(survey: Survey, watched: Watched, cliff: Cliff | None) -> dict[str, Cell]:
    lever, money = watched.lever, survey.setting.policy.money
    number, text = _split(lever.value)
    row: dict[str, Cell] = {
        "key": lever.key,
        "name": survey.setting.districts.names[lever.district],
        "input": lever.column,
        "value": number,
        "text": text,
        "amount": money.in_units(watched.now.amount),
        **_slopes("down", watched.down),
        **_slopes("up", watched.up),
        "held": ";".join(f"{grant}:{standing}" for grant, standing in watched.held) or None,
        "clawback": None if watched.clawback is None else Fraction(watched.clawback),
    }
    return row if cliff is None else {**row, **_jump(survey, cliff)}


def _slopes(side: str, slope: Slope | None) -> dict[str, Cell]:
    if slope is None:
        return {}
    return {f"slope_{side}": Fraction(slope.own), f"others_{side}": Fraction(slope.others)}


def _jump(survey: Survey, cliff: Cliff) -> dict[str, Cell]:
    money, part = survey.setting.policy.money, jump_part(cliff)
    numbers = [_split(value)[0] for value in (cliff.value, cliff.near, cliff.far)]
    rules = ";".join(dict.fromkeys(threshold.text for threshold in cliff.thresholds))
    return {
        "side": cliff.side,
        "edge": (_split(cliff.value)[1] or rules) if cliff.after.done else NOBODY_PAID,
        **dict(zip(("edge_value", "value_before", "value_after"), numbers, strict=True)),
        "before": money.in_units(cliff.before.amount),
        "after": money.in_units(cliff.after.amount) if cliff.after.done else None,
        "jump": None if cliff.jump is None else money.in_units(cliff.jump),
        "jump_pct": None if part is None else part * 100,
    }


def _split(value: Fraction | str | bool) -> tuple[Fraction | None, str | None]:
    """Return a value as a number, or as a text."""
    if isinstance(value, Fraction):
        return value, None
    return None, str(value).lower() if isinstance(value, bool) else value


def reach_columns(found: Reaches) -> list[DataColumn]:
    """Return the columns of what each number does."""
    money = found.setting.policy.money
    rows = [
        {
            "path": reach.name,
            "value": reach.value,
            "less": min(reach.values, default=None),
            "more": max(reach.values, default=None),
            "nobody_paid": _unpaid(reach),
            "districts": Fraction(reach.changed),
            "key": reach.district or None,
            "change": money.in_units(reach.most),
            "reason": reach.reason.code if reach.reason else None,
        }
        for reach in found.numbers
    ]
    kinds = {
        "path": None,
        **dict.fromkeys(("value", "less", "more"), FIGURES),
        "nobody_paid": None,
        "districts": 0,
        "key": None,
        "change": money.places,
        "reason": None,
    }
    return _columns(rows, kinds)


def _unpaid(reach: Reach) -> str | None:
    """Say which way nobody is paid: with less of a number, with more, or both."""
    words = ["less" if value < reach.value else "more" for value in reach.unpaid]
    return ";".join(words) or None


def _columns(rows: Sequence[dict[str, Cell]], kinds: dict[str, int | None]) -> list[DataColumn]:
    return [_column(name, [row.get(name) for row in rows], kinds[name]) for name in kinds]


def _column(name: str, cells: list[Cell], places: int | None) -> DataColumn:
    if places is None:
        return DataColumn(name, "text", [None if cell is None else str(cell) for cell in cells])
    numbers = [mantissa_of(c, places) if isinstance(c, Fraction) else None for c in cells]
    idle = places not in (PLACES, FIGURES)
    return DataColumn(name, "number", list(numbers), places, idle)


def rows_of(columns: Sequence[DataColumn]) -> Iterator[dict[str, object]]:
    """Yield rows for json: numbers as they are written."""
    from transfers.output.json_text import Written

    cells = [
        [Written(text) for text in c.texts()] if c.kind == "number" else c.cells for c in columns
    ]
    names = [column.name for column in columns]
    for row in zip(*cells, strict=True):
        yield dict(zip(names, row, strict=True))
