"""The pages of the formula language, one per family and one of the language, zh and en.

Made of :mod:`transfers.formula.reference_functions`, ``reference_aggregates`` and
``reference_language``; every example there is run by a test through the engine.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from transfers import messages
from transfers.formula.check import Checker
from transfers.formula.grammar import FormulaFault, parse
from transfers.formula.library import FUNCTIONS, Family
from transfers.formula.nodes import Number, Type
from transfers.formula.reference_aggregates import BRACKETS, OVER_DISTRICTS
from transfers.formula.reference_functions import PER_DISTRICT, Both, Entry, Example
from transfers.formula.reference_language import FAULTS, SECTIONS
from transfers.formula.reference_lists import LISTS
from transfers.formula.scope import Scope, Symbol, Table
from transfers.units import BARE, parse_unit

ENTRIES: Mapping[Family, Mapping[str, Entry]] = {
    "per_district": PER_DISTRICT,
    "over_districts": OVER_DISTRICTS,
    "brackets": BRACKETS,
}
TITLES: Mapping[str, Both] = {
    "language": ("公式的写法", "The language of formulas"),
    "per_district": ("逐地区的函数", "Functions per district"),
    "over_districts": ("跨地区的函数", "Functions over districts"),
    "brackets": ("分档的函数", "Functions of brackets"),
}
_OPENING: Mapping[str, Both] = {
    "language": (
        "公式写在政策文件里，一条公式算出一列（每个地区一个数）或一个数。",
        "Formulas stand in the policy document; a formula yields a column, one figure per "
        "district, or one figure.",
    ),
    "per_district": (
        "每个地区各算各的，结果每个地区一个数。",
        "Each district by itself; the result is one figure per district.",
    ),
    "over_districts": (
        "汇总全部地区，包括不享受资金的地区。`by=` 按一列分组，每个地区取本组的结果；"
        "`where=` 只算满足"
        "条件的地区，条件之外的地区也得到同样的结果（share、rank 另有说明）；`weights=` 给出权数。"
        "`over=清单` 改为沿清单汇总：每个地区把自己各项目的数合并成一个。不写 over= "
        "而数是逐项目的，则每个项目各算一个。参加汇总的数不能缺失。",
        "All districts count, those without money included. `by=` groups them by a column, and "
        "each district gets the result of its group; `where=` counts only districts where it "
        "holds, and those outside get the same result (but see share and rank); `weights=` counts "
        "districts by a column. `over=` a list goes along its items instead: each district folds "
        "its own items into one figure. Without it, figures of items are taken item by item. No "
        "figure that is counted may be missing.",
    ),
    "brackets": (
        "按分档表取值。分档表写在 parameters 里，也可取自文件（`{file: b.csv, up_to: edge, value: "
        "rate}`）。边界没有单位时，取 x 的单位。",
        "Values by brackets. The table stands among the parameters, or comes from a file "
        "(`{file: b.csv, up_to: edge, value: rate}`). Edges without a unit take that of x.",
    ),
}
_LANGUAGES = messages.LANGUAGES
_WORDS: Mapping[str, Both] = {
    "result": ("结果", "result"),
    "formula": ("公式", "formula"),
    "parameters": ("参数", "Parameters"),
    "missing": ("缺失", "missing"),
    "true": ("是", "true"),
    "false": ("否", "false"),
    "faults": ("写错的时候", "When something is wrong"),
    "said": ("提示", "what is said"),
    "district": ("地区", "district"),
}


def pages() -> dict[str, str]:
    """Return every page: its path below ``docs/formulas`` and its text."""
    found: dict[str, str] = {}
    for language in _LANGUAGES:
        for page in TITLES:
            found[f"{language}/{page}.md"] = _page(page, language)
    return found


def examples() -> Iterator[tuple[str, Example]]:
    """Yield every example with the function or section it stands under."""
    for entries in ENTRIES.values():
        for name, entry in entries.items():
            for example in entry.examples:
                yield name, example
    for section in (*SECTIONS, LISTS):
        for example in section.examples:
            yield section.title[1], example


def _said(both: Both, language: str) -> str:
    return both[_LANGUAGES.index(language)]


def _word(word: str, language: str) -> str:
    return _said(_WORDS[word], language)


def _page(page: str, language: str) -> str:
    other = next(code for code in _LANGUAGES if code != language)
    links = [
        f"[{_said(title, language)}]({name}.md)" for name, title in TITLES.items() if name != page
    ]
    links.append(f"[{'English' if other == 'en' else '中文'}](../{other}/{page}.md)")
    parts = [f"# {_said(TITLES[page], language)}", " · ".join(links)]
    parts.append(_said(_OPENING[page], language))
    if page == "language":
        parts += _language_sections(language)
    else:
        for name, function in FUNCTIONS.items():
            if function.family == page:
                parts += _function(name, ENTRIES[function.family][name], language)
    return "\n\n".join(parts) + "\n"


def _function(name: str, entry: Entry, language: str) -> list[str]:
    forms = " ".join(f"`{form}`" for form in entry.signature.split("　"))
    rules = "\n".join(f"- {_said(rule, language)}" for rule in entry.rules)
    parts = [f"## {name}", forms, _said(entry.does, language), rules]
    for example in entry.examples:
        parts += _example(example, language)
    return parts


def _language_sections(language: str) -> list[str]:
    parts: list[str] = []
    for section in (*SECTIONS, LISTS):
        parts.append(f"## {_said(section.title, language)}")
        parts += [_said(text, language) for text in section.text]
        parts += _constants([e for e in section.examples if not e.columns], language)
        for example in section.examples:
            if example.columns:
                parts += _example(example, language)
    parts.append(f"## {_word('faults', language)}")
    rows = [f"| {_code(formula)} | {said_of(formula, language)} |" for formula, _ in FAULTS]
    head = f"| {_word('formula', language)} | {_word('said', language)} |\n|---|---|"
    parts.append("\n".join([head, *rows]))
    return parts


def _constants(found: list[Example], language: str) -> list[str]:
    """Return examples without a table as lines of one table."""
    if not found:
        return []
    head = f"| {_word('formula', language)} | {_word('result', language)} |\n|---|---:|"
    rows = [f"| {_code(e.formula)} | {_value(e.values[0], language)} |" for e in found]
    return ["\n".join([head, *rows])]


def _example(example: Example, language: str) -> list[str]:
    """Return a formula, its parameters, and its table with the result as the last row."""
    count = len(example.values)
    districts = [f"d{number + 1}" for number in range(count)]
    lines = [f"| {_word('district', language)} | " + " | ".join(districts) + " |"]
    lines.append("|---|" + "---:|" * count)
    for name, cells in example.columns.items():
        unit = example.units.get(name)
        title = f"{name} ({unit})" if unit else name
        lines.append(f"| {title} | " + " | ".join(_cell(cell, language) for cell in cells) + " |")
    title = _word("result", language) + (f" ({example.unit})" if example.unit else "")
    values = [f"**{_value(value, language)}**" for value in example.values]
    lines.append(f"| **{title}** | " + " | ".join(values) + " |")
    parts = [_code(example.formula)]
    if example.lists:
        lines_of = [f"  {name}: {text}" for name, text in example.lists.items()]
        inputs = [
            f'  {name}: {{columns: "{name}_{{item}}", over: {of}}}'
            for name, of in example.over.items()
        ]
        written = ["lists:", *lines_of, "inputs:", *inputs]
        parts.append("```yaml\n" + "\n".join(written) + "\n```")
    if example.parameters:
        parts.append(f"```yaml\nparameters:\n  {example.parameters}\n```")
    return [*parts, "\n".join(lines)]


def _code(formula: str) -> str:
    return f"`{formula}`"


def _cell(cell: str, language: str) -> str:
    return {"是": _word("true", language), "否": _word("false", language)}.get(cell, cell)


def _value(value: str, language: str) -> str:
    return _word(value, language) if value in ("missing", "true", "false") else value


def said_of(formula: str, language: str) -> str:
    """Return what is said of a faulty formula, in a small scope."""
    fault = fault_of(formula)
    return messages.text(fault.code, language, **fault.values)


def fault_of(formula: str) -> FormulaFault:
    """Return the first fault of a formula, in a small scope."""
    money = parse_unit("万元", "CNY")
    try:
        parsed = parse(formula)
    except FormulaFault as fault:
        return fault
    checker = Checker(_scope(), money)
    checker.check(parsed, result=True)
    return checker.faults[0]


def _scope() -> Scope:
    """Return the names that the faulty formulas of the page use."""
    scope = Scope()
    for name, unit in (("x", BARE), ("population", parse_unit("万人", "CNY"))):
        scope.define(Symbol(name, Type("number", True, unit)))
    scope.define(Symbol("last_year", Type("number", True, parse_unit("万元", "CNY"))))
    scope.define(Symbol("tier", Type("text", True), allowed=("A", "B", "C")))
    entries: dict[tuple[str, ...], Number] = {(t,): Number(Fraction(1)) for t in ("A", "B", "C")}
    scope.define(Symbol("coefficient", table=Table(entries)))
    return scope
