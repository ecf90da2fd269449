"""Findings about reserves, and what keeps a reserve from being read."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "allocation.drawn_if_short": (
        "{title}：缺口 {wanted} {unit}，动用{reserve} {value} {unit}"
        "（动用前可用 {limit} {unit}，尚可动用 {margin} {unit}）。",
        "{title}: short by {wanted} {unit}; {value} {unit} are drawn from {reserve} (it had "
        "{limit} {unit} to draw, {margin} {unit} remain).",
    ),
    "allocation.drawn_budget": (
        "{title}：预算少 {wanted} {unit}，动用{reserve} {value} {unit}"
        "（动用前可用 {limit} {unit}，尚可动用 {margin} {unit}）。",
        "{title}: the budget lacks {wanted} {unit}; {value} {unit} are drawn from {reserve} (it "
        "had {limit} {unit} to draw, {margin} {unit} remain).",
    ),
    "allocation.paid_from": (
        "{title}：由{reserve}支付 {value} {unit}（支付前可用 {limit} {unit}，尚可动用 {margin} {unit}）。",
        "{title}: {value} {unit} are paid out of {reserve} (it had {limit} {unit} to draw, {margin} "
        "{unit} remain).",
    ),
    "allocation.pool_reduced_in_reserve": (
        "{title}：需要 {value} {unit}，储备可动用的只有 {limit} {unit}，少 {margin} {unit}。",
        "{title}: asks for {value} {unit}, the reserve it is paid out of has {limit} {unit} to draw: "
        "{margin} {unit} less.",
    ),
    "allocation.contributions": (
        "{title}：{count} 个地区上解合计 {value} {unit}，{purse}：{districts}。",
        "{title}: {count} districts pay in {value} {unit} in all; it {purse}: {districts}.",
    ),
    "allocation.purse_none": ("由付款方留存", "stays with the payer"),
    "allocation.purse_pool": ("并入本项资金", "pays the others in this grant"),
    "allocation.purse_budget": (
        "并入预算，后面的资金可用",
        "goes into the budget, for later grants",
    ),
    "allocation.purse_reserve": ("存入{reserve}", "goes into {reserve}"),
    "allocation.uncollected": (
        "{title}：应收 {limit} {unit}，只收到 {margin} {unit}，{value} {unit}无人承担："
        "各地都到上限，或没有权重，或不足一个最小支付额。",
        "{title}: {limit} {unit} are to be collected, {margin} {unit} are; {value} {unit} fall on "
        "nobody: all are at their caps or have no weight, or it is less than a payable sum.",
    ),
    "allocation.half_up_uncollected": (
        "{title}：各地四舍五入，合计比应收 {limit} {unit}少 {value} {unit}，单列尾差。",
        "{title}: every amount is rounded by itself; together {value} {unit} less than the {limit} "
        "{unit} to be collected, a line of its own.",
    ),
    "allocation.half_up_overcollected": (
        "{title}：各地四舍五入，合计比应收 {limit} {unit}多 {value} {unit}；"
        "要保证合计，请改用 largest_remainder。",
        "{title}: every amount is rounded by itself; together {value} {unit} more than the {limit} "
        "{unit} to be collected. To add up to it, use largest_remainder.",
    ),
    "allocation.levy_floors_exceed_rejected": (
        "{title}{group}：下限合计 {value} {unit}，应收只有 {limit} {unit}，多出 {margin} {unit}，不予分摊。"
        "有下限的地区（{count} 个）：{districts}。可提高应收总额、降低下限，"
        "或写 if_short: [scale] 按比例压减下限。",
        "{title}{group}: floors add up to {value} {unit}, {limit} {unit} are to be collected: "
        "{margin} {unit} too much, nothing is divided. Districts with a floor ({count}): "
        "{districts}. Collect more, lower the floors, or write if_short: [scale] to scale them.",
    ),
    "allocation.levy_floors_exceed_scaled": (
        "{title}{group}：下限合计 {value} {unit}，应收只有 {limit} {unit}，多出 {margin} {unit}，"
        "各地下限压减到原额的 {share}（{count} 个地区：{districts}）。",
        "{title}{group}: floors add up to {value} {unit}, {limit} {unit} are to be collected: "
        "{margin} {unit} too much; each pays {share} of its floor ({count} districts: "
        "{districts}).",
    ),
    "allocation.reserve_empty": (
        "{title}：缺 {wanted} {unit}，{reserve}已没有可动用的钱。",
        "{title}: {wanted} {unit} are missing, and there is nothing to draw from {reserve}.",
    ),
    "allocation.reserve_exhausted": (
        "{title}：{reserve}可动用的钱已用完。",
        "{title}: what could be drawn from {reserve} is used up.",
    ),
    "allocation.reserve_limit_reached": (
        "{title}：{reserve}本次可动用的限额（limit）已用完，其余留在储备里。",
        "{title}: the limit of what may be drawn from {reserve} is reached; the rest stays in it.",
    ),
    "allocation.reserve_did_not_suffice": (
        "{title}：缺口 {value} {unit}，{reserve}可动用 {limit} {unit}，仍缺 {margin} {unit}。"
        "可增加储备、提高其 limit，或在 if_short 的最后写 scale。",
        "{title}: short by {value} {unit}, {reserve} has {limit} {unit} to draw: {margin} {unit} "
        "are still missing. Add to the reserve, raise its limit, or end if_short with scale.",
    ),
    "allocation.reserve_counted_in": (
        "{title}：预算少 {value} {unit}，{reserve}可动用 {limit} {unit}，其中 {margin} {unit}已计入上面的资金。",
        "{title}: the budget lacks {value} {unit}, {reserve} has {limit} {unit} to draw: {margin} {unit} of it are in the money above.",
    ),
    "allocation.returned": (
        "{title}：{value} {unit}无人可得，转入{reserve}。{groups}",
        "{title}: {value} {unit} that no district may take go into {reserve}.{groups}",
    ),
    "allocation.budget_remainder": (
        "预算余额 {value} {unit}转入{reserve}。",
        "{value} {unit} left of the budget go into {reserve}.",
    ),
    "allocation.pool_reduced_with_reserve": (
        "{title}：需要 {value} {unit}，预算和储备合计只余 {limit} {unit}，少 {margin} {unit}。",
        "{title}: asks for {value} {unit}, the budget and its reserve have {limit} {unit} left: "
        "{margin} {unit} less.",
    ),
    "allocation.reserve_missing": (
        "储备“{title}”的 {formula} 算不出来。{cause}",
        "Reserve {title}: {formula} has no figure.{cause}",
    ),
    "allocation.reserve_negative": (
        "储备“{title}”的 {formula} 为负；储备的余额、流入和限额不能小于 0，请核对，"
        "或写 max(0, …)。",
        "Reserve {title}: {formula} is negative; what is in a reserve, comes in or may be drawn "
        "cannot be below 0. Check it, or write max(0, ...).",
    ),
}
