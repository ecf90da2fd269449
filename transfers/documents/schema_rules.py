r"""What the rules of a policy document say that a JSON Schema can say as well.

:mod:`transfers.documents.rules` decides; here stands what of it an editor can tell while a person
types. Sums, names in formulas and comparisons of numbers are beyond a schema. A test holds every
fault of a document against both.

Patterns are read by JavaScript and by Python, which know no ``\p{L}`` in common: a name is
described by what it may not hold.
"""

from __future__ import annotations

from typing import Any, Final

from transfers.documents.fields import AS_PEOPLE_WRITE, EDGES, NUMBER_UNITS
from transfers.documents.promises import OPTIONS
from transfers.documents.rules import DIVISION, FORMULA_ONLY, METHODS
from transfers.documents.rules_appraisals import NEEDS, TOGETHER, WAYS
from transfers.documents.rules_contributions import NOT_OF_A_LEVY
from transfers.documents.rules_lists import OF_LONG
from transfers.documents.rules_services import FIELDS

Schema = dict[str, Any]

NUMBER: Final = r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?%?"
_SIGNS: Final = (
    r"\s!-,/:-@\[-\^`{-\u00a9\u00ab-\u00b1\u00b4\u00b6-\u00b8\u00bb\u00bf\u00d7\u00f7"
    r"\u2000-\u206f\u2190-\u245f\u2500-\u2775\u2794-\u2bff\u3000-\u3004\u3008-\u3020\u3030"
    r"\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\uffe0-\uffef"
)
"""What neither a name nor an id holds: signs and spaces. `-` and `.` stand apart."""
_TWINS: Final = r"\uff10-\uffdf"
"""Letters of another width."""


def _class(letters: frozenset[str]) -> str:
    return "".join(f"\\u{ord(letter):04x}" for letter in sorted(letters))


_DIGITISH: Final = f"[{_class(AS_PEOPLE_WRITE)}]"
_DIGITISH_LATER: Final = f"[{_class(AS_PEOPLE_WRITE - {'-'})}]"
_NOT_A_TEXT: Final = (
    rf"(?=.{{0,49}}[0-9０-９]){_DIGITISH}{_DIGITISH_LATER}*$",
    rf"{NUMBER}\s*[{NUMBER_UNITS}]+$",
    r"[+.-]*(?:[nN][aA][nN]|[iI][nN][fF]|[iI][nN][fF][iI][nN][iI][tT][yY])$",
    r"(?:[-–—－]|--|——)$",
)
NUMBER_OR_TEXT: Final = rf"^(?:{NUMBER}$|(?!{'|'.join(_NOT_A_TEXT)}))"
"""A text, unless it is a number as people write it: 1,000, 25万元, NaN, a dash for none."""

LISTED_KEYS: Final[Schema] = {
    "type": "array",
    "minItems": 1,
    "uniqueItems": True,
    "items": {"type": ["string", "number", "boolean"], "minLength": 1},
}
"""The keys of a list of which nothing more is said."""

POLICY_ID: Final = rf"^[^{_SIGNS}.\-][^{_SIGNS}]{{0,99}}$"


def name_pattern(reserved: frozenset[str]) -> str:
    """Return the pattern of a name that formulas can use and that is no word of theirs."""
    words = "|".join(
        "".join(f"[{c}{c.upper()}]" if c.isalpha() else c for c in word)
        for word in sorted(reserved)
    )
    return rf"^(?!(?:{words})$)[^0-9{_SIGNS}{_TWINS}.\-][^{_SIGNS}{_TWINS}.\-]{{0,99}}$"


_HAS_POINT: Final[Schema] = {"required": [EDGES[-1]]}
_POINTS: Final[Schema] = {"items": _HAS_POINT}
_NO_POINTS: Final[Schema] = {"not": {"contains": _HAS_POINT}}


def table(number: Schema) -> Schema:
    """Return a table by category, of one level or two."""
    one = {"type": "object", "minProperties": 1, "additionalProperties": number}
    two = {"type": "object", "minProperties": 1, "additionalProperties": one}
    return {"anyOf": [one, two]}


def lines(number: Schema) -> Schema:
    """Return brackets, or points to interpolate; only the last line may lack an edge."""
    line = {
        "type": "object",
        "properties": dict.fromkeys((*EDGES, "value"), number),
        "required": ["value"],
        "maxProperties": 2,
        "additionalProperties": False,
    }
    same = {"anyOf": [_POINTS, _NO_POINTS]}
    return {"type": "array", "minItems": 1, "items": line, **same}


def lines_by_category(several: Schema) -> Schema:
    """Return brackets or points for each category."""
    same = {"anyOf": [{"additionalProperties": sort} for sort in (_POINTS, _NO_POINTS)]}
    return {"type": "object", "minProperties": 1, "additionalProperties": several, **same}


def columns_of_items(parts: tuple[str, ...]) -> Schema:
    """Return the columns of items: a pattern that has one of `parts`, or names by item."""
    scalar = {"type": ["string", "number", "boolean"], "minLength": 1}
    several = {"type": "array", "minItems": 1, "items": scalar}
    names = {"anyOf": [scalar, several]}
    pattern = "|".join(part.replace("{", r"\{").replace("}", r"\}") for part in parts)
    return {
        "anyOf": [
            {"type": "string", "pattern": pattern},
            {"type": "object", "minProperties": 1, "additionalProperties": names},
        ]
    }


def without_keys(keys: tuple[str, ...]) -> Schema:
    """Return a mapping that has none of `keys`."""
    return {"propertyNames": {"not": {"enum": [*keys]}}}


def without_column(short: Schema) -> Schema:
    """Return the words of a rounding rule less the one that needs a column."""
    kept = [n for n, word in enumerate(short["enum"]) if word != _TO_MOST]
    return {key: [values[n] for n in kept] for key, values in short.items()}


def _none_of(keys: tuple[str, ...]) -> Schema:
    return {"properties": dict.fromkeys(keys, False)}


def _is(key: str, *words: str) -> Schema:
    return {"required": [key], "properties": {key: {"enum": [*words]}}}


_TO_MOST: Final = "to_most"
_OF_METHOD: Final[Schema] = {
    "anyOf": [{"required": [method]} for method in METHODS],
    "dependencies": {
        **{method: _none_of(tuple(o for o in METHODS if o != method)) for method in METHODS},
        "within": ["pool"],
    },
    "allOf": [{"dependencies": {"share": ["pool"], "level": ["pool"]}}],
}

_PAID_IN: Final[Schema] = {
    "required": ["contributions"],
    "properties": {"contributions": {"not": {"const": "none"}}},
}
_LEVY: Final[Schema] = {
    "required": ["share"],
    "properties": {
        **_none_of(NOT_OF_A_LEVY)["properties"],
        "unspent": {"const": "none"},
        "contributions": {"not": {"const": "pool"}},
    },
}
"""A grant that takes money in."""

OWN_PROMISE: Final[Schema] = {"required": ["that"], **_none_of(("tolerance", *OPTIONS))}


def built_in_promise(name: str) -> Schema:
    """Return what a promise that is built in takes: no statement, and no key of another one."""
    return _none_of(("that", "applies", *(key for key, of in OPTIONS.items() if of != name)))


OF_KEY: Final[dict[str, Schema]] = {
    "PolicyDocument.policy": {"pattern": POLICY_ID},
    "Money.quantum": {"exclusiveMinimum": 0},
    "Rounding.quantum": {"exclusiveMinimum": 0},
    **{f"Promise.{key}": {"minimum": 0, "pattern": "^[^-]"} for key in OPTIONS},
    "Division.if_short": {
        "if": {"type": "array", "minItems": 2},
        "then": {"items": [{"not": {"const": "reject"}}]},
    },
    "ServiceList.responsibility": {
        "propertyNames": {"pattern": name_pattern(frozenset(FIELDS))},
    },
    "Share.factors": {"allOf": [{"additionalProperties": {"minimum": 0, "pattern": "^[^-]"}}]},
}
"""``<Part>.<key>`` -> what is asked of its value beyond its kind."""

_OF_FIGURES: Final[list[Schema]] = [
    {"if": _is("type", "text", "yes_no"), "then": _none_of(("min", "max"))},
    {"if": _is("type", "number", "yes_no"), "then": _none_of(("one_of",))},
    {
        "if": {
            "anyOf": [
                _is("type", "number"),
                {"not": {"anyOf": [{"required": ["type"]}, {"required": ["one_of"]}]}},
            ]
        },
        "then": {"properties": {"default": {"$ref": "#/definitions/number"}}},
    },
]

CONDITIONS: Final[dict[str, Schema]] = {
    "Input": {
        "allOf": [
            *_OF_FIGURES,
            {
                "if": {"required": ["over"]},
                "then": {
                    **_none_of(("column", "sum_of", "role")),
                    "oneOf": [
                        {"required": ["district", "item"], **_none_of(("columns",))},
                        {"required": ["columns"], **_none_of(("file", *OF_LONG))},
                    ],
                },
                "else": _none_of(("columns", "file", *OF_LONG)),
            },
        ]
    },
    "ListColumn": {"allOf": _OF_FIGURES},
    "ItemTable": {
        "oneOf": [
            {"required": ["file", "key"], **_none_of(("items",))},
            {
                "required": ["items"],
                "properties": {
                    **dict.fromkeys(("file", "sheet", "header", "rows", "key"), False),
                    "columns": {"additionalProperties": _none_of(("column",))},
                },
            },
        ],
    },
    "ServiceList": {
        "dependencies": {
            "recipients": ["price"],
            "price": ["recipients"],
            "last": ["price"],
            "areas": ["area"],
        },
        "if": {"required": ["agencies"]},
        "then": {"anyOf": [{"required": ["lead"]}, {"required": ["cooperating"]}]},
    },
    "LastYear": {"minProperties": 1},
    "Appraisal": {
        "dependencies": {
            **{key: [*keys] for keys in TOGETHER for key in keys},
            **{key: [other] for key, other in NEEDS},
        },
    },
    "Advanced": {"oneOf": [{"required": [way]} for way in WAYS]},
    "Parameter": {
        "if": {"required": ["file"]},
        "then": {
            "properties": {"value": {"type": ["string", "number", "boolean"], "minLength": 1}},
            "oneOf": [
                *({"required": [key]} for key in EDGES),
                {"required": ["key"], **_none_of(EDGES)},
            ],
            "dependencies": {"inner_key": ["key"]},
        },
        "else": {
            "properties": {
                "value": {"$ref": "#/definitions/value"},
                **_none_of(("key", "inner_key", "rows", *EDGES))["properties"],
            },
        },
    },
    "Quantity": {
        "if": {"required": ["formula"]},
        "then": _none_of(DIVISION),
        "else": _OF_METHOD,
    },
    "Grant": {
        "if": {"required": ["collect"]},
        "then": _LEVY,
        "else": {**_OF_METHOD, "if": _PAID_IN, "then": {"required": ["claim"]}},
    },
    "Output": {
        "if": {"required": ["formula"]},
        "then": _none_of((*DIVISION, "rounding")),
        "else": {
            **_OF_METHOD,
            "properties": _none_of(FORMULA_ONLY)["properties"],
            "if": {"required": ["negative"]},
            "then": {"required": ["claim"]},
        },
    },
    "Share": {
        "anyOf": [{"required": ["formula"]}, {"required": ["factors"]}],
        "dependencies": {"formula": _none_of(("factors",)), "factors": _none_of(("formula",))},
    },
    "Rounding": {
        "allOf": [
            {"if": _is("rule", _TO_MOST), "then": {"required": [_TO_MOST]}},
            {
                "if": {"required": [_TO_MOST]},
                "then": {"properties": {"rule": {"enum": [_TO_MOST]}}},
            },
        ]
    },
}
"""Name of a part -> what holds between its keys."""
