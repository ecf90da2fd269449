"""Rules about the outcome: what an allocation is held against, district by district or as a whole.

Method: section 28.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from transfers.policy.rules import CheckRule

if TYPE_CHECKING:
    from transfers.policy.compile import Compiler


def outcome_rules(compiler: Compiler) -> None:
    """Check the statements of the section `rules` and add them in their order."""
    for name, entry in compiler.document.model.rules.items():
        compiler.scope.current = name
        path = ("rules", name)
        that = compiler.of_kind(compiler.formula(entry.that, (*path, "that")), "boolean")
        applies = None
        if entry.applies is not None:
            applies = compiler.formula(entry.applies, (*path, "applies"))
            applies = compiler.of_kind(applies, "boolean")
            if applies is None:
                continue
        if that is None:
            continue
        title = entry.title or name
        rule = CheckRule(name, that, applies, entry.level, path, title, entry.source, entry.note)
        compiler.statements.append(rule)
