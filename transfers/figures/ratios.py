"""Ratios in short: ``+3%``, ``-2%``, ``*1.03`` of every figure of an input."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Final
from unicodedata import normalize

from transfers.arithmetic.decimals import parse_decimal
from transfers.formula.grammar import FormulaFault
from transfers.policy.policy import Policy
from transfers.policy.rules import InputRule

_RATIO: Final = re.compile(r"([+-])\s*([0-9.]+)\s*%|\*\s*([0-9.]+%?)")
_SIGNED: Final = re.compile(r"\+\s*[0-9.]+|-\s*[0-9.]+|[0-9.]+\s*%")
_MINUS: Final = str.maketrans({"−": "-", "–": "-", "×": "*", "✕": "*"})


def ratio(policy: Policy, rule: InputRule, text: str) -> Fraction | None:
    """Return the factor that ``+3%``, ``-2%`` or ``*1.03`` stands for; None for a formula.

    Raises
    ------
    FormulaFault
        It may be meant in two ways, or makes no sense of the input.
    """
    return factor_of(rule.name, text, rule.kind, lambda: _is_percentage(policy, rule))


def factor_of(
    name: str, text: str, kind: str, is_percentage: Callable[[], bool]
) -> Fraction | None:
    """Return the factor that ``+3%`` or ``*1.03`` of something named stands for.

    Parameters
    ----------
    kind : str
        ``number``, ``text`` or ``boolean``.
    is_percentage : callable
        Whether its figures are percentages, so that points may be meant.

    Raises
    ------
    FormulaFault
        As :func:`ratio` does.
    """
    plain = normalize("NFKC", text).translate(_MINUS).strip()
    found = _RATIO.fullmatch(plain)
    words = {"name": name, "text": text.strip()}
    if found is None:
        if kind == "number" and _SIGNED.fullmatch(plain):
            raise FormulaFault("figures.sum_or_figure", 0, **words)
        return None
    if kind != "number":
        raise FormulaFault("figures.ratio_of_no_number", 0, **words)
    sign, percent, factor = found.groups()
    number = parse_decimal(factor or percent)
    if number is None:
        raise FormulaFault("figures.ratio_unread", 0, **words)
    if factor is None:
        if is_percentage():
            raise FormulaFault("figures.points_or_ratio", 0, **words)
        number = 1 + (number if sign == "+" else -number) / 100
    if number < 0:
        raise FormulaFault("figures.ratio_below_nothing", 0, **words)
    return number


def _is_percentage(policy: Policy, rule: InputRule) -> bool:
    """Tell whether figures of an input are percentages, by its unit or its range."""
    keys = ("min", "max", "default")
    texts = (policy.document.text_at(("inputs", rule.name, key)) for key in keys)
    return rule.unit.percentage or any(str(text).endswith("%") for text in texts)
