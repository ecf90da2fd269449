"""What can be wrong with figures by district and item, and what there is to say of them."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "table.items_without_column": (
        "“{name}”有 {count} 个项目在 {file} 中没有列：{items}（括号内为要找的列名）；请补上这些列，或在 columns 中写明对应的列。",
        "“{name}”: items without a column in {file} ({count}): {items} (in brackets what is looked for); add the columns, or name them in `columns`.",
    ),
    "table.pair_twice": (
        "地区“{key}”、项目“{item}”在第 {line} 行已经出现过；每个地区的每个项目只能有一行，请改正或删去一行。",
        "District “{key}” with item “{item}” is already on line {line}; each pair has one row: mend or delete one.",
    ),
    "table.pair_without_district": (
        "这一行没有地区代码（“{column}”列）；请补上代码，合并的单元格请取消合并，不是数据的行请删去。",
        "The row has no district (column “{column}”); add its key, unmerge merged cells, or delete a row that is no data.",
    ),
    "table.pair_without_item": (
        "这一行没有项目代码（“{column}”列）；请补上代码，合并的单元格请取消合并，不是数据的行请删去。",
        "The row has no item (column “{column}”); add its key, unmerge merged cells, or delete a row that is no data.",
    ),
    "table.pair_district_unknown": (
        "地区代码“{key}”（{count} 行）不在 {where} 中；请在 {where} 中补上该地区，或删去这些行。",
        "District “{key}” (rows: {count}) is not in {where}; add it there, or delete these rows.",
    ),
    "table.pair_district_unknown_meant": (
        "地区代码“{key}”（{count} 行）不在 {where} 中，是否应为“{meant}”？请改成一致的文本代码。",
        "District “{key}” (rows: {count}) is not in {where}; did you mean “{meant}”? Spell both alike, as text.",
    ),
    "table.pair_districts_unknown": (
        "从这一行起还有 {keys} 个地区代码（{count} 行）不在 {where} 中；请核对两表的代码列是否对应。",
        "From here on, {keys} more districts (rows: {count}) are not in {where}; check that both columns hold the same kind of key.",
    ),
    "table.pair_item_unknown": (
        "清单“{where}”中没有“{key}”这一项（{count} 行）；请在清单中补上，或删去这些行。",
        "The list “{where}” has no item “{key}” (rows: {count}); add it there, or delete these rows.",
    ),
    "table.pair_item_unknown_meant": (
        "清单“{where}”中没有“{key}”这一项（{count} 行），是否应为“{meant}”？请改成一致的代码。",
        "The list “{where}” has no item “{key}” (rows: {count}); did you mean “{meant}”? Spell both alike.",
    ),
    "table.pair_items_unknown": (
        "从这一行起还有 {keys} 个项目代码（{count} 行）不在清单“{where}”中；请核对代码列是否对应。",
        "From here on, {keys} more items (rows: {count}) are not in the list “{where}”; check that both columns hold the same kind of key.",
    ),
    "table.pairs_left_out": (
        "{count} 行不是某个地区某个项目的数，没有计入：{labels}（括号内为行号）。",
        "Rows that are no figures of a district and an item ({count}) were left out: {labels} (line in brackets).",
    ),
    "table.too_many_pairs": (
        "{districts} 个地区各有 {figures} 个分项目的数，超过 {most} 个，无法计算；请只留需要的项目。",
        "{districts} districts with {figures} figures of items each are more than {most}, which cannot be held; keep the items that are needed.",
    ),
}
