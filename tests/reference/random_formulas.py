"""Random formulas of a document, over the names that it has so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from tests.reference.random_lists import RandomList

REGIONS = ("A", "B", "C")
_SHARES = ("0", "0.25", "50%", "0.9", "1", "p")


@dataclass
class FormulaWriter:
    """Writes formulas, remembering the names that a document may use."""

    rng: Random
    lines: list[str] = field(default_factory=list)
    positive: list[str] = field(default_factory=list)  # columns that are never missing nor negative
    signed: list[str] = field(default_factory=list)  # may be negative
    holed: list[str] = field(default_factory=list)  # may be missing
    texts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    marks: list[str] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)  # by region
    steps: list[str] = field(default_factory=list)
    points: list[str] = field(default_factory=list)
    singles: list[str] = field(default_factory=list)  # one figure for all, not negative
    grants: list[str] = field(default_factory=list)
    replaced: set[str] = field(default_factory=set)
    reserves: list[str] = field(default_factory=list)
    locked: set[str] = field(default_factory=set)  # grants that moved money of a reserve
    has_budget: bool = False
    draws: bool = False  # the budget draws on a reserve
    list: RandomList | None = None
    solving: bool = False  # a parameter is solved for, and nothing is rejected meanwhile

    # -- helpers -------------------------------------------------------------------------------

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def add(self, text: str) -> None:
        self.lines.append(text)

    def number(self) -> str:
        """Return a number as a document writes it: small, often a tie or a threshold."""
        rng = self.rng
        return rng.choice(
            [
                str(rng.randint(0, 6)),
                str(rng.randint(0, 6)),
                str(rng.randint(1, 30)),
                f"{rng.randint(0, 30)}.{rng.choice(['5', '25', '1', '125', '3'])}",
                f"0.{rng.randint(0, 9)}",
            ]
        )

    def ratio(self) -> str:
        """Return a number to multiply with, perhaps a percentage."""
        percentage = f"{self.rng.choice([5, 10, 25, 33, 100, 120])}%"
        return percentage if self.chance(0.2) else self.number()

    def money(self, size: str | None = None) -> str:
        """Return an amount: small, middling, or near the edge of what is exact in floats."""
        rng = self.rng
        size = size or rng.choice(["small"] * 6 + ["middle"] * 3 + ["large"] + ["none"])
        if size == "none":
            return "0"
        if size == "small":
            return rng.choice(
                [str(rng.randint(0, 60)), f"{rng.randint(0, 60)}.{rng.randint(0, 99)}"]
            )
        if size == "middle":
            return str(rng.randint(100, 100_000))
        return str(rng.randint(10**9, 10 ** rng.randint(10, 16)))

    # -- formulas ------------------------------------------------------------------------------

    def figure(self, depth: int = 2) -> str:
        """Return a formula per district that is never missing (hardly ever) nor negative."""
        rng = self.rng
        if depth == 0 or self.chance(0.2):
            return rng.choice(self.positive)
        inner = lambda: self.figure(depth - 1)  # noqa: E731
        choices = [
            lambda: f"({inner()} + {inner()})",
            lambda: f"{inner()} * {self.ratio()}",
            lambda: f"({inner()}) / ({inner()} + {rng.randint(1, 3)})",
            lambda: f"max(0, {self.difference(depth - 1)})",
            lambda: f"abs({self.difference(depth - 1)})",
            lambda: f"min({inner()}, {self.number()})",
            lambda: f"clip({self.difference(depth - 1)}, 0, {inner()})",
            lambda: f"if({self.statement(depth - 1)}, {inner()}, {inner()})",
            lambda: f"{rng.choice(self.tables)}[region] * ({inner()})",
            lambda: f"if(missing(gap), {rng.choice(['0', '1', inner()])}, abs(gap))",
            lambda: f"{self.rounding()}",
            lambda: f"sqrt({inner()})",
            lambda: f"({inner()}) ^ {rng.choice(['2', '0', '3', '0.5'])}",
            lambda: f"exp(-({inner()}) / 10) * 1",
            lambda: f"log({inner()} + 1) * 1",
            lambda: self.aggregate(depth - 1),
            lambda: self.aggregate(depth - 1),
            lambda: f"rank({inner()}{self.options(by=True, where=False)}) * 1",
            lambda: f"minmax({inner()}{self.options(by=True, where=False)})",
            lambda: f"abs(zscore({inner()}{self.options(by=True, where=False, weights=True)}))",
        ]
        if self.steps:
            function = rng.choice(["step", "marginal"])
            choices.append(lambda: f"{function}({inner()}, {rng.choice(self.steps)}) * 1")
        if self.list is not None:
            fold = self.list.fold
            choices += [lambda: fold(lambda: rng.choice(self.positive))] * 6
        if self.points:
            choices.append(lambda: f"interpolate({inner()}, {rng.choice(self.points)})")
        return rng.choice(choices)()

    def rounding(self) -> str:
        rng = self.rng
        function = rng.choice(["round", "round", "round_up", "round_down"])
        option = rng.choice(
            ["", "", ", digits=1", ", digits=2", ", 1", ", to=5", ", to=0.5", ", digits=-1"]
        )
        return f"{function}({self.figure(1)} * {rng.choice(['0.1', '0.5', '2.5', '1'])}{option})"

    def difference(self, depth: int = 1) -> str:
        """Return a formula that may be negative."""
        rng = self.rng
        if self.signed and self.chance(0.3):
            return rng.choice(self.signed)
        return f"{self.figure(depth)} - {rng.choice([self.figure(depth), self.number()])}"

    def options(self, *, by: bool = True, where: bool = True, weights: bool = False) -> str:
        rng, text = self.rng, ""
        if by and self.chance(0.35):
            text += f", by={rng.choice([*self.texts, 'region', 'flag', 'x'])}"
        if where and self.chance(0.3):
            text += f", where={self.statement(0)}"
        if weights and self.chance(0.4):
            text += f", weights={rng.choice(self.positive)} + 1"
        return text

    def aggregate(self, depth: int = 1) -> str:
        """Return an aggregate that is not negative; 1 where nobody is covered."""
        rng, inner = self.rng, self.figure(max(0, depth - 1))
        text = rng.choice(
            [
                f"sum({inner}{self.options()})",
                f"mean({inner}{self.options(weights=True)})",
                f"share({inner} + 1{self.options()})",
                f"count({self.statement(0)}{self.options(where=False)})",
                f"lowest({inner}{self.options()})",
                f"highest({inner}{self.options()})",
                f"quantile({inner}, {rng.choice(_SHARES)}{self.options()})",
                f"std({inner}{self.options(weights=True)})",
                f"cv({inner} + 1{self.options(weights=True)})",
                f"cv_sample({inner} + 1{self.options()})",
                f"gini({rng.choice([inner, inner, *self.signed])}{self.options(weights=True)}) * 1",
                f"gini({inner}{self.options()}) * 1",
                f"theil({self.figure(0)}{self.options(weights=True)}) * 1",
                f"theil({rng.choice(self.signed)}{self.options()}) * 1",
                "sum(gap, where=not missing(gap))",
                "mean(abs(gap), where=not missing(gap), by=region)",
            ]
        )
        return f"if(missing({text}), 1, {text})" if self.chance(0.8) else text

    def statement(self, depth: int = 1) -> str:
        """Return a statement per district."""
        rng = self.rng
        choices = [
            lambda: rng.choice(self.marks),
            lambda: f'region {rng.choice(["==", "!=", "=", "<>"])} "{rng.choice(REGIONS)}"',
            lambda: f"{rng.choice(self.positive)} {self.operator()} {self.number()}",
            lambda: f"{rng.choice(self.positive)} {self.operator()} {rng.choice(self.positive)}",
            lambda: f"{rng.choice(self.positive)} * 0.1 + 0.2 {self.operator()} 0.3",
            lambda: f'key {rng.choice(["==", "!="])} "01"',
        ]
        if depth:
            choices += [
                lambda: f"({self.statement(0)} and {self.statement(0)})",
                lambda: f"({self.statement(0)} or {self.statement(0)})",
                lambda: f"not ({self.statement(0)})",
                lambda: "missing(gap)",
                lambda: f"{self.figure(1)} {self.operator()} {self.figure(1)}",
                lambda: f"{self.figure(1)} / 3 * 3 {self.operator()} {self.figure(1)}",
                lambda: f"rank({self.figure(1)}) <= {rng.randint(1, 3)}",
                lambda: f"({self.figure(0)} - mean({self.figure(0)})) ^ 2 {self.operator()} 1",
            ]
        return rng.choice(choices)()

    def operator(self) -> str:
        return self.rng.choice(["==", "!=", "<", "<=", ">", ">=", "<=", ">="])
