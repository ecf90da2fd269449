"""A written example of every key of the test document, what its words mean, and notes.

Not imported when tests are run.
"""

from __future__ import annotations

from typing import Final

from transfers.documents.reference_examples import Both

SAMPLES: Final[dict[str, str]] = {
    "Described.title": "title: 三地相同，1000 万元",
    "Described.source": "source: 第五条",
    "Described.note": "note: 每地 333.33",
    "WholeDocument.policy": "policy: ../policy.yaml",
    "WholeDocument.given": "given: {set: {budget.amount: 1000}}",
    "WholeDocument.tests": "tests: {short: {expect: {status: rejected}}}",
    "Example.given": "given: {set: {budget.amount: 1000}}",
    "Example.expect": "expect: {amounts: {equalisation: {甲: 900, 乙: 1100}}}",
    "Given.districts": "districts: {甲: {population: 10, tier: B}, 乙: {population: 5, tier: —}}",
    "Given.file": "file: small.csv",
    "Given.join": "join: [scores.csv]",
    "Given.set": "set: {budget.amount: 1000, inputs.population.甲: 12}",
    "Expect.status": "status: rejected",
    "Expect.amounts": "amounts: {equalisation: {甲: 900, 乙: 1100}, total: {甲: 900}}",
    "Expect.figures": "figures: {inverse_capacity: {甲: 0.75}, equalisation.at_floor: {甲: 是}}",
    "Expect.statements": 'statements: {floor_holds: "equalisation >= last_year"}',
    "Expect.rules": "rules: {red_line: holds}",
    "Expect.findings": "findings: [allocation.floors_exceed_pool_scaled]",
    "Statement.that": "that: sum(equalisation) == 2000",
    "Statement.applies": "applies: last_year > 0",
}

CHOICES: Final[dict[str, dict[str, Both]]] = {
    "Expect.status": {
        "done": ("分配", "Money is paid"),
        "rejected": ("资金不足，不予分配", "Money is short and nobody is paid"),
        "invalid": (
            "数据或规则有误，无法测算；须在 findings 里写明错误的代码",
            "Nothing can be computed; `findings` has to name the faults",
        ),
    },
    "Expect.rules": {
        "holds": ("符合", "It holds"),
        "broken": ("不符合", "It is broken"),
        "not_applicable": ("不适用", "It does not apply"),
        "unknown": ("缺数据，无法判断", "A figure is missing"),
    },
}
"""``<Part>.<key>`` -> word -> what it means, in Chinese and in English."""

NOTES: Final[dict[str, tuple[Both, ...]]] = {
    "WholeDocument": (
        (
            "只有 `tests` 必填，至少一个算例。算例编号用字母、汉字、数字和 `-` `_` `.`。",
            "Only `tests` is required, with at least one test. Ids are letters, digits and "
            "`-` `_` `.`.",
        ),
    ),
    "Given": (
        (
            "`districts` 的每一行：地区代码，然后是 `inputs` 中的名称和数，单位是政策写明的单位"
            "（不是表头的名称）。按清单分项的写 `pupils: {e19: 3, e20: 4}`，项目用代码或名称。",
            "A row of `districts` is the key of a district, then names of `inputs` with figures in "
            "the units that the policy declares (not headings of its table). Figures over a list "
            "are `pupils: {e19: 3, e20: 4}`, items by key or name.",
        ),
        (
            "没写的数和 `—` 都是缺数：有 `default` 的用 `default`，用得到又没有的，无法测算。"
            "数的范围（`min`、`max`、`one_of`）与读表时一样核对。",
            "What is left out is missing, as a dash is: its `default` stands there, or nothing can "
            "be computed that needs it. `min`, `max` and `one_of` are kept to as in a table.",
        ),
        (
            "`districts`、`file` 都不写，就用政策自己的表。`file` 按政策读表的办法来读；"
            "路径相对于算例文件。",
            "Without `districts` and `file` the policy's own table is used. A `file` is read just "
            "as that is; paths are relative to the test document.",
        ),
        (
            "`set` 的路径与 `transfers run --set` 相同，也可改一个地区的一个数。"
            "整份文件的 `given` 与算例的 `given` 都写了 `set` 的，合在一起，同一路径以算例为准。",
            "Paths of `set` are those of `transfers run --set`; one figure of a district can be "
            "set, too. What the document sets for all tests and what a test sets come together; "
            "of one path the test's counts.",
        ),
    ),
    "Expect": (
        (
            "金额必须分毫不差；没写的地区不核对。四舍五入前的数、人均数、系数写在 `figures` 下。",
            "Amounts have to be equal, to the quantum; districts that are left out are not "
            "compared. Figures before rounding, per head, coefficients stand under `figures`.",
        ),
        (
            "`figures` 的数四舍五入到所写的小数位再比：`0.75` 核对两位，`0.750` 核对三位，"
            "`75%` 就是 0.75。还可写 `资金.entitlement`（取整前）、`资金.at_floor`、`资金.at_cap`"
            "（是、否）、`资金.rate`。",
            "Figures are rounded to the decimals that are written: `0.75` asks for two, "
            "`0.750` for "
            "three; `75%` is 0.75. There also are `GRANT.entitlement` (before rounding), "
            "`GRANT.at_floor`, `GRANT.at_cap` (yes, no) and `GRANT.rate`.",
        ),
        (
            "`rejected` 和 `invalid` 时没有人得到资金，不能再写金额和判断。",
            "Where nobody is paid, with `rejected` and `invalid`, there is nothing to hold amounts "
            "or statements against.",
        ),
        (
            "`findings` 写测算时应提示的代码（`transfers run --out F.json` 里有代码）；"
            "`invalid` 时，出现没有写明的错误也算不符。",
            "`findings` are codes that have to be told (`transfers run --out F.json` has them); "
            "with `invalid`, a fault that is not named counts against the test.",
        ),
    ),
    "Statement": (
        (
            "与政策的 [`rules`](../policy/zh.md#对结果的要求) 一样写。逐地区的判断须处处成立；"
            "无法判断、对谁都不适用的，算没有通过。",
            "Written as [`rules`](../policy/en.md#rules-about-the-outcome) of a policy are. One "
            "with a figure for each district has to hold everywhere; one that cannot be told, or "
            "applies to nobody, does not pass.",
        ),
    ),
}
