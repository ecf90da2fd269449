"""Texts of the family "explain": the lines of a story and the sentence at its end."""

TEXTS: dict[str, tuple[str, str]] = {
    "explain.head": ("{name}（{key}）　{title}", "{name} ({key})  {title}"),
    # -- lines ---------------------------------------------------------------------------------
    "explain.input": ("{title}：{figure} {unit}", "{title}: {figure} {unit}"),
    "explain.beside": ("{title}：{figure} {unit}", "{title}: {figure} {unit}"),
    "explain.input_changed": (
        "{title}：{figure} {unit}（已改动；表中 {old}，{cell}）",
        "{title}: {figure} {unit} (changed; the table has {old}, {cell})",
    ),
    "explain.upstream": (
        "上级“{title}”给{name}合计：{figure} {unit}",
        "The level above, {title}, gives {name}: {figure} {unit} in all",
    ),
    "explain.parameter": ("{title} {name} = {figure}", "{title} {name} = {figure}"),
    "explain.parameter_solved": (
        "{title} {name} = {figure}（由 solve 求得）",
        "{title} {name} = {figure} (solved)",
    ),
    "explain.parameter_steps": ("{title} {name}：{steps}", "{title} {name}: {steps}"),
    "explain.step_up_to": ("≤ {edge} 的 {value}", "up to {edge}: {value}"),
    "explain.step_below": ("< {edge} 的 {value}", "below {edge}: {value}"),
    "explain.step_at": ("{edge} 处 {value}", "at {edge}: {value}"),
    "explain.step_beyond": ("以上 {value}", "beyond: {value}"),
    "explain.quantity": (
        "{title} {name} = {rule} = {figure} {unit}",
        "{title} {name} = {rule} = {figure} {unit}",
    ),
    "explain.quantity_items": (
        "{title} {name} = {rule}，按“{list}”逐项计算，共 {count} 项",
        "{title} {name} = {rule}, for each of the {count} items of {list}",
    ),
    "explain.item": (
        "　{item}：{parts} → {figure} {unit}",
        "  {item}: {parts} -> {figure} {unit}",
    ),
    "explain.named": ("{title} {said}", "{title} {said}"),
    "explain.item_alone": ("　{item}：{figure} {unit}", "  {item}: {figure} {unit}"),
    "explain.item_aggregate": ("　{rule} = {figure} {unit}", "  {rule} = {figure} {unit}"),
    "explain.item_share": (
        "　{rule} = {part} ÷ {whole} = {figure} {unit}",
        "  {rule} = {part} / {whole} = {figure} {unit}",
    ),
    "explain.items_rest": (
        "　其余 {count} 项（以上为最大的）合计 {figure} {unit}",
        "  the other {count} items (those above are the largest) together {figure} {unit}",
    ),
    "explain.item_cost": (
        "　{item}：{price} × {recipients}{part} → {figure} {unit}",
        "  {item}: {price} x {recipients}{part} -> {figure} {unit}",
    ),
    "explain.months_in_force": (" × {months}/12", " x {months}/12"),
    "explain.item_not_in_force": (
        "　{item}：{price} × {recipients}，不在执行期，不计",
        "  {item}: {price} x {recipients}, not in force: nothing",
    ),
    "explain.item_borne": (
        "　{item}：{price} × {recipients}{part} = {cost}，{level} {share} → {figure} {unit}",
        "  {item}: {price} x {recipients}{part} = {cost}, {level} {share} -> {figure} {unit}",
    ),
    "explain.item_firsts": (
        "　{count} 项一级指标中 {full} 项达到 100%，其余由低到高：{items}",
        "  of {count} first-level indicators {full} reach 100%; the others, lowest first: {items}",
    ),
    "explain.item_firsts_all": (
        "　{count} 项一级指标都达到 100%",
        "  all {count} first-level indicators reach 100%",
    ),
    "explain.item_scores": (
        "　{count} 项指标中 {full} 项达到 100%，其余由低到高：{items}",
        "  of {count} indicators {full} reach 100%; the others, lowest first: {items}",
    ),
    "explain.item_scores_all": (
        "　{count} 项指标都达到 100%",
        "  all {count} indicators reach 100%",
    ),
    "explain.item_shortfalls": (
        "　短板 {count} 项",
        "  {count} below what should be reached",
    ),
    "explain.item_short": (
        "　{item}：实际 {observed}，应达到 {goal}，得分 {score}",
        "  {item}: observed {observed}, should be {goal}, score {score}",
    ),
    "explain.items_more": ("　另有 {count} 项", "  and {count} more items"),
    "explain.items_missing": (
        "　缺数据、没有算在内的 {count} 项：{items}",
        "  {count} without a figure, not counted: {items}",
    ),
    "explain.items_sum": ("　小计 {figure} {unit}", "  together {figure} {unit}"),
    "explain.items_none": (
        "　{list}中另有 {count} 项为零：{items}",
        "  {count} more of {list} add nothing: {items}",
    ),
    "explain.output": (
        "{title} {name} = {rule} = {figure} {unit}",
        "{title} {name} = {rule} = {figure} {unit}",
    ),
    "explain.pool": (
        "{title}{group}：资金 {figure} {unit}（pool: {rule}）",
        "{title}{group}: pool {figure} {unit} (pool: {rule})",
    ),
    "explain.pool_claims": (
        "{title}{group}：不设资金规模，按应得额共 {figure} {unit}",
        "{title}{group}: no pool, claims of {figure} {unit}",
    ),
    "explain.pool_levy": (
        "{title}{group}：向各地收取 {figure} {unit}（collect: {rule}）",
        "{title}{group}: {figure} {unit} to be collected from districts (collect: {rule})",
    ),
    "explain.contributed": (
        "　其中 {count} 个地区上解 {figure} {unit}",
        "  of it paid in by {count} districts {figure} {unit}",
    ),
    "explain.pays_in": (
        "　上解 {figure} {unit}，{purse}",
        "  pays in {figure} {unit}; it {purse}",
    ),
    "explain.drawn_draw": (
        "　由{title}支付：其中 {figure} {unit}",
        "  paid out of {title}: {figure} {unit} of it",
    ),
    "explain.drawn_if_short": (
        "　其中动用{title} {figure} {unit}；没有它，只有 {without} {unit}，不够保底或应得",
        "  of it drawn from {title} {figure} {unit}; without, there would be {without} {unit}, "
        "less than floors or claims need",
    ),
    "explain.drawn_budget": (
        "　其中动用{title} {figure} {unit}；没有它，预算只够 {without} {unit}",
        "  of it drawn from {title} {figure} {unit}; without, the budget would have {without} "
        "{unit} for it",
    ),
    "explain.pool_claims_short": (
        "{title}{group}：不设资金规模，应得共 {figure} {unit}，可用 {money} {unit}",
        "{title}{group}: no pool, claims of {figure} {unit}, {money} {unit} left for them",
    ),
    "explain.heading_total": ("【合计】", "In all"),
    "explain.not_eligible": (
        "{title}：不符合条件（eligible: {rule}），为零",
        "{title}: not eligible (eligible: {rule}), nothing",
    ),
    "explain.part_factor": (
        "　因素“{title}”：占比 {share} × 权重 {weight} → {figure} {unit}",
        "  factor {title}: share {share} x weight {weight} -> {figure} {unit}",
    ),
    "explain.part_factor_in_group": (
        "　因素“{title}”：占比 {share} × 权重 {weight} ÷ 本组各地合计 {of_group} → {figure} {unit}",
        "  factor {title}: share {share} x weight {weight} / all shares of the group {of_group} -> {figure} {unit}",
    ),
    "explain.part_share": (
        "　按权重 {rule} 分得 {figure} {unit}",
        "  by weight {rule}: {figure} {unit}",
    ),
    "explain.part_coefficient": (
        "　系数 {rule} = {coefficient}，各地加权平均 {average} → {figure} {unit}",
        "  coefficient {rule} = {coefficient}, weighted average of all {average} -> {figure} {unit}",
    ),
    "explain.part_others": (
        "　各地保底、封顶后的统一调整（× {adjustment}）→ {figure} {unit}",
        "  one adjustment for all, because of floors and caps (x {adjustment}) -> {figure} {unit}",
    ),
    "explain.part_floor": (
        "　保底 {rule} = {bound} {unit} → {figure} {unit}",
        "  floor {rule} = {bound} {unit} -> {figure} {unit}",
    ),
    "explain.part_floor_zero": (
        "　不低于零 → {figure} {unit}",
        "  nobody gets less than nothing -> {figure} {unit}",
    ),
    "explain.part_cap": (
        "　封顶 {rule} = {bound} {unit} → {figure} {unit}",
        "  cap {rule} = {bound} {unit} -> {figure} {unit}",
    ),
    "explain.part_level": (
        "　补到统一水平（自有 {rule}）→ {figure} {unit}",
        "  raised to the common level (own {rule}) -> {figure} {unit}",
    ),
    "explain.part_level_of": (
        "　统一水平 {level} × {per_rule}（{per}）－自有 {rule}（{own}）→ {figure} {unit}",
        "  common level {level} x {per_rule} ({per}) - own {rule} ({own}) -> {figure} {unit}",
    ),
    "explain.part_claim": ("　应得 {rule} = {figure} {unit}", "  claim {rule} = {figure} {unit}"),
    "explain.part_fixed": (
        "　定额 {rule} = {figure} {unit}",
        "  fixed value {rule} = {figure} {unit}",
    ),
    "explain.part_scaled": (
        "　资金不足，保底按比例压减后 {figure} {unit}",
        "  money is short: the floor, scaled, {figure} {unit}",
    ),
    "explain.part_compressed": (
        "　资金不足：应得合计 {wanted} {unit}，可分配 {money} {unit}（{met}），压减 {figure} {unit}",
        "  money is short: claims of {wanted} {unit}, {money} {unit} for them ({met}): {figure} {unit}",
    ),
    "explain.part_compressed_by_bounds": (
        "　资金不足：应得合计 {wanted} {unit}，可分配 {money} {unit}，各地下限、上限之外按应得的 {met} 安排，压减 {figure} {unit}",
        "  money is short: claims of {wanted} {unit}, {money} {unit} for them; but for floors and caps everybody gets {met}: {figure} {unit}",
    ),
    "explain.part_scaled_floor": (
        "　资金只够保底的 {share}：{floor} × {share} → {figure} {unit}",
        "  the money covers {share} of the floors: {floor} x {share} -> {figure} {unit}",
    ),
    "explain.part_others_none": (
        "　资金只够各地保底，按权重的部分不安排 → {figure} {unit}",
        "  the money only covers the floors, nothing goes by weight -> {figure} {unit}",
    ),
    "explain.part_rounding": (
        "　取整尾差（{way}）{figure} {unit}",
        "  rounding ({way}) {figure} {unit}",
    ),
    "explain.rounding_largest_remainder": (
        "最大余数法，余数相同按代码先后",
        "largest remainder, ties by key",
    ),
    "explain.rounding_each": ("四舍五入", "half away from zero"),
    "explain.rounding_webster": ("除数法", "a divisor rule"),
    "explain.rounding_half_up": ("四舍五入", "half up"),
    "explain.rounding_to_most": ("四舍五入，差额归最多的地区", "half up, the rest to the largest"),
    "explain.bound_free": ("　{bounds}，未触及", "  {bounds}: does not bind"),
    "explain.bounds_free": ("　{bounds}，均未触及", "  {bounds}: do not bind"),
    "explain.free_floor": ("下限 {bound} {unit}", "floor {bound} {unit}"),
    "explain.free_cap": ("上限 {bound} {unit}", "cap {bound} {unit}"),
    "explain.amount": ("{title}：核定 {figure} {unit}", "{title}: amount {figure} {unit}"),
    "explain.divided": (
        "{title}（不动用预算）：{figure} {unit}",
        "{title} (takes nothing from the budget): {figure} {unit}",
    ),
    "explain.clawback": (
        "{title}为负：应扣回 {figure} {unit}",
        "{title} is below zero: {figure} {unit} to be returned",
    ),
    "explain.stage": ("{title}（中间分配）= {figure} {unit}", "{title} (stage) = {figure} {unit}"),
    "explain.total": (
        "各项合计：{sum} = {figure} {unit}",
        "All grants together: {sum} = {figure} {unit}",
    ),
    "explain.heading_outputs": ("【其他】", "Also"),
    "explain.heading": ("【{grant}：{amount} {money}】", "{grant}: {amount} {money}"),
    "explain.rule_broken": (
        "不符合要求“{title}”：{rule} 不成立",
        "breaks the rule {title}: {rule} does not hold",
    ),
    "explain.rule_broken_by": (
        "不符合要求“{title}”：{left} {operator} {right} 不成立，{off}",
        "breaks the rule {title}: {left} {operator} {right} does not hold, {off}",
    ),
    # -- sentences -----------------------------------------------------------------------------
    "explain.sentence_not_eligible": (
        "{name}：{title}不符合条件，不安排资金。",
        "{name}: {title} not eligible, no money.",
    ),
    "explain.sentence_fixed": (
        "{name}：{title}定额 {amount} {unit}{growth}。",
        "{name}: {title} fixed at {amount} {unit}{growth}.",
    ),
    "explain.sentence_scaled": (
        "{name}：{title}资金不足以保底，保底按比例压减，核定 {amount} {unit}{growth}。",
        "{name}: {title} the money does not cover the floors; scaled to {amount} {unit}{growth}.",
    ),
    "explain.sentence_pays_nothing": (
        "{name}：{title}不符合条件，不上解。",
        "{name}: {title} not eligible, pays nothing in.",
    ),
    "explain.sentence_pays_in": (
        "{name}：{title}上解 {paid} {unit}，{purse}。",
        "{name}: {title} pays in {paid} {unit}; it {purse}.",
    ),
    "explain.sentence_pays_in_at_cap": (
        "{name}：{title}按上限 {bound} {unit}，上解 {paid} {unit}，{purse}。",
        "{name}: {title} held at the cap of {bound} {unit}, pays in {paid} {unit}; it {purse}.",
    ),
    "explain.sentence_pays_in_at_floor": (
        "{name}：{title}按下限 {bound} {unit}，上解 {paid} {unit}，{purse}。",
        "{name}: {title} held at the floor of {bound} {unit}, pays in {paid} {unit}; it {purse}.",
    ),
    "explain.sentence_penalty": (
        "{name}：{title}扣减，核定 {amount} {unit}。",
        "{name}: {title} a deduction, {amount} {unit}.",
    ),
    "explain.sentence_compressed_cap": (
        "{name}：{title}应得 {raw} {unit}，封顶 {bound} {unit}；资金不足同比例压减，核定 {amount} {unit}{growth}。",
        "{name}: {title} claims {raw} {unit}, capped at {bound} {unit}; the money is short, compressed to {amount} {unit}{growth}.",
    ),
    "explain.sentence_compressed": (
        "{name}：{title}应得 {raw} {unit}，资金不足同比例压减，核定 {amount} {unit}{growth}。",
        "{name}: {title} claims {raw} {unit}; the money is short, compressed to {amount} {unit}{growth}.",
    ),
    "explain.sentence_at_prior_only": (
        "{name}：{title}资金只够各地保{prior}，按{prior} {bound} {unit}执行。",
        "{name}: {title} the money only covers the amounts of {prior}: {bound} {unit}.",
    ),
    "explain.sentence_at_floor_only": (
        "{name}：{title}资金只够各地保底，按下限执行，核定 {amount} {unit}{growth}。",
        "{name}: {title} the money only covers the floors: {amount} {unit}{growth}.",
    ),
    "explain.sentence_at_prior": (
        "{name}：{title}测算 {raw} {unit}，低于{prior} {bound} {unit}，按不低于{prior}保底执行。",
        "{name}: {title} calculated {raw} {unit}, below the {bound} {unit} of {prior}: kept at that amount.",
    ),
    "explain.sentence_at_prior_adjusted": (
        "{name}：{title}测算 {raw} {unit}，因各地保底、封顶统一调整为 {adjusted} {unit}，低于{prior} {bound} {unit}，按不低于{prior}保底执行。",
        "{name}: {title} calculated {raw} {unit}, {adjusted} {unit} after one adjustment for floors and caps, below the {bound} {unit} of {prior}: kept at that amount.",
    ),
    "explain.sentence_at_prior_level": (
        "{name}：{title}按统一水平应补 {adjusted} {unit}，低于{prior} {bound} {unit}，按不低于{prior}保底执行。",
        "{name}: {title} the common level would give {adjusted} {unit}, below the {bound} {unit} of {prior}: kept at that amount.",
    ),
    "explain.sentence_at_floor": (
        "{name}：{title}测算 {raw} {unit}，低于下限 {bound} {unit}，按下限执行，核定 {amount} {unit}{growth}。",
        "{name}: {title} calculated {raw} {unit}, below the floor of {bound} {unit}: gets the floor, {amount} {unit}{growth}.",
    ),
    "explain.sentence_at_floor_adjusted": (
        "{name}：{title}测算 {raw} {unit}，因各地保底、封顶统一调整为 {adjusted} {unit}，低于下限 {bound} {unit}，按下限执行，核定 {amount} {unit}{growth}。",
        "{name}: {title} calculated {raw} {unit}, {adjusted} {unit} after one adjustment for floors and caps, below the floor of {bound} {unit}: gets the floor, {amount} {unit}{growth}.",
    ),
    "explain.sentence_at_floor_level": (
        "{name}：{title}按统一水平应补 {adjusted} {unit}，低于下限 {bound} {unit}，按下限执行，核定 {amount} {unit}{growth}。",
        "{name}: {title} the common level would give {adjusted} {unit}, below the floor of {bound} {unit}: gets the floor, {amount} {unit}{growth}.",
    ),
    "explain.sentence_at_cap": (
        "{name}：{title}测算 {raw} {unit}，高于上限 {bound} {unit}，按上限执行，核定 {amount} {unit}{growth}。",
        "{name}: {title} calculated {raw} {unit}, above the cap of {bound} {unit}: gets the cap, {amount} {unit}{growth}.",
    ),
    "explain.sentence_at_cap_adjusted": (
        "{name}：{title}测算 {raw} {unit}，因各地保底、封顶统一调整为 {adjusted} {unit}，高于上限 {bound} {unit}，按上限执行，核定 {amount} {unit}{growth}。",
        "{name}: {title} calculated {raw} {unit}, {adjusted} {unit} after one adjustment for floors and caps, above the cap of {bound} {unit}: gets the cap, {amount} {unit}{growth}.",
    ),
    "explain.sentence_at_cap_level": (
        "{name}：{title}按统一水平应补 {adjusted} {unit}，高于上限 {bound} {unit}，按上限执行，核定 {amount} {unit}{growth}。",
        "{name}: {title} the common level would give {adjusted} {unit}, above the cap of {bound} {unit}: gets the cap, {amount} {unit}{growth}.",
    ),
    "explain.sentence_claim": (
        "{name}：{title}应得 {raw} {unit}，核定 {amount} {unit}{growth}。",
        "{name}: {title} claims {raw} {unit}, gets {amount} {unit}{growth}.",
    ),
    "explain.sentence_level": (
        "{name}：{title}低于统一水平，补 {amount} {unit}{growth}。",
        "{name}: {title} below the common level, raised by {amount} {unit}{growth}.",
    ),
    "explain.sentence_level_of": (
        "{name}：{title}低于统一水平 {level}，补 {amount} {unit}{growth}。",
        "{name}: {title} below the common level of {level}, raised by {amount} {unit}{growth}.",
    ),
    "explain.sentence_level_none_of": (
        "{name}：{title}已达统一水平 {level}，不需补助。",
        "{name}: {title} at the common level of {level} already, nothing to add.",
    ),
    "explain.sentence_level_below_zero": (
        "{name}：{title}按统一水平 {level} 计算，核定 {amount} {unit}{growth}。",
        "{name}: {title} by the common level of {level} gets {amount} {unit}{growth}.",
    ),
    "explain.sentence_level_cut_to_none": (
        "{name}：{title}按统一水平 {level} 计算，不安排资金{growth}。",
        "{name}: {title} the common level of {level} leaves it nothing{growth}.",
    ),
    "explain.sentence_level_none": (
        "{name}：{title}已达统一水平，不需补助。",
        "{name}: {title} at the common level already, nothing to add.",
    ),
    "explain.sentence_adjusted": (
        "{name}：{title}测算 {raw} {unit}，因各地保底、封顶统一调整后核定 {amount} {unit}{growth}。",
        "{name}: {title} calculated {raw} {unit}; after one adjustment for floors and caps {amount} {unit}{growth}.",
    ),
    "explain.sentence_weights": (
        "{name}：{title}测算 {raw} {unit}，核定 {amount} {unit}{growth}。",
        "{name}: {title} calculated {raw} {unit}, gets {amount} {unit}{growth}.",
    ),
    "explain.total_sentence": (
        "{name}：各项合计 {amount} {unit}{growth}。",
        "{name}: {amount} {unit} in all{growth}.",
    ),
    # -- against last year, at the end of a sentence
    "explain.last_year": ("上年", "last year"),
    "explain.growth_none": ("，与{prior}持平", ", the same as {prior}"),
    "explain.growth_more": (
        "，比{prior}增加 {change} {unit}",
        ", {change} {unit} more than {prior}",
    ),
    "explain.growth_less": (
        "，比{prior}减少 {change} {unit}",
        ", {change} {unit} less than {prior}",
    ),
    "explain.growth_more_percent": (
        "，比{prior}增加 {change} {unit}（{percent}）",
        ", {change} {unit} ({percent}) more than {prior}",
    ),
    "explain.growth_less_percent": (
        "，比{prior}减少 {change} {unit}（{percent}）",
        ", {change} {unit} ({percent}) less than {prior}",
    ),
}
