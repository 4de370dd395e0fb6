"""Forms that somebody sends before the page's scripts are there: nothing typed goes anywhere, least of all an address.

A form that a script takes says `method="dialog"`: outside a dialog the browser then does nothing with it by itself.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.qa_monitor.browser import CONSOLE, ConsoleServer

pytestmark = pytest.mark.browser
BY_ITSELF = {
    "account/account.html": ['method="post" action="/logout"'],
    "account/login.html": ['method="post" action="/login"', 'method="post" action="/login" class="other"'],
    "library/library.html": ['method="get" id="asked" role="search" data-i18n-label="library.search"'],
}
"""Forms that work without scripts: the search of calls stands in the address of its page anyway."""
FORMS = sorted(page for page in CONSOLE.rglob("*.html") if "<form" in page.read_text(encoding="utf-8"))
SETTLED_MS = 100
SEND_ALL = """() => [...document.querySelectorAll("form[method=dialog]")].map((form) => {
  for (const field of form.elements) {
    field.disabled = false;
    field.name ||= field.id || "unnamed";
    if (["text", "password", "textarea", "search"].includes(field.type)) field.value = "typed-too-soon";
  }
  form.hidden = false;
  form.noValidate = true;
  form.requestSubmit();
}).length"""


def name_of(page: Path) -> str:
    return page.relative_to(CONSOLE).as_posix()


@pytest.mark.parametrize("page", FORMS, ids=name_of)
def test_a_form_says_what_becomes_of_it_without_scripts(page: Path) -> None:
    """One that says nothing would put what was typed into the address, and so into logs and the way back."""
    forms = re.findall(r"<form ([^>]*)>", page.read_text(encoding="utf-8"))

    assert [form for form in forms if 'method="dialog"' not in form] == BY_ITSELF.get(name_of(page), [])


def test_what_is_sent_before_the_scripts_are_there_goes_nowhere(server: ConsoleServer, browser: Browser) -> None:
    """On every page: no request, the same address, and what was typed is still there."""
    context = browser.new_context()
    page = context.new_page()
    page.route("**/*.js", lambda route: route.abort())
    try:
        sent = sum(send_all(page, f"{server.address}/static/{name_of(form)}") for form in FORMS)
    finally:
        context.close()

    assert sent >= 15


def send_all(page: Page, address: str) -> int:
    """Every form that scripts would take; gives how many there are."""
    page.goto(address)
    sent = int(page.evaluate(SEND_ALL))
    # what a form sets off comes after the script; a page that was left has forgotten the mark
    page.evaluate("() => { window.mark = true; }")
    page.wait_for_timeout(SETTLED_MS)

    assert page.url == address
    assert page.evaluate("() => window.mark") is True
    return sent
