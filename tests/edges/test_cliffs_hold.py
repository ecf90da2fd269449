"""Whatever the policy: what is said about an edge is what two ordinary runs say."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from scenarios.edges.survey import Asked, survey
from tests.edges.small import run_with, setting_of

CLAIMS = (
    "if(score >= {mark}, {much}, 3)",
    "if({mark} < score, {much}, score / 7)",
    "if(2 * score + 10 <= 2 * {mark}, {much}, 0)",
    "step(score, brackets)",
    "if(score > mean(score), {much}, 0)",
    "if(rank(score) <= 2, {much}, 1)",
    "round(score, to=15)",
    "if(score / people > {mark} / 8, {much}, score / 3)",
    "if(score >= {mark} and people >= 8, {much}, 5)",
)
SHARES = (
    "people",
    "people * step(score, factors)",
    "if(people > mean(people), 2, 1) * people",
    "round_up(people)",
)
POLICY = """
inputs: {{score: {{unit: 万元}}, people: {{}}, tier: {{one_of: [A, B]}}}}
parameters:
  brackets: {{value: [{{below: {mark}, value: 0}}, {{value: {much}}}], unit: 万元}}
  factors: [{{up_to: {mark}, value: 0.5}}, {{value: 1.5}}]
  by_tier: {{A: 1.2, B: 0.8}}
grants:
  one: {{title: 一, claim: "{claim}"}}
  two: {{title: 二, pool: 500, share: "({share}) * by_tier[tier]"{bounds}}}
"""

scores = st.integers(300, 1200).map(lambda tenths: f"{tenths / 10:.1f}")
people = st.integers(50, 120).map(lambda tenths: f"{tenths / 10:.1f}")
rows_of = st.lists(st.tuples(scores, people, st.sampled_from("AB")), min_size=2, max_size=4)


@st.composite
def documents(draw: st.DrawFn) -> str:
    mark, much = draw(st.integers(40, 110)), draw(st.integers(4, 90))
    claim = draw(st.sampled_from(CLAIMS)).format(mark=mark, much=much)
    share = draw(st.sampled_from(SHARES))
    bounds = draw(st.sampled_from(("", ', floor: "score / 2"', ", cap: 190")))
    return POLICY.format(mark=mark, much=much, claim=claim, share=share, bounds=bounds)


@settings(max_examples=40, deadline=None)
@given(text=documents(), figures=rows_of)
def test_two_ordinary_runs_agree_with_every_cliff(
    text: str, figures: list[tuple[str, str, str]]
) -> None:
    rows = [
        {"code": f"k{n}", "score": score, "people": heads, "tier": tier}
        for n, (score, heads, tier) in enumerate(figures)
    ]
    with TemporaryDirectory() as name:
        folder = Path(name)
        setting = setting_of(folder, text, rows)
        found = survey(setting, Asked(within=Fraction(3, 10)))
        for watched in found.watched:
            for cliff in watched.cliffs:
                lever, place = cliff.lever, cliff.lever.district
                for value, seen in ((cliff.near, cliff.before), (cliff.far, cliff.after)):
                    plain = run_with(folder, rows, lever.key, lever.input, value)
                    assert plain.status == seen.status
                    if seen.done:
                        assert plain.total[place] == seen.amount
                        assert plain.total.sum() - plain.total[place] == seen.others


@settings(max_examples=30, deadline=None)
@given(mark=st.integers(350, 1150), figures=rows_of)
def test_no_jump_at_a_plain_threshold_within_reach_is_missed(
    mark: int, figures: list[tuple[str, str, str]]
) -> None:
    text = (
        "inputs: {score: {unit: 万元}}\n"
        f"grants: {{aid: {{title: 一, claim: 'if(score >= {mark / 10}, 20, 5)'}}}}\n"
    )
    rows = [{"code": f"k{n}", "score": score} for n, (score, _, _) in enumerate(figures)]
    edge = Fraction(mark, 10)
    with TemporaryDirectory() as name:
        found = survey(setting_of(Path(name), text, rows))
    for watched in found.watched:
        now = watched.lever.number
        told = [(cliff.side, cliff.value, cliff.jump) for cliff in watched.cliffs]
        if abs(edge - now) > now / 5:
            assert told == []
        else:
            assert told == [("up", edge, 15) if now < edge else ("down", edge, -15)]
