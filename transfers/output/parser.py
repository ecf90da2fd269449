"""What the command line adds to typer: parameters as given, help and complaints in one language."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from types import MappingProxyType
from typing import Any, ClassVar, NoReturn

import typer
from typer.main import get_command_from_info

from transfers import messages

DONE, ANSWER_IS_NO, INPUT_WRONG, MISTAKE_HERE = 0, 1, 2, 3
NOTHING_CHECKED = 5
INTERRUPTED = 130
"""What a shell says of a program that Ctrl-C ended."""


def language_asked_for(arguments: Sequence[str]) -> str:
    """Return the language asked for on the command line, else the reader's own."""
    for place, argument in enumerate(arguments):
        value = argument.partition("=")[2] if argument.startswith("--lang=") else ""
        if argument == "--lang" and place + 1 < len(arguments):
            value = arguments[place + 1]
        if value in messages.LANGUAGES:
            return value
    return messages.preferred_language()


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


class _InOneLanguage:
    """What a command and the program itself have in common: help in the reader's language."""

    language: ClassVar[str] = messages.LANGUAGES[0]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _take_as_given(self)

    def get_help_option(self, ctx: Any) -> Any:
        """Return ``--help``, taken as given like the others."""
        return _help_as_given(super().get_help_option(ctx))  # type: ignore[misc]


class Command(_InOneLanguage, typer.core.TyperCommand):
    """A command."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write usage, purpose, arguments and options."""
        from transfers.output.help import command_help

        formatter.write(command_help(self, ctx, self.language))


class Group(_InOneLanguage, typer.core.TyperGroup):
    """The program itself; its help lists the commands.

    Attributes
    ----------
    app : App
        Where modules register their commands.
    rooms : mapping of str to str
        Command -> the module that registers it: read when it is called, for to read them all
        takes longer than a small run.
    """

    app: ClassVar[typer.Typer]
    rooms: ClassVar[Mapping[str, str]] = MappingProxyType({})

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of all commands, whether they are read or not."""
        return list(self.rooms)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command, read now if need be; None if there is none of that name."""
        if cmd_name not in self.commands and cmd_name in self.rooms:
            import_module(self.rooms[cmd_name])
            for entry in self.app.registered_commands:
                if entry.callback and cmd_name in (entry.name, entry.callback.__name__):
                    self.commands[cmd_name] = get_command_from_info(
                        entry, pretty_exceptions_short=False, rich_markup_mode=None
                    )
        return self.commands.get(cmd_name)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write usage, purpose and commands."""
        from transfers.output.help import group_help

        formatter.write(group_help(self, ctx, self.language))


class App(typer.Typer):
    """The program: mistakes in calling it are told in the reader's language.

    Parameters
    ----------
    language : str
    show : callable
        Prints a text for the reader.
    complain : callable
        Prints lines about what is wrong.
    """

    def __init__(
        self,
        *,
        language: str,
        show: Callable[[str], None],
        complain: Callable[[Sequence[str]], None],
        **settings: Any,
    ) -> None:
        super().__init__(**settings)
        self.language, self.show, self.complain = language, show, complain

    def __call__(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Run the program and exit."""
        try:
            code = super().__call__(*args, standalone_mode=False, **kwargs)
        except (typer.Abort, KeyboardInterrupt):
            sys.exit(INTERRUPTED)
        except Exception as error:
            if not hasattr(error, "format_message"):
                raise
            if type(error).__name__ == "NoArgsIsHelpError":
                self.show(error.ctx.get_help())  # type: ignore[attr-defined]
                sys.exit(DONE)
            from transfers.output.help import usage_fault

            self.complain([usage_fault(error, self.language)])
            sys.exit(INPUT_WRONG)
        # With the collector off Python would look at everything once more while it shuts down.
        gc.freeze()
        sys.exit(code if isinstance(code, int) else DONE)
