"""The section of the level above: the policy that gives this payer its money."""

from __future__ import annotations

from transfers.documents.described import Described
from transfers.documents.keys import REQUIRED, text


class Upstream(Described):
    """The policy of the level above, in which this payer is a district."""

    policy: str = text(
        "上级的政策文件，路径相对于本文件",
        "The policy document of the level above, relative to this one",
        REQUIRED,
        least=1,
    )
    key: str = text(
        "本级在上级数据表中的地区代码", "This payer's key in the table above", REQUIRED, least=1
    )
    districts: str | None = text(
        "代替上级政策文件写明的地区数据文件，路径相对于本文件",
        "A table in place of the one the policy above names, relative to this document",
        least=1,
    )
