"""Texts of the family "allocation": findings, and what keeps a scenario from being computed."""

from transfers.messages.allocation_payer import TEXTS as OF_THE_PAYER

TEXTS: dict[str, tuple[str, str]] = {
    **OF_THE_PAYER,
    # -- findings ------------------------------------------------------------------------------
    "allocation.floors_exceed_pool_rejected": (
        "{title}{group}：保底合计 {value} {unit}，可分配 {limit} {unit}，缺口 {margin} {unit}，"
        "不予分配。保底地区（{count} 个）：{districts}。可增加资金、降低保底，"
        "或写 if_short: [scale] 按比例压减保底。",
        "{title}{group}: floors add up to {value} {unit}, the money is {limit} {unit}: short by "
        "{margin} {unit}, nobody is paid. Districts with a floor ({count}): {districts}. Add "
        "money, lower the floors, or write if_short: [scale] to scale them.",
    ),
    "allocation.floors_exceed_pool_scaled": (
        "{title}{group}：保底合计 {value} {unit}，可分配 {limit} {unit}，缺口 {margin} {unit}，"
        "各地保底压减到原额的 {share}（{count} 个地区：{districts}）。",
        "{title}{group}: floors add up to {value} {unit}, the money is {limit} {unit}: short by "
        "{margin} {unit}; each is paid {share} of its floor ({count} districts: {districts}).",
    ),
    "allocation.claims_exceed_pool_rejected": (
        "{title}{group}：应得合计 {value} {unit}，可分配 {limit} {unit}，缺口 {margin} {unit}，"
        "不予分配。应得地区（{count} 个）：{districts}。可增加资金，"
        "或写 if_short: [scale] 同比例压减。",
        "{title}{group}: claims add up to {value} {unit}, the money is {limit} {unit}: short by "
        "{margin} {unit}, nobody is paid. Districts with a claim ({count}): {districts}. Add "
        "money, or write if_short: [scale] to compress the claims.",
    ),
    "allocation.claims_exceed_pool_scaled": (
        "{title}{group}：应得合计 {value} {unit}，可分配 {limit} {unit}，缺口 {margin} {unit}，"
        "同比例压减（{count} 个地区：{districts}）。",
        "{title}{group}: claims add up to {value} {unit}, the money is {limit} {unit}: short by "
        "{margin} {unit}; claims are compressed ({count} districts: {districts}).",
    ),
    "allocation.pool_reduced": (
        "{title}：需要 {value} {unit}，预算只余 {limit} {unit}，少 {margin} {unit}。",
        "{title}: asks for {value} {unit}, the budget has {limit} {unit} left: {margin} {unit} less.",
    ),
    "allocation.floors_take_all": (
        "{title}：保底用尽了资金，没有下限的 {count} 个地区分不到：{districts}。",
        "{title}: the floors take all the money; districts without one get nothing ({count}): {districts}.",
    ),
    "allocation.floor_above_cap": (
        "{title}：{count} 个地区的下限高于上限，按下限执行：{districts}。",
        "{title}: the floor of {count} districts lies above their cap; the floor counts: {districts}.",
    ),
    "allocation.rounded_below_floor": (
        "{title}：下限取整后合计超过资金，{count} 个地区的金额比下限少不足一个最小单位：{districts}。",
        "{title}: whole floors do not fit into the money; {count} districts get less than one "
        "quantum below their floor: {districts}.",
    ),
    "allocation.no_whole_quantum": (
        "{title}：{count} 个地区的下限与上限之间没有可支付的整数，取相邻的整数：{districts}。",
        "{title}: no payable sum lies between floor and cap of {count} districts; they get the "
        "nearest: {districts}.",
    ),
    "allocation.fixed_rounded": (
        "{title}：{count} 个地区的定额（fixed）不是最小支付额的整数倍，取相邻的整数：{districts}。",
        "{title}: the fixed sums of {count} districts are no multiple of the smallest payable sum; "
        "they get the nearest: {districts}.",
    ),
    "allocation.unspent": (
        "{title}：无人可得的 {value} {unit}单列结余。{groups}",
        "{title}: {value} {unit} that no district may take stays unspent.{groups}",
    ),
    "allocation.stage_unspent": (
        "{title}：推算步骤的资金没有用完，{value} {unit}无人可得。{groups}",
        "{title}: the stage cannot use up its pool; {value} {unit} that no district may take is "
        "left.{groups}",
    ),
    "allocation.left_by_groups": ("其中：{groups}。", " Of these: {groups}."),
    "allocation.left_in_budget": (
        "{title}：{value} {unit}无人可得，留在预算中，后面的资金可以用。{groups}",
        "{title}: {value} {unit} that no district may take stays in the budget, for later "
        "grants.{groups}",
    ),
    "allocation.half_up_residue": (
        "{title}：各地四舍五入，合计比资金少 {value} {unit}，单列尾差。",
        "{title}: every amount is rounded by itself; together {value} {unit} less than the pool, a line of its own.",
    ),
    "allocation.half_up_excess": (
        "{title}：各地四舍五入，合计比资金多 {value} {unit}；要保证合计，请改用 largest_remainder。",
        "{title}: every amount is rounded by itself; together {value} {unit} more than the pool. To add up to it, use largest_remainder.",
    ),
    "allocation.penalties": (
        "{title}：{count} 个地区扣减合计 {value} {unit}：{districts}。",
        "{title}: {count} districts give back {value} {unit} in all: {districts}.",
    ),
    "allocation.clawback": (
        "{title}：{count} 个地区为负，应扣回合计 {value} {unit}：{districts}。",
        "{title}: {count} districts are below zero and return {value} {unit} in all: {districts}.",
    ),
    # -- what keeps a scenario from being computed ---------------------------------------------
    "allocation.missing_in_aggregate": (
        "{formula}：{count} 个地区缺数据（{districts}），无法汇总。{cause}{advice}",
        "{formula}: {count} districts have no figure ({districts}), so it cannot be added up.{cause}{advice}",
    ),
    "allocation.fill_in": (
        "请补数据，或给该列写 default，或用 where=、eligible 排除，或用 if(missing(…), …, …) 写明怎么办。",
        " Fill it in, give the input a default, leave them out with where= or eligible, or say what "
        "to do with if(missing(...), ..., ...).",
    ),
    "allocation.cause": ("（{cause}）", " ({cause})"),
    "allocation.cause_at": ("第 {line} 行 {name}：{why}", "line {line}, {name}: {why}"),
    "allocation.cause_beside": ("{why}", "{why}"),
    "allocation.cause_division": (
        "÷ 0：{below} 为零；写明这时怎么办，如 if({below} == 0, …, …)",
        "÷ 0: {below} is zero; say what to do then, as in if({below} == 0, ..., ...)",
    ),
    "allocation.cause_call": (
        "÷ 0：{call} 没有可除的数：无人计入，或合计为零",
        "÷ 0: {call} has nothing to divide by: nobody counts, or the sum is zero",
    ),
    "allocation.cause_nobody": (
        "{call}：没有一个计入：where= 对谁都不成立，或都缺数据",
        "{call}: nobody counts: where= holds for none, or all figures are missing",
    ),
    "allocation.cause_no_entry": (
        "参数表中没有 {entry}；已有：{known}",
        "there is no entry {entry}; there are {known}",
    ),
    "allocation.cause_no_entry_of": (
        "参数表中没有 {entry}；{of} 只有：{known}",
        "there is no entry {entry}; {of} has only {known}",
    ),
    "allocation.cause_no_bracket": (
        "{call}：超出最后一档，其后没有值",
        "{call}: beyond the last bracket, where there is no value",
    ),
    "allocation.cause_function": (
        "{function}({figure}) 没有数，或大得无法计算",
        "{function}({figure}) has no figure, or one too large to compute with",
    ),
    "allocation.missing_in_where": (
        "{formula}：where= 的条件对 {count} 个地区（{districts}）无法判断：缺数据。{cause}",
        "{formula}: where= cannot be decided for {count} districts ({districts}): a figure is missing.{cause}",
    ),
    "allocation.missing_in_by": (
        "{formula}：{count} 个地区（{districts}）没有分组（by=）。{cause}",
        "{formula}: {count} districts ({districts}) have no group (by=).{cause}",
    ),
    "allocation.eligible_missing": (
        "{formula}：{count} 个地区（{districts}）是否符合条件无法判断：缺数据。{cause}",
        "{formula}: cannot tell whether {count} districts ({districts}) are eligible: a figure is missing.{cause}",
    ),
    "allocation.figure_missing": (
        "{formula}：{count} 个符合条件的地区（{districts}）缺数据，无法分配。{cause}{advice}",
        "{formula}: {count} eligible districts ({districts}) have no figure, so money cannot be divided.{cause}{advice}",
    ),
    "allocation.bound_missing": (
        "{formula}：{count} 个地区（{districts}）的限额缺数据。{cause}"
        "没有限额请写 none，例如 if(missing(last_year), none, last_year)。",
        "{formula}: the bound of {count} districts ({districts}) has no figure.{cause} "
        "Where there is no bound write none, as in if(missing(last_year), none, last_year).",
    ),
    "allocation.group_missing": (
        "{formula}：{count} 个地区（{districts}）没有分组。{cause}",
        "{formula}: {count} districts ({districts}) have no group.{cause}",
    ),
    "allocation.group_value_differs": (
        "{formula}：同一组内各地区的值应相同，{count} 个地区不同（{districts}）。",
        "{formula}: must have one value per group, but differs for {count} districts ({districts}).",
    ),
    "allocation.pool_missing": (
        "{formula}：资金规模算不出来。{cause}",
        "{formula}: the pool has no figure.{cause}",
    ),
    "allocation.pool_negative": (
        "{formula}：资金规模为负。",
        "{formula}: the pool is negative.",
    ),
    "allocation.too_long": (
        "这里的精确值位数过多，无法继续计算；请减少连乘或乘方。",
        "Exact figures grow too long here to compute with; use fewer products or powers.",
    ),
    "allocation.too_much": (
        "{formula}：金额超过可计算的范围（约 4.6×10^18 个最小单位）。",
        "{formula}: the amount exceeds what can be held (some 4.6e18 quanta).",
    ),
    "allocation.weight_negative": (
        "{formula}：{count} 个地区（{districts}）为负，不能作为权重；可写 max(0, …)。",
        "{formula}: negative for {count} districts ({districts}); a weight cannot be. Write max(0, ...) if that is meant.",
    ),
    "allocation.group_negative": (
        "{formula}：{groups}，为负；一组的资金或份额不能为负，可写 max(0, …)。",
        "{formula}: negative for {groups}; the money or share of a group cannot be. Write max(0, ...) if that is meant.",
    ),
    "allocation.factor_all_zero": (
        "{formula}：该因素对所有符合条件的地区都是零，无法计算份额。",
        "{formula}: this factor is zero for every eligible district, so it has no shares.",
    ),
    "allocation.fixed_negative": (
        "{formula}：{count} 个地区（{districts}）的定额为负。",
        "{formula}: the fixed value of {count} districts ({districts}) is negative.",
    ),
    "allocation.solved": ("求得 {name} = {value}。", "Solved: {name} = {value}."),
    "allocation.too_small": (
        "{formula}：{count} 个地区（{districts}）的权重小得无法计算（10^-280 以下）；请换一个单位。",
        "{formula}: the weight of {count} districts ({districts}) is too small to compute with (below 1e-280); use another unit.",
    ),
    "allocation.solved_above": (
        "{name} 取 {digits} 位小数，最接近的值仍差一些：左边 {left}，右边 {right}，多 {gap} {unit}。"
        "位数 digits 写大些会更近；整数核定、上下限也可能使两边不能恰好相等。",
        "With {digits} decimals {name} cannot meet the target exactly: {left} on the left, {right} "
        "on the right, {gap} {unit} too much. More `digits` come nearer; whole amounts and bounds "
        "may also keep the sides apart.",
    ),
    "allocation.solved_below": (
        "{name} 取 {digits} 位小数，最接近的值仍差一些：左边 {left}，右边 {right}，少 {gap} {unit}。"
        "位数 digits 写大些会更近；整数核定、上下限也可能使两边不能恰好相等。",
        "With {digits} decimals {name} cannot meet the target exactly: {left} on the left, {right} "
        "on the right, {gap} {unit} too little. More `digits` come nearer; whole amounts and bounds "
        "may also keep the sides apart.",
    ),
    "allocation.solve_missing": (
        "求解 {name}：等式两边有一边缺数据。",
        "Solving for {name}: a side of the equation has no figure.",
    ),
    "allocation.solve_several": (
        "求解 {name}：区间 [{low}, {high}] 内等式不止一处成立，请缩小 within。",
        "Solving for {name}: the equation holds at more than one place in [{low}, {high}]; narrow within.",
    ),
    "allocation.solve_none": (
        "求解 {name}：区间 [{low}, {high}] 内没有找到使等式成立的值；最接近的是 {value}，两边相差 {gap}。",
        "Solving for {name}: found no value in [{low}, {high}] that meets the equation; the nearest is {value}, off by {gap}.",
    ),
}
