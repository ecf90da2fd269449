"""Where the published tables of the cases are; what the file of a case may say."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import pytest
import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "cases"


def _ratio(text: Any) -> Any:
    """Read 99.8% as 0.998."""
    whole = isinstance(text, str) and text.endswith("%")
    return Decimal(text.removesuffix("%")) / 100 if whole else text


Ratio = Annotated[Decimal, BeforeValidator(_ratio)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(_Strict):
    """A column of a published table: its file, the column of keys, the column of figures."""

    file: str
    key: str
    column: str


class Exact(_Strict):
    """How many figures are the published ones when rounded to as many digits."""

    digits: int
    at_least: int


class Mostly(_Strict):
    """Which share of the figures is closer than the tolerance asks."""

    relative: Decimal
    share: Ratio


class Comparison(_Strict):
    """How one column of `transfers run` is held against a published one.

    `rows` figures are compared: those with a published one, of which `except` (key: reason) are
    left out by name, `with_exceptions` in all; with `only`, those for which that column of the run
    is 1. `worst` is the largest difference, in whole units, where a rule is known to be wrong;
    `published_sum` what the published figures add up to, where that is not what was divided.
    """

    published: Column
    rows: int
    with_exceptions: int | None = None
    only: str = ""
    within: Decimal | None = None
    relative: Decimal | None = None
    exact: Exact | None = None
    mostly: Mostly | None = None
    worst: Decimal | None = None
    published_sum: Decimal | None = None
    left_out: dict[str, str] = Field(default={}, alias="except")


class Run(_Strict):
    """One run on published tables, and statements (facts) that hold in it.

    `replacing` says which text of the policy to put in place of which, for a rule that is another;
    `same_rows` which file of the folder has the figures of which published one.
    """

    title: str
    policy: str = "policy.yaml"
    districts: str
    join: list[str] = []
    values: dict[str, str] = Field(default={}, alias="set")
    compare: dict[str, Comparison]
    facts: dict[str, str] = {}
    replacing: dict[str, str] = {}
    same_rows: dict[str, str] = {}


class SmallRun(_Strict):
    """One run on the table of the policy's folder; `expected` was worked out by hand.

    `columns` says which column of `expected` each column of the run is held against; left out,
    those of the same name.
    """

    title: str = "small"
    policy: str = "policy.yaml"
    values: dict[str, str] = Field(default={}, alias="set")
    expected: str
    columns: dict[str, str] = {}
    facts: dict[str, str] = {}


class Case(_Strict):
    """What `case.yaml` says."""

    small: list[SmallRun]
    published: list[Run] = []


def case(folder: Path) -> Case:
    """Read the file of a case; every value in it is a text until its field is known."""
    text = (folder / "case.yaml").read_text(encoding="utf-8")
    return Case.model_validate(yaml.load(text, Loader=yaml.BaseLoader))


def folders() -> list[Path]:
    """Return the folders of all cases that have a policy of their own."""
    return sorted(path.parent for path in CASES.glob("*/case.yaml"))


def tables(folder: Path) -> Path:
    """Return the folder of a case's published tables; skip where there is none."""
    named = os.environ.get("TRANSFERS_CASES")
    found = (Path(named) if named else ROOT.parent / "shared" / "cases") / folder.name
    if not found.is_dir():
        said = f"needs the published tables in {found}; TRANSFERS_CASES may name another folder"
        if os.environ.get("TRANSFERS_TEST_SET_UP"):
            pytest.fail(said)  # CI has them
        pytest.skip(said)
    return found
