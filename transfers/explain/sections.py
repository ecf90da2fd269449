"""What sections define, told as staff would: the largest items, the degree, the shortfalls.

A list of services defines two dozen names, an appraisal as many. The story for people tells what
they come to; the file for programs tells each of them, with its formula.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from transfers.explain.line import Line, figure_in_words
from transfers.explain.list_items import MOST_NAMED, Items
from transfers.messages import Phrase
from transfers.policy.rules import Formula, QuantityRule

if TYPE_CHECKING:
    from transfers.allocation import Allocation
    from transfers.policy.appraisals import AppraisalRule

MOST_TOLD: Final = 8
_UNTOLD: Final = ("weights", "cap")
_FACTORS: Final = ("price", "recipients")


class Sections:
    """Tells the figures of lists of services and appraisals of one district.

    Parameters
    ----------
    allocation : Allocation
    district : int
    """

    def __init__(self, allocation: Allocation, district: int) -> None:
        self.allocation, self.district = allocation, district
        self.policy, self.block = allocation.policy, allocation.block
        self.services = {rule.name: rule for rule in self.policy.service_lists}
        self.appraisals = {rule.name: rule for rule in self.policy.appraisals}

    def knows(self, name: str) -> bool:
        """Tell whether a section defines the name."""
        of, _, part = name.partition(".")
        return bool(part) and (of in self.services or of in self.appraisals)

    def untold(self, name: str) -> bool:
        """Tell whether a figure says nothing to people, nor what it is made of."""
        of, _, part = name.partition(".")
        return part in _UNTOLD and of in self.appraisals

    def lines(self, rule: QuantityRule, own: Line) -> Iterator[Line]:
        """Yield what is told in place of a quantity of a section, whose line would be `own`."""
        of, _, part = rule.name.partition(".")
        if rule.formula.node.type.over:
            return
        figure = replace(own, code="explain.input", rule="")
        if of in self.services:
            yield figure
            head, _, level = part.partition(".")
            if head == "total":
                yield from self._costs(of, level)
            return
        yield replace(figure, source=own.source if part == "degree" else "")
        if part == "degree":
            yield from self._degree(self.appraisals[of])

    # -- a list of services ----------------------------------------------------------------------

    def _costs(self, name: str, level: str) -> Iterator[Line]:
        """Yield the largest items, price times recipients, and what the others come to."""
        teller = Items(self.allocation, self.services[name].list, self.district)
        field = f"{name}.{level or 'cost'}"
        figures = self._numbers(teller, field)
        changed = teller.changed()
        there = {i: x for i, x in figures.items() if x is not None and (x or i in changed)}
        told = teller.largest(there, MOST_TOLD, changed)
        for item in told:
            yield self._cost(teller, name, level, (item, there[item]))
        rest = [item for item in there if item not in told]
        if rest:
            total = sum((there[item] for item in rest), Fraction(0))
            figure, unit = teller.plainly(total, self._formula(field).node.type.unit)
            yield Line("explain.items_rest", figure, unit, values={"count": len(rest)})
        lacking = [item for item, figure in figures.items() if figure is None]
        if lacking:
            words: dict[str, object] = {"count": len(lacking), "items": teller.listed(lacking)}
            yield Line("explain.items_missing", values=words)

    def _cost(self, teller: Items, name: str, level: str, told: tuple[int, Fraction]) -> Line:
        """Return the line of an item: price times recipients, and the share of the level."""
        item, found = told
        words: dict[str, object] = {"item": teller.items.names[item], "level": level}
        for part in (*_FACTORS, "cost"):
            words[part] = teller.said(self._formula(f"{name}.{part}").node, item)
        places = (
            teller.written_at(self._formula(f"{name}.{part}").node, item) for part in _FACTORS
        )
        where = "; ".join(dict.fromkeys(filter(None, places)))
        in_force = self._formula(f"{name}.in_force").node
        if self.services[name].valid and not teller.holding(in_force, [item]):
            return Line("explain.item_not_in_force", where=where, values=words)
        field = f"{name}.{level or 'cost'}"
        figure, named = teller.plainly(found, self._formula(field).node.type.unit)
        words["part"] = ""
        if self.services[name].months:
            months = teller.said(self._formula(f"{name}.months").node, item)
            words["part"] = Phrase("explain.months_in_force", {"months": months})
        code = "explain.item_cost"
        if level:
            code = "explain.item_borne"
            share = self._formula(f"{name}.share.{level}").node
            words["share"] = teller.said(share, item, ratio=True)
        return Line(code, figure, named, where=where, values=words)

    # -- an appraisal ----------------------------------------------------------------------------

    def _degree(self, rule: AppraisalRule) -> Iterator[Line]:
        """Yield the scores of the first level folded, and what falls short."""
        tree = rule.tree
        teller = Items(self.allocation, tree.items.name, self.district)
        part = "score" if tree.first is None else "first"
        figures = self._numbers(teller, f"{rule.name}.{part}")
        names = tree.items.names
        if tree.first is not None:
            called = dict(zip(tree.first.keys, tree.first.names, strict=True))
            names = tuple(called[key or ""] for key in tree.items.columns[tree.parent].texts)
        found = {names[item]: x for item, x in figures.items() if x is not None}
        full = 100 if not tree.method.only("zscore") else None
        below = sorted((x, name) for name, x in found.items() if full is None or x < full)
        unit = self._formula(f"{rule.name}.{part}").node.type.unit
        listed: list[object] = [
            figure_in_words(*teller.plainly(x, unit), lead=f"{name} ") for x, name in below
        ]
        words: dict[str, object] = {"count": len(found), "full": len(found) - len(below)}
        words["items"] = (*listed[:MOST_NAMED], *["…"] * (len(listed) > MOST_NAMED))
        code = "item_scores" if tree.first is None else "item_firsts"
        code += "_all" if not below else ""
        yield Line(f"explain.{code}", values=words)
        if "short" in rule.parts:
            yield from self._shortfalls(rule, teller)

    def _shortfalls(self, rule: AppraisalRule, teller: Items) -> Iterator[Line]:
        """Yield what is below its target, the lowest scores first."""
        for part in ("short", "goal"):
            self.block.named(f"{rule.name}.{part}")
        short = self._formula(f"{rule.name}.short").node
        scores = self._numbers(teller, f"{rule.name}.score")
        found = teller.holding(short, list(range(len(teller.items))))
        found.sort(key=lambda item: (scores[item] is None, scores[item] or 0, item))
        changed = teller.changed()
        told = [*found[:MOST_TOLD], *(item for item in found[MOST_TOLD:] if item in changed)]
        told += [item for item in sorted(changed) if item not in found]
        yield Line("explain.item_shortfalls", values={"count": len(found)})
        for item in told:
            words: dict[str, object] = {"item": teller.items.names[item]}
            for part in ("observed", "goal", "score"):
                words[part] = teller.said(self._formula(f"{rule.name}.{part}").node, item)
            node = self._formula(f"{rule.name}.observed").node
            where = teller.written_at(node, item)
            yield Line("explain.item_short", where=where, values=words)
        if found[MOST_TOLD:]:
            rest = [item for item in found if item not in told]
            yield Line("explain.items_more", values={"count": len(rest)})

    # -- figures ---------------------------------------------------------------------------------

    def _formula(self, name: str) -> Formula:
        found = self.policy.derived(name)
        assert found is not None
        return found

    def _numbers(self, teller: Items, name: str) -> dict[int, Fraction | None]:
        self.block.named(name)  # what no rule reads is computed now
        return teller.optional(self._formula(name).node, list(range(len(teller.items))))
