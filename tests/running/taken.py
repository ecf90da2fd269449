"""What is taken of many scenarios, for tests to compare."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

from scenarios.running.chunk import Chunk


class Kept:
    """Keeps every chunk."""

    def __init__(self) -> None:
        self.chunks: list[Chunk] = []

    def take(self, chunk: Chunk) -> None:
        self.chunks.append(chunk)

    def totals(self) -> np.ndarray[Any, Any]:
        return np.concatenate([chunk.total for chunk in self.chunks])

    def amounts(self, grant: str) -> np.ndarray[Any, Any]:
        return np.concatenate([chunk.amounts[grant] for chunk in self.chunks])

    def digest(self) -> str:
        """Return a hash of everything, whatever it was cut into."""
        told: list[object] = []
        for name in self.chunks[0].amounts:
            told.append((name, self.amounts(name).tobytes()))
        told.append(self.totals().tobytes())
        for chunk in self.chunks:
            for row in range(len(chunk)):
                told.append((chunk.start + row, chunk.status(row)))
                for name, ruled in chunk.rules.items():
                    margin = ruled.margins[row] if ruled.margins else None
                    told.append((name, int(ruled.codes[row]), margin))
                for name, figures in chunk.measures.items():
                    told.append((name, figures[row]))
        for chunk in self.chunks:
            told += [(n, note.text("zh")) for n, notes in chunk.notes.items() for note in notes]
        return hashlib.sha256("\n".join(map(repr, told)).encode()).hexdigest()
