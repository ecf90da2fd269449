"""What every function of one district does, with examples that are run by a test.

Written for the official who writes a policy, Chinese first. The pages are made of it by
:mod:`transfers.formula.reference_pages`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Both = tuple[str, str]
"""A text in Chinese and in English."""


@dataclass(frozen=True, slots=True)
class Example:
    """A formula on a small table, with what it yields.

    Parameters
    ----------
    columns : mapping of name to cells
        The table, one cell per district; "" is a blank cell.
    values : sequence of str
        What the formula yields for each district, exactly; ``missing``, ``true`` and ``false``
        as they stand. One value where there is no table.
    parameters : str
        Parameters that the formula reads, as the document has them.
    units : mapping of name to unit
    unit : str
        The unit the result is declared in.
    lists : mapping of name to text
        Lists that the formula reads, as the document has them in flow style.
    over : mapping of input to list
        Inputs over a list; the table has a column ``input_item`` for each item.
    """

    formula: str
    columns: Mapping[str, Sequence[str]]
    values: Sequence[str]
    parameters: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    lists: Mapping[str, str] = field(default_factory=dict)
    over: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """A function: how it is written, what it does, its rules at the edges, examples."""

    signature: str
    does: Both
    rules: Sequence[Both]
    examples: Sequence[Example]


def columns_of(**columns: str) -> dict[str, tuple[str, ...]]:
    """Write columns as words: ``population="10 20 -"``; a dash is a blank cell."""
    return {
        name: tuple("" if cell == "-" else cell for cell in cells.split())
        for name, cells in columns.items()
    }


def example(formula: str, values: str, parameters: str = "", **columns: str) -> Example:
    """Return an example from words: its values and the cells of its columns."""
    return Example(formula, columns_of(**columns), values.split(), parameters)


ONE_MISSING = (
    "有一个数缺失，结果就缺失。",
    "If one figure is missing, the result is missing.",
)
_ROUND_OPTIONS = (
    "digits= 是小数位数（-20 到 20），负数取到十、百；to= 是取整单位（大于零），如 0.05。"
    "两者只写一个，须是写明的数；第二个参数也作小数位数，与 Excel 相同。",
    "digits= is the number of decimals (-20 to 20), negative for tens and hundreds; to= is the "
    "multiple (above zero), such as 0.05. Give one of them, as a number; a second argument is "
    "digits=, as in Excel.",
)

PER_DISTRICT: dict[str, Entry] = {
    "if": Entry(
        "if(condition, yes, no)",
        (
            "条件成立取第二个参数，否则取第三个。",
            "Takes the second argument where the condition holds, else the third.",
        ),
        (
            (
                "没有取用的一支缺失不要紧；条件本身缺失时，结果缺失。",
                "A figure missing in the branch not taken does no harm; where the condition is "
                "missing, the result is missing.",
            ),
            (
                "两支须同类：都是数、都是文字或都是判断；单位自动换算。",
                "Both branches are of one kind: figures, texts or statements; units are converted.",
            ),
        ),
        (
            example("if(revenue > 100, 0, 50)", "0 50 50", revenue="120 100 80"),
            example("if(score >= 60, 1, 0)", "1 missing 0", score="60 - 59"),
            example("if(missing(last_year), 0, last_year)", "30 0 50", last_year="30 - 50"),
        ),
    ),
    "min": Entry(
        "min(x, y, …)",
        (
            "同一地区的几个数取最小，常用于封顶。各地区之间取最小用 lowest。",
            "The smallest of several figures of one district: a cap. Over districts use lowest.",
        ),
        (ONE_MISSING,),
        (example("min(gap, 100)", "80 100 100", gap="80 100 130"),),
    ),
    "max": Entry(
        "max(x, y, …)",
        (
            "同一地区的几个数取最大，常用于保底，或把负的缺口记为零。各地区之间取最大用 highest。",
            "The largest of several figures of one district: a floor, or no gap below zero. Over "
            "districts use highest.",
        ),
        (ONE_MISSING,),
        (
            example("max(0, need - revenue)", "30 0 0", need="100 80 60", revenue="70 90 60"),
            example(
                "max(need, last_year)", "100 missing 60", need="100 80 60", last_year="70 - 60"
            ),
        ),
    ),
    "abs": Entry(
        "abs(x)",
        ("绝对值。", "The size of a figure without its sign."),
        (ONE_MISSING,),
        (example("abs(actual - planned)", "5 5 0", actual="95 105 100", planned="100 100 100"),),
    ),
    "clip": Entry(
        "clip(x, low, high)",
        (
            "限制在 low 与 high 之间：低于 low 取 low，高于 high 取 high。",
            "Keeps a figure between low and high.",
        ),
        (
            ("low 大于 high 时取 low。", "Where low is above high, low counts."),
            ONE_MISSING,
        ),
        (
            example("clip(score, 60, 100)", "60 60 80 100", score="45 60 80 105"),
            example("clip(growth, 0, 5%)", "0 0.03 0.05", growth="-0.02 0.03 0.09"),
        ),
    ),
    "round": Entry(
        "round(x)　round(x, 2)　round(x, digits=2)　round(x, to=0.05)",
        (
            "四舍五入；恰在中间的，向远离零的方向进。",
            "Rounds to the nearest; what lies halfway goes away from zero.",
        ),
        (
            _ROUND_OPTIONS,
            (
                "按写明的小数判断，不受二进制误差影响：1.005 取两位是 1.01。",
                "Decided on the decimals as written, free of binary error: 1.005 to two decimals "
                "is 1.01.",
            ),
        ),
        (
            example("round(x)", "3 -3 2", x="2.5 -2.5 2.49"),
            example("round(x, 2)", "1.01 0.13 3", x="1.005 0.125 3"),
            example("round(x, digits=-2)", "1300 1200 -1300", x="1250 1249 -1250"),
            example("round(x, to=0.05)", "1 1.05 1.1", x="1.02 1.03 1.075"),
        ),
    ),
    "round_up": Entry(
        "round_up(x)　round_up(x, 2)　round_up(x, digits=2)　round_up(x, to=10)",
        (
            "向上取整：不小于 x 的最小整数（或倍数）。",
            "Rounds up: the smallest whole number, or multiple, not below x.",
        ),
        (
            _ROUND_OPTIONS,
            (
                "负数也往大取：-2.5 得 -2；Excel 的 ROUNDUP 远离零，得 -3。",
                "A negative figure goes up as well: -2.5 becomes -2, where Excel's ROUNDUP goes "
                "away from zero to -3.",
            ),
        ),
        (
            example("round_up(x)", "3 2 -2", x="2.1 2 -2.5"),
            example("round_up(x, to=10)", "20 20 30", x="11 20 20.01"),
        ),
    ),
    "round_down": Entry(
        "round_down(x)　round_down(x, 2)　round_down(x, digits=2)　round_down(x, to=10)",
        (
            "向下取整：不大于 x 的最大整数（或倍数）。",
            "Rounds down: the largest whole number, or multiple, not above x.",
        ),
        (
            _ROUND_OPTIONS,
            (
                "负数也往小取：-2.5 得 -3；Excel 的 ROUNDDOWN 趋向零，得 -2。",
                "A negative figure goes down as well: -2.5 becomes -3, where Excel's ROUNDDOWN "
                "goes towards zero to -2.",
            ),
        ),
        (
            example("round_down(x)", "2 2 -3", x="2.9 2 -2.5"),
            example("round_down(x, 1)", "2.9 2 0.3", x="2.99 2 0.3"),
        ),
    ),
    "sqrt": Entry(
        "sqrt(x)",
        (
            "平方根；用作因素时，大地区与小地区的差距缩小。",
            "The square root; in a factor it narrows the gap between large and small districts.",
        ),
        (("负数没有平方根，结果缺失。", "A negative figure has none: missing."),),
        (example("sqrt(area)", "10 1.5 0 missing", area="100 2.25 0 -1"),),
    ),
    "exp": Entry(
        "exp(x)",
        ("e 的 x 次方。", "e to the power x."),
        (
            (
                "结果不是有限小数时，按 50 位有效数字计算。",
                "Counted with 50 significant digits where it never ends.",
            ),
        ),
        (example("round(exp(x), 4)", "1 2.7183 0.3679", x="0 1 -1"),),
    ),
    "log": Entry(
        "log(x)",
        ("自然对数。", "The natural logarithm."),
        (("零和负数没有对数，结果缺失。", "Zero and negative figures have none: missing."),),
        (example("round(log(x), 4)", "0 0.6931 missing", x="1 2 0"),),
    ),
    "missing": Entry(
        "missing(x)",
        (
            "该地区没有这个数时成立：单元格空白，或除数为零等算不出来。",
            "Holds where a district has no such figure: a blank cell, or a division by zero.",
        ),
        (
            (
                "零不是缺失。与 if 合用，写明缺数据怎么办。",
                "Zero is not missing. With if it says what to do without a figure.",
            ),
        ),
        (
            example("missing(last_year)", "false true false", last_year="30 - 0"),
            example("if(missing(a / b), 0, a / b)", "2 0 0.5", a="4 5 1", b="2 0 2"),
        ),
    ),
}
