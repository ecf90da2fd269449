"""Texts of `transfers check`."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "checks.figure_moved": (
        "{district}的 {input} 由 {old} 变为 {new}",
        "{input} of {district} goes from {old} to {new}",
    ),
    "checks.number_moved": (
        "{path} 由 {old} 变为 {new}",
        "{path} goes from {old} to {new}",
    ),
    # What promises of arithmetic say of a break, beyond their own sentence.
    "checks.remainder_unnamed": (
        "拨付数加上单列的余款不等于资金规模",
        "amounts and the remainder that is named are not the pool",
    ),
    "checks.run_unbalanced": (
        "整个测算收支不平：多付的钱没有来源",
        "the whole run does not balance: what is paid beyond all money comes from nowhere",
    ),
    "checks.amounts_unlike_balance": (
        "收支平衡表所列拨付数与各地拨付数合计不符",
        "the balance tells another sum than districts are paid",
    ),
    "checks.not_eligible": (
        "不符合享受条件却有拨付数",
        "paid without being eligible",
    ),
    "checks.not_taken_in": (
        "付出与结余之和不等于所得资金（自有、动用储备、上解）",
        "what is paid and left is not what was taken in (own money, reserves, contributions)",
    ),
    "checks.negative_unannounced": (
        "算出了负数，而文件没有规定扣减：不应扣减的写 max(0, …) 或 floor: 0；确要扣减的，"
        "用 contributions 写明钱的去向（付款方留存写 none）",
        "a claim comes out below zero, and the document announces no penalty: write max(0, ...) or"
        " floor: 0 where nothing is to be taken; where it is, say with contributions where the"
        " money goes (none: the payer keeps it)",
    ),
    "checks.no_claims": (
        "没有按 claim 计算的资金项目，拨付数不可能为负",
        "no grant has a claim, so no amount can be below zero",
    ),
    "checks.no_bounds": (
        "没有 floor、cap、fixed",
        "there is no floor, no cap and no fixed value",
    ),
    "checks.quota_given_up": (
        "取整办法 {rule} 是文件自己选定的：没有一种取整办法既使每地与应得数相差不到一个最小支付额，"
        "又在资金增加时不减任何一地",
        "the document has chosen the rounding rule {rule}: no rule keeps everybody within one"
        " quantum of what is due and takes from nobody when the pool grows",
    ),
    "checks.pays_one_only": (
        "两次测算只有一次能够拨付",
        "only one of the two runs pays",
    ),
    "checks.shortage_untold": (
        "缺口没有报告",
        "a shortage that no finding tells",
    ),
    "checks.shortage_mistold": (
        "报告的缺口不是实际缺口",
        "the finding tells another sum than is short",
    ),
    "checks.left_untold": (
        "无人可得的余款没有报告",
        "money that nobody may take, and no finding tells",
    ),
    "checks.rejected_without_shortage": (
        "没有缺口却不拨付",
        "nobody is paid though nothing is short",
    ),
    "checks.no_levers": (
        "资金规模不是文件中的数字，也没有可放大的上下限",
        "no number of the document says how much money there is, and no bound can be moved",
    ),
    "checks.no_money_stated": (
        "资金规模不是文件中的数字，由各地数据得出",
        "no number of the document says how much money there is; it follows from districts' figures",
    ),
    "checks.money_solved_for": (
        "参数由方程解出，资金规模不能加倍",
        "a parameter is solved for, so that the money cannot be doubled",
    ),
    "checks.no_growth_cap": (
        "没有写明增幅上限；请写成 growth_cap: {{at_most: 25%}} 这样",
        "no cap is stated; write it like growth_cap: {{at_most: 25%}}",
    ),
    "checks.doubtful_at_most": (
        "at_most: {part}% 允许比上年增长 {part}%，即最多为上年的 {times} 倍；"
        "如指不超过上年的 {part}%，请写 at_most: {less}%",
        "at_most: {part}% allows {part}% growth, which is {times} times last year's amount;"
        " write at_most: {less}% if up to {part}% of last year's amount is meant",
    ),
    "checks.doubtful_at_least": (
        "at_least: {part}% 要求不低于上年的 {part}%，即必须增长；全额保上年请写 at_least: 100%",
        "at_least: {part}% guarantees {part}% of last year's amount, which is growth;"
        " write at_least: 100% to guarantee last year's amount",
    ),
    "checks.never_short": (
        "没有上下限，也没有按 claim 计算的项目，资金多少都分得完",
        "without bounds and claims no sum of money is too little or too much",
    ),
    "checks.rows_reversed": ("地区表倒序", "the rows of the table reversed"),
    "checks.rows_rotated": ("地区表首行移至末行", "the first row of the table moved to its end"),
    "checks.keys_exchanged": (
        "地区代码互换（各地数据不变）",
        "districts exchange their codes and keep their data",
    ),
    "checks.keys_new": ("地区换了新代码", "districts have new codes"),
    "checks.column_times": (
        "{input} 各地同乘 {times}（没有写明 unit）",
        "{input} times {times} everywhere (it says no unit)",
    ),
    "checks.declare_unit": (
        "给 {input} 写明 unit，或先换算成份额、人均再相加",
        "say the unit of {input}, or make shares or figures per head of it before adding",
    ),
    "checks.column_in_unit": (
        "{input} 在表中以 {unit} 计",
        "the table has {input} in {unit}",
    ),
    "checks.columns_in_other_units": (
        "表中各列换个计量单位",
        "the table's columns are in other units",
    ),
    "checks.no_unit_moves": (
        "没有可以换单位的列",
        "no column can be in another unit",
    ),
    "checks.column_irrelevant": (
        "规则没有用到的 {input} 变了",
        "{input}, which no rule uses, is other",
    ),
    "checks.column_added": (
        "表中多了一列 {input}",
        "the table has one more column, {input}",
    ),
    "checks.parts_unlike_amount": (
        "分解出的各部分合计 {parts}，拨付数 {amount}（单位：最小支付额）",
        "the parts come to {parts}, the amount is {amount} (in quanta)",
    ),
    "checks.grants_unlike_total": (
        "各项资金之和不等于合计",
        "the grants do not add up to the total",
    ),
    "checks.run_again": ("同样的数据再算一次", "the same run once more"),
    "checks.run_in_company": ("与其他情景一起测算", "run in the company of other scenarios"),
    "checks.bytes_differ": (
        "金额相同，但某些数字的最后几位不同",
        "amounts are the same, but the last digits of some figures differ",
    ),
    "checks.null_variant": ("方案没有改动任何数", "a variant that changes no number"),
    "checks.difference_turned": (
        "甲减乙与乙减甲不是相反数",
        "A less B is not B less A with the other sign",
    ),
    "checks.next_year": ("下一年度", "the following year"),
    "checks.next_unlike_paid": (
        "next 给 {input} 的不是本年拨付数",
        "next gives {input} something else than what was paid",
    ),
    "checks.next_stale": (
        "next 给 {input} 的还是旧基数",
        "next leaves the old base in {input}",
    ),
    "checks.no_next": (
        "文件没有写 next：下一年度的基数从何而来没有规定",
        "the document has no next: it does not say where the following year's base comes from",
    ),
    "checks.money_times": (
        "全部金额同乘 {times}",
        "all money is {times} times as much",
    ),
    "checks.not_indexed": (
        "“{formula}”中的 {number} 是写死的金额，不随其他金额变动；请列为参数",
        "{number} in `{formula}` is money that stays what it is; make it a parameter",
    ),
    "checks.cloned": (
        "另添一个与{district}数据相同的地区（{clone}）",
        "a district with the data of {district} is added ({clone})",
    ),
    "checks.cloned_with": (
        "另添一个与{district}只有 {input} 不同的地区（{clone}），其 {input} 为 {new}",
        "a district like {district} is added ({clone}) whose {input} is {new}",
    ),
    "checks.gets_beside": (
        "{one}得 {got}，{other}得 {gets}",
        "{one} gets {got}, {other} gets {gets}",
    ),
    "checks.left": (
        "去掉{district}，资金规模不变",
        "{district} is taken out, the money stays",
    ),
    "checks.everything_twice": (
        "每个地区各添一个相同的，资金规模加倍",
        "every district is there twice, and twice the money",
    ),
    "checks.merged": (
        "{one}与{other}合并",
        "{one} and {other} become one",
    ),
    "checks.split": (
        "{district}一分为二，各占一半",
        "{district} becomes two halves",
    ),
    "checks.apart_and_one": (
        "分开共得 {apart}，合为一地得 {one}",
        "apart they get {apart}, as one {one}",
    ),
    "checks.both_years": (
        "先降后升：{first}，次年 {second}；不降：{first_else}，次年 {second_else}",
        "with the decline {first}, then {second}; without it {first_else}, then {second_else}",
    ),
    "checks.overtakes": (
        "分配前{one}人均财力低于{other}，分配后高于后者",
        "{one} has less per head than {other} before, and more afterwards",
    ),
    "checks.gini": (
        "人均财力基尼系数由 {before} 升至 {after}",
        "the Gini coefficient of resources per head goes from {before} to {after}",
    ),
}
