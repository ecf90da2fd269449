"""Texts of the family "cliffs": where small changes matter, and where they do not."""

TEXTS: dict[str, tuple[str, str]] = {
    # -- the command -------------------------------------------------------------------------
    "cliffs.help": (
        "查找临界点：某地区的一个数稍有变动，金额怎样变、在哪里跳变、自有财力每多收一元少得多少。",
        "Find cliffs: how amounts move when one figure moves a little, where they jump, and how much of its own revenue a district loses again.",
    ),
    "cliffs.document_help": ("政策文件或研究文件（YAML）", "The policy or study document (YAML)"),
    "cliffs.variant_help": (
        "研究文件中的哪个方案；不写则按 cliffs: 一节，再不写则为基准",
        "Which variant of the study; else the one its section cliffs names, else the baseline",
    ),
    "cliffs.input_help": (
        "只看这一输入列；可多次使用",
        "Only this input; may be repeated",
    ),
    "cliffs.district_help": (
        "只看这一地区（代码或名称）；可多次使用",
        "Only this district, by key or name; may be repeated",
    ),
    "cliffs.within_help": (
        "每个数上下最多变动多少，默认 20%",
        "How far each figure is moved, up and down; 20% if left out",
    ),
    "cliffs.step_help": (
        "算边际影响时变动多少，默认 0.1%",
        "The little move of slopes; 0.1% if left out",
    ),
    "cliffs.least_help": (
        "小于这个数（最小支付额的倍数）的跳变不报，默认 1",
        "Jumps of fewer quanta are not told; 1 if left out",
    ),
    "cliffs.parameters_help": (
        "改为逐个变动政策文件中的数（上下各 10%）：各改变多少金额，或为什么不改变",
        "Move each number of the document by 10% instead: which amounts change, or why none does",
    ),
    "cliffs.set_help": (
        "先改动政策文件中的值；可多次使用",
        "Change a value of the policy before all else; may be repeated",
    ),
    "cliffs.out_help": (
        "写入文件：.csv .parquet .json 供程序用，.xlsx 供人看",
        "Write a file: .csv .parquet .json for programs, .xlsx for people",
    ),
    "cliffs.not_a_part": (
        "{option} 应是大于 0、不超过 {most} 的数，如 {example}；写的是“{text}”。",
        '{option} takes a number above 0, at most {most}, such as {example}, not "{text}".',
    ),
    "cliffs.not_a_count": (
        "least 应是不小于 1 的整数；写的是“{text}”。",
        'least takes a whole number from 1 on, not "{text}".',
    ),
    "cliffs.no_study": (
        "{file} 是政策文件，没有方案；--variant 只用于研究文件。",
        "{file} is a policy and has no variants; --variant goes with a study document.",
    ),
    # -- what can be wrong -------------------------------------------------------------------
    "cliffs.unknown_input": (
        "没有输入列“{name}”；有：{known}。",
        'There is no input "{name}"; there are: {known}.',
    ),
    "cliffs.unknown_input_near": (
        "没有输入列“{name}”，是不是“{near}”？",
        'There is no input "{name}". Did you mean "{near}"?',
    ),
    "cliffs.unknown_district": (
        "没有代码或名称为“{name}”的地区。",
        'No district has the key or name "{name}".',
    ),
    "cliffs.unknown_district_near": (
        "没有代码或名称为“{name}”的地区，是不是“{near}”？",
        'No district has the key or name "{name}". Did you mean "{near}"?',
    ),
    "cliffs.several_districts": (
        "有几个地区都叫“{name}”，请写代码：{keys}。",
        'Several districts are called "{name}"; give a key: {keys}.',
    ),
    "cliffs.unknown_variant": (
        "没有方案“{name}”；有：{known}。",
        'There is no variant "{name}"; there are: {known}.',
    ),
    "cliffs.too_many": (
        "{count} 个数至少要测算 {scenarios} 次，每次 {districts} 个地区，时间太长。请用 --district 代码 或 --input 列名（都可多次使用）只看一部分；不超过 {most} 次即可。",
        "{count} figures take {scenarios} scenarios at least, of {districts} districts each: too long. Look at some of them with --district KEY or --input NAME (both may be repeated); up to {most} scenarios are run.",
    ),
    # -- findings ----------------------------------------------------------------------------
    "cliffs.clawback": (
        "{district}的{title}每多收 1 {unit}，补助减少 {loss} {unit}（{rate}）：多收反而更穷。",
        "{district}: each further {unit} of {title} takes {loss} {unit} of the grants away ({rate}): earning more makes it poorer.",
    ),
    "cliffs.revenue_edge": (
        "{district}的{title}由 {near} 增至 {far}（越过 {value}），补助减少 {loss} {unit}：多收反而更穷。",
        "{district}: {title} rising from {near} to {far} (past {value}) takes {loss} {unit} of the grants away: earning more makes it poorer.",
    ),
    "cliffs.many_texts": (
        "{title}的取值太多，又没有写明 one_of，没有逐个试换。",
        "{title} has too many different values, and no one_of lists them: others were not tried.",
    ),
    # -- views -------------------------------------------------------------------------------
    "cliffs.subtitle": (
        "临界点与边际影响：每次只变动一个地区的一个数，其他不变",
        "Cliffs and slopes: one figure of one district moves, all others stay",
    ),
    "cliffs.baseline": ("基准", "the baseline"),
    "cliffs.on_variant": ("方案：{title}", "Variant: {title}"),
    "cliffs.cliffs_title": (
        "跳变（上下各 {within} 以内，最大的在前）",
        "Jumps (within {within} either way, the greatest first)",
    ),
    "cliffs.no_cliffs": (
        "上下各 {within} 以内没有跳变。",
        "No jumps within {within} either way.",
    ),
    "cliffs.more": (
        "另有 {count} 处，见 --out 写出的文件。",
        "{count} more: see the file of --out.",
    ),
    "cliffs.texts_title": ("改换类别", "Another class"),
    "cliffs.clawback_title": (
        "自有财力每多收 1 元，补助少得多少",
        "What is lost of the grants for each further yuan of own revenue",
    ),
    "cliffs.clawback_title_other": (
        "自有财力每多收 1 {unit}，补助少得多少",
        "What is lost of the grants for each further {unit} of own revenue",
    ),
    "cliffs.slopes_title": (
        "边际影响：该数增加一个单位，本地区金额变动（{unit}）",
        "Slopes: what one unit more of a figure adds to the district's own amount ({unit})",
    ),
    "cliffs.district": ("名称", "District"),
    "cliffs.key": ("代码", "Key"),
    "cliffs.figure": ("数据", "Figure"),
    "cliffs.value": ("现值", "Now"),
    "cliffs.unit": ("单位", "Unit"),
    "cliffs.turns": ("越过", "Past"),
    "cliffs.to": ("改为", "To"),
    "cliffs.rule": ("规则", "Rule"),
    "cliffs.before": ("之前", "Before"),
    "cliffs.after": ("之后", "After"),
    "cliffs.jump": ("增减", "Change"),
    "cliffs.jump_pct": ("增减%", "Change %"),
    "cliffs.others": ("其他地区合计", "The others"),
    "cliffs.amount": ("金额", "Amount"),
    "cliffs.slope_down": ("每减一单位", "Per unit less"),
    "cliffs.slope_up": ("每增一单位", "Per unit more"),
    "cliffs.others_up": ("其他地区（每增一单位）", "The others (per unit more)"),
    "cliffs.held": ("为什么不变", "Why it stays"),
    "cliffs.clawback_rate": ("多收部分少得", "Lost of each further unit"),
    "cliffs.rises": ("升过 {value}", "above {value}"),
    "cliffs.falls": ("降过 {value}", "below {value}"),
    "cliffs.nobody_paid": ("资金不足，不能分配", "money is short, nobody is paid"),
    "cliffs.is_floor": ("保底", "floor"),
    "cliffs.is_cap": ("封顶", "cap"),
    "cliffs.is_fixed": ("定额", "fixed"),
    "cliffs.is_not_eligible": ("不享受", "not eligible"),
    "cliffs.is_no_effect": ("不起作用", "no effect"),
    "cliffs.unpaid": ("不能分配", "nobody paid"),
    "cliffs.sheet_cliffs": ("跳变", "Jumps"),
    "cliffs.sheet_slopes": ("边际影响", "Slopes"),
    "cliffs.sheet_texts": ("改换类别", "Other classes"),
    "cliffs.sheet_numbers": ("各参数的影响", "Numbers"),
    "cliffs.note_cliffs": (
        "注：每次只变动一个地区的一个数，其他地区和规则不变。跳变指越过后一点点与越过前一点点之差。",
        "One figure of one district moves; all else stays. A jump is the difference between just beyond an edge and just before it.",
    ),
    # -- numbers of the document -------------------------------------------------------------
    "cliffs.numbers_title": (
        "政策文件中的每个数上下变动 {by}：最多改变多少金额",
        "Each number of the document moved by {by}: which amounts change most",
    ),
    "cliffs.number": ("参数", "Number"),
    "cliffs.moved": ("变动为", "Moved to"),
    "cliffs.changed": ("变动的地区数", "Districts changed"),
    "cliffs.most": ("最大增减", "Greatest change"),
    "cliffs.reason": ("不变的原因", "Why none"),
    "cliffs.unmoved": ("{count} 个数没有改变任何金额：", "{count} numbers change no amount:"),
    "cliffs.not_paid": ("{value}（不能分配）", "{value} (nobody paid)"),
    "cliffs.because": ("- {reason}：", "- {reason}:"),
    "cliffs.sum": ("{sum} {unit}", "{sum} {unit}"),
    "cliffs.why_solved": (
        "这个数由 solve 反求，不由文件决定",
        "It is found by solve; what the document has does not count",
    ),
    "cliffs.why_range": (
        "参数的范围（min、max）不允许变动",
        "The range of the parameter (min, max) leaves no room",
    ),
    "cliffs.why_refused": ("不能变动：{why}", "It cannot be moved: {why}"),
    "cliffs.why_nobody_paid": (
        "变动后资金不足，不能分配",
        "Moved, money is short and nobody is paid",
    ),
    "cliffs.why_one_way_nobody": (
        "一个方向不改变金额，另一个方向资金不足、不能分配",
        "One way no amount changes; the other way money is short and nobody is paid",
    ),
    "cliffs.why_only_weight": (
        "各因素的权重合计须为 1，其余的权重让不出这么多（或只有它一个）",
        "Weights add up to 1, and the others have no room (or there are none)",
    ),
    "cliffs.why_below_rounding": (
        "取整前最多变动 {most}，取整后看不出",
        "Before rounding at most {most} changes, which rounding hides",
    ),
    "cliffs.why_nowhere": (
        "没有一条与金额有关的规则用到它",
        "No rule that has a part in the amounts uses it",
    ),
    "cliffs.why_outputs_only": (
        "只用于补助之后的列：{names}",
        "It is used after the grants only: {names}",
    ),
    "cliffs.why_rules_only": (
        "只用于对结果的要求：{names}",
        "It is used in rules about the outcome only: {names}",
    ),
    "cliffs.why_category": (
        "没有地区属于 {table} 中的“{category}”",
        'No district is in "{category}" of {table}',
    ),
    "cliffs.why_no_crossing": (
        "它是 {names} 中的界线，没有地区因此换到另一侧",
        "It is an edge in {names}, and no district comes to its other side",
    ),
    "cliffs.why_not_taken": (
        "{names} 中用到它的部分对任何地区都不起作用（条件不成立，或由 min、max 的另一边决定）",
        "The part of {names} that has it counts for no district (a condition does not hold, or the other side of min or max decides)",
    ),
    "cliffs.why_quantity": (
        "{name} 变了，但用到它的规则对任何地区都不变",
        "{name} changes, but nothing that uses it does",
    ),
    "cliffs.why_budget": (
        "预算没有用完，多一点少一点都够",
        "The budget is not used up: a little more or less makes no difference",
    ),
    "cliffs.why_reserve": (
        "{name} 里的钱没有因此多拨或少拨",
        "No grant draws more or less of {name}",
    ),
    "cliffs.why_stage": (
        "中间分配“{name}”变了，但用到它的规则对任何地区都不变",
        'The stage "{name}" changes, but nothing that uses it does',
    ),
    "cliffs.why_nobody_eligible": (
        "“{name}”没有地区享受",
        'Nobody is eligible for "{name}"',
    ),
    "cliffs.why_not_eligible": (
        "它涉及的地区都不享受“{name}”",
        'Districts it concerns are not eligible for "{name}"',
    ),
    "cliffs.why_floor_for_nobody": (
        "“{name}”的下限变动前后都没有地区触及",
        'Nobody is at the floor of "{name}", moved or not',
    ),
    "cliffs.why_cap_for_nobody": (
        "“{name}”的上限变动前后都没有地区触及",
        'Nobody is at the cap of "{name}", moved or not',
    ),
    "cliffs.why_all_floor": (
        "它涉及的地区在“{name}”中都已保底",
        'Districts it concerns are all at their floors in "{name}"',
    ),
    "cliffs.why_all_cap": (
        "它涉及的地区在“{name}”中都已封顶",
        'Districts it concerns are all at their caps in "{name}"',
    ),
    "cliffs.why_all_fixed": (
        "它涉及的地区在“{name}”中都是定额",
        'Districts it concerns all have fixed amounts in "{name}"',
    ),
    "cliffs.why_all_bound": (
        "它涉及的地区在“{name}”中都已保底、封顶或为定额",
        'Districts it concerns are all at a floor, a cap or a fixed amount in "{name}"',
    ),
    "cliffs.why_pool_not_used_up": (
        "“{name}”的应得额已全部满足，资金还有余",
        'All claims of "{name}" are met, with money to spare',
    ),
    "cliffs.why_pool": (
        "“{name}”的资金规模不起作用：由预算余额或上下限决定",
        'The pool of "{name}" does not decide: what is left of the budget, or bounds, do',
    ),
    "cliffs.why_alike": (
        "“{name}”中各地区的权数同比例变动，份额不变",
        'In "{name}" all weights move alike, and shares stay',
    ),
    "cliffs.why_division": (
        "“{name}”的结果不变：上下限或资金规模抵消了它的影响",
        '"{name}" comes out the same: bounds or the pool take its effect back',
    ),
}
