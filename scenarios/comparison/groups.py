"""Changes of groups of districts: by tier, or by any other column of texts."""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from scenarios.comparison.compared import Compared, ratio
from scenarios.comparison.comparing import Comparison
from transfers.measures import text_columns


class Group(Struct, frozen=True):
    """What the districts of one group get together.

    Parameters
    ----------
    name : str or None
        None for the districts that have no group.
    districts : int
    baseline, amount : int or None, quanta
        None where a district of the group gets nothing that is known.
    per_head : Fraction or None, currency
    winners, losers, unchanged : int
    """

    name: str | None
    districts: int
    baseline: int | None
    amount: int | None
    per_head: Fraction | None
    winners: int
    losers: int
    unchanged: int

    @property
    def change(self) -> int | None:
        """Variant less baseline, quanta."""
        if self.baseline is None or self.amount is None:
            return None
        return self.amount - self.baseline

    @property
    def change_ratio(self) -> Fraction | None:
        """Change over baseline; None where that is not above 0."""
        return ratio(self.change, self.baseline)


def group_columns(comparison: Comparison) -> tuple[str, ...]:
    """Return the columns to group by: the one asked for, else the inputs that are a choice."""
    if comparison.by is not None:
        return (comparison.by,)
    answer = comparison.run.baseline
    if not answer.done:
        return ()
    model = answer.setting.policy.document.model
    texts = text_columns(answer.allocation)
    return tuple(name for name, entry in model.inputs.items() if entry.one_of and name in texts)


def title_of_column(comparison: Comparison, by: str) -> str:
    """Return what people call a column."""
    rule = comparison.run.baseline.setting.policy.inputs.get(by)
    return rule.title if rule is not None else by


def groups(comparison: Comparison, compared: Compared, by: str) -> tuple[Group, ...]:
    """Return the groups of a variant, in the order in which the table first names them.

    A district belongs to its group of the baseline, wherever the variant puts it, so that the
    same districts are compared; one that only the variant has belongs to its group there.
    """
    of: dict[str, str | None] = {}
    for answer in (compared.answer, comparison.run.baseline):
        if answer.done and by in text_columns(answer.allocation):
            cells = answer.allocation.column(by)
            of |= {
                key: cell if isinstance(cell, str) else None
                for key, cell in zip(answer.setting.districts.keys, cells, strict=True)
            }
    members: dict[str | None, list[int]] = {}
    for place, key in enumerate(compared.keys):
        members.setdefault(of.get(key), []).append(place)
    return tuple(_group(compared, name, places) for name, places in members.items())


def _group(compared: Compared, name: str | None, places: list[int]) -> Group:
    changes = [compared.change[place] for place in places]
    known = [change for change in changes if change is not None]
    keys = [compared.keys[place] for place in places]
    before = [key for key in keys if key in compared.before.places]
    after = [key for key in keys if key in compared.after.places]
    amounts = [compared.after.amount(key) for key in after]
    heads = [compared.after.heads[compared.after.places[key]] for key in after]
    amount = _sum(amounts)
    people = [h for h in heads if h is not None]
    per_head = None
    if amount is not None and people and len(people) == len(heads):
        per_head = amount * compared.unit / sum(people, Fraction(0))
    return Group(
        name,
        len(places),
        _sum([compared.before.amount(key) for key in before]),
        amount,
        per_head,
        sum(1 for change in known if change > 0),
        sum(1 for change in known if change < 0),
        sum(1 for change in known if change == 0),
    )


def _sum(amounts: list[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if len(known) == len(amounts) else None
