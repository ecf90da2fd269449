"""Several years in a row: each begins with what the one before ends with."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

import scenarios
import transfers
from scenarios.outlook.found import VariantOutlook
from tests.outlook.conftest import POLICY, YEARS, Look
from transfers import DocumentError, TableError
from transfers.arithmetic.decimals import format_decimal
from transfers.policy.compile import Compiler


def columns(each: VariantOutlook, name: str) -> list[list[object]]:
    return [year.allocation.column(name) for year in each.years]


def amounts(each: VariantOutlook, grant: str) -> list[list[int]]:
    return [year.allocation.amounts[grant].tolist() for year in each.years]


# -- from year to year -----------------------------------------------------------------------------


def test_the_base_of_a_year_is_the_result_of_the_year_before(look: Look) -> None:
    years = look().baseline
    assert columns(years, "last_year")[0] == [200, 250, 100]
    for before, after in zip(amounts(years, "base"), columns(years, "last_year")[1:], strict=False):
        assert before == after


def test_a_reserve_opens_with_what_it_closed_with(look: Look) -> None:
    years = look().baseline.years
    for before, after in pairwise(years):
        assert before.accounts[0].closing == after.accounts[0].opening
    assert years[0].accounts[0].opening == 50


def test_the_year_of_the_document_is_that_of_each_year(look: Look) -> None:
    """Culture is in the list from 2028 to 2029: its cost comes and goes with the year."""
    need = columns(look().baseline, "need")
    care = [Fraction(3000 * people, 10_000) for people in (300, 200, 100)]
    culture = [Fraction(2000 * people, 10_000) for people in (100, 100, 400)]
    both = [a + b for a, b in zip(care, culture, strict=True)]
    assert need == [care, care, both, both, care]


def test_every_year_is_what_a_run_by_hand_gives(look: Look, folder: Path) -> None:
    text = YEARS + "  next: {population: +0.8%, new_money: +6%, services.standard: '*1.03'}\n"
    text = text.replace("{from: 2026, until: 2030}", "\n  from: 2026\n  until: 2030")
    years = look(text).baseline
    policy = transfers.load_policy(folder / "p.yaml")
    table = transfers.load_districts(None, policy)
    opening, base = Fraction(50), {"c1": "200", "c2": "250", "c3": "100"}
    for n, year in enumerate(years.years):
        by_hand = {
            "year": str(2026 + n),
            "parameters.new_money": format_decimal(Fraction(106, 100) ** n * 200),
            "reserves.fund.opening": str(opening),
            "lists.services.items.care.standard": format_decimal(Fraction(103, 100) ** n * 3000),
            "lists.services.items.culture.standard": format_decimal(Fraction(103, 100) ** n * 2000),
        }
        people = [format_decimal(Fraction(1008, 1000) ** n * each) for each in (10, 20, 30)]
        changed = transfers.change_figures(
            policy,
            table,
            {"last_year": base, "population": dict(zip(base, people, strict=True))},
        )
        run = transfers.allocate(policy.with_overrides(by_hand), changed)
        assert run.total.tolist() == year.allocation.total.tolist()
        assert run.accounts == year.accounts
        assert run.inequality() == year.inequality
        opening = Fraction(run.accounts[0].closing)
        base = dict(zip(run.keys, map(str, run.amounts["base"].tolist()), strict=True))


def test_formulas_of_next_use_the_figures_of_the_year(look: Look) -> None:
    text = "years:\n  count: 3\n  next:\n    revenue: revenue * (1 + growth[tier]) + total\n"
    years = look(text).baseline
    assert [year.year for year in years.years] == [2026, 2027, 2028]
    for before, after in pairwise(years.years):
        rates = (Fraction(11, 10), Fraction(105, 100), Fraction(105, 100))
        expected = [
            revenue * rate + int(total)
            for revenue, rate, total in zip(
                before.allocation.column("revenue"), rates, before.allocation.total, strict=True
            )
        ]
        assert after.allocation.column("revenue") == expected


def test_figures_stay_exact_where_no_decimal_writes_them(look: Look) -> None:
    years = look("years:\n  count: 4\n  next: {degree: degree / 3, new_money: new_money / 7}\n")
    assert columns(years.baseline, "degree")[3] == [
        Fraction(figure) / 27 for figure in (Fraction(8, 10), Fraction(6, 10), Fraction(9, 10))
    ]
    inflow = years.baseline[2029].allocation.block.accounts["fund"].inflow
    assert inflow.of(0) == Fraction(200, 343) / 10


def test_inputs_over_lists_and_texts_are_carried(look: Look) -> None:
    text = (
        "years:\n  count: 3\n  next:\n    people: people * 2\n"
        '    tier: if(revenue > 950, "A", "B")\n'
    )
    years = look(text).baseline
    assert years[2028].allocation.items("people") == {
        "care": [1200, 800, 400],
        "culture": [400, 400, 1600],
    }
    assert columns(years, "tier") == [["A", "B", "B"], ["A", "A", "B"], ["A", "A", "B"]]


def test_last_years_total_is_what_was_paid_where_next_does_not_say(
    look: Look, folder: Path
) -> None:
    rules = POLICY.replace("last_year: {unit: 万元,", "last_year: {unit: 万元, role: prior,")
    (folder / "p.yaml").write_text(rules.replace("next: {last_year: base}\n", ""), encoding="utf-8")
    years = look().baseline
    for before, after in pairwise(years.years):
        assert after.allocation.column("last_year") == before.allocation.total.tolist()


# -- what a study says of years --------------------------------------------------------------------


def test_what_is_set_holds_from_its_year_on(look: Look) -> None:
    text = "years: {until: 2030, set: {budget.amount: {2027: 1100, 2029: 900}}}\n"
    assert [year.budget for year in look(text).baseline.years] == [1000, 1100, 1100, 900, 900]


def test_what_is_set_is_where_next_goes_on_from(look: Look) -> None:
    text = (
        "years:\n  count: 5\n  next: {new_money: +10%}\n"
        "  set: {parameters.new_money: {2028: 1000}}\n"
    )
    inflows = [year.accounts[0].inflow for year in look(text).baseline.years]
    assert inflows == [20, 22, 100, 110, 121]


def test_a_wave_begins_in_its_year_and_stays(look: Look) -> None:
    text = (
        "years:\n  until: 2030\n  changes:\n    2028:\n      title: 第二波\n"
        "      add: {grants.second: {pool: 100, share: population, if_short: [scale]}}\n"
        "      set: {budget.amount: 1200}\n      data: {population: +10%}\n"
    )
    years = look(text).baseline
    assert [tuple(year.allocation.amounts) for year in years.years] == [
        *[("base", "services_cost")] * 2,
        *[("base", "services_cost", "second")] * 3,
    ]
    assert [year.budget for year in years.years] == [1000, 1000, 1200, 1200, 1200]
    assert columns(years, "population") == [[10, 20, 30]] * 2 + [[11, 22, 33]] * 3
    assert [step.title for step in years[2028].answer.setting.steps] == ["第二波"]


def test_data_of_a_year_is_seen_once_where_the_input_is_carried(look: Look) -> None:
    text = (
        "years:\n  count: 4\n  next: {population: '*2'}\n"
        "  changes: {2027: {data: {population: {东县: 5}}}}\n"
    )
    assert columns(look(text).baseline, "population") == [
        [10, 20, 30],
        [5, 40, 60],
        [10, 80, 120],
        [20, 160, 240],
    ]


def test_a_figure_that_is_set_in_a_year_is_not_carried_into_it(look: Look) -> None:
    text = (
        "years:\n  count: 3\n  next: {population: '*2'}\n"
        "  changes: {2027: {set: {inputs.population.c1: 7}}}\n"
    )
    assert [row[0] for row in columns(look(text).baseline, "population")] == [10, 7, 14]


def test_what_is_no_number_of_the_document_is_set_by_year_as_well(look: Look, folder: Path) -> None:
    """A figure of a district, a formula, an item of a file by its name: from their year on."""
    head, _, rest = POLICY.partition("    columns: {standard")
    listed = "    file: l.csv\n    key: item\n    name: title\n    columns: {standard"
    rules = (
        head + listed + rest.partition("    items:")[0] + "inputs:" + rest.partition("inputs:")[2]
    )
    (folder / "p.yaml").write_text(rules, encoding="utf-8")
    (folder / "l.csv").write_text(
        "item,title,standard,from_year,until_year\n"
        "care,养老,3000,2026,2099\nculture,文化,2000,2028,2029\n",
        encoding="utf-8",
    )
    text = (
        "years:\n  until: 2029\n  next: {population: '*2', services.standard: '*1.1'}\n  set:\n"
        "    inputs.population.东县: {2027: 3}\n"
        "    grants.base.floor: {2028: 10% * last_year}\n"
        "    lists.services.养老.standard: {2028: 1000}\n"
    )
    years = look(text).baseline
    assert [row[0] for row in columns(years, "population")] == [10, 3, 6, 12]
    floors = [year.allocation.policy.grants[0].floor.text for year in years.years]
    assert floors == ["50% * last_year"] * 2 + ["10% * last_year"] * 2
    care = [year.allocation.items("services.standard")["care"][0] for year in years.years]
    assert care == [3000, 3300, 1000, 1100]


def test_a_variant_has_years_of_its_own_beside_those_of_the_study(look: Look) -> None:
    text = (
        "years:\n  count: 3\n  set: {budget.amount: {2027: 1100}}\n  next: {population: +1%}\n"
        "variants:\n  a: {set: {budget.amount: 900}}\n"
        "  b: {extends: a, years: {set: {budget.amount: {2027: 800}}, next: {population: +2%}}}\n"
    )
    found = look(text)
    assert [year.budget for year in found["a"].years] == [900, 1100, 1100]
    assert [year.budget for year in found["b"].years] == [900, 800, 800]
    assert columns(found["a"], "population")[1][0] == Fraction(101, 10)
    assert columns(found["b"], "population")[1][0] == Fraction(102, 10)


def test_tables_of_each_year_are_projections(look: Look, folder: Path) -> None:
    rules = POLICY.replace(
        "population: {unit: 万人,", 'population: {column: "pop_{year}", unit: 万人,'
    )
    (folder / "p.yaml").write_text(rules, encoding="utf-8")
    (folder / "t.csv").write_text(
        "code,name,pop_2026,pop_2027,pop_2028,revenue,tier,degree,last_year,care,culture\n"
        "c1,东县,10,11,12,1000,A,0.8,200,300,100\n",
        encoding="utf-8",
    )
    years = look("years: {until: 2028}\n").baseline
    assert columns(years, "population") == [[10], [11], [12]]
    assert columns(years, "last_year")[1] == amounts(years, "base")[0]


# -- years that do not pay -------------------------------------------------------------------------


def test_a_year_that_is_short_ends_its_variant_and_no_other(look: Look) -> None:
    text = (
        "years: {until: 2029, set: {budget.amount: {2028: 10}}}\n"
        "variants:\n  safe: {years: {set: {budget.amount: {2028: 1000}}}}\n"
        "baseline: {set: {grants.base.if_short: reject}}\n"
    )
    found = look(text)
    assert [year.status for year in found.baseline.years] == ["done", "done", "rejected", "not_run"]
    assert found.baseline.ended is not None and found.baseline.ended.year == 2028
    assert found.baseline[2028].why[0].code.startswith("allocation.")
    assert found.baseline[2029].why[0].values == {"after": 2028}
    assert [year.status for year in found["safe"].years] == ["done"] * 4
    assert not found.keeps_hard_rules


def test_a_figure_that_is_not_allowed_ends_its_variant_with_the_reason(look: Look) -> None:
    found = look("years: {until: 2028, next: {revenue: revenue - 950}}\n").baseline
    assert [year.status for year in found.years] == ["done", "invalid", "not_run"]
    (fault,) = found[2027].faults
    assert fault.code == "table.below_minimum"
    assert fault.place.path == "next.revenue"


def test_a_parameter_out_of_its_range_ends_its_variant(look: Look) -> None:
    found = look("years: {until: 2028, next: {new_money: new_money - 150}}\n").baseline
    assert [year.status for year in found.years] == ["done", "done", "invalid"]
    assert [fault.code for fault in found[2028].faults] == ["document.below_min"]


def test_a_reserve_with_money_in_it_cannot_vanish(look: Look) -> None:
    text = (
        "years:\n  until: 2028\n  changes:\n    2027:\n      remove: [reserves.fund]\n"
        "      set: {budget.remainder: none, grants.base.if_short: scale, "
        "grants.services_cost.if_short: scale}\n"
    )
    found = look(text).baseline
    assert [fault.code for fault in found[2027].faults] == ["outlook.reserve_gone"]


# -- what a study asks -----------------------------------------------------------------------------

ASKED = """\
years: {until: 2028, next: {population: +1%}}
variants:
  more: {set: {budget.amount: 1300, grants.base.pool: 900}}
measures:
  heads: sum(population)
  above: sum(total) - sum(baseline.total)
constraints:
  not_less: total >= baseline.total
"""


def test_measures_and_constraints_are_asked_of_every_year(look: Look) -> None:
    found = look(ASKED)
    people = [60 * Fraction(101, 100) ** n for n in range(3)]
    assert found.baseline.measure("heads") == found["more"].measure("heads") == tuple(people)
    assert found.baseline.measure("above") == (0, 0, 0)
    sums = [
        [int(year.allocation.total.sum()) for year in each.years]
        for each in (found.baseline, found["more"])
    ]
    assert list(found["more"].measure("above")) == [b - a for a, b in zip(*sums, strict=True)]
    assert found.baseline.growth("heads") == (None, Fraction(1, 100), Fraction(1, 100))
    assert found.baseline.average_growth("heads") == Fraction(1, 100)
    assert [year.rules[-1].id for year in found["more"].years] == ["not_less"] * 3


def test_years_of_a_baseline_that_has_ended_are_unknown_to_variants(look: Look) -> None:
    text = ASKED.replace("until: 2028", "until: 2028, set: {budget.amount: {2027: 10}}")
    text = text.replace(
        "more: {set: {", "more: {years: {set: {budget.amount: {2027: 1300}}}, set: {"
    )
    found = look(text + "baseline: {set: {grants.base.if_short: reject}}\n")
    assert [year.status for year in found.baseline.years] == ["done", "rejected", "not_run"]
    assert [year.status for year in found["more"].years] == ["done"] * 3
    assert [rule.status for year in found["more"].years for rule in year.rules] == [
        "holds",
        "unknown",
        "unknown",
    ]
    assert found["more"].measure("above")[1:] == (None, None)


def test_what_is_set_for_all_comes_before_everything(look: Look) -> None:
    found = look(YEARS, changes={"budget.amount": "1100"})
    assert {year.budget for year in found.baseline.years} == {1100}


def test_only_some_variants_are_run_where_that_is_asked(look: Look) -> None:
    text = YEARS + "variants: {a: {}, b: {}}\n"
    assert [each.id for each in look(text, only=["b"]).variants] == ["baseline", "b"]
    with pytest.raises(DocumentError) as caught:
        look(text, only=["c"])
    assert caught.value.faults[0].code == "study.unknown_variant"


def test_the_same_study_gives_the_same_outlook(look: Look) -> None:
    first, second = look(ASKED), look(ASKED)
    for one, two in zip(first.variants, second.variants, strict=True):
        for a, b in zip(one.years, two.years, strict=True):
            assert a.allocation.total.tolist() == b.allocation.total.tolist()
            assert a.accounts == b.accounts and a.measures == b.measures


def test_more_years_compile_no_more_policies(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    """A year is numbers moved: only what changes the document otherwise is compiled again."""
    counts = []
    compile_one = Compiler.compile

    def counted(compiler: Compiler) -> None:
        counts[-1] += 1
        compile_one(compiler)

    monkeypatch.setattr(Compiler, "compile", counted)
    for count in (3, 30):
        counts.append(0)
        found = look(
            f"years: {{count: {count}, next: {{population: '+1%', new_money: '+6%'}}, "
            "set: {budget.amount: {2027: 1100}}}\n"
            "variants: {a: {set: {budget.amount: 900}}, b: {}}\n"
            "constraints: {not_less: total >= baseline.total}\n"
        )
        assert len(found["a"].paying) == count
    assert counts[0] == counts[1] <= 8


# -- what is wrong ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "path"),
    [
        ("", "outlook.no_years", ""),
        ("years: {until: 2025}\n", "outlook.until_before", "years.until"),
        ("years: {until: 2030, count: 3}\n", "outlook.until_and_count", "years.count"),
        ("years: {count: 0}\n", "outlook.count", "years.count"),
        ("years: {from: 2000, until: 2100}\n", "outlook.count", "years.until"),
        ("years: {set: {budget.amount: {next: 3}}}\n", "outlook.not_a_year", "years.set"),
        ("years: {set: {budget.amount: {2040: 3}}}\n", "outlook.year_outside", "years.set"),
        ("years: {changes: {20: {remove: a}}}\n", "outlook.not_a_year", "years.changes.20"),
        ("years: {set: {year: {2028: 2050}}}\n", "outlook.year_is_set", "years.set.year"),
        (
            "years: {changes: {2028: {set: {year: 2050}}}}\n",
            "outlook.year_is_set",
            "years.changes.2028.set.year",
        ),
        (
            "years: {changes: {2028: {remove: year}}}\n",
            "outlook.year_is_set",
            "years.changes.2028.remove",
        ),
        (
            "years: {}\nvariants: {a: {years: {set: {year: {2028: 1}}}}}\n",
            "outlook.year_is_set",
            "variants.a.years.set.year",
        ),
        ("years: {changes: {2028: {set: {a.b: 1}}}}\n", "document.unknown_path", "a.b"),
        ("years: {next: {populaton: '+1%'}}\n", "document.next_unknown_near", "next.populaton"),
        ("years: {next: {growth: '+1%'}}\n", "formula.next_of_many", "next.growth"),
        ("years: {next: {population: '+1'}}\n", "figures.sum_or_figure", "years.next.population"),
        ("years: {next: {population: revenue}}\n", "formula.", "next.population"),
        ("years: {next: {new_money: revenue}}\n", "formula.single_next", "next.new_money"),
        (
            "years: {next: {services.standard: revenue}}\n",
            "formula.single_next_of_item",
            "next.services.standard",
        ),
        ("variants: {a: {years: {next: {population: '+1%'}}}}\n", "outlook.", "variants.a.years"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(look: Look, text: str, code: str, path: str) -> None:
    with pytest.raises(DocumentError) as caught:
        look(text)
    fault = caught.value.faults[0]
    assert fault.code.startswith(code)
    assert fault.place.path.startswith(path)
    assert fault.place.file is not None and fault.place.file.endswith("s.yaml")


def test_faults_of_all_years_and_variants_are_told_at_once(look: Look) -> None:
    text = (
        "years: {changes: {2028: {remove: grants.nope}}}\n"
        "variants: {a: {years: {changes: {2028: {remove: grants.none}}}}}\n"
    )
    with pytest.raises(DocumentError) as caught:
        look(text)
    assert {fault.place.path for fault in caught.value.faults} >= {"grants.nope", "grants.none"}


def test_a_district_that_is_not_there_is_told_where_data_names_it(look: Look) -> None:
    with pytest.raises(TableError) as caught:
        look("years: {changes: {2027: {data: {population: {c9: 1}}}}}\n")
    assert caught.value.faults[0].code.startswith("figures.unknown_district")


def test_names_of_a_wave_may_be_carried_from_its_year_on(look: Look) -> None:
    text = (
        "years:\n  until: 2030\n  next: {extra: extra * 2}\n  changes:\n"
        "    2028: {add: {parameters.extra: {unit: 万元, value: 10}}}\n"
        "measures: {}\n"
    )
    years = look(text).baseline
    rules = [{rule.name for rule in y.allocation.policy.next} for y in years.years]
    assert rules == [{"last_year"}] * 2 + [{"last_year", "extra"}] * 3
    moved = years[2030].allocation.block.moves[0]
    assert moved["parameters", "extra", "value"] == 40


def test_the_public_name_reads_a_file(folder: Path) -> None:
    (folder / "s.yaml").write_text("study: s\npolicy: p.yaml\n" + YEARS, encoding="utf-8")
    found = scenarios.look_ahead(scenarios.load_study(folder / "s.yaml"))
    assert found.years == (2026, 2027, 2028, 2029, 2030)
    with pytest.raises(KeyError, match="baseline"):
        found["nope"]
    with pytest.raises(KeyError, match="2030"):
        found.baseline[2031]


def test_whether_a_rule_is_kept_is_known_without_by_how_much(look: Look) -> None:
    constraints = (
        "constraints:\n"
        "  enough: {that: sum(total) >= 700, level: hard}\n"
        "  each: {that: total >= 500, level: warn}\n"
        "  richer: {that: degree > 0, applies: revenue > 100000, level: hard}\n"
    )
    found = look(YEARS + constraints)
    year = found.baseline.years[0]
    assert [(rule.id, rule.status, rule.kept) for rule in year.rule_statuses] == [
        (rule.id, rule.status, rule.kept) for rule in year.rules
    ]
    assert [rule.status for rule in year.rule_statuses] == ["holds", "broken", "not_applicable"]
    assert [rule.id for rule in year.not_kept()] == ["each"] == [r.id for r in year.broken]
    assert not year.not_kept("hard") and year.keeps_hard_rules
    assert year.broken[0] == year.allocation.rule("each")


def test_a_text_of_an_item_or_a_table_is_another_from_a_year_on_by_a_change(
    look: Look, folder: Path
) -> None:
    """`next` refuses it, and says so; `set` by year has it."""
    policy = POLICY.replace(
        "until_year: {min: 0}}", "until_year: {min: 0}, sort: {one_of: [x, y]}}"
    )
    policy = policy.replace("until_year: 2099}", "until_year: 2099, sort: x}")
    policy = policy.replace("until_year: 2029}", "until_year: 2029, sort: y}")
    policy = policy.replace(
        "where=services.from_year", 'where=services.sort == "x" and services.from_year'
    )
    policy = policy.replace("formula: sum(cost", "formula: 'sum(cost").replace(
        "until)\n", "until)'\n"
    )
    (folder / "p.yaml").write_text(policy, encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        look("years: {next: {services.sort: services.sort, growth: growth}}\n")
    assert [f.code for f in caught.value.faults] == [
        *("document.next_not_a_number", "formula.next_of_many")
    ]
    assert all("years" in f.text("zh") and "years" in f.text("en") for f in caught.value.faults)
    found = look("years: {set: {lists.services.items.care.sort: {2027: y}}}\n").baseline
    assert [y.allocation.column("need") for y in found.years[:2]] == [[90, 60, 30], [0, 0, 0]]
