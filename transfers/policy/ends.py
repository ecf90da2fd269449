"""What stands at the end of a policy and nothing else reads: measures, and what the next year has.

Where only that is new, the rest of the policy stays as it was compiled.

Method: sections 34 and 44.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from transfers.documents.change import Asked, Changes
from transfers.formula.library import names_in
from transfers.policy.asks import SECTION as MEASURES
from transfers.policy.asks import Asks, measure_rules, with_measures
from transfers.policy.beside import sound_besides, usable
from transfers.policy.compile import WITHOUT_NAMES, Compiler
from transfers.policy.next import next_rules
from transfers.policy.patterns import fill_in

if TYPE_CHECKING:
    from transfers.documents import Document
    from transfers.policy.policy import Policy

_NEXT: Final = "next"
_BELOW: Final = (*WITHOUT_NAMES, "waive", "solve")
"""What may stand below `next`: it defines no name that `next` must not see."""


def with_other_ends(
    policy: Policy, document: Document, changes: Changes, asked: Asked, asks: Asks
) -> Policy | None:
    """Return a policy with another section `next`, and with measures that are asked of it.

    Parameters
    ----------
    document : Document
        The same but for the changes, and checked.

    Returns
    -------
    Policy or None
        None where the document has to be compiled as a whole: something else is changed, or the
        names of another run, which outputs and rules may read; something is wrong, which is told
        with all else that is; or what is new reads a figure that was set aside because nothing
        read it, or what is gone may have been all that read one.
    """
    others = [each for each in changes if each not in policy.changes]
    others += [each for each in policy.changes if each not in changes]
    if any(each.path.partition(".")[0] != _NEXT for each in others):
        return None
    if others and not _is_last(document):
        return None
    if not _has_the_names(asks, policy.asks):
        return None
    scope = policy.scope.copy()
    anew = (MEASURES, _NEXT) if others else (MEASURES,)
    compiler = Compiler(
        with_measures(document, asks),
        money=policy.money_unit,
        scope=scope,
        asks=asks,
        inputs=dict(policy.inputs),
        numbers={path: each for path, each in policy.numbers.items() if path[0] not in anew},
        reading=policy.reading,
    )
    if document is not policy.document:
        fill_in(compiler)
    if others:
        next_rules(compiler)
    with usable(compiler, sound_besides(compiler, asks.besides)):
        measures = measure_rules(compiler, asks)
    other = replace(
        policy,
        document=compiler.document,
        numbers=compiler.numbers,
        changes=changes,
        scope=scope,
        asks=asks,
        asked=asked,
        measures=tuple(measures),
        next=tuple(compiler.following) if others else policy.next,
    )
    return None if compiler.faults or _sets_others_aside(policy, other) else other


def _is_last(document: Document) -> bool:
    """Tell whether `next` sees all names of a document: none is defined below it."""
    sections = list(document.source.data)
    return _NEXT not in sections or set(sections[sections.index(_NEXT) + 1 :]) <= {*_BELOW}


def _sets_others_aside(before: Policy, now: Policy) -> bool:
    """Tell whether other figures of lists of services and of appraisals may be read by nothing."""
    had, has = _read_by_ends(before), _read_by_ends(now)
    derived = {rule.name for rule in before.service_lists}
    derived |= {rule.name for rule in before.appraisals}
    gone = any(name.partition(".")[0] in derived for name in had - has)
    return gone or not has.isdisjoint(before.aside)


def _read_by_ends(policy: Policy) -> set[str]:
    formulas = [rule.formula for rule in policy.next]
    formulas += [rule.formula for rule in policy.measures]
    return {name for formula in formulas for name in names_in(formula.node)}


def _has_the_names(asks: Asks, before: Asks) -> bool:
    """Tell whether names of other runs that were there mean what they did."""
    now = {beside.name: beside for beside in asks.besides}
    return all(
        each is now.get(each.name) or (each.name in now and each.types == now[each.name].types)
        for each in before.besides
    )
