"""Measures and `next` are compiled on what stands: as if the whole document had been."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import transfers
from transfers import DocumentError, Policy
from transfers.policy import policy as policies

DOCUMENT = """\
policy: p
year: 2026
districts: {file: "d_{year}.csv", key: code}
lists:
  services: {columns: {price: {unit: 元/人, min: 0}}, items: {care: {price: 3}, road: {price: 5}}}
inputs:
  a: {unit: 万人, min: 0}
  last: {unit: 万元, min: 0}
  people: {over: services, columns: "{item}", unit: 人, min: 0}
parameters: {rate: {value: 2, unit: 元/人}, pot: {value: 90, unit: 万元}}
service_lists:
  costs: {list: services, price: services.price, recipients: people}
quantities: {need: a * rate}
budget: {amount: 100}
grants: {g: {pool: pot, share: need}}
outputs: {per_head: {formula: total / a, unit: 元/人, digits: 2}}
rules: {paid: {that: sum(total) > 0}}
"""
TABLE = "code,a,last,care,road\nA,1,4,1,2\nB,2,6,2,2\nC,3,8,5,0\n"

Asked = Callable[[Policy], Policy]
ENDS: dict[str, Asked] = {
    "a measure": lambda p: p.with_statements(measures={"m": "sum(total) / sum(a)"}),
    "what nothing read": lambda p: p.with_statements(measures={"m": "sum(costs.total)"}),
    "next": lambda p: p.changed(add={"next.last": "g", "next.pot": "pot * 1.1"}),
    "next reads what nothing read": lambda p: p.changed(add={"next.last": "costs.total"}),
    "next again": lambda p: p.changed(add={"next.pot": "pot * 1.1"}).changed(
        set={"next.pot": "pot + 7"}, add={"next.services.price": "services.price * 2"}
    ),
    "next taken away": lambda p: p.changed(add={"next.pot": "95"}).changed(remove="next.pot"),
    "both": lambda p: p.changed(add={"next.last": "g"}).with_statements(
        measures={"m": {"formula": "sum(g)", "unit": "亿元"}, "n": "5"}
    ),
    "another measure": lambda p: p.with_statements(measures={"m": "7"}).with_statements(
        measures={"m": "sum(total)", "n": "8"}
    ),
    "what nothing reads again": lambda p: p.with_statements(
        measures={"m": "sum(costs.total)"}
    ).with_statements(measures={"m": "7"}),
    "what next alone read": lambda p: p.changed(add={"next.last": "costs.total"}).changed(
        set={"next.last": "g"}
    ),
    "what next alone read taken away": lambda p: p.changed(
        add={"next.last": "costs.total"}
    ).changed(remove="next"),
    "a rule as well": lambda p: p.with_statements(rules={"r": "total > 0"}, measures={"m": "1"}),
}
WRONG: dict[str, Asked] = {
    "a measure": lambda p: p.with_statements(measures={"m": "total", "n": "nobody", "o": "a +"}),
    "next": lambda p: p.changed(add={"next.last": "nobody", "next.pot": "a", "next.x": "1"}),
    "next and money": lambda p: p.changed(add={"next.last": "g +"}, set={"budget.amount": "x"}),
}


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    (tmp_path / "p.yaml").write_text(DOCUMENT, encoding="utf-8")
    (tmp_path / "d_2026.csv").write_text(TABLE, encoding="utf-8")
    return transfers.load_policy(tmp_path / "p.yaml")


def whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every change of a policy compile all of its document."""
    monkeypatch.setattr(policies, "with_other_ends", lambda *_: None)


@pytest.mark.parametrize("asked", ENDS.values(), ids=ENDS)
def test_it_is_what_the_whole_document_comes_to(
    policy: Policy, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = asked(policy)
    whole(monkeypatch)
    slow = asked(policy)
    for name in ("statements", "measures", "next", "promises"):
        mine, theirs = getattr(quick, name), getattr(slow, name)
        assert [repr(rule) for rule in mine] == [repr(rule) for rule in theirs], name
    assert {p: repr(n) for p, n in quick.numbers.items()} == {
        p: repr(n) for p, n in slow.numbers.items()
    }
    assert (quick.changes, quick.asked, quick.asks.measures) == (
        *(slow.changes, slow.asked, slow.asks.measures),
    )
    assert quick.document.source.data == slow.document.source.data
    assert quick.document.source.marks == slow.document.source.marks
    assert repr(quick.scope.symbols) == repr(slow.scope.symbols)
    found = [
        transfers.allocate(each, transfers.load_districts(None, each)) for each in (quick, slow)
    ]
    assert found[0].total.tolist() == found[1].total.tolist()
    assert found[0].measures == found[1].measures
    for rule in quick.next:
        assert found[0].next_year(rule.name) == found[1].next_year(rule.name)


@pytest.mark.parametrize("name", ["a measure", "next", "next again", "next taken away", "both"])
def test_the_rest_is_not_compiled_again(policy: Policy, name: str) -> None:
    ran: list[object] = []
    compile_all = policies.Compiler.compile
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            policies.Compiler, "compile", lambda self: (ran.append(self), compile_all(self))
        )
        ENDS[name](policy)
        assert not ran
        ENDS["what nothing read"](policy)
        assert ran


@pytest.mark.parametrize("asked", WRONG.values(), ids=WRONG)
def test_all_that_is_wrong_is_told_as_ever(
    policy: Policy, asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []
    for _ in range(2):
        with pytest.raises(DocumentError) as error:
            asked(policy)
        told.append([fault.text("zh") for fault in error.value.faults])
        whole(monkeypatch)
    assert told[0] == told[1] != []


def test_next_sees_no_name_that_is_defined_below_it(tmp_path: Path) -> None:
    above = DOCUMENT.replace("quantities:", "next: {pot: pot + 1}\nquantities:")
    (tmp_path / "p.yaml").write_text(above, encoding="utf-8")
    policy = transfers.load_policy(tmp_path / "p.yaml")
    with pytest.raises(DocumentError, match="need"):
        policy.changed(set={"next.pot": "sum(need)"})
