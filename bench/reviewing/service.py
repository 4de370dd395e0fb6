"""A service on the measured folder, on a free port of this machine."""

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

START_S = 900.0
STOP_S = 60.0
LOG = "bench-service.log"


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[httpx.Client]:
    """Someone to ask, who sees everything. Raises `RuntimeError` where the service does not start; its log says why."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from qa_monitor.cli import main; main()", "serve", "--open-loopback"]
    log = folder.with_name(f"{folder.name}-{LOG}")
    with log.open("wb") as sink:
        service = subprocess.Popen(
            [*command, "--port", str(port), "--data-dir", str(folder)], stdout=sink, stderr=subprocess.STDOUT
        )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=120.0) as client:
            _await(client, service, log)
            yield client
    finally:
        service.terminate()
        service.wait(timeout=STOP_S)


def _await(client: httpx.Client, service: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        with contextlib.suppress(httpx.HTTPError):
            if client.get("/healthz").status_code == 200:
                return
        if service.poll() is not None:
            break
        time.sleep(0.5)
    raise RuntimeError(f"the service did not start: see {log}")
