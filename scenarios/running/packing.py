"""A chunk as bytes: what travels between processes, and what stands in a store.

::

    8 bytes    what this is, and of which form
    16 bytes   hash of all that follows
    8 bytes    length of the head
    head       JSON: numbers of scenarios, where each array begins, notes, rules, measures
    arrays     districts first, scenarios last; each in the smallest whole numbers that hold it

A slice of the districts of one array is one stretch of the file: who looks at a few districts of
a hundred thousand scenarios reads only theirs. An array that is the same in all scenarios of the
chunk stands there once; a total that is the sum of the grants beside it does not stand there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from scenarios.running.chunk import Beside, Chunk, Ints, Note, Ruled
from transfers.messages import Phrase

MARK: Final = b"TRCHUNK1"
TOTAL: Final = ""
"""The name of the total among the arrays; no grant is called so."""

_HASH = 16
HEAD_AT: Final = len(MARK) + _HASH + 8


class DamagedError(Exception):
    """These bytes are no chunk, or not the one that was written."""


def packed(chunk: Chunk) -> bytes:
    """Return a chunk as bytes."""
    arrays = dict(chunk.amounts)
    if not _is_sum(chunk):
        arrays[TOTAL] = chunk.total
    places, bodies, at = {}, [], 0
    for name, array in arrays.items():
        body = _narrowed(array)
        places[name] = {"at": at, "dtype": body.dtype.str, "shape": body.shape}
        bodies.append(body.tobytes())
        at += len(bodies[-1])
    beside = None
    if chunk.beside is not None:
        body = _narrowed(chunk.beside.total)
        beside = {"at": at, "dtype": body.dtype.str, "shape": body.shape}
        beside["codes"] = chunk.beside.codes.tolist()
        bodies.append(body.tobytes())
    head = {
        "start": chunk.start,
        "codes": chunk.codes.tolist(),
        "arrays": places,
        "measures": {name: [_ratio(x) for x in row] for name, row in chunk.measures.items()},
        "rules": {
            name: [ruled.codes.tolist(), [_ratio(x) for x in ruled.margins]]
            for name, ruled in chunk.rules.items()
        },
        "notes": {n: [_note(note) for note in notes] for n, notes in chunk.notes.items()},
        "beside": beside,
    }
    text = json.dumps(head, ensure_ascii=False).encode("utf-8", "surrogatepass")
    rest = b"".join([len(text).to_bytes(8, "little"), text, *bodies])
    return MARK + _digest(rest) + rest


def unpacked(content: bytes) -> Chunk:
    """Return the chunk that bytes were made from.

    Raises
    ------
    DamagedError
        A byte is not as it was written.
    """
    whole = memoryview(content)
    if content[: len(MARK)] != MARK or len(content) < HEAD_AT:
        raise DamagedError
    if _digest(whole[len(MARK) + _HASH :]) != content[len(MARK) : len(MARK) + _HASH]:
        raise DamagedError
    length = head_length(content)
    head = read_head(content[HEAD_AT : HEAD_AT + length])
    body = whole[HEAD_AT + length :]
    codes = np.array(head["codes"], dtype=np.int8)
    arrays = {
        name: _widened(_array(body, place), len(codes)) for name, place in head["arrays"].items()
    }
    total = arrays.pop(TOTAL, None)
    return Chunk(
        head["start"],
        codes,
        arrays,
        sum_of(arrays) if total is None else total,
        {name: tuple(_fraction(x) for x in row) for name, row in head["measures"].items()},
        {
            name: Ruled(np.array(column, dtype=np.int8), tuple(_fraction(x) for x in margins))
            for name, (column, margins) in head["rules"].items()
        },
        {int(n): tuple(_read_note(*note) for note in notes) for n, notes in head["notes"].items()},
        _read_beside(body, head["beside"]),
    )


def _read_beside(body: memoryview, place: Mapping[str, Any] | None) -> Beside | None:
    if place is None:
        return None
    codes = np.array(place["codes"], dtype=np.int8)
    return Beside(codes, _widened(_array(body, place), len(codes)))


def head_length(content: bytes) -> int:
    """Return the length of the head of a chunk whose first `HEAD_AT` bytes these are."""
    return int.from_bytes(content[HEAD_AT - 8 : HEAD_AT], "little")


def read_head(text: bytes) -> dict[str, Any]:
    """Return the head of a chunk."""
    head: dict[str, Any] = json.loads(text.decode("utf-8", "surrogatepass"))
    return head


def sum_of(arrays: Mapping[str, Ints]) -> Ints:
    """Return what arrays of one shape come to."""
    first, *others = arrays.values()
    total = first.copy()
    for array in others:
        total += array
    return total


def _is_sum(chunk: Chunk) -> bool:
    if not chunk.amounts or chunk.total.shape != next(iter(chunk.amounts.values())).shape:
        return False
    return np.array_equal(sum_of(chunk.amounts), chunk.total)


def _narrowed(array: Ints) -> NDArray[Any]:
    """Return (N, S) of the smallest whole numbers; (N, 1) where all scenarios are alike."""
    if len(array) > 1 and (array == array[0]).all():
        array = array[:1]
    most = max(abs(int(array.max(initial=0))), abs(int(array.min(initial=0))))
    kind = next(k for k in ("<i1", "<i2", "<i4", "<i8") if most <= np.iinfo(k).max or k == "<i8")
    return np.ascontiguousarray(array.T, dtype=kind)


def _array(body: memoryview, place: Mapping[str, Any]) -> NDArray[Any]:
    count = int(np.prod(place["shape"]))
    flat = np.frombuffer(body, dtype=place["dtype"], count=count, offset=place["at"])
    return flat.reshape(place["shape"])


def _widened(array: NDArray[Any], scenarios: int) -> Ints:
    """Return (S, N) int64 of (N, S) or (N, 1)."""
    found = np.empty((scenarios, len(array)), dtype=np.int64)
    found[...] = array.T
    return found


def _digest(content: bytes | memoryview) -> bytes:
    return hashlib.blake2b(content, digest_size=_HASH).digest()


def _ratio(figure: Fraction | None) -> str | None:
    return None if figure is None else str(figure)


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _note(note: Note) -> list[Any]:
    return [note.code, _words(note.words), note.where]


def _read_note(code: str, words: Mapping[str, Any], where: str) -> Note:
    return Note(code, _read_words(words), where)


def _words(words: Mapping[str, object]) -> dict[str, Any]:
    return {name: _word(word) for name, word in words.items()}


def _word(word: Any) -> Any:
    if isinstance(word, Phrase):
        return {"code": word.code, "words": _words(word.values)}
    return [_word(part) for part in word] if isinstance(word, tuple) else word


def _read_words(words: Mapping[str, Any]) -> dict[str, object]:
    return {name: _read_word(word) for name, word in words.items()}


def _read_word(word: Any) -> Any:
    if isinstance(word, dict):
        return Phrase(word["code"], _read_words(word["words"]))
    return tuple(_read_word(part) for part in word) if isinstance(word, list) else word
