"""Files of a survey: data for programs, a workbook for people; each whole or not at all."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any, Final

from scenarios.edges.columns import cliff_columns, reach_columns, rows_of
from scenarios.edges.findings import findings
from scenarios.edges.reach import Reaches
from scenarios.edges.survey import Survey
from transfers.output.csv_file import csv_of
from transfers.output.files import formats_in
from transfers.output.json_text import Written, json_of
from transfers.output.parquet_file import parquet_of
from transfers.written import decimal_text

Found = Survey | Reaches

FORMATS: Final = formats_in("scenarios.edges.files", without=(".md",))


def workbook_bytes(found: Found, language: str) -> bytes:
    """Return it as a workbook."""
    from scenarios.edges import workbook

    if isinstance(found, Survey):
        return workbook.survey_bytes(found, language)
    return workbook.reaches_bytes(found, language)


def _columns(found: Found) -> list[Any]:
    return cliff_columns(found) if isinstance(found, Survey) else reach_columns(found)


def csv_bytes(found: Found, language: str) -> bytes:
    """Return the columns as csv."""
    return csv_of(_columns(found))


def parquet_bytes(found: Found, language: str) -> bytes:
    """Return the columns as parquet."""
    money = found.setting.policy.money
    remarks = {"policy": found.setting.policy.id, "currency": money.currency, "unit": money.unit}
    return parquet_of(_columns(found), remarks)


def json_bytes(found: Found, language: str) -> bytes:
    """Return the rows as JSON, with what they were made of and the findings."""
    policy, money = found.setting.policy, found.setting.policy.money
    document: dict[str, Any] = {
        "policy": policy.id,
        "title": policy.title,
        "variant": found.title,
        "money": {"currency": money.currency, "unit": money.unit},
        "files": [
            {"file": PurePath(file).name, "sha256": sha256}
            for file, sha256 in found.setting.districts.files
        ],
    }
    if isinstance(found, Survey):
        asked = found.asked
        document["within"] = Written(decimal_text(asked.within, 12))
        document["step"] = Written(decimal_text(asked.step, 12))
        document["least"] = asked.least
        told = findings(found, language)
        document["findings"] = [finding.to_dict(language) for finding in told]
    else:
        document["by"] = Written(decimal_text(found.by, 12))
    document["rows"] = list(rows_of(_columns(found)))
    return json_of(document)
