"""Rules about the outcome: what an allocation is held against, district by district or as a whole.

Method: section 28.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from transfers.policy.rules import CheckRule, Formula, Path

if TYPE_CHECKING:
    from transfers.policy.compile import Compiler


def outcome_rules(compiler: Compiler) -> None:
    """Check the statements of the section `rules` and add them in their order."""
    for name, entry in compiler.document.model.rules.items():
        path = ("rules", name)
        stated = statement_of(compiler, path, entry.that, entry.applies)
        if stated is None:
            continue
        that, applies = stated
        title = entry.title or name
        rule = CheckRule(name, that, applies, entry.level, path, title, entry.source, entry.note)
        compiler.statements.append(rule)


def statement_of(
    compiler: Compiler, path: Path, that: str, applies: str | None
) -> tuple[Formula, Formula | None] | None:
    """Check a statement of the document, and when it applies; None where one of them is faulty."""
    compiler.scope.current = str(path[-1])
    stated = compiler.of_kind(compiler.formula(that, (*path, "that")), "boolean")
    when = None
    if applies is not None:
        when = compiler.of_kind(compiler.formula(applies, (*path, "applies")), "boolean")
        if when is None:
            return None
    return None if stated is None else (stated, when)
