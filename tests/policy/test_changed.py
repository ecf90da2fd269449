"""A policy with entries added, set and removed is the document written by hand with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import transfers
from transfers import DocumentError, Place, Policy

FACTORS = "grants.equalisation.share.factors"
DOCUMENT = """\
policy: p
districts: {file: d.csv, key: code}
inputs:
  population: {unit: 人}
  area:
  pupils: {unit: 人}
  tier: {one_of: [A, B]}
parameters:
  coefficient: {A: 1.5, B: 1}
  rate: {value: 5, unit: 元/人, title: 定额}
  steps: [{below: 100, value: 1}, {value: 2}]
quantities:
  need: population * coefficient[tier]
budget: {amount: 1000}
grants:
  equalisation:
    pool: 600
    share:
      factors: {population: 60%, area: 40%}
    cap: 400
  rest:
    pool: remainder
    share: need
"""
TABLE = "code,population,area,pupils,tier\nA1,100,10,20,A\nB2,300,50,40,B\nC3,200,90,70,A\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "p.yaml").write_text(DOCUMENT, encoding="utf-8")
    (tmp_path / "d.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def policy(folder: Path) -> Policy:
    return transfers.load_policy(folder / "p.yaml")


def by_hand(folder: Path, *replaced: tuple[str, str]) -> Policy:
    """Return the document with texts replaced, as a person would write it."""
    text = DOCUMENT
    for old, new in replaced:
        assert old in text
        text = text.replace(old, new)
    (folder / "by_hand.yaml").write_text(text, encoding="utf-8")
    return transfers.load_policy(folder / "by_hand.yaml")


def told(policy: Policy, folder: Path) -> tuple[object, ...]:
    """Return amounts, findings and stories of a run, without the places in the document."""
    districts = transfers.load_districts(folder / "d.csv", policy)
    allocation = transfers.allocate(policy, districts)
    stories = []
    for key in allocation.keys:
        story = allocation.explain(key)
        stories.append([(line.code, line.figure, line.rule, line.values) for line in story.lines])
    findings = [finding.message("en") for finding in allocation.findings]
    return {name: a.tolist() for name, a in allocation.amounts.items()}, findings, str(stories)


CASES: list[tuple[dict[str, object], list[tuple[str, str]]]] = [
    (
        {"add": {f"{FACTORS}.pupils": "10%"}, "set": {f"{FACTORS}.area": "30%"}},
        [("area: 40%", "area: 30%, pupils: 10%")],
    ),
    ({"set": {"budget.amount": "1200"}}, [("amount: 1000", "amount: 1200")]),
    (
        {"add": {"parameters.coefficient.C": "0.5", "inputs.tier.title": "档次"}},
        [("B: 1}", "B: 1, C: 0.5}"), ("{one_of: [A, B]}", "{one_of: [A, B], title: 档次}")],
    ),
    ({"remove": ["grants.equalisation.cap"]}, [("    cap: 400\n", "")]),
    (
        {"remove": ["grants.rest"], "add": {"outputs.each": "equalisation / population"}},
        [
            ("  rest:\n    pool: remainder\n    share: need\n", ""),
            ("    cap: 400\n", "    cap: 400\noutputs:\n  each: equalisation / population\n"),
        ],
    ),
    (
        {"add": {"quantities.heads": "pupils * 2"}, "set": {"grants.rest.share": "heads"}},
        [("[tier]\n", "[tier]\n  heads: pupils * 2\n"), ("share: need", "share: heads")],
    ),
    (
        {"add": {"quantities.heads": "pupils * 2"}, "set": {"quantities.need": "heads + area"}},
        [
            (
                "  need: population * coefficient[tier]\n",
                "  heads: pupils * 2\n  need: heads + area\n",
            )
        ],
    ),
    (
        {"add": {"grants.schools": {"claim": "pupils * rate", "cap": "150"}}},
        [("share: need\n", "share: need\n  schools: {claim: pupils * rate, cap: 150}\n")],
    ),
    (
        {"add": {"grants.schools": "{claim: pupils * rate, cap: 150}"}},
        [("share: need\n", "share: need\n  schools: {claim: pupils * rate, cap: 150}\n")],
    ),
    (
        {"add": {"rules.enough": {"that": "total > 300", "level": "warn"}}},
        [("share: need\n", "share: need\nrules:\n  enough: {that: total > 300, level: warn}\n")],
    ),
    (
        {"add": {"reserves.fund": "{opening: 50}", "grants.rest.unspent": "fund"}},
        [
            ("budget:", "reserves:\n  fund: {opening: 50}\nbudget:"),
            ("    share: need\n", "    share: need\n    unspent: fund\n"),
        ],
    ),
    (
        {"remove": ["parameters.steps.0"], "add": {"parameters.rate.max": 9}},
        [("{below: 100, value: 1}, ", ""), ("title: 定额}", "title: 定额, max: 9}")],
    ),
]


@pytest.mark.parametrize(("changes", "replaced"), CASES)
def test_changed_is_the_document_written_by_hand(
    folder: Path, policy: Policy, changes: dict[str, object], replaced: list[tuple[str, str]]
) -> None:
    changed = policy.changed(**changes)  # type: ignore[arg-type]
    hand = by_hand(folder, *replaced)
    assert changed.document.source.data == hand.document.source.data
    assert list(changed.document.source.data) == list(hand.document.source.data)
    assert changed.document.model == hand.document.model
    assert told(changed, folder) == told(hand, folder)


def test_with_overrides_is_the_short_form_of_set(policy: Policy) -> None:
    short = policy.with_overrides({"budget.amount": "900"})
    assert short.document.model == policy.changed(set={"budget.amount": 900}).document.model
    assert short.overrides == {"budget.amount": "900"}


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                ("outputs.half", "total / 2"),
                ("rules.r", "total > 0"),
                ("quantities.q", "area + 1"),
                ("parameters.coefficient.C", "3"),
                ("parameters.steps.2.up_to", None),
                ("grants.rest.rounding.quantum", "2"),
                ("grants.equalisation.floor", "1"),
                ("inputs.extra", "{column: x}"),
                ("grants.more", "{claim: area}"),
            ]
        ),
        unique=True,
    )
)
def test_what_is_added_and_removed_again_leaves_nothing(
    added: list[tuple[str, str | None]],
) -> None:
    from transfers.policy.policy import policy_from_text

    policy = policy_from_text(DOCUMENT, "p.yaml", {})
    entries = {path: text for path, text in added if text is not None}
    changed = policy.changed(add=entries)
    back = changed.changed(remove=list(entries))
    assert back.document.model == policy.document.model
    assert back.document.source.data == policy.document.source.data
    assert not entries or changed.document.source.data != policy.document.source.data


def test_what_was_set_is_what_it_was_when_it_is_set_back(policy: Policy) -> None:
    there = policy.changed(set={"parameters.rate": 7}).changed(set={"parameters.rate": 5})
    assert there.document.model == policy.document.model
    assert len(there.changes) == 1


# -- what is told --------------------------------------------------------------------------------


def story(policy: Policy, folder: Path, language: str = "en") -> list[str]:
    districts = transfers.load_districts(folder / "d.csv", policy)
    text = transfers.allocate(policy, districts).explain("A1").text(language)
    return text.splitlines()


def test_a_story_says_what_was_added_removed_and_set(folder: Path, policy: Policy) -> None:
    changed = policy.changed(
        add={"outputs.half": "total / 2", "rules.r": {"that": "total > 0", "level": "hard"}},
        remove=["grants.equalisation.cap"],
        set={"budget.amount": "900"},
    )
    lines = story(changed, folder)
    assert "Removed for this run: grants.equalisation.cap (was 400)" in lines
    assert "Added for this run: outputs.half = total / 2" in lines
    assert "Added for this run: rules.r = {that: total > 0, level: hard}" in lines
    assert "Changed for this run: budget.amount = 900 (was 1000)" in lines
    assert "本次删去：grants.equalisation.cap（原 400）" in story(changed, folder, "zh")
    assert "本次新增：outputs.half = total / 2" in story(changed, folder, "zh")


def test_what_is_added_and_removed_again_is_not_told(folder: Path, policy: Policy) -> None:
    back = policy.changed(add={"outputs.half": "total / 2"}).changed(remove=["outputs.half"])
    assert not [line for line in story(back, folder) if "for this run" in line]


# -- faults --------------------------------------------------------------------------------------


def refused(policy: Policy, language: str = "en", **changes: object) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        policy.changed(**changes)  # type: ignore[arg-type]
    return caught.value.lines(language)


def test_adding_what_is_there_points_to_set(policy: Policy) -> None:
    (line,) = refused(policy, add={"grants.equalisation.cap": "1"})
    assert line == (
        "add grants.equalisation.cap: `grants.equalisation.cap` is there already: 400."
        " To change it, write it under `set`"
    )
    (line,) = refused(policy, "zh", add={"grants.equalisation.cap": "1"})
    assert line.endswith("“grants.equalisation.cap”已经有了：400。要改它，请写在 set 下")


def test_setting_what_is_not_there_points_to_add(policy: Policy) -> None:
    (line,) = refused(policy, set={f"{FACTORS}.pupils": "1"})
    assert "the document has no path" in line and "to add it, write it under `add`" in line
    (line,) = refused(policy, "zh", set={f"{FACTORS}.pupils": "1"})
    assert line.endswith("（要新增，请写在 add 下）")
    (line,) = refused(policy, set={"budget.amonut": "1"})
    assert "did you mean `budget.amount`" in line and "`add`" not in line
    with pytest.raises(DocumentError) as caught:
        policy.with_overrides({f"{FACTORS}.pupils": "1"})
    assert "`add`" not in str(caught.value) and "--set" in str(caught.value)


@pytest.mark.parametrize(
    ("path", "english", "chinese"),
    [
        ("grants.rest.floot", "did you mean `grants.rest.floor`?", "是否应为“grants.rest.floor”？"),
        ("grants.rest.zzz", "there is no key `zzz` here; the keys are: title", "可以写：title"),
        ("zzz.a", "the keys are: title, source, note, policy", "此处不能有“zzz”"),
        ("parameters.rate.zzz", "there is no key `zzz` here", "此处不能有“zzz”"),
        ("parameters.new.A", "no path `parameters.new.A`", "没有路径“parameters.new.A”"),
        ("parameters.coefficient.A.x", "nothing can be added below", "下不能增加条目"),
        ("parameters.steps.5", "write `parameters.steps.2`", "请写 parameters.steps.2"),
        ("quantities.need.formula.x", "nothing can be added below", "下不能增加条目"),
        ("a..b", "the document has no path", "没有路径"),
    ],
)
def test_nothing_can_be_added_where_nothing_may_stand(
    policy: Policy, path: str, english: str, chinese: str
) -> None:
    (line,) = refused(policy, add={path: "1"})
    assert english in line
    (line,) = refused(policy, "zh", add={path: "1"})
    assert chinese in line


def test_removing_what_is_not_there_is_told_with_what_is_meant(policy: Policy) -> None:
    (line,) = refused(policy, remove=["grants.rest.cap"])
    assert line.endswith("no `grants.rest.cap`, so there is nothing to remove")
    (line,) = refused(policy, remove=["grants.equalisation.cpa"])
    assert "did you mean `grants.equalisation.cap`?" in line
    (line,) = refused(policy, "zh", remove=["grants.equalisation.cpa"])
    assert "无从删去；是否应为“grants.equalisation.cap”？" in line
    (line,) = refused(policy, "zh", remove=["zzz"])
    assert line == "remove zzz: 政策文件中没有“zzz”，无从删去"


def test_all_faults_come_at_once_each_where_it_was_asked_for(policy: Policy) -> None:
    places = {
        "outputs.x": Place("study.yaml", 7, 9),
        "rules.r": Place("study.yaml", 8, 9),
        "rules.r.applies": Place("study.yaml", 10, 11),
        "budget.amount": Place("study.yaml", 12, 5),
    }
    lines = refused(
        policy,
        add={"outputs.x": "totl", "rules.r": {"that": "total > 0", "applies": "poplation > 1"}},
        set={"budget.amount": "12o"},
        places=places,
    )
    assert [line.partition(": ")[0] for line in lines] == [
        "study.yaml:7:9 outputs.x",
        "study.yaml:10:11 rules.r.applies",
        "study.yaml:12:5 budget.amount",
    ]


def test_a_fault_elsewhere_keeps_its_place_and_names_the_changes(policy: Policy) -> None:
    (line,) = refused(policy, remove=["parameters.rate", "quantities.need"])
    assert ":23:12 grants.rest.share: There is no 'need' here" in line
    assert line.endswith(" (this came with the changes: parameters.rate, quantities.need)")
    (line,) = refused(policy, "zh", remove=[f"{FACTORS}.area"])
    assert ":19:7 grants.equalisation.share.factors: 各因素权重合计 60%" in line
    assert line.endswith(f"（由改动引起：{FACTORS}.area）")


def test_items_of_a_list_are_removed_by_the_numbers_they_have(folder: Path) -> None:
    text = "{below: 100, value: 1}, {below: 200, value: 2}, {value: 3}"
    policy = by_hand(folder, ("{below: 100, value: 1}, {value: 2}", text))
    left = policy.changed(remove=["parameters.steps.0", "parameters.steps.1"])
    assert left.document.source.data["parameters"]["steps"] == [{"value": "3"}]
    place = left.document.value_place(("parameters", "steps", 0, "value"))
    assert place == policy.document.value_place(("parameters", "steps", 2, "value")) or (
        place.column == policy.document.value_place(("parameters", "steps", 2, "value")).column
    )


def test_a_fraction_that_is_no_decimal_is_for_moves(policy: Policy) -> None:
    from fractions import Fraction

    with pytest.raises(ValueError, match="1/3 is no decimal"):
        policy.changed(set={"budget.amount": Fraction(1, 3)})
