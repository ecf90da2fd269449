"""The page about the study document, zh and en: how it is written, every key, complete studies.

Made of the keys of the study's models, as the page about the policy document is of its keys;
written by ``scripts/docs``. Not imported when a study is read or run.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from scenarios.study import (
    model,
    model_change,
    model_cliffs,
    model_seek,
    model_sweep,
    model_years,
)
from scenarios.study.reference_examples import EXAMPLES, POLICY, TABLE, Example
from scenarios.study.reference_keys import CHOICES, SAMPLES
from scenarios.study.reference_notes import NOTES
from scenarios.study.reference_prose import INTRODUCTION
from transfers.documents.described import Described
from transfers.documents.keys import Part
from transfers.documents.reference_examples import Both
from transfers.documents.reference_form import Reference, head, keys_section, said, sections
from transfers.messages import LANGUAGES

PARTS: Final[dict[type[Part], tuple[str, Both]]] = {
    model.StudyDocument: ("", ("整个文件", "The whole document")),
    Described: ("", ("名称、依据、备注", "Title, source, note")),
    model_change.Change: (
        "variants.*, variants.*.changes.*, baseline",
        ("改动", "Changes"),
    ),
    model.Variant: ("variants.*, baseline", ("方案", "Variants")),
    model.Measure: ("measures.*", ("指标", "Measures")),
    model.Constraint: ("constraints.*", ("约束", "Constraints")),
    model_sweep.Sweep: ("sweep", ("成批测算", "Sweeps")),
    model_sweep.Sample: ("sweep.sample", ("抽样", "Draws")),
    model_sweep.Indices: ("sweep.indices", ("敏感度指数", "Indices")),
    model_seek.Seek: ("seek", ("反求", "Seek")),
    model_seek.Varied: ("seek.vary", ("变动的数", "The number varied")),
    model_seek.Statement: ("seek.so_that, optimise.subject_to.*", ("判断", "Statements")),
    model_seek.Optimise: ("optimise", ("寻优", "Optimise")),
    model_seek.Range: ("optimise.vary.*", ("取值范围", "Ranges")),
    model_seek.Target: ("optimise.pareto.*", ("权衡的指标", "Aims")),
    model_cliffs.Cliffs: ("cliffs", ("临界点", "Cliffs")),
    model_years.Years: ("years", ("逐年推算", "Years")),
    model_years.YearsOfVariant: (
        "years, variants.*.years",
        ("逐年发生的", "What happens in years"),
    ),
    model_years.Members: ("years.members.*", ("地区变动", "Members")),
    model_years.Merged: ("years.members.*.merge.*", ("合并的地区", "Merged districts")),
}
"""Parts of the document in the order of the page: where each stands, and its heading."""

STUDY: Final = Reference(PARTS, SAMPLES, NOTES, CHOICES)
"""What there is to tell about the study document."""

_TITLE: Final = ("研究文件", "The study document")
_OPENING: Final = (
    "研究文件列出几个方案和要问的问题，是一个 YAML 文件，写法与[政策文件](../policy/zh.md)相同。"
    "先说写法，再列每个键，最后是六个完整的例子；想边看边写的，[先看例子](#六个例子)，"
    "或看[按问题查写法](../zh/cookbook/studies.md)和[十二个问题](../../examples/questions/README.zh-CN.md)。",
    "A study document lists variants of a policy and what is asked of them; it is a YAML file, "
    "written as a [policy document](../policy/en.md) is. First how it is written, then every key, "
    "then six complete studies; to learn by copying, [begin with these](#six-examples), the "
    "[cookbook of studies](../cookbook/studies.md) or [twelve "
    "questions](../../examples/questions/README.md).",
)
_WORDS: Final[dict[str, Both]] = {
    "examples": ("六个例子", "Six examples"),
    "examples_say": (
        "都用这份政策和这张表，在 [examples/studies](../../examples/studies/README.md) 中，"
        "数据为虚构。"
        "一般性补助按人口 60%、面积 40% 分 1000 万元，不低于上年九成，增幅不超过 20%；"
        "镇街补助按档次定额；困难补助给人均收入不超过 2100 元的县。",
        "All use this policy and this table, in "
        "[examples/studies](../../examples/studies/README.md); "
        "the figures are invented. A general grant divides 1000 by population (60%) and area "
        "(40%), "
        "at least nine tenths of last year and at most 20% more; towns get a sum by tier; relief "
        "goes to counties with revenue of at most 2100 yuan per head.",
    ),
}


def pages(files: Mapping[str, str]) -> dict[str, str]:
    """Return the page in each language: its path below ``docs/studies`` and its text.

    Outputs below commands are left to be filled in.

    Parameters
    ----------
    files : mapping of str to str
        Files of ``examples/studies``: name -> text.
    """
    return {f"{language}.md": _page(files, language) for language in LANGUAGES}


def _page(files: Mapping[str, str], language: str) -> str:
    prose = "\n\n".join(sections(INTRODUCTION, language))
    parts = head(_TITLE, _OPENING, language)
    parts.append(prose.replace("{weight}", files["weight.yaml"]))
    parts += keys_section(STUDY, language)
    parts += [f"## {said(_WORDS['examples'], language)}", said(_WORDS["examples_say"], language)]
    parts += [_shown(POLICY, files, "yaml"), _shown(TABLE, files, "text")]
    for example in EXAMPLES:
        parts += _example(example, files, language)
    return "\n\n".join(parts) + "\n"


def _shown(name: str, files: Mapping[str, str], kind: str) -> str:
    return f"<!-- shows examples/studies/{name} -->\n```{kind}\n{files[name]}```"


def _example(example: Example, files: Mapping[str, str], language: str) -> list[str]:
    """Return a whole example: question, study, command, how the figures come about."""
    ending = f": exit {example.code}" if example.code else ""
    return [
        f"### {said(example.title, language)}",
        said(example.says, language),
        *(_shown(name, files, "yaml") for name in example.shows),
        f"<!-- run{ending} -->\n```console\n$ transfers {example.call}\n```",
        said(example.by_hand, language),
    ]
