"""The tables of a comparison, once for the terminal, pages and workbooks.

A column knows what its cells are; who shows it decides how they look.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Literal

from msgspec import Struct

from scenarios.comparison.compared import Compared
from scenarios.comparison.comparing import TOTAL, Comparison
from scenarios.comparison.dispersion import Dispersion
from scenarios.comparison.groups import groups, title_of_column
from scenarios.comparison.report import Told
from scenarios.comparison.texts import (
    NOTHING,
    baseline_title,
    counts,
    measure_texts,
    rules_kept,
    said,
)
from scenarios.figures_in_text import shown_figure
from transfers import messages
from transfers.output.columns import mantissa_of

Kind = Literal[
    "text",
    "said",
    "count",
    "amount",
    "change",
    "percent",
    "head",
    "rank",
    "move",
    "part",
    "prior",
    "figure",
]
"""What cells are: texts, texts to the right, whole numbers; quanta, changes of them, ratios; money
per head; ranks, changes of ranks; parts of changes and last year's amounts, in units of money;
measures of inequality."""


class Column(Struct, frozen=True, eq=False):
    """One column.

    Parameters
    ----------
    cells : list
        None where there is nothing.
    total : object
        What stands in the row of totals; "" for nothing.
    of : (before, after) or None
        Columns of the table, from 0, that a change, or a change in per cent, is computed from.
    adds_up : bool
        Whether the total is the sum of the cells.
    places : int
        Decimals of the parts of changes.
    """

    header: str
    kind: Kind
    cells: list[Any]
    total: Any = ""
    of: tuple[int, int] | None = None
    adds_up: bool = False
    places: int = 0


class Table(Struct, frozen=True, eq=False):
    """A table with its title.

    Parameters
    ----------
    groups : tuple of (first, last, heading)
        Columns under one heading.
    unit : bool
        Whether it shows money.
    total : bool
        Whether it has a row of totals.
    """

    title: str
    columns: list[Column]
    groups: tuple[tuple[int, int, str], ...] = ()
    unit: bool = True
    total: bool = False

    @property
    def per_head(self) -> bool:
        """Whether it shows money per head."""
        return any(column.kind == "head" for column in self.columns)


class Tables:
    """Makes the tables of one comparison in one language."""

    def __init__(self, comparison: Comparison, language: str) -> None:
        self.comparison, self.language = comparison, language
        self.paying = [v for v in comparison.variants if v.after.total is not None]

    def say(self, code: str, **words: object) -> str:
        """Return a text of the family."""
        return said(code, self.language, **words)

    def column(self, code: str, kind: Kind, cells: list[Any], **more: Any) -> Column:
        """Return a column under the heading of a code."""
        return Column(self.say(code), kind, cells, **more)

    # -- one glance ----------------------------------------------------------------------------

    def glance(self, *, titles: bool = False) -> Table:
        """Return one row per answer: total, change, who gains and loses, rules kept.

        Parameters
        ----------
        titles : bool
            Whether the titles of the variants have a column.
        """
        variants, baseline = self.comparison.variants, self.comparison.baseline
        columns = [
            self.column("variant", "text", [self.say("baseline"), *(v.id for v in variants)]),
            self.column("total", "amount", [baseline.total, *(v.after.total for v in variants)]),
            self.column("change", "change", ["", *(v.total_change for v in variants)]),
            self.column("change_pct", "percent", ["", *(v.total_ratio for v in variants)]),
            self.column("who", "said", ["", *(counts(v, self.language) for v in variants)]),
        ]
        if titles:
            named = [baseline_title(self.comparison, self.language), *(v.title for v in variants)]
            columns.insert(1, self.column("title", "text", named))
        kept = [rules_kept(answer, self.language) for answer in self.comparison.answers]
        if any(text != NOTHING for text in kept):
            columns.append(self.column("rules", "said", kept))
        return Table(self.say("glance_title"), columns)

    def measures(self) -> Table | None:
        """Return the measures of the study, a column per answer; None without any."""
        rows = measure_texts(self.comparison)
        if not rows:
            return None
        columns = [self.column("measure", "text", [title for title, _ in rows])]
        for place, header in enumerate(self.headings()):
            texts = [texts[place] for _, texts in rows]
            columns.append(Column(header, "said", [shown_figure(text) or text for text in texts]))
        return Table(self.say("measures_title"), columns, unit=False)

    def headings(self) -> list[str]:
        """Return what the answers are called above their columns."""
        return [self.say("baseline"), *(variant.id for variant in self.comparison.variants)]

    # -- districts -----------------------------------------------------------------------------

    def side_by_side(self, variants: Sequence[Compared], *, brief: bool) -> Table:
        """Return amounts and changes of several variants beside the baseline.

        Parameters
        ----------
        brief : bool
            Without keys, percentages and ranks, as a terminal has room for.
        """
        comparison = self.comparison
        keys = comparison.keys
        names = [comparison.names_by_key[key] for key in keys]
        columns = [] if brief else [self._keys(list(keys))]
        columns.append(self.column("name", "text", names, total="" if columns else self._total))
        baseline = len(columns)
        columns.append(
            self.column(
                "baseline",
                "amount",
                [comparison.baseline.amount(key) for key in keys],
                total=comparison.baseline.total,
                adds_up=True,
            )
        )
        headings = []
        for compared in variants:
            first = len(columns)
            columns += self._beside(compared, keys, baseline, first, brief=brief)
            heading = self.say("of_group", id=compared.id, title=compared.title)
            who = counts(compared, self.language)
            headings.append((first, len(columns) - 1, f"{heading}\n{who}"))
        return Table(self.say("side_by_side_title"), columns, tuple(headings), total=True)

    @property
    def _total(self) -> str:
        return self.say("total")

    def _keys(self, keys: list[str]) -> Column:
        return self.column("key", "text", keys, total=self._total)

    def _beside(
        self, compared: Compared, keys: Sequence[str], baseline: int, first: int, *, brief: bool
    ) -> list[Column]:
        """Return the columns of one variant, in the order of all districts."""
        places = {key: place for place, key in enumerate(compared.keys)}
        found = [places.get(key) for key in keys]

        def picked(figures: Sequence[Any]) -> list[Any]:
            return [None if place is None else figures[place] for place in found]

        of = (baseline, first)
        amounts, changes = picked(compared.amount), picked(compared.change)
        whole = compared.after.total
        columns = [
            self.column("amount", "amount", amounts, total=whole, adds_up=True),
            self.column("change", "change", changes, total=compared.total_change, of=of),
        ]
        if brief:
            named = (compared.id, self.say("of_variant", id=compared.id))
            return [
                Column(header, c.kind, c.cells, c.total, c.of, c.adds_up)
                for header, c in zip(named, columns, strict=True)
            ]
        return [
            *columns,
            self.column(
                "change_pct",
                "percent",
                picked(compared.change_ratio),
                total=compared.total_ratio,
                of=of,
            ),
            self.column("rank_change", "move", picked(compared.rank_change)),
        ]

    def one(self, compared: Compared, *, brief: bool) -> Table:
        """Return one variant beside the baseline: amounts, change, per head, rank."""
        columns = [] if brief else [self._keys(list(compared.keys))]
        names = list(compared.names)
        columns.append(self.column("name", "text", names, total="" if columns else self._total))
        first = len(columns)
        of = (first, first + 1)
        before, after = compared.before, compared.after
        columns += [
            self.column(
                "baseline", "amount", list(compared.baseline), total=before.total, adds_up=True
            ),
            self.column("amount", "amount", list(compared.amount), total=after.total, adds_up=True),
            self.column(
                "change", "change", list(compared.change), total=compared.total_change, of=of
            ),
            self.column(
                "change_pct",
                "percent",
                list(compared.change_ratio),
                total=compared.total_ratio,
                of=of,
            ),
        ]
        if self.comparison.ranked_by == "per_head":
            per_head = after.total_per_head(compared.unit)
            total = "" if per_head is None else per_head
            columns.append(self.column("per_head", "head", list(compared.per_head), total=total))
        columns += [
            self.column("rank", "rank", list(compared.rank)),
            self.column("rank_change", "move", list(compared.rank_change)),
        ]
        if not brief:
            columns += self._against_last_year(compared)
        title = self.say("variant_title", id=compared.id, title=compared.title)
        return Table(title, columns, total=True)

    def _against_last_year(self, compared: Compared) -> list[Column]:
        """Return last year's amounts and the change against them, where there is a last year."""
        allocation = compared.answer.allocation
        name = allocation.prior_input
        if name is None or self.comparison.grant != TOTAL:
            return []
        priors = dict(zip(allocation.keys, allocation.priors(), strict=True))
        quantum = compared.answer.setting.policy.money.quantum
        money = self.comparison.money
        units = [None if (p := priors.get(key)) is None else p * quantum for key in compared.keys]
        scale = compared.answer.setting.policy.money.unit_scale / money.unit_scale
        units = [None if unit is None else unit * scale for unit in units]
        known = [unit for unit in units if unit is not None]
        exact = max((mantissa_of(unit, 2) % 100 != 0 for unit in known), default=False)
        places = max(money.places, 2 if exact else 0)
        ratios = [
            None
            if amount is None or unit is None or unit <= 0
            else amount * money.quantum / unit - 1
            for amount, unit in zip(compared.amount, units, strict=True)
        ]
        whole, total = sum(known, Fraction(0)), compared.after.total
        complete = len(known) == len(units) and whole > 0 and total is not None
        growth = total * money.quantum / whole - 1 if complete and total is not None else ""
        title = compared.answer.setting.policy.inputs[name].title
        return [
            Column(title, "prior", units, whole, adds_up=True, places=places),
            self.column("against_prior", "percent", ratios, total=growth),
        ]

    # -- groups, dispersion, parts -------------------------------------------------------------

    def groups(self, by: str) -> Table:
        """Return the groups of every variant, one below the other."""
        found = [
            (compared, group)
            for compared in self.paying
            for group in groups(self.comparison, compared, by)
        ]
        title = title_of_column(self.comparison, by)
        names = [g.name if g.name is not None else self.say("no_group") for _, g in found]
        columns = [
            self.column("variant", "text", [compared.id for compared, _ in found]),
            Column(title, "text", names),
            self.column("districts", "count", [g.districts for _, g in found]),
            self.column("baseline", "amount", [g.baseline for _, g in found]),
            self.column("amount", "amount", [g.amount for _, g in found]),
            self.column("change", "change", [g.change for _, g in found], of=(3, 4)),
            self.column("change_pct", "percent", [g.change_ratio for _, g in found], of=(3, 4)),
        ]
        if self.comparison.ranked_by == "per_head":
            columns.append(self.column("per_head", "head", [g.per_head for _, g in found]))
        who = [
            self.say("counts", winners=g.winners, losers=g.losers, unchanged=g.unchanged)
            for _, g in found
        ]
        columns.append(self.column("who", "said", who))
        return Table(self.say("by_title", by=title), columns)

    def dispersion(self, found: Dispersion, variants: Sequence[Compared]) -> Table:
        """Return measures of inequality of some variants."""
        chosen = [found.variants.index(compared) for compared in variants]
        titles = [found.title(code, self.language) for code, _ in found.rows]
        heading = messages.text("measures.measure", self.language)
        headers = (self.say("before"), self.say("baseline"), *(v.id for v in variants))
        columns = [Column(heading, "text", titles)]
        for header, place in zip(headers, (0, 1, *(2 + n for n in chosen)), strict=True):
            columns.append(Column(header, "figure", [figures[place] for _, figures in found.rows]))
        return Table(found.heading(self.language), columns, unit=False)

    def parts(self, shown: Told, headers: Sequence[str], *, brief: bool) -> Table:
        """Return the parts of every district's change, and the change.

        Parameters
        ----------
        headers : sequence of str
            Above the parts.
        """
        compared, places = shown.breakdown.compared, shown.breakdown.places
        keys = [compared.keys[place] for place in places]
        names = [compared.names[place] for place in places]
        columns = [] if brief else [self._keys(keys)]
        columns.append(self.column("name", "text", names, total="" if columns else self._total))
        for header, cells in zip(headers, shown.columns, strict=True):
            units = [shown.figure(cell) for cell in cells]
            whole = shown.figure(sum(cells))
            columns.append(Column(header, "part", units, whole, adds_up=True, places=shown.places))
        changes: list[Any] = list(shown.breakdown.changes)
        columns.append(self.column("change", "change", changes, total=sum(changes), adds_up=True))
        title = self.say("of_one", id=compared.id, title=compared.title)
        return Table(title, columns, total=True)
