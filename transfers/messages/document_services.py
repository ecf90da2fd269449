"""What can be wrong with lists of services in a policy document."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "document.service_cost_half": (
        "支出是单价乘以对象数量：写了“{key}”，还要写“{other}”；只作清单、不算支出的，两个都删去",
        "what an item costs is its price times recipients: `{key}` needs `{other}` beside it; for a"
        " mere list without costs remove it",
    ),
    "document.service_last_without_cost": (
        "last 用来与本年支出比较；请先写 recipients 和 price，或删去 last",
        "`last` is compared with this year's costs; write `recipients` and `price`, or remove it",
    ),
    "document.service_last_empty": (
        "last 中要写 recipients（上年对象数量）、price（上年单价）中至少一个；不写的即与本年相同",
        "`last` needs `recipients` or `price` of the year before; what is left out is as it is now",
    ),
    "document.service_without_year": (
        "“{key}”要与本年度比较；请在文件开头写明 year，如 year: 2026",
        "`{key}` is compared with the year of the document; write it at the top, as in `year:"
        " 2026`",
    ),
    "document.service_key_without": (
        "写了“{key}”，还要用“{other}”写明是清单的哪一列；或删去“{key}”",
        "`{key}` needs `{other}`, which names the column of the list; add it, or remove `{key}`",
    ),
    "document.service_level_taken": (
        "级次不能叫“{level}”：清单名称后面的 .{level} 另有含义；请换个名称，如 {level}_1",
        "no level can be called `{level}`: behind the name of the list .{level} means something"
        " else; choose another name, such as {level}_1",
    ),
    "document.service_level_name": (
        "“{level}”不能作级次的名称：应以字母、汉字或下划线开头，只含字母、汉字、数字、下划线",
        "`{level}` cannot be the name of a level: a letter or underscore, then letters, digits and"
        " underscores",
    ),
    "document.service_rest_twice": (
        "只能有一级写 rest（承担其余）；请给“{level}”写出比例",
        "only one level can be `rest`, what the others leave; write a share for `{level}`",
    ),
    "document.service_required_column": (
        "requires 要求每项都有“{key}”，但没有用“{key}”写明是清单的哪一列；请补上，或从 requires 中删去",
        "`requires` asks every item for `{key}`, but no key `{key}` names its column; add it, or"
        " take it out of `requires`",
    ),
    "document.service_required_key": (
        "requires 要求每项都有“{key}”，但没有写“{key}”；请补上，或从 requires 中删去",
        "`requires` asks every item for `{key}`, but there is no `{key}`; add it, or take it out of"
        " `requires`",
    ),
}
