"""Faults of lists of services in a policy document, each alone in its document."""

from __future__ import annotations

GRANTS = "grants:\n  g: {pool: 100, share: population}\n"
HEAD = GRANTS + "lists:\n  s: {items: {a: {n: 1}}, columns: {n: , t: }}\nservice_lists:\n"
COSTS = "recipients: n, price: s.n"

# code, document below its head, (line, column, path) of the fault, phrases in Chinese and English
OF_SERVICES = [
    ("over_unknown", HEAD + "  c: {list: x}\n",
     (8, 7, "service_lists.c.list"), "没有名为“x”的清单；lists 中有：s", "no list `x`"),
    ("over_unknown", HEAD + "  c: {list: s, lead: t, agencies: x}\n",
     (8, 25, "service_lists.c.agencies"), "没有名为“x”的清单", "no list `x`"),
    ("over_below",
     GRANTS + "service_lists:\n  c: {list: s}\nlists:\n  s: {items: {a: {n: 1}}, columns: {n: }}\n",
     (6, 7, "service_lists.c.list"), "移到 service_lists 上面", "above `service_lists`"),
    ("service_cost_half", HEAD + "  c: {list: s, price: s.n}\n",
     (8, 16, "service_lists.c.price"), "还要写“recipients”", "needs `recipients` beside it"),
    ("service_cost_half", HEAD + "  c: {list: s, recipients: s.n}\n",
     (8, 16, "service_lists.c.recipients"), "还要写“price”", "needs `price` beside it"),
    ("service_last_without_cost", HEAD + "  c: {list: s, last: {price: s.n}}\n",
     (8, 16, "service_lists.c.last"), "请先写 recipients 和 price", "write `recipients`"),
    ("service_last_empty", HEAD + f"  c: {{list: s, {COSTS}, last: {{}}}}\n",
     (8, 43, "service_lists.c.last"), "至少一个", "left out is as it is now"),
    ("service_without_year", HEAD + "  c: {list: s, until: s.n}\n",
     (8, 16, "service_lists.c.until"), "写明 year", "compared with the year"),
    ("service_key_without", HEAD + "  c: {list: s, areas: 8}\n",
     (8, 16, "service_lists.c.areas"), "还要用“area”写明", "`areas` needs `area`"),
    ("service_key_without", HEAD + "  c: {list: s, agencies: s}\n",
     (8, 16, "service_lists.c.agencies"), "还要用“lead”写明", "`agencies` needs `lead`"),
    ("service_level_taken", HEAD + "  c: {list: s, responsibility: {total: 1}}\n",
     (8, 33, "service_lists.c.responsibility.total"), "级次不能叫“total”", "called `total`"),
    ("service_level_name", HEAD + "  c: {list: s, responsibility: {a-b: 1}}\n",
     (8, 33, "service_lists.c.responsibility.a-b"), "“a-b”不能作级次", "`a-b` cannot be"),
    ("service_rest_twice", HEAD + "  c: {list: s, responsibility: {a: rest, b: Rest}}\n",
     (8, 42, "service_lists.c.responsibility.b"), "只能有一级写 rest", "only one level"),
    ("service_required_column", HEAD + "  c: {list: s, requires: [object]}\n",
     (8, 27, "service_lists.c.requires.0"), "没有用“object”写明", "names its column"),
    ("service_required_key", HEAD + "  c: {list: s, requires: price}\n",
     (8, 26, "service_lists.c.requires"), "但没有写“price”", "there is no `price`"),
]  # fmt: skip
