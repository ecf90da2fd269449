"""City and towns in one command: the level above goes along through the years."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

import scenarios
import transfers
from scenarios import Outlook
from scenarios.outlook.json_file import json_bytes
from scenarios.outlook.pages.report import report_of
from scenarios.outlook.pages.terminal import outlook_view

CITY = """\
policy: city
title: 市对县
year: 2026
money: {unit: 万元, quantum: 1}
districts: {file: counties.csv, key: code}
inputs:
  population: {unit: 万人, min: 0}
  last: {unit: 万元, min: 0, role: prior}
parameters: {pot: {unit: 万元, value: 1000}}
reserves: {fund: {opening: 10}}
budget: {amount: pot, remainder: fund}
grants:
  aid: {pool: "600 + 10 * (year - 2026)", share: population, floor: 50% * last}
  wave: {claim: "if(year >= 2028, 7, 0)", if_short: [scale]}
outputs: {fund_before: {formula: fund.opening, unit: 万元}}
next: {population: population * 1.1, last: aid, pot: pot + 100}
"""

TOWNS = """\
policy: towns
year: 2026
money: {unit: 元, quantum: 1}
districts: {file: towns.csv, key: code, name: name}
inputs: {people: {unit: 人, min: 0}, base: {unit: 元}}
upstream: {policy: city/p.yaml, key: c1}
budget: upstream.total
grants: {aid: {pool: remainder, share: people}}
outputs: {before: {formula: upstream.fund_before}}
next: {base: aid}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "city").mkdir()
    (tmp_path / "city" / "p.yaml").write_text(CITY, encoding="utf-8")
    (tmp_path / "city" / "counties.csv").write_text(
        "code,population,last\nc1,10,0\nc2,20,0\n", encoding="utf-8"
    )
    (tmp_path / "p.yaml").write_text(TOWNS, encoding="utf-8")
    (tmp_path / "towns.csv").write_text(
        "code,name,people,base\nt1,东镇,1,0\nt2,西镇,2,0\nt3,南镇,1,0\n", encoding="utf-8"
    )
    return tmp_path


def looked(folder: Path, text: str) -> Outlook:
    (folder / "s.yaml").write_text(f"study: s\npolicy: p.yaml\n{text}", encoding="utf-8")
    return scenarios.look_ahead(scenarios.load_study(folder / "s.yaml"))


FIVE = "years: {from: 2026, until: 2030}\n"


def test_every_year_has_what_the_level_above_gives_in_that_year(folder: Path) -> None:
    years = looked(folder, FIVE).baseline.years
    city = folder / "city_alone.yaml"
    city.write_text(
        "study: c\npolicy: city/p.yaml\nyears: {from: 2026, until: 2030}\n", encoding="utf-8"
    )
    alone = scenarios.look_ahead(scenarios.load_study(city)).baseline.years
    received = [int(year.allocation.total[0]) for year in alone]
    assert received == [200, 203, 214, 217, 220], "a pool that grows, a wave, a floor that carries"
    for year, above in zip(years, received, strict=True):
        allocation = year.allocation
        assert int(allocation.total.sum()) == above * 10_000, "to the quantum"
        assert allocation.policy.above is not None
        assert allocation.policy.above.figures["total"].value == above * 10_000
        (note,) = [f for f in allocation.findings if f.code == "upstream.received"]
        assert str(above) in note.message("zh")
        assert allocation.explain("t1").lines[0].figure == above * 10_000
    opened = [year.allocation.outputs["before"][0] for year in years]
    assert opened == [account.opening * 10_000 for year in alone for account in year.accounts]


def test_what_a_variant_says_of_figures_from_above_counts(folder: Path) -> None:
    variants = (
        "variants:\n"
        "  given: {set: {upstream.total: 900}}\n"
        "  later: {years: {set: {upstream.total: {2028: 800}}}}\n"
    )
    found = looked(folder, FIVE + variants)
    paid = {each.id: [int(y.allocation.total.sum()) for y in each.years] for each in found.variants}
    assert paid["given"] == [900] * 5
    assert paid["later"] == [2_000_000, 2_030_000, 800, 800, 800]


def test_a_level_above_that_cannot_pay_ends_the_years_below_and_says_why(folder: Path) -> None:
    text = CITY.replace("pot: pot + 100", "pot: pot - 300")
    (folder / "city" / "p.yaml").write_text(text, encoding="utf-8")
    years = looked(folder, FIVE).baseline.years
    assert [year.status for year in years] == [*["done"] * 3, "invalid", "not_run"]
    assert years[3].faults[0].code == "upstream.rejected"
    assert len(years[3].faults) > 1


def test_towns_that_merge_have_what_their_county_receives(folder: Path) -> None:
    """Towns change; the level above knows one county, whose key stays."""
    members = (
        "years:\n  from: 2026\n  until: 2030\n"
        "  members: {2028: {merge: {t9: {name: 新镇, of: [t1, 西镇]}}}}\n"
    )
    years = looked(folder, members).baseline.years
    assert years[2].allocation.keys == ("t9", "t3")
    assert years[2].allocation.total.tolist() == [1_605_000, 535_000]
    before = years[1].allocation.total.tolist()
    assert years[2].allocation.column("base") == [before[0] + before[1], before[2]]


def test_counties_of_the_level_above_that_merge_need_the_new_key(folder: Path) -> None:
    """The upstream key names one of those that merge in the table above of a later year."""
    text = CITY.replace("file: counties.csv", 'file: "counties{year}.csv"')
    (folder / "city" / "p.yaml").write_text(text, encoding="utf-8")
    for year in range(2026, 2031):
        key = "c1" if year < 2029 else "c12"
        body = f"code,population,last\n{key},10,0\nc2,20,0\n"
        (folder / "city" / f"counties{year}.csv").write_text(body, encoding="utf-8")
    years = looked(folder, FIVE).baseline.years
    assert [year.status for year in years] == [*["done"] * 3, "invalid", "not_run"]
    assert [fault.code for fault in years[3].faults] == ["upstream.faulty", "upstream.no_key_near"]


@pytest.mark.parametrize(
    "said", ["changes: {2029: {set: {upstream.key: c12}}}", "set: {upstream.key: {2029: c12}}"]
)
def test_a_key_that_the_table_above_has_from_a_later_year_on_is_asked_for_then(
    folder: Path, said: str
) -> None:
    """In 2029: 630 * 10 / (10 + 20 * 1.1 ** 3) = 172.04, and a wave of 7."""
    text = CITY.replace("file: counties.csv", 'file: "counties{year}.csv"')
    (folder / "city" / "p.yaml").write_text(text, encoding="utf-8")
    for year in range(2026, 2031):
        key = "c1" if year < 2029 else "c12"
        body = f"code,population,last\n{key},10,0\nc2,20,0\n"
        (folder / "city" / f"counties{year}.csv").write_text(body, encoding="utf-8")
    years = looked(folder, f"years:\n  from: 2026\n  until: 2030\n  {said}\n").baseline.years
    paid = [int(year.allocation.total.sum()) for year in years]
    assert paid == [2_000_000, 2_030_000, 2_140_000, 1_790_000, 1_820_000]
    early = looked(
        folder, f"years:\n  from: 2026\n  until: 2030\n  {said}\n".replace("2029", "2028")
    )
    ended = early.baseline.ended
    assert ended is not None and ended.year == 2028, "the key is there from 2029 on"
    assert [fault.code for fault in ended.faults] == ["upstream.faulty", "upstream.no_key_near"]


def test_a_key_that_no_year_above_has_is_refused_before_any_year_is_run(folder: Path) -> None:
    with pytest.raises(transfers.DocumentError) as caught:
        looked(folder, "years: {from: 2026, until: 2030, set: {upstream.key: {2028: zz}}}\n")
    assert [fault.code for fault in caught.value.faults] == ["upstream.no_key"]


def test_another_county_asked_for_from_a_year_on_has_its_own_amounts(folder: Path) -> None:
    variants = (
        "variants:\n"
        "  other: {set: {upstream.key: c2}}\n"
        "  later: {years: {changes: {2028: {set: {upstream.key: c2}}}}}\n"
    )
    found = looked(folder, FIVE + variants)
    paid = {each.id: [int(y.allocation.total.sum()) for y in each.years] for each in found.variants}
    assert paid["later"] == [*paid["baseline"][:2], *paid["other"][2:]]
    assert paid["later"][2] == 4_200_000, "620 * 2/3 = 413, and a wave of 7"
    view = outlook_view(report_of(found), "zh", 100)
    assert "给c1的数" in view and "给c2的数" in view


def test_another_policy_above_goes_on_with_what_the_one_before_left(folder: Path) -> None:
    """The city keeps to half of what it paid in 2027 under its old policy, and has its fund."""
    reform = CITY.replace('pool: "600 + 10 * (year - 2026)"', "pool: 700").replace(
        "share: population", 'share: "1 / population"'
    )
    (folder / "city" / "q.yaml").write_text(reform.replace("50% * last", "last"), encoding="utf-8")
    change = "changes: {2028: {set: {upstream.policy: city/q.yaml}}}"
    found = looked(folder, FIVE + f"variants: {{a: {{years: {{{change}}}}}}}\n")
    city = folder / "city_alone.yaml"
    city.write_text(
        "study: c\npolicy: city/p.yaml\nyears:\n  from: 2026\n  until: 2030\n"
        "  changes: {2028: {policy: city/q.yaml}}\n",
        encoding="utf-8",
    )
    alone = scenarios.look_ahead(scenarios.load_study(city)).baseline.years
    assert all(year.done for year in (*alone, *found["a"].years))
    received = [int(year.allocation.amounts["aid"][0]) for year in alone]
    assert received == [200, 203, 293, 293, 293], "c2 keeps the 407 of the old policy"
    for mine, above in zip(found["a"].years, alone, strict=True):
        assert int(mine.allocation.total.sum()) == int(above.allocation.total[0]) * 10_000
        assert mine.allocation.outputs["before"][0] == above.accounts[0].opening * 10_000


def test_a_table_above_that_is_no_longer_named_is_refused(folder: Path) -> None:
    (folder / "city" / "other.csv").write_text(
        "code,population,last\nc1,20,0\nc2,20,0\n", encoding="utf-8"
    )
    change = "years: {changes: {2028: {remove: upstream.districts}}}"
    text = FIVE + f"variants: {{a: {{set: {{upstream.districts: city/other.csv}}, {change}}}}}\n"
    ended = looked(folder, text)["a"].ended
    assert ended is not None
    assert [fault.code for fault in ended.faults] == ["upstream.faulty", "outlook.table_above"]


def test_the_view_says_what_is_taken_along(folder: Path) -> None:
    view = outlook_view(report_of(looked(folder, FIVE)), "zh", 100)
    assert "市对县" in view and "逐年" in view
    row = next(line for line in view.splitlines() if line.startswith("上级下达"))
    assert row.split()[1:6] == ["2,000,000", "2,030,000", "2,140,000", "2,170,000", "2,200,000"]


def test_json_has_what_comes_from_above(folder: Path) -> None:
    found = report_of(looked(folder, FIVE))
    (only,) = json.loads(json_bytes(found, "en"))["variants"]
    received = [2_000_000, 2_030_000, 2_140_000, 2_170_000, 2_200_000]
    assert [year["from_above"] for year in only["years"]] == received


def test_one_outlook_above_serves_all_variants(folder: Path) -> None:
    one, other = looked(folder, FIVE + "variants: {same: {}}\n").variants
    assert [y.allocation.total.tolist() for y in one.years] == [
        y.allocation.total.tolist() for y in other.years
    ]
    assert isinstance(one.years[1].allocation.outputs["before"][0], Fraction)
