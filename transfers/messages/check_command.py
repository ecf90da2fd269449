"""Texts of the family "check_command": help of `transfers check`, and complaints about a call."""

TEXTS: dict[str, tuple[str, str]] = {
    "check_command.help": (
        "检验政策是否守住它的承诺：搜索违反承诺的最小地区表，并运行政策旁的测试。\n退出码：0 通过；1 承诺不成立或测试不通过；2 文件有误；3 程序出错；5 什么也没有检验到。",
        "Check whether a policy keeps its promises: search for the smallest table that breaks one, and run the tests beside the policy.\nExit: 0 passed; 1 a promise is broken or a test failed; 2 a document is wrong; 3 a mistake of this program; 5 nothing was checked.",
    ),
    "check_command.districts_help": (
        "地区表，代替政策文件中写明的；写 none 则只用造出的表检验",
        "Table of districts, in place of the one the document names; none to check on made tables only",
    ),
    "check_command.way_out": (
        "也可用 --districts 另指一张表；只用造出的表检验，写 --districts none。",
        " Or give another table with --districts; --districts none checks on made tables only.",
    ),
    "check_command.join_without_table": (
        "--districts none 是不用任何表，不能同时写 --join。",
        "--districts none is for no table at all; leave out --join.",
    ),
    "check_command.path_help": (
        "政策文件，或文件夹（检验其中所有政策）；可写多个",
        "A policy document, or a folder: every policy below it; several may be given",
    ),
    "check_command.seconds_help": (
        "每份政策最多搜索多少秒，默认 30",
        "Seconds of search for each policy; 30 if left out",
    ),
    "check_command.seed_help": (
        "随机表的种子，默认 0；种子相同，结果相同",
        "Seed of random tables; 0 if left out. The same seed gives the same result",
    ),
    "check_command.format_help": (
        "打印成什么格式：text（默认）、json、junit、sarif、github；写入文件的见 --out",
        "Format of what is printed: text (if left out), json, junit, sarif, github; files: see --out",
    ),
    "check_command.out_help": (
        "写入文件；格式由文件名决定：.json、.xml（JUnit）、.sarif、.txt；可多次使用",
        "Write a file; its ending decides the format: .json, .xml (JUnit), .sarif, .txt; may be repeated",
    ),
    "check_command.replay_help": (
        "重看存下的一个反例（文件夹）",
        "Show a counter-example again that was saved in a folder",
    ),
    "check_command.save_help": (
        "反例存入哪个文件夹，下次检验先试；默认 {folder}；写 none 则不存",
        "Folder for counter-examples, which the next check tries first; {folder} if left out, none to save nothing",
    ),
    "check_command.against_help": (
        "与旧政策比较（文件；或文件夹，按相同的文件名）：谁增谁减，哪些承诺新近打破",
        "Compare with an older policy (a file, or a folder with the same file names): who gains, who loses, which promises newly break",
    ),
    "check_command.tolerance_help": (
        "各项承诺都容许多少个最小支付额；0 为从严；不写则按政策文件和各项承诺自己的规定",
        "Quanta that every promise tolerates, 0 is strict; else what the document or the promise says",
    ),
    "check_command.only_help": (
        "只检验这一项承诺（代号或名称）；可多次使用",
        "Check only this promise, by name or title; may be repeated",
    ),
    "check_command.quiet_help": (
        "不在屏幕上显示结果",
        "Show nothing but complaints",
    ),
    "check_command.no_path": (
        "请写明政策文件或文件夹：transfers check POLICY（或 --replay DIR）。",
        "Name a policy or a folder: transfers check POLICY (or --replay DIR).",
    ),
    "check_command.not_there": (
        "没有文件或文件夹“{path}”；请核对路径。",
        'There is no file or folder "{path}"; check its path.',
    ),
    "check_command.replay_with_path": (
        "--replay 自带政策和地区表，不能同时写政策文件“{path}”。",
        '--replay has its policy and table with it; leave out "{path}".',
    ),
    "check_command.replay_with_options": (
        "--replay 只重看存下的那项承诺、那张表，不能同时写 {options}。",
        "--replay shows the promise and the table that were saved; leave out {options}.",
    ),
    "check_command.no_policy": (
        "“{path}”下没有政策文件（写有 policy 和 grants 的 .yaml）：什么也没有检验。",
        'There is no policy (.yaml with policy and grants) below "{path}": nothing was checked.',
    ),
    "check_command.not_a_number": (
        "{option} 应是不小于 {least} 的{kind}；写的是“{text}”。",
        '{option} takes {kind} from {least} on, not "{text}".',
    ),
    "check_command.whole_number": ("整数", "a whole number"),
    "check_command.any_number": ("数", "a number"),
    "check_command.unknown_format": (
        "没有格式“{name}”；有：{known}。",
        'There is no format "{name}"; there are: {known}.',
    ),
    "check_command.no_format": (
        "{file}：文件名看不出格式；请用 {endings} 之一结尾，或写明 --format。",
        "{file}: its ending names no format; use one of {endings}, or give --format.",
    ),
    "check_command.format_and_out": (
        "--format {name} 与 --out {file} 不符：文件名决定写成什么格式，{file} 是 {format}；请改文件名的结尾，或去掉 --format。",
        "--format {name} and --out {file} contradict each other: the ending decides, {file} is {format}; change the ending, or leave out --format.",
    ),
    "check_command.same_out": (
        "--out {file} 写了两次。",
        "--out {file} is given twice.",
    ),
    "check_command.one_policy": (
        "{options} 只用于一份政策，而“{folder}”下有 {count} 份；请写明是哪一份。",
        '{options} goes with one policy, and "{folder}" has {count}; name one of them.',
    ),
    "check_command.no_such_promise": (
        "--only：没有承诺“{name}”；名称见 docs/promises。",
        '--only: there is no promise "{name}"; their names are in docs/promises.',
    ),
    "check_command.no_such_promise_near": (
        "--only：没有承诺“{name}”，是不是“{near}”？",
        '--only: there is no promise "{name}". Did you mean "{near}"?',
    ),
    "check_command.not_saved": (
        "反例没能存入 {folder}：{why}",
        "Counter-examples could not be kept in {folder}: {why}",
    ),
}
