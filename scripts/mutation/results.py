"""What became of the mutants that were run, kept line by line."""

from __future__ import annotations

import json
import random
from typing import Any

from mutants import Mutant
from running import STATE

FILE, COUNTS, SAMPLE = (STATE / name for name in ("results.jsonl", "counts.json", "sample.json"))
Key = tuple[str, str, str, str, int]


class Results:
    """What became of each mutant, by what it changes; the last answer counts."""

    def __init__(self) -> None:
        self.found: dict[Key, dict[str, Any]] = {}
        self.counts: dict[str, int] = {}

    @classmethod
    def read(cls) -> Results:
        """Return what is known."""
        results = cls()
        if FILE.exists():
            for line in FILE.read_text(encoding="utf-8").splitlines():
                entry = json.loads(line)
                results.found[_key(entry)] = entry
        if COUNTS.exists():
            results.counts = json.loads(COUNTS.read_text())
        return results

    def status(self, mutant: Mutant) -> str | None:
        """Return what became of a mutant; None if it was not run."""
        entry = self.found.get(mutant.key)
        return None if entry is None else str(entry["status"])

    def add(self, mutant: Mutant, answer: dict[str, Any]) -> None:
        """Keep an answer."""
        names = ("module", "function", "before", "after", "nth", "line", "column", "operator")
        entry = {name: getattr(mutant, name) for name in names} | answer
        self.found[_key(entry)] = entry
        STATE.mkdir(parents=True, exist_ok=True)
        with FILE.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")

    def counted(self, mutants: list[Mutant]) -> None:
        """Keep how many mutants a module has, and forget those it no longer has."""
        if not mutants:
            return
        module = mutants[0].module
        there = {mutant.key for mutant in mutants}
        self.found = {k: e for k, e in self.found.items() if k[0] != module or k in there}
        self.counts[module] = len(mutants)
        STATE.mkdir(parents=True, exist_ok=True)
        COUNTS.write_text(json.dumps(self.counts))


def sampled() -> dict[str, list[list[int]]]:
    """Return of each module how its mutants were drawn: how many, and by which seed."""
    found: dict[str, list[list[int]]] = json.loads(SAMPLE.read_text()) if SAMPLE.exists() else {}
    return found


def note_sample(module: str, size: int, seed: int) -> None:
    """Keep how the mutants of a module were drawn; of one seed the last size counts."""
    found = sampled()
    others = [draw for draw in found.get(module, []) if draw[1] != seed]
    STATE.mkdir(parents=True, exist_ok=True)
    SAMPLE.write_text(json.dumps(found | {module: [*others, [size, seed]]}))


def draw(mutants: list[Mutant], size: int | None, seed: int) -> list[Mutant]:
    """Return some mutants of a module by a seed; a larger sample has those of a smaller one."""
    if not size or size >= len(mutants):
        return list(mutants)
    shuffled = list(mutants)
    random.Random(f"{seed} {mutants[0].module}").shuffle(shuffled)
    return sorted(shuffled[:size])


def _key(entry: dict[str, Any]) -> Key:
    return entry["module"], entry["function"], entry["before"], entry["after"], entry["nth"]
