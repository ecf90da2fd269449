"""Small changes of the code that some test should notice: what they are, and where.

The operators are those of cosmic-ray (https://cosmic-ray.readthedocs.io), without the
replacements that say nothing here: ``is`` for ``==``, shifts for sums, and variables for numbers
drawn by chance. Two are our own: the other of a pair of names (``minimum`` for ``maximum``), and
a statement left out.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import parso
from cosmic_ray.ast import ast_nodes
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator, operator_names

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "build" / "mutation" / "mutants"

TARGETS = (
    *sorted(path for path in ROOT.glob("transfers/kernel/*.py") if path.stem != "__init__"),
    *sorted(path for path in ROOT.glob("transfers/steps/*.py") if path.stem != "__init__"),
    *(
        ROOT / "transfers/formula" / f"{name}.py"
        for name in (
            *("aggregates", "approximate", "exact", "exact_aggregates", "exact_numbers"),
            *("inequality", "items", "library", "one_figure", "values"),
        )
    ),
)
"""The kernels, the steps, and the library of formulas as it computes."""

_INSTEAD = {
    "Add": ("Sub", "Mul"),
    "Sub": ("Add", "Mul"),
    "Mul": ("Div", "Add"),
    "Div": ("Mul", "FloorDiv"),
    "FloorDiv": ("Div", "Mul"),
    "Mod": ("FloorDiv", "Mul"),
    "Pow": ("Mul", "Add"),
    "BitOr": ("BitAnd", "BitXor"),
    "BitAnd": ("BitOr", "BitXor"),
    "BitXor": ("BitAnd", "BitOr"),
}
_PAIRS = (
    *(("min", "max"), ("minimum", "maximum"), ("any", "all"), ("floor", "ceil")),
    *(("zeros", "ones"), ("zeros_like", "ones_like"), ("lower", "upper"), ("floor", "cap")),
)
_OTHER = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}


class OtherOfAPair(Operator):
    """``minimum`` becomes ``maximum``, ``any`` becomes ``all``, a floor becomes a cap."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        """Yield names that are used, not made."""
        if node.type == "name" and node.value in _OTHER and not node.is_definition():
            follows = node.get_next_sibling()
            names_an_option = (
                node.parent.type == "argument" and getattr(follows, "value", "") == "="
            )
            if not names_an_option and not node.search_ancestor("import_from", "param"):
                yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        """Put the other name."""
        node.value = _OTHER[node.value]
        return node

    @classmethod
    def examples(cls) -> tuple[()]:
        """Return nothing: this class is not one of cosmic-ray's own."""
        return ()


class LeaveOut(Operator):
    """A statement that is there for its effect is left out."""

    def mutation_positions(self, node: Any) -> Iterator[tuple[Any, Any]]:
        """Yield calls by themselves, and assignments like ``a += b``."""
        if node.parent is None or node.parent.type != "simple_stmt":
            return
        called = node.type in ("atom_expr", "power") and node.children[-1].type == "trailer"
        augmented = node.type == "expr_stmt" and node.children[1].type == "operator"
        augmented = node.type == "expr_stmt" and (
            augmented or getattr(node.children[1], "type", "") == "augassign"
        )
        if called or (augmented and node.children[1].value != "="):
            yield node.start_pos, node.end_pos

    def mutate(self, node: Any, index: int) -> Any:
        """Put ``pass``, on as many lines."""
        prefix = node.get_first_leaf().prefix
        return parso.parse(f"{prefix}pass")

    @classmethod
    def examples(cls) -> tuple[()]:
        """Return nothing: this class is not one of cosmic-ray's own."""
        return ()


@cache
def operators() -> dict[str, Operator]:
    """Return the operators by name."""
    found: dict[str, Operator] = {"OtherOfAPair": OtherOfAPair(), "LeaveOut": LeaveOut()}
    for full in operator_names():
        name = full.split("/")[1]
        said = re.fullmatch(r"ReplaceBinaryOperator_(\w+)_(\w+)", name)
        if said and said[2] not in _INSTEAD.get(said[1], ()):
            continue
        said = re.fullmatch(r"ReplaceComparisonOperator_(\w+)_(\w+)", name)
        if said and ("Is" in said[1]) != ("Is" in said[2]):
            continue
        said = re.fullmatch(r"ReplaceUnaryOperator_(\w+)_(\w+)", name)
        if said and said[1] != "Delete":  # -x becomes x, not +x as well, nor ~x
            continue
        if not name.startswith("Variable"):
            found[name] = get_operator(full)()
    return dict(sorted(found.items()))


@dataclass(frozen=True, order=True)
class Mutant:
    """One change of one module."""

    module: str  # as in transfers/kernel/fit.py
    line: int
    column: int
    operator: str
    occurrence: int  # among the places of the operator in the module
    function: str = ""
    before: str = ""
    after: str = ""
    nth: int = 1  # among those of this function that read the same

    @property
    def key(self) -> tuple[str, str, str, str, int]:
        """What stays the same when other lines change."""
        return self.module, self.function, self.before, self.after, self.nth

    @property
    def source(self) -> str:
        """The module with the change in it."""
        return _mutated(self.module, self.operator, self.occurrence)


def read(module: str) -> str:
    """Return the source of a module."""
    return (ROOT / module).read_text(encoding="utf-8")


def mutants_of(path: Path) -> list[Mutant]:
    """Return the mutants of a module in reading order, without those that change nothing.

    Describing them takes seconds for each module, so it is kept until the module changes.
    """
    module = path.relative_to(ROOT).as_posix()
    text = "".join((read(module), Path(__file__).read_text(encoding="utf-8")))
    file = KEPT / f"{hashlib.sha256(text.encode()).hexdigest()[:24]}.json"
    if not file.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps([asdict(mutant) for mutant in _mutants_of(path)]))
    return [Mutant(**entry) for entry in json.loads(file.read_text())]


def _mutants_of(path: Path) -> list[Mutant]:
    module = path.relative_to(ROOT).as_posix()
    source = read(module)
    tree = parso.parse(source)
    counts = dict.fromkeys(operators(), 0)
    places: list[Mutant] = []
    for node in ast_nodes(tree):
        for name, operator in operators().items():
            for (line, column), _ in operator.mutation_positions(node):
                places.append(Mutant(module, line, column, name, counts[name]))
                counts[name] += 1
    described = (_described(mutant, source) for mutant in sorted(places))
    return _numbered([mutant for mutant in described if mutant is not None])


def _numbered(mutants: list[Mutant]) -> list[Mutant]:
    """Tell apart mutants of one function that read the same."""
    seen: dict[tuple[str, ...], int] = {}
    numbered = []
    for mutant in mutants:
        same = mutant.key[:4]
        seen[same] = seen.get(same, 0) + 1
        numbered.append(replace(mutant, nth=seen[same]))
    return numbered


def _described(mutant: Mutant, source: str) -> Mutant | None:
    """Say what a mutant changes; None where it is no other program."""
    changed = mutant.source
    try:
        with_change = ast.parse(changed)
    except SyntaxError:
        return None
    if _meaning(with_change) == _meaning_of(source):
        return None
    before, after = source.split("\n"), changed.split("\n")
    while before and after and before[-1] == after[-1]:
        before.pop()
        after.pop()
    first = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
    one, other = (" ".join(line.strip() for line in part[first:]) for part in (before, after))
    return replace(mutant, function=_function(source, mutant.line), before=one, after=other)


@cache
def _function(source: str, line: int) -> str:
    """Return the qualified name of the function, or class, around a line."""
    names: list[str] = []
    nodes: list[ast.AST] = [ast.parse(source)]
    while nodes:
        node = nodes.pop()
        for child in ast.iter_child_nodes(node):
            last = getattr(child, "end_lineno", 0) or 0
            if getattr(child, "lineno", last + 1) <= line <= last or not hasattr(child, "lineno"):
                nodes.append(child)
            if isinstance(child, ast.FunctionDef | ast.ClassDef):
                first = min([child.lineno, *(d.lineno for d in child.decorator_list)])
                if first <= line <= last:
                    nodes = [child]
                    names.append(child.name)
                    break
    return ".".join(names)


@cache
def _meaning_of(source: str) -> str:
    return _meaning(ast.parse(source))


def _meaning(tree: ast.Module) -> str:
    """Write a program without its annotations, which do nothing when it runs."""
    for node in ast.walk(tree):
        if isinstance(node, ast.arg | ast.AnnAssign):
            node.annotation = ast.Constant(0)  # type: ignore[assignment]
        elif isinstance(node, ast.FunctionDef):
            node.returns = None
    return ast.dump(tree)


def _mutated(module: str, name: str, occurrence: int) -> str:
    """Return the source of a module with one change."""
    tree = parso.parse(read(module))
    operator = operators()[name]
    seen = 0
    for node in ast_nodes(tree):
        for index, _ in enumerate(operator.mutation_positions(node)):
            if seen == occurrence:
                _put(node, operator.mutate(node, index))
                return str(tree.get_code())
            seen += 1
    raise LookupError(f"{module} has no {name} number {occurrence}")


def _put(node: Any, other: Any) -> None:
    """Put another node in the place of one."""
    if other is node:
        return
    siblings = node.parent.children
    place = next(i for i, child in enumerate(siblings) if child is node)
    siblings[place : place + 1] = [] if other is None else [other]
