"""How a page about a kind of document is made: every part, every key, from the keys themselves.

Of the policy document: ``reference_page``; other kinds of documents have theirs. Not imported
when the engine runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from transfers.documents.keys import REQUIRED, Key, Part
from transfers.documents.reference_examples import Both
from transfers.messages import LANGUAGES

_WORDS: Final[dict[str, Both]] = {
    "keys": ("全部键", "Every key"),
    "keys_say": (
        "“必填”以外的键都可以不写。`*` 代表自己起的名称。例子与键写在同一处。",
        "Keys not marked *required* may be left out. `*` is a name of your own. The example is "
        "what stands in that place.",
    ),
    "head": ("| 键 | 含义 | 值 | 不写时 | 例 |", "| key | meaning | value | left out | e.g. |"),
    "required": ("**必填**", "**required**"),
    "at": ("位置", "Stands at"),
    "also": ("另有", "Also "),
    "text": ("文字", "text"),
    "formula": ("公式", "formula"),
    "number": ("数", "number"),
    "whole": ("整数，0 至 9999", "whole number, 0 to 9999"),
    "digits": ("整数，0 至 20", "whole number, 0 to 20"),
    "date": ("日期，如 2027-12-31", "date, such as 2027-12-31"),
    "value": ("数、文字、表、分档、插值点", "number, text, table, brackets, points"),
    "columns": ("含 `{item}` 的样式，或 项目: 列名", "pattern with `{item}`, or item: column"),
    "items": (
        "`代码:` `列:` 文字，或只列代码 [文字, …]",
        "`key:` `column:` text, or the keys alone [text, …]",
    ),
    "tree": ("内容", "what stands there"),
    "cell": ("数或文字；按清单分项的 {项目: 数}", "figure or text; over a list {item: figure}"),
    "pair": ("[数, 数]", "[number, number]"),
    "or": ("或", "or"),
    "name_in": ("{} 中的名称", "a name of {}"),
    "list": ("列表", "list"),
    "one": ("也可只写一个", "or just one"),
    "names": ("名称: ", "name: "),
    "listed": ("；也可只列名称 `[名称, …]`", "; or mere names: `[name, …]`"),
    "paths": ("路径: ", "path: "),
}


class Reference(Struct, frozen=True):
    """What there is to tell about one kind of document.

    Parameters
    ----------
    parts : dict of type of Part to (str, Both)
        Parts in the order of the page: where each stands, and its heading.
    samples : dict of str to str
        ``<Part>.<key>`` -> how a document writes it.
    notes : dict of str to tuple of Both
        Name of a part -> what there is to know beside its keys.
    choices : dict of str to dict of str to Both
        ``<Part>.<key>`` -> word -> what it means.
    """

    parts: Mapping[type[Part], tuple[str, Both]]
    samples: Mapping[str, str]
    notes: Mapping[str, tuple[Both, ...]]
    choices: Mapping[str, Mapping[str, Both]]

    def extended(self, part: type[Part]) -> list[type[Part]]:
        """Return what a part extends and has sections of its own, the nearest only."""
        found: list[type[Part]] = []
        for base in part.__mro__[1:]:
            if base in self.parts and not any(issubclass(known, base) for known in found):
                found.append(base)
        return found

    def keys_of(self, part: type[Part]) -> dict[str, Key]:
        """Return the keys told with a part: not those of parts it extends that are told apart."""
        apart = self.extended(part)
        told = {name for base in apart for name in vars(base)["keys"]} - vars(part).keys()
        return {name: key for name, key in part.keys.items() if name not in told}


def said(both: Both, language: str) -> str:
    """Return a text in one language."""
    return both[LANGUAGES.index(language)]


def owner(part: type[Part], name: str) -> str:
    """Return ``<Part>.<key>`` with the class that says what the key is."""
    found = next(base for base in part.__mro__ if name in vars(base))
    return f"{found.__name__}.{name}"


def head(title: Both, opening: Both, language: str) -> list[str]:
    """Return the beginning of a page: its title, the other language, its first paragraph."""
    other = "[English](en.md)" if language == "zh" else "[中文](zh.md)"
    return [f"# {said(title, language)}", other, said(opening, language)]


def sections(texts: tuple[tuple[Both, tuple[Both, ...]], ...], language: str) -> list[str]:
    """Return sections of prose: each a heading and its paragraphs."""
    found = []
    for title, paragraphs in texts:
        found += [f"## {said(title, language)}", *(said(text, language) for text in paragraphs)]
    return found


def keys_section(reference: Reference, language: str) -> list[str]:
    """Return the section about every key."""
    found = [f"## {_word('keys', language)}", _word("keys_say", language)]
    for part in reference.parts:
        found += _part(reference, part, language)
    return found


def _word(word: str, language: str) -> str:
    return said(_WORDS[word], language)


def _part(reference: Reference, part: type[Part], language: str) -> Iterator[str]:
    """Yield what the page says about one part of the document."""
    place, title = reference.parts[part]
    yield f"### {said(title, language)}"
    links = [_link(reference, base, language) for base in reference.extended(part)]
    about = [f"{_word('at', language)} `{place}`"] if place else []
    about += (
        [f"{_word('also', language)}{('、' if language == 'zh' else ', ').join(links)}"]
        if links
        else []
    )
    if about:
        yield (
            "".join(f"{each}。" for each in about)
            if language == "zh"
            else (" ".join(f"{each}." for each in about))
        )
    rows = [
        f"| `{name}` | {said((key.chinese, key.english), language)} "
        f"| {_shape(reference, key, language)} "
        f"| {_left_out(key, language)} | `{reference.samples[owner(part, name)]}` |"
        for name, key in reference.keys_of(part).items()
    ]
    yield "\n".join([_word("head", language), "|---|---|---|---|---|", *rows])
    notes = reference.notes.get(part.__name__, ())
    if notes:
        yield "\n".join(f"- {said(note, language)}" for note in notes)


def _link(reference: Reference, part: type[Part], language: str) -> str:
    title = said(reference.parts[part][1], language)
    anchor = "".join(c for c in title.lower() if c.isalnum() or c in "-_ ").replace(" ", "-")
    return f"[{title}](#{anchor})"


def _shape(reference: Reference, key: Key, language: str) -> str:
    """Say what may stand behind a key."""
    if key.kind == "choice":
        words = [f"`{word}`" for word in key.choices]
        if key.names_of:
            words.append(_word("name_in", language).format(f"`{key.names_of}`"))
        return f" {_word('or', language)} ".join(words)
    if key.part is not None:
        short = key.part.keys[key.part.short].kind if key.part.short else ""
        link = _link(reference, key.part, language)
        if short == "choice":
            short = "text"
        return f"{_word(short, language)} {_word('or', language)} {link}" if short else link
    if key.of is None or key.kind in ("pair", "items"):
        return _word(key.kind, language)
    item = _shape(reference, key.of, language)
    if key.kind == "mapping":
        names = "paths" if key.of.kind == "tree" else "names"
        listed = _word("listed", language) if key.listed else ""
        return f"`{_word(names, language).strip()}` {item}{listed}"
    listed = f"[{item}, …]" if key.of.part is None else f"{_word('list', language)}: {item}"
    return f"{listed}; {_word('one', language)}" if key.alone else listed


def _left_out(key: Key, language: str) -> str:
    """Say what holds where a key is absent."""
    if key.default is REQUIRED:
        return _word("required", language)
    if isinstance(key.default, list):
        return " ".join(f"`{word}`" for word in key.default)
    return f"`{key.default}`" if isinstance(key.default, str) else ""
