"""A service on the measured folder, on a free port of this machine."""

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

START_S = 900.0
"""Of a machine with much else to do."""
STOP_S = 60.0
LOG = "bench-service.log"


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """A service that answers."""

    client: httpx.Client
    """Someone who sees everything."""
    start_s: float
    """From its call to its first answer."""
    process_id: int

    @property
    def all_cpu_s(self) -> float:
        """Processor time it and its workers of just now have taken so far."""
        spent_s = self.cpu_s
        for worker in psutil.Process(self.process_id).children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess):  # it has ended meanwhile
                spent = worker.cpu_times()
                spent_s += float(spent.user + spent.system)
        return spent_s

    @property
    def cpu_s(self) -> float:
        """Processor time it has taken so far, its own workers left out."""
        spent = psutil.Process(self.process_id).cpu_times()
        return float(spent.user + spent.system)


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[Serving]:
    """A service to ask. Raises `RuntimeError` where it does not start; its log says why."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from qa_monitor.cli import main; main()", "serve", "--open-loopback"]
    log = folder.with_name(f"{folder.name}-{LOG}")
    began_s = time.monotonic()
    with log.open("wb") as sink:
        service = subprocess.Popen(
            [*command, "--port", str(port), "--data-dir", str(folder)], stdout=sink, stderr=subprocess.STDOUT
        )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=120.0) as client:
            _await(client, service, log)
            yield Serving(client=client, start_s=time.monotonic() - began_s, process_id=service.pid)
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
        time.sleep(0.1)
    raise RuntimeError(f"the service did not start: see {log}")
