"""No money is lost and none is made: budgets, reserves and grants of every kind add up."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import transfers
from tests.reference.comparing import differences
from transfers import Allocation, reference

ROUNDINGS = ("largest_remainder", "webster", "half_up", "{to_most: x}")
AMOUNTS = ("0", "3", "7.5", "10", "12.25", "20", "31.9", "60")


@dataclass
class Payer:
    """A document with the figures that its money must add up by."""

    lines: list[str]
    table: str
    quantum: Fraction
    budget: str | None
    reserves: dict[str, dict[str, str]]
    pools: dict[str, str | None] = field(default_factory=dict)
    replaced: set[str] = field(default_factory=set)
    returning: dict[str, str] = field(default_factory=dict)
    levies: set[str] = field(default_factory=set)
    drawn: set[str] = field(default_factory=set)
    purses: dict[str, str] = field(default_factory=dict)

    def quanta(self, amount: str | None) -> int:
        """Return an amount in whole quanta, rounded down."""
        return floor(Fraction(amount or "0") / self.quantum)

    def run(self) -> tuple[Allocation, reference.ReferenceResult] | None:
        """Run the engine and the reference; None where the table cannot be computed."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "policy.yaml").write_text("\n".join(self.lines) + "\n", "utf-8")
            (folder / "d.csv").write_text(self.table, "utf-8")
            policy = transfers.load_policy(folder / "policy.yaml")
            districts = transfers.load_districts(None, policy)
            try:
                allocation = transfers.allocate(policy, districts)
            except transfers.TableError:
                return None
            return allocation, reference.allocate(policy, districts)


@st.composite
def payers(draw: st.DrawFn) -> Payer:
    """Draw a document in which money is short, left over, drawn and returned."""
    quantum = draw(st.sampled_from(["1", "1", "0.5", "0.01"]))
    count = draw(st.integers(1, 5))
    rows = ["code,x,least,own,city"]
    for key in "abcde"[:count]:
        cells = [
            str(draw(st.integers(0, 3))),
            draw(st.sampled_from(AMOUNTS)),
            str(draw(st.integers(-8, 12))),
            draw(st.sampled_from("XY")),
        ]
        rows.append(",".join([key, *cells]))
    names = ["fund", "other"][: draw(st.integers(1, 2))]
    reserves = {
        name: draw(
            st.fixed_dictionaries(
                {"opening": st.sampled_from(AMOUNTS)},
                optional={
                    "inflow": st.sampled_from(AMOUNTS),
                    "limit": st.sampled_from(AMOUNTS),
                },
            )
        )
        for name in names
    }
    budget = draw(st.none() | st.sampled_from(["20", "45.5", "90", "200"]))
    lines = [
        "policy: payer",
        f"money: {{quantum: {quantum}}}",
        "districts: {file: d.csv, key: code}",
        "inputs: {x: {}, least: {unit: 万元}, own: {unit: 万元}, city: {type: text}}",
        "reserves:",
        *(
            f"  {name}: {{{', '.join(f'{key}: {text}' for key, text in each.items())}}}"
            for name, each in reserves.items()
        ),
    ]
    payer = Payer(lines, "\n".join(rows) + "\n", Fraction(quantum), budget, reserves)
    draws = draw(st.none() | st.sampled_from(names)) if budget else None
    if budget:
        parts = [f"amount: {budget}", *([f"draw: {draws}"] if draws else [])]
        parts.append(f"remainder: {draw(st.sampled_from([*names, 'none']))}")
        lines.append(f"budget: {{{', '.join(parts)}}}")
    lines.append("grants:")
    still: list[str] = []  # what can be replaced
    for number in range(draw(st.integers(1, 4))):
        name = f"g{number}"
        lines.append(f"  {name}:")
        _grant(draw, payer, name, names)
        if still and draws is None and draw(st.integers(0, 3)) == 0:
            old = still.pop()
            payer.replaced.add(old)
            lines.append(f"    replaces: {old}")
        words = " ".join(lines[-12:]).split(f"{name}:")[-1]
        if not any(word in words for word in (*names, "s: pool", "s: budget")):
            still.append(name)
    return payer


def _grant(draw: st.DrawFn, payer: Payer, name: str, names: list[str]) -> None:
    """Write one grant."""
    lines = payer.lines
    method = draw(st.sampled_from(["share", "share", "claim", "claim", "level", "level by"]))
    levy = method == "share" and draw(st.integers(0, 2)) == 0
    drawn = not levy and draw(st.integers(0, 3)) == 0
    _purses(draw, payer, name, names, levy=levy, drawn=drawn, claims=method == "claim")
    grouped = method != "level by" and draw(st.integers(0, 3)) == 0
    pool: str | None = draw(st.sampled_from(AMOUNTS))
    if (payer.budget or drawn) and not levy and draw(st.integers(0, 3)) == 0:
        pool = "remainder"
    elif method == "claim" and not grouped and draw(st.booleans()):
        pool = None
    payer.pools[name] = pool
    lines += [f"    {'collect' if levy else 'pool'}: {pool}"] if pool else []
    lines += ["    within: {by: city, share: 'count(by=city)'}"] if grouped else []
    lines.append(
        {
            "share": "    share: x",
            "claim": f"    claim: {draw(st.sampled_from(['own', 'least', 'least * 0.3 - 2']))}",
            "level": "    level: {own: own, per: x + 1}",
            "level by": "    level: {own: own, per: x + 1, by: city}",
        }[method]
    )
    if draw(st.booleans()):
        lines.append(f"    floor: {draw(st.sampled_from(['least', 'least / 3', '1.5']))}")
    if draw(st.integers(0, 2)) == 0:
        lines.append(f"    cap: {draw(st.sampled_from(['least', '4', '2.5']))}")
    if draw(st.integers(0, 3)) == 0:
        lines.append("    fixed: if(x > 2, least / 2, none)")
    helpers = draw(st.permutations(names))[: 0 if levy else draw(st.integers(0, len(names)))]
    last = draw(st.sampled_from(["scale", "scale", "scale", "reject"]))
    lines.append(f"    if_short: [{', '.join([*helpers, last])}]")
    if not levy and draw(st.integers(0, 2)) == 0:
        payer.returning[name] = draw(st.sampled_from(names))
        lines.append(f"    unspent: {payer.returning[name]}")
    rule = draw(st.sampled_from(ROUNDINGS))
    if rule in ROUNDINGS[:3] and draw(st.integers(0, 3)) == 0:
        rule = f"{{rule: {rule}, quantum: {float(payer.quantum * 4)}}}"
    lines.append(f"    rounding: {rule}")


def _purses(
    draw: st.DrawFn,
    payer: Payer,
    name: str,
    names: list[str],
    *,
    levy: bool,
    drawn: bool,
    claims: bool,
) -> None:
    """Say what a grant is paid out of, and where goes what districts pay in."""
    if drawn:
        payer.drawn.add(name)
        payer.lines.append(f"    draw: {draw(st.sampled_from(names))}")
    if levy:
        payer.levies.add(name)
    if levy or (claims and draw(st.booleans())):
        purses = ["none", *names, *(["budget"] if payer.budget else [])]
        purses += [] if levy else ["pool"]
        payer.purses[name] = draw(st.sampled_from(purses))
        payer.lines.append(f"    contributions: {payer.purses[name]}")


def paid_in(allocation: Allocation, name: str) -> int:
    """Return what districts pay in for one grant."""
    return -sum(min(amount, 0) for amount in allocation.amounts[name].tolist())


def own_money(payer: Payer, allocation: Allocation, name: str) -> int:
    """Return what the payer gives for one grant without a budget."""
    if name in payer.levies | payer.drawn:
        return 0
    if payer.pools[name] is not None:
        return payer.quanta(payer.pools[name])
    helped = paid_in(allocation, name) if payer.purses.get(name) == "pool" else 0
    return max(0, paid(allocation, name) - helped)


def paid(allocation: Allocation, name: str) -> int:
    """Return what districts take from the payer for one grant."""
    return sum(max(amount, 0) for amount in allocation.amounts[name].tolist())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(payers())
def test_what_the_payer_has_is_paid_left_or_kept_to_the_quantum(payer: Payer) -> None:
    ran = payer.run()
    if ran is None:
        return
    allocation, expected = ran
    assert list(differences(allocation, expected)) == []
    if allocation.status == "rejected":
        return
    accounts = {account.name: account for account in allocation.accounts}
    for name, account in accounts.items():
        each = payer.reserves[name]
        assert account.opening == payer.quanta(each["opening"])
        assert account.inflow == payer.quanta(each.get("inflow"))
        assert account.drawn >= 0 and account.returned >= 0 and account.closing >= 0
        if "limit" in each:
            assert account.drawn <= payer.quanta(each["limit"])
    counted = [name for name in payer.pools if name not in payer.replaced]
    had = sum(account.opening + account.inflow for account in accounts.values())
    kept = sum(account.closing for account in accounts.values())
    had += sum(
        paid_in(allocation, name) for name in counted if payer.purses.get(name, "none") != "none"
    )
    spent = sum(paid(allocation, name) for name in counted)
    if payer.budget is not None:
        assert allocation.budget_left is not None
        assert payer.quanta(payer.budget) + had == spent + allocation.budget_left + kept
    else:
        own = sum(own_money(payer, allocation, name) for name in counted)
        left = sum(
            unspent
            for name, unspent in allocation.unspent.items()
            if name in counted and (unspent < 0 or name not in payer.returning)
        )
        assert own + had == spent + left + kept
    assert allocation.balance.difference == 0
    for name, account in accounts.items():
        into = [grant for grant, purse in payer.purses.items() if purse == name]
        assert account.contributed == sum(paid_in(allocation, grant) for grant in into)
    for name in payer.levies:
        assert paid(allocation, name) == 0
        due = payer.quanta(payer.pools[name])
        assert paid_in(allocation, name) + allocation.uncollected[name] == due


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.integers(-3000, 3000), st.integers(1, 3)), min_size=1, max_size=6),
    st.sampled_from([1, 2, 10]),
)
def test_claims_that_add_up_to_nothing_are_paid_so_and_nobody_is_a_unit_off(
    rows: list[tuple[int, int]], multiple: int
) -> None:
    claims = [Fraction(number, 7 * part) for number, part in rows]
    claims.append(-sum(claims, Fraction(0)))
    table = "code,n,d\n" + "".join(
        f"{key},{claim.numerator},{claim.denominator}\n"
        for key, claim in zip("abcdefg", claims, strict=False)
    )
    lines = [
        "policy: even",
        "districts: {file: d.csv, key: code}",
        "inputs: {n: {unit: 万元}, d: {}}",
        "budget: 0",
        "grants:",
        "  even: {claim: n / d, contributions: pool, rounding: {rule: largest_remainder, "
        f"quantum: {multiple}}}}}",
    ]
    ran = Payer(lines, table, Fraction(1), None, {}).run()
    assert ran is not None
    allocation, expected = ran
    assert list(differences(allocation, expected)) == []
    amounts = allocation.amounts["even"].tolist()
    assert sum(amounts) == 0 and allocation.budget_left == 0
    for amount, claim in zip(amounts, claims, strict=True):
        assert abs(amount - claim) < multiple


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    rows=st.lists(st.tuples(st.integers(0, 3), st.sampled_from(AMOUNTS)), min_size=1, max_size=5),
    pool=st.integers(0, 60),
    method=st.sampled_from(["share: x, floor: least", "claim: least, floor: least / 2"]),
    rounding=st.sampled_from(ROUNDINGS),
)
def test_a_grant_that_is_helped_comes_out_as_if_its_money_were_just_enough(
    rows: list[tuple[int, str]], pool: int, method: str, rounding: str
) -> None:
    table = "code,x,least\n" + "".join(
        f"{key},{x},{least}\n" for key, (x, least) in zip("abcde", rows, strict=False)
    )
    head = [
        "policy: payer",
        "districts: {file: d.csv, key: code}",
        "inputs: {x: {}, least: {unit: 万元}}",
        "reserves: {fund: 1000}",
    ]

    def run(money: int, if_short: str) -> Allocation:
        grant = f"  aid: {{pool: {money}, {method}, if_short: {if_short}, rounding: {rounding}}}"
        ran = Payer([*head, "grants:", grant], table, Fraction(1), None, {}).run()
        assert ran is not None
        return ran[0]

    need = sum(Fraction(least) for _, least in rows)
    helped, ample = run(pool, "fund"), run(max(pool, ceil(need)), "reject")
    assert helped.amounts["aid"].tolist() == ample.amounts["aid"].tolist()
    (account,) = helped.accounts
    assert account.drawn <= max(0, ceil(need) - pool)
