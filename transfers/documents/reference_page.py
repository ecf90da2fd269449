"""The page about the policy document, zh and en: how it is written, every key, six examples.

Made of the keys in :mod:`transfers.documents.models`, the words of ``reference_keys`` and the
policies of ``reference_examples``; written by ``scripts/docs``. Not imported when the engine runs.
"""

from __future__ import annotations

from typing import Final

from transfers.documents import (
    described,
    model_appraisals,
    model_districts,
    model_lists,
    model_payer,
    model_promises,
    model_rules,
    model_services,
    model_upstream,
    models,
)
from transfers.documents.keys import Part
from transfers.documents.reference_choices import CHOICES
from transfers.documents.reference_examples import EXAMPLES, Both, Example
from transfers.documents.reference_form import Reference, head, keys_section, said, sections
from transfers.documents.reference_keys import SAMPLES
from transfers.documents.reference_notes import NOTES
from transfers.documents.reference_promises import section as promises
from transfers.documents.reference_prose import INTRODUCTION
from transfers.documents.reference_units import section as units
from transfers.messages import LANGUAGES

PARTS: Final[dict[type[Part], tuple[str, Both]]] = {
    models.PolicyDocument: ("", ("整个文件", "The whole document")),
    described.Described: ("", ("名称、依据、备注", "Title, source, note")),
    models.Money: ("money", ("金额", "Money")),
    model_districts.DistrictTable: ("districts", ("地区数据", "Districts")),
    model_districts.Join: ("districts.join", ("并入的文件", "Joined files")),
    model_lists.ItemTable: ("lists.*", ("清单", "Lists")),
    model_lists.ListColumn: ("lists.*.columns.*", ("清单的列", "Columns of a list")),
    model_lists.Figures: ("inputs.*, lists.*.columns.*", ("数据", "Figures")),
    models.Input: ("inputs.*", ("数据列", "Inputs")),
    models.Parameter: ("parameters.*", ("参数", "Parameters")),
    model_upstream.Upstream: ("upstream", ("上级", "The level above")),
    model_payer.Reserve: ("reserves.*", ("储备资金", "Reserves")),
    model_payer.Budget: ("budget", ("预算", "Budget")),
    model_services.ServiceList: ("service_lists.*", ("服务清单的支出", "Lists of services")),
    model_services.LastYear: ("service_lists.*.last", ("上年", "A year before")),
    model_appraisals.Appraisal: ("appraisals.*", ("考核与实现度", "Appraisals")),
    model_appraisals.Advanced: ("appraisals.*.advanced", ("先进", "Advanced")),
    models.Quantity: ("quantities.*", ("推算列与中间分配", "Quantities and stages")),
    models.Division: ("grants.*, quantities.*, outputs.*", ("分配", "A division")),
    models.Within: ("….within", ("分组", "Groups")),
    models.Share: ("….share", ("权重", "Weights")),
    models.Level: ("….level", ("补到同一水平", "One level")),
    models.Grant: ("grants.*", ("资金", "Grants")),
    models.Rounding: ("grants.*.rounding, outputs.*.rounding", ("取整", "Rounding")),
    models.Output: ("outputs.*", ("附加列", "Outputs")),
    model_rules.Rule: ("rules.*", ("对结果的要求", "Rules about the outcome")),
    model_promises.Promise: ("promises.*", ("承诺", "Promises")),
    model_promises.Waiver: ("waive.*, grants.*.waive.*", ("豁免的承诺", "Waivers")),
    models.Solve: ("solve", ("反求参数", "Solving for a parameter")),
}
"""Parts of the document in the order of the page: where each stands, and its heading."""

POLICY: Final = Reference(PARTS, SAMPLES, NOTES, CHOICES)
"""What there is to tell about the policy document."""

_TITLE: Final = ("政策文件", "The policy document")
_OPENING: Final = (
    "政策文件写明谁按什么分多少钱，是一个 YAML 文件。先说写法，再列每个键，"
    "最后是六个完整的小例子；想边看边写的，[先看例子](#六个例子)。",
    "A policy document states who gets how much by what rule; it is a YAML file. First how it is "
    "written, then every key, then six small complete policies; to learn by copying, [begin with "
    "these](#six-examples).",
)
_TOOLS: Final[tuple[Both, Both]] = (
    ("起步与工具", "Starting, and tools"),
    (
        "- **从样例改起**：`transfers new 文件夹` 写出一份可以直接测算、逐行带说明的政策文件，"
        "连同数据表、应得的金额和要输入的命令。\n"
        "- **填报表**：`transfers template policy.yaml --out 填报表.xlsx` 按 inputs 生成工作簿："
        "列名下面一行是单位，已知的地区逐行列出，单元格只收允许的值（范围、下拉选项、是否），"
        "“说明”一页写明每列的含义、依据、备注；加 `--filled` 把现有的数也填上。填好后 `transfers "
        "run policy.yaml --districts 填报表.xlsx`。政策有 `join` 的，各文件的列都并在这一张表里，"
        "测算时加 `--set districts.join=[]`。"
        "清单各项的数逐行列出的，另有一张表，地区和项目已逐行列好；"
        "“说明”一页写明测算时要加的 `--set`。\n"
        "- **编辑器**：VS Code 装上 YAML 扩展（Red Hat），就能边写边补全：运行 `transfers schema "
        "--out schema.json`，把它与政策文件放在一起，政策文件第一行写 `# yaml-language-server: "
        "$schema=schema.json`。光标停在键上有中英文解释，写错的键、缺少的键、不在可选范围的词"
        "当场标出。合计、上下限大小、公式里的名称，仍由 `transfers run` 检查。仓库里现成的一份："
        "[schema.json](schema.json)。",
        "- **Start from a sample**: `transfers new FOLDER` writes a policy that runs and is "
        "explained line by line, with a table, the amounts it gives and the commands to type.\n"
        "- **A workbook to fill in**: `transfers template policy.yaml --out figures.xlsx` makes "
        "it from the inputs: units stand below the headings, known districts have a row each, "
        "cells take only what is allowed (ranges, lists, yes or no), and a second sheet tells "
        "what each column means, with source and remark; `--filled` puts in the figures there "
        "are. When it is filled: `transfers run policy.yaml --districts figures.xlsx`. With "
        "`join` in the policy the columns of all files are in this one table: add `--set "
        "districts.join=[]`. Figures by district and item have a sheet of their own with a row "
        "for every pair; the notes say what to add to the command.\n"
        "- **Editors**: VS Code with the YAML extension (Red Hat) completes while you type: run "
        "`transfers schema --out schema.json`, keep it beside the policy, and let the policy's "
        "first line be `# yaml-language-server: $schema=schema.json`. A key under the mouse is "
        "explained in Chinese and English; keys that are misspelt or missing, and words that are "
        "none of those allowed, are underlined. Sums, limits and the names in formulas are still "
        "checked by `transfers run`. The repository has one ready: [schema.json](schema.json).",
    ),
)
_WORDS: Final[dict[str, Both]] = {
    "examples": ("六个例子", "Six examples"),
    "examples_say": (
        "每个例子把两段文字存成同一文件夹里的 `policy.yaml` 和 `districts.csv`，运行 `transfers "
        "run policy.yaml`。金额单位为万元。",
        "Save the two texts of an example as `policy.yaml` and `districts.csv` in one folder and "
        "run `transfers run policy.yaml`. Amounts are in 万元, ten thousand yuan.",
    ),
    "table": ("`districts.csv`：", "`districts.csv`:"),
    "result": ("结果：", "Result:"),
}


def pages() -> dict[str, str]:
    """Return the page in each language: its path below ``docs/policy`` and its text."""
    return {f"{language}.md": _page(language) for language in LANGUAGES}


def _word(word: str, language: str) -> str:
    return said(_WORDS[word], language)


def _page(language: str) -> str:
    parts = head(_TITLE, _OPENING, language)
    parts += sections(INTRODUCTION, language)
    parts += units(language)
    parts += sections(((_TOOLS[0], _TOOLS[1:]),), language)
    parts += keys_section(POLICY, language)
    parts += promises(language)
    parts += [f"## {_word('examples', language)}", _word("examples_say", language)]
    for example in EXAMPLES:
        parts += _example(example, language)
    return "\n\n".join(parts) + "\n"


def _example(example: Example, language: str) -> list[str]:
    """Return a whole example: rule, policy, table, amounts, how they come about."""
    header, *rows = (line.split(",") for line in example.table.splitlines())
    columns = list(example.columns.items())
    lines = [[*row[:2], *(v[n] for _, v in columns)] for n, row in enumerate(rows)]
    head = [*header[:2], *(name for name, _ in columns)]
    marks = ["---", "---", *("---:" for _ in columns)]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in (head, marks, *lines))
    return [
        f"### {said(example.title, language)}",
        said(example.says, language),
        f"```yaml\n{example.policy}```",
        _word("table", language),
        f"```text\n{example.table}```",
        _word("result", language),
        table,
        said(example.by_hand, language),
    ]
