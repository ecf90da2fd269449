"""Small random policies with their tables, for comparing the engine with the reference.

Every document is complete and valid: a policy as YAML and a table as csv. Figures are small whole
numbers and short decimals, so that ties, zeros, thresholds met exactly and bounds that bind are
common rather than rare.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from random import Random

from tests.reference.random_lists import RandomList

REGIONS = ("A", "B", "C")
ROUNDINGS = ("largest_remainder", "webster", "half_up")


@dataclass(frozen=True)
class RandomDocument:
    """A policy and its table, as text."""

    policy: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def table(self, order: list[int] | None = None) -> str:
        """Return the table as csv, its rows in another order if one is given."""
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(self.header)
        writer.writerows(self.rows if order is None else [self.rows[i] for i in order])
        return stream.getvalue()

    def write(self, folder: Path) -> Path:
        """Write both files; return the path of the policy."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "districts.csv").write_text(self.table(), encoding="utf-8")
        (folder / "policy.yaml").write_text(self.policy, encoding="utf-8")
        return folder / "policy.yaml"


def random_document(seed: int) -> RandomDocument:
    """Return document number `seed`."""
    return _Writer(Random(seed)).document()


def random_moves(seed: int, paths: list[str], count: int) -> list[dict[str, Fraction]]:
    """Return scenarios that each move a few numbers of a document.

    Weights of factors stay: alone they would no longer add up to 1.
    """
    rng = Random(seed)
    movable = [path for path in paths if ".share.factors." not in path]
    scenarios: list[dict[str, Fraction]] = []
    for _ in range(count):
        chosen = rng.sample(movable, min(len(movable), rng.choice([0, 1, 1, 2, 4])))
        scenarios.append({path: Fraction(rng.choice(_MOVED)) for path in chosen})
    return scenarios


_SHARES = ("0", "0.25", "50%", "0.9", "1", "p")
_MOVED = ("0", "1", "2", "3", "5", "7.5", "10", "13", "0.1", "0.5", "1.3", "100", "1000.25", "0.25")


@dataclass
class _Writer:
    """Writes one document, section after section, remembering the names it may use."""

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

    # -- the document --------------------------------------------------------------------------

    def document(self) -> RandomDocument:
        rng = self.rng
        self.add("policy: random")
        self.quantum = rng.choice(["1", "1", "1", "0.01", "0.5", "0.25"])
        self.unit = rng.choice(["元", "元", "万元", "百万元"])
        self.solving = self.chance(0.06)
        self.add(f"money: {{currency: CNY, unit: {self.unit}, quantum: {self.quantum}}}")
        self.add("districts: {file: districts.csv, key: code, name: name}")
        if self.chance(0.4):
            self.list = RandomList(rng, self.figures, self.number)
            self.lines += self.list.section()
        header, rows = self.inputs()
        sections = [self.parameters, self.quantities, self.all_reserves, self.budget]
        for section in sections:
            section()
        self.all_grants()
        self.outputs()
        self.rules()
        if self.solving:
            self.solve()
        return RandomDocument("\n".join(self.lines) + "\n", header, rows)

    # -- inputs --------------------------------------------------------------------------------

    def inputs(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        rng = self.rng
        count = rng.choice([1, 2, 2, 3, 3, 4, 4, 5, 6, 7, 8])
        columns: dict[str, list[str]] = {}
        self.add("inputs:")
        for name in ("x", "y", "z")[: rng.randint(2, 3)]:
            columns[name] = self.figures(count)
            self.add(f"  {name}: {{min: 0}}")
            self.positive.append(name)
        columns["own"] = self.figures(count, negative=True)
        self.add("  own:")
        self.signed.append("own")
        columns["gap"] = self.figures(count, negative=self.chance(0.3), missing=True)
        self.add("  gap: {nil: missing}" if self.chance(0.5) else "  gap:")
        self.holed.append("gap")
        columns["region"] = [rng.choice(REGIONS) for _ in range(count)]
        self.add("  region: {one_of: [A, B, C]}")
        self.texts["region"] = REGIONS
        columns["flag"] = [rng.choice(["是", "否"]) for _ in range(count)]
        self.add("  flag: {type: yes_no}")
        self.marks.append("flag")
        columns["kind"] = [rng.choice(["p", "q", "p", ""]) for _ in range(count)]
        self.add(f"  kind: {{type: text{rng.choice(['', ', default: p'])}}}")
        columns["people"] = self.figures(count)
        self.add("  people: {unit: 人, min: 0}")
        columns["last"] = self.figures(count)
        self.add(f"  last: {{unit: {rng.choice(['元', '万元', '亿元'])}, min: 0}}")
        if self.list is not None:
            columns.update(self.list.columns(count))
            self.add(self.list.input())
        keys = rng.sample(["01", "02", "10", "9", "a", "B", "é", "甲", "乙", "Z"], count)
        names = [f"n{i}" for i in range(count)]
        header = ("code", "name", *columns)
        rows = tuple(zip(keys, names, *columns.values(), strict=True))
        return header, rows

    def figures(self, count: int, *, negative: bool = False, missing: bool = False) -> list[str]:
        rng = self.rng
        style = rng.choice(["ties", "small", "decimals", "wide", "fine"])
        column = []
        for _ in range(count):
            if missing and self.chance(0.3):
                column.append(rng.choice(["", "—"]))
                continue
            text = {
                "ties": lambda: str(rng.randint(0, 2)),
                "small": lambda: str(rng.randint(0, 9)),
                "decimals": lambda: f"{rng.randint(0, 9)}.{rng.randint(0, 99)}",
                "wide": lambda: str(rng.choice([0, 1, 7, 1000, 12345, 10**6])),
                "fine": lambda: f"{rng.randint(0, 3)}.{rng.randint(0, 999):03d}",
            }[style]()
            sign = "-" if negative and self.chance(0.35) and text.strip("0.") else ""
            column.append(sign + text)
        return column

    # -- parameters ----------------------------------------------------------------------------

    def parameters(self) -> None:
        rng = self.rng
        self.add("parameters:")
        for name in ("p", "r")[: rng.randint(1, 2)]:
            self.add(f"  {name}: {self.ratio()}")
            self.singles.append(name)
        self.add(f"  yuan: {{value: 1, unit: {self.unit}}}")
        self.add(f"  standard: {{value: {self.number()}, unit: {rng.choice(['元', '万元'])}/人}}")
        if self.solving:
            self.add("  rate: 1")
        for name in ("coef", "part")[: rng.randint(1, 2)]:
            entries = ", ".join(f"{region}: {self.ratio()}" for region in REGIONS)
            self.add(f"  {name}: {{{entries}}}")
            self.tables.append(name)
        if self.chance(0.3):
            rows = ", ".join(f"{r}: {{p: {self.number()}, q: {self.number()}}}" for r in REGIONS)
            self.add(f"  grid: {{{rows}}}")
            self.positive.append("if(missing(grid[region][kind]), 1, grid[region][kind])")
        if self.chance(0.3):
            self.add(f"  count_table: {{0: {self.number()}, 1: {self.number()}, 2.5: 4, 7: 0.5}}")
            self.positive.append("if(missing(count_table[x]), 2, count_table[x])")
        if self.chance(0.6):
            self.add("  ladder:")
            edges = sorted(rng.sample(range(0, 12), rng.randint(1, 4)))
            for edge in edges:
                bound = rng.choice(["up_to", "below"])
                self.add(f"    - {{{bound}: {edge}, value: {self.number()}}}")
            self.add(f"    - {{value: {self.number()}}}")
            self.steps.append("ladder")
        if self.chance(0.4):
            self.add("  line:")
            for edge in sorted(rng.sample(range(0, 12), rng.randint(1, 4))):
                self.add(f"    - {{at: {edge}.5, value: {self.number()}}}")
            self.points.append("line")

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

    # -- quantities ----------------------------------------------------------------------------

    def quantities(self) -> None:
        self.add("quantities:")
        self.add(f"  q0: {self.figure(1)}")
        self.positive.append("q0")
        for number in range(1, self.rng.randint(1, 4)):
            name = f"q{number}"
            if self.chance(0.3):
                self.stage(f"s{number}")
                continue
            if self.list is not None and self.chance(0.5):
                formula = self.list.item(lambda: self.rng.choice(self.positive), 2)
                self.add(f"  {name}: '{formula.replace(chr(39), chr(34))}'")
                self.list.over.append(name)
                continue
            if self.chance(0.2):
                labels = ("hi", "lo")
                self.add(f'  {name}: \'if({self.statement()}, "hi", "lo")\'')
                self.texts[name] = labels
            elif self.chance(0.2):
                self.add(f"  {name}: '{self.difference(2)}'")
                self.signed.append(name)
            elif self.chance(0.15):
                self.add(f"  {name}: '{self.statement(1)}'")
                self.marks.append(name)
            else:
                self.add(f"  {name}: '{self.figure(2)}'")
                self.positive.append(name)
        if self.chance(0.35):
            self.stage("st")

    def stage(self, name: str) -> None:
        self.add(f"  {name}:")
        method = self.division(name, paid=False)
        self.outcome_names(name, paid=False, claimed=method == "claim")

    def outcome_names(self, name: str, *, paid: bool, claimed: bool = False) -> None:
        """Make the outcome of a division usable below, as figures without a unit."""
        bare = " / yuan * 1" if paid else ""
        self.positive += [f"(max(0, {name}){bare})", f"(max(0, {name}.entitlement){bare})"]
        self.positive.append(f"(max(0, {name}.rate){' * 1' if claimed else bare})")
        self.marks += [f"{name}.at_floor", f"{name}.at_cap"]

    def budget(self) -> None:
        if self.chance(0.45):
            self.has_budget = True
            formula = self.rng.choice([self.money(), self.money(), f"sum({self.figure(1)}) * 3"])
            parts = [f"amount: '{formula}'"]
            if self.reserves and self.chance(0.5):
                self.draws = True
                parts.append(f"draw: {self.rng.choice(self.reserves)}")
            if self.reserves and self.chance(0.5):
                parts.append(f"remainder: {self.rng.choice([*self.reserves, 'none'])}")
            self.add(f"budget: {{{', '.join(parts)}}}")

    def all_reserves(self) -> None:
        """Have money beside the budget: little or much, perhaps only up to a limit."""
        if not self.chance(0.4):
            return
        self.add("reserves:")
        for number in range(1, self.rng.choice([2, 2, 3])):
            name = f"r{number}"
            parts = []
            for key, share in (("opening", 0.85), ("inflow", 0.4), ("limit", 0.25)):
                if self.chance(share):
                    formula = f"sum({self.figure(1)}) * {self.ratio()}"
                    formula = formula if self.chance(0.3) else self.money()
                    parts.append(f"{key}: '{formula}'")
            self.add(f"  {name}: {{{', '.join(parts)}}}")
            self.reserves.append(name)
            self.singles += [f"min(30, {name}.{part} / yuan)" for part in ("opening", "inflow")]

    # -- grants and stages ---------------------------------------------------------------------

    def all_grants(self) -> None:
        self.add("grants:")
        if self.solving:
            self.add("  g0:")
            self.entry("claim", f"'rate * ({self.figure(1)})'")
            self.entry("if_short", "scale")
            self.grants.append("g0")
        for number in range(1, self.rng.choice([2, 2, 3, 3, 4])):
            name = f"g{number}"
            self.add(f"  {name}:")
            if self.chance(0.3):
                self.entry("kind", self.rng.choice(["special", "special", "general"]))
            method = self.division(name, paid=True)
            self.grants.append(name)
            self.outcome_names(name, paid=True, claimed=method == "claim")

    def entry(self, key: str, value: str) -> None:
        self.add(f"    {key}: {value}")

    def division(self, name: str, *, paid: bool, whole: bool = False) -> str:
        """Write a grant, a stage or, in whole quanta, an output; return how it divides."""
        rng = self.rng
        method = rng.choice(["share", "share", "factors", "factors", "claim", "level"])
        if self.chance(0.4):
            self.entry("eligible", f"'{self.statement()}'")
        money = paid or whole
        within = self.within(method, money)
        if not within:
            self.pool(method, money)
        {"share": self.share, "factors": self.factors, "claim": self.claim, "level": self.level}[
            method
        ](within, money)
        self.bounds(money)
        if paid and self.reserves and self.chance(0.65):
            names = rng.sample(self.reserves, rng.randint(1, len(self.reserves)))
            last = ["scale"] if self.solving else rng.choice([[], ["scale"], ["scale"], ["reject"]])
            self.entry("if_short", f"[{', '.join([*names, *last])}]")
            self.locked.add(name)
        elif self.solving:
            self.entry("if_short", "scale")
        elif self.chance(0.55):
            self.entry("if_short", rng.choice(["scale", "[scale]", "reject", "[scale, reject]"]))
        if money:
            self.payment()
        if paid:
            self.returning(name)
            self.replacing()
        return method

    def pool(self, method: str, paid: bool) -> None:
        rng = self.rng
        if method == "claim" and self.chance(0.4):
            return
        if paid and self.has_budget and self.chance(0.4):
            self.entry("pool", "remainder")
            return
        formulas = [
            self.money(),
            self.money(),
            f"sum({self.figure(1)}) * {self.ratio()}",
            f"{rng.choice(self.singles)} * 10",
            f"count() * {rng.randint(0, 9)}.5",
            f"highest({self.figure(1)}) * 2",
        ]
        if paid and self.has_budget:
            formulas.append("budget * 0.3")
        self.entry("pool", f"'{rng.choice(formulas)}'")

    def within(self, method: str, paid: bool) -> bool:
        rng = self.rng
        if not self.chance(0.22):
            return False
        by = rng.choice([*self.texts, "region", "flag", "x"])
        if self.chance(0.6):
            share = rng.choice(
                [
                    f"sum({self.figure(1)}, by={by})",
                    "1",
                    f"count(by={by})",
                    *([f"{rng.choice(self.tables)}[region]"] if by == "region" else []),
                ]
            )
            self.pool("share", paid)
            self.entry("within", f"{{by: {by}, share: '{share}'}}")
        else:
            self.entry("pool", f"'sum({self.figure(1)}, by={by}) * {self.ratio()}'")
            self.entry("within", by)
        return True

    def share(self, within: bool, paid: bool) -> None:
        if self.chance(0.75):
            self.entry("share", f"'{self.figure(2)}'")
        else:
            self.entry("share", f"{{formula: '{self.figure(1)}', coefficient: '{self.figure(1)}'}}")

    def factors(self, within: bool, paid: bool) -> None:
        rng = self.rng
        names = [*(name for name in self.positive if name.isidentifier()), "people", "last"]
        names = rng.sample(names, min(len(names), rng.randint(1, 3)))
        cuts = sorted(rng.sample(range(1, 20), len(names) - 1))
        weights = [b - a for a, b in zip([0, *cuts], [*cuts, 20], strict=True)]
        parts = ", ".join(f"{n}: {5 * w}%" for n, w in zip(names, weights, strict=True))
        text = f"factors: {{{parts}}}"
        if self.chance(0.4):
            coefficient = rng.choice([f"{rng.choice(self.tables)}[region]", self.figure(1)])
            text += f", coefficient: '{coefficient}'"
        self.entry("share", f"{{{text}}}")

    def claim(self, within: bool, paid: bool) -> None:
        formulas = [self.figure(2), self.figure(1), self.difference(1), f"{self.figure(1)} * 0.5"]
        if paid:
            formulas += ["standard * people", f"({self.figure(1)}) * yuan - last"]
        formula = self.rng.choice(formulas)
        self.entry("claim", f"'{formula}'")

    def level(self, within: bool, paid: bool) -> None:
        rng = self.rng
        own = rng.choice(
            [*self.positive, *self.signed, self.figure(1), *(["last"] if paid else [])]
        )
        per = rng.choice([*self.positive, f"{self.figure(1)} + 1", "1"])
        by = ""
        if not within and self.chance(0.35):
            by = f", by: {rng.choice([*self.texts, 'region', 'flag', 'x'])}"
        self.entry("level", f"{{own: '{own}', per: '{per}'{by}}}")

    def bounds(self, paid: bool) -> None:
        rng = self.rng
        scale = rng.choice(["0.1", "0.5", "1", "1", "3"])
        if self.chance(0.35):
            self.entry("floor", f"'{self.bound(scale, paid)}'")
        if self.chance(0.35):
            self.entry("cap", f"'{self.bound(rng.choice(['1', '2', '5', '20']), paid)}'")
        if self.chance(0.15):
            condition = self.statement(0)
            self.entry("fixed", f"'if({condition}, {self.figure(1)} * {scale}, none)'")

    def bound(self, scale: str, paid: bool) -> str:
        rng = self.rng
        return rng.choice(
            [
                *(["last", "120% * last", "if(last == 0, none, last)"] if paid else []),
                f"{self.figure(1)} * {scale}",
                f"({self.number()} + 0) * {scale}",
                "if(missing(gap), none, gap)",
                f"if({self.statement(0)}, none, {self.figure(1)} * {scale})",
                f"{rng.choice(self.positive)}",
                f"{self.difference(1)}",
            ]
        )

    def payment(self) -> None:
        rng = self.rng
        multiple = rng.choice([1, 1, 1, 2, 5, 10])
        quantum = Fraction(self.quantum) * multiple
        text = str(float(quantum)) if quantum.denominator > 1 else str(quantum)
        if self.chance(0.55):
            rule = rng.choice(ROUNDINGS)
            parts = [f"rule: {rule}"]
            if self.chance(0.25):
                parts = [f"to_most: {rng.choice(['x', 'y', 'own'])}"]
            if multiple > 1:
                parts.append(f"quantum: {text}")
            self.entry("rounding", f"{{{', '.join(parts)}}}")

    def returning(self, name: str) -> None:
        if self.reserves and self.chance(0.4):
            self.entry("unspent", self.rng.choice(self.reserves))
            self.locked.add(name)

    def replacing(self) -> None:
        if self.grants and self.chance(0.2) and not self.draws:
            replaced = self.rng.choice(self.grants)
            if replaced not in self.replaced | self.locked:
                self.replaced.add(replaced)
                self.entry("replaces", replaced)

    # -- outputs -------------------------------------------------------------------------------

    def outputs(self) -> None:
        rng = self.rng
        grant = rng.choice(self.grants)
        self.add("outputs:")
        formulas = [
            *self.divided_outputs(),
            f"total / ({rng.choice(self.positive)} + 1)",
            "rank(total)",
            "total.special - total",
            "if(total.general == total, 1, 0)",
            "if(sum(total) == 0, 0, total / sum(total))",
            f"{grant} - {grant}.entitlement",
            f"{grant}.at_floor or {grant}.at_cap",
            f"{grant}.rate",
            f'if({grant}.at_cap, "cap", "free")',
            f"{grant} == {grant}.entitlement",
            self.figure(2),
        ]
        for name in self.reserves:
            formulas += [
                f"{name}.closing - {name}.opening",
                f"{name}.drawn / ({name}.drawn + {name}.returned + yuan)",
                f"{name}.returned > {name}.inflow",
            ]
        for number, formula in enumerate(rng.sample(formulas, rng.randint(1, 4))):
            self.add(f"  o{number}: '{formula}'")

    def divided_outputs(self) -> list[str]:
        """Write outputs that divide; return formulas that use them."""
        formulas = []
        self.has_budget = False  # an output takes nothing from the budget
        for number in range(self.rng.choice([0, 0, 1, 1, 2])):
            name = f"d{number}"
            self.add(f"  {name}:")
            method = self.division(name, paid=False, whole=True)
            if method == "claim" and self.chance(0.4):
                self.entry("negative", "clawback")
            formulas += [f"{name}.entitlement - {name}", f"if({name}.at_cap, {name}.rate, 0)"]
            self.add(f"  rest{number}: {{formula: 'total - {name}', negative: clawback}}")
            self.outcome_names(name, paid=True, claimed=method == "claim")
        return formulas

    def rules(self) -> None:
        """Hold the outcome against statements, of districts and of the whole."""
        if self.chance(0.4):
            return
        self.add("rules:")
        for number in range(self.rng.randint(1, 4)):
            applies = f", applies: '{self.ruled()}'" if self.chance(0.4) else ""
            self.add(f"  c{number}: {{that: '{self.ruled()}'{applies}, level: hard}}")

    def ruled(self) -> str:
        rng, grant = self.rng, self.rng.choice(self.grants)
        other = rng.choice(self.grants)
        single = rng.choice([f"sum({grant})", "sum(total)", f"highest({other})", "sum(gap) * yuan"])
        return rng.choice(
            [
                f"{grant} {self.operator()} last",
                f"{grant} / last - 1 {self.operator()} {rng.choice(['0', '5%', '-10%'])}",
                f"{grant} {self.operator()} {other} and total {self.operator()} {grant}",
                f"total.general {self.operator()} total.special",
                f"{single} {self.operator()} {rng.choice(['90%', '1', '0.5'])} * sum({other})",
                f"{single} / sum({other}) >= 50%",
                f"sum(total.special) {self.operator()} sum(total) - sum(total.general)",
                f"abs(gap) {self.operator()} {self.number()}",
                f"cv(total + yuan) {self.operator()} cv(last + yuan)",
                f"{self.statement(1)}",
                f"{self.statement(1)} or missing(gap)",
                f"not ({self.statement(1)}) and {grant} {self.operator()} total",
                f"count({self.statement(1)}) {self.operator()} {rng.randint(0, 3)}",
            ]
        )

    def solve(self) -> None:
        """Have a parameter defined by what the first grant comes to."""
        rng = self.rng
        what = rng.choice(["sum(g0.entitlement)", "sum(g0)"])
        self.add(
            f"solve: {{parameter: rate, so_that: {what} == {self.number()}, "
            f"within: [0, {rng.choice(['8', '2.5', '100'])}], digits: {rng.randint(0, 6)}}}"
        )
