"""The paragraphs of the page about the test document; not imported when tests are run."""

from __future__ import annotations

from typing import Final

from transfers.documents.reference_examples import Both

TITLE: Final = ("算例：政策的测试", "Tests of a policy: worked examples")

OPENING: Final = (
    "文件里的每一条规定，都可以配几个算得出的小例子：已知什么数据，各地应得多少。写进政策旁边的 "
    "`tests` 文件夹，以后每改一次政策，都自动重算一遍，与当初说好的金额核对。"
    "写法与[政策文件](../policy/zh.md)相同。",
    "Every clause of a rule can have a few small examples that anybody can work out: what "
    "is given, "
    "and who gets what. They stand in the folder `tests` beside the policy; whenever the policy "
    "changes, they are computed again and held against what was agreed. They are written as "
    "[policy documents](../policy/en.md) are.",
)

Sections = tuple[tuple[Both, tuple[Both, ...]], ...]

INTRODUCTION: Final[Sections] = (
    (
        ("一份算例文件", "A test document"),
        (
            (
                "下面是 [examples/jiangmen](../../examples/jiangmen/README.zh-CN.md) 的算例，"
                "每个都可以用笔算出来：",
                "These are the tests of [examples/jiangmen](../../examples/jiangmen/README.md); "
                "each can be worked out with a pencil:",
            ),
            ("{example}", "{example}"),
            (
                "文件放在哪里：政策是 `某处/policy.yaml`，算例就放 `某处/tests/*.yaml`"
                "（或 `.yml`），几份都可以。那个文件夹里有几份政策的，每份算例用 `policy:` "
                "写明是哪一份。`tests` 里的 YAML 文件必须是算例；别的文件会报错，不会悄悄略过。",
                "Where it stands: tests of `somewhere/policy.yaml` are "
                "`somewhere/tests/*.yaml` (or "
                "`.yml`), as many as there are. Where that folder has several policies, each "
                "document says `policy:`. A YAML file in `tests` that is no test document is a "
                "fault; nothing is passed over in silence.",
            ),
        ),
    ),
    (
        ("怎样运行", "Running them"),
        (
            (
                "- `transfers check 政策` 核对政策的承诺，也运行它的算例。\n"
                "- `pytest --transfers 文件夹`：每个算例一项，政策的承诺一项（"
                "[见下](#在-pytest-里)）。\n"
                "- 提交之前：[pre-commit](#提交之前)。\n"
                "- 在 Python 里：",
                "- `transfers check POLICY` checks what the policy promises, and runs its tests.\n"
                "- `pytest --transfers FOLDER`: an item for each test and one for the promises "
                "([below](#in-pytest)).\n"
                "- Before a commit: [pre-commit](#before-a-commit).\n"
                "- In Python:",
            ),
            (
                "<!-- run -->\n```pycon\n"
                ">>> from checks.policy_tests import find_tests, load_tests, run_tests\n"
                '>>> [document] = map(load_tests, find_tests("examples/jiangmen/policy.yaml"))\n'
                ">>> for result in run_tests(document):\n"
                "...     print(result.status, result.id, result.title)\n"
                "passed three_alike 三地相同，1000 万元\n"
                "passed rich_and_poor 人均财力差一倍，2000 万元\n"
                "passed held_at_last_year 不低于上年\n"
                "passed capped 增幅封顶\n"
                "passed short 资金不足，不予分配\n"
                "passed negative_population 人口为负的数据不予受理\n"
                "```",
                "<!-- run -->\n```pycon\n"
                ">>> from checks.policy_tests import find_tests, load_tests, run_tests\n"
                '>>> [document] = map(load_tests, find_tests("examples/jiangmen/policy.yaml"))\n'
                ">>> for result in run_tests(document):\n"
                "...     print(result.status, result.id, result.title)\n"
                "passed three_alike 三地相同，1000 万元\n"
                "passed rich_and_poor 人均财力差一倍，2000 万元\n"
                "passed held_at_last_year 不低于上年\n"
                "passed capped 增幅封顶\n"
                "passed short 资金不足，不予分配\n"
                "passed negative_population 人口为负的数据不予受理\n"
                "```",
            ),
        ),
    ),
    (
        ("没有通过时", "When a test fails"),
        (
            (
                "写明在哪一行、应得多少、算得多少，以及为什么是这个数。把上面第二例写错 1 万元：",
                "The line is told, what was expected, what came, and why the district gets that. "
                "The second example, wrong by 1:",
            ),
            (
                "<!-- run -->\n```pycon\n"
                ">>> from pathlib import Path\n"
                '>>> text = Path(document.file).read_text("utf-8")\n'
                '>>> wrong = text.replace("{甲: 900, 乙: 1100}", "{甲: 901}")\n'
                '>>> file = Path("examples/jiangmen/tests/wrong.yaml")\n'
                '>>> _ = file.write_text(wrong, "utf-8")\n'
                ">>> for result in run_tests(load_tests(file)):\n"
                '...     for line in result.lines("zh"):\n'
                "...         print(result.status, line)\n"
                "failed examples/jiangmen/tests/wrong.yaml:33:24 "
                "tests.rich_and_poor.expect.amounts.equalisation.甲: equalisation 甲：应得 901，"
                "算得 900 万元。（甲：因素法均衡性补助测算 900 万元，核定 900 万元，"
                "比上年增加 100 万元（12.5%）。）\n"
                "```",
                "<!-- run -->\n```pycon\n"
                ">>> from pathlib import Path\n"
                '>>> text = Path(document.file).read_text("utf-8")\n'
                '>>> wrong = text.replace("{甲: 900, 乙: 1100}", "{甲: 901}")\n'
                '>>> file = Path("examples/jiangmen/tests/wrong.yaml")\n'
                '>>> _ = file.write_text(wrong, "utf-8")\n'
                ">>> for result in run_tests(load_tests(file)):\n"
                '...     for line in result.lines("en"):\n'
                "...         print(result.status, line)\n"
                "failed examples/jiangmen/tests/wrong.yaml:33:24 "
                "tests.rich_and_poor.expect.amounts.equalisation.甲: equalisation of 甲: expected "
                "901, got 900 万元. (甲: 因素法均衡性补助 calculated 900 万元, gets 900 万元, "
                "100 万元 (12.5%) more than last year.)\n"
                "```",
            ),
            (
                "`failed` 是算得的与写的不同；`error` 是所给的数据根本算不出来。"
                "算例文件本身写错的（名称、地区、路径、无法发放的金额），一次全部指出，"
                "一个也不运行。",
                "`failed`: what came is something else. `error`: nothing could be computed from "
                "what is given. What is wrong with the document itself (names, districts, paths, "
                "sums that cannot be paid) is told all at once, and none of it is run.",
            ),
        ),
    ),
)

AFTER: Final[Sections] = (
    (
        ("在 pytest 里", "In pytest"),
        (
            (
                "装好本程序，pytest 就认得政策文件，但不会自己去收：别的项目也有 YAML 文件，"
                "里面也可能有 `tests:`。三种办法，任选其一：\n\n"
                "| 写法 | 收什么 |\n|---|---|\n"
                "| `pytest 某处/policy.yaml`、`pytest 某处/tests/算例.yaml` | "
                "点名的政策和它的算例；"
                "点名的算例 |\n"
                "| `pytest --transfers 文件夹` | 遇到的每份政策和它的算例 |\n"
                "| pyproject.toml 中 `[tool.pytest.ini_options]` 写 "
                '`transfers_policies = ["policies/*.yaml"]` | 写明的政策和它们的算例，每次都收；'
                "一份也找不到的写法会报错 |\n\n"
                "每个算例一项（`tests/算例.yaml::编号`），每份政策另有一项 `promises`，"
                "找会违背承诺的表；`--transfers-seconds N`、`--transfers-seed N` 给它时间和种子，"
                "`--transfers-made-only` 不用政策自己的地区表。",
                "Once this program is installed, pytest knows policy documents, but "
                "collects none by "
                "itself: other projects have YAML files too, some with `tests:`. There are three "
                "ways to ask:\n\n"
                "| written | what is collected |\n|---|---|\n"
                "| `pytest somewhere/policy.yaml`, `pytest somewhere/tests/examples.yaml` | the "
                "policy that is named and its tests; the tests that are named |\n"
                "| `pytest --transfers FOLDER` | every policy that is met, with its tests |\n"
                "| in pyproject.toml, below `[tool.pytest.ini_options]`: `transfers_policies = "
                '["policies/*.yaml"]` | these policies with their tests, in every run; a glob that '
                "stands for no policy is refused |\n\n"
                "There is an item for each test (`tests/examples.yaml::id`), and for each "
                "policy one "
                "called `promises`, which searches for a table that breaks one; "
                "`--transfers-seconds N` and `--transfers-seed N` say how long, and from "
                "which seed, `--transfers-made-only` that no policy needs its table.",
            ),
        ),
    ),
    (
        ("提交之前", "Before a commit"),
        (
            (
                "政策仓库的 `.pre-commit-config.yaml`（`repo`、`rev` 写本程序的仓库和版本）：",
                "The `.pre-commit-config.yaml` of a repository of policies (`repo` and `rev` are "
                "this program's repository and a version of it):",
            ),
            (
                "```yaml\nrepos:\n  - repo: https://example.org/transfers\n    rev: v0.1.0\n"
                "    hooks:\n      - id: transfers-check\n"
                '        args: [policies, --seconds, "5"]\n'
                "```",
                "```yaml\nrepos:\n  - repo: https://example.org/transfers\n    rev: v0.1.0\n"
                "    hooks:\n      - id: transfers-check\n"
                '        args: [policies, --seconds, "5"]\n'
                "```",
            ),
            (
                "提交中有 YAML 文件或数据表时，核对 `args` 写明的文件夹里的全部政策，"
                "并运行它们的算例：只改一张表，也会改变政策的结果。"
                "不写 `args` 时是整个仓库，每份政策搜索 5 秒。GitHub、GitLab 上的自动核对见"
                "[检验一个政策仓库](../zh/ci.md)。",
                "Where a commit has YAML documents or tables, all policies below the folder in "
                "`args` are checked and their tests run: a table that changes makes a policy come "
                "out otherwise, too. Without `args` it is the whole repository, with a search of 5 "
                "seconds for each policy. For GitHub and GitLab see [checking a repository of "
                "policies](../ci.md).",
            ),
        ),
    ),
)
