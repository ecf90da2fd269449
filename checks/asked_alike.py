"""An older policy that is asked the promises of a newer one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transfers import FaultsError, Policy
from transfers.policy.policy import policy_from_text

_PROMISES = re.compile(r"^promises:.*\n?(?:^(?:[ \t\]}#-].*)?\n?)*", re.MULTILINE)
"""The section of a document: its line, and those below it that are indented, or empty."""


def asked_alike(old: Policy, new: Policy) -> Policy | None:
    """Return the older policy with what the newer one promises; without own ones if it must.

    None where neither makes a policy.
    """
    source = old.document.source
    bare = _PROMISES.sub("", source.text)
    for section in _sections(new):
        try:
            return policy_from_text(f"{bare.rstrip()}\n\n{section}\n", source.file, {})
        except FaultsError:
            continue
    return None


def _sections(new: Policy) -> Iterator[str]:
    """Yield the section of the newer document; then only what has a name in it."""
    found = _PROMISES.search(new.document.source.text)
    if found is not None:
        yield found[0].rstrip()
    built_in = [rule for rule in new.promises if rule.builtin]
    entries = (
        f"{rule.name}: {{{'' if rule.tolerance is None else f'tolerance: {rule.tolerance}'}}}"
        for rule in built_in
    )
    yield f"promises: {{{', '.join(entries)}}}"
