"""What commands fetch from the service: whole, or not at all."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from qa_monitor.commands.client import fetch_file
from qa_monitor.records.errors import StoreError


class Answering(BaseHTTPRequestHandler):
    """Promises eight bytes; at `/short` the connection ends after four."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("content-length", "8")
        self.end_headers()
        self.wfile.write(b"half" if self.path.startswith("/short") else b"all of i")

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@contextmanager
def a_server() -> Iterator[str]:
    """Its address."""
    server = HTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize("before", [None, b"last week's"])
def test_an_answer_that_breaks_off_leaves_the_file_as_it_was(tmp_path: Path, before: bytes | None) -> None:
    """No short file that could be taken for a whole one, and nothing beside it."""
    (tmp_path / "access-token").write_text("t")
    file = tmp_path / "calls.csv"
    if before is not None:
        file.write_bytes(before)
    there = sorted(tmp_path.iterdir())

    with a_server() as url, pytest.raises(StoreError):
        fetch_file("/short", file, url=url, data_dir=tmp_path, params={})

    assert sorted(tmp_path.iterdir()) == there
    assert before is None or file.read_bytes() == before


def test_a_whole_answer_replaces_the_file(tmp_path: Path) -> None:
    (tmp_path / "access-token").write_text("t")
    file = tmp_path / "calls.csv"
    file.write_bytes(b"last week's")

    with a_server() as url:
        assert fetch_file("/whole", file, url=url, data_dir=tmp_path, params={}) is None

    assert file.read_bytes() == b"all of i"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["access-token", "calls.csv"]
