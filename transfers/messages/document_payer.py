"""What can be wrong between reserves, the budget and the grants of a policy document."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "document.reserve_name": (
        "“{name}”在 if_short 中另有含义，不能作储备的名称；请改名，如 {name}_fund",
        "`{name}` means something in if_short and cannot name a reserve; choose another name,"
        " such as {name}_fund",
    ),
    "document.unknown_reserve": (
        "没有名为“{text}”的储备；reserves 中有：{known}。请改正名称，或在 reserves 中加上它",
        "there is no reserve `{text}`; under reserves there are: {known}. Correct the name, or"
        " add it to reserves",
    ),
    "document.reserve_twice": (
        "储备“{name}”写了两次；一笔储备只能依次动用一次，请删去后一个",
        "the reserve `{name}` stands here twice; it can be drawn once only: remove the second",
    ),
    "document.reserve_after_scale": (
        "压减之后不再缺资金，写在 scale 后面的储备“{name}”不会动用；请把它移到 scale 前面",
        "after scale nothing is short, so the reserve `{name}` behind it is never drawn; put it"
        " before scale",
    ),
    "document.reserve_in_stage": (
        "这里只测算、不拨付，不能动用储备“{name}”；请删去，或把这一项移到 grants",
        "this is computed and not paid, so it cannot draw the reserve `{name}`; remove it, or make"
        " this a grant",
    ),
    "document.stands_below": (
        "{user} 要用到 {section}，{section} 却写在它后面；文件按书写顺序计算，"
        "请把 {section} 移到 {user} 前面",
        "{user} uses {section}, which stands below it; a document is computed in reading order:"
        " move {section} above {user}",
    ),
    "document.replaces_reserve": (
        "“{name}”动用或存入储备“{reserve}”，不能再被取代：储备里的钱已经动过。"
        "请让“{name}”不用储备，改在本项中写明",
        "`{name}` draws from or returns to the reserve `{reserve}` and cannot be replaced: that"
        " money has moved. Let `{name}` do without the reserve, and let this grant name it",
    ),
    "document.replaces_draw": (
        "预算写了 draw: {reserve}，“{name}”可能动用储备，不能再被取代：储备里的钱已经动过。"
        "请去掉 draw，或把“{name}”改成中间分配（写在 quantities 中）",
        "with draw: {reserve} in the budget `{name}` may have drawn from the reserve and cannot be"
        " replaced: that money has moved. Remove draw, or make `{name}` a stage under quantities",
    ),
}
