"""Names with braces: ``pop_{year - 1}``, ``revenue_{year}.csv``, ``pupils_{item}``."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct


class Piece(Struct, frozen=True):
    """A piece of a name: a text as it stands, or what stands between braces.

    Parameters
    ----------
    text : str
    offset : int
        Of its first letter in the name.
    in_braces : bool
    """

    text: str
    offset: int
    in_braces: bool = False


class OpenBraceError(Exception):
    """A brace that nothing closes; its offset in the name."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


def pieces(name: str) -> Iterator[Piece]:
    """Take a name apart at its braces; ``{{`` is a brace of the name itself.

    Raises
    ------
    OpenBraceError
        A brace that nothing closes.

    Examples
    --------
    >>> [piece.text for piece in pieces("pop_{year - 1}_{{a}")]
    ['pop_', 'year - 1', '_', '{', 'a}']
    """
    at = 0
    while (start := name.find("{", at)) >= 0:
        if start > at:
            yield Piece(name[at:start], at)
        if name.startswith("{{", start):
            yield Piece("{", start)
            at = start + 2
            continue
        end = name.find("}", start)
        if end < 0:
            raise OpenBraceError(start)
        yield Piece(name[start + 1 : end], start + 1, in_braces=True)
        at = end + 1
    if at < len(name):
        yield Piece(name[at:], at)


def kept(text: str) -> str:
    """Return a text so written that :func:`pieces` reads it as it stands."""
    return text.replace("{", "{{")
