"""What the page about the policy document says of promises, waivers and the next year.

Not imported when the engine runs.
"""

from __future__ import annotations

from typing import Final

from transfers.documents.promises import PROMISES
from transfers.documents.reference_examples import Both
from transfers.messages import LANGUAGES, text

SAMPLES_OF_PROMISES: Final[dict[str, str]] = {
    "PolicyDocument.promises": "promises: [budget_monotonicity, currency]",
    "PolicyDocument.waive": "waive: {effort_neutrality: 县政府会议纪要〔2026〕3 号}",
    "PolicyDocument.next": "next: {last_year: total}",
    "Grant.waive": "waive: {currency: {reason: 定额不随物价调整, until: 2027-12-31}}",
    "Promise.tolerance": "tolerance: 1",
    "Promise.at_least": "at_least: 95%",
    "Promise.at_most": "at_most: 25%",
    "Promise.that": "that: total >= 0.8 * last_year",
    "Promise.applies": "applies: last_year > 0",
    "Waiver.reason": "reason: 县委会议纪要〔2026〕3 号",
    "Waiver.until": "until: 2027-12-31",
}

NOTES_OF_PROMISES: Final[dict[str, tuple[Both, ...]]] = {
    "Promise": (
        (
            "承诺说的不是这一次测算的结果，而是无论数据怎样变化都应成立的事，由 `transfers check` "
            "造出各种数据来检验；`transfers run` 不看承诺。内置的承诺写名称即可："
            "`promises: [budget_monotonicity, currency]`，或 `budget_monotonicity:` 后面空着；"
            "容许差几个最小支付额的写 `budget_monotonicity: {tolerance: 1}`。"
            "`hold_harmless: {at_least: 95%}` 保上年的 95%，`growth_cap: {at_most: 25%}` "
            "增长不超过 25%。名称见[内置的承诺](#内置的承诺)。",
            "A promise is not about the outcome at hand but about whatever the figures may be; "
            "`transfers check` makes tables to test it, `transfers run` does not look at it. A "
            "built-in promise is just named: `promises: [budget_monotonicity, currency]`, or "
            "`budget_monotonicity:` with nothing behind; where so many quanta do not matter, "
            "`budget_monotonicity: {tolerance: 1}`. `hold_harmless: {at_least: 95%}` guarantees "
            "95% of last year's amount, `growth_cap: {at_most: 25%}` lets it grow by 25%. Names: "
            "[built-in promises](#built-in-promises).",
        ),
        (
            "自己的承诺写成 名称: 判断，与 rules 的写法相同：`not_below_floor: total >= "
            "floor_amount`，可用上文的各项资金、附加列和 `total`，所以写在它们下面。"
            "名称不能是内置承诺的名称，可与别处的名称相同。",
            "A promise of your own is a name with a statement, as in `rules`: `not_below_floor: "
            "total >= floor_amount`; it uses grants, outputs and `total` that stand above it. It "
            "takes the name of no built-in promise; names used elsewhere do not matter.",
        ),
        (
            "列出的承诺不成立，或没有检验到，`transfers check` 即不通过。运算承诺不必列出，"
            "总要遵守；政策承诺不列出的，只报告，不影响通过。",
            "Where a listed promise is broken, or was not put to the test, `transfers check` does "
            "not pass. Promises of arithmetic are always held, listed or not; those of policy that "
            "are not listed are reported only.",
        ),
        (
            "`next` 写明下一年度的数由本年度的什么得出：`next: {last_year: equalisation, "
            "own_revenue: 1.05 * own_revenue, services.standard: services.standard * 1.03}`，"
            "可以写数据列、只有一个数的参数、清单的数值列；每个地区、每一项或全体一个数，单位与之同类；"
            "写在各项资金下面。逐年推算（`transfers outlook`）和检验跨年的承诺（year_chaining、"
            "no_reward_for_decline，只看逐地区的数值列）时才用，`transfers run` 不算它。",
            "`next` says what the following year begins with: `next: {last_year: equalisation, "
            "own_revenue: 1.05 * own_revenue, services.standard: services.standard * 1.03}`: "
            "inputs, parameters with one figure, columns of numbers of lists; a figure for each "
            "district or item, or one for all, of the kind that its unit has; it stands below the "
            "grants. Years in a row (`transfers outlook`) read it, and promises about years "
            "(year_chaining, no_reward_for_decline: inputs with a number per district only); "
            "`transfers run` does not compute it.",
        ),
    ),
    "Waiver": (
        (
            "政策有意违反的承诺，予以豁免并写明理由："
            "`waive: {effort_neutrality: 县政府会议纪要〔2026〕3 号}`；有期限的写 `until`，"
            "到那一天为止（含），过后又要遵守。写在某项资金下的，只对那一项；自己的承诺只能在文件最外层豁免。",
            "What a policy breaks on purpose is waived with a reason: `waive: {effort_neutrality: "
            "minutes of 3 May 2026}`; with `until` that is the last day on which it counts, and "
            "then the promise is held again. Below a grant it counts for that grant; a promise of "
            "your own is waived for the whole document only.",
        ),
    ),
}

_TITLE: Final[Both] = ("内置的承诺", "Built-in promises")
_HEAD: Final[Both] = (
    "| 名称 | 类别 | 叫什么 | 意思 |\n|---|---|---|---|",
    "| name | kind | called | says |\n|---|---|---|---|",
)
_KINDS: Final[dict[str, Both]] = {
    "arithmetic": ("算术", "arithmetic"),
    "policy": ("政策", "policy"),
}


def section(language: str) -> list[str]:
    """Return the table of built-in promises, below a heading."""
    said = LANGUAGES.index(language)
    rows = [
        f"| `{name}` | {_KINDS[kind][said]} | {text(f'promises.{name}', language)} "
        f"| {text(f'promises.{name}_says', language)} |"
        for name, kind in PROMISES.items()
    ]
    return [f"## {_TITLE[said]}", "\n".join([_HEAD[said], *rows])]
