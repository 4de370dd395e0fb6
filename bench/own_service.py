"""A service of the benchmarks' own, on a free port with a folder of its own."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from qa_monitor.demo.follow import FollowError


@contextlib.contextmanager
def own_service(settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """A service of our own on a free port; its log goes to a file that is shown when it does not start.

    `settings`: environment variables it is given besides ours.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("qa-monitor")), "serve", "--open-loopback", "--port", str(port)]
    environment = {**os.environ, **(settings or {})}
    with tempfile.TemporaryDirectory(prefix="qa-monitor-bench-") as folder:
        log = Path(folder) / "service.log"
        with log.open("wb") as sink:
            service = subprocess.Popen(
                [*command, "--data-dir", folder], stdout=sink, stderr=subprocess.STDOUT, env=environment
            )
        try:
            yield f"http://127.0.0.1:{port}"
        except FollowError:
            sys.stderr.write(log.read_text(errors="replace"))
            raise
        finally:
            service.terminate()
            service.wait(timeout=30)
