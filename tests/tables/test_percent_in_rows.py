"""A per cent sign in `rows` and in the cells: on both sides, or on none."""

from __future__ import annotations

from pathlib import Path

import pytest

import transfers


def keys(folder: Path, cells: str, rows: str) -> tuple[str, ...]:
    """Return the districts that are read."""
    a, b = cells.split(" ")
    (folder / "d.csv").write_text(f"code,p,x\nA,{a},1\nB,{b},2\n", encoding="utf-8")
    (folder / "p.yaml").write_text(
        f"policy: p\ndistricts: {{file: d.csv, key: code, rows: '{rows}'}}\n"
        "inputs: {x: }\ngrants: {g: {pool: 10, share: x}}\n",
        encoding="utf-8",
    )
    policy = transfers.load_policy(folder / "p.yaml")
    return transfers.load_districts(None, policy).keys


@pytest.mark.parametrize(
    ("cells", "rows"), [("14% 20%", "p >= 20%"), ("14 20", "p >= 20"), ("-14% 20%", "p > 0")]
)
def test_the_sign_on_both_sides_or_on_none_is_understood(
    tmp_path: Path, cells: str, rows: str
) -> None:
    assert keys(tmp_path, cells, rows) == ("B",)


@pytest.mark.parametrize(
    ("cells", "rows"), [("14 20", "p >= 20%"), ("14% 20", "p >= 20%"), ("14% 20%", "p >= 20")]
)
def test_a_sign_on_one_side_only_is_refused(tmp_path: Path, cells: str, rows: str) -> None:
    with pytest.raises(transfers.TableError) as raised:
        keys(tmp_path, cells, rows)
    (fault,) = raised.value.faults
    assert fault.code == "reading.percent_on_one_side"
