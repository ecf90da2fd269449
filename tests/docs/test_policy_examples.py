"""The page about the policy document: its examples are true, and it leaves out no key."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from textwrap import indent

import pytest

import transfers
from transfers.documents.keys import REQUIRED
from transfers.documents.promises import OPTIONS
from transfers.documents.reference_examples import EXAMPLES, Example
from transfers.documents.reference_keys import SAMPLES
from transfers.documents.reference_notes import NOTES
from transfers.documents.reference_page import PARTS, pages
from transfers.documents.rules_appraisals import NEEDS, TOGETHER

LONG = ("file", "district", "item", "value", "sheet", "header", "rows")
METHODS = {"share", "claim", "level"}
OF_BUILT_IN = {"tolerance", *OPTIONS}


def run(example: Example, folder: Path) -> transfers.Allocation:
    (folder / "policy.yaml").write_text(example.policy, encoding="utf-8")
    (folder / "districts.csv").write_text(example.table, encoding="utf-8")
    policy = transfers.load_policy(folder / "policy.yaml")
    return transfers.allocate(policy, transfers.load_districts(None, policy))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title[1])
def test_an_example_pays_what_was_worked_out_by_hand(example: Example, tmp_path: Path) -> None:
    allocation = run(example, tmp_path)
    assert allocation.status == "done"
    found = {k: v.tolist() for k, v in allocation.amounts.items()}
    assert found | allocation.outputs == {
        k: [Decimal(text) for text in v] for k, v in example.columns.items()
    }


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_shows_every_key_with_an_example_of_its_own(language: str) -> None:
    page = pages()[f"{language}.md"]
    names = [f"{part.__name__}.{key}" for part in PARTS for key in own_keys(part)]
    assert sorted(SAMPLES) == sorted(names)
    assert set(NOTES) <= {part.__name__ for part in PARTS}
    for part in PARTS:
        for key in own_keys(part):
            assert f"| `{key}` |" in page


def own_keys(part: type) -> list[str]:
    return [key for key in vars(part).get("keys", {}) if key in vars(part)]


def test_the_page_covers_every_part_of_the_document() -> None:
    from transfers.documents.keys import Key, Part
    from transfers.documents.models import PolicyDocument

    reached: set[type[Part]] = set()

    def visit(part: type[Part]) -> None:
        reached.update(kind for kind in part.__mro__ if kind is not Part and issubclass(kind, Part))
        for key in part.keys.values():
            below: Key | None = key
            while below is not None:
                if below.part is not None and below.part not in reached:
                    visit(below.part)
                below = below.of

    visit(PolicyDocument)
    assert set(PARTS) == reached
    assert all(key.english or key.default is REQUIRED for p in PARTS for key in p.keys.values())


SECTION_OF = {
    "Money": "money",
    "DistrictTable": "districts",
    "Budget": "budget",
    "Upstream": "upstream",
    "Solve": "solve",
}
ENTRY_OF = {
    "Input": "inputs",
    "Figures": "inputs",
    "Parameter": "parameters",
    "Reserve": "reserves",
    "Output": "outputs",
    "Rule": "rules",
    "Promise": "promises",
    "Waiver": "waive",
}
BELOW_GRANT = {"Within": "within", "Share": "share", "Level": "level", "Rounding": "rounding"}


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_sample_of_a_key_stands_in_a_document_that_is_accepted(name: str, tmp_path: Path) -> None:
    part, _, key = name.partition(".")
    files = {
        "county/policy.yaml": document_with(part, key, SAMPLES[name]),
        "county/standards.csv": "tier,amount,edge,type,year\nA,1,1,x,2018\nB,2,2,x,2018\n",
        "county/services.csv": "item,项目代码,title,standard,kind\na,a,甲,1,key\nb,b,乙,2,key\n",
        "city/policy.yaml": "policy: city\ndistricts: {file: counties.csv, key: code}\n"
        "inputs: {need: {}}\ngrants: {aid: {pool: 10, share: need}}\n",
        "city/counties.csv": "code,need\n330424,1\n",
    }
    for file, text in files.items():
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
    transfers.load_policy(tmp_path / "county/policy.yaml")


def document_with(part: str, key: str, sample: str) -> str:
    """Return a small document in which a sample stands where it belongs."""
    head = {
        "policy": "policy: p",
        "districts": "districts: {file: d.csv, key: code}",
        "lists": "lists:\n  services: {items: {a: {n: 1}, b: {n: 2}}, columns: {n: }}",
        "inputs": "inputs:\n  population: {unit: 万人}\n  area: {unit: km2}\n  need: {unit: 万元}\n"
        "  revenue: {unit: 万元}\n  last_year: {unit: 万元}\n  tier: {one_of: [A, B]}\n"
        "  city: {type: text}\n  new: {type: yes_no}",
        "parameters": "parameters:\n  standard: {value: 650, unit: 元/人}\n"
        "  tier_coefficient: {A: 1.3, B: 0.6}\n  tier_share: {A: 70%, B: 30%}\n"
        "  growth_cap: 25%\n  k: 1",
        "reserves": "reserves:\n  coordination_fund: 300",
        "budget": "budget: 1000",
        "quantities": "quantities:\n  each: revenue / population",
        "grants": "grants:\n  old: {pool: 10, share: population}",
        "outputs": "outputs:\n  per_person: old / population",
        "rules": "rules:\n  some: sum(total) > 0",
        "promises": "promises:\n  never_less: total >= 0",
        "waive": "waive:\n  currency: no decision yet",
    }
    if part in ("PolicyDocument", "Described"):
        if key == "appraisals":
            with_indicators(head)
        if key == "inputs":
            head = {name: head[name] for name in ("policy", "districts", "inputs", "grants")}
        if key in head:
            head[key] = sample.replace("grants: {roads:", "grants: {old:")
        else:
            head[key] = sample
    elif part in SECTION_OF:
        section = SECTION_OF[part]
        rest = {"DistrictTable": ["file: d.csv", "key: code"], "Budget": ["amount: 1"]}
        rest["Upstream"] = ["policy: ../city/policy.yaml", 'key: "330424"']
        rest["Solve"] = ["parameter: k", "so_that: k == 1", "within: [0, 2]"]
        head[section] = f"{section}:\n{block(sample, rest.get(part, []), 2)}"
    elif part == "Join":
        rest_of = block(sample, ["file: e.csv", "key: code"], 4)
        head["districts"] = f"districts:\n  file: d.csv\n  key: code\n  join:\n{rest_of}"
    elif part in ENTRY_OF:
        rest_of_entry = {
            "Output": ["formula: old / population"],
            "Parameter": ["value: 1"],
            "Rule": ["that: total >= last_year"],
            "Promise": [] if key in OF_BUILT_IN else ["that: total >= last_year"],
            "Waiver": ["reason: minutes"],
        }.get(part, [])
        if part == "Parameter" and key in (
            *("file", "key", "inner_key", "rows", "up_to", "below", "at"),
        ):
            edge = [] if key not in ("file", "inner_key", "rows") else ["key: tier"]
            rest_of_entry = ["file: standards.csv", "value: amount", *edge]
        if part == "Input" and key in (*LONG, "over"):
            rest_of_entry = [f"{each}: {each}" for each in LONG[:4]] + ["over: services"]
        if key == "columns":
            rest_of_entry = ["over: services"]
        if f"{part}.{key}" == "Output.rounding":
            rest_of_entry = ["pool: 10", "share: population"]
        if f"{part}.{key}" == "Output.negative":
            rest_of_entry = ["formula: old"]
        if key == "sum_of":
            rest_of_entry = ["unit: 万元"]
        built_in = part == "Waiver" or (part == "Promise" and key in OF_BUILT_IN)
        name = OPTIONS.get(key, "entry") if built_in else "x"
        head[ENTRY_OF[part]] += f"\n  {name}:\n{block(sample, rest_of_entry, 4)}"
    elif part == "ItemTable":
        of_file = ["file: services.csv", "key: item"]
        written = ["items: {a: {points: 1, standard: 2}}", "columns: {points: , standard: }"]
        head["lists"] += f"\n  x:\n{block(sample, written if key == 'items' else of_file, 4)}"
    elif part in BELOW_GRANT:
        rest = {
            "Within": ["by: tier", "share: tier_share[tier]"],
            "Level": ["own: revenue", "per: population"],
        }
        rest["Share"] = ["factors: {population: 100%}"] if key == "coefficient" else []
        method = "" if part in ("Share", "Level") else "    share: population\n"
        body = block(sample, rest.get(part, []), 6)
        head["grants"] += f"\n  x:\n    pool: 10\n{method}    {BELOW_GRANT[part]}:\n{body}"
    elif part in ("ServiceList", "LastYear"):
        columns = (
            "area, object, 服务对象, standard, 服务标准, lead, 牵头单位, cooperating, 配合单位"
        )
        texts = "".join(f"{each}: {{type: text}}, " for each in f"{columns}, 政策依据".split(", "))
        head["year"] = "year: 2026"
        head["lists"] = (
            "lists:\n  agencies: [a]\n  services: {items: {a: {}}, columns: {" + texts + "bought: "
            "{type: yes_no}, from_year: , until_year: , county_share: , price: {unit: 元/人}, "
            "price_last: {unit: 元/人}}}"
        )
        head["inputs"] += "".join(
            f'\n  {each}: {{columns: "{each}_{{item}}", over: services, unit: 人}}'
            for each in ("recipients", "recipients_last")
        )
        of_list = ["list: services", "area: area", "object: object", "standard: standard"]
        of_list += ["lead: lead", "recipients: recipients", "price: services.price"]
        of_list += ["from: services.from_year"] if key == "part_year" else []
        if part == "LastYear":
            of_list.append(f"last: {{{sample}}}")
            sample = "list: services"
        head["quantities"] = f"service_lists:\n  costs:\n{block(sample, of_list, 4)}"
    elif part in ("Appraisal", "Advanced"):
        with_indicators(head)
        rest = ["indicators: marks", "weight: points", "observed: reached", "target: aim"]
        for keys in TOGETHER:
            if key in keys:
                samples = (SAMPLES[f"Appraisal.{each}"] for each in keys)
                rest += [each for each in samples if each != sample]
        rest += [SAMPLES[f"Appraisal.{other}"] for each, other in NEEDS if each == key]
        if part == "Advanced":
            rest.append(f"advanced: {{{sample}}}")
            sample = rest.pop(0)
        head["quantities"] = f"appraisals:\n  x:\n{block(sample, rest, 4)}"
    elif part == "Quantity":
        rest_of_quantity = ["formula: revenue / population"] if key == "unit" else []
        head["quantities"] += f"\n  x:\n{block(sample, rest_of_quantity, 4)}"
    else:
        money = [] if key == "collect" else ["pool: 10"]
        method = "claim: need - revenue" if key == "contributions" else "share: population"
        division = [*money, *([] if key in METHODS else [method])]
        head["grants"] += f"\n  x:\n{block(sample, division, 4)}"
    return "\n".join(head.values()) + "\n"


def with_indicators(head: dict[str, str]) -> None:
    """Put in a list of one indicator, and what was observed of it."""
    texts = ("parent", "direction", "method", "agency", "scope")
    columns = ", ".join([*(f"{each}: {{type: text}}" for each in texts), "points: , aim: "])
    cells = "parent: a, direction: 正向, method: target, agency: b, scope: 镇"
    head["lists"] = (
        "lists:\n  agencies: [b]\n  fields: {items: {a: {points: 1}}, columns: {points: }}\n"
        f"  marks: {{items: {{m: {{{cells}, points: 1, aim: 2, high: 2, low: 1, county: 1}}}},"
        f" columns: {{{columns}, high: , low: , county: }}}}"
    )
    head["inputs"] += "".join(
        f'\n  {each}: {{columns: "{each}_{{item}}", over: marks}}'
        for each in ("reached", "reached_last", "reached_urban", "reached_rural")
    )


def block(sample: str, rest: list[str], depth: int) -> str:
    """Return a sample and what must stand beside it, one key a line."""
    own = sample.split(":")[0]
    lines = [line for line in rest if line.split(":")[0] != own]
    return indent("\n".join([sample, *lines]), " " * depth)
