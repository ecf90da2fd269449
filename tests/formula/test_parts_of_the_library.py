"""Parts of the library by themselves: places of items, choices by halving, what is in doubt."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.formula.tiny_policy import computed
from transfers import DocumentError
from transfers.arithmetic.bounded import Bounded
from transfers.axes import Groups
from transfers.formula.items import (
    below,
    below_pick,
    figure_count,
    folded,
    picked,
    split_further,
    spread_value,
    taken,
)
from transfers.formula.library import FUNCTIONS, _chosen, _halved
from transfers.formula.nodes import Call, Compare, Name, Node, Number, Type
from transfers.formula.one_figure import of_one
from transfers.formula.scope import Steps
from transfers.formula.values import Gap, Labels, merged, merged_categories

F = Fraction

# -- items beside districts ------------------------------------------------------------------------


def places(*members: int) -> NDArray[np.intp]:
    return np.array(members, dtype=np.intp)


def test_entries_of_a_table_are_taken_row_by_row() -> None:
    one, two = np.array([[7, 8, 9]]), np.array([[7, 8, 9], [4, 5, 6]])
    same, other = places(2, 0)[None], np.array([[2, 0], [1, 2]], dtype=np.intp)
    assert taken(one, same).tolist() == [[9, 7]]
    assert taken(two, same).tolist() == [[9, 7], [6, 4]]
    assert taken(one, other).tolist() == [[9, 7], [8, 9]]
    assert taken(two, other).tolist() == [[9, 7], [5, 6]]


def test_item_after_item_stands_district_after_district() -> None:
    """Two items and three districts: figure k * 3 + i is that of item k in district i."""
    items = Bounded(np.array([[10.0, 20.0]]), np.array([[0.5, 0.25]]))
    districts = Bounded(np.array([[1.0, 2.0, 3.0]]), np.zeros((1, 3)))
    spread: Any = spread_value(items, of_items=True, items=2, districts=3)
    assert spread.value.tolist() == [[10, 10, 10, 20, 20, 20]]
    assert spread.error.tolist() == [[0.5, 0.5, 0.5, 0.25, 0.25, 0.25]]
    spread = spread_value(districts, of_items=False, items=2, districts=3)
    assert spread.value.tolist() == [[1, 2, 3, 1, 2, 3]]
    of_items: Any = SimpleNamespace(operand=SimpleNamespace(type=Type(over="k")))
    of_districts: Any = SimpleNamespace(operand=SimpleNamespace(type=Type(per_district=True)))
    assert below(of_items, places(0, 2, 3, 5), 3).tolist() == [0, 0, 1, 1]
    assert below(of_districts, places(0, 2, 3, 5), 3).tolist() == [0, 2, 0, 2]


def test_a_pick_stands_at_its_item_and_in_its_own_district() -> None:
    both: Any = SimpleNamespace(operand=SimpleNamespace(type=Type(over="k", per_district=True)))
    alone: Any = SimpleNamespace(operand=SimpleNamespace(type=Type(over="k")))
    assert below_pick(both, places(1, 0, 1), places(0, 1, 5), 3).tolist() == [3, 1, 5]
    assert below_pick(alone, places(1, 0, 1), places(0, 1, 5), 3).tolist() == [1, 0, 1]


def test_a_key_of_no_item_picks_nothing_also_where_there_is_one_item_in_one_district() -> None:
    for districts, items in ((1, 1), (2, 3)):
        wide = districts * items
        held = Bounded(np.arange(wide, dtype=float)[None] + 5, np.zeros((1, wide)))
        figures: Any = SimpleNamespace(
            district_count=districts,
            item_places=lambda name: {"a": 0},
            item_count=lambda name: items,  # noqa: B023
        )
        keys = Labels(np.array([[0] * districts, [1] * districts, [-1] * districts]), ("a", "b"))
        reader: Any = SimpleNamespace(
            figures=figures,
            value=lambda node: held,  # noqa: B023
            labels=lambda node: keys,  # noqa: B023
        )
        operand = SimpleNamespace(type=Type(over="k", per_district=True))
        node: Any = SimpleNamespace(
            operand=operand, index=None, of="k", type=Type(per_district=True)
        )
        found: Any = picked(reader, node)
        assert found.value[0].tolist() == [5 + i for i in range(districts)]
        assert np.isnan(found.value[1:]).all()


def test_a_key_of_no_item_picks_nothing_from_a_list_of_one() -> None:
    held = Bounded(np.array([[5.0]]), np.zeros((1, 1)))
    figures: Any = SimpleNamespace(district_count=3, item_places=lambda name: {"a": 0})
    keys = Labels(np.array([[0, 1, -1]]), ("a", "b"))
    reader: Any = SimpleNamespace(
        figures=figures, value=lambda node: held, labels=lambda node: keys
    )
    operand = SimpleNamespace(type=Type(over="k"))
    node: Any = SimpleNamespace(operand=operand, index=None, of="k", type=Type(per_district=True))
    found: Any = picked(reader, node)
    assert found.value[0, 0] == 5 and np.isnan(found.value[0, 1:]).all()


@pytest.mark.parametrize(
    ("domain", "over", "count", "of"),
    [
        (Type(per_district=True), "", 3, [0, 0, 0]),
        (Type(over="k"), "k", 2, [0, 0]),
        (Type(over="k", per_district=True), "k", 6, [0, 1, 2, 0, 1, 2]),
        (Type(over="k", per_district=True), "", 6, [0, 0, 0, 1, 1, 1]),
    ],
)
def test_an_aggregate_folds_items_of_a_district_or_districts_of_an_item(
    domain: Type, over: str, count: int, of: list[int]
) -> None:
    assert figure_count(domain, 2, 3) == count
    groups = folded(domain, over, 2, 3)
    assert groups.of.tolist() == of
    assert groups.count == max(of) + 1


def test_groups_are_split_by_what_their_members_have_in_common() -> None:
    base = Groups(places(0, 0, 1, 1), ("", ""))
    by = Groups(places(0, 2, 1, 2), ("a", "b", "c"))
    found = split_further(base, by)
    assert found.of.tolist() == [0, 2, 4, 5] and found.count == 6
    assert split_further(Groups.one(4), by) is by


# -- choices ---------------------------------------------------------------------------------------


def leaf_at(tree: Node, figure: Fraction) -> tuple[Node, int]:
    """Follow the choices of a tree for a figure; return the leaf and how deep it is."""
    depth = 0
    while isinstance(tree, Call) and tree.function == "if":
        condition, yes, no = tree.arguments
        assert isinstance(condition, Compare) and isinstance(condition.right, Number)
        edge = condition.right.value
        tree = yes if (figure < edge if condition.operator == "<" else figure <= edge) else no
        depth += 1
    return tree, depth


@pytest.mark.parametrize("count", range(1, 12))
def test_a_leaf_is_chosen_by_its_place_in_a_flat_tree(count: int) -> None:
    leaves: list[Node] = [Number(F(100 + i)) for i in range(count)]
    tree = _chosen(Name("x"), leaves)
    for place in range(count):
        leaf, depth = leaf_at(tree, F(place))
        assert leaf is leaves[place]
        assert depth <= (count - 1).bit_length()


@pytest.mark.parametrize("count", range(10))
@pytest.mark.parametrize("bound", ["below", "up_to"])
def test_a_bracket_is_chosen_by_its_edges_in_a_flat_tree(count: int, bound: Any) -> None:
    edges = tuple(Number(F(10 * i)) for i in range(1, count + 1))
    leaves: list[Node] = [Number(F(100 + i)) for i in range(count + 1)]
    steps: Any = SimpleNamespace(edges=edges, bounds=(bound,) * count)
    tree = _halved(Name("x"), steps, leaves)
    for number in range(-5, 10 * count + 15):
        passed = sum(number >= e.value if bound == "below" else number > e.value for e in edges)
        leaf, depth = leaf_at(tree, F(number))
        assert leaf is leaves[passed]
        assert depth <= count.bit_length()
    assert Steps.__name__ == "Steps"


# -- how many arguments ----------------------------------------------------------------------------


ARGUMENTS = {
    **dict.fromkeys(("abs", "sqrt", "exp", "log", "missing", "previous", "sum", "mean"), (1, 1)),
    **dict.fromkeys(("share", "rank", "lowest", "highest", "std", "cv", "std_sample"), (1, 1)),
    **dict.fromkeys(("cv_sample", "gini", "theil", "zscore", "minmax"), (1, 1)),
    **dict.fromkeys(("quantile", "step", "marginal", "interpolate"), (2, 2)),
    **dict.fromkeys(("round", "round_up", "round_down"), (1, 2)),
    **dict.fromkeys(("min", "max"), (2, 20)),
    **dict.fromkeys(("if", "clip"), (3, 3)),
    "count": (0, 1),
}


def test_every_function_says_how_many_arguments_it_takes() -> None:
    assert {f.name: (f.least, f.most) for f in FUNCTIONS.values()} == ARGUMENTS


@pytest.mark.parametrize("name", sorted(ARGUMENTS))
def test_a_function_takes_no_more_and_no_fewer_arguments(name: str) -> None:
    least, most = ARGUMENTS[name]
    for count in (least - 1, most + 1):
        if count < 0:
            continue
        with pytest.raises(DocumentError) as caught:
            computed(f"{name}({', '.join(['x'] * count)})", {"x": ["1", "2"]})
        (fault,) = caught.value.faults
        assert "argument" in fault.code


# -- what is in doubt ------------------------------------------------------------------------------


class Settling:
    """A reader of one figure that notes what it is asked to settle."""

    def __init__(self, value: list[float], error: list[float]) -> None:
        self.held = Bounded(np.array([value]), np.array([error]))
        self.doubtful: list[bool] = []

    def numbers(self, node: Any) -> Bounded:
        return self.held

    def settled(self, node: Any, figures: Bounded, undecided: NDArray[np.bool_]) -> Bounded:
        self.doubtful = undecided[0].tolist()
        return figures


def doubtful(function: str, value: list[float], error: list[float], **options: str) -> list[bool]:
    reader: Any = Settling(value, error)
    named: dict[str, Node] = {name: Number(F(text)) for name, text in options.items()}
    of_one(reader, Call(function, (Name("x"),), named))
    found: list[bool] = reader.doubtful
    return found


@pytest.mark.parametrize("function", ["sqrt", "log"])
def test_whether_a_figure_is_below_zero_is_in_doubt_within_its_error(function: str) -> None:
    value = [4.0, 0.5, 0.25, 0.0, -0.25, -0.5, 0.0, 3.0]
    error = [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.0, 0.0]
    assert doubtful(function, value, error) == [False, *[True] * 5, False, False]


def test_a_rounding_is_in_doubt_where_a_cut_lies_within_the_error() -> None:
    value = [2.5, 2.4, 2.3, 2.625, 2.75, 3.0, -2.5]
    error = [0.125] * 7
    near = [True, True, False, True, False, False, True]
    assert doubtful("round", value, error, digits="0") == near
    whole = [2.875, 3.125, 3.25, 2.75, 3.0, 2.5, -0.125]
    near = [True, True, False, False, True, False, True]
    assert doubtful("round_up", whole, error, digits="0") == near
    assert doubtful("round_down", whole, error, digits="0") == near
    tens = [24.0, 26.0, 30.0]
    assert doubtful("round", tens, [1.5, 0.5, 1.0], to="10") == [True, False, False]


# -- texts, and what is missing --------------------------------------------------------------------


def test_texts_are_recoded_and_what_is_missing_stays_so() -> None:
    labels = Labels(np.array([[0, 1, -1], [2, 2, 0]]), ("a", "b", "c"))
    assert labels.recoded(("c", "a")).tolist() == [[1, -1, -1], [0, 0, 1]]
    assert labels.recoded(("x", "a", "b", "c")).tolist() == [[1, 2, -1], [3, 3, 1]]
    assert labels.texts(0) == ["a", "b", None]
    assert labels.texts(1) == ["c", "c", "a"]
    shared = Labels(np.array([[1, 0]]), ("a", "b"))
    assert shared.texts(5) == ["b", "a"]
    assert Labels.constant("z").texts(3) == ["z"]
    assert merged_categories(labels, Labels.constant("b")) == ("a", "b", "c")
    assert merged_categories(Labels.constant("z"), shared) == ("z", "a", "b")


def test_gaps_of_one_aggregate_are_one_for_each_matter_wherever_it_stands() -> None:
    one, other = Call("sum", (Name("x"),), {}), Call("sum", (Name("x"),), {})
    masks = [np.array([[a, b]], dtype=bool) for a, b in ((1, 0), (0, 1), (0, 0), (1, 1))]
    found = merged(
        [
            Gap(one, masks[0]),
            Gap(other, masks[2]),
            Gap(one, masks[1]),
            Gap(one, masks[2], "allocation.missing_in_by"),
        ]
    )
    assert [(gap.node is one, gap.code) for gap in found] == [
        (True, "allocation.missing_in_aggregate"),
        (False, "allocation.missing_in_aggregate"),
        (True, "allocation.missing_in_by"),
    ]
    assert [gap.where.tolist() for gap in found] == [[[True, True]], [[False] * 2], [[False] * 2]]
