"""Sentence 42: a list of services defines what its items cost, who bears it, what is added."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import transfers
from tests.method.tiny import exact, found, loaded, paid, written
from transfers import Allocation, reference
from transfers.levels import load_policy

PAGES = Path(__file__).parents[2] / "docs" / "method"

LIST = """year: 2026
lists:
  services:
    items:
      meals: {price: 300, before: 250, of_county: 60}
      buses: {price: 30, before: 30, of_county: 50}
      doctors: {price: 20, of_county: 100, first: 2026}
    columns:
      price: {unit: 元/人}
      before: {unit: 元/人}
      of_county: {unit: "%"}
      first:
inputs:
  served: {columns: "n_{item}", over: services, unit: 人}
  served_before: {columns: "b_{item}", over: services, unit: 人}
"""
COSTS = """service_lists:
  costs:
    title: 公共服务清单
    list: services
    from: services.first
    price: services.price
    recipients: served
    responsibility: {county: services.of_county, town: rest}
    last: {price: services.before, recipients: served_before}
"""
GRANTS = "grants:\n  aid: {claim: costs.total.county}\n  own: {claim: 100}\n"
TABLE = (
    "key,n_meals,n_buses,n_doctors,b_meals,b_buses,b_doctors\n"
    "武原,1200,32000,9000,1000,30000,\n沈荡,500,15000,4000,500,15500,\n"
)
MONEY = "money: {unit: 万元, quantum: 0.1}\n"


SHARE = ("service_share_unit", "responsibility.county")
BOUGHT = ("service_column_boolean", "bought")


def ran(
    folder: Path, policy: str = MONEY + LIST + COSTS + GRANTS, table: str = TABLE
) -> Allocation:
    return transfers.allocate(*loaded(written(folder, policy, table)))


def items(allocation: Allocation, name: str) -> dict[str, list[Fraction]]:
    columns = allocation.items(name)
    return {key: [x for x in column if isinstance(x, Fraction)] for key, column in columns.items()}


def f(*texts: str | int) -> list[Fraction]:
    return [Fraction(text) for text in texts]


def test_the_figures_of_the_page_are_what_comes_out(tmp_path: Path) -> None:
    """Sentence 42: three items and two towns, worked by hand."""
    allocation = ran(tmp_path)
    assert items(allocation, "costs.cost") == {
        "meals": f(36, 15),
        "buses": f(96, 45),
        "doctors": f(18, 8),
    }
    assert exact(allocation, "costs.total") == f(150, 68)
    assert exact(allocation, "costs.total.county") == f("87.6", "39.5")
    assert exact(allocation, "costs.total.town") == f("62.4", "28.5")
    assert paid(allocation) == [876, 395]
    assert items(allocation, "costs.growth")["meals"] == f(11, "2.5")
    parts = {p: items(allocation, f"costs.growth.{p}") for p in ("price", "recipients", "both")}
    assert [parts[part]["meals"][0] for part in parts] == [5, 5, 1]
    assert [parts[part]["buses"][1] for part in parts] == f(0, "-1.5", 0)
    assert [parts[part]["doctors"][0] for part in parts] == [0, 18, 0]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_arithmetic_that_the_page_shows_is_right(language: str) -> None:
    """Sentence 42: every equation of the page holds, with 10,000 元 in one 万元."""
    text = (PAGES / language / "services.md").read_text("utf-8").replace(",", "")
    equations = re.findall(r"((?:[\d.()-]+ [x+-] )+[\d.()]+) = (-?[\d.]+)", text)
    assert len(equations) >= 13
    for left, right in equations:
        value = eval(re.sub(r"[\d.]+", r"Fraction('\g<0>')", left.replace("x", "*")))
        assert value in (Fraction(right.rstrip(".")), 10_000 * Fraction(right.rstrip("."))), left


def test_one_figure_of_one_item_moves_that_item_that_town_and_what_reads_them(
    tmp_path: Path,
) -> None:
    """Sentence 42: nothing else moves, and the explanation says what was changed."""
    path = written(tmp_path, MONEY + LIST + COSTS + GRANTS, TABLE)
    before = transfers.allocate(*loaded(path))
    policy = transfers.load_policy(path, {"inputs.served.meals.武原": "1250"})
    after = transfers.allocate(policy, transfers.load_districts(None, policy))
    moved = {"meals": f("37.5", 15), "buses": f(96, 45), "doctors": f(18, 8)}
    assert items(after, "costs.cost") == moved
    assert exact(after, "costs.total") == f("151.5", 68)
    assert exact(after, "costs.total.county") == f("88.5", "39.5")
    assert paid(after) == [885, 395] and paid(after, "own") == paid(before, "own")
    told = [line.text("en") for line in after.explain("武原").lines]
    assert any("served 1,250" in line and "inputs.served.meals.武原" in line for line in told)
    assert [line.text("en") for line in after.explain("沈荡").lines] == [
        line.text("en") for line in before.explain("沈荡").lines
    ]
    changes = [line.text("en") for line in before.explain("武原").lines]
    assert [(a, b) for a, b in zip(changes, told, strict=True) if a != b]


def test_two_levels_in_one_run_move_what_they_should(tmp_path: Path) -> None:
    """Sentence 42: the city pays the county, the county its towns by what services cost."""
    city = tmp_path / "city"
    city.mkdir()
    written(
        city,
        "inputs: {need: {}}\ngrants: {aid: {pool: 120, share: need}}\n",
        "key,need\nc,9\nd,1\n",
    )
    above = f"upstream: {{policy: {city.name}/policy.yaml, key: c}}\nbudget: upstream.total\n"
    grants = "grants:\n  aid: {pool: remainder, share: costs.total.county}\n"
    path = written(tmp_path, MONEY + LIST + COSTS + above + grants, TABLE)
    set_ = {"inputs.served.meals.沈荡": "800"}
    before, after = (
        transfers.allocate(policy, transfers.load_districts(None, policy))
        for policy in (load_policy(str(path)), load_policy(str(path), set_))
    )
    assert sum(paid(before)) == sum(paid(after)) == 1080
    assert exact(after, "costs.total") == f(150, 77)
    assert exact(after, "costs.total.county") == f("87.6", "44.9")
    assert paid(before) == [744, 336] and paid(after) == [714, 366]
    lines = [line.text("zh") for line in after.explain("沈荡").lines]
    assert any("inputs.served.meals.沈荡" in line for line in lines)
    assert any("tiny" in line and "108" in line for line in lines)


def test_a_raised_price_moves_that_item_everywhere(tmp_path: Path) -> None:
    """Sentence 42: a price is a figure of the list, and moves as others do."""
    path = written(tmp_path, MONEY + LIST + COSTS + GRANTS, TABLE)
    policy = transfers.load_policy(path, {"lists.services.items.meals.price": "310"})
    after = transfers.allocate(policy, transfers.load_districts(None, policy))
    assert exact(after, "costs.total") == f("151.2", "68.5")
    assert items(after, "costs.growth.price")["meals"] == f(6, 3)


@pytest.mark.parametrize(
    ("first", "last", "counts"),
    [
        ("", "", True),
        ("2026", "", True),
        ("2027", "", False),
        ("", "2026", True),
        ("", "2025", False),
        ("2020", "2030", True),
    ],
)
def test_an_item_is_in_force_from_its_first_year_to_its_last(
    first: str, last: str, counts: bool, tmp_path: Path
) -> None:
    """Sentence 42: both years belong to it, and a blank one sets no limit."""
    years = "".join(f", {k}: {y}" for k, y in (("first", first), ("until", last)) if y)
    text = LIST.replace("of_county: 60}", f"of_county: 60{years}}}")
    text = text.replace("      first:\n", "      first:\n      until:\n")
    costs = COSTS.replace(
        "price: services.price", "until: services.until\n    price: services.price"
    )
    allocation = ran(tmp_path, MONEY + text + costs + GRANTS)
    assert items(allocation, "costs.cost")["meals"] == (f(36, 15) if counts else f(0, 0))


def test_an_item_that_has_ended_takes_its_cost_off_by_recipients(tmp_path: Path) -> None:
    """Sentence 42: what it cost a year before is gone with those it served."""
    text = LIST.replace("of_county: 50}", "of_county: 50, until: 2025}")
    text = text.replace("      first:\n", "      first:\n      until:\n")
    costs = COSTS.replace(
        "price: services.price", "until: services.until\n    price: services.price"
    )
    allocation = ran(tmp_path, MONEY + text + costs + GRANTS)
    assert items(allocation, "costs.growth")["buses"] == f(-90, "-46.5")
    assert items(allocation, "costs.growth.recipients")["buses"] == f(-90, "-46.5")


@given(
    prices=st.lists(st.decimals(0, 999, places=2), min_size=2, max_size=2),
    people=st.lists(st.integers(0, 10**6), min_size=4, max_size=4),
)
def test_the_three_parts_add_up_to_what_is_added(
    prices: list[Fraction], people: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Sentence 42: exactly, whatever the figures are."""
    now, before = prices
    text = LIST.replace("price: 300, before: 250", f"price: {now}, before: {before}")
    table = TABLE.replace("1200", str(people[0])).replace("1000,", f"{people[1]},")
    allocation = ran(tmp_path_factory.mktemp("parts"), MONEY + text + COSTS + GRANTS, table)
    parts = [items(allocation, f"costs.growth.{p}") for p in ("price", "recipients", "both")]
    for key, added in items(allocation, "costs.growth").items():
        assert added == [sum(each) for each in zip(*(part[key] for part in parts), strict=True)]


def test_shares_that_are_no_whole_are_told_with_item_district_and_sum(tmp_path: Path) -> None:
    """Sentence 42: exactly decided, and no figure changes."""
    shares = 'responsibility: {county: services.of_county, town: "if(key == ""武原"", 1/3, 50%)"}'
    shares = shares.replace('""', '\\"')
    costs = COSTS.replace("responsibility: {county: services.of_county, town: rest}", shares)
    allocation = ran(tmp_path, MONEY + LIST + costs + GRANTS)
    told = found(allocation)["shares"].message("en")
    assert "“meals” in 武原 93.3333%" in told and "“meals” in 沈荡 110%" in told
    assert "“buses” in 沈荡" not in told and "“doctors” in 沈荡 150%" in told
    assert paid(allocation) == [876, 395]


def test_thirds_that_add_up_are_a_whole(tmp_path: Path) -> None:
    """Sentence 42: 1/3 and 2/3 are 1, where floats would have to guess."""
    shares = "responsibility: {county: 1/3, town: 2/3}"
    costs = COSTS.replace("responsibility: {county: services.of_county, town: rest}", shares)
    assert "shares" not in found(ran(tmp_path, MONEY + LIST + costs + GRANTS))
    almost = costs.replace("2/3", "0.6666666666666666666")
    told = found(ran(tmp_path, MONEY + LIST + almost + GRANTS))["shares"].message("en")
    assert "100%" not in told and "/" in told


def test_a_rest_below_zero_is_told(tmp_path: Path) -> None:
    """Sentence 42: it closes to 1, but somebody would be paid for a service."""
    text = LIST.replace("of_county: 60", "of_county: 120")
    told = found(ran(tmp_path, MONEY + text + COSTS + GRANTS))["shares"].message("zh")
    assert "武原“meals”" in told or "“meals”town为负" in told


def test_shares_of_items_not_in_force_do_not_matter(tmp_path: Path) -> None:
    """Sentence 42: nobody bears anything of them."""
    text = LIST.replace("of_county: 100, first: 2026", "of_county: 170, first: 2027")
    assert "shares" not in found(ran(tmp_path, MONEY + text + COSTS + GRANTS))


def test_figures_that_no_rule_reads_are_computed_for_who_asks(tmp_path: Path) -> None:
    """Sentence 42: a blank price of an item stops no run that does not need it."""
    text = LIST.replace("meals: {price: 300, ", "meals: {")
    grants = "grants:\n  aid: {claim: 100}\n"
    allocation = ran(tmp_path, MONEY + text + COSTS + grants)
    assert paid(allocation) == [1000, 1000]
    assert allocation.items("costs.cost")["buses"] == f(96, 45)
    with pytest.raises(transfers.TableError) as error:
        allocation.column("costs.total")
    assert "services" in str(error.value)
    with pytest.raises(transfers.TableError) as error:
        ran(tmp_path, MONEY + text + COSTS + GRANTS)
    assert "costs" in str(error.value)


def test_areas_are_sums_over_items_that_formulas_choose(tmp_path: Path) -> None:
    """Sentence 42: the quantities are like any other."""
    quantity = "quantities:\n  care: sum(costs.cost, over=services, where=services.price > 25)\n"
    grants = "grants:\n  aid: {claim: care}\n"
    assert paid(ran(tmp_path, MONEY + LIST + COSTS + quantity + grants)) == [1320, 600]


@pytest.mark.parametrize(
    ("old", "new", "code", "key"),
    [
        ("price: {unit: 元/人}", "price:", "service_not_money", "price"),
        ("price: {unit: 元/人}", "price: {unit: 万元}", "service_not_money", "price"),
        ("recipients: served\n", "recipients: 5\n", "service_not_money", "price"),
        ("recipients: served\n", "recipients: others\n", "service_other_list", "recipients"),
        ("price: services.price", "price: pay", "unknown_name", "price"),
        ('of_county: {unit: "%"}', "of_county: {unit: 万元}", *SHARE),
        ("list: services\n", "list: services\n    lead: boss\n", "service_column", "lead"),
        ("list: services\n", "list: services\n    lead: price\n", "service_column_text", "lead"),
        ("list: services\n", "list: services\n    bought: price\n", *BOUGHT),
    ],
)
def test_what_does_not_fit_is_told_at_its_key(
    old: str, new: str, code: str, key: str, tmp_path: Path
) -> None:
    """Sentence 42: at the price, the share, the column; and not again below."""
    others = "  more: {items: {x: {}}, columns: {}}\ninputs:\n"
    others += '  others: {columns: "x_{item}", over: more, unit: 人}\n'
    text = MONEY + LIST.replace("inputs:\n", others) + COSTS + GRANTS
    assert old in text
    with pytest.raises(transfers.DocumentError) as error:
        ran(tmp_path, text.replace(old, new, 1))
    (fault,) = error.value.faults
    assert fault.code == f"formula.{code}"
    assert fault.place.path == f"service_lists.costs.{key}"


def test_recipients_for_nobody_or_for_no_item_are_refused(tmp_path: Path) -> None:
    """Sentence 42: a cost is one of an item and a district."""
    one = COSTS.replace("recipients: served\n", "recipients: services.heads\n")
    text = LIST.replace("      first:\n", "      first:\n      heads: {unit: 人}\n")
    never_ends = COSTS.replace("    from: services.first\n", "")
    for costs, code in (
        (one, "formula.service_no_district"),
        (
            never_ends.replace("recipients: served\n", "recipients: people\n").replace(
                "price: services.price\n", "price: p\n", 1
            ),
            "formula.service_no_item",
        ),
    ):
        more = "  people: {unit: 人}\nparameters: {p: {value: 3, unit: 元/人}}\n"
        with pytest.raises(transfers.DocumentError) as error:
            ran(tmp_path, MONEY + text + more + costs.split("    last:")[0] + GRANTS)
        assert [fault.code for fault in error.value.faults] == [code]


def test_names_used_above_the_section_are_told_to_stand_below(tmp_path: Path) -> None:
    """Sentence 42: reading order is computing order."""
    quantity = "quantities:\n  early: costs.total\n"
    with pytest.raises(transfers.DocumentError) as error:
        ran(tmp_path, MONEY + LIST + quantity + COSTS + GRANTS)
    assert [fault.code for fault in error.value.faults] == ["formula.name_below"]


def test_a_list_without_prices_defines_no_costs(tmp_path: Path) -> None:
    """Sentence 42: key standards are a list of their own."""
    text = "service_lists:\n  points: {list: services, items: 3}\n"
    policy, _ = loaded(
        written(tmp_path, MONEY + LIST + text + "grants: {aid: {claim: 1}}\n", TABLE)
    )
    (rule,) = policy.service_lists
    assert not rule.costs and not rule.levels and set(policy.aside) == {"points.in_force"}


def test_the_reference_gives_the_same(tmp_path: Path) -> None:
    """Sentence 42: in plain fractions as in the engine."""
    policy, districts = loaded(written(tmp_path, MONEY + LIST + COSTS + GRANTS, TABLE))
    result = reference.allocate(policy, districts)
    assert result.amounts["aid"] == [876, 395]


@pytest.mark.parametrize(
    ("price", "recipients"), [("元/人", "人"), ("元", ""), ("万元/人", "人"), ("元/百人", "百人")]
)
def test_what_is_added_is_money_in_the_unit_of_the_document_however_prices_are_counted(
    tmp_path: Path, price: str, recipients: str
) -> None:
    """Sentence 42: what a raised standard adds is money in the document's unit."""
    unit = f", unit: {recipients}" if recipients else ""
    text = LIST.replace("unit: 元/人", f"unit: {price}").replace(", unit: 人", unit)
    allocation = ran(tmp_path, MONEY + text + COSTS + GRANTS)
    scale = 10_000 if price == "万元/人" else 1
    parts = {
        part: items(allocation, f"costs.growth.{part}")["meals"][0]
        for part in ("price", "recipients", "both")
    }
    assert parts == {"price": 5 * scale, "recipients": 5 * scale, "both": scale}
    assert items(allocation, "costs.growth")["meals"][0] == sum(parts.values())
