"""The example of Haiyan: a list of 117 services, 41 and 60 indicators, what nine towns are paid."""

from __future__ import annotations

import csv
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

import transfers
from transfers import Allocation, Districts, Policy, reference

FOLDER = Path(__file__).parents[2] / "examples" / "haiyan"
JIANGMEN = FOLDER.parent / "jiangmen_reform"
AREAS = {
    "公共教育": 15,
    "就业创业": 12,
    "社会保险": 9,
    "医疗卫生": 24,
    "社会服务": 22,
    "住房保障": 7,
    "文化体育": 16,
    "残疾人服务": 12,
}
LEVELS = {"province": "省级", "county": "县级", "town": "镇级"}


def rows(file: str, folder: Path = FOLDER) -> list[dict[str, str]]:
    """Return the rows of a table below its title."""
    with (folder / file).open(encoding="utf-8", newline="") as stream:
        next(stream)
        return list(csv.DictReader(stream))


def percent(text: str) -> Fraction:
    return Fraction(text.removesuffix("%")) / 100


def in_force(item: dict[str, str], year: int = 2026) -> bool:
    first, last = item["from_year"], item["until_year"]
    return (not first or int(first) <= year) and (not last or year <= int(last))


# -- the files ------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", sorted(path.name for path in FOLDER.glob("*.csv")))
def test_every_table_says_above_its_header_what_is_invented(file: str) -> None:
    first = (FOLDER / file).read_text("utf-8").splitlines()[0]
    assert "虚构" in first or file == "school_indicators.csv"


@pytest.mark.parametrize("file", sorted(path.name for path in FOLDER.glob("*.yaml")))
def test_every_document_says_in_its_title_what_is_invented(file: str) -> None:
    assert "虚构" in (FOLDER / file).read_text("utf-8").split("title: ")[1].splitlines()[0]


def test_the_list_has_117_items_in_eight_areas_and_no_cell_that_matters_is_blank() -> None:
    items = rows("services.csv")
    assert Counter(item["area"] for item in items) == AREAS
    assert len({item["item"] for item in items}) == len({item["title"] for item in items}) == 117
    wanted = ("object", "standard", "unit", "price", "price_last", "lead", "basis", "bought")
    assert all(item[column] for item in items for column in wanted)
    assert all(sum(percent(item[level]) for level in LEVELS) == 1 for item in items)


def test_names_of_services_are_no_series() -> None:
    titles = [item["title"] for item in rows("services.csv")]
    titles += [row["title"] for row in rows("village_standards.csv", JIANGMEN)]
    assert not [title for title in titles if any(mark.isdigit() for mark in title)]
    assert not [title for title in titles if title[-1] in "ABCDEFG一二三四五甲乙丙"]


def test_every_agency_is_in_the_list_of_agencies() -> None:
    known = {row["agency"] for row in rows("agencies.csv")}
    items = rows("services.csv")
    named = {item["lead"] for item in items}
    named |= {name for item in items for name in item["cooperating"].split("、") if name}
    named |= {row["lead"] for row in rows("key_standards.csv")}
    named |= {row["agency"] for row in rows("second_level.csv")}
    assert named == known


def test_there_are_25_key_standards_in_eight_aspects_that_belong_to_key_items() -> None:
    standards = rows("key_standards.csv")
    items = {item["item"]: item for item in rows("services.csv")}
    assert (len(standards), len({row["aspect"] for row in standards})) == (25, 8)
    belonging = {row["item"]: row["item_title"] for row in standards if row["item"]}
    assert belonging == {key: items[key]["title"] for key in belonging}
    assert set(belonging) == {key for key, item in items.items() if item["key_item"] == "是"}


def test_there_are_41_and_60_indicators_whose_weights_are_whole() -> None:
    first, second = rows("first_level.csv"), rows("second_level.csv")
    assert (len(first), len(second)) == (41, 60)
    assert sum(percent(row["weight"]) for row in first) == 1
    within: dict[str, Fraction] = Counter()  # type: ignore[assignment]
    for row in second:
        within[row["parent"]] += percent(row["weight"])
    assert within == {row["indicator"]: 1 for row in first}


def test_nobody_is_served_who_is_not_there() -> None:
    towns = {row["code"]: row for row in rows("towns.csv")}
    assert sum(int(row["population"]) for row in towns.values()) == 456_775
    assert sum(Fraction(row["area"]) for row in towns.values()) == Fraction("584.96")
    for row in rows("recipients.csv"):
        for column in ("recipients", "last_year"):
            assert 0 <= int(row[column]) <= int(towns[row["town"]]["population"])


def test_pupils_of_the_list_are_those_of_the_schools() -> None:
    pupils: dict[str, int] = Counter()
    for row in rows("schools.csv"):
        pupils[row["level"]] += int(row["pupils"])
    served: dict[str, int] = Counter()
    for row in rows("recipients.csv"):
        served[row["item"]] += int(row["recipients"])
    assert (pupils["小学"], pupils["初中"]) == (served["JY02"], served["JY03"])


def test_the_list_costs_three_billion_yuan_and_19_per_cent_more_than_the_year_before() -> None:
    items = {item["item"]: item for item in rows("services.csv")}
    now = before = 0
    for row in rows("recipients.csv"):
        item = items[row["item"]]
        now += int(row["recipients"]) * int(item["price"]) * in_force(item)
        before += int(row["last_year"]) * int(item["price_last"])
    assert 25e8 <= now <= 35e8
    assert 0.185 <= now / before - 1 <= 0.195


def test_jiangmen_has_103_standards_of_villages_in_ten_topics() -> None:
    standards = rows("village_standards.csv", JIANGMEN)
    assert len({row["title"] for row in standards}) == len(standards) == 103
    assert len({row["topic"] for row in standards}) == 10
    assert all(row["requirement"] and row["lead"] for row in standards)


# -- schools --------------------------------------------------------------------------------------


def test_schools_differ_as_was_reported_and_stay_below_the_limits() -> None:
    policy = transfers.load_policy(FOLDER / "schools.yaml")
    found = transfers.allocate(policy, transfers.load_districts(None, policy))
    composite = {
        str(level): round(float(figure), 3)
        for level, figure in zip(found.column("level"), found.column("composite"), strict=True)
    }
    assert composite == {"小学": 0.272, "初中": 0.288}
    assert [rule.status for rule in found.rules] == ["holds", "holds"]


# -- from the list to amounts ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def policy() -> Policy:
    return transfers.load_policy(FOLDER / "policy.yaml")


@pytest.fixture(scope="module")
def districts(policy: Policy) -> Districts:
    return transfers.load_districts(None, policy)


@pytest.fixture(scope="module")
def allocation(policy: Policy, districts: Districts) -> Allocation:
    return transfers.allocate(policy, districts)


def costs_by_hand() -> dict[str, dict[str, Fraction]]:
    """Return what the list costs each town, in all and by level, in 万元."""
    items = {item["item"]: item for item in rows("services.csv")}
    found: dict[str, dict[str, Fraction]] = {}
    for row in rows("recipients.csv"):
        item = items[row["item"]]
        if not in_force(item):
            continue
        cost = Fraction(int(row["recipients"]) * int(item["price"]), 10_000)
        of = found.setdefault(row["town"], dict.fromkeys((*LEVELS, "all"), Fraction(0)))
        of["all"] += cost
        for level in LEVELS:
            of[level] += cost * percent(item[level])
    return found


def test_costs_of_the_list_are_those_of_a_loop_over_the_files(allocation: Allocation) -> None:
    by_hand = costs_by_hand()
    names = {"costs.total": "all", **{f"costs.total.{LEVELS[x]}": x for x in LEVELS}}
    for name, level in names.items():
        expected = [by_hand[key][level] for key in allocation.keys]
        assert list(allocation.column(name)) == expected
    assert all(of["all"] == sum(of[level] for level in LEVELS) for of in by_hand.values())


def test_towns_are_paid_what_province_and_county_bear(allocation: Allocation) -> None:
    by_hand = costs_by_hand()
    borne = [by_hand[key]["province"] + by_hand[key]["county"] for key in allocation.keys]
    assert allocation.amounts["list_support"].tolist() == [
        int(sum_ + Fraction(1, 2)) for sum_ in borne
    ]


def test_what_is_more_than_last_year_is_parted_without_rest(allocation: Allocation) -> None:
    whole = allocation.items("costs.growth")
    parts = [allocation.items(f"costs.growth.{part}") for part in ("price", "recipients", "both")]
    assert len(whole) == 117
    for item, growth in whole.items():
        assert growth == [sum(each) for each in zip(*(part[item] for part in parts), strict=True)]


def test_all_money_is_accounted_for(allocation: Allocation) -> None:
    above = allocation.policy.above
    assert above is not None and above.name == "海盐县"
    budget = above.figures["total"].value + 190_800 + Fraction("0.65") * 62_000
    assert allocation.total.sum() == sum(a.sum() for a in allocation.amounts.values())
    (fund,) = allocation.accounts
    assert budget + fund.opening + fund.inflow == allocation.total.sum() + fund.closing
    assert [rule.status for rule in allocation.rules] == ["holds"] * len(allocation.rules)


def test_the_engine_and_the_reference_agree(policy: Policy, districts: Districts) -> None:
    expected = reference.allocate(policy, districts)
    found = transfers.allocate(policy, districts)
    assert found.total.tolist() == expected.total
    assert found.outputs == expected.outputs


def test_one_more_person_served_moves_what_it_should_and_nothing_else(
    policy: Policy, districts: Districts, allocation: Allocation
) -> None:
    """1,000 more of the old eat in 于城, 1,900 元 each; of 190 万元 the county bears 55 %."""
    served = next(
        int(row["recipients"])
        for row in rows("recipients.csv")
        if (row["town"], row["item"]) == ("07", "SH14")
    )
    changed = {"recipients": {"SH14.07": str(served + 1000)}}
    more = transfers.allocate(policy, transfers.change_figures(policy, districts, changed))
    yucheng = list(allocation.keys).index("07")

    def moved(name: str) -> Fraction:
        """Return by how much 于城 moves, when nobody else does."""
        before, after = allocation.column(name), more.column(name)
        found = [b - a for a, b in zip(before, after, strict=True)]
        assert not any(x for n, x in enumerate(found) if n != yucheng)
        return Fraction(found[yucheng])

    assert [moved(f"costs.total{x}") for x in ("", ".省级", ".县级", ".镇级")] == [
        190,
        0,
        Fraction("104.5"),
        Fraction("85.5"),
    ]
    assert moved("town_key_growth") == Fraction("85.5")  # a key item: borne by the county too
    assert moved("town_gap") == 0
    unmoved = more.amounts["equalisation"] == allocation.amounts["equalisation"]
    assert unmoved.all()
    paid = more.total - allocation.total
    assert paid[yucheng] == 190 and paid.sum() == 190
    assert told(more, "老年助餐") - told(allocation, "老年助餐") == Fraction("85.5")
    assert told(more, "家庭医生签约") == told(allocation, "家庭医生签约")


def told(allocation: Allocation, item: str) -> Fraction:
    """Return what a key item adds to what 于城 bears, as the explanation tells it."""
    named = "town_key_growth"
    lines = iter(allocation.explain("07").lines)
    next(line for line in lines if line.values.get("name") == named)
    figure = next(line.figure for line in lines if line.values.get("item") == item)
    assert isinstance(figure, Fraction)
    return figure


# -- the appraisal --------------------------------------------------------------------------------


def degrees_by_hand(column: str) -> dict[str, Fraction]:
    """Return the degree of each town by a loop over the files."""
    weights = {row["indicator"]: percent(row["weight"]) for row in rows("first_level.csv")}
    observed = {
        (row["town"], row["indicator"]): Fraction(row[column])
        for row in rows("observed.csv")
        if row[column]
    }
    found = {}
    for town in (row["code"] for row in rows("towns.csv")):
        scores: dict[str, list[tuple[Fraction, Fraction]]] = {}
        for row in rows("second_level.csv"):
            if (town, row["indicator"]) in observed:
                among = [x for (_, key), x in observed.items() if key == row["indicator"]]
                of = score(row, observed[town, row["indicator"]], among)
                scores.setdefault(row["parent"], []).append((percent(row["weight"]), of))
        first = {
            key: sum(w * s for w, s in children) / sum(w for w, _ in children)
            for key, children in scores.items()
        }
        whole = sum(weights[key] for key in first)
        found[town] = sum((weights[key] * of for key, of in first.items()), Fraction(0)) / whole
    return found


def score(row: dict[str, str], x: Fraction, among: list[Fraction]) -> Fraction:
    """Return the score of one observation."""
    if row["method"] == "极差":
        assert row["direction"] == "正向"
        return (x - min(among)) / (max(among) - min(among))
    if row["method"] == "功效系数":
        high, low = Fraction(row["satisfactory"]), Fraction(row["unacceptable"])
        return min(Fraction(1), Fraction(6, 10) + Fraction(4, 10) * (x - low) / (high - low))
    target = Fraction(row["target"])
    return min(Fraction(1), x / target if row["direction"] == "正向" else target / x)


def test_degrees_are_those_of_a_loop_over_the_files(allocation: Allocation) -> None:
    for name, column in (("degree", "value"), ("degree_last", "last_year")):
        by_hand = degrees_by_hand(column)
        found = allocation.column(f"realisation.{name}")
        assert list(found) == [100 * by_hand[key] for key in allocation.keys]  # in %


def test_grades_rank_and_who_is_advanced_follow_from_the_degree(allocation: Allocation) -> None:
    degree = dict(zip(allocation.keys, allocation.column("realisation.degree"), strict=True))
    best = sorted(degree, key=lambda key: -degree[key])
    rank = dict(zip(allocation.keys, allocation.column("realisation.rank"), strict=True))
    assert [rank[key] for key in best] == list(range(1, 10))
    edges = (("优秀", 95), ("良好", 90), ("合格", 80), ("不合格", 0))
    for key, grade in zip(allocation.keys, allocation.column("realisation.grade"), strict=True):
        assert grade == next(word for word, edge in edges if degree[key] >= edge)
    advanced = zip(allocation.keys, allocation.column("realisation.advanced"), strict=True)
    assert {key for key, is_ in advanced if is_} == set(best[:3])


def test_a_cell_left_empty_is_told_and_is_no_zero(allocation: Allocation) -> None:
    unobserved = zip(allocation.keys, allocation.column("realisation.unobserved"), strict=True)
    empty = [row["town"] for row in rows("observed.csv") if not row["value"]]
    assert {key: count for key, count in unobserved if count} == dict.fromkeys(empty, 1)


def test_departments_are_scored_by_their_indicators_in_the_county(allocation: Allocation) -> None:
    """Where the county was observed by that, else by its towns, weighted by people."""
    people = {row["code"]: int(row["population"]) for row in rows("towns.csv")}
    first = {row["indicator"]: percent(row["weight"]) for row in rows("first_level.csv")}
    seen: dict[str, dict[str, Fraction]] = {}
    for row in rows("observed.csv"):
        if row["value"]:
            seen.setdefault(row["indicator"], {})[row["town"]] = Fraction(row["value"])
    points: dict[str, list[tuple[Fraction, Fraction]]] = {}
    for row in rows("second_level.csv"):
        if row["scope"] == "县级部门":
            of = score(row, Fraction(row["county_value"]), [])
        else:
            towns = seen[row["indicator"]]
            scores = {town: score(row, x, list(towns.values())) for town, x in towns.items()}
            of = sum(people[t] * s for t, s in scores.items()) / Fraction(
                sum(people[t] for t in scores)
            )
        weight = first[row["parent"]] * percent(row["weight"])
        points.setdefault(row["agency"], []).append((weight, of))
    found = allocation.items("realisation.agency")
    for row in rows("second_level.csv"):
        of_agency = points[row["agency"]]
        expected = sum(w * s for w, s in of_agency) / sum(w for w, _ in of_agency)
        assert found[row["indicator"]][0] == 100 * expected
