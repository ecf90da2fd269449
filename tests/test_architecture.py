"""Imports point one way: which room of the house may use which (docs/architecture.md)."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import pytest

ROOT = Path(__file__).resolve().parent.parent

# A line is a floor of the house: its rooms may use rooms of the floors above it in this list.
FLOORS: tuple[tuple[str, ...], ...] = (
    (
        *("messages", "errors", "findings", "progress", "money", "units", "unit_words", "axes"),
        *("written", "braces", "arithmetic"),
    ),
    ("documents", "districts", "formula"),
    ("steps", "kernel"),
    ("policy",),
    (
        *("block", "scenario", "dividing", "outcome", "causes", "notices", "plan", "solve"),
        *("judging", "measuring", "payer", "readout", "figures", "still", "aside"),
        *("recall", "services"),
    ),
    ("allocation", "batch", "beside", "levels", "standing"),
    ("explain", "invariants", "reference", "measures"),
    ("output",),
    ("transfers",),  # the list of public names
    ("scenarios",),
    ("checks",),
    ("commands",),
    ("cli",),
)

# Rooms of these floors do not know their neighbours; on the other floors neighbours work together.
SEPARATE = (1, 2, 6)

# The same method twice must not share code with itself.
NOT_IN_REFERENCE = (
    "transfers.steps",
    "transfers.kernel",
    "transfers.block",
    "transfers.payer",
    "transfers.formula.approximate",
    "transfers.formula.aggregates",
    "transfers.formula.exact",
    "transfers.formula.exact_aggregates",
    "transfers.arithmetic.bounded",
    "transfers.arithmetic.figure",
    "transfers.arithmetic.rationals",
)

_FRAMES = {"pandas", "polars", "pyarrow", "narwhals"}
_SHEETS_AND_PAGES = {"xlsxwriter", "openpyxl", "python_calamine", "rich", "matplotlib", "altair"}
HEAVY = (
    {"scipy", "highspy", "dask", "distributed", "fastapi", "uvicorn"} | _FRAMES | _SHEETS_AND_PAGES
)

# Modules of the engine whose names without an underscore `scenarios` may use, beside the public
# list of `transfers` (docs/decisions/0029).
OPEN = frozenset(
    f"transfers.{name}"
    for name in (
        *("allocation", "messages", "progress", "errors", "documents.keys", "documents.described"),
        *("documents.parts", "documents.yaml_source", "documents.yaml_tree", "documents.empties"),
        *("documents.model_rules", "documents.faults", "documents.schema_rules"),
        "documents.overrides",
        *("documents.reference_choices", "documents.reference_examples"),
        *("documents.reference_form", "documents.schema_writer"),
        *("documents.exact_number", "output.book", "output.json_text", "policy.moves"),
        *("judging", "output.markdown_file", "output.origin"),
        *("policy.thresholds", "policy.uses", "standing", "units", "written"),
        *(
            "policy.asks",
            "batch",
            "money",
            "measures",
            "measuring",
            "arithmetic.decimals",
            "output.columns",
        ),
        *("output.csv_file", "output.data_file", "output.files", "output.parquet_file"),
        *("documents.fields", "districts.columns", "districts.raw"),
        *("output.terminal", "output.view_of_rules", "output.views", "output.whole_file"),
        *("arithmetic.rationals", "explain.portions"),
        *("output.sheets_of_notes", "output.view_of_measures"),
        *("arithmetic.roots", "figures.carrying", "figures.membership"),
        *("levels", "policy.above", "documents.shape", "recall"),
    )
)

# Those that `checks` may use besides: what is checked is the engine itself (docs/decisions/0039).
OPEN_TO_CHECKS = frozenset(
    f"transfers.{name}"
    for name in (
        *(
            "districts",
            "districts.changed",
            "districts.header",
            "districts.specs",
            "districts.stacking",
            "documents",
            "documents.promises",
            "formula.nodes",
            "invariants",
            "outcome",
            "output.folder",
            "payer.balance",
            "policy.figures",
            "policy.next",
            "policy.numbers",
            "policy.policy",
            "policy.promises",
            "policy.rules",
            "unit_words",
        ),
    )
)

FOR_TYPES = "names a type in an annotation; gone when the program runs"

# Imports that point the other way, each with its reason.
WRONG_WAY = {
    ("transfers.allocation", "transfers.invariants"): (
        "the promises of arithmetic are checked on every run; they know nothing of allocations"
    ),
    ("transfers.batch", "transfers.invariants"): (
        "the promises of arithmetic are checked on every run; they know nothing of allocations"
    ),
    ("transfers.allocation", "transfers.explain"): (
        "Allocation.explain() opens the room behind it, when it is called"
    ),
    ("transfers.allocation", "transfers.explain.portions"): (
        "Allocation.portions() opens the room behind it, when it is called"
    ),
    ("transfers.allocation", "transfers.measures"): (
        "Allocation.inequality() opens the room behind it, when it is called"
    ),
    ("transfers.output.sheets_of_notes", "transfers"): "a workbook names the program's version",
    ("transfers.districts.load", "transfers.documents.model_districts"): FOR_TYPES,
    ("transfers.districts.load", "transfers.policy.policy"): FOR_TYPES,
    ("transfers.districts.specs", "transfers.documents"): FOR_TYPES,
    ("transfers.districts.specs", "transfers.documents.model_lists"): FOR_TYPES,
    ("transfers.districts.specs", "transfers.formula.scope"): FOR_TYPES,
    ("transfers.districts.specs", "transfers.policy.policy"): FOR_TYPES,
}


# Modules that import each other inside functions, each circle with its reason.
CIRCLES: dict[tuple[str, ...], str] = {}

# At module level; inside a function; for the type checker only.
When = Literal["start", "call", "never"]


@dataclass(frozen=True)
class Import:
    """One module importing another."""

    source: str
    target: str
    when: When
    line: int

    @property
    def pair(self) -> tuple[str, str]:
        return self.source, self.target


@cache
def modules() -> dict[str, Path]:
    """Return every module of the product by its dotted name."""
    files = [ROOT / "cli.py"]
    for package in ("transfers", "scenarios", "checks", "commands"):
        files += sorted((ROOT / package).rglob("*.py"))
    named = {}
    for file in files:
        parts = file.relative_to(ROOT).with_suffix("").parts
        named[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return named


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(modules()[module].read_text(encoding="utf-8"))


def nodes_with_time(body: list[ast.stmt], when: When) -> Iterator[tuple[ast.AST, When]]:
    """Yield statements, telling when they run."""
    for node in body:
        yield node, when
        later = when
        if when == "start" and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            later = "call"
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            later = "never"
        for name in ("body", "orelse", "finalbody"):
            yield from nodes_with_time(getattr(node, name, []), later)
        for part in (*getattr(node, "handlers", []), *getattr(node, "cases", [])):
            yield from nodes_with_time(part.body, later)


@cache
def imports(module: str) -> tuple[Import, ...]:
    """Return what a module imports; names are traced to the module they come from."""
    found = []
    package = module if modules()[module].name == "__init__.py" else module.rpartition(".")[0]
    for node, when in nodes_with_time(tree(module).body, "start"):
        if isinstance(node, ast.Import):
            targets = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *([base] if base else [])])
            inside = [f"{base}.{alias.name}" for alias in node.names]
            targets = [name if name in modules() else base for name in inside]
        else:
            continue
        found += [Import(module, target, when, node.lineno) for target in targets]
    return tuple(found)


def ours() -> Iterator[Import]:
    """Yield the imports between modules of the product."""
    for module in modules():
        for found in imports(module):
            if found.target in modules() and found.target != module:
                yield found


def room(module: str) -> str:
    parts = module.split(".")
    return parts[1] if parts[0] == "transfers" and len(parts) > 1 else parts[0]


def floor(module: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if room(module) in rooms)


def points_the_wrong_way(found: Import) -> bool:
    here, there = floor(found.source), floor(found.target)
    if here == there:
        return here in SEPARATE and room(found.source) != room(found.target)
    return there > here


def circles(*times: When) -> list[list[str]]:
    """Return the groups of modules that all lead to each other by imports of the given times."""
    ahead: dict[str, set[str]] = {module: set() for module in modules()}
    for found in ours():
        if found.when in times:
            ahead[found.source].add(found.target)
    reached = {module: _reached(module, ahead) for module in ahead}
    groups = {frozenset({m} | {o for o in reached[m] if m in reached[o]}) for m in ahead}
    return [sorted(group) for group in groups if len(group) > 1]


def _reached(start: str, ahead: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for module in ahead[waiting.pop()] - seen:
            seen.add(module)
            waiting.append(module)
    return seen


def told(found: set[tuple[str, str]]) -> str:
    return "\n".join(f"{source} -> {target}" for source, target in sorted(found))


# -- the tests -----------------------------------------------------------------------------------


def test_every_module_has_its_room() -> None:
    known = {name for rooms in FLOORS for name in rooms}
    homeless = sorted(module for module in modules() if room(module) not in known)
    assert homeless == [], "give the new room a floor in FLOORS and in docs/architecture.md"


@pytest.mark.parametrize("page", ["docs/architecture.md", "docs/zh/architecture.md"])
def test_the_table_of_rooms_in_the_documents_has_the_same_order(page: str) -> None:
    _, _, rooms, *_ = (ROOT / page).read_text(encoding="utf-8").split("\n## ")
    lines = rooms.splitlines()
    listed = [name for line in lines if line.startswith("| `") for name in rooms_of(line)]
    listed = [name for name in listed if floor_of(name) is not None]
    assert sorted(listed) == sorted(name for rooms in FLOORS for name in rooms)
    floors = [floor_of(name) for name in listed]
    assert floors == sorted(floors, key=lambda number: -1 if number is None else number)


def rooms_of(line: str) -> list[str]:
    return line.split("|")[1].replace("`", " ").split()


def floor_of(name: str) -> int | None:
    return next((number for number, rooms in enumerate(FLOORS) if name in rooms), None)


def test_imports_point_one_way() -> None:
    found = {found.pair for found in ours() if points_the_wrong_way(found)}
    assert not found - WRONG_WAY.keys(), told(found - WRONG_WAY.keys())
    assert not WRONG_WAY.keys() - found, "no longer needed:\n" + told(WRONG_WAY.keys() - found)


def test_imports_at_module_level_form_no_circle() -> None:
    assert circles("start") == []


def test_imports_inside_functions_form_no_circle_but_the_known() -> None:
    found = {tuple(circle) for circle in circles("start", "call")}
    assert not found - CIRCLES.keys(), sorted(found - CIRCLES.keys())
    assert not CIRCLES.keys() - found, f"no longer needed: {sorted(CIRCLES.keys() - found)}"


def test_a_step_imports_no_other_step() -> None:
    steps = [f for f in ours() if room(f.source) == "steps" == room(f.target)]
    assert steps == []


def test_the_reference_shares_no_code_with_what_it_checks() -> None:
    shared = [f for f in ours() if room(f.source) == "reference" and inside(f.target)]
    assert shared == []


def inside(module: str) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in NOT_IN_REFERENCE)


@pytest.mark.parametrize(
    ("package", "doors"), [("scenarios", OPEN), ("checks", OPEN | OPEN_TO_CHECKS)]
)
def test_other_packages_use_only_public_names_of_transfers(
    package: str, doors: frozenset[str]
) -> None:
    public = {"__version__", *ast.literal_eval(assigned(tree("transfers"), "__all__"))}
    private = []
    for module in modules():
        if room(module) != package:
            continue
        for node in ast.walk(tree(module)):
            where = f"{module}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Import):
                private += [f"{where} {a.name}" for a in node.names if within_transfers(a.name)]
            elif isinstance(node, ast.ImportFrom) and node.module == "transfers":
                known = public | {name.partition(".")[2] for name in doors}
                private += [f"{where} {a.name}" for a in node.names if a.name not in known]
            elif isinstance(node, ast.ImportFrom) and within_transfers(node.module or ""):
                private += [] if node.module in doors else [f"{where} {node.module}"]
                private += [f"{where} {a.name}" for a in node.names if a.name.startswith("_")]
            elif isinstance(node, ast.Attribute) and ast.unparse(node.value) == "transfers":
                private += [f"{where} {node.attr}"] if node.attr not in public else []
    assert private == []


def test_open_doors_are_used() -> None:
    used = {
        found.target
        for m in modules()
        if room(m) in ("scenarios", "checks")
        for found in imports(m)
    }
    assert sorted(OPEN - used) == [], "no longer needed"


def within_transfers(module: str) -> bool:
    return module.startswith("transfers.")


def assigned(module: ast.Module, name: str) -> ast.expr:
    for node in module.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            return node.value
    raise AssertionError(f"{name} is not assigned")


def test_heavy_packages_are_imported_only_where_they_are_used() -> None:
    heavy = [
        f"{found.source}:{found.line} {found.target}"
        for module in modules()
        for found in imports(module)
        if found.when == "start" and found.target.split(".")[0] in HEAVY
    ]
    assert heavy == []


@pytest.mark.parametrize("package", ["transfers", "scenarios", "checks"])
def test_importing_a_package_loads_nothing_heavy(package: str) -> None:
    program = f"import sys, {package}; print(*sorted(m for m in sys.modules if '.' not in m))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not HEAVY & set(done.stdout.split())


def test_only_the_command_line_prints() -> None:
    printing = [
        f"{module}:{node.lineno}"
        for module in modules()
        if room(module) not in ("cli", "commands")
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in PRINTS
    ]
    assert printing == []


PRINTS = ("print", "sys.stdout.write", "sys.stderr.write")


def test_nothing_is_ever_evaluated_as_python() -> None:
    evaluating = [
        f"{module}:{node.lineno}"
        for module in modules()
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("eval", "exec", "compile")
    ]
    assert evaluating == []
