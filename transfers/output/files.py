"""Files of an answer: a registry of formats for each kind, each written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from transfers import progress
from transfers.errors import Fault, OutputError, Place
from transfers.output.folder import confined
from transfers.output.whole_file import write_whole

if TYPE_CHECKING:
    from transfers.districts.table import Districts
    from transfers.policy.policy import Policy

Encode = Callable[[Any, str], bytes]


class Format(Struct, frozen=True):
    """A kind of file.

    Parameters
    ----------
    module, function : str
        (what is written, language) -> bytes.
    needs : tuple of str
        Libraries of which one must be installed.
    """

    module: str
    function: str
    needs: tuple[str, ...] = ()


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        ".xlsx": Format("transfers.output.workbook", "workbook_bytes"),
        ".csv": Format("transfers.output.csv_file", "csv_bytes"),
        ".json": Format("transfers.output.json_file", "json_bytes"),
        ".parquet": Format("transfers.output.parquet_file", "parquet_bytes", ("pyarrow", "polars")),
        ".md": Format("transfers.output.markdown_file", "markdown_bytes"),
    }
)
"""Ending -> format. A format of one's own is a module here and a line in this registry."""


_ENCODERS: Final = {
    ".xlsx": "workbook_bytes",
    ".csv": "csv_bytes",
    ".json": "json_bytes",
    ".parquet": "parquet_bytes",
    ".md": "markdown_bytes",
}


def formats_in(module: str, *, without: tuple[str, ...] = ()) -> Mapping[str, Format]:
    """Return the formats of an answer whose encoders all stand in one module."""
    return MappingProxyType(
        {
            ending: Format(module, function, FORMATS[ending].needs)
            for ending, function in _ENCODERS.items()
            if ending not in without
        }
    )


def format_of(path: str, formats: Mapping[str, Format] = FORMATS) -> Format | None:
    """Return the format that a file's ending names."""
    return next((formats[ending] for ending in formats if path.lower().endswith(ending)), None)


def encoder(path: str, formats: Mapping[str, Format] = FORMATS) -> Encode:
    """Return what encodes an allocation, or what `formats` are of, by the file's ending.

    Raises
    ------
    OutputError
        For an ending that names no format, and where a library is missing that the format needs.
    """
    chosen = format_of(path, formats)
    if chosen is None:
        words = {"file": path, "endings": tuple(formats)}
        raise OutputError([Fault("command.unknown_format", values=words)])
    if chosen.needs and not any(find_spec(library) for library in chosen.needs):
        raise OutputError([Fault("output.library_missing", Place(path), {"needs": chosen.needs})])
    encode: Encode = getattr(import_module(chosen.module), chosen.function)
    return encode


def is_folder(out: str) -> bool:
    """Whether a name means a folder to write into: there is one, or by its last sign.

    A folder called ``result.xlsx`` is taken for a slip unless a separator says that it is meant.
    """
    by_its_sign = out.endswith(("/", os.sep))
    return by_its_sign or (os.path.isdir(out) and format_of(out) is None)


def check_destination(out: str, formats: Mapping[str, Format] = FORMATS) -> None:
    """Refuse what cannot become a file, before any work is done.

    Raises
    ------
    OutputError
        As :func:`encoder` does.
    """
    if not is_folder(out):
        encoder(out, formats)


def destination(out: str, name: str) -> str:
    """Return the file to write: in a folder a workbook called `name`, else `out` itself."""
    return str(confined(out, name, ".xlsx")) if is_folder(out) else out


def files_read(policy: Policy, districts: Districts) -> list[str]:
    """Return every file that a policy and a table came from: nothing may be written over them."""
    files = [policy.document.source.file, *policy.files_above]
    files += [source.file for source in (*policy.sources, *districts.sources)]
    return list(dict.fromkeys(files))


def write_file(
    answer: Any, path: str, language: str, formats: Mapping[str, Format] = FORMATS
) -> None:
    """Write an answer to a file; its ending picks the format.

    Parameters
    ----------
    answer : Allocation
        One that was not rejected; or what else `formats` are of.

    Raises
    ------
    OutputError
        For an ending that names no format; where the format cannot hold the answer, or a library
        is missing that it needs.
    OSError
        Where the file cannot be written; an old file stays as it was.
    """
    content = encoder(path, formats)(answer, language)
    with progress.stage("write"):
        write_whole(path, content)
