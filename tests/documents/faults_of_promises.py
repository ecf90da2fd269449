"""What is wrong with promises, waivers and the next year, each at its place.

code, document, (line, column, path) of the fault, a phrase of it in Chinese, one in English
"""

from __future__ import annotations

BEFORE = (
    "inputs: {population: {}, tier: {one_of: [A]}}\ngrants:\n  g: {pool: 100, share: population"
)
GRANTS = BEFORE + "}\n"
PROMISED = GRANTS + "promises: "
WAIVED = GRANTS + "waive: "
NEXT = GRANTS + "next: "

# fmt: off
PROMISES = [
    ("promise_unknown_near", PROMISED + "[currency, budget_monotonic]\n",
     (6, 22, "promises.budget_monotonic"),
     "是否应为“budget_monotonicity”", "did you mean `budget_monotonicity`"),
    ("promise_unknown", PROMISED + "{fair: {title: 公平}}\n",
     (6, 12, "promises.fair"), "没有名为“fair”的内置承诺", "there is no built-in promise `fair`"),
    ("promise_built_in", PROMISED + "{currency: g >= 0}\n",
     (6, 12, "promises.currency"), "请另起名称，如 currency_1", "such as currency_1"),
    ("promise_number", PROMISED + "{growth_cap: 20%}\n",
     (6, 12, "promises.growth_cap"), "growth_cap: {at_most: 20%}", "growth_cap: {at_most: 20%}"),
    ("promise_number", PROMISED + "{hold_harmless: 0.95}\n",
     (6, 12, "promises.hold_harmless"),
     "hold_harmless: {at_least: 0.95}", "hold_harmless: {at_least: 0.95}"),
    ("promise_number", PROMISED + "{entry: 2}\n",
     (6, 12, "promises.entry"), "entry: {tolerance: 2}", "entry: {tolerance: 2}"),
    ("promise_built_in", PROMISED + "{growth_cap: g <= 20}\n",
     (6, 12, "promises.growth_cap"), "请另起名称", "give one of your own another name"),
    ("promise_titled_as_built_in", PROMISED + "{没有断崖: g >= 0}\n",
     (6, 12, "promises.没有断崖"), "内置承诺 continuity 的名称", "promise continuity is called"),
    ("promise_titled_as_built_in", PROMISED + "{Balance: g >= 0}\n",
     (6, 12, "promises.Balance"), "内置承诺 balance 的名称", "promise balance is called"),
    ("promise_titled_as_built_in", PROMISED + "{a: {that: g >= 0, title: 没有断崖}}\n",
     (6, 30, "promises.a.title"), "内置承诺 continuity 的名称", "promise continuity is called"),
    ("unknown_key", PROMISED + "{continuity: {jump: 5}}\n",
     (6, 25, "promises.continuity.jump"), "title, source, note, tolerance", "note, tolerance"),
    ("unknown_key", PROMISED + "{growth_cap: {jump: 5}}\n",
     (6, 25, "promises.growth_cap.jump"), "tolerance, at_most", "tolerance, at_most"),
    ("promise_name", PROMISED + "{at-least: g >= 0}\n",
     (6, 12, "promises.at-least"), "“at-least”不能作", "`at-least` cannot name a promise"),
    ("promise_key_of_own", PROMISED + "{entry: {applies: g > 0}}\n",
     (6, 20, "promises.entry.applies"), "内置承诺何时适用", "when a built-in promise applies"),
    ("promise_key_of_built_in", PROMISED + "{a: {that: g > 0, tolerance: 1}}\n",
     (6, 29, "promises.a.tolerance"), "tolerance 只用于内置承诺", "tolerance is for built-in"),
    ("promise_key_of_another", PROMISED + "{entry: {at_most: 25%}}\n",
     (6, 20, "promises.entry.at_most"), "at_most 只用于 growth_cap", "at_most is for growth_cap"),
    ("promise_part_negative", PROMISED + "{hold_harmless: {at_least: -5%}}\n",
     (6, 28, "promises.hold_harmless.at_least"), "“-5%”不合适", "`-5%` does not fit"),
    ("promise_expected", PROMISED + "[currency, {a: g > 0}]\n",
     (6, 22, "promises.1"), "每一项是一个内置承诺的名称", "holds names of built-in ones"),
    ("promise_twice", PROMISED + "[currency, entry, currency]\n",
     (6, 29, "promises.2"), "承诺“currency”写了两次", "the promise `currency` stands here twice"),
    ("missing_key", PROMISED + "{a: {applies: g > 0}}\n",
     (6, 12, "promises.a"), "缺少“that”", "`that` is missing"),
    ("unknown_key_near", PROMISED + "{a: {thta: g > 0}}\n",
     (6, 16, "promises.a.thta"), "是否应为“that”", "did you mean `that`"),
    ("not_whole", PROMISED + "{currency: {tolerance: 0.5}}\n",
     (6, 34, "promises.currency.tolerance"), "“0.5”不合适", "`0.5` does not fit"),
    ("waive_unknown_near", WAIVED + "{no_full_clawbak: 纪要}\n",
     (6, 9, "waive.no_full_clawbak"),
     "是否应为“no_full_clawback”", "did you mean `no_full_clawback`"),
    ("waive_unknown", WAIVED + "{fair: 纪要}\n",
     (6, 9, "waive.fair"), "没有名为“fair”的承诺", "there is no promise `fair`"),
    ("waive_own", BEFORE + ", waive: {a: 纪要}}\npromises: {a: g > 0}\n",
     (5, 45, "grants.g.waive.a"), "“a”是整个文件的承诺", "`a` is a promise of the whole"),
    ("missing_key", WAIVED + "{entry: {until: 2027-12-31}}\n",
     (6, 9, "waive.entry"), "缺少“reason”", "`reason` is missing"),
    ("empty_value", WAIVED + "{entry: }\n",
     (6, 9, "waive.entry"), "“entry”后面没有内容", "nothing stands behind `entry`"),
    ("not_a_date", WAIVED + "{entry: {reason: 纪要, until: 31.12.2027}}\n",
     (6, 36, "waive.entry.until"), "“31.12.2027”不是日期", "`31.12.2027` is not a date"),
    ("next_unknown_near", NEXT + "{populaton: g}\n",
     (6, 8, "next.populaton"), "是否应为“population”", "did you mean `population`"),
    ("next_unknown", NEXT + "{prior: g}\n",
     (6, 8, "next.prior"), "可用：population, tier", "there are: population, tier"),
    ("next_not_a_number",
     "lists: {l: {columns: {x: {type: text}}, items: {a: {x: t}}}}\n"
     "grants:\n  g: {claim: 1}\nnext: {l.x: g}\n",
     (6, 8, "next.l.x"), "“l.x”不是数值列", "`l.x` is no column of numbers"),
]
# fmt: on
