"""Entries of a document with any of the keys they may have, each with a value of about its kind."""

from __future__ import annotations

from random import Random

from tests.fuzz import words
from tests.fuzz.formulas import FIGURES, NAMES, Formulas
from transfers.documents.keys import Key, Part
from transfers.documents.model_appraisals import Appraisal
from transfers.documents.model_lists import ItemTable
from transfers.documents.model_promises import Promise, Waiver
from transfers.documents.model_services import ServiceList
from transfers.documents.models import (
    Budget,
    Grant,
    Input,
    Money,
    Output,
    Parameter,
    Quantity,
    Solve,
)

SECTIONS: dict[str, type[Part]] = {
    "lists": ItemTable,
    "inputs": Input,
    "parameters": Parameter,
    "service_lists": ServiceList,
    "appraisals": Appraisal,
    "quantities": Quantity,
    "grants": Grant,
    "outputs": Output,
    "promises": Promise,
    "waive": Waiver,
}
WHOLE: dict[str, type[Part]] = {"money": Money, "budget": Budget, "solve": Solve}
PROMISED = ("currency", "entry", "balance", "at_least", "n1", "curency", "sum")
SMALL = ("0", "1", "2", "3", "0.5", "10", "25%", "100", "-1", "20", "60%", "40%")
METHODS = (
    *("pool: 10, share: x", "pool: 10, share: {factors: {x: 60%, plain: 40%}}", "claim: x"),
    *("pool: 10, level: {own: x, per: 1}", "formula: x", "value: 1", "pool: 7, share: 1"),
)


class Entries:
    """Writes entries from a source of chance, in flow style."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.formulas = Formulas(rng)

    def put_into(self, text: str) -> str:
        """Return a document with one more entry, or with another whole section."""
        rng = self.rng
        if rng.random() < 0.2:
            name = rng.choice(tuple(WHOLE))
            lines = [line for line in text.split("\n") if not line.startswith(f"{name}:")]
            return "\n".join([*lines, f"{name}: {self.part(WHOLE[name])}", ""])
        name = rng.choice(tuple(SECTIONS))
        called = PROMISED if name in ("promises", "waive") else ("n1", "n2", "新", "x", "N1", "sum")
        entry = f"  {rng.choice(called)}: {self.part(SECTIONS[name])}"
        heading = f"{name}:\n"
        if heading in text:
            return text.replace(heading, f"{heading}{entry}\n", 1)
        return f"{text}\n{heading}{entry}\n"

    def part(self, part: type[Part], depth: int = 0) -> str:
        """Return a mapping with some of the keys of a part."""
        rng = self.rng
        count = rng.choice((1, 1, 2, 2, 3, 4))
        chosen = rng.sample(tuple(part.keys), min(count, len(part.keys)))
        required = [name for name, key in part.keys.items() if key.default is ...]
        if rng.random() < 0.85:
            chosen = [*dict.fromkeys([*required, *chosen])]
        pairs = [f"{name}: {self.value(part.keys[name], depth)}" for name in chosen]
        if depth == 0 and rng.random() < 0.7:
            pairs.insert(0, rng.choice(METHODS))
        return "{" + ", ".join(pairs) + "}"

    def value(self, key: Key, depth: int) -> str:
        """Return what about fits behind a key."""
        rng = self.rng
        if rng.random() < 0.04:
            return rng.choice(("", "null", "[]", "{}", "[1]", "{a: 1}", "''", "x"))
        if key.part is not None and key.kind == "part":
            return self.part(key.part, depth + 1) if depth < 3 else "{}"
        match key.kind:
            case "formula":
                return self._formula()
            case "number" | "whole" | "digits":
                return rng.choice(SMALL if rng.random() < 0.8 else words.NUMBERS)
            case "choice":
                word = rng.choice(key.choices)
                return self.formulas.damaged(word) if rng.random() < 0.1 else word
            case "list" | "pair":
                return self._list(key, depth)
            case "mapping":
                if key.of is not None and key.of.kind == "mapping":
                    return rng.choice(("{a: {n1: 1, x: 2}, b: {n1: 3}}", "{a: , b: {x: y}}", "{}"))
                names = rng.sample(FIGURES, rng.choice((1, 2, 2)))
                return "{" + ", ".join(f"{n}: {rng.choice(SMALL)}" for n in {*names}) + "}"
            case "value":
                return self._parameter()
            case "columns":
                return rng.choice(("'sort_{item}'", "{a: pupils_a, b: 初中}", "'x'", "{a: [x, y]}"))
        texts = (words.UNITS, NAMES, ("t.csv", "kind", "amount", "edge", "d.csv", "A", "k", "code"))
        return "'" + rng.choice(rng.choice(texts)).replace("'", "''") + "'"

    def _formula(self) -> str:
        text = self.formulas.statement(self.rng.choice((0, 1, 1, 2)))
        return "'" + text.replace("'", "''").replace("\n", " ") + "'"

    def _list(self, key: Key, depth: int) -> str:
        count = self.rng.choice((0, 1, 2, 2, 2, 3))
        assert key.of is not None
        return "[" + ", ".join(self.value(key.of, depth + 1) for _ in range(count)) + "]"

    def _parameter(self) -> str:
        """Return a number, a text, a table, steps or points."""
        rng = self.rng
        kind = rng.randrange(6)
        if kind == 0:
            return rng.choice(words.NUMBERS)
        if kind == 1:
            return rng.choice(("A", "文字", "''", "B"))
        if kind == 2:
            return "{" + ", ".join(f"{c}: {rng.choice(SMALL)}" for c in "ABC") + "}"
        if kind == 3:
            inner = ", ".join(f"{c}: {rng.choice((*SMALL, '{I: 1}'))}" for c in ("I", "II"))
            return "{A: {" + inner + "}, B: {I: 1, II: 2}}"
        edges = rng.choice((("up_to",), ("below",), ("at",), ("up_to", "below", "at")))
        lines = [
            f"{{{rng.choice(edges)}: {n - rng.choice((0, 0, 0, 15))}, value: {rng.choice(SMALL)}}}"
            for n in range(0, rng.choice((0, 10, 20, 30, 50)), 10)
        ]
        if rng.random() < 0.5:
            lines.append(f"{{value: {rng.choice(SMALL)}}}")
        return "[" + ", ".join(lines) + "]"
