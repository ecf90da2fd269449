"""Files of a sweep: data of every scenario, written while it runs; summaries for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from types import MappingProxyType
from typing import Any, Final

from msgspec import Struct

from scenarios.running.source import Taker
from scenarios.sweeping.swept import Prepared, Swept
from transfers.output.files import Format, encoder
from transfers.output.whole_file import being_written

_HERE: Final = "scenarios.sweeping"
FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        ".xlsx": Format(f"{_HERE}.workbook", "workbook_bytes"),
        ".md": Format(f"{_HERE}.markdown", "markdown_bytes"),
        ".csv": Format(f"{_HERE}.data_files", "CsvRows"),
        ".parquet": Format(f"{_HERE}.data_files", "ParquetRows", ("pyarrow",)),
        ".json": Format(f"{_HERE}.json_file", "JsonRows"),
    }
)
"""Ending -> format: pages are encoded when all is done, data files are written as it goes."""

PAGES: Final = (".xlsx", ".md")
SCENARIOS: Final = ".scenarios.csv"
"""Ending of the file with a row for each scenario, beside a csv or parquet file."""


def files_of(out: str) -> tuple[str, ...]:
    """Return all files that are written: a data file has one beside it."""
    ending = next((each for each in (".csv", ".parquet") if out.lower().endswith(each)), None)
    return (out,) if ending is None else (out, out[: -len(ending)] + SCENARIOS)


class Writers(Struct, frozen=True):
    """What writes data files while a sweep runs.

    Parameters
    ----------
    takers : list of Taker
    """

    takers: list[Any]

    def close(self, swept: Swept) -> None:
        """Write what stands at the end of the files."""
        for taker in self.takers:
            taker.close(swept)


@contextmanager
def data_writers(prepared: Prepared, out: str | None, language: str) -> Iterator[Writers]:
    """Write the data files that a destination means, whole or not at all; none for pages."""
    with ExitStack() as stack:
        takers: list[Taker] = []
        if out is not None and not out.lower().endswith(PAGES):
            from scenarios.sweeping.data_files import ScenarioRows

            rows: Any = encoder(out, FORMATS)
            file, *beside = files_of(out)
            takers.append(rows(prepared, stack.enter_context(being_written(file)), language))
            for name in beside:
                takers.append(ScenarioRows(prepared, stack.enter_context(being_written(name))))
        yield Writers(takers)
