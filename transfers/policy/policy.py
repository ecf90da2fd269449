"""A policy: a document whose every formula is checked, ready for any table of districts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from os.path import realpath
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from msgspec import Struct, field

from transfers.documents import Document
from transfers.documents.load import check_document
from transfers.documents.yaml_source import read_text, scan
from transfers.errors import DocumentError, Fault
from transfers.formula.nodes import Number
from transfers.formula.scope import ItemList, Steps, Table
from transfers.money import Money
from transfers.policy.above import Above, Level, RunAbove, split_changes
from transfers.policy.compile import Compiler
from transfers.policy.reading import Reading
from transfers.policy.rules import (
    CheckRule,
    DivisionRule,
    InputRule,
    OutputRule,
    Path,
    ReserveRule,
    SolveRule,
    Statement,
)
from transfers.units import Unit

if TYPE_CHECKING:
    from transfers.districts import Source
    from transfers.findings import Finding


class Policy(Struct, frozen=True, eq=False):
    """The rules of a transfer.

    Attributes
    ----------
    statements : tuple of rules
        In reading order, which is the order of computing.
    tables : dict of name to Table
    steps : dict of name to Steps
    stages : dict of name to dict of category to Steps
        Brackets or points by category; `tables` has the place of each category among them.
    numbers : dict of path to Number
        What ``--set`` and scenarios can move.
    lists : dict of name to ItemList
    sources, findings : tuple
        The files of lists, and what there is to say about how they were read.
    above : Above or None
        What the level above gives this payer.
    reading : Reading
        How its tables are read.
    run_above : callable or None
        What ran it, and runs it again where the document is read with other values.
    money : Money
    money_unit : Unit
    """

    document: Document
    inputs: Mapping[str, InputRule]
    statements: tuple[Statement, ...]
    tables: Mapping[str, Table]
    steps: Mapping[str, Steps]
    stages: Mapping[str, Mapping[str, Steps]]
    numbers: Mapping[Path, Number]
    solve: SolveRule | None
    money: Money
    money_unit: Unit
    overrides: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, ItemList] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    findings: tuple[Finding, ...] = ()
    above: Above | None = None
    run_above: RunAbove | None = None
    reading: Reading = field(default_factory=Reading)

    def every_steps(self) -> Iterator[tuple[str, Steps]]:
        """Yield each table of brackets or points with the name of its parameter."""
        yield from self.steps.items()
        for name, by_category in self.stages.items():
            for steps in by_category.values():
                yield name, steps

    @property
    def id(self) -> str:
        """The policy's id."""
        return self.document.model.policy

    @property
    def title(self) -> str:
        """The policy's title, or its id."""
        return self.document.model.title or self.id

    @property
    def grants(self) -> tuple[DivisionRule, ...]:
        """The grants, in the order of the document."""
        return tuple(s for s in self.statements if isinstance(s, DivisionRule) and s.paid)

    @property
    def reserves(self) -> tuple[ReserveRule, ...]:
        """The money the payer keeps, in the order of the document."""
        return tuple(s for s in self.statements if isinstance(s, ReserveRule))

    @property
    def outputs(self) -> tuple[OutputRule | DivisionRule, ...]:
        """The columns after the grants: by a formula, or by a division that is not paid."""
        return tuple(
            s
            for s in self.statements
            if isinstance(s, OutputRule) or (isinstance(s, DivisionRule) and s.role == "output")
        )

    @property
    def files_above(self) -> tuple[str, ...]:
        """The files read for the levels above."""
        return () if self.above is None else self.above.files

    @property
    def rules(self) -> tuple[CheckRule, ...]:
        """The statements that the outcome is held against."""
        return tuple(s for s in self.statements if isinstance(s, CheckRule))

    def with_overrides(self, overrides: Mapping[str, str]) -> Policy:
        """Return the policy with values put at paths of its document, as ``--set`` does.

        Raises
        ------
        DocumentError
            A path that the document does not have, or a value that does not fit there.
        """
        source = self.document.source
        changes = {**self.overrides, **overrides}
        return policy_from_text(source.text, source.file, changes, self.run_above)


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
    overrides: Mapping[str, str],
    run_above: RunAbove | None = None,
    chain: tuple[str, ...] = (),
) -> Policy:
    """Read a policy document that is at hand as text; `file` is where it is said to stand.

    Raises
    ------
    DocumentError
        With every fault of the document, in reading order.
    """
    level = Level(run_above, (*chain, realpath(file)))
    try:
        source, found = scan(text, file)
        changes, level.figures = split_changes(source.data, file, overrides)
        document = check_document(source, found, changes)
    except DocumentError as error:
        from transfers.policy.faulty import formula_faults

        more = formula_faults(text, file, overrides, error, level)
        ours = in_reading_order([*error.faults, *more])
        raise DocumentError([*ours, *level.faults]) from None
    compiler = Compiler(document, level=level)
    compiler.compile()
    if compiler.faults or level.faults:
        raise DocumentError([*in_reading_order(compiler.faults), *level.faults])
    if level.rejected is not None:
        raise level.rejected
    model = compiler.document.model
    tables = {
        name: symbol.table
        for name, symbol in compiler.scope.symbols.items()
        if symbol.table is not None
    }
    steps = {
        name: symbol.steps
        for name, symbol in compiler.scope.symbols.items()
        if symbol.steps is not None
    }
    stages = {
        name: symbol.stages
        for name, symbol in compiler.scope.symbols.items()
        if symbol.stages is not None
    }
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
        dict(overrides),
        compiler.scope.lists,
        tuple(compiler.sources),
        tuple(compiler.findings),
        level.above,
        run_above,
        compiler.reading,
    )


def in_reading_order(faults: list[Fault]) -> list[Fault]:
    """Return faults by line and column; those without a place keep theirs at the end."""
    return sorted(faults, key=lambda f: (f.place.line or 10**9, f.place.column or 0))
