"""Small random policies with their tables, for comparing the engine with the reference.

Every document is complete and valid: a policy as YAML and a table as csv. Figures are small whole
numbers and short decimals, so that ties, zeros, thresholds met exactly and bounds that bind are
common rather than rare.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from random import Random

from tests.reference.random_appraisals import random_appraisal
from tests.reference.random_divisions import DivisionWriter
from tests.reference.random_formulas import REGIONS
from tests.reference.random_lists import RandomList
from tests.reference.random_services import YEAR, random_services


@dataclass(frozen=True)
class RandomDocument:
    """A policy and its table, as text.

    Parameters
    ----------
    others : bool
        Whether the file has rows of other cohorts as well, which the policy leaves out.
    """

    policy: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    others: bool = False

    def table(self, order: list[int] | None = None) -> str:
        """Return the table as csv, its rows in another order if one is given."""
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        rows = self.rows if order is None else [self.rows[i] for i in order]
        if self.others:
            writer.writerow((*self.header, "Year (cohort)"))
            junk = ("?",) * (len(self.header) - 1)
            for n, row in enumerate(rows):
                writer.writerows([(row[0], *junk, "2016"), (*row, "2018.0")][:: (-1) ** n])
        else:
            writer.writerow(self.header)
            writer.writerows(rows)
        return stream.getvalue()

    def with_others(self) -> RandomDocument:
        """Return the same with rows of other cohorts in the file."""
        table = "{file: districts.csv, key: code, name: name"
        assert self.policy.count(table) == 1
        rows = f"{table}, rows: Year_cohort == year + 1"
        year = "" if "\nyear: 2017\n" in self.policy else "year: 2017\n"
        policy = year + self.policy.replace(table, rows)
        return replace(self, policy=policy, others=True)

    def write(self, folder: Path) -> Path:
        """Write both files; return the path of the policy."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "districts.csv").write_text(self.table(), encoding="utf-8")
        (folder / "policy.yaml").write_text(self.policy, encoding="utf-8")
        return folder / "policy.yaml"

    def with_figures(self, figures: Mapping[tuple[int, str], str]) -> RandomDocument:
        """Return the same with other cells in the table, by row and column."""
        places = {name: at for at, name in enumerate(self.header)}
        rows = [list(row) for row in self.rows]
        for (row, column), text in figures.items():
            rows[row][places[column]] = text
        return replace(self, rows=tuple(map(tuple, rows)))

    def figure_path(self, row: int, column: str, *, by_name: bool) -> str:
        """Return the path of a figure of the table, by the district's key or its name."""
        name, _, item = column.partition("_")
        district = self.rows[row][1 if by_name else 0]
        return ".".join(("inputs", name, *([item] if item else []), district))


def random_document(seed: int) -> RandomDocument:
    """Return document number `seed`; every fifth has rows that are left out."""
    document = _Writer(Random(seed), Random(f"services {seed}"), seed).document()
    return document.with_others() if seed % 5 == 0 else document


def random_moves(seed: int, paths: list[str], count: int) -> list[dict[str, Fraction]]:
    """Return scenarios that each move a few numbers of a document.

    Weights of factors stay: alone they would no longer add up to 1. So does the year, by which
    rows were read.
    """
    rng = Random(seed)
    movable = [path for path in paths if ".share.factors." not in path and path != "year"]
    scenarios: list[dict[str, Fraction]] = []
    for _ in range(count):
        chosen = rng.sample(movable, min(len(movable), rng.choice([0, 1, 1, 2, 4])))
        scenarios.append({path: Fraction(rng.choice(_MOVED)) for path in chosen})
    return scenarios


def random_figures(
    seed: int, document: RandomDocument, count: int
) -> list[dict[tuple[int, str], str]]:
    """Return figures that scenarios move, a few each, by row and column of the table."""
    rng = Random(seed)
    words = {"region": REGIONS, "flag": ("是", "否"), "kind": ("p", "q", "")}
    cells = [(row, name) for row in range(len(document.rows)) for name in document.header[2:]]
    scenarios: list[dict[tuple[int, str], str]] = []
    for _ in range(count):
        chosen = rng.sample(cells, min(len(cells), rng.choice([0, 1, 1, 2, 6])))
        figures = {}
        for row, name in chosen:
            allowed = words.get(name, (*_MOVED, "") if name == "gap" else _MOVED)
            figures[row, name] = rng.choice(allowed)
        scenarios.append(figures)
    return scenarios


_MOVED = ("0", "1", "2", "3", "5", "7.5", "10", "13", "0.1", "0.5", "1.3", "100", "1000.25", "0.25")


class _Writer(DivisionWriter):
    """Writes one document, section after section."""

    def __init__(self, rng: Random, of_services: Random, seed: int) -> None:
        super().__init__(rng)
        self.of_services = of_services
        self.of_appraisals = Random(f"appraisals {seed}")

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
        for section in (self.parameters, self.services, self.appraisals, self.quantities):
            section()
        self.all_reserves()
        self.budget()
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
        self.add(f"  people: {{unit: {rng.choice(['人', '人', '千人', '万人'])}, min: 0}}")
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
        self.made_units()
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

        if self.chance(0.35):
            self.by_category()

    def made_units(self) -> None:
        """Use figures whose unit a formula makes: beside numbers, in roundings and in brackets."""
        rng, per_head = self.rng, "last / (people + 1)"
        if self.chance(0.4):
            self.marks.append(f"({per_head} {rng.choice(['>', '<=', '=='])} {rng.randint(0, 4)})")
        if self.chance(0.4):
            made = [f"round({per_head}, 1) * people / yuan * 1", f"sqrt({per_head} / standard) * 1"]
            made += [f"max({per_head} + 2, standard) / standard * 1", f"log({per_head} + 1) * 1"]
            self.positive.append(rng.choice(made))

    def by_category(self) -> None:
        """Have brackets and points of each region, and brackets that some kinds lack."""
        rng = self.rng

        def lines(word: str, least: int) -> str:
            edges = sorted(rng.sample(range(0, 12), rng.randint(least, 3)))
            written = [f"{{{word}: {edge}, value: {self.number()}}}" for edge in edges]
            beyond = [] if word == "at" else [f"{{value: {self.number()}}}"]
            return f"[{', '.join([*written, *beyond])}]"

        for name, word in (("bands", rng.choice(["up_to", "below"])), ("tapers", "at")):
            tables = ", ".join(f"{region}: {lines(word, 1)}" for region in REGIONS)
            self.add(f"  {name}: {{{tables}}}")
        self.add(f"  some: {{p: {lines('up_to', 0)}}}")
        self.steps += ["bands[region]", 'bands["B"]']
        self.points += ["tapers[region]", 'tapers["C"]']
        self.positive.append("if(missing(step(x, some[kind])), 3, step(x, some[kind]))")
        if self.list is not None:
            keys = ", ".join(f"'{key}': {lines('up_to', 1)}" for key in self.list.keys)
            self.add(f"  ofitem: {{{keys}}}")
            self.list.over.append("step(n, ofitem[things.key])")

    # -- lists of services ---------------------------------------------------------------------

    def services(self) -> None:
        """Take the items of the list for services, in half of the documents that have one."""
        if self.list is None or self.of_services.random() < 0.5:
            return
        services = random_services(self.of_services)
        if services.has_year:
            self.lines.insert(1, f"year: {YEAR}")
        self.lines += services.lines
        self.list.over += services.over
        self.positive += services.positive
        self.marks += services.marks

    # -- appraisals ----------------------------------------------------------------------------

    def appraisals(self) -> None:
        """Appraise the districts by a list of its own, in a third of the documents."""
        if self.of_appraisals.random() < 0.67:
            return
        appraisal = random_appraisal(self.of_appraisals)
        if "lists:" in self.lines:
            at = self.lines.index("lists:") + 1
        else:
            at = self.lines.index("inputs:") + 1
            self.lines.insert(at - 1, "lists:")
        self.lines[at:at] = appraisal.lists
        self.lines += appraisal.lines
        self.positive += appraisal.positive
        self.marks += appraisal.marks

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
                f"{name}.contributed / (sum(abs(total)) + yuan)",
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
