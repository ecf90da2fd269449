"""The paragraphs at the head of the page about the study document; not imported by a run."""

from __future__ import annotations

from typing import Final

from transfers.documents.reference_examples import Both

INTRODUCTION: Final[tuple[tuple[Both, tuple[Both, ...]], ...]] = (
    (
        ("一份研究", "A study"),
        (
            (
                "研究文件写明：以哪份政策为准，有哪几个方案，问什么。方案只写与基准不同的地方，"
                "政策文件和数据表原样不动。\n\n"
                "<!-- shows examples/studies/weight.yaml -->\n```yaml\n{weight}```\n\n"
                "同一份研究可以交给几个命令：\n\n"
                "| 命令 | 回答 | 读哪一节 |\n|---|---|---|\n"
                "| `transfers compare 研究` | 各方案谁增、谁减、各多少，约束是否满足，增减来自哪里 "
                "| `variants`、`measures`、`constraints` |\n"
                "| `transfers sweep 研究` | 参数和数据有一定范围时，金额怎样分布，减少的概率 "
                "| `sweep` |\n"
                "| `transfers seek 研究` | 一个数至少、至多是多少，某个判断才成立 | `seek` |\n"
                "| `transfers optimise 研究` | 在约束之下哪组数最好，两个目标怎样权衡 | "
                "`optimise` |\n"
                "| `transfers cliffs 研究或政策` | 哪个数稍一变动金额就跳变，多收反而少得多少 "
                "| `cliffs` |\n"
                "| `transfers outlook 研究` | 逐年往后推算：每年补助多少，储备还有多少，差距怎样，"
                "哪些规则不满足 | `years` |",
                "A study says which policy it starts from, which variants there are, and what is "
                "asked. A variant says only what differs from the baseline; the policy and its "
                "table stay as they are.\n\n"
                "<!-- shows examples/studies/weight.yaml -->\n```yaml\n{weight}```\n\n"
                "One study serves several commands:\n\n"
                "| command | what it answers | what it reads |\n|---|---|---|\n"
                "| `transfers compare STUDY` | who gains, who loses, how much; whether constraints "
                "hold; where changes come from | `variants`, `measures`, `constraints` |\n"
                "| `transfers sweep STUDY` | how amounts spread over ranges of parameters and "
                "figures; the probability of losing | `sweep` |\n"
                "| `transfers seek STUDY` | the least or largest value for which a statement holds "
                "| `seek` |\n"
                "| `transfers optimise STUDY` | the best values under the constraints, and what "
                "two "
                "aims cost each other | `optimise` |\n"
                "| `transfers cliffs STUDY or POLICY` | where a small change of a figure makes an "
                "amount jump; who loses by earning more | `cliffs` |\n"
                "| `transfers outlook STUDY` | several years in a row: what is paid, what is left "
                "in the reserves, how unequal districts are, which rules break | `years` |",
            ),
        ),
    ),
    (
        ("路径", "Paths"),
        (
            (
                "`set`、`add`、`remove`、`rescale`、`vary` 里的路径与 `transfers run --set` 相同："
                "从上到下写政策文件中各层的键，用点连接。\n\n"
                "| 路径 | 是什么 |\n|---|---|\n"
                "| `budget.amount`、`grants.general.pool` | 一个数（或公式） |\n"
                "| `grants.general.share.factors.area` | 一个因素的权重 |\n"
                "| `grants.general.share.factors` | 一组权重：`set` 整组换掉，`rescale` 保持合计 |"
                "\n"
                "| `parameters.growth_cap` | 参数（写全的 `parameters.growth_cap.value` 也认） |\n"
                "| `parameters.per_town.一类` | 参数表中的一格 |\n"
                "| `grants.general.floor`、`quantities.revenue_per_head` | 公式 |\n"
                "| `grants.bonus`、`inputs.score`、`rules.red_line` | 一整项：`add` 新增、"
                "`remove` 删去 |\n"
                "| `lists.services.dibao.standard` | 清单中一个项目的一列 |\n"
                "| `inputs.population.西县` | 一个地区的数，代码或名称（`vary` 中；方案里写 "
                "`data`） |\n"
                "| `inputs.population` | 整列（`vary` 中用 `each`、`together`） |\n\n"
                "写错的路径会提示最接近的一条；可以变动的数用 `transfers cliffs 政策 "
                "--parameters` 列出。",
                "Paths in `set`, `add`, `remove`, `rescale` and `vary` are those of `transfers run "
                "--set`: the keys of the policy document from the outside in, joined by dots.\n\n"
                "| path | what it is |\n|---|---|\n"
                "| `budget.amount`, `grants.general.pool` | a number (or formula) |\n"
                "| `grants.general.share.factors.area` | the weight of a factor |\n"
                "| `grants.general.share.factors` | a group of weights: `set` replaces it, "
                "`rescale` "
                "keeps its sum |\n"
                "| `parameters.growth_cap` | a parameter (`parameters.growth_cap.value` does as "
                "well) |\n"
                "| `parameters.per_town.一类` | a cell of a parameter's table |\n"
                "| `grants.general.floor`, `quantities.revenue_per_head` | a formula |\n"
                "| `grants.bonus`, `inputs.score`, `rules.red_line` | a whole entry: `add` it, "
                "`remove` it |\n"
                "| `lists.services.dibao.standard` | a column of one item of a list |\n"
                "| `inputs.population.西县` | one district's figure, by key or name (in `vary`; in "
                "variants write `data`) |\n"
                "| `inputs.population` | the whole input (in `vary`, with `each` or `together`) |"
                "\n\n"
                "For a path that is not there the nearest one is proposed; `transfers cliffs "
                "POLICY "
                "--parameters` lists all numbers that can be moved.",
            ),
        ),
    ),
    (
        ("基准的数", "Figures of the baseline"),
        (
            (
                "`measures`、`constraints`、`so_that`、`subject_to` 里的公式知道政策文件的全部名称"
                "（`total`、各项资金、数据列、推算列、参数），还知道基准的数：`baseline.total`、"
                "`baseline.general`、`baseline.population`……按地区代码对应，单位照旧。"
                "不写 `baseline:` 一节时，基准就是政策文件原样。"
                "例：`total >= 95% * baseline.total`、`sum(total - baseline.total) <= 100`。"
                "公式的写法见[公式](../formulas/zh/language.md)。",
                "Formulas of `measures`, `constraints`, `so_that` and `subject_to` know every "
                "name of "
                "the policy (`total`, grants, inputs, quantities, parameters) and the figures of "
                "the baseline: `baseline.total`, `baseline.general`, `baseline.population`, "
                "matched "
                "by the key of the district, in their units. Without a section `baseline:` it is "
                "the policy "
                "as it stands. So `total >= 95% * baseline.total` or `sum(total - baseline.total) "
                "<= 100`. See [the language of formulas](../formulas/en/language.md).",
            ),
        ),
    ),
    (
        ("退出码", "How commands end"),
        (
            (
                "| 代码 | 含义 |\n|---|---|\n"
                "| 0 | 完成。方案不予分配、约束不满足都写在结果里，不算失败 |\n"
                "| 1 | 结论是“不行”：基准不予分配；`seek`、`optimise` 没有答案；"
                "`sweep` 没有一个情景可执行；"
                "加了 `--gate` 而有方案（`outlook` 为某一年）不能分配，"
                "或硬性约束、硬性规则不满足 |\n"
                "| 2 | 研究、政策或数据有误：逐一写明文件、行号、改法 |\n"
                "| 3 | 程序本身出错 |\n"
                "| 130 | 按 Ctrl-C 中断：已算完的留着，再运行一次接着算 |",
                "| code | meaning |\n|---|---|\n"
                "| 0 | done; a variant that pays nobody, or a constraint that is broken, is part "
                "of "
                "the answer |\n"
                "| 1 | the answer is no: the baseline pays nobody; `seek` or `optimise` finds "
                "nothing; no "
                "scenario of `sweep` pays; with `--gate`, a variant (of `outlook` a year) pays "
                "nobody or breaks a hard constraint or rule |\n"
                "| 2 | something is wrong in the study, the policy or a table: each fault with "
                "file, "
                "line and what to do |\n"
                "| 3 | a mistake in this program |\n"
                "| 130 | Ctrl-C: what is done stays, and the next call goes on from there |",
            ),
        ),
    ),
    (
        ("写成文件", "Files"),
        (
            (
                "`--out 文件` 按扩展名写出。给人看的：`.xlsx`（标题、单位、合计、排好的打印页）、"
                "`.md`"
                "（`cliffs` 只有 `.xlsx`）。给程序的：`.csv`、`.parquet`、`.json`，没有合计行，"
                "金额以政策的金额单位计，csv 为 utf-8-sig。旁边总有一份 `….manifest.json`"
                "（[重做](#多进程集群接着算重做)）。\n\n"
                "| 命令 | 文件 | 列 |\n|---|---|---|\n"
                "| `compare` | `F.csv` | "
                "`key,name,variant,baseline,amount,change,change_pct,per_head,"
                "rank,rank_change`；每方案每地区一行；`change_pct` 为百分数，`per_head` 为元/人，"
                "名次 1 最高 |\n"
                "| `--by-change`、`--by-stage`、`--split` | `F.by_change.csv`、`F.by_stage.csv`、"
                "`F.by_split.csv`、`F.by_split_in_order.csv` | `key,name,variant,part,amount`；"
                "各 `part` 相加等于 `change` |\n"
                "| `sweep` | `F.csv` | "
                "`scenario,<路径>,status,key,<各项资金>,total`；每情景每地区一行；"
                "百分数写成 0.25 |\n"
                "| | `F.scenarios.csv` | "
                "`scenario,<路径>,status,total,losers,winners,<指标>`；每情景一行 |\n"
                "| `seek` | `F.csv` | `value,holds,miss`；每个试过的值一行；`miss` 为差多少，"
                "成立为 0，说不出差多少的为空 |\n"
                "| `optimise` | `F.csv` | "
                "`<路径>,status,feasible,broken,<指标>,best,front`；每组取值一行 |\n"
                "| `cliffs` | `F.csv` | `key,name,input,value,text,amount,slope_down,slope_up,"
                "others_down,others_up,held,side,edge,edge_value,value_before,value_after,before,"
                "after,jump,jump_pct,clawback`；每处跳变一行，没有跳变的一行 |\n"
                "| `cliffs --parameters` | `F.csv` | "
                "`path,value,less,more,nobody_paid,districts,key,"
                "change,reason` |\n"
                "| `outlook` | `F.csv` | `variant,year,key,name,<各项资金>,total`；每方案每年每地区"
                "一行，当年没有的资金为空，没有结果的年没有行 |\n"
                "| | `F.accounts.csv` | `variant,year,account,opening,inflow,draw,closing`；"
                "`account` 为各储备和 `budget`；opening + inflow - draw = closing |\n\n"
                "`status` 为 `done`、`rejected`（资金不足，不予分配）或 `invalid`（无法计算）；"
                "不是 `done` 的行没有金额（空，不是 0）。",
                "`--out FILE` writes by its ending. For people: `.xlsx` (titles, units, totals, "
                "pages "
                "set up to print) and `.md` (`cliffs`: `.xlsx` only). For programs: `.csv`, "
                "`.parquet`, `.json`, without a total row, amounts in the policy's unit of money, "
                "csv "
                "in utf-8-sig. Beside it there always is a `….manifest.json` "
                "([making it again](#workers-a-cluster-going-on-making-it-again)).\n\n"
                "| command | file | columns |\n|---|---|---|\n"
                "| `compare` | `F.csv` | "
                "`key,name,variant,baseline,amount,change,change_pct,per_head,"
                "rank,rank_change`; a row for each variant and district; `change_pct` in per cent, "
                "`per_head` in whole currency units, rank 1 is highest |\n"
                "| `--by-change`, `--by-stage`, `--split` | `F.by_change.csv`, `F.by_stage.csv`, "
                "`F.by_split.csv`, `F.by_split_in_order.csv` | `key,name,variant,part,amount`; the "
                "parts add up to `change` |\n"
                "| `sweep` | `F.csv` | `scenario,<paths>,status,key,<grants>,total`; a row for "
                "each "
                "scenario and district; per cent as 0.25 |\n"
                "| | `F.scenarios.csv` | "
                "`scenario,<paths>,status,total,losers,winners,<measures>`; a "
                "row for each scenario |\n"
                "| `seek` | `F.csv` | `value,holds,miss`; a row for each value tried; `miss` is "
                "what is "
                "missing: 0 where it holds, nothing where that cannot be told |\n"
                "| `optimise` | `F.csv` | `<paths>,status,feasible,broken,<measures>,best,front`; "
                "a row "
                "for each combination |\n"
                "| `cliffs` | `F.csv` | `key,name,input,value,text,amount,slope_down,slope_up,"
                "others_down,others_up,held,side,edge,edge_value,value_before,value_after,before,"
                "after,jump,jump_pct,clawback`; a row for each jump, one where there is none |\n"
                "| `cliffs --parameters` | `F.csv` | "
                "`path,value,less,more,nobody_paid,districts,key,"
                "change,reason` |\n"
                "| `outlook` | `F.csv` | `variant,year,key,name,<grants>,total`; a row for each "
                "variant, year and district; blank where a grant does not exist in that year, no "
                "rows for a year without a result |\n"
                "| | `F.accounts.csv` | `variant,year,account,opening,inflow,draw,closing`; an "
                "account is a reserve, or `budget`; opening + inflow - draw = closing |\n\n"
                "`status` is `done`, `rejected` (money is short, nobody is paid) or "
                "`invalid` (cannot "
                "be computed); what is not `done` has no amounts: nothing, not 0.",
            ),
        ),
    ),
    (
        ("多进程、集群、接着算、重做", "Workers, a cluster, going on, making it again"),
        (
            (
                "- `--workers 4` 用本机四个进程；`--cluster tcp://10.0.0.5:8786` 用已有的 Dask 集群"
                '（需要 `pip install ".[cluster]"`）。在哪里算，结果逐位相同。\n'
                "- 中断（Ctrl-C、断电）后再运行同一命令，已算的不重算：按内容的校验码认。"
                "`sweep --keep 文件夹` 把每个情景的结果留下来。\n"
                "- 写出文件时，旁边的 `….manifest.json` 记下命令、读到的每个文件的校验码、"
                "版本、随机种子。`transfers rerun 文件.manifest.json` 重做一遍，逐字节核对；"
                "输入变了会指出是哪一个。",
                "- `--workers 4` uses four processes here, `--cluster tcp://10.0.0.5:8786` a Dask "
                'cluster that is there (needs `pip install ".[cluster]"`). Wherever it runs, the '
                "bits are the same.\n"
                "- After an interruption (Ctrl-C, a power cut) the same command goes on: what is "
                "done is known by the hash of its content. `sweep --keep FOLDER` keeps what came "
                "of "
                "every scenario.\n"
                "- The `….manifest.json` beside a file has the command, the hash of every file "
                "that "
                "was read, versions and seed. `transfers rerun FILE.manifest.json` makes it again "
                "and compares byte by byte; inputs that changed are named.",
            ),
        ),
    ),
    (
        ("编辑器", "Editors"),
        (
            (
                "VS Code 装上 YAML 扩展（Red Hat）：运行 `transfers schema study --out "
                "study.schema.json`，"
                "研究文件第一行写 `# yaml-language-server: $schema=study.schema.json`，"
                "就能边写边补全、解释每个键，写错的键当场标出。仓库里现成的一份："
                "[schema.json](schema.json)。",
                "VS Code with the YAML extension (Red Hat): run `transfers schema study --out "
                "study.schema.json` and let the study's first line be `# yaml-language-server: "
                "$schema=study.schema.json`. Keys are completed and explained, misspelt ones "
                "underlined. The repository has one ready: [schema.json](schema.json).",
            ),
        ),
    ),
)
