"""The section on lists of the page of the language, with examples that are run by a test."""

from __future__ import annotations

from transfers.formula.reference_functions import Example, columns_of
from transfers.formula.reference_language import Section

_SERVICES = {
    "services": "{items: {dibao: {standard: 10, kind: bottom}, bus: {standard: 4, kind: key}}, "
    "columns: {standard: {}, kind: {one_of: [bottom, key]}}}"
}
_OVER = {"recipients": "services"}


def _example(formula: str, values: str, **columns: str) -> Example:
    return Example(formula, columns_of(**columns), values.split(), lists=_SERVICES, over=_OVER)


LISTS = Section(
    ("清单", "Lists"),
    (
        (
            "清单（`lists`）是地区之外的另一个维度。`services.standard` 每个项目一个数，写了 "
            "`over: services` 的输入每个项目、每个地区各一个数，两者可以直接相乘。"
            "`sum(…, over=services)` 把各项目合成每个地区一个数，`where=` 说明哪些项目算在内；"
            "不写 over= 则逐项跨地区汇总。`services.key` 是项目的代码。"
            '方括号取一个项目的数：`recipients["dibao"]`，也可按各地区自己的一列取：'
            "`services.standard[mine]`；清单没有的代码，写在公式里的报错，来自数据的得缺失。",
            "A list of `lists` is an axis beside the districts. `services.standard` has one figure "
            "per item, an input with `over: services` one per item and district; the two multiply "
            "as they are. `sum(..., over=services)` folds the items into one figure per district, "
            "`where=` says which count; without over= each item is taken over the districts. "
            "`services.key` is the key of an item. Square brackets take the figure of one item: "
            '`recipients["dibao"]`, or of the one that a column of the district names: '
            "`services.standard[mine]`; a key that the list lacks is a fault where it is written, "
            "missing where it comes from the data.",
        ),
    ),
    (
        _example(
            "sum(services.standard * recipients, over=services)",
            "40 4",
            recipients_dibao="2 0",
            recipients_bus="5 1",
        ),
        _example(
            'sum(recipients, over=services, where=services.kind == "key")',
            "5 1",
            recipients_dibao="2 0",
            recipients_bus="5 1",
        ),
        _example('recipients["bus"]', "5 1", recipients_dibao="2 0", recipients_bus="5 1"),
        _example(
            "services.standard[mine]",
            "10 4 missing",
            recipients_dibao="2 0 0",
            recipients_bus="5 1 0",
            mine="dibao bus tram",
        ),
        _example(
            "sum(recipients / sum(recipients), over=services)",
            "1.75 0.25",
            recipients_dibao="2 0",
            recipients_bus="6 2",
        ),
        _example(
            "count(rank(recipients) == 1, over=services)",
            "2 0",
            recipients_dibao="2 0",
            recipients_bus="5 1",
        ),
    ),
)
