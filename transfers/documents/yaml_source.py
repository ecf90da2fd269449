"""Read a YAML document as it is written: text, mappings, lists, and where each of them stands.

Nothing is guessed about what a scalar means: ``NO``, ``0101``, ``1:30``, ``25%`` and ``1e5`` stay
text, and the field that receives them decides. What YAML offers to programmers (anchors, tags,
merge keys, several documents) is refused: a policy is read by people. All faults of the tree are
collected; only what makes the rest unreadable stops the reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

import yaml  # type: ignore[import-untyped]
from msgspec import Struct

from transfers.documents.yaml_tree import DISCARDED, Mark, Path, Tree, dotted
from transfers.errors import DocumentError, Fault, Place

MAX_BYTES: Final = 5_000_000
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_INVISIBLE: Final = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
    "\ud800-\udfff]"
)


class Source(Struct, frozen=True, eq=False):
    """A document as read: plain dicts, lists, texts and None, with the place of each.

    Parameters
    ----------
    file : str
        As the reader named it.
    text : str
        The document, decoded.
    data : dict, list, str or None
        Keys and scalars are text as written; plain ``null``, ``~`` and nothing are None.
    marks, key_marks : path -> Mark
        The place of each value, and of the key before it.
    """

    file: str
    text: str
    data: Any
    marks: Mapping[Path, Mark]
    key_marks: Mapping[Path, Mark]

    def __repr__(self) -> str:
        return f"<Source {self.file}>"

    def written(self, path: Path) -> Path:
        """Return the part of `path` the document spells out.

        ``share: population`` is short for ``share: {formula: population}``; the path
        ``share.formula`` is written ``share``.
        """
        node, found = self.data, []
        for part in path:
            listed = isinstance(node, list) and isinstance(part, int) and 0 <= part < len(node)
            if listed or (isinstance(node, dict) and part in node):
                node = node[part]
                found.append(part)
        return tuple(found)

    def place(self, path: Path) -> Place:
        """Return the place of a key, or of the nearest key around it that is written."""
        path = self.written(path)
        return self._at(path, self.key_marks.get(path) or self.marks.get(path))

    def value_place(self, path: Path, offset: int = 0) -> Place:
        """Return the place of a value, or of the character at `offset` inside its text."""
        path = self.written(path)
        mark = self.marks.get(path)
        if mark is None or mark.file or not isinstance(self._node(path), str):
            return self._at(path, mark)
        from transfers.documents.positions import position  # only when something is wrong

        line, column = position(self.text, mark, offset)
        return Place(self.file, line, column, dotted(path))

    def _node(self, path: Path) -> Any:
        node = self.data
        for part in path:
            node = node[part]
        return node

    def _at(self, path: Path, mark: Mark | None) -> Place:
        if mark is None:
            return Place(self.file, None, None, dotted(path))
        return Place(mark.file or self.file, mark.line, mark.column, dotted(path))


def read_text(path: str) -> str:
    """Read a file of text in UTF-8.

    Raises
    ------
    DocumentError
        The file is not there, too large, in another encoding, or holds invisible characters.
    """
    try:
        with open(path, "rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise _refused("document.file_missing", path) from None
    except IsADirectoryError:
        raise _refused("document.file_is_folder", path) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _refused("document.file_unreadable", path, reason=reason) from None
    return decoded(content, path)


def decoded(content: bytes, path: str) -> str:
    """Return the text of a file; raise DocumentError where it is too large or not UTF-8."""
    if len(content) > MAX_BYTES:
        raise _refused("document.too_large", path, megabytes=MAX_BYTES // 1_000_000)
    if content.startswith(_WORKBOOKS):
        raise _refused("document.workbook", path)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        raise _refused("document.not_utf8", path, line) from None
    raise _refused("document.gb18030", path, line)


def scan(text: str, file: str) -> tuple[Source, list[Fault]]:
    """Read YAML text, and return what could be read beside the faults found.

    Raises
    ------
    DocumentError
        Only where the rest cannot be read: invisible characters, broken syntax, nesting too deep,
        or nothing at all.
    """
    _check_characters(text, file)
    tree = Tree(file)
    try:
        for event in yaml.parse(text, Loader=_loader()):
            if not tree.take(event):
                break
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        from transfers.documents.yaml_syntax import syntax_fault  # only when something is wrong

        raise DocumentError([*tree.faults, syntax_fault(error, text, file)]) from None
    if tree.fatal:
        raise DocumentError(tree.faults)
    if tree.data is DISCARDED:
        raise _refused("document.empty", file)
    return Source(file, text, tree.data, tree.marks, tree.key_marks), tree.faults


def scanned(text: str, file: str) -> tuple[Source, list[Fault]]:
    """Read YAML text as `scan` does; what was read last is not read again.

    A policy that is changed is read anew with every change, and its text is always the same.
    """
    source, faults = _scanned(text, file)
    return source, list(faults)


@lru_cache(maxsize=2)
def _scanned(text: str, file: str) -> tuple[Source, tuple[Fault, ...]]:
    source, faults = scan(text, file)
    return source, tuple(faults)


def _loader() -> Any:
    """Return the loader written in C, or the slower one where PyYAML was built without it."""
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _refused(code: str, file: str, line: int | None = None, **values: object) -> DocumentError:
    return DocumentError([Fault(code, Place(file, line), values)])


def _check_characters(text: str, file: str) -> None:
    """Refuse characters that nobody sees, or that make a line read otherwise than it is."""
    if text.replace("\n", "").replace("\r", "").replace("\t", "").isprintable():
        return
    import re

    match = re.search(_INVISIBLE, text)
    if match is None:
        return
    before = text[: match.start()].splitlines(keepends=True) or [""]
    ended = before[-1].endswith(("\n", "\r"))
    line, column = (len(before) + 1, 1) if ended else (len(before), len(before[-1]) + 1)
    values = {"character": f"U+{ord(match.group()):04X}"}
    raise DocumentError([Fault("document.control_character", Place(file, line, column), values)])
