"""What a message quotes from a formula stands on one line, can be printed and read."""

from __future__ import annotations

import pytest

from transfers.errors import Fault
from transfers.formula.grammar import FormulaFault, parse


@pytest.mark.parametrize(
    ("formula", "quoted"),
    [
        ("x \x07 y", "U+0007"),
        ("x \u202e y", "U+202E"),
        ("x \ud800", "U+D800"),
        ("x '\n\u200b'", "U+200B"),
        ("x " + "y" * 5000, "y" * 59 + "…"),
        ("1 " + "9" * 5000, ""),
    ],
)
def test_a_message_quotes_on_one_printable_line(formula: str, quoted: str) -> None:
    with pytest.raises(FormulaFault) as caught:
        parse(formula)
    for language in ("zh", "en"):
        text = Fault(caught.value.code, values=caught.value.values).text(language)
        assert quoted in text and text.isprintable() and len(text) < 200
