"""Levels of government: a policy whose money comes from a run of the policy above it.

The province divides among cities, a city among counties, a county among towns. The document of
the lower level names the one above and its own key there; that one is run once, when the lower
one is read, and what its district gets becomes figures of the lower document.

Method: section 31.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from transfers.allocation import Allocation
from transfers.batch import allocate
from transfers.districts.digest import sha256_of
from transfers.districts.load import load_districts
from transfers.errors import DocumentError, Fault, FaultsError, RejectedAboveError
from transfers.findings import Finding
from transfers.messages import Phrase
from transfers.policy import policy as policies
from transfers.policy.above import Above, Asked, Given, asked_of
from transfers.policy.policy import Policy
from transfers.written import decimal_text

MOST_LEVELS = 8
"""Documents above each other: more than there are levels of government."""

HASH_SHOWN = 12


def load_policy(path: str | Path, overrides: Mapping[str, str] | None = None) -> Policy:
    """Read a policy document and check everything that can be checked without a table.

    A document with a level above (``upstream``) has that policy run on its table, once.

    Parameters
    ----------
    path : path
        The YAML file.
    overrides : mapping, optional
        Path in the document -> text of the value to put there.

    Raises
    ------
    DocumentError
        With every fault of the document, in reading order, and those of the level above.
    RejectedAboveError
        The level above pays nobody: its money is short.
    """
    return policies.load_policy(path, overrides, run_above=run_above)


def run_above(asked: Asked) -> Above:
    """Run the policy above on its table; return what the district with the key gets.

    Raises
    ------
    DocumentError
        The document or its table is faulty, has no such district, or stands above itself.
    RejectedAboveError
        The run pays nobody.
    """
    real = os.path.realpath(asked.file)
    if real in asked.chain:
        circle = (*asked.chain[asked.chain.index(real) :], real)
        words = {"documents": tuple(os.path.relpath(document) for document in circle)}
        raise DocumentError([Fault("upstream.circle", asked.place, words)])
    if len(asked.chain) >= MOST_LEVELS:
        raise DocumentError([Fault("upstream.too_deep", asked.place, {"most": MOST_LEVELS})])
    try:
        policy = policies.load_policy(asked.file, run_above=run_above, chain=asked.chain)
        allocation = allocate(policy, load_districts(asked.table, policy))
    except RejectedAboveError as answer:
        raise RejectedAboveError([heading("upstream.rejected", asked), *answer.faults]) from None
    except FaultsError as error:
        raise DocumentError([heading("upstream.faulty", asked), *error.faults]) from None
    if allocation.status == "rejected":
        told = [
            Fault(finding.code, finding.where, finding.values)
            for finding in allocation.findings
            if finding.severity == "error"
        ]
        raise RejectedAboveError([heading("upstream.rejected", asked), *told])
    return given_by(asked, allocation)


def heading(code: str, asked: Asked) -> Fault:
    """Return what stands above the faults of the level above."""
    return Fault(code, asked.place, {"file": asked.file})


def asked_by(policy: Policy) -> Asked | None:
    """Return what a policy asks of the level above; None without one."""
    entry = policy.document.model.upstream
    return None if entry is None else asked_of(policy.document, entry)


def above_of(policy: Policy, asked: Asked, allocation: Allocation) -> Above:
    """Return what another run of the level above gives, in the units that a policy reads it in.

    Raises
    ------
    DocumentError
        That run has no such district, or lacks a figure that the policy may read.
    """
    assert policy.above is not None
    above = given_by(asked, allocation)
    figures: dict[str, Given] = {}
    faults: list[Fault] = []
    for name, known in policy.above.figures.items():
        if name not in above.figures:
            listed = ", ".join(f"upstream.{figure}" for figure in above.figures)
            words: dict[str, object] = {"name": f"upstream.{name}", "known": listed}
            faults.append(Fault("upstream.no_figure", asked.place, words))
            continue
        given = above.figures[name]
        value = given.value * given.unit.scale / known.unit.scale
        figures[name] = Given(value, known.unit)
    if faults:
        raise DocumentError(faults)
    changed = [each for each in policy.above.findings if each.code == "upstream.changed"]
    return replace(above, figures=figures, findings=(*above.findings, *changed))


def given_by(asked: Asked, allocation: Allocation) -> Above:
    """Return what a run of the level above gives the district that is asked for.

    Raises
    ------
    DocumentError
        It has no such district.
    """
    if asked.key not in allocation.keys:
        raise DocumentError([_no_key(asked, allocation)])
    district = allocation.keys.index(asked.key)
    policy, table = allocation.policy, allocation.districts.sources[0]
    files = [policy.document.source.file]
    files += [source.file for source in allocation.districts.sources]
    files += policy.above.files if policy.above is not None else ()
    above = Above(
        title=policy.title,
        file=asked.file,
        sha256=sha256_of(Path(asked.file).read_bytes()),
        table=table.file,
        table_sha256=table.sha256,
        key=asked.key,
        name=allocation.districts.names[district],
        figures=_figures(allocation, district),
        findings=(),
        files=tuple(files),
        read=(*allocation.districts.files, *(policy.above.read if policy.above else ())),
    )
    received = _received(above, policy, asked)
    return replace(above, findings=(received, *_passed_on(allocation)))


def _figures(allocation: Allocation, district: int) -> dict[str, Given]:
    """Return what a district gets, by name: the total, grants, and outputs that are numbers."""
    policy = allocation.policy
    money = policy.money

    quanta = {"total": allocation.total, **allocation.amounts}
    figures = {
        name: Given(money.in_units(int(amounts[district])), policy.money_unit)
        for name, amounts in quanta.items()
    }
    for rule in policy.outputs:
        value = allocation.cell(rule.name, district)
        if not isinstance(value, bool | str) and value is not None:
            figures[rule.name] = Given(value, rule.unit)
    return figures


def _no_key(asked: Asked, allocation: Allocation) -> Fault:
    """Say that no district above has the key, and which is meant perhaps."""
    keys, names = allocation.keys, allocation.districts.names
    words: dict[str, object] = {"key": asked.key, "file": allocation.districts.sources[0].file}
    near = keys[names.index(asked.key)] if names.count(asked.key) == 1 else None
    near = near or next((key for key in keys if key.startswith(asked.key)), None)
    if not near:
        from transfers.documents.faults import nearest

        near = nearest(asked.key, keys)
    if near is not None:
        words["near"] = f"{near} {names[keys.index(near)]}"
        return Fault("upstream.no_key_near", asked.key_place, words)
    words["known"] = tuple(f"{k} {n}" for k, n in zip(keys[:10], names, strict=False))
    return Fault("upstream.no_key", asked.key_place, words)


def _received(above: Above, policy: Policy, asked: Asked) -> Finding:
    """Return the note of what came from above, from which files."""
    value = decimal_text(above.figures["total"].value)
    words: dict[str, object] = {
        "title": above.title,
        "name": above.name,
        "key": above.key,
        "value": value,
        "unit": policy.money.unit,
        "file": above.file,
        "sha256": above.sha256[:HASH_SHOWN],
        "table": above.table,
        "table_sha256": above.table_sha256[:HASH_SHOWN],
        "others": "",
    }
    others = [f"{file} {digest[:HASH_SHOWN]}" for file, digest in above.read[1:]]
    if others:
        words["others"] = Phrase("upstream.others", {"files": tuple(others)})
    where = asked.place
    return Finding("upstream.received", "note", "noted", value=value, where=where, values=words)


def _passed_on(allocation: Allocation) -> list[Finding]:
    """Return what a run warns of, marked as from the level above, and what it received.

    A hard rule that does not hold there changes no amount, and so is a warning here.
    """
    passed = []
    for finding in allocation.findings:
        if finding.code.startswith("upstream."):
            passed.append(finding)
        elif finding.severity != "note":
            message = Phrase(finding.code, finding.values)
            words = {"title": allocation.policy.title, "message": message}
            passed.append(
                Finding(
                    *("upstream.warning", "warning", finding.status),
                    value=finding.value,
                    limit=finding.limit,
                    margin=finding.margin,
                    where=finding.where,
                    values=words,
                )
            )
    return passed
