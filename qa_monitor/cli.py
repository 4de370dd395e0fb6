"""The command line, from `qa-monitor serve` to `qa-monitor healthcheck`."""

import asyncio
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer
from rich.table import Table

from qa_monitor.backup import backup, restore
from qa_monitor.cli_bench import bench_app
from qa_monitor.cli_delete import delete
from qa_monitor.cli_deliveries import deliveries_app
from qa_monitor.cli_emotion import emotion
from qa_monitor.cli_export import export
from qa_monitor.cli_import import bring
from qa_monitor.cli_people import people_app
from qa_monitor.cli_rules import rules_app
from qa_monitor.cli_scorecards import scorecards_app
from qa_monitor.cli_seed import seed
from qa_monitor.cli_simulate import simulate
from qa_monitor.cli_themes import themes_app
from qa_monitor.cli_tokens import tokens_app
from qa_monitor.cli_vocabulary import vocabulary_app
from qa_monitor.config import Settings, SettingsError, load_settings
from qa_monitor.load.allocator import limit_arenas
from qa_monitor.terminal import err, out, plain_errors
from streams.models import check_model, list_models, pull_model

app = typer.Typer(
    name="qa-monitor",
    help="Follows every live call of a contact centre and raises red flags while there is time to help.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
models_app = typer.Typer(
    help="Speech models: what is here, whether it is whole, fetching others.", no_args_is_help=True
)
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


def main() -> None:
    """Entry point of the console script."""
    app()


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 picks a free one.")] = None,
    data_dir: Annotated[Path | None, typer.Option(help="Database, audio and tokens.")] = None,
    open_loopback: Annotated[
        bool, typer.Option("--open-loopback", help="No log-in and no ingest token; loopback addresses only.")
    ] = False,
) -> None:
    """Run the service until a signal ends it. All settings: docs/settings.md."""
    limit_arenas()
    from qa_monitor.connections import new_loop
    from qa_monitor.logs import set_up_logs

    with plain_errors():
        settings = load_settings(host=host, port=port, data_dir=data_dir, open_loopback=open_loopback or None)
        set_up_logs(settings.log_level)
        with asyncio.Runner(loop_factory=new_loop) as runner:
            runner.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    from qa_monitor.server import served

    async with served(settings, signals=True) as (url, ended):
        out.print(f"qa-monitor listens on [bold]{url}[/bold]")
        if not settings.open_loopback:
            out.print(f"Log in with the token in {settings.data_dir / 'access-token'}", soft_wrap=True)
            out.print(f"Telephony sends the token in {settings.data_dir / 'ingest-token'}", soft_wrap=True)
        await ended


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="Port to listen on; 0 picks a free one.")] = 8080,
    quick: Annotated[bool, typer.Option("--quick", help="Two calls instead of all.")] = False,
    once: Annotated[bool, typer.Option("--once", help="End when the calls have ended.")] = False,
    json_out: Annotated[Path | None, typer.Option("--json", help="Write calls, flags and latencies here.")] = None,
    parallel: Annotated[int, typer.Option(min=1, help="Calls at a time.")] = 3,
) -> None:
    """Start the service without log-in on this machine and play calls into it: red flags appear."""
    from qa_monitor.demo.run import DemoOptions, run_demo
    from qa_monitor.logs import set_up_logs

    with plain_errors():
        set_up_logs("warning")
        report = run_demo(DemoOptions(port=port, quick=quick, once=once, json_out=json_out, parallel=parallel))
        if once and not report.calls:
            raise typer.Exit(1)


@app.command()
def healthcheck(
    url: Annotated[str | None, typer.Option(help="Address of the service; from the settings if unset.")] = None,
) -> None:
    """Ask whether the service answers: exit code 0 or 1."""
    from http.client import HTTPConnection, HTTPException

    with plain_errors():
        host, port = _where_to_ask(load_settings(), url)
    connection = HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        alive = connection.getresponse().status == 200
    except (OSError, HTTPException) as error:
        err.print(f"no answer from {host}:{port}: {error}", style="red", markup=False)
        raise typer.Exit(1) from error
    finally:
        connection.close()
    raise typer.Exit(0 if alive else 1)


def _where_to_ask(settings: Settings, url: str | None) -> tuple[str, int]:
    """Host and port of the service. Raises `SettingsError`."""
    if url is None:
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host), settings.port
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or 80
    except ValueError:
        host, port = None, 0
    if host is None or parts.scheme != "http":
        raise SettingsError(f"--url: found {url!r}; allowed: http://HOST:PORT")
    return host, port


@app.command()
def openapi() -> None:
    """Print the description of the HTTP interface."""
    from qa_monitor.web import build_web

    with plain_errors():
        described = build_web(load_settings()).openapi()
    sys.stdout.write(json.dumps(described, indent=1, ensure_ascii=False) + "\n")


@app.command(name="backup")
def backup_command(
    target: Annotated[Path, typer.Argument(help="A new folder for the copy.")],
    data_dir: Annotated[Path | None, typer.Option(help="Database, audio and tokens.")] = None,
) -> None:
    """Copy database and audio, consistently, while the service runs."""
    with plain_errors():
        settings = load_settings(data_dir=data_dir)
        report = backup(settings.data_dir, target, datetime.now(UTC))
    out.print(f"copied {report.files} files to {target}", markup=False, soft_wrap=True)


@app.command(name="restore")
def restore_command(
    source: Annotated[Path, typer.Argument(help="A folder made by `backup`.")],
    data_dir: Annotated[Path | None, typer.Option(help="Where to put it; must be empty.")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace what is there.")] = False,
) -> None:
    """Put a backup back, after checking its sums. The service must be stopped."""
    with plain_errors():
        settings = load_settings(data_dir=data_dir)
        report = restore(source, settings.data_dir, replace=overwrite)
    out.print(f"put back {report.files} files into {settings.data_dir}", markup=False, soft_wrap=True)


@models_app.command(name="list")
def models_list() -> None:
    """What is here, and whether it is complete."""
    with plain_errors():
        found = list_models(load_settings().models_dir)
    table = Table("model", "state", "MB", "where", "detail")
    for info in found:
        table.add_row(info.name, info.state, f"{info.size_bytes / 1e6:.0f}", str(info.folder), info.detail)
    out.print(table)


@models_app.command(name="check")
def models_check(
    name: Annotated[str | None, typer.Argument(help="Unset: the model in the settings.")] = None,
) -> None:
    """Read every file against its known sum; joins the packaged model first if need be."""
    with plain_errors():
        settings = load_settings()
        info = check_model(name or settings.model, settings.models_dir)
    out.print(f"{info.name}: {info.state}, {info.detail} ({info.folder})", markup=False, soft_wrap=True)


@models_app.command(name="pull")
def models_pull(name: Annotated[str, typer.Argument(help="For example small or large-v3-turbo.")]) -> None:
    """Fetch a published model: the only command that uses a network."""
    with plain_errors():
        folder = pull_model(name, load_settings().models_dir)
    out.print(f"{name}: {folder}", markup=False, soft_wrap=True)
