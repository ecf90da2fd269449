"""Faults of lists in a policy document, and of inputs over them, each alone in its document."""

from __future__ import annotations

GRANTS = "grants:\n  g: {pool: 100, share: population}\n"
LISTS = GRANTS + "lists:\n  s: {items: {a: {n: 1}}, columns: {n: }}\n"
LONG = "file: r.csv, district: c, item: i"

# code, document below its head, (line, column, path) of the fault, phrases in Chinese and English
OF_LISTS = [
    ("list_without_items", GRANTS + "lists: {s: {title: x}}\n",
     (5, 9, "lists.s"), "从哪里来", "where the items of the list come from"),
    ("list_file_and_items", GRANTS + "lists: {s: {file: s.csv, key: k, items: {a: {}}}}\n",
     (5, 9, "lists.s"), "只能写一种", "exclude each other"),
    ("list_key_missing", GRANTS + "lists: {s: {file: s.csv}}\n",
     (5, 9, "lists.s"), "用 key 写明", "needs `key`"),
    ("item_key_expected", GRANTS + "lists: {s: [a, {b: 1}]}\n",
     (5, 16, "lists.s.1"), "每一项应是一个代码", "one key in each place"),
    ("item_twice", GRANTS + "lists: {s: [a, b, a]}\n",
     (5, 19, "lists.s.2"), "“a”在清单中写了两次", "`a` stands twice"),
    ("list_without_file", GRANTS + "lists: {s: {items: {a: {}}, key: k}}\n",
     (5, 29, "lists.s.key"), "只用于取自文件的清单", "for lists from a file"),
    ("list_without_file", GRANTS + "lists: {s: {items: {a: {}}, columns: {n: {column: x}}}}\n",
     (5, 43, "lists.s.columns.n.column"), "只用于取自文件的清单", "for lists from a file"),
    ("list_column_key", GRANTS + "lists: {s: {items: {a: {}}, columns: {key: {unit: 元}}}}\n",
     (5, 39, "lists.s.columns.key"), "换个名称", "call this one otherwise"),
    ("list_column_name", GRANTS + "lists: {s: {items: {a: {}}, columns: {n-1: {unit: 元}}}}\n",
     (5, 39, "lists.s.columns.n-1"), "“n-1”不能作列的名称", "`n-1` cannot be the name"),
    ("list_column_unknown", GRANTS + "lists: {s: {items: {a: {m: 1}}, columns: {n: }}}\n",
     (5, 25, "lists.s.items.a.m"), "没有“m”这一列；已有：n", "has no `m`; it has: n"),
    ("over_unknown", LISTS + "inputs: {x: {columns: 'x_{item}', over: t}}\n",
     (7, 35, "inputs.x.over"), "没有名为“t”的清单；lists 中有：s", "no list `t`"),
    ("over_below", "inputs: {x: {columns: 'x_{item}', over: s}}\n" + LISTS,
     (3, 35, "inputs.x.over"), "移到 inputs 上面", "above `inputs`"),
    ("over_without_figures", LISTS + "inputs: {x: {over: s}}\n",
     (7, 10, "inputs.x"), "各项目的数从哪里来", "figures of the items come from"),
    ("long_and_wide", LISTS + "inputs: {x: {over: s, columns: 'x_{item}', file: r.csv}}\n",
     (7, 10, "inputs.x"), "只能写一种", "exclude each other"),
    ("long_key_missing", LISTS + "inputs: {x: {over: s, file: r.csv, item: i}}\n",
     (7, 10, "inputs.x"), "“district”写明列名", "need `district`"),
    ("key_without_over", GRANTS + "inputs: {x: {value: n}}\n",
     (5, 14, "inputs.x.value"), "请用 over 写明", "name the list by `over`"),
    ("key_without_long_file", LISTS + "inputs: {x: {over: s, columns: 'x_{item}', item: i}}\n",
     (7, 44, "inputs.x.item"), "已写在 columns 里", "`columns` says where"),
    ("key_with_over", LISTS + f"inputs: {{x: {{over: s, {LONG}, role: prior}}}}\n",
     (7, 58, "inputs.x.role"), "不能用“role”", "`role` does not go with `over`"),
    ("column_with_over", LISTS + f"inputs: {{x: {{over: s, {LONG}, column: n}}}}\n",
     (7, 58, "inputs.x.column"), "不写 column", "not `column`"),
    ("sum_of_over", LISTS + f"inputs: {{x: {{over: s, {LONG}}}, y: {{sum_of: [x]}}}}\n",
     (7, 63, "inputs.y.sum_of"), "不能列入 sum_of", "cannot be a part in `sum_of`"),
    ("pattern_without_item", LISTS + "inputs: {x: {over: s, columns: pupils}}\n",
     (7, 32, "inputs.x.columns"), "没有 {item}", "has no {item}"),
    ("item_column", LISTS + "inputs: {x: {over: s, columns: {a: {b: c}}}}\n",
     (7, 36, "inputs.x.columns.a"), "应是列名", "the name of a column"),
    ("columns_expected", LISTS + "inputs: {x: {over: s, columns: [a]}}\n",
     (7, 32, "inputs.x.columns"), "逐项写明列名", "the column of each item"),
]  # fmt: skip
