"""`qa-monitor scorecards`: scorecard files, and stored calls scored once more by the running service."""

import json
import sys
import time
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.progress import Progress

from qa_monitor.commands.client import ask_with_json
from qa_monitor.commands.terminal import err, out, plain_errors
from qa_monitor.config import load_settings
from qa_monitor.rules.rulesets import RULES_FOLDER
from qa_monitor.scorecards.schemas import RescoringJson

scorecards_app = typer.Typer(help="Scorecards: what calls are asked once they are over.", no_args_is_help=True)
DataDir = Annotated[Path | None, typer.Option(help="Database, audio and tokens.")]
Url = Annotated[str | None, typer.Option(help="Address of the service; from the settings if unset.")]
LOOK_S = 1.0
PATH = "/v1/scorecards/rescoring"


@scorecards_app.command(name="check")
def scorecards_check(
    files: Annotated[list[Path] | None, typer.Argument(help="Unset: the scorecards in force.")] = None,
    data_dir: DataDir = None,
) -> None:
    """Read scorecard files as the service would; every mistake with its file, line and field."""
    from alerts.files.sources import Scope
    from alerts.rulebook import STARTER_RULES, load_rulebook
    from qa_monitor.scorecards.loading import load_scorecards, scorecard_files

    with plain_errors():
        settings = load_settings(data_dir=data_dir)
        published = settings.data_dir / RULES_FOLDER
        starter = [STARTER_RULES] if settings.starter_rules else []
        rules = [*starter, *settings.rules, *([published] if published.is_dir() else [])]
        book = load_rulebook(rules, scope=Scope())
        chosen = files or scorecard_files(settings.scorecards, settings.data_dir)
        found = load_scorecards(chosen, book)
    for one in found:
        asked = list(one.scorecard.questions)
        manual = sum(question.manual for _, question in asked)
        out.print(
            f"{one.scorecard.scorecard_id} {one.scorecard.version}: {len(one.scorecard.sections)} sections,"
            f" {len(asked)} questions, {manual} of them for people alone",
            markup=False,
            soft_wrap=True,
        )


@scorecards_app.command(name="schema")
def scorecards_schema() -> None:
    """Print the JSON Schema of scorecard files, for editors that complete and check while one types."""
    from qa_monitor.scorecards.schema import scorecard_schema

    sys.stdout.write(json.dumps(scorecard_schema(), indent=1, ensure_ascii=False) + "\n")


@scorecards_app.command(name="rescore")
def scorecards_rescore(
    calls: Annotated[
        str, typer.Option(help="`all`, or for example `since:2026-03-01 until:2026-03-08 team:sales language:fr`.")
    ] = "all",
    anew: Annotated[
        bool, typer.Option("--anew", help="From the beginning, also where the last one was stopped.")
    ] = False,
    tell: Annotated[
        bool, typer.Option("--tell", help="Tell other systems of each call whose result comes out otherwise.")
    ] = False,
    url: Url = None,
    data_dir: DataDir = None,
) -> None:
    """Have the running service score stored calls once more. Ctrl-C stops it; the same command goes on from there."""
    job = _asked("POST", url, data_dir, {"calls": calls, "resume": not anew, "tell": tell})
    try:
        with Progress(console=err, transient=True) as progress:
            bar = progress.add_task("calls", total=None)
            while job.state == "running":
                time.sleep(LOOK_S)
                job = _asked("GET", url, data_dir)
                progress.update(bar, completed=job.done, total=job.total or None)
    except KeyboardInterrupt:
        job = _asked("DELETE", url, data_dir)
    rate = "" if job.rate_per_s is None else f", {job.rate_per_s:g} calls a second"
    out.print(f"{job.state}: {job.done} of {job.total} calls, {job.changed} scores changed{rate}", markup=False)
    if job.problem:
        _fail(job.problem)


def _asked(method: str, url: str | None, data_dir: Path | None, body: dict[str, object] | None = None) -> RescoringJson:
    with plain_errors():
        answer = ask_with_json(method, PATH, url=url, data_dir=data_dir, body=body)
    if answer.status_code not in (200, 202):
        _fail(f"the service refused: {answer.json().get('detail', answer.status_code)}")
    return RescoringJson.model_validate_json(answer.content)


def _fail(message: str) -> NoReturn:
    err.print(message, style="red", markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(2)
