"""The command line: `qa-monitor serve · demo · simulate · models · rules · tokens · backup · restore · healthcheck`."""

import asyncio
import contextlib
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from alerts.problems import RuleError
from alerts.rulebook import STARTER_RULES, load_rulebook
from qa_monitor.backup import BackupError, backup, restore
from qa_monitor.cli_tokens import tokens_app
from qa_monitor.config import Settings, SettingsError, load_settings
from qa_monitor.simulator.audiohook.opening import Offer
from qa_monitor.simulator.planned import StreamProtocol
from qa_monitor.store.records import StoreError
from streams.codec import Encoding
from streams.model_sums import ModelError
from streams.models import check_model, list_models, pull_model
from streams.records import Consent, Direction, Language, Notice

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
rules_app = typer.Typer(help="Rule files.", no_args_is_help=True)
app.add_typer(models_app, name="models")
app.add_typer(rules_app, name="rules")
app.add_typer(tokens_app, name="tokens")

out = Console()
err = Console(stderr=True)


def main() -> None:
    """Entry point of the console script."""
    app()


@contextlib.contextmanager
def plain_errors() -> Iterator[None]:
    """Expected trouble is one clear message and exit code 2, not a traceback."""
    from qa_monitor.demo.follow import FollowError
    from qa_monitor.server import ServerError
    from qa_monitor.simulator.sender import SimulationError
    from sentiment.voice import EmotionModelError

    try:
        yield
    except (
        SettingsError,
        RuleError,
        ModelError,
        StoreError,
        BackupError,
        ServerError,
        EmotionModelError,
        FollowError,
        SimulationError,
    ) as error:
        err.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(2) from error


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
def simulate(
    files: Annotated[
        list[Path] | None, typer.Argument(help="WAV or FLAC; left channel customer, right channel agent.")
    ] = None,
    url: Annotated[str, typer.Option(help="Address of the service.")] = "http://127.0.0.1:8080",
    protocol: Annotated[str, typer.Option(help="By which telephony: audiohook, twilio, pcm and others.")] = "twilio",
    check: Annotated[
        bool, typer.Option("--check", help="Play 5 s of a tone instead of files, and tell every step.")
    ] = False,
    speed: Annotated[float, typer.Option(min=0.1, max=100, help="How many times faster than speech.")] = 1.0,
    copies: Annotated[int, typer.Option(min=1, max=1000, help="So many calls from every file.")] = 1,
    language: Annotated[Language | None, typer.Option(help="Unset: the service finds out.")] = None,
    agent_id: Annotated[str, typer.Option(help="Who takes the calls.")] = "agent-01",
    team: Annotated[str, typer.Option()] = "simulated",
    tenant: Annotated[str, typer.Option()] = "default",
    direction: Annotated[Direction, typer.Option()] = Direction.INBOUND,
    notice: Annotated[Notice, typer.Option(help="How the customer was told.")] = Notice.NONE,
    consent: Annotated[Consent, typer.Option(help="What the customer answered.")] = Consent.UNKNOWN,
    token: Annotated[str | None, typer.Option(help="Ingest token.", envvar="QA_MONITOR_INGEST_TOKEN")] = None,
    announce: Annotated[bool, typer.Option("--announce", help="Announce every call over HTTP first.")] = False,
    key: Annotated[str, typer.Option(help="AudioHook: API key.")] = "",
    secret: Annotated[
        str | None, typer.Option(help="AudioHook: client secret. Twilio: auth token.", envvar="QA_MONITOR_SECRET")
    ] = None,
    organization: Annotated[str | None, typer.Option(help="AudioHook: id of the organisation.")] = None,
    public_url: Annotated[str | None, typer.Option(help="The address that is signed, where it is another.")] = None,
    basic: Annotated[str | None, typer.Option(help="user:password instead of the token.")] = None,
    audiosocket: Annotated[str, typer.Option(help="Host and port of AudioSocket.")] = "127.0.0.1:9092",
    codec: Annotated[Encoding | None, typer.Option(help="Unset: the usual one of the protocol.")] = None,
    offer: Annotated[Offer, typer.Option(help="AudioHook: the media offered.")] = Offer.STEREO,
    plain_control: Annotated[
        bool, typer.Option("--plain-control", help="Asterisk: control messages in the older plain form.")
    ] = False,
    two_sockets: Annotated[
        bool, typer.Option("--two-sockets", help="Asterisk, Vonage: a connection per person, not both mixed on one.")
    ] = False,
    fault: Annotated[
        list[str] | None, typer.Option(help="NAME, NAME=VALUE or NAME=VALUE@SECOND; may be repeated.")
    ] = None,
    seed: Annotated[int, typer.Option(help="The same faults again for the same seed.")] = 0,
) -> None:
    """Stream recordings into a running service as a telephone system would; --fault help lists what can go wrong."""
    from qa_monitor.simulator.faults import FaultError, described_faults, read_fault
    from qa_monitor.simulator.line import NO_ORGANIZATION, Credentials, Line, SimulationError
    from qa_monitor.simulator.run import SimulationOptions, run_check, run_simulation

    if fault == ["help"]:
        out.print(described_faults(), markup=False, highlight=False)
        return
    if not files and not check:
        raise typer.BadParameter("give a recording, or --check")
    known = Credentials(
        key=key,
        secret=secret,
        organization=organization or NO_ORGANIZATION,
        public_url=public_url,
        basic=basic,
    )
    options = SimulationOptions(
        files=files or [],
        url=url,
        protocol=_protocol(protocol),
        speed=speed,
        copies=copies,
        language=language,
        agent_id=agent_id,
        team=team,
        tenant=tenant,
        direction=direction,
        notice=notice,
        consent=consent,
        token=token,
        encoding=codec,
        two_sockets=two_sockets,
    )
    try:
        line = Line(
            url=url,
            protocol=options.protocol,
            speed=speed,
            token=token,
            audiosocket=audiosocket,
            announce=announce,
            credentials=known,
            faults=tuple(read_fault(asked) for asked in fault or ()),
            seed=seed,
            encoding=codec,
            json_control=not plain_control,
            offer=offer,
            two_sockets=two_sockets,
        )
    except (FaultError, SimulationError) as error:
        err.print(str(error), style="red", markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(2) from error
    raise typer.Exit(run_check(options, line, err) if check else run_simulation(options, line, err))


def _protocol(name: str) -> StreamProtocol:
    """The protocol of this name; says which there are."""
    try:
        return StreamProtocol(name)
    except ValueError:
        err.print(f"--protocol: found {name!r}; allowed: {', '.join(StreamProtocol)}", style="red", markup=False)
        raise typer.Exit(2) from None


@app.command()
def healthcheck(
    url: Annotated[str | None, typer.Option(help="Address of the service; from the settings if unset.")] = None,
) -> None:
    """Ask whether the service answers: exit code 0 or 1."""
    from http.client import HTTPConnection, HTTPException
    from urllib.parse import urlsplit

    with plain_errors():
        settings = load_settings()
    parts = urlsplit(url or f"http://{settings.host}:{settings.port}")
    host = "127.0.0.1" if parts.hostname in (None, "0.0.0.0", "::") else parts.hostname
    connection = HTTPConnection(host or "127.0.0.1", parts.port or 80, timeout=5)
    try:
        connection.request("GET", "/healthz")
        alive = connection.getresponse().status == 200
    except (OSError, HTTPException) as error:
        err.print(f"no answer from {host}:{parts.port}: {error}", style="red", markup=False)
        raise typer.Exit(1) from error
    finally:
        connection.close()
    raise typer.Exit(0 if alive else 1)


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


@rules_app.command(name="check")
def rules_check(
    files: Annotated[list[Path] | None, typer.Argument(help="Unset: the starter rules.")] = None,
) -> None:
    """Read rule files as the service would; every mistake with its file, line and field."""
    with plain_errors():
        book = load_rulebook(files or [STARTER_RULES])
    out.print(f"{len(book.rules)} rules, version {book.version}", markup=False)
