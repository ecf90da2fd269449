"""Names of files made from names of anything: inside one folder, and never two names one file."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Final
from unicodedata import category, normalize

MOST_BYTES: Final = 150
"""Of a name as it stands in a file's; fifty Chinese characters. File systems allow 255."""

_DEVICES: Final = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\..*)?", re.I
)
# Besides what Windows forbids: its own short names have a ~, and the @ is ours.
_SIGNS: Final = '<>:"/\\|?*~%@'
_SEEN: Final = ("L", "N", "P", "S", "M")
"""Categories of characters that are seen; the others are controls, blanks, marks of direction."""


def confined(folder: str | Path, name: str, ending: str) -> Path:
    """Return a file inside `folder` for any name at all.

    A plain name stays as it is. Capitals are counted behind an ``@``, for file systems that do not
    tell them from small letters; whatever else a file system may refuse, shorten, mistake or
    follow out of the folder is replaced, and a digest of the name put behind an ``@``. Two
    different names never give one file, as long as two digests of 80 bits differ.

    Parameters
    ----------
    name : str
        Of a policy or a scenario.
    ending : str
        With its dot.

    Examples
    --------
    >>> [confined("out", name, ".csv").name for name in ("方案一", "Base", "../x", "CON")]
    ['方案一.csv', 'Base@1.csv', '_.._x@d6b96a97d147daaae49e.csv', '_CON@a3dbc4b644a9a2c51e74.csv']
    """
    return Path(folder) / f"{_stem(name)}{ending}"


def _stem(name: str) -> str:
    small = name.lower()
    if not _is_plain(small) or not _differs_by_capitals(name, small):
        return _replaced(name)
    capitals = sum(1 << place for place, letter in enumerate(name) if letter != small[place])
    marked = f"{name}@{capitals:x}" if capitals else name
    # Longer counts could be taken for digests.
    return marked if capitals < 1 << 64 else _replaced(name)


def _differs_by_capitals(name: str, small: str) -> bool:
    """Whether each letter is the small one or its capital; a few have a third form."""
    return len(name) == len(small) and all(
        letter in (other, other.upper()) for letter, other in zip(name, small, strict=True)
    )


def _is_plain(name: str) -> bool:
    """Whether a name without capitals is its own file on every file system."""
    return (
        0 < len(name.encode("utf-8", "surrogatepass")) <= MOST_BYTES
        and all(map(_is_plain_letter, name))
        and normalize("NFC", name) == name
        and name[0] not in " .-"
        and name[-1] not in " ."
        and _DEVICES.fullmatch(name) is None
    )


def _is_plain_letter(letter: str) -> bool:
    if letter == " ":
        return True
    # A letter that is not its capital's small letter is one with another somewhere.
    return (
        letter not in _SIGNS
        and category(letter)[0] in _SEEN
        and letter.upper().lower() == letter.casefold() == letter
    )


def _replaced(name: str) -> str:
    content = name.encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(content).hexdigest()[:20]
    kept = "".join(c if c not in _SIGNS and category(c)[0] in _SEEN else "_" for c in name)
    short = kept.encode("utf-8")[: MOST_BYTES // 2].decode("utf-8", "ignore")
    return f"_{short}@{digest}"
