"""What people are shown of a sweep: lines and tables, before they are laid out anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import PurePath
from typing import Final

from scenarios.study.ways import Value, value_text
from scenarios.sweeping.figures import Figure
from scenarios.sweeping.indices import Index
from scenarios.sweeping.pages import NOTHING, Cell, Column, Kind, Page
from scenarios.sweeping.scaling import unscaled
from scenarios.sweeping.source import Bound
from scenarios.sweeping.spread import Spread
from scenarios.sweeping.swept import Case, Swept
from scenarios.sweeping.tables import OneWay, TwoWay
from transfers import Policy, messages
from transfers.arithmetic.decimals import decimal_places, fixed_decimal

_MOST_VALUES: Final = 8
_MOST_NAMED: Final = 10
_MOST_PLACES: Final = 6


class Words:
    """Says things about one sweep in one language."""

    def __init__(self, swept: Swept, language: str) -> None:
        self.swept, self.language = swept, language
        self.money = swept.setting.policy.money

    def say(self, code: str, **words: object) -> str:
        """Return a text of the family."""
        return messages.text(f"sweep.{code}", self.language, **words)

    def listed(self, texts: Sequence[str]) -> str:
        """Join texts as the language does."""
        return {"zh": "、", "en": ", "}[self.language].join(texts)

    # -- what was varied -----------------------------------------------------------------------

    def heading(self) -> list[str]:
        """Say what was varied and how many scenarios there were."""
        swept, asked = self.swept, self.swept.study.model.sweep
        assert asked is not None
        words: dict[str, object] = {"count": f"{len(swept):,}"}
        design = "rows" if asked.rows is not None else "grid"
        if asked.sample is not None:
            design = "sample"
            words["method"] = self.say(f"method_{asked.sample.method}")
            words["seed"] = int(asked.sample.seed)
        lines = [self.say("variant_line", title=self.title(swept.unmoved))]
        lines.append(self.say(f"design_{design}", **words))
        lines += [f"  {self.way(bound)}" for bound in swept.source.bound]
        groups = swept.source.groups
        lines += [f"  {self.say('rescaled', group=group.path)}" for group in groups]
        return lines

    def way(self, bound: Bound) -> str:
        """Say how one path varies."""
        way = bound.way
        path = self.path(bound)
        if way.drawn:
            return self.say(f"way_{way.whole or 'range'}", path=path, range=way.range_text)
        texts = [self.value(bound, value) for value in dict.fromkeys(way.values)]
        if len(texts) > _MOST_VALUES:
            words = {"first": texts[0], "last": texts[-1], "count": len(texts)}
            return self.say("way_many", path=path, **words)
        return self.say("way_values", path=path, values=self.listed(texts))

    def path(self, bound: Bound) -> str:
        """Return what varies, as people call it."""
        title = title_of(bound, self.swept.setting.policy)
        return (
            self.say("path_titled", path=bound.way.path, title=title) if title else bound.way.path
        )

    def value(self, bound: Bound, value: Value) -> str:
        """Write a value as the document would."""
        if isinstance(value, str):
            return value or NOTHING
        number = None
        if bound.number is not None:
            number = self.swept.setting.policy.numbers[bound.number]
        percent = bound.way.percent or bool(bound.input) or (number is not None and number.percent)
        if decimal_places(value) is None:
            scale = 100 if percent else 1
            return fixed_decimal(value * scale, _MOST_PLACES) + "%" * percent
        return value_text(value, percent=percent)

    # -- what came of it -----------------------------------------------------------------------

    def outcomes(self) -> list[str]:
        """Say how many scenarios pay, and why the others do not."""
        swept = self.swept
        counts = {status: f"{n:,}" for status, n in swept.outcomes.counts().items()}
        lines = [self.say("counts", **counts)]
        for reason in swept.outcomes.reasons.values():
            words: dict[str, object] = {
                "count": f"{reason.count:,}",
                "scenario": f"{reason.scenario + 1:,}",
                "values": self.values(reason.scenario),
                "text": reason.note.text(self.language),
            }
            code, asked = "reason", swept.study.model.sweep
            if asked is not None and asked.rows is not None:
                code = "reason_row"
                words["file"] = PurePath(asked.rows).name
                words["line"] = int(swept.source.lines[reason.scenario])
            lines.append(self.say(code, **words))
            if reason.note.code == "document.weights_sum":
                lines += [
                    self.say("reason_rescale", place=str(missing.place), group=missing.group)
                    for missing in unscaled(swept.study, swept.source)
                ]
        lines += self._rules()
        if not swept.done:
            lines.append(self.say("none_done"))
        return lines

    def _rules(self) -> Iterator[str]:
        titles = {rule.name: rule.title for rule in self.swept.setting.policy.rules}
        for name, outcome in self.swept.outcomes.rules.items():
            if not outcome.counts["broken"]:
                if self.swept.done:
                    yield self.say("rule_kept", title=titles.get(name, name))
                continue
            worst = ""
            if outcome.worst is not None and outcome.worst < 0:
                margin = fixed_decimal(-outcome.worst, _MOST_PLACES).rstrip("0").rstrip(".")
                scenario = f"{outcome.scenario + 1:,}"
                worst = self.say("rule_worst", margin=margin, scenario=scenario)
            broken = f"{outcome.counts['broken']:,}"
            yield self.say("rule_broken", title=titles.get(name, name), broken=broken, worst=worst)

    def values(self, scenario: int) -> str:
        """Write the values of a scenario."""
        source = self.swept.source
        (row,) = source.values(scenario, scenario + 1)
        pairs = [(b, v) for b, v in zip(source.bound, row, strict=True) if v != ""]
        return self.listed([f"{b.way.path} = {self.value(b, v)}" for b, v in pairs])

    def likely(self) -> list[str]:
        """Name the districts that lose, or win, in more than half of the scenarios."""
        names, spread = self.swept.setting.districts.names, self.swept.spread
        lines: list[str] = []
        if not self.swept.sampled:
            return lines
        for code, share in (
            ("likely_losing", spread.share_losing),
            ("likely_winning", spread.share_winning),
        ):
            found = [
                (share(row) or Fraction(0), name)
                for row, name in enumerate(names[: len(spread.mean)])
            ]
            found = [(chance, name) for chance, name in found if chance > Fraction(1, 2)]
            found.sort(key=lambda pair: -pair[0])
            told = [
                f"{name} {fixed_decimal(chance * 100, 0)}%" for chance, name in found[:_MOST_NAMED]
            ]
            more = len(found) - len(told)
            if told:
                listed = self.listed(told) + (self.say("and_more", count=more) if more else "")
                lines.append(self.say(code, names=listed))
        return lines

    # -- tables --------------------------------------------------------------------------------

    def pages(self) -> list[Page]:
        """Return all tables: first how draws spread, or what comes of hand-picked values."""
        if self.swept.sampled:
            return [self.spread(), *self.tables(), *self.indices()]
        return [*self.tables(), self.spread()]

    def spread(self) -> Page:
        """Return the table of districts; of scenarios that were not drawn only the ends."""
        swept, districts = self.swept, self.swept.setting.districts
        spread, whole = swept.spread, swept.whole
        columns = [
            Column(self.command("key"), "text", list(districts.keys), detail=True),
            Column(self.command("name"), "text", list(districts.names), self.command("total_row")),
        ]
        compared = swept.compared.total
        if compared is not None:
            cells: list[Cell] = list(compared.tolist())
            columns.append(self._money(self.say("compared"), cells, int(compared.sum())))
        for n, level in enumerate(spread.levels) if swept.sampled else ():
            cells = [row[n] for row in spread.quantiles]
            columns.append(self._money(self.level(level), cells, whole.quantiles[0][n]))
        if swept.sampled:
            columns.append(self._money(self.say("mean"), list(spread.mean), whole.mean[0]))
        for name in ("least", "most"):
            cells = list(getattr(spread, name))
            total, detail = getattr(whole, name)[0], swept.sampled
            columns.append(self._money(self.say(name), cells, total, detail=detail))
        if swept.sampled and spread.losing:
            columns += [self._share(name, spread, whole) for name in ("losing", "winning")]
        return Page(self._spread_title(), columns, total=True, notes=tuple(self._of_compared()))

    def _spread_title(self) -> str:
        """Say what amounts are held against, and with which data."""
        swept = self.swept
        words = {"count": f"{swept.spread.count:,}", "compared": self.compared()}
        if not swept.sampled:
            return self.say("range_title", **words)
        if swept.paired:
            return self.say("spread_paired", **words)
        return self.say("spread_title" if swept.spread.losing else "spread_alone", **words)

    def _of_compared(self) -> Iterator[str]:
        """Say what the compared figure is, and in how many scenarios there is none."""
        spread = self.swept.spread
        if self.swept.compared.total is not None:
            if self.swept.paired:
                yield self.say("compared_still", compared=self.compared())
            elif not self.swept.sampled:
                yield self.say("compared_is", compared=self.compared())
        if spread.compared is not None and spread.compared < spread.count:
            count = f"{spread.count - spread.compared:,}"
            yield self.say("not_compared", count=count, compared=self.compared())

    def compared(self) -> str:
        """Say what districts lose or win against."""
        swept = self.swept
        if swept.compared is swept.unmoved:
            return self.say("unmoved", title=self.title(swept.compared))
        return self.title(swept.compared)

    def title(self, case: Case) -> str:
        """Return what a variant is called."""
        return case.title or self.say("baseline")

    def _money(self, header: str, cells: list[Cell], total: Cell, detail: bool = False) -> Column:
        places = self.money.places
        if any(isinstance(cell, Fraction) and cell.denominator > 1 for cell in (*cells, total)):
            places += 1
        return Column(header, "money", cells, total, places, detail)

    def _share(self, name: str, spread: Spread, whole: Spread) -> Column:
        share = {"losing": Spread.share_losing, "winning": Spread.share_winning}[name]
        cells: list[Cell] = [share(spread, row) for row in range(len(spread.mean))]
        places = 0 if all(c is None or (Fraction(c) * 100).denominator == 1 for c in cells) else 1
        return Column(self.say(name), "share", cells, share(whole, 0), places)

    def level(self, level: Fraction) -> str:
        """Name a quantile."""
        if level == Fraction(1, 2):
            return self.say("median")
        return self.say("level", level=value_text(level, percent=True))

    def tables(self) -> list[Page]:
        """Return the tables over one or two paths."""
        return [
            self._one(table) if isinstance(table, OneWay) else self._two(table)
            for table in self.swept.tables
        ]

    def _one(self, table: OneWay) -> Page:
        bound = self.swept.source.bound[0]
        texts: list[Cell] = [
            self.value(bound, value) + " *" * (n == table.base)
            for n, (value, _) in enumerate(table.rows)
        ]
        columns = [Column(self.say("value"), "text", texts)]
        for n, figure in enumerate(table.figures):
            cells = [cells[n] for _, cells in table.rows]
            columns.append(self._figures(figure, figure.label(self.language), cells))
        marked = () if table.base is None else (table.base,)
        title = self.say("table_one", path=self.path(bound))
        return Page(title, columns, money=any(f.is_money for f in table.figures), marked=marked)

    def _two(self, table: TwoWay) -> Page:
        down, across = self.swept.source.bound
        texts: list[Cell] = [
            self.value(down, value) + " *" * (n == table.base[0])
            for n, value in enumerate(table.down.values)
        ]
        whole = [[*row, table.corner] for row in table.cells]
        places = max(self._figures(table.figure, "", cells).places for cells in whole)
        corner = Column("", self._kind(table.figure), [], None, places).text(
            table.corner, self.money
        )
        columns = [Column(corner, "text", texts)]
        for n, value in enumerate(table.across.values):
            header = self.value(across, value) + " *" * (n == table.base[1])
            below: list[Cell] = [row[n] for row in table.cells]
            columns.append(Column(header, self._kind(table.figure), below, places=places))
        words = {"down": self.path(down), "across": self.path(across)}
        return Page(
            table.figure.label(self.language),
            columns,
            money=table.figure.is_money,
            marked=() if table.base[0] is None else (table.base[0],),
            marked_column=None if table.base[1] is None else table.base[1] + 1,
            notes=(self.say("table_two", **words),),
        )

    def indices(self) -> list[Page]:
        """Return a table of Sobol indices for each figure."""
        found = self.swept.indices
        if found is None:
            return []
        words = {"count": f"{found.scenarios:,}", "missing": f"{found.missing:,}"}
        if found.missing:
            return [Page(self.say("indices_missing", **words), [], money=False)]
        level = fixed_decimal(Fraction(found.confidence).limit_denominator(10**6) * 100, 0)
        paths = self._short_paths()
        pages = []
        for figure, rows in zip(found.figures, found.rows, strict=True):
            columns = [Column(self.say("path"), "text", list(paths))]
            for name in ("first", "total"):
                cells: list[Cell] = [Fraction(getattr(index, name)) for index in rows]
                columns.append(Column(self.say(f"index_{name}"), "number", cells, places=2))
                header = self.say("index_interval", level=level)
                columns.append(Column(header, "text", [_interval(i, name) for i in rows]))
            title = self.say("indices_title", figure=figure.label(self.language), **words)
            pages.append(Page(title, columns, money=False, notes=(self.say("indices_note"),)))
        return pages

    def _short_paths(self) -> list[Cell]:
        """Return what paths are called, where that tells them apart."""
        bound, policy = self.swept.source.bound, self.swept.setting.policy
        titles = [title_of(each, policy) for each in bound]
        return [
            title if titles.count(title) == 1 and title else each.way.path
            for title, each in zip(titles, bound, strict=True)
        ]

    def origin(self) -> list[str]:
        """Say what the figures were computed from."""
        policy, districts = self.swept.setting.policy, self.swept.setting.districts
        files = [("origin_study", self.swept.study.file, "")]
        files.append(("origin_policy", policy.document.source.file, ""))
        files += [("origin_table", file, sha256) for file, sha256 in districts.files]
        return [
            self.say(code, file=PurePath(file).name, sha256=sha256) for code, file, sha256 in files
        ]

    def _kind(self, figure: Figure) -> Kind:
        return "money" if figure.is_money else "number"

    def _figures(self, figure: Figure, header: str, cells: Sequence[Cell]) -> Column:
        if figure.is_money:
            return self._money(header, list(cells), "")
        places = figure.digits
        if places is None:
            known = [Fraction(cell) for cell in cells if isinstance(cell, Fraction | int)]
            needed = (decimal_places(cell) for cell in known)
            places = max((_MOST_PLACES if n is None else n for n in needed), default=0)
            places = min(places, 4)
        unit = f" {figure.unit}" if figure.unit else ""
        return Column(header + unit, "number", list(cells), places=places)

    def command(self, code: str) -> str:
        """Return a text that other commands have too."""
        return messages.text(f"command.{code}", self.language)

    def unit(self) -> str:
        """Say what amounts are counted in."""
        return messages.text("command.unit", self.language, unit=self.money.unit)


def _interval(index: Index, name: str) -> str:
    """Write an interval of an index."""
    ends = (getattr(index, f"{name}_{side}") for side in ("low", "high"))
    return " ~ ".join(fixed_decimal(Fraction(end), 2) for end in ends)


def title_of(bound: Bound, policy: Policy) -> str:
    """Return what people call a path: the title of what it ends in; "" for none."""
    parts = bound.way.path.split(".")
    model = policy.document.model
    if parts[0] in ("inputs", "parameters", "grants") and len(parts) > 1:
        entry = getattr(model, parts[0]).get(parts[1])
        title = (entry.title if entry is not None else None) or ""
        if parts[0] == "grants" and parts[-1] in policy.inputs and len(parts) > 3:
            inside = policy.inputs[parts[-1]].title
            return f"{title}: {inside}" if title else inside
        return title
    return ""
