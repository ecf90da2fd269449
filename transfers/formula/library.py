"""The closed library of functions: what each takes, and what those built from others mean.

Only what a real system needs is here. A function either is *primitive* (the readers know it) or
has an *expansion* into primitives, so that every reader agrees on it by construction. The page
of each family and its examples are in :mod:`transfers.formula.reference_pages`.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Literal

from msgspec import Struct, field

from transfers.formula.nodes import (
    Binary,
    Call,
    Compare,
    Logic,
    Name,
    Node,
    Number,
    Type,
    Unary,
    walk,
)
from transfers.formula.scope import Steps
from transfers.units import PURE

Family = Literal["per_district", "over_districts", "brackets"]


class Function(Struct, frozen=True):
    """A function of the library: its family, how many arguments, which named options."""

    name: str
    family: Family
    least: int
    most: int
    options: frozenset[str] = field(default_factory=frozenset)


_OVER = frozenset({"by", "over", "where"})
_WEIGHTED = _OVER | {"weights"}
_ROUND = frozenset({"digits", "to"})
_MANY = 20

FUNCTIONS: dict[str, Function] = {
    function.name: function
    for function in (
        Function("if", "per_district", 3, 3),
        Function("min", "per_district", 2, _MANY),
        Function("max", "per_district", 2, _MANY),
        Function("abs", "per_district", 1, 1),
        Function("clip", "per_district", 3, 3),
        Function("round", "per_district", 1, 2, _ROUND),
        Function("round_up", "per_district", 1, 2, _ROUND),
        Function("round_down", "per_district", 1, 2, _ROUND),
        Function("sqrt", "per_district", 1, 1),
        Function("exp", "per_district", 1, 1),
        Function("log", "per_district", 1, 1),
        Function("missing", "per_district", 1, 1),
        Function("previous", "over_districts", 1, 1, frozenset({"over"})),
        Function("sum", "over_districts", 1, 1, _OVER),
        Function("mean", "over_districts", 1, 1, _WEIGHTED),
        Function("share", "over_districts", 1, 1, _OVER),
        Function("count", "over_districts", 0, 1, _OVER),
        Function("rank", "over_districts", 1, 1, _OVER),
        Function("lowest", "over_districts", 1, 1, _OVER),
        Function("highest", "over_districts", 1, 1, _OVER),
        Function("quantile", "over_districts", 2, 2, _OVER),
        Function("std", "over_districts", 1, 1, _WEIGHTED),
        Function("cv", "over_districts", 1, 1, _WEIGHTED),
        Function("std_sample", "over_districts", 1, 1, _OVER),
        Function("cv_sample", "over_districts", 1, 1, _OVER),
        Function("gini", "over_districts", 1, 1, _WEIGHTED),
        Function("theil", "over_districts", 1, 1, _WEIGHTED),
        Function("zscore", "over_districts", 1, 1, _WEIGHTED),
        Function("minmax", "over_districts", 1, 1, _OVER),
        Function("step", "brackets", 2, 2),
        Function("marginal", "brackets", 2, 2),
        Function("interpolate", "brackets", 2, 2),
    )
}

PRIMITIVES_OVER_DISTRICTS = frozenset({"sum", "rank", "lowest", "highest", "quantile", "gini"})


def expand(call: Call) -> Node | None:
    """Return a call in terms of primitives; None for a primitive.

    The options of the call (``by``, ``where``, ``weights``) go to the sums inside. Parts of the
    call appear more than once in its expansion as the very same node, so that a reader that
    remembers what it has read reads them once.
    """
    build = _EXPANSIONS.get(call.function)
    if build is None:
        return None
    written = {id(part) for part in walk(call)}
    expansion = build(call)
    for part in walk(expansion):
        if id(part) not in written:
            part.start, part.end = call.start, call.end
    return expansion


def _number(value: int | Fraction) -> Number:
    return Number(Fraction(value))


def _one() -> Number:
    """Return what counts: a plain one, which takes nobody's unit."""
    return Number(Fraction(1), type=Type(unit=PURE))


def _over(function: str, argument: Node, call: Call) -> Call:
    """Return a function over the same districts, or items, as `call`."""
    return Call(function, (argument,), {k: v for k, v in call.options.items() if k != "weights"})


def _if(condition: Node, yes: Node, no: Node) -> Call:
    return Call("if", (condition, yes, no), {})


def _abs(call: Call) -> Node:
    (x,) = call.arguments
    return Call("max", (x, Unary("-", x)), {})


def _clip(call: Call) -> Node:
    x, low, high = call.arguments
    return Call("max", (low, Call("min", (x, high), {})), {})


def _mean(call: Call) -> Node:
    (x,) = call.arguments
    weights = call.options.get("weights")
    if weights is None:
        return Binary("/", _over("sum", x, call), _over("sum", _one(), call))
    weighted = _over("sum", Binary("*", x, weights), call)
    return Binary("/", weighted, _over("sum", weights, call))


def _count(call: Call) -> Node:
    if not call.arguments:
        return _over("sum", _number(1), call)
    return _over("sum", _if(call.arguments[0], _number(1), _number(0)), call)


def _share(call: Call) -> Node:
    (x,) = call.arguments
    inside = call.options.get("where")
    counted = x if inside is None else _if(inside, x, _number(0))
    return Binary("/", counted, _over("sum", x, call))


def _std(call: Call) -> Node:
    (x,) = call.arguments
    mean = Call("mean", (x,), call.options)
    square = Binary("^", Binary("-", x, mean), _number(2))
    return Call("sqrt", (Call("mean", (square,), call.options),), {})


def _cv(call: Call) -> Node:
    return Binary("/", _std(call), Call("mean", call.arguments, call.options))


def _std_sample(call: Call) -> Node:
    (x,) = call.arguments
    square = Binary("^", Binary("-", x, Call("mean", (x,), call.options)), _number(2))
    others = Binary("-", _over("sum", _one(), call), _one())
    return Call("sqrt", (Binary("/", _over("sum", square, call), others),), {})


def _cv_sample(call: Call) -> Node:
    return Binary("/", _std_sample(call), Call("mean", call.arguments, call.options))


def _theil(call: Call) -> Node:
    """Average r log(r), with r the figure over the mean; a figure of 0 contributes 0.

    Missing where a figure or a weight is negative, and where the mean is 0.
    """
    (x,) = call.arguments
    mean = Call("mean", (x,), call.options)
    ratio = Binary("/", x, mean)
    term = Binary("*", ratio, Call("log", (ratio,), {}))
    positive = Logic("and", Compare(">", x, _number(0)), Compare(">", mean, _number(0)))
    average = Call("mean", (_if(positive, term, _number(0)),), call.options)
    sound: Node = Compare(">", mean, _number(0))
    for figures in (x, call.options.get("weights")):
        if figures is not None:
            never_negative = Compare(">=", _over("lowest", figures, call), _number(0))
            sound = Logic("and", never_negative, sound)
    return _if(sound, average, Binary("/", _number(0), _number(0)))


def _zscore(call: Call) -> Node:
    (x,) = call.arguments
    deviation = _std(call)
    distance = Binary("-", x, Call("mean", (x,), call.options))
    level = Compare("==", deviation, _number(0))
    return _if(_there(level, x), _number(0), Binary("/", distance, deviation))


def _minmax(call: Call) -> Node:
    (x,) = call.arguments
    lowest = _over("lowest", x, call)
    width = Binary("-", _over("highest", x, call), lowest)
    level = Compare("==", width, _number(0))
    return _if(_there(level, x), _number(0), Binary("/", Binary("-", x, lowest), width))


def _there(statement: Node, x: Node) -> Node:
    """Return a statement that holds of figures that are there only: what is missing stays so."""
    missing = Call("missing", (x,), {})
    return Logic("and", statement, Unary("not", missing))


_EXPANSIONS = {
    "abs": _abs,
    "clip": _clip,
    "mean": _mean,
    "count": _count,
    "share": _share,
    "std": _std,
    "cv": _cv,
    "std_sample": _std_sample,
    "cv_sample": _cv_sample,
    "theil": _theil,
    "zscore": _zscore,
    "minmax": _minmax,
}


def expand_brackets(function: str, x: Node, steps: Steps) -> Node:
    """Return ``step``, ``marginal`` or ``interpolate`` over a table as nested choices."""
    if function == "step":
        return _step(x, steps)
    if function == "marginal":
        return _marginal(x, steps)
    return _interpolate(x, steps)


def _halved(x: Node, steps: Steps, leaves: list[Node], first: int = 0) -> Node:
    """Choose among ``len(edges) + 1`` leaves by halving, so that the tree stays flat.

    `leaves` are those from edge number `first` on.
    """
    if len(leaves) == 1:
        return leaves[0]
    middle = (len(leaves) - 1) // 2
    left = _halved(x, steps, leaves[: middle + 1], first)
    right = _halved(x, steps, leaves[middle + 1 :], first + middle + 1)
    operator: Literal["<", "<="] = "<" if steps.bounds[first + middle] == "below" else "<="
    return _if(Compare(operator, x, steps.edges[first + middle]), left, right)


def _step(x: Node, steps: Steps) -> Node:
    leaves: list[Node] = list(steps.values)
    if len(leaves) == len(steps.edges):
        # Past the last edge there is no value: the figure is missing there, as 0 / 0 is.
        leaves.append(Binary("/", _number(0), _number(0)))
    return _halved(x, steps, leaves)


def _marginal(x: Node, steps: Steps) -> Node:
    """Sum rate times the length of x inside each bracket, counted from 0."""
    lower: Node = _number(0)
    parts: list[Node] = []
    for position, rate in enumerate(steps.values):
        bounded = position < len(steps.edges)
        inside = Call("min", (x, steps.edges[position]), {}) if bounded else x
        length = Call("max", (_number(0), Binary("-", inside, lower)), {})
        parts.append(Binary("*", rate, length))
        lower = steps.edges[position] if bounded else lower
    while len(parts) > 1:
        pairs = zip(parts[::2], parts[1::2], strict=False)
        odd = parts[-1:] if len(parts) % 2 else []
        parts = [Binary("+", left, right) for left, right in pairs] + odd
    return parts[0]


def _interpolate(x: Node, steps: Steps) -> Node:
    """Join the points by straight lines; flat before the first and after the last."""
    points = list(zip(steps.edges, steps.values, strict=True))
    lines: list[Node] = [steps.values[0]]
    for (x0, y0), (x1, y1) in pairwise(points):
        slope = Binary("/", Binary("-", y1, y0), Binary("-", x1, x0))
        lines.append(Binary("+", y0, Binary("*", slope, Binary("-", x, x0))))
    lines.append(steps.values[-1])
    return _halved(x, steps, lines)


def expand_by_category(function: str, x: Node, place: Node, stages: list[Steps]) -> Node:
    """Return a function of brackets over the table that each figure's category has.

    Parameters
    ----------
    place : Node
        The place of the category among `stages`; missing where it has no table, and then so is
        what the function yields.
    """
    leaves = [expand_brackets(function, x, steps) for steps in stages]
    if len(leaves) == 1:
        leaves *= 2
    return _chosen(place, leaves)


def _chosen(place: Node, leaves: list[Node], first: int = 0) -> Node:
    """Choose the leaf at a place by halving; `leaves` are those from number `first` on."""
    if len(leaves) == 1:
        return leaves[0]
    middle = (len(leaves) - 1) // 2
    left = _chosen(place, leaves[: middle + 1], first)
    right = _chosen(place, leaves[middle + 1 :], first + middle + 1)
    return _if(Compare("<=", place, _number(first + middle)), left, right)


def names_in(node: Node) -> list[str]:
    """Return the names a formula uses, each once, in reading order."""
    return list(dict.fromkeys(part.name for part in walk(node) if isinstance(part, Name)))
