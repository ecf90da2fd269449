"""Random divisions: grants, stages and outputs, with their money, bounds and rounding."""

from __future__ import annotations

from fractions import Fraction

from tests.reference.random_formulas import FormulaWriter

ROUNDINGS = ("largest_remainder", "webster", "half_up")


class DivisionWriter(FormulaWriter):
    """Writes divisions into a document."""

    levy = drawn = False
    """Whether the grant being written takes money in, and whether a reserve pays it."""

    def outcome_names(self, name: str, *, paid: bool, claimed: bool = False) -> None:
        """Make the outcome of a division usable below, as figures without a unit."""
        bare = " / yuan * 1" if paid else ""
        self.positive += [f"(max(0, {name}){bare})", f"(max(0, {name}.entitlement){bare})"]
        self.positive.append(f"(max(0, {name}.rate){' * 1' if claimed else bare})")
        self.marks += [f"{name}.at_floor", f"{name}.at_cap"]

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
        method = rng.choice(["share", "share", "factors", "factors", "claim", "claim", "level"])
        self.levy = paid and method in ("share", "factors") and self.chance(0.2)
        self.drawn = paid and not self.levy and bool(self.reserves) and self.chance(0.25)
        if self.chance(0.4):
            self.entry("eligible", f"'{self.statement()}'")
        if paid:
            self.purses(name, method)
        money = paid or whole
        within = self.within(method, money)
        if not within:
            self.pool(method, money)
        {"share": self.share, "factors": self.factors, "claim": self.claim, "level": self.level}[
            method
        ](within, money)
        self.bounds(money)
        if paid and self.reserves and not self.levy and self.chance(0.65):
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
        self.levy = self.drawn = False
        return method

    def purses(self, name: str, method: str) -> None:
        """Say what a grant is paid out of, and where goes what districts pay in."""
        if self.drawn:
            self.entry("draw", self.rng.choice(self.reserves))
            self.locked.add(name)
        if not self.levy and (method != "claim" or self.chance(0.35)):
            return
        purses = ["none", *self.reserves * 2, *(["budget"] if self.has_budget else [])]
        purse = self.rng.choice(purses if self.levy else [*purses, "pool", "pool"])
        self.entry("contributions", purse)
        if purse != "none":
            self.locked.add(name)

    def pool(self, method: str, paid: bool) -> None:
        rng = self.rng
        if method == "claim" and self.chance(0.4):
            return
        if paid and not self.levy and (self.has_budget or self.drawn) and self.chance(0.4):
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
        self.entry("collect" if self.levy else "pool", f"'{rng.choice(formulas)}'")

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
            key = "collect" if self.levy else "pool"
            self.entry(key, f"'sum({self.figure(1)}, by={by}) * {self.ratio()}'")
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
        if self.reserves and not self.levy and self.chance(0.4):
            self.entry("unspent", self.rng.choice(self.reserves))
            self.locked.add(name)

    def replacing(self) -> None:
        if self.grants and self.chance(0.2) and not self.draws:
            replaced = self.rng.choice(self.grants)
            if replaced not in self.replaced | self.locked:
                self.replaced.add(replaced)
                self.entry("replaces", replaced)
