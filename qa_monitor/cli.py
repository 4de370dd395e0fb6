"""The command line, from `qa-monitor serve` to `qa-monitor healthcheck`."""

from importlib.metadata import version
from typing import Annotated

import typer

from qa_monitor.commands.backup import backup_command, restore_command
from qa_monitor.commands.bench import bench_app
from qa_monitor.commands.delete import delete
from qa_monitor.commands.deliveries import deliveries_app
from qa_monitor.commands.demo import demo
from qa_monitor.commands.emotion import emotion
from qa_monitor.commands.export import export
from qa_monitor.commands.healthcheck import healthcheck
from qa_monitor.commands.imports import bring
from qa_monitor.commands.models import models_app
from qa_monitor.commands.openapi import openapi
from qa_monitor.commands.people import people_app
from qa_monitor.commands.rules import rules_app
from qa_monitor.commands.scorecards import scorecards_app
from qa_monitor.commands.seed import seed
from qa_monitor.commands.serve import serve
from qa_monitor.commands.simulate import simulate
from qa_monitor.commands.themes import themes_app
from qa_monitor.commands.tokens import tokens_app
from qa_monitor.commands.vocabulary import vocabulary_app

app = typer.Typer(
    name="qa-monitor",
    help="Follows every live call of a contact centre and raises red flags while there is time to help.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"qa-monitor {version('qa-monitor')}")
        raise typer.Exit


@app.callback(epilog="Settings come from QA_MONITOR_… in the environment: docs/settings.md. Try it first with `demo`.")
def qa_monitor(
    _: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_print_version, help="Print the version and end.")
    ] = False,
) -> None:
    """Follows every live call of a contact centre and raises red flags while there is time to help."""


app.add_typer(models_app, name="models")
app.add_typer(rules_app, name="rules")
app.add_typer(scorecards_app, name="scorecards")
app.add_typer(tokens_app, name="tokens")
app.add_typer(deliveries_app, name="deliveries")
app.add_typer(people_app, name="people")
app.add_typer(vocabulary_app, name="vocabulary")
app.add_typer(themes_app, name="themes")
app.add_typer(bench_app, name="bench")
app.command()(simulate)
app.command()(emotion)
app.command()(seed)
app.command()(delete)
app.command(name="import")(bring)
app.command()(export)
app.command()(serve)
app.command()(demo)
app.command()(healthcheck)
app.command()(openapi)
app.command(name="backup")(backup_command)
app.command(name="restore")(restore_command)


def main() -> None:
    """Entry point of the console script."""
    app()
