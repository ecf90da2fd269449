"""What all commands share: the program, its options, its two streams, and how it ends.

Exit: 0 done; 1 done, but the answer is no (money is short, a hard rule does not hold); 2 the
input is wrong; 3 a mistake in this program; 5 nothing was checked; 130 Ctrl-C.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from types import MappingProxyType
from typing import Annotated, Protocol

import typer

from transfers import messages
from transfers.output import parser
from transfers.output.calls import Refused
from transfers.output.parser import (
    ANSWER_IS_NO,
    DONE,
    INPUT_WRONG,
    INTERRUPTED,
    MISTAKE_HERE,
    language_asked_for,
)

language = language_asked_for(sys.argv[1:])


class Command(parser.Command):
    """A command, in the language of this call."""

    language = language


class Group(parser.Group):
    """The program, in the language of this call."""

    language = language
    rooms = MappingProxyType(
        {
            **dict.fromkeys(("run", "explain", "template", "new", "schema"), "commands.policies"),
            "check": "commands.checks",
            "services": "commands.services",
            "appraise": "commands.appraisals",
            "cliffs": "commands.studies_cliffs",
            "compare": "commands.studies_compare",
            "outlook": "commands.studies_outlook",
            "rerun": "commands.studies_rerun",
            **dict.fromkeys(("seek", "optimise"), "commands.studies_seek"),
            "sweep": "commands.studies_sweep",
        }
    )


class Say(Protocol):
    """Returns a text of one family in the language of this call."""

    def __call__(self, code: str, /, **words: object) -> str:
        """Return the text of a code."""


def family(name: str) -> Say:
    """Return what says the texts of a family: code and words -> text."""

    def say(code: str, /, **words: object) -> str:
        return messages.text(f"{name}.{code}", language, **words)

    return say


say = family("command")


def show(text: str) -> None:
    """Print what was asked for."""
    sys.stdout.write(text + "\n")


def complain(lines: Iterable[str]) -> None:
    """Print what there is to say beside it."""
    sys.stdout.flush()
    sys.stderr.write("\n".join(lines) + "\n")


def _utf8() -> None:
    """Write UTF-8 wherever output goes: a pipe on Windows would take the local code page."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure") and not stream.isatty():
            # A file may be called what is no UTF-8: it is named all the same.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


Policy = Annotated[str, typer.Argument(help=say("policy_help"), metavar="POLICY")]
Districts = Annotated[
    str | None, typer.Option("--districts", help=say("districts_help"), metavar="F")
]
Join = Annotated[list[str] | None, typer.Option("--join", help=say("join_help"), metavar="F")]
Set = Annotated[list[str] | None, typer.Option("--set", help=say("set_help"), metavar="PATH=VALUE")]
Out = Annotated[str | None, typer.Option("--out", help=say("out_help"), metavar="F")]
Lang = Annotated[str | None, typer.Option("--lang", help=say("lang_help"), metavar="zh|en")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help=say("quiet_help"))]

app = parser.App(
    language=language,
    show=show,
    complain=complain,
    cls=Group,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help=say("program_help"),
)
Group.app = app


def _show_version(wanted: bool) -> None:
    if wanted:
        from transfers import __version__

        show(f"transfers {__version__}")
        raise typer.Exit


Version = Annotated[
    bool,
    typer.Option("--version", help=say("version_help"), callback=_show_version, is_eager=True),
]


@app.callback()
def program(lang: Lang = None, version: Version = False) -> None:
    """Hold the options that stand before a command."""


def guarded(work: Callable[[], int], lang: str | None) -> int:
    """Run a command; tell what is wrong with its input, and own up to mistakes here."""
    from transfers.errors import FaultsError, Interrupted, TooLongError

    _utf8()
    if lang is not None and lang not in messages.LANGUAGES:
        complain([say("unknown_language", lang=lang)])
        return INPUT_WRONG
    try:
        return int(work())
    except FaultsError as error:
        complain(error.lines(language))
        return ANSWER_IS_NO if error.answer_is_no else INPUT_WRONG
    except TooLongError:
        complain([messages.text("allocation.too_long", language)])
        return INPUT_WRONG
    except Refused as error:
        complain([say(error.code, **error.words)])
        return INPUT_WRONG
    except Interrupted as error:
        complain([error.text(language)])
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except OSError as error:
        from transfers.output.help import file_fault

        complain([file_fault(error, language)])
        return INPUT_WRONG
    except Exception as error:
        if os.environ.get("TRANSFERS_DEBUG"):
            raise
        complain([say("mistake_here", kind=type(error).__name__, error=error)])
        return MISTAKE_HERE


def progress(quiet: bool) -> AbstractContextManager[None]:
    """Show a bar on the terminal while the work takes longer than a second."""
    if quiet or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return nullcontext()
    from transfers.output.bar import shown_bar

    return shown_bar(language)


def columns() -> int:
    """Return the width of the terminal; 80 where there is none."""
    import shutil

    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 80
