"""Files of a sweep: the same figures in every format; pages that staff can read."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from scenarios.sweeping import files
from scenarios.sweeping.markdown import markdown_bytes
from scenarios.sweeping.swept import Swept, prepared, sweep
from scenarios.sweeping.terminal import sweep_view
from scenarios.sweeping.workbook import workbook_bytes
from tests.sweeping.conftest import Studied
from transfers.errors import OutputError
from transfers.output.files import check_destination
from transfers.output.terminal import width

INFEASIBLE = "vary:\n  budget.amount: [3500, 4000]\n  inputs.tier.440784: [A, B]"
SAMPLED = (
    "vary:\n  inputs.population: {each: 2%}\n  inputs.revenue: {together: 3%}\nsample: {size: 4}"
)


def written(study: Any, file: Path) -> Swept:
    """Run a sweep and write its data file."""
    asked = prepared(study)
    with files.data_writers(asked, str(file), "zh") as writers:
        swept = asked.run(writers.takers)
        writers.close(swept)
    return swept


def read_csv(file: Path) -> list[dict[str, str]]:
    content = file.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_csv_file_has_a_row_for_each_district_and_one_for_what_is_not_done(
    studied: Studied, tmp_path: Path
) -> None:
    file = tmp_path / "out.csv"
    written(studied(INFEASIBLE), file)
    rows = read_csv(file)
    assert list(rows[0]) == [
        *("scenario", "budget.amount", "inputs.tier.440784"),
        *("status", "key", "equalisation", "total"),
    ]
    assert [row["scenario"] for row in rows] == ["1", "2", *["3"] * 7, *["4"] * 7]
    assert rows[1] == {
        "scenario": "2",
        "budget.amount": "3500",
        "inputs.tier.440784": "B",
        "status": "rejected",
        "key": "",
        "equalisation": "",
        "total": "",
    }
    last = [row["total"] for row in rows if row["scenario"] == "4"]
    assert last == ["325", "150", "552", "1080", "755", "402", "736"]


def test_beside_it_stands_a_file_with_a_row_for_each_scenario(
    studied: Studied, tmp_path: Path
) -> None:
    before = "constraints: {near: total >= baseline.total - 20}\n"
    written(studied("vary: {parameters.growth_cap: [15%, 25%]}", before), tmp_path / "out.csv")
    rows = read_csv(tmp_path / "out.scenarios.csv")
    assert rows == [
        {
            "scenario": number,
            "parameters.growth_cap": cap,
            "status": "done",
            "total": "4000",
            "losers": losers,
            "winners": winners,
            "near": status,
            "near.margin": margin,
        }
        for number, cap, losers, winners, status, margin in (
            ("1", "0.15", "4", "2", "broken", "-6"),
            ("2", "0.25", "0", "0", "holds", "20"),
        )
    ]


@pytest.mark.parametrize("sweep_of", [INFEASIBLE, SAMPLED])
def test_csv_parquet_and_json_hold_the_same(
    studied: Studied, tmp_path: Path, sweep_of: str
) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    study = studied(sweep_of)
    for ending in (".csv", ".parquet", ".json"):
        written(study, tmp_path / f"out{ending}")
    rows = read_csv(tmp_path / "out.csv")
    document = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    from_parquet = parquet.read_table(tmp_path / "out.parquet").to_pylist()
    for other in (document["rows"], from_parquet):
        assert len(other) == len(rows)
        for row, theirs in zip(rows, other, strict=True):
            assert list(theirs) == list(row)
            for name, text in row.items():
                value = theirs[name]
                if not text or value is None:
                    assert not text
                    assert value is None
                elif isinstance(value, str):
                    assert text == value
                else:
                    assert float(text) == float(value)


def test_figures_that_move_by_themselves_stand_in_the_row_of_their_district(
    studied: Studied, tmp_path: Path
) -> None:
    swept = written(studied(SAMPLED), tmp_path / "out.csv")
    rows = read_csv(tmp_path / "out.csv")
    changes = swept.source.design.rows(0, 1)[0][0]
    assert [float(row["inputs.population"]) * 10**4 for row in rows[:7]] == pytest.approx(
        list(changes)  # type: ignore[call-overload]
    )
    assert len({row["inputs.revenue"] for row in rows[:7]}) == 1


def test_a_run_that_fails_leaves_no_file_and_an_old_one_as_it_was(
    studied: Studied, tmp_path: Path
) -> None:
    file = tmp_path / "out.csv"
    file.write_text("old")
    asked = prepared(studied(SAMPLED))
    with (
        pytest.raises(ZeroDivisionError),
        files.data_writers(asked, str(file), "zh") as writers,
    ):
        asked.run([*writers.takers, Failing()])
    assert file.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["out.csv"]


class Failing:
    def take(self, chunk: object) -> None:
        raise ZeroDivisionError


def test_json_tells_how_amounts_spread_and_why_scenarios_are_not_done(
    studied: Studied, tmp_path: Path
) -> None:
    written(studied(INFEASIBLE), tmp_path / "out.json")
    document = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert document["counts"] == {"done": 2, "rejected": 2, "invalid": 0}
    (reason,) = document["reasons"]
    assert (reason["scenarios"], reason["first"]) == (2, 1)
    assert "3,500" in reason["message"]
    heshan = document["districts"][5]
    assert (heshan["key"], heshan["compared"], heshan["losing"]) == ("440784", 402, 0)
    assert document["districts"][-1]["q50"] == 4000


def test_weights_that_no_longer_add_up_are_told_to_be_rescaled(studied: Studied) -> None:
    study = studied(
        "vary:\n  grants.equalisation.share.factors.area: [20%, 25%]\n"
        "  grants.equalisation.share.factors.towns: [10%, 12%]"
    )
    assert "rescale:" in sweep_view(sweep(study), "zh", 80)


def test_json_has_the_indices(studied: Studied, tmp_path: Path) -> None:
    study = studied(
        "vary: {budget.amount: {from: 3700, to: 4300}}\nsample: {size: 4}\n"
        "indices: {of: [total, 蓬江区], size: 16}"
    )
    written(study, tmp_path / "out.json")
    first, second = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["indices"]
    assert (first["of"], second["of"], first["path"]) == ("total", "蓬江区", "budget.amount")
    assert first["first"] == pytest.approx(1, abs=0.2)


# -- pages -----------------------------------------------------------------------------------------


def test_a_workbook_has_the_districts_with_their_total_and_what_was_varied(
    studied: Studied, tmp_path: Path
) -> None:
    calamine = pytest.importorskip("python_calamine")
    study = studied(
        "vary: {parameters.growth_cap: [15%, 25%]}\nquantiles: [0%, 50%]\ntable: [losers, 恩平市]"
    )
    (tmp_path / "out.xlsx").write_bytes(workbook_bytes(sweep(study), "zh"))
    book = calamine.CalamineWorkbook.from_path(str(tmp_path / "out.xlsx"))
    assert book.sheet_names == ["数据表", "最小和最大", "说明"]
    rows = book.get_sheet_by_name("最小和最大").to_python()
    assert rows[1][-1] == "单位：万元"
    assert rows[2] == ["代码", "名称", "比较值", "最小", "最大"]
    assert rows[3] == ["440703", "蓬江区", 325, 299, 325]
    assert rows[10] == ["合计", "", 4000, 4000, 4000] or rows[10][1:] == ["合计", 4000, 4000, 4000]
    table = book.get_sheet_by_name("数据表").to_python()
    assert table[2:] == [["取值", "减少的地区数", "恩平市"], ["15%", 4, 736], ["25% *", 0, 736]]
    about = [row[1] for row in book.get_sheet_by_name("说明").to_python()]
    assert "parameters.growth_cap：15%、25%" in about


def test_the_same_sweep_gives_the_same_workbook(studied: Studied) -> None:
    study = studied(SAMPLED)
    assert workbook_bytes(sweep(study), "en") == workbook_bytes(sweep(study), "en")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_terminal_shows_all_in_its_width(studied: Studied, language: str) -> None:
    study = studied(
        "vary:\n  budget.amount: {from: 3500, to: 4500, step: 100}\n"
        "  parameters.growth_cap: {from: 15%, to: 35%, step: 1%}"
    )
    view = sweep_view(sweep(study), language, 80)
    # A path breaks nowhere.
    lines = [line for line in view.splitlines() if "policy.yaml" not in line]
    assert max(map(width, lines)) <= 80
    assert ("共 231 个情景" if language == "zh" else "231 scenarios") in view
    assert ("资金不足 21 个" if language == "zh" else "short of money: 21") in view
    assert ("合计" if language == "zh" else "Total") in view


def test_of_no_scenario_that_pays_only_the_reason_is_shown(studied: Studied) -> None:
    swept = sweep(studied("vary: {budget.amount: [3000, 3100]}"))
    view = sweep_view(swept, "zh", 80)
    assert "没有一个情景可执行" in view
    assert "蓬江区    " not in view
    assert workbook_bytes(swept, "zh")
    assert markdown_bytes(swept, "zh")


def test_markdown_has_the_table_with_its_total(studied: Studied) -> None:
    text = markdown_bytes(
        sweep(studied("vary: {parameters.growth_cap: [15%, 25%]}")), "zh"
    ).decode()
    assert "| 440703 | 蓬江区 | 325 |" in text
    assert "| --- | --- | ---: |" in text
    assert "合计" in text


@pytest.mark.parametrize("out", ["out.txt", "out", "out.csv.gz"])
def test_an_ending_that_names_no_format_is_refused(out: str) -> None:
    with pytest.raises(OutputError):
        check_destination(out, files.FORMATS)
