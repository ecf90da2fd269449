"""The commands that look for values: where a statement holds, and the best under constraints."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from commands import shell
from commands.answering import Reply, all_read, answered, recorded, yes
from commands.many import Cluster, Workers, at_work
from commands.shell import Command, Lang, Quiet, Set, app
from transfers.output.calls import settings

if TYPE_CHECKING:
    from scenarios.running.job import Workplace
    from scenarios.seeking.files import Told
    from scenarios.study.load import Study


say = shell.family("seek")


StudyFile = Annotated[str, typer.Argument(help=say("study_help"), metavar="STUDY")]
Gate = Annotated[bool, typer.Option("--gate", help=say("gate_help"))]
Out = Annotated[str | None, typer.Option("--out", help=say("out_help"), metavar="F")]


Ask = Callable[["Study", dict[str, str], "Workplace | None"], "Told"]


def _question(name: str, ask: Ask) -> None:
    """Make the command that asks a question of a study."""

    @app.command(name, cls=Command, help=say(f"{name}_help"))
    def command(
        study: StudyFile,
        set_: Set = None,
        out: Out = None,
        gate: Gate = False,
        workers: Workers = None,
        cluster: Cluster = None,
        lang: Lang = None,
        quiet: Quiet = False,
    ) -> int:
        def work() -> Reply:
            from scenarios import load_study

            with at_work(workers, cluster) as place:
                told = ask(load_study(study), settings(set_), place)
                written = () if out is None else [_write(told, out)]
            answer = told.answer
            holds = answer is not None and (answer.keeps_hard_rules or not gate)
            return Reply(yes(holds), lambda: _view(told), written)

        return answered(work, "scenarios.seeking.files", out, lang=lang, quiet=quiet)


def _seek(study: Study, changes: dict[str, str], place: Workplace | None) -> Told:
    """Find the values for which a statement holds."""
    from scenarios import seek
    from scenarios.seeking.told import SeekTold

    return SeekTold(seek(study, changes, place=place))


def _optimise(study: Study, changes: dict[str, str], place: Workplace | None) -> Told:
    """Find the values that are best by a measure under the constraints."""
    from scenarios import optimise
    from scenarios.seeking.told_optimum import OptimumTold

    return OptimumTold(optimise(study, changes, place=place))


_question("seek", _seek)
_question("optimise", _optimise)


def _view(told: Told) -> str:
    from scenarios.seeking.pages import terminal_text

    return terminal_text(told.page(shell.language), shell.columns())


def _write(told: Told, out: str) -> str:
    """Write the file that ``--out`` means; return its name."""
    from scenarios.seeking.files import FORMATS
    from transfers.output.files import write_file

    study = told.of.settings.study
    read = all_read([study.file], [told.of.baseline.setting, told.of.setting])
    with recorded(out, study.id, read) as file:
        write_file(told, file, shell.language, FORMATS)
    return file
