"""Texts about several years in a row."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # -- the command -------------------------------------------------------------------------
    "outlook.help": (
        "把研究文件中的各方案逐年往后推算：每年的补助、储备余额、差距、规则",
        "Run the variants of a study over several years: what is paid, what is in the reserves, how unequal districts are, which rules hold",
    ),
    "outlook.study_help": (
        "研究文件（YAML），写有 years",
        "The study document (YAML), with `years`",
    ),
    "outlook.variant_help": (
        "只算这个方案（基准总是算）；可多次使用",
        "Run this variant only, beside the baseline; may be repeated",
    ),
    "outlook.grant_help": (
        "各地区逐年的表只看一项补助（其编号或名称）；不写则看合计",
        "Show one grant by district and year, by its id or title; all together unless given",
    ),
    "outlook.gate_help": (
        "有哪一年不能分配，或不满足硬性规则、约束时，以 1 退出",
        "Exit with 1 where a year is not reached or breaks a hard rule or constraint",
    ),
    "outlook.set_help": (
        "先改动政策文件中的值，再推算；可多次使用",
        "Change a value of the policy before all else; may be repeated",
    ),
    "outlook.out_help": (
        "写入文件：.xlsx .md 供人看，.csv .parquet .json 供程序用（收支另存为 .accounts.csv）",
        "Write a file: .xlsx .md for people, .csv .parquet .json for programs; accounts go beside csv and parquet, as .accounts.csv",
    ),
    # -- beside the view -----------------------------------------------------------------------
    "outlook.also": ("（还有 {years}）", " (also {years})"),
    "outlook.also_of_others": (
        "（以下只是 {first} 年的数；{years} 也有，数额不同，见 --out F.json）",
        " (the figures of {first} only; also {years}, with other figures: see --out F.json)",
    ),
    # -- what is wrong -----------------------------------------------------------------------
    "outlook.no_split": (
        "members 不能把一个地区分成几个：各有多少没有依据。请用各年自己的表：districts 的文件名写 {{year}}，"
        "如 file: towns_{{year}}.csv",
        "members cannot split a district: what each part has does not follow from the whole. Use a "
        "table per year: `{{year}}` in the file of `districts`, such as file: towns_{{year}}.csv",
    ),
    "outlook.years_of_variant": (
        "方案写了 years，研究文件本身没有写；请在最外层写 years，如 years: {{from: 2026, until: 2030}}",
        "a variant has `years` and the study itself has none: write them at the outermost level, "
        "such as years: {{from: 2026, until: 2030}}",
    ),
    "outlook.next_without_figure": (
        "{year} 年：next 写明的公式没有得出“{path}”的数（缺数据、除数为零，或增长到超出可计算的范围）；请补数据，"
        "用 if(missing(…), …, …) 写明怎么办，或降低增长、减少年数",
        "{year}: what `next` says of {path} comes to no figure (something is missing, a division by zero, or "
        "it has grown beyond what can be computed); fill it in, say what to do with "
        "if(missing(...), ..., ...), or let it grow less or for fewer years",
    ),
    "outlook.next_too_long": (
        "{year} 年推算下一年度的“{name}”时，精确值位数过多，无法继续；请在 next 的公式里四舍五入，"
        "如 round(…, 6)，少用连乘和乘方，或减少年数",
        "{year}: what `next` makes of {name} for the following year has too many digits to be computed "
        "exactly; round it in its formula, such as round(..., 6), use fewer products and powers, or look "
        "at fewer years",
    ),
    "outlook.outgrown": (
        "到 {year} 年逐年推算的数已增长到这样大：{figures}；请降低增长率，用 min(…, …) 写明上限，或减少年数（until）",
        "by {year} what goes on from year to year has grown this far: {figures}; let it grow less, bound it "
        "with min(..., ...), or look at fewer years (`until`)",
    ),
    "outlook.grown_figure": ("“{name}”由 {first} 到 {now}", "{name} from {first} to {now}"),
    "outlook.until_and_count": (
        "until 和 count 只写一个",
        "write either `until` or `count`",
    ),
    "outlook.count": (
        "年数应为 1 至 {most}，这里是 {count}",
        "there can be 1 to {most} years, not {count}",
    ),
    "outlook.not_a_year": (
        "“{text}”不是年度；请写四位数，如 2028",
        "{text} is no year: write four digits, such as 2028",
    ),
    "outlook.year_is_set": (
        "year 由逐年推算逐年设定，不能在这里改；从哪一年起请写 years 的 from",
        "each year of the outlook sets `year` itself: leave it out here; which year comes first "
        "stands in `from` below `years`",
    ),
    "outlook.no_years": (
        "研究文件没有写 years，逐年推算不知道从哪一年到哪一年；请写上，如 years: {{from: 2026, until: 2030}}",
        "the study has no `years`, so there are none to look at: write for instance "
        "years: {{from: 2026, until: 2030}}",
    ),
    "outlook.no_first_year": (
        "不知道从哪一年起：政策文件没有 year；请在 years 中写 from，如 from: 2026",
        "it is not said which year comes first: the policy has no `year`; write `from` below "
        "`years`, such as from: 2026",
    ),
    "outlook.until_before": (
        "到 {last} 年止，早于第一年 {first}；请改 until 或 from",
        "it ends with {last}, before the first year, {first}: change `until` or `from`",
    ),
    "outlook.year_outside": (
        "{year} 不在推算的年度（{first} 至 {last}）之内；请改这里的年度，或改 years 的 from、until",
        "{year} is none of the years looked at ({first} to {last}): change it, or `from` and `until` "
        "of `years`",
    ),
    "outlook.reserve_gone": (
        "{year} 年不再有储备“{reserve}”，而上年末还有 {amount}；请保留它，或在前一年把余额用完",
        "in {year} there is no reserve {reserve} any more, but {amount} were in it at the end of the "
        "year before: keep it, or use up what is in it",
    ),
    "outlook.money_unit": (
        "{year} 年的金额以 {unit}（{currency}）计，第一年以 {first}（{first_currency}）计；"
        "逐年推算的各年只用一个金额单位，请改为 {first}，各处金额随之换算",
        "in {year} money is counted in {unit} ({currency}), in the first year in {first} "
        "({first_currency}); the years of an outlook are counted in one unit of money: use {first}, "
        "and convert the amounts",
    ),
    "outlook.unit_unlike": (
        "“{name}”上年的单位是 {before}，{year} 年是 {now}，两者不能换算，上年的数接不到 {year} 年；"
        "请改用同类单位，或在这一年另定它的值",
        "{name} was in {before} the year before and is in {now} in {year}; neither can be converted "
        "into the other, so its figures cannot be carried on: use a unit of the same kind, or say "
        "in that year what it is",
    ),
    "outlook.unit_of_number": (
        "“{name}”的单位从 {year} 年起由 {before} 改为 {now}，数却没有改：照原样写的数会被当作 {now}；"
        "请在同一处把数也按 {now} 写上（或用 years 的 next 写明“{name}”，上年的数会自动换算）",
        "{name} counts in {now} from {year} on and in {before} before, and its figure stays as it is "
        "written: write it in {now} as well, in the same place (or name it in `next` of `years`, and "
        "last year's is converted)",
    ),
    "outlook.unit_of_data": (
        "“{name}”的单位从 {year} 年起由 {before} 改为 {now}，而较早的年度（或各年）已按 {before} 改动或读取过它的数，"
        "在 {year} 年会被当作 {now}；请不改单位，或把该改动写成 +3% 这样的比率，或用 years 的 next 写明“{name}”",
        "{name} counts in {now} from {year} on, and changes of figures that began earlier give or read it "
        "in {before}: in {year} they would count as {now}. Keep the unit, write these changes as ratios "
        "such as +3%, or name it in `next` of `years`",
    ),
    "outlook.unit_of_table": (
        "“{name}”的单位从 {year} 年起由 {before} 改为 {now}，而表中的数（如 {district}）与上年相同，会被当作 {now}；"
        "请换用按 {now} 填的表，或不改单位，或用 years 的 next 写明“{name}”",
        "{name} counts in {now} from {year} on and in {before} before, and the table has the same figure "
        "as the year before (that of {district}, for one): use a table that counts in {now}, keep the unit, "
        "or name it in `next` of `years`",
    ),
    "outlook.unit_of_measure": (
        "指标“{name}”没有写单位，第一年以 {before} 计，{year} 年以 {now} 计，逐年不能比；请给它写上 unit",
        "the measure {name} has no unit of its own: it is in {before} in the first year and in {now} in "
        "{year}, so the years do not compare; write its `unit`",
    ),
    "outlook.table_above": (
        "{year} 年起不再写上级的表（以前各年为 {table}），推算不知道改用哪张表；请在 upstream.districts 写明",
        "from {year} on the table of the level above is no longer named ({table} in the years before), so "
        "which one follows is not known: name it in upstream.districts",
    ),
    "outlook.key_of_formula": (
        "数据“{input}”的改动按代码写了 {old}，而 {year} 年的表里它的代码已改为 {new}，公式在那里找不到它；"
        '请把两个代码都写上，如 key == "{old}" or key == "{new}"，或按地区写：{{{old}: …}}',
        "the change of {input} names {old} by its key, which is {new} in the table of {year}: the formula "
        'finds nobody there. Write both, such as key == "{old}" or key == "{new}", or write it by '
        "district: {{{old}: ...}}",
    ),
    "outlook.amount": ("{amount} {unit}", "{amount} {unit}"),
    # -- why there is no answer ----------------------------------------------------------------
    "outlook.not_run": (
        "没有算到：{after} 年没有结果",
        "not reached: {after} has no result",
    ),
    "outlook.stand_in": ("尚未计算", "not computed yet"),
}
