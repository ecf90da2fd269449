"""One hash for everything that decides what comes of scenarios."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Mapping
from enum import Enum
from fractions import Fraction
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

import msgspec
import numpy as np

import transfers

_PLAIN: Final = (bool, int, float, complex, str, bytes, Fraction, type(None), Enum)
_CODE: Final = ("transfers", "scenarios")


def content_digest(*values: Any) -> str:
    """Return a hash of what values hold, the same in every process.

    Two values that compute the same may differ by it; two that do not never agree.

    >>> content_digest({"a": {1, 2}}) == content_digest({"a": {2, 1}})
    True
    >>> content_digest(1) == content_digest("1")
    False
    """
    return _Walk().digest(values).hex()


class _Walk:
    """Hashes a tree of values; what hangs on it in many places is hashed once."""

    def __init__(self) -> None:
        self._known: dict[int, bytes] = {}
        self._alive: list[Any] = []  # so that no other value gets the same id
        self._under: set[int] = set()

    def digest(self, value: Any) -> bytes:
        if isinstance(value, _PLAIN):
            return _hash(type(value).__qualname__, repr(value).encode())
        if id(value) in self._known:
            return self._known[id(value)]
        if id(value) in self._under:
            return _hash("circle", b"")
        self._under.add(id(value))
        found = _hash(_kind(value), *self._parts(value))
        self._under.discard(id(value))
        self._alive.append(value)
        self._known[id(value)] = found
        return found

    def _parts(self, value: Any) -> Iterator[bytes]:
        if isinstance(value, np.ndarray | np.generic):
            array = np.ascontiguousarray(value)
            yield f"{array.dtype.str} {array.shape}".encode()
            yield repr(array.tolist()).encode() if array.dtype.hasobject else array.tobytes()
        elif isinstance(value, Mapping):
            for key, entry in value.items():
                yield self.digest(key)
                yield self.digest(entry)
        elif isinstance(value, tuple | list):
            yield from map(self.digest, value)
        elif isinstance(value, set | frozenset):
            yield from sorted(map(self.digest, value))
        elif isinstance(value, msgspec.Struct) and "__reduce__" in vars(type(value)):
            yield self.digest(value.__reduce__())  # it says itself what there is to it
        elif isinstance(value, msgspec.Struct):
            for name in value.__struct_fields__:
                yield self.digest(getattr(value, name))
        elif isinstance(value, type) or hasattr(value, "__qualname__"):
            yield f"{value.__module__}.{value.__qualname__}".encode()
        elif hasattr(value, "__dict__"):
            yield self.digest(vars(value))
        else:
            raise TypeError(f"no hash of what a {type(value).__qualname__} holds")


def _kind(value: Any) -> str:
    """Return what a value is; all mappings are one kind, for they hold the same."""
    kinds = {Mapping: "mapping", tuple: "row", list: "row"}
    for kind, name in kinds.items():
        if isinstance(value, kind) and not isinstance(value, msgspec.Struct):
            return name
    return f"{type(value).__module__}.{type(value).__qualname__}"


def _hash(kind: str, *parts: bytes) -> bytes:
    hashed = hashlib.sha256(kind.encode())
    for part in parts:
        hashed.update(len(part).to_bytes(8, "little"))
        hashed.update(part)
    return hashed.digest()


def versions() -> dict[str, str]:
    """Return what computes: this program, Python, and the packages that numbers come from."""
    from importlib.metadata import version

    return {
        "transfers": transfers.__version__,
        "python": ".".join(map(str, sys.version_info[:3])),
        "numpy": version("numpy"),
        "scipy": version("scipy"),
    }


@cache
def program_digest() -> str:
    """Return a hash of this program: another program may compute something else."""
    hashed = hashlib.sha256()
    for package in _CODE:
        for name, code in sorted(_modules(files(package), package)):
            hashed.update(f"{name} {len(code)} ".encode())
            hashed.update(code)
    return hashed.hexdigest()


def _modules(folder: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.name.startswith((".", "__")):
            yield from _modules(entry, f"{name}.{entry.name}")
        elif entry.name.endswith(".py"):
            yield f"{name}.{entry.name}", entry.read_bytes().replace(b"\r\n", b"\n")
