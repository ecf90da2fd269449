"""What the bonuses of the cookbook cost and what they do to inequality, written into its pages.

A page has ``<!-- effect NAME -->`` above the line about ``examples/bonuses/NAME.yaml``; its title
is the heading it stands below. ``<!-- effect NAME without PATH=VALUE ... -->`` compares with the
same policy so changed, not with no money at all. Below ``<!-- effects -->`` stands the table.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import transfers

EXAMPLES = Path(__file__).resolve().parent.parent / "examples" / "bonuses"
MEASURES = ("cv_weighted", "gini")
SHOWN_IN = 10_000
"""Changes are shown in 0.0001."""

ONE = re.compile(r"(<!-- effect (\w+)((?: without)?(?: \S+=\S+)*) -->\n)[^\n]*\n")
ALL = re.compile(r"(<!-- effects -->\n).*?\n(?=\n)", re.DOTALL)

HEADINGS = {
    "zh": "| 奖励 | 成本（万元） | 变异系数 | 按人平分 | 基尼系数 | 按人平分 | 差距 |",
    "en": "| bonus | cost, 万元 | CV | by head | Gini | by head | the gap |",
}
VERDICTS = {
    "zh": ("拉大", "缩小，不及按人平分", "缩小，超过按人平分", "缩小", "几乎不变"),
    "en": (
        *("widens", "narrows, less than by head", "narrows, more than by head", "narrows"),
        "hardly changes",
    ),
}
LINES = {
    "zh": "**成本 {cost} 万元。** 人均财力变异系数 {cv}，基尼系数 {gini}；同样的钱按人平分，"
    "分别是 {cv_by_head} 和 {gini_by_head}。",
    "en": "**Cost: {cost} 万元.** Resources per head: coefficient of variation {cv}, Gini {gini}; "
    "the same money by head: {cv_by_head} and {gini_by_head}.",
}
LINES_WITHOUT_COST = {
    "zh": "**不花新钱，{moved} 万元换了去处。** 人均财力变异系数 {cv}，基尼系数 {gini}。",
    "en": "**No new money; {moved} 万元 go elsewhere.** Resources per head: coefficient of "
    "variation {cv}, Gini {gini}.",
}


class Effect(NamedTuple):
    """What one bonus costs and does; measures are those of `MEASURES`, weighted by population."""

    cost: int
    moved: int
    before: tuple[float, ...]
    after: tuple[float, ...]
    by_head: tuple[float, ...]

    def change(self, measure: int) -> float:
        """Return how much a measure rises."""
        return self.after[measure] - self.before[measure]

    def by_head_change(self, measure: int) -> float:
        """Return how much a measure would rise if the same money went by head."""
        return self.by_head[measure] - self.before[measure]


@cache
def effect_of(name: str, without: tuple[str, ...] = ()) -> Effect:
    """Run a bonus, the same money by head, and what it is compared with."""
    allocation = _run(name, ())
    before, after = (_measures(allocation, moment) for moment in ("before", "after"))
    gains = allocation.total
    if without:
        neutral = _run(name, without)
        before, gains = _measures(neutral, "after"), allocation.total - neutral.total
    cost = int(gains.sum())
    by_head = _measures(_run("by_head", (f"grants.award.pool={cost}",)), "after")
    return Effect(cost, int(gains.clip(min=0).sum()), before, after, by_head)


def _run(name: str, changes: tuple[str, ...]) -> transfers.Allocation:
    policy = transfers.load_policy(EXAMPLES / f"{name}.yaml", dict(c.split("=") for c in changes))
    return transfers.allocate(policy, transfers.load_districts(None, policy))


def _measures(allocation: transfers.Allocation, moment: str) -> tuple[float, ...]:
    found = allocation.inequality()
    assert found is not None
    return tuple(getattr(found[code], moment) for code in MEASURES)


def with_effects(text: str, language: str) -> str:
    """Return a page with the lines and the table of effects as they are now."""
    rows: list[str] = []

    def line(match: re.Match[str]) -> str:
        name, without = match[2], tuple(match[3].split()[1:])
        effect = effect_of(name, without)
        heading = re.findall(r"(?m)^#+ (.+)$", text[: match.start()])[-1]
        rows.append(row(heading, effect, language))
        return f"{match[1]}{said(effect, language)}\n"

    told = ONE.sub(line, text)
    ruler = "|---|---:|---:|---:|---:|---:|---|"
    table = "\n".join([HEADINGS[language], ruler, *rows])
    return ALL.sub(lambda match: f"{match[1]}{table}\n", told)


def said(effect: Effect, language: str) -> str:
    """Return the line about one bonus."""
    changes = [
        f"{before:.5f} → {after:.5f}"
        for before, after in zip(effect.before, effect.after, strict=True)
    ]
    by_head = [f"{figure:.5f}" for figure in effect.by_head]
    words = dict(zip(("cv", "gini", "cv_by_head", "gini_by_head"), changes + by_head, strict=True))
    lines = LINES if effect.cost else LINES_WITHOUT_COST
    return lines[language].format(cost=f"{effect.cost:,}", moved=f"{effect.moved:,}", **words)


def row(heading: str, effect: Effect, language: str) -> str:
    """Return the row of the table about one bonus."""
    anchor = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
    cells = [f"[{heading}](#{anchor})", f"{effect.cost:,}"]
    for measure in range(len(MEASURES)):
        cells.append(_small(effect.change(measure)))
        cells.append(_small(effect.by_head_change(measure)) if effect.cost else "—")
    return f"| {' | '.join([*cells, verdict(effect, language)])} |"


def verdict(effect: Effect, language: str) -> str:
    """Say whether the coefficient of variation rises, and what the same money by head would do."""
    change = effect.change(0)
    if _small(change) == "0.0":
        return VERDICTS[language][4]
    if change > 0:
        return VERDICTS[language][0]
    if not effect.cost:
        return VERDICTS[language][3]
    return VERDICTS[language][2 if change < effect.by_head_change(0) else 1]


def _small(change: float) -> str:
    shown = f"{change * SHOWN_IN:+.1f}"
    return "0.0" if float(shown) == 0 else shown
