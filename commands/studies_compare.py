"""The command that compares the variants of a study."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from commands import shell
from commands.answering import Reply, all_read, answered, lines_of, recorded, yes
from commands.many import Cluster, Workers, at_work
from commands.shell import Command, Lang, Quiet, app
from transfers.errors import DocumentError, Fault
from transfers.output.calls import settings
from transfers.output.parser import INPUT_WRONG

if TYPE_CHECKING:
    from scenarios import Comparison


say = shell.family("compare")


StudyFile = Annotated[str, typer.Argument(help=say("study_help"), metavar="STUDY")]
Grant = Annotated[str, typer.Option("--grant", help=say("grant_help"), metavar="ID")]
By = Annotated[str | None, typer.Option("--by", help=say("by_help"), metavar="COLUMN")]
ByChange = Annotated[bool, typer.Option("--by-change", help=say("by_change_help"))]
ByStage = Annotated[bool, typer.Option("--by-stage", help=say("by_stage_help"))]
Split = Annotated[str | None, typer.Option("--split", help=say("split_help"), metavar="WHAT")]
Gate = Annotated[bool, typer.Option("--gate", help=say("gate_help"))]
Set = Annotated[list[str] | None, typer.Option("--set", help=say("set_help"), metavar="PATH=VALUE")]
Out = Annotated[str | None, typer.Option("--out", help=say("out_help"), metavar="F")]


@app.command(cls=Command, help=say("help"))
def compare(
    study: StudyFile,
    grant: Grant = "total",
    by: By = None,
    by_change: ByChange = False,
    by_stage: ByStage = False,
    split: Split = None,
    gate: Gate = False,
    workers: Workers = None,
    cluster: Cluster = None,
    set_: Set = None,
    out: Out = None,
    lang: Lang = None,
    quiet: Quiet = False,
) -> int:
    """Compare the variants of a study with its baseline."""

    def work() -> Reply:
        from scenarios import compare as compare_run
        from scenarios import load_study, run

        if split not in (None, "data-policy"):
            raise DocumentError([Fault("compare.unknown_split", values={"text": split})])
        asked = {"by_change": by_change, "by_stage": by_stage}
        asked |= dict.fromkeys(("by_split", "by_split_in_order"), split is not None)
        sections = [name for name, wanted in asked.items() if wanted]
        ran = run(load_study(study), changes=settings(set_))
        with at_work(workers, cluster) as place:
            comparison = compare_run(ran, grant=grant, by=by, place=place)
            written = () if out is None else _write(comparison, sections, out)
            view = "" if quiet else _view(comparison, sections)
        return Reply(_ending(comparison, gate), lambda: view, written, _findings(comparison, quiet))

    return answered(work, "scenarios.comparison.files", out, lang=lang, quiet=quiet)


def _view(comparison: Comparison, sections: list[str]) -> str:
    from scenarios.comparison.report import report
    from scenarios.comparison.terminal import comparison_view

    return comparison_view(report(comparison, sections), shell.language, shell.columns())


def _write(comparison: Comparison, sections: list[str], out: str) -> Sequence[str]:
    """Write what ``--out`` means; return the names of the files."""
    from scenarios.comparison.files import files, for_people, write_report
    from scenarios.comparison.report import report, sections_for_people

    if for_people(out):
        sections = [*sections, *sections_for_people(comparison)]
    told, study = report(comparison, sections), comparison.run.study
    read = all_read([study.file], [answer.setting for answer in comparison.answers])
    with recorded(out, study.id, read, lambda file: files(told, file)) as file:
        write_report(told, file, shell.language)
    return files(told, file)


def _findings(comparison: Comparison, quiet: bool) -> list[str]:
    """Tell what asks for somebody's eyes; with -q also which answers pay nobody, and why."""
    from msgspec.structs import replace

    from scenarios.comparison.texts import remarks
    from scenarios.settings import in_the_study

    lines: list[str] = []
    if quiet:
        lines += remarks(comparison, shell.language)
    for answer in comparison.answers:
        findings = answer.warnings if answer.done else ()
        own = [replace(f, where=in_the_study(f.where, comparison.run.study)) for f in findings]
        lines += [f"{answer.id}: {line}" for line in lines_of(own)]
    return list(dict.fromkeys(lines))


def _ending(comparison: Comparison, gate: bool) -> int:
    """Return how the command ends: without a baseline there is no answer."""
    status = comparison.run.baseline.status
    if status == "invalid":
        return INPUT_WRONG
    return yes(status != "rejected" and (comparison.keeps_hard_rules or not gate))
