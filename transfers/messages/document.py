"""What can be wrong with a policy document, and what to do about it."""

from __future__ import annotations

from transfers.messages.document_lists import TEXTS as OF_LISTS
from transfers.messages.document_payer import TEXTS as OF_THE_PAYER
from transfers.messages.document_promises import TEXTS as OF_PROMISES
from transfers.messages.document_services import TEXTS as OF_SERVICES
from transfers.messages.document_text import TEXTS as OF_THE_FILE

TEXTS: dict[str, tuple[str, str]] = {
    **OF_THE_FILE,
    **OF_THE_PAYER,
    **OF_LISTS,
    **OF_PROMISES,
    **OF_SERVICES,
    "document.missing_key": (
        "缺少“{key}”；请补上",
        "`{key}` is missing; add it",
    ),
    "document.unknown_key_near": (
        "没有“{key}”这个键；是否应为“{near}”？",
        "there is no key `{key}`; did you mean `{near}`?",
    ),
    "document.unknown_key": (
        "没有“{key}”这个键；此处可用：{allowed}",
        "there is no key `{key}`; the keys here are: {allowed}",
    ),
    "document.empty_value": (
        "“{key}”后面没有内容；请补上，不需要就删去这一行",
        "nothing stands behind `{key}`; write its value, or remove the key",
    ),
    "document.text_split": (
        "花括号内的逗号把“{name}”的文字拆开了；请给整段文字加引号：{name}: {text}",
        "inside braces a comma ends the text of `{name}`; put the whole text in quotes: {name}: {text}",
    ),
    "document.empty_change": (
        "等号后面没有值；请写出值，要取消这一项就写 null",
        "nothing stands behind the equals sign; write a value, or null to take this away",
    ),
    "document.number_split": (
        "“{key}”像是被逗号断开的数，逗号在括号内是分隔符；数中请勿写逗号，小数写成 1.5",
        "`{key}` seems to be the rest of a number with a comma, which separates entries here;"
        " write numbers without commas, and decimals with a point",
    ),
    "document.text_expected": (
        "“{key}”应是一段文字或一个公式；公式中有 [ 或 {{ 时请加引号，不需要就删去",
        "`{key}` should be a text or a formula; quote a formula that begins with a bracket, or"
        " remove the key",
    ),
    "document.mapping_expected": (
        "“{key}”应是一组键值，逐行缩进书写，或写在花括号内",
        "`{key}` should be a mapping: indented lines of `key: value`, or the same in braces",
    ),
    "document.list_expected": (
        "“{key}”应是列表，写在方括号内，用逗号分隔",
        "`{key}` should be a list: values in square brackets, separated by commas",
    ),
    "document.list_length": (
        "此处应恰好写 {length} 个值",
        "there should be exactly {length} values here",
    ),
    "document.empty_list": (
        "“{key}”至少应有一项；请补上，不需要就删去",
        "`{key}` needs at least one entry; write one, or remove the key",
    ),
    "document.empty_text": (
        "“{key}”是空的；请写明，不需要就删去",
        "`{key}` is an empty text; write it, or remove the key",
    ),
    "document.not_one_of": (
        "这里不能写“{text}”；可选：{allowed}",
        "`{text}` is not possible here; choose from: {allowed}",
    ),
    "document.not_one_of_near": (
        "这里不能写“{text}”；是否应为“{near}”？可选：{allowed}",
        "`{text}` is not possible here; did you mean `{near}`? Choose from: {allowed}",
    ),
    "document.not_understood": (
        "“{key}”的内容无法识别；请对照文档中该键的写法",
        "`{key}` cannot be understood; compare it with the description of this key",
    ),
    "document.number_expected": (
        "这里应写一个数，如 12.5 或 25%",
        "a number belongs here, such as 12.5 or 25%",
    ),
    "document.not_a_number": (
        "“{text}”不是可识别的数；请写成 12.5 或 25% 这样，不用千分位、空格和全角数字",
        "`{text}` is not a number; write it like 12.5 or 25%, without separators, spaces or"
        " full-width digits",
    ),
    "document.number_with_unit": (
        "“{text}”带了单位；这里只写数，参数的单位另写，如 {{value: 650, unit: 元/人}}",
        "`{text}` has a unit; write the number alone, and the unit of a parameter as in"
        " {{value: 650, unit: 元/人}}",
    ),
    "document.number_too_long": (
        "“{text}”位数过多；最多 60 位数字，指数不超过 99",
        "`{text}` has too many digits; at most 60 digits and an exponent up to 99",
    ),
    "document.not_whole": (
        "“{text}”不合适；这里应写 0 到 9999 的整数",
        "`{text}` does not fit; a whole number from 0 to 9999 belongs here",
    ),
    "document.too_many_digits": (
        "“{text}”不合适；小数位数应为 0 到 20 的整数",
        "`{text}` does not fit; the number of decimals is a whole number from 0 to 20",
    ),
    "document.below_min": (
        "此数小于规定的最小值 {min}；请改正此数，或调整 min",
        "this is less than the minimum {min}; correct it, or change `min`",
    ),
    "document.above_max": (
        "此数大于规定的最大值 {max}；请改正此数，或调整 max",
        "this is more than the maximum {max}; correct it, or change `max`",
    ),
    "document.min_above_max": (
        "最小值 {min} 大于最大值 {max}，没有数能同时满足；请改正其一",
        "the minimum {min} is above the maximum {max}, so no value fits; correct one of them",
    ),
    "document.range_without_number": (
        "type 为 {type} 的列没有大小范围；请删去此键，或改为 type: number",
        "a column of type {type} has no range; remove this key, or write `type: number`",
    ),
    "document.quantum_not_positive": (
        "最小支付额应大于零，例如 1 或 0.01",
        "the smallest payable sum is above zero, such as 1 or 0.01",
    ),
    "document.quantum_not_multiple": (
        "本项的最小支付额应是 money.quantum（{quantum}）的正整数倍",
        "a grant's quantum is a whole multiple of money.quantum ({quantum}), above zero",
    ),
    "document.quantum_too_large": (
        "本项的最小支付额过大，没有哪笔资金能按它拨付；请核对，不应超过 money.quantum 的一万亿倍",
        "this quantum is larger than any payment; check it: at most 10^12 times money.quantum",
    ),
    "document.policy_id": (
        "政策编号“{text}”不可用；请用字母、汉字、数字和 - _ .，不以符号开头，不超过 100 字",
        "the policy's id `{text}` cannot be used; take letters, digits and - _ . and begin with"
        " a letter or digit, at most 100 characters",
    ),
    "document.name": (
        "“{name}”不能作名称，公式无法引用；请以字母、汉字或 _ 开头，只用字母、汉字、数字和 _",
        "`{name}` cannot be a name, as formulas could not use it; begin with a letter or _, then"
        " letters, digits and _",
    ),
    "document.name_twin": (
        "名称“{name}”含全角或特殊字符，公式中会读作“{plain}”；请改写为“{plain}”",
        "the name `{name}` has full-width or special characters, and formulas read `{plain}`;"
        " write `{plain}`",
    ),
    "document.name_reserved": (
        "“{name}”在公式或结果表中另有含义，不能作名称；请改名，如 {name}_1",
        "`{name}` means something in formulas or in the table of results; choose another name,"
        " such as {name}_1",
    ),
    "document.name_taken": (
        "名称“{name}”已用于 {other}；一个名称只能指一样东西，请改名",
        "the name `{name}` already stands for {other}; a name means one thing: rename one",
    ),
    "document.value_expected": (
        "参数需要一个值：数、文字、分类表、分档或插值点",
        "a parameter needs a value: a number, a text, a table, steps or points",
    ),
    "document.column_expected": (
        "表取自文件时，value 应写数值所在的列名",
        "with `file`, `value` is the name of the column that holds the values",
    ),
    "document.file_edge": (
        "表取自文件时，请写明一列：类别 key、上限 up_to（含）或 below（不含）、插值点 at；"
        "各类各有一个表的，写 key 和后三者之一",
        "with `file`, name one column: of categories (key), upper edges (up_to, below) or points"
        " (at); or, where each category has its own, key and one of the others",
    ),
    "document.inner_without_key": (
        "inner_key 是两级类别的第二级，第一级写在 key 里；请用 key 写明第一级的列",
        "`inner_key` is the second level of a table whose first is `key`; name that column by `key`",
    ),
    "document.edge_without_file": (
        "此键只用于取自文件的表；请写明 file，或删去此键",
        "this key belongs to a table from a file; add `file`, or remove the key",
    ),
    "document.empty_table": (
        "表中没有内容；请至少写一项",
        "the table is empty; write at least one entry",
    ),
    "document.mixed_table": (
        "“{key}”下分了细类，而同表其他类别直接是数；请统一写法",
        "`{key}` is a table of its own while others are numbers; write all entries alike",
    ),
    "document.table_too_deep": (
        "表最多两层：类别和细类；请拆成几个参数",
        "a table has at most two levels; split it into several parameters",
    ),
    "document.step_expected": (
        "分档的每一项应写成 {{up_to: 上限, value: 值}}，插值点写成 {{at: 点, value: 值}}",
        "each step is written {{up_to: edge, value: v}}, each point {{at: x, value: y}}",
    ),
    "document.step_edge": (
        "每档恰好写一个上限：up_to（含）或 below（不含）；插值点写 at；只有最后一档可以不写",
        "each step has exactly one of up_to (inclusive), below (exclusive) or at (a point); only"
        " the last may have none",
    ),
    "document.points_and_steps": (
        "插值点（at）与分档（up_to、below）不能混在一个表里；请统一写法",
        "points (at) and steps (up_to, below) do not mix in one table; write all alike",
    ),
    "document.steps_not_ascending": (
        "这一档不高于前一档，永远用不到；请从低到高排列",
        "this step reaches no further than the one before and is never used; order them from low"
        " to high",
    ),
    "document.method_missing": (
        "没有写明分配办法；请选一种：share 按权重分、claim 按应得额核定、level 把低的补到同一水平",
        "no method is given; choose one: share (relative weights), claim (absolute entitlements)"
        " or level (raise the poorest to one level)",
    ),
    "document.method_several": (
        "同时写了 {keys}，分配办法只能有一种：share 按权重分、claim 按应得额核定、"
        "level 把低的补到同一水平",
        "{keys} stand side by side, but a division has one method: share (relative weights),"
        " claim (absolute entitlements) or level (raise the poorest to one level)",
    ),
    "document.pool_missing": (
        "{method} 需要一笔可分的资金；请写明 pool，如 pool: 4000 或 pool: remainder",
        "{method} divides a pool; add one, such as `pool: 4000` or `pool: remainder`",
    ),
    "document.within_without_pool": (
        "within 是先把资金分到各组，这里没有 pool；请写明 pool，或删去 within",
        "within divides a pool among groups, and there is no pool; add one, or remove `within`",
    ),
    "document.factors_missing": (
        "share 中应写 factors（因素及权重），或把 share 直接写成公式",
        "share needs `factors` with their weights, or is itself a formula",
    ),
    "document.factors_and_formula": (
        "factors 与 formula 只能写一个；请删去其一",
        "factors and formula exclude each other; remove one",
    ),
    "document.weight_negative": (
        "权重不能为负；负向的因素请先取倒数或差额，再作因素",
        "a weight is not negative; turn the factor round in a quantity instead",
    ),
    "document.path_of_data": (
        "“{name}”是地区的数据，不在政策文件中；在研究文件中请写在 data 下，如"
        " data: {{{name}: {{{district}: …}}}}",
        "`{name}` is data of districts and stands in no policy; in a study write it under `data`, as"
        " in `data: {{{name}: {{{district}: ...}}}}`",
    ),
    "document.weights_percent": (
        "（权重请写成百分比，如 {example}）",
        " (write weights as percentages, such as {example})",
    ),
    "document.weights_sum": (
        "各因素权重合计 {total}，应为 {one}（相差 {gap}）；请调整",
        "the weights add up to {total}, not {one} (off by {gap}); adjust them",
    ),
    "document.to_most_column": (
        "to_most 须写明差额归哪一列最大的地区，如 rounding: {{to_most: population}}",
        "to_most names the column whose largest district takes the difference, as in"
        " `rounding: {{to_most: population}}`",
    ),
    "document.rule_and_to_most": (
        "{rule} 与 to_most 是两种取整办法；请删去其一",
        "{rule} and to_most are two ways of rounding; remove one",
    ),
    "document.replaces_unknown": (
        "前面没有名为“{name}”的资金可以取代；写在本项之前的有：{earlier}",
        "no grant `{name}` stands above to be replaced; those above are: {earlier}",
    ),
    "document.grant_key_in_stage": (
        "{key} 只用于实际拨付的资金；测算环节不取整也不拨付，请删去，或移到 grants",
        "{key} belongs to grants; a stage is neither rounded nor paid: remove the key, or make"
        " this a grant",
    ),
    "document.formula_and_stage": (
        "写了 formula，又写了 {keys}；推算列要么是公式，要么是测算环节，请删去其一",
        "formula stands beside {keys}; a quantity is a formula or a stage, not both",
    ),
    "document.quantity_empty": (
        "没有写明怎么算；请写公式，或写成测算环节（pool 与 share、claim、level 之一）",
        "nothing says how this is computed; write a formula, or a stage (a pool with share, claim"
        " or level)",
    ),
    "document.grant_key_in_output": (
        "{key} 只用于实际拨付的资金；附加列不动用预算、不计入合计，请删去，或移到 grants",
        "{key} belongs to grants; an output takes nothing from the budget and is in no total:"
        " remove the key, or make this a grant",
    ),
    "document.formula_and_division": (
        "写了 formula，又写了 {keys}；附加列要么是公式，要么是分配，请删去其一",
        "formula stands beside {keys}; an output is a formula or a division, not both",
    ),
    "document.formula_key_in_division": (
        "{key} 只用于公式；分配的结果以金额单位计，是最小支付额的整数倍，请删去",
        "{key} belongs to a formula; what a division gives is money in whole quanta: remove the key",
    ),
    "document.never_negative": (
        "按 share 或 level 分配的数不会为负，没有可扣回的；请删去 negative，或改用公式、claim",
        "what share or level gives is never below zero, so there is nothing to return: remove"
        " `negative`, or use a formula or a claim",
    ),
    "document.output_empty": (
        "没有写明怎么算；请写公式，或写成分配（pool 与 share、claim、level 之一）",
        "nothing says how this is computed; write a formula, or a division (a pool with share,"
        " claim or level)",
    ),
    "document.solve_parameter": (
        "“{name}”不是取单个数值的参数，无法求解；可选：{known}",
        "`{name}` is not a parameter with a single number; choose from: {known}",
    ),
    "document.within_empty": (
        "求解区间的低值应小于高值",
        "the search runs from a lower to a higher value; put the lower first",
    ),
    "document.percent_meant": (
        "原值是 {old}，“{text}”可以是 {text}%，也可以是 {ratio}%；请写明百分号",
        "the value is {old}; {text} may be {text}% or {ratio}%: write the one that is meant, with its sign",
    ),
    "document.percent_beside_unit": (
        "{text} 旁写了单位“{unit}”；数已按该单位计，再写百分号就成了它的百分之一。请写 {plain}，或删去 unit",
        "{text} stands beside the unit {unit!r}; the figure is in that unit already, and the percent sign would make it a hundredth. Write {plain}, or remove `unit`",
    ),
    "document.one_of_without_text": (
        "one_of 只用于文字列；类型 {type} 请删去，数值范围请写 min、max",
        "one_of is for texts; leave it out for type {type}, or write min and max for a range",
    ),
    "document.reject_not_last": (
        "reject 表示不予分配，后面的办法不会再用；请只写 reject，或删去它",
        "after reject nothing else is tried; write reject alone, or leave it out",
    ),
    "document.unknown_path": (
        "政策文件中没有路径“{path}”；请按文件中的层次逐级写，用点连接，如 parameters.growth_cap",
        "the document has no path `{path}`; write the keys as they nest, joined by dots, such as"
        " parameters.growth_cap",
    ),
    "document.unknown_path_near": (
        "政策文件中没有路径“{path}”；是否应为“{near}”？",
        "the document has no path `{path}`; did you mean `{near}`?",
    ),
    "document.header_rows": (
        "表头写一行（header: 3），或首行和末行（header: [3, 4]），从 1 数起，至多 10 行",
        "A header is one row (`header: 3`), or its first and last (`header: [3, 4]`), counted from 1, ten at most",
    ),
    "document.sum_of": (
        "“{name}”不是 inputs 中的另一列；sum_of 只能列出本节中的其他列",
        "`{name}` is no other input; `sum_of` lists inputs of this section",
    ),
}
