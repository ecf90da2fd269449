"""What can be wrong with lists in a policy document, and with inputs over them."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "document.list_without_items": (
        "没有写清单的各项从哪里来；请用 file 写明文件，或在 items 中逐项写出",
        "where the items of the list come from is not said; name a `file`, or write `items`",
    ),
    "document.list_file_and_items": (
        "file 与 items 只能写一种；请删去其中一个",
        "`file` and `items` exclude each other; remove one of them",
    ),
    "document.list_key_missing": (
        "取自文件的清单要用 key 写明项目代码在哪一列",
        "a list from a file needs `key`, the column of its items' keys",
    ),
    "document.list_without_file": (
        "各项写在本文件里，“{key}”只用于取自文件的清单；请删去",
        "the items are written here, and `{key}` is for lists from a file; remove it",
    ),
    "document.list_column_key": (
        "每个清单都有名为 key 的列（项目代码）；请给这一列换个名称，文件中的列名写在 column 里",
        "every list has a column `key`, the keys of its items; call this one otherwise, with the"
        " file's heading behind `column`",
    ),
    "document.list_column_name": (
        "“{name}”不能作列的名称：应以字母、汉字或下划线开头，只含字母、汉字、数字、下划线，"
        "且不是公式用语；文件中的列名写在 column 里",
        "`{name}` cannot be the name of a column: a letter or underscore, then letters, digits and"
        " underscores, and no word of formulas; the file's heading goes behind `column`",
    ),
    "document.list_column_unknown": (
        "columns 中没有“{name}”这一列；已有：{columns}。请改正，或在 columns 中补上",
        "`columns` has no `{name}`; it has: {columns}. Mend the name, or add the column",
    ),
    "document.over_unknown": (
        "没有名为“{name}”的清单；lists 中有：{known}",
        "there is no list `{name}`; under `lists` there are: {known}",
    ),
    "document.over_below": (
        "清单“{name}”写在 {section} 下面；请把 lists 一节移到 {section} 上面",
        "the list `{name}` stands below; move the section `lists` above `{section}`",
    ),
    "document.over_without_figures": (
        "没有写各项目的数从哪里来；请在 columns 中写明各项目的列，"
        "或用 file、district、item 写明逐行列出的表",
        "where the figures of the items come from is not said; write the `columns` of the items, or"
        " `file`, `district` and `item` of a table of rows",
    ),
    "document.long_and_wide": (
        "columns 与 file 只能写一种；请删去其中一个",
        "`columns` and `file` exclude each other; remove one of them",
    ),
    "document.long_key_missing": (
        "逐行列出的各项目的数，要用“{key}”写明列名",
        "figures of items in rows need `{key}`, the name of a column",
    ),
    "document.key_without_over": (
        "“{key}”只用于每个项目各有一个数的列；请用 over 写明是哪个清单，或删去“{key}”",
        "`{key}` is for a figure for each item of a list; name the list by `over`, or remove it",
    ),
    "document.key_without_long_file": (
        "“{key}”只用于逐行列出的数；各项目的列已写在 columns 里，请删去",
        "`{key}` is for figures in rows, while `columns` says where these are; remove it",
    ),
    "document.key_with_over": (
        "每个项目各有一个数的列不能用“{key}”；请删去",
        "`{key}` does not go with `over`, a figure for each item; remove it",
    ),
    "document.column_with_over": (
        "写了 over，列名要写在 columns（各项目的列）或 value（文件中的数值列）里，不写 column",
        "with `over`, names of columns go behind `columns` (of the items) or `value` (of a file),"
        " not `column`",
    ),
    "document.sum_of_over": (
        "“{part}”每个项目各有一个数，不能列入 sum_of；请删去",
        "`{part}` has a figure for each item and cannot be a part in `sum_of`; remove it",
    ),
    "document.pattern_without_item": (
        "“{text}”中没有 {{item}}；请在列名中随项目变化的地方写 {{item}}（项目代码）或 {{name}}（名称）",
        "“{text}” has no {{item}}; write {{item}} (the item's key) or {{name}} (its name) where the"
        " headings differ",
    ),
    "document.item_key_expected": (
        "只列代码的清单，每一项应是一个代码，如 [e19, e20]；各项另有数据的，请写成 代码: {{列: 值}}",
        "a list of keys alone holds one key in each place, as in [e19, e20]; items with values of"
        " their own are written key: {{column: value}}",
    ),
    "document.item_twice": (
        "“{item}”在清单中写了两次；请删去一个",
        "`{item}` stands twice in the list; remove one",
    ),
    "document.item_column": (
        "“{item}”后面应是列名，或几个备选列名的列表",
        "behind `{item}` there should be the name of a column, or a list of alternatives",
    ),
    "document.columns_expected": (
        "columns 应逐项写明列名，如 {{primary: 小学学生数}}，或写一个样式，如“学生数_{{item}}”",
        "`columns` should give the column of each item, as in {{primary: pupils_primary}}, or a"
        " pattern such as “pupils_{{item}}”",
    ),
}
