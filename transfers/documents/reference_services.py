"""What the page about the policy document says of lists of services.

Taken in by :mod:`transfers.documents.reference_keys`. Not imported when the engine runs.
"""

from __future__ import annotations

from typing import Final

from transfers.documents.reference_examples import Both

SAMPLES_OF_SERVICES: Final[dict[str, str]] = {
    "PolicyDocument.service_lists": "service_lists: {costs: {list: services}}",
    "ServiceList.list": "list: services",
    "ServiceList.area": "area: area",
    "ServiceList.object": "object: 服务对象",
    "ServiceList.standard": "standard: 服务标准",
    "ServiceList.lead": "lead: 牵头单位",
    "ServiceList.cooperating": "cooperating: 配合单位",
    "ServiceList.basis": "basis: 政策依据",
    "ServiceList.bought": "bought: bought",
    "ServiceList.agencies": "agencies: agencies",
    "ServiceList.from": "from: services.from_year",
    "ServiceList.until": "until: services.until_year",
    "ServiceList.part_year": "part_year: months",
    "ServiceList.recipients": "recipients: recipients",
    "ServiceList.price": "price: services.price",
    "ServiceList.responsibility": "responsibility: {county: services.county_share, town: rest}",
    "ServiceList.last": "last: {price: services.price_last}",
    "ServiceList.requires": "requires: [object, standard, lead]",
    "ServiceList.items": "items: 117",
    "ServiceList.areas": "areas: 8",
    "LastYear.recipients": "recipients: recipients_last",
    "LastYear.price": "price: services.price_last",
}

NOTES_OF_SERVICES: Final[dict[str, tuple[Both, ...]]] = {
    "ServiceList": (
        (
            "写在 lists、inputs 下面，用到它的 quantities、grants 上面。只有 `list` 必填：没有 "
            "`recipients`、`price` 的是不算支出的清单（如重点项目、村级标准）。`area`、`object`、"
            "`standard`、`lead`、`cooperating`、`basis`、`bought` 写的是清单中的列名；`from`、"
            "`until`、`recipients`、`price`、`responsibility` 写的是公式。",
            "It stands below lists and inputs, above the quantities and grants that use it. Only "
            "`list` is required: one without `recipients` and `price` is a list without costs, "
            "such as one of key items or of standards for villages. `area`, `object`, `standard`, "
            "`lead`, `cooperating`, `basis`, `bought` name columns of that list; `from`, `until`, "
            "`recipients`, `price`, `responsibility` are formulas.",
        ),
        (
            "由此得到的名称（清单叫 costs、级次叫 county 时），下文公式可用。逐项逐地区："
            "`costs.cost` 支出（单价乘对象数量，不在执行期的为零）、`costs.county` 该级负担、"
            "`costs.price`、`costs.recipients`、`costs.in_force` 执行中、`costs.share.county`、"
            "`costs.shares` 各级比例之和、`costs.sound` 比例合计为一且无负数；逐地区："
            "`costs.total` 各项合计、`costs.total.county`；写了 `last` 的，逐项逐地区另有 "
            "`costs.last` 上年支出、`costs.growth` 增支，恰好等于 `costs.growth.price` 提标、"
            "`costs.growth.recipients` 扩面、`costs.growth.both` 两者叠加之和。"
            '按领域合计：`sum(costs.cost, over=services, where=services.area == "养老")`。',
            "The names it gives to formulas below (of a list `costs` with a level `county`), by "
            "item and district: `costs.cost` (price times recipients; 0 where not in force), "
            "`costs.county` (borne by that level), `costs.price`, `costs.recipients`, "
            "`costs.in_force`, `costs.share.county`, `costs.shares` (sum of the shares), "
            "`costs.sound` (they add up to 1, none below 0); by district: `costs.total` of all "
            "items, `costs.total.county`; with `last` also, by item and district, `costs.last` "
            "(cost a year before) and `costs.growth`, which is exactly `costs.growth.price` plus "
            "`costs.growth.recipients` plus `costs.growth.both`. Of an area: `sum(costs.cost, "
            'over=services, where=services.area == "care")`.',
        ),
        (
            "`from`、`until` 也可以写日期所在的文字列：2026、2026-07、2026-07-01、2026/7/1、"
            "2026年7月1日 都认得。有效期碰到的每一年都算执行；只写年份的，从 1 月起、到 12 月止。"
            "`part_year: months` 按执行的月数算（碰到的月份都算），`costs.months` 是当年的月数。",
            "`from` and `until` may also name a column of texts with dates: 2026, 2026-07, "
            "2026-07-01, 2026/7/1 and 2026年7月1日 are known. An item is in force in every year "
            "that its validity touches; of a mere year, from January or to December. With "
            "`part_year: months` it costs by the months in force (each that is touched counts); "
            "`costs.months` is their number.",
        ),
        (
            "级次的名称可以是汉字：写 `responsibility: {县级: …, 镇级: rest}` 的，下文用 "
            "`costs.县级`、`costs.total.县级`。",
            "Names of levels may be Chinese: with `responsibility: {县级: ..., 镇级: rest}` "
            "formulas read `costs.县级` and `costs.total.县级`.",
        ),
        (
            "各级的比例合计应为 1：各项、各地区逐一核对，不符的由 `transfers run` 指出；写 `rest` "
            '的级次承担其余，合计自然为 1。比例可因类而异：`"share[services.kind][tier]"`。'
            "缺对象、标准、分担、牵头的项目，`agencies` 以外的单位，由 `transfers services` 列出。",
            "Shares of an item add up to 1 in every district; where they do not, `transfers run` "
            "says so. A level with `rest` bears what the others leave, so that they do. Shares may "
            'differ by kind and tier: `"share[services.kind][tier]"`. Items that lack an object, '
            "a standard, a responsibility or a lead agency, and agencies that `agencies` does not "
            "know, are listed by `transfers services`.",
        ),
    ),
    "LastYear": (
        (
            "上年不在执行期的项目，上年支出为零，增支全部算作扩面。",
            "An item that was not in force cost nothing a year before: all it costs now is added "
            "by recipients.",
        ),
    ),
}

CHOICES_OF_SERVICES: Final[dict[str, dict[str, Both]]] = {
    "ServiceList.part_year": {
        "whole": ("当年执行过的算全年", "In force for a day of a year counts for all of it"),
        "months": ("按当年执行的月数算十二分之几", "By twelfths, for the months in force"),
    },
    "ServiceList.requires": {
        "area": ("领域", "The area"),
        "object": ("服务对象", "Whom it serves"),
        "standard": ("服务指导标准", "The standard"),
        "lead": ("牵头单位", "The lead agency"),
        "cooperating": ("配合单位", "Agencies that help"),
        "basis": ("政策依据", "The legal basis"),
        "bought": ("是否政府购买", "Whether it is bought from outside"),
        "price": ("单价公式用到的列", "The columns that the price is made of"),
        "responsibility": ("分担公式用到的列", "The columns that the shares are made of"),
    },
}
