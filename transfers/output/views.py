"""The table a person reads after a run: districts, grants, total, last year and change, 合计."""

from __future__ import annotations

from fractions import Fraction

from transfers import messages
from transfers.allocation import Allocation
from transfers.arithmetic.decimals import fixed_decimal
from transfers.output.terminal import padded, table, width
from transfers.units import describe
from transfers.written import decimal_text, plain_text

Cell = Fraction | str | bool | None


def allocation_view(allocation: Allocation, language: str, columns: int = 80) -> str:
    """Return the table of an allocation with its title, unit and 合计 row."""
    view = _View(allocation, language)
    grid = table(view.headers, view.rows, right=view.right, total=view.total, columns=columns)
    policy = allocation.policy
    unit = messages.text("command.unit", language, unit=policy.money.unit)
    wide = max(width(line) for line in grid.splitlines())
    lines = [policy.title, padded(unit, wide, right=True), grid]
    for rule in policy.grants:
        left = allocation.unspent[rule.name]
        if left:
            amount = policy.money.format_for_people(left)
            words = {"title": rule.title, "amount": amount, "unit": policy.money.unit}
            lines.append(messages.text("command.unspent", language, **words))
    return "\n".join(lines)


class _View:
    """Gathers the columns of one allocation."""

    def __init__(self, allocation: Allocation, language: str) -> None:
        self.allocation, self.language = allocation, language
        self.money = allocation.policy.money
        self.headers: list[str] = [self.label("key"), self.label("name")]
        self.right = [False, False]
        self.columns: list[list[str]] = [
            list(allocation.keys),
            list(allocation.districts.names),
        ]
        self.total: list[str] = [self.label("total_row"), ""]
        self._grants()
        self._outputs()
        self._against_last_year()
        self.rows = [list(row) for row in zip(*self.columns, strict=True)]

    def label(self, name: str) -> str:
        return messages.text(f"command.{name}", self.language)

    def add(self, header: str, cells: list[str], total: str, *, right: bool = True) -> None:
        self.headers.append(header)
        self.columns.append(cells)
        self.total.append(total)
        self.right.append(right)

    def _money(self, header: str, quanta: list[int]) -> None:
        cells = [self.money.format_for_people(q) for q in quanta]
        self.add(header, cells, self.money.format_for_people(sum(quanta)))

    def _grants(self) -> None:
        allocation = self.allocation
        for rule in allocation.policy.grants:
            self._money(rule.title, allocation.amounts[rule.name].tolist())
        if len(allocation.policy.grants) > 1:
            self._money(self.label("total"), allocation.total.tolist())

    def _outputs(self) -> None:
        for rule in self.allocation.policy.outputs:
            unit = describe(rule.unit, self.allocation.policy.money_unit)
            header = f"{rule.title} {unit}".strip()
            cells = self.allocation.outputs[rule.name]
            texts = [self._cell(cell, rule.digits) for cell in cells]
            numbers = [cell for cell in cells if isinstance(cell, Fraction)]
            is_money = rule.unit.kinds == self.allocation.policy.money_unit.kinds
            total = self._cell(sum(numbers, Fraction(0)), rule.digits) if is_money else ""
            self.add(header, texts, total, right=bool(numbers) or not cells)

    def _cell(self, cell: Cell, digits: int | None) -> str:
        if isinstance(cell, Fraction):
            return decimal_text(cell, 4 if digits is None else digits)
        return plain_text(cell, self.language)

    def _against_last_year(self) -> None:
        """Add last year, the change and the change in per cent, where there is a last year."""
        allocation = self.allocation
        name = allocation.prior_input
        if name is None:
            return
        priors = allocation.priors()
        amounts = [Fraction(q) for q in allocation.total.tolist()]
        known = [p for p in priors if p is not None]
        whole = sum(amounts, Fraction(0))
        before = sum(known, Fraction(0))
        title = allocation.policy.inputs[name].title
        self.add(title, [self._amount(p) for p in priors], self._amount(before))
        pairs = list(zip(amounts, priors, strict=True))
        changes = ["—" if p is None else self._signed(a - p) for a, p in pairs]
        complete = len(known) == len(priors)
        self.add(self.label("change"), changes, self._signed(whole - before) if complete else "—")
        shares = ["—" if not p else self._percent(a / p - 1) for a, p in pairs]
        share = self._percent(whole / before - 1) if before and complete else "—"
        self.add(self.label("change_pct"), shares, share)

    def _amount(self, quanta: Fraction | None) -> str:
        if quanta is None:
            return "—"
        places = self.money.places if quanta.denominator == 1 else self.money.places + 2
        return self.money.format_for_people(quanta, places)

    def _signed(self, quanta: Fraction) -> str:
        text = self._amount(quanta)
        return f"+{text}" if quanta > 0 else text

    def _percent(self, share: Fraction) -> str:
        text = fixed_decimal(share * 100, 2, ",") + "%"
        return f"+{text}" if share > 0 else text
