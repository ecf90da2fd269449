"""The command that runs the variants of a study over several years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from commands import shell
from commands.answering import Reply, all_read, answered, lines_of, recorded, yes
from commands.shell import Command, Lang, Quiet, app
from transfers import messages
from transfers.output.calls import settings
from transfers.output.parser import INPUT_WRONG

if TYPE_CHECKING:
    from scenarios import Outlook
    from scenarios.outlook.found import VariantOutlook, YearAnswer
    from scenarios.outlook.pages.report import Report


say = shell.family("outlook")


StudyFile = Annotated[str, typer.Argument(help=say("study_help"), metavar="STUDY")]
Variants = Annotated[
    list[str] | None, typer.Option("--variant", help=say("variant_help"), metavar="ID")
]
Grant = Annotated[str, typer.Option("--grant", help=say("grant_help"), metavar="ID")]
Gate = Annotated[bool, typer.Option("--gate", help=say("gate_help"))]
Set = Annotated[list[str] | None, typer.Option("--set", help=say("set_help"), metavar="PATH=VALUE")]
Out = Annotated[str | None, typer.Option("--out", help=say("out_help"), metavar="F")]


@app.command(cls=Command, help=say("help"))
def outlook(
    study: StudyFile,
    variant: Variants = None,
    grant: Grant = "total",
    gate: Gate = False,
    set_: Set = None,
    out: Out = None,
    lang: Lang = None,
    quiet: Quiet = False,
) -> int:
    """Run the variants of a study over several years."""

    def work() -> Reply:
        from scenarios import load_study, look_ahead
        from scenarios.outlook.pages.report import report_of
        from scenarios.outlook.pages.terminal import outlook_view

        found = look_ahead(load_study(study), settings(set_), only=variant, grant=grant)
        report = report_of(found, grant)
        written = () if out is None else _write(report, out)
        view = "" if quiet else outlook_view(report, shell.language, shell.columns())
        return Reply(_ending(found, gate), lambda: view, written, _findings(found))

    return answered(work, "scenarios.outlook.files", out, lang=lang, quiet=quiet)


def _write(report: Report, out: str) -> Sequence[str]:
    """Write what ``--out`` means; return the names of the files."""
    from scenarios.outlook.files import files, write_outlook

    found = report.outlook
    answers = [year.answer for each in found.variants for year in each.years]
    of_answers = [answer.setting for answer in answers if answer is not None]
    read = all_read([found.study.file], of_answers)
    with recorded(out, found.study.id, read, files) as file:
        write_outlook(report, file, shell.language)
    return files(file)


def _findings(found: Outlook) -> list[str]:
    """Tell what asks for somebody's eyes: once, with its variant and all its years.

    Also which year pays nobody, and why.
    """
    lines: list[str] = []
    for each in found.variants:
        for told in _by_kind(found, each):
            first, *others = told
            also = ""
            if others:
                # Figures of other years are not those of the first.
                alike = len(set(told.values())) == 1
                also = say("also" if alike else "also_of_others", first=first, years=tuple(others))
            lines.append(f"{each.id} {first}{also}: {told[first]}")
        if each.ended is not None:
            lines += [f"{each.id} {each.ended.year}: {text}" for text in _why(each.ended)]
    return lines


def _by_kind(found: Outlook, each: VariantOutlook) -> Iterable[dict[int, str]]:
    """Return what asks for somebody's eyes, a kind at a time: what is said of it in each year."""
    from msgspec.structs import replace

    from scenarios.settings import in_the_study

    kinds: dict[tuple[str, str, int], dict[int, str]] = {}
    for answer in each.paying:
        times = Counter[tuple[str, str]]()  # two reserves may be told of at one place
        for finding in answer.warnings:
            own = replace(finding, where=in_the_study(finding.where, found.study))
            for line in lines_of([own]):
                same = (finding.code, str(finding.where))
                kinds.setdefault((*same, times[same]), {})[answer.year] = line
                times[same] += 1
    return kinds.values()


def _why(answer: YearAnswer) -> list[str]:
    """Say why a year pays nobody: of what is wrong also where it stands."""
    if answer.told:
        return [fault.text(shell.language) for fault in answer.told]
    return [messages.said(phrase, shell.language) for phrase in answer.why]


def _ending(found: Outlook, gate: bool) -> int:
    """Return how the command ends: without a first year of the baseline there is no answer."""
    status = found.baseline.years[0].status
    if status == "invalid":
        return INPUT_WRONG
    return yes(status != "rejected" and (found.keeps_hard_rules or not gate))
