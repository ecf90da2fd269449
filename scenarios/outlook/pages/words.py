"""What pages say of an outlook in one language, beside its tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec.structs import replace

from scenarios.comparison.comparing import TOTAL
from scenarios.outlook.found import VariantOutlook, YearAnswer
from scenarios.outlook.pages.districts import DistrictRow
from scenarios.outlook.pages.events import Events
from scenarios.outlook.pages.report import Report
from scenarios.outlook.pages.timing import grants_by_year, items_by_year
from scenarios.settings import seen_from
from scenarios.study.load import BASELINE
from transfers import Place, messages
from transfers.judging import rule_findings
from transfers.output.view_of_measures import heading, notes_of


class Words:
    """Says things about one outlook in one language."""

    def __init__(self, report: Report, language: str) -> None:
        self.report, self.outlook, self.language = report, report.outlook, language
        self.money = report.money

    def say(self, code: str, **words: object) -> str:
        """Return a text of the family."""
        return messages.text(f"outlook_pages.{code}", self.language, **words)

    # -- headings ----------------------------------------------------------------------------

    def heading(self) -> list[str]:
        """Say which years these are, and what was changed before all else."""
        years = self.outlook.years
        code = "span" if len(years) > 1 else "span_of_one"
        span = self.say(code, first=years[0], last=years[-1])
        return [*self.outlook.set_before.lines(self.language), span]

    def unit(self) -> str:
        """Say what amounts are counted in."""
        return self.say("unit", unit=self.money.unit)

    def name(self, each: VariantOutlook) -> str:
        """Return the short name of a variant: above a column, before a line."""
        return self.say("baseline") if each.id == BASELINE else each.id

    def title(self, each: VariantOutlook) -> str:
        """Return what a variant is called above its tables."""
        title = self.report.title_of(each)
        if each.id == BASELINE:
            return self.say("baseline_titled", title=title) if title else self.say("baseline")
        return each.id if title == each.id else self.say("variant_titled", id=each.id, title=title)

    def year(self, year: int) -> str:
        """Return what stands above the column of a year."""
        return self.say("year", year=year)

    def called(self, row: DistrictRow) -> str:
        """Return the name of a district, with those of years in which it had another."""
        told = []
        for n, (first, last, name) in enumerate(row.former):
            code = "once_until" if not n else "once_from" if first < last else "once_in"
            told.append(self.say(code, first=first, last=last, name=name))
        return self.say("once", name=row.name, told=tuple(told)) if told else row.name

    def grant(self) -> str:
        """Return the title of the grant that is told of districts."""
        if self.report.grant == TOTAL:
            return self.say("all_grants")
        return self.report.grants.get(self.report.grant, self.report.grant)

    # -- years that are not reached ----------------------------------------------------------

    def status(self, year: YearAnswer) -> str:
        """Say in a word what came of a year."""
        return self.say(f"status_{year.status}")

    def why(self, each: VariantOutlook) -> list[str]:
        """Say of each year without a result why it has none."""
        told = [
            self.say("why", year=year.year, status=self.status(year), why=self._reason(year))
            for year in each.years
            if not year.done and year.after is None
        ]
        after = [year for year in each.years if year.after is not None]
        if after:
            years = tuple(year.year for year in after)
            told.append(self.say("not_run", years=years, why=self._reason(after[0])))
        return told

    def _reason(self, year: YearAnswer) -> str:
        faults = year.told
        if not faults:
            return " ".join(messages.said(phrase, self.language) for phrase in year.why)
        told = []
        for fault in faults:
            place = str(seen_from(self.outlook.study, fault.place))
            text = replace(fault, place=Place()).text(self.language)
            told.append(f"{place}: {text}" if place else text)
        return " ".join(told)

    def remarks(self) -> Iterator[str]:
        """Say which variants are not told to the end, or in another money; what levels carry."""
        years = (year for each in self.outlook.variants for year in each.paying)
        levels = (year.allocation.policy.above for year in years)
        named = dict.fromkeys((level.title, level.name) for level in levels if level is not None)
        for title, name in named:
            yield self.say("level_above", title=title, name=name)
        for each in self.outlook.variants:
            if each.ended is not None:
                yield self.say("unreached", id=self.name(each), year=each.ended.year)
            others = [year for year in each.paying if not self.report.counted(year)]
            for year in others[:1]:
                currency = year.allocation.policy.money.currency
                words = {"currency": currency, "mine": self.money.currency, "year": year.year}
                yield self.say("other_currency", id=self.name(each), **words)

    # -- rules -------------------------------------------------------------------------------

    def broken(self, each: VariantOutlook, level: str) -> list[str]:
        """Say which rules of a level are not kept in which year, and by how much."""
        told = []
        words = {"level": messages.text(f"rules.{level}", self.language)}
        for year in each.paying:
            for finding in rule_findings(year.not_kept(level)):
                what = finding.message(self.language)
                told.append(self.say("broken", year=year.year, what=what, **words))
        return told

    def broken_in_short(self, each: VariantOutlook, level: str) -> list[str]:
        """Say of each rule of a level in which years it is not kept."""
        years: dict[str, list[int]] = {}
        for year in each.paying:
            for rule in year.rule_statuses:
                if not rule.kept and rule.level == level:
                    years.setdefault(rule.title, []).append(year.year)
        words = {"level": messages.text(f"rules.{level}", self.language)}
        return [
            self.say("broken_in", title=title, years=tuple(found), **words)
            for title, found in years.items()
        ]

    def has_rules(self, each: VariantOutlook) -> bool:
        """Tell whether anything is held against the outcome of a variant."""
        return any(year.rule_statuses for year in each.paying)

    # -- what begins when --------------------------------------------------------------------

    @cached_property
    def _events(self) -> dict[str, Events]:
        return {
            each.id: Events(
                self.report.courses[each.id],
                self._titles(each),
                self.language,
                items_by_year(each),
                grants_by_year(each),
            )
            for each in self.outlook.variants
        }

    def beginnings(self, each: VariantOutlook) -> list[tuple[int, str]]:
        """Return the years in which something begins, and what."""
        events = self._events[each.id]
        return events.by_year(self.outlook.years, self.report.districts(each))

    def begins(self, each: VariantOutlook) -> list[str]:
        """Say what begins in which year, a line each; of a variant also what it is."""
        lines = [self.say("begins", year=y, what=what) for y, what in self.beginnings(each)]
        if each.id == BASELINE:
            return lines
        if lines and self.beginnings(each) == self.beginnings(self.outlook.baseline):
            lines = [self.say("begins_as_baseline")]
        events = self._events[each.id]
        first = events.from_first()
        goes_on = self._goes_on(each)
        return [
            *([self.say("from_first", what=events.listed(first))] if first else []),
            *([self.say("goes_on", what=events.listed(goes_on))] if goes_on else []),
            *lines,
        ]

    def _goes_on(self, each: VariantOutlook) -> list[str]:
        """Say what the following year begins with otherwise than in the baseline."""
        of_years = self.outlook.study.model.variants[each.id].years
        policies = [year.allocation.policy for year in each.paying[:1]]
        inputs = {name: rule.title for policy in policies for name, rule in policy.inputs.items()}
        entries = policies[0].document.model.parameters if policies else {}
        titles = {name: entry.title or name for name, entry in entries.items()} | inputs
        said = {} if of_years is None else of_years.next
        return [
            self.say("becomes", title=titles.get(name, name), formula=" ".join(text.split()))
            for name, text in said.items()
        ]

    def _titles(self, each: VariantOutlook) -> dict[str, str]:
        """Return what people call the numbers that a variant sets."""
        course = self.report.courses[each.id]
        steps = [*course.steps, *(s for year in self.outlook.years for s in course.steps_in(year))]
        wanted = {path for step in steps for path in step.set}
        wanted |= {path for year in self.outlook.years for path in course.set_in(year)}
        found: dict[str, str] = {}
        for year in each.years:
            if wanted <= found.keys() or year.answer is None:
                break
            numbers = year.answer.setting.policy.named_numbers
            for path in wanted & numbers.keys():
                found[path] = messages.said(numbers[path].title, self.language)
            model = year.answer.setting.policy.document.model
            for path in wanted - found.keys():
                title = _title_at(model, path)
                if title:
                    found[path] = title
        return found

    # -- definitions -------------------------------------------------------------------------

    def inequality(self) -> list[str]:
        """Say what is measured as inequality, and how; nothing where it is not known."""
        for year in self.report.paying:
            found = year.inequality
            if found is not None:
                told = notes_of(found, self.language, self._counts())
                return [heading(found, self.language), *told]
        return []

    def _counts(self) -> str:
        """Say how many districts inequality is measured of, year by year where they differ."""
        of_variants = []
        for each in self.outlook.variants:
            found: dict[int, int] = {}
            for year in each.paying:
                count = 0 if year.inequality is None else year.inequality.districts
                if count and (not found or list(found.values())[-1] != count):
                    found[year.year] = count
            of_variants.append(found)
        first, *later = of_variants[0].items() or [(0, 0)]
        if all(found == of_variants[0] for found in of_variants if found):
            told = tuple(self.say("count_from", year=year, count=n) for year, n in later)
            return self.say("counts", count=first[1], later=told) if told else str(first[1])
        every = {count for found in of_variants for count in found.values()}
        if len(every) == 1:
            return str(*every)
        return self.say("counts_vary", least=min(every), most=max(every))


def _title_at(model: object, path: str) -> str:
    """Return the title of the entry that a path leads into; "" where it has none."""
    section, _, rest = path.partition(".")
    entries = getattr(model, section, None)
    entry = entries.get(rest.partition(".")[0]) if isinstance(entries, Mapping) else None
    return getattr(entry, "title", None) or ""
