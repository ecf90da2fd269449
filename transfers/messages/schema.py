"""Texts of the family "schema": what an editor says beyond the keys' own words."""

TEXTS: dict[str, tuple[str, str]] = {
    "schema.example": ("例：`{sample}`", "E.g. `{sample}`"),
    "schema.left_out": ("不写时：`{default}`", "Left out: `{default}`"),
    "schema.required": ("必填", "Required"),
    "schema.value": ("数、文字、表、分档、插值点", "Number, text, table, brackets, points"),
    "schema.number": (
        "应写数，如 650、1.3、25%；不写千分位",
        "a number belongs here, such as 650, 1.3 or 25%, without separators of thousands",
    ),
    "schema.whole": ("应写 0 至 {most} 的整数", "a whole number from 0 to {most} belongs here"),
    "schema.date": ("日期写成 2027-12-31 这样", "a date is written like 2027-12-31"),
    "schema.promise_name": (
        "承诺的名称用汉字、字母、数字和 _，不以数字开头",
        "the name of a promise has letters, digits and _, and does not begin with a digit",
    ),
    "schema.scalar": (
        "不是可识别的数：写成 1000、25%，不写千分位、空格、货币符号",
        "not a number: write 1000 or 25%, without separators, spaces or currency signs",
    ),
    "schema.name": (
        "名称用汉字、字母、数字和 _，不以数字开头，不用公式里的词（如 sum、total）",
        "a name has letters, digits and _, does not begin with a digit, and is no word of formulas, such as sum or total",
    ),
    "schema.study_id": (
        "编号用字母、汉字、数字和 - _ .，以字母、汉字、数字或 _ 开头",
        "an id has letters, digits and - _ ., and begins with a letter, a digit or _",
    ),
    "schema.policy_id": (
        "政策编号用字母、汉字、数字和 - _ .，以字母、汉字、数字或 _ 开头",
        "the policy's id has letters, digits and - _ ., and begins with a letter, a digit or _",
    ),
}
