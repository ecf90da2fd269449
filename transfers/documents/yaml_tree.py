"""Build the tree of one YAML document from the parser's events, with every fault of it."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

import yaml  # type: ignore[import-untyped]
from msgspec import Struct

from transfers.errors import Fault, Place
from transfers.written import shown as shown

Path: TypeAlias = tuple[str | int, ...]

MAX_DEPTH: Final = 20
MAX_FAULTS: Final = 100
"""So many faults are listed; who mends them sees the rest at the next reading."""

_STYLES: Final = {"'": "single", '"': "double", "|": "literal", ">": "folded"}
_NULLS: Final = ("", "null", "~")
DISCARDED: Final = object()
"""Stands for a document without content, and for a key whose value is dropped."""


class Mark(Struct, frozen=True):
    """Where a value or a key stands, and how it is written.

    `style` of a scalar: plain, single, double, literal, folded, empty (nothing written), alias;
    of a list or mapping: block or flow. `file` only where it is not the document's own file.
    """

    line: int | None
    column: int | None
    style: str
    file: str | None = None


def dotted(path: Path) -> str:
    """Write a path as ``--set`` takes it: ``grants.equalisation.share``."""
    return ".".join(shown(part, 60) for part in path)


def _open_brackets(text: str) -> int:
    """Return how many round brackets `text` opens and does not close (negative: closes)."""
    return text.count("(") + text.count("（") - text.count(")") - text.count("）")


class _Frame(Struct, eq=False):
    """A mapping or list that is being read."""

    container: dict[str, Any] | list[Any]
    path: Path
    flow: bool
    kept: bool = True
    key: Any = None  # None: a key comes next; DISCARDED: its value is dropped
    key_mark: Mark | None = None
    opened: int = 0  # round brackets a formula in flow style has left open
    pieces: list[str] = []  # each frame gets one of its own
    pieces_place: Place = Place()


class Tree:
    """Builds the tree of one document from YAML's events, without recursion."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.data: Any = DISCARDED
        self.marks: dict[Path, Mark] = {}
        self.key_marks: dict[Path, Mark] = {}
        self.faults: list[Fault] = []
        self.stack: list[_Frame] = []
        self.documents = 0
        self.fatal = False

    def take(self, event: Any) -> bool:
        """Take one event; return False when reading stops here."""
        if isinstance(event, yaml.ScalarEvent):
            self._check_node(event)
            self._scalar(event)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._check_node(event)
            self._start(event)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._split_formula(self.stack.pop())
        elif isinstance(event, yaml.AliasEvent):
            self._fault("document.alias", event, name=shown(event.anchor, 40))
            if self._key_expected():
                self.stack[-1].key = DISCARDED
            else:
                self._value(None, self._mark(event, "alias"))
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._fault("document.several_documents", event)
                return False
        if len(self.faults) > MAX_FAULTS:
            self.faults[MAX_FAULTS:] = [Fault("document.more_faults", Place(self.file))]
            self.fatal = True
        return not self.fatal

    def _mark(self, event: Any, style: str) -> Mark:
        return Mark(event.start_mark.line + 1, event.start_mark.column + 1, style)

    def _path(self) -> Path:
        """Return the path of the value that is being read."""
        if not self.stack:
            return ()
        frame = self.stack[-1]
        if isinstance(frame.container, list):
            return (*frame.path, len(frame.container))
        known = frame.key is not None and frame.key is not DISCARDED
        return (*frame.path, frame.key) if known else frame.path

    def _fault(self, code: str, event: Any, **values: object) -> None:
        mark = event.start_mark
        place = Place(self.file, mark.line + 1, mark.column + 1, dotted(self._path()))
        self.faults.append(Fault(code, place, values))

    def _check_node(self, event: Any) -> None:
        if event.anchor is not None:
            self._fault("document.anchor", event, name=shown(event.anchor, 40))
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._fault("document.tag", event, tag=shown(tag, 40))

    def _key_expected(self) -> bool:
        frame = self.stack[-1] if self.stack else None
        return frame is not None and isinstance(frame.container, dict) and frame.key is None

    def _scalar(self, event: Any) -> None:
        text = event.value
        style = _STYLES.get(event.style or "", "plain")
        if not text.isprintable():
            hidden = [c for c in text if ord(c) < 32 and c not in "\t\n\r"]
            if hidden or any(0xD7FF < ord(c) < 0xE000 for c in text):
                self._fault("document.escaped_control", event)
                text = ""
        if self._key_expected():
            self._key(text, self._mark(event, style), event)
            return
        value = None if style == "plain" and text in _NULLS else text
        if style == "plain" and text == "":
            style = "empty"
        self._value(value, self._mark(event, style))

    def _key(self, text: str, mark: Mark, event: Any) -> None:
        frame = self.stack[-1]
        frame.key, frame.key_mark = text, mark
        if mark.style == "plain" and text == "":
            self._fault("document.empty_key", event)
            frame.key = DISCARDED
        elif mark.style == "plain" and text == "<<":
            self._fault("document.merge_key", event)
            frame.key = DISCARDED
        elif not frame.opened:
            self._refuse_twin(frame)

    def _refuse_twin(self, frame: _Frame) -> None:
        if frame.key in frame.container and frame.kept and frame.key_mark:
            path, mark = (*frame.path, frame.key), frame.key_mark
            place = Place(self.file, mark.line, mark.column, dotted(path))
            values = {"key": shown(frame.key, 60), "first": self.key_marks[path].line}
            self.faults.append(Fault("document.duplicate_key", place, values))
            frame.key = DISCARDED

    def _value(self, value: Any, mark: Mark) -> None:
        """Put a finished scalar, or a list or mapping just opened, where it belongs."""
        if not self.stack:
            self.data, self.marks[()] = value, mark
            return
        frame = self.stack[-1]
        if frame.flow and self._piece(frame, value, mark):
            return
        if isinstance(frame.container, list):
            if frame.kept:
                self.marks[(*frame.path, len(frame.container))] = mark
            frame.container.append(value)
            return
        if frame.key is not DISCARDED:
            if frame.kept and frame.key_mark:
                path = (*frame.path, frame.key)
                self.marks[path], self.key_marks[path] = mark, frame.key_mark
            frame.container[frame.key] = value
        frame.key = None

    def _start(self, event: Any) -> None:
        if len(self.stack) >= MAX_DEPTH:
            self._fault("document.too_deep", event, deepest=MAX_DEPTH)
            self.fatal = True
            return
        container: dict[str, Any] | list[Any]
        container = {} if isinstance(event, yaml.MappingStartEvent) else []
        flow = bool(event.flow_style)
        if self._key_expected():
            self._fault("document.key_not_text", event)
            parent = self.stack[-1]
            parent.key = DISCARDED
            self.stack.append(_Frame(container, parent.path, flow, kept=False))
            return
        path, parent_frame = self._path(), self.stack[-1] if self.stack else None
        if parent_frame is not None and parent_frame.opened:
            self._close_pieces(parent_frame)
        dropped = parent_frame is not None and parent_frame.key is DISCARDED
        kept = not dropped and (parent_frame is None or parent_frame.kept)
        self._value(container, self._mark(event, "flow" if flow else "block"))
        self.stack.append(_Frame(container, path, flow, kept))

    def _piece(self, frame: _Frame, value: Any, mark: Mark) -> bool:
        """Watch for a formula that flow style breaks at its commas; True: `value` was a piece.

        ``{of: max(0, gap)}`` arrives as the keys ``of: max(0`` and ``gap)`` without a value.
        """
        plain = isinstance(value, str) and mark.style == "plain"
        if frame.opened:
            piece = None
            if isinstance(frame.container, list):
                piece = value if plain else None
            elif value is None and isinstance(frame.key, str):
                piece = frame.key
            if piece is not None:
                frame.pieces.append(piece)
                frame.opened += _open_brackets(piece)
                if frame.opened <= 0:
                    self._split_formula(frame)
                frame.key = None
                return True
            self._close_pieces(frame)
        if plain and (opened := _open_brackets(value)) > 0:
            frame.opened, frame.pieces = opened, [value]
            frame.pieces_place = Place(self.file, mark.line, mark.column, dotted(self._path()))
        return False

    def _close_pieces(self, frame: _Frame) -> None:
        """End a possible broken formula: what follows has a value of its own."""
        self._split_formula(frame)
        if isinstance(frame.container, dict) and isinstance(frame.key, str):
            self._refuse_twin(frame)

    def _split_formula(self, frame: _Frame) -> None:
        """Report a formula of which flow style made several pieces."""
        if len(frame.pieces) > 1:
            values = {"formula": quoted(shown(", ".join(frame.pieces)))}
            self.faults.append(Fault("document.formula_split", frame.pieces_place, values))
        frame.opened, frame.pieces = 0, []


def quoted(text: str) -> str:
    """Return a text in quotes, single ones where it holds double ones itself."""
    if '"' not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"
