"""Complete small studies for the page about the study document, with what comes of them by hand.

A test runs every one and holds the amounts against what is said here. Not imported when a study
is read or run.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from transfers.documents.reference_examples import Both

POLICY: Final = "policy.yaml"
TABLE: Final = "districts.csv"
"""Of ``examples/studies``: what all examples use."""


class Example(Struct, frozen=True):
    """A study, the command it is for, and what comes out.

    Parameters
    ----------
    title, says : Both
        What is asked, and how it is written.
    file : str
        The study in ``examples/studies``.
    command : str
        With its options.
    by_hand : Both
        How the figures come about.
    amounts : mapping of str to tuple of int
        Variant -> total of each district, worked out by hand.
    code : int
        How the command ends.
    """

    title: Both
    says: Both
    file: str
    command: str
    by_hand: Both
    amounts: Mapping[str, tuple[int, ...]] = {}
    code: int = 0

    @property
    def call(self) -> str:
        """The command line after the program's name."""
        name, _, options = self.command.partition(" ")
        return f"{name} examples/studies/{self.file} {options}".rstrip()

    @property
    def shows(self) -> tuple[str, ...]:
        """The files that are shown."""
        return (self.file,)


EXAMPLES: Final[tuple[Example, ...]] = (
    Example(
        ("一个权重变了", "One weight changes"),
        (
            "面积权重由 40% 提高到 50%。`rescale` 让同组其余权重（这里只有人口）同比例降低。",
            "The weight of area goes from 40% to 50%. `rescale` scales the other weights of the "
            "group, here population alone.",
        ),
        "weight.yaml",
        "compare",
        (
            "两个权重各 50%：人口占比 40%、30%、20%、10%，面积占比 10%、20%、30%、40%，各县都是 "
            "25%，"
            "即 250 万元。东县保底 290 × 90% = 261，北县封顶 200 × 1.2 = 240；余 499 万元由西县、"
            "南县"
            "平分，各 249.5，取整时尾数相同，代码在前的西县得 250。加上不变的镇街补助和困难补助："
            "361、370、609、460。",
            "With 50% each, shares of population 40%, 30%, 20%, 10% and of area 10%, 20%, 30%, 40% "
            "make 25% for everybody, 250. 东县 has its floor, 290 x 90% = 261, 北县 its cap, 200 x "
            "1.2 = 240; the other two share 499, 249.5 each, and of equal rests the key that "
            "comes first, "
            "西县, gets the unit: 250. With towns and relief as before: 361, 370, 609, 460.",
        ),
        {"area_50": (361, 370, 609, 460)},
    ),
    Example(
        ("新的因素、新的一列", "A new factor with a new column"),
        (
            "表里有“registered”一列，政策没有读它：先用 `add` 加一个输入，再用 "
            "`set` 换掉整组因素。",
            "The table has a column `registered` that the policy does not read: `add` an input, "
            "then "
            "`set` the whole group of factors.",
        ),
        "new_factor.yaml",
        "compare",
        (
            "户籍人口占比 30%、30%、20%、20%，得 220、260、240、280；东县保底 261，北县封顶 240，"
            "余 499 万元按 26 : 24 分给西县、南县，259.48 和 239.52，取整 259、240。",
            "Shares of registered population 30%, 30%, 20%, 20% give 220, 260, 240, 280; 东县 has "
            "its floor of "
            "261, 北县 its cap of 240, and 499 go 26 : 24 to the others, 259.48 and 239.52, "
            "rounded to 259 "
            "and 240.",
        ),
        {"registered": (361, 379, 600, 460)},
    ),
    Example(
        ("几个方案并排，约束和分解", "Variants side by side, constraints, what each change does"),
        (
            "`changes` 给两项改动各起名称，`--by-change` 说明各影响多少；约束有硬性的，"
            "也有只提示的；"
            "`baseline.total` 是基准的数。加 `--gate` 时，本例以 1 结束。",
            "`changes` names two changes, `--by-change` tells what each does; constraints are "
            "hard, or "
            "only warn; `baseline.total` is the baseline's figure. With `--gate` this one ends "
            "with 1.",
        ),
        "three.yaml",
        "compare --by-change",
        (
            "西县调到一类，12 个镇街各多 10 万元，+120，合计 1920，超过 1900：硬性约束不满足，差 "
            "20。"
            "两项改动互不相干，所以各自的影响就是单独改动时的数，相加等于合计的增减。",
            "In the first tier 西县 gets 10 more for each of 12 towns, +120, and the total of "
            "1920 is 20 "
            "above the hard constraint. The two changes do not touch each other, so each does what "
            "it does alone, and the parts add up.",
        ),
        {
            "area_50": (361, 370, 609, 460),
            "west_up": (380, 500, 600, 440),
            "both": (361, 490, 609, 460),
        },
    ),
    Example(
        ("二维数据表", "A two-way data table"),
        (
            "两条路径各取几个值，两两组合；`table` 写表里放什么。与 Excel 的模拟运算表相同。",
            "Two paths with a few values each, combined; `table` says what the tables show, as the "
            "data tables of a spreadsheet do.",
        ),
        "table_two.yaml",
        "sweep",
        (
            "左上角 440 是未变动时北县的合计。资金 1100、面积权重 30%：北县 1100 × (70% × 10% + "
            "30% × 40%)"
            " = 209，加镇街 120、困难 100，共 429。权重 50% 时按 25% 分是 275，封顶 240，共 460。",
            "The corner, 440, is what 北县 has unmoved. With 1100 and a weight of 30%: 1100 x "
            "(70% x 10% "
            "+ 30% x 40%) = 209, with 120 for towns and 100 of relief 429. At 50% it would be "
            "275, and "
            "the cap of 240 makes 460.",
        ),
    ),
    Example(
        ("至少要多大", "How much is needed"),
        (
            "`within`、`step` 写明在哪里找、找多细，`rescale` 写明哪一组保持合计。",
            "`within` and `step` say where to look and how closely, `rescale` which group keeps "
            "its sum.",
        ),
        "seek.yaml",
        "seek",
        (
            "权重为 a 时北县的份额是 10% + 30% × a，须 100 + 300 × a ≥ 230，即 a ≥ 43.3%；"
            "到这里还没有哪个县"
            "碰到上下限。每 1% 试一个值，43% 时 229，44% 时 232：答案 44%。",
            "With a weight a 北县 has a share of 10% + 30% x a, so 100 + 300 x a ≥ 230 asks for "
            "43.3%; no floor "
            "or cap is met before that. On a grid of 1% that is 229 at 43% and 232 at 44%: 44%.",
        ),
    ),
    Example(
        ("没有答案", "There is no answer"),
        (
            "两个县都要达到 260 万元；没有一个权重做得到时，给出最接近的值和差多少，程序以 1 "
            "结束。",
            "Both counties are to get 260; where no weight does it, the nearest miss is told and "
            "the "
            "command ends with 1.",
        ),
        "seek_none.yaml",
        "seek",
        (
            "北县封顶 240 万元，无论权重多少都差 20 万元：该动的是 `growth_cap`，不是权重。",
            "北县 has a cap of 240, 20 short whatever the weight: what has to move is "
            "`growth_cap`.",
        ),
        code=1,
    ),
)
