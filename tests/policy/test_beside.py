"""Rules, outputs and measures of a study may read another run: ``baseline.total``."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import transfers
from transfers import Allocation, DocumentError, Place, Policy, messages, reference
from transfers.arithmetic.decimals import fixed_decimal
from transfers.measuring import exact_measure, measured, why_unmeasured
from transfers.messages import Phrase

DOCUMENT = """\
policy: p
districts: {file: d.csv, key: code, name: name}
inputs:
  population: {unit: 万人, title: 常住人口}
  area:
  tier: {one_of: [A, B]}
  old: {type: yes_no}
parameters:
  rate: 5%
  word: x
quantities:
  need: population * 3
  density: population / area
  people: sum(population)
reserves: {fund: 20}
budget: {amount: 1000}
grants:
  equalisation:
    title: 均衡补助
    pool: 700
    share: population
  rest:
    kind: special
    pool: remainder
    share: area
outputs:
  per_head: {formula: total / population, unit: 元/人}
"""
TABLE = """\
code,name,population,area,tier,old
A1,甲,100,10,A,是
B2,乙,300,,B,否
C3,丙,200,90,A,是
"""
TABLE = TABLE.replace("300,,B", "300,50,B")
OTHER = (
    "code,name,population,area,tier,old\nC3,丙,250,90,B,是\nA1,甲,100,20,A,否\nD4,丁,50,5,A,否\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "p.yaml").write_text(DOCUMENT, encoding="utf-8")
    (tmp_path / "d.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "other.csv").write_text(OTHER, encoding="utf-8")
    return tmp_path


@pytest.fixture
def policy(folder: Path) -> Policy:
    return transfers.load_policy(folder / "p.yaml")


def run(policy: Policy, folder: Path, table: str = "d.csv") -> Allocation:
    return transfers.allocate(policy, transfers.load_districts(folder / table, policy))


def variant(policy: Policy, base: Allocation, **asked: object) -> Policy:
    changed = policy.changed(set={"budget.amount": "900"})
    return changed.with_statements(beside=base.beside("baseline"), **asked)  # type: ignore[arg-type]


def outputs_of(policy: Policy, base: Allocation, folder: Path, *names: str) -> Allocation:
    """Run a variant whose outputs are the names of the baseline."""
    asked = policy.beside(base.beside("baseline"))
    entries = {f"outputs.o{n}": f"baseline.{name}" for n, name in enumerate(names)}
    return run(asked.changed(set={"budget.amount": "900"}, add=entries), folder)


NAMES = (
    *("total", "total.special", "equalisation", "rest", "population", "area", "need", "density"),
    *("per_head", "tier", "old", "equalisation.entitlement", "equalisation.at_cap"),
)


def test_every_column_of_the_baseline_is_there_exactly(folder: Path, policy: Policy) -> None:
    base = run(policy, folder)
    here = outputs_of(policy, base, folder, *NAMES)
    for n, name in enumerate(NAMES):
        expected = base.column(name)
        assert here.column(f"o{n}") == expected, name
    assert here.total.tolist() != base.total.tolist()


def test_single_figures_of_the_baseline_stay_single(folder: Path, policy: Policy) -> None:
    base = run(policy, folder)
    measures = {
        "money": "baseline.budget",
        "heads": "baseline.people",
        "share": "baseline.rate",
        "left": "baseline.fund.closing",
    }
    allocation = run(variant(policy, base, measures=measures), folder)
    assert allocation.measures == {
        "money": 1000,
        "heads": 600,
        "share": Fraction(1, 20),
        "left": 20,
    }


def test_a_parameter_that_is_a_text_can_be_compared(folder: Path, policy: Policy) -> None:
    asked = variant(policy, run(policy, folder), measures={"m": 'if(baseline.word == "x", 1, 0)'})
    assert run(asked, folder).measure("m") == 1


def test_units_travel_with_the_figures_of_the_baseline(folder: Path, policy: Policy) -> None:
    base = run(policy, folder)
    other = transfers.load_policy(folder / "p.yaml")
    in_yuan = other.changed(
        set={"budget.amount": "10000000", "grants.equalisation.pool": "7000000"},
        add={"money": {"unit": "元"}},
    )
    asked = in_yuan.with_statements(
        measures={"gone": "sum(baseline.total) - sum(total)", "heads": "sum(baseline.population)"},
        rules={"same": "total == baseline.total"},
        beside=base.beside("baseline"),
    )
    allocation = run(asked, folder)
    assert allocation.measure("gone") == 0
    assert [rule.status for rule in allocation.rules] == ["broken"]  # rounded to 元 here
    assert abs(allocation.rules[0].broken[0].margin.margin or 0) < 10_000  # type: ignore[union-attr]
    with pytest.raises(DocumentError, match="万人"):
        in_yuan.with_statements(
            measures={"x": "sum(total + baseline.population)"}, beside=base.beside("baseline")
        )


def test_districts_are_matched_by_key_and_missing_where_the_baseline_has_none(
    folder: Path, policy: Policy
) -> None:
    base = run(policy, folder, "other.csv")
    here = outputs_of(policy, base, folder, "population", "tier", "old", "total")
    assert here.column("o0") == [100, None, 250]
    assert here.column("o1") == ["A", None, "B"]
    assert here.column("o2") == [False, None, True]
    by_key = dict(zip(base.keys, base.column("total"), strict=True))
    assert here.column("o3") == [by_key["A1"], None, by_key["C3"]]


def test_a_missing_district_is_told_in_words(folder: Path, policy: Policy) -> None:
    base = run(policy, folder, "other.csv")
    asked = variant(
        policy,
        base,
        rules={"r": {"that": "total >= baseline.total", "level": "hard"}},
        measures={"m": "sum(baseline.equalisation)"},
    )
    allocation = run(asked, folder)
    (rule,) = allocation.rules
    assert rule.counts["unknown"] == 1 and not allocation.keeps_hard_rules
    why = why_unmeasured(allocation.block, 0, "m")
    assert allocation.measure("m") is None
    assert "（没有基准方案的均衡补助：基准方案中没有这个地区）" in said(why, "zh")
    assert (
        "(there is no 均衡补助 in the baseline: the district is not in the table of the baseline)"
        in said(why)
    )


def said(phrase: Phrase, language: str = "en") -> str:
    return messages.text(phrase.code, language, **phrase.values)


def test_a_rejected_baseline_has_no_figures_and_says_why(folder: Path, policy: Policy) -> None:
    short = policy.changed(add={"grants.equalisation.floor": "500"})
    base = run(short, folder)
    assert base.status == "rejected"
    asked = variant(
        policy,
        base,
        rules={"r": {"that": "total >= baseline.total", "level": "warn"}},
        measures={"m": "sum(total - baseline.total)", "n": "budget - baseline.budget", "k": "1"},
    )
    allocation = run(asked, folder)
    assert allocation.measures == {"m": None, "n": None, "k": 1}
    assert allocation.rules[0].status == "unknown"
    (finding,) = (f for f in allocation.findings if f.code == "rules.unknown")
    assert "没有基准方案的合计：该方案资金不足，未予分配" in finding.message("zh")
    assert "there is no total in the baseline: its money is short" in finding.message("en")
    assert "budget in the baseline: its money is short" in said(
        why_unmeasured(allocation.block, 0, "n")
    )
    assert allocation.status == "done"


def test_a_baseline_that_cannot_be_computed_has_names_without_figures(
    folder: Path, policy: Policy
) -> None:
    beside = policy.lacking("baseline", Phrase("beside.invalid"))
    asked = policy.with_statements(measures={"m": "sum(baseline.total)"}, beside=beside)
    allocation = run(asked, folder)
    assert allocation.measure("m") is None
    assert "该方案无法计算" in said(why_unmeasured(allocation.block, 0, "m"), "zh")


def test_a_story_tells_the_figures_of_the_baseline_in_words(folder: Path, policy: Policy) -> None:
    base = run(policy, folder)
    asked = variant(
        policy,
        base,
        rules={"keep": {"that": "total >= baseline.total", "title": "不低于基准"}},
    )
    story = run(asked, folder).explain("A1")
    total = base.total[0]
    assert any(line.endswith(f"基准方案的合计：{total} 万元") for line in numbered(story, "zh"))
    assert any(f"total in the baseline: {total} 万元" in line for line in numbered(story, "en"))
    assert not [line for line in story.text("zh").splitlines() if "本次新增" in line]
    changed = asked.changed(add={"outputs.less": "baseline.equalisation - equalisation"})
    lines = numbered(run(changed, folder).explain("A1"), "zh")
    assert any("基准方案的均衡补助：" in line for line in lines)


def numbered(story: object, language: str) -> list[str]:
    return story.text(language).splitlines()  # type: ignore[attr-defined, no-any-return]


# -- measures ------------------------------------------------------------------------------------


def test_a_measure_is_no_column_of_the_policy(folder: Path, policy: Policy) -> None:
    asked = policy.with_statements(
        measures={"most": {"formula": "highest(total)", "title": "最高", "unit": "元"}}
    )
    allocation = run(asked, folder)
    assert allocation.measure("most") == allocation.total.max() * 10_000
    assert "most" not in allocation.table() and "most" not in allocation.outputs
    (rule,) = asked.measures
    assert (rule.title, rule.unit.label) == ("最高", "元")
    with pytest.raises(KeyError):
        allocation.measure("none")
    again = asked.changed(set={"budget.amount": "900"})
    assert run(again, folder).measure("most") != allocation.measure("most")


def test_a_batch_measures_every_scenario_in_floats_and_exactly(
    folder: Path, policy: Policy
) -> None:
    with_floor = policy.changed(add={"grants.equalisation.floor": "100"})
    asked = with_floor.with_statements(measures={"mean": "mean(total / population)", "one": "7"})
    districts = transfers.load_districts(folder / "d.csv", asked)
    pools = (700, 600, Fraction(1400, 3), 10)
    moves = [{("grants", "equalisation", "pool"): Fraction(n)} for n in pools]
    batch = transfers.run_batch(asked, districts, moves)
    assert [batch.status(s) for s in range(4)] == ["done", "done", "done", "rejected"]
    block = batch.rows[0].block
    assert block is not None
    floats = measured(block, "mean")
    for s in range(3):
        exact = exact_measure(block, s, "mean")
        assert exact is not None and abs(float(exact) - floats[s]) < 1e-12
        totals = batch.allocation(s).total.tolist()
        heads = zip(totals, (100, 300, 200), strict=True)
        assert exact == sum(Fraction(t, p) for t, p in heads) / 3
    assert (
        exact_measure(block, 3, "mean") is None and measured(block, "one")[:3].tolist() == [7] * 3
    )
    assert str(measured(block, "one")[3]) == "nan"


# -- faults --------------------------------------------------------------------------------------


def refused(policy: Policy, language: str = "en", **asked: object) -> list[str]:
    with pytest.raises(DocumentError) as caught:
        policy.with_statements(**asked)  # type: ignore[arg-type]
    return caught.value.lines(language)


def test_without_a_baseline_its_names_are_unknown(policy: Policy) -> None:
    (line,) = refused(policy, measures={"m": "sum(baseline.total)"})
    assert "There is no 'baseline.total' here" in line


def test_the_text_of_the_policy_itself_cannot_read_the_baseline(
    folder: Path, policy: Policy
) -> None:
    asked = policy.beside(run(policy, folder).beside("baseline"))
    for path in ("quantities.more", "grants.more"):
        entry = "baseline.total" if path.startswith("q") else {"claim": "baseline.total"}
        with pytest.raises(DocumentError, match=r"baseline\.total"):
            asked.changed(add={path: entry})


def test_faults_of_statements_point_at_the_study(folder: Path, policy: Policy) -> None:
    beside = run(policy, folder).beside("baseline")
    places = {
        "rules.r": Place("study.yaml", 3, 5),
        "rules.r.that": Place("study.yaml", 4, 7),
        "measures.per": Place("study.yaml", 6, 5),
        "measures.area": Place("study.yaml", 7, 5),
        "measures.text": Place("study.yaml", 8, 5),
        "measures.a b": Place("study.yaml", 9, 5),
        "measures.k": Place("study.yaml", 10, 5),
        "rules.equalisation": Place("study.yaml", 11, 5),
    }
    lines = refused(
        policy,
        rules={"r": {"that": "totl > 0"}, "equalisation": "total > 0"},
        measures={
            "per": "total - baseline.total",
            "area": "1",
            "text": "baseline.word",
            "a b": "1",
            "k": {"formla": "1"},
        },
        beside=beside,
        places=places,
    )
    found = dict(line.split(": ", 1) for line in lines)
    assert "did you mean 'total'" in found["study.yaml:4:7 rules.r.that"]
    assert "fold them, as in sum(...)" in found["study.yaml:6:5 measures.per"]
    assert "cannot be called `area`" in found["study.yaml:7:5 measures.area"]
    assert "number" in found["study.yaml:8:5 measures.text"]
    assert "cannot be the name of a measure" in found["study.yaml:9:5 measures.a b"]
    assert "with `formula`" in found["study.yaml:10:5 measures.k"]
    assert "equalisation" in found["study.yaml:11:5 rules.equalisation"]
    assert len(found) == len(lines) == 7
    chinese = "\n".join(refused(policy, "zh", measures={"per": "total", "area": "1", "k": {}}))
    for text in ("指标应是一个数", "指标不能叫“area”", "另可写 title、unit"):
        assert text in chinese


def test_a_rule_that_is_there_already_is_told(policy: Policy) -> None:
    asked = policy.with_statements(rules={"r": "total > 0"})
    (line,) = refused(asked, rules={"r": "total > 1"})
    assert "`rules.r` is there already" in line


@pytest.mark.parametrize("name", ["population", "upstream", "two words"])
def test_another_run_cannot_have_a_name_that_means_something(
    folder: Path, policy: Policy, name: str
) -> None:
    beside = run(policy, folder).beside(name)
    (english,) = refused(policy, beside=beside)
    (chinese,) = refused(policy, "zh", beside=beside)
    assert f"`{name}` cannot name another run" in english and "不能用来称呼另一方案" in chinese


# -- the same in plain fractions -----------------------------------------------------------------


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(["total", "need / 7", "population", "per_head", "equalisation.entitlement"]),
    st.sampled_from(["total", "rest", "population / 3", "baseline.budget / 11"]),
    st.integers(300, 1100),
    st.booleans(),
)
def test_rules_and_measures_are_those_of_the_reference(
    tmp_path_factory: pytest.TempPathFactory, there: str, here: str, money: int, other: bool
) -> None:
    folder = tmp_path_factory.mktemp("beside")
    (folder / "p.yaml").write_text(DOCUMENT, encoding="utf-8")
    (folder / "d.csv").write_text(TABLE, encoding="utf-8")
    (folder / "other.csv").write_text(OTHER, encoding="utf-8")
    policy = transfers.load_policy(folder / "p.yaml")
    base = run(policy, folder, "other.csv" if other else "d.csv")
    of_base = there.replace("need", "baseline.need") if "need" in there else f"baseline.{there}"
    exists = "if(missing(baseline.total), 0, 1)"
    asked = policy.changed(set={"budget.amount": money}).with_statements(
        rules={"r": {"that": f"({here}) * 1 >= 0 and {of_base} > {of_base} / 2"}},
        measures={"m": f"sum(if(missing({of_base}), 0, 1) + {exists})", "n": f"highest({of_base})"},
        beside=base.beside("baseline"),
    )
    districts = transfers.load_districts(folder / "d.csv", asked)
    allocation = transfers.allocate(asked, districts)
    expected = reference.allocate(asked, districts)
    assert allocation.status == expected.status
    if allocation.status == "done":
        assert allocation.measures == expected.measures
        counts = {s: n for s, n in allocation.rules[0].counts.items() if n}
        assert counts == {v: expected.rules["r"].verdicts.count(v) for v in counts}
        assert sum(counts.values()) == len(districts)


def test_a_measure_is_written_as_its_exact_figure_rounds(folder: Path, policy: Policy) -> None:
    halves = {"tie": "sum(total) / 1000 / 1600", "third": "1 / 3", "root": "sqrt(sum(total))"}
    measures = {**halves, "down": "-1 / 8", "gone": "1 / (sum(total) - sum(total))"}
    allocation = run(policy.with_statements(measures=measures), folder)
    for name in measures:
        exact = allocation.measure(name)
        for places in (0, 1, 2, 3, 4, 12, 20):
            expected = None if exact is None else fixed_decimal(exact, places, ",")
            assert allocation.written_measure(name, places) == expected
    assert allocation.written_measure("down", 2) == "-0.13"
    assert allocation.written_measure("gone", 2) is None


def test_another_run_of_the_same_name_is_read_anew_by_outputs(folder: Path) -> None:
    policy = transfers.load_policy(folder / "p.yaml")
    districts = transfers.load_districts(None, policy)
    first = transfers.allocate(policy, districts).beside("baseline")
    asking = policy.beside(first).changed(add={"outputs.o": "people - baseline.people"})
    thousands = policy.changed(set={"inputs.population.unit": "千人"})
    other = transfers.allocate(thousands, transfers.load_districts(None, thousands))
    found = transfers.allocate(asking.beside(other.beside("baseline")), districts)
    assert found.column("o") == [Fraction(9, 10) * 600] * 3


def test_what_another_run_of_the_same_name_lacks_is_told(folder: Path) -> None:
    policy = transfers.load_policy(folder / "p.yaml")
    districts = transfers.load_districts(None, policy)
    first = transfers.allocate(policy, districts).beside("baseline")
    asking = policy.beside(first).changed(add={"outputs.o": "density - baseline.density"})
    other = transfers.allocate(policy.changed(remove="quantities.density"), districts)
    with pytest.raises(DocumentError) as caught:
        asking.beside(other.beside("baseline"))
    assert [fault.code for fault in caught.value.faults] == ["formula.misspelt_name"]
