"""Files of an allocation: one registry of formats, each written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType
from typing import Final

from msgspec import Struct

from transfers import progress
from transfers.allocation import Allocation
from transfers.errors import Fault, OutputError, Place
from transfers.output.folder import confined
from transfers.output.whole_file import write_whole

Encode = Callable[[Allocation, str], bytes]


class Format(Struct, frozen=True):
    """A kind of file.

    Parameters
    ----------
    module, function : str
        In this room: (allocation, language) -> bytes.
    needs : tuple of str
        Libraries of which one must be installed.
    """

    module: str
    function: str
    needs: tuple[str, ...] = ()


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        ".xlsx": Format("workbook", "workbook_bytes"),
        ".csv": Format("csv_file", "csv_bytes"),
        ".json": Format("json_file", "json_bytes"),
        ".parquet": Format("parquet_file", "parquet_bytes", ("pyarrow", "polars")),
        ".md": Format("markdown_file", "markdown_bytes"),
    }
)
"""Ending -> format. A format of one's own is a module here and a line in this registry."""


def format_of(path: str) -> Format | None:
    """Return the format that a file's ending names."""
    return next((FORMATS[ending] for ending in FORMATS if path.lower().endswith(ending)), None)


def encoder(path: str) -> Encode:
    """Return what encodes an allocation for a file, by the file's ending.

    Raises
    ------
    OutputError
        For an ending that names no format, and where a library is missing that the format needs.
    """
    chosen = format_of(path)
    if chosen is None:
        words = {"file": path, "endings": tuple(FORMATS)}
        raise OutputError([Fault("command.unknown_format", values=words)])
    if chosen.needs and not any(find_spec(library) for library in chosen.needs):
        raise OutputError([Fault("output.library_missing", Place(path), {"needs": chosen.needs})])
    room = import_module(f"transfers.output.{chosen.module}")
    encode: Encode = getattr(room, chosen.function)
    return encode


def is_folder(out: str) -> bool:
    """Whether a name means a folder to write into: there is one, or by its last sign.

    A folder called ``result.xlsx`` is taken for a slip unless a separator says that it is meant.
    """
    by_its_sign = out.endswith(("/", os.sep))
    return by_its_sign or (os.path.isdir(out) and format_of(out) is None)


def check_destination(out: str) -> None:
    """Refuse what cannot become a file, before any work is done.

    Raises
    ------
    OutputError
        As :func:`encoder` does.
    """
    if not is_folder(out):
        encoder(out)


def destination(out: str, name: str) -> str:
    """Return the file to write: in a folder a workbook called `name`, else `out` itself."""
    return str(confined(out, name, ".xlsx")) if is_folder(out) else out


def write_allocation(allocation: Allocation, path: str, language: str) -> None:
    """Write an allocation that was not rejected to a file; its ending picks the format.

    Raises
    ------
    OutputError
        For an ending that names no format; where the format cannot hold the allocation, or a
        library is missing that it needs.
    OSError
        Where the file cannot be written; an old file stays as it was.
    """
    content = encoder(path)(allocation, language)
    with progress.stage("write"):
        write_whole(path, content)
