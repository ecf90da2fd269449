"""The story of one district, line by line: figure, unit, rule and source."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from transfers.arithmetic.decimals import fixed_decimal
from transfers.districts.changed import cell_text
from transfers.errors import Place
from transfers.explain.broken_rules import broken_rules
from transfers.explain.changes import changes_of, in_table, where_figure
from transfers.explain.draws import draw_lines
from transfers.explain.explanation import Explanation
from transfers.explain.items import MOST_ITEMS, item_figures, lines_below, told_with_their_sum
from transfers.explain.line import Line, plainly, where_of
from transfers.explain.order import readers_of_quantities, told_for_rule
from transfers.explain.parameters import parameter_lines
from transfers.explain.part_lines import part_lines
from transfers.explain.parts import Portion, portion_of
from transfers.explain.sections import MOST_TOLD, Sections
from transfers.explain.sentence import growth, prior_name, purse_of, sentence_of
from transfers.formula.library import names_in
from transfers.outcome import Outcome
from transfers.policy.above import Above
from transfers.policy.beside import beside_of
from transfers.policy.rules import (
    BudgetRule,
    CheckRule,
    DivisionRule,
    Formula,
    OutputRule,
    QuantityRule,
    Statement,
)
from transfers.units import describe
from transfers.written import figure_text

if TYPE_CHECKING:
    from transfers.allocation import Allocation

Ints = NDArray[np.int64]


def explain(allocation: Allocation, key: str) -> Explanation:
    """Tell the story of one district.

    Raises
    ------
    KeyError
        No district, or more than one, has this key or name.
    """
    district = district_of(allocation, key)
    found = _Teller(allocation, district).explanation()
    if allocation.policy.service_lists or allocation.policy.appraisals:
        sections = Sections(allocation, district)
        return replace(found, told=_Teller(allocation, district, sections).lines())
    return found


def district_of(allocation: Allocation, key: str) -> int:
    """Return the number of a district by its key, its name, or the start of its name.

    A name, or its start (台山 for 台山市), counts only where one district has it.
    """
    if key in allocation.keys:
        return allocation.keys.index(key)
    names = allocation.districts.names
    for fits in (str.__eq__, str.startswith):
        found = [i for i, name in enumerate(names) if key and fits(name, key)]
        if len(found) == 1:
            return found[0]
    raise KeyError(key)


class _Teller:
    """Tells the story of one district of one allocation."""

    def __init__(
        self, allocation: Allocation, district: int, sections: Sections | None = None
    ) -> None:
        self.allocation, self.district, self.sections = allocation, district, sections
        self.most = MOST_ITEMS if sections is None else MOST_TOLD
        self.block, self.scenario = allocation.block, allocation.scenario
        self.policy = allocation.policy
        self.money = self.policy.money
        self.member = np.array([district], dtype=np.intp)
        self.told: set[str] = set()
        self.told_calls: set[str] = set()
        self.told_with_their_sum = told_with_their_sum(allocation)
        self.portions: list[Portion] = []
        self.readers = readers_of_quantities(self.policy)

    def explanation(self) -> Explanation:
        lines = self.lines()
        return Explanation(
            self.allocation.keys[self.district],
            self.allocation.districts.names[self.district],
            self.policy.title,
            self.money.unit,
            lines,
            tuple(self.portions),
            tuple(self._sentences()),
            changes_of(self.allocation),
        )

    def _sentences(self) -> Iterator[tuple[str, dict[str, object]]]:
        prior = self._prior()
        paid = [p for p in self.portions if p.outcome.rule.paid]
        for portion in paid:
            several = len(paid) > 1
            yield sentence_of(portion, self.allocation, prior if not several else None)
        if len(paid) > 1:
            total = Fraction(int(self.allocation.total[self.district]))
            change = growth(self.money, total, prior, prior_name(self.allocation))
            amount = self.money.format_for_people(total)
            words: dict[str, object] = {"amount": amount, "growth": change}
            yield "explain.total_sentence", words

    def _prior(self) -> Fraction | None:
        """Return last year's amount in quanta, where an input has the role `prior`."""
        return self.allocation.prior(self.district)

    # -- lines ---------------------------------------------------------------------------------

    def lines(self) -> tuple[Line, ...]:
        """Return all lines; with `sections` those for people."""
        return tuple(self._lines())

    def _lines(self) -> Iterator[Line]:
        """Yield the lines in reading order; what a rule reads stands before it."""
        if self.policy.above is not None:
            yield self._line_above(self.policy.above)
        several = len(self.policy.grants) > 1
        first_output = next(iter(self.policy.outputs), None)
        for statement in self.policy.statements:
            if isinstance(statement, CheckRule):
                continue  # told at the end, where the district breaks it
            lines = self._lines_of(statement)
            if several and isinstance(statement, DivisionRule) and statement.paid:
                lines = _headed(lines, "explain.heading", self._heading(statement))
            elif several and statement is first_output:
                lines = _headed(lines, "explain.heading_outputs", {})
            yield from lines
            if several and statement is self.policy.grants[-1]:
                yield replace(self._total_line(), heading="explain.heading_total")
        yield from self._rule_lines()

    def _lines_of(self, statement: Statement) -> Iterator[Line]:
        """Yield the lines of one rule, what it reads before it."""
        yield from self._quantities_before(statement)
        match statement:
            case QuantityRule() if statement.name not in self.readers:
                yield from self._quantity(statement)
            case BudgetRule():
                yield from self._inputs_of(statement.amount)
            case DivisionRule():
                yield from self._division(statement)
            case OutputRule():
                yield from self._inputs_of(statement.formula)
                yield self._column_line("explain.output", statement)
                yield from self._below(statement.formula)
                yield from self._clawback(statement)

    def _quantities_before(self, statement: Statement) -> Iterator[Line]:
        """Yield the quantities that are told where this rule reads them."""
        for rule in self.policy.statements:
            if isinstance(rule, QuantityRule) and self.readers.get(rule.name) is statement:
                yield from self._quantity(rule)

    def _quantity(self, rule: QuantityRule) -> Iterator[Line]:
        if self.sections is not None and self.sections.knows(rule.name):
            if not self.sections.untold(rule.name):
                yield from self._inputs_of(rule.formula)
                yield from self.sections.lines(rule, self._quantity_line(rule))
            return
        yield from self._inputs_of(rule.formula)
        yield self._quantity_line(rule)
        if rule.formula.node.type.over and rule.name not in self.told_with_their_sum:
            yield from item_figures(self.allocation, rule.formula, self.district, self.most)
        yield from self._below(rule.formula)

    def _below(self, formula: Formula | None) -> Iterator[Line]:
        return lines_below(self.allocation, formula, self.district, self.told_calls, self.most)

    def _heading(self, rule: DivisionRule) -> dict[str, object]:
        """Return the words of the heading of a grant: what it comes to."""
        outcome = self.allocation.outcome(rule.name)
        assert outcome.amounts is not None
        row = outcome.amounts[min(self.scenario, len(outcome.amounts) - 1)]
        amount = self.money.format_for_people(int(row[self.district]))
        return {"grant": rule.title, "amount": amount, "money": self.money.unit}

    def _total_line(self) -> Line:
        """Return the total with the grants it is made of."""
        replaced = {rule.replaces for rule in self.policy.grants}
        parts = [
            self.money.format_for_people(int(self.allocation.amounts[rule.name][self.district]))
            for rule in self.policy.grants
            if rule.name not in replaced
        ]
        total = self.money.in_units(int(self.allocation.total[self.district]))
        return Line("explain.total", total, self.money.unit, values={"sum": " + ".join(parts)})

    def _rule_lines(self) -> Iterator[Line]:
        """Yield the rules that the district breaks, each below what only it reads."""
        for name, line in broken_rules(self.allocation, self.district):
            rule = next(rule for rule in self.policy.rules if rule.name == name)
            yield from self._figures_beside(rule.that, rule.applies)
            wanted = told_for_rule(self.policy, rule) - self.told
            for quantity in self.policy.statements:
                if not isinstance(quantity, QuantityRule) or quantity.name not in wanted:
                    continue
                if isinstance(self.readers[quantity.name], CheckRule):
                    self.told.add(quantity.name)
                    yield from self._quantity(quantity)
            yield line

    def _line_above(self, above: Above) -> Line:
        """Return what the level above gives the payer."""
        given = above.figures["total"]
        unit = describe(given.unit, self.policy.money_unit)
        words: dict[str, object] = {"title": above.title, "name": above.name}
        where = _where_rule(self.policy.document.place("upstream"))
        return Line("explain.upstream", given.value, unit, "", "", where, words)

    def _inputs_of(self, *formulas: Formula | None) -> Iterator[Line]:
        for formula in formulas:
            if formula is None:
                continue
            for name in names_in(formula.node):
                rule = self.policy.inputs.get(name)
                if rule is not None and not rule.over and name not in self.told:
                    self.told.add(name)
                    yield self._input_line(name)
            yield from self._figures_beside(formula)
            yield from parameter_lines(self.allocation, formula, self.district, self.told)

    def _figures_beside(self, *formulas: Formula | None) -> Iterator[Line]:
        """Yield the figures of other runs that formulas use, each told once."""
        for name in (name for f in formulas if f is not None for name in names_in(f.node)):
            beside = beside_of(self.policy, name)
            if beside is None or name in self.told:
                continue
            self.told.add(name)
            run, figure = beside
            unit = describe(run.types[figure].unit, self.policy.money_unit)
            words: dict[str, object] = {"title": run.titled(figure)}
            yield Line("explain.beside", self._cell(name), unit, name, values=words)

    def _input_line(self, name: str) -> Line:
        """Return the line of an input; a figure that was changed beside what the table has."""
        rule = self.policy.inputs[name]
        words: dict[str, object] = {"title": rule.title}
        old = in_table(self.allocation, name, self.district)
        if old is not None:
            cell, place = old
            said = figure_text(cell) if isinstance(cell, Fraction) else cell_text(cell)
            words |= {"old": said, "cell": where_of(place)}
        return Line(
            "explain.input" if old is None else "explain.input_changed",
            self._cell(name),
            describe(rule.unit, self.policy.money_unit),
            name,
            rule.source or "",
            where_figure(self.allocation, name, self.district),
            words,
        )

    def _cell(self, name: str) -> Fraction | str | bool | None:
        return self.allocation.cell(name, self.district)

    def _quantity_line(self, rule: QuantityRule) -> Line:
        """Return the line of a quantity; one over a list has no single figure."""
        over = rule.formula.node.type.over
        if not over:
            return self._column_line("explain.quantity", rule)
        items = self.policy.lists[over]
        words: dict[str, object] = {"name": rule.name}
        words["title"] = rule.title if rule.title != rule.name else ""
        listed = {**words, "list": items.title or items.name, "count": len(items)}
        where, source = self._line_of(rule.formula), rule.source or ""
        return Line(
            "explain.quantity_items",
            rule=rule.formula.text,
            source=source,
            where=where,
            values=listed,
        )

    def _column_line(self, code: str, rule: QuantityRule | OutputRule) -> Line:
        """Return the line of a derived column; a derived unit per something is written plainly."""
        unit = rule.unit if isinstance(rule, OutputRule) else rule.formula.node.type.unit
        figure = self._cell(rule.name)
        words: dict[str, object] = {}
        if isinstance(figure, Fraction) and isinstance(rule, OutputRule):  # as in the table
            digits = rule.digits
            said = figure_text(figure) if digits is None else fixed_decimal(figure, digits, ",")
            words["figure"] = said
        elif isinstance(figure, Fraction):
            figure, unit = plainly(figure, unit, self.policy.money_unit)
        return Line(
            code,
            figure,
            describe(unit, self.policy.money_unit),
            rule.formula.text,
            (rule.source if isinstance(rule, QuantityRule) else None) or "",
            self._line_of(rule.formula),
            {"name": rule.name, "title": rule.title if rule.title != rule.name else "", **words},
        )

    def _claimed(
        self, portion: Portion, money: Fraction, words: dict[str, object]
    ) -> tuple[Fraction, str, dict[str, object]]:
        """Return what claims without a pool come to, and what there is for them if that is less."""
        asked = portion.outcome.asked
        assert asked is not None
        total = self._all_claims(portion.outcome, asked) * portion.outcome.unit
        if total <= money:
            return total, "explain.pool_claims", words
        there = {**words, "money": figure_text(money)}
        return total, "explain.pool_claims_short", there

    def _all_claims(self, outcome: Outcome, asked: Ints) -> int:
        """Return what is asked for together with what districts pay in towards it."""
        net = int(asked[min(self.scenario, len(asked) - 1), 0])
        if outcome.rule.contributions != "pool":
            return net
        assert outcome.amounts is not None
        row = outcome.amounts[min(self.scenario, len(outcome.amounts) - 1)]
        # Where nothing is asked for, all are paid out of contributions.
        return net + int(-row[row < 0].sum()) if net else int(row[row > 0].sum())

    def _clawback(self, rule: OutputRule | DivisionRule) -> Iterator[Line]:
        """Yield what the district is to return, where an output is below zero."""
        figure = self._cell(rule.name) if rule.negative is not None else None
        if isinstance(figure, Fraction) and figure < 0:
            unit = describe(rule.unit, self.policy.money_unit)
            yield Line("explain.clawback", -figure, unit, "", "", "", {"title": rule.title})

    def _line_of(self, formula: Formula) -> str:
        return _where_rule(self.policy.document.value_place(formula.path))

    def _division(self, rule: DivisionRule) -> Iterator[Line]:
        outcome = self.allocation.outcome(rule.name)
        portion = portion_of(self.block, outcome, self.scenario, self.district)
        self.portions.append(portion)
        yield from self._inputs_of(*rule.formulas)
        unit = self.money.unit if rule.whole else describe(rule.unit, self.policy.money_unit)
        quantum = outcome.unit
        where = _where_rule(self.policy.document.place(*rule.path))
        words: dict[str, object] = {"title": rule.title}
        if portion.pool is not None:
            group = outcome.groups.names[int(outcome.groups.of[self.district])]
            words["group"] = f"[{group}]" if group else ""
            pool = "remainder" if rule.remainder else rule.pool.text if rule.pool else ""
            figure = portion.pool * quantum
            code = "explain.pool_levy" if rule.collects else "explain.pool"
            if not pool:
                figure, code, words = self._claimed(portion, figure, words)
            yield Line(code, figure, unit, pool, rule.source or "", where, words)
            yield from self._below(rule.pool)
            yield from draw_lines(self.block, self.scenario, portion, where)
        if not portion.eligible:
            text = rule.eligible.text if rule.eligible else ""
            yield Line("explain.not_eligible", None, "", text, "", where, words)
            return
        yield from part_lines(self.allocation, portion, unit, self.told_calls)
        code = {"grant": "amount", "output": "divided", "stage": "stage"}[rule.role]
        final = portion.amount if portion.amount is not None else portion.entitlement
        due = Fraction(final) * quantum
        yield Line(f"explain.{code}", due, unit, rule.name, rule.source or "", where, words)
        if final < 0 and (rule.collects or rule.contributions is not None):
            words = {**words, "purse": purse_of(portion, self.allocation)}
            yield Line("explain.pays_in", -due, unit, "", "", where, words)
        yield from self._clawback(rule)


def _headed(lines: Iterator[Line], heading: str, words: dict[str, object]) -> Iterator[Line]:
    """Yield lines, the first below a heading."""
    for line in lines:
        yield replace(line, heading=heading, values={**line.values, **words})
        yield from lines


def _where_rule(place: Place) -> str:
    """Return the file, without its folder, and the line of a rule."""
    return where_of(Place(place.file, place.line))
