"""A figure written with a percent sign means what it says, or is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

import transfers


def growth_of(tmp_path: Path, unit: str, cells: str, output: str = "growth + 0%") -> list[object]:
    rows = "\n".join(f"{n},{cell}" for n, cell in enumerate(cells.split()))
    (tmp_path / "d.csv").write_text(f"key,growth\n{rows}\n", "utf-8")
    (tmp_path / "p.yaml").write_text(
        "policy: p\ndistricts: {file: d.csv, key: key}\n"
        f"inputs: {{growth: {{{unit}}}}}\ngrants: {{g: {{pool: 1, share: 1}}}}\n"
        f"outputs: {{ratio: {output}}}\n",
        "utf-8",
    )
    policy = transfers.load_policy(tmp_path / "p.yaml")
    allocation = transfers.allocate(policy, transfers.load_districts(None, policy))
    return [float(x) for x in allocation.outputs["ratio"] if x is not None]  # type: ignore[arg-type]


def test_in_a_column_in_per_cent_14_and_14_percent_are_the_same(tmp_path: Path) -> None:
    assert growth_of(tmp_path, "unit: '%'", "14 14% -1.5%") == [0.14, 0.14, -0.015]


def test_in_a_column_without_a_unit_14_percent_is_a_ratio(tmp_path: Path) -> None:
    assert growth_of(tmp_path, "", "0.14 14%") == [0.14, 0.14]


def test_in_a_column_of_money_a_percentage_is_refused(tmp_path: Path) -> None:
    with pytest.raises(transfers.TableError) as caught:
        growth_of(tmp_path, "unit: 万元", "90 90%", output="growth")
    (fault,) = caught.value.faults
    assert fault.code == "table.percent_unexpected"
    assert "d.csv:3:2" in fault.text("zh")
    assert "90%" in fault.text("en")


@pytest.mark.parametrize("bounds", ["min: 0, max: 100%", "min: 0, max: 100"])
def test_a_bound_and_a_default_with_a_percent_sign_are_in_the_unit_of_the_column(
    tmp_path: Path, bounds: str
) -> None:
    unit = f"unit: '%', {bounds}, default: 5%"
    assert growth_of(tmp_path, unit, "14 100% -") == [0.14, 1.0, 0.05]
    with pytest.raises(transfers.TableError):
        growth_of(tmp_path, unit, "101")
