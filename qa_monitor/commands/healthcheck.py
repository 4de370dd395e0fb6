"""`qa-monitor healthcheck`: whether the service answers."""

from typing import Annotated

import typer

from qa_monitor.commands.terminal import err, plain_errors
from qa_monitor.config import load_settings


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
