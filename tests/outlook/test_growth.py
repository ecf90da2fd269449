"""Growth over the years, and tapers: figures worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import scenarios
from scenarios.outlook.growth import average_growth, growths
from transfers.arithmetic.decimals import fixed_decimal


def test_spending_of_jiangmen_grew_by_26_3_per_cent_a_year() -> None:
    """36.22 in 2010, 73.01 in 2013, in hundred millions: three years of growth."""
    services = [Fraction("36.22"), None, None, Fraction("73.01")]
    average = average_growth(services)
    assert average is not None
    assert fixed_decimal(average * 100, 1) == "26.3"
    assert abs((1 + average) ** 3 - Fraction("73.01") / Fraction("36.22")) < Fraction(1, 10**45)
    shares = [Fraction("36.22") / Fraction("0.2724"), None, None]
    whole = average_growth([*shares, Fraction("73.01") / Fraction("0.3464")])
    assert whole is not None and fixed_decimal(whole * 100, 1) == "16.6"


def test_growth_from_year_to_year_is_exact_and_none_from_nothing() -> None:
    figures = [Fraction(3), Fraction(4), None, Fraction(0), Fraction(2), Fraction(1)]
    assert growths(figures) == (None, Fraction(1, 3), None, None, None, Fraction(-1, 2))
    assert average_growth([None, Fraction(4), Fraction(6), Fraction(9)]) == Fraction(1, 2)
    assert average_growth([Fraction(4), Fraction(0)]) == -1
    for nothing in ([Fraction(0), Fraction(4)], [Fraction(4)], [], [Fraction(4), Fraction(-1)]):
        assert average_growth(nothing) is None


TAPER = """\
policy: taper
year: 2026
districts: {file: t.csv, key: code}
inputs:
  base: {unit: 万元, min: 0}
  left: {title: 退出年度, min: 0}
parameters:
  keeps:
    - {below: 1, value: 100%}
    - {below: 2, value: 75%}
    - {below: 3, value: 50%}
    - {below: 4, value: 25%}
    - {value: 0%}
grants:
  aid: {claim: "base * step(max(0, year - left + 1), keeps)", if_short: [scale]}
"""


def test_a_district_that_graduates_keeps_less_of_its_base_every_year(tmp_path: Path) -> None:
    """75, 50, 25 per cent of the base over three years, then nothing; who stays keeps it all."""
    (tmp_path / "p.yaml").write_text(TAPER, encoding="utf-8")
    (tmp_path / "t.csv").write_text("code,base,left\na,400,2027\nb,300,9999\n", encoding="utf-8")
    (tmp_path / "s.yaml").write_text(
        "study: s\npolicy: p.yaml\nyears: {until: 2031}\n", encoding="utf-8"
    )
    years = scenarios.look_ahead(scenarios.load_study(tmp_path / "s.yaml")).baseline.years
    paid = [year.allocation.total.tolist() for year in years]
    assert paid == [[400, 300], [300, 300], [200, 300], [100, 300], [0, 300], [0, 300]]
