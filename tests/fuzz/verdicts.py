"""What comes of a document or a formula: an answer, or faults that a person can find and read.

Anything else is a mistake in the program: another exception, a code without a text, a place
outside the file, a message of several lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path

from tests.fuzz import words
from transfers import messages
from transfers.allocation import Allocation
from transfers.batch import allocate_scenarios
from transfers.districts import Districts, JoinSpec, RawTable, TableSpec, build_districts
from transfers.districts.columns import InputSpec
from transfers.districts.header import Wanted, find_header
from transfers.districts.pairs import LongSpec
from transfers.districts.sheet import Record
from transfers.districts.specs import input_specs, long_specs
from transfers.documents.load import check_document
from transfers.documents.yaml_source import decoded, scan
from transfers.errors import DocumentError, Fault, FaultsError, Place, TableError, TooLongError
from transfers.formula.check import Checker
from transfers.formula.depth import check_depth
from transfers.formula.grammar import FormulaFault, parse
from transfers.policy.above import Above, Asked, Given
from transfers.policy.compile import Compiler
from transfers.policy.policy import Policy, policy_from_text
from transfers.units import parse_unit

LONGEST_MESSAGE = 3_000
MOST_FAULTS = 450
CELLS = ("3", "0.5", "7.5", "12", "1", "2")
FILES = {
    "t.csv": "kind,amount,edge,sort\nA,1,10,x\nB,2.5,20,y\nC,0,,z\n",
    "s.csv": "item,title,标准（千元/人）,sort,led\n"
    "a,甲,0.5,bottom,5%\nb,乙,,key,\n1.5,丙,2,key,7\n",
}


class WrongFault(AssertionError):
    """A fault that a person could not use."""


def verdict_of_document(
    text: str, changes: Mapping[str, str], folder: Path, *, explained: bool = False
) -> tuple[str, ...]:
    """Read a document, run it if it is sound, and return what came of it as codes."""
    file = str(folder / "p.yaml")
    try:
        policy = policy_from_text(text, file, changes, given_above)
    except DocumentError as error:
        return checked(error, {file: text})
    try:
        districts = tiny_districts(policy)
        (allocation,) = allocate_scenarios(policy, districts, [{}])
        told(allocation, explained)
    except TableError as error:
        return checked(error, {file: text})
    except TooLongError:
        return ("too long",)
    return (allocation.status, *(f"{finding.code}" for finding in allocation.findings))


def given_above(asked: Asked) -> Above:
    """Answer whatever document above is asked for."""
    unit = parse_unit("亿元", "CNY")
    figures = {name: Given(Fraction(1, n), unit) for n, name in enumerate(words.ABOVE, start=1)}
    return Above("上级", asked.file, "0", "t.csv", "0", asked.key, "甲", figures, (), (asked.file,))


def verdict_of_bytes(content: bytes, folder: Path) -> tuple[str, ...]:
    """Read a document from the bytes of a file."""
    try:
        text = decoded(content, str(folder / "p.yaml"))
    except DocumentError as error:
        return checked(error, {})
    return verdict_of_document(text, {}, folder)


def told(allocation: Allocation, explained: bool) -> None:
    """Read everything that an allocation has to say."""
    for finding in allocation.findings:
        check_text([finding.message(language) for language in messages.LANGUAGES])
    if explained and allocation.status == "done":
        for key in allocation.keys[:2]:
            story = allocation.explain(key)
            assert all(story.text(language) for language in messages.LANGUAGES)


def verdict_of_formula(text: str, folder: Path, *, run: bool) -> tuple[str, ...]:
    """Read and check a formula; if it is sound and `run`, compute it for a few districts."""
    compiler = surroundings(str(folder))
    checker = Checker(compiler.scope, compiler.money, none_allowed=True)
    try:
        node = checker.check(parse(text), result=True)
        check_depth(node)
        faults = checker.faults
    except FormulaFault as unread:
        faults = [unread]
    except RecursionError:  # the compiler says so, too
        faults = [FormulaFault("formula.too_deep", 0, deepest=50)]
    for fault in faults:
        if not 0 <= fault.offset <= len(text):
            raise WrongFault(f"{fault.code} at {fault.offset} of {len(text)}")
        check_fault(Fault(fault.code, Place("f"), fault.values))
    if faults:
        return tuple(fault.code for fault in faults)
    if not run or any(c in text for c in "\n\r") or not text.isprintable():
        return ("sound",)
    document = SURROUNDINGS + "outputs:\n  out: '" + text.replace("'", "''") + "'\n"
    return verdict_of_document(document, {}, folder)


SURROUNDINGS = words.EVERYTHING.partition("grants:")[0] + "grants: {first: {pool: 10, share: x}}\n"
"""A document up to its outputs."""


@cache
def surroundings(folder: str) -> Compiler:
    """Return the names among which formulas stand."""
    text = words.EVERYTHING.partition("outputs:")[0] + "outputs: {below_here: 1}\n"
    compiler = Compiler(check_document(*scan(text, f"{folder}/p.yaml")))
    compiler.compile()
    assert not compiler.faults, [fault.text("en") for fault in compiler.faults]
    compiler.scope.later["below_here"] = Place("p.yaml", 1, 1)
    return compiler


# -- the table -----------------------------------------------------------------------------------


def tiny_districts(policy: Policy) -> Districts:
    """Return a table of six districts with the columns that a policy asks for."""
    entry = policy.document.model.districts
    columns: dict[str, Sequence[str]] = {entry.key[0]: ("01", "02", "03", "a", "甲", "=x")}
    for spec in input_specs(policy):
        columns.setdefault(spec.columns[0], [_cell(spec, row) for row in range(6)])
    if entry.name:
        columns.setdefault(entry.name[0], ("一", "二", "三", "四", "五", "六"))
    joined = [_table(join.file, {join.key[0]: columns[entry.key[0]]}) for join in entry.join]
    spec = TableSpec(
        entry.file,
        entry.key,
        entry.name or (),
        tuple(JoinSpec(join.file, join.key) for join in entry.join),
        identical_rows=entry.identical_rows == "keep_one",
    )
    longs = [(_long_table(long, columns[entry.key[0]]), long) for long in long_specs(policy)]
    raw = _table(entry.file, columns)
    return build_districts(raw, joined, spec, input_specs(policy), longs)


def _table(file: str, columns: Mapping[str, Sequence[str]]) -> RawTable:
    head = find_header([Record(1, 2, [name.strip() for name in columns])], (), Wanted())
    count = len(next(iter(columns.values())))
    return RawTable(file, head, tuple(columns.values()), range(2, count + 2), "utf-8", "0" * 64)


def _long_table(long: LongSpec, keys: Sequence[str]) -> RawTable:
    """Return a table with a row for most pairs of districts and items."""
    pairs = [(key, item) for item in long.items for key in keys][:-1]
    columns: dict[str, Sequence[str]] = {long.district[0]: [key for key, _ in pairs]}
    columns.setdefault(long.item[0], [item for _, item in pairs])
    for spec in long.inputs:
        columns.setdefault(spec.columns[0], [_cell(spec, row % 6) for row in range(len(pairs))])
    return _table(long.file or "d.csv", columns)


def _cell(spec: InputSpec, row: int) -> str:
    if spec.kind == "boolean":
        return "是否"[row % 2]
    if spec.kind == "text":
        allowed = spec.allowed or ("A", "B", "I")
        return allowed[row % len(allowed)]
    low, high = spec.minimum, spec.maximum
    if low is None and high is None and row == 4:
        return "-2.25"
    if row == 5 and (spec.nil is not None or spec.default is not None):
        return "" if spec.nil is None else "—"
    text = "0" if row == 1 and len(spec.name) % 4 == 3 else CELLS[(row + len(spec.name)) % 6]
    figure = float(text)
    if (low is not None and figure < low) or (high is not None and figure > high):
        bound = low if low is not None else high
        assert bound is not None
        return str(bound) if bound.denominator == 1 else ""
    return text


# -- faults --------------------------------------------------------------------------------------


def checked(error: FaultsError, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Return the codes of faults, each of which can be found and read."""
    if not 0 < len(error.faults) <= MOST_FAULTS:
        raise WrongFault(f"{len(error.faults)} faults")
    for fault in error.faults:
        check_fault(fault)
        check_place(fault, texts)
    return tuple(fault.code for fault in error.faults)


def check_fault(fault: Fault) -> None:
    """Refuse a fault without a text in both languages, on one line that can be printed."""
    check_text([fault.text(language) for language in messages.LANGUAGES], fault.code)


def check_text(texts: Sequence[str], code: str = "") -> None:
    """Refuse a message of several lines, one that cannot be printed, or an endless one."""
    for text in texts:
        if not text.isprintable() or len(text) > LONGEST_MESSAGE:
            raise WrongFault(f"{code}: {text[:500]!r} ({len(text)} characters)")
        text.encode("utf-8")


def check_place(fault: Fault, texts: Mapping[str, str]) -> None:
    """Refuse a place of the document that lies outside it."""
    place = fault.place
    text = texts.get(place.file or "")
    if place.line is None or text is None:
        return
    lines = [*text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), ""]
    if not 1 <= place.line <= len(lines):
        raise WrongFault(f"{fault.code}: line {place.line} of {len(lines)}")
    longest = len(lines[place.line - 1])
    if place.column is not None and not 1 <= place.column <= longest + 1:
        raise WrongFault(f"{fault.code}: column {place.line}:{place.column} of {longest}")
