"""`qa-monitor serve`: the service, until a signal ends it."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from qa_monitor.commands.terminal import out, plain_errors
from qa_monitor.config import Settings, load_settings
from qa_monitor.load.allocator import limit_arenas


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
    from qa_monitor.connections.config import new_loop
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
