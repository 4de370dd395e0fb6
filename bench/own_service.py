"""A service of the benchmarks' own, on a free port with a folder of its own."""

import contextlib
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from qa_monitor.demo.follow import FollowError


@contextlib.contextmanager
def own_service() -> Iterator[str]:
    """A service of our own on a free port; its log goes to a file that is shown when it does not start."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("qa-monitor")), "serve", "--open-loopback", "--port", str(port)]
    with tempfile.TemporaryDirectory(prefix="qa-monitor-bench-") as folder:
        log = Path(folder) / "service.log"
        with log.open("wb") as sink:
            service = subprocess.Popen([*command, "--data-dir", folder], stdout=sink, stderr=subprocess.STDOUT)
        try:
            yield f"http://127.0.0.1:{port}"
        except FollowError:
            sys.stderr.write(log.read_text(errors="replace"))
            raise
        finally:
            service.terminate()
            service.wait(timeout=30)
