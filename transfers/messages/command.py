"""Texts of the family "command": help, labels of tables, and complaints about a call."""

TEXTS: dict[str, tuple[str, str]] = {
    "command.program_help": (
        "财政转移支付测算：按政策文件和地区数据分配资金，精确到最小单位，逐项说明理由。",
        "Fiscal transfers: divide money by a policy document and a table of districts, exact to the last unit, with the reason for every amount.",
    ),
    "command.run_help": (
        "测算一份政策：输出各地区的金额、合计、与上年的比较。",
        "Run a policy: every district's amount, the total, and the change against last year.",
    ),
    "command.explain_help": (
        "说明一个地区为什么得到这个数：逐行列出数据、规则、依据，各部分相加等于金额。",
        "Tell why a district gets what it gets: figures, rules and sources line by line; the parts add up to the amount.",
    ),
    "command.template_help": (
        "为一份政策生成填报用的工作簿：列名、单位、地区、可填的值都已备好，填完即可测算。",
        "Write a workbook to fill in for a policy: its columns, units, districts and allowed values are there; run it when it is filled.",
    ),
    "command.template_out_help": ("写到工作簿：.xlsx", "Write to a workbook: .xlsx"),
    "command.template_districts_help": (
        "列出这个文件中的地区；不写则用政策文件写明的（如果有）",
        "List the districts of this table; else those of the policy's own, if it is there",
    ),
    "command.filled_help": (
        "把表中已有的数也填上，供修改",
        "Put in the figures the table has, to be changed",
    ),
    "command.template_there": (
        "{file} 已经存在，也许已填了数，不能覆盖；请另写一个文件名。",
        "{file} is there already, perhaps with figures filled in, and is not written over; choose another name.",
    ),
    "command.template_next": (
        "填好后测算：transfers run {policy} --districts {file}",
        "When it is filled: transfers run {policy} --districts {file}",
    ),
    "command.template_next_joined": (
        "填好后测算（各文件的列都在这一张表里，不再并入）：transfers run {policy} --districts {file} --set districts.join=[]",
        "When it is filled (all columns are in this one table, nothing is joined): transfers run {policy} --districts {file} --set districts.join=[]",
    ),
    "command.new_help": (
        "新建一个可以直接测算的文件夹：带说明的政策文件、地区数据、核对用的结果，均为虚构样例。",
        "Make a folder to start from: a policy explained line by line, a table, the amounts to expect; all invented.",
    ),
    "command.folder_help": ("要新建的文件夹", "The folder to make"),
    "command.new_in_the_way": (
        "{folder} 里已有 {files}，没有写入任何文件；请另选一个文件夹。",
        "{folder} already has {files}; nothing was written. Choose another folder.",
    ),
    "command.new_written": ("已写入 {folder}：{files}", "Written to {folder}: {files}"),
    "command.new_next": (
        "试一试：transfers run {policy}",
        "Try it: transfers run {policy}",
    ),
    "command.schema_help": (
        "输出政策文件（或研究文件、算例文件）的 JSON Schema，供编辑器补全、解释、检查每个键。",
        "Print the JSON Schema of policy documents, of studies or of tests, from which an editor completes, explains and checks every key.",
    ),
    "command.schema_kind_help": (
        "哪种文件：policy 政策（不写即是）、study 研究、tests 算例",
        "Of which documents: policy (if left out), study or tests",
    ),
    "command.unknown_schema": (
        "没有“{kind}”的 schema；可写 policy、study 或 tests。",
        'There is no schema of "{kind}"; write policy, study or tests.',
    ),
    "command.schema_out_help": ("写到文件：.json", "Write to a file: .json"),
    "command.schema_lang_help": (
        "只用一种语言解释：zh 或 en；不写则中英文都有",
        "Explain in one language: zh or en; both if left out",
    ),
    "command.policy_help": ("政策文件（YAML）", "The policy document (YAML)"),
    "command.key_help": ("地区代码或名称", "Key or name of a district"),
    "command.districts_help": (
        "地区数据文件，代替政策文件中写明的",
        "Table of districts, in place of the one the document names",
    ),
    "command.join_help": (
        "并入的文件，按政策文件中 join 的顺序代替；可多次使用",
        "Joined files, in place of the document's, in its order; may be repeated",
    ),
    "command.set_help": (
        "改动政策文件中一处的值，如 parameters.growth_cap=15%；可多次使用",
        "Put a value at a path of the document, as in parameters.growth_cap=15%; may be repeated",
    ),
    "command.upstream_help": (
        "上级的政策文件，代替政策文件中 upstream 写明的",
        "The policy of the level above, in place of the one the document names",
    ),
    "command.out_help": (
        "写到文件：.xlsx、.csv、.json、.parquet 或 .md，以扩展名为准；写明文件夹时，在其中写 <政策编号>.xlsx。要么完整写成，要么不动原文件",
        "Write to a file: .xlsx, .csv, .json, .parquet or .md, by its ending; into a folder, <policy id>.xlsx. Whole, or not at all",
    ),
    "command.story_out_help": (
        "写到文件：.txt、.md 或 .json，以扩展名为准。要么完整写成，要么不动原文件",
        "Write to a file: .txt, .md or .json, by its ending. Whole, or not at all",
    ),
    "command.measures_help": (
        "在表下显示均等化程度：人均财力分配前后的变异系数、基尼系数、泰尔指数、最高与最低之比",
        "Show below the table how unequal resources per head are before and after: coefficient of variation, Gini, Theil, highest over lowest",
    ),
    "command.by_help": (
        "按一个文字列（如 tier）把泰尔指数分解为组间和组内；含 --measures",
        "Take Theil's index apart between and within the groups of a column of texts, such as tier; implies --measures",
    ),
    "command.lang_help": ("语言：zh 中文，en 英文", "Language: zh or en"),
    "command.quiet_help": (
        "不显示表格、说明和进度条；“注意”仍然显示",
        "Print neither table nor notes, show no bar; warnings are still printed",
    ),
    "command.json_help": ("以 JSON 输出", "Print JSON"),
    "command.version_help": ("显示版本号", "Show the version"),
    "command.help_help": ("显示本说明", "Show this help"),
    "command.usage": ("用法：{call}", "Usage: {call}"),
    "command.commands": ("命令：", "Commands:"),
    "command.arguments": ("参数：", "Arguments:"),
    "command.options": ("选项：", "Options:"),
    "command.more_help": ("详见 {program} --help。", "See {program} --help."),
    "command.key": ("代码", "Key"),
    "command.name": ("名称", "Name"),
    "command.total": ("合计", "Total"),
    "command.total_row": ("合计", "Total"),
    "command.clawback": ("扣回", "return"),
    "command.change": ("增减", "Change"),
    "command.change_pct": ("增减%", "Change %"),
    "command.unit": ("单位：{unit}", "Unit: {unit}"),
    "command.unspent": ("未分配：{title} {amount} {unit}", "Not divided: {title} {amount} {unit}"),
    "command.uncollected": (
        "未收足：{title} {amount} {unit}",
        "Not collected: {title} {amount} {unit}",
    ),
    "command.written": ("已写入 {file}", "Written to {file}"),
    "command.severity_error": ("不能分配", "cannot be divided"),
    "command.severity_warning": ("注意", "warning"),
    "command.severity_note": ("说明", "for the record"),
    "command.usage_NoSuchOption": ("没有选项 {name}。", "There is no option {name}."),
    "command.usage_MissingParameter": ("缺少 {name}。", "{name} is missing."),
    "command.usage_no_command": (
        "没有这个命令；可用：{known}。",
        "There is no such command; there are: {known}.",
    ),
    "command.usage_no_command_near": (
        "没有命令“{asked}”，是不是“{near}”？可用：{known}。",
        'There is no command "{asked}". Did you mean "{near}"? There are: {known}.',
    ),
    "command.usage_other": ("命令写法有误：{message}", "The call is wrong: {message}"),
    "command.unknown_language": (
        "没有语言“{lang}”，可用 zh 或 en。",
        "There is no language {lang!r}; use zh or en.",
    ),
    "command.unknown_format": (
        "不认识文件类型：{file}。--out 可写 {endings}。",
        "No format for {file}: --out takes {endings}.",
    ),
    "command.set_without_value": (
        "--set 应写作 路径=值，如 parameters.growth_cap=15%；收到：{pair}",
        "--set takes PATH=VALUE, as in parameters.growth_cap=15%; got: {pair}",
    ),
    "command.out_was_read": (
        "{file} 是本次读入的文件，不能覆盖；请另写一个文件名。",
        "{file} was read by this run and cannot be written over; choose another name.",
    ),
    "command.set_plus": (
        "--set {path}={value}：--set 写的是新的数，不是增加数；请写增加后的数（如原为 3120，加 360，写 3480）。",
        "--set {path}={value}: --set takes the new figure, not what to add; write the sum (3120 and 360 more: 3480).",
    ),
    "command.set_twice": ("--set 两次改动了 {path}。", "--set changes {path} twice."),
    "command.no_district_near": (
        "没有地区“{key}”；相近的有：{near}。",
        "There is no district {key!r}; near: {near}.",
    ),
    "command.no_district": (
        "没有地区“{key}”；表中有 {count} 个地区：{known}。",
        "There is no district {key!r}; the table has {count}: {known}.",
    ),
    "command.file_trouble": (
        "{file}：无法读写（{reason}）。",
        "{file}: cannot be read or written ({reason}).",
    ),
    "command.mistake_here": (
        "程序内部错误（{kind}: {error}），没有写出任何结果。请附上政策文件和数据反馈；设 TRANSFERS_DEBUG=1 可看详情。",
        "A mistake in this program ({kind}: {error}); nothing was written. Please report it with the policy and the table; TRANSFERS_DEBUG=1 shows the details.",
    ),
}
