"""A change puts one value at one path, and says so where it is wrong."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from transfers.documents.load import check_document, read_document
from transfers.documents.models import PolicyDocument
from transfers.documents.overrides import apply_override
from transfers.documents.yaml_source import scan
from transfers.errors import DocumentError

DOCUMENT = """\
policy: p
districts: {file: d.csv, key: code}
inputs:
  population:
parameters:
  growth_cap: 25%
  coefficient: {A: 1.3, B: 1, 1.5: 2}
  rate: {value: 5, unit: 元/人}
  grade: [{below: 80%, value: 0}, {value: 120}]
budget: {amount: 4000, title: 预算}
grants:
  equalisation:
    pool: remainder
    share:
      factors: {population: 60%, area: 40%}
    rounding: webster
"""
FACTORS = "grants.equalisation.share.factors"


def changed(**changes: str) -> PolicyDocument:
    return check_document(*scan(DOCUMENT, "p.yaml"), changes).model


def change(path: str, text: str) -> PolicyDocument:
    return check_document(*scan(DOCUMENT, "p.yaml"), {path: text}).model


def refusal(path: str, text: str = "1") -> str:
    with pytest.raises(DocumentError) as caught:
        check_document(*scan(DOCUMENT, "p.yaml"), {path: text})
    return caught.value.faults[0].text("en")


def test_a_number_is_changed_at_its_path() -> None:
    policy = changed(**{f"{FACTORS}.area": "25%", f"{FACTORS}.population": "0.75"})
    share = policy.grants["equalisation"].share
    assert share is not None
    assert share.factors == {"population": Fraction(3, 4), "area": Fraction(1, 4)}


def test_the_source_that_is_changed_stays_as_it_was() -> None:
    source, _ = scan(DOCUMENT, "p.yaml")
    before = (str(source.data), dict(source.marks), dict(source.key_marks))
    apply_override(source, "grants.equalisation.rounding.quantum", "10")
    assert (str(source.data), dict(source.marks), dict(source.key_marks)) == before


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("grants.equalisation.cap", "2 * population"),
        ("grants.equalisation.rounding.quantum", "10"),
        ("money.quantum", "0.01"),
        ("inputs.population.min", "1"),
        ("parameters.growth_cap.max", "50%"),
        ("parameters.grade.1.value", "7"),
        ("parameters.coefficient.1.5", "3"),
        ("year", "2026"),
    ],
)
def test_a_key_that_a_mapping_may_have_can_be_put_there(path: str, text: str) -> None:
    assert change(path, text) != change("policy", "p")


def test_a_key_put_beside_a_short_form_keeps_what_the_short_form_said() -> None:
    rounding = change("grants.equalisation.rounding.quantum", "10").grants["equalisation"].rounding
    assert rounding is not None
    assert rounding.rule == "webster" and rounding.quantum == 10
    cap = change("parameters.growth_cap.max", "50%").parameters["growth_cap"]
    assert (cap.value, cap.max) == (Fraction(1, 4), Fraction(1, 2))


def test_a_bare_number_for_a_described_entry_keeps_its_unit_and_title() -> None:
    rate = change("parameters.rate", "6.5").parameters["rate"]
    assert (rate.value, rate.unit) == (Fraction(13, 2), "元/人")
    budget = change("budget", "5000").budget
    assert budget is not None and (budget.amount, budget.title) == ("5000", "预算")


def test_a_statement_for_a_described_rule_leaves_it_hard_and_where_it_applies() -> None:
    """A hard rule that a change made a mere warning would let a run end with 0."""
    text = DOCUMENT + "rules: {r: {that: 1 > 0, applies: population > 1, level: hard}}\n"
    rule = check_document(*scan(text, "p.yaml"), {"rules.r": "2 > 1"}).model.rules["r"]
    assert (rule.that, rule.applies, rule.level) == ("2 > 1", "population > 1", "hard")


def test_a_balance_for_a_reserve_leaves_its_limit_also_where_it_had_none() -> None:
    text = DOCUMENT + "reserves: {f: {inflow: 5, limit: 3}}\n"
    fund = check_document(*scan(text, "p.yaml"), {"reserves.f": "7"}).model.reserves["f"]
    assert (fund.opening, fund.inflow, fund.limit) == ("7", "5", "3")


def test_null_takes_a_bound_away_and_nothing_is_a_slip() -> None:
    source, _ = scan(DOCUMENT + "    cap: population\n", "p.yaml")
    assert check_document(source, [], {"grants.equalisation.cap": "null"}).model == changed()
    assert "nothing stands behind the equals sign" in refusal("grants.equalisation.cap", "")


def test_braces_and_brackets_are_read_as_yaml() -> None:
    share = change(FACTORS, "{population: 100%}").grants["equalisation"].share
    assert share is not None and share.factors == {"population": Fraction(1)}
    grade = change("parameters.grade", "[{at: 0, value: 1}, {at: 1, value: 2}]").parameters["grade"]
    assert [step.bound for step in grade.value] == ["at", "at"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("growth_cap", "parameters.growth_cap"),
        (f"{FACTORS}.aera", f"{FACTORS}.area"),
        ("grant.equalization.share.factor.area", f"{FACTORS}.area"),
        ("grants.equalisation.unspet", "grants.equalisation.unspent"),
        ("parameters.grad.1.value", "parameters.grade.1.value"),
    ],
)
def test_a_path_that_does_not_exist_is_answered_with_the_nearest(path: str, near: str) -> None:
    assert (
        refusal(path) == f"--set {path}: the document has no path `{path}`; did you mean `{near}`?"
    )


@pytest.mark.parametrize(
    "path",
    [
        "",
        ".",
        "a..b",
        "zzz",
        "parameters.grade.7",
        "parameters.grade.x",
        "inputs.brand_new",
        "x." * 99,
    ],
)
def test_a_path_to_nowhere_is_refused(path: str) -> None:
    assert "the document has no path" in refusal(path)


def test_a_category_a_table_does_not_have_is_not_added_to_it() -> None:
    assert "the document has no path" in refusal("parameters.coefficient.Z")


def test_a_wrong_value_is_placed_at_the_option() -> None:
    assert refusal("parameters.rate.min", "x").startswith(
        "--set parameters.rate.min: `x` is not a num"
    )
    assert refusal(FACTORS, "{a: 1").startswith(f"--set {FACTORS}: this bracket is never closed")
    assert refusal(f"{FACTORS}.area", "45%").startswith(
        f"p.yaml:15:7 {FACTORS}: the weights add up to 105%"
    )
    assert "U+0007" in refusal("title", "a\x07b")


def test_faults_of_changes_come_together_with_those_of_the_document() -> None:
    with pytest.raises(DocumentError) as caught:
        check_document(*scan(DOCUMENT + "colour: red\n", "p.yaml"), {"zzz": "1", "year": "x"})
    codes = [fault.code.removeprefix("document.") for fault in caught.value.faults]
    assert codes == ["unknown_key", "unknown_path", "not_whole"]


def test_changes_are_made_on_the_file_as_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(DOCUMENT, encoding="utf-8")
    document = read_document(str(tmp_path / "p.yaml"), {"budget": "{amount: 1, note: x}"})
    assert document.model.budget is not None and document.model.budget.note == "x"
    assert str(document.place("budget")) == "--set budget"
