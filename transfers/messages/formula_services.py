"""Texts of the family "formula": what is wrong inside a list of services."""

TEXTS: dict[str, tuple[str, str]] = {
    "formula.service_column": (
        "清单“{list}”没有“{column}”这一列；已有：{known}。请改正列名，或在 lists 的 columns 中补上。",
        "The list {list!r} has no column {column!r}; it has: {known}. Mend the name, or add the column to the list.",
    ),
    "formula.service_column_text": (
        "“{column}”不是文字列，这里要文字；请在清单“{list}”的 columns 中写 type: text。",
        "{column!r} is no column of texts, which is needed here; write type: text for it in the list {list!r}.",
    ),
    "formula.service_column_boolean": (
        "“{column}”不是“是否”列；请在清单“{list}”的 columns 中写 type: yes_no。",
        "{column!r} is no yes_no column; write type: yes_no for it in the list {list!r}.",
    ),
    "formula.service_other_list": (
        "这个公式按清单“{other}”逐项有数，而项目来自清单“{list}”；请用“{list}”的列或按它逐项的输入。",
        "This formula has a figure for each item of {other!r}, while the items are those of {list!r}; use columns of {list!r}, or inputs over it.",
    ),
    "formula.service_not_money": (
        "单价乘以对象数量须是金额（{money}），而单价的单位是“{price}”，对象数量的单位是“{recipients}”；请给单价写上单位，如对象以 人 计的写 元/人。",
        "Price times recipients must be money ({money}), but the price is in {price} and the recipients are in {recipients}; give the price its unit, so much per recipient, such as 元/人.",
    ),
    "formula.service_no_district": (
        "对象数量应逐地区有数，而这里各地区只有一个数；请用输入（inputs），如 over: {list}，或地区的列。",
        "Recipients should be known for each district, but here is one figure for all; use an input, as with over: {list}, or a column of the districts.",
    ),
    "formula.service_no_item": (
        "单价、对象数量中至少一个应逐项有数；请用清单“{list}”的列，或按它逐项的输入。",
        "Price or recipients should differ by item; use a column of the list {list!r}, or an input over it.",
    ),
    "formula.service_date": (
        "“{item}”的“{text}”不是日期；请写 2026、2026-07、2026-07-01、2026/7/1 或 2026年7月1日 的样子。",
        "{text!r} of {item!r} is no date; write it as 2026, 2026-07, 2026-07-01 or 2026/7/1.",
    ),
    "formula.service_share_unit": (
        "分担比例应是数或百分数，如 60%，而这个公式的单位是“{unit}”；请检查公式。",
        "A share should be a number or per cent, such as 60%, but this is in {unit!r}; check the formula.",
    ),
}
