"""The grammar of formulas.

::

    statement   = conjunction { "or" conjunction }
    conjunction = negation { "and" negation }
    negation    = "not" negation | comparison
    comparison  = sum [ ("==" | "=" | "!=" | "<>" | "<" | "<=" | ">" | ">=") sum ]
    sum         = product { ("+" | "-") product }
    product     = signed { ("*" | "/") signed }
    signed      = "-" signed | "+" signed | power
    power       = atom [ "^" ["-"] atom ]
    atom        = number | text | "(" statement ")"
                | name { "[" statement "]" } | name "(" arguments ")"
    arguments   = [ argument { "," argument } ]
    argument    = [ name "=" ] statement

``-2 ^ 2`` is -4, as in mathematics. ``a ^ b ^ c`` and ``a < b < c`` are refused rather than
guessed. Full-width punctuation is read as its plain twin; function names in any case.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from transfers.arithmetic.decimals import parse_decimal
from transfers.formula.nodes import (
    Binary,
    Call,
    Compare,
    Logic,
    Lookup,
    Name,
    Node,
    Nothing,
    Number,
    Text,
    Unary,
)
from transfers.written import shown

LONGEST = 10_000
DEEPEST = 50  # brackets inside brackets
HIGHEST = 150  # parts upon parts, such as the terms of a sum

_PLAIN: dict[int, int | str] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},  # full-width ASCII
    0x3000: " ",
    0x00A0: " ",
    **{ord(c): plain for c, plain in zip("×÷−–【】", "*/--[]", strict=True)},
}
# One sign that stands for two: kept one character wide so that columns stay true.
_QUOTES = {'"': '"', "'": "'", "“": "”", "”": "”", "‘": "’", "「": "」", "＂": "＂"}
_WIDE_SIGNS = {"≤": "<=", "≥": ">=", "≠": "!=", "，": ",", "、": ","}
_OPERATORS = ("<=", ">=", "==", "!=", "<>")
_COMPARISONS = {"=": "==", "<>": "!=", "==": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">"}
_COMPARISONS |= {">=": ">="}


_UNITS = ("", "元", "人", "块", "个", "亩", "公里", "平方公里")  # behind multiples such as 万
_SHOWN, _SHOWN_LIST = 60, 300
_LISTS = frozenset({"known", "allowed", "absent"})


class FormulaFault(Exception):
    """A formula that cannot be read: a code of the formula family, the offset, its words.

    Words that come from the formula are cut, and put on one line that can be printed.
    """

    def __init__(self, code: str, offset: int, **values: object) -> None:
        super().__init__(code)
        self.code, self.offset = code, offset
        self.values = {
            name: shown(value, _SHOWN_LIST if name in _LISTS else _SHOWN)
            if isinstance(value, str)
            else value
            for name, value in values.items()
        }


class Token(NamedTuple):
    """A word of a formula: what sort it is, how it reads, and its span in the text."""

    sort: str
    text: str
    start: int
    end: int


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        r"(?P<space>\s+)"
        r"|(?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?%?)"
        r"|(?P<name>[^\W\d][\w\u0300-\u036f]*(?:\.[^\W\d][\w\u0300-\u036f]*)*)"
        r"|(?P<sign><=|>=|==|!=|<>|\*\*|[-+*/^()\[\],<>=])"
    )


def tokens(text: str) -> list[Token]:
    """Split a formula into words; raise FormulaFault where a sign has no meaning."""
    if len(text) > LONGEST:
        raise FormulaFault("formula.too_long", 0, longest=LONGEST)
    plain = text.translate(_PLAIN)
    found: list[Token] = []
    position = 0
    while position < len(plain):
        wide = _WIDE_SIGNS.get(plain[position])
        if wide:
            found.append(Token("sign", wide, position, position + 1))
            position += 1
            continue
        closing = _QUOTES.get(text[position])
        if closing is not None:
            found.append(_quoted(text, position, closing))
            position = found[-1].end
            continue
        match = _pattern().match(plain, position)
        if match is None:
            raise FormulaFault("formula.unknown_sign", position, sign=text[position])
        sort = match.lastgroup or ""
        if sort != "space":
            word = match.group()
            if sort == "name":
                word = unicodedata.normalize("NFC", word)
            found.append(Token(sort, word, position, match.end()))
        position = match.end()
    found.append(Token("end", "", len(text), len(text)))
    return found


def _quoted(text: str, position: int, closing: str) -> Token:
    """Return a text in quotes as it is written: what stands inside is not translated."""
    end = text.find(closing, position + 1)
    if end < 0:
        raise FormulaFault("formula.open_quote", position)
    return Token("text", text[position + 1 : end], position, end + 1)


def parse(text: str) -> Node:
    """Read a formula.

    Raises
    ------
    FormulaFault
        At the first word that does not fit, with its offset in `text`.
    """
    node = _Parser(tokens(text)).formula()
    _check_depth(node)
    return node


def _check_depth(node: Node) -> None:
    """Refuse long chains as well as deep brackets: readers descend one call per level."""
    level = [node]
    for _ in range(HIGHEST):
        level = [child for part in level for child in part.children()]
        if not level:
            return
    raise FormulaFault("formula.too_many_parts", level[0].start, most=HIGHEST)


class _Parser:
    """Recursive descent over the words of one formula."""

    def __init__(self, words: list[Token]) -> None:
        self.words = words
        self.position = 0
        self.depth = 0

    @property
    def word(self) -> Token:
        return self.words[self.position]

    def formula(self) -> Node:
        if self.word.sort == "end":
            raise FormulaFault("formula.empty", 0)
        node = self.statement()
        if self.word.sort != "end":
            raise self.unexpected()
        return node

    def unexpected(self) -> FormulaFault:
        word = self.word
        previous = self.words[self.position - 1] if self.position else None
        follows = self.words[self.position + 1] if word.sort != "end" else word
        after_operand = previous is not None and (
            previous.sort in ("number", "text", "name") or previous.text in (")", "]")
        )
        number_before = previous is not None and previous.sort == "number"
        if word.sort == "end":
            return FormulaFault("formula.incomplete", word.start)
        if word.text == "=" and previous is None:
            return FormulaFault("formula.leading_equals", word.start)
        if word.text == "**":
            return FormulaFault("formula.double_star", word.start)
        if word.text in _COMPARISONS and after_operand:
            return FormulaFault("formula.chained_comparison", word.start)
        if word.text == "^" and after_operand:
            return FormulaFault("formula.chained_power", word.start)
        if number_before and (
            word.sort == "number" or (word.text == "," and follows.sort == "number")
        ):
            return FormulaFault("formula.number_split", word.start)
        if number_before and word.sort == "name" and word.text.strip("十百千万亿") in _UNITS:
            return FormulaFault("formula.unit_after_number", word.start, word=word.text)
        if word.text.lower() in ("and", "or", "not") and follows.text == "(":
            return FormulaFault("formula.excel_logic", word.start, word=word.text)
        return FormulaFault("formula.unexpected", word.start, word=word.text)

    def take(self, *signs: str) -> Token | None:
        """Move past the word if it is one of `signs` (words of the language in any case)."""
        word = self.word
        text = word.text.lower() if word.sort == "name" else word.text
        if word.sort in ("sign", "name") and text in signs:
            self.position += 1
            return word
        return None

    def expect(self, sign: str) -> Token:
        word = self.take(sign)
        if word is None:
            if self.word.sort == "end":
                raise FormulaFault("formula.unclosed", self.word.start, sign=sign)
            raise self.unexpected()
        return word

    def deeper(self, start: int) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise FormulaFault("formula.too_deep", start, deepest=DEEPEST)

    def statement(self) -> Node:
        self.deeper(self.word.start)
        node = self.conjunction()
        while self.take("or"):
            right = self.conjunction()
            node = Logic("or", node, right, start=node.start, end=right.end)
        self.depth -= 1
        return node

    def conjunction(self) -> Node:
        node = self.negation()
        while self.take("and"):
            right = self.negation()
            node = Logic("and", node, right, start=node.start, end=right.end)
        return node

    def negation(self) -> Node:
        word = self.take("not")
        if word is None:
            return self.comparison()
        self.deeper(word.start)
        operand = self.negation()
        self.depth -= 1
        return Unary("not", operand, start=word.start, end=operand.end)

    def comparison(self) -> Node:
        left = self.sum()
        word = self.take(*_COMPARISONS)
        if word is None:
            return left
        right = self.sum()
        operator = _COMPARISONS[word.text]
        return Compare(operator, left, right, start=left.start, end=right.end)  # type: ignore[arg-type]

    def sum(self) -> Node:
        node = self.product()
        while word := self.take("+", "-"):
            right = self.product()
            node = Binary(word.text, node, right, start=node.start, end=right.end)  # type: ignore[arg-type]
        return node

    def product(self) -> Node:
        node = self.signed()
        while word := self.take("*", "/"):
            right = self.signed()
            node = Binary(word.text, node, right, start=node.start, end=right.end)  # type: ignore[arg-type]
        return node

    def signed(self) -> Node:
        word = self.take("-", "+")
        if word is None:
            return self.power()
        self.deeper(word.start)
        operand = self.signed()
        self.depth -= 1
        if word.text == "+":
            return operand
        return Unary("-", operand, start=word.start, end=operand.end)

    def power(self) -> Node:
        base = self.atom()
        if not self.take("^"):
            return base
        minus = self.take("-")
        exponent = self.atom()
        if minus:
            exponent = Unary("-", exponent, start=minus.start, end=exponent.end)
        return Binary("^", base, exponent, start=base.start, end=exponent.end)

    def atom(self) -> Node:
        word = self.word
        if self.take("("):
            node = self.statement()
            self.expect(")")
            return node
        if word.sort == "number":
            self.position += 1
            return _number(word)
        if word.sort == "text":
            self.position += 1
            return Text(unicodedata.normalize("NFC", word.text), start=word.start, end=word.end)
        if word.sort == "name" and word.text.lower() not in ("and", "or", "not"):
            self.position += 1
            return self.named(word)
        raise self.unexpected()

    def named(self, word: Token) -> Node:
        if self.word.text == "(":
            return self.call(word)
        lower = word.text.lower()
        if lower == "none":
            return Nothing(start=word.start, end=word.end)
        if lower in ("true", "false"):
            truth = Number(Fraction(lower == "true"), start=word.start, end=word.end)
            one = Number(Fraction(1), start=word.start, end=word.end)
            return Compare("==", truth, one, start=word.start, end=word.end)
        indices: list[Node] = []
        end = word.end
        while self.take("["):
            indices.append(self.statement())
            end = self.expect("]").end
        if indices:
            return Lookup(word.text, tuple(indices), start=word.start, end=end)
        return Name(word.text, start=word.start, end=word.end)

    def call(self, word: Token) -> Node:
        self.expect("(")
        arguments: list[Node] = []
        options: dict[str, Node] = {}
        while self.word.text != ")":
            name = self.word
            follows = self.words[self.position + 1] if name.sort == "name" else None
            if follows is not None and follows.text == "=" and name.text.lower() in OPTIONS:
                self.position += 2
                if name.text.lower() in options:
                    raise FormulaFault("formula.option_twice", name.start, option=name.text)
                options[name.text.lower()] = self.statement()
            else:
                arguments.append(self.statement())
            if self.take(",") is None:
                break
            if self.word.text == ")":
                raise self.unexpected()
        end = self.expect(")").end
        function = word.text.lower()
        return Call(function, tuple(arguments), options, start=word.start, end=end)


OPTIONS = frozenset({"by", "where", "weights", "digits", "to", "over"})


def _number(word: Token) -> Node:
    value = parse_decimal(word.text)
    if value is None:
        raise FormulaFault("formula.number_too_long", word.start, number=word.text[:40])
    return Number(value, percent=word.text.endswith("%"), start=word.start, end=word.end)
