"""No page shuts anybody out: axe finds nothing serious on any of them, in both languages and both themes."""

from collections.abc import Iterator

import pytest
from fastapi.routing import APIRoute
from playwright.sync_api import Browser, Page, expect

from qa_monitor.routes import pages
from tests.qa_monitor.axe import SCHEMES, findings_in_every_dress, out_of_reach, serious_findings
from tests.qa_monitor.browser import ConsoleServer, open_page, serve, watch_page
from tests.qa_monitor.full_house import LEAD, seed_weeks, with_much
from tests.qa_monitor.gallery import SCENES
from tests.qa_monitor.people_service import GOOD, Staffed, staffed

pytestmark = pytest.mark.browser
SOON_MS = 30_000
EVERY_PAGE = sorted(
    route.path for route in pages.router.routes if isinstance(route, APIRoute) and "GET" in (route.methods or ())
)
"""Also those that come later: a page is served from here, or not at all."""
SOMEBODYS = {"/mine": "eve", "/reviews": LEAD}
"""Whose page it is, where it is not the operator's."""
SEEDED_CALLS = 30
READY = {
    "/": "#flag-list .flag >> nth=1",
    "/calls": "#calls tbody >> nth=9",
    "/calls/{call_id}/replay": "#form button",
    "/customers": "#reasons li >> nth=4",
    "/reports": "#result table tbody tr >> nth=3",
    "/reviews": "#kappa table",
    "/calls/{call_id}": "#text-list .utterance",
    "/rules": "#unjudged-title",
    "/people": "#agent-table tbody tr >> nth=4",
    "/mine": ".own-flag",
    "/wall": ".tile",
}
"""What must be there before it is looked at: an empty page has no faults."""
WORDED = "() => [...document.querySelectorAll('[data-i18n]')].every((one) => one.textContent !== '')"
"""On a busy machine the words of a page come after it."""
FAULTS = """() => {
  const pale = document.createElement("p");
  pale.textContent = "pale";
  pale.style.color = "#ccc";
  pale.style.background = "#fff";
  const nameless = document.createElement("input");
  nameless.style.outline = "none";
  const unreached = document.createElement("button");
  unreached.textContent = "go";
  unreached.tabIndex = -1;
  document.querySelector("main").append(pale, nameless, unreached);
}"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffed]:
    folder = tmp_path_factory.mktemp("axe")
    seed_weeks(folder, SEEDED_CALLS)
    with staffed(folder, also=with_much) as running:
        yield running


def enter(page: Page, house: Staffed, path: str) -> None:
    """As the operator, or as whose page it is."""
    if path in SOMEBODYS:
        page.locator("#name").fill(SOMEBODYS[path])
        page.locator("#password").fill(GOOD)
        page.locator("#password").press("Enter")
    else:
        page.locator("#token").fill(house.token)
        page.locator("#token").press("Enter")


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_no_page_has_a_serious_fault(house: Staffed, browser: Browser, path: str) -> None:
    """With real data on it."""
    with watch_page(browser, house.url + path.format(call_id="north-call")) as page:
        page.set_default_timeout(SOON_MS)
        if path != "/login":
            enter(page, house, path)
        if path in READY:
            expect(page.locator(READY[path]).first).to_be_visible(timeout=SOON_MS)
        expect(page.locator("#language button[lang=en]")).to_be_visible()
        page.wait_for_function(WORDED)

        assert findings_in_every_dress(page) == []
        assert out_of_reach(page) == ([], [])


@pytest.mark.parametrize("name", sorted(SCENES))
def test_no_state_of_the_coach_page_has_one(browser: Browser, name: str) -> None:
    """Quiet, flagged, flooded, blind, lost; the wall; and a surge of what customers say."""
    with serve(ConsoleServer()) as server, open_page(browser, f"{server.address}/login") as page:
        SCENES[name](server, page, "en")

        assert _in_both_schemes(page) == []
        assert out_of_reach(page) == ([], [])


def test_no_dialog_of_the_coach_page_has_one(browser: Browser) -> None:
    """Help with its choices, and each thing to do with a flag, all opened by a key and closed by another."""
    with serve(ConsoleServer()) as server, open_page(browser, f"{server.address}/login") as page:
        SCENES["flag"](server, page, "en")
        page.keyboard.press("j")
        for key, dialog in (("?", "#help"), ("s", "#act"), ("h", "#act"), ("r", "#act")):
            page.keyboard.press(key)
            expect(page.locator(dialog)).to_be_visible()
            assert _in_both_schemes(page) == [], key
            assert out_of_reach(page) == ([], []), key
            page.keyboard.press("Escape")
            expect(page.locator(dialog)).to_be_hidden()


def test_the_open_menu_of_pages_has_none(browser: Browser) -> None:
    with serve(ConsoleServer()) as server, open_page(browser, f"{server.address}/login") as page:
        SCENES["customers"](server, page, "en")
        page.locator("header .more summary").press("Enter")
        expect(page.locator("header .more a").first).to_be_visible()

        assert findings_in_every_dress(page) == []
        page.locator("header .more summary").press("Enter")
        assert out_of_reach(page) == ([], [])


def _in_both_schemes(page: Page) -> list[str]:
    """Languages differ in no way that axe looks at: every page is shown to it in both above."""
    found = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
        found += serious_findings(page)
    return found


def test_a_fault_is_found(browser: Browser) -> None:
    """Text that cannot be read, a field without a name, what only a mouse can do: or silence proves nothing."""
    with serve(ConsoleServer()) as server, open_page(browser, f"{server.address}/login") as page:
        page.evaluate(FAULTS)
        found = " ".join(serious_findings(page))
        left_out, faint = out_of_reach(page)

    assert "color-contrast" in found
    assert "label" in found
    assert len(left_out) == 1
    assert len(faint) == 1
