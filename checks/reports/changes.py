"""What differs from an older policy: amounts, promises, waivers."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Final

from checks.against import Against, Changed
from checks.answer import Answer, rule_of
from checks.report import Verdict
from checks.reports.plain import fault_data, number
from checks.reports.words import Words
from transfers.arithmetic.decimals import fixed_decimal
from transfers.messages import printable
from transfers.output.terminal import below_unit, table, wrapped
from transfers.output.views import signed
from transfers.written import shown

_MOST_ROWS: Final = 20


def against_view(found: Against, words: Words, columns: int = 80) -> str:
    """Return it as text: who changes, then which promises."""
    if not found.file:
        return words.say("no_old")
    lines = [words.say("against", file=found.file), *_amounts(found, words, columns)]
    for text in promise_lines(found, words):
        lines += wrapped(text, columns)
    return "\n".join(lines)


def promise_lines(found: Against, words: Words) -> Iterator[str]:
    """Yield a sentence for each promise or waiver that differs."""
    for verdict in found.newly_broken:
        gates = "" if verdict.fails else words.say("only_told")
        yield words.say("newly_broken", **_named(verdict, words), gates=gates)
    for code in ("newly_kept", "promised", "not_promised"):
        text = {"promised": "now_promised", "not_promised": "no_longer_promised"}.get(code, code)
        for verdict in getattr(found, code):
            yield words.say(text, **_named(verdict, words))
    for verdict in found.waived:
        assert verdict.waived is not None
        told = {"scope": words.scope(verdict.waived), "reason": printable(verdict.waived.reason)}
        if verdict.waived.expired:
            told["reason"] += words.say("waiver_expired", until=verdict.waived.until)
        yield words.say("now_waived", **_named(verdict, words), **told)
    for verdict in found.not_waived:
        assert verdict.waived is not None
        scope = words.scope(verdict.waived)
        yield words.say("no_longer_waived", **_named(verdict, words), scope=scope)


def _named(verdict: Verdict, words: Words) -> dict[str, object]:
    return {"title": words.title(verdict), "id": verdict.promise}


def _amounts(found: Against, words: Words, columns: int) -> list[str]:
    sums = found.amounts
    if sums.why is not None:
        faults = [f"  {fault.text(words.language)}" for fault in sums.faults]
        return [words.said(sums.why), *faults]
    changed = sums.changed
    if not changed:
        return [words.say("against_same")]
    old, new = sums.totals
    counts = {"gain": sums.count(1), "lose": sums.count(-1), "same": sums.count(0)}
    told = {"old": money(old, words), "new": money(new, words), "change": change(new - old, words)}
    lines = wrapped(words.say("against_amounts", **counts, **told), columns)
    headers = [words.say(code) for code in ("district", "old", "new", "change", "change_pct")]
    rows = [_row(row, words) for row in changed[:_MOST_ROWS]]
    right = [False, True, True, True, True]
    grid = table(headers, rows, right=right, columns=columns)
    lines += below_unit(grid, words.say("unit", unit=words.unit))
    if len(changed) > _MOST_ROWS:
        lines.append(words.say("against_more", count=len(changed) - _MOST_ROWS))
    return lines


def _row(row: Changed, words: Words) -> list[str]:
    old, new = ("—" if sum_ is None else money(sum_, words) for sum_ in (row.old, row.new))
    return [shown(row.name, 40), old, new, change(row.change, words), percent(row.ratio)]


def money(sum_: Fraction, words: Words) -> str:
    """Write a sum in the document's unit of money."""
    return words.amount(sum_ / words.policy.money.quantum)


def change(sum_: Fraction, words: Words) -> str:
    """Write a difference in the document's unit of money."""
    return signed(sum_, money(sum_, words))


def percent(ratio: Fraction | None) -> str:
    """Write a ratio in per cent; "" where there is none."""
    return "" if ratio is None else signed(ratio, fixed_decimal(ratio * 100, 2, ",") + "%")


def against_data(found: Against, answer: Answer, language: str) -> dict[str, Any]:
    """Return it as plain data; sums are in the document's unit of money."""
    sums = found.amounts
    if not found.file:
        return {"file": None}
    old, new = sums.totals
    rows = [
        {
            "key": row.key,
            "name": row.name,
            "old": None if row.old is None else number(row.old),
            "new": None if row.new is None else number(row.new),
            "change": number(row.change),
            "change_pct": None if row.ratio is None else float(row.ratio * 100),
        }
        for row in sums.rows
    ]
    compared = None
    if sums.why is None:
        compared = {
            "gain": sums.count(1),
            "lose": sums.count(-1),
            "same": sums.count(0),
            "total_old": number(old),
            "total_new": number(new),
            "districts": rows,
        }
    promises = {
        name: [rule_of(verdict).removeprefix("transfers/") for verdict in getattr(found, name)]
        for name in (
            *("newly_broken", "newly_kept", "promised", "not_promised", "waived", "not_waived"),
        )
    }
    return {
        "file": answer.relative(found.file),
        "amounts": compared,
        "faults": [fault_data(fault, answer, language) for fault in sums.faults],
        **promises,
    }
