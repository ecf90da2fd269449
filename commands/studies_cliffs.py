"""The command about edges: where small changes of figures make amounts jump."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import shell
from commands.answering import Reply, all_read, answered, lines_of, recorded
from commands.shell import Command, Districts, Join, Lang, Quiet, app
from transfers.errors import DocumentError, Fault
from transfers.output.calls import settings
from transfers.output.parser import ANSWER_IS_NO, DONE

if TYPE_CHECKING:
    from scenarios.edges.asking import Question
    from scenarios.edges.files import Found


say = shell.family("cliffs")


Document = Annotated[str, typer.Argument(help=say("document_help"), metavar="POLICY")]
Variant = Annotated[str | None, typer.Option("--variant", help=say("variant_help"), metavar="ID")]
Inputs = Annotated[list[str] | None, typer.Option("--input", help=say("input_help"), metavar="N")]
Only = Annotated[
    list[str] | None, typer.Option("--district", help=say("district_help"), metavar="KEY")
]
Within = Annotated[str | None, typer.Option("--within", help=say("within_help"), metavar="%")]
Step = Annotated[str | None, typer.Option("--step", help=say("step_help"), metavar="%")]
Least = Annotated[int | None, typer.Option("--least", help=say("least_help"), metavar="N", min=1)]
Numbers = Annotated[bool, typer.Option("--parameters", help=say("parameters_help"))]
Set = Annotated[list[str] | None, typer.Option("--set", help=say("set_help"), metavar="PATH=VALUE")]
Out = Annotated[str | None, typer.Option("--out", help=say("out_help"), metavar="F")]


@app.command(cls=Command, help=say("help"))
def cliffs(
    policy: Document,
    variant: Variant = None,
    districts: Districts = None,
    join: Join = None,
    input_: Inputs = None,
    district: Only = None,
    within: Within = None,
    step: Step = None,
    least: Least = None,
    parameters: Numbers = False,
    set_: Set = None,
    out: Out = None,
    lang: Lang = None,
    quiet: Quiet = False,
) -> int:
    """Find where small changes make amounts jump."""

    def work() -> Reply:
        asked = _asked(within, step, least)
        if _is_study(policy):
            question = _of_study(policy, variant, asked, input_, district, set_)
        elif variant is not None:
            raise DocumentError([Fault("cliffs.no_study", values={"file": policy})])
        else:
            question = _of_policy(policy, districts, join, set_, asked, input_, district)
        found: Found = question.reaches() if parameters else question.survey()
        if not found.done:
            return Reply(ANSWER_IS_NO, beside=lines_of(found.allocation.findings))
        written = () if out is None else [_write(found, out, policy)]
        return Reply(DONE, lambda: _view(found), written, _warnings(found))

    return answered(work, "scenarios.edges.files", out, lang=lang, quiet=quiet)


def _is_study(file: str) -> bool:
    """Tell whether a document is a study: it says so itself."""
    from transfers.documents.yaml_source import read_text

    return re.search(r"^study\s*:", read_text(file), re.MULTILINE) is not None


def _asked(within: str | None, step: str | None, least: int | None) -> dict[str, Any]:
    """Return how far figures are moved, as far as the call says."""
    from scenarios.edges.asking import part_of
    from scenarios.study.rules_cliffs import PARTS

    asked: dict[str, Any] = {}
    for name, text in (("within", within), ("step", step)):
        most, example = PARTS[name]
        if text is not None:
            part = part_of(text, most)
            if part is None:
                words = {"option": f"--{name}", "most": f"{most * 100}%", "example": example}
                fault = Fault("cliffs.not_a_part", values={**words, "text": text})
                raise DocumentError([fault])
            asked[name] = part
    if least is not None:
        asked["least"] = least
    return asked


def _of_policy(
    file: str,
    districts: str | None,
    join: list[str] | None,
    set_: list[str] | None,
    asked: dict[str, Any],
    inputs: list[str] | None,
    only: list[str] | None,
) -> Question:
    from scenarios.edges.asking import Question, asked_of
    from scenarios.edges.survey import Asked
    from scenarios.settings import Setting
    from transfers import load_districts, load_policy, progress

    read = load_policy(file, settings(set_))
    with progress.stage("read"):
        table = load_districts(districts, read, joins=join)
    setting = Setting(read, read.with_set_figures(table))
    return Question(setting, asked_of(setting, Asked(**asked), inputs, only))


def _of_study(
    file: str,
    variant: str | None,
    asked: dict[str, Any],
    inputs: list[str] | None,
    only: list[str] | None,
    set_: list[str] | None,
) -> Question:
    from scenarios.edges.asking import question_of_study
    from scenarios.study.load import load_study

    changes = settings(set_)
    return question_of_study(load_study(file), variant, asked, inputs, only, changes)


def _view(found: Found) -> str:
    from scenarios.edges.survey import Survey
    from scenarios.edges.terminal import reaches_view, survey_view

    if isinstance(found, Survey):
        return survey_view(found, shell.language, shell.columns())
    return reaches_view(found, shell.language, shell.columns())


def _write(found: Found, out: str, document: str) -> str:
    """Write the file that ``--out`` means; return its name."""
    from scenarios.edges.files import FORMATS
    from transfers.output.files import write_file

    with recorded(out, found.setting.policy.id, all_read([document], [found.setting])) as file:
        write_file(found, file, shell.language, FORMATS)
    return file


def _warnings(found: Found) -> list[str]:
    """Say of a survey who gets poorer by earning more."""
    from scenarios.edges.findings import findings
    from scenarios.edges.survey import Survey

    told = findings(found, shell.language) if isinstance(found, Survey) else ()
    return [f"{each.label(shell.language)}: {each.message(shell.language)}" for each in told]
