"""What a study document may say about edges near a district's figures."""

from __future__ import annotations

from fractions import Fraction

from transfers.documents.described import Described
from transfers.documents.keys import number, text, texts, whole_number


class Cliffs(Described):
    """Where small changes of a figure make amounts jump."""

    variant: str | None = text("在哪个方案上；不写为基准", "On which variant; else the baseline")
    inputs: tuple[str, ...] | None = texts(
        "只看哪些输入列；不写为全部", "Which inputs are moved; all if left out", alone=True
    )
    districts: tuple[str, ...] | None = texts(
        "只看哪些地区（代码或名称）；不写为全部",
        "Which districts (key or name); all if left out",
        alone=True,
    )
    within: Fraction = number(
        "每个数上下最多变动多少", "How far each figure is moved, up and down", "20%"
    )
    step: Fraction = number("算边际影响时变动多少", "The little move of slopes", "0.1%")
    least: int = whole_number(
        "小于这个数（最小支付额的倍数）的跳变不报", "Jumps of fewer quanta are not told", "1"
    )
