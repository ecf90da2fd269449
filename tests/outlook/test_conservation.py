"""Nothing is lost over the years: for every variant and year, to the quantum, on made policies."""

from __future__ import annotations

import tempfile
from fractions import Fraction
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import scenarios
from scenarios import Outlook
from scenarios.outlook.columns import accounts_of_year

CENTS = st.integers(0, 400_000)
SHORT = st.sampled_from(["scale", "[fund, scale]", "[fund, other, scale]", "[other, fund, scale]"])
UNSPENT = st.sampled_from(["", "fund", "other"])


def money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


@st.composite
def made(draw: st.DrawFn) -> dict[str, str]:
    """Return a policy with two reserves, a table, and a study of five years and three variants."""
    count = draw(st.integers(1, 5))
    rows = [
        f"d{n},{draw(st.integers(1, 99))},{money(draw(CENTS))},{money(draw(CENTS))}"
        for n in range(count)
    ]
    quantum = draw(st.sampled_from(["1", "0.01", "0.1"]))
    budget = draw(st.booleans())
    remainder = draw(st.sampled_from(["none", "fund", "other"]))
    first, second, third = (draw(SHORT) for _ in range(3))
    rests = [draw(UNSPENT) for _ in range(3)]
    unspent = [f", unspent: {rest}" if rest else "" for rest in rests[:2]]
    unspent.append(f"\n    unspent: {rests[2]}" if rests[2] else "")
    limit = f"budget: {{amount: {money(draw(st.integers(0, 1_500_000)))}, remainder: {remainder}}}"
    limit = limit if budget else ""
    of_claims = "" if budget else f"pool: {money(draw(CENTS))}, "
    source = draw(st.sampled_from(["", "", "draw: other\n    ", "draw: fund\n    "]))
    cap = draw(st.sampled_from(["", ", cap: 3 * last", ", floor: last", ", cap: need"]))
    policy = f"""\
policy: made
year: 2026
money: {{unit: 元, quantum: {quantum}}}
districts: {{file: t.csv, key: code}}
inputs:
  people: {{unit: 人, min: 0}}
  need: {{unit: 元, min: 0}}
  last: {{unit: 元, min: 0}}
parameters:
  coming: {{unit: 元, value: {money(draw(CENTS))}}}
  part: {{value: {draw(st.integers(0, 30))}%}}
reserves:
  fund: {{opening: {money(draw(CENTS))}, inflow: part * coming / 3}}
  other: {{opening: {draw(st.sampled_from(["1 / 3 * coming", "0", "part * coming"]))}}}
{limit}
grants:
  claims: {{claim: part * need + last / 7, {of_claims}if_short: {first}{unspent[0]}}}
  shared: {{pool: {money(draw(CENTS))}, share: people{cap}, if_short: {second}{unspent[1]}}}
  drawn:
    {source}pool: {"remainder" if source else money(draw(CENTS))}
    share: need + 1
    cap: 10 * need
    if_short: {third}{unspent[2]}
next: {{last: claims + shared, coming: coming * 1.07, people: people * 1.01}}
"""
    study = f"""\
study: s
policy: p.yaml
years:
  count: 5
  next: {{need: need * (1 + part)}}
  set: {{parameters.part: {{2028: {draw(st.integers(0, 50))}%}}}}
variants:
  a: {{data: {{need: +{draw(st.integers(1, 80))}%}}}}
  b:
    years:
      changes:
        2029:
          add:
            grants.wave: {{pool: {money(draw(CENTS))}, share: last + 1, if_short: [fund, scale]}}
"""
    return {
        "p.yaml": policy,
        "t.csv": "\n".join(["code,people,need,last", *rows, ""]),
        "s.yaml": study,
    }


def looked(files: dict[str, str]) -> Outlook:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            Path(folder, name).write_text(text, encoding="utf-8")
        return scenarios.look_ahead(scenarios.load_study(Path(folder, "s.yaml")))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(files=made())
def test_money_is_kept_over_the_years_to_the_quantum(files: dict[str, str]) -> None:
    """Opening + inflow - drawn + returned = closing, and that is what the next year opens with.

    What comes in in a year (budget or grants' own money, inflows) is what districts get, what
    nobody took and what the reserves have more than before; over all five years together too.
    """
    found = looked(files)
    assert [each.id for each in found.variants] == ["baseline", "a", "b"]
    for each in found.variants:
        assert len(each.years) == 5
        closing: dict[str, int] = {}
        for year in each.years:
            assert year.done, year.why
            for account in year.accounts:
                came = account.opening + account.inflow + account.contributed
                assert came - account.drawn + account.returned == account.closing
                assert account.closing >= 0
                assert account.opening == closing.get(account.name, account.opening)
                closing[account.name] = account.closing
            for account in accounts_of_year(year):
                assert account.opening + account.inflow - account.draw == account.closing
            _balanced(year)


def _balanced(year: Any) -> None:
    allocation = year.allocation
    lines = allocation.balance.lines
    kept = sum(account.closing - account.opening for account in year.accounts)
    inflow = sum(account.inflow for account in year.accounts)
    paid = sum(int(amounts.sum()) for amounts in allocation.amounts.values())
    assert paid == year.paid
    own = sum((line.amount for line in lines if line.code in ("budget", "pool")), Fraction(0))
    residue = sum(
        (line.amount for line in lines if line.code == "residue" and not line.name), Fraction(0)
    )
    nobody = sum((line.amount for line in lines if line.code in ("unspent", "left")), Fraction(0))
    assert own - residue + inflow == paid + nobody + kept


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(files=made())
def test_the_base_of_every_year_is_what_the_year_before_paid(files: dict[str, str]) -> None:
    found = looked(files)
    for each in found.variants:
        for before, after in zip(each.years, each.years[1:], strict=False):
            money = before.allocation.policy.money
            amounts = before.allocation.amounts
            base = [
                money.in_units(int(q)) for q in (amounts["claims"] + amounts["shared"]).tolist()
            ]
            assert after.allocation.column("last") == base
            moved = after.allocation.block.moves[0]
            assert moved["parameters", "coming", "value"] == Fraction(107, 100) * (
                before.allocation.block.moves[0].get(("parameters", "coming", "value"))
                or before.allocation.policy.numbers["parameters", "coming", "value"].value
            )
