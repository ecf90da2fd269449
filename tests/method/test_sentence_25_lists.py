"""Sentence 25: lists."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.method.tiny import AllocateText, exact, fault_codes, paid
from transfers import DocumentError, TableError

TABLE = "key,tier,n_a,n_b,n_c\n x,A,2,5,1\n y,B,0,1,4\n"
LISTS = """
lists:
  things:
    items:
      a: {standard: 10, before: 8, part: 60%, kind: key, known: 1}
      b: {standard: 4, before: 5, part: 100%, kind: key, known: 2}
      c: {standard: 3, before: 3, part: 0%, kind: other}
    columns: {standard: {}, before: {}, part: {}, kind: {one_of: [key, other]}, known: {}}
  marks:
    items: {p: {w: 1}, q: {w: 2}}
    columns: {w: {}}
inputs:
  tier: {one_of: [A, B]}
  n: {columns: "n_{item}", over: things}
parameters:
  half: {A: 50%, B: 100%}
"""
GRANT = "grants: {aid: {claim: '%s'}}\n"


def quantity(allocate_text: AllocateText, formula: str, above: str = "") -> list[Fraction]:
    """Return what a quantity by this formula comes to, in x and y."""
    text = f"{LISTS}quantities:\n{above}  q: '{formula}'\ngrants: {{aid: {{claim: 0}}}}\n"
    return exact(allocate_text(text, TABLE), "q")


@pytest.mark.parametrize(
    ("formula", "figures"),
    [
        ("sum(things.standard * n, over=things)", [43, 16]),
        ("sum(things.standard * n, over=things, where=things.standard > 3)", [40, 4]),
        ("sum(things.standard * n, over=things, where=things.standard > 5)", [20, 0]),
        ("sum(things.standard * n * half[tier], over=things)", ["21.5", 16]),
        ('sum(n, over=things, where=things.kind == "key")', [7, 1]),
        ('sum(n, over=things, where=things.key == "c")', [1, 4]),
        ("sum(n, over=things, where=n > 1)", [7, 4]),
        ("sum(1, over=things)", [3, 3]),
        ("sum(things.standard, over=things)", [17, 17]),
        ("count(n > 0, over=things)", [3, 2]),
        ('count(over=things, where=things.kind == "key")', [2, 2]),
        ("lowest(n, over=things)", [1, 0]),
        ("highest(n, over=things)", [5, 4]),
        ("quantile(n, 0.5, over=things)", [2, 1]),
        ("mean(things.standard, over=things, weights=n)", ["5.375", "3.2"]),
    ],
)
def test_items_are_folded_in_each_district(
    allocate_text: AllocateText, formula: str, figures: list[int | str]
) -> None:
    """Sentence 25: 25a, 25b."""
    assert quantity(allocate_text, formula) == [Fraction(figure) for figure in figures]


def test_key_items_are_borne_for_the_part_the_city_leads(allocate_text: AllocateText) -> None:
    """Sentence 25: a cost of 50 after 40, 60% led; 8 after 9, all led."""
    text = LISTS.replace("  n: {", "  m: {columns: {a: n_a, b: n_b, c: n_c}, over: things}\n  n: {")
    table = "key,tier,n_a,n_b,n_c\n x,A,5,2,0\n y,A,0,0,0\n"
    claim = "sum(max(0, things.standard * n - things.before * m) * things.part, over=things)"
    assert paid(allocate_text(text + GRANT % claim, table)) == [6, 0]


@pytest.mark.parametrize(
    ("formula", "figures"),
    [
        ("sum(sum(n) * things.standard, over=things)", [59, 59]),  # (2, 6, 5) x (10, 4, 3)
        ("sum(n / sum(n), over=things)", [1 + Fraction(5, 6) + Fraction(1, 5), "29/30"]),
        ("sum(rank(n), over=things)", [4, 5]),  # 1 1 2 and 2 2 1
        ("sum(rank(n, over=things) * n, over=things)", [2 * 2 + 5 + 3, 2 * 1 + 4]),
        ("sum(sum(n, by=tier), over=things)", [8, 5]),
        ("highest(sum(n, over=things, by=things.kind), over=things)", [7, 4]),
        ("sum(mean(n), over=things)", ["6.5", "6.5"]),
    ],
)
def test_without_over_districts_are_folded_item_by_item(
    allocate_text: AllocateText, formula: str, figures: list[int | str | Fraction]
) -> None:
    """Sentence 25: 25b, 25c."""
    assert quantity(allocate_text, formula) == [Fraction(figure) for figure in figures]


def test_a_quantity_may_have_a_figure_for_each_item(allocate_text: AllocateText) -> None:
    """Sentence 25: 25d."""
    above = "  cost: things.standard * n\n  dear: cost > 4\n"
    formula = "sum(cost, over=things, where=dear)"
    assert quantity(allocate_text, formula, above) == [40, 12]


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("n", "formula.over_left"),
        ("things.standard", "formula.over_left"),
        ("n + sum(n, over=things)", "formula.over_left"),
        ("sum(things.standard)", "formula.over_wanted"),
        ("sum(n * marks.w, over=things)", "formula.two_lists"),
        ("sum(n, over=marks)", "formula.two_lists"),
        ("sum(n, over=tier)", "formula.over_not_list"),
        ("sum(n, over=things, by=1)", "formula.by_not_column"),
        ("sum(n * things.standrad, over=things)", "formula.list_column"),
        ("sum(n * things, over=things)", "formula.list_name"),
    ],
)
def test_what_is_not_folded_is_refused_before_any_figure_is_read(
    allocate_text: AllocateText, formula: str, code: str
) -> None:
    """Sentence 25: 25d."""
    with pytest.raises(DocumentError) as refused:
        allocate_text(LISTS + GRANT % formula, TABLE)
    assert fault_codes(refused.value) == [code]
    for language in ("zh", "en"):
        assert "{" not in refused.value.faults[0].text(language)


def test_a_missing_figure_counts_where_its_item_does(allocate_text: AllocateText) -> None:
    """Sentence 25: 25e."""
    known = "sum(n, over=things, where=not missing(things.known))"
    assert quantity(allocate_text, known) == [7, 1]
    with pytest.raises(TableError) as refused:
        quantity(allocate_text, "sum(things.known * n, over=things)")
    (fault,) = refused.value.faults
    assert fault.code == "allocation.missing_in_aggregate"
    assert fault.values["districts"] == ("x c", "y c")
    with pytest.raises(TableError) as refused:
        allocate_text(LISTS + GRANT % "sum(n, over=things)", TABLE.replace("1,4", "-,4"))
    (fault,) = refused.value.faults
    assert fault.values["districts"] == ("y b",)
    assert "districts.csv:3:4 n" in str(fault.values["cause"])


def test_a_threshold_met_exactly_counts(allocate_text: AllocateText) -> None:
    """Sentence 25: 25f; 0.1 + 0.2 is 0.3, item by item."""
    table = "key,tier,n_a,n_b,n_c\n x,A,0.1,0.3,0.5\n y,A,0.2,0.1,0.3\n"
    text = LISTS + GRANT % "1000 * sum(n, over=things, where=n + 0.2 <= 0.3)"
    assert paid(allocate_text(text, table)) == [100, 100]


def test_scenarios_move_figures_of_a_list(allocate_text: AllocateText) -> None:
    """Sentence 25: 25f."""
    from transfers import allocate_scenarios

    text = LISTS + GRANT % "sum(things.standard * n, over=things)"
    allocation = allocate_text(text, TABLE)
    moved = {"lists.things.items.a.standard": 11}
    scenarios = allocate_scenarios(allocation.policy, allocation.districts, [{}, moved])
    assert [paid(found) for found in scenarios] == [[43, 16], [45, 16]]


def test_figures_of_items_are_read_item_by_item(allocate_text: AllocateText) -> None:
    """Sentence 25: 25a; what has a figure for each item is no column of districts."""
    text = LISTS + "quantities: {cost: things.standard * n, third: n / 3}\n" + GRANT % "0"
    allocation = allocate_text(text, TABLE)
    assert allocation.items("cost") == {"a": [20, 0], "b": [20, 4], "c": [3, 12]}
    assert allocation.items("third")["c"] == [Fraction(1, 3), Fraction(4, 3)]
    assert allocation.items("n") == {"a": [2, 0], "b": [5, 1], "c": [1, 4]}
    part = allocation.items("things.part")
    assert part == {"a": [Fraction(3, 5)] * 2, "b": [1, 1], "c": [0, 0]}
    assert allocation.items("things.kind")["c"] == ["other", "other"]
    with pytest.raises(ValueError, match="items"):
        allocation.column("cost")
    with pytest.raises(ValueError, match="column"):
        allocation.items("tier")


PICKED = [
    ('n["b"]', [5, 1]),
    ('things.standard["b"] * n["a"]', [8, 0]),
    ('if(things.kind["c"] == "other", 1, 2)', [1, 1]),
    ("n[wish]", [2, 4]),
    ('if(missing(n[key]), 7, n["a"])', [7, 7]),
    ("sum(other.rate[things.kind], over=things)", [25, 25]),
    ("sum(other.rate[things.kind] * n, over=things)", [75, 30]),
    ("sum(m[things.key], over=things)", [18, 15]),
    ("sum(previous(n), over=things, where=not missing(previous(n)))", [7, 1]),
    ("sum(previous(n + m), over=things, where=things.key != first)", [24, 12]),
]


@pytest.mark.parametrize(("formula", "figures"), PICKED)
def test_a_key_in_brackets_picks_an_item(
    allocate_text: AllocateText, formula: str, figures: list[int]
) -> None:
    """Sentence 25: 25g, by a key that is written, of the district, or of an item."""
    text = LISTS.replace("parameters:", "  wish: {type: text}\nparameters:\n  first: a")
    text = text.replace(
        "  marks:",
        "  other: {items: {key: {rate: 10}, other: {rate: 5}}, columns: {rate: {}}}\n  marks:",
    )
    above = "  m: 'n + if(things.key == \"b\", 10, 0)'\n"
    text += f"quantities:\n{above}  q: '{formula}'\ngrants: {{aid: {{claim: 0}}}}\n"
    table = "key,tier,wish,n_a,n_b,n_c\n x,A,a,2,5,1\n y,B,c,0,1,4\n"
    assert exact(allocate_text(text, table), "q") == [Fraction(figure) for figure in figures]


def test_a_key_that_the_list_lacks_is_told_as_a_missing_figure_is(
    allocate_text: AllocateText,
) -> None:
    """Sentence 25: 25g, and the cause names the list, or the first item."""
    text = LISTS.replace("parameters:", "  wish: {type: text}\nparameters:")
    table = "key,tier,wish,n_a,n_b,n_c\n x,A,q,2,5,1\n"
    with pytest.raises(TableError) as error:
        allocate_text(text + GRANT % "n[wish]", table)
    assert "things[?]" in str(error.value)
    with pytest.raises(TableError) as error:
        allocate_text(text + GRANT % "sum(previous(n), over=things)", table)
    assert "things.a" in str(error.value)
