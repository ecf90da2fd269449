"""Why a figure is missing: the first cause, followed down the formulas to the table.

Method: section 16.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from transfers.documents.model_appraisals import SECTION as APPRAISALS
from transfers.errors import Fault
from transfers.formula.items import below
from transfers.formula.library import PRIMITIVES_OVER_DISTRICTS, names_in
from transfers.formula.nodes import Binary, Call, Lookup, Name, Node, Pick, Spread
from transfers.formula.scope import KEY_BEFORE
from transfers.messages import Phrase
from transfers.policy.beside import beside_of
from transfers.policy.rules import Formula, QuantityRule
from transfers.written import decimal_text

if TYPE_CHECKING:
    from transfers.block import Block
    from transfers.formula.exact import ExactReader

MOST_ENTRIES = 12


def refused(
    block: Block, formula: Formula, members: NDArray[np.intp], scenario: int, fault: Fault
) -> Fault:
    """Return the fault that an appraisal refuses what was not observed, where that is all of it.

    Parameters
    ----------
    members : (n,) intp
        Items and districts without a figure.
    fault : Fault
        What else is told.
    """
    section, *rest = formula.path
    if section != APPRAISALS or len(rest) != 1 or not len(members):
        return fault
    name = str(rest[0])
    last = f"{name}.last."
    before = any(used.startswith(last) for used in names_in(formula.node))
    observed = block.policy.derived(f"{last}observed" if before else f"{name}.observed")
    assert observed is not None
    if not block.exact(scenario).numbers(observed.node, members).missing.all():
        return fault
    document = block.policy.document
    below = document.text_at((APPRAISALS, name))
    place = document.place(APPRAISALS, name)
    if isinstance(below, dict) and "missing" in below:
        place = document.value_place((APPRAISALS, name, "missing"))
    # The sums that lack it differ, what nobody observed does not.
    values = {key: fault.values[key] for key in ("districts", "count", "cause")}
    return Fault("appraisals.refused_last" if before else "appraisals.refused", place, values)


def follows(fault: Fault, told: list[Fault]) -> bool:
    """Tell whether a fault only repeats that a part of a formula has no figure."""
    cause = fault.values["cause"]
    part = isinstance(cause, Phrase) and isinstance(cause.values["cause"], Phrase)
    return part and any(cause == before.values.get("cause") for before in told)


def cause_of_missing(
    block: Block, formula: Formula, node: Node, member: int, scenario: int = 0
) -> str | Phrase:
    """Name what made a figure missing: an input, a division, a table.

    Parameters
    ----------
    formula : Formula
        The formula that `node` is a part of.
    member : int
        The district; of an aggregate, the place in its domain.

    Returns
    -------
    str or Phrase
        Of a cell, its place and name, such as ``districts.csv:7:4 revenue``; of a part of a
        formula, why it has no figure; "" where there is no single cause.
    """
    reader = block.exact(scenario)
    first = True
    for _ in range(200):
        definition = block.definitions.get(node.name) if isinstance(node, Name) else None
        if isinstance(node, Name) and definition is not None:
            formula, node = _formula_of(block, node, formula), definition
            continue
        if isinstance(node, Name):
            return _where(block, node, member)
        if isinstance(node, Spread):
            places = below(node, np.array([member], dtype=np.intp), block.district_count)
            node, member = node.operand, int(places[0])
            continue
        if isinstance(node, Pick):
            at = np.array([member], dtype=np.intp)
            places, absent = reader.picked(node, at)
            if not absent[0]:
                node, member = node.operand, int(places[0])
                continue
            at = np.zeros_like(at) if node.index.type.single else at
            if _names_before(node.index):
                return f"{node.of}.{block.policy.lists[node.of].keys[0]}"
            if reader._is_missing(node.index, at)[0]:
                node, member = node.index, int(at[0])
                continue
            return f"{node.of}[?]"
        child = _missing_child(reader, node, member, inside=first)
        if child is None:
            return _of_part(block, formula, node, _own_cause(reader, formula, node, member))
        node, first = child, False
    return ""


def _names_before(node: Node) -> bool:
    """Tell whether a part is the key of the item before: the first item has none."""
    node = node.operand if isinstance(node, Spread) else node
    return isinstance(node, Name) and node.name.endswith(KEY_BEFORE)


def _where(block: Block, node: Name, member: int) -> str | Phrase:
    """Return where a figure of the table, or of a list, should stand, and its name.

    Of a figure of another run, why it has none.
    """
    beside = beside_of(block.policy, node.name)
    if beside is not None:
        run, figure = beside
        why = run.why_missing(figure, block.districts.keys[member])
        return Phrase("allocation.cause_beside", {"why": why})
    name, _, column = node.name.partition(".")
    if node.name in block.districts.columns:
        districts = block.districts
        has_row = districts.has_cell(node.name, member)
        whose = "" if has_row else f" [{block.called(member, node.type)}]"
        return f"{districts.place(node.name, member)} {node.name}{whose}"
    items = block.policy.lists.get(name)
    places = items.columns[column].places if items is not None and column in items.columns else ()
    return f"{places[member]} {node.name}" if places else node.name


def _missing_child(reader: ExactReader, node: Node, member: int, *, inside: bool) -> Node | None:
    """Return the part below `node` that is missing at the place, if one is.

    Parameters
    ----------
    inside : bool
        Of an aggregate: whether the place is one of its domain.
    """
    candidates = list(node.children())
    if isinstance(node, Call) and node.function not in ("if", "min", "max", "round"):
        # Below an aggregate the district itself need not be the one that lacks a figure.
        if node.domain.over and not inside:
            return None
        candidates = [child for child in candidates if not child.type.single]
    members = np.array([member], dtype=np.intp)
    for child in candidates:
        if reader._is_missing(child, members)[0]:
            return child
    return None


def _formula_of(block: Block, name: Name, formula: Formula) -> Formula:
    """Return the formula that defines a quantity; the one that reads it where none is found."""
    for statement in block.policy.statements:
        if isinstance(statement, QuantityRule) and statement.name == name.name:
            return statement.formula
    return formula


def _of_part(block: Block, formula: Formula, node: Node, why: Phrase | None) -> str | Phrase:
    """Say where the part of a formula stands that has no figure by itself."""
    if why is None:
        return ""
    place = replace(block.policy.document.value_place(formula.path), file=None, column=None)
    name = ".".join(map(str, formula.path[:2]))
    return Phrase("allocation.cause_at", {"name": name, "line": place.line or "", "why": why})


def _own_cause(reader: ExactReader, formula: Formula, node: Node, member: int) -> Phrase | None:
    """Return why a part has no figure though all its parts have one."""
    written = formula.text[node.start : node.end]
    if isinstance(node, Binary) and node.operator == "/":
        if not written:  # what brackets expand to has no text of its own
            return Phrase("allocation.cause_no_bracket", {"call": formula.text})
        below = formula.text[node.right.start : node.right.end]
        if below == written:  # the function divides: a mean of nobody, a share of nothing
            return Phrase("allocation.cause_call", {"call": written})
        return Phrase("allocation.cause_division", {"below": below})
    members = np.array([member], dtype=np.intp)
    if isinstance(node, Lookup):
        texts = [reader.texts(index, members)[0] or "—" for index in node.indices]
        return _no_entry(node.table, texts, reader.figures.entries(node))
    if isinstance(node, Call) and node.function in PRIMITIVES_OVER_DISTRICTS:
        return Phrase("allocation.cause_nobody", {"call": written})
    if isinstance(node, Call) and node.function in ("exp", "log", "sqrt"):
        figure = reader.numbers(node.arguments[0], members).figures.fraction(0)
        words = {"function": node.function, "figure": decimal_text(figure)}
        return Phrase("allocation.cause_function", words)
    return None


def _no_entry(table: str, texts: list[str], entries: Iterable[tuple[str, ...]]) -> Phrase:
    """Say that a table has no such entry, and what it has: under the first key, where that is."""
    known = list(entries)
    beside = [entry for entry in known if entry[:-1] == tuple(texts[:-1])]
    level = -1 if beside else 0
    shown = tuple(dict.fromkeys(entry[level] for entry in beside or known))
    listed = (*shown[:MOST_ENTRIES], *["…"] * (len(shown) > MOST_ENTRIES))
    words = {"entry": table + "".join(f"[{text}]" for text in texts), "known": listed}
    if beside and len(texts) > 1:
        return Phrase("allocation.cause_no_entry_of", {**words, "of": f"{table}[{texts[0]}]"})
    return Phrase("allocation.cause_no_entry", words)
