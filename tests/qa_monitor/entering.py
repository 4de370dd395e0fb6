"""Signing in to the pages of a real service."""

from playwright.sync_api import Page

from tests.qa_monitor.people_service import GOOD

SOON_MS = 30_000
"""How long a click may take there: it runs on the same machine as the page."""


def sign_in(page: Page, name: str, password: str = GOOD) -> None:
    """By name and password, with the keyboard."""
    page.locator("#name").fill(name)
    page.locator("#password").fill(password)
    page.locator("#password").press("Enter")
