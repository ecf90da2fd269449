"""The command that runs the many scenarios of a study."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from commands import shell
from commands.answering import Reply, all_read, answered, recorded, yes
from commands.many import Cluster, Keep, Workers, at_work, runs_of
from commands.shell import Command, Lang, Quiet, Set, app
from transfers.output.calls import settings

if TYPE_CHECKING:
    from scenarios.running.job import Workplace
    from scenarios.running.store import Runs
    from scenarios.sweeping.swept import Prepared, Swept


say = shell.family("sweep")


StudyFile = Annotated[str, typer.Argument(help=say("study_help"), metavar="STUDY")]
Out = Annotated[str | None, typer.Option("--out", help=say("out_help"), metavar="F")]
Gate = Annotated[bool, typer.Option("--gate", help=say("gate_help"))]


@app.command(cls=Command, help=say("help"))
def sweep(
    study: StudyFile,
    workers: Workers = None,
    cluster: Cluster = None,
    keep: Keep = None,
    gate: Gate = False,
    set_: Set = None,
    out: Out = None,
    lang: Lang = None,
    quiet: Quiet = False,
) -> int:
    """Run the many scenarios of a study."""

    def work() -> Reply:
        from scenarios import load_study
        from scenarios.sweeping.swept import prepared

        asked = prepared(load_study(study), settings(set_))
        with at_work(workers, cluster) as place:
            runs = runs_of(study, keep)
            swept, written = _run(asked, out, place, runs)
        told = _not_well(swept) if quiet else []
        return Reply(_ending(swept, gate), lambda: _view(swept), written[:1], told)

    return answered(work, "scenarios.sweeping.files", out, lang=lang, quiet=quiet)


def _run(
    asked: Prepared, out: str | None, place: Workplace | None, runs: Runs
) -> tuple[Swept, Sequence[str]]:
    """Run the scenarios and write the files that ``--out`` means; return their names."""
    from scenarios.sweeping.files import FORMATS, PAGES, data_writers, files_of

    if out is None:
        return asked.run(place=place, runs=runs), ()
    from transfers.output.files import write_file

    with recorded(out, asked.study.id, _files_read(asked), files_of, _seed(asked)) as file:
        with data_writers(asked, file, shell.language) as writers:
            swept = asked.run(writers.takers, place=place, runs=runs)
            writers.close(swept)
        if file.lower().endswith(PAGES):
            write_file(swept, file, shell.language, FORMATS)
    return swept, files_of(file)


def _seed(asked: Prepared) -> int | None:
    section = asked.study.model.sweep
    sample = None if section is None else section.sample
    return None if sample is None else int(sample.seed)


def _files_read(asked: Prepared) -> list[str]:
    """Return the files that were read."""
    study, section = asked.study, asked.study.model.sweep
    rows = None if section is None else section.rows
    documents = [study.file, *([] if rows is None else [study.beside(rows)])]
    return all_read(documents, [asked.unmoved.setting, asked.compared.setting])


def _view(swept: Swept) -> str:
    from scenarios.sweeping.terminal import sweep_view

    return sweep_view(swept, shell.language, shell.columns())


def _not_well(swept: Swept) -> list[str]:
    """Say what did not go well, for who asked for nothing else."""
    from scenarios.sweeping.views import Words

    if swept.done == len(swept) and not any(
        r.counts["broken"] for r in swept.outcomes.rules.values()
    ):
        return []
    return Words(swept, shell.language).outcomes()


def _ending(swept: Swept, gate: bool) -> int:
    """Return how the command ends: where no scenario pays there is no answer."""
    answer = bool(swept.done) and swept.unmoved.done
    return yes(answer and (swept.keeps_hard_rules or not gate))
