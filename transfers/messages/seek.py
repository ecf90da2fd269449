"""Texts of the family "seek": values that are sought, and the best under constraints."""

TEXTS: dict[str, tuple[str, str]] = {
    # -- help
    "seek.seek_help": (
        "反求：使一个判断成立的最小或最大的值（研究文件的 seek: 一节）。没有这样的值则告诉最接近的，退出码 1",
        "The smallest or largest value for which a statement holds (seek: of a study). Where there is none: the nearest miss, exit code 1",
    ),
    "seek.optimise_help": (
        "寻优：在约束之下使一个指标最小或最大的值（研究文件的 optimise: 一节），以及两个指标的帕累托前沿",
        "The values that are best by a measure under the constraints (optimise: of a study), and the Pareto front of two measures",
    ),
    "seek.study_help": ("研究文件（YAML）", "The study document (YAML)"),
    "seek.gate_help": (
        "答案处有硬性规则或约束不符合时，退出码为 1",
        "Exit code 1 where a hard rule or constraint is broken at the answer",
    ),
    "seek.out_help": (
        "写到文件，以扩展名为准：.csv、.parquet、.json 供程序读，.xlsx、.md 供人看；写明文件夹时，在其中写 <研究编号>.xlsx",
        "Write to a file, by its ending: .csv, .parquet, .json for programs, .xlsx and .md for people; into a folder, <study id>.xlsx",
    ),
    # -- what can be wrong with the question
    "seek.not_asked": (
        "研究文件没有 seek: 一节。请写明 vary（变动哪个数）、within（范围）、step（步长）、rescale、so_that（应成立的判断）。",
        "The study has no section seek:. It says vary (which number), within (the range), step, rescale, and so_that (the statement).",
    ),
    "seek.optimise_not_asked": (
        "研究文件没有 optimise: 一节。请写明 minimise 或 maximise（指标）、vary（变动哪些数）、rescale。",
        "The study has no section optimise:. It says minimise or maximise (a measure), vary (which numbers), and rescale.",
    ),
    "seek.step_not_positive": (
        "步长应大于 0，收到 {step}。",
        "A step is above 0, not {step}.",
    ),
    "seek.range_reversed": (
        "范围应从小到大：[{low}, {high}] 中左边不小于右边。",
        "A range goes from low to high: in [{low}, {high}] the left end is not below the right.",
    ),
    "seek.step_does_not_fit": (
        "从 {low} 起每步 {step}，走不到 {high}（最后到 {last}）；请改步长，或把范围的上限改为 {last}。",
        "From {low} in steps of {step} one does not reach {high} (the last is {last}); change the step, or end the range at {last}.",
    ),
    "seek.too_many_steps": (
        "范围内的值超过 {most} 个；请加大步长或缩小范围。",
        "The range has more than {most} values; take a larger step or a shorter range.",
    ),
    "seek.minimise_or_maximise": (
        "请写 minimise 或 maximise，只写一个。",
        "Write minimise or maximise, one of them.",
    ),
    "seek.too_many_varied": (
        "同时变动 {count} 个数太多，最多 {most} 个。",
        "{count} numbers varied together are too many; at most {most}.",
    ),
    "seek.pareto_of_two": (
        "pareto 应写两个指标，收到 {count} 个。",
        "pareto takes two measures, not {count}.",
    ),
    "seek.varied_twice": (
        "{path} 与 {other} 是同一个数，只能变动一次。",
        "{path} and {other} are the same number, which can be varied once.",
    ),
    "seek.decides_reading": (
        "{path} 决定读哪些文件、列或行，不能在同一张表上变动；请改用几个方案分别写明。",
        "{path} decides which files, columns or rows are read, so it cannot move on one table; write a variant for each value.",
    ),
    "seek.no_group": (
        "政策文件中没有一组数“{group}”；没有要同比例调整的数，请写 rescale: none。",
        'The policy has no group of numbers "{group}"; where none is to be scaled, write rescale: none.',
    ),
    "seek.no_group_near": (
        "政策文件中没有一组数“{group}”，是不是“{near}”？没有要同比例调整的数，请写 rescale: none。",
        'The policy has no group of numbers "{group}". Did you mean "{near}"? Where none is to be scaled, write rescale: none.',
    ),
    "seek.group_not_varied": (
        "“{group}”中没有一个数在变动，用不着同比例调整；请改路径，或写 none。",
        'Nothing in "{group}" is varied, so nothing there needs scaling; change the path, or write none.',
    ),
    "seek.group_all_varied": (
        "“{group}”中的数全都在变动，没有剩下的可以同比例调整；请少变动一个，或写 none。",
        'All of "{group}" is varied and nothing is left to be scaled; vary one less, or write none.',
    ),
    "seek.weight_alone": (
        "{path} 是一个权重，单独变动后各权重之和不再是 100%；请写 rescale: {group}。",
        "{path} is a weight; moved alone, the weights no longer add up to 100%. Write rescale: {group}.",
    ),
    "seek.beyond_sum": (
        "“{group}”合计应为 {total}，变动的已占 {taken}，其余的数无法同比例调整",
        'the sum of "{group}" is {total}; with {taken} taken by what is varied, the others cannot be scaled',
    ),
    "seek.no_district": (
        "没有地区“{text}”；有：{known}……",
        'There is no district "{text}"; there are: {known} ...',
    ),
    "seek.no_district_near": (
        "没有地区“{text}”，是不是“{near}”？",
        'There is no district "{text}". Did you mean "{near}"?',
    ),
    "seek.several_districts": (
        "叫“{text}”的地区不止一个，请写代码：{keys}。",
        'More than one district is called "{text}"; write its key: {keys}.',
    ),
    # -- words of answers
    "seek.figure_of": ("{district}的{title}", "{title} of {district}"),
    "seek.kept": ("（同组其余的数按比例调整）", " (the others of its group scaled)"),
    "seek.stretch": ("{first} 至 {last}", "{first} to {last}"),
    "seek.statement_of": ("{that}（{districts}）", "{that} ({districts})"),
    # -- the answer of a seek
    "seek.smallest": (
        "要使“{statement}”成立，{what}至少为 {value}{kept}。",
        'For "{statement}" to hold, {what} must be at least {value}{kept}.',
    ),
    "seek.largest": (
        "要使“{statement}”成立，{what}最多为 {value}{kept}。",
        'For "{statement}" to hold, {what} may be at most {value}{kept}.',
    ),
    "seek.all": (
        "{what}为 {stretches} 时“{statement}”成立{kept}。",
        '"{statement}" holds where {what} is {stretches}{kept}.',
    ),
    "seek.none": (
        "{what}从 {low} 到 {high}{kept}，没有一个值能使“{statement}”成立。",
        'No value of {what} from {low} to {high}{kept} makes "{statement}" hold.',
    ),
    "seek.nearest": (
        "最接近的是 {value}：{left} {operator} {right} 不成立，{off}{district}。",
        "Nearest miss: {value}, where {left} {operator} {right} does not hold, {off}{district}.",
    ),
    "seek.still_closing": (
        "到范围的一端（{value}）时差额仍在缩小；放宽 within，可能有答案。",
        "At this end of the range ({value}) the miss is still shrinking: a wider within may have an answer.",
    ),
    "seek.nearest_unknown": (
        "判断没有可比较的差额，说不出哪个值最接近。",
        "The statement has no margin to compare, so no value can be called the nearest.",
    ),
    "seek.in_district": ("（{name}）", " ({name})"),
    "seek.now": ("现为 {value}。", "It is {value} now."),
    "seek.all_along": (
        "范围内的值（{low} 至 {high}）都使它成立；答案可能在范围之外，要找到它请放宽 within。",
        "It holds all along the range ({low} to {high}); the answer may lie outside: widen within to find it.",
    ),
    "seek.at_low_end": (
        "{value} 是范围的下限，更小的值没有查。",
        "{value} is the low end of the range; smaller values were not looked at.",
    ),
    "seek.at_high_end": (
        "{value} 是范围的上限，更大的值没有查。",
        "{value} is the high end of the range; larger values were not looked at.",
    ),
    "seek.only_to": (
        "不是越大越好：{first} 至 {last} 成立，{after} 起不再成立。",
        "Larger is not always better: it holds from {first} to {last} and no longer at {after}.",
    ),
    "seek.only_from": (
        "不是越小越好：{first} 至 {last} 成立，到 {before} 就不成立。",
        "Smaller is not always better: it holds from {first} to {last} and not at {before}.",
    ),
    "seek.several": (
        "成立与否变化不止一次，成立的有 {count} 段：{stretches}。",
        "It flips more than once; it holds in {count} stretches: {stretches}.",
    ),
    "seek.looked_at_all": (
        "从 {low} 起每隔 {step} 取一个值，共 {count} 个，全部试算。",
        "Values from {low} in steps of {step}: all {count} were computed.",
    ),
    "seek.looked_at_some": (
        "从 {low} 起每隔 {step} 取一个值，共 {count} 个：先每隔 {stride} 试算一个，再在变化处逐步缩小到相邻两值，共试算 {tried} 个。"
        "在 {stride} 以内变过去又变回来的，可能没有看到。",
        "Values from {low} in steps of {step}, {count} in all: computed every {stride}, then narrowed down to neighbours where "
        "the answer changes, {tried} in all. What flips and flips back within {stride} may have been missed.",
    ),
    "seek.rejected": (
        "有 {count} 个值资金不足、不能分配，不算成立。如 {value}：{why}",
        "For {count} values money is short and nothing is paid; they do not count as holding. At {value}: {why}",
    ),
    "seek.invalid": (
        "有 {count} 个值不能计算，不算成立。如 {value}：{why}",
        "{count} values cannot be computed; they do not count as holding. At {value}: {why}",
    ),
    "seek.unknown": (
        "有 {count} 个值无法判断（缺数据），不算成立，如 {value}。",
        "For {count} values it is unknown (a figure is missing), which does not count as holding, as at {value}.",
    ),
    "seek.not_applicable": (
        "有 {count} 个值不适用，不算成立，如 {value}。",
        "For {count} values it does not apply, which does not count as holding, as at {value}.",
    ),
    "seek.hard_broken": (
        "注意：{value} 时有硬性要求不符合：{titles}。",
        "Mind: at {value} hard rules are broken: {titles}.",
    ),
    "seek.baseline_not_done": (
        "基准不能分配，没有可比的金额：{why}",
        "The baseline pays nobody, so there is nothing to compare with: {why}",
    ),
    # -- the answer of an optimisation
    "seek.best_smallest": (
        "在约束之下，{measure}最小为 {figure}：{settings}{kept}。",
        "Under the constraints, {measure} is smallest at {settings}{kept}: {figure}.",
    ),
    "seek.best_largest": (
        "在约束之下，{measure}最大为 {figure}：{settings}{kept}。",
        "Under the constraints, {measure} is largest at {settings}{kept}: {figure}.",
    ),
    "seek.setting": ("{what} {value}", "{what} = {value}"),
    "seek.no_best": (
        "试算的 {count} 组取值中，没有一组可行。",
        "Of the {count} points that were computed none is feasible.",
    ),
    "seek.equally_good": (
        "同样好的有 {count} 组，这是其中取值最小的（按所写顺序比较）。",
        "{count} points are equally good; this is the one with the smallest values, in the order in which they are written.",
    ),
    "seek.feasible": (
        "试算的 {count} 组中 {able} 组可行。",
        "Of the {count} points that were computed {able} are feasible.",
    ),
    "seek.infeasible": ("不可行的：{parts}。", "Not feasible: {parts}."),
    "seek.points_broken": ("不符合约束 {count} 组{rules}", "{count} break constraints{rules}"),
    "seek.points_rejected": ("资金不足 {count} 组", "for {count} money is short"),
    "seek.points_invalid": ("不能计算 {count} 组", "{count} cannot be computed"),
    "seek.points_missing": ("指标缺数据 {count} 组", "{count} lack the measure"),
    "seek.title_best": (
        "最好的取值下各地区金额，与基准比",
        "Districts at the best values, against the baseline",
    ),
    "seek.broken_by": ("（{rules}）", " ({rules})"),
    "seek.broken_rule": ("{title} {count} 组", "{title}: {count}"),
    "seek.searched_whole": (
        "网格上的 {size} 组取值全部试算，这就是其中最好的。",
        "All {size} points of the grid were computed: nothing on it is better.",
    ),
    "seek.searched_in_vain": (
        "网格上的 {size} 组取值已全部试算。",
        "All {size} points of the grid were computed.",
    ),
    "seek.searched_some": (
        "网格上共 {size} 组取值，试算了 {count} 组：先粗后细，逐步缩小步子，直到相邻一步都不更好。这是搜索所得，不能保证没有更好的。",
        "The grid has {size} points, {count} of which were computed: coarsely first, then in ever smaller steps until no point "
        "one step away is better. That is a search, no proof that nothing is better.",
    ),
    "seek.out_of_budget": (
        "网格上共 {size} 组取值，试算到 {count} 组时用完了 budget；还可能有更好的，请加大 budget 或步长。",
        "The grid has {size} points; the budget ended after {count}. There may be better ones: allow a larger budget or larger steps.",
    ),
    "seek.in_the_way": (
        "再走一步会更好，但不符合：{rules}。",
        "One step on it would be better, but this would be broken: {rules}.",
    ),
    "seek.nothing_in_the_way": (
        "相邻一步的取值都不更好，没有约束挡着。",
        "No point one step away is better; no constraint stands in the way.",
    ),
    "seek.at_ends": (
        "取值到了所给范围的边上：{settings}。",
        "At the end of its range: {settings}.",
    ),
    "seek.front_said": (
        "{first}与{second}的前沿有 {count} 点：不增加前者，就不能降低后者。{scope}",
        "The front of {first} against {second} has {count} points: less of the second takes more of the first. {scope}",
    ),
    "seek.front_of_all": ("（网格上全部可行的取值）", "(Of all feasible points of the grid.)"),
    "seek.front_of_some": ("（在试算过的取值中）", "(Of the points that were computed.)"),
    "seek.title_parameters": ("取值", "Values"),
    "seek.title_rules": ("约束和规则", "Constraints and rules"),
    "seek.title_front": ("{first}与{second}的前沿", "The front of {first} against {second}"),
    "seek.title_front_some": (
        "{first}与{second}的前沿（{count} 点中的 {shown} 点）",
        "The front of {first} against {second} ({shown} of {count} points)",
    ),
    "seek.what": ("变动的数", "Number"),
    "seek.is_now": ("现为", "Now"),
    "seek.best": ("最好的取值", "Best"),
    "seek.range": ("范围", "Range"),
    "seek.rule": ("要求", "Rule"),
    "seek.result": ("结果", "Result"),
    "seek.in_way": ("挡着", "In the way"),
    "seek.title_near": ("最接近处前后", "Around the nearest miss"),
    # -- tables
    "seek.sheet_answer": ("答案", "Answer"),
    "seek.sheet_around": ("答案前后", "Around it"),
    "seek.sheet_districts": ("各地区", "Districts"),
    "seek.sheet_values": ("试算", "Values"),
    "seek.sheet_whole_front": ("全部前沿", "Whole front"),
    "seek.sheet_front": ("前沿", "Front"),
    "seek.sheet_rules": ("要求", "Rules"),
    "seek.title_districts": (
        "{value} 时各地区金额，与基准比",
        "Districts at {value}, against the baseline",
    ),
    "seek.title_values": ("答案前后", "Around the answer"),
    "seek.title_all_values": ("试算过的值", "Values that were computed"),
    "seek.unit": ("单位：{unit}", "Unit: {unit}"),
    "seek.line": ("序号", "No."),
    "seek.says": ("说明", "What it says"),
    "seek.header_unit": ("{header}（{unit}）", "{header} ({unit})"),
    "seek.name": ("名称", "Name"),
    "seek.baseline": ("基准", "Baseline"),
    "seek.at_value": ("{value}", "{value}"),
    "seek.here": ("本方案", "Here"),
    "seek.change": ("增减", "Change"),
    "seek.change_pct": ("增减%", "Change %"),
    "seek.total": ("合计", "Total"),
    "seek.value": ("取值", "Value"),
    "seek.holds": ("成立", "Holds"),
    "seek.left": ("左边", "Left side"),
    "seek.right": ("右边", "Right side"),
    "seek.margin": ("差额", "Margin"),
    "seek.miss": ("差多少", "Missed by"),
    "seek.district": ("地区", "District"),
    "seek.yes": ("是", "yes"),
    "seek.no": ("否", "no"),
    "seek.says_unknown": ("无法判断", "unknown"),
    "seek.says_not_applicable": ("不适用", "does not apply"),
    "seek.says_rejected": ("资金不足", "money is short"),
    "seek.says_invalid": ("不能计算", "cannot be computed"),
    "seek.counts": (
        "与基准比：{winners} 个地区增加，{losers} 个减少，{unchanged} 个不变。",
        "Against the baseline: {winners} districts get more, {losers} less, {unchanged} the same.",
    ),
}
