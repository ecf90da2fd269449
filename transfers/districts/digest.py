"""What the bytes of a file come to: the same for the same bytes, wherever they are read."""

from __future__ import annotations

from importlib import import_module
from typing import Final

_LITTLE: Final = 1 << 18
"""Bytes. To read so many takes no longer than to import what is made to read many."""

_BUILT_IN: Final = ("_sha2", "_sha256")
"""Modules of Python itself; which of them it has depends on its version."""


def sha256_of(data: bytes) -> str:
    """Return the SHA-256 of bytes, hexadecimal."""
    for name in _BUILT_IN if len(data) <= _LITTLE else ():
        try:
            return str(import_module(name).sha256(data).hexdigest())
        except ImportError:
            continue
    import hashlib

    return hashlib.sha256(data).hexdigest()
