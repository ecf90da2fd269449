"""A policy: a document whose every formula is checked, ready for any table of districts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from os.path import realpath
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from transfers.documents.change import SET, Asked, Changes, changes_of, merged
from transfers.documents.load import check_document
from transfers.documents.yaml_source import read_text, scanned
from transfers.errors import DocumentError, Fault, Place
from transfers.messages import Phrase
from transfers.money import Money
from transfers.policy.above import Level, RunAbove, split_changes
from transfers.policy.asks import Asks, MeasureText, Statements, with_measures
from transfers.policy.beside import Beside, lacking, read_beside, title_of_run
from transfers.policy.changing import Value, asked_changes, came_with
from transfers.policy.compile import Compiler
from transfers.policy.compiled import CompiledPolicy
from transfers.policy.ends import with_other_ends
from transfers.policy.moves import addresses
from transfers.policy.numbers import NamedNumber, moves_of, named_numbers, parted
from transfers.policy.promises import waivers_of
from transfers.policy.reading import read_alike
from transfers.policy.rescaling import rescaled_moves, rescaling, with_changes
from transfers.policy.rules import Path

if TYPE_CHECKING:
    from transfers.districts import Districts


class Policy(CompiledPolicy, frozen=True, eq=False, dict=True):
    """The rules of a transfer, and the ways to have them otherwise."""

    def with_overrides(self, overrides: Mapping[str, str]) -> Policy:
        """Return the policy with values put at paths of its document, as ``--set`` does.

        Raises
        ------
        DocumentError
            A path that the document does not have, or a value that does not fit there.
        """
        return self.changed(set=overrides, places=dict.fromkeys(overrides, Place(SET)))

    def reads_like(self, other: Policy, districts: Districts) -> bool:
        """Tell whether it would read the districts that another policy has read as they are."""
        return read_alike(self, other, districts)

    def changed(
        self,
        *,
        set: Mapping[str, Value] | None = None,
        add: Mapping[str, Value] | None = None,
        remove: str | Sequence[str] = (),
        places: Mapping[str, Place] | None = None,
        rescale: str | Sequence[str] = (),
        statements: Statements | None = None,
    ) -> Policy:
        """Return the policy with entries of its document taken away, added, and set.

        What is removed goes first, then what is added comes in, then values are set.

        Parameters
        ----------
        set : mapping, optional
            Path of what the document has, or of a key that a part there may have -> its value: a
            text as the document would write it (YAML in flow style after ``{`` or ``[``), a
            number, a mapping or a list.
        add : mapping, optional
            Path of what the document has not -> its value. Where it stands in the document
            follows from its path: a new section where reading order wants it, a new entry at the
            end of its section, a quantity or an output above the first one that reads it.
        remove : str or sequence of str
            Paths of what the document has.
        places : mapping, optional
            Path -> where that was asked for, which is where faults point; also of what stands
            below a path that is added, and of groups in `rescale`.
        rescale : str or sequence of str
            Paths of groups of numbers (weights of factors, a table) whose sum stays what it was:
            the numbers that are neither set nor added are scaled, exactly.
        statements : Statements, optional
            What is asked of it then, as :meth:`with_statements` does.

        Raises
        ------
        DocumentError
            With every fault. What a change makes wrong elsewhere in the document is told there.
        """
        gone = (remove,) if isinstance(remove, str) else remove
        asked = asked_changes(set or {}, add or {}, gone, places or {})
        groups = (rescale,) if isinstance(rescale, str) else tuple(rescale)
        if statements is None:
            return self._with(asked, places or {}, groups, self.asks)
        added = asked_changes({}, statements.added, (), statements.places, told=False)
        where = {**(places or {}), **statements.places}
        policy = self._with((*asked, *added), where, groups, self.asks.joined(statements))
        read_beside(policy)
        return policy

    def _with(
        self, asked: Changes, places: Mapping[str, Place], groups: tuple[str, ...], asks: Asks
    ) -> Policy:
        """Return the policy with more changes, and with what is asked of it besides."""
        changes = merged(self.changes, asked)
        where = Asked.of(changes, {**self.asked.places, **places})
        source = self.document.source
        faults: tuple[Fault, ...] = ()
        try:
            if groups:
                put_in = with_changes(source, changes, where)
                changes = merged(changes, rescaling(source, put_in, groups, asked, where))
        except DocumentError as error:
            faults = error.faults
        try:
            policy = policy_from_text(
                source.text,
                source.file,
                changes,
                self.run_above,
                asked=where,
                asks=asks,
                before=self,
            )
        except DocumentError as error:
            raise came_with(error, source, asked, faults) from None
        if faults:
            raise DocumentError(faults)
        return policy

    def with_statements(
        self,
        *,
        rules: Mapping[str, Value] | None = None,
        measures: Mapping[str, MeasureText] | None = None,
        beside: Beside | Sequence[Beside] = (),
        places: Mapping[str, Place] | None = None,
    ) -> Policy:
        """Return the policy with rules about its outcome, and figures to be told of it.

        Parameters
        ----------
        rules : mapping, optional
            Id -> a statement, or its keys `that`, `applies`, `level`, `title`.
        measures : mapping, optional
            Id -> a formula that yields one number, or its keys `formula`, `title`, `unit`.
            Measures are no columns: tables do not show them, formulas do not read them.
        beside : Beside or sequence of Beside
            Other runs whose figures rules, measures and outputs may use by their names, such as
            ``baseline.total``: see :meth:`Allocation.beside`.
        places : mapping, optional
            Path (``rules.id``, ``rules.id.that``, ``measures.id``) -> where it was asked for.

        Raises
        ------
        DocumentError
            With every fault; also of a measure with a figure for each district.
        """
        besides = (beside,) if isinstance(beside, Beside) else tuple(beside)
        asked = Statements(rules or {}, measures or {}, besides, places or {})
        return self.changed(statements=asked)

    def beside(self, *besides: Beside) -> Policy:
        """Return the policy with names of other runs, such as ``baseline.total``."""
        return self.with_statements(beside=besides)

    def with_figures_beside(self, beside: Beside) -> Policy:
        """Return the policy with other figures for names of another run that it knows already.

        Nothing is compiled: the names and what they yield must be the same.
        """
        others = tuple(each for each in self.asks.besides if each.name != beside.name)
        policy = replace(self, asks=replace(self.asks, besides=(*others, beside)))
        read_beside(policy)
        return policy

    def without_set_figures(self) -> Policy:
        """Return the policy without changes of figures: those that a table has already."""
        if not self.document.figure_changes:
            return self
        return replace(self, document=replace(self.document, figure_changes={}))

    def lacking(self, name: str, why: Phrase, title: str | Phrase | None = None) -> Beside:
        """Return the names of a run of this policy that has no figures, because of `why`."""
        return lacking(self, name, title or title_of_run(name), why)

    @cached_property
    def addresses(self) -> Mapping[str, Path]:
        """The paths of the numbers that scenarios can move, by how they are written."""
        return addresses(self)

    @property
    def named_numbers(self) -> dict[str, NamedNumber]:
        """The numbers that scenarios can move, by their paths, with what people call them."""
        return named_numbers(self)

    def moves(
        self, asked: Mapping[str, Value], places: Mapping[str, Place] | None = None
    ) -> dict[Path, Fraction]:
        """Return moves of numbers of the document, for a batch.

        Parameters
        ----------
        asked : mapping
            Path of a number -> its value, as :meth:`changed` takes it.
        places : mapping, optional
            Path -> where that was asked for, which is where faults point.

        Raises
        ------
        DocumentError
            With a fault for each path that is no number, and each value that does not fit there.
        """
        return moves_of(self, asked, places or {})

    def parted(self, set: Mapping[str, Value]) -> tuple[dict[str, Value], dict[str, Value]]:
        """Part what is to be set into mere numbers and what makes another policy.

        Numbers can be moved in a batch of this policy (:meth:`moves`). All else, and numbers that
        decide which tables, columns or rows are read, need :meth:`changed`.
        """
        return parted(self, set)

    def rescaled(
        self, moved: Mapping[str, Fraction | float | str], group: str, place: Place | None = None
    ) -> dict[Path, Fraction]:
        """Return moves of some numbers of a group, and of the others so that its sum stays.

        Parameters
        ----------
        moved : mapping
            Name in the group, such as ``area``, or whole path -> new figure.
        group : str
            Path of a mapping of numbers: the factors of a share, a table of parameters.
        place : Place, optional
            Where this was asked for.

        Returns
        -------
        dict of path to Fraction
            For all numbers of the group; exact, so that they need not be decimals.

        Raises
        ------
        DocumentError
            No such group or number; all were moved; the others add up to 0 or would be negative.
        """
        return rescaled_moves(self, moved, group, place or Place(path=group))

    def with_set_figures(
        self, districts: Districts, figures: Mapping[str, str] | None = None
    ) -> Districts:
        """Return districts with the figures that changes of this policy give, as ``--set`` does.

        Parameters
        ----------
        figures : mapping, optional
            Path -> text: these instead, also where they were put in before.

        Raises
        ------
        TableError
            No such district, or a figure that its input does not allow.
        """
        if not (self.document.figure_changes if figures is None else figures):
            return districts
        from transfers.policy.figures import with_set_figures  # few runs change figures

        return with_set_figures(self, districts, figures)


def load_policy(
    path: str | FilePath,
    overrides: Mapping[str, str] | None = None,
    *,
    run_above: RunAbove | None = None,
    chain: tuple[str, ...] = (),
) -> Policy:
    """Read a policy document and check everything that can be checked without a table.

    Parameters
    ----------
    path : path
        The YAML file.
    overrides : mapping, optional
        Path in the document -> text of the value to put there.
    run_above : callable, optional
        Runs the policy of the level above, where the document names one.
    chain : tuple of str
        Real paths of the documents below that are being read.

    Raises
    ------
    DocumentError
        With every fault of the document, in reading order.
    RejectedAboveError
        The level above pays nobody.
    """
    text = read_text(str(path))
    return policy_from_text(text, str(path), overrides or {}, run_above, chain)


def policy_from_text(
    text: str,
    file: str,
    overrides: Mapping[str, str] | Changes,
    run_above: RunAbove | None = None,
    chain: tuple[str, ...] = (),
    *,
    asked: Asked | None = None,
    asks: Asks | None = None,
    before: Policy | None = None,
) -> Policy:
    """Read a policy document that is at hand as text; `file` is where it is said to stand.

    Parameters
    ----------
    before : Policy, optional
        The policy that is changed: its files of lists are not read again, nor is the level above
        it run again, where just the same is asked for.

    Raises
    ------
    DocumentError
        With every fault of the document, in reading order.
    """
    level = Level(run_above, (*chain, realpath(file)))
    level.before = None if before is None else before.answered
    changes = changes_of(overrides)
    asked, asks = asked or Asked.of(changes), asks or Asks()
    try:
        if before is not None and before.changes == changes:
            document = before.document
        else:
            source, found = scanned(text, file)
            own, level.figures = split_changes(source.data, file, changes)
            document = check_document(source, found, own, asked)
    except DocumentError as error:
        from transfers.policy.faulty import formula_faults

        more = formula_faults(text, file, changes, asked, error, level, asks)
        ours = in_reading_order([*error.faults, *more])
        raise DocumentError([asked.fault(fault) for fault in (*ours, *level.faults)]) from None
    if before is not None:
        same = with_other_ends(before, document, changes, asked, asks)
        if same is not None:
            return same
    document = with_measures(document, asks)
    compiler = Compiler(document, level=level, asks=asks)
    compiler.read_before = {} if before is None else before.lists_read
    compiler.compile()
    if compiler.faults or level.faults:
        ours = in_reading_order([asked.fault(fault) for fault in compiler.faults])
        raise DocumentError([*ours, *level.faults])
    if level.rejected is not None:
        raise level.rejected
    model = compiler.document.model
    symbols = compiler.scope.symbols.values()
    tables = {symbol.name: symbol.table for symbol in symbols if symbol.table is not None}
    steps = {symbol.name: symbol.steps for symbol in symbols if symbol.steps is not None}
    stages = {symbol.name: symbol.stages for symbol in symbols if symbol.stages is not None}
    money = Money(model.money.currency, model.money.unit, compiler.money.scale, model.money.quantum)
    return Policy(
        compiler.document,
        compiler.inputs,
        tuple(compiler.statements),
        tables,
        steps,
        stages,
        compiler.numbers,
        compiler.solve,
        money,
        compiler.money,
        changes,
        compiler.scope.lists,
        tuple(compiler.sources),
        tuple(compiler.findings),
        level.above,
        run_above,
        compiler.reading,
        asked,
        compiler.scope,
        asks,
        tuple(compiler.measures),
        tuple(compiler.promises),
        tuple(waivers_of(compiler.document)),
        tuple(compiler.following),
        tuple(compiler.service_lists),
        compiler.aside,
        tuple(compiler.appraisals),
        compiler.lists_read,
        level.answered,
    )


def in_reading_order(faults: list[Fault]) -> list[Fault]:
    """Return faults by line and column; those without a place keep theirs at the end."""
    return sorted(faults, key=lambda f: (f.place.line or 10**9, f.place.column or 0))
