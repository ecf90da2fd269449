"""Texts of the family "formula": what is wrong with its units."""

TEXTS: dict[str, tuple[str, str]] = {
    "formula.different_kinds": (
        "单位不同类，不能相加或比较：{unit} 与 {target}。",
        "Different kinds cannot be added or compared: {unit} and {target}.",
    ),
    "formula.money_unit": (
        "“{text}”不是 {currency} 的金额单位；可写：{words}。",
        "{text!r} is no unit of {currency}; write one of: {words}.",
    ),
    "formula.not_money": (
        "这里需要金额（{target}），而结果的单位是“{unit}”。请检查公式，或给参数写上单位，例如 {{value: 650, unit: {example}}}；每个百分点多少钱，单位是 {target}/百分点。{hint}",
        "Money ({target}) is needed here, but the result is in {unit!r}. Check the formula, or give a parameter its unit, as in {{value: 650, unit: {example}}}; so much per percentage point is {target}/pp.{hint}",
    ),
    "formula.not_unit_of_pool": (
        "下限、上限、定额须与 pool 同单位（{target}），而结果的单位是“{unit}”。{hint}",
        "Floor, cap and fixed must be in the unit of the pool ({target}), but this is in {unit!r}.{hint}",
    ),
    "formula.not_declared_unit": (
        "声明的单位是 {target}，而公式结果的单位是“{unit}”。{hint}",
        "The declared unit is {target}, but the formula yields {unit!r}.{hint}",
    ),
    "formula.percent_of_what": (
        "百分比要写明是什么的百分比，例如 5% * last_year。",
        " A percentage needs what it is of, as in 5% * last_year.",
    ),
    "formula.without_unit": (
        "公式中的 {names} 没有写单位，是不是漏写了 unit？",
        " {names} in the formula has no unit; was `unit` forgotten?",
    ),
    "formula.multiple_of_what": (
        "金额的单位和这里都只写了“{text}”，分不清是钱还是别的；请写明，例如 {text} {currency}、{text}人。",
        "Money and this are both in mere {text!r}: write of what, as in {text} {currency} or {text} persons.",
    ),
    "formula.multiple_alone": (
        "单写“{text}”只是一个数；是钱的，请写明，例如 {text} {currency}。",
        " {text!r} alone is a plain number; money is {text} {currency}.",
    ),
    "formula.plain_names": (
        "公式中的 {names} 是比率，不是金额。",
        " {names} in the formula is a ratio, not an amount.",
    ),
    "formula.percent_wanted": (
        "另一边的单位是 {unit}，请写明是百分之几，例如 5%。",
        "The other side is in {unit}: write the number with its sign, as in 5%.",
    ),
    "formula.power_of_unit": (
        "有单位（{unit}）的数，指数须是写明的数。",
        "A figure with a unit ({unit}) needs an exponent written as a number.",
    ),
    # -- rules ---------------------------------------------------------------------------------
}
