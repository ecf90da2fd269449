"""What the level above gives: asked for by a document, answered by a run of another one.

How that other policy is run is not known here: :mod:`transfers.levels` hands in a function.

Method: section 31.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from transfers.arithmetic.decimals import parse_decimal
from transfers.documents.change import SET, Changes
from transfers.documents.model_upstream import Upstream
from transfers.documents.rules_percent import percent_beside, percent_fault
from transfers.errors import DocumentError, Fault, FaultsError, Place, RejectedAboveError
from transfers.findings import Finding
from transfers.formula.nodes import Number, Type
from transfers.formula.scope import Symbol
from transfers.units import Unit, describe
from transfers.written import decimal_text

if TYPE_CHECKING:
    from transfers.documents.load import Document
    from transfers.policy.compile import Compiler

SECTION = "upstream"


class Asked(Struct, frozen=True):
    """Which figures of which run are asked for, and where in the document below.

    Parameters
    ----------
    file : str
        The policy document above.
    table : str, optional
        In place of the table that document names.
    key : str
        Of the district that the document below stands for.
    chain : tuple of str
        Real paths of the documents that are being read, the lowest first.
    place, key_place : Place
        Of the section, and of the key, in the document below.
    """

    file: str
    table: str | None
    key: str
    chain: tuple[str, ...]
    place: Place
    key_place: Place


class Given(Struct, frozen=True):
    """One figure from above."""

    value: Fraction
    unit: Unit


class Above(Struct, frozen=True, eq=False):
    """What the level above gives one district.

    Parameters
    ----------
    title, file, sha256 : str
        Of the policy document above.
    table, table_sha256 : str
        Of its table of districts.
    key, name : str
        Of the district there.
    figures : mapping of str to Given
        ``total``, grants and outputs; money is in the unit of the document below.
    findings : tuple of Finding
        What came from above, and the warnings of the run.
    files : tuple of str
        Every file read for it, also of the levels above it.
    read : tuple of (str, str)
        The tables among them with their SHA-256, those of lists and joined files too.
    """

    title: str
    file: str
    sha256: str
    table: str
    table_sha256: str
    key: str
    name: str
    figures: Mapping[str, Given]
    findings: tuple[Finding, ...]
    files: tuple[str, ...]
    read: tuple[tuple[str, str], ...] = ()


class Answered(Struct, frozen=True, eq=False):
    """What was asked of the level above, and what it answered: money in the unit it has there."""

    asked: Asked
    above: Above


RunAbove = Callable[[Asked], Above]


class Level(Struct, eq=False):
    """Where a document stands among levels, and what the one above gives it.

    Parameters
    ----------
    run_above : callable, optional
        Runs the policy of the level above.
    chain : tuple of str
        Real paths of the documents that are being read, the lowest first, this one last.
    figures : mapping of str to str
        What a change gives in place of figures from above.
    before : Answered or None
        What the policy that is changed was answered.

    Attributes
    ----------
    answered : Answered or None
        What was asked this time.
    above : Above or None
        What the level above gives.
    faults : list of Fault
        Why it cannot be run, with places in its own documents.
    rejected : RejectedAboveError or None
        Why it pays nobody.
    """

    run_above: RunAbove | None = None
    chain: tuple[str, ...] = ()
    figures: Mapping[str, str] = field(default_factory=dict)
    before: Answered | None = None
    answered: Answered | None = None
    above: Above | None = None
    faults: list[Fault] = field(default_factory=list)
    rejected: RejectedAboveError | None = None


def upstream(compiler: Compiler) -> None:
    """Run the policy above and make its figures usable as ``upstream.<name>``."""
    entry = compiler.document.model.upstream
    if entry is None:
        return
    level = compiler.level
    # Where these figures are not to be had, nothing below is told for want of them.
    compiler.define(Symbol(SECTION, faulty=True))
    compiler.scope.later.pop(f"{SECTION}.total", None)
    try:
        above = _answer(compiler, entry)
    except RejectedAboveError as answer:
        level.rejected = answer
        return
    except FaultsError as error:
        level.faults.extend(error.faults)
        return
    del compiler.scope.symbols[SECTION]
    level.above = _changed(compiler, _in_own_money(above, compiler.money))
    place = compiler.document.place(SECTION)
    for name, given in level.above.figures.items():
        path = (SECTION, name)
        number = Number(given.value, path, type=Type("number", False, given.unit))
        compiler.numbers[path] = number
        compiler.define(Symbol(f"{SECTION}.{name}", number.type, place, number=number))


def _answer(compiler: Compiler, entry: Upstream) -> Above:
    """Return what the level above gives, or raise why it gives nothing."""
    document, level = compiler.document, compiler.level
    place = document.value_place((SECTION, "policy"))
    if level.run_above is None:
        raise DocumentError([Fault("upstream.alone", place)])
    asked = asked_of(document, entry, level.chain)
    known = level.before
    level.answered = known if known is not None and known.asked == asked else None
    if level.answered is None:
        level.answered = Answered(asked, level.run_above(asked))
    return level.answered.above


def asked_of(document: Document, entry: Upstream, chain: tuple[str, ...] = ()) -> Asked:
    """Return what a document asks of the level above."""
    return Asked(
        os.path.normpath(document.beside(entry.policy)),
        None if entry.districts is None else os.path.normpath(document.beside(entry.districts)),
        entry.key,
        chain,
        document.value_place((SECTION, "policy")),
        document.value_place((SECTION, "key")),
    )


def _in_own_money(above: Above, money: Unit) -> Above:
    """Return money from above in this document's unit: a bare number beside it counts that."""
    figures = {
        name: Given(given.value * given.unit.scale / money.scale, money)
        if given.unit.same_kind(money)
        else given
        for name, given in above.figures.items()
    }
    return replace(above, figures=figures)


def _changed(compiler: Compiler, above: Above) -> Above:
    """Put in the figures that a change gives in place of those from above, and say so."""
    figures, findings = dict(above.figures), list(above.findings)
    for name, text in compiler.level.figures.items():
        place = Place(SET, path=f"{SECTION}.{name}")
        value = parse_decimal(text)
        if name not in figures:
            known = ", ".join(f"{SECTION}.{figure}" for figure in figures)
            words: dict[str, object] = {"name": f"{SECTION}.{name}", "known": known}
            compiler.faults.append(Fault("upstream.no_figure", place, words))
        elif value is None:
            compiler.faults.append(Fault("document.not_a_number", place, {"text": text[:40]}))
        elif percent_beside(text, figures[name].unit):
            unit = describe(figures[name].unit, compiler.money)
            compiler.faults.append(percent_fault(place, text, unit))
        else:
            old = figures[name]
            figures[name] = Given(value, old.unit)
            words = {
                "name": f"{SECTION}.{name}",
                "unit": describe(old.unit, compiler.money),
                "value": decimal_text(value),
                "old": decimal_text(old.value),
            }
            findings.append(Finding("upstream.changed", "note", "noted", where=place, values=words))
    return replace(above, figures=figures, findings=tuple(findings))


def split_changes(data: Any, file: str, changes: Changes) -> tuple[Changes, dict[str, str]]:
    """Part the changes of a document from those of figures from above: ``upstream.total``.

    Raises
    ------
    DocumentError
        A policy above is named for a document that has no such section.
    """
    has_section = isinstance(data, dict) and SECTION in data
    own, figures = [], {}
    for change in changes:
        head, _, name = change.path.partition(".")
        below = head == SECTION and has_section and name
        if below and change.kind == "set" and name.split(".")[0] not in Upstream.keys:
            figures[name] = change.text
        else:
            own.append(change)
    paths = {change.path for change in own}
    if f"{SECTION}.policy" in paths and f"{SECTION}.key" not in paths and not has_section:
        raise DocumentError([Fault("upstream.no_section", Place(file))])
    return tuple(own), figures
