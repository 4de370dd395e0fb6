"""The service under test: `qa-monitor serve` as an operator starts it, in a process and a folder of its own."""

import contextlib
import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

READY_WITHIN_S = 180.0
END_WITHIN_S = 60.0
LOOK_EVERY_S = 0.2


class BenchError(Exception):
    """A benchmark cannot be run; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service that answers."""

    url: str
    pid: int


@contextlib.contextmanager
def own_service() -> Iterator[Service]:
    """Started with the settings of the environment, ended with the block. Raises `BenchError` with its log."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    command = [sys.executable, "-c", "from qa_monitor.cli import main; main()", "serve", "--open-loopback"]
    environment = {**os.environ, "QA_MONITOR_AUDIOSOCKET_PORT": "off", "QA_MONITOR_LOG_LEVEL": "warning"}
    with tempfile.TemporaryDirectory(prefix="qa-monitor-bench-") as folder:
        log = Path(folder) / "service.log"
        with log.open("wb") as sink:
            process = subprocess.Popen(
                [*command, "--port", str(port), "--data-dir", str(Path(folder) / "data")],
                stdout=sink,
                stderr=subprocess.STDOUT,
                env=environment,
            )
        try:
            _wait_until_ready(process, port, log)
            yield Service(url=f"http://127.0.0.1:{port}", pid=process.pid)
            if process.poll() is not None:
                raise BenchError(f"the service ended by itself:\n{_tail(log)}")
        finally:
            _end(process)


def _wait_until_ready(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    give_up_s = time.monotonic() + READY_WITHIN_S
    while not _is_ready(port):
        if process.poll() is not None or time.monotonic() > give_up_s:
            raise BenchError(f"the service did not start:\n{_tail(log)}")
        time.sleep(LOOK_EVERY_S)


def _is_ready(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False  # still starting
    finally:
        connection.close()


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(timeout=END_WITHIN_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _tail(log: Path) -> str:
    return log.read_text(errors="replace")[-3000:]
