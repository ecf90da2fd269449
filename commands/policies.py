"""The commands about one policy: run it, explain it, prepare its table, begin one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from commands import shell
from commands.answering import Reply, answered, file_to_write, lines_of, yes
from commands.shell import (
    Command,
    Districts,
    Join,
    Lang,
    Out,
    Policy,
    Quiet,
    Set,
    app,
    complain,
    guarded,
    say,
    show,
)
from transfers.output.calls import Refused, check_ending, check_not_read, settings, typed
from transfers.output.parser import ANSWER_IS_NO, DONE, INPUT_WRONG

if TYPE_CHECKING:
    from transfers.allocation import Allocation

Above = Annotated[str | None, typer.Option("--upstream", help=say("upstream_help"), metavar="F")]
StoryOut = Annotated[str | None, typer.Option("--out", help=say("story_out_help"), metavar="F")]
SchemaLang = Annotated[
    str | None, typer.Option("--lang", help=say("schema_lang_help"), metavar="zh|en")
]
SchemaKind = Annotated[
    str, typer.Argument(help=say("schema_kind_help"), metavar="[policy|study|tests]")
]
SchemaOut = Annotated[str | None, typer.Option("--out", help=say("schema_out_help"), metavar="F")]
Measures = Annotated[bool, typer.Option("--measures", help=say("measures_help"))]
By = Annotated[str | None, typer.Option("--by", help=say("by_help"), metavar="INPUT")]


@app.command(cls=Command, help=say("run_help"))
def run(
    policy: Policy,
    districts: Districts = None,
    join: Join = None,
    set_: Set = None,
    upstream: Above = None,
    out: Out = None,
    measures: Measures = False,
    by: By = None,
    lang: Lang = None,
    quiet: Quiet = False,
) -> int:
    """Divide the money of a policy and show or write the table."""

    def work() -> Reply:
        allocation = _allocate(policy, districts, join, settings(set_, policy, upstream))
        beside = lines_of(allocation.warnings if quiet else allocation.findings)
        if allocation.status != "done":
            return Reply(ANSWER_IS_NO, beside=beside)

        def view() -> str:
            from transfers.output.views import whole_view

            width = shell.columns()
            return whole_view(allocation, shell.language, width, measures=measures, by=by)

        written = () if out is None else [_write(allocation, out)]
        return Reply(yes(allocation.keeps_hard_rules), view, written, beside)

    return answered(work, "transfers.output.files", out, lang=lang, quiet=quiet)


@app.command(cls=Command, help=say("explain_help"))
def explain(
    policy: Policy,
    key: Annotated[str, typer.Argument(help=say("key_help"), metavar="KEY")],
    districts: Districts = None,
    join: Join = None,
    set_: Set = None,
    upstream: Above = None,
    as_json: Annotated[bool, typer.Option("--json", help=say("json_help"))] = False,
    out: StoryOut = None,
    lang: Lang = None,
) -> int:
    """Tell why one district gets what it gets."""

    def work() -> int:
        if out is not None:
            check_ending(out, (".txt", ".md", ".json"))
        with shell.progress(quiet=False):
            allocation = _allocate(policy, districts, join, settings(set_, policy, upstream))
        if out is not None:
            check_not_read(out, _files_read(allocation))
        if allocation.status == "rejected":
            complain(lines_of(allocation.findings))
            return ANSWER_IS_NO
        try:
            explanation = allocation.explain(key)
        except KeyError:
            from transfers.output.help import no_district

            complain([no_district(allocation, key, shell.language)])
            return INPUT_WRONG
        from transfers.output.story_file import story_text

        text = story_text(explanation, ".json" if as_json else out or "", shell.language)
        if out is None:
            show(text)
        else:
            from transfers.output.whole_file import write_whole

            write_whole(out, (text + "\n").encode())
        return DONE

    return guarded(work, lang)


@app.command(cls=Command, help=say("template_help"))
def template(
    policy: Policy,
    out: Annotated[str, typer.Option("--out", help=say("template_out_help"), metavar="F")],
    districts: Annotated[
        str | None, typer.Option("--districts", help=say("template_districts_help"), metavar="F")
    ] = None,
    filled: Annotated[bool, typer.Option("--filled", help=say("filled_help"))] = False,
    set_: Set = None,
    lang: Lang = None,
) -> int:
    """Write a workbook to be filled in with the figures of a policy."""

    def work() -> int:
        from transfers.levels import load_policy
        from transfers.output.template import template as template_of
        from transfers.output.template_book import template_bytes
        from transfers.output.whole_file import write_whole

        check_ending(out, (".xlsx",))
        if os.path.exists(out):
            raise Refused("template_there", file=out)
        read = load_policy(policy, settings(set_))
        asked = template_of(read, shell.language, districts=districts, filled=filled)
        write_whole(out, template_bytes(asked, shell.language))
        show(say("written", file=out))
        joined = read.document.model.districts.join
        hint = "template_next_joined" if joined else "template_next"
        settings_too = "".join(f" --set {typed(setting)}" for setting in asked.settings)
        show(say(hint, policy=typed(policy), file=typed(out)) + settings_too)
        return DONE

    return guarded(work, lang)


@app.command(cls=Command, help=say("new_help"))
def new(
    folder: Annotated[str, typer.Argument(help=say("folder_help"), metavar="DIR")],
    lang: Lang = None,
) -> int:
    """Make a working folder with a policy that runs."""

    def work() -> int:
        from transfers.output.start import file_names, in_the_way, write_start

        there = in_the_way(folder, shell.language)
        if there:
            raise Refused("new_in_the_way", folder=folder, files=there)
        write_start(folder, shell.language)
        show(say("new_written", folder=folder, files=file_names(shell.language)))
        show(say("new_next", policy=typed(os.path.join(folder, "policy.yaml"))))
        return DONE

    return guarded(work, lang)


@app.command(cls=Command, help=say("schema_help"))
def schema(kind: SchemaKind = "policy", out: SchemaOut = None, lang: SchemaLang = None) -> int:
    """Show or write the JSON Schema of policy documents, of studies, or of tests."""

    def work() -> int:
        if out is not None:
            check_ending(out, (".json",))
        text = _schema_text(kind, lang)
        if out is None:
            show(text.rstrip("\n"))
        else:
            from transfers.output.whole_file import write_whole

            write_whole(out, text.encode())
            show(say("written", file=out))
        return DONE

    return guarded(work, lang)


def _schema_text(kind: str, lang: str | None) -> str:
    """Return the JSON Schema of one kind of document."""
    if kind == "study":
        from scenarios.study.json_schema import schema_text as text_of_studies

        return text_of_studies(lang)
    if kind == "tests":
        from checks.policy_tests.reference_page import schema_text as text_of_tests

        return text_of_tests(lang)
    if kind != "policy":
        raise Refused("unknown_schema", kind=kind)
    from transfers.documents.json_schema import schema_text

    return schema_text(lang)


def _write(allocation: Allocation, out: str) -> str:
    """Write the file that ``--out`` means; return its name."""
    from transfers.output.files import write_file

    file = file_to_write(out, allocation.policy.id, _files_read(allocation))
    write_file(allocation, file, shell.language)
    return file


def _files_read(allocation: Allocation) -> list[str]:
    from transfers.output.files import files_read

    return files_read(allocation.policy, allocation.districts)


def _allocate(
    policy: str, districts: str | None, join: list[str] | None, changes: dict[str, str]
) -> Allocation:
    """Read the documents and run them."""
    from transfers import progress
    from transfers.batch import allocate
    from transfers.districts.load import load_districts
    from transfers.levels import load_policy

    read = load_policy(policy, changes)
    with progress.stage("read"):
        table = load_districts(districts, read, joins=join)
    return allocate(read, table)
