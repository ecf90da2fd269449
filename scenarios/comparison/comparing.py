"""Hold every variant of a run against its baseline. Method: section 35."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from scenarios.answers import Answer, Run
from scenarios.comparison.compared import Compared, RankedBy, Side
from transfers import Allocation, DocumentError, Fault, Place, Policy, TableError
from transfers.allocation import frame_of
from transfers.documents.faults import nearest
from transfers.measures import text_columns
from transfers.money import Money

if TYPE_CHECKING:
    from scenarios.running.job import Workplace

TOTAL = "total"


class Comparison(Struct, frozen=True, eq=False, dict=True):
    """The variants of a run beside its baseline.

    Parameters
    ----------
    grant : str
        Which grant is compared; ``total`` for all together.
    by : str or None
        The column of texts by which districts are grouped.
    money : Money
        What amounts are counted in: the baseline's unit, and the largest sum of which the quanta
        of all answers are whole multiples.
    baseline : Side
    variants : tuple of Compared
        In the order of the study.
    place : Workplace or None
        Who runs subsets of changes.
    """

    run: Run
    grant: str
    by: str | None
    money: Money
    baseline: Side
    variants: tuple[Compared, ...]
    place: Workplace | None = None

    def __getitem__(self, variant: str) -> Compared:
        """Return a variant by its id.

        Raises
        ------
        KeyError
            There is none; with those there are.
        """
        known = {compared.id: compared for compared in self.variants}
        if variant not in known:
            raise KeyError(f"{variant}: {', '.join(known)}")
        return known[variant]

    def table(self) -> dict[str, list[Any]]:
        """Return the columns of a data file, exactly: a row for each variant and district."""
        from scenarios.comparison.columns import data_columns

        return {column.name: column.exact() for column in data_columns(self)}

    def to_frame(self) -> Any:
        """Return the table as a pandas frame, or polars; its figures as floats.

        Raises
        ------
        ImportError
            Neither is installed.
        """
        return frame_of(self.table())

    @property
    def ranked_by(self) -> RankedBy:
        """What ranks are of."""
        return "per_head" if self.baseline.knows_heads else "amount"

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Keys of the districts that any answer has, the baseline's first."""
        return tuple(self.names_by_key)

    @cached_property
    def names_by_key(self) -> dict[str, str]:
        """Key -> name, the baseline's first."""
        found: dict[str, str] = {}
        for side in (self.baseline, *(compared.after for compared in self.variants)):
            for key, name in zip(side.keys, side.names, strict=True):
                found.setdefault(key, name)
        return found

    @property
    def answers(self) -> tuple[Answer, ...]:
        """The baseline's answer, then those of the variants."""
        return (self.run.baseline, *self.run.variants)

    @property
    def keeps_hard_rules(self) -> bool:
        """Whether every answer pays and keeps every hard rule and constraint."""
        return all(answer.keeps_hard_rules for answer in self.answers)


def compare(
    run: Run, *, grant: str = TOTAL, by: str | None = None, place: Workplace | None = None
) -> Comparison:
    """Hold every variant of a run against its baseline.

    A variant that is rejected or cannot be computed stops no other: its amounts are absent.
    Method: section 35.

    Parameters
    ----------
    run : Run
    grant : str
        A grant's id, or the title that only one has; ``total`` for all of them.
    by : str, optional
        A column of texts of the baseline, by which districts are grouped.
    place : Workplace, optional
        Who runs the subsets of changes that only move numbers; this process if left out.

    Raises
    ------
    DocumentError
        No answer has such a grant.
    TableError
        `by` is no column of texts.

    Examples
    --------
    >>> from scenarios import load_study, run
    >>> found = compare(run(load_study("examples/studies/three.yaml")))
    >>> [(each.id, each.change) for each in found.variants][:2]  # (N,) int, quanta
    [('area_50', [-19, -10, 9, 20]), ('west_up', [0, 120, 0, 0])]
    """
    answers = (run.baseline, *run.variants)
    grant = grant_called([answer.setting.policy for answer in answers], grant)
    if by is not None and run.baseline.done:
        _check_groups(run.baseline.allocation, by)
    money = common_money([answer.setting.policy.money for answer in answers])
    baseline = side_of(run.baseline, grant, money)
    unit = money.quantum * money.unit_scale
    ranked_by: RankedBy = "per_head" if baseline.knows_heads else "amount"
    variants = []
    for answer in run.variants:
        currency = answer.setting.policy.money.currency
        other = "" if currency == money.currency else currency
        side = side_of(answer, grant, money)
        variants.append(Compared(baseline, side, unit, ranked_by, other))
    return Comparison(run, grant, by, money, baseline, tuple(variants), place)


def grant_called(policies: Sequence[Policy], grant: str) -> str:
    """Return the id of a grant that is named by it, or by its title.

    Raises
    ------
    DocumentError
        No policy has such a grant.
    """
    rules = [rule for policy in policies for rule in policy.grants]
    known = dict.fromkeys(rule.name for rule in rules)
    if grant == TOTAL or grant in known:
        return grant
    named = {rule.name for rule in rules if rule.title == grant}
    if len(named) == 1:
        return named.pop()
    titles = dict.fromkeys(rule.title for rule in rules)
    near = nearest(grant, (*known, *titles, TOTAL))
    words: dict[str, object] = {"text": grant, "known": (*known, TOTAL)}
    code = "compare.unknown_grant"
    if near is not None:
        words, code = {**words, "near": near}, "compare.unknown_grant_near"
    raise DocumentError([Fault(code, Place(), words)])


def _check_groups(allocation: Allocation, by: str) -> None:
    known = text_columns(allocation)
    if by not in known:
        words = {"name": by, "known": known or "—"}
        raise TableError([Fault("measures.no_groups", Place(), words)])


def common_money(all_of_them: Sequence[Money]) -> Money:
    """Return the first money, with a quantum of which all quanta are whole multiples."""
    first = all_of_them[0]
    quanta = [
        money.quantum * money.unit_scale / first.unit_scale
        for money in all_of_them
        if money.currency == first.currency
    ]
    below = lcm(*(quantum.denominator for quantum in quanta))
    above = gcd(*(int(quantum * below) for quantum in quanta))
    return Money(first.currency, first.unit, first.unit_scale, Fraction(above, below))


def quanta_in(policy: Policy, money: Money) -> int:
    """Return how many quanta of `money` one quantum of a policy is."""
    mine = policy.money.quantum * policy.money.unit_scale
    return int(mine / (money.quantum * money.unit_scale))


def side_of(answer: Answer, grant: str, money: Money) -> Side:
    """Return what an answer pays every district, in quanta of `money`."""
    districts = answer.setting.districts
    nobody = (None,) * len(districts.keys)
    policy = answer.setting.policy
    if not answer.done or policy.money.currency != money.currency:
        return Side(answer, districts.keys, districts.names, nobody)
    allocation = answer.allocation
    if grant == TOTAL:
        quanta = allocation.total.tolist()
    elif grant in allocation.amounts:
        quanta = allocation.amounts[grant].tolist()
    else:  # a policy without this grant pays nothing of it
        quanta = [0] * len(districts.keys)
    times = quanta_in(policy, money)
    amounts = tuple(quantum * times for quantum in quanta)
    return Side(answer, districts.keys, districts.names, amounts)
