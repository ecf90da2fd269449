"""Texts of the family "formula": what is wrong with a formula or with the rule it stands in."""

from transfers.messages.formula_services import TEXTS as OF_SERVICES
from transfers.messages.formula_units import TEXTS as OF_UNITS

TEXTS: dict[str, tuple[str, str]] = {
    **OF_SERVICES,
    **OF_UNITS,
    "formula.budget_below_grants": (
        "budget 写在各项资金（grants）之后，不起限额作用；请把 budget 一节移到 grants 之前。",
        "A budget below the grants limits none of them; move `budget` above `grants`.",
    ),
    "formula.file_blank_key": (
        "类别列这一格是空的；请每一行都写上类别。",
        "This row has no category; write it in every row.",
    ),
    # -- grammar -------------------------------------------------------------------------------
    "formula.empty": ("这里需要一个公式。", "A formula is needed here."),
    "formula.too_long": (
        "公式过长（最多 {longest} 个字符），请拆成几个 quantities。",
        "The formula is too long ({longest} characters at most); split it into quantities.",
    ),
    "formula.too_deep": (
        "公式层数过多（最多 {deepest} 层），请拆成几个 quantities。",
        "The formula is nested too deeply ({deepest} levels at most); split it into quantities.",
    ),
    "formula.too_deep_inside": (
        "函数套函数太多，展开后无法计算；请拆成几个 quantities。",
        "Too many functions inside functions to compute with; split the formula into quantities.",
    ),
    "formula.too_many_parts": (
        "一个公式里连着的项太多（最多 {most} 项）；请拆成几个 quantities，或写成表。",
        "The formula strings too many parts together ({most} at most); split it into quantities, or use a table.",
    ),
    "formula.unknown_sign": (
        "公式里不能有“{sign}”；可用的符号有 + - * / ^ ( ) [ ] , < > =。",
        "The sign {sign!r} has no meaning in a formula; there are + - * / ^ ( ) [ ] , < > =.",
    ),
    "formula.open_quote": (
        "引号没有配对；请在文字末尾补上。",
        "This quotation mark is never closed; add one at the end of the text.",
    ),
    "formula.unit_after_number": (
        "数后面不写单位“{word}”；金额按 money.unit 计，其他单位写在参数的 unit 里。",
        "Leave out {word!r} behind the number: money is in money.unit, other units stand in the unit of a parameter.",
    ),
    "formula.incomplete": (
        "公式没有写完，末尾缺内容。",
        "The formula ends too early; something is missing at its end.",
    ),
    "formula.double_star": ("乘方请写 ^，例如 x ^ 2。", "Write ^ for a power, as in x ^ 2."),
    "formula.chained_comparison": (
        "不能连续比较；请写 a < b and b < c。",
        "Comparisons cannot be chained; write a < b and b < c.",
    ),
    "formula.chained_power": (
        "连续乘方请加括号：(a ^ b) ^ c 或 a ^ (b ^ c)。",
        "Put brackets: (a ^ b) ^ c or a ^ (b ^ c).",
    ),
    "formula.number_split": (
        "数字中间断开了；千分位请不要写逗号或空格。",
        "This number is broken in two; write it without separators.",
    ),
    "formula.unexpected": (
        "这里不应出现“{word}”；请检查它前后的运算符、逗号和括号。",
        "{word!r} does not fit here; check operators, commas and brackets around it.",
    ),
    "formula.unclosed": (
        "公式写到末尾还缺少“{sign}”；请补上。",
        "{sign!r} is missing where the formula ends; add it.",
    ),
    "formula.option_twice": ("选项 {option}= 写了两次。", "The option {option}= is given twice."),
    "formula.number_too_long": (
        "数字 {number} 位数过多。",
        "The number {number} has more digits than can be held.",
    ),
    "formula.leading_equals": ("公式前面不要写等号。", "Leave out the equals sign in front."),
    "formula.excel_logic": (
        "请写 a and b，不要写 {word}(a, b)。",
        "Write a and b rather than {word}(a, b).",
    ),
    # -- names ---------------------------------------------------------------------------------
    "formula.misspelt_name": (
        "没有“{name}”这个名称，是否是“{near}”？",
        "There is no {name!r} here; did you mean {near!r}?",
    ),
    "formula.lookalike_name": (
        "没有“{name}”这个名称；它看似“{near}”，但其中的 {sign} 不是英文字母，请重新键入。",
        "There is no {name!r} here; it looks like {near!r}, but {sign} is a letter of another script: type it again.",
    ),
    "formula.unknown_name": (
        "没有“{name}”这个名称。上文已有：{known}。",
        "There is no {name!r} here. Names defined above: {known}.",
    ),
    "formula.name_below": (
        "“{name}”在下文（第 {line} 行）才定义；公式只能用上文的名称，请调整顺序。",
        "{name!r} is defined further down (line {line}); a formula uses only names above it: move it up.",
    ),
    "formula.name_later": (
        "“{name}”在后面才算出；公式只能用上文的名称。",
        "{name!r} is computed later; a formula uses only names above it.",
    ),
    "formula.name_itself": (
        "“{name}”不能用它自己来定义。",
        "{name!r} cannot be defined by itself.",
    ),
    "formula.function_without_brackets": (
        "“{name}”是函数，请写 {name}(…)。",
        "{name!r} is a function: write {name}(...).",
    ),
    "formula.misspelt_function": (
        "没有函数“{name}”，是否是“{near}”？",
        "There is no function {name!r}; did you mean {near!r}?",
    ),
    "formula.unknown_function": (
        "没有函数“{name}”。可用的函数：{known}。",
        "There is no function {name!r}. Functions: {known}.",
    ),
    "formula.argument_count": (
        "{name} 需要 {least} 到 {most} 个参数，写了 {count} 个。",
        "{name} takes {least} to {most} arguments, not {count}.",
    ),
    "formula.argument_count_exact": (
        "{name} 需要 {least} 个参数，写了 {count} 个。",
        "{name} takes {least} argument(s), not {count}.",
    ),
    "formula.digits_whole": (
        "digits= 须是 -{most} 到 {most} 的整数。",
        "digits= must be a whole number from -{most} to {most}.",
    ),
    "formula.to_above_zero": ("to= 须大于零。", "to= must be above zero."),
    "formula.quantile_single": (
        "分位点须是一个数，不能每个地区不同。",
        "The point of a quantile must be one figure, not one per district.",
    ),
    "formula.one_argument_extreme": (
        "{name}(…) 在同一地区的几个数中取值，至少要两个参数；各地区之间取值请用 {over}(…)。",
        "{name}(...) chooses among figures of one district and takes two or more; over districts use {over}(...).",
    ),
    "formula.unknown_option": (
        "{name} 没有选项 {option}=；可用：{known}。",
        "{name} has no option {option}=; it has: {known}.",
    ),
    "formula.misspelt_option": (
        "{name} 没有选项 {option}=，是否是 {near}=？",
        "{name} has no option {option}=; did you mean {near}=?",
    ),
    "formula.digits_and_to": ("digits= 与 to= 只能写一个。", "Give digits= or to=, not both."),
    "formula.option_not_constant": (
        "digits= 和 to= 必须是写明的数。",
        "digits= and to= must be written as a number.",
    ),
    "formula.by_not_column": (
        "分组须是各地区的一列。",
        "Groups must be a column with a value for each district.",
    ),
    # -- lists ---------------------------------------------------------------------------------
    "formula.over_not_list": (
        "over= 后面须是 lists 中的一个清单，“{name}”不是；现有：{known}。",
        "over= takes one of the lists of the document; {name!r} is none. There are: {known}.",
    ),
    "formula.list_name": (
        "“{name}”是清单，不是数值；请写它的一列，如 {name}.{column}，或用作 over={name}。",
        "{name!r} is a list, not a figure; write one of its columns, such as {name}.{column}, or over={name}.",
    ),
    "formula.list_column": (
        "清单 {list} 没有声明列“{column}”；已声明：{known}。请在 lists.{list}.columns 中声明。",
        "The list {list} declares no column {column!r}; it has: {known}. Declare it under lists.{list}.columns.",
    ),
    "formula.over_wanted": (
        "这是清单 {list} 各项目的数，与地区无关；沿清单合并请写 {function}(…, over={list})。",
        "These are figures of the items of {list}, the same for all districts; along the list write {function}(..., over={list}).",
    ),
    "formula.over_left": (
        '这里每个地区只能有一个数，而 {name} 对清单 {list} 的每个项目各有一个；请合并，如 sum({name}, over={list})；只取其中一项，如 sum({name}, over={list}, where={list}.key == "…")。',
        'One figure per district is needed here, and {name} has one for each item of {list}; fold them, as in sum({name}, over={list}), or pick one, as in sum({name}, over={list}, where={list}.key == "...").',
    ),
    "formula.two_lists": (
        "一个公式里不能同时逐项使用两个清单（{first}、{second}）；请先用 over= 合并其中一个。",
        "Items of two lists ({first}, {second}) cannot stand beside each other; fold one of them with over= first.",
    ),
    # -- kinds ---------------------------------------------------------------------------------
    "formula.text_not_number": (
        "这里需要数值，而这是文字。",
        "A number is needed here, this is a text.",
    ),
    "formula.boolean_not_number": (
        "这里需要数值，而这是判断（是/否）；可写 if(…, 1, 0)。",
        "A number is needed here, this is a statement; write if(..., 1, 0).",
    ),
    "formula.not_statement": (
        '这里需要一个判断，例如 tier == "A"。',
        'A statement is needed here, such as tier == "A".',
    ),
    "formula.number_wanted": (
        "这里需要数值公式。",
        "A formula that yields numbers is needed here.",
    ),
    "formula.boolean_wanted": (
        '这里需要判断公式，例如 tier == "A"。',
        'A statement is needed here, such as tier == "A".',
    ),
    "formula.not_comparable": (
        "这两项不能这样比较：文字只能用 == 或 !=，且两边类型须相同。",
        "These cannot be compared like this: texts only with == or !=, and both sides of one kind.",
    ),
    "formula.branches_differ": (
        "if 的两个结果类型不同。",
        "The two results of if are of different kinds.",
    ),
    "formula.none_misplaced": (
        "none 只能作为 floor、cap、fixed 的结果，例如 if(新设, none, 上年)。",
        "none may only be a result of floor, cap or fixed, as in if(new, none, last_year).",
    ),
    "formula.no_category": (
        "“{text}”不在该列允许的取值中：{allowed}。",
        "{text!r} is not among the allowed values: {allowed}.",
    ),
    # -- tables --------------------------------------------------------------------------------
    "formula.table_without_index": (
        "“{name}”是一张表，请写 {name}[列名]。",
        "{name!r} is a table: write {name}[column].",
    ),
    "formula.table_with_brackets": (
        "“{name}”是一张表，请用方括号：{name}[列名]。",
        "{name!r} is a table: use square brackets, {name}[column].",
    ),
    "formula.not_a_table": (
        "“{name}”不是表，也不是按项目的量，不能用方括号取值。{hint}",
        "{name!r} is neither a table nor has it items; it takes no square brackets.{hint}",
    ),
    "formula.one_district": (
        '取一个地区的数，请写 sum({name}, where=key == "{key}")。',
        ' The figure of one district is sum({name}, where=key == "{key}").',
    ),
    "formula.no_item": (
        "清单“{list}”里没有：{absent}；已有：{known}。",
        "The list {list!r} has no item {absent}; it has: {known}.",
    ),
    "formula.misspelt_item": (
        "清单“{list}”里没有：{absent}；是否是“{near}”？",
        "The list {list!r} has no item {absent}; did you mean {near!r}?",
    ),
    "formula.previous_without_items": (
        "previous 取清单中前一个项目的数，这里的数不按项目；请用写了 over: 的输入或清单的列。",
        "previous gives the figure of the item before; this figure has no items. Use an input with "
        "`over:` or a column of a list.",
    ),
    "formula.text_wanted": (
        '另一边是文字，数要写在引号里："{number}"。',
        'The other side is a text: write "{number}" in quotes.',
    ),
    "formula.figure_wanted": (
        "另一边是数值，请去掉引号：{text}。",
        "The other side is a figure: write {text} without quotes.",
    ),
    "formula.table_depth": (
        "“{name}”须用 {depth} 个方括号取值。",
        "{name!r} takes {depth} square brackets.",
    ),
    "formula.no_entry": (
        "“{name}”里没有：{absent}；已有：{known}。",
        "{name!r} has no entry for {absent}; it has: {known}.",
    ),
    "formula.boolean_index": (
        "“{name}”不能用判断取值。",
        "{name!r} cannot be indexed by a statement.",
    ),
    "formula.steps_without_function": (
        "“{name}”是分档表，请写 step(…, {name})、marginal 或 interpolate。",
        "{name!r} is a table of steps: write step(..., {name}), marginal or interpolate.",
    ),
    "formula.stages_without_function": (
        "“{name}”的每一类各有一个分档或插值表，请写 step(…, {name}[列名])、marginal 或 interpolate。",
        "{name!r} has a table of steps or points for each category: write "
        "step(..., {name}[column]), marginal or interpolate.",
    ),
    "formula.stages_without_index": (
        "“{name}”的每一类各有一个表，请写 {function}(…, {name}[列名])。",
        "{name!r} has a table for each category: write {function}(..., {name}[column]).",
    ),
    "formula.no_steps": (
        "第二个参数须是分档参数（up_to 或 below 列表）的名称；要选择，把 if 写在外面：if(…, step(x, 甲), step(x, 乙))。",
        "The second argument must be the name of a parameter with steps (up_to or below); a choice stands outside: if(..., step(x, a), step(x, b)).",
    ),
    "formula.no_points": (
        "第二个参数须是插值点参数（at 列表）的名称；要选择，把 if 写在外面：if(…, interpolate(x, 甲), interpolate(x, 乙))。",
        "The second argument must be the name of a parameter with points (at); a choice stands outside: if(..., interpolate(x, a), interpolate(x, b)).",
    ),
    "formula.file_column": (
        "文件中没有列：{columns}；已有：{known}。",
        "The file has no column {columns}; it has: {known}.",
    ),
    "formula.file_duplicate": (
        "文件中类别“{key}”重复。",
        "The file has the category {key!r} twice.",
    ),
    "formula.file_edges": (
        "文件中没有一行有边界；每类至少一行，只有最高档可以空白。",
        "The file has no row with an edge; each category needs one, and only the last may be blank.",
    ),
    "formula.file_order": (
        "边界 {edge} 不高于上一行的 {before}；请从低到高排列。各类各有一个表的，"
        "请用 key 写明作类别的列。",
        "The edge {edge} is no higher than {before} in the row before; order them from low to high."
        " If each category has a table of its own, name the column of categories with `key`.",
    ),
    "formula.file_order_by_key": (
        "边界 {edge} 不高于同一类上一行的 {before}；请从低到高排列。",
        "The edge {edge} is no higher than {before}, in the row before of the same category; "
        "order them from low to high.",
    ),
    "formula.file_number": ("“{cell}”不是数值。", "{cell!r} is not a number."),
    "formula.file_blank": (
        "“{column}”列空白（{keys}）；请填上数。",
        "Column {column} is blank ({keys}); write a number.",
    ),
    "formula.plain_number": ("无单位的数", "a plain number"),
    # -- units ---------------------------------------------------------------------------------
    "formula.single_pool": (
        "pool 须是一个数，而该公式每个地区一个值；请用 sum(…) 汇总，或写 within。",
        "The pool must be one figure, but this formula has one per district: use sum(...), or within.",
    ),
    "formula.single_reserve": (
        "储备的金额须是一个数，而该公式每个地区一个值；请用 sum(…) 汇总。",
        "A reserve is one sum of money, but this formula has one per district: use sum(...).",
    ),
    "formula.field_later": (
        "“{name}”要到全部资金算完之后才知道，只能用在 grants 后面，如 outputs。",
        "{name} is known only when all grants have been paid; use it below grants, as in outputs.",
    ),
    "formula.name_without_field": (
        "单写“{name}”不知指哪个数；可用：{fields}。",
        "{name} alone is no figure; write one of: {fields}.",
    ),
    "formula.next_of_many": (
        "“{name}”不是一个数（是表、档次、文字，或来自文件）；next 只写得出一个数的参数，请删去；自某年起不同的，在研究文件的 years 里用 set 或 changes 写明那一年。",
        "`{name}` is not one figure (it is a table, steps, a text, or comes from a file); `next` is for parameters with one: remove it. What is another from a year on is said in `set` or `changes` below `years` of a study.",
    ),
    "formula.single_next": (
        "参数下一年度的数须是一个数，而该公式每个地区一个值；请用 sum(…) 汇总。",
        "What a parameter becomes must be one figure, but this formula has one per district: use sum(...).",
    ),
    "formula.single_next_of_item": (
        "清单列下一年度的数须每一项一个，而该公式每个地区一个值；请用 sum(…) 汇总。",
        "What a column of a list becomes must be one figure per item, but this formula has one per district: use sum(...).",
    ),
    "formula.single_budget": (
        "budget 须是一个数，而该公式每个地区一个值；请用 sum(…) 汇总。",
        "The budget must be one figure, but this formula has one per district: use sum(...).",
    ),
    "formula.remainder_without_budget": (
        "remainder 是预算余额，需要先在上文写 budget。",
        "remainder is what is left of the budget: write a budget above.",
    ),
    "formula.remainder_of_stage": (
        "中间分配不动用预算，pool 不能是 remainder。",
        "A stage does not draw on the budget; its pool cannot be remainder.",
    ),
    "formula.remainder_of_output": (
        "附加列不动用预算，pool 不能是 remainder；请写数或公式，例如 90% * sum(last_year)。",
        "An output takes nothing from the budget; its pool cannot be remainder. Write a sum or a formula, such as 90% * sum(last_year).",
    ),
    "formula.clawback_not_money": (
        "写了 negative: clawback，这一列须是金额，而单位是“{unit}”；请删去 negative，或检查公式和单位。",
        "With negative: clawback this column is money, but its unit is {unit!r}: remove `negative`, or check formula and unit.",
    ),
    "formula.clawback_one_figure": (
        "写了 negative: clawback，这一列须逐地区有数，而公式只得一个数，不知由谁扣回；请删去 negative，或写成逐地区的公式，如 total - advance。",
        "With negative: clawback each district has a figure of its own to return, but this formula has one for all: remove `negative`, or write a formula per district, such as total - advance.",
    ),
    "formula.factor_not_name": (
        "因素须是输入或推算列的名称；“{name}”请先写成 quantities。",
        "A factor is the name of an input or quantity; define {name!r} under quantities first.",
    ),
    "formula.within_needs_share": (
        "within 需要各组的份额 share，或让 pool 每组一个值。",
        "within needs a share per group, or a pool with one value per group.",
    ),
    "formula.level_by_within": (
        "level.by 与 within 不能同时使用。",
        "level.by and within cannot be used together.",
    ),
    "formula.not_a_number_of_document": (
        "文件的这个路径上没有可调的数值。",
        "There is no number to move at this path of the document.",
    ),
    "formula.solve_statement": (
        "so_that 须是两个数相等的判断，例如 sum(aid) == target。",
        "so_that must be an equation of two figures, such as sum(aid) == target.",
    ),
    "formula.sum_of_kind": (
        "“{part}”（{part_unit}）与“{name}”（{unit}）不是同类数值，不能相加；请核对单位和 sum_of。",
        "“{part}” ({part_unit}) is not of the kind of “{name}” ({unit}) and cannot be part of it; check the units and `sum_of`.",
    ),
}
