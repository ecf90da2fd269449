"""What a run says of its lists of services: what is not complete, shares that are not one whole.

Of appraisals: agencies that nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Final

import numpy as np
from msgspec import Struct

from transfers.documents.model_appraisals import SECTION
from transfers.errors import TableError
from transfers.findings import Finding, Severity
from transfers.formula.values import Truth
from transfers.messages import Phrase
from transfers.services.agencies import flaw_of_stranger, several, strangers_of
from transfers.services.completeness import Completeness, completeness
from transfers.services.costs import grid_of
from transfers.written import exact_text, figure_text

if TYPE_CHECKING:
    from transfers.block import Block
    from transfers.formula.scope import ItemList
    from transfers.policy.appraisals import AppraisalRule
    from transfers.policy.service_rule import ServiceListRule

MOST_NAMED: Final = 5


class Unsound(Struct, frozen=True):
    """An item whose shares are no whole: places of item and district, their sum, what is below 0.

    Parameters
    ----------
    district : int or None
        None where the shares are the same for all districts.
    negative : str
        The first level whose share is below 0; "" for none.
    """

    item: int
    district: int | None
    sum: Fraction
    negative: str = ""


def service_findings(block: Block, scenario: int) -> Iterator[Finding]:
    """Yield what there is to say about each list of services."""
    for rule in block.policy.service_lists:
        found = completeness(block.policy, rule.name)
        yield from _incomplete(block, found)
        yield from _several_leads(block, found)
        with suppress(TableError):  # a share without a figure makes no sum
            yield from _shares(block, rule, unsound_shares(block, scenario, rule))


def appraisal_findings(block: Block) -> Iterator[Finding]:
    """Yield what there is to say about the agencies of each appraisal."""
    for rule in block.policy.appraisals:
        yield from _several_agencies(block, rule)
        found = strangers_of(block.policy, rule)
        if found:
            flaws_of = [flaw_of_stranger(stranger, rule.tree.items) for stranger in found]
            told = {"title": rule.title, "count": len(found), "found": _first_few(flaws_of)}
            where = block.place((SECTION, rule.name, "agency"))
            yield Finding("appraisals.strangers", "warning", "noted", where=where, values=told)


def _several_agencies(block: Block, rule: AppraisalRule) -> Iterator[Finding]:
    told = indicators_of_several(rule)
    if told:
        words = {"title": rule.title, "count": len(told), "found": _first_few(told)}
        where = block.place((SECTION, rule.name, "agency"))
        yield Finding("appraisals.of_several", "warning", "noted", where=where, values=words)


def indicators_of_several(rule: AppraisalRule) -> list[Phrase]:
    """Return a phrase for each indicator of several agencies: its score is that of none of them."""
    if not rule.tree.agency:
        return []
    items = rule.tree.items
    return [
        Phrase("appraisals.of", {"item": items.names[item], "agencies": tuple(found)})
        for item, found in several(items, rule.tree.agency)
    ]


def unsound_shares(block: Block, scenario: int, rule: ServiceListRule) -> list[Unsound]:
    """Return the items in force whose shares do not add up to 1, or of which one is below 0.

    Decided exactly. A share that is missing makes no sum.
    """
    if not rule.levels:
        return []
    sound = block.named(f"{rule.name}.sound")
    assert isinstance(sound, Truth)
    row = sound.value[min(scenario, len(sound.value) - 1)]
    places = np.flatnonzero(row == 0).tolist()
    if not places:
        return []
    items, districts = len(block.policy.lists[rule.list]), block.district_count
    kind = block.policy.scope.symbols[f"{rule.name}.sound"].type
    sums = grid_of(block, scenario, f"{rule.name}.shares", items)
    shares = {
        level: grid_of(block, scenario, f"{rule.name}.share.{level}", items)
        for level in rule.levels
    }
    found = []
    for place in places:
        each = divmod(place, districts) if kind.per_district else (place, 0)
        item, district = each if kind.over else (None, place)
        for chosen in range(items) if item is None else [item]:
            borne = {level: shares[level][chosen][district] or 0 for level in rule.levels}
            below = next((level for level, share in borne.items() if share < 0), "")
            where = district if kind.per_district else None
            # Beside a share below 0 another may be missing: then there is no sum.
            found.append(Unsound(chosen, where, sums[chosen][district] or Fraction(0), below))
    return found


def flaws(found: Completeness) -> Iterator[Phrase]:
    """Yield everything in a list that asks for a correction."""
    names = found.items.names
    if found.expected != found.count:
        words: dict[str, object] = {"count": found.count, "expected": found.expected}
        yield Phrase("services.count_differs", words)
    if found.expected_areas != len(found.areas):
        words = {"count": len(found.areas), "expected": found.expected_areas}
        yield Phrase("services.areas_differ", words)
    for lacking in found.lacking:
        lacks = tuple(Phrase(f"services.part_{part}") for part in lacking.parts)
        yield Phrase("services.lacks", {"item": names[lacking.item], "parts": lacks})
    for stranger in found.strangers:
        yield flaw_of_stranger(stranger, found.items)
    for item in found.ended:
        yield Phrase("services.ended", {"item": names[item]})
    for name, count in found.twice.items():
        yield Phrase("services.twice", {"item": name, "count": count})


def leads_of_several(found: Completeness) -> Iterator[Phrase]:
    """Yield, of each item that several agencies lead, which of them has the cost."""
    column = found.rule.columns.get("lead")
    if column is None or not found.rule.costs:
        return
    for item, (first, *others) in several(found.items, column):
        words = {"item": found.items.names[item], "first": first, "others": tuple(others)}
        yield Phrase("services.lead_of_several", words)


def flaw_of_shares(each: Unsound, items: Sequence[str], districts: Sequence[str]) -> Phrase:
    """Say of which item, and where, shares are no whole, by the names of items and districts."""
    code = "services.shares_negative" if each.negative else "services.shares_of"
    words: dict[str, object] = {"item": items[each.item], "sum": sum_text(each.sum)}
    words["level"] = each.negative
    if each.district is not None:
        code, words["district"] = f"{code}_district", districts[each.district]
    return Phrase(code, words)


def _incomplete(block: Block, found: Completeness) -> Iterator[Finding]:
    """Say in one line what is not complete, with the first few."""
    if found.is_complete:
        return
    words = {"title": found.rule.title, "whole": found.whole, "expected": found.expected}
    told = _first_few(list(flaws(found)))
    yield _finding(block, "incomplete", found.rule, {**words, "found": told})


def _several_leads(block: Block, found: Completeness) -> Iterator[Finding]:
    told = list(leads_of_several(found))
    if told:
        words: dict[str, object] = {"title": found.rule.title, "found": _first_few(told)}
        yield _finding(block, "leads_of_several", found.rule, words, "lead", severity="note")


def _shares(block: Block, rule: ServiceListRule, found: list[Unsound]) -> Iterator[Finding]:
    if not found:
        return
    names, districts = block.policy.lists[rule.list].names, block.districts.names
    told = _first_few([flaw_of_shares(each, names, districts) for each in found])
    words: dict[str, object] = {"title": rule.title, "count": len(found), "found": told}
    words["where"] = _where_shares_stand(rule, block.policy.lists[rule.list], found[0].item)
    yield _finding(block, "shares", rule, words, "responsibility")


def _where_shares_stand(rule: ServiceListRule, items: ItemList, item: int) -> Phrase:
    """Say what to mend: the columns of the list that shares are read from, if there are such."""
    columns = [items.columns[name] for name in rule.blanks.get("responsibility", ())]
    if not columns:
        return Phrase("services.shares_in_document")
    named = tuple(Phrase("services.column", {"column": c.title or c.name}) for c in columns)
    file = FilePath(columns[0].places[item].file or items.name).name
    return Phrase("services.shares_in_columns", {"file": file, "columns": named})


def _first_few(phrases: Sequence[Phrase]) -> tuple[Phrase | str, ...]:
    return (*phrases[:MOST_NAMED], *["…"] * (len(phrases) > MOST_NAMED))


def sum_text(figure: Fraction) -> str:
    """Write a sum of shares so that nobody takes it for 1 when it is not."""
    text = figure_text(figure * 100)
    return f"{exact_text(figure * 100)}%" if text == "100" and figure != 1 else f"{text}%"


def _finding(
    block: Block,
    what: str,
    rule: ServiceListRule,
    words: dict[str, object],
    *keys: str,
    severity: Severity = "warning",
) -> Finding:
    where = block.place((*rule.path, *keys))
    return Finding(f"services.{what}", severity, "noted", where=where, values=words)
