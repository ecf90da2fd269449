"""The command that shows what districts and agencies reach in an appraisal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commands import shell
from commands.answering import Reply, answered, check_known, file_to_write, lines_of
from commands.shell import Command, Districts, Join, Lang, Policy, Quiet, Set, app
from transfers.errors import DocumentError, Fault
from transfers.output.calls import settings
from transfers.output.parser import DONE, NOTHING_CHECKED

if TYPE_CHECKING:
    from transfers.allocation import Allocation
    from transfers.output.appraisal_answer import AppraisalAnswer


say = shell.family("appraise")


Appraisal = Annotated[
    str | None, typer.Option("--appraisal", help=say("appraisal_help"), metavar="NAME")
]
By = Annotated[str | None, typer.Option("--by", help=say("by_help"), metavar="WHAT")]
District = Annotated[
    str | None, typer.Option("--district", help=say("district_help"), metavar="KEY")
]
Out = Annotated[str | None, typer.Option("--out", help=say("out_help"), metavar="F")]


@app.command(cls=Command, help=say("help"))
def appraise(
    policy: Policy,
    districts: Districts = None,
    join: Join = None,
    set_: Set = None,
    appraisal: Appraisal = None,
    by: By = None,
    district: District = None,
    out: Out = None,
    lang: Lang = None,
    quiet: Quiet = False,
) -> int:
    """Show how far districts and agencies reach the targets of an appraisal."""

    def work() -> Reply:
        from transfers import progress
        from transfers.batch import allocate
        from transfers.districts.load import load_districts
        from transfers.levels import load_policy
        from transfers.output.appraisal_answer import asked_of
        from transfers.output.appraisal_tables import VIEWS

        check_known("appraise.unknown_view", by, VIEWS)
        read = load_policy(policy, settings(set_))
        if not read.appraisals:
            return Reply(NOTHING_CHECKED, beside=[say("no_appraisal", file=policy)])
        known = [rule.name for rule in read.appraisals]
        check_known("appraise.unknown_appraisal", appraisal, known)
        with progress.stage("read"):
            table = load_districts(districts, read, joins=join)
        allocation = allocate(asked_of(read), table)
        answers = _answers(allocation, appraisal, district)
        if by is not None:
            _check_view(answers, by)
        written = () if out is None else [_write(answers, by, out)]

        def view() -> str:
            from transfers.output.appraisal_view import appraisals_view

            return appraisals_view(answers, by, shell.language, shell.columns())

        return Reply(DONE, view, written, lines_of(allocation.warnings))

    return answered(work, "transfers.output.appraisal_files", out, lang=lang, quiet=quiet)


def _answers(
    allocation: Allocation, appraisal: str | None, district: str | None
) -> list[AppraisalAnswer]:
    from transfers.output.appraisal_answer import AppraisalAnswer

    chosen = [r for r in allocation.policy.appraisals if appraisal in (None, r.name)]
    at = None if district is None else _place(allocation, district)
    return [AppraisalAnswer(allocation, rule, at) for rule in chosen]


def _check_view(answers: list[AppraisalAnswer], by: str) -> None:
    """Refuse a table that no appraisal has anything for."""
    from transfers.output.appraisal_tables import Tables

    if all(Tables(answer, shell.language).table(by) is None for answer in answers):
        words = {"title": answers[0].rule.title, "view": by}
        raise DocumentError([Fault("appraise.no_view", values=words)])


def _place(allocation: Allocation, district: str) -> int:
    """Return where a district stands, by its key or its name."""
    from transfers.explain.story import district_of

    try:
        return district_of(allocation, district)
    except KeyError:
        from transfers.output.help import no_district

        told = no_district(allocation, district, shell.language)
        fault = Fault("appraise.no_district", values={"text": told})
        raise DocumentError([fault]) from None


def _write(answers: list[AppraisalAnswer], by: str | None, out: str) -> str:
    """Write the file that ``--out`` means; return its name."""
    from transfers.output.appraisal_files import FORMATS, Written
    from transfers.output.files import files_read, write_file

    policy, table = answers[0].policy, answers[0].table
    file = file_to_write(out, f"{policy.id}_appraisal", files_read(policy, table))
    write_file(Written(answers, by), file, shell.language, FORMATS)
    return file
