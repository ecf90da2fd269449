"""A sweep as json, written while it runs: the rows first, then how amounts spread."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import IO, Any

from scenarios.running.chunk import Chunk
from scenarios.sweeping.data_files import figure_cell, header, money_texts, value_cell
from scenarios.sweeping.spread import Spread
from scenarios.sweeping.swept import Prepared, Swept
from transfers.arithmetic.decimals import fixed_decimal
from transfers.output.columns import decimal_of
from transfers.output.json_text import Written, json_of


class JsonRows:
    """Writes a sweep as one json document; numbers are exact to their last digit."""

    def __init__(self, prepared: Prepared, file: IO[bytes], language: str) -> None:
        self.prepared, self.file, self.language = prepared, file, language
        self.source = prepared.source
        setting = self.source.setting
        money = setting.policy.money
        self.keys = [json.dumps(key, ensure_ascii=False) for key in setting.districts.keys]
        self.names = [json.dumps(name, ensure_ascii=False) for name in header(prepared)]
        self.grants = [rule.name for rule in setting.policy.grants]
        self.write = money_texts(prepared)
        about = {
            "study": prepared.study.id,
            "title": prepared.study.title,
            "variant": prepared.unmoved.id,
            "compared_with": prepared.compared.id,
            "compared_on_the_same_data": self.source.paired is not None,
            "scenarios": len(self.source),
            "paths": list(self.source.paths),
            "money": {
                "currency": money.currency,
                "unit": money.unit,
                "quantum": Written(fixed_decimal(money.quantum, money.places)),
            },
        }
        self._put(json_of(about).decode().rstrip().removesuffix("}").rstrip() + ',\n  "rows": [')
        self._first = True

    def _put(self, text: str) -> None:
        self.file.write(text.encode())

    def take(self, chunk: Chunk) -> None:
        """Write a block of scenarios."""
        for place, row in enumerate(self.source.design.rows(chunk.start, chunk.stop)):
            before = [str(chunk.start + place + 1)]
            status = json.dumps(chunk.status(place))
            if not chunk.done[place]:
                values = [self._value(n, value, None) for n, value in enumerate(row)]
                self._row([*before, *values, status, "null", *["null"] * (len(self.grants) + 1)])
                continue
            amounts = [chunk.amounts[grant][place] for grant in self.grants]
            columns = [self.write(column) for column in (*amounts, chunk.total[place])]
            for district, cells in enumerate(zip(self.keys, *columns, strict=True)):
                values = [self._value(n, value, district) for n, value in enumerate(row)]
                self._row([*before, *values, status, *cells])

    def _value(self, n: int, value: Any, district: int | None) -> str:
        if self.source.bound[n].way.whole == "each":
            if district is None or len(value) != len(self.keys):
                return "null"
            return decimal_of(int(value[district]), self.source.digits, False)
        if isinstance(value, str):
            return json.dumps(value, ensure_ascii=False) if value else "null"
        return value_cell(value)

    def _row(self, cells: list[str]) -> None:
        pairs = zip(self.names, cells, strict=True)
        inside = ", ".join(f"{name}: {cell}" for name, cell in pairs)
        self._put(f"{'' if self._first else ','}\n    {{{inside}}}")
        self._first = False

    def close(self, swept: Swept) -> None:
        """Write how amounts spread."""
        counts = swept.outcomes.counts()
        after: dict[str, Any] = {
            "counts": dict(counts),
            "reasons": [
                {
                    "code": reason.note.code,
                    "status": reason.status,
                    "scenarios": reason.count,
                    "first": reason.scenario + 1,
                    "message": reason.note.text(self.language),
                }
                for reason in swept.outcomes.reasons.values()
            ],
            "rules": [
                {
                    "id": name,
                    **outcome.counts,
                    "worst_margin": _figure(outcome.worst),
                    "worst_scenario": None if outcome.worst is None else outcome.scenario + 1,
                }
                for name, outcome in swept.outcomes.rules.items()
            ],
            "districts": self._districts(swept),
            "indices": self._indices(swept),
        }
        text = json_of(after).decode()
        self._put("\n  ],\n" + text.removeprefix("{\n"))

    def _districts(self, swept: Swept) -> list[dict[str, Any]]:
        districts = swept.setting.districts
        if not swept.done:
            return []
        rows = [
            {"key": key, "name": name, **self._spread(swept, swept.spread, row)}
            for row, (key, name) in enumerate(zip(districts.keys, districts.names, strict=True))
        ]
        return [*rows, {"key": None, "name": None, **self._spread(swept, swept.whole, 0)}]

    def _indices(self, swept: Swept) -> list[dict[str, Any]]:
        found = swept.indices
        if found is None:
            return []
        return [
            {
                "of": figure.name,
                "path": path,
                **{n: _figure(Fraction(getattr(index, n))) for n in index.__struct_fields__},
            }
            for figure, row in zip(found.figures, found.rows, strict=True)
            for path, index in zip(self.source.paths, row, strict=True)
        ]

    def _spread(self, swept: Swept, spread: Spread, row: int) -> dict[str, Any]:
        money = swept.setting.policy.money
        compared = swept.compared.total
        found: dict[str, Any] = {}
        if compared is not None:
            whole = compared.sum() if spread is swept.whole else compared[row]
            found["compared"] = _figure(int(whole) * money.quantum)
        for level, figure in zip(spread.levels, spread.quantiles[row], strict=True):
            found[f"q{fixed_decimal(level * 100, 6).rstrip('0').rstrip('.')}"] = _figure(
                figure * money.quantum
            )
        for name in ("mean", "least", "most"):
            found[name] = _figure(Fraction(getattr(spread, name)[row]) * money.quantum)
        found["losing"] = _figure(spread.share_losing(row))
        found["winning"] = _figure(spread.share_winning(row))
        return found


def _figure(figure: Fraction | None) -> Written:
    return Written(figure_cell(figure))
