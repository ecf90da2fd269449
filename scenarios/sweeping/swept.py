"""A sweep that was run: how amounts spread, what was infeasible, tables over what was varied."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from scenarios.answers import answers, figures_of
from scenarios.running.chunk import Asked, Chunk, run_chunk
from scenarios.running.runner import run_many
from scenarios.running.source import Taker
from scenarios.running.store import Runs
from scenarios.settings import Changes, Setting, Settings
from scenarios.steps import steps_of
from scenarios.study.load import BASELINE, Study
from scenarios.study.ways import MOST
from scenarios.sweeping.against import Rivals
from scenarios.sweeping.binding import sweep_source
from scenarios.sweeping.figures import Figure, Figures, figures_named
from scenarios.sweeping.outcomes import Outcomes
from scenarios.sweeping.pairing import paired_source
from scenarios.sweeping.scaling import check_scaled
from scenarios.sweeping.source import SweepSource
from scenarios.sweeping.spread import KEPT, Spread, Totals, spread_of
from scenarios.sweeping.tables import OneWay, TwoWay, one_way, two_way
from transfers import Batch
from transfers.errors import DocumentError, Fault
from transfers.measuring import measured

if TYPE_CHECKING:
    from scenarios.running.job import Workplace
    from scenarios.sweeping.indices import Indices

Ints = NDArray[np.int64]

MOST_ACROSS = 60
"""Districts that a table of one path has columns for unless it is asked for figures by name."""


class Case(Struct, frozen=True, eq=False):
    """A scenario that others are held against.

    Parameters
    ----------
    id, title : str
        Of the variant; a baseline may have no title.
    setting : Setting
    chunk : Chunk
        What came of it: a block of one.
    """

    id: str
    title: str
    setting: Setting
    chunk: Chunk

    @property
    def done(self) -> bool:
        """Whether it pays."""
        return bool(self.chunk.done[0])

    @property
    def total(self) -> Ints | None:
        """What every district gets, quanta; None where it does not pay."""
        return self.chunk.total[0] if self.done else None


class Swept(Struct, frozen=True, eq=False):
    """What came of a sweep.

    Parameters
    ----------
    study : Study
    source : SweepSource
        Its scenarios.
    unmoved, compared : Case
        The variant without any move, and the one against which districts lose or win.
    outcomes : Outcomes
        What came of each scenario.
    spread, whole : Spread
        Of each district's amount, and of all amounts together; over scenarios that are done.
    tables : tuple of OneWay or TwoWay
    indices : Indices or None
    """

    study: Study
    source: SweepSource
    unmoved: Case
    compared: Case
    outcomes: Outcomes
    spread: Spread
    whole: Spread
    tables: tuple[OneWay | TwoWay, ...] = ()
    indices: Indices | None = None

    def __len__(self) -> int:
        return len(self.source)

    @property
    def setting(self) -> Setting:
        """What was varied."""
        return self.source.setting

    @property
    def sampled(self) -> bool:
        """Whether scenarios were drawn: of hand-picked ones there are no probabilities."""
        asked = self.study.model.sweep
        return asked is not None and asked.sample is not None

    @property
    def paired(self) -> bool:
        """Whether the compared variant was run on the data of each scenario."""
        return self.source.paired is not None

    @property
    def done(self) -> int:
        """How many scenarios pay."""
        return self.spread.count

    @property
    def keeps_hard_rules(self) -> bool:
        """Whether all scenarios pay, and every hard rule holds in all of them."""
        hard = {rule.name for rule in self.setting.policy.rules if rule.level == "hard"}
        rules = [counts.counts for name, counts in self.outcomes.rules.items() if name in hard]
        broken = sum(counts["broken"] + counts["unknown"] for counts in rules)
        return self.done == len(self) and not broken


def sweep(
    study: Study,
    changes: Changes | None = None,
    *,
    takers: Sequence[Taker] = (),
    place: Workplace | None = None,
    runs: Runs | None = None,
) -> Swept:
    """Run the sweep of a study (method, section 36).

    Parameters
    ----------
    study : Study
    changes : mapping of path to text or number, optional
        What is set in every policy before everything else, as ``--set`` does.
    takers : sequence of Taker
        Who else is handed what comes of the scenarios, block after block.
    place : Workplace, optional
        Where scenarios are run; in this process where it is left out.
    runs : Runs, optional
        Where what comes of them is stored.

    Raises
    ------
    DocumentError, TableError
        With what is wrong with the sweep, the policy, or its table.
    Interrupted
        Ctrl-C: what was run is stored, where it is to be.

    Examples
    --------
    >>> from scenarios import load_study
    >>> found = sweep(load_study("examples/studies/census.yaml"))
    >>> found.done, found.spread.losing  # scenarios that pay; in how many each district loses
    (1000, [1000, 1000, 0, 0])
    """
    return prepared(study, changes).run(takers, place=place, runs=runs)


class Prepared(Struct, frozen=True, eq=False):
    """A sweep that is known to fit, and not yet run."""

    study: Study
    source: SweepSource
    unmoved: Case
    compared: Case
    figures: tuple[Figure, ...]
    of_indices: tuple[Figure, ...]
    asked: Asked

    def run(
        self,
        takers: Sequence[Taker] = (),
        *,
        place: Workplace | None = None,
        runs: Runs | None = None,
    ) -> Swept:
        """Run it; parameters as :func:`sweep` has them."""
        asked = self.study.model.sweep
        assert asked is not None
        setting, total = self.source.setting, self.compared.total
        districts = len(setting.districts)
        small = runs is None and len(self.source) * districts <= KEPT
        if not small and runs is None:
            runs = Runs.passing()
        totals, outcomes = Totals(districts, keep=small), Outcomes()
        paired = self.source.paired is not None
        figures, rivals = Figures(self.figures, total), Rivals(districts)
        mine: list[Taker] = [outcomes, totals, figures, rivals]
        every = [*mine, *takers]
        many = run_many(setting, self.source, every, asked=self.asked, place=place, runs=runs)
        with many:
            levels = tuple(asked.quantiles)
            limits = None if total is None or paired else total.tolist()
            spread = spread_of(totals.slices(many.store), levels, limits)
        whole = None if total is None or paired else [int(total.sum())]
        together = spread_of([totals.sums()[None, :].copy()], levels, whole)
        if paired:
            spread, together = rivals.told(spread, together)
        return Swept(
            self.study,
            self.source,
            self.unmoved,
            self.compared,
            outcomes,
            spread,
            together,
            self._tables(figures),
            self._indices(place),
        )

    def _indices(self, place: Workplace | None) -> Indices | None:
        """Return Sobol indices, where they are asked for."""
        asked = self.study.model.sweep
        assert asked is not None
        if asked.indices is None or asked.sample is None:
            return None
        from scenarios.sweeping.indices import Model, sobol

        wanted = Asked(grants=(), total=True, rules=False, figures=self.asked.figures)
        model = Model(self.source, self.of_indices, self.compared.total, wanted, place)
        rng = np.random.default_rng([int(asked.sample.seed), 1])
        return sobol(model, int(asked.indices.size), float(asked.indices.confidence), rng)

    def _tables(self, figures: Figures) -> tuple[OneWay | TwoWay, ...]:
        """Return the tables over one or two paths."""
        if not self.figures:
            return ()
        ways = [bound.way for bound in self.source.bound]
        values = self.source.unmoved_values()
        unmoved = [figure.of(self.unmoved.chunk, self.compared.total)[0] for figure in self.figures]
        if len(ways) == 1:
            return (one_way(ways[0], self.figures, figures.columns, (values[0], unmoved)),)
        return tuple(
            two_way(ways[0], ways[1], figure, column, (values[0], values[1], cell))
            for figure, column, cell in zip(self.figures, figures.columns, unmoved, strict=True)
        )


def prepared(study: Study, changes: Changes | None = None) -> Prepared:
    """Return the sweep of a study, checked; parameters as :func:`sweep` has them.

    Raises
    ------
    DocumentError, TableError
        With what is wrong with the sweep, the policy, or its table.
    """
    asked = study.model.sweep
    if asked is None:
        raise DocumentError([Fault("sweep.no_sweep", study.place())])
    settings = Settings(study, changes or {})
    if study.model.constraints or study.model.measures:
        title = study.model.baseline.title or BASELINE
        settings.beside = figures_of(answers([(BASELINE, title, settings.of(()))])[0])
    variant = asked.variant or BASELINE
    setting = _setting(settings, variant)
    source = sweep_source(study, setting)
    measured = measures_of if setting.policy.measures else None
    wanted = Asked(margins=bool(setting.policy.rules), figures=measured)
    unmoved = _case(study, variant, setting, wanted)
    compared = unmoved
    if asked.compare_with is not None and asked.compare_with != variant:
        other = _setting(settings, asked.compare_with)
        compared = _case(study, asked.compare_with, other, wanted)
    if compared.setting.districts.keys != setting.districts.keys:
        raise DocumentError([Fault("sweep.other_districts", study.place("sweep", "compare_with"))])
    check_scaled(study, source)
    if compared is not unmoved:
        source = replace(source, paired=paired_source(study, source, compared.setting))
    figures, of_indices = _figures(study, source), _of_indices(study, source)
    return Prepared(study, source, unmoved, compared, figures, of_indices, wanted)


def measures_of(batch: Batch) -> dict[str, list[Fraction | None]]:
    """Return the measures of the study in each scenario of a batch, as floats have them.

    Nothing is decided by them here; exactly, a coefficient of variation of thousands of districts
    takes as long as a hundred scenarios.
    """
    found: dict[str, list[Fraction | None]] = {}
    for rule in batch.policy.measures:
        known: dict[int, list[float]] = {}
        figures = []
        for row in batch.rows:
            if row.block is None:
                figures.append(math.nan)
                continue
            if id(row.block) not in known:
                known[id(row.block)] = measured(row.block, rule.name).tolist()
            figures.append(known[id(row.block)][row.scenario])
        found[rule.name] = [None if math.isnan(f) else Fraction(f) for f in figures]
    return found


def _setting(settings: Settings, variant: str) -> Setting:
    return settings.of(() if variant == BASELINE else steps_of(settings.study, variant))


def _case(study: Study, variant: str, setting: Setting, asked: Asked) -> Case:
    """Run one scenario."""
    entry = study.model.baseline if variant == BASELINE else study.model.variants[variant]
    chunk = run_chunk(setting, [setting.moves], 0, asked)
    title = entry.title or ("" if variant == BASELINE else variant)
    return Case(variant, title, setting, chunk)


def _figures(study: Study, source: SweepSource) -> tuple[Figure, ...]:
    """Return what tables over one or two paths show; nothing where there are none."""
    asked = study.model.sweep
    assert asked is not None
    if asked.sample is not None or asked.rows is not None or len(source.bound) > 2:
        return ()
    districts = source.setting.districts
    names = asked.table
    if names is None:
        measures = tuple(rule.name for rule in source.setting.policy.measures)
        names = ("losers", *measures)
        if len(source.bound) == 1:
            everyone = districts.keys if len(districts.keys) <= MOST_ACROSS else ()
            names = ("total", "losers", "winners", *measures, *everyone)
    return _named(study, source, names, "table")


def _of_indices(study: Study, source: SweepSource) -> tuple[Figure, ...]:
    """Return what indices are asked of."""
    asked = study.model.sweep
    assert asked is not None
    if asked.indices is None:
        return ()
    size, paths = int(asked.indices.size), len(source.bound)
    if size * (paths + 2) > MOST:
        words = {"count": f"{size * (paths + 2):,}", "most": f"{MOST:,}"}
        place = study.place("sweep", "indices", "size")
        raise DocumentError([Fault("sweep.too_many", place, words)])
    return _named(study, source, asked.indices.of, "indices", "of")


def _named(
    study: Study, source: SweepSource, names: Sequence[str], *path: str
) -> tuple[Figure, ...]:
    """Return figures by their names."""
    faults: list[Fault] = []
    place = study.place("sweep", *path)
    entries = study.model.measures
    measures = {
        rule.name: (rule.title, entries[rule.name].unit or "", entries[rule.name].digits)
        for rule in source.setting.policy.measures
    }
    found = figures_named(names, source.setting.districts, measures, place, faults)
    if faults:
        raise DocumentError(faults)
    return found
