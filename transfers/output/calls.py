"""What is checked in a call before any work is done: files to write, values to set."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

UPSTREAM = "upstream"

_PLUS = re.compile(r"\+ *[0-9][0-9.,]*%?")
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?%?")


class Refused(Exception):
    """A call that makes no sense: the code of what to say, without its family, and its words."""

    def __init__(self, code: str, **words: object) -> None:
        super().__init__(code)
        self.code, self.words = code, words


def check_ending(out: str, endings: tuple[str, ...]) -> None:
    """Refuse an ending that names no format."""
    if not out.lower().endswith(endings):
        raise Refused("unknown_format", file=out, endings=endings)


def check_not_read(out: str, read: Sequence[str]) -> None:
    """Refuse to write over a file that was read."""
    there = os.path.exists(out)
    if there and any(os.path.exists(file) and os.path.samefile(file, out) for file in read):
        raise Refused("out_was_read", file=out)


def settings(
    pairs: Sequence[str] | None, policy: str = "", upstream: str | None = None
) -> dict[str, str]:
    """Split ``PATH=VALUE``; the policy of the level above is a value of the document too.

    Parameters
    ----------
    upstream : str, optional
        Relative to the working folder, as the call has it; the document has it beside itself.
    """
    values: dict[str, str] = {}
    if upstream is not None:
        values[f"{UPSTREAM}.policy"] = _beside(upstream, policy)
    for pair in pairs or ():
        path, equals, value = pair.partition("=")
        if not equals or not path.strip():
            raise Refused("set_without_value", pair=pair)
        if path.strip() in values:
            raise Refused("set_twice", path=path.strip())
        value = value.strip()
        if _PLUS.fullmatch(value):
            raise Refused("set_plus", path=path.strip(), value=value)
        # 7,000 is a figure wherever it may stand; a formula would take the comma for its own.
        values[path.strip()] = value.replace(",", "") if _THOUSANDS.fullmatch(value) else value
    return values


def _beside(file: str, policy: str) -> str:
    """Return the path of a file as the policy document would write it."""
    try:
        return os.path.relpath(file, os.path.dirname(policy) or ".")
    except ValueError:  # on another drive
        return os.path.abspath(file)


def typed(path: str) -> str:
    """Return a path as it is typed into a command."""
    return f'"{path}"' if " " in path else path
