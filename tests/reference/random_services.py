"""Random lists of services over a random list: what formulas below may read of them."""

from __future__ import annotations

from random import Random

from msgspec import Struct

YEAR = 2017


class RandomServices(Struct):
    """A section `service_lists`, and formulas that read it.

    Parameters
    ----------
    lines : list of str
    over : list of str
        Figures for each item and district, without a unit.
    positive : list of str
        Figures for each district, without a unit, hardly ever below 0.
    marks : list of str
    has_year : bool
        Whether it needs the year of the document.
    """

    lines: list[str]
    over: list[str]
    positive: list[str]
    marks: list[str]
    has_year: bool


def random_services(rng: Random) -> RandomServices:
    """Write one list of services over `things`, with its price, shares, years and last year."""
    price = rng.choice(["things.w * yuan", "yuan * 2", "n * yuan / 3", "coef[region] * yuan"])
    recipients = rng.choice(["n", "n", "x * things.w", "n + x"])
    lines = ["service_lists:", "  s:", "    list: things"]
    lines += [f"    price: '{price}'", f"    recipients: '{recipients}'"]
    valid = [key for key in ("from", "until") if rng.random() < 0.4]
    for key in valid:
        years = ["if(things.mark, 2017, 2018)", "2016 + round(things.w) * 1", "2018"]
        years.append("2017 / things.w * things.w")  # missing where that is 0
        years += ["things.day", "day"]
        lines.append(f"    {key}: '{rng.choice(years)}'")
    if valid and rng.random() < 0.5:
        lines.append("    part_year: months")
    shares = {"one": _share(rng)}
    if rng.random() < 0.6:
        shares["two"] = _share(rng)
    if rng.random() < 0.7:
        shares["three"] = "rest"
    lines.append("    responsibility:")
    lines += [f"      {level}: '{share}'" for level, share in shares.items()]
    over = ["s.cost / yuan", "s.one / yuan", "if(s.shares >= 1, 2, 0.5) + 0 * n"]
    over.append("if(s.in_force, s.price, s.cost) / yuan")
    positive = ["s.total / yuan", "abs(s.total.one / yuan)", "count(s.sound, over=things)"]
    if rng.random() < 0.6:
        last = {"price": "things.w * yuan * 90%", "recipients": "n * 0.5 + x"}
        kept = [key for key in last if rng.random() < 0.7] or ["price"]
        lines.append("    last:")
        lines += [f"      {key}: '{last[key]}'" for key in kept]
        over += ["s.growth / yuan", "s.last / yuan", "s.growth.both / yuan"]
        parts = " + ".join(f"s.growth.{part}" for part in ("price", "recipients", "both"))
        positive.append(f"abs(sum({parts}, over=things) / yuan)")
        positive.append(f"count(s.growth == {parts}, over=things)")
    return RandomServices(lines, over, positive, ["(s.total > 3 * yuan)"], bool(valid))


def _share(rng: Random) -> str:
    return rng.choice(
        [
            *("60%", "0.5", "things.w / (sum(things.w, over=things) + 1)"),
            *('if(things.kind == "k", 100%, 40%)', "min(1, coef[region] / 2)", "1 / 3"),
        ]
    )
