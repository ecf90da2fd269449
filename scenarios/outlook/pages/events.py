"""What begins in which year of a variant, in the words of the study."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from scenarios.outlook.course import Course
from scenarios.outlook.pages.districts import DistrictYears
from scenarios.outlook.pages.timing import GrantsOfYear, ItemsOfYear
from scenarios.steps import Step, baseline_steps
from transfers import messages
from transfers.figures.membership import Members

MOST_NAMED: Final = 6


class Events:
    """Tells what begins when, in one language.

    Parameters
    ----------
    titles : mapping of path to str
        What people call the numbers of the policy.
    items : mapping of year to ItemsOfYear
        What of lists of services begins and ends by its own validity.
    grants : mapping of year to GrantsOfYear
        Which grants begin and end to be paid, by their own formulas.
    """

    def __init__(
        self,
        course: Course,
        titles: Mapping[str, str],
        language: str,
        items: Mapping[int, Sequence[ItemsOfYear]],
        grants: Mapping[int, GrantsOfYear],
    ) -> None:
        self.course, self.titles, self.language = course, titles, language
        self.items, self.grants = items, grants

    def say(self, code: str, **words: object) -> str:
        """Return a text of the family."""
        return messages.text(f"outlook_pages.{code}", self.language, **words)

    def listed(self, texts: Sequence[str]) -> str:
        """Join texts as the language does; of many, the first."""
        shown = list(texts[:MOST_NAMED])
        if len(texts) > MOST_NAMED:
            shown.append(self.say("more", count=len(texts) - MOST_NAMED))
        return {"zh": "、", "en": ", "}[self.language].join(shown)

    def from_first(self) -> list[str]:
        """Say what the variant changes from the first year on, beside the baseline."""
        own = self.course.steps[len(baseline_steps(self.course.study)) :]
        return [text for step in own for text in self.of_step(step, step.id)]

    def in_year(self, year: int, districts: DistrictYears) -> list[str]:
        """Say what begins in a year: changes, values, districts."""
        told = [
            text for step in self.course.steps_in(year) for text in self.of_step(step, str(year))
        ]
        told += [self._set(path, value) for path, (value, _) in self.course.set_in(year).items()]
        if year in self.grants:
            grants = self.grants[year]
            told += [self.say("grant_begins", title=title) for title in grants.begins]
            told += [self.say("grant_ends", title=title) for title in grants.ends]
        for of_list in self.items.get(year, ()):
            told += self._items(of_list)
        asked = self.course.members_in(year)
        if asked is not None:
            told += self._members(asked[0], districts, year)
        for code, names in (("comes", districts.comes), ("goes", districts.goes)):
            if names.get(year):
                told.append(self.say(code, districts=self.listed(names[year])))
        return told

    def by_year(self, years: Sequence[int], districts: DistrictYears) -> list[tuple[int, str]]:
        """Return each year with what begins in it; without those in which nothing does."""
        found = [(year, self.in_year(year, districts)) for year in years]
        return [(year, self._together(texts)) for year, texts in found if texts]

    def _together(self, texts: Sequence[str]) -> str:
        """Return several texts as one."""
        first, *others = texts
        for other in others:
            first = self.say("together", texts=first, text=other)
        return first

    def of_step(self, step: Step, untitled: str) -> list[str]:
        """Say what a change is: its title, and what it does.

        Parameters
        ----------
        untitled : str
            What stands in place of a title where it has none.
        """
        pieces = list(self._pieces(step))
        title = "" if step.title in (untitled, str(step.path[-1])) else step.title
        if not title:
            return [self.listed(pieces)] if pieces else []
        return [self.say("titled", title=title, what=self.listed(pieces)) if pieces else title]

    def _pieces(self, step: Step) -> Iterator[str]:
        """Yield what a change does, piece by piece."""
        for file in (step.policy, step.districts, *(step.join or ())):
            if file is not None:
                yield self.say("file", file=file)
        for path, value in step.set.items():
            yield self._set(path, value)
        for path, value in step.add.items():
            title = value.get("title") if isinstance(value, Mapping) else None
            yield self.say("added_titled", title=title) if title else self.say("added", path=path)
        for path in step.remove:
            yield self.say("removed", path=path)
        for name in step.data:
            yield self.say("data", name=name)

    def _set(self, path: str, value: Any) -> str:
        if isinstance(value, Mapping | list | tuple):
            return self.say("set_plainly", path=path)
        title = self.titles.get(path, path)
        code = "set" if title == path else "set_titled"
        return self.say(code, path=path, value=value, title=title)

    def _items(self, of_list: ItemsOfYear) -> Iterator[str]:
        """Yield which items of a list of services begin, and which end."""
        for code, names in (("items_begin", of_list.begins), ("items_end", of_list.ends)):
            if names:
                words = {"title": of_list.title, "items": self.listed(names), "count": len(names)}
                yield self.say(code, **words)

    def _members(self, members: Members, districts: DistrictYears, year: int) -> Iterator[str]:
        """Yield who merges, gets another key, leaves; by name where a name is known."""
        names = {row.key: row.name for row in districts.rows}
        before = {row.key: row.name_in(year) for row in districts.rows}
        for key, merge in members.merge.items():
            merged = self.listed([before.get(each, each) for each in merge.of])
            name = merge.name or names.get(key, key)
            yield self.say("merges", districts=merged, name=name)
        renamed = {new: (row.name, old) for row in districts.rows for new, old in row.once.items()}
        for old, new in members.rename.items():
            name, key = renamed.get(new, (names.get(new, ""), old))
            yield self.say("renames", name=name, old=key, new=new)
        if members.leave:
            gone = self.listed([before.get(each, each) for each in members.leave])
            yield self.say("leaves", districts=gone)
