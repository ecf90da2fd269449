"""The bytes of a text file brought to UTF-8, whatever it was saved as."""

from __future__ import annotations

from codecs import getincrementaldecoder, utf_8_decode
from typing import Final

from transfers.districts.faults import Faults
from transfers.errors import Place

MOST_BYTES: Final = 1_000_000_000
"""The largest file that is read."""

_BYTE_ORDER_MARKS: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CHUNK: Final = 65_536
_FEW: Final = 16


def brought_to_utf_8(file: str, data: bytes) -> tuple[bytes | bytearray, int, str]:
    """Tell what a text file is written in, by byte order mark, else UTF-8, else GB18030.

    Parameters
    ----------
    file : str
        The file, as messages name it.
    data : bytes

    Returns
    -------
    text : bytes or bytearray
        The text in UTF-8: `data` itself if it is.
    first : int
        Where the text begins.
    encoding : str
        ``utf-8``, ``utf-8-sig``, ``utf-16``, ``utf-32`` or ``gb18030``.

    Raises
    ------
    TableError
        The file is too large, or some of it is no text in its encoding.
    """
    faults = Faults()
    if len(data) > MOST_BYTES:
        faults.add("table.too_large", Place(file), megabytes=MOST_BYTES // 1_000_000)
        faults.raise_any()
    marked = [encoding for mark, encoding in _BYTE_ORDER_MARKS if data.startswith(mark)]
    if not marked and b"\0" in data[:_CHUNK] and _is_unmarked_utf_16(data[:_CHUNK]):
        faults.add("table.encoding_unmarked", Place(file))
        faults.raise_any()
    for encoding in marked or ("utf-8", "gb18030"):
        try:
            if encoding in ("utf-32", "utf-16", "gb18030"):
                return _transcoded(data, encoding), 0, encoding
            first = 3 if marked else 0
            _check_utf_8(data, first)
            return data, first, encoding
        except UnicodeDecodeError:
            continue
    # The encoding that got furthest is the likeliest; its trouble is the one to show.
    reached = max(_reached(data, encoding) for encoding in marked or ("utf-8", "gb18030"))
    before = data[:reached]
    line = before.count(b"\n") + 1
    column = before[before.rfind(b"\n") + 1 :].count(b",") + 1
    code = "table.encoding_marked" if marked else "table.encoding"
    said = (marked or [""])[0].upper().removesuffix("-SIG")
    faults.add(code, Place(file, line, column), encoding=said)
    faults.raise_any()
    raise AssertionError


def _is_unmarked_utf_16(data: bytes) -> bool:
    """Tell whether commas and ends of lines are those of UTF-16, of either order."""
    try:
        utf_8_decode(data, "strict", False)
        is_utf_8 = True
    except UnicodeDecodeError:
        is_utf_8 = False
    for letters, zeros in ((data[::2], data[1::2]), (data[1::2], data[::2])):
        pairs = zip(letters, zeros, strict=False)
        wide = sum(1 for letter, zero in pairs if zero == 0 and letter in b",\t\n")
        # The lower half of a letter such as 一 is 0 as well. ASCII alone has every second byte 0.
        often = 4 * letters.count(0) if not is_utf_8 else max(0.9 * len(zeros), _FEW)
        if wide > 1 and zeros.count(0) > often:
            return True
    return False


def _check_utf_8(data: bytes, first: int) -> None:
    """Decode UTF-8 a piece at a time, and keep nothing."""
    view, at = memoryview(data), first
    while at < len(data):
        _, used = utf_8_decode(view[at : at + _CHUNK], "strict", at + _CHUNK >= len(data))
        at += used


def _transcoded(data: bytes, encoding: str) -> bytearray:
    """Bring a text to UTF-8, a piece at a time."""
    decoder = getincrementaldecoder(encoding)()
    text = bytearray()
    for at in range(0, len(data), _CHUNK):
        text += decoder.decode(data[at : at + _CHUNK]).encode()
    text += decoder.decode(b"", final=True).encode()
    return text


def _reached(data: bytes, encoding: str) -> int:
    """Return where the text breaks."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start
    return len(data)
