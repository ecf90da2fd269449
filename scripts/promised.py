"""What the examples and cases promise, and what they waive and why: a page in each language.

Reasons stand as the documents have them, in the language of the document.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from checks.calling import policies_below
from transfers import Policy, load_policy
from transfers.messages import LANGUAGES, said
from transfers.policy.promises import PromiseRule, Waiver

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("cases", "examples")
PAGES = Path("docs/promises")
"""Where the pages stand, seen from the root."""

TITLES = {
    "zh": "示例和案例的承诺",
    "en": "What the examples and cases promise",
}
SAYS = {
    "zh": """[English](examples_en.md)

示例和案例在政策文件中列明的承诺，以及有意不守的承诺和理由（照录文件原文）。
`transfers check examples`、`transfers check cases` 检验无误；没有列在这里的政策，
只守[运算承诺](zh.md)。怎样写：[政策文件](../policy/zh.md#承诺)。""",
    "en": """[中文](examples_zh.md)

What examples and cases undertake in their documents, and what they waive, with the reason as the
document has it. All pass `transfers check examples` and `transfers check cases`; policies that are
not listed keep the [promises of arithmetic](en.md). How it is written:
[the policy document](../policy/en.md#promises).""",
}
HEADERS = {
    "zh": ("政策", "承诺", "不守的承诺：理由"),
    "en": ("policy", "promises", "waives: reason"),
}
COLON = {"zh": "：", "en": ": "}
COMMA = {"zh": "、", "en": "; "}


def pages() -> dict[str, str]:
    """Return the pages by file name."""
    return {f"examples_{language}.md": _page(language) for language in LANGUAGES}


def promising() -> Iterator[tuple[str, Policy]]:
    """Yield each policy of cases and examples that promises or waives, with its file."""
    for folder in FOLDERS:
        for file in policies_below(str(ROOT / folder)):
            policy = load_policy(file)
            if policy.promises or policy.waivers:
                yield Path(os.path.relpath(file, ROOT)).as_posix(), policy


def _page(language: str) -> str:
    head = [HEADERS[language], ("---",) * 3]
    rows = [*head, *(_row(file, policy, language) for file, policy in promising())]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in rows)
    return f"# {TITLES[language]}\n\n{SAYS[language]}\n\n{table}\n"


def _row(file: str, policy: Policy, language: str) -> tuple[str, ...]:
    link = f"[{policy.title}]({Path(os.path.relpath(file, PAGES)).as_posix()})"
    kept = COMMA[language].join(_promise(rule, language) for rule in policy.promises)
    waived = "<br>".join(_waiver(waiver, policy, language) for waiver in policy.waivers)
    return link, kept.replace("|", "\\|"), waived.replace("|", "\\|")


def _promise(rule: PromiseRule, language: str) -> str:
    return f"`{rule.name}`" if rule.builtin else said(rule.title, language)


def _waiver(waiver: Waiver, policy: Policy, language: str) -> str:
    grant = next((rule.title for rule in policy.grants if rule.name == waiver.grant), "")
    until = "" if waiver.until is None else f" ({waiver.until.isoformat()})"
    about = f" ({grant})" if grant else ""
    return f"`{waiver.promise}`{about}{COLON[language]}{waiver.reason}{until}"
