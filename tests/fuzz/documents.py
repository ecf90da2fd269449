"""Real documents, damaged; and changes as ``--set`` makes them."""

from __future__ import annotations

import re
from random import Random

from tests.fuzz import words
from tests.fuzz.entries import Entries
from tests.fuzz.formulas import Formulas


class Documents:
    """Damages documents, with a source of chance."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.formulas = Formulas(rng)
        self.entries = Entries(rng)

    def any(self) -> str:
        """Return a document: mostly a real one with some damage, rarely noise."""
        rng = self.rng
        seeds = words.seeds()
        text = seeds[rng.randrange(2)] if rng.random() < 0.35 else rng.choice(seeds)
        if rng.random() < 0.02:
            return "".join(self.formulas.word() for _ in range(rng.choice((0, 1, 5, 60))))
        for _ in range(rng.choice((0, 1, 1, 1, 1, 2, 2, 3, 6))):
            text = self._damage(text)
        return text[:60_000]

    def bytes(self) -> bytes:
        """Return a document as a file might hold it: in some encoding, some bytes damaged."""
        rng = self.rng
        text = self.any().encode("utf-8", "surrogatepass").decode("utf-8", "replace")
        encodings = ("utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "cp1252")
        content = bytearray(text.encode(rng.choice(encodings), "replace"))
        for _ in range(rng.choice((0, 0, 1, 1, 3))):
            at = rng.randint(0, len(content))
            content[at : at + rng.choice((0, 1, 2))] = rng.randbytes(rng.choice((0, 1, 1, 2)))
        return bytes(content)

    def changes(self, text: str) -> dict[str, str]:
        """Return changes to a document, path to value."""
        rng = self.rng
        if rng.random() < 0.7:
            return {}
        return {self.path(text): self.value() for _ in range(rng.choice((1, 1, 2, 4)))}

    def path(self, text: str) -> str:
        """Return a path as --set takes it: existing, possible, or broken."""
        rng = self.rng
        found = re.findall(r"(?m)^(\s*)([^\s:#]+):", text)
        parts: list[str] = []
        wanted = rng.randrange(len(found)) if found else -1
        indent = -1
        for space, key in reversed(found[: wanted + 1]):
            if indent < 0 or len(space) < indent:
                parts.insert(0, key)
                indent = len(space)
        while rng.random() < 0.3:
            parts.append(rng.choice((*words.keys(), "0", "1", "99", "-1", "A", "x", "1.5", "９")))
        if rng.random() < 0.1:
            parts.insert(rng.randint(0, len(parts)), self.formulas.word())
        path = ".".join(parts)
        return self.formulas.damaged(path) if rng.random() < 0.15 else path

    def value(self) -> str:
        """Return what may be put behind a key."""
        rng = self.rng
        kind = rng.random()
        if kind < 0.3:
            return rng.choice(words.NUMBERS)
        if kind < 0.5:
            return self.formulas.any()
        if kind < 0.6:
            return rng.choice(words.choices())
        if kind < 0.7:
            return rng.choice(words.UNITS)
        if kind < 0.8:
            return rng.choice(words.WORDS)
        if kind < 0.9:
            return self._flow(rng.choice((1, 2, 3)))
        return self.formulas.word()

    def _flow(self, depth: int) -> str:
        """Return a list or mapping in flow style."""
        rng = self.rng
        if depth == 0 or rng.random() < 0.1:
            return rng.choice((rng.choice(words.NUMBERS), rng.choice(words.WORDS), ""))
        items = [self._flow(depth - 1) for _ in range(rng.choice((0, 1, 2, 2, 3)))]
        if rng.random() < 0.4:
            return f"[{', '.join(items)}]"
        names = (*words.keys(), "A", "B", "x", "people", "tier")
        return "{" + ", ".join(f"{rng.choice(names)}: {item}" for item in items) + "}"

    def _damage(self, text: str) -> str:
        rng = self.rng
        kind = rng.random()
        if kind < 0.28:
            return self.entries.put_into(text)
        if kind < 0.53:
            return self._other_value(text)
        if kind < 0.63:
            return self._other_key(text)
        if kind < 0.74:
            return self._other_line(text)
        if kind < 0.8:
            return self._other_word(text)
        if kind < 0.82:
            return self._nested(text)
        if kind < 0.86:
            return self._formula_put_in(text)
        return self.formulas.damaged(text)

    def _other_value(self, text: str) -> str:
        """Put something else behind a colon, up to the next comma, bracket or end of line."""
        places = [m.span(1) for m in re.finditer(r": *([^\n#]+?(?=[,}\]\n])|[^\n#]+)", text)]
        if not places:
            return text
        start, end = self.rng.choice(places)
        value = self.value()
        if self.rng.random() < 0.3:
            value = "'" + value.replace("'", "''") + "'"
        return text[:start] + value + text[end:]

    def _other_key(self, text: str) -> str:
        """Rename a key, or slip another beside it."""
        rng = self.rng
        places = [m.span(1) for m in re.finditer(r"([\w.一-鿿]+): ", text)]
        if not places:
            return text
        start, end = rng.choice(places)
        key = rng.choice(words.keys())
        if rng.random() < 0.2:
            key = rng.choice((self.formulas.damaged(text[start:end]), *words.WORDS))
        if rng.random() < 0.5:
            return text[:start] + key + text[end:]
        column = start - (text.rfind("\n", 0, start) + 1)
        before = text[start - column : start]
        comma = "\n" + before if not before.strip() else ", "
        return f"{text[:start]}{key}: {self.value()}{comma}{text[start:]}"

    def _other_line(self, text: str) -> str:
        """Take out, double, move, or shift a line."""
        rng = self.rng
        lines = text.split("\n")
        number = rng.randrange(len(lines))
        kind = rng.randrange(6)
        if kind == 0:
            del lines[number]
        elif kind == 1:
            lines.insert(rng.randint(0, len(lines)), lines[number])
        elif kind == 2:
            lines.insert(rng.randint(0, len(lines)), lines.pop(number))
        elif kind == 3:
            lines[number] = rng.choice((" ", "  ", "\t", "\u3000")) + lines[number]
        elif kind == 4:
            lines[number] = lines[number][rng.choice((1, 2)) :]
        else:
            other = rng.choice(words.seeds()).split("\n")
            at = rng.randrange(len(other))
            lines[number:number] = other[at : at + rng.choice((1, 2, 5))]
        return "\n".join(lines)

    def _other_word(self, text: str) -> str:
        places = [m.span() for m in re.finditer(r"\w+", text)]
        if not places:
            return text
        start, end = self.rng.choice(places)
        return text[:start] + self.formulas.word() + text[end:]

    def _nested(self, text: str) -> str:
        """Put many levels behind a colon."""
        rng = self.rng
        levels = rng.choice((3, 19, 21, 300, 5000))
        opening = rng.choice(("[", "{a: ", "[{a: ", "- ", "? ", "{? "))
        places = [m.end() for m in re.finditer(r": ", text)] or [0]
        at = rng.choice(places)
        return text[:at] + opening * levels + text[at:]

    def _formula_put_in(self, text: str) -> str:
        """Add an entry with a formula below a section, or behind a key that takes one."""
        rng = self.rng
        keys = ("floor", "cap", "claim", "pool", "eligible", "fixed", "share", "formula", "so_that")
        places = [m.span() for m in re.finditer(rf"(?m)\b({'|'.join(keys)}): [^\n]*", text)]
        formula = self.formulas.any().replace("\n", " ").replace("'", "''")
        if places and rng.random() < 0.6:
            start, end = rng.choice(places)
            return f"{text[:start]}{text[start:].partition(':')[0]}: '{formula}'{text[end:]}"
        section = rng.choice(("quantities:\n", "outputs:\n"))
        entry = f"{section}  {rng.choice(('q1', 'q2', 'x', '比'))}: '{formula}'\n"
        return text.replace(section, entry, 1) if section in text else text + entry
