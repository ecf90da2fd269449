"""What can be wrong with lists, and what there is to say of their files.

Where a text of tables speaks of districts, that of a list's file has the same code in this family.
"""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "list.empty": (
        "文件是空的；首行应为表头，以下每个项目一行。",
        "The file is empty; it needs a header, then one row per item.",
    ),
    "list.no_rows": (
        "只有表头，没有数据；请在表头下为每个项目填一行。",
        "There is a header but no row; add one row per item.",
    ),
    "list.key_missing": (
        "这一行没有项目代码（“{column}”列）；请补上代码，不是项目的行请删去。",
        "The row has no key (column “{column}”); add it, or delete the row if it is no item.",
    ),
    "list.key_twice": (
        "项目代码“{key}”在第 {line} 行已经出现过；每个项目只能有一行，请改正或删去一行。",
        "The key “{key}” is already on line {line}; each item has one row: mend or delete one.",
    ),
    "list.key_lookalike": (
        "项目代码“{key}”与第 {line} 行的“{twin}”看上去相同（只差空格、全角半角或形近字母）；请统一写法。",
        "The key “{key}” looks like “{twin}” on line {line} (spaces, width or lookalike letters differ); spell them the same, or make them differ visibly.",
    ),
    "list.key_rounded": (
        "项目代码“{key}”被表格软件改成了科学计数，后几位已丢失；请把该列设为文本，重新填写代码。",
        "A spreadsheet has turned the key into “{key}” and lost its last digits; format the column as text and enter the keys again.",
    ),
    "list.key_date": (
        "项目代码“{key}”是日期，多半是表格软件把“10-1”一类的代码改成了日期；请把该列设为文本，重新填写代码。",
        "The key “{key}” is a date: a spreadsheet has probably turned a code such as 10-1 into one; format the column as text and enter the keys again.",
    ),
    "list.key_merged": (
        "这一行的项目代码（“{column}”列）与 {cell} 合并成了一格；每个项目占一行，各有代码，请取消合并，逐行填写。",
        "The key of this row (column “{column}”) is merged with {cell}; each item has one row and a key of its own: unmerge the cells and fill in every row.",
    ),
    "list.merged": (
        "{district}的“{column}”与 {cell} 合并成了一格，看不出这一项自己是多少；请取消合并，逐行填写。",
        "{district}: “{column}” is merged with {cell}, so what this item has is not known; unmerge the cells and fill in every row.",
    ),
    "list.too_many_rows": (
        "表中超过 {most} 行，不予读取；每个项目只占一行，请删去其余各行。",
        "The table has more than {most} rows; an item takes one, delete the others.",
    ),
    "list.strays": (
        "空行以下有 {count} 行（“{key}”等）没有政策要用的任何数据，像是另一张表或附注；请移到别的工作表，或删去。",
        "Below a blank row, {count} rows (“{key}”, ...) have none of the figures the policy asks for, like another table or remarks; move them to another sheet, or delete them.",
    ),
    "list.asides": (
        "{count} 行不是清单的项目，没有计入：{labels}（括号内为行号）。",
        "Rows that are no items of the list ({count}) were left out: {labels} (line in brackets).",
    ),
    "list.asides_checked": (
        "{count} 行不是清单的项目，没有计入：{labels}（括号内为行号）；合计数与各项相加一致：{columns}。",
        "Rows that are no items of the list ({count}) were left out: {labels} (line in brackets); their totals agree with the items: {columns}.",
    ),
    "list.total_differs": (
        "“{label}”行的“{column}”为 {stated}，而 {count} 个项目相加为 {sum}，相差 {difference}；请核对哪一格有误。计算只用各项目的数。",
        "Row “{label}” states {stated} for “{column}”, but its {count} items add up to {sum}, a difference of {difference}; check which cell is wrong. Only the items' figures are used.",
    ),
    "list.hidden_rows": (
        "有 {count} 个项目在隐藏或筛选掉的行里，照样计入：{districts}（括号内为行号）；不该计入的，请从表中删去。",
        "Items in rows that are hidden or filtered out ({count}) count all the same: {districts} (row in brackets); delete those that should not.",
    ),
    "list.several_sheets": (
        "有几张表都符合要求，用的是“{sheet}”，没有用“{others}”；请在清单中用 sheet 写明。",
        "Several sheets fit; “{sheet}” was used, not “{others}”. Name it by `sheet` in the list.",
    ),
    "list.lesser_sheets": (
        "用的是“{sheet}”，所需的列最全；“{others}”只有其中一部分，没有用。如不对，请在清单中用 sheet 写明。",
        "“{sheet}” was used, which has most of the columns; “{others}” has some of them too. If that is wrong, name the sheet by `sheet` in the list.",
    ),
    "list.earlier_header": (
        "这一行也像表头，但所需的列不如第 {header} 行全，没有读它下面的数据；请确认，并在清单中用 header 写明表头在哪一行。",
        "This row looks like a header too, but the one in row {header} has more of the columns, so what stands between was not read. Name the right one by `header` in the list.",
    ),
    "list.unit_ignored": (
        "表中写明“{column}”的单位是{stated}，政策文件没有给这一列写单位，数字按原样使用；请在清单的 columns 中写 unit。",
        "The table says that “{column}” is in {stated}; the policy gives it no unit, so figures are used as they stand. Write `unit` under `columns` of the list.",
    ),
    "list.unknown_item": (
        "清单“{list}”中没有“{item}”这一项；请改正。",
        "The list `{list}` has no item `{item}`; mend it.",
    ),
    "list.unknown_item_near": (
        "清单“{list}”中没有“{item}”这一项；是否应为“{near}”？",
        "The list `{list}` has no item `{item}`; did you mean `{near}`?",
    ),
    "list.items_without_column": (
        "清单“{list}”中有 {count} 项没有写明列：{items}；请补上。",
        "Items of the list `{list}` have no column here ({count}): {items}; add them.",
    ),
    "list.unknown_path": (
        "清单“{list}”没有“{path}”；要改的数写作 lists.{list}.项目.列，项目写代码或名称：{items}；列有：{columns}。",
        "The list `{list}` has no `{path}`; a figure is lists.{list}.item.column, an item goes by key or name: {items}; the columns are: {columns}.",
    ),
    "list.unknown_path_near": (
        "清单“{list}”没有“{path}”；是否应为“{near}”？项目写代码或名称：{items}；列有：{columns}。",
        "The list `{list}` has no `{path}`; did you mean `{near}`? An item goes by key or name: {items}; the columns are: {columns}.",
    ),
    "list.too_many": (
        "清单有 {count} 项，最多 {most} 项；请只留需要的项目。",
        "The list has {count} items, at most {most} can be held; keep those that are needed.",
    ),
}
