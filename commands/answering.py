"""How a command answers: files that are asked for, what people read, findings, how it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING

from msgspec import Struct

from commands import shell
from commands.shell import complain, guarded, show
from transfers.errors import DocumentError, Fault
from transfers.output.calls import check_not_read
from transfers.output.parser import ANSWER_IS_NO, DONE

if TYPE_CHECKING:
    from scenarios.settings import Setting
    from transfers import Finding


class Reply(Struct, frozen=True):
    """What a command has to say once its work is done.

    Parameters
    ----------
    code : int
        How it ends.
    view : callable, optional
        Lays out what people read; called unless they want it quiet. None: there is no answer.
    written : sequence of str
        Files.
    beside : sequence of str
        Lines for those who look after the answer: findings.
    """

    code: int = DONE
    view: Callable[[], str] | None = None
    written: Sequence[str] = ()
    beside: Sequence[str] = ()


def answered(
    work: Callable[[], Reply], room: str, out: str | None, *, lang: str | None, quiet: bool
) -> int:
    """Do the work of a command and give its answer; return how it ends.

    Parameters
    ----------
    work : callable
    room : str
        Module whose `FORMATS` can be written: a destination is refused before any work is done.
    out, lang, quiet
        As the call has them.
    """

    def whole() -> int:
        if out is not None:
            from transfers.output.files import check_destination

            check_destination(out, import_module(room).FORMATS)
        with shell.progress(quiet):
            reply = work()
            view = None if quiet or reply.view is None else reply.view()
        if reply.beside:
            complain(reply.beside)
        if view is not None:
            show(view)
            for file in reply.written:
                show(shell.say("written", file=file))
        return reply.code

    return guarded(whole, lang)


def check_known(code: str, name: str | None, known: Sequence[str]) -> None:
    """Refuse a name that is asked for and none of those there are.

    Raises
    ------
    DocumentError
    """
    if name is not None and name not in known:
        raise DocumentError([Fault(code, values={"name": name, "known": ", ".join(known)})])


def yes(is_yes: bool) -> int:
    """Return how a command ends whose answer is yes or no."""
    return DONE if is_yes else ANSWER_IS_NO


def file_to_write(
    out: str,
    name: str,
    read: Sequence[str],
    files: Callable[[str], Sequence[str]] = lambda file: (file,),
) -> str:
    """Return the file that ``--out`` means, its folder made if need be.

    Parameters
    ----------
    name : str
        Of the file, where `out` is a folder.
    read : sequence of str
        Files that were read, which must not be written over.
    files : callable, optional
        The file -> all that are written with it.
    """
    from transfers.output.files import destination

    file = destination(out, name)
    for each in files(file):
        check_not_read(each, read)
    if file != out:
        os.makedirs(os.path.dirname(file), exist_ok=True)
    return file


def all_read(documents: Iterable[str], settings: Iterable[Setting]) -> list[str]:
    """Return every file that was read: documents, and what settings came from."""
    from transfers.output.files import files_read

    found = list(documents)
    for setting in settings:
        found += files_read(setting.policy, setting.districts)
    return list(dict.fromkeys(found))


@contextmanager
def recorded(
    out: str,
    name: str,
    read: Sequence[str],
    files: Callable[[str], Sequence[str]] = lambda file: (file,),
    seed: int | None = None,
) -> Iterator[str]:
    """Give the file that ``--out`` means, and leave a manifest beside it once it is written.

    Parameters are those of :func:`file_to_write`.
    """
    file = file_to_write(out, name, read, files)
    yield file
    from scenarios.running.manifest import Record

    record = Record(sys.argv[1:], shell.language, seed)
    record.read(*read)
    record.wrote(*files(file))
    record.seal()


def lines_of(findings: Iterable[Finding]) -> list[str]:
    """Return a line for each finding."""
    return [
        f"{each.where}: {each.label(shell.language)}: {each.message(shell.language)}"
        for each in findings
    ]
