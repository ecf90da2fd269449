"""The SHA-256 of a file is the same whatever computes it."""

from __future__ import annotations

import hashlib

import pytest

from transfers.districts import digest


@pytest.mark.parametrize("size", [0, 1, 1 << 18, (1 << 18) + 1])
def test_the_digest_is_that_of_the_standard_library(size: int) -> None:
    data = bytes(n % 251 for n in range(size))
    assert digest.sha256_of(data) == hashlib.sha256(data).hexdigest()


def test_where_python_has_no_module_of_its_own_another_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(digest, "_BUILT_IN", ("_no_such_module",))
    assert digest.sha256_of(b"abc") == hashlib.sha256(b"abc").hexdigest()
