"""Texts of the family "upstream": what the level above gives, and why it cannot be used."""

TEXTS: dict[str, tuple[str, str]] = {
    "upstream.received": (
        "上级“{title}”给{name}（{key}）合计 {value} {unit}（{file} {sha256}，{table} {table_sha256}{others}）。",
        "The level above, {title}, gives {name} ({key}) {value} {unit} in all ({file} {sha256}, {table} {table_sha256}{others}).",
    ),
    "upstream.others": ("，{files}", ", {files}"),
    "upstream.changed": (
        "{name} 用 {value} {unit}，不用上级测算的 {old} {unit}。",
        "{name} is {value} {unit} here, in place of the {old} {unit} from above.",
    ),
    "upstream.warning": ("上级“{title}”：{message}", "The level above, {title}: {message}"),
    "upstream.rejected": (
        "上级 {file} 资金不足，没有分配，本级不知道能得多少；原因见下，须先由上级解决。",
        "The level above, {file}, pays nobody, for its money is short; see below. It has to be settled there first.",
    ),
    "upstream.faulty": (
        "上级 {file} 不能测算，错误见下；请改正后再运行。",
        "The level above, {file}, cannot be run; its faults follow. Mend them and run again.",
    ),
    "upstream.no_key": (
        "上级的数据表 {file} 里没有代码“{key}”；有：{known}。",
        "The table above, {file}, has no district with the key {key!r}; it has: {known}.",
    ),
    "upstream.no_key_near": (
        "上级的数据表 {file} 里没有代码“{key}”；是否应为 {near}？",
        "The table above, {file}, has no district with the key {key!r}; did you mean {near}?",
    ),
    "upstream.circle": (
        "政策文件互为上级，绕成一圈：{documents}。请改正其中一个的 upstream。",
        "These documents stand above each other in a circle: {documents}. Correct the upstream of one of them.",
    ),
    "upstream.too_deep": (
        "上级之上还有上级，超过 {most} 层；请检查 upstream。",
        "More than {most} levels stand above each other; check upstream.",
    ),
    "upstream.no_figure": (
        "上级没有给出 {name}；有：{known}。",
        "The level above gives no {name}; it gives: {known}.",
    ),
    "upstream.no_section": (
        '用了 --upstream，而政策文件没有 upstream。请写上 upstream: {{policy: 上级文件, key: "本级在上级的代码"}}，并在 budget 或公式里用 upstream.total。',
        '--upstream is given, but the document has no upstream. Add upstream: {{policy: FILE, key: "this payer\'s key there"}}, and use upstream.total in the budget or in a formula.',
    ),
    "upstream.alone": (
        "有上级的政策文件要用 transfers.load_policy 读取。",
        "A document with a level above is read with transfers.load_policy.",
    ),
}
