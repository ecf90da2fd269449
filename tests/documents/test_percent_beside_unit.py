"""`5%` beside `unit: "%"` would be 0.05 of a hundredth: refused wherever it may be written."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import transfers
from transfers import DocumentError, Policy

DOCUMENT = """policy: p
districts: {file: d.csv, key: code}
inputs: {need: {}}
parameters: {rate: %s}
grants: {aid: {pool: 10, share: need}}
OUTPUTS
"""
STEPS = "{value: [{up_to: 80%, value: 5%}, {value: 6}], unit: '%'}"
FILE = "{file: r.csv, key: tier, value: rate, unit: '%'}"


def load(
    folder: Path,
    parameter: str,
    changes: dict[str, str] | None = None,
    outputs: str = "outputs: {o: rate}",
) -> Policy:
    (folder / "p.yaml").write_text(
        DOCUMENT.replace("%s", parameter).replace("OUTPUTS", outputs), encoding="utf-8"
    )
    (folder / "d.csv").write_text("code,need\na,1\n", encoding="utf-8")
    (folder / "r.csv").write_text("tier,rate\nA,5%\nB,6\n", encoding="utf-8")
    return transfers.load_policy(folder / "p.yaml", changes)


@pytest.mark.parametrize(
    ("parameter", "places"),
    [
        ("{value: 5%, unit: '%'}", ["parameters.rate.value"]),
        ("{value: 5%, unit: 百分点}", ["parameters.rate.value"]),
        ("{value: 5%, unit: ‰}", ["parameters.rate.value"]),
        ("{value: 5%, unit: 元/人}", ["parameters.rate.value"]),
        ("{value: 5, unit: '%', max: 100%}", ["parameters.rate.max"]),
        ("{value: 5, unit: '%', min: 1%}", ["parameters.rate.min"]),
        ("{value: {A: 5%, B: 6}, unit: '%'}", ["parameters.rate.value.A"]),
        (STEPS, ["parameters.rate.value.0.value"]),
        (FILE, [""]),
    ],
)
def test_a_percent_sign_beside_a_unit_is_refused(
    tmp_path: Path, parameter: str, places: list[str]
) -> None:
    with pytest.raises(DocumentError) as caught:
        load(tmp_path, parameter, outputs="")
    faults = [f for f in caught.value.faults if f.code == "document.percent_beside_unit"]
    assert sorted(fault.place.path for fault in faults) == sorted(places)
    assert "请写" in faults[0].text("zh") and "remove `unit`" in faults[0].text("en")


def test_so_it_is_where_the_value_is_changed_or_moved(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="7%"):
        load(tmp_path, "{value: 5, unit: '%'}", {"parameters.rate": "7%"})
    policy = load(tmp_path, "{value: 5, unit: '%'}")
    districts = transfers.load_districts(None, policy)
    with pytest.raises(DocumentError, match="7%"):
        transfers.allocate_scenarios(policy, districts, [{"parameters.rate": "7%"}])  # type: ignore[dict-item]
    (seven,) = transfers.allocate_scenarios(policy, districts, [{"parameters.rate": 7}])
    assert seven.outputs["o"] == [7]


@pytest.mark.parametrize("parameter", ["5%", "{value: 5%}", "{value: 5%, unit: 比例, max: 10%}"])
def test_beside_a_ratio_it_is_what_it_says(tmp_path: Path, parameter: str) -> None:
    policy = load(tmp_path, parameter)
    allocation = transfers.allocate(policy, transfers.load_districts(None, policy))
    assert allocation.outputs["o"] == [Fraction(1, 20)]
