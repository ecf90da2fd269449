"""Sentence 31: a policy whose money comes from a run of the policy above it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest

import transfers
from tests.method.tiny import exact, fault_codes, paid
from tests.reference.random_documents import random_document
from transfers import Allocation, reference
from transfers.policy import policy as policies

PROVINCE = """policy: province
title: 省对市
money: {unit: 亿元, quantum: 0.01}
districts: {file: t.csv, key: code, name: name}
inputs: {need: {}}
grants: {aid: {pool: 0.6, share: need}}
"""
CITY = """policy: city
title: 市对县
districts: {file: t.csv, key: code, name: name}
inputs: {need: {}}
upstream: {policy: ../province/policy.yaml, key: "3304"}
budget: upstream.total
grants: {aid: {title: 补助, pool: remainder, share: need}}
outputs:
  half: total / 2
  per_yuan: {formula: total, unit: 元}
  word: {formula: 'if(need > 1, "a", "b")'}
  gone: if(need > 1, 1, 1 / 0)
"""
COUNTY = """policy: county
districts: {file: t.csv, key: code, name: name}
inputs: {need: {}}
parameters: {own: {value: 100, unit: 万元}}
upstream: {policy: ../city/policy.yaml, key: "330424"}
budget: upstream.total + own
grants: {aid: {pool: remainder, share: need}}
"""
TABLES = {
    "province": "code,name,need\n3304,嘉兴,1\n3305,湖州,2\n",
    "city": "code,name,need\n330424,海盐,1\n330482,平湖,2\n",
    "county": "code,name,need\n01,武原,1\n02,百步,2\n",
}


def put(folder: Path, policy: str, table: str) -> Path:
    """Write a level into a folder of its own."""
    folder.mkdir(exist_ok=True)
    (folder / "policy.yaml").write_text(policy, "utf-8")
    (folder / "t.csv").write_text(table, "utf-8")
    return folder / "policy.yaml"


@pytest.fixture
def levels(tmp_path: Path) -> Path:
    """Write province, city and county; return the county's document."""
    put(tmp_path / "province", PROVINCE, TABLES["province"])
    put(tmp_path / "city", CITY, TABLES["city"])
    return put(tmp_path / "county", COUNTY, TABLES["county"])


def run(path: Path, changes: Mapping[str, str] | None = None) -> Allocation:
    policy = transfers.load_policy(path, changes)
    return transfers.allocate(policy, transfers.load_districts(None, policy))


def rewritten(path: Path, old: str, new: str) -> Path:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    return path


def test_one_engine_runs_province_city_and_county(levels: Path) -> None:
    """Sentence 31: 0.6 亿元, a third is 0.20; a third of 2,000 万元 is 667, and 100 of its own."""
    assert paid(run(levels)) == [256, 511]


def test_figures_from_above_are_converted_to_the_unit_they_meet(levels: Path) -> None:
    """Sentence 31: 6,670,000 元 and 333.5 万元 from above are 667 and 333.5 万元 here."""
    text = "upstream.per_yuan - upstream.aid + upstream.half + upstream.half + own"
    assert paid(run(rewritten(levels, "upstream.total + own", text))) == [256, 511]
    table = transfers.load_policy(levels).above
    assert table is not None
    assert {n: f.value for n, f in table.figures.items()} == {
        "total": 667,
        "aid": 667,
        "half": Fraction("333.5"),
        "per_yuan": 667,  # 6,670,000 元 there
    }


def test_a_bare_number_beside_a_figure_from_above_counts_this_documents_unit(
    levels: Path,
) -> None:
    """Sentence 31: 6,670,000 元 and 100 are 767 万元 here; a change to 500 is 万元 too."""
    policy = rewritten(levels, "upstream.total + own", "upstream.per_yuan + 100")
    assert sum(paid(run(policy))) == 767
    assert sum(paid(run(policy, {"upstream.per_yuan": "500"}))) == 600


def test_the_run_above_happens_once_for_one_reading(
    levels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sentence 31: each document above is opened once, also when the lower one is faulty."""
    opened: list[str] = []

    def read_text(path: str) -> str:
        opened.append(Path(path).parent.name)
        return Path(path).read_text("utf-8")

    monkeypatch.setattr(policies, "read_text", read_text)
    policy = transfers.load_policy(levels)
    assert opened == ["county", "city", "province"]
    districts = transfers.load_districts(None, policy)
    transfers.allocate_scenarios(policy, districts, [{"parameters.own": n} for n in range(5)])
    assert len(opened) == 3
    opened.clear()
    with pytest.raises(transfers.DocumentError):
        transfers.load_policy(rewritten(levels, "own: {value", "own: {vlaue: 1, value"))
    assert opened == ["county", "city", "province"]


def test_what_came_from_above_is_a_note_with_its_files(levels: Path) -> None:
    """Sentence 31: two levels, two notes, each with the hashes of document and table."""
    notes = [f for f in run(levels).findings if f.code == "upstream.received"]
    assert [(n.values["name"], n.value) for n in notes] == [("海盐", "667"), ("嘉兴", "0.2")]
    assert str(notes[0].where).endswith("county/policy.yaml:5:20 upstream.policy")
    from hashlib import sha256

    content = (levels.parent.parent / "city" / "policy.yaml").read_bytes()
    assert notes[0].values["sha256"] == sha256(content).hexdigest()[:12]


def test_every_table_read_above_is_told_with_its_hash(levels: Path) -> None:
    """Sentence 31: also a joined file and that of a list, in the note and in the data file."""
    city = levels.parent.parent / "city"
    (city / "more.csv").write_text("code,extra\n330424,1\n330482,2\n", "utf-8")
    (city / "list.csv").write_text("item\na\nb\n", "utf-8")
    text = CITY.replace("name: name}", "name: name, join: {file: more.csv, key: code}}")
    text = text.replace("inputs:", "lists: {things: {file: list.csv, key: item}}\ninputs:")
    (city / "policy.yaml").write_text(text.replace("{need: {}}", "{need: {}, extra: {}}"), "utf-8")
    allocation = run(levels)
    note = next(f for f in allocation.findings if f.code == "upstream.received")
    assert all(f"/{name} " in note.message("en") for name in ("t.csv", "more.csv", "list.csv"))
    above = allocation.policy.above
    assert above is not None
    names = [Path(file).name for file, _ in above.read]
    assert names == ["t.csv", "more.csv", "list.csv", "t.csv"]  # the last: of the province
    assert all(len(digest) == 64 for _, digest in above.read)


def test_a_percent_sign_does_not_shrink_a_figure_from_above(levels: Path) -> None:
    """Sentence 31: 5% of 万元 is not 0.05 万元, and of % not 0.05%: refused."""
    for changes in ({"upstream.total": "5%"}, {"upstream.half": "5%"}):
        with pytest.raises(transfers.DocumentError) as caught:
            run(levels, changes)
        assert fault_codes(caught.value) == ["document.percent_beside_unit"]
        assert "单位“万元”" in caught.value.faults[0].text("zh")


def test_a_hard_rule_broken_above_is_a_warning_below(levels: Path) -> None:
    """Sentence 31: the money stands, and the county is told that the province broke its rule."""
    province = levels.parent.parent / "province" / "policy.yaml"
    rule = "rules: {promise: {that: aid >= 9, level: hard}}\n"
    province.write_text(province.read_text("utf-8") + rule, "utf-8")
    allocation = run(levels)
    (warning,) = (f for f in allocation.findings if f.severity != "note")
    assert (warning.code, warning.severity) == ("upstream.warning", "warning")
    assert warning.message("zh").startswith("上级“省对市”：promise：")
    assert warning.message("en").startswith("The level above, 省对市: promise: broken")
    assert allocation.keeps_hard_rules


def test_warnings_from_above_are_passed_on_and_marked(levels: Path) -> None:
    """Sentence 31: a floor above its cap in the province is a warning of the county's run."""
    province = levels.parent.parent / "province" / "policy.yaml"
    rewritten(province, "share: need}", "share: need, floor: 0.2, cap: 0.1}")
    (warning,) = (f for f in run(levels).findings if f.severity == "warning")
    assert warning.code == "upstream.warning"
    assert warning.message("zh").startswith("上级“省对市”：aid：2 个地区的下限高于上限")
    assert warning.message("en").startswith("The level above, 省对市: aid: the floor of 2")
    assert "province" in str(warning.where)


def test_a_figure_may_be_put_in_place_of_the_one_from_above(levels: Path) -> None:
    """Sentence 31: --set upstream.total=500 divides 600, and it is said."""
    allocation = run(levels, {"upstream.total": "500"})
    assert paid(allocation) == [200, 400]
    (finding,) = (f for f in allocation.findings if f.code == "upstream.changed")
    assert finding.message("zh") == "upstream.total 用 500 万元，不用上级测算的 667 万元。"
    again = allocation.policy.with_overrides({"parameters.own": "0"})
    assert again.overrides == {"upstream.total": "500", "parameters.own": "0"}
    table = transfers.load_districts(None, again)
    assert paid(transfers.allocate(again, table)) == [167, 333]


def test_scenarios_move_figures_from_above(levels: Path) -> None:
    """Sentence 31: 200, 667 and 500 from above, in one batch as alone and as with --set."""
    policy = transfers.load_policy(levels)
    table = transfers.load_districts(None, policy)
    moves = [{"upstream.total": 200}, {}, {"upstream.total": 500}]
    batch = transfers.allocate_scenarios(policy, table, moves)
    assert [paid(allocation) for allocation in batch] == [[100, 200], [256, 511], [200, 400]]


def test_another_policy_above_is_a_value_of_the_document(levels: Path) -> None:
    """Sentence 31: the path is relative to the document; a table of its own may go with it."""
    city = levels.parent.parent / "city"
    put(levels.parent.parent / "new", CITY.replace("share: need", "share: need ^ 2"), "x\n")
    changes = {"upstream.policy": "../new/policy.yaml", "upstream.districts": "../city/t.csv"}
    assert city.exists()
    assert paid(run(levels, changes)) == [167, 333]  # 2,000 / 5 = 400, and 100


def test_a_run_above_that_pays_nobody_is_an_answer_of_no(levels: Path) -> None:
    """Sentence 31: floors of 0.8 and a pool of 0.6 in the province: nobody is paid below."""
    rewritten(levels.parent.parent / "province" / "policy.yaml", "need}", "need, floor: 0.4}")
    with pytest.raises(transfers.RejectedAboveError) as caught:
        transfers.load_policy(levels)
    assert caught.value.answer_is_no
    assert fault_codes(caught.value) == [
        "upstream.rejected",
        "upstream.rejected",
        "allocation.floors_exceed_pool_rejected",
    ]
    assert "province" in str(caught.value.faults[-1].place)


def test_faults_above_are_told_with_their_own_places_after_ones_own(levels: Path) -> None:
    """Sentence 31: a name that the city does not know, a bad cell, and a slip of the county's."""
    rewritten(levels.parent.parent / "city" / "policy.yaml", "total / 2", "totl / 2")
    rewritten(levels, "share: need", "share: neeed")
    with pytest.raises(transfers.DocumentError) as caught:
        transfers.load_policy(levels)
    places = [str(fault.place) for fault in caught.value.faults]
    assert fault_codes(caught.value) == [
        "formula.misspelt_name",
        "upstream.faulty",
        "formula.misspelt_name",
    ]
    assert "county" in places[0] and "county" in places[1] and "city" in places[2]
    rewritten(levels.parent.parent / "city" / "policy.yaml", "totl / 2", "total / 2")
    rewritten(levels, "share: neeed", "share: need")
    rewritten(levels.parent.parent / "city" / "t.csv", "海盐,1", "海盐,1x")
    with pytest.raises(transfers.DocumentError) as caught:
        transfers.load_policy(levels)
    assert str(caught.value.faults[1].place).endswith("city/t.csv:2:3")


def test_a_file_above_that_is_not_there_is_told(levels: Path) -> None:
    """Sentence 31: the document and its table must be there."""
    (levels.parent.parent / "city" / "t.csv").unlink()
    with pytest.raises(transfers.DocumentError) as caught:
        transfers.load_policy(levels)
    assert fault_codes(caught.value)[0] == "upstream.faulty"
    with pytest.raises(transfers.DocumentError) as caught:
        transfers.load_policy(levels, {"upstream.policy": "nothing.yaml"})
    assert fault_codes(caught.value) == ["upstream.faulty", "document.file_missing"]


@pytest.mark.parametrize(
    ("key", "code", "said"),
    [
        ("33042", "upstream.no_key_near", "330424 海盐"),
        ("海盐", "upstream.no_key_near", "330424 海盐"),
        ("xyz", "upstream.no_key", "330424 海盐、330482 平湖"),
    ],
)
def test_a_key_that_is_not_there_is_told_with_the_nearest(
    levels: Path, key: str, code: str, said: str
) -> None:
    """Sentence 31: the key, and a name only to say whose key was meant."""
    with pytest.raises(transfers.DocumentError) as caught:
        transfers.load_policy(levels, {"upstream.key": key})
    (fault,) = caught.value.faults
    assert fault.code == code
    assert said in fault.text("zh")


def test_documents_above_each_other_in_a_circle_are_refused(levels: Path) -> None:
    """Sentence 31: the county above the province; and a document above itself."""
    province = levels.parent.parent / "province" / "policy.yaml"
    rewritten(province, "grants:", 'upstream: {policy: ../county/policy.yaml, key: "01"}\ngrants:')
    with pytest.raises(transfers.DocumentError) as caught:
        transfers.load_policy(levels)
    assert fault_codes(caught.value) == ["upstream.faulty"] * 2 + ["upstream.circle"]
    assert "province" in str(caught.value.faults[-1].place)
    assert caught.value.faults[-1].text("zh").count("policy.yaml") == 5  # the place, and four
    with pytest.raises(transfers.DocumentError) as caught:
        transfers.load_policy(levels, {"upstream.policy": "policy.yaml"})
    assert fault_codes(caught.value) == ["upstream.circle"]


def test_more_levels_than_there_are_governments_are_refused(tmp_path: Path) -> None:
    """Sentence 31: the ninth document is not opened."""
    for number in range(10):
        above = f"upstream: {{policy: ../l{number + 1}/policy.yaml, key: a}}\n"
        text = "policy: p\ndistricts: {file: t.csv, key: code}\ninputs: {need: {}}\n" + above
        put(
            tmp_path / f"l{number}",
            text + "grants: {g: {pool: 1, share: need}}\n",
            "code,need\na,1\n",
        )
    with pytest.raises(transfers.DocumentError) as caught:
        transfers.load_policy(tmp_path / "l0" / "policy.yaml")
    assert fault_codes(caught.value) == ["upstream.faulty"] * 7 + ["upstream.too_deep"]
    last = tmp_path / "l7" / "policy.yaml"
    rewritten(last, "upstream: {policy: ../l8/policy.yaml, key: a}\n", "")
    transfers.load_policy(tmp_path / "l0" / "policy.yaml")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"upstream.totl": "3"}, "upstream.no_figure"),
        ({"upstream.word": "3"}, "upstream.no_figure"),  # a text
        ({"upstream.total": "viel"}, "document.not_a_number"),
        ({"upstream.key": ""}, "document.empty_change"),
    ],
)
def test_a_change_that_does_not_fit_is_refused(
    levels: Path, changes: dict[str, str], code: str
) -> None:
    """Sentence 31: only figures from above, and only by numbers."""
    with pytest.raises(transfers.DocumentError) as caught:
        transfers.load_policy(levels, changes)
    assert fault_codes(caught.value) == [code]
    assert caught.value.faults[0].place.file == "--set"


def test_a_document_without_the_section_is_told_what_to_add(levels: Path) -> None:
    """Sentence 31: --upstream for the province, which has no level above."""
    province = levels.parent.parent / "province" / "policy.yaml"
    with pytest.raises(transfers.DocumentError) as caught:
        transfers.load_policy(province, {"upstream.policy": "../city/policy.yaml"})
    (fault,) = caught.value.faults
    assert fault.code == "upstream.no_section"
    assert 'upstream: {policy: 上级文件, key: "本级在上级的代码"}' in fault.text("zh")


def test_figures_from_above_are_usable_only_below_the_section(levels: Path) -> None:
    """Sentence 31: a budget above its upstream is refused with the line of the section."""
    section = 'upstream: {policy: ../city/policy.yaml, key: "330424"}\n'
    rewritten(levels, section, "")
    levels.write_text(levels.read_text("utf-8") + section, "utf-8")
    with pytest.raises(transfers.DocumentError) as caught:
        transfers.load_policy(levels)
    assert fault_codes(caught.value) == ["formula.name_below"]


def test_a_policy_read_without_a_runner_says_how_to_read_it(levels: Path) -> None:
    """Sentence 31: the rooms below know documents, not runs."""
    with pytest.raises(transfers.DocumentError) as caught:
        policies.load_policy(levels)
    assert fault_codes(caught.value) == ["upstream.alone"]


@pytest.mark.parametrize("seed", range(40))
def test_figures_from_above_are_those_of_the_reference(tmp_path: Path, seed: int) -> None:
    """Sentence 31: total, grants and outputs of random policies above, exactly."""
    document = random_document(seed)
    path = document.write(tmp_path / "above")
    policy = transfers.load_policy(path)
    districts = transfers.load_districts(None, policy)
    try:
        expected = reference.allocate(policy, districts)
    except transfers.TableError:
        return
    key = districts.keys[seed % len(districts)]
    place = districts.keys.index(key)
    text = (
        f"""policy: below
money: {{unit: {policy.money.unit}, quantum: {policy.money.quantum.limit_denominator()}}}
districts: {{file: t.csv, key: code}}
inputs: {{need: {{}}}}
upstream: {{policy: ../above/policy.yaml, key: "{key}"}}
grants: {{aid: {{pool: "max(0, upstream.total)", share: need}}}}
outputs: {{received: upstream.total}}
""".replace("1/2", "0.5")
        .replace("1/4", "0.25")
        .replace("1/100", "0.01")
    )
    below = put(tmp_path / "below", text, "code,need\na,1\nb,2\n")
    if expected.status == "rejected":
        with pytest.raises(transfers.RejectedAboveError):
            transfers.load_policy(below)
        return
    allocation = run(below)
    total = expected.total[place] * policy.money.quantum
    assert exact(allocation, "received") == [total] * 2
    above = allocation.policy.above
    assert above is not None
    for name, amounts in expected.amounts.items():
        assert above.figures[name].value == amounts[place] * policy.money.quantum
    for name, column in expected.outputs.items():
        if isinstance(column[place], Fraction):
            assert above.figures[name].value == column[place]
    result = reference.allocate(allocation.policy, allocation.districts)
    assert result.amounts["aid"] == paid(allocation)
