"""What the workbook of an outlook says of figures set in a year, and names that are long."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from scenarios.outlook.pages.report import report_of
from scenarios.outlook.pages.workbook import workbook_bytes
from tests.outlook.conftest import Look
from transfers.output.book import LINE, lines_in

LONG = "a_variant_whose_id_says_at_great_length_what_it_changes_and_when"
STUDY = f"""\
years:
  from: 2026
  until: 2028
  next: {{revenue: +5%}}
  set: {{inputs.population.c1: {{2027: 12}}}}
  changes: {{2028: {{data: {{revenue: {{西县: 1600}}, population: +3%}}}}}}
variants: {{{LONG}: {{set: {{inputs.population.c3: 31}}}}}}
"""


def book_of(look: Look, language: str) -> Any:
    return openpyxl.load_workbook(BytesIO(workbook_bytes(report_of(look(STUDY)), language)))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "zh",
            [
                ("基准", "2027", "本次改动：inputs.population.c1 = 12（原 10）"),
                ("基准", "2028", "本次改动：inputs.revenue.c2 = 1600（原 1500）"),
                ("基准", "2028", "本次改动：population：+3%（3 个地区）"),
                (LONG, "", "本次改动：inputs.population.c3 = 31（原 30）"),
            ],
        ),
        (
            "en",
            [
                ("Baseline", "2027", "Changed for this run: inputs.population.c1 = 12 (was 10)"),
                ("Baseline", "2028", "Changed for this run: inputs.revenue.c2 = 1600 (was 1500)"),
                ("Baseline", "2028", "Changed for this run: population: +3% (districts: 3)"),
                (LONG, "", "Changed for this run: inputs.population.c3 = 31 (was 30)"),
            ],
        ),
    ],
)
def test_notes_list_figures_that_change_in_a_year_once_each_and_none_that_are_carried(
    look: Look, language: str, told: list[tuple[str, str, str]]
) -> None:
    notes = book_of(look, language).worksheets[-1]
    item = {"zh": "改动的数", "en": "Figures changed"}[language]
    rows = [row for row in notes.iter_rows(values_only=True) if row[2] == item]
    assert [(row[0], row[1], row[3]) for row in rows] == told


def test_a_long_id_has_room_in_its_heading_and_beside_its_figures(look: Look) -> None:
    sheet = book_of(look, "zh").worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if LONG in str(cell.value)]
    assert len(cells) > 2
    for cell in cells:
        wide = sheet.column_dimensions[cell.column_letter].width
        assert sheet.row_dimensions[cell.row].height >= LINE * -(-len(LONG) // int(wide))


def test_a_word_longer_than_its_cell_is_broken() -> None:
    assert lines_in("x" * 20, 12) == 2
    assert lines_in("x" * 21, 12) == 3
    assert lines_in(f"one {'x' * 20} two", 12) == 4
    assert lines_in("", 12) == 1
