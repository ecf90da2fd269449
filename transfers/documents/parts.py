"""Read a document other than a policy: the same YAML, the same checks, other keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from transfers.documents.keys import Part
from transfers.documents.yaml_source import Source, read_text, scan
from transfers.errors import DocumentError, Fault, Place

_Whole = TypeVar("_Whole", bound=Part)


def read_parts(
    path: str,
    whole: type[_Whole],
    between: Callable[[Source], Iterable[Fault]],
    otherwise: Callable[[object], str],
) -> tuple[Source, _Whole]:
    """Read a YAML document into parts.

    Parameters
    ----------
    path : str
    whole : type of Part
        What the whole document is read as.
    between : callable
        What is wrong between its keys, where its shape may be anything.
    otherwise : callable
        Takes the plain tree; code of what to say where the document is no such document at all,
        else "".

    Raises
    ------
    DocumentError
        With every fault of the document, in reading order.
    """
    from pydantic_core import ValidationError

    from transfers.documents.faults import document_faults
    from transfers.documents.shape import read_as

    source, found = scan(read_text(path), path)
    code = otherwise(source.data)
    if code:
        raise DocumentError([*found, Fault(code, Place(source.file, 1, 1))])
    shape = None
    try:
        read = read_as(whole, source.data)
    except ValidationError as error:
        shape = error
    wrong = list(between(source))
    if shape is None and not found and not wrong:
        return source, read
    raise DocumentError(document_faults(source, shape, whole, found, wrong))
