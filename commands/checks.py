"""The command that checks policies: their promises, and the tests beside them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Final

import typer

from commands import shell
from commands.shell import Command, Join, Lang, Set, app, complain, guarded, show
from transfers import messages
from transfers.errors import DocumentError, Fault
from transfers.messages import Phrase
from transfers.output.calls import check_not_read, settings

if TYPE_CHECKING:
    from checks.answer import Answer
    from checks.calling import Call

SAVED: Final = os.path.join(".transfers", "counterexamples")
"""Where counter-examples are kept unless a call says."""

NOWHERE: Final = "none"
"""In place of a folder or a table: there is to be none."""


say = shell.family("check_command")


Paths = Annotated[list[str] | None, typer.Argument(help=say("path_help"), metavar="PATH...")]
Table = Annotated[str | None, typer.Option("--districts", help=say("districts_help"), metavar="F")]
Seconds = Annotated[str | None, typer.Option("--seconds", help=say("seconds_help"), metavar="N")]
Seed = Annotated[str | None, typer.Option("--seed", help=say("seed_help"), metavar="N")]
Format = Annotated[str | None, typer.Option("--format", help=say("format_help"), metavar="NAME")]
Out = Annotated[list[str] | None, typer.Option("--out", help=say("out_help"), metavar="F")]
Replay = Annotated[str | None, typer.Option("--replay", help=say("replay_help"), metavar="DIR")]
Save = Annotated[
    str | None, typer.Option("--save", help=say("save_help", folder=SAVED), metavar="DIR")
]
Against = Annotated[str | None, typer.Option("--against", help=say("against_help"), metavar="F")]
Tolerance = Annotated[
    str | None, typer.Option("--tolerance", help=say("tolerance_help"), metavar="N")
]
Only = Annotated[list[str] | None, typer.Option("--only", help=say("only_help"), metavar="PROMISE")]
Workers = Annotated[
    str | None,
    typer.Option(
        "--workers", help=messages.text("running.workers_help", shell.language), metavar="N"
    ),
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help=say("quiet_help"))]


@app.command(cls=Command, help=say("help"))
def check(
    paths: Paths = None,
    districts: Table = None,
    join: Join = None,
    set_: Set = None,
    seconds: Seconds = None,
    seed: Seed = None,
    format_: Format = None,
    out: Out = None,
    replay: Replay = None,
    save: Save = None,
    against: Against = None,
    tolerance: Tolerance = None,
    only: Only = None,
    workers: Workers = None,
    lang: Lang = None,
    quiet: Quiet = False,
) -> int:
    """Search for tables that break promises of policies, and run their tests."""

    def work() -> int:
        wanted, files = _outputs(format_, out or ())
        _check_places(files, save)
        if replay is not None:
            others = {"--only": only, "--set": set_, "--districts": districts, "--join": join}
            others |= {"--against": against, "--tolerance": tolerance}
            _alone(paths or (), [name for name, value in others.items() if value])
            return _replay(replay, wanted, files, quiet)
        if not paths:
            raise DocumentError([Fault("check_command.no_path")])
        from checks.calling import Call

        call = Call(
            districts=False if districts == NOWHERE else _named(districts),
            joins=tuple(_named(each) or "" for each in join or ()),
            changes=settings(set_),
            seconds=_number("--seconds", seconds, 30, least=0.1),
            seed=int(_number("--seed", seed, 0)),
            tolerance=None if tolerance is None else int(_number("--tolerance", tolerance, 0)),
            only=tuple(only or ()),
            workers=int(_number("--workers", workers, 1, least=1)),
            save="" if save == NOWHERE else save or SAVED,
            against=_named(against),
        )
        return _check([_named(path) or path for path in paths], call, wanted, files, quiet)

    return guarded(work, lang)


def _replay(folder: str, wanted: str, files: dict[str, str], quiet: bool) -> int:
    from checks.replay_again import replay
    from checks.reports.replayed import answer_of, replayed_view

    found = replay(_named(folder) or folder)
    view = replayed_view(found, shell.language, shell.columns())
    return _told(answer_of(found), wanted, files, quiet, view)


def _check(
    paths: Sequence[str], call: Call, wanted: str, files: dict[str, str], quiet: bool
) -> int:
    from checks.calling import answer
    from transfers.output.help import file_fault

    with shell.progress(quiet):
        found = answer(paths, call)
    if not found.checked:
        complain([say("no_policy", path=tuple(paths))])
    for each in found.checked:
        if each.unsaved:
            why = file_fault(each.unsaved, shell.language)
            complain([say("not_saved", folder=call.save, why=why)])
    return _told(found, wanted, files, quiet)


def _told(
    found: Answer, wanted: str, files: dict[str, str], quiet: bool, view: str | None = None
) -> int:
    """Give the answer: what is wrong, the files, what people or the service reads.

    Parameters
    ----------
    view : str, optional
        What people read in place of the whole answer.
    """
    from transfers.output.whole_file import write_whole

    faults = [fault.text(shell.language) for each in found.checked for fault in each.faults]
    if faults:
        complain(faults)
    written = {file: _encoded(found, name) for file, name in files.items()}
    for file, content in written.items():
        check_not_read(file, found.files_read())
        write_whole(file, content)
    if not quiet:
        if wanted == "text":
            from checks.reports.text import answer_view

            show(view or answer_view(found, shell.language, shell.columns()))
        else:
            show(_encoded(found, wanted).decode().rstrip("\n"))
        for file in written if wanted == "text" else ():
            show(shell.say("written", file=file))
    return found.code


def _encoded(found: Answer, name: str) -> bytes:
    """Return an answer in one of the formats."""
    from checks.reports.formats import encoded

    return encoded(found, name, shell.language)


# -- what the call says ----------------------------------------------------------------------------


def _named(path: str | None) -> str | None:
    """Return a path as it is seen from here: reports hold absolute ones only if they must."""
    if path is None:
        return None
    try:
        return os.path.relpath(path)
    except ValueError:  # on another drive
        return path


def _alone(paths: Sequence[str], options: Sequence[str]) -> None:
    """Refuse what a counter-example has with it: its policy, table, promise and tolerance."""
    faults = []
    if paths:
        faults.append(Fault("check_command.replay_with_path", values={"path": tuple(paths)}))
    if options:
        words = {"options": tuple(options)}
        faults.append(Fault("check_command.replay_with_options", values=words))
    if faults:
        raise DocumentError(faults)


def _outputs(name: str | None, out: Sequence[str]) -> tuple[str, dict[str, str]]:
    """Return the format that is shown, and the files to be written with the format of each.

    What goes into a file is not shown as well: people read the text then. A format for programs
    that no file of the call has, though there are some, is refused: one of both is a mistake.
    """
    from checks.reports.formats import FORMATS, PROGRAMS, format_of_file

    if name is not None and name not in FORMATS:
        words = {"name": name, "known": tuple(FORMATS)}
        raise DocumentError([Fault("check_command.unknown_format", values=words)])
    files: dict[str, str] = {}
    for file in out:
        if file in files:
            raise DocumentError([Fault("check_command.same_out", values={"file": file})])
        files[file] = format_of_file(file, name)
    if files and name in PROGRAMS and name not in files.values():
        words = {"name": name, "file": out[0], "format": files[out[0]]}
        raise DocumentError([Fault("check_command.format_and_out", values=words)])
    wanted = name or "text"
    return ("text" if wanted in files.values() else wanted), files


def _check_places(files: Iterable[str], save: str | None) -> None:
    """Find out before the search whether what it finds can be written where the call says."""
    from transfers.output.whole_file import check_folder, check_writable

    for file in files:
        check_writable(file)
    if save and save != NOWHERE:
        check_folder(save)


def _number(option: str, text: str | None, default: float, least: float = 0) -> float:
    """Return the number that an option gives: a whole one, but for seconds."""
    if text is None:
        return default
    whole = option != "--seconds"
    try:
        figure = int(text) if whole else float(text)
    except ValueError:
        figure = -1
    if not least <= figure < 1e9:
        kind = Phrase("check_command.whole_number" if whole else "check_command.any_number")
        words = {"option": option, "least": f"{least:g}", "kind": kind, "text": text}
        raise DocumentError([Fault("check_command.not_a_number", values=words)])
    return figure
