"""Findings of a survey: districts that get poorer by earning more, and what was not tried."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from scenarios.edges.levers import MOST_TEXTS
from scenarios.edges.survey import Cliff, Survey, Watched, money_in
from scenarios.edges.wording import Words
from transfers import Finding
from transfers.written import decimal_text, figure_text


def findings(survey: Survey, language: str) -> tuple[Finding, ...]:
    """Return what there is to say about a survey, beside its figures.

    A district whose grants fall by more than its own revenue rises is poorer by earning more: at
    every unit (a clawback above 100 %), or at an edge, where a little more costs a sum.
    """
    words = Words(survey, language)
    found = [finding for each in survey.watched for finding in _poorer(survey, each, words)]
    return (*found, *_not_tried(survey))


def _poorer(survey: Survey, watched: Watched, words: Words) -> Iterator[Finding]:
    lever = watched.lever
    if survey.setting.policy.inputs[lever.input].role != "own_revenue":
        return
    named = {"district": words.district(lever), "title": words.title(lever)}
    money = survey.setting.policy.money
    if watched.clawback is not None and watched.clawback > 1:
        rate = words.percent(watched.clawback)
        loss = figure_text(Fraction(watched.clawback))
        figures = {**named, "loss": loss, "unit": money.unit, "rate": rate}
        yield Finding(
            "cliffs.clawback", "warning", "noted", district=lever.key, value=rate, values=figures
        )
    for cliff in watched.cliffs:
        if cliff.side == "up" and _costs(survey, cliff):
            unit = words.unit(lever)
            ends = {
                name: f"{words.value(value)} {unit}".rstrip()
                for name, value in (
                    ("near", cliff.near),
                    ("far", cliff.far),
                    ("value", cliff.value),
                )
            }
            assert cliff.jump is not None
            loss = money.format_for_people(-cliff.jump)
            figures = {**named, **ends, "loss": loss, "unit": money.unit}
            yield Finding(
                "cliffs.revenue_edge",
                "warning",
                "noted",
                district=lever.key,
                value=loss,
                values=figures,
            )


def _costs(survey: Survey, cliff: Cliff) -> bool:
    """Tell whether passing an edge takes more of the grants away than it earns."""
    if cliff.jump is None or cliff.jump >= 0:
        return False
    assert isinstance(cliff.near, Fraction) and isinstance(cliff.far, Fraction)
    earned = (cliff.far - cliff.near) * money_in(survey.setting, cliff.lever)
    return -cliff.jump * survey.setting.policy.money.quantum > earned


def _not_tried(survey: Survey) -> Iterator[Finding]:
    tried = {watched.lever.input for watched in survey.watched}
    wanted = survey.asked.inputs
    for rule in survey.setting.policy.inputs.values():
        entry = survey.setting.policy.document.model.inputs[rule.name]
        asked = wanted is None or rule.name in wanted
        if not asked or rule.kind != "text" or entry.one_of is not None or rule.over:
            continue
        texts = {text for text in survey.allocation.column(rule.name) if text is not None}
        if rule.name not in tried and len(texts) > MOST_TEXTS:
            values = {"title": rule.title, "count": decimal_text(Fraction(len(texts)))}
            yield Finding("cliffs.many_texts", "note", "noted", values=values)
