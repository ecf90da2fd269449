"""What the views of a comparison say alike: figures, counts, what came of a variant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from scenarios.answers import Answer
from scenarios.comparison.compared import Compared
from scenarios.comparison.comparing import TOTAL, Comparison
from scenarios.figures_in_text import Shown
from scenarios.set_before import SetBefore, set_before
from scenarios.settings import seen_from
from scenarios.study.load import BASELINE
from transfers import Place, RuleResult, messages
from transfers.arithmetic.decimals import fixed_decimal
from transfers.messages import Phrase
from transfers.output.view_of_measures import figure_text
from transfers.output.view_of_rules import margin_text, result_text
from transfers.output.views import signed
from transfers.written import decimal_text

if TYPE_CHECKING:
    from scenarios.comparison.tables import Column

NOTHING = "—"
LEFT: Final = ("text",)
"""Kinds of cells that are aligned to the left."""

MOST_NAMED = 10


def said(code: str, language: str, **words: object) -> str:
    """Return a text of the family."""
    return messages.text(f"compare.{code}", language, **words)


def cell_texts(column: Column, comparison: Comparison, language: str) -> list[str]:
    """Write the cells of a column for people, its total last."""
    return [cell_text(column, c, comparison, language) for c in (*column.cells, column.total)]


def cell_text(column: Column, cell: Any, comparison: Comparison, language: str) -> str:
    """Write one cell."""
    if cell is None:
        return NOTHING
    if isinstance(cell, str):
        return cell
    if isinstance(cell, Shown):
        return cell.text
    money = comparison.money
    match column.kind:
        case "amount":
            return money.format_for_people(cell)
        case "change":
            return signed(cell, money.format_for_people(cell))
        case "percent":
            return signed(cell, fixed_decimal(cell * 100, 2, ",") + "%")
        case "head":
            return fixed_decimal(cell, 2, ",")
        case "prior":
            return fixed_decimal(cell, column.places, ",")
        case "part":
            return signed(cell, fixed_decimal(cell, column.places, ","))
        case "move":
            return rank_move(cell, language)
        case "figure":
            return figure_text(cell)
    return str(cell)


def rank_move(change: int, language: str) -> str:
    """Say by how many places a district moved."""
    if not change:
        return NOTHING
    return said("up" if change < 0 else "down", language, places=abs(change))


def counts(compared: Compared, language: str) -> str:
    """Say how many gain, lose and stay; or why there is nothing to count."""
    status = compared.answer.status
    if status != "done":
        return said(f"status_{status}", language)
    if compared.total_change is None:
        return NOTHING
    words = {name: getattr(compared, name) for name in ("winners", "losers", "unchanged")}
    return said("counts", language, **words)


def heading(comparison: Comparison, language: str) -> list[str]:
    """Say what is compared with what, and by what ranks go."""
    grant = said("all_grants", language)
    if comparison.grant != TOTAL:
        rules = [rule for a in comparison.answers for rule in a.setting.policy.grants]
        grant = next(rule.title for rule in rules if rule.name == comparison.grant)
    title = baseline_title(comparison, language)
    return [
        *changed_before(comparison).lines(language),
        said("subtitle", language, grant=grant),
        said("against", language, title=title),
        said(f"ranked_{comparison.ranked_by}", language),
    ]


def changed_before(comparison: Comparison) -> SetBefore:
    """Return what was changed for the baseline and all variants."""
    setting = comparison.run.baseline.setting
    return set_before(comparison.run.settings, setting.policy, setting.steps)


def baseline_title(comparison: Comparison, language: str) -> str:
    """Return what the baseline is: its title, or what it changes in the policy."""
    baseline = comparison.run.baseline
    if baseline.title != BASELINE:
        return baseline.title
    steps = (step.title for step in baseline.setting.steps)
    changed = (*comparison.run.settings.changes, *steps)
    return said("policy_changed" if changed else "as_the_policy", language, changes=changed)


def unit_line(comparison: Comparison, language: str, *, per_head: bool) -> str:
    """Say what amounts are counted in."""
    money = comparison.money
    if not per_head:
        return said("unit", language, unit=money.unit)
    head = Phrase("compare.yuan_per_head")
    if money.currency != "CNY":
        head = Phrase("compare.currency_per_head", {"currency": money.currency})
    return said("units_per_head", language, unit=money.unit, head=head)


def where(place: Place, comparison: Comparison) -> str:
    """Say where something stands: files as seen from the study's folder, wherever that is."""
    return str(seen_from(comparison.run.study, place))


def why(answer: Answer, comparison: Comparison, language: str) -> str:
    """Say why an answer pays nobody."""
    if answer.status == "invalid":
        told = (
            f"{where(fault.place, comparison)}: {replace(fault, place=Place()).text(language)}"
            for fault in answer.faults
        )
        return " ".join(told)
    found = answer.batch.why_rejected(answer.row)
    return " ".join(finding.message(language) for finding in found)


def remarks(comparison: Comparison, language: str) -> Iterator[str]:
    """Say which answers do not pay, and which districts only one table has."""
    baseline = comparison.run.baseline
    if not baseline.done:
        yield said(f"baseline_{baseline.status}", language, why=why(baseline, comparison, language))
    for compared in comparison.variants:
        answer = compared.answer
        if not answer.done:
            yield said(answer.status, language, id=answer.id, why=why(answer, comparison, language))
        if compared.other_currency:
            words = {"currency": compared.other_currency, "mine": comparison.money.currency}
            yield said("other_currency", language, id=answer.id, **words)
        for code, keys in (
            ("only_baseline", compared.only_before),
            ("only_variant", compared.only_after),
        ):
            if keys:
                names = [comparison.names_by_key[key] for key in keys[:MOST_NAMED]]
                names += ["…"] if len(keys) > MOST_NAMED else []
                yield said(code, language, id=answer.id, names=tuple(names))


# -- rules and constraints -----------------------------------------------------------------------


def rules_of(answer: Answer) -> tuple[RuleResult, ...]:
    """Return what the rules of the policy and the constraints of the study came to."""
    return answer.rules if answer.done else ()


def rules_kept(answer: Answer, language: str) -> str:
    """Say how many rules are kept, or how many are not."""
    results = rules_of(answer)
    if not results:
        return NOTHING
    broken = [result.level for result in results if not result.kept]
    if not broken:
        return said("all_kept", language, count=len(results))
    told = tuple(
        Phrase(f"compare.broken_{level}", {"count": broken.count(level)})
        for level in ("hard", "warn")
        if level in broken
    )
    return said("not_all_kept", language, told=told)


def rules_by_answer(comparison: Comparison) -> list[list[RuleResult | None]]:
    """Return each rule's results: the baseline's, then those of the variants.

    None where an answer does not pay, or its policy has no such rule.
    """
    found = [{result.id: result for result in rules_of(a)} for a in comparison.answers]
    names = dict.fromkeys(name for results in found for name in results)
    return [[results.get(name) for results in found] for name in names]


def rule_cell(result: RuleResult | None, language: str) -> str:
    """Say whether a rule holds, and the margin."""
    if result is None:
        return NOTHING
    margin = margin_text(result, language)
    text = result_text(result, language)
    return text if margin == NOTHING else f"{text} {margin}"


# -- measures of the study -----------------------------------------------------------------------


def measure_texts(comparison: Comparison) -> list[tuple[str, list[str]]]:
    """Return the title of each measure, and its figure under every answer."""
    found = []
    for name, entry in comparison.run.study.model.measures.items():
        texts = []
        for answer in comparison.answers:
            texts.append(measure_text(answer, name, entry.digits))
        unit = f" ({entry.unit})" if entry.unit else ""
        found.append((f"{entry.title or name}{unit}", texts))
    return found


def measure_text(answer: Answer, name: str, digits: int | None) -> str:
    """Write one measure of an answer, exact where it says no digits."""
    if digits is not None:
        written = answer.allocation.written_measure(name, digits) if answer.done else None
        return NOTHING if written is None else written
    figure = answer.measures.get(name)
    return NOTHING if figure is None else decimal_text(figure)
