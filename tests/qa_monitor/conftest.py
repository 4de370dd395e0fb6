"""What tests of pages need."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.qa_monitor.browser import open_browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for all tests of a file, closed after them: while it is open, no other event loop runs on this thread."""
    with open_browser() as opened:
        yield opened
