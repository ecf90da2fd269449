"""Write what became of the mutants: docs/mutation.md."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import excluded
from mutants import ROOT, TARGETS, Mutant, mutants_of
from results import Key, Results, draw, sampled

PAGE = ROOT / "docs" / "mutation.md"
COLUMNS = (
    *("module", "mutants", "by form", "run", "killed", "of these too slow", "equivalent", "left"),
    "killed of those not equivalent",
)
Judged = tuple[Mutant, str]

HEAD = """# Mutation testing

Small changes are made in the kernels, the steps and the functions of formulas, one at a time: \
`<` becomes `<=`, a number becomes the next, `minimum` becomes `maximum`, a statement is left out. \
A change that no test notices is a rule that no test holds. Of the changes that are another \
program, at least nine in ten are to be noticed.

The changes are those of [cosmic-ray](https://cosmic-ray.readthedocs.io) and two of our own; \
`scripts/mutation/mutants.py` says which. A mutant is run with the tests that pass through its \
line, until one of them fails. Written by `python scripts/mutation --report`; how to run it stands \
at the top of `scripts/mutation/__main__.py`.
"""


def judged() -> Iterator[Judged]:
    """Yield every mutant with what became of it, in the order of modules and lines."""
    results = Results.read()
    for path in TARGETS:
        for mutant in mutants_of(path):
            status = results.status(mutant)
            form = excluded.by_form(mutant.before, mutant.after)
            listed = excluded.listed().get(mutant.key[:4])
            if form is not None:
                yield mutant, "form"
            elif status in ("survived", "untested"):
                yield mutant, "excluded" if listed else str(status)
            else:
                yield mutant, status or "not run"


def main(*, survivors: bool, modules: list[str]) -> int:
    """Write the page, or print the mutants that are left."""
    found = list(judged())
    if survivors:
        for mutant, status in found:
            if status in ("survived", "untested") and any(
                part in mutant.module for part in modules or [""]
            ):
                print(f"{status} {mutant.module}:{mutant.line} {mutant.function}")
                print(f"    {mutant.before}\n    {mutant.after}")
        print(*_row("all", Counter(status for _, status in found)))
        return 0
    PAGE.write_text("\n".join(_page(found)) + "\n", encoding="utf-8")
    return 0


def _row(name: str, counts: Counter[str]) -> list[str]:
    """Return a row of the table."""
    killed = counts["killed"] + counts["timeout"]
    left = counts["survived"] + counts["untested"]
    run = killed + left + counts["excluded"]
    ratio = f"{100 * killed / (killed + left):.1f} %" if killed + left else ""
    figures = (counts.total(), counts["form"], run, killed, counts["timeout"], counts["excluded"])
    return [name, *(f"{figure:,}" for figure in (*figures, left)), ratio]


def _page(found: list[Judged]) -> Iterator[str]:
    by_module: dict[str, Counter[str]] = defaultdict(Counter)
    for mutant, status in found:
        by_module[mutant.module][status] += 1
    yield HEAD
    yield "## Results\n"
    yield from _how(found)
    yield f"| {' | '.join(COLUMNS)} |"
    yield f"|---{'|---:' * (len(COLUMNS) - 1)}|"
    for module, counts in by_module.items():
        yield f"| {' | '.join(_row(f'`{module[10:]}`', counts))} |"
    yield f"| {' | '.join(_row('all', sum(by_module.values(), Counter())))} |"
    yield (
        "\n*By form*: equivalent by the form of the change, see below, and not run. *Too slow*: "
        "stopped, since a test took ten times as long as before and ten seconds more. "
        "*Equivalent*: survived, and listed below with the reason.\n"
    )
    yield from _forms()
    yield from _equivalent([mutant for mutant, status in found if status == "excluded"])
    yield from _left([(m, s) for m, s in found if s in ("survived", "untested")])


def _how(found: list[Judged]) -> Iterator[str]:
    """Say how many were run, how they were drawn, and what came of those drawn afterwards."""
    counts = Counter(status for _, status in found)
    all_of_them = counts.total() - counts["form"]
    if not counts["not run"]:
        yield f"All {all_of_them:,} mutants were run.\n"
        return
    yield (
        f"Run were {all_of_them - counts['not run']:,} of {all_of_them:,} mutants: of each module "
        "as many as the table says, drawn by a seed. Nothing is said of the others.\n"
    )
    afterwards = _fresh(found)
    fresh = Counter(status for mutant, status in found if mutant.key in afterwards)
    if fresh:
        *_, run, killed, _, equivalent, left, ratio = _row("", fresh)
        modules = {m.module for m, s in found if m.key in afterwards and s != "not run"}
        yield (
            "Tests were written against what survived of the first sample, so a second one was "
            f"drawn by another seed when they stood, from {len(modules)} of the modules: of its "
            f"{run} mutants {killed} are killed, {equivalent} equivalent, {left} left. Of those "
            f"not equivalent {ratio} are killed.\n"
        )


def _fresh(found: list[Judged]) -> set[Key]:
    """Return the mutants that were drawn only after the first sample of their module."""
    by_module: dict[str, list[Mutant]] = defaultdict(list)
    for mutant, status in found:
        if status != "form":
            by_module[mutant.module].append(mutant)
    fresh: set[Key] = set()
    for module, draws in sampled().items():
        (size, seed), *later = draws
        first = {mutant.key for mutant in draw(by_module[module], size, seed)}
        drawn = {m.key for size, seed in later for m in draw(by_module[module], size, seed)}
        fresh |= drawn - first
    return fresh


def _forms() -> Iterator[str]:
    yield "## Equivalent by form\n"
    for form in excluded.read()["forms"].values():
        shown = ", ".join(f"`{one}` to `{other}`" for one, other in form["shown"])
        yield f"- {shown}. {form['says']}"
    yield ""


def _equivalent(mutants: list[Mutant]) -> Iterator[str]:
    reasons = excluded.read()["reasons"]
    by_reason: dict[str, list[Mutant]] = defaultdict(list)
    for mutant in mutants:
        by_reason[excluded.listed()[mutant.key[:4]]].append(mutant)
    yield f"## Equivalent one by one ({len(mutants)})\n"
    for reason in sorted(by_reason, key=lambda name: (list(reasons).index(name), name)):
        yield f"**{len(by_reason[reason])}: {reasons[reason]}**\n"
        yield from _listed(by_reason[reason])


def _left(left: list[tuple[Mutant, str]]) -> Iterator[str]:
    yield f"## Left ({len(left)})\n"
    yield "No test notices these, and nobody has shown that they are the same program.\n"
    yield from _listed([mutant for mutant, _ in left])


def _listed(mutants: list[Mutant]) -> Iterator[str]:
    """Yield a block of code with the changes, place by place."""
    place: Any = None
    yield "```diff"
    for mutant in mutants:
        here = mutant.module, mutant.function, mutant.before
        if here != place:
            place = here
            yield f"  {mutant.module.removeprefix('transfers/')} {mutant.function}"
            yield f"- {mutant.before}"
        yield f"+ {mutant.after}"
    yield "```\n"
