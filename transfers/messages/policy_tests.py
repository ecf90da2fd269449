"""Texts of the family "policy_tests": tests of a policy, what is wrong with them, what failed."""

TEXTS: dict[str, tuple[str, str]] = {
    # -- which document ------------------------------------------------------------------------
    "policy_tests.not_tests": (
        "这不是算例文件：最外层应有 tests:，其下每个算例写 given（已知）和 expect（应得）。",
        "This is no test document: its outermost level should have `tests:`, with what is given and what is expected in each.",
    ),
    "policy_tests.is_a_policy": (
        "这是政策文件，而这里要算例文件。请另写一份放在 tests 文件夹里：tests:，其下每个算例写 given 和 expect（见 docs/policy_tests）。",
        "This is a policy document, and a test document is needed here: a file in the folder `tests`, with `tests:` and in each what is given and expected (see docs/policy_tests).",
    ),
    "policy_tests.is_a_study": (
        "这是研究文件，而这里要算例文件：tests:，其下每个算例写 given 和 expect（见 docs/policy_tests）。",
        "This is a study document, and a test document is needed here: `tests:`, with what is given and expected in each (see docs/policy_tests).",
    ),
    "policy_tests.policy_in_folder": (
        "tests 文件夹里只放算例文件，这是一份政策文件，不会被核对；请移到别处。",
        "The folder `tests` is for test documents; this is a policy, which nobody would check here. Move it elsewhere.",
    ),
    "policy_tests.study_in_folder": (
        "tests 文件夹里只放算例文件，这是一份研究文件；请移到别处。",
        "The folder `tests` is for test documents; this is a study. Move it elsewhere.",
    ),
    "policy_tests.other_in_folder": (
        "tests 文件夹里只放算例文件，这份文件没有 tests:，不会被核对；请补上，或移到别处。",
        "The folder `tests` is for test documents; this file has no `tests:`, so that nothing in it would be checked. Add it, or move the file elsewhere.",
    ),
    "policy_tests.no_policy": (
        "没有写 policy，上一级文件夹（{folder}）里也没有政策文件；请写上 policy: 政策文件。",
        "`policy` is left out, and the folder above ({folder}) has no policy document; write policy: and the file.",
    ),
    "policy_tests.several_policies": (
        "没有写 policy，而上一级文件夹（{folder}）里有几份政策：{known}；请写明是哪一份，如 policy: ../policy.yaml。",
        "`policy` is left out, and the folder above ({folder}) has several: {known}; say which, as in policy: ../policy.yaml.",
    ),
    "policy_tests.no_such_policy": (
        "没有政策文件“{file}”；路径相对于这份算例文件，如 ../policy.yaml。",
        "There is no policy document {file!r}; the path is relative to this document, as in ../policy.yaml.",
    ),
    "policy_tests.no_such_policy_near": (
        "没有政策文件“{file}”，是不是“{near}”？路径相对于这份算例文件。",
        "There is no policy document {file!r}, did you mean {near!r}? The path is relative to this document.",
    ),
    "policy_tests.not_a_policy": (
        "“{file}”不是政策文件：最外层应有 policy 和 grants。",
        "{file!r} is no policy document: its outermost level should have `policy` and `grants`.",
    ),
    "policy_tests.faulty_policy": (
        "政策文件 {file} 有误，算例无法核对，错误见下。",
        "The policy {file} is faulty, so that nothing can be tested; its faults follow.",
    ),
    # -- its keys ------------------------------------------------------------------------------
    "policy_tests.id": (
        "“{text}”不能作算例编号：只用字母、汉字、数字和 - _ .，以字母、汉字或数字开头，最多 100 个字。",
        '"{text}" cannot be an id: use letters, digits and - _ . only, begin with a letter or digit, at most 100 characters.',
    ),
    "policy_tests.two_tables": (
        "districts 已写明各地区的数据，不能再写 {key}；请只留一个。",
        "`districts` has the rows already, so that `{key}` has no place beside it; keep one.",
    ),
    "policy_tests.no_such_file": (
        "没有文件“{file}”；路径相对于这份算例文件。",
        "There is no file {file!r}; the path is relative to this document.",
    ),
    "policy_tests.expects_nothing": (
        "这个算例没有写应得的结果，算出什么都会通过；请在 expect 下写 amounts、figures、statements、rules、findings 或 status。",
        "This test expects nothing, so that it would pass whatever comes out; write amounts, figures, statements, rules, findings or a status under `expect`.",
    ),
    "policy_tests.nobody_is_paid": (
        "status 为 {status} 时没有一个地区得到资金，不能写 {key}；请删去其中之一。",
        "With the status {status} nobody is paid, so that there is nothing for `{key}` to hold against; remove one of the two.",
    ),
    "policy_tests.invalid_needs_code": (
        "status 为 invalid 的算例要在 findings 里写明错误的代码，否则任何笔误都能让它通过，如 findings: table.below_minimum。",
        "A test with the status invalid has to name the code of the fault under `findings`, or any slip would make it pass: findings: table.below_minimum.",
    ),
    # -- what is given -------------------------------------------------------------------------
    "policy_tests.key_twice": (
        "地区“{key}”写了两次，或没有名称；每个地区一行。",
        "The district {key!r} is written twice, or has no name; write a row for each.",
    ),
    "policy_tests.one_figure": (
        "“{name}”在这里只有一个数，不能再分项。",
        "{name!r} is one figure here and has nothing below it.",
    ),
    "policy_tests.by_item": (
        "“{name}”按清单“{list}”分项，请写成 {{{item}: 数, …}}。",
        "{name!r} has a figure for each item of {list!r}: write {{{item}: figure, ...}}.",
    ),
    "policy_tests.unknown_item": (
        "清单“{list}”没有项目“{item}”；有：{known}。",
        "The list {list!r} has no item {item!r}; it has: {known}.",
    ),
    "policy_tests.unknown_item_near": (
        "清单“{list}”没有项目“{item}”，是不是“{near}”？",
        "The list {list!r} has no item {item!r}; did you mean {near!r}?",
    ),
    # -- what is expected ----------------------------------------------------------------------
    "policy_tests.unknown_grant": (
        "没有资金“{name}”；可写：{known}。",
        "There is no grant {name!r}; there are: {known}.",
    ),
    "policy_tests.unknown_grant_near": (
        "没有资金“{name}”，是不是“{near}”？",
        "There is no grant {name!r}; did you mean {near!r}?",
    ),
    "policy_tests.figure_as_amount": (
        "“{name}”不是按整数发放的金额，请写在 figures 下。",
        "{name!r} is no amount that is paid in whole sums; write it under `figures`.",
    ),
    "policy_tests.unknown_figure": (
        "没有“{name}”这一列；有：{known}。",
        "There is no column {name!r}; there are: {known}.",
    ),
    "policy_tests.unknown_figure_near": (
        "没有“{name}”这一列，是不是“{near}”？",
        "There is no column {name!r}; did you mean {near!r}?",
    ),
    "policy_tests.not_a_figure": (
        "“{text}”不能与“{name}”核对：应为{what}。",
        "{text!r} cannot be held against {name!r}: write {what}.",
    ),
    "policy_tests.a_number": (
        "一个数（可带小数，缺数写 —）",
        "a number (with decimals where there are any, — where it is missing)",
    ),
    "policy_tests.a_plain_number": (
        "以 {unit} 计的数，不带百分号（缺数写 —）",
        "a number in {unit}, without a per cent sign (— where it is missing)",
    ),
    "policy_tests.a_truth": ("是或否", "yes or no"),
    "policy_tests.unknown_district": (
        "所给的数据里没有地区“{name}”；有：{known}。",
        "There is no district {name!r} in what is given; there are: {known}.",
    ),
    "policy_tests.unknown_district_near": (
        "所给的数据里没有地区“{name}”，是不是“{near}”？",
        "There is no district {name!r} in what is given; did you mean {near!r}?",
    ),
    "policy_tests.name_of_several": (
        "有几个地区都叫“{district}”，请写代码。",
        "Several districts are called {district!r}; write the key.",
    ),
    "policy_tests.not_payable": (
        "{amount} 不可能发放：金额是 {quantum} {unit}的整数倍（money.quantum）；未取整的数请写在 figures 下。",
        "{amount} cannot be paid: amounts are whole multiples of {quantum} {unit} (money.quantum); write figures that are not rounded under `figures`.",
    ),
    "policy_tests.unknown_rule": (
        "政策没有规则“{name}”；rules 中有：{known}。",
        "The policy has no rule {name!r}; `rules` has: {known}.",
    ),
    "policy_tests.unknown_rule_near": (
        "政策没有规则“{name}”，是不是“{near}”？",
        "The policy has no rule {name!r}; did you mean {near!r}?",
    ),
    "policy_tests.unknown_code": (
        "没有代码“{name}”；例如：{known}。",
        "There is no code {name!r}; there are, for example: {known}.",
    ),
    "policy_tests.unknown_code_near": (
        "没有代码“{name}”，是不是“{near}”？",
        "There is no code {name!r}; did you mean {near!r}?",
    ),
    # -- what came of it -----------------------------------------------------------------------
    "policy_tests.done": ("分配（done）", "paid (done)"),
    "policy_tests.rejected": ("不予分配（rejected）", "nobody paid (rejected)"),
    "policy_tests.invalid": ("无法测算（invalid）", "cannot be computed (invalid)"),
    "policy_tests.yes": ("是", "yes"),
    "policy_tests.no": ("否", "no"),
    "policy_tests.other_status": (
        "应为：{expected}；实为：{got}。",
        "expected: {expected}; got: {got}.",
    ),
    "policy_tests.amount": (
        "{grant} {district}：应得 {expected}，算得 {got} {unit}。{why}",
        "{grant} of {district}: expected {expected}, got {got} {unit}. {why}",
    ),
    "policy_tests.why": ("（{sentence}）", "({sentence})"),
    "policy_tests.figure": (
        "{name} {district}：应为 {expected}，算得 {got}。",
        "{name} of {district}: expected {expected}, got {got}.",
    ),
    "policy_tests.statement": ("{message}", "{message}"),
    "policy_tests.rule": (
        "规则 {rule}：应为 {expected}，实为 {got}。{message}",
        "rule {rule}: expected {expected}, got {got}. {message}",
    ),
    "policy_tests.not_told": (
        "应提示 {code}，没有提示；提示的有：{codes}。",
        "{code} should be told and is not; told: {codes}.",
    ),
    "policy_tests.also_wrong": (
        "除写明的错误外还有 {codes}，见下；请改正所给的数据，或一并写入 findings。",
        "beside the faults that are named there is {codes}, see below; mend what is given, or name it under `findings` as well.",
    ),
}
