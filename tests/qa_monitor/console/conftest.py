"""What most tests of the console's pages need."""

from collections.abc import Iterator

import pytest

from tests.qa_monitor.browser import ConsoleServer, serve


@pytest.fixture
def server() -> Iterator[ConsoleServer]:
    """Without ended calls; a test, or a file with a `server` of its own, adds what else its pages ask for."""
    made = ConsoleServer()
    made.answers["GET /v1/calls"] = {"calls": []}
    with serve(made) as running:
        yield running
