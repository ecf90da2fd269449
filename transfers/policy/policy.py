"""A policy: a document whose every formula is checked, ready for any table of districts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path as FilePath

from msgspec import Struct, field

from transfers.documents import Document
from transfers.documents.load import check_document
from transfers.documents.yaml_source import read_text, scan
from transfers.errors import DocumentError, Fault
from transfers.formula.nodes import Number
from transfers.formula.scope import ItemList, Steps, Table
from transfers.money import Money
from transfers.policy.compile import Compiler
from transfers.policy.rules import (
    DivisionRule,
    InputRule,
    OutputRule,
    Path,
    ReserveRule,
    SolveRule,
    Statement,
)
from transfers.units import Unit


class Policy(Struct, frozen=True, eq=False):
    """The rules of a transfer.

    Attributes
    ----------
    statements : tuple of rules
        In reading order, which is the order of computing.
    tables : dict of name to Table
    steps : dict of name to Steps
    numbers : dict of path to Number
        What ``--set`` and scenarios can move.
    lists : dict of name to ItemList
    money : Money
    money_unit : Unit
    """

    document: Document
    inputs: Mapping[str, InputRule]
    statements: tuple[Statement, ...]
    tables: Mapping[str, Table]
    steps: Mapping[str, Steps]
    numbers: Mapping[Path, Number]
    solve: SolveRule | None
    money: Money
    money_unit: Unit
    overrides: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, ItemList] = field(default_factory=dict)

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
    def outputs(self) -> tuple[OutputRule, ...]:
        """The columns after the grants."""
        return tuple(s for s in self.statements if isinstance(s, OutputRule))

    def with_overrides(self, overrides: Mapping[str, str]) -> Policy:
        """Return the policy with values put at paths of its document, as ``--set`` does.

        Raises
        ------
        DocumentError
            A path that the document does not have, or a value that does not fit there.
        """
        source = self.document.source
        return policy_from_text(source.text, source.file, {**self.overrides, **overrides})


def load_policy(path: str | FilePath, overrides: Mapping[str, str] | None = None) -> Policy:
    """Read a policy document and check everything that can be checked without a table.

    Parameters
    ----------
    path : path
        The YAML file.
    overrides : mapping, optional
        Path in the document -> text of the value to put there.

    Raises
    ------
    DocumentError
        With every fault of the document, in reading order.
    """
    return policy_from_text(read_text(str(path)), str(path), overrides or {})


def policy_from_text(text: str, file: str, overrides: Mapping[str, str]) -> Policy:
    """Read a policy document that is at hand as text; `file` is where it is said to stand.

    Raises
    ------
    DocumentError
        With every fault of the document, in reading order.
    """
    try:
        document = check_document(*scan(text, file), overrides)
    except DocumentError as error:
        from transfers.policy.faulty import formula_faults

        more = formula_faults(text, file, overrides, error)
        raise DocumentError(in_reading_order([*error.faults, *more])) from None
    compiler = Compiler(document)
    compiler.compile()
    if compiler.faults:
        raise DocumentError(in_reading_order(compiler.faults))
    model = document.model
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
    money = Money(model.money.currency, model.money.unit, compiler.money.scale, model.money.quantum)
    return Policy(
        document,
        compiler.inputs,
        tuple(compiler.statements),
        tables,
        steps,
        compiler.numbers,
        compiler.solve,
        money,
        compiler.money,
        dict(overrides),
        compiler.scope.lists,
    )


def in_reading_order(faults: list[Fault]) -> list[Fault]:
    """Return faults by line and column; those without a place keep theirs at the end."""
    return sorted(faults, key=lambda f: (f.place.line or 10**9, f.place.column or 0))
