"""Random appraisals over a list of their own: what formulas below may read of them."""

from __future__ import annotations

from random import Random

from msgspec import Struct

_METHODS = ("target", "efficacy", "range", "zscore", "attainment", "目标值", "达标率")
_MISSING = ("left_out", "left_out", "zero", "mean", "refuse")
_COLUMNS = (
    "{parent: {type: text}, w: {unit: '%'}, aim: , high: , low: , base: , sort: {type: text},"
    " method: {type: text}, absent: {type: text}, agency: {type: text}}"
)


class RandomAppraisal(Struct):
    """A section `appraisals`, the lists it stands on, and formulas that read it.

    Parameters
    ----------
    lists, lines : list of str
        Entries of `lists`, and the section.
    positive : list of str
        Figures for each district, hardly ever below 0 or missing.
    marks : list of str
    """

    lists: list[str]
    lines: list[str]
    positive: list[str]
    marks: list[str]


def random_appraisal(rng: Random) -> RandomAppraisal:
    """Write one appraisal of a few indicators under one or two levels."""
    parents = rng.sample(["P", "Q", "甲"], rng.choice([1, 2, 2, 3]))
    children = {parent: rng.choice([1, 1, 2, 3]) for parent in parents}
    two_levels = rng.random() < 0.7
    lists = ["  heads:", "    items:"]
    for parent, weight in zip(parents, _weights(rng, len(parents)), strict=True):
        lists.append(f"      {parent}: {{w: {weight}}}")
    lists += ["    columns: {w: {unit: '%'}}", "  aims:", "    items:"]
    one_level = iter(_weights(rng, sum(children.values())))
    methods = rng.sample(_METHODS, rng.choice([1, 2, 4]))
    for parent, count in children.items():
        for number, weight in enumerate(_weights(rng, count)):
            share = weight if two_levels else next(one_level)
            lists.append(f"      {parent}{number}: {{{_item(rng, parent, share, methods)}}}")
    lists.append(f"    columns: {_COLUMNS}")
    seen = ["aims.base + x", "aims.base * y", "if(flag, gap, aims.base)", "own + aims.base"]
    lines = ["appraisals:", "  a:", "    title: 考核", "    indicators: aims", "    weight: w"]
    if two_levels:
        lines += ["    parent: parent", "    first: heads", "    first_weight: heads.w"]
    lines += [f"    observed: '{rng.choice(seen)}'", "    direction: sort", "    method: method"]
    lines += ["    target: aim", "    satisfactory: high", "    unacceptable: aims.low"]
    lines.append(f"    missing: {rng.choice(['absent', *_MISSING])}")
    lines.append(f"    cap: {rng.choice(['100%', 'none', '1.25', 'aims.high / 4'])}")
    positive = [
        "if(missing(a.degree), 2, abs(a.degree / 100%) * 1)",
        "if(missing(a.rank), 9, a.rank * 1)",
    ]
    positive += [
        "a.unobserved",
        "a.shortfalls",
        "if(missing(a.whole.degree), 1, abs(a.whole.degree / 100%) * 1)",
    ]
    marks = ["(a.shortfalls > 1)"]
    _more(rng, seen, lines, positive, marks)
    return RandomAppraisal(lists, lines, positive, marks)


def _item(rng: Random, parent: str, share: str, methods: list[str]) -> str:
    base = rng.choice(["", "0", "1", "2.5", "4"])
    cells = {
        "parent": parent,
        "w": share,
        "aim": rng.choice(["1", "3", "4.5"]),
        "high": rng.choice(["6", "9"]),
        "low": rng.choice(["1", "2"]),
        "base": base,
        "sort": rng.choice(["正向", "逆向"]),
        "method": rng.choice(methods),
        "absent": rng.choice(_MISSING),
        "agency": rng.choice(["m", "n", ""]),
    }
    return ", ".join(f"{key}: {cell}" for key, cell in cells.items() if cell)


def _weights(rng: Random, count: int) -> list[str]:
    """Return weights in per cent that add up to 100."""
    cuts = sorted(rng.randint(0, 1000) for _ in range(count - 1))
    parts = [right - left for left, right in zip([0, *cuts], [*cuts, 1000], strict=True)]
    return [f"{part / 10:g}" for part in parts]


def _more(
    rng: Random, seen: list[str], lines: list[str], positive: list[str], marks: list[str]
) -> None:
    """Put in the keys that may be left out."""
    if rng.random() < 0.4:
        lines.append(f"    last: '{rng.choice(seen)}'")
        positive.append("if(missing(a.change), 1, abs(a.change / 100%) * 1)")
    if rng.random() < 0.4:
        lines.append("    agency: agency")
        if rng.random() < 0.5:
            lines.append("    agencies: heads")
        positive.append("abs(sum(if(missing(a.agency), 0, a.agency / 100%), over=aims)) * 1")
    if rng.random() < 0.3:
        lines.append("    whole: 'aims.base * 2'")
    if rng.random() < 0.5:
        lines.append("    weights: x + 1")
    if rng.random() < 0.4:
        counts = ["aims.parent != 'P'", "flag or aims.base > 1", "aims.w > 20%"]
        counts = [f"missing({text}) or {text}" for text in counts]
        lines.append(f'    for_districts: "{rng.choice(counts)}"')
    if rng.random() < 0.3:
        lines += [f"    urban: '{rng.choice(seen)}'", f"    rural: '{rng.choice(seen)}'"]
        positive.append("if(missing(a.gap), 1, abs(a.gap / 100%) * 1)")
    if rng.random() < 0.6:
        lines.append("    grades: {优: 90%, 良: 60%, 差: 0}")
        marks.append('(a.grade == "优")')
    if rng.random() < 0.5:
        ways = ["{at_least: 75%}", "{top: 2}", "{given: x > y}"]
        lines.append(f"    advanced: {rng.choice(ways)}")
        marks.append("a.advanced")
