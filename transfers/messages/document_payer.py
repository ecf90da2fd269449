"""What can be wrong between reserves, the budget and the grants of a policy document."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "document.reserve_name": (
        "“{name}”在 {key} 中另有含义，不能作储备的名称；请改名，如 {name}_fund",
        "`{name}` means something in {key} and cannot name a reserve; choose another name,"
        " such as {name}_fund",
    ),
    "document.unknown_reserve": (
        "没有名为“{text}”的储备；reserves 中有：{known}。请改正名称，或在 reserves 中加上它{also}",
        "there is no reserve `{text}`; under reserves there are: {known}. Correct the name, or"
        " add it to reserves{also}",
    ),
    "document.or_scale": (
        "；同比例压减写 scale，不予分配写 reject",
        "; to scale all down alike write scale, to pay nobody reject",
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
    "document.replaces_contributions": (
        "“{name}”有各地上解，上解的钱已经用出去，不能再被取代；请去掉 replaces，"
        "或把“{name}”改成中间分配（写在 quantities 中）",
        "districts pay into `{name}` and others were paid with it, so it cannot be replaced:"
        " remove replaces, or make `{name}` a stage under quantities",
    ),
    "document.key_in_levy": (
        "写了 collect，本项只收不拨，{key} 在这里没有作用：收取的总额写在 collect，"
        "各地按 share 分摊，去向写在 contributions；请删去 {key}",
        "with collect this grant takes money in and pays nobody, so `{key}` has no use here: the sum"
        " stands in collect, share divides it, contributions says where it goes; remove {key}",
    ),
    "document.levy_without_share": (
        "collect 的总额按 share 分摊到各地，这里没有写 share；请写按什么分摊，如 share: population",
        "collect is divided by share, and there is none; say by what, as in `share: population`",
    ),
    "document.reserve_in_levy": (
        "写了 collect，本项只收不拨，不会缺资金，不能动用储备“{name}”；请删去，"
        "下限超过总额时写 scale 或 reject",
        "with collect this grant takes money in and pays nobody, so it cannot draw the reserve"
        " `{name}`; remove it: where floors exceed the sum there are scale and reject",
    ),
    "document.levy_into_pool": (
        "collect 只收不拨，本项没有可并入的资金；contributions 请写 budget 或储备的名称，"
        "再由后面的资金分配",
        "collect pays nobody, so there is no pool here to pay into; write budget or the name of a"
        " reserve in contributions, and let a later grant pay it out",
    ),
    "document.nothing_paid_in": (
        "按 {method} 分配的数不会为负，各地没有上解；请删去 contributions，"
        "或用 collect 代替 pool，或改用 claim",
        "what {method} gives is never below zero, so nothing is paid in: remove contributions, or"
        " write collect in place of pool, or a claim",
    ),
    "document.contributions_without_budget": (
        "contributions 写了 budget，文件却没有 budget；请写上预算，或写 pool、储备的名称",
        "contributions says budget, and the document has none; add one, or write pool or the name"
        " of a reserve",
    ),
    "document.replaces_draw": (
        "预算写了 draw: {reserve}，“{name}”可能动用储备，不能再被取代：储备里的钱已经动过。"
        "请去掉 draw，或把“{name}”改成中间分配（写在 quantities 中）",
        "with draw: {reserve} in the budget `{name}` may have drawn from the reserve and cannot be"
        " replaced: that money has moved. Remove draw, or make `{name}` a stage under quantities",
    ),
}
