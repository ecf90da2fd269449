"""The command line: parse, call, render. The only place that prints.

Exit: 0 done; 1 done, but the answer is no (money is short); 2 the input is wrong; 3 a mistake in
this program.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Annotated, Any

# A run is over before the collector would find anything, and no linear algebra is done here:
# without these two, half of the time of a small run would go to them.
gc.disable()
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import typer  # noqa: E402  (the two lines above must come first)

from transfers import messages  # noqa: E402
from transfers.output import parser  # noqa: E402
from transfers.output.calls import (  # noqa: E402
    Refused,
    check_ending,
    check_not_read,
    settings,
    typed,
)
from transfers.output.parser import (  # noqa: E402
    ANSWER_IS_NO,
    DONE,
    INPUT_WRONG,
    MISTAKE_HERE,
    language_asked_for,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transfers.allocation import Allocation

_language = language_asked_for(sys.argv[1:])


class Command(parser.Command):
    """A command, in the language of this call."""

    language = _language


class Group(parser.Group):
    """The program, in the language of this call."""

    language = _language


def _say(code: str, /, **words: object) -> str:
    return messages.text(f"command.{code}", _language, **words)


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")


def _complain(lines: Sequence[str]) -> None:
    sys.stdout.flush()
    sys.stderr.write("\n".join(lines) + "\n")


def _utf8() -> None:
    """Write UTF-8 wherever output goes: a pipe on Windows would take the local code page."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure") and not stream.isatty():
            # A file may be called what is no UTF-8: it is named all the same.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


Policy = Annotated[str, typer.Argument(help=_say("policy_help"), metavar="POLICY")]
Districts = Annotated[
    str | None, typer.Option("--districts", help=_say("districts_help"), metavar="F")
]
Join = Annotated[list[str] | None, typer.Option("--join", help=_say("join_help"), metavar="F")]
Set = Annotated[
    list[str] | None, typer.Option("--set", help=_say("set_help"), metavar="PATH=VALUE")
]
Above = Annotated[str | None, typer.Option("--upstream", help=_say("upstream_help"), metavar="F")]
Out = Annotated[str | None, typer.Option("--out", help=_say("out_help"), metavar="F")]
StoryOut = Annotated[str | None, typer.Option("--out", help=_say("story_out_help"), metavar="F")]
Lang = Annotated[str | None, typer.Option("--lang", help=_say("lang_help"), metavar="zh|en")]
SchemaLang = Annotated[
    str | None, typer.Option("--lang", help=_say("schema_lang_help"), metavar="zh|en")
]
SchemaOut = Annotated[str | None, typer.Option("--out", help=_say("schema_out_help"), metavar="F")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help=_say("quiet_help"))]

app = parser.App(
    language=_language,
    show=_print,
    complain=_complain,
    cls=Group,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help=_say("program_help"),
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from transfers import __version__

        _print(f"transfers {__version__}")
        raise typer.Exit


Version = Annotated[
    bool,
    typer.Option("--version", help=_say("version_help"), callback=_show_version, is_eager=True),
]


@app.callback()
def program(lang: Lang = None, version: Version = False) -> None:
    """Hold the options that stand before a command."""


@app.command(cls=Command, help=_say("run_help"))
def run(
    policy: Policy,
    districts: Districts = None,
    join: Join = None,
    set_: Set = None,
    upstream: Above = None,
    out: Out = None,
    lang: Lang = None,
    quiet: Quiet = False,
) -> int:
    """Divide the money of a policy and show or write the table."""

    def work() -> int:
        if out is not None:
            from transfers.output.files import check_destination

            check_destination(out)
        with _progress(quiet):
            allocation = _allocate(policy, districts, join, settings(set_, policy, upstream))
            done = allocation.status == "done"
            file = _write(allocation, out) if out is not None and done else None
            view = ""
            if done and not quiet:
                from transfers.output.views import allocation_view

                view = allocation_view(allocation, _language, _columns())
        _report_findings(allocation, quiet)
        if not done:
            return ANSWER_IS_NO
        if not quiet:
            _print(view)
            if file is not None:
                _print(_say("written", file=file))
        return DONE

    return _guarded(work, lang)


@app.command(cls=Command, help=_say("explain_help"))
def explain(
    policy: Policy,
    key: Annotated[str, typer.Argument(help=_say("key_help"), metavar="KEY")],
    districts: Districts = None,
    join: Join = None,
    set_: Set = None,
    upstream: Above = None,
    as_json: Annotated[bool, typer.Option("--json", help=_say("json_help"))] = False,
    out: StoryOut = None,
    lang: Lang = None,
) -> int:
    """Tell why one district gets what it gets."""

    def work() -> int:
        if out is not None:
            check_ending(out, (".txt", ".md", ".json"))
        with _progress(quiet=False):
            allocation = _allocate(policy, districts, join, settings(set_, policy, upstream))
        _check_not_read(out, allocation)
        if allocation.status == "rejected":
            _report_findings(allocation, quiet=False)
            return ANSWER_IS_NO
        try:
            explanation = allocation.explain(key)
        except KeyError:
            from transfers.output.help import no_district

            _complain([no_district(allocation, key, _language)])
            return INPUT_WRONG
        from transfers.output.story_file import story_text

        text = story_text(explanation, ".json" if as_json else out or "", _language)
        if out is None:
            _print(text)
        else:
            from transfers.output.whole_file import write_whole

            write_whole(out, (text + "\n").encode())
        return DONE

    return _guarded(work, lang)


@app.command(cls=Command, help=_say("template_help"))
def template(
    policy: Policy,
    out: Annotated[str, typer.Option("--out", help=_say("template_out_help"), metavar="F")],
    districts: Annotated[
        str | None, typer.Option("--districts", help=_say("template_districts_help"), metavar="F")
    ] = None,
    filled: Annotated[bool, typer.Option("--filled", help=_say("filled_help"))] = False,
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
        asked = template_of(read, _language, districts=districts, filled=filled)
        write_whole(out, template_bytes(asked, _language))
        _print(_say("written", file=out))
        joined = read.document.model.districts.join
        hint = "template_next_joined" if joined else "template_next"
        settings_too = "".join(f" --set {typed(setting)}" for setting in asked.settings)
        _print(_say(hint, policy=typed(policy), file=typed(out)) + settings_too)
        return DONE

    return _guarded(work, lang)


@app.command(cls=Command, help=_say("new_help"))
def new(
    folder: Annotated[str, typer.Argument(help=_say("folder_help"), metavar="DIR")],
    lang: Lang = None,
) -> int:
    """Make a working folder with a policy that runs."""

    def work() -> int:
        from transfers.output.start import file_names, in_the_way, write_start

        there = in_the_way(folder, _language)
        if there:
            raise Refused("new_in_the_way", folder=folder, files=there)
        write_start(folder, _language)
        _print(_say("new_written", folder=folder, files=file_names(_language)))
        _print(_say("new_next", policy=typed(os.path.join(folder, "policy.yaml"))))
        return DONE

    return _guarded(work, lang)


@app.command(cls=Command, help=_say("schema_help"))
def schema(out: SchemaOut = None, lang: SchemaLang = None) -> int:
    """Show or write the JSON Schema of policy documents."""

    def work() -> int:
        from transfers.documents.json_schema import schema_text

        if out is not None:
            check_ending(out, (".json",))
        text = schema_text(lang)
        if out is None:
            _print(text.rstrip("\n"))
        else:
            from transfers.output.whole_file import write_whole

            write_whole(out, text.encode())
            _print(_say("written", file=out))
        return DONE

    return _guarded(work, lang)


# -- shared ------------------------------------------------------------------------------------


def _guarded(work: Any, lang: str | None) -> int:
    """Run a command; tell what is wrong with its input, and own up to mistakes here."""
    from transfers.errors import FaultsError, TooLongError

    _utf8()
    if lang is not None and lang not in messages.LANGUAGES:
        _complain([_say("unknown_language", lang=lang)])
        return INPUT_WRONG
    try:
        return int(work())
    except FaultsError as error:
        _complain(error.lines(_language))
        return ANSWER_IS_NO if error.answer_is_no else INPUT_WRONG
    except TooLongError:
        _complain([messages.text("allocation.too_long", _language)])
        return INPUT_WRONG
    except Refused as error:
        _complain([_say(error.code, **error.words)])
        return INPUT_WRONG
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except OSError as error:
        from transfers.output.help import file_fault

        _complain([file_fault(error, _language)])
        return INPUT_WRONG
    except Exception as error:
        if os.environ.get("TRANSFERS_DEBUG"):
            raise
        _complain([_say("mistake_here", kind=type(error).__name__, error=error)])
        return MISTAKE_HERE


def _write(allocation: Allocation, out: str) -> str:
    """Write the file that ``--out`` means, its folder made if need be; return its name."""
    from transfers.output.files import destination, write_allocation

    file = destination(out, allocation.policy.id)
    _check_not_read(file, allocation)
    if file != out:
        os.makedirs(os.path.dirname(file), exist_ok=True)
    write_allocation(allocation, file, _language)
    return file


def _progress(quiet: bool) -> AbstractContextManager[None]:
    """Show a bar on the terminal while the work takes longer than a second."""
    if quiet or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return nullcontext()
    from transfers.output.bar import shown_bar

    return shown_bar(_language)


def _check_not_read(out: str | None, allocation: Allocation) -> None:
    """Refuse to write over a file that was read."""
    read = [allocation.policy.document.source.file]
    read += [source.file for source in allocation.districts.sources]
    read += allocation.policy.files_above
    if out is not None:
        check_not_read(out, read)


def _allocate(
    policy: str, districts: str | None, join: list[str] | None, changes: dict[str, str]
) -> Allocation:
    """Read the documents and run them."""
    from transfers import progress
    from transfers.allocation import allocate
    from transfers.districts.load import load_districts
    from transfers.levels import load_policy

    read = load_policy(policy, changes)
    with progress.stage("read"):
        table = load_districts(districts, read, joins=join)
    return allocate(read, table)


def _report_findings(allocation: Allocation, quiet: bool) -> None:
    """Print findings: all of them, or with -q only those that ask for somebody's eyes."""
    lines = []
    for finding in allocation.findings:
        if quiet and finding.severity == "note":
            continue
        where = str(finding.where)
        severity = _say(f"severity_{finding.severity}")
        lines.append(f"{where}: {severity}: {finding.message(_language)}")
    if lines:
        _complain(lines)


def _columns() -> int:
    """Return the width of the terminal; 80 where there is none."""
    import shutil

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 80


if __name__ == "__main__":
    app()
