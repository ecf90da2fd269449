"""Why a number of a document, moved a little, changes no amount."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct, field

from scenarios.settings import Moves, Setting
from transfers import Batch, Fault, Policy, messages, run_batch
from transfers.documents.yaml_tree import Path
from transfers.messages import Phrase
from transfers.policy.uses import Use, every_use, group_of_weight, leads_to_money, table_of, uses
from transfers.standing import due, read_figures, standings

NOTHING_LOST = 1e-11
"""What is due differs by less only in the last digits of floats."""


class Reason(Struct, frozen=True):
    """Why nothing changes: a code of the family "cliffs", and the words of its text."""

    code: str
    words: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: str) -> str:
        """Say it."""
        return messages.text(f"cliffs.why_{self.code}", language, **self.words)


def reason_of(
    setting: Setting,
    batch: Batch,
    path: Path,
    rows: Sequence[int],
    moves: Sequence[Moves],
    fault: Fault | None,
) -> Reason:
    """Return why moving a number changed nothing.

    Parameters
    ----------
    batch : Batch
    rows : sequence of int
        Its scenarios in which the number is moved.
    moves : sequence of mapping
        What is moved there.
    fault : Fault, optional
        Why it could not be moved.
    """
    policy = setting.policy
    if policy.solve is not None and policy.solve.parameter == path:
        return Reason("solved")
    if not rows and group_of_weight(policy, path) is not None:
        return Reason("only_weight")
    if not rows:
        return _refused(fault) if fault is not None else Reason("range")
    done = [row for row in rows if batch.codes[row] == 0]
    if not done:
        faults = [fault for row in rows for fault in batch.faults(row)]
        return _refused(faults[0]) if faults else Reason("nobody_paid")
    if any(batch.status(row) == "rejected" for row in rows):
        return Reason("one_way_nobody")
    chosen = [moves[rows.index(row)] for row in done]
    tried = run_batch(policy, setting.districts, [setting.moves, *chosen])
    most = _most_due(tried)
    if most > NOTHING_LOST:
        money = policy.money
        quantum = Phrase(
            "cliffs.sum", {"sum": f"{most * float(money.quantum):.2g}", "unit": money.unit}
        )
        return Reason("below_rounding", {"most": quantum})
    return _where_it_ends(tried, policy, path)


def _refused(fault: Fault) -> Reason:
    return Reason("refused", {"why": Phrase(fault.code, fault.values)})


def _most_due(tried: Batch) -> float:
    """Return by how much what is due before rounding changes at most, in quanta."""
    owed = due(tried)
    size = max(1.0, float(np.abs(owed).max(initial=0.0)))
    change = float(np.abs(owed[1:] - owed[0]).max(initial=0.0))
    return change if change > NOTHING_LOST * size else 0.0


def _where_it_ends(tried: Batch, policy: Policy, path: Path) -> Reason:
    found = uses(policy, path)
    paid, ends = leads_to_money(policy, found)
    if not paid:
        return _not_in_amounts(ends)
    counted = [use for use in found if not use.after_money]
    moved = [use for use in counted if use.formula is None or _differs(tried, use)]
    if not moved:
        return _unread(tried, policy, path, counted)
    return _lost(tried, _last_moved(tried, policy, moved))


def _not_in_amounts(found: Sequence[Use]) -> Reason:
    if not found:
        return Reason("nowhere")
    only_rules = all(use.role == "rule" for use in found)
    return Reason("rules_only" if only_rules else "outputs_only", {"names": _names(found)})


def _names(found: Sequence[Use]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(use.name for use in found))


def _figures(tried: Batch, use: Use) -> list[list[object]]:
    """Return what a formula yields as the document is, and where the number is moved."""
    assert use.formula is not None
    return [read_figures(tried, use.formula.node, row) for row in range(len(tried))]


def _differs(tried: Batch, use: Use) -> bool:
    """Tell whether a formula yields anything else where the number is moved."""
    before, *after = _figures(tried, use)
    return any(figures != before for figures in after)


def _unread(tried: Batch, policy: Policy, path: Path, counted: Sequence[Use]) -> Reason:
    """Say why formulas that have the number yield the same."""
    table = table_of(policy, path)
    if table is not None and not _has_category(tried, counted, table):
        return Reason("category", {"table": table[0], "category": " ".join(table[1])})
    only_compared = all(use.only_compared for use in counted)
    return Reason("no_crossing" if only_compared else "not_taken", {"names": _names(counted)})


def _has_category(tried: Batch, counted: Sequence[Use], table: tuple[str, tuple[str, ...]]) -> bool:
    """Tell whether some district looks up this entry of a table."""
    for lookup in (lookup for use in counted for lookup in use.lookups):
        if lookup.table == table[0]:
            columns = [read_figures(tried, index, 0) for index in lookup.indices]
            longest = max(map(len, columns))
            spread = [column * (longest // len(column)) for column in columns]
            if table[1] in {tuple(map(_category, row)) for row in zip(*spread, strict=True)}:
                return True
    return False


def _category(index: object) -> str:
    return f"{index:g}" if isinstance(index, float) else str(index)


def _last_moved(tried: Batch, policy: Policy, moved: Sequence[Use]) -> Use:
    """Return the last formula with a part in the amounts that yields something else."""
    later = [use for use in every_use(policy) if use.formula is not None and not use.after_money]
    starts = [n for n, use in enumerate(later) if use.formula is moved[-1].formula]
    found = [use for use in later[starts[-1] + 1 if starts else 0 :] if _differs(tried, use)]
    return found[-1] if found else moved[-1]


def _lost(tried: Batch, last: Use) -> Reason:
    """Say at which rule a change is lost that did reach figures."""
    words: dict[str, object] = {"name": last.title}
    if last.role == "grant":
        return _at_grant(tried, last, words)
    return Reason(last.role, {} if last.role == "budget" else words)


def _at_grant(tried: Batch, last: Use, words: dict[str, object]) -> Reason:
    """Say why a grant comes out the same."""
    each = standings(tried.allocation(0)).get(last.name, ())
    if all(standing == "not_eligible" for standing in each):
        return Reason("nobody_eligible", words)
    if last.key in ("floor", "cap"):
        return Reason(f"{last.key}_for_nobody", words)
    there = {each[district] for district in _concerned(tried, last, len(each))} - {"not_eligible"}
    if not there:
        return Reason("not_eligible", words)
    if there <= {"floor", "cap", "fixed"}:
        only = next(iter(there)) if len(there) == 1 else "bound"
        return Reason(f"all_{only}", words)
    if last.key == "pool":
        return Reason("pool_not_used_up" if last.method == "claim" else "pool", words)
    if last.method in ("share", "level"):
        return Reason("alike", words)
    return Reason("division", words)


def _concerned(tried: Batch, use: Use, count: int) -> list[int]:
    """Return the districts whose figure in a formula the number moves; all where it has one."""
    everyone = list(range(count))
    if use.formula is None:
        return everyone
    rows = _figures(tried, use)
    if max(map(len, rows)) != count:
        return everyone
    first, *rest = (row if len(row) == count else row * count for row in rows)
    return [n for n in everyone if any(row[n] != first[n] for row in rest)]
