"""A policy document becomes models: every shape it may take, and what each is read as."""

from __future__ import annotations

import copy
import datetime
import pickle
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal, get_type_hints

import pytest

from transfers.documents.fields import RESERVED, ParameterValue, Step, is_name
from transfers.documents.keys import Key, Part
from transfers.documents.load import Document, check_document
from transfers.documents.model_lists import ItemColumns
from transfers.documents.models import Grant, PolicyDocument
from transfers.documents.yaml_source import scan

EXAMPLE = """\
policy: jiangmen-equalisation-2026
title: 江门市因素法均衡性补助（示例）
source: 江门市基本公共服务均等化综合改革；参数为示例
money: {currency: CNY, unit: 万元, quantum: 1}       # amounts below are in 万元
districts: {file: districts.csv, key: code, name: name}

inputs:                                               # the columns the rules read
  population: {title: 常住人口, column: resident_wan, unit: 万人, min: 0, role: population}
  area:       {title: 面积, column: area_km2, unit: km2, min: 0}
  towns:      {title: 镇街数, unit: count, min: 0}
  revenue:    {title: 一般公共预算收入, column: revenue_yi, unit: 亿元, min: 0, role: own_revenue}
  tier:       {title: 档次, one_of: [A, B, C]}
  last_year:  {title: 上年补助, column: last_year_wan, unit: 万元, min: 0, role: prior}

parameters:                                           # named numbers a what-if may move
  tier_coefficient: {A: 1.3, B: 1.0, C: 0.6}
  growth_cap: 25%

quantities:                                           # derived columns, in reading order
  revenue_per_head: revenue / population
  inverse_capacity: sum(revenue) / sum(population) / revenue_per_head

budget: {amount: 4000}

grants:
  equalisation:
    title: 因素法均衡性补助
    source: 第五条
    pool: remainder
    share:
      factors: {population: 40%, area: 20%, towns: 10%, inverse_capacity: 30%}
      coefficient: tier_coefficient[tier]
    floor: last_year
    cap: (1 + growth_cap) * last_year
    if_short: reject
"""
SMALL = "policy: p\ndistricts: {file: d.csv, key: code}\ngrants:\n  g: {claim: x}\n"


def read(text: str) -> Document:
    return check_document(*scan(text, "p.yaml"))


def parameter(written: str) -> Any:
    return read(SMALL + f"parameters:\n  r: {written}\n").model.parameters["r"].value


def step(bound: str, edge: object, value: int) -> Step:
    return Step(bound, None if edge is None else Fraction(str(edge)), Fraction(value))


def grant(written: str) -> Grant:
    text = SMALL.replace("{claim: x}", written)
    return read(text).model.grants["g"]


def test_the_example_of_the_design_is_read_whole() -> None:
    policy = read(EXAMPLE).model
    assert policy.policy == "jiangmen-equalisation-2026"
    assert (policy.money.currency, policy.money.unit) == ("CNY", "万元")
    assert policy.money.quantum == 1
    assert list(policy.inputs) == ["population", "area", "towns", "revenue", "tier", "last_year"]
    assert policy.inputs["tier"].one_of == ("A", "B", "C")
    assert policy.inputs["population"].column == ("resident_wan",)
    assert policy.inputs["population"].min == 0
    assert policy.parameters["growth_cap"].value == Fraction(1, 4)
    coefficients = policy.parameters["tier_coefficient"].value
    assert coefficients == {"A": Fraction(13, 10), "B": 1, "C": Fraction(3, 5)}
    assert policy.quantities["revenue_per_head"].formula == "revenue / population"
    assert policy.budget is not None and policy.budget.amount == "4000"
    equalisation = policy.grants["equalisation"]
    assert equalisation.share is not None and equalisation.share.factors is not None
    assert sum(equalisation.share.factors.values()) == 1
    assert equalisation.share.coefficient == "tier_coefficient[tier]"
    assert equalisation.cap == "(1 + growth_cap) * last_year"
    assert equalisation.if_short == ("reject",)


def test_reading_order_is_the_order_of_the_document() -> None:
    order = read("parameters: {z: 1, a: 2}\n" + SMALL + "inputs: {b: }\nbudget: 3\n").reading_order
    assert order == (
        *(("parameters", "z"), ("parameters", "a"), ("policy",), ("districts",)),
        *(("grants", "g"), ("inputs", "b"), ("budget",)),
    )


def test_a_document_needs_a_policy_a_table_and_a_grant_and_no_more() -> None:
    policy = read(SMALL).model
    assert policy.money.quantum == 1 and policy.money.unit == "万元"
    assert policy.inputs == {} and policy.budget is None and policy.solve is None


def test_nothing_is_guessed_about_the_kind_of_a_text() -> None:
    text = SMALL.replace("key: code", "key: 0101, name: NO")
    document = read(text + "inputs: {a: {default: 1:30, one_of: [on, 2024-01-01, 010, 1e5]}}\n")
    assert document.model.districts.key == ("0101",)
    assert document.model.districts.name == ("NO",)
    assert document.model.inputs["a"].default == "1:30"
    assert document.model.inputs["a"].one_of == ("on", "2024-01-01", "010", "1e5")


def test_an_input_may_be_empty() -> None:
    assert read(SMALL + "inputs:\n  state:\n").model.inputs["state"].column is None


def test_a_column_may_list_alternatives() -> None:
    inputs = read(SMALL + "inputs: {a: {column: [人口, population]}}\n").model.inputs
    assert inputs["a"].column == ("人口", "population")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("25%", Fraction(1, 4)),
        ("-1.5e2", Fraction(-150)),
        ("A", "A"),
        ("2024-01-01", "2024-01-01"),
        ("{A: 1, B: 2%}", {"A": 1, "B": Fraction(1, 50)}),
        ("{A: {x: 1}, B: {x: 2}}", {"A": {"x": 1}, "B": {"x": 2}}),
        ("{value: 3, unit: 元}", Fraction(3)),
        ("{value: {unit: 3}}", {"unit": 3}),
        (
            "[{below: 80%, value: 0}, {up_to: 0.9, value: 50}, {value: 120}]",
            (
                step("below", "4/5", 0),
                step("up_to", "9/10", 50),
                step("", None, 120),
            ),
        ),
        (
            "[{below: 0, value: 1}, {up_to: 0, value: 2}, {value: 3}]",
            (step("below", 0, 1), step("up_to", 0, 2), step("", None, 3)),
        ),
        ("[{at: 0, value: 1}, {at: 10, value: 2}]", (step("at", 0, 1), step("at", 10, 2))),
    ],
)
def test_a_parameter_is_a_number_a_text_a_table_steps_or_points(
    written: str, value: object
) -> None:
    assert parameter(written) == value


def test_a_table_may_come_from_a_file() -> None:
    text = "parameters: {c: {file: b.csv, up_to: pop_max, value: coef, unit: 人}}\n"
    c = read(SMALL + text).model.parameters["c"]
    assert (c.file, c.up_to, c.value, c.unit) == ("b.csv", "pop_max", "coef", "人")


@pytest.mark.parametrize("written", ["1,000", "25 %", "１２", "1_000", "25％", "1 000", "¥5"])
def test_a_number_as_people_write_it_is_not_taken_for_a_text(written: str) -> None:
    text = SMALL + f"parameters:\n  r: '{written}'\n"
    with pytest.raises(Exception, match=r"parameters\.r"):
        read(text)


def test_a_stage_is_a_quantity_with_the_keys_of_a_division() -> None:
    text = (
        "quantities:\n  s: {pool: 100, share: x, floor: 1, if_short: [scale]}\n"
        "  q: {formula: s, unit: 元}\n"
    )
    quantities = read(SMALL + text).model.quantities
    assert quantities["s"].is_stage and quantities["s"].if_short == ("scale",)
    assert not quantities["q"].is_stage


def test_short_forms_mean_the_same_as_long_ones() -> None:
    short = grant("{pool: 9, share: x, within: state, rounding: webster, if_short: scale}")
    long = grant(
        "{pool: 9, share: {formula: x}, within: {by: state}, rounding: {rule: webster},"
        " if_short: [scale]}"
    )
    assert short == long
    assert read(SMALL + "budget: 5 * 3\n").model == read(SMALL + "budget: {amount: 5 * 3}\n").model


def test_a_grant_may_round_to_a_column_or_to_a_coarser_quantum() -> None:
    to_most = grant("{claim: x, rounding: {to_most: population}}").rounding
    assert to_most is not None and to_most.to_most == "population" and to_most.rule is None
    coarse = grant("{claim: x, rounding: {rule: half_up, quantum: 10}}").rounding
    assert coarse is not None and coarse.quantum == 10


def test_null_takes_an_optional_key_away() -> None:
    assert grant("{claim: x, cap: null, floor: ~}") == grant("{claim: x}")


def test_files_joined_may_be_one_or_several() -> None:
    one = SMALL.replace("key: code", "key: code, join: {file: a.csv, key: k}")
    several = SMALL.replace("key: code", "key: code, join: [{file: a.csv, key: k}]")
    assert read(one).model == read(several).model


def test_models_cannot_be_changed() -> None:
    policy = read(SMALL).model
    with pytest.raises(Exception, match="frozen"):
        policy.title = "x"


def test_a_copy_of_a_model_is_equal_and_its_own() -> None:
    policy = read(EXAMPLE).model
    copied = copy.deepcopy(policy)
    assert copied == policy and copied.grants is not policy.grants
    assert pickle.loads(pickle.dumps(policy)) == policy
    assert policy != read(SMALL).model


def test_a_default_is_not_shared_between_documents() -> None:
    first, second = read(SMALL).model, read(SMALL).model
    assert first.inputs is not second.inputs and first.money is not second.money


def test_weights_that_add_up_only_as_decimals_add_up() -> None:
    names = ", ".join(f"f{n}: 0.1" for n in range(10))
    assert grant(f"{{pool: 1, share: {{factors: {{{names}}}}}}}").share is not None


def test_reserved_words_are_no_names_in_any_case() -> None:
    assert "remainder" in RESERVED and "cv" in RESERVED
    for word in ("IF", "Total", "sum"):
        with pytest.raises(Exception, match=word):
            read(SMALL + f"inputs: {{{word}: }}\n")


def test_a_grant_cannot_be_called_like_a_column_of_the_results() -> None:
    with pytest.raises(Exception, match=r"grants\.name"):
        read(SMALL.replace("g: {", "name: {"))
    assert read(SMALL + "inputs: {name: }\n").model.inputs


@pytest.mark.parametrize("name", ["人口", "_x", "población", "x2", "область"])
def test_letters_of_any_script_make_a_name(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize("name", ["", "2x", "a-b", "a.b", "a b", "x(y)", "a·b", "x" * 101])
def test_what_formulas_could_not_read_makes_no_name(name: str) -> None:
    assert not is_name(name)


def all_keys() -> list[tuple[type[Part], str, Key]]:
    parts, keys = [Part], []
    while parts:
        part = parts.pop()
        # Other documents than the policy have parts too, in rooms of their own.
        parts += [each for each in part.__subclasses__() if each.__module__.startswith("transfers")]
        keys += [(part, name, key) for name, key in part.keys.items()]
    return keys


def test_every_key_is_described_in_both_languages() -> None:
    keys = all_keys()
    for part, name, key in keys:
        assert key.chinese and key.english, (part, name)
    assert len(keys) > 90


def annotation(key: Key) -> Any:
    """Return the type of what a key is read as."""
    of: Any = None if key.of is None else annotation(key.of)
    kinds: dict[str, Any] = {
        **dict.fromkeys(("text", "formula"), str),
        "number": Fraction,
        "date": datetime.date,
        **dict.fromkeys(("whole", "digits"), int),
        "value": ParameterValue,
        "columns": ItemColumns,
        "items": dict[str, of],
        "choice": str if key.names_of else Literal[key.choices],
        "part": key.part,
        "list": tuple[of, ...],
        "mapping": dict[str, of],
        "pair": tuple[of, of],
    }
    return kinds[key.kind] | None if key.default is None else kinds[key.kind]


def test_a_key_is_read_as_what_it_is_annotated_with() -> None:
    for part, name, key in all_keys():
        assert get_type_hints(part)[name] == annotation(key), (part, name)


def test_reading_a_document_that_is_right_loads_nothing_that_says_what_is_wrong(
    tmp_path: Any,
) -> None:
    (tmp_path / "p.yaml").write_text(SMALL, encoding="utf-8")
    lines = (
        "import sys",
        "from transfers.documents.load import read_document",
        f"read_document({str(tmp_path / 'p.yaml')!r})",
        "print([m for m in sys.modules if m in ('difflib', 'scipy', 'transfers.messages.document',"
        " 'transfers.documents.faults')])",
    )
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_policy_that_is_right_is_loaded_without_the_models_of_pydantic() -> None:
    """They, and what they search for plugins, would take as long as all the rest of a small run."""
    program = (
        "import sys, transfers; transfers.load_policy(sys.argv[1]);"
        "print([m for m in ('pydantic.main', 'importlib.metadata', 'difflib') if m in sys.modules])"
    )
    policy = Path(__file__).parents[2] / "examples/jiangmen/policy.yaml"
    done = subprocess.run(
        [sys.executable, "-c", program, policy], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_model_names_every_section_of_the_document() -> None:
    assert list(PolicyDocument.keys) == [
        *("title", "source", "note", "policy", "year", "money", "districts", "lists", "inputs"),
        *("parameters", "service_lists", "appraisals", "quantities", "upstream", "reserves"),
        *("budget", "grants", "outputs", "rules", "promises", "waive", "next", "solve"),
    ]
