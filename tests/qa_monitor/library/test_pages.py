"""The page of kept calls in a real browser, with the real service: by keyboard, in both languages and themes."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.qa_monitor.browser import run, watch_page
from tests.qa_monitor.entering import SOON_MS, sign_in
from tests.qa_monitor.people_service import SECRET, Staffed, staffed

pytestmark = pytest.mark.browser
WORD = SECRET["north"].split()[0]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staffed]:
    with staffed(tmp_path_factory.mktemp("library-pages")) as running:
        yield running


def test_a_call_is_found_and_opened_at_its_second_by_keyboard_alone(house: Staffed, browser: Browser) -> None:
    """The address holds the search; the way back leads to it."""
    with watch_page(browser, f"{house.url}/calls", expected="Failed to load resource.*404") as page:
        page.set_default_timeout(SOON_MS)
        sign_in(page, "dan")
        expect(page.locator("#calls tbody").first).to_be_visible()
        page.locator("body").press("/")
        expect(page.locator("#text")).to_be_focused()
        page.keyboard.type(WORD)
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{house.url}/calls?text={WORD}")
        expect(page.locator("#calls tbody")).to_have_count(1)
        expect(page.locator("#calls mark")).to_have_text(WORD.strip("."))
        expect(page.locator("#count")).to_have_text("1 call")
        page.locator("#found").focus()
        page.keyboard.press("j")
        expect(page.locator("#calls a.open")).to_be_focused()
        page.locator("#calls a.at").focus()
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{house.url}/calls/north-call#t=1")
        expect(page.locator("#position")).to_contain_text("0:01")
        page.go_back()
        expect(page.locator("#calls mark")).to_have_count(1)


def test_a_search_is_kept_and_a_sample_is_drawn(house: Staffed, browser: Browser) -> None:
    """In French; the sample says why each call is in it."""
    with watch_page(browser, f"{house.url}/calls?min_flags=1", locale="fr-FR") as page:
        page.set_default_timeout(SOON_MS)
        sign_in(page, "dan")
        expect(page.locator("#count")).to_have_text("2 appels")
        expect(page.locator("[name=min_flags]")).to_have_value("1")
        page.locator("#save-open").press("Enter")
        page.keyboard.type("Signalés")
        page.keyboard.press("Enter")
        expect(page.locator("#saved a")).to_have_attribute("aria-current", "true")
        page.locator("#sample-open").press("Enter")
        page.locator("#sample-part").select_option("team")
        page.locator("#sample-size").press("Enter")
        expect(page.locator("#calls .reason")).to_have_count(2)
        expect(page.locator("#calls .reason").first).to_contain_text("strate North\u00a0: 1 sur 1")
        page.locator("#first").press("Enter")
        page.locator("#saved button").press("Enter")
        expect(page.locator("#saved")).to_be_hidden()
        page.locator("#team").select_option("south")
        expect(page.locator("#count")).to_have_text("1 appel")
        page.locator("#clear").press("Enter")
        expect(page).to_have_url(f"{house.url}/calls")


@pytest.mark.parametrize(("locale", "rule"), [("en-GB", "Wants to cancel"), ("fr-FR", "Veut résilier")])
def test_agents_teams_and_rules_go_by_their_names(house: Staffed, browser: Browser, locale: str, rule: str) -> None:
    """In the list, in what can be chosen, on the page of a call; by their ids where nobody named them."""
    with watch_page(browser, f"{house.url}/calls", locale=locale) as page:
        page.set_default_timeout(SOON_MS)
        sign_in(page, "dan")
        expect(page.locator("#calls tbody", has_text="North").locator(".who")).to_contain_text("EveNorth")
        expect(page.locator("#calls tbody", has_text="South").locator(".who")).to_contain_text("agent-9South")
        expect(page.locator("#team option")).to_have_text([re.compile(".+"), "North", "South"])
        expect(page.locator("#rule option[value=cancellation]")).to_have_text(rule)
        expect(page.locator("#agents option[value=agent-7]")).to_have_attribute("label", "Eve")
        page.locator("#team").select_option("north")
        expect(page).to_have_url(f"{house.url}/calls?team=north")
        expect(page.locator("#calls tbody")).to_have_count(1)
        page.locator("#calls a.open").click()
        expect(page.locator("#title")).to_have_text("Eve · North")
        expect(page).to_have_title("Eve · North – qa-monitor")


def test_days_and_minutes_are_asked_for_in_the_browsers_zone(house: Staffed, browser: Browser) -> None:
    """A day has 23 hours when clocks go forward."""
    context = browser.new_context(timezone_id="Europe/Paris")
    page = context.new_page()
    page.goto(f"{house.url}/login")
    asked = run(
        page,
        "library/query.js",
        "m.listPath(new URLSearchParams(v[0]))",
        "from=2026-03-29&to=2026-03-29&min_minutes=1.5",
    )
    context.close()

    assert asked == (
        "/v1/library/calls?since=2026-03-28T23%3A00%3A00.000Z&until=2026-03-29T22%3A00%3A00.000Z&min_duration_s=90"
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_a_small_screen_in_both_themes(house: Staffed, browser: Browser, scheme: str) -> None:
    """No sideways scrolling; a search without calls says so. Pictures are kept where a folder is named."""
    with watch_page(
        browser, f"{house.url}/calls?text=nothing+like+it", locale=("en-GB", "fr-FR")[scheme == "dark"]
    ) as page:
        page.set_default_timeout(SOON_MS)
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.set_viewport_size({"width": 1280, "height": 800})
        sign_in(page, "dan")
        expect(page.locator("#empty")).to_be_visible()
        picture(page, f"library-none-{scheme}")
        page.goto(f"{house.url}/calls?text={WORD}&min_flags=1")
        expect(page.locator("#calls tbody")).to_have_count(1)
        picture(page, f"library-{scheme}")

        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def picture(page: Page, name: str) -> None:
    folder = os.environ.get("QA_MONITOR_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
