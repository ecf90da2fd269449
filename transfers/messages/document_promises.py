"""What can be wrong with promises, waivers and the next year of a policy document."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "document.promise_unknown_near": (
        "没有名为“{name}”的内置承诺；是否应为“{near}”？自己的承诺请写出判断，如 {name}: total >= 0",
        "there is no built-in promise `{name}`; did you mean `{near}`? One of your own is a statement, as in"
        " `{name}: total >= 0`",
    ),
    "document.promise_unknown": (
        "没有名为“{name}”的内置承诺；自己的承诺请写出判断，如 {name}: total >= 0；内置的有：{known}",
        "there is no built-in promise `{name}`; one of your own is a statement, as in `{name}: total >= 0`;"
        " built in are: {known}",
    ),
    "document.promise_built_in": (
        "“{name}”是内置承诺的名称，冒号后面不写判断；自己的承诺请另起名称，如 {name}_1",
        "`{name}` is a built-in promise and takes no statement; give one of your own another name, such as"
        " {name}_1",
    ),
    "document.promise_number": (
        "“{name}”后面的数请写明是什么：{name}: {{{key}: {text}}}",
        "say what the figure behind `{name}` is: {name}: {{{key}: {text}}}",
    ),
    "document.promise_titled_as_built_in": (
        "“{text}”是内置承诺 {name} 的名称，自己的承诺不能同名；请另起名称；若要的就是内置承诺，请写 {name}",
        "`{text}` is what the built-in promise {name} is called; give a promise of your own another name, or"
        " list {name} if that is what you mean",
    ),
    "document.promise_name": (
        "“{name}”不能作承诺的名称；请以字母、汉字或 _ 开头，只用半角字母、汉字、数字和 _",
        "`{name}` cannot name a promise; begin with a letter or _, then letters, digits and _, none of them full-width",
    ),
    "document.promise_key_of_own": (
        "{key} 只用于自己写判断的承诺；内置承诺何时适用是规定好的，请删去",
        "{key} is for statements of your own; when a built-in promise applies is settled: remove the key",
    ),
    "document.promise_key_of_built_in": (
        "{key} 只用于内置承诺；自己的承诺请把容许的差额写进判断",
        "{key} is for built-in promises; in a statement of your own write what may be missing into the statement",
    ),
    "document.promise_key_of_another": (
        "{key} 只用于 {name}；请删去；{promise} 可用：{known}",
        "{key} is for {name} only: remove it; {promise} takes {known}",
    ),
    "document.promise_part_negative": (
        "“{text}”不合适；这里应写不小于零的比例，如 25%",
        "`{text}` does not fit; a part that is not below zero belongs here, such as 25%",
    ),
    "document.promise_expected": (
        "承诺写成列表时，每一项是一个内置承诺的名称，如 [budget_monotonicity, currency]；"
        "自己的承诺请写成 名称: 判断",
        "a list of promises holds names of built-in ones, as in [budget_monotonicity, currency]; statements of"
        " your own are written `name: statement`",
    ),
    "document.promise_twice": (
        "承诺“{name}”写了两次；请删去一个",
        "the promise `{name}` stands here twice; remove one",
    ),
    "document.waive_unknown_near": (
        "没有名为“{name}”的承诺可以豁免；是否应为“{near}”？",
        "there is no promise `{name}` to be waived; did you mean `{near}`?",
    ),
    "document.waive_unknown": (
        "没有名为“{name}”的承诺可以豁免；请写内置承诺或本文件 promises 中的名称，如：{known}",
        "there is no promise `{name}` to be waived; name a built-in one, or one of this document's `promises`,"
        " such as: {known}",
    ),
    "document.waive_own": (
        "“{name}”是整个文件的承诺，不能只对一项资金豁免；请移到文件最外层的 waive 下，或在判断中排除该项",
        "`{name}` is a promise of the whole document and cannot be waived for one grant; move this to `waive` of"
        " the document, or leave the grant out of the statement",
    ),
    "document.not_a_date": (
        "“{text}”不是日期；请写成 2027-12-31 这样",
        "`{text}` is not a date; write it like 2027-12-31",
    ),
    "document.next_unknown_near": (
        "没有名为“{name}”的数据列、参数或清单列；是否应为“{near}”？",
        "there is no input, parameter or column of a list `{name}`; did you mean `{near}`?",
    ),
    "document.next_unknown": (
        "没有名为“{name}”的数据列、参数或清单列；next 写的是它们下一年度的数，可用：{known}",
        "there is no input, parameter or column of a list `{name}`; `next` says what these become in the following year; there are: {known}",
    ),
    "document.next_not_a_number": (
        "“{name}”不是数值列；清单的列只有数值列可以写下一年度的数，请删去；"
        "项目的文字自某年起不同的，在研究文件的 years 里用 set 或 changes 写明那一年",
        "`{name}` is no column of numbers; of a list `next` is for these only: remove it. A text "
        "of an item that is another from a year on is said in `set` or `changes` below `years` of a study",
    ),
}
