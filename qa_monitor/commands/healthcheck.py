"""`qa-monitor healthcheck`: whether the service answers."""

from typing import Annotated
from urllib.parse import urlsplit

import typer

from qa_monitor.commands.terminal import err, plain_errors
from qa_monitor.config import Settings, SettingsError, load_settings


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
