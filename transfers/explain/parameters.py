"""The lines of a story for the parameters that a formula uses: numbers, entries, brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from transfers.explain.line import Line, where_of
from transfers.formula.nodes import Lookup, Number, walk
from transfers.formula.scope import Steps
from transfers.messages import Phrase
from transfers.policy.rules import Formula
from transfers.units import Unit, describe, with_unit
from transfers.written import figure_text

if TYPE_CHECKING:
    from transfers.allocation import Allocation

_WORD = re.compile(r"(?<![\w.])[^\W\d]\w*")  # not the part behind a dot: services.standard
_QUOTED = re.compile(r'"[^"]*"')
MOST_STEPS = 12


def parameter_lines(
    allocation: Allocation, formula: Formula, district: int, told: set[str]
) -> Iterator[Line]:
    """Yield a line for each parameter of a formula that has not been told; `told` grows."""
    teller = _Parameters(allocation, formula, district)
    for name in dict.fromkeys(_WORD.findall(_QUOTED.sub("", formula.text))):
        if name in allocation.policy.document.model.parameters and name not in told:
            told.add(name)
            yield from teller.lines(name)


class _Parameters:
    """The parameters of one formula, as they are in one scenario."""

    def __init__(self, allocation: Allocation, formula: Formula, district: int) -> None:
        self.allocation, self.formula, self.district = allocation, formula, district
        self.policy = allocation.policy
        self.moves = allocation.block.moves[allocation.scenario]

    def lines(self, name: str) -> Iterator[Line]:
        if name in self.policy.steps:
            yield self._line(name, "explain.parameter_steps", self._steps(self.policy.steps[name]))
        elif name in self.policy.stages:
            yield from self._stages(name)
        elif name in self.policy.tables:
            yield from self._entries(name)
        else:
            path = self._path(name)
            number = self.policy.numbers.get(path)
            solved = self.policy.solve is not None and self.policy.solve.parameter == path
            if number is not None:
                yield (
                    self._solved(name, number)
                    if solved
                    else self._number(name, number, "explain.parameter", name)
                )

    def _path(self, name: str) -> tuple[str | int, ...]:
        short = ("parameters", name)
        return short if short in self.policy.numbers else (*short, "value")

    def _entries(self, name: str) -> Iterator[Line]:
        """Yield the entry of a table that the district reads; of items nothing, they are told."""
        for entry in self._read_at(name):
            number = self.policy.tables[name].entries.get(entry)
            if number is not None:
                written = name + "".join(f"[{text}]" for text in entry)
                yield self._number(name, number, "explain.parameter", written)

    def _stages(self, name: str) -> Iterator[Line]:
        """Yield the table of the district's category; of a category in quotes, its table."""
        stages = self.policy.stages[name]
        read = [category for entry in self._read_at(name) for category in entry]
        quoted = re.findall(rf'(?<![\w.]){name}\s*\[\s*"([^"]*)"', self.formula.text)
        for category in dict.fromkeys([*read, *quoted]):
            if category in stages:
                words = {**self._steps(stages[category]), "name": f"{name}[{category}]"}
                yield self._line(name, "explain.parameter_steps", words)

    def _read_at(self, name: str) -> Iterator[tuple[str, ...]]:
        """Yield the categories at which the district reads a table."""
        exact = self.allocation.block.exact(self.allocation.scenario)
        member = np.array([self.district], dtype=np.intp)
        for node in walk(self.formula.node):
            if not isinstance(node, Lookup) or node.table != name or node.type.over:
                continue
            texts = [exact.texts(index, member)[0] for index in node.indices]
            yield tuple(text for text in texts if text is not None)

    def _number(self, name: str, number: Number, code: str, written: str) -> Line:
        figure, unit = number.among(self.moves), number.type.unit
        words: dict[str, object] = {"figure": self._figure(figure, unit, percent=number.percent)}
        return self._line(name, code, {**words, "name": written})

    def _solved(self, name: str, number: Number) -> Line:
        """Return a parameter with the value that was found for it, all of its digits."""
        assert self.policy.solve is not None
        digits = self.policy.solve.digits
        figure = self._figure(
            number.among(self.moves), number.type.unit, percent=number.percent, digits=digits
        )
        return self._line(name, "explain.parameter_solved", {"figure": figure, "name": name})

    def _line(self, name: str, code: str, words: dict[str, object]) -> Line:
        entry = self.policy.document.model.parameters[name]
        where = where_of(self.policy.document.place("parameters", name))
        where = where.rpartition(":")[0]
        title = entry.title or ""
        words = {"name": name, "title": title if title != name else "", **words}
        return Line(code, source=entry.source or "", where=where, values=words)

    def _figure(
        self, figure: Fraction, unit: Unit, *, percent: bool = False, digits: int = 4
    ) -> str | Phrase:
        if percent:
            return figure_text(figure * 100, digits) + "%"
        return with_unit(figure_text(figure, digits), describe(unit, self.policy.money_unit))

    def _steps(self, steps: Steps) -> dict[str, object]:
        """Return the brackets in words: up to so much this, below so much that, beyond it."""
        said: list[Phrase] = []
        for bound, edge, value in zip(steps.bounds, steps.edges, steps.values, strict=False):
            words = {
                "edge": self._figure(edge.among(self.moves), edge.type.unit, percent=edge.percent),
                "value": self._value(value, steps),
            }
            said.append(Phrase(f"explain.step_{bound}", words))
        if len(steps.values) > len(steps.edges):
            last = self._value(steps.values[-1], steps)
            said.append(Phrase("explain.step_beyond", {"value": last}))
        return {"steps": (*said[:MOST_STEPS], *["…"] * (len(said) > MOST_STEPS))}

    def _value(self, number: Number, steps: Steps) -> str | Phrase:
        return self._figure(number.among(self.moves), steps.unit, percent=number.percent)
