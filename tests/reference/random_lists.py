"""Random lists: items with columns, an input over them, and formulas that fold them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

KEYS = ("a", "B", "甲", "10", "9")
KINDS = ("k", "m")
DAYS = {"a": "2017-07-01", "B": "2016", "甲": "", "10": "2017年3月", "9": "2018/1/1"}
"""Dates as people write them, for when items begin and end."""


class RandomList:
    """Writes one list, and formulas that use it.

    Parameters
    ----------
    figures : callable
        Gives so many figures of a column, as texts.
    number : callable
        Gives one number.
    """

    def __init__(
        self, rng: Random, figures: Callable[[int], list[str]], number: Callable[[], str]
    ) -> None:
        self.rng, self.figures, self.number = rng, figures, number
        self.keys = rng.sample(KEYS, rng.choice([1, 2, 2, 3, 4]))
        self.over: list[str] = []  # quantities that have a figure for each item and district

    def section(self) -> list[str]:
        """Return the lines of the section `lists`."""
        rng = self.rng
        lines = ["lists:", "  things:", "    items:"]
        for key in self.keys:
            mark, kind = rng.choice(["是", "否"]), rng.choice(KINDS)
            day = f", day: '{DAYS[key]}'" if DAYS[key] else ""
            lines.append(f"      '{key}': {{w: {self.number()}, kind: {kind}, mark: {mark}{day}}}")
        columns = "{w: {min: 0}, kind: {one_of: [k, m]}, mark: {type: yes_no}, day: {type: text}}"
        return [*lines, f"    columns: {columns}"]

    def columns(self, count: int) -> dict[str, list[str]]:
        """Return the columns of the table that the input `n` is read from."""
        return {f"n_{key}": self.figures(count) for key in self.keys}

    def input(self) -> str:
        """Return the line of the input over the list."""
        if self.rng.random() < 0.5:
            return '  n: {columns: "n_{item}", over: things, min: 0}'
        named = ", ".join(f"'{key}': 'n_{key}'" for key in self.keys)
        return f"  n: {{columns: {{{named}}}, over: things, min: 0}}"

    def item(self, figure: Callable[[], str], depth: int = 1) -> str:
        """Return a formula with a figure for each item and district, hardly ever missing."""
        rng = self.rng
        if depth == 0:
            return rng.choice(["n", "n", *self.over])
        inner = lambda: self.item(figure, depth - 1)  # noqa: E731
        return rng.choice(
            [
                lambda: f"things.w * ({inner()})",
                lambda: f"({inner()} + {figure()})",
                lambda: f"if({self.mark()}, {inner()}, {rng.choice(['0', 'things.w', figure()])})",
                lambda: f"max(0, {inner()} - {rng.choice(['things.w', figure(), self.number()])})",
                lambda: f"({inner()}) / (sum({inner()}) + 1)",
                lambda: f"rank({inner()}) * 1",
                lambda: f"rank({inner()}, over=things) * 1",
                lambda: f"sum({inner()}, by=region)",
                lambda: f"sum({inner()}, over=things, by=things.kind)",
                lambda: f"abs({inner()} - mean({inner()}, over=things))",
                lambda: f"coef[region] * ({inner()})",
                lambda: f"round({inner()} * 0.5)",
                lambda: f"sqrt({inner()})",
                lambda: f"({inner()} + {self.pick(figure)})",
                self.before,
                lambda: f"highest({inner()}) - {inner()} + highest({inner()})",
            ]
        )()

    def pick(self, figure: Callable[[], str], *, items: bool = True) -> str:
        """Return the figure of one item: written, or named by a column of the district or item."""
        rng = self.rng
        of = rng.choice(["n", "things.w", *filter(str.isidentifier, self.over)])
        named = f'"{rng.choice(self.keys)}"'
        other = f"if(flag, {named}, kind)"
        index = rng.choice([named, other, "key", "things.key" if items else other, figure()])
        text = f"{of}[{index}]"
        return f"if(missing({text}), 2, {text})"

    def before(self) -> str:
        """Return what the item before has; of the first something else."""
        of = self.rng.choice(["n", "things.w", *filter(str.isidentifier, self.over)])
        text = f"previous({of}{self.rng.choice(['', ', over=things'])})"
        return f"(n + if(missing({text}), {self.rng.choice(['1', 'n'])}, {text}))"

    def mark(self) -> str:
        """Return a statement about items, or about items and districts."""
        rng = self.rng
        return rng.choice(
            [
                "things.mark",
                f'things.kind {rng.choice(["==", "!="])} "{rng.choice(KINDS)}"',
                f"things.w {rng.choice(['>', '<='])} {self.number()}",
                f"n {rng.choice(['>', '<=', '=='])} {self.number()}",
                f'things.key {rng.choice(["==", "!="])} "{rng.choice(self.keys)}"',
                "things.mark and flag",
                "n > mean(n)",
            ]
        )

    def fold(self, figure: Callable[[], str]) -> str:
        """Return a formula that folds the list: one figure per district, or one for all."""
        rng, inner = self.rng, self.item(figure, self.rng.choice([0, 1, 2]))
        where = f", where={self.mark()}" if rng.random() < 0.5 else ""
        if rng.random() < 0.15:
            marked = f'if(things.mark["{rng.choice(self.keys)}"], 2, 3)'
            return rng.choice([self.pick(figure, items=False), marked])
        text = rng.choice(
            [
                f"sum({inner}, over=things{where})",
                f"sum({inner}, over=things{where})",
                f"sum(things.w, over=things{where})",
                f"mean({inner}, over=things, weights=things.w + 1)",
                f"count({self.mark()}, over=things)",
                f"lowest({inner}, over=things{where})",
                f"highest({inner}, over=things{where})",
                f"quantile({inner}, 0.25, over=things)",
                f"std({inner}, over=things)",
                f"sum(sum({inner}), over=things{where})",
                f"sum(minmax({inner}), over=things{where})",
            ]
        )
        return f"if(missing({text}), 1, {text})"
