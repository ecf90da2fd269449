"""Texts of the family "check_report": what `transfers check` tells people."""

from __future__ import annotations

_BREAKS: dict[str, tuple[str, str]] = {
    "check_report.tried": (
        "共试 {tables} 张表（{stages}），测算 {runs} 次。",
        "Tried {tables} tables ({stages}) in {runs} runs.",
    ),
    "check_report.tried_saved": ("以前的反例 {count}", "saved before: {count}"),
    "check_report.tried_real": ("实际的表 {count}", "own table: {count}"),
    "check_report.tried_thresholds": ("临界处 {count}", "edges: {count}"),
    "check_report.tried_tiny": ("小型表 {count}", "tiny: {count}"),
    "check_report.tried_random": ("随机生成 {count}", "random: {count}"),
    "check_report.few": (
        "有 {count} 项试得太少，成立也说明不了多少；请加大 --seconds：{names}",
        "{count} held on so few that it says little: give more --seconds: {names}",
    ),
    "check_report.breaks": ("{title}（{id}）：不成立", "{title} ({id}): broken"),
    "check_report.breaks_only_told": (
        "{title}（{id}）：不成立（未承诺，只作报告）",
        "{title} ({id}): does not hold (not promised: told only)",
    ),
    "check_report.promised": ("承诺：{says}", "Promise: {says}"),
    "check_report.on_real": (
        "在实际的地区表上就已不成立（{count} 个地区），最严重的：",
        "On your own table it is broken already (districts: {count}), the worst:",
    ),
    "check_report.on_real_more": ("另有 {count} 个地区", "and {count} more"),
    "check_report.smallest": ("找到的最小的表：", "The smallest table that was found:"),
    "check_report.changed": ("变动：{changed}", "Change: {changed}"),
    "check_report.how": ("说明：{how}", "How: {how}"),
    "check_report.too_little": (
        "{who}为 {figure}，应不少于 {limit}，少 {excess}",
        "{who}: {figure}, should be at least {limit}: {excess} too little",
    ),
    "check_report.too_much": (
        "{who}为 {figure}，应不多于 {limit}，多 {excess}",
        "{who}: {figure}, should be at most {limit}: {excess} too much",
    ),
    "check_report.too_far": ("{who}相差 {excess}", "{who}: off by {excess}"),
    "check_report.off": (
        "差额：{off}（容许 {tolerance} 个最小支付额）",
        "Broken by: {off} (tolerated: {tolerance} quanta)",
    ),
    "check_report.off_by_grant": (
        "差额：{off}（容许 {tolerance} 个最小支付额：每项资金 {each} 个，共 {count} 项）",
        "Broken by: {off} (tolerated: {tolerance} quanta, {each} for each of {count} grants)",
    ),
    "check_report.grant_of": ("{who}的{grant}", "{grant} of {who}"),
    "check_report.amount_of": ("{who}的拨付数", "amount of {who}"),
    "check_report.all_together": ("各地合计", "all together"),
    "check_report.number": ("另设：{path} = {value}", "With {path} = {value}"),
    "check_report.number_instead": (
        "另设：{path} = {value}（政策文件为 {written}）",
        "With {path} = {value} (the document has {written})",
    ),
    "check_report.responsible": ("条款：{place}", "Rule: {place}"),
    "check_report.found_at": (
        "来历：{stage}，由 {first} 个地区缩减为 {last} 个",
        "Found: {stage}, districts: {last}, shrunk from {first}",
    ),
    "check_report.found_small": (
        "来历：{stage}，{last} 个地区",
        "Found: {stage}, districts: {last}",
    ),
    "check_report.again": (
        "重看：transfers check --replay {folder}",
        "Again: transfers check --replay {folder}",
    ),
    "check_report.replay_of": ("重看反例：{folder}", "Counter-example, tried again: {folder}"),
    "check_report.replay_held": (
        "{title}（{id}）：这张表不再违反这一承诺。",
        "{title} ({id}): this table does not break the promise any more.",
    ),
    "check_report.replay_not_exercised": (
        "{title}（{id}）：现在用这张表检验不到这一承诺。",
        "{title} ({id}): this table does not exercise the promise any more.",
    ),
    "check_report.replay_changed": (
        "变动前的拨付数已与存下时不同：政策或程序改过。",
        "Amounts before the change are not those that were written down: the policy or the program is another.",
    ),
    "check_report.replay_policy_changed": (
        "以上用的是存下的政策；{file} 现在的内容已与之不同（摘要 {saved}，现为 {now}）",
        "This is the policy that was saved; {file} is another by now (digest {saved}, now {now})",
    ),
    "check_report.replay_today_broken": (
        "现在的政策用这张表测算，仍违反这一承诺。",
        "with this table it still breaks the promise.",
    ),
    "check_report.replay_today_held": (
        "现在的政策用这张表测算，不违反这一承诺。",
        "with this table it does not break the promise.",
    ),
    "check_report.replay_today_not_exercised": (
        "现在的政策用这张表检验不到这一承诺。",
        "this table does not exercise the promise with it.",
    ),
    "check_report.replay_today_no_fit": (
        "现在的政策不能用这张表测算，或已没有这一承诺。",
        "it cannot be run with this table, or does not know the promise any more.",
    ),
    "check_report.stage_saved": ("以前存下的反例", "a counter-example saved before"),
    "check_report.stage_real": ("本政策的地区表", "the policy's own table"),
    "check_report.stage_thresholds": ("规则临界点附近的表", "a table at an edge of the rules"),
    "check_report.stage_tiny": ("小型表", "a tiny table"),
    "check_report.stage_random": ("随机生成的表", "a random table"),
    "check_report.rejected": ("资金不足，拒绝分配", "money is short, nobody is paid"),
    "check_report.invalid": ("不能计算", "cannot be computed"),
    "check_report.at_odds": ("运算自相矛盾：{why}", "the engine contradicts itself: {why}"),
}

_TABLES: dict[str, tuple[str, str]] = {
    "check_report.promise": ("承诺", "Promise"),
    "check_report.name": ("代号", "Name"),
    "check_report.status": ("结论", "Status"),
    "check_report.count": ("检验次数", "Cases"),
    "check_report.district": ("地区", "District"),
    "check_report.amount": ("金额", "Amount"),
    "check_report.before": ("变动前", "Before"),
    "check_report.after": ("变动后", "After"),
    "check_report.change": ("增减", "Change"),
    "check_report.old": ("旧政策", "Old"),
    "check_report.new": ("新政策", "New"),
    "check_report.change_pct": ("增减%", "Change %"),
    "check_report.unit": ("单位：{unit}", "Unit: {unit}"),
    "check_report.total": ("合计", "Total"),
    "check_report.only_before": ("（变动后无）", " (before only)"),
    "check_report.only_after": ("（变动后新增）", " (after only)"),
    "check_report.other_cells": (
        "另有 {count} 列各地相同且未变动，未列出。",
        "{count} more columns are the same everywhere and are not shown.",
    ),
    "check_report.held": ("成立", "held"),
    "check_report.broken": ("不成立", "BROKEN"),
    "check_report.not_exercised": ("未检验到", "not exercised"),
    "check_report.waived": ("豁免", "waived"),
    "check_report.arithmetic": ("运算承诺 {count} 项", "{count} promises of arithmetic"),
    "check_report.with_unit": ("{title}（{unit}）", "{title} ({unit})"),
}

_WHOLE: dict[str, tuple[str, str]] = {
    "check_report.title": ("政策检验：{title}", "Policy check: {title}"),
    "check_report.file": (
        "{file}  （限时 {seconds} 秒，种子 {seed}）",
        "{file}  ({seconds} s, seed {seed})",
    ),
    "check_report.tableless": (
        "没有实际的地区表：只用造出的表检验（--districts none）。",
        "Without a real table: checked on made tables only (--districts none).",
    ),
    "check_report.one_more": ("{row}、{text}", "{row}; {text}"),
    "check_report.and_then": ("{row}；{text}", "{row}; {text}"),
    "check_report.not_promised": (
        "政策未承诺、只作报告（要作承诺，写入 promises）：",
        "Not promised, told only (to promise it, list it under promises):",
    ),
    "check_report.not_promised_broken": (
        "{title}（{id}）：不成立（未承诺）。{how}",
        "{title} ({id}): does not hold (not promised). {how}",
    ),
    "check_report.not_promised_held": (
        "{count} 项在所试的表中都成立：{names}",
        "{count} held on every table that was tried: {names}",
    ),
    "check_report.unexercised": (
        "未检验到 {count} 项（多半是政策没有相应的规定或数据列）：{names}",
        "{count} not exercised, mostly because the policy has no such rules or inputs: {names}",
    ),
    "check_report.listed_unexercised": (
        "{title}（{id}）：已列入 promises，但没有一张表检验得到{why}；未检验到不算成立。",
        "{title} ({id}): listed under promises, but no table exercised it{why}; that does not count as held.",
    ),
    "check_report.because": ("（{why}）", " ({why})"),
    "check_report.waivers": ("豁免：", "Waived:"),
    "check_report.waived_line": (
        "{title}（{id}）{scope}：{reason}{until}",
        "{title} ({id}){scope}: {reason}{until}",
    ),
    "check_report.waived_grant": ("，仅 {grant}", ", {grant} only"),
    "check_report.waived_until": ("（至 {until}）", " (until {until})"),
    "check_report.waiver_expired": (
        "（已于 {until} 到期，不再有效）",
        " (expired on {until}: counts no more)",
    ),
    "check_report.waiver_of_nothing": (
        "（政策没有作此承诺，豁免与否都不影响结论）",
        " (the policy does not promise it: with or without the waiver the result is the same)",
    ),
    "check_report.waiver_idle": (
        "（没有找到违反此承诺的表，可以考虑取消）",
        " (no table was found that breaks it: perhaps it is not needed)",
    ),
    "check_report.tests_passed": ("政策测试：{count} 项全部通过", "Tests: all {count} passed"),
    "check_report.tests_failed": (
        "政策测试：{count} 项中 {failed} 项不通过",
        "Tests: {failed} of {count} failed",
    ),
    "check_report.tests_none": ("政策测试：没有", "Tests: none"),
    "check_report.test_failed": ("{title}（{id}）：不通过", "{title} ({id}): failed"),
    "check_report.test_error": ("{title}（{id}）：不能测算", "{title} ({id}): cannot be run"),
    "check_report.cut": (
        "时间用完时还有表没有试完；要多试，加大 --seconds。",
        "Time ran out before all tables were tried; a larger --seconds tries more.",
    ),
    "check_report.findings": ("另请注意：", "Note also:"),
    "check_report.passed": ("结论：通过", "Result: passed"),
    "check_report.failed": ("结论：不通过（{what}）", "Result: failed ({what})"),
    "check_report.nothing": (
        "结论：什么也没有检验到，不能算通过",
        "Result: nothing was checked, which does not pass",
    ),
    "check_report.wrong": (
        "结论：文件有误，未检验",
        "Result: the document is wrong and was not checked",
    ),
    "check_report.what_broken": ("{count} 项承诺不成立", "promises broken: {count}"),
    "check_report.what_unexercised": ("{count} 项承诺未检验到", "promises not exercised: {count}"),
    "check_report.what_tests": ("{count} 项测试不通过", "tests failed: {count}"),
    "check_report.several": (
        "共 {count} 份政策：{passed} 份通过，{failed} 份不通过，{nothing} 份未检验到，{wrong} 份文件有误",
        "{count} policies: {passed} passed, {failed} failed, {nothing} not checked, {wrong} wrong",
    ),
    "check_report.program": ("政策承诺检验", "Promises of a policy, checked"),
    "check_report.rule_test": ("政策测试", "Test of a policy"),
    "check_report.rule_test_says": (
        "政策旁 tests 文件夹中的一项测试：给定数据，应得规定的结果。",
        "A test in the folder tests beside a policy: what is given has the result it states.",
    ),
    "check_report.rule_against": ("与旧政策比较", "Compared with an older policy"),
    "check_report.rule_against_says": (
        "哪些地区的拨付数有增减，哪些承诺新近打破或新近成立。",
        "Whose amounts change, and which promises are newly broken or newly kept.",
    ),
    "check_report.rule_document": ("政策文件有误", "A wrong document"),
    "check_report.rule_document_says": (
        "政策文件、测试文件或地区表有误，改正后才能检验。",
        "A policy, a test document or a table is wrong; it has to be mended before it can be checked.",
    ),
}

_AGAINST: dict[str, tuple[str, str]] = {
    "check_report.against": ("与 {file} 比较", "Compared with {file}"),
    "check_report.against_amounts": (
        "{gain} 个地区增加，{lose} 个减少，{same} 个不变；合计由 {old} 变为 {new}（{change}）",
        "Districts that gain: {gain}, lose: {lose}, stay: {same}; the total goes from {old} to {new} ({change})",
    ),
    "check_report.against_same": (
        "在新政策的地区表上，各地拨付数都不变。",
        "On the new policy's table nobody's amount changes.",
    ),
    "check_report.against_more": (
        "另有 {count} 个地区有增减，未列出。",
        "Districts that change beside these: {count}.",
    ),
    "check_report.against_old_unpaid": (
        "旧政策不能用新政策的地区表测算，未比较拨付数：",
        "The old policy cannot be run on the new policy's table; amounts are not compared:",
    ),
    "check_report.against_new_unpaid": (
        "新政策不能用自己的地区表测算，未比较拨付数：",
        "The new policy cannot be run on its own table; amounts are not compared:",
    ),
    "check_report.against_tableless": (
        "没有地区表（--districts none），未比较拨付数。",
        "There is no table (--districts none): amounts are not compared.",
    ),
    "check_report.against_currencies": (
        "两份政策的货币不同（{old}、{new}），未比较拨付数。",
        "The two policies count in different currencies ({old}, {new}): amounts are not compared.",
    ),
    "check_report.newly_broken": (
        "新近打破：{title}（{id}），旧政策未见打破{gates}",
        "Newly broken: {title} ({id}), not broken by the old policy{gates}",
    ),
    "check_report.newly_kept": (
        "新近成立：{title}（{id}），旧政策会打破",
        "Newly kept: {title} ({id}), broken by the old policy",
    ),
    "check_report.only_told": ("（未作承诺，只作报告）", " (not promised: told only)"),
    "check_report.no_longer_promised": (
        "不再承诺：{title}（{id}）",
        "No longer promised: {title} ({id})",
    ),
    "check_report.now_promised": ("新作承诺：{title}（{id}）", "Newly promised: {title} ({id})"),
    "check_report.no_longer_waived": (
        "不再豁免：{title}（{id}）{scope}",
        "No longer waived: {title} ({id}){scope}",
    ),
    "check_report.now_waived": (
        "新增豁免：{title}（{id}）{scope}：{reason}",
        "Newly waived: {title} ({id}){scope}: {reason}",
    ),
    "check_report.no_old": ("没有对应的旧政策，视为新订。", "There is no old policy: it is new."),
}

_ONLY_TOLD: dict[str, tuple[str, str]] = {
    "check_report.own_table": (
        "在本政策的地区表上（只作报告）：",
        "On the policy's own table (told only):",
    ),
    "check_report.progressivity": (
        "人均财力基尼系数由 {gini_before} 变为 {gini_after}；缩小差距 {reynolds_smolensky}"
        "（Reynolds-Smolensky 指数），其中因位次变动抵消 {reranking}；"
        "补助向财力低的地区倾斜 {kakwani}（Kakwani 指数，负数为倒挂）",
        "Gini of resources per head from {gini_before} to {gini_after}; equalises by"
        " {reynolds_smolensky} (Reynolds-Smolensky), of which overtaking loses {reranking}; leans"
        " to the poorer by {kakwani} (Kakwani; below 0 to the richer)",
    ),
    "check_report.nothing_given": (
        "人均财力基尼系数由 {gini_before} 变为 {gini_after}",
        "Gini of resources per head from {gini_before} to {gini_after}",
    ),
    "check_report.parts_consistent": (
        "取其中一部分地区和它们所得的资金另行分配，{tried} 次结果都不变",
        "some districts alone share what they got together as they did in the whole: {tried} of"
        " {tried} times",
    ),
    "check_report.parts_differ": (
        "取其中一部分地区和它们所得的资金另行分配，{tried} 次中 {consistent} 次结果不变；"
        "相差最大的是{district}，{most}",
        "some districts alone share what they got together as they did in the whole: {consistent}"
        " of {tried} times; {district} differs most, by {most}",
    ),
}

TEXTS: dict[str, tuple[str, str]] = {**_BREAKS, **_TABLES, **_WHOLE, **_AGAINST, **_ONLY_TOLD}
