"""The command line: parse, call, render. The only place that prints.

Exit: 0 done; 1 done, but the answer is no (money is short); 2 the input is wrong; 3 a mistake in
this program.
"""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

# A run is over before the collector would find anything, and no linear algebra is done here:
# without these two, half of the time of a small run would go to them.
gc.disable()
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import typer  # noqa: E402  (the two lines above must come first)

from transfers import messages  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transfers.allocation import Allocation

DONE, ANSWER_IS_NO, INPUT_WRONG, MISTAKE_HERE = 0, 1, 2, 3


class AsGiven:
    """Takes parameters as the parser gives them: all of ours are texts, lists of texts or flags.

    typer would build a pydantic validator for each, which costs a third of a small run.
    """

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return the value; an option that may be repeated is a list."""
        return list(value or ()) if param.multiple else value


def _take_as_given(command: Any) -> None:
    for parameter in command.params:
        if hasattr(parameter, "_runtime_param"):
            parameter._runtime_param = AsGiven()


def _help_as_given(option: Any) -> Any:
    if hasattr(option, "_runtime_param"):
        option._runtime_param = AsGiven()
    return option


class Command(typer.core.TyperCommand):
    """A command whose help is in the reader's language."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return ``--help``, taken as given like the others."""
        return _help_as_given(super().get_help_option(ctx))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _take_as_given(self)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write usage, purpose, arguments and options."""
        from transfers.output.help import command_help

        formatter.write(command_help(self, ctx, _language))


class Group(typer.core.TyperGroup):
    """The program itself; its help lists the commands."""

    def get_help_option(self, ctx: Any) -> Any:
        """Return ``--help``, taken as given like the others."""
        return _help_as_given(super().get_help_option(ctx))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _take_as_given(self)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write usage, purpose and commands."""
        from transfers.output.help import group_help

        formatter.write(group_help(self, ctx, _language))


class App(typer.Typer):
    """The program: mistakes in calling it are told in the reader's language."""

    def __call__(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Run the program and exit."""
        try:
            code = super().__call__(*args, standalone_mode=False, **kwargs)
        except (typer.Abort, KeyboardInterrupt):
            sys.exit(130)
        except Exception as error:
            if not hasattr(error, "format_message"):
                raise
            if type(error).__name__ == "NoArgsIsHelpError":
                _print(error.ctx.get_help())  # type: ignore[attr-defined]
                sys.exit(DONE)
            from transfers.output.help import usage_fault

            _complain([usage_fault(error, _language)])
            sys.exit(INPUT_WRONG)
        # With the collector off Python would look at everything once more while it shuts down.
        gc.freeze()
        sys.exit(code if isinstance(code, int) else DONE)


def _language_of(arguments: Sequence[str]) -> str:
    """Return the language asked for on the command line, else the reader's own."""
    for place, argument in enumerate(arguments):
        value = argument.partition("=")[2] if argument.startswith("--lang=") else ""
        if argument == "--lang" and place + 1 < len(arguments):
            value = arguments[place + 1]
        if value in messages.LANGUAGES:
            return value
    return messages.preferred_language()


_language = _language_of(sys.argv[1:])


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
Out = Annotated[str | None, typer.Option("--out", help=_say("out_help"), metavar="F")]
Lang = Annotated[str | None, typer.Option("--lang", help=_say("lang_help"), metavar="zh|en")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help=_say("quiet_help"))]

app = App(
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
    out: Out = None,
    lang: Lang = None,
    quiet: Quiet = False,
) -> int:
    """Divide the money of a policy and show or write the table."""

    def work() -> int:
        if out is not None:
            _check_out(out, (".csv", ".json"))
        allocation = _allocate(policy, districts, join, set_)
        _check_not_read(out, allocation)
        _report_findings(allocation, quiet)
        if allocation.status == "rejected":
            return ANSWER_IS_NO
        if out is not None:
            from transfers.output.files import write_allocation

            write_allocation(allocation, out, _language)
        if not quiet:
            from transfers.output.views import allocation_view

            _print(allocation_view(allocation, _language, _columns()))
            if out is not None:
                _print(_say("written", file=out))
        return DONE

    return _guarded(work, lang)


@app.command(cls=Command, help=_say("explain_help"))
def explain(
    policy: Policy,
    key: Annotated[str, typer.Argument(help=_say("key_help"), metavar="KEY")],
    districts: Districts = None,
    join: Join = None,
    set_: Set = None,
    as_json: Annotated[bool, typer.Option("--json", help=_say("json_help"))] = False,
    out: Out = None,
    lang: Lang = None,
) -> int:
    """Tell why one district gets what it gets."""

    def work() -> int:
        if out is not None:
            _check_out(out, (".txt", ".md", ".json"))
        allocation = _allocate(policy, districts, join, set_)
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
        if as_json or (out is not None and out.lower().endswith(".json")):
            import json

            text = json.dumps(explanation.to_dict(_language), ensure_ascii=False, indent=2)
        else:
            text = explanation.text(_language)
        if out is None:
            _print(text)
        else:
            from transfers.output.files import write_whole

            write_whole(out, (text + "\n").encode())
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
        return INPUT_WRONG
    except TooLongError:
        _complain([messages.text("allocation.too_long", _language)])
        return INPUT_WRONG
    except _Refused as error:
        _complain([str(error)])
        return INPUT_WRONG
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except OSError as error:
        _complain([_say("file_trouble", file=error.filename or "", reason=error.strerror or error)])
        return INPUT_WRONG
    except Exception as error:
        if os.environ.get("TRANSFERS_DEBUG"):
            raise
        _complain([_say("mistake_here", kind=type(error).__name__, error=error)])
        return MISTAKE_HERE


class _Refused(Exception):
    """A call that makes no sense, said in the reader's language."""


def _check_out(out: str, endings: tuple[str, ...]) -> None:
    """Refuse an ending that names no format before any work is done."""
    if not out.lower().endswith(endings):
        raise _Refused(_say("unknown_format", file=out, endings=endings))


def _check_not_read(out: str | None, allocation: Allocation) -> None:
    """Refuse to write over a file that was read."""
    read = [allocation.policy.document.source.file]
    read += [source.file for source in allocation.districts.sources]
    if out is None or not os.path.exists(out):
        return
    if any(os.path.exists(file) and os.path.samefile(file, out) for file in read):
        raise _Refused(_say("out_was_read", file=out))


def _allocate(
    policy: str, districts: str | None, join: list[str] | None, set_: list[str] | None
) -> Allocation:
    """Read the documents and run them."""
    from transfers.allocation import allocate
    from transfers.districts.load import load_districts
    from transfers.policy import load_policy

    read = load_policy(policy, _settings(set_ or []))
    table = load_districts(districts, read, joins=join)
    return allocate(read, table)


def _settings(pairs: list[str]) -> dict[str, str]:
    """Split ``PATH=VALUE``."""
    settings: dict[str, str] = {}
    for pair in pairs:
        path, equals, value = pair.partition("=")
        if not equals or not path.strip():
            raise _Refused(_say("set_without_value", pair=pair))
        if path.strip() in settings:
            raise _Refused(_say("set_twice", path=path.strip()))
        settings[path.strip()] = value.strip()
    return settings


def _report_findings(allocation: Allocation, quiet: bool) -> None:
    """Print findings: all of them, or with -q only those that reject."""
    lines = []
    for finding in allocation.findings:
        if quiet and finding.severity != "error":
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
