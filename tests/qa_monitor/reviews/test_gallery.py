"""The pages of review at work, whole, in both languages and both themes; with pictures where they are asked for."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.qa_monitor.axe import LANGUAGES, SCHEMES
from tests.qa_monitor.browser import open_browser
from tests.qa_monitor.full_house import LEAD
from tests.qa_monitor.gallery import RULE, SOON_MS
from tests.qa_monitor.gallery_data import CALLS
from tests.qa_monitor.gallery_house import furnished, unfurnished
from tests.qa_monitor.people_service import GOOD, Staffed

pytestmark = pytest.mark.browser
FOLDER = os.environ.get("QA_MONITOR_GALLERY_WHOLE", "")
"""Where pictures of whole pages are written, to be looked at; without it a few pages are gone through."""
WIDTH = 1280
SEEDED_CALLS = 300 if FOLDER else 30
STICKS_OUT = "() => document.documentElement.scrollWidth > innerWidth"
PRESSED = "#language button[aria-pressed=true]"
STILL_MS = 180_000
MOVED_ON = """(before) => document.getElementById("test-cancel").hidden
  || document.getElementById("test-words").textContent !== before"""
UNNAMED = "() => document.body.innerText.match(/\\bundefined\\b|\\bNaN\\b|\\[object |\\{\\w+\\}/)?.[0] ?? null"
"""What a page shows where a word or a figure was not there."""


def nothing_more(page: Page) -> None:
    """The page as it comes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """A page, and what somebody has done on it."""

    path: str
    ready: str
    """What must be there before it is looked at."""
    account: str = ""
    """Whose page it is; none: the operator's."""
    do: Callable[[Page], None] = nothing_more


def note(page: Page) -> None:
    """A comment being written."""
    page.locator("#comment-open").click()
    page.locator("#comment-words").fill("Names the date of the refund: well done.")


def open_answer(page: Page) -> None:
    """A point about to be overridden."""
    page.locator("#score details summary, #score button").first.click()


def calibrate(page: Page) -> None:
    """A calibration being planned."""
    page.locator("#calibrate-open").click()
    expect(page.locator("#calibrate-reviewers input").first).to_be_visible(timeout=SOON_MS)


def back_test(page: Page) -> None:
    """A draft, tried on a sentence and on every kept call."""
    page.locator("#draft").fill(RULE)
    expect(page.locator("#verdict")).to_contain_text(re.compile("No mistakes|Aucune erreur"), timeout=SOON_MS)
    page.locator("#sentence").fill("I want a date.")
    page.locator("#sentence-language").select_option("en")
    page.locator("#try button[type=submit]").click()
    expect(page.locator("#tried")).not_to_be_empty(timeout=SOON_MS)
    page.locator("#test-go").click()
    wait_while_it_goes_on(page)
    expect(page.locator("#test-words")).to_be_empty()
    expect(page.locator("#tested")).not_to_be_empty()


def wait_while_it_goes_on(page: Page) -> None:
    """However long a back-test takes, in a process of its own behind everything else on the machine.

    One that stands still for `STILL_MS` is stuck.
    """
    said, running = page.locator("#test-words"), page.locator("#test-cancel")
    expect(running.or_(page.locator("#tested > *").first)).to_be_visible(timeout=SOON_MS)
    while running.is_visible():
        before = said.inner_text()
        page.wait_for_function(MOVED_ON, arg=before, timeout=STILL_MS)


def go_again(page: Page) -> None:
    """A call gone through once more, and what differs."""
    page.locator("#form button[type=submit]").click()
    expect(page.locator("#verdict")).to_be_visible(timeout=SOON_MS)
    page.locator("#all").check()


def report(page: Page) -> None:
    """The file of ratings as it is refused: no column of it is known."""
    page.locator("#bring-file").set_input_files(
        {"name": "ratings.csv", "mimeType": "text/csv", "buffer": b"call,points\nx,9\n"}
    )
    page.locator("#bring-form button[type=submit]").click()
    expect(page.locator("#bring-said")).not_to_be_empty(timeout=SOON_MS)


def bring_a_heading(page: Page) -> None:
    """A file of ratings without any."""
    heading = b"survey_id,call_id,kind,value,answered_at\n"
    page.locator("#bring-file").set_input_files({"name": "ratings.csv", "mimeType": "text/csv", "buffer": heading})
    page.locator("#bring-form button[type=submit]").click()
    expect(page.locator("#bring-said")).not_to_be_empty(timeout=SOON_MS)


def import_a_heading(page: Page) -> None:
    """A file of people without any."""
    page.locator("#file").set_input_files({"name": "people.csv", "mimeType": "text/csv", "buffer": b"kind,id,name\n"})
    page.locator("#import button[type=submit]").click()
    expect(page.locator("#import-words")).not_to_be_empty(timeout=SOON_MS)


SIGHTS = {
    "list": Sight(path="/calls", ready="#calls tbody >> nth=5"),
    "search": Sight(path="/calls?text=refund&min_flags=1", ready="#calls tbody"),
    "call": Sight(path="/calls/{call}", ready="#text-list .utterance >> nth=4", do=note),
    "call-fr": Sight(path="/calls/{appel}", ready="#score .question, #score li, #score tr", do=open_answer),
    "call-seeded": Sight(path="/calls/{seeded}", ready="#text-list .utterance"),
    "replay": Sight(path="/calls/{call}/replay", ready="#start:enabled", do=go_again),
    "reviews": Sight(path="/reviews", ready="#kappa table", account=LEAD),
    "calibrate": Sight(path="/reviews", ready="#kappa table", account=LEAD, do=calibrate),
    "report-calls": Sight(path="/reports?kind=calls", ready="#result table tbody tr >> nth=1", do=report),
    "report-flags": Sight(path="/reports?kind=flags&by=all", ready="#result table tbody tr"),
    "report-scores": Sight(path="/reports?kind=scores", ready="#result table tbody tr"),
    "report-service": Sight(path="/reports?kind=service&by=all&plain=1", ready="#result table tbody tr"),
    "customers": Sight(path="/customers", ready="#reasons li"),
    "rules": Sight(path="/rules", ready="#unjudged-title", do=back_test),
    "people": Sight(path="/people", ready="#agent-table tbody tr >> nth=4"),
    "latency": Sight(path="/latency", ready="#stages"),
    "arrivals": Sight(path="/arrivals", ready="h1"),
    "account": Sight(path="/account", ready="main dd"),
    "mine": Sight(path="/mine", ready=".own-flag", account="eve"),
    "login": Sight(path="/login", ready="#name"),
}
EMPTY = {
    "list": Sight(path="/calls", ready="#empty"),
    "found": Sight(path="/calls?text=refund", ready="#empty"),
    "missing": Sight(path="/calls/nobody-made-it", ready="#status"),
    "queue": Sight(path="/reviews", ready="#queue .none"),
    "disputes": Sight(path="/reviews", ready="#disputes .none"),
    "calibrations": Sight(path="/reviews", ready="#calibrations .none"),
    "kappa": Sight(path="/reviews", ready="#kappa .none"),
    "report": Sight(path="/reports", ready="#said"),
    "report-file": Sight(path="/reports", ready="#asked", do=bring_a_heading),
    "customers": Sight(path="/customers", ready="#rows .none"),
    "reasons": Sight(path="/customers", ready="#reasons .none"),
    "rules": Sight(path="/rules", ready="#judged .none"),
    "people-file": Sight(path="/people", ready="#agent-table tbody tr", do=import_a_heading),
    "log": Sight(path="/people", ready="#log .none"),
    "listenings": Sight(path="/people", ready="#listenings .none"),
    "mine": Sight(path="/mine", ready="#calls .none", account="eve"),
    "live": Sight(path="/", ready="#live-none"),
    "arrivals": Sight(path="/arrivals", ready="#none-words"),
}
"""Where there is nothing yet, and where the page says so: `ready`, or what `do` brought about."""
SAYS = {"report-file": "#bring-said", "people-file": "#import-words"}
SHORT = ("call", "call-seeded", "report-calls")
SHORT_EMPTY = ("list", "kappa", "report-file", "people-file", "listenings")
"""Gone through at every run."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffed]:
    with furnished(tmp_path_factory.mktemp("whole"), SEEDED_CALLS) as running:
        yield running


@pytest.fixture(scope="module")
def bare_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffed]:
    with unfurnished(tmp_path_factory.mktemp("bare")) as running:
        yield running


def enter(page: Page, house: Staffed, account: str) -> None:
    """As the operator, or as whose page it is."""
    if account:
        page.locator("#name").fill(account)
        page.locator("#password").fill(GOOD)
        page.locator("#password").press("Enter")
    else:
        page.locator("#token").fill(house.token)
        page.locator("#token").press("Enter")


def seeded_call(house: Staffed) -> str:
    """A call that nobody recorded."""
    with house.operator() as asking:
        calls = asking.get("/v1/calls?limit=50&sort=flags").json()["calls"]
    return next(str(one["call_id"]) for one in calls if one["call_id"] not in CALLS.values())


def test_a_call_that_nobody_recorded_has_no_outline(house: Staffed) -> None:
    """Which is no error: its page shows the rest."""
    with house.operator() as asking:
        found = asking.get(f"/v1/calls/{seeded_call(house)}/peaks")
        unknown = asking.get("/v1/calls/nobody-made-it/peaks")

    assert (found.status_code, found.content) == (204, b"")
    assert unknown.status_code == 404


@pytest.mark.parametrize("name", SIGHTS if FOLDER else SHORT)
def test_a_page_at_work_is_whole_in_every_dress(house: Staffed, browser: Browser, name: str) -> None:
    """As wide as the window, every word and figure in its place."""
    sight = SIGHTS[name]
    path = sight.path.format(call=CALLS["en"], appel=CALLS["fr"], seeded=seeded_call(house))
    with opened(house, browser, sight, path) as (page, problems):
        for _ in in_every_dress(page, name):
            pass

    assert [problem for problem in problems if "422" not in problem] == []


@pytest.mark.parametrize("name", EMPTY if FOLDER else SHORT_EMPTY)
def test_a_page_without_anything_says_so(bare_house: Staffed, browser: Browser, name: str) -> None:
    """In words of the language, and nothing that was there before any call is missing."""
    said: dict[str, str] = {}
    with opened(bare_house, browser, EMPTY[name], EMPTY[name].path) as (page, problems):
        for language in in_every_dress(page, f"empty-{name}"):
            said[language] = page.locator(SAYS.get(name, EMPTY[name].ready)).first.inner_text().strip()

    assert all(said.values())
    assert said["en"] != said["fr"]
    assert [problem for problem in problems if "404" not in problem] == []


@contextmanager
def opened(house: Staffed, browser: Browser, sight: Sight, path: str) -> Iterator[tuple[Page, list[str]]]:
    """The page as it is once everything is done on it, and what the browser's console complains of."""
    context = browser.new_context(locale="en-GB", viewport={"width": WIDTH, "height": 900}, reduced_motion="reduce")
    problems: list[str] = []
    try:
        page = context.new_page()
        page.set_default_timeout(SOON_MS)
        page.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
        page.goto(house.url + path)
        if path != "/login":
            enter(page, house, sight.account)
        # before its scripts have run, a page is there but for its words
        expect(page.locator(PRESSED)).to_have_count(1, timeout=SOON_MS)
        expect(page.locator(sight.ready).first).to_be_visible(timeout=SOON_MS)
        sight.do(page)
        yield page, problems
    finally:
        context.close()


def in_every_dress(page: Page, name: str) -> Iterator[str]:
    """The language of each, once it is there and fits; with a picture where they are asked for."""
    for language in LANGUAGES:
        page.locator(f"#language button[lang={language}]").dispatch_event("click")
        expect(page.locator(f"{PRESSED}[lang={language}]")).to_be_visible()
        for scheme in SCHEMES:
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
            assert not page.evaluate(STICKS_OUT), f"{name} is too wide in {language}"
            assert page.evaluate(UNNAMED) is None
            if FOLDER:
                page.screenshot(path=Path(FOLDER) / f"{name}-{language}-{scheme}.png", full_page=True)
            yield language
