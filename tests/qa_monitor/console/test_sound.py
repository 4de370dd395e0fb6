"""What tells of new flags besides the page: the sound one chose, the title and the icon of the tab."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.qa_monitor.browser import ConsoleServer, open_page, run
from tests.qa_monitor.console_json import call_data, fresh_flag, heartbeat_data

pytestmark = pytest.mark.browser
RUNG = """() => {
  window.rung = [];
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) {
    window.rung.push(this.frequency.value);
    start.apply(this, when);
  };
}"""


def start(server: ConsoleServer) -> None:
    server.send("snapshot", {"calls": [], "flags": []}, event_id="g-1")
    server.send("heartbeat", heartbeat_data())


def tones(page: Page) -> int:
    found = page.evaluate("() => window.rung.length")
    assert isinstance(found, int)
    return found


@pytest.mark.parametrize(
    ("kept", "read"),
    [
        (None, [False, 0.5, ["high"]]),
        ("{", [False, 0.5, ["high"]]),
        ('{"on":true,"volume":7,"priorities":["loud","low","high"]}', [True, 0.5, ["high", "low"]]),
        ('{"on":"yes","volume":0,"priorities":[]}', [False, 0, []]),
    ],
)
def test_what_was_kept_is_checked(server: ConsoleServer, browser: Browser, kept: str | None, read: object) -> None:
    """Another release, or somebody's own hand, may have written it."""
    with open_page(browser, server.address + "/login") as page:
        body = "[m.readSound(v[0])].map(({ on, volume, priorities }) => [on, volume, priorities])[0]"

        assert run(page, "coach/chime.js", body, kept) == read


def test_sound_is_for_what_one_chose_and_outlives_a_reload(server: ConsoleServer, browser: Browser) -> None:
    """High priority alone at first; after a reload the browser wants a click before it sounds again."""
    start(server)
    with open_page(browser, server.address) as page:
        page.add_init_script(f"({RUNG})()")
        page.reload()
        start(server)
        button = page.locator("#sound")
        expect(button).to_have_text("Sound off")
        button.click()
        expect(button).to_have_text("Sound on")
        assert tones(page) == 2
        server.send("flag", fresh_flag("m", priority="medium"), event_id="g-2")
        expect(page.locator("#flag-list .flag")).to_have_count(1)
        assert tones(page) == 2
        server.send("flag", fresh_flag("h"), event_id="g-3")
        expect(page.locator("#flag-list .flag")).to_have_count(2)
        assert tones(page) == 4

        page.keyboard.press("?")
        page.get_by_label("Medium", exact=True).check()
        page.get_by_label("Volume").fill("0.8")
        assert tones(page) == 6
        page.reload()
        start(server)
        expect(button).to_have_text("Click for sound")
        page.keyboard.press("?")
        expect(button).to_have_text("Sound on")
        expect(page.get_by_label("Medium", exact=True)).to_be_checked()
        expect(page.get_by_label("Volume")).to_have_value("0.8")
        server.send("flag", fresh_flag("m2", priority="medium"), event_id="g-2")
        expect(page.locator("#flag-list .flag")).to_have_count(1)
        assert tones(page) == 2
        page.locator("#help-close").click()
        button.click()
        expect(button).to_have_text("Sound off")


def test_the_tab_says_how_many_flags_wait(server: ConsoleServer, browser: Browser) -> None:
    """In its title and by its icon, and no longer once they are taken on."""
    server.send("snapshot", {"calls": [call_data()], "flags": [fresh_flag()]}, event_id="g-1")
    server.send("heartbeat", heartbeat_data())
    with open_page(browser, server.address) as page:
        icon = page.locator("link[rel=icon]")
        expect(page).to_have_title("(1) qa-monitor")
        expect(icon).to_have_attribute("href", "/static/shared/icon-flagged.svg")
        server.send("flag", fresh_flag(state="acknowledged"), event_id="g-2")
        expect(page).to_have_title("qa-monitor")
        expect(icon).to_have_attribute("href", "/static/shared/icon.svg")
