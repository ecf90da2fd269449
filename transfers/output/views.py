"""The table a person reads after a run: districts, grants, total, last year and change, 合计."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from transfers import messages, progress
from transfers.allocation import Allocation
from transfers.arithmetic.decimals import fixed_decimal
from transfers.money import Money
from transfers.output.origin import change_lines
from transfers.output.terminal import below_unit, table
from transfers.policy.rules import DivisionRule, OutputRule
from transfers.units import describe
from transfers.written import PLACES, decimal_text, plain_text

Cell = Fraction | int | str | bool | None
Role = Literal["key", "name", "grant", "total", "output", "prior", "change", "percent"]

MONEY: tuple[Role, ...] = ("grant", "total", "prior", "change")
"""Columns whose figures are quanta."""


class ViewColumn(Struct, frozen=True):
    """A column as people read it.

    Parameters
    ----------
    role : str
        What it shows.
    header : str
    cells : list, one per district
        Quanta where the column is money, a ratio where it is per cent; None where there is none.
    total : Cell
        What stands in the row of totals; "" for nothing.
    name : str
        The grant or output, as the document has it.
    places : int
        The most decimals of a figure, in the unit of money where it is money.
    exactly : bool
        Whether the document asks for so many decimals, no fewer.
    mark : str
        What stands before a figure below zero; "" for nothing.
    """

    role: Role
    header: str
    cells: list[Cell]
    total: Cell = ""
    name: str = ""
    places: int = 0
    exactly: bool = True
    mark: str = ""

    @property
    def right(self) -> bool:
        """Whether the column is aligned to the right: it holds figures, or nothing."""
        if self.role != "output":
            return self.role not in ("key", "name")
        return not self.cells or any(isinstance(cell, Fraction) for cell in self.cells)

    def marked(self, figure: Fraction | int, text: str) -> str:
        """Put the mark of the column before the text of a figure below zero."""
        return f"{self.mark} {text}" if self.mark and figure < 0 else text

    def text(self, cell: Cell, money: Money, language: str) -> str:
        """Write a cell of this column."""
        if isinstance(cell, str | bool) or cell is None:
            return plain_text(cell, language)
        if self.role == "percent":
            return signed(cell, fixed_decimal(Fraction(cell) * 100, 2, ",") + "%")
        if self.role not in MONEY:
            figure = Fraction(cell)
            if self.exactly:
                return self.marked(figure, fixed_decimal(figure, self.places, ","))
            return self.marked(figure, decimal_text(figure, self.places))
        whole = isinstance(cell, int) or cell.denominator == 1
        text = money.format_for_people(cell, money.places if whole else money.places + 2)
        return signed(cell, text) if self.role == "change" else text


def signed(figure: Fraction | int, text: str) -> str:
    """Put a plus before the text of a figure above zero."""
    return f"+{text}" if figure > 0 else text


def whole_view(
    allocation: Allocation, language: str, columns: int, *, measures: bool, by: str | None
) -> str:
    """Return what `run` shows: the table, the rules and, where asked for, the measures."""
    view = allocation_view(allocation, language, columns)
    if not (measures or by):
        return view
    from transfers.output.view_of_measures import measures_view

    return f"{view}\n\n{measures_view(allocation, by, language, columns)}"


def allocation_view(allocation: Allocation, language: str, columns: int = 80) -> str:
    """Return the table of an allocation with its title, unit and 合计 row."""
    policy = allocation.policy
    shown = view_columns(allocation, language)
    texts = view_texts(shown, policy.money, language)
    grid = table(
        [column.header for column in shown],
        list(zip(*(column[:-1] for column in texts), strict=True)),
        right=[column.right for column in shown],
        total=[column[-1] for column in texts],
        columns=columns,
    )
    laid = below_unit(grid, unit_line(allocation, language))
    below = unspent_lines(allocation, language)
    paid_in = any(rule.collects or rule.contributions for rule in allocation.policy.grants)
    if paid_in or allocation.policy.document.model.reserves or allocation.policy.rules:
        below = [*below, *_accounts_and_rules(allocation, language, columns)]
    return "\n".join(
        [policy.title, *change_lines(allocation.policy, allocation, language), *laid, *below]
    )


def _accounts_and_rules(allocation: Allocation, language: str, columns: int) -> list[str]:
    from transfers.output.accounts import account_lines
    from transfers.output.view_of_rules import rules_lines

    return [
        *account_lines(allocation, language, columns),
        *rules_lines(allocation, language, columns),
    ]


def view_texts(columns: list[ViewColumn], money: Money, language: str) -> list[list[str]]:
    """Return the texts of each column's cells, the total's last."""
    with progress.stage("prepare", len(columns)) as stage:
        return [
            [column.text(cell, money, language) for cell in (*column.cells, column.total)]
            for column in stage.each(columns)
        ]


def unit_line(allocation: Allocation, language: str) -> str:
    """Say what amounts are counted in."""
    return messages.text("command.unit", language, unit=allocation.policy.money.unit)


def unspent_lines(allocation: Allocation, language: str) -> list[str]:
    """Say what money of each grant nobody had in the end."""
    lines = (unspent_line(allocation, rule, language) for rule in allocation.policy.grants)
    return [line for line in lines if line]


def unspent_line(allocation: Allocation, rule: DivisionRule, language: str) -> str:
    """Say what money of a grant nobody had in the end, or nobody paid; "" where none is left."""
    left = allocation.uncollected.get(rule.name, allocation.undivided[rule.name])
    if not left:
        return ""
    money = allocation.policy.money
    words = {"title": rule.title, "amount": money.format_for_people(left), "unit": money.unit}
    return messages.text(
        f"command.un{'collected' if rule.collects else 'spent'}", language, **words
    )


def view_columns(allocation: Allocation, language: str) -> list[ViewColumn]:
    """Return key, name, grants, total, outputs, last year and change, in this order."""
    with progress.stage("prepare"):
        return _columns(allocation, language)


def _columns(allocation: Allocation, language: str) -> list[ViewColumn]:
    def label(name: str) -> str:
        return messages.text(f"command.{name}", language)

    keys: list[Cell] = list(allocation.keys)
    names: list[Cell] = list(allocation.districts.names)
    columns = [
        ViewColumn("key", label("key"), keys, label("total_row")),
        ViewColumn("name", label("name"), names),
    ]
    places = allocation.policy.money.places
    for rule in allocation.policy.grants:
        quanta = allocation.amounts[rule.name].tolist()
        columns.append(ViewColumn("grant", rule.title, quanta, sum(quanta), rule.name, places))
    if len(allocation.policy.grants) > 1:
        quanta = allocation.total.tolist()
        columns.append(ViewColumn("total", label("total"), quanta, sum(quanta), "", places))
    columns += _outputs(allocation, label("clawback"), language)
    columns += _against_last_year(allocation, label("change"), label("change_pct"))
    return columns


def _outputs(allocation: Allocation, mark: str, language: str) -> list[ViewColumn]:
    columns = []
    money = allocation.policy.money_unit
    for rule in allocation.policy.outputs:
        cells: list[Cell] = list(allocation.outputs[rule.name])
        total: Cell = ""
        if rule.unit.kinds == money.kinds and _differs_by_district(rule):
            total = sum((cell for cell in cells if isinstance(cell, Fraction)), Fraction(0))
        header = f"{rule.title} {messages.said(describe(rule.unit, money), language)}".strip()
        digits = allocation.policy.money.places if isinstance(rule, DivisionRule) else rule.digits
        places, exactly = PLACES if digits is None else digits, digits is not None
        column = ViewColumn("output", header, cells, total, rule.name, places, exactly)
        if rule.negative is not None:
            column = replace(column, mark=mark)
        columns.append(column)
    return columns


def _differs_by_district(rule: OutputRule | DivisionRule) -> bool:
    """Whether an output has figures of districts, and not one figure that stands in every row."""
    return isinstance(rule, DivisionRule) or rule.formula.node.type.per_district


def _against_last_year(allocation: Allocation, change: str, percent: str) -> list[ViewColumn]:
    """Return last year, the change and the change in per cent, where there is a last year."""
    name = allocation.prior_input
    if name is None:
        return []
    priors = allocation.priors()
    amounts = allocation.total.tolist()
    known = [prior for prior in priors if prior is not None]
    before = sum(known, Fraction(0))
    whole = sum(amounts)
    complete = len(known) == len(priors)
    pairs = list(zip(amounts, priors, strict=True))
    changes: list[Cell] = [None if p is None else a - p for a, p in pairs]
    shares: list[Cell] = [a / p - 1 if p is not None and p > 0 else None for a, p in pairs]
    places = allocation.policy.money.places
    fine = places if all(prior.denominator == 1 for prior in known) else places + 2
    title = allocation.policy.inputs[name].title
    share = whole / before - 1 if before > 0 and complete else None
    return [
        ViewColumn("prior", title, list(priors), before, name, fine),
        ViewColumn("change", change, changes, whole - before if complete else None, "", fine),
        ViewColumn("percent", percent, shares, share, "", 2),
    ]
