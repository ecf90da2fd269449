"""Whatever a table's file holds: districts, or faults that a person can find and read.

``scripts/fuzz.py --tables`` does the same for as many cases as one has time for.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pandas
import polars
import pyarrow
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz import grids
from tests.fuzz.grids import Grids
from tests.fuzz.table_verdicts import verdict, verdict_of_table
from tests.fuzz.tables import Tables, seeds
from tests.good_time import within

SECONDS = 60.0  # for all the cases of a test; one of them takes some hundredths
CHANCE = st.randoms(use_true_random=False)
MAGIC = (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PAR1", b"\xff\xfe", b"code,")
fuzzed = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture(autouse=True)
def in_good_time() -> Iterator[None]:
    """Hold the cases of a test to their time."""
    with within(SECONDS):
        yield


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file that every table is written to: its name tells nothing."""
    return tmp_path_factory.mktemp("fuzz") / "table"


@pytest.mark.parametrize("ending", ["csv", "xlsx", "ods", "xls", "parquet"])
def test_every_table_that_is_damaged_below_is_sound_itself(ending: str, file: Path) -> None:
    for seed in seeds(ending):
        assert verdict_of_table(seed, file, run=True)[0] == "read"


@fuzzed
@given(magic=st.sampled_from(MAGIC), content=st.binary(max_size=300))
def test_any_bytes_are_a_table_or_refused_in_words(
    magic: bytes, content: bytes, file: Path
) -> None:
    assert verdict_of_table(magic + content, file)


@fuzzed
@given(rng=CHANCE)
def test_a_random_grid_is_read_or_refused_in_words_in_any_format(rng: Random, file: Path) -> None:
    assert verdict_of_table(Tables(rng).grid()[1], file, run=True)


@fuzzed
@given(ending=st.sampled_from(["xlsx", "ods"]), rng=CHANCE)
def test_changed_xml_is_read_or_refused_in_words(ending: str, rng: Random, file: Path) -> None:
    assert verdict_of_table(Tables(rng).archive(rng.choice(seeds(ending))), file)


@fuzzed
@given(ending=st.sampled_from(["xlsx", "ods", "xls", "parquet", "csv"]), rng=CHANCE)
def test_damaged_bytes_are_read_or_refused_in_words(ending: str, rng: Random, file: Path) -> None:
    assert verdict_of_table(Tables(rng).flipped(rng.choice(seeds(ending))), file)


@fuzzed
@given(rng=CHANCE)
def test_a_damaged_description_of_a_parquet_file_is_refused_in_words(
    rng: Random, file: Path
) -> None:
    assert verdict_of_table(Tables(rng).parquet(), file)


@fuzzed
@given(library=st.sampled_from(["pandas", "polars", "pyarrow"]), rng=CHANCE)
def test_a_frame_of_anything_is_read_or_refused_in_words(library: str, rng: Random) -> None:
    columns = grids.frame_columns(Grids(rng).any()[0])
    if library == "pandas":
        assert verdict(pandas.DataFrame(columns, dtype=object), run=True)
        return
    texts = {
        name: [None if value is None else str(value) for value in values]
        for name, values in columns.items()
    }
    frame = polars.DataFrame(texts) if library == "polars" else pyarrow.table(texts)
    assert verdict(frame, run=True)
