"""Texts of the family "sweep": many scenarios at once."""

TEXTS: dict[str, tuple[str, str]] = {
    # -- the command -----------------------------------------------------------------------------
    "sweep.help": (
        "成批测算：按研究文件的 sweep 变动参数和数据，看各地区金额的分布",
        "Run the many scenarios of a study; show how amounts spread",
    ),
    "sweep.study_help": ("研究文件（YAML）", "The study document (YAML)"),
    "sweep.out_help": (
        "写出文件：csv、parquet、json 为全部情景的明细，xlsx、md 为汇总",
        "Write a file: csv, parquet, json hold every scenario; xlsx, md are a summary",
    ),
    "sweep.gate_help": (
        "有情景资金不足或违反硬约束时以 1 退出",
        "Exit with 1 where a scenario is infeasible or breaks a hard constraint",
    ),
    # -- the document ----------------------------------------------------------------------------
    "sweep.no_sweep": (
        "这份研究没有 sweep:；请写明变动什么，如 sweep: {{vary: {{parameters.growth_cap: [15%, 20%, 25%]}}}}",
        "This study has no sweep:; say what varies, as in sweep: {{vary: {{parameters.growth_cap: [15%, 20%, 25%]}}}}",
    ),
    "sweep.nothing_varies": (
        "没有变动任何东西；请写 vary:（路径和取值）或 rows:（参数表文件）",
        "nothing varies; write vary: (paths and values) or rows: (a file of scenarios)",
    ),
    "sweep.rows_alone": (
        "写了 rows: 就不能再写 {key}:，情景全部来自文件；请删去其中一个",
        "with rows: all scenarios come from the file, so {key}: has no place; remove one of them",
    ),
    "sweep.way": (
        "这里应写怎样变动：[15%, 20%, 25%]（列表）、{{from: 15%, to: 30%, step: 5%}}（网格）、"
        "{{from: 15%, to: 30%}}（抽样），输入列还可写 {{each: 2%}} 或 {{together: 2%}}",
        "say here how it varies: [15%, 20%, 25%] (a list), {{from: 15%, to: 30%, step: 5%}} (a grid), "
        "{{from: 15%, to: 30%}} (draws), or for an input {{each: 2%}} or {{together: 2%}}",
    ),
    "sweep.way_of_input": (
        "{word}: 后应写幅度，如 2%（即 ±2%）或 {{from: -1%, to: 3%}}",
        "write after {word}: how far, such as 2% (that is ±2%) or {{from: -1%, to: 3%}}",
    ),
    "sweep.not_an_input": (
        "{word}: 用于一整列数据，路径应为 inputs.列名，而这里是“{path}”",
        "{word}: is for all figures of an input: its path is inputs.<name>, and this is `{path}`",
    ),
    "sweep.each_listed": (
        "each: 各地各自抽样，只能写幅度或 {{from, to}}；要逐个取值请用 together:",
        "each: draws for every district by itself and takes a size or {{from, to}}; together: takes values one by one",
    ),
    "sweep.around_nothing": (
        "“±{text}”不是幅度，应大于 0",
        "±{text} is no range; it must be above 0",
    ),
    "sweep.below_nothing": (
        "变动 {text} 会使数据成为零或负数；应大于 -100%",
        "a change of {text} leaves nothing; it must be above -100%",
    ),
    "sweep.value_twice": ("{text} 写了两次；请删去一个", "{text} stands here twice; remove one"),
    "sweep.range_empty": (
        "从 {low} 到 {high} 没有范围；from 应小于 to",
        "from {low} to {high} is no range; from must be below to",
    ),
    "sweep.step": ("步长 {text} 应大于 0", "the step {text} must be above 0"),
    "sweep.step_misses_end": (
        "每步 {step} 到不了 {high}：最后一个值是 {last}；请把 to 改为 {last} 或 {next}，或改步长",
        "steps of {step} do not meet {high}: the last value is {last}; write to: {last} or {next}, or another step",
    ),
    "sweep.too_many": (
        "共 {count} 个情景，最多 {most} 个",
        "these are {count} scenarios; there may be {most}",
    ),
    "sweep.grid_too_large": (
        "网格共 {sizes} = {count} 个情景，最多 {most} 个；请加大步长，或改用 sample: 抽样",
        "the grid has {sizes} = {count} scenarios; there may be {most}. Widen the steps, or draw from it with sample:",
    ),
    "sweep.range_needs_sample": (
        "{path} 只写了范围 {range}，需要抽样；请加 sample: {{size: 1000}}，或加步长 step:",
        "{path} has a range, {range}, to draw from; add sample: {{size: 1000}}, or a step:",
    ),
    "sweep.size": (
        "情景数“{text}”应为 1 到 {most} 的整数",
        "the size `{text}` must be a whole number from 1 to {most}",
    ),
    "sweep.seed": (
        "随机种子“{text}”应为 0 到 {most} 的整数",
        "the seed `{text}` must be a whole number from 0 to {most}",
    ),
    "sweep.power_of_two": (
        "{text} 不是 2 的幂；Sobol 序列只有取 2 的幂个点才均衡，请用 {below} 或 {above}",
        "{text} is no power of two, and only so many points of Sobol's sequence are balanced; take {below} or {above}",
    ),
    "sweep.confidence": (
        "置信水平“{text}”应在 0 和 1 之间，如 95%",
        "the confidence level `{text}` must lie between 0 and 1, such as 95%",
    ),
    "sweep.quantile": (
        "分位数“{text}”应在 0 和 1 之间，如 5%",
        "the quantile `{text}` must lie between 0 and 1, such as 5%",
    ),
    "sweep.indices_need_sample": (
        "敏感度指数从范围中抽样计算；请加 sample:（种子和小数位数由它给出）",
        "indices are computed from draws; add sample:, which gives the seed and the decimals",
    ),
    "sweep.no_table": (
        "一、二维表只用于一条或两条路径的网格；请减少路径，或删去 table:",
        "tables are of grids of one or two paths; vary fewer paths, or remove table:",
    ),
    "sweep.rescale_unused": (
        "{group} 中没有一个数变动，不需要 rescale",
        "nothing of {group} varies, so there is nothing to rescale",
    ),
    "sweep.no_group": (
        "政策中没有一组数叫 {group}；请写整组的路径，如 grants.….share.factors",
        "the policy has no group of numbers {group}; write the path of the whole group, such as grants.….share.factors",
    ),
    "sweep.nothing_to_scale": (
        "{group} 中没有可按比例调整的数：其余的数没有或合计为零",
        "{group} has nothing to scale: its other numbers are none or add up to 0",
    ),
    "sweep.row_not_scaled": (
        "{group}：这一行写了全部的数，合计却变了，没有可按比例调整的数；请留空一格，或使合计不变",
        "{group}: this row gives every number and changes their sum, so nothing is left to scale; leave a cell blank, or keep the sum",
    ),
    "sweep.rescale_missing": (
        "只变动 {group} 中的权重，合计不再是 1，没有一个情景可以计算；请在 sweep 下加一行：rescale: {group}",
        "weights of {group} vary and the others stay, so they no longer add up to 1 and no scenario can be computed; add to sweep the line: rescale: {group}",
    ),
    "sweep.beyond_sum": (
        "{group}：{moved} 已超过合计，其余的数会成为负数；请缩小范围",
        "{group}: {moved} is more than the sum and would leave the others negative; narrow the range",
    ),
    "sweep.unknown_path": (
        "政策中没有可变动的数 {path}；路径与 --set 相同，如 parameters.名称、grants.编号.share.factors.因素",
        "the policy has no number {path}; paths are as --set has them, such as parameters.name or grants.id.share.factors.factor",
    ),
    "sweep.unknown_path_near": (
        "政策中没有可变动的数 {path}，是不是 {near}？",
        "the policy has no number {path}. Did you mean {near}?",
    ),
    "sweep.whole_input": (
        "{path} 是一整列数据；请写 {{together: 2%}} 或 {{each: 2%}}，或用 {path}.地区代码 变动一个地区",
        "{path} is all figures of an input; write {{together: 2%}} or {{each: 2%}}, or vary one district's: {path}.<key>",
    ),
    "sweep.unknown_input": (
        "政策没有输入列 {name}；已有：{known}",
        "the policy has no input {name}; there are: {known}",
    ),
    "sweep.unknown_input_near": (
        "政策没有输入列 {name}，是不是 {near}？",
        "the policy has no input {name}. Did you mean {near}?",
    ),
    "sweep.no_figures": (
        "{name} 这一列不是数，不能按比例浮动",
        "{name} holds no figures that could be multiplied",
    ),
    "sweep.percent_mixed": (
        "有的值带百分号，“{text}”没有；请都写百分号，或都不写",
        "some values have a percent sign, `{text}` has none; write all of them with it, or none",
    ),
    "sweep.percent_expected": (
        "整列数据按百分比变动，“{text}”没有百分号；请写 {meant}",
        "all figures of an input change by a percentage, and `{text}` has no percent sign; write {meant}",
    ),
    "sweep.path_twice": (
        "{path} 与 {other} 是同一个数，只能变动一次",
        "{path} and {other} are the same number; it can vary once",
    ),
    "sweep.figure_and_input": (
        "{path} 所在的整列已在变动；请只留一个",
        "{path} belongs to an input that varies as a whole; keep one of them",
    ),
    "sweep.digits": (
        "{path} 的范围 {range} 里用 {digits} 位小数取不出两个不同的值；请增加 digits",
        "{path}: {digits} decimals are too few for two values in {range}; raise digits",
    ),
    "sweep.dimensions": (
        "共有 {count} 个各自变动的数，sobol 最多 {most} 个；请改用 latin_hypercube 或 together:",
        "{count} figures vary by themselves, sobol takes {most}; use latin_hypercube, or together:",
    ),
    "sweep.other_districts": (
        "比较对象的地区与被变动方案的地区不同，无法比较增减",
        "what it is compared with has other districts than the variant that is varied",
    ),
    "sweep.unknown_figure": (
        "没有结果“{text}”；可写地区代码或名称，或：{known}",
        "there is no figure `{text}`; write a district's key or name, or: {known}",
    ),
    "sweep.unknown_figure_near": (
        "没有结果“{text}”，是不是“{near}”？",
        "there is no figure `{text}`. Did you mean `{near}`?",
    ),
    # -- a file of rows --------------------------------------------------------------------------
    "sweep.no_heading": (
        "第 {column} 列没有列名；表头应为路径，如 parameters.growth_cap",
        "column {column} has no heading; headings are paths, such as parameters.growth_cap",
    ),
    "sweep.no_rows": (
        "表头下没有一行情景",
        "there is no scenario below the heading",
    ),
    "sweep.line_not_read": (
        "表头下这一行是空行、单位行或列号（1、2、3……），不会作为情景读入；请删去，若它确是一个情景，请移到别的情景之后",
        "this line below the heading is blank, a row of units, or numbers the columns (1, 2, 3 ...), and would not be read as a scenario; remove it, or if it is one, move it below another",
    ),
    "sweep.not_a_change": (
        "{path} 是一整列数据，“{text}”应写成带符号的百分比，如 +2%",
        "{path} is all figures of an input: write `{text}` as a percentage with its sign, such as +2%",
    ),
    # -- what is shown ---------------------------------------------------------------------------
    "sweep.figure_losers": ("减少的地区数", "districts losing"),
    "sweep.figure_winners": ("增加的地区数", "districts gaining"),
    "sweep.figure_total": ("合计", "Total"),
    "sweep.baseline": ("基准", "the baseline"),
    "sweep.variant_line": ("方案：{title}", "Variant: {title}"),
    "sweep.design_grid": (
        "变动（网格，共 {count} 个情景）：",
        "Varied (a grid of {count} scenarios):",
    ),
    "sweep.design_rows": (
        "变动（参数表，共 {count} 个情景）：",
        "Varied (a file of {count} scenarios):",
    ),
    "sweep.design_sample": (
        "变动（{method}抽样，共 {count} 个情景，种子 {seed}）：",
        "Varied ({method}, {count} scenarios, seed {seed}):",
    ),
    "sweep.method_latin_hypercube": ("拉丁超立方", "a Latin hypercube"),
    "sweep.method_sobol": ("Sobol 序列", "Sobol's sequence"),
    "sweep.path_titled": ("{path}（{title}）", "{path} ({title})"),
    "sweep.way_values": ("{path}：{values}", "{path}: {values}"),
    "sweep.way_many": (
        "{path}：{first} … {last}，共 {count} 个值",
        "{path}: {first} … {last}, {count} values",
    ),
    "sweep.way_range": ("{path}：{range}", "{path}: {range}"),
    "sweep.way_each": ("{path}：各地各自 {range}", "{path}: every district by itself {range}"),
    "sweep.way_together": ("{path}：各地同比例 {range}", "{path}: all districts alike {range}"),
    "sweep.rescaled": (
        "{group} 中其余的数按比例调整，合计不变",
        "the other numbers of {group} are scaled so that their sum stays",
    ),
    "sweep.counts": (
        "可执行 {done} 个，资金不足 {rejected} 个，无法计算 {invalid} 个",
        "Paying: {done}; short of money: {rejected}; not computable: {invalid}",
    ),
    "sweep.reason": (
        "{count} 个情景（第一个是第 {scenario} 个：{values}）：{text}",
        "Not paying: {count}, first number {scenario} ({values}): {text}",
    ),
    "sweep.reason_row": (
        "{count} 个情景（第一个在 {file} 第 {line} 行：{values}）：{text}",
        "Not paying: {count}, first {file} row {line} ({values}): {text}",
    ),
    "sweep.reason_rescale": (
        "{place}：变动了权重而其余不动；请在 sweep 下加一行：rescale: {group}",
        "{place}: weights vary and the others stay; add to sweep the line: rescale: {group}",
    ),
    "sweep.rule_broken": (
        "约束“{title}”：{broken} 个情景违反{worst}",
        "{title}: broken in {broken} of those that pay{worst}",
    ),
    "sweep.rule_kept": (
        "约束“{title}”：可执行的情景都不违反",
        "{title}: broken in none of those that pay",
    ),
    "sweep.rule_worst": (
        "，最多差 {margin}（第 {scenario} 个）",
        ", by up to {margin} (number {scenario})",
    ),
    "sweep.none_done": (
        "没有一个情景可执行，无从统计",
        "no scenario pays, so there is nothing to show",
    ),
    "sweep.spread_title": (
        "各地区金额的分布（{count} 个可执行情景，与“{compared}”比较）",
        "How amounts spread (over the {count} scenarios that pay, compared with {compared})",
    ),
    "sweep.spread_paired": (
        "各地区金额的分布（{count} 个可执行情景；每个情景中“{compared}”用同样的数据再算一遍，与之比增减）",
        "How amounts spread (over the {count} scenarios that pay, each compared with {compared} run on the same data)",
    ),
    "sweep.not_compared": (
        "其中 {count} 个情景里“{compared}”不可执行，增减的概率不含这些情景",
        "In {count} of them {compared} does not pay; the probabilities are of the others",
    ),
    "sweep.compared_is": (
        "比较值：{compared}",
        "Compared: {compared}",
    ),
    "sweep.compared_still": (
        "比较值：{compared}，数据未变动",
        "Compared: {compared}, no data moved",
    ),
    "sweep.range_title": (
        "各地区金额的最小和最大（{count} 个可执行情景）",
        "Least and greatest amounts (over the {count} scenarios that pay)",
    ),
    "sweep.spread_alone": (
        "各地区金额的分布（{count} 个可执行情景；“{compared}”本身不可执行，不比增减）",
        "How amounts spread (over the {count} scenarios that pay; {compared} itself does not pay)",
    ),
    "sweep.compared": ("比较值", "Compared"),
    "sweep.level": ("{level}分位", "{level}"),
    "sweep.median": ("中位数", "Median"),
    "sweep.mean": ("平均", "Mean"),
    "sweep.least": ("最小", "Least"),
    "sweep.most": ("最大", "Most"),
    "sweep.losing": ("减少的概率", "P(losing)"),
    "sweep.winning": ("增加的概率", "P(gaining)"),
    "sweep.unmoved": ("{title}，未变动", "{title}, unmoved"),
    "sweep.likely_losing": (
        "减少的可能大于一半：{names}",
        "Losing in more than half of the scenarios: {names}",
    ),
    "sweep.likely_winning": (
        "增加的可能大于一半：{names}",
        "Gaining in more than half of the scenarios: {names}",
    ),
    "sweep.and_more": ("等，另有 {count} 个", " and {count} more"),
    "sweep.table_one": ("{path} 取不同值时（* 为未变动时）", "Over {path} (* is the unmoved case)"),
    "sweep.table_two": (
        "纵向：{down}；横向：{across}。* 为未变动时，左上角为未变动时的结果。",
        "Down: {down}; across: {across}. * is the unmoved case, whose figure is in the corner.",
    ),
    "sweep.path": ("变动的参数", "What varies"),
    "sweep.index_first": ("单独解释", "First order"),
    "sweep.index_interval": ("{level}%区间", "{level}% interval"),
    "sweep.index_total": ("总效应", "Total order"),
    "sweep.indices_title": (
        "Sobol 敏感度指数：{figure}（{count} 个情景）",
        "Sobol indices of: {figure} ({count} scenarios)",
    ),
    "sweep.indices_note": (
        "单独解释：只有它变动所解释的方差比例；总效应：连同它与其他参数的共同作用。1 为全部。",
        "First order: the share of the variance that it accounts for alone; total order: together with its interplay with others. 1 is all.",
    ),
    "sweep.indices_missing": (
        "不能计算敏感度指数：{count} 个情景中有 {missing} 个不可执行；请缩小变动范围",
        "No indices: {missing} of {count} scenarios do not pay; narrow the ranges",
    ),
    "sweep.origin_study": ("研究文件：{file}", "Study document: {file}"),
    "sweep.origin_policy": ("政策文件：{file}", "Policy document: {file}"),
    "sweep.origin_table": (
        "数据表：{file}（SHA-256 {sha256}）",
        "Table: {file} (SHA-256 {sha256})",
    ),
    "sweep.about_item": ("项目", "Item"),
    "sweep.about_content": ("内容", "Content"),
    "sweep.about_varied": ("变动", "Varied"),
    "sweep.about_came": ("结果", "What came"),
    "sweep.about_origin": ("来源", "From"),
    "sweep.sheet_spread": ("各地区分布", "Districts"),
    "sweep.sheet_range": ("最小和最大", "Least and greatest"),
    "sweep.sheet_table": ("数据表", "Table"),
    "sweep.sheet_tables": ("数据表{number}", "Table {number}"),
    "sweep.sheet_indices": ("敏感度", "Indices"),
    "sweep.sheet_indices_of": ("敏感度{number}", "Indices {number}"),
    "sweep.sheet_about": ("说明", "About"),
    "sweep.value": ("取值", "Value"),
}
