"""The sheets beside the amounts: findings and unspent money; what all was computed from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from transfers import __version__, messages
from transfers.allocation import Allocation
from transfers.arithmetic.decimals import format_decimal
from transfers.explain.changes import figure_changes
from transfers.output.book import FIRST, Book, fitting, set_height, short
from transfers.output.origin import files_of
from transfers.output.views import unspent_line
from transfers.policy.policy import Policy


def write_findings(book: Book, allocation: Allocation) -> None:
    """Add the sheet of findings and unspent money."""
    rows = list(_findings(book, allocation)) or [("", "", book.label("output.no_findings"))]
    write_texts(
        book,
        "output.sheet_findings",
        book.label("output.findings_title"),
        [book.label(f"output.{name}") for name in ("severity", "where", "message")],
        rows,
        frozen=0,
    )


def _findings(book: Book, allocation: Allocation) -> Iterator[tuple[str, ...]]:
    ranks = {"error": 0, "warning": 1, "note": 2}
    for finding in sorted(allocation.findings, key=lambda finding: ranks[finding.severity]):
        yield finding.label(book.language), str(finding.where), finding.message(book.language)
    for rule in allocation.policy.grants:
        line = unspent_line(allocation, rule, book.language)
        if line:
            where = str(allocation.policy.document.place(*rule.path))
            yield book.label("output.not_divided"), where, line


def write_about(book: Book, policy: Policy, allocation: Allocation | None) -> None:
    """Add the sheet that says what the figures were computed from."""
    write_texts(
        book,
        "output.sheet_about",
        book.label("output.about_title"),
        [book.label(f"output.{name}") for name in ("item", "content")],
        list(about(book, policy, allocation)),
        frozen=1,
    )


def about(
    book: Book, policy: Policy, allocation: Allocation | None, *, carried: bool = True
) -> Iterator[tuple[str, ...]]:
    """Yield what an answer was computed from: item and content.

    Parameters
    ----------
    carried : bool
        With figures that a year before left.
    """
    model, money = policy.document.model, policy.money
    entries: list[tuple[str, str]] = [
        ("policy", policy.id),
        ("name", policy.title),
        ("source", model.source or "—"),
        *([("year", str(model.year))] if model.year else []),
        ("unit", money.unit if money.currency == "CNY" else f"{money.unit} ({money.currency})"),
        ("quantum", f"{format_decimal(money.quantum)} {money.unit}"),
        ("document", PurePath(policy.document.source.file).name),
    ]
    moved = () if allocation is None else allocation.districts.changes
    of_figures = {*policy.document.figure_changes, *(change.path for change in moved)}
    for change in (change for change in policy.changes if change.told):
        name = {"set": "change", "add": "added", "remove": "removed"}[change.kind]
        if change.path not in of_figures:
            entries.append((name, change.path + f" = {change.text}" * (change.kind != "remove")))
    for file, sha256 in files_of(policy, allocation):
        entries += [("table", PurePath(file).name), ("sha256", sha256)]
    changed = () if allocation is None else figure_changes(allocation, carried=carried)
    for phrase in changed:
        entries.append(("figures", messages.text(phrase.code, book.language, **phrase.values)))
    if policy.above is not None:
        above = policy.above
        entries += [("upstream", above.title)]
        for file, digest in ((above.file, above.sha256), *above.read):
            entries += [("upstream_file", file), ("upstream_sha256", digest)]
    entries.append(("program", f"transfers {__version__}"))
    for name, content in entries:
        yield book.label(f"output.about_{name}"), content


def write_texts(
    book: Book,
    code: str,
    title: str,
    headers: list[str],
    rows: Sequence[tuple[str, ...]],
    *,
    frozen: int,
    name: str = "",
    most: int = 40,
) -> None:
    """Add a sheet of texts, the last column the widest; the others at most `most` characters."""
    columns = list(zip(headers, *rows, strict=True))
    widths = [fitting(list(texts), most=most) for texts in columns[:-1]]
    widths.append(fitting(list(columns[-1]), least=40, most=80))
    sheet = book.sheet(code, title, headers, widths, frozen=frozen, name=name)
    plain = book.cell(text_wrap=True)
    for row, cells in enumerate(rows, start=FIRST):
        for column, text in enumerate(cells):
            sheet.write_string(row, column, short(text), plain)
        set_height(sheet, row, list(cells), widths)
