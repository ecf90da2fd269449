"""What pages tell of an outlook: its figures in one money, who was a district when, and titles."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property

from msgspec import Struct

from scenarios.answers import Answer
from scenarios.comparison.comparing import TOTAL, common_money, grant_called, quanta_in
from scenarios.outlook.course import Course
from scenarios.outlook.found import Outlook, VariantOutlook, YearAnswer
from scenarios.outlook.pages.districts import DistrictYears, district_years
from scenarios.study.load import BASELINE
from transfers import Account
from transfers.money import Money


class Report(Struct, frozen=True, eq=False, dict=True):
    """An outlook as people read it.

    Parameters
    ----------
    outlook : Outlook
    grant : str
        Which grant the tables of districts tell; ``total`` for all together.
    """

    outlook: Outlook
    grant: str = TOTAL

    @cached_property
    def money(self) -> Money:
        """What amounts are counted in: the baseline's unit, quanta that suit all variants."""
        return common_money([answer.setting.policy.money for answer in self._answers])

    @property
    def _answers(self) -> list[Answer]:
        years = (year for each in self.outlook.variants for year in each.years)
        return [year.answer for year in years if year.answer is not None]

    @cached_property
    def courses(self) -> dict[str, Course]:
        """What the study says of the years of each variant."""
        study = self.outlook.study
        return {each.id: Course(study, each.id, each.title) for each in self.outlook.variants}

    def title_of(self, each: VariantOutlook) -> str:
        """Return what people call a variant; "" for a baseline without a title."""
        return "" if each.id == BASELINE == each.title else each.title

    # -- money -------------------------------------------------------------------------------

    def counted(self, year: YearAnswer) -> bool:
        """Tell whether a year pays, in the money of the others."""
        if not year.done:
            return False
        return year.allocation.policy.money.currency == self.money.currency

    def quanta(self, year: YearAnswer, figure: Fraction | int | None) -> Fraction | None:
        """Return an amount of a year in quanta of `money`."""
        if figure is None or not self.counted(year):
            return None
        return Fraction(figure) * quanta_in(year.allocation.policy, self.money)

    def budget(self, year: YearAnswer) -> Fraction | None:
        """Return the budget in whole payable sums: what a formula makes beyond is a residue."""
        return self.quanta(year, year.payable_budget)

    def paid(self, year: YearAnswer, grant: str = TOTAL) -> Fraction | None:
        """Return what all districts get together; of one grant, or of all."""
        if grant == TOTAL or not year.done:
            return self.quanta(year, year.paid)
        amounts = year.allocation.amounts.get(grant)
        return None if amounts is None else self.quanta(year, int(amounts.sum()))

    def unpaid(self, year: YearAnswer, grant: str = TOTAL) -> Fraction | None:
        """Return what is due and not paid; of one grant, or of all that go by claims."""
        if not year.unpaid or (grant != TOTAL and grant not in year.unpaid):
            return None
        return self.quanta(year, year.unpaid.get(grant, sum(year.unpaid.values())))

    def account(self, year: YearAnswer, reserve: str) -> Account | None:
        """Return what came of a reserve in a year; None where it is not known or not there."""
        return next((account for account in year.accounts if account.name == reserve), None)

    @cached_property
    def reserves(self) -> dict[str, str]:
        """The reserves of all years and variants: id -> title."""
        found: dict[str, str] = {}
        for year in self.paying:
            for account in year.accounts:
                found.setdefault(account.name, account.title)
        return found

    @cached_property
    def grants(self) -> dict[str, str]:
        """The grants of all years and variants: id -> title."""
        found: dict[str, str] = {}
        for year in self.paying:
            for rule in year.allocation.policy.grants:
                found.setdefault(rule.name, rule.title)
        return found

    @property
    def paying(self) -> Iterator[YearAnswer]:
        """All years that pay."""
        for each in self.outlook.variants:
            yield from each.paying

    # -- districts ---------------------------------------------------------------------------

    @cached_property
    def _districts(self) -> dict[str, DistrictYears]:
        return {}

    def districts(self, each: VariantOutlook) -> DistrictYears:
        """Return the districts of a variant by years."""
        if each.id not in self._districts:
            amounts = {year.year: self._amounts(year) for year in each.years}
            self._districts[each.id] = district_years(self.courses[each.id], each, amounts)
        return self._districts[each.id]

    def _amounts(self, year: YearAnswer) -> list[int] | None:
        """Return what each district of a year gets, in quanta of `money`."""
        if not self.counted(year):
            return None
        allocation = year.allocation
        paid = allocation.total if self.grant == TOTAL else allocation.amounts.get(self.grant)
        if paid is None:  # a policy without this grant pays nothing of it
            return [0] * len(allocation.keys)
        times = quanta_in(allocation.policy, self.money)
        return [int(quanta) * times for quanta in paid.tolist()]


def report_of(outlook: Outlook, grant: str = TOTAL) -> Report:
    """Return an outlook as people read it.

    Parameters
    ----------
    grant : str
        Which grant the tables of districts tell, by its id or title; ``total`` for all together.

    Raises
    ------
    DocumentError
        No year of any variant has such a grant.
    """
    answers = (year.answer for each in outlook.variants for year in each.years)
    policies = [answer.setting.policy for answer in answers if answer is not None]
    return Report(outlook, grant_called(policies, grant))
