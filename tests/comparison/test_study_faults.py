"""What is wrong with a study is told at its place, all of it at once; nothing is silently lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import scenarios
from transfers import DocumentError, FaultsError

ROOT = Path(__file__).resolve().parents[2]
HEAD = "study: s\npolicy: policy.yaml\nvariants:\n"


def refused(folder: Path, variants: str) -> list[str]:
    """Return what is wrong with a study of these variants."""
    file = folder / "study.yaml"
    file.write_text(HEAD + variants, encoding="utf-8")
    with pytest.raises(FaultsError) as caught:
        scenarios.run(scenarios.load_study(file))
    return [f"{f.place.line}:{f.place.column} {f.code}" for f in caught.value.faults]


def test_faults_of_all_variants_are_told_at_once_and_shared_ones_once(folder: Path) -> None:
    variants = (
        "  a: {set: {parameters.grwth_cap: 15%}}\n"
        "  b: {extends: a, data: {popultion: +3%}}\n"
        "  c: {set: {parameters.growth_cap: 15}}\n"
    )
    faults = refused(folder, variants)
    assert [fault.split(":")[0] for fault in faults] == ["4", "6"]
    assert "percent_meant" in faults[1]


def test_a_group_of_which_nothing_moves_is_refused_not_left_as_it_is(folder: Path) -> None:
    variants = (
        "  a:\n    set: {parameters.tier_coefficient.A: 1.2}\n"
        "    rescale: parameters.tier_coeficient\n"
    )
    assert refused(folder, variants) == ["6:14 study.rescale_unused"]


@pytest.mark.parametrize("second", ["parameters.tier_coefficient", "parameters"])
def test_groups_with_the_same_numbers_are_refused(folder: Path, second: str) -> None:
    variants = (
        "  a:\n    set: {parameters.tier_coefficient.A: 1.2}\n"
        f"    rescale: [parameters.tier_coefficient, {second}]\n"
    )
    assert refused(folder, variants) == ["6:44 study.rescale_twice"]


def test_a_path_inside_one_that_is_set_as_a_whole_is_refused(folder: Path) -> None:
    variants = (
        "  a:\n    set:\n      parameters.tier_coefficient.A: 1.2\n"
        "      parameters.tier_coefficient: {A: 1, B: 1, C: 1}\n"
    )
    assert refused(folder, variants) == ["6:7 study.set_inside"]


def test_a_figure_that_data_would_undo_is_refused(folder: Path) -> None:
    """What is set comes into the table before data: method, section 34."""
    lost = "{set: {inputs.population.440784: 3}"
    assert refused(folder, f"  a: {lost}, data: {{population: +3%}}}}\n") == [
        "4:13 study.figure_twice"
    ]
    variants = f"  a: {{data: {{population: {{440784: 4}}}}}}\n  b: {lost}, extends: a}}\n"
    assert refused(folder, variants) == ["5:13 study.figure_twice"]


def test_data_upon_figures_of_what_it_builds_on_counts(folder: Path) -> None:
    variants = (
        "  a: {set: {inputs.population.440784: 3}}\n  b: {extends: a, data: {population: +100%}}\n"
    )
    (folder / "study.yaml").write_text(HEAD + variants, encoding="utf-8")
    run = scenarios.run(scenarios.load_study(folder / "study.yaml"))
    column = run["b"].batch.districts.columns["population"]
    place = run["b"].batch.districts.keys.index("440784")
    assert column.fractions()[place] == 6


def test_a_figure_set_twice_and_an_unknown_district_stand_where_they_were_asked_for(
    folder: Path,
) -> None:
    variants = (
        "  a: {set: {inputs.population.440784: 3, inputs.population.鹤山市: 4}}\n"
        "  b: {set: {inputs.population.999999: 3}}\n"
    )
    faults = refused(folder, variants)
    assert faults == ["4:42 figures.set_twice", "5:13 figures.unknown_district"]


def test_what_an_addition_lacks_stands_where_it_was_asked_for(folder: Path) -> None:
    faults = refused(folder, "  a: {add: {grants.second.share: population}}\n")
    assert {fault.split(" ")[0] for fault in faults} == {"4:13"}


def test_figures_of_cliffs_are_those_the_options_take(folder: Path) -> None:
    (folder / "study.yaml").write_text(
        "study: s\npolicy: policy.yaml\ncliffs: {within: 0, step: 200%, least: 0}\n",
        encoding="utf-8",
    )
    with pytest.raises(DocumentError) as caught:
        scenarios.load_study(folder / "study.yaml")
    codes = [fault.code for fault in caught.value.faults]
    assert codes == ["cliffs.not_a_part", "cliffs.not_a_part", "cliffs.not_a_count"]


@pytest.mark.parametrize(
    ("baseline", "ending"),
    [("set: {budget.amount: 1000}", 1), ("data: {population: {440784: 0}}", 2)],
)
def test_a_quiet_call_still_says_why_there_is_nothing_to_compare(
    folder: Path, baseline: str, ending: int
) -> None:
    text = f"study: s\npolicy: policy.yaml\nbaseline: {{{baseline}}}\nvariants: {{}}\n"
    (folder / "study.yaml").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "compare", "study.yaml", "-q", "--lang", "en"],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == ending
    assert done.stdout == "" and "baseline" in done.stderr.lower()
