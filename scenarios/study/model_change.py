"""What a study document may change: numbers and rules of the policy, its table, or both."""

from __future__ import annotations

from typing import Any

from transfers.documents.described import Described
from transfers.documents.keys import changes, text, texts


class Change(Described):
    """Something that is changed: numbers and rules of the policy, its table, or both."""

    policy: str | None = text("改用另一份政策文件", "Another policy document")
    districts: str | None = text("改用另一张地区表", "Another table of districts")
    join: tuple[str, ...] | None = texts(
        "改用的并入表，按政策文件中的顺序",
        "Files in place of those the policy joins, in its order",
        alone=True,
    )
    set: dict[str, Any] = changes(
        "改为别的值：路径 → 值；路径与 --set 相同",
        "What is set: path → value, paths as --set has them",
    )
    add: dict[str, Any] = changes(
        "新增的条目：路径 → 内容（因素、档次、推算列、规则……）",
        "What is added: path → entry (a factor, a tier, a quantity, a rule ...)",
    )
    remove: tuple[str, ...] | None = texts(
        "删去的条目（路径）", "What is removed: paths", alone=True
    )
    data: dict[str, Any] = changes(
        "改动的数据：输入列 → 各地区的值，或公式、+3%",
        "Changed data: input → figures by district, or a formula, or +3%",
    )
    rescale: tuple[str, ...] | None = texts(
        "改动其中一个数时，同组其余的数按比例调整、合计不变（组的路径）",
        "Groups (paths) whose other numbers are scaled so that their sum stays",
        alone=True,
    )
