"""A tiny policy around one formula, run by the real engine from document to exact column."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np

import transfers
from transfers import Allocation
from transfers.arithmetic.decimals import format_decimal, parse_decimal
from transfers.formula.exact import ExactReader
from transfers.formula.values import Labels, Truth
from transfers.policy.rules import OutputRule

Columns = Mapping[str, Sequence[str]]


def document(
    formula: str,
    columns: Columns,
    *,
    units: Mapping[str, str] | None = None,
    parameters: str = "",
    quantities: str = "",
    unit: str = "",
    lists: Mapping[str, str] | None = None,
    over: Mapping[str, str] | None = None,
) -> str:
    """Return a policy whose only output is `formula`; the types of columns are seen from cells."""
    lines = ["policy: tiny", "districts: {file: districts.csv, key: code}"]
    if lists:
        lines += ["lists:", *(f"  {name}: {text}" for name, text in lists.items())]
    lines.append("inputs:")
    for name, of in (over or {}).items():
        lines.append(f'  {name}: {{columns: "{name}_{{item}}", over: {of}}}')
    for name, cells in columns.items():
        if any(name.startswith(f"{wide}_") for wide in over or ()):
            continue
        declared = (units or {}).get(name)
        settings = [f"unit: '{declared}'"] if declared else []
        settings += [f"type: {kind_of(cells)}"] if kind_of(cells) != "number" else []
        lines.append(f"  {name}: {{{', '.join(settings)}}}")
    for section, text in (("parameters", parameters), ("quantities", quantities)):
        if text:
            lines += [f"{section}:", *("  " + line for line in text.splitlines())]
    lines += ["grants:", "  nothing: {pool: 0, share: 1}", "outputs:", "  result:"]
    lines.append(f"    formula: '{formula.replace(chr(39), 2 * chr(39))}'")
    if unit:
        lines.append(f"    unit: '{unit}'")
    return "\n".join(lines) + "\n"


def kind_of(cells: Sequence[str]) -> str:
    """Return number, yes_no or text: what a column holds."""
    written = [cell for cell in cells if cell]
    if all(parse_decimal(cell) is not None for cell in written):
        return "number"
    return "yes_no" if {*written} <= {"是", "否", "yes", "no"} else "text"


def table(columns: Columns) -> str:
    """Return the districts as csv, keyed d1, d2, ..."""
    count = max((len(cells) for cells in columns.values()), default=1)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["code", *columns])
    for row in range(count):
        writer.writerow([f"d{row + 1}", *(cells[row] for cells in columns.values())])
    return text.getvalue()


def run(
    text: str,
    csv_text: str,
    scenarios: Sequence[Mapping[str, str]] = ({},),
    files: Mapping[str, str] | None = None,
) -> list[Allocation]:
    """Run a document on a table, with scenarios that move numbers."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "policy.yaml")
        path.write_text(text, encoding="utf-8")
        Path(folder, "districts.csv").write_text(csv_text, encoding="utf-8")
        for name, content in (files or {}).items():
            Path(folder, name).write_text(content, encoding="utf-8")
        policy = transfers.load_policy(path)
        districts = transfers.load_districts(None, policy)
        return transfers.allocate_scenarios(policy, districts, scenarios)


def computed(
    formula: str,
    columns: Columns | None = None,
    *,
    units: Mapping[str, str] | None = None,
    parameters: str = "",
    quantities: str = "",
    unit: str = "",
    lists: Mapping[str, str] | None = None,
    over: Mapping[str, str] | None = None,
) -> list[str]:
    """Return what a formula yields for every district, exactly, written as text."""
    columns = columns or {"x": ["1"]}
    text = document(
        formula,
        columns,
        units=units,
        parameters=parameters,
        quantities=quantities,
        unit=unit,
        lists=lists,
        over=over,
    )
    (allocation,) = run(text, table(columns))
    return [written(value) for value in allocation.column("result")]


def written(value: Fraction | str | bool | None) -> str:
    """Write a value: a decimal (a fraction where it never ends), a text, true, false, missing."""
    if value is None:
        return "missing"
    if isinstance(value, Fraction):
        return format_decimal(value)
    return str(value).lower() if isinstance(value, bool) else value


def contradictions(allocation: Allocation) -> list[str]:
    """Compare the two readers of the output: figures within the bound, decisions identical.

    Figures that float64 cannot hold are not compared.
    """
    rule = next(r for r in allocation.policy.statements if isinstance(r, OutputRule))
    node, count = rule.formula.node, len(allocation.keys)
    value = allocation.block.named(rule.name)
    exact: ExactReader = allocation.block.exact(allocation.scenario)
    members = np.arange(count, dtype=np.intp)
    if isinstance(value, Labels):
        texts = value.texts(allocation.scenario)
        texts = texts if len(texts) == count else texts * count
        same = texts == exact.texts(node, members)
        return [] if same else [f"texts {texts} != {exact.texts(node, members)}"]
    row = min(allocation.scenario, len(value.value) - 1)
    found = np.broadcast_to(value.value[row], (count,)).tolist()
    if isinstance(value, Truth):
        marks = [-1 if x != x else int(x) for x in found]
        truths = np.broadcast_to(exact.truth(node, members), (count,)).tolist()
        return [] if marks == truths else [f"statements {marks} != {truths}"]
    bounds = np.broadcast_to(value.error, value.value.shape)
    errors = np.broadcast_to(bounds[row], (count,)).tolist()
    figures = exact.numbers(node, members)
    wrong: list[str] = []
    for district, (near, error) in enumerate(zip(found, errors, strict=True)):
        true = None if figures.missing[district] else figures.figures.fraction(district)
        if true is not None and true != 0 and not 1e-250 < abs(true) < Fraction(10) ** 250:
            continue
        if (near != near) != (true is None):
            wrong.append(f"district {district}: {near} +- {error}, exactly {true}")
        elif true is not None and abs(Fraction(near) - true) > Fraction(error):
            wrong.append(f"district {district}: {near} +- {error}, exactly {float(true)}")
    return wrong
