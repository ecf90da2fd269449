"""The Markdown table: shown on GitHub as it is meant."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt

from tests.output.conftest import HOSTILE, Allocated
from transfers.allocation import Allocation
from transfers.output.markdown_file import escaped, markdown_bytes


def shown(text: str) -> str:
    """Return what a reader sees of a line of Markdown, with html kept where it would act."""
    html = MarkdownIt("commonmark", {"html": True}).enable("table").renderInline(text)
    assert "<" not in html, f"acts as html: {html}"
    for sign, entity in (("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("&", "&amp;")):
        html = html.replace(entity, sign)
    return html


def test_title_unit_and_total_stand_where_the_terminal_has_them(jiangmen: Allocation) -> None:
    lines = markdown_bytes(jiangmen, "en").decode().splitlines()
    assert lines[0] == "# 江门市因素法均衡性补助（示例）"
    assert lines[2] == "Unit: 万元"
    assert lines[4].startswith("| Key | Name | 因素法均衡性补助 |")
    assert lines[5] == "| --- | --- | ---: | ---: | ---: | ---: |"
    assert lines[9] == "| 440781 | 台山市 | 1,080 | 1,080 | 0 | 0.00% |"
    assert lines[-1] == "| **Total** |  | **4,000** | **3,600** | **+400** | **+11.11%** |"


@pytest.mark.parametrize(
    "name", [*HOSTILE, "a\nb", "[x](http://y)", "`rm`", "1. x", "# x", "~~x~~"]
)
def test_a_name_is_shown_as_it_is_written(name: str) -> None:
    assert shown(escaped(name)) == " ".join(name.split())


def test_every_row_has_the_cells_of_the_header(allocated: Allocated) -> None:
    text = markdown_bytes(allocated(HOSTILE), "zh").decode()
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    rows = [len(re.findall("<t[hd]", row)) for row in html.split("<tr>")[1:]]
    assert rows == [rows[0]] * (len(HOSTILE) + 2)
    assert "<b>" not in html
    assert "<a " not in html
