"""Random formulas: most of them close to sense, many damaged."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.fuzz import words

# fmt: off
NAMES = (
    "x", "people", "money_in", "tier", "city", "new", "growth", "last", "rate", "standard",
    "word", "coefficient", "two", "steps", "points", "from_file", "k", "per_head", "rest",
    "stage", "first", "second", "budget", "total", "key", "remainder", "peopel", "gdp", "first.x",
    "人口", "none", "true", "FALSE", "e\u0301", "ａ", "below_here",
)
FIGURES = ("x", "plain", "k", "x", "plain", "rate", "k", "people", "last", "money_in", "growth")
COMPARISONS = ("==", "=", "!=", "<>", "<", "<=", ">", ">=", "≤", "≥", "≠")
OPTIONS = ("by", "where", "weights", "digits", "to", "over", "axis")
HOSTILE = (
    "9**9**9", "9^9^9^9", "().__class__", "__import__('os')", "x[x]", "x.y.z", "1 000", "1,000",
    "AND(x > 1, x < 3)", "=x", "x ;", '"A', "“A”", "x +", "1 < x < 2", "sum(x, by=tier, by=tier)",
    "((((((((((x))))))))))", "----x", "not not not new", "9 ^ 64", "9 ^ -64", "2 ^ 0.5", "exp(99)",
    "exp(exp(9))", "(-8) ^ (1 / 3)", "0 ^ 0", "0 ^ -1", "1 / 0", "x / (x - x)", "log(0)", "log(-1)",
    "sqrt(-1)", "1e99 * 1e99 * 1e99 * 1e99", "1e-99 ^ 64", "people ^ 1.5", "money_in ^ growth",
    "quantile(x, 2)", "quantile(x, -1)", "quantile(x, 0.5, by=tier)", "step(x, points)", "",
    "round(x, digits=20)", "round(x, to=1e-99)", "round_up(x, -20)", "coefficient[tier]",
    'two["A"]["I"]', "two[tier][city]", "coefficient['D']", "tier == 'Z'", "marginal(x, steps)",
    "coefficient(tier)", "x ^ x ^ x", "x ^ 1e9", "(x + 0.1) ^ 999", "(1 + x / 7) ^ 64 ^ 1",
)
NESTED = (
    ("(", ")"), ("-", ""), ("not ", ""), ("abs(", ")"), ("cv(", ")"), ("zscore(", ")"),
    ("x + ", ""), ("x * (", ")"), ("if(new, ", ", 1)"), ("coefficient[", "]"), ("[", "]"),
    ("clip(", ", 0, 1)"), ("mean(", ", weights=x)"), ("minmax(", ")"), ("round(", ")"),
)
# fmt: on


class Formulas:
    """Writes formulas from a source of chance."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng

    def any(self) -> str:
        """Return a formula, perhaps damaged."""
        rng = self.rng
        kind = rng.random()
        if kind < 0.06:
            return self.deep()
        if kind < 0.12:
            return rng.choice(HOSTILE)
        if kind < 0.2:
            return self.noise()
        text = self.statement(rng.choice((1, 2, 2, 3, 3, 4)))
        for _ in range(rng.choice((0, 0, 0, 0, 0, 0, 1, 2))):
            text = self.damaged(text)
        return text

    def statement(self, depth: int) -> str:
        """Return a formula of some depth: a figure, a text or a statement."""
        if depth <= 0:
            return self.leaf()
        form: Callable[[int], str] = self.rng.choice(_FORMS)(self)
        return form(depth - 1)

    def leaf(self) -> str:
        rng = self.rng
        kind = rng.random()
        if kind < 0.7:
            return rng.choice(FIGURES if rng.random() < 0.8 else NAMES)
        if kind < 0.92:
            return rng.choice(("0", "1", "2", "3.5", "10%", "0.5", "1000", "1e6"))
        if kind < 0.96:
            return rng.choice(words.NUMBERS)
        return rng.choice(('"A"', "'B'", '"高"', "“C”", '""', '"\n"', "'\u202e'"))

    def _sum(self, depth: int) -> str:
        sign = self.rng.choice("+-*/+-*/^×÷−")
        return f"{self.statement(depth)} {sign} {self.statement(depth - 1)}"

    def _chain(self, depth: int) -> str:
        count = self.rng.choice((2, 3, 5, 20, 160))
        sign = self.rng.choice((" + ", " * ", " - ", " / ", " and ", " or ", " < ", ","))
        return sign.join(self.leaf() for _ in range(count))

    def _compared(self, depth: int) -> str:
        rng = self.rng
        return f"{self.statement(depth)} {rng.choice(COMPARISONS)} {self.statement(depth - 1)}"

    def _logic(self, depth: int) -> str:
        word = self.rng.choice(("and", "or", "AND", "Or"))
        return f"{self._compared(depth - 1)} {word} {self._compared(depth - 1)}"

    def _brackets(self, depth: int) -> str:
        return f"({self.statement(depth)})"

    def _signed(self, depth: int) -> str:
        return self.rng.choice(("-", "+", "not ", "--")) + self.statement(depth)

    def _lookup(self, depth: int) -> str:
        table = self.rng.choice(("coefficient", "two", "coefficient", "from_file", "steps", "x"))
        index = self.rng.choice(('"A"', "tier", "city", "new", '"Z"', self.leaf()))
        second = self.rng.choice(("[city]", '["I"]')) if table == "two" else ""
        return f"{table}[{index}]{second}"

    def _if(self, depth: int) -> str:
        condition = self._compared(depth - 1)
        return f"if({condition}, {self.statement(depth)}, {self.statement(depth - 1)})"

    def _bracketed(self, depth: int) -> str:
        name = self.rng.choice(("step", "marginal", "interpolate"))
        table = self.rng.choice(("steps", "points", "steps_from_file", self.leaf()))
        return f"{name}({self.statement(depth)}, {table})"

    def _call(self, depth: int) -> str:
        rng = self.rng
        name = rng.choice(words.FUNCTION_NAMES if rng.random() < 0.95 else words.WORDS)
        count = rng.choice((1, 1, 1, 2, 2, 3, 0, 21)) if rng.random() < 0.3 else _usual(name)
        given = [self.statement(depth if n == 0 else 0) for n in range(count)]
        while rng.random() < 0.25:
            value = rng.choice(("tier", "people", "x > 1", "2", "0.5", self.leaf()))
            given.append(f"{rng.choice(OPTIONS)}={value}")
        return f"{name}({', '.join(given)})"

    def deep(self) -> str:
        """Return brackets, signs, calls or terms upon each other, often too many."""
        rng = self.rng
        levels = rng.choice((10, 25, 48, 51, 149, 151, 400, 3000))
        opening, closing = rng.choice(NESTED)
        closed = levels if rng.random() < 0.8 else rng.randint(0, levels)
        return opening * levels + "x" + closing * closed

    def noise(self) -> str:
        """Return words in no order."""
        rng = self.rng
        return "".join(self.word() for _ in range(rng.choice((1, 2, 4, 8, 30))))

    def word(self) -> str:
        """Return a word, a sign or a letter that nobody expects."""
        rng = self.rng
        return rng.choice(
            (NAMES, words.NUMBERS, words.STRANGE, words.SIGNS, words.WORDS)[rng.randrange(5)]
        )

    def damaged(self, text: str) -> str:
        """Return a text with something put in, taken out or doubled."""
        rng = self.rng
        start = rng.randint(0, len(text))
        end = min(len(text), start + rng.choice((0, 0, 1, 1, 2, 5)))
        kind = rng.random()
        if kind < 0.3:
            return text[:start] + text[end:]
        if kind < 0.4:
            return text[:end] + text[start:]
        return text[:start] + self.word() + text[end:]


def _usual(name: str) -> int:
    return words.FUNCTIONS[name].least if name in words.FUNCTIONS else 1


_FORMS: tuple[Callable[[Formulas], Callable[[int], str]], ...] = (
    *(lambda f: f._sum,) * 4,
    *(lambda f: f._call,) * 4,
    *(lambda f: f._lookup,) * 2,
    *(lambda f: f._if,) * 2,
    lambda f: f._chain,
    lambda f: f._compared,
    lambda f: f._logic,
    lambda f: f._brackets,
    lambda f: f._signed,
    lambda f: f._bracketed,
)
