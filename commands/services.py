"""The command that shows lists of services."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commands import shell
from commands.answering import Reply, answered, check_known, file_to_write, lines_of, yes
from commands.shell import Command, Districts, Join, Lang, Policy, Quiet, Set, app
from transfers.errors import DocumentError, Fault
from transfers.output.calls import settings
from transfers.output.parser import NOTHING_CHECKED

if TYPE_CHECKING:
    from transfers.output.service_answer import ServiceAnswer


say = shell.family("services")


List = Annotated[str | None, typer.Option("--list", help=say("list_help"), metavar="NAME")]
By = Annotated[str | None, typer.Option("--by", help=say("by_help"), metavar="WHAT")]
Out = Annotated[str | None, typer.Option("--out", help=say("out_help"), metavar="F")]


@app.command(cls=Command, help=say("help"))
def services(
    policy: Policy,
    districts: Districts = None,
    join: Join = None,
    set_: Set = None,
    list_: List = None,
    by: By = None,
    out: Out = None,
    lang: Lang = None,
    quiet: Quiet = False,
) -> int:
    """Show what the lists of services of a policy lack, and what their items cost."""

    def work() -> Reply:
        from transfers.levels import load_policy
        from transfers.output.service_tables import VIEWS

        check_known("services.unknown_view", by, VIEWS)
        read = load_policy(policy, settings(set_))
        if not read.service_lists:
            return Reply(NOTHING_CHECKED, beside=[say("no_list", file=policy)])
        known = [rule.name for rule in read.service_lists]
        check_known("services.unknown_list", list_, known)
        chosen = [rule for rule in read.service_lists if list_ in (None, rule.name)]
        allocation = None
        if any(rule.costs or rule.levels for rule in chosen):
            from transfers import progress
            from transfers.batch import allocate
            from transfers.districts.load import load_districts

            with progress.stage("read"):
                table = load_districts(districts, read, joins=join)
            allocation = allocate(read, table)
        from transfers.output.service_answer import service_answer

        answers = [service_answer(read, rule, allocation) for rule in chosen]
        if by is not None and list_ is not None:
            _check_view(answers[0], by)
        written = () if out is None else [_write(answers, by, out)]

        def view() -> str:
            from transfers.output.service_view import services_view

            return services_view(answers, by, shell.language, shell.columns())

        # What lists lack is the answer itself.
        findings = () if allocation is None else allocation.warnings
        beside = [finding for finding in findings if not finding.code.startswith("services.")]
        is_complete = all(answer.is_complete for answer in answers)
        told = lines_of(beside)
        if quiet:
            from transfers.output.service_view import not_complete

            told += not_complete(answers, shell.language)
        return Reply(yes(is_complete), view, written, told)

    return answered(work, "transfers.output.service_files", out, lang=lang, quiet=quiet)


def _check_view(answer: ServiceAnswer, by: str) -> None:
    """Refuse a table that the list has nothing for."""
    from transfers.output.service_tables import Tables

    if Tables(answer, shell.language).table(by) is None:
        words = {"title": answer.rule.title, "view": by}
        raise DocumentError([Fault("services.no_view", values=words)])


def _write(answers: list[ServiceAnswer], by: str | None, out: str) -> str:
    """Write the file that ``--out`` means; return its name."""
    from transfers.output.files import files_read, write_file
    from transfers.output.service_files import FORMATS, Written

    policy, table = answers[0].policy, answers[0].table
    read = [policy.document.source.file] if table is None else files_read(policy, table)
    file = file_to_write(out, f"{policy.id}_services", read)
    write_file(Written(answers, by), file, shell.language, FORMATS)
    return file
