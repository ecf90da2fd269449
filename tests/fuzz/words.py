"""What fuzzed documents and formulas are made of: real documents, and words that may break them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tests.reference.random_documents import random_document
from transfers.documents.fields import RESERVED
from transfers.documents.keys import Key, Part
from transfers.documents.models import PolicyDocument
from transfers.documents.promises import PROMISES
from transfers.documents.reference_examples import EXAMPLES
from transfers.formula.library import FUNCTIONS

ROOT = Path(__file__).resolve().parents[2]

EVERYTHING = """\
policy: everything
title: 样样都有
source: 第一条
note: a remark
year: 2026
money: {currency: CNY, unit: 万元, quantum: 0.01}
districts:
  file: d.csv
  key: code
  name: name
  rows: not missing(code) and (x <> 1e9 or tier == word)
  join: [{file: e.csv, key: id}]
  identical_rows: keep_one
lists:
  services:
    title: 服务清单
    file: s.csv
    key: item
    name: title
    columns:
      standard: {title: 标准, unit: 元/人, min: 0}
      sort: {one_of: [bottom, key]}
      led: {unit: "%", default: 0}
  years: [e19, e20]
  grades:
    items: {a: {points: 90, best: yes, part: 60%, who: e19}, b: {points: 80, best: no, part: 40%}}
    columns: {points: , best: {type: yes_no}, part: , who: {type: text}}
inputs:
  plain:
  x: {min: 0, column: ["x_{year - 1}", "x_{word}", x]}
  people: {title: 人口, column: [pop, 人口], unit: 万人, min: 0, max: 1e9, role: population}
  money_in: {unit: 万元, nil: zero, role: own_revenue}
  tier: {one_of: [A, B, C]}
  city: {type: text, default: 甲}
  new: {type: yes_no, default: no}
  growth: {unit: "%", default: 5%}
  last: {unit: 亿元, role: prior}
  served: {file: r.csv, district: code, item: item, value: n, over: services, unit: 人, default: 0}
  costs: {file: r.csv, district: code, item: item, over: services, unit: 万元}
  pupils: {columns: {a: pupils_a, b: 初中}, over: grades, min: 0}
  sorts: {columns: "sort_{item}", over: grades, one_of: [A, B]}
parameters:
  rate: 25%
  standard: {value: 650, unit: 元/人, min: 1, max: 1000}
  word: A
  coefficient: {A: 1.3, B: 1, C: 0.6}
  two: {A: {I: 1, II: 2}, B: {I: 3, II: 4}, C: {I: 5, II: 6}}
  steps: [{up_to: 10, value: 5%}, {below: 50, value: 3%}, {value: 1%}]
  points: [{at: 0, value: 0}, {at: 100, value: 1}]
  from_file: {file: t.csv, key: kind, value: amount, unit: 万元}
  steps_from_file: {file: t.csv, up_to: edge, value: amount}
  by_two: {file: t.csv, key: kind, inner_key: sort, value: amount, rows: kind <> word or k == edge}
  k: 1
service_lists:
  bill:
    title: 公共服务清单
    list: services
    standard: sort
    lead: sort
    cooperating: sort
    agencies: years
    from: if(services.standard > 1, 2020, 2024)
    until: if(services.standard > 1, 2030, 2026)
    price: services.standard
    recipients: served
    responsibility: {county: "if(services.sort == \\"key\\", 60%, services.led)", town: rest}
    last: {price: 0.9 * services.standard, recipients: served}
    requires: [standard, lead, price, responsibility]
    part_year: months
    items: 3
  marks: {list: grades, responsibility: {县: 1/3, 镇: 2/3}}
appraisals:
  reached:
    title: 实现度
    indicators: grades
    weight: part
    observed: pupils
    last: pupils / 2
    method: efficacy
    target: grades.points
    satisfactory: 100
    unacceptable: grades.points / 2
    cap: 120%
    missing: left_out
    agency: who
    agencies: years
    whole: grades.points * 2
    weights: people
    for_districts: grades.best or grades.points > 1
    urban: pupils
    rural: pupils + 1
    grades: {优: 90%, 良: 60%, 差: 0}
    advanced: {top: 2}
quantities:
  bills: bill.total.county + sum(bill.growth.price, over=services)
  reached_most: if(reached.grade == "优", reached.degree, reached.whole.degree)
  per_head: {formula: money_in / people, unit: 万元/万人}
  rest: {formula: "max(0, standard * people - money_in)", title: 缺口}
  stage:
    pool: 500
    share: {factors: {x: 40%, people: 60%}, coefficient: "coefficient[tier]"}
    floor: 1
  band: step(x, steps)
reserves:
  fund: {title: 统筹资金, source: 第二条, opening: 300, inflow: 5% * sum(money_in), limit: 200}
  rainy: 30
budget: {amount: 4000, title: 预算, remainder: rainy}
grants:
  first:
    title: 甲项
    kind: special
    eligible: not new
    pool: 20% * budget
    within: {by: tier, share: "coefficient[tier]"}
    share: people
    cap: if(new, none, last)
    rounding: webster
    if_short: [fund, rainy, scale, reject]
  second:
    claim: max(0, rest) * k
    fixed: if(x > 3, 10, none)
    rounding: {rule: half_up, quantum: 1}
    if_short: scale
  third:
    pool: 100
    level: {own: money_in, per: people, by: tier}
    rounding: {to_most: people}
    replaces: second
    waive: {currency: 定额不随物价调整, bounds: {reason: 第四条, until: 2027-12-31}}
  fourth:
    pool: remainder
    share: sqrt(people) + interpolate(x, points) * people ^ 0.5
    floor: 0.8 * last
    unspent: rainy
outputs:
  each: {formula: total / people, unit: 元/人, digits: 2}
  place: rank(total, by=tier)
  mean_of: mean(first, weights=people, where=x > 0)
  kept: fund.opening - fund.drawn + rainy.returned + rainy.closing
  label: if(x > 1, "高", "低")
  advance: {title: 提前下达, pool: 90% * sum(last), share: last, cap: none, rounding: webster}
  instalment: {formula: total - advance, unit: 元, negative: clawback}
rules:
  not_less: {that: total >= 90% * last, title: 不少于上年, source: 第三条, level: warn}
  half: {that: sum(total.special) / sum(total) <= 50%, applies: sum(total) > 0, level: hard}
  short: cv(total / people, weights=people) <= 0.5 and sum(total.general) > 0
promises:
  budget_monotonicity: {tolerance: 2, title: 资金增加无人减少}
  hold_harmless: {at_least: 95%}
  growth_cap: {at_most: 25%}
  currency:
  at_least: {that: total >= 50% * last, applies: people > 0, title: 不少于一半}
  enough: sum(total) <= 4000
waive:
  at_least: {reason: 试点办法第九条, until: 2027-12-31}
  entry: 会议纪要
next: {last: total, money_in: money_in * 1.05, x: step(x, steps)}
"""
DRAWN = """\
policy: drawn
districts: {file: d.csv, key: code}
inputs: {x: {min: 0}, last: {unit: 万元}}
reserves: {fund: 300, other: {inflow: 20, limit: 5}}
budget: {amount: 100, draw: fund, remainder: other}
grants:
  a: {claim: last, if_short: [other, fund, scale], unspent: none}
  b: {pool: 50, share: x, floor: last, if_short: other, unspent: fund}
  c: {collect: 30, share: x, cap: last, contributions: fund, rounding: webster}
  d: {draw: fund, pool: remainder, share: x}
  e: {claim: x - mean(x), contributions: pool, rounding: largest_remainder}
outputs: {end: fund.closing + other.closing}
"""
SOLVED = """\
policy: solved
districts: {file: d.csv, key: code}
inputs: {x: {min: 0}}
parameters: {k: 1}
grants: {g: {claim: x * k}}
promises: [own_need_monotonicity, currency, replication]
solve: {parameter: k, so_that: sum(g) == 300, within: [0, 50], digits: 2}
"""

BELOW = """\
policy: below
districts: {file: d.csv, key: code}
inputs: {x: {min: 0}}
parameters: {own: {value: 100, unit: 万元}}
upstream: {title: 上级, policy: city.yaml, key: "330424", districts: counties.csv}
budget: upstream.total + own
grants: {g: {pool: remainder, share: x + upstream.均衡 / upstream.total}}
outputs: {per: upstream.per * 2, part: {pool: upstream.total / 3, share: x, rounding: webster}}
"""

ABOVE = ("total", "均衡", "per")
"""What the level above gives to a document that asks for it."""

# fmt: off
NUMBERS = (
    "0", "1", "-1", "0.5", "25%", "100%", "-5%", "1e5", "1e-9", "1e99", "1e100", "1e99999999",
    "9" * 30, "9" * 59, "9" * 61, "0." + "0" * 40 + "1", "1e-99", "4.6e18", "9223372036854775807",
    "NaN", "nan", "Inf", "-inf", ".inf", "1,234", "1 234", "１２３４", "１２％", "0x10", "0o17",
    "1:30", "0101", "NO", "yes", "~", "null", "+3", "--3", ".5", "5.", "1e", "%", "-", "—", "²",
    "٣", "1_000", "¥5", "5万元", "1/3", "1e+5", "-0", "0.0", "-0%", "00", "2026-01-01",
    "2026-02-30", "20260101", "0000-01-01", "9999-12-31",
)
STRANGE = (
    "\x00", "\x07", "\x1b", "\x7f", "\x85", "\xa0", "\u00ad", "\u0301", "\u200b", "\u2028",
    "\u202e", "\u2066", "\u3000", "\ufeff", "\ufffd", "\uffff", "\ud800", "\U0001f600", "\t",
    "\r", "\r\n", "\n", "\n\n", "：", "，", "（", "）", "“", "”", "【", "】", "！", "＝", "×", "÷",
    "≤", "≠", "−", "－", "ａ", "Ａ", "ﬁ", "ß", "İ", "ı", "é", "e\u0301", "А", "Ω", "ﷺ", "㍿", "𝒳",
)
SIGNS = (
    *"()[]{}<>,:;.!?&*|>@`'\"#%^+-/\\=~$_ \n",
    ": ", "- ", "? ", "---\n", "...\n", "<<: ", "&a ", "*a", "!!str ", "!!python/object:os.system ",
    "%YAML 1.1\n", "%TAG ! x\n", "''", '""', '"\\x00"', '"\\ud800"', '"\\q"', "'", "{", "[", "{}",
    "[]", "|\n", ">\n", "|+9\n", "{a: 1}", "[1, 2]", "**", "==", "<=", "<>", "#", " #x\n",
)
UNITS = (
    "元", "万元", "亿元", "千元", "人", "万人", "元/人", "万元/百分点", "%", "‰", "km2", "亩", "",
    "million KES", "元/人/年", "人^2", "元^0.5", "/人", "1/人", "万", "百万", "x", "元元", "公顷",
)
# fmt: on


@cache
def seeds() -> tuple[str, ...]:
    """Return whole valid documents: one of all keys, the example, the page's, random ones."""
    example = (ROOT / "examples/jiangmen/policy.yaml").read_text(encoding="utf-8")
    page = [entry.policy for entry in EXAMPLES]
    random = [random_document(seed).policy for seed in range(150)]
    return (EVERYTHING, example, DRAWN, SOLVED, BELOW, *page, *random)


@cache
def keys() -> tuple[str, ...]:
    """Return every key a document may have."""
    found: dict[str, None] = {}

    def gather(part: type[Part]) -> None:
        for name, key in part.keys.items():
            found[name] = None
            below: Key | None = key
            while below is not None:
                if below.part is not None:
                    gather(below.part)
                below = below.of

    gather(PolicyDocument)
    return (*found, "value", "up_to", "below", "at")


@cache
def choices() -> tuple[str, ...]:
    """Return every word that a key with a choice may have."""
    found: dict[str, None] = {}

    def gather(part: type[Part]) -> None:
        for key in part.keys.values():
            below: Key | None = key
            while below is not None:
                found.update(dict.fromkeys(below.choices))
                if below.part is not None:
                    gather(below.part)
                below = below.of

    gather(PolicyDocument)
    return tuple(found)


FUNCTION_NAMES = tuple(FUNCTIONS)
WORDS = (
    *(*sorted(RESERVED), *PROMISES, "vlookup", "roundup", "average", "iif", "lambda"),
    *("__class__", "合计"),
)
