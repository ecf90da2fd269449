"""Figures that grow from year to year until nothing can be computed with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios.outlook.pages.report import report_of
from scenarios.outlook.pages.terminal import outlook_view
from tests.outlook.conftest import POLICY, Look

CENTURY = "years:\n  from: 2026\n  until: 2125\n"
POT = POLICY.replace("budget: {amount: 1000", "budget: {amount: pot").replace(
    "  growth:", "  pot: {unit: 万元, value: 1000}\n  growth:"
)


def test_amounts_beyond_what_can_be_held_name_what_grew_and_by_which_year(
    look: Look, folder: Path
) -> None:
    """1,000 * 1.9 ** 56 is 4.08e18; the fund that keeps the rest of the pot has grown as well."""
    (folder / "p.yaml").write_text(POT, encoding="utf-8")
    found = look(CENTURY + "variants: {a: {years: {next: {pot: +90%}}}}\n")
    assert found.baseline.ended is None
    ended = found["a"].ended
    assert ended is not None
    assert (ended.year, ended.status) == (2082, "invalid")
    assert f"{1000 * 1.9**56:.3g}" == "4.08e+18"
    codes = [fault.code for fault in ended.told]
    assert codes == ["allocation.too_much", "outlook.outgrown"]
    zh, en = (ended.told[-1].text(language) for language in ("zh", "en"))
    assert "2082" in zh and "“pot”由 1,900 到 4.08e+18" in zh and "min(" in zh
    assert "2082" in en and "pot from 1,900 to 4.08e+18" in en and "fund" in en
    assert "“pot”由" in outlook_view(report_of(found), "zh", 100)


@pytest.mark.parametrize(
    ("said", "named"), [("people: '*1000000'", "people"), ("services.standard: '*1e6'", "services")]
)
def test_inputs_and_columns_of_lists_are_named_as_well(look: Look, said: str, named: str) -> None:
    ended = look(CENTURY + f"  next: {{{said.replace('1e6', '1000000')}}}\n").baseline.ended
    assert ended is not None and ended.year == 2029
    assert ended.told[-1].code == "outlook.outgrown"
    assert named in ended.told[-1].text("en")


def test_a_figure_with_too_many_digits_ends_its_variant_and_says_where(look: Look) -> None:
    text = CENTURY + "variants: {a: {years: {next: {degree: degree * degree * 1.2345}}}, b: {}}\n"
    found = look(text)
    assert found.baseline.ended is None and found["b"].ended is None
    ended = found["a"].ended
    assert ended is not None
    (fault,) = ended.told
    assert (fault.code, fault.values["name"]) == ("outlook.next_too_long", "degree")
    assert fault.place.file is not None and fault.place.file.endswith("s.yaml")
    assert fault.values["year"] == ended.year - 1
    rounded = text.replace("degree * degree * 1.2345", '"round(degree * degree * 1.2345, 6)"')
    assert look(rounded)["a"].ended is None


def test_a_year_that_fails_for_another_reason_is_not_laid_to_growth(
    look: Look, folder: Path
) -> None:
    text = POT.replace("if_short: [fund, scale]}\n  services", "if_short: reject}\n  services")
    (folder / "p.yaml").write_text(text, encoding="utf-8")
    ended = look(CENTURY + "  next: {pot: -50%, revenue: '*10'}\n").baseline.ended
    assert ended is not None and not ended.faults
