"""What the page about the policy document says of lists.

Taken in by :mod:`transfers.documents.reference_notes`. Not imported when the engine runs.
"""

from __future__ import annotations

from typing import Final

from transfers.documents.reference_examples import Both

NOTES_OF_LISTS: Final[dict[str, tuple[Both, ...]]] = {
    "ItemTable": (
        (
            "清单写在用到它的 inputs 上面。取自文件的写 `file` 和 `key`（项目代码列），"
            "另可写 `name`（项目名称列）；直接写在本文件里的用 `items`，`name` 指其中作名称的一列；"
            "只有代码的，直接列出：`years: [e19, e20, e21]`。"
            "`columns` 列出公式要用的列，写法与 inputs 相同，公式中写作 `services.standard`；"
            "项目代码写作 `services.key`。",
            "A list stands above the inputs that use it. One from a file has `file` and `key`, the "
            "column of item keys, and perhaps `name`, that of their names; one written here has "
            "`items`, of which `name` names the column with what people call them; mere keys are "
            "listed as they are: `years: [e19, e20, e21]`. `columns` "
            "declares what formulas use, each like an input: `services.standard`; the keys are "
            "`services.key`.",
        ),
        (
            "每个数都可用 `--set` 改动：取自文件的写 `lists.清单.项目代码.列`，如 "
            "`--set lists.services.低保.standard=860`；写在本文件里的照写出的位置，如 "
            "`--set lists.grades.items.a.points=95`。",
            "`--set` moves any number: of a file by `lists.list.item.column`, as in `--set "
            "lists.services.低保.standard=860`; of a list written here as it is nested, as in "
            "`--set lists.grades.items.a.points=95`.",
        ),
    ),
    "ListColumn": (
        (
            "列名先按 `column` 找，不写时按名称找，再按 `title` 找；什么都不用写的，冒号后面空着："
            "`points:`。写在本文件里的清单没有 `column`。",
            "The column is looked for by `column`, or by its name, then by its `title`; where "
            "nothing needs saying, nothing follows the colon: `points:`. A list written here has "
            "no `column`.",
        ),
    ),
}
