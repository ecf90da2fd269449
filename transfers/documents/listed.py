"""Lists of names where a section has names with more behind them: spelt out before it is read.

``promises: [currency, entry]`` is short for ``promises: {currency: {}, entry: {}}``; every path
below then names what it is about, for changes and for faults.
"""

from __future__ import annotations

from msgspec.structs import replace

from transfers.documents.models import PolicyDocument
from transfers.documents.yaml_source import Source

_SECTIONS = tuple(name for name, key in PolicyDocument.keys.items() if key.listed)


def spelt_out(source: Source) -> Source:
    """Return a document whose lists of names are mappings; wrong lists stay as they are."""
    for section in _SECTIONS:
        if isinstance(source.data, dict) and isinstance(source.data.get(section), list):
            source = _spelt_out(source, section)
    return source


def _spelt_out(source: Source, section: str) -> Source:
    names = source.data[section]
    sound = all(isinstance(name, str) and name for name in names)
    if not sound or len({*names}) < len(names):
        return source
    marks, key_marks = dict(source.marks), dict(source.key_marks)
    for number, name in enumerate(names):
        mark = marks.pop((section, number), None)
        if mark is not None:
            marks[section, name] = key_marks[section, name] = mark
    data = {**source.data, section: {name: {} for name in names}}
    return replace(source, data=data, marks=marks, key_marks=key_marks)
